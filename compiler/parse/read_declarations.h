// tokens → declarations: every slice is read, repaired or at least named, so that no
// declaration of the file is lost.
#ifndef SODC_PARSE_READ_DECLARATIONS_H_
#define SODC_PARSE_READ_DECLARATIONS_H_

#include <string_view>

#include "compiler/ast/ast.h"
#include "compiler/parse/check_tokens.h"
#include "compiler/parse/parse.h"

namespace sodc {

ast::File ReadDeclarations(FileId file, std::string_view text, const CheckedText& checked,
                           const ParseOptions& options, Sink& sink);

}  // namespace sodc

#endif  // SODC_PARSE_READ_DECLARATIONS_H_
