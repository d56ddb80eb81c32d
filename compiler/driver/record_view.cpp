#include "compiler/driver/record_view.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include <fmt/format.h>

#include "compiler/base/calendar.h"

namespace sodc {

namespace format = sod::format;

namespace {

template <typename Record>
SectionView Describe(format::Section number, std::span<const Record> rows) {
  return {.number = number,
          .fields = format::FieldsOf<Record>::kFields,
          .rows = reinterpret_cast<const std::byte*>(rows.data()),
          .row_bytes = sizeof(Record),
          .count = static_cast<uint32_t>(rows.size())};
}

template <typename Record>
SectionView DescribeRows(std::span<const std::byte> bytes, const format::DirectoryEntry& entry) {
  SectionView section = Describe<Record>(
      format::Section{entry.section}, {reinterpret_cast<const Record*>(bytes.data() + entry.offset), entry.rows});
  section.offset = entry.offset;
  return section;
}

constexpr bool Must = true;
constexpr bool MayIgnore = false;

void AddNames(SectionView& section, const char* name, const char* record, bool must_understand) {
  section.name = name;
  section.record = record;
  section.must_understand = must_understand;
}

void SortByNumber(std::vector<SectionView>& sections) {
  std::sort(sections.begin(), sections.end(),
            [](const SectionView& a, const SectionView& b) { return a.number < b.number; });
}

}  // namespace

const format::Header& HeaderOf(std::span<const std::byte> bytes) {
  return *reinterpret_cast<const format::Header*>(bytes.data());
}

std::span<const format::DirectoryEntry> DirectoryOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const format::DirectoryEntry*>(bytes.data() + sizeof(format::Header)),
          HeaderOf(bytes).section_count};
}

const format::DirectoryEntry& EntryOf(std::span<const std::byte> bytes, format::Section section) {
  const auto directory = DirectoryOf(bytes);
  const auto found = std::find_if(directory.begin(), directory.end(), [&](const format::DirectoryEntry& entry) {
    return entry.section == static_cast<uint32_t>(section);
  });
  assert(found != directory.end());
  return *found;
}

RecordView ViewOf(const sod::Table& table) {
  const std::span<const std::byte> bytes = table.bytes();
  const std::byte* const offsets = bytes.data() + EntryOf(bytes, format::Section::StringOffsets).offset;
  const auto* const characters =
      reinterpret_cast<const char*>(bytes.data() + EntryOf(bytes, format::Section::StringBytes).offset);
  RecordView view;
  view.text = [offsets, characters](uint32_t number) {
    const uint32_t begin = WordAt(offsets, number * 4);
    return std::string_view(characters + begin, WordAt(offsets, number * 4 + 4) - begin);
  };
#define SOD_SECTION(number, Name, Row, Kind)                                                  \
  view.sections.push_back(                                                                   \
      DescribeRows<format::Row##Record>(bytes, EntryOf(bytes, format::Section::Name)));       \
  AddNames(view.sections.back(), #Name, #Row, Kind);
#include "runtime/format/records.def"
  SortByNumber(view.sections);
  return view;
}

RecordView ViewOf(const TableImage& image) {
  RecordView view;
#define SOD_SECTION(number, Name, Row, Kind)                                                   \
  view.sections.push_back(Describe<format::Row##Record>(format::Section::Name, image.Name));   \
  AddNames(view.sections.back(), #Name, #Row, Kind);
#include "runtime/format/records.def"
  SortByNumber(view.sections);
  view.text = [&image](uint32_t number) { return std::string_view(image.strings[number]); };
  return view;
}

const SectionView& RecordView::Find(format::Section number) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const SectionView& section) { return section.number == number; });
  assert(found != sections.end());
  return *found;
}

uint32_t WordAt(const std::byte* row, uint32_t offset) {
  uint32_t value = 0;
  std::memcpy(&value, row + offset, sizeof(value));
  return value;
}

int64_t TimeAt(const std::byte* row, uint32_t offset) {
  int64_t value = 0;
  std::memcpy(&value, row + offset, sizeof(value));
  return value;
}

std::string_view NameOfRow(const RecordView& view, const SectionView& section, uint32_t index) {
  for (const std::string_view wanted : {"name", "id", "identifier", "path"}) {
    for (const format::FieldInfo& field : section.fields) {
      if (field.kind == format::FieldKind::Text && field.name == wanted) {
        return view.text(WordAt(section.Row(index), field.offset));
      }
    }
  }
  return {};
}

std::string TimeText(int64_t instant) {
  if (instant == format::kOpenBegin || instant == format::kOpenEnd) return {};
  constexpr int64_t kDay = 24 * 60 * 60;
  const int64_t second = ((instant % kDay) + kDay) % kDay;
  const std::string day = ToString(DateOf(instant));
  if (second == 0) return day;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", day, second / 3600, second / 60 % 60, second % 60);
}

}  // namespace sodc
