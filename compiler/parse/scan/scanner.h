// text → tokens and comments, by hand: the same tokens as the generated lexer of
// grammar/SodLexer.g4 (a test demands it), at several times its speed and a
// fraction of its memory. Total: every text gives tokens, damage gives Bad… kinds.
#ifndef SODC_PARSE_SCAN_SCANNER_H_
#define SODC_PARSE_SCAN_SCANNER_H_

#include <string_view>
#include <vector>

#include "compiler/parse/scan/token.h"

namespace sodc {

struct Comment {
  uint32_t begin = 0;
  uint32_t end = 0;
  bool is_doc = false;  // `///`, but not `////`
};

struct ScannedText {
  std::vector<Token> tokens;      // without End
  std::vector<Comment> comments;  // in order
  bool has_too_many_tokens = false;  // scanning stopped at the limit
};

struct ScanOptions {
  size_t begin = 0;
  size_t max_tokens = 1u << 20;
  // Stop after a block whose text begins on the line of its quotes: what follows would be
  // read inside out.
  bool stops_at_bad_block = false;
};

// `text` must be UTF-8 and hold at most kMaxScannableBytes. A leading byte order mark is skipped.
ScannedText Scan(std::string_view text, const ScanOptions& options);

}  // namespace sodc

#endif  // SODC_PARSE_SCAN_SCANNER_H_
