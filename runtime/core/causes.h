// Because of what a conflict changes: of all that begins or ends at an instant, what the change rests on.
#ifndef SOD_CORE_CAUSES_H_
#define SOD_CORE_CAUSES_H_

#include <vector>

#include "runtime/core/judge.h"
#include "runtime/core/risk.h"
#include "sod/changes.h"

namespace sod::core {

// A conflict as it stands at an instant.
struct Standing {
  const Hit* hit = nullptr;
  ConflictRisk risk;
};

// Why the conflict of the rule stands otherwise at `at` than just before. At least one of the two is there.
// O(holdings + delegations + what the conflict rests on).
std::vector<Cause> CausesOf(const Image& image, const Subject& subject, uint32_t rule, const Standing* before, const Standing* after,
                            const FactSteps* facts, Instant at);
// Of whatever the subject holds.
std::vector<Cause> CausesInHoldings(const Image& image, const Subject& subject, Instant at);

// Of what the conditions of the rule read.
std::vector<Cause> CausesInConditions(const Image& image, const Subject& subject, uint32_t rule, const FactSteps* facts, Instant at);

}  // namespace sod::core

#endif  // SOD_CORE_CAUSES_H_
