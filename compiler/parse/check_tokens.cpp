#include "compiler/parse/check_tokens.h"

namespace sodc {

CheckedTokens CheckTokens(FileId file, std::string_view text, std::vector<Token> tokens,
                          const ParseOptions& options, Sink& sink) {
  (void)text;
  (void)options;
  for (const Token token : tokens) {
    if (token.kind() != TokenKind::BadString) continue;
    Diagnose<DiagKind::UnterminatedString>(Span{file, static_cast<uint32_t>(token.begin), token.end()}).To(sink);
  }
  return {std::move(tokens), {}};
}

}  // namespace sodc
