// What is still to be done about a conflict (rulings MISS-12).
#ifndef SOD_CORE_OBLIGATIONS_H_
#define SOD_CORE_OBLIGATIONS_H_

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::core {

// Fills the obligations of a conflict that is judged already: controls, waivers and disposition as of
// its judged_at. O(controls + waivers + approvers of the rule).
void AddObligations(const Image& image, const Subject& subject, Conflict& conflict);

}  // namespace sod::core

#endif  // SOD_CORE_OBLIGATIONS_H_
