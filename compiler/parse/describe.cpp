#include "compiler/parse/describe.h"

#include <algorithm>
#include <vector>

namespace sodc {
namespace {

constexpr size_t kLongestQuote = 32;  // bytes of the source that a message repeats
constexpr size_t kMostChoices = 4;

// Always possible and seldom meant; named only when nothing else is expected.
bool IsIncidental(TokenKind kind) {
  return kind == TokenKind::Dot || kind == TokenKind::Except || kind == TokenKind::Where ||
         kind == TokenKind::LeftParen || kind == TokenKind::QuotedName || kind == TokenKind::TextBlock ||
         kind == TokenKind::MonthValue || kind == TokenKind::InstantValue || kind == TokenKind::DecimalValue;
}

void Choose(std::vector<std::string>& choices, KindSet& rest, TokenKind kind) {
  if (!Contains(rest, kind)) return;
  choices.push_back(DescribeKind(kind));
  rest.reset(static_cast<size_t>(kind));
}

std::string Join(const std::vector<std::string>& choices) {
  std::string joined;
  const size_t count = std::min(choices.size(), kMostChoices);
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) joined += i + 1 == count ? " or " : ", ";
    joined += choices[i];
  }
  return joined;
}

}  // namespace

std::string DescribeKind(TokenKind kind) {
  switch (kind) {
    case TokenKind::End: return "the end of the declaration";
    case TokenKind::PlainName:
    case TokenKind::QuotedName: return "a name";
    case TokenKind::String:
    case TokenKind::TextBlock: return "a text in quotes";
    case TokenKind::DateValue:
    case TokenKind::MonthValue:
    case TokenKind::InstantValue: return "a date";
    case TokenKind::ClockValue: return "a time of day";
    case TokenKind::DurationValue: return "a duration";
    case TokenKind::Int:
    case TokenKind::DecimalValue: return "a number";
    default: return "`" + std::string(SpellingOf(kind)) + "`";
  }
}

std::string DescribeExpected(const KindSet& expected) {
  KindSet rest = expected;
  const bool has_name = Contains(rest, TokenKind::PlainName);
  const bool has_attribute = !has_name && Contains(rest, TokenKind::Grants) && Contains(rest, TokenKind::RightBrace);
  std::vector<std::string> choices;
  for (const TokenKind kind : {TokenKind::PlainName, TokenKind::String, TokenKind::Int, TokenKind::DateValue,
                               TokenKind::DurationValue, TokenKind::LeftBrace, TokenKind::Comma}) {
    Choose(choices, rest, kind);
  }
  if (has_attribute) choices.push_back("an attribute");
  size_t declaration_words = 0;
  for (size_t k = 1; k < kMaxTokenKinds; ++k) {
    const auto kind = static_cast<TokenKind>(k);
    const WordClass word = ClassOf(kind);
    declaration_words += rest[k] && word == WordClass::Declaration;
    const bool is_covered = (word == WordClass::Soft && (has_name || has_attribute)) ||
                            (word == WordClass::Declaration && has_attribute);
    if (is_covered || IsIncidental(kind)) rest.reset(k);
  }
  if (declaration_words > 5 && !has_attribute) return "a declaration";
  Choose(choices, rest, TokenKind::RightBrace);
  for (size_t k = 1; k < kMaxTokenKinds; ++k) Choose(choices, rest, static_cast<TokenKind>(k));
  Choose(choices, rest, TokenKind::End);
  return choices.empty() ? "something else" : Join(choices);
}

std::string DescribeToken(std::string_view text, Token token) {
  std::string_view shown = token.Text(text);
  shown = shown.substr(0, shown.find_first_of("\r\n"));
  std::string_view dots;
  if (shown.size() > kLongestQuote) {
    size_t end = kLongestQuote;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0) == 0x80) --end;
    shown = shown.substr(0, end);
    dots = "…";
  }
  const bool is_text = token.kind() == TokenKind::String || token.kind() == TokenKind::TextBlock;
  if (is_text) return "the text " + std::string(shown) + std::string(dots);
  return "`" + std::string(shown) + std::string(dots) + "`";
}

}  // namespace sodc
