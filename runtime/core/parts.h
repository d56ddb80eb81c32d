// The parts of a held element that take part in a violation: where, and by which account.
#ifndef SOD_CORE_PARTS_H_
#define SOD_CORE_PARTS_H_

#include <vector>

#include "runtime/core/points.h"

namespace sod::core {

struct Part {
  ScopeBox box;
  uint32_t account = kEveryAccount;  // of a rule per account: the one it was judged by
};

// Of a rule that is violated: the places of the element at which it takes part. `element` is a
// row of Elements, `side` the row of its side.
std::vector<Part> PartsOf(const Image& image, const Points& points, uint32_t rule, uint32_t side, uint32_t element);

// Whether something of the parts was not held before: `points` are those without the request.
bool IsSomethingNew(const Image& image, const Points& points, uint32_t rule, uint32_t element,
                    const std::vector<Part>& parts);

// Maximal nodes of the rule's dimension that the parts cover; nothing for a rule without one.
std::vector<ScopePlace> PlacesOf(const Table& table, uint32_t rule, const std::vector<Part>& parts);

}  // namespace sod::core

#endif  // SOD_CORE_PARTS_H_
