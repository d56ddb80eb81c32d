// A compilation as the report formats want it: its paths are from the folder in which
// sodc runs, as a repository knows them.
#ifndef SODC_DRIVER_CHECK_REPORT_H_
#define SODC_DRIVER_CHECK_REPORT_H_

#include <string>

#include "compiler/diag/report.h"
#include "compiler/driver/pipeline.h"

namespace sodc {

// `./a/../b.sod` and `/here/b.sod` are `b.sod` in `/here`.
std::string FromHere(const std::string& path);

Report EmptyReport(Severity fails_at);
CheckedPolicy ToReport(const std::string& main_path, Compilation compilation);

}  // namespace sodc

#endif  // SODC_DRIVER_CHECK_REPORT_H_
