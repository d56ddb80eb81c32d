// Every chain of inclusion by which a role sets an atom (second-ring E33): taking one grant away is of no use where
// another chain leads to the same.
#ifndef SOD_CORE_ROUTES_H_
#define SOD_CORE_ROUTES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/core/image.h"

namespace sod::core {

// From a role to one that sets an atom by a grant of its own, or is what is asked for.
struct Route {
  std::vector<uint32_t> roles;  // after the first; the last one sets it; empty: the first one does
  uint32_t grant = 0xffffffff;  // of the last role; none: the role is what is asked for
};
struct Routes {
  std::vector<Route> told;
  size_t more = 0;              // found beyond those told; beyond kMaxRouteSteps nothing is looked for
};
inline constexpr size_t kMaxRouteSteps = 1 << 14;

// The routes of a row of RoleAtoms, which is one of the role's: shorter ones first, then in declared order; the one that
// `via` tells is the first. Of other chains those that set the atom in the same place and are decided as it is. At most
// `most`, and at least that one. O(kMaxRouteSteps · log atoms of a role), O(1) where the role includes none.
Routes RoutesOf(const Image& image, uint32_t role, uint32_t row, size_t most);

}  // namespace sod::core

#endif  // SOD_CORE_ROUTES_H_
