// Rows of records.def seen generically: one description a section, so that the
// dumps of a table file and of a table image are the same code.
#ifndef SODC_DRIVER_RECORD_VIEW_H_
#define SODC_DRIVER_RECORD_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lower/image.h"
#include "runtime/format/layout.h"
#include "sod/table.h"

namespace sodc {

struct SectionView {
  sod::format::Section number{};
  const char* name = "";
  const char* record = "";
  bool must_understand = false;
  std::span<const sod::format::FieldInfo> fields;
  const std::byte* rows = nullptr;
  uint32_t row_bytes = 0;
  uint32_t count = 0;
  uint32_t offset = 0;  // in the file; 0 for an image

  const std::byte* Row(uint32_t index) const { return rows + size_t{index} * row_bytes; }
};

struct RecordView {
  std::vector<SectionView> sections;  // ascending numbers, without the string pool
  std::function<std::string_view(uint32_t)> text;

  const SectionView& Find(sod::format::Section number) const;
};

// The frame of a table's bytes, which the table has verified.
const sod::format::Header& HeaderOf(std::span<const std::byte> bytes);
std::span<const sod::format::DirectoryEntry> DirectoryOf(std::span<const std::byte> bytes);
// The entry of a section that every table has.
const sod::format::DirectoryEntry& EntryOf(std::span<const std::byte> bytes, sod::format::Section section);

// Views; what they look at must outlive them.
RecordView ViewOf(const sod::Table& table);
RecordView ViewOf(const TableImage& image);

// A field's parts as stored.
uint32_t WordAt(const std::byte* row, uint32_t offset);
int64_t TimeAt(const std::byte* row, uint32_t offset);

// The name by which a row is known (its `name`, `id`, or the text it is), or empty.
std::string_view NameOfRow(const RecordView& view, const SectionView& section, uint32_t index);
// `2026-03-17`, `2026-03-17T12:00:00Z`, or empty for an open end.
std::string TimeText(int64_t instant);
// What conditions compare has 64 bits like an instant and is none.
inline bool IsPlainNumber(const sod::format::FieldInfo& field) {
  const std::string_view name = field.name;
  return name == "lo" || name == "hi" || name == "value";
}

}  // namespace sodc

#endif  // SODC_DRIVER_RECORD_VIEW_H_
