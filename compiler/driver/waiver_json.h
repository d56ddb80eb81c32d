// What excuses a conflict, or does not, in the schema sod.query/1.
#ifndef SODC_DRIVER_WAIVER_JSON_H_
#define SODC_DRIVER_WAIVER_JSON_H_

#include "llvm/Support/JSON.h"
#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

// The attributes `waiver` and `other_waivers` of the object that is open.
void WriteWaiversAsJson(const sod::Table& table, const sod::Conflict& conflict, llvm::json::OStream& out);

}  // namespace sodc

#endif  // SODC_DRIVER_WAIVER_JSON_H_
