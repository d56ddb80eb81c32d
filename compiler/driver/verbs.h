// One function a verb: options in, output and exit code out.
#ifndef SODC_DRIVER_VERBS_H_
#define SODC_DRIVER_VERBS_H_

#include "compiler/driver/env.h"
#include "compiler/driver/exit_code.h"
#include "compiler/driver/options.h"

namespace sodc {

ExitCode RunCheck(const CheckOptionsOfVerb& options, ColorChoice color, DriverEnv& env);
ExitCode RunBuild(const BuildOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunQuery(const QueryOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunHistory(const HistoryOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunSession(const SessionOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunMatrix(const MatrixVerbOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunExplain(const ExplainOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunDump(const DumpOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunDue(const DueOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunForecast(const ForecastOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunTest(const TestOptions& options, ColorChoice color, DriverEnv& env);
ExitCode RunFmt(const FmtOptions& options, ColorChoice color, DriverEnv& env);

// Says what is wrong with the command line, as `sodc VERB: …`.
inline ExitCode SayUsage(DriverEnv& env, std::string_view verb, std::string_view sentence) {
  env.err.Print("sodc {}: {}\n", verb, sentence);
  return ExitCode::Usage;
}

}  // namespace sodc

#endif  // SODC_DRIVER_VERBS_H_
