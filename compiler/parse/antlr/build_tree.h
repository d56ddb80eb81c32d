// Typed contexts of the generated parser → syntax tree. No visitor, no listener.
#ifndef SODC_PARSE_ANTLR_BUILD_TREE_H_
#define SODC_PARSE_ANTLR_BUILD_TREE_H_

#include <string_view>

#include "antlr4-runtime.h"

#include "SodParser.h"
#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"

namespace sodc {

struct BuildContext {
  FileId file;
  std::string_view text;
  Sink& sink;  // bad escapes and margins
};

ast::Declaration BuildDeclaration(BuildContext context,
                                  sodc_antlr::SodParser::DeclarationContext* declaration);

// The attributes between the braces; nothing for a missing body. A damaged attribute (one
// that needs an inserted token) is left out and sets `is_damaged`.
std::vector<ast::Attribute> BuildBody(BuildContext context, sodc_antlr::SodParser::BodyContext* body,
                                      bool& is_damaged);

// `from D until D` of an assignment as attributes From and Until.
std::vector<ast::Attribute> BuildValidity(BuildContext context,
                                          sodc_antlr::SodParser::ValidityContext* validity,
                                          bool& is_damaged);

// `because "…"` of a header as an attribute.
ast::Attribute BuildBecause(BuildContext context, antlr4::tree::TerminalNode* word,
                            sodc_antlr::SodParser::TextContext* text);

}  // namespace sodc

#endif  // SODC_PARSE_ANTLR_BUILD_TREE_H_
