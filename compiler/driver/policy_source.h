// Opens what a verb was given as POLICY: a table is loaded, a source compiled in
// memory. Told apart by the first bytes, never by the name.
#ifndef SODC_DRIVER_POLICY_SOURCE_H_
#define SODC_DRIVER_POLICY_SOURCE_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/env.h"
#include "compiler/driver/exit_code.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"
#include "sod/table.h"

namespace sodc {

struct OpenedPolicy {
  std::optional<sod::Table> table;   // nothing: `code` says why, the reason is printed
  std::vector<std::string> inputs;   // files that were read, as paths from here
  ExitCode code = ExitCode::Fine;
};

// `-` is standard input. A compiled source's findings are not printed: `check` is
// the verb for them.
OpenedPolicy OpenPolicy(const std::string& path, ColorChoice color, DriverEnv& env);
// As above, but a source is refused (dump).
OpenedPolicy OpenTable(const std::string& path, DriverEnv& env);

// A file that is a table, or what is left of one, by its first bytes.
bool IsTable(const std::string& path);

// What can be read only once: `<(generate)`, /dev/stdin.
bool IsStream(const std::string& path);

void PrintDiagnostics(const Compilation& compilation, ColorChoice color, DriverEnv& env);
// What a compilation with a language error ends with.
ExitCode CodeOfFailure(const Compilation& compilation);
// The sources of the program that are files, as paths from here.
std::vector<std::string> InputFiles(const std::string& main_path, const SourceManager& sources);

}  // namespace sodc

#endif  // SODC_DRIVER_POLICY_SOURCE_H_
