// Rules that a policy amended: behind the day of its next review a rule is again what it was (second-ring E44,
// docs/decisions/0034).
#ifndef SOD_CORE_AMENDMENTS_H_
#define SOD_CORE_AMENDMENTS_H_

#include "runtime/core/image.h"
#include "sod/table.h"

namespace sod::core {

// Takes the amendment away from the record of its rule.
void Restore(const format::RuleAmendmentRecord& amendment, format::RuleRecord& rule);

// The rule as it is at an instant. O(log of the amendments).
format::RuleRecord RuleAt(const Image& image, uint32_t rule, Instant at);

}  // namespace sod::core

#endif  // SOD_CORE_AMENDMENTS_H_
