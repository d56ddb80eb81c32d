// sodc matrix: a view or a declared document, to standard output or a file.
#include "compiler/driver/as_of.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"
#include "compiler/driver/write_file.h"
#include "sod/documents.h"

namespace sodc {

ExitCode RunMatrix(const MatrixVerbOptions& options, ColorChoice color, DriverEnv& env) {
  const auto readable = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&readable)) return SayUsage(env, "matrix", *sentence);
  const OpenedPolicy opened = OpenPolicy(options.policy, color, env);
  if (!opened.table) return opened.code;
  const auto as_of = ResolveAsOf(options.as_of, env, opened.table->time_zone());

  const sod::MatrixOptions matrix{.format = options.format,
                                  .as_of = std::get<AsOf>(as_of).instant,
                                  .tool_version = "sodc " SODC_VERSION};
  const auto text = options.document ? sod::RenderDocument(*opened.table, *options.document, matrix)
                                     : sod::RenderView(*opened.table, options.view, matrix);
  if (!text) {
    env.err.Print("sodc matrix: {}{}{}\n", text.error().message, text.error().help.empty() ? "" : "; ",
                  text.error().help);
    return CodeOf(text.error());
  }
  if (options.output.empty() || options.output == "-") {
    env.out.Write(text.value());
    return ExitCode::Fine;
  }
  const std::string problem = WriteFile(options.output, text.value(), opened.inputs);
  if (problem.empty()) return ExitCode::Fine;
  env.err.Print("sodc matrix: {}\n", problem);
  return ExitCode::InputOutput;
}

}  // namespace sodc
