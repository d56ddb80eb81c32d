// Duties that several entitlements confer together, each held in its own way (rulings SEM-1).
#ifndef SOD_CORE_JOINT_DUTIES_H_
#define SOD_CORE_JOINT_DUTIES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/core/supply.h"
#include "sod/query.h"

namespace sod::core {

struct JointDuty {
  uint32_t duty = kNone;
  Instant from = 0, until = 0;        // while all that confers it is held
  std::vector<ScopeBox> boxes;        // where, written out; none lies within another
  // Where no holding gives it by itself: each that takes part, with the atom it sets; ascending.
  std::vector<Supplier> suppliers;
};

// What of it is held at `at` by holdings that can be used then, whatever rule counts them; each duty
// once, by row; also what one holding gives by itself.
// O(atoms of the holdings + combinations of their places); nothing for a table without such duties.
std::vector<JointDuty> JointDutiesOf(const Image& image, std::span<const Holding> holdings, Instant at);

}  // namespace sod::core

#endif  // SOD_CORE_JOINT_DUTIES_H_
