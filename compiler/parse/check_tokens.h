// text → tokens fit for parsing: reports what the scanner could not read, and turns each
// such token into the kind it was meant to be, so that one bad token is one error.
#ifndef SODC_PARSE_CHECK_TOKENS_H_
#define SODC_PARSE_CHECK_TOKENS_H_

#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/scan/scanner.h"

namespace sodc {

struct CheckedText {
  std::vector<Token> tokens;
  std::vector<Comment> comments;
  // Places where a token may have swallowed others (a text that is not closed), in order:
  // an error of syntax in the same declaration is its consequence.
  std::vector<uint32_t> damage;
  bool is_readable = true;  // false: no token is to be used
};

CheckedText ScanAndCheck(FileId file, std::string_view text, const ParseOptions& options, Sink& sink);

}  // namespace sodc

#endif  // SODC_PARSE_CHECK_TOKENS_H_
