// Who can do a process by the declarations of a policy, asked of the table that it compiles to (docs/decisions/0046).
#ifndef SODC_DRIVER_HELD_PROCESSES_H_
#define SODC_DRIVER_HELD_PROCESSES_H_

#include <optional>
#include <vector>

#include "compiler/lint/held.h"
#include "compiler/source/source_manager.h"
#include "sod/query.h"

namespace sodc {

// The table that the model compiles to, with its people; nothing when no table can be made. The model has no language errors.
std::optional<sod::Table> TableOf(const model::Model& model, const SourceManager& sources);
// The policy gives something to a person or an external party: else its people stand elsewhere, and nothing can be said of them.
bool GivesToPeople(const sod::Table& table, const std::vector<sod::Subject>& people);

// Of each own process, in declared order, at `as_of`; at most 200 are asked. Empty when the policy gives nothing to anybody (people then
// stand elsewhere), or when no table can be made. The model has no language errors. O(model + processes × holdings) and bounded searches.
std::vector<HeldProcess> AskWhoDoesProcesses(const model::Model& model, const SourceManager& sources, Instant as_of);

}  // namespace sodc

#endif  // SODC_DRIVER_HELD_PROCESSES_H_
