// What a violator loses by the policy (second-ring E34): named, never carried out.
#ifndef SOD_LOSSES_H_
#define SOD_LOSSES_H_

#include <cstdint>
#include <vector>

#include "sod/query.h"
#include "sod/table.h"

namespace sod {

// A duty, role or entitlement that is lost as far as it is held, and the rules because of which.
struct Lost {
  HeldKind kind = HeldKind::Duty;
  uint32_t target = kNone;      // row of the duty, role or entitlement
  std::vector<uint32_t> rules;  // rows of Rules, ascending
};
struct Losses {
  std::vector<Lost> suspended;    // until the violations are over
  std::vector<Lost> removes;      // what the request displaces
  std::vector<uint32_t> refused;  // rules because of which the request is refused, ascending
};

// All at once, from every conflict of the answer that is neither mitigated, waived nor observed, so that the order of the
// rules changes nothing; things in the order of their rows, by kind. O(conflicts × elements).
Losses LossesOf(const Table& table, const Answer& answer);

}  // namespace sod

#endif  // SOD_LOSSES_H_
