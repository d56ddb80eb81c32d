// Attributes and clauses that are built in one way: their values in the order written,
// their clauses and bodies nested (the table is in ast/ast.h).
#ifndef SODC_PARSE_ANTLR_BUILD_GENERAL_H_
#define SODC_PARSE_ANTLR_BUILD_GENERAL_H_

#include <vector>

#include "compiler/parse/antlr/build_values.h"

namespace sodc {

// The attribute that the grammar's generalAttribute, GeneralOpenAttribute or a clause rule read.
ast::Attribute BuildGeneral(BuildContext context, ValueBuilder& values,
                            antlr4::ParserRuleContext* attribute, bool& is_body_damaged);

// The clauses among the children of a header or of another attribute (`as performs`,
// `in company_code 1000`, `per change`, …), in the order written.
std::vector<ast::Attribute> BuildClauses(BuildContext context, ValueBuilder& values,
                                         antlr4::ParserRuleContext* parent);

}  // namespace sodc

#endif  // SODC_PARSE_ANTLR_BUILD_GENERAL_H_
