// sodc: parse the command line, run one verb, end with its code.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>

#include "compiler/driver/bug.h"
#include "compiler/driver/options.h"
#include "compiler/driver/verbs.h"

namespace sodc {
namespace {

std::optional<std::string> Environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

ExitCode RunVerb(const CommandLine& line, DriverEnv& env) {
  struct Dispatch {
    ColorChoice color;
    DriverEnv& env;
    ExitCode operator()(const CheckOptionsOfVerb& options) const { return RunCheck(options, color, env); }
    ExitCode operator()(const BuildOptions& options) const { return RunBuild(options, color, env); }
    ExitCode operator()(const QueryOptions& options) const { return RunQuery(options, color, env); }
    ExitCode operator()(const HistoryOptions& options) const { return RunHistory(options, color, env); }
    ExitCode operator()(const SessionOptions& options) const { return RunSession(options, color, env); }
    ExitCode operator()(const MatrixVerbOptions& options) const { return RunMatrix(options, color, env); }
    ExitCode operator()(const ExplainOptions& options) const { return RunExplain(options, color, env); }
    ExitCode operator()(const DumpOptions& options) const { return RunDump(options, color, env); }
    ExitCode operator()(const DueOptions& options) const { return RunDue(options, color, env); }
    ExitCode operator()(const ForecastOptions& options) const { return RunForecast(options, color, env); }
    ExitCode operator()(const TestOptions& options) const { return RunTest(options, color, env); }
    ExitCode operator()(const FmtOptions& options) const { return RunFmt(options, color, env); }
  };
  return std::visit(Dispatch{line.color, env}, line.verb);
}

ExitCode Run(int argc, const char* const* argv, DriverEnv& env) {
  const auto parsed = ParseCommandLine(argc, argv);
  if (const auto* farewell = std::get_if<Farewell>(&parsed)) {
    (farewell->code == ExitCode::Fine ? env.out : env.err).Write(farewell->text);
    return farewell->code;
  }
  const CommandLine& line = std::get<CommandLine>(parsed);
  env.import_root = line.import_root;
  return RunVerb(line, env);
}

}  // namespace
}  // namespace sodc

int main(int argc, char** argv) {
  sodc::EndBugsWithTheirCode();
  std::signal(SIGPIPE, SIG_IGN);
  sodc::OutputStream out(STDOUT_FILENO);
  sodc::OutputStream err(STDERR_FILENO);
  sodc::DriverEnv env{.out = out,
                      .err = err,
                      .is_err_terminal = ::isatty(STDERR_FILENO) != 0,
                      .no_color = sodc::Environment("NO_COLOR").has_value(),
                      .source_date_epoch = sodc::Environment("SOURCE_DATE_EPOCH"),
                      .now = std::time(nullptr)};
  sodc::ExitCode code = sodc::Run(argc, argv, env);
  out.Flush();
  if (out.has_failed()) {
    err.Write("sodc: standard output cannot be written\n");
    code = sodc::Worse(code, sodc::ExitCode::InputOutput);
  }
  err.Flush();
  return static_cast<int>(code);
}
