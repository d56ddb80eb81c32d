// Who guards a rule of a session or of an object when something is done, and whether a subject can
// get around it (rulings SEM-16, SEM-17; docs/semantics.md, docs/decisions/0084).
#ifndef SOD_CORE_ENFORCERS_H_
#define SOD_CORE_ENFORCERS_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "runtime/core/judge.h"
#include "sod/query.h"

namespace sod::core {

// The controls that enforce the rule, declared order; none of a rule that is judged for all times.
std::span<const format::RuleEnforcerRecord> EnforcersOf(const Image& image, uint32_t rule);

// Nothing when what is held past the systems of the control does not break the rule by itself; else why the
// control does not count, with the first way that leads past them. `holding` gives those of the hit by index.
// O(elements held × (holdings + grants of their roles)).
std::vector<RejectedBecause> WayAround(const Image& image, uint32_t rule, const Hit& hit, const std::function<const Holding&(uint32_t)>& holding,
                                       uint32_t control, Instant at);

}  // namespace sod::core

#endif  // SOD_CORE_ENFORCERS_H_
