// How many hold what has bounds, by the declarations of a policy, asked of the table that it compiles to (docs/decisions/0046).
#ifndef SODC_DRIVER_HELD_NUMBERS_H_
#define SODC_DRIVER_HELD_NUMBERS_H_

#include <vector>

#include "compiler/lint/held.h"
#include "compiler/source/source_manager.h"

namespace sodc {

// Of each own duty and role of which too few or too many hold at `as_of`, or of which that is not known, in declared order; at most
// 200 are asked. Empty when the policy gives nothing to anybody. The model has no language errors. O(model + bounds × holdings).
std::vector<HeldNumber> AskHowManyHold(const model::Model& model, const SourceManager& sources, Instant as_of);

}  // namespace sodc

#endif  // SODC_DRIVER_HELD_NUMBERS_H_
