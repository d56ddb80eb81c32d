// tokens → one slice for each declaration (LAN-2): at brace depth 0 a declaration word
// starts one. When the braces of the file do not balance, a declaration word in the first
// column starts one too.
#ifndef SODC_PARSE_SLICES_H_
#define SODC_PARSE_SLICES_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "compiler/parse/scan/token.h"

namespace sodc {

// Tokens [begin, end). The first slice of a file may start with no declaration word.
struct Slice {
  uint32_t begin = 0;
  uint32_t end = 0;
};

std::vector<Slice> SliceByDeclaration(std::string_view text, std::span<const Token> tokens);

// Whether only blanks stand before the token on its line.
bool StartsLine(std::string_view text, Token token);
// Whether the token stands in the first column.
bool IsInFirstColumn(std::string_view text, Token token);

}  // namespace sodc

#endif  // SODC_PARSE_SLICES_H_
