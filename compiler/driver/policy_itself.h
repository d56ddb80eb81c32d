// Separation of duties on the policy itself (rulings MISS-13): its author, approver and reviewers hold duties of
// std.this_policy, and the rules of that module are asked as those of any policy (docs/decisions/0092).
#ifndef SODC_DRIVER_POLICY_ITSELF_H_
#define SODC_DRIVER_POLICY_ITSELF_H_

#include <vector>

#include "compiler/lint/held.h"

namespace sodc {

// Who has which conflict of std.this_policy, in declared order of the actors; teams by their members. Empty when
// the policy names no author. Compiles the module and asks its table. O(actors).
std::vector<ConflictOnPolicy> AskAboutPolicy(const model::Model& model);

}  // namespace sodc

#endif  // SODC_DRIVER_POLICY_ITSELF_H_
