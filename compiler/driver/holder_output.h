// What a request makes worse of how many may hold a duty or role, as text and as JSON (docs/query-json.md).
#ifndef SODC_DRIVER_HOLDER_OUTPUT_H_
#define SODC_DRIVER_HOLDER_OUTPUT_H_

#include <string>
#include <vector>

#include "llvm/Support/JSON.h"
#include "sod/holders.h"

namespace sodc {

// One line for each; empty: nothing. `holders` of sod.query/1.
std::string HolderChangesInWords(const sod::Table& table, sod::Instant as_of, const std::vector<sod::HolderChange>& changes);
void WriteHolderChanges(const sod::Table& table, const std::vector<sod::HolderChange>& changes, llvm::json::OStream& out);
// "Not looked at: …" of requests that are not judged for numbers of holders; empty: the policy has none.
std::string HoldersNotAsked(const sod::Table& table);
// What to do next about a request that does nothing else.
std::string_view AdviceOnHolders(const std::vector<sod::HolderChange>& changes);

}  // namespace sodc

#endif  // SODC_DRIVER_HOLDER_OUTPUT_H_
