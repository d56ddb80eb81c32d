// How a role that breaks conflicts can be divided. Private to compiler/lint.
#ifndef SODC_LINT_SPLIT_H_
#define SODC_LINT_SPLIT_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/model/model.h"

namespace sodc::lint {

// The two duties of a conflict of one with one; nothing for any other.
std::optional<std::pair<model::DutyId, model::DutyId>> DutiesOfPair(const model::Conflict& conflict);

// What divides the duties of these conflicts between two roles so that neither breaks one, with the
// fewest duties taken out; or, where no two roles will do, an odd circle of conflicts that shows it
// (rulings REF-7). Rows of conflicts that all are broken by one role; those that are no pairs of
// duties are left out. Empty for fewer than two pairs. O(rows).
std::string SplitInWords(const model::Model& model, const std::vector<uint32_t>& conflicts);

}  // namespace sodc::lint

#endif  // SODC_LINT_SPLIT_H_
