#include "compiler/parse/slices.h"

namespace sodc {
namespace {

bool AreBracesBalanced(std::span<const Token> tokens) {
  int64_t depth = 0;
  for (const Token token : tokens) {
    if (token.kind() == TokenKind::LeftBrace) ++depth;
    if (token.kind() == TokenKind::RightBrace && --depth < 0) return false;
  }
  return depth == 0;
}

// Tokens after which a set goes on: no declaration ends with one.
bool MayPrecedeSet(TokenKind kind) {
  switch (kind) {
    case TokenKind::Between:
    case TokenKind::And:
    case TokenKind::With:
    case TokenKind::To:
    case TokenKind::Of:
    case TokenKind::Except:
    case TokenKind::Equals:
    case TokenKind::LeftParen:
    case TokenKind::LeftBrace:
    case TokenKind::Comma:
    case TokenKind::Discloses: return true;
    default: return false;
  }
}

// Declarations that a set may follow at once.
bool BeginsWithSet(TokenKind kind) {
  switch (kind) {
    case TokenKind::Conflict:
    case TokenKind::Compatible:
    case TokenKind::Forbid:
    case TokenKind::Sensitive:
    case TokenKind::Reserve:
    case TokenKind::Delegate: return true;
    default: return false;
  }
}

bool IsDateStart(TokenKind kind) {
  return kind == TokenKind::DateValue || kind == TokenKind::MonthValue || kind == TokenKind::InstantValue;
}

// Words that start declarations and are attributes too, or stand behind the word of one
// (`requires control`, `same person`, `on object`).
bool IsAttributeWord(TokenKind kind) {
  switch (kind) {
    case TokenKind::System:
    case TokenKind::Role:
    case TokenKind::Unit:
    case TokenKind::Attribute:
    case TokenKind::Conflict:
    case TokenKind::Control:
    case TokenKind::Person:
    case TokenKind::Review:
    case TokenKind::Enforcement: return true;
    default: return false;
  }
}
bool IsInnerWord(TokenKind before, TokenKind kind) {
  switch (kind) {
    case TokenKind::Control: return before == TokenKind::Requires || before == TokenKind::Needs;
    case TokenKind::Person: return before == TokenKind::Same;
    case TokenKind::Object: return before == TokenKind::On;
    case TokenKind::Enforcement: return before == TokenKind::Default;
    case TokenKind::Entitlement: return before == TokenKind::Grants || before == TokenKind::Holding;
    case TokenKind::Role:
    case TokenKind::Unit: return before == TokenKind::For || before == TokenKind::By;
    default: return false;
  }
}

class Slicer {
 public:
  Slicer(std::string_view text, std::span<const Token> tokens)
      : text_(text), tokens_(tokens), is_balanced_(AreBracesBalanced(tokens)) {}

  std::vector<Slice> Run() {
    int64_t depth = 0;
    for (uint32_t i = 0; i < tokens_.size(); ++i) {
      const TokenKind kind = tokens_[i].kind();
      if (kind == TokenKind::LeftBrace) ++depth;
      if (kind == TokenKind::RightBrace && depth > 0) --depth;
      const bool is_word = ClassOf(kind) == WordClass::Declaration;
      const bool starts = is_word && Starts(i, depth);
      if (starts) depth = 0;
      if (!starts && i > 0) continue;
      if (!slices_.empty()) slices_.back().end = i;
      slices_.push_back({i, i});
    }
    if (!slices_.empty()) slices_.back().end = static_cast<uint32_t>(tokens_.size());
    return std::move(slices_);
  }

 private:
  TokenKind KindAt(size_t i) const { return i < tokens_.size() ? tokens_[i].kind() : TokenKind::End; }

  bool Starts(uint32_t i, int64_t depth) {
    if (i == 0 || IsInFirstColumn(text_, tokens_[i])) return depth == 0 || !is_balanced_ || i == 0;
    if (depth > 0) return false;
    if (!is_balanced_ && IsOfUnclosedBody(i)) return false;
    if (!IsOfHeader(i)) return true;
    last_of_header_ = i;
    return false;
  }

  // Braces are missing: an indented attribute at depth 0 is what they should enclose.
  bool IsOfUnclosedBody(uint32_t i) const {
    if (StartsLine(text_, tokens_[i])) return IsAttributeWord(KindAt(i));
    return IsInnerWord(KindAt(i - 1), KindAt(i));
  }

  // Whether the header of the slice at hand goes on with this declaration word.
  bool IsOfHeader(uint32_t i) const {
    const TokenKind head = KindAt(slices_.back().begin);
    const TokenKind before = KindAt(i - 1);
    switch (KindAt(i)) {
      case TokenKind::Role:
      case TokenKind::Entitlement: return GoesOnWithSet(i, head);
      case TokenKind::Object: return before == TokenKind::Per;
      case TokenKind::Unit:
        return before == TokenKind::Per || (head == TokenKind::Reserve && before == TokenKind::To) ||
               (head == TokenKind::Attribute && before == TokenKind::Of);
      case TokenKind::Emergency: return head == TokenKind::Assign && IsHoldingState(i);
      default: return head == TokenKind::Attribute && before == TokenKind::Of;
    }
  }

  bool GoesOnWithSet(uint32_t i, TokenKind head) const {
    const TokenKind before = KindAt(i - 1);
    if (MayPrecedeSet(before)) return true;
    if (before == KindAt(i)) return last_of_header_ == i - 1;  // `with role role`: one word too many
    if (slices_.back().begin == i - 1) return BeginsWithSet(before);
    if (before == TokenKind::Directly) return BeginsWithSet(head) || head == TokenKind::Fact;
    return before == TokenKind::Holding && head == TokenKind::Fact;
  }

  // `assign kim to clerk emergency until 2026-03-02`, and no declaration of an emergency.
  bool IsHoldingState(uint32_t i) const {
    const TokenKind next = KindAt(i + 1);
    const TokenKind after = KindAt(i + 2);
    if (next == TokenKind::On) return IsName(after);
    if (next == TokenKind::From || next == TokenKind::Until || next == TokenKind::Through) return IsDateStart(after);
    return !IsName(next);
  }

  std::string_view text_;
  std::span<const Token> tokens_;
  bool is_balanced_;
  std::vector<Slice> slices_;
  uint32_t last_of_header_ = UINT32_MAX;  // the last declaration word that belonged to a header
};

}  // namespace

bool IsInFirstColumn(std::string_view text, Token token) {
  return token.begin == 0 || text[token.begin - 1] == '\n' ||
         (token.begin == 3 && text.starts_with("\xEF\xBB\xBF"));
}

bool StartsLine(std::string_view text, Token token) {
  size_t at = token.begin;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at == 0 || text[at - 1] == '\n';
}

std::vector<Slice> SliceByDeclaration(std::string_view text, std::span<const Token> tokens) {
  return Slicer(text, tokens).Run();
}

}  // namespace sodc
