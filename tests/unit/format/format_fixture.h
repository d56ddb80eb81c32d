// Formats texts in memory.
#ifndef SODC_TESTS_UNIT_FORMAT_FORMAT_FIXTURE_H_
#define SODC_TESTS_UNIT_FORMAT_FORMAT_FIXTURE_H_

#include <string>
#include <string_view>

#include "compiler/diag/sinks.h"
#include "compiler/format/format.h"

namespace sodc {

struct Formatted {
  FormatResult result;
  std::string first_code;  // of the diagnostics
};

inline Formatted FormatText(std::string_view source, size_t width = FormatOptions{}.width) {
  SourceManager sources;
  CollectingSink sink;
  Formatted formatted;
  const FileId file = sources.Add("test.sod", std::string(source));
  FormatOptions options;
  options.width = width;
  formatted.result = Format(file, sources, options, sink);
  if (!sink.diagnostics().empty()) formatted.first_code = CodeOf(sink.diagnostics().front().kind);
  return formatted;
}

// The canonical text; a sentence when there is none, or when it is not its own canonical text.
inline std::string Canonical(std::string_view source, size_t width = FormatOptions{}.width) {
  const Formatted once = FormatText(source, width);
  if (once.result.status == FormatStatus::Refused) return "refused: " + once.result.refusal;
  if (once.result.status == FormatStatus::SyntaxErrors) return "syntax error " + once.first_code;
  const Formatted twice = FormatText(once.result.text, width);
  if (twice.result.text != once.result.text) return "not idempotent:\n" + once.result.text + "then:\n" + twice.result.text;
  return once.result.text;
}

}  // namespace sodc

#endif  // SODC_TESTS_UNIT_FORMAT_FORMAT_FIXTURE_H_
