#include "compiler/format/measure.h"

#include <algorithm>

namespace sodc {

namespace {

// A list of texts up to this width is filled like a list of names.
constexpr size_t kShortText = 20;

bool OpensClause(TokenKind kind) {
  switch (kind) {
    case TokenKind::After:
    case TokenKind::And:
    case TokenKind::As:
    case TokenKind::At:
    case TokenKind::Because:
    case TokenKind::Between:
    case TokenKind::Dated:
    case TokenKind::Escalate:
    case TokenKind::Every:
    case TokenKind::Except:
    case TokenKind::From:
    case TokenKind::If:
    case TokenKind::In:
    case TokenKind::Legal:
    case TokenKind::Must:
    case TokenKind::Note:
    case TokenKind::Or:
    case TokenKind::Otherwise:
    case TokenKind::Per:
    case TokenKind::Should:
    case TokenKind::Shown:
    case TokenKind::Then:
    case TokenKind::Through:
    case TokenKind::To:
    case TokenKind::Undecided:
    case TokenKind::Until:
    case TokenKind::When:
    case TokenKind::Where:
    case TokenKind::With: return true;
    default: return false;
  }
}

}  // namespace

size_t WidthOf(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // no continuation of a code point
  }));
}

std::string_view Measure::Separator(uint32_t i) const {
  const TokenKind before = outline_.KindOf(i - 1);
  const TokenKind kind = outline_.KindOf(i);
  if (before == TokenKind::LeftParen || before == TokenKind::Dot || before == TokenKind::Range) return "";
  if (before == TokenKind::LeftBrace && kind == TokenKind::RightBrace) return outline_.HasComments(i) ? " " : "";
  switch (kind) {
    case TokenKind::Comma:
    case TokenKind::Dot:
    case TokenKind::Range:
    case TokenKind::RightParen: return "";
    default: break;
  }
  const bool is_first = before == TokenKind::LeftBrace;
  return outline_.tokens[i].starts_attribute && !is_first ? "  " : " ";
}

bool Measure::IsTrailingComma(uint32_t i) const {
  return outline_.KindOf(i) == TokenKind::Comma && outline_.KindOf(i + 1) == TokenKind::RightBrace;
}

bool Measure::IsEdgeOfStatement(uint32_t i) const {
  const OutlineToken& token = outline_.tokens[i];
  if (token.starts_attribute) return true;
  if (token.is_body_brace && outline_.KindOf(i) == TokenKind::RightBrace) return true;
  return outline_.tokens[i - 1].is_body_brace && outline_.KindOf(i - 1) == TokenKind::LeftBrace;
}

size_t Measure::WidthOfGap(uint32_t i) const {
  size_t width = 0;
  if (IsEdgeOfStatement(i) && outline_.tokens[i].is_after_break) return kTooWide;
  for (uint32_t c = outline_.tokens[i].first_comment; c < outline_.LastComment(i); ++c) {
    const OutlineComment& comment = outline_.comments[c];
    if (!comment.is_inline) return kTooWide;
    width += 1 + WidthOf(outline_.text.substr(comment.begin, comment.end - comment.begin));
    if (width > limit_) return kTooWide;
  }
  return width;
}

bool Measure::EndsLineBefore(uint32_t i) const {
  for (uint32_t c = outline_.tokens[i].first_comment; c < outline_.LastComment(i); ++c) {
    if (!outline_.comments[c].is_inline) return true;
  }
  return false;
}

size_t Measure::WidthUpTo(uint32_t begin, uint32_t end, bool stops_at_line_end) const {
  size_t width = 0;
  for (uint32_t i = begin; i < end; ++i) {
    if (i > begin && stops_at_line_end && EndsLineBefore(i)) {
      return width + (outline_.KindOf(i) == TokenKind::Comma ? 1 : 0);
    }
    if (i > begin) width += WidthOfGap(i);
    if (width > limit_) return kTooWide;
    if (IsTrailingComma(i)) continue;
    if (i > begin) width += Separator(i).size();
    const Token token = outline_.tokens[i].token;
    if (token.kind() == TokenKind::TextBlock) return stops_at_line_end ? width + 3 : kTooWide;
    if (token.length > 4 * limit_) return kTooWide;
    width += WidthOf(token.Text(outline_.text));
    if (width > limit_) return kTooWide;
  }
  return width;
}

size_t Measure::Width(uint32_t begin, uint32_t end) const { return WidthUpTo(begin, end, false); }

size_t Measure::WidthToLineEnd(uint32_t begin, uint32_t end) const { return WidthUpTo(begin, end, true); }

// `level at least 7`; the count of a conflict is a clause of its header.
bool Measure::IsComparison(uint32_t first, uint32_t i) const {
  const TokenKind next = outline_.KindOf(i + 1);
  const bool compares = next == TokenKind::Least || next == TokenKind::Most;
  return compares && outline_.KindOf(first) != TokenKind::Conflict;
}

bool Measure::CanBreak(uint32_t first, uint32_t i) const {
  if (i <= first) return false;
  const TokenKind before = outline_.KindOf(i - 1);
  if (before == TokenKind::Comma) return true;
  // The second word is part of the keyword, as in `separated from`, or what is declared.
  if (i < first + 2 || before == TokenKind::Dot || before == TokenKind::LeftParen || before == TokenKind::LeftBrace) {
    return false;
  }
  if (outline_.KindOf(i) == TokenKind::At && IsComparison(first, i)) return false;
  return OpensClause(outline_.KindOf(i)) && !OpensClause(before);
}

uint32_t Measure::NextBreak(uint32_t first, uint32_t i, uint32_t end) const {
  while (i < end) {
    i = outline_.KindOf(i) == TokenKind::LeftBrace ? outline_.tokens[i].partner + 1 : i + 1;
    if (i < end && CanBreak(first, i)) return i;
  }
  return end;
}

bool Measure::HasLongTexts(uint32_t begin, uint32_t end) const {
  for (uint32_t i = begin; i + 1 < end; ++i) {
    const TokenKind kind = outline_.KindOf(i);
    if (kind == TokenKind::LeftBrace) i = outline_.tokens[i].partner;
    if (outline_.KindOf(i + 1) != TokenKind::Comma || i + 2 >= end) continue;
    if (kind == TokenKind::TextBlock) return true;
    if (kind != TokenKind::String) continue;
    const Token text = outline_.tokens[i].token;
    if (text.length > 4 * kShortText || WidthOf(text.Text(outline_.text)) > kShortText) return true;
  }
  return false;
}

}  // namespace sodc
