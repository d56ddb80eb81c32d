// Conditions of a conflict: whether it applies, its mode and what it requires, in words and in JSON.
#ifndef SODC_DRIVER_CONDITION_WORDS_H_
#define SODC_DRIVER_CONDITION_WORDS_H_

#include <string>
#include <vector>

#include "llvm/Support/JSON.h"
#include "sod/query.h"

namespace sodc {

// "Only when shipment.value is large.": sentences about when the conflict is one; none for a rule without a condition.
std::vector<std::string> ApplicabilityInWords(const sod::Conflict& conflict);
// "because pilots at least 2 holds (pilots is 3)": behind the mode; empty for a mode without a condition.
std::string ModeReasonInWords(const sod::Conflict& conflict);
// A line for each requirement: "Required: Outside review: kept."
std::vector<std::string> RequirementsInWords(const sod::Conflict& conflict);

// `applies_when`, `mode_because` and `requirements`, those that there are.
void WriteConditions(const sod::Conflict& conflict, llvm::json::OStream& out);

}  // namespace sodc

#endif  // SODC_DRIVER_CONDITION_WORDS_H_
