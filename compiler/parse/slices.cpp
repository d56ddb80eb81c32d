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

// `role` right after one of these belongs to the header of a conflict.
bool MayPrecedeRole(TokenKind kind) {
  switch (kind) {
    case TokenKind::Between:
    case TokenKind::And:
    case TokenKind::With:
    case TokenKind::Conflict:
    case TokenKind::Compatible:
    case TokenKind::Discloses:
    case TokenKind::LeftBrace:
    case TokenKind::Comma: return true;
    default: return false;
  }
}

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

// Words that start declarations and are attributes too. When braces are missing, an
// indented one at depth 0 is an attribute whose braces are the missing ones.
static bool IsIndentedAttribute(std::string_view text, Token token, bool is_balanced) {
  const bool may_be_attribute = token.kind() == TokenKind::System || token.kind() == TokenKind::Role;
  return !is_balanced && may_be_attribute && !IsInFirstColumn(text, token) && StartsLine(text, token);
}

std::vector<Slice> SliceByDeclaration(std::string_view text, std::span<const Token> tokens) {
  const bool is_balanced = AreBracesBalanced(tokens);
  std::vector<Slice> slices;
  int64_t depth = 0;
  bool is_role_of_header = false;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    const TokenKind kind = tokens[i].kind();
    if (kind == TokenKind::LeftBrace) ++depth;
    if (kind == TokenKind::RightBrace && depth > 0) --depth;
    const bool is_first_column = IsInFirstColumn(text, tokens[i]);
    bool starts = ClassOf(kind) == WordClass::Declaration && (depth == 0 || (!is_balanced && is_first_column));
    is_role_of_header = kind == TokenKind::Role && i > 0 && !is_first_column &&
                        (MayPrecedeRole(tokens[i - 1].kind()) ||
                         (tokens[i - 1].kind() == TokenKind::Role && is_role_of_header));
    if (is_role_of_header || IsIndentedAttribute(text, tokens[i], is_balanced)) starts = false;
    if (starts) depth = 0;
    if (!starts && i > 0) continue;
    if (!slices.empty()) slices.back().end = i;
    slices.push_back({i, i});
  }
  if (!slices.empty()) slices.back().end = static_cast<uint32_t>(tokens.size());
  return slices;
}

}  // namespace sodc
