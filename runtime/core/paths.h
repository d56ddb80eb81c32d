// How a subject comes by an element: who → account or team → role → included role → duty.
#ifndef SOD_CORE_PATHS_H_
#define SOD_CORE_PATHS_H_

#include "runtime/core/supply.h"
#include "sod/query.h"

namespace sod::core {

// The ways of one holding that supplies the element, or a part of what confers it: the beginning says whose holding it
// is, or without a subject that it is asked for; the rest is each chain of inclusion that leads to it (routes.h).
struct WaysTo {
  std::vector<Path> paths;  // at least one, at most `most`
  uint32_t more = 0;
};
WaysTo PathsTo(const Image& image, const Subject* subject, const Holding& holding, const Supplier& supplier, const format::ElementRecord& element,
               size_t most);

// The included roles by which a row of RoleAtoms comes about, nearest first; without the role itself.
std::vector<uint32_t> RolesOnTheWay(const Image& image, uint32_t row);

// The grant that the row of RoleAtoms comes from; kNone when it is the role itself.
uint32_t GrantBehind(const Image& image, uint32_t row);

}  // namespace sod::core

#endif  // SOD_CORE_PATHS_H_
