// sodc check: language errors and findings of each policy, in the order given.
#include <algorithm>

#include "compiler/driver/as_of.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"

namespace sodc {

namespace {

size_t Count(const CollectingSink& sink, Severity severity, bool is_finding) {
  const auto& all = sink.diagnostics();
  return static_cast<size_t>(std::count_if(all.begin(), all.end(), [&](const Diagnostic& d) {
    return d.severity == severity && IsFinding(d.kind) == is_finding;
  }));
}

std::string Plural(size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

// "h33.sod: compiles, 2 findings (1 error, 1 warning)"
std::string Summary(const std::string& file, const CollectingSink& sink) {
  const size_t language_errors = Count(sink, Severity::Error, false);
  const size_t errors = Count(sink, Severity::Error, true);
  const size_t warnings = Count(sink, Severity::Warning, true) + Count(sink, Severity::Warning, false);
  const size_t notes = Count(sink, Severity::Note, true) + Count(sink, Severity::Note, false);
  if (language_errors > 0) return fmt::format("{}: does not compile, {}\n", file, Plural(language_errors, "error"));
  if (errors + warnings + notes == 0) return fmt::format("{}: compiles, nothing found\n", file);
  return fmt::format("{}: compiles; {}, {}, {}\n", file, Plural(errors, "error-level finding"),
                     Plural(warnings, "warning"), Plural(notes, "note"));
}

ExitCode CodeOf(const Compilation& compilation, bool werror) {
  const CollectingSink& sink = compilation.diagnostics;
  if (sink.HasLanguageError()) return CodeOfFailure(compilation);
  const auto& all = sink.diagnostics();
  const Severity threshold = werror ? Severity::Warning : Severity::Error;
  const bool is_refused =
      std::any_of(all.begin(), all.end(), [&](const Diagnostic& d) { return d.severity >= threshold; });
  return is_refused ? ExitCode::Findings : ExitCode::Fine;
}

}  // namespace

ExitCode RunCheck(const CheckOptionsOfVerb& options, ColorChoice color, DriverEnv& env) {
  // No finding depends on the day yet; the option is read so that a wrong one is told.
  const auto as_of = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&as_of)) return SayUsage(env, "check", *sentence);

  ExitCode code = ExitCode::Fine;
  for (const std::string& file : options.files) {
    Compilation compilation;
    Compile(file, {.last = Phase::Check}, compilation);
    if (options.format == TextFormat::Json) {
      env.out.Write(RenderJson(compilation.diagnostics.diagnostics(), compilation.sources));
    } else {
      PrintDiagnostics(compilation, color, env);
        env.out.Write(Summary(file, compilation.diagnostics));
      env.out.Flush();
    }
    code = Worse(code, CodeOf(compilation, options.werror));
  }
  return code;
}

}  // namespace sodc
