// The values of texts: strings with escapes, raw blocks with a margin (LAN-3).
#ifndef SODC_PARSE_SCAN_TEXT_LITERAL_H_
#define SODC_PARSE_SCAN_TEXT_LITERAL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sodc {

// A part of the literal that has no meaning; offsets are from the literal's start.
struct LiteralProblem {
  uint32_t begin = 0;
  uint32_t end = 0;
};

struct LiteralValue {
  std::string value;
  std::vector<LiteralProblem> problems;
};

// `literal` with its quotes; a missing closing quote is tolerated, and so are the quotes of a word processor. Escapes: \" \\ \n \t \u{…};
// an unknown one is a problem and stands for itself.
LiteralValue DecodeString(std::string_view literal);

// `literal` with its quotes. The column of the closing quotes is the margin: it is taken
// off every line; a line that does not have it is a problem. CRLF becomes LF; the line
// end before the closing quotes is not part of the value.
LiteralValue DecodeBlock(std::string_view literal);

}  // namespace sodc

#endif  // SODC_PARSE_SCAN_TEXT_LITERAL_H_
