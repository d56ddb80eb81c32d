// Standing exemptions, and what was assigned before a day: they excuse without an end, as long as
// they are reviewed in time (second-ring E28; docs/decisions/0051).
#ifndef SOD_CORE_EXEMPTIONS_H_
#define SOD_CORE_EXEMPTIONS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "runtime/core/image.h"
#include "runtime/core/judge.h"
#include "runtime/core/waivers.h"
#include "runtime/core/watched.h"
#include "sod/query.h"

namespace sod::core {

// All that name a rule and may be for the subject at some time, by rule, then declared order; `waiver`
// is a row of Exemptions, `named` one of ExemptionRules. Whoever holds a role, somebody new too, may
// have one that is for the role. O(n log n) of the exemptions and their rules.
std::vector<WaiverOfRule> ExemptionsFor(const Image& image, const Subject& subject);

// The exemption as it stands for the subject at `at`; nothing when it is not for the subject then.
// `hit`: the conflict, `holding`: those that its elements are held by.
std::optional<JudgedWaiver> JudgeExemption(const Image& image, const Subject& subject, const WaiverOfRule& exemption, const Hit& hit,
                                           const std::function<const Holding&(uint32_t)>& holding, const Watched& watched, Instant at);

}  // namespace sod::core

#endif  // SOD_CORE_EXEMPTIONS_H_
