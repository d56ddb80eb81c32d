// sodc explain CODE: the section of docs/diagnostics.md about one diagnostic,
// which is embedded in the program.
#include <algorithm>
#include <cctype>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/driver/embedded_pages.h"
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

size_t HeadingLevel(std::string_view line) {
  const size_t level = std::min(line.find_first_not_of('#'), line.size());
  return level < line.size() && line[level] == ' ' ? level : 0;
}

// From the heading that holds `code` to the next heading of its level or above.
std::string_view SectionAbout(std::string_view page, std::string_view code) {
  size_t begin = std::string_view::npos;
  size_t level = 0;
  for (size_t at = 0; at < page.size();) {
    const size_t end = std::min(page.find('\n', at), page.size());
    const std::string_view line = page.substr(at, end - at);
    const size_t here = HeadingLevel(line);
    if (begin != std::string_view::npos && here > 0 && here <= level) return page.substr(begin, at - begin);
    if (begin == std::string_view::npos && here > 0 && line.find(code) != std::string_view::npos) {
      begin = at;
      level = here;
    }
    at = end + 1;
  }
  return begin == std::string_view::npos ? std::string_view() : page.substr(begin);
}

std::string_view SpellingOf(Severity severity) {
  switch (severity) {
    case Severity::Note: return "note";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
  }
  return "error";
}

}  // namespace

ExitCode RunExplain(const ExplainOptions& options, ColorChoice, DriverEnv& env) {
  for (const DiagKind kind : kAllKinds) {
    if (!IsAskedFor(kind, options.code)) continue;
    const std::string_view section = SectionAbout(kDiagnosticsPage, CodeOf(kind));
    if (section.empty()) {
      env.out.Print("{} {} ({}{})\n", CodeOf(kind), NameOf(kind), SpellingOf(DefaultSeverity(kind)),
                    IsFinding(kind) ? ", a policy finding" : "");
    } else {
      env.out.Write(section.substr(0, section.find_last_not_of('\n') + 1));
      env.out.Write("\n");
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
