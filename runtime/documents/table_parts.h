// Tables too wide for a sheet of paper, cut into parts that are each a table of their own.
#ifndef SOD_DOCUMENTS_TABLE_PARTS_H_
#define SOD_DOCUMENTS_TABLE_PARTS_H_

#include <cstddef>
#include <vector>

#include "runtime/documents/table.h"

namespace sod::documents {

// From here on the heads of roles are turned, so that a column is as narrow as its cells.
inline constexpr size_t kTurnedRoles = 8;

// Rows of Table::columns for each part, in order; the row header leads each of them. One part
// for a table that fits, or whose columns are not alike.
std::vector<std::vector<size_t>> PartsOf(const Table& table);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_TABLE_PARTS_H_
