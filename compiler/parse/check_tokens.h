// Reports what the scanner could not read, and turns each such token into the kind it
// was meant to be, so that one bad token is one error.
#ifndef SODC_PARSE_CHECK_TOKENS_H_
#define SODC_PARSE_CHECK_TOKENS_H_

#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/scan/scanner.h"

namespace sodc {

struct CheckedTokens {
  std::vector<Token> tokens;
  // Indices of tokens that may have swallowed others (a text that is not closed): an error
  // of syntax beside one of them is its consequence.
  std::vector<uint32_t> damage;
};

CheckedTokens CheckTokens(FileId file, std::string_view text, std::vector<Token> tokens,
                          const ParseOptions& options, Sink& sink);

}  // namespace sodc

#endif  // SODC_PARSE_CHECK_TOKENS_H_
