// Who has which conflicts by the declarations of a policy, and what its controls are worth then: asked of the
// table that the policy compiles to, so that a finding and an answer cannot differ (docs/decisions/0046).
#ifndef SODC_DRIVER_HELD_CONFLICTS_H_
#define SODC_DRIVER_HELD_CONFLICTS_H_

#include <vector>

#include "compiler/lint/held.h"
#include "compiler/source/source_manager.h"

namespace sodc {

// At `as_of`, in declared order of the holders: people, teams and other actors; a role, as somebody who holds
// nothing else, for conflicts that no actor has. Actors whose conflicts were all found without a counted control
// already, by others, are passed over. At most 1 000 subjects are asked; the rest is for `query --all`. Empty when
// no table can be made, which the build tells. The model has no language errors. O(model + holdings + asked).
std::vector<HeldConflict> AskWhoHolds(const model::Model& model, const SourceManager& sources, Instant as_of);

}  // namespace sodc

#endif  // SODC_DRIVER_HELD_CONFLICTS_H_
