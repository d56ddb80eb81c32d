#include "runtime/documents/table_parts.h"

#include <algorithm>
#include <numeric>

namespace sod::documents {

namespace {

// How many turned roles have room in the place of the column; A4 on its side has room for so many.
constexpr size_t kRoom = 16;
size_t RoomOf(const Column& column) {
  if (column.is_row_header) return 0;
  if (column.is_role) return 1;
  return column.width == ColumnWidth::Wide ? 4 : 2;
}

}  // namespace

std::vector<std::vector<size_t>> PartsOf(const Table& table) {
  const std::vector<Column>& columns = table.columns;
  size_t room = 0;
  for (const Column& column : columns) room += RoomOf(column);
  const bool has_roles = std::ranges::any_of(columns, &Column::is_role);
  const size_t count = has_roles ? (room + kRoom - 1) / kRoom : 1;
  std::vector<std::vector<size_t>> parts(1);
  if (count <= 1) {
    parts[0].resize(columns.size());
    std::iota(parts[0].begin(), parts[0].end(), size_t{0});
    return parts;
  }
  const size_t header = static_cast<size_t>(std::ranges::find(columns, true, &Column::is_row_header) - columns.begin());
  parts[0].push_back(header);
  size_t used = 0;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i == header) continue;
    // Even shares; a column that reaches over the line still belongs before it.
    if (used * count >= room * parts.size()) parts.push_back({header});
    parts.back().push_back(i);
    used += RoomOf(columns[i]);
  }
  return parts;
}

}  // namespace sod::documents
