// Pass 2: each field of each row by its kind in records.def. Loops are unrolled
// by field at compile time, so that a row costs a few comparisons.
#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

#include "runtime/core/verify.h"

namespace sod::core {
namespace {

using format::FieldInfo;
using format::FieldKind;
using format::FieldsOf;

struct Bounds {
  std::array<uint32_t, format::kMaxSections> rows = {};  // by section number
  uint32_t strings = 0;
  bool is_strict = true;     // strings must come in the order of first use
  uint32_t next_string = 1;  // the lowest number not used yet
};

uint32_t Load32(const char* place) {
  uint32_t value = 0;
  std::memcpy(&value, place, sizeof(value));
  return value;
}

bool IsText(uint32_t number, Bounds& bounds) {
  if (number >= bounds.strings) return false;
  if (!bounds.is_strict || number < bounds.next_string) return true;
  return number == bounds.next_string++;
}

bool IsPlace(const char* place, const Bounds& bounds, format::Section sources) {
  return Load32(place) < bounds.rows[static_cast<uint32_t>(sources)] && Load32(place + 4) != 0 &&
         Load32(place + 8) != 0;
}

// `end` is where the previous row's range ended: ranges of a field leave no gap.
bool IsRange(const char* place, const Bounds& bounds, format::Section section, uint32_t& end) {
  const uint32_t first = Load32(place), count = Load32(place + 4);
  const uint32_t rows = bounds.rows[static_cast<uint32_t>(section)];
  if (first != end || first > rows || count > rows - first) return false;
  end = first + count;
  return true;
}

template <typename Record, size_t I>
bool IsSound(const Record& row, Bounds& bounds, uint32_t& end) {
  constexpr FieldInfo kField = FieldsOf<Record>::kFields[I];
  const char* place = reinterpret_cast<const char*>(&row) + kField.offset;
  if constexpr (kField.kind == FieldKind::Text) {
    return IsText(Load32(place), bounds);
  } else if constexpr (kField.kind == FieldKind::Number) {
    return Load32(place) <= kField.max;
  } else if constexpr (kField.kind == FieldKind::Enum) {
    return kField.spelling(Load32(place)) != nullptr;
  } else if constexpr (kField.kind == FieldKind::Ref) {
    return Load32(place) < bounds.rows[static_cast<uint32_t>(kField.section)];
  } else if constexpr (kField.kind == FieldKind::Optional) {
    const uint32_t value = Load32(place);
    return value == format::kNone || value < bounds.rows[static_cast<uint32_t>(kField.section)];
  } else if constexpr (kField.kind == FieldKind::Range) {
    return IsRange(place, bounds, kField.section, end);
  } else if constexpr (kField.kind == FieldKind::Place) {
    return IsPlace(place, bounds, kField.section);
  } else {
    return true;  // times and digests take every value
  }
}

// Owners come first among accounts; those without owner are in nobody's range.
bool MayHaveLooseRows(format::Section section) { return section == format::Section::Accounts; }

// Where a section is wrong: a field of a row, or, with no row, a range field that
// leaves rows of its section out.
struct RowFault {
  size_t row = kWhole;
  const FieldInfo* field = nullptr;  // nullptr: nothing is wrong
  static constexpr size_t kWhole = SIZE_MAX;
};

RowFault FindLooseRows(std::span<const FieldInfo> fields, const uint32_t* ends, const Bounds& bounds) {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].kind == FieldKind::Range && !MayHaveLooseRows(fields[i].section) &&
        ends[i] != bounds.rows[static_cast<uint32_t>(fields[i].section)]) {
      return {RowFault::kWhole, &fields[i]};
    }
  }
  return {};
}

// The only code there is once for each kind of record; everything else stays outside.
template <typename Record, size_t... I>
[[gnu::noinline]] RowFault FindFault(std::span<const Record> rows, Bounds& bounds,
                                     std::index_sequence<I...>) {
  constexpr auto& kFields = FieldsOf<Record>::kFields;
  uint32_t ends[sizeof...(I)] = {};
  for (size_t row = 0; row < rows.size(); ++row) {
    size_t bad = sizeof...(I);
    ((IsSound<Record, I>(rows[row], bounds, ends[I]) || (bad = I, false)) && ...);
    if (bad != sizeof...(I)) return {row, &kFields[bad]};
  }
  return FindLooseRows(kFields, ends, bounds);
}

template <typename Record>
RowFault FindFault(std::span<const Record> rows, Bounds& bounds) {
  return FindFault(rows, bounds, std::make_index_sequence<std::size(FieldsOf<Record>::kFields)>());
}

Error FaultError(const char* section, const RowFault& fault) {
  const std::string field = std::string("`") + fault.field->name + "`";
  if (fault.row == RowFault::kWhole) return Damaged("rows that no " + field + " of " + section + " names");
  return Damaged("row " + std::to_string(fault.row) + " of " + section + " has an impossible " + field);
}

}  // namespace

std::optional<Error> VerifyRows(const Image& image, bool has_skipped) {
  Bounds bounds;
  bounds.strings = image.string_count();
  bounds.is_strict = !has_skipped;
#define SOD_SECTION(number, Name, Row, Kind) \
  bounds.rows[number] = static_cast<uint32_t>(image.Name().size());
#include "runtime/format/records.def"
#define SOD_SECTION(number, Name, Row, Kind)                                           \
  if (const RowFault fault = FindFault(image.Name(), bounds); fault.field != nullptr) { \
    return FaultError(#Name, fault);                                                     \
  }
#include "runtime/format/records.def"
  if (image.Meta().size() != 1) return Damaged("there must be exactly one row of Meta");
  if (bounds.is_strict && bounds.next_string != bounds.strings) return Damaged("a string is used nowhere");
  return std::nullopt;
}

}  // namespace sod::core
