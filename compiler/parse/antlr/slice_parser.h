// One declaration's tokens → its syntax tree, by the generated parser. The face of
// this folder: nothing of ANTLR shows here.
#ifndef SODC_PARSE_ANTLR_SLICE_PARSER_H_
#define SODC_PARSE_ANTLR_SLICE_PARSER_H_

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/parse/scan/token.h"

namespace sodc {

// Parses slices of one file. A token of length 0 was inserted by the recovery and has
// no text: attributes and sides that would need one are left out of the tree.
class SliceParser {
 public:
  // All three must outlive the parser.
  SliceParser(FileId file, std::string_view text, Sink& sink);
  ~SliceParser();

  // Nothing when the grammar does not take the tokens as one declaration; then nothing has
  // been reported. Otherwise bad escapes and margins are reported.
  std::optional<ast::Declaration> Parse(std::span<const Token> tokens);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sodc

#endif  // SODC_PARSE_ANTLR_SLICE_PARSER_H_
