// Uses of emergencies: which conflicts they cause, and whether they excuse them (second-ring E23;
// docs/decisions/0052).
#ifndef SOD_CORE_ACTIVATIONS_H_
#define SOD_CORE_ACTIVATIONS_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "runtime/core/image.h"
#include "runtime/core/judge.h"
#include "sod/query.h"

namespace sod::core {

// The uses of emergencies that give the subject something at some time: rows, declared order.
std::vector<uint32_t> ActivationsFor(const Image& image, const Subject& subject);

// The uses of emergencies that take part in the conflict at `at`, declared order, as they stand then.
// `holding`: those that its elements are held by. `is_violated_without`: whether the rule is violated
// then also without what these rows of Assignments give. O(activations × holdings of the conflict).
std::vector<JudgedWaiver> JudgeActivations(const Image& image, uint32_t rule, const Hit& hit,
                                           const std::function<const Holding&(uint32_t)>& holding, Instant at,
                                           const std::function<bool(const std::vector<uint32_t>&)>& is_violated_without);

}  // namespace sod::core

#endif  // SOD_CORE_ACTIVATIONS_H_
