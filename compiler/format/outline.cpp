#include "compiler/format/outline.h"

#include <algorithm>

#include "compiler/parse/scan/scanner.h"

namespace sodc {

namespace {

uint8_t CountBreaks(std::string_view text) {
  int breaks = 0;
  for (size_t i = 0; i < text.size() && breaks < 2; ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && !text.substr(i + 1).starts_with('\n'))) ++breaks;
  }
  return static_cast<uint8_t>(breaks);
}

class OutlineMaker {
 public:
  OutlineMaker(std::string_view text, const ParseOptions& options) : text_(text) {
    outline_.text = text;
    const ScannedText scanned = Scan(text, {.max_tokens = options.max_tokens});
    outline_.tokens.reserve(scanned.tokens.size() + 1);
    outline_.comments.reserve(scanned.comments.size());
    const auto* comment = scanned.comments.data();
    const auto* const last_comment = comment + scanned.comments.size();
    for (const Token token : scanned.tokens) AddToken(token, comment, last_comment);
    AddToken(Token(TokenKind::End, text.size(), text.size()), comment, last_comment);
  }

  Outline Run(const ast::File& tree) {
    MatchBraces();
    for (const ast::Declaration& declaration : tree.declarations) {
      const uint32_t i = IndexOf(declaration.keyword_span.begin);
      outline_.tokens[i].starts_declaration = true;
      MarkAttributes(declaration.attributes, enclosing_[i]);
    }
    return std::move(outline_);
  }

 private:
  void AddToken(Token token, const Comment*& comment, const Comment* last_comment) {
    OutlineToken added{.token = token};
    added.first_comment = static_cast<uint32_t>(outline_.comments.size());
    uint32_t at = previous_end_;
    for (; comment != last_comment && comment->begin < token.begin; ++comment) {
      AddComment(*comment, at);
      added.is_after_break = added.is_after_break || outline_.comments.back().breaks_before > 0 ||
                             outline_.comments.back().is_line || outline_.comments.back().is_tall;
      at = comment->end;
    }
    added.breaks_before = CountBreaks(Between(at, static_cast<uint32_t>(token.begin)));
    added.is_after_break = added.is_after_break || added.breaks_before > 0;
    MarkInline(added.first_comment, added.breaks_before);
    outline_.tokens.push_back(added);
    previous_end_ = token.end();
  }

  void AddComment(const Comment& comment, uint32_t previous_end) {
    OutlineComment added{.begin = comment.begin, .end = comment.end};
    added.breaks_before = CountBreaks(Between(previous_end, comment.begin));
    added.is_line = Between(comment.begin, comment.end).starts_with("//");
    added.is_doc = comment.is_doc;
    added.is_tall = CountBreaks(Between(comment.begin, comment.end)) > 0;
    outline_.comments.push_back(added);
  }

  void MarkInline(uint32_t first, uint8_t breaks_behind) {
    for (uint32_t i = static_cast<uint32_t>(outline_.comments.size()); i-- > first;) {
      OutlineComment& comment = outline_.comments[i];
      comment.is_inline = !comment.is_line && !comment.is_tall && (comment.breaks_before == 0 || breaks_behind == 0);
      breaks_behind = comment.breaks_before;
    }
  }

  std::string_view Between(uint32_t begin, uint32_t end) const { return text_.substr(begin, end - begin); }

  void MatchBraces() {
    std::vector<uint32_t> open(1, 0);
    enclosing_.reserve(outline_.tokens.size());
    for (uint32_t i = 0; i < outline_.tokens.size(); ++i) {
      const TokenKind kind = outline_.KindOf(i);
      if (kind == TokenKind::RightBrace && open.size() > 1) Pair(open.back(), i);
      if (kind == TokenKind::RightBrace && open.size() > 1) open.pop_back();
      enclosing_.push_back(open.back());
      if (kind == TokenKind::LeftBrace) open.push_back(i);
    }
  }

  void Pair(uint32_t open, uint32_t close) {
    outline_.tokens[open].partner = close;
    outline_.tokens[close].partner = open;
    if (close == open + 1) MarkBody(open);  // no list is empty
  }

  void MarkBody(uint32_t open) {
    outline_.tokens[open].is_body_brace = true;
    outline_.tokens[outline_.tokens[open].partner].is_body_brace = true;
  }

  // An attribute of a body stands in other braces than its owner; a clause of a header or an
  // attribute, which the tree nests too, stands in the same.
  void MarkAttributes(const std::vector<ast::Attribute>& attributes, uint32_t owner_braces) {
    for (const ast::Attribute& attribute : attributes) {
      const uint32_t i = IndexOf(attribute.keyword_span.begin);
      if (enclosing_[i] != owner_braces) {
        outline_.tokens[i].starts_attribute = true;
        MarkBody(enclosing_[i]);
      }
      MarkAttributes(attribute.nested, enclosing_[i]);
    }
  }

  uint32_t IndexOf(uint32_t offset) const {
    const auto found = std::lower_bound(outline_.tokens.begin(), outline_.tokens.end(), offset,
                                        [](const OutlineToken& token, uint32_t at) { return token.token.begin < at; });
    return static_cast<uint32_t>(found - outline_.tokens.begin());
  }

  std::string_view text_;
  Outline outline_;
  std::vector<uint32_t> enclosing_;  // the `{` around a token, 0 for none: no file begins with one
  uint32_t previous_end_ = 0;
};

}  // namespace

Outline MakeOutline(std::string_view text, const ast::File& tree, const ParseOptions& options) {
  return OutlineMaker(text, options).Run(tree);
}

}  // namespace sodc
