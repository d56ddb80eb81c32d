// sodc explain CODE: the section of docs/diagnostics.md about one diagnostic, which is
// embedded in the program. sodc explain NAME: the page of what is declared by that name.
#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

#include <fmt/ranges.h>

#include "compiler/diag/sinks.h"
#include "compiler/driver/as_of.h"
#include "compiler/driver/diagnostic_pages.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/suggest.h"
#include "compiler/driver/verbs.h"
#include "compiler/explain/explain.h"
#include "stdlib/embedded_modules.h"

namespace sodc {

namespace {

constexpr DiagKind kAllKinds[] = {
#define SODC_DIAG(Number, Name, Level, ...) DiagKind::Name,
#include "compiler/diag/diagnostics.def"
};

// `SOD0201`, `sod0201`, `201` or `UnexpectedToken`.
bool IsAskedFor(DiagKind kind, std::string_view asked) {
  if (asked == NameOf(kind)) return true;
  std::string code = CodeOf(kind);
  std::string given(asked);
  std::transform(given.begin(), given.end(), given.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (given == code) return true;
  code.erase(0, 3);
  code.erase(0, std::min(code.find_first_not_of('0'), code.size()));
  return given == code;
}

// Texts of a policy may hold what changes a terminal; line ends stay.
std::string EscapeLines(std::string_view text) {
  std::string escaped;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    escaped += EscapeForTerminal(text.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return escaped;
}

std::optional<DiagKind> DiagnosticOf(std::string_view asked) {
  for (const DiagKind kind : kAllKinds) {
    if (IsAskedFor(kind, asked)) return kind;
  }
  return std::nullopt;
}

ExitCode PrintDiagnosticPage(DiagKind kind, DriverEnv& env) {
  const std::string_view section = PageOf(kind);
  if (section.empty()) {
    env.out.Print("{} {} ({}{})\n", CodeOf(kind), NameOf(kind), SpellingOf(DefaultSeverity(kind)),
                  IsFinding(kind) ? ", a policy finding" : "");
  } else {
    env.out.Print("{}\n", section);
  }
  return ExitCode::Fine;
}

// The diagnostic that may have been meant, as `; did you mean …`.
std::string NearDiagnostic(const std::string& asked) {
  std::vector<std::string> codes;
  for (const DiagKind kind : kAllKinds) codes.push_back(CodeOf(kind));
  std::vector<std::string_view> candidates(codes.begin(), codes.end());
  for (const DiagKind kind : kAllKinds) candidates.push_back(NameOf(kind));
  return DidYouMean(asked, candidates);
}

std::string ModuleName(std::string_view path) {
  std::string name(path.substr(0, path.rfind('.')));
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

std::string NearModule(const std::string& asked) {
  std::vector<std::string> names;
  for (const EmbeddedModule& module : EmbeddedModules()) names.push_back(ModuleName(module.path));
  return DidYouMean(asked, {names.begin(), names.end()});
}

// A policy that imports the module of the name, or, of a plain name, the whole library.
std::string LibraryPolicy(std::string_view name) {
  std::string text = "policy library { language 1 }\n";
  for (const EmbeddedModule& module : EmbeddedModules()) {
    const std::string module_name = ModuleName(module.path);
    const bool is_meant = !name.starts_with("std.") || name == module_name || name.starts_with(module_name + ".");
    if (is_meant) text += "import " + module_name + "\n";
  }
  return text;
}

ExitCode Tell(const ExplainOptions& options, const Explanation& explanation, DriverEnv& env) {
  if (!explanation.page.empty()) {
    env.out.Write(EscapeLines(explanation.page));
    return ExitCode::Fine;
  }
  const std::string what = options.clause.empty() ? options.name : options.name + " " + options.clause;
  if (!explanation.candidates.empty()) {
    return SayUsage(env, "explain", fmt::format("`{}` may be {}", what, fmt::join(explanation.candidates, ", ")));
  }
  const std::string diagnostic = options.clause.empty() ? NearDiagnostic(options.name) : "";
  const bool is_code = !diagnostic.empty() || options.name.starts_with("SOD") || options.name.starts_with("sod");
  if (is_code) return SayUsage(env, "explain", fmt::format("there is no diagnostic `{}`{}", what, diagnostic));
  std::string hint = explanation.nearest.empty() ? NearModule(options.name)
                                                 : fmt::format("; did you mean `{}`?", explanation.nearest);
  if (hint.empty() && options.policy.empty()) hint = "; for a name of a policy add --policy FILE";
  return SayUsage(env, "explain", fmt::format("there is nothing called `{}`{}", what, hint));
}

Explanation ExplainLibrary(const ExplainOptions& options) {
  Compilation compilation;
  Compile("-", {.last = Phase::Check, .standard_input = LibraryPolicy(options.name)}, compilation);
  return Explain(compilation.model, compilation.sources, options.name,
                 {.clause = options.clause, .is_about_policy = false});
}

ExitCode ExplainPolicy(const ExplainOptions& options, ColorChoice color, DriverEnv& env) {
  const auto readable = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&readable)) return SayUsage(env, "explain", *sentence);
  Compilation compilation;
  Compile(options.policy, {.last = Phase::Check, .import_root = env.import_root}, compilation);
  if (!compilation.is_complete) {
    PrintDiagnostics(compilation, color, env);
    return CodeOfFailure(compilation);
  }
  const auto as_of = ResolveAsOf(options.as_of, env, compilation.model.policy.time_zone_seconds);
  Explanation explanation = Explain(compilation.model, compilation.sources, options.name,
                                    {.clause = options.clause, .as_of = std::get<AsOf>(as_of).instant});
  const bool is_found = !explanation.page.empty() || !explanation.candidates.empty();
  if (!is_found && options.name.starts_with("std.")) explanation = ExplainLibrary(options);
  return Tell(options, explanation, env);
}

}  // namespace

ExitCode RunExplain(const ExplainOptions& options, ColorChoice color, DriverEnv& env) {
  if (!options.policy.empty()) return ExplainPolicy(options, color, env);
  const auto kind = options.clause.empty() ? DiagnosticOf(options.name) : std::nullopt;
  return kind ? PrintDiagnosticPage(*kind, env) : Tell(options, ExplainLibrary(options), env);
}

}  // namespace sodc
