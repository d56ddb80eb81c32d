// sodc explain CODE: the section of docs/diagnostics.md about one diagnostic,
// which is embedded in the program.
#include <algorithm>
#include <cctype>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/driver/diagnostic_pages.h"
#include "compiler/driver/suggest.h"
#include "compiler/driver/verbs.h"

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

}  // namespace

ExitCode RunExplain(const ExplainOptions& options, ColorChoice, DriverEnv& env) {
  for (const DiagKind kind : kAllKinds) {
    if (!IsAskedFor(kind, options.code)) continue;
    const std::string_view section = PageOf(kind);
    if (section.empty()) {
      env.out.Print("{} {} ({}{})\n", CodeOf(kind), NameOf(kind), SpellingOf(DefaultSeverity(kind)),
                    IsFinding(kind) ? ", a policy finding" : "");
    } else {
      env.out.Print("{}\n", section);
    }
    return ExitCode::Fine;
  }
  std::vector<std::string> codes;
  for (const DiagKind kind : kAllKinds) codes.push_back(CodeOf(kind));
  std::vector<std::string_view> candidates(codes.begin(), codes.end());
  for (const DiagKind kind : kAllKinds) candidates.push_back(NameOf(kind));
  return SayUsage(env, "explain", fmt::format("there is no diagnostic `{}`{}", options.code,
                                              DidYouMean(options.code, candidates)));
}

}  // namespace sodc
