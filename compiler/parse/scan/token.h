// One token of a source: eight bytes, so that a file of 64 MB stays affordable (PERF-2).
#ifndef SODC_PARSE_SCAN_TOKEN_H_
#define SODC_PARSE_SCAN_TOKEN_H_

#include <cstdint>
#include <string_view>

namespace sodc {

enum class TokenKind : uint16_t {
  End = 0,  // the end of the slice or file
#define SODC_TOKEN(Name, Generated, Spelling) Name,
#include "compiler/parse/scan/tokens.def"
};

struct Token {
  uint64_t begin : 28;
  uint64_t length : 27;
  uint64_t raw_kind : 9;

  Token(TokenKind kind, size_t from, size_t to)
      : begin(from & 0xfffffff), length((to - from) & 0x7ffffff),
        raw_kind(static_cast<uint16_t>(kind) & 0x1ff) {}
  TokenKind kind() const { return static_cast<TokenKind>(raw_kind); }
  uint32_t end() const { return static_cast<uint32_t>(begin + length); }
  std::string_view Text(std::string_view source) const { return source.substr(begin, length); }
};
static_assert(sizeof(Token) == 8);

// The largest text whose tokens all fit.
inline constexpr uint64_t kMaxScannableBytes = (1u << 27) - 1;
// Sets of kinds have room for as many.
inline constexpr size_t kMaxTokenKinds = 512;

// How a word may be used.
enum class WordClass : uint8_t { None, Declaration, Connector, Soft };
WordClass ClassOf(TokenKind kind);

// The fixed spelling of a kind (`grants`, `{`), or empty.
std::string_view SpellingOf(TokenKind kind);

// The word's kind, or PlainName when it is no keyword.
TokenKind KindOfWord(std::string_view word);

// Whether the grammar's rule `name` takes this kind.
inline bool IsName(TokenKind kind) {
  return kind == TokenKind::PlainName || kind == TokenKind::QuotedName ||
         ClassOf(kind) == WordClass::Soft;
}
inline bool IsReserved(TokenKind kind) {
  const WordClass word_class = ClassOf(kind);
  return word_class == WordClass::Declaration || word_class == WordClass::Connector;
}

}  // namespace sodc

#endif  // SODC_PARSE_SCAN_TOKEN_H_
