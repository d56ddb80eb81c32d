// What a layout is made of: the tokens and comments of a source, the line breaks between
// them, and where its declarations, attributes and bodies begin.
#ifndef SODC_FORMAT_OUTLINE_H_
#define SODC_FORMAT_OUTLINE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/scan/token.h"

namespace sodc {

// A comment with the line breaks before it, up to two: more make no difference.
struct OutlineComment {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint8_t breaks_before = 0;
  bool is_line = false;   // `//`
  bool is_doc = false;    // `///`
  bool is_tall = false;   // a block comment of several lines
  // A block comment within a line: it stays between its neighbours, like a word.
  bool is_inline = false;
};

struct OutlineToken {
  Token token;
  uint32_t first_comment = 0;  // of those between the token before and this one
  uint32_t partner = 0;        // of a brace: the other one
  uint8_t breaks_before = 0;   // behind the last comment, up to two
  bool is_after_break = false;     // anywhere between the token before and this one
  bool starts_declaration = false;
  bool starts_attribute = false;   // of a body
  bool is_body_brace = false;      // `{` or `}` of a body; other braces hold lists
};

struct Outline {
  std::string_view text;
  // The last one is the end of the file, an End token.
  std::vector<OutlineToken> tokens;
  std::vector<OutlineComment> comments;

  TokenKind KindOf(uint32_t i) const { return tokens[i].token.kind(); }
  uint32_t count() const { return static_cast<uint32_t>(tokens.size() - 1); }
  // The end of the comments before token i.
  uint32_t LastComment(uint32_t i) const {
    return i + 1 < tokens.size() ? tokens[i + 1].first_comment : static_cast<uint32_t>(comments.size());
  }
  bool HasComments(uint32_t i) const { return tokens[i].first_comment != LastComment(i); }
};

// `tree` must have been read from `text` without an error.
Outline MakeOutline(std::string_view text, const ast::File& tree, const ParseOptions& options);

}  // namespace sodc

#endif  // SODC_FORMAT_OUTLINE_H_
