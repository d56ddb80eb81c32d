// Whether two texts say the same: the guard of the formatter.
#ifndef SODC_FORMAT_COMPARE_H_
#define SODC_FORMAT_COMPARE_H_

#include <string>
#include <string_view>

#include "compiler/ast/ast.h"
#include "compiler/parse/parse.h"

namespace sodc {

// Says in a few words what `after` changes in `before`, whose tree is given; empty when nothing:
// equal words (but for trailing commas), equal values of text blocks, equal comments between the
// same words (but for their margins), and an equal tree, documentation included.
std::string DifferenceOf(std::string_view before, const ast::File& tree, const std::string& after,
                         const ParseOptions& options);

}  // namespace sodc

#endif  // SODC_FORMAT_COMPARE_H_
