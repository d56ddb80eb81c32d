// What `sodc check` tells to other programs: all policies of one run in one document,
// one renderer a format.
#ifndef SODC_DIAG_REPORT_H_
#define SODC_DIAG_REPORT_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/source/source_manager.h"

namespace sodc {

// Paths are as the readers of the document know them: from the folder in which sodc ran,
// with forward slashes, or absolute.
struct CheckedPolicy {
  std::string path;                     // of the main file
  std::vector<std::string> file_paths;  // by FileId
  std::vector<Diagnostic> diagnostics;  // sorted
  SourceManager sources;
};

struct Report {
  std::vector<CheckedPolicy> policies;
  std::string version;                   // of sodc
  Severity fails_at = Severity::Error;   // what makes the check fail: JUnit
  std::function<std::string_view(DiagKind)> page_of;  // the page of `explain`, for SARIF
};

std::string RenderSarif(const Report& report);    // SARIF 2.1.0
std::string RenderGitlab(const Report& report);   // GitLab Code Quality
std::string RenderJunit(const Report& report);    // JUnit XML, a suite a policy
std::string RenderGithub(const Report& report);   // GitHub workflow commands

}  // namespace sodc

#endif  // SODC_DIAG_REPORT_H_
