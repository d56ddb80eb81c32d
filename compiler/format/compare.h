// Whether two texts say the same: the guard of the formatter.
#ifndef SODC_FORMAT_COMPARE_H_
#define SODC_FORMAT_COMPARE_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/parse/parse.h"
#include "llvm/Support/xxhash.h"

namespace sodc {

// What each declaration says, as a digest: a tree need not live until it is compared.
using TreeSums = std::vector<llvm::XXH128_hash_t>;
TreeSums SumsOf(const ast::File& tree);

// Says in a few words what `after` changes in `before`, the sums of whose tree are given; empty when nothing:
// equal words (but for trailing commas), equal values of text blocks, equal comments between the
// same words (but for their margins), and an equal tree, documentation included.
std::string DifferenceOf(std::string_view before, const TreeSums& sums, const std::string& after,
                         const ParseOptions& options);

}  // namespace sodc

#endif  // SODC_FORMAT_COMPARE_H_
