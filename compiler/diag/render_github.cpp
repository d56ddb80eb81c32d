// GitHub workflow commands: annotations of a job log, one line each.
#include <algorithm>

#include "compiler/diag/reported.h"
#include "compiler/diag/sinks.h"

namespace sodc {
namespace {

// The percent sign and line ends end or change a command; in a property, so do `:` and `,`.
std::string Escaped(std::string_view text, bool is_property) {
  std::string escaped;
  for (const char c : text) {
    const bool is_special = c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ','));
    if (is_special) {
      escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string_view CommandOf(const Diagnostic& diagnostic) {
  if (diagnostic.allowance || diagnostic.severity == Severity::Note) return "notice";
  return SpellingOf(diagnostic.severity);
}

// Columns are read only where the place begins and ends on one line.
std::string Columns(const Place& place) {
  if (place.begin.line != place.end.line) return "";
  const uint32_t begin = place.begin.code_point_column;
  return fmt::format(",col={},endColumn={}", begin, std::max(begin + 1, place.end.code_point_column));
}

std::string MessageOf(const Diagnostic& diagnostic) {
  std::string text = EscapeForTerminal(diagnostic.message);
  if (!diagnostic.help.empty()) text += "\n" + EscapeForTerminal(diagnostic.help);
  if (diagnostic.allowance) text += "\nallowed: " + EscapeForTerminal(diagnostic.allowance->because);
  return text;
}

}  // namespace

std::string RenderGithub(const Report& report) {
  std::string text;
  for (const Reported& reported : ListOf(report)) {
    if (reported.is_repetition) continue;
    const Diagnostic& diagnostic = *reported.diagnostic;
    const Place& place = reported.place;
    const std::string title = CodeOf(diagnostic.kind) + " " + std::string(NameOf(diagnostic.kind));
    text += fmt::format("::{} file={},line={},endLine={}{},title={}::{}\n", CommandOf(diagnostic),
                        Escaped(EscapeForTerminal(place.path), true), place.begin.line, place.end.line,
                        Columns(place), Escaped(title, true), Escaped(MessageOf(diagnostic), false));
  }
  return text;
}

}  // namespace sodc
