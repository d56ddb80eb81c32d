// source → the same source in canonical layout (docs/formatting.md), or diagnostics. Only
// white space, trailing commas and the margins of text blocks and comments change.
#ifndef SODC_FORMAT_FORMAT_H_
#define SODC_FORMAT_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_manager.h"

namespace sodc {

struct FormatOptions {
  size_t width = 100;  // columns of a line, counted in code points
  ParseOptions parse;
};

enum class FormatStatus : uint8_t {
  Formatted,     // `text` is the canonical text, perhaps equal to the source
  SyntaxErrors,  // reported to the sink; there is no text
  Refused,       // a bug of the formatter: its text would mean something else; see `refusal`
};

struct FormatResult {
  FormatStatus status = FormatStatus::SyntaxErrors;
  std::string text;
  std::string refusal;  // what would have changed
};

// Never throws, never exits; linear in the size of the source. Formatting a result again gives
// the same text.
FormatResult Format(FileId file, const SourceManager& sources, const FormatOptions& options, Sink& sink);

}  // namespace sodc

#endif  // SODC_FORMAT_FORMAT_H_
