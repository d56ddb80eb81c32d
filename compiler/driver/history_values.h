// Values of attributes of objects as JSON says them (docs/histories.md).
#ifndef SODC_DRIVER_HISTORY_VALUES_H_
#define SODC_DRIVER_HISTORY_VALUES_H_

#include <string>
#include <string_view>

#include <llvm/Support/JSON.h>

#include "sod/history.h"
#include "sod/table.h"

namespace sodc {

struct ReadHistoryValue {
  std::string error;    // why it is no value of the attribute; empty: it is one
  std::string warning;  // why it is not known though it is said
  bool is_known = false;
  bool is_of_other_currency = false;
  sod::ValueRange range;
};
// `1200.5`, `"1200.50 EUR"`, `"large"`, `"severe"`, `true`; null: not known.
ReadHistoryValue ReadValueOf(const sod::Table& table, const sod::AttributeType& type, const llvm::json::Value& value);
// The attribute of the kind; an error lists what there is.
sod::Result<uint32_t> FindAttributeNamed(const sod::Table& table, uint32_t kind, std::string_view name);

}  // namespace sodc

#endif  // SODC_DRIVER_HISTORY_VALUES_H_
