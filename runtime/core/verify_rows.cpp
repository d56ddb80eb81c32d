// Pass 2: each field of each row by its kind in records.def. The fields are data, eight bytes
// each, and not code: libsod has a limit of size. A field is checked for all rows of its section
// at once, so that its kind is looked at once; texts go row by row, for strings come in the order
// of first use.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "runtime/core/verify.h"

namespace sod::core {
namespace {

enum class Kind : uint8_t { Record, Text, Number, Enum, Ref, Optional, Range, Time, Place, Digest };

struct Field {
  Kind kind;
  uint8_t section;  // Ref, Optional, Range, Place
  uint16_t offset;  // in the record, bytes
  uint32_t max;     // Number, Enum
};

// The greatest value of an enum; its values have no holes.
#define SOD_ENUM_PLUS_ONE(Name, Value, Spelling) +1
#define SOD_ENUM_MAX(Name)                                                   \
  constexpr uint32_t kMax##Name = 0 SOD_ENUM_##Name(SOD_ENUM_PLUS_ONE) - 1; \
  static_assert(format::Spelling##Name(kMax##Name) != nullptr);
namespace format_enums {
using namespace format;  // NOLINT: the macro names enums
SOD_ENUMS(SOD_ENUM_MAX)
}  // namespace format_enums
#undef SOD_ENUM_MAX
#undef SOD_ENUM_PLUS_ONE

constexpr uint8_t NumberOf(format::Section section) { return static_cast<uint8_t>(section); }

// Each record begins with a row that is no field.
constexpr Field kFields[] = {
#define SOD_RECORD_BEGIN(Name) {Kind::Record, 0, 0, 0},
#define SOD_RECORD_END(Name)
#define SOD_TEXT(f) {Kind::Text, 0, 0, 0},
#define SOD_NUMBER(f, max) {Kind::Number, 0, 0, max},
#define SOD_ENUM(f, Type) {Kind::Enum, 0, 0, format_enums::kMax##Type},
#define SOD_REF(f, SectionName) {Kind::Ref, NumberOf(format::Section::SectionName), 0, 0},
#define SOD_OPTIONAL(f, SectionName) {Kind::Optional, NumberOf(format::Section::SectionName), 0, 0},
#define SOD_RANGE(f, SectionName) {Kind::Range, NumberOf(format::Section::SectionName), 0, 0},
#define SOD_TIME(f) {Kind::Time, 0, 0, 0},
#define SOD_PLACE(f) {Kind::Place, NumberOf(format::Section::Sources), 0, 0},
#define SOD_DIGEST(f) {Kind::Digest, 0, 0, 0},
#include "runtime/format/records.def"
    {Kind::Record, 0, 0, 0},
};

// Records have no padding (records.h), so offsets follow from sizes.
constexpr uint16_t SizeOf(Kind kind) {
  switch (kind) {
    case Kind::Record: return 0;
    case Kind::Range:
    case Kind::Time: return 8;
    case Kind::Place: return 12;
    case Kind::Digest: return 32;
    default: return 4;
  }
}

constexpr auto WithOffsets() {
  std::array<Field, std::size(kFields)> fields = {};
  uint16_t offset = 0;
  for (size_t i = 0; i < fields.size(); ++i) {
    fields[i] = kFields[i];
    if (fields[i].kind == Kind::Record) offset = 0;
    fields[i].offset = offset;
    offset = static_cast<uint16_t>(offset + SizeOf(fields[i].kind));
  }
  return fields;
}
constexpr auto kAllFields = WithOffsets();

// Names in the order of kAllFields, each with its NUL.
constexpr char kNames[] =
#define SOD_RECORD_BEGIN(Name) "\0"
#define SOD_RECORD_END(Name)
#define SOD_TEXT(f) #f "\0"
#define SOD_NUMBER(f, max) #f "\0"
#define SOD_ENUM(f, Type) #f "\0"
#define SOD_REF(f, SectionName) #f "\0"
#define SOD_OPTIONAL(f, SectionName) #f "\0"
#define SOD_RANGE(f, SectionName) #f "\0"
#define SOD_TIME(f) #f "\0"
#define SOD_PLACE(f) #f "\0"
#define SOD_DIGEST(f) #f "\0"
#include "runtime/format/records.def"
    ;

enum class RecordId : uint8_t {
#define SOD_RECORD_BEGIN(Name) Name,
#define SOD_RECORD_END(Name)
#define SOD_TEXT(f)
#define SOD_NUMBER(f, max)
#define SOD_ENUM(f, Type)
#define SOD_REF(f, SectionName)
#define SOD_OPTIONAL(f, SectionName)
#define SOD_RANGE(f, SectionName)
#define SOD_TIME(f)
#define SOD_PLACE(f)
#define SOD_DIGEST(f)
#include "runtime/format/records.def"
};

// The first field of a record.
constexpr uint16_t FirstField(RecordId record) {
  size_t place = 0;
  for (int left = static_cast<int>(record); left >= 0; ++place) {
    if (kAllFields[place].kind == Kind::Record) --left;
  }
  return static_cast<uint16_t>(place);
}

struct SectionRow {
  uint8_t number;
  uint16_t first_field;
};
constexpr SectionRow kSections[] = {  // in the order of records.def, which strings follow
#define SOD_SECTION(number, Name, Row, Kind) {number, FirstField(RecordId::Row)},
#include "runtime/format/records.def"
};

uint32_t Load32(const std::byte* place) {
  uint32_t value = 0;
  std::memcpy(&value, place, sizeof(value));
  return value;
}

// The rows of one section.
struct Column {
  const std::byte* begin = nullptr;
  size_t rows = 0;
  size_t row_bytes = 0;
};

constexpr size_t kSound = SIZE_MAX;

// The first row whose number at `offset` is not below `limit`, or none.
size_t FindNotBelow(const Column& column, uint16_t offset, uint64_t limit, bool may_be_none) {
  const std::byte* place = column.begin + offset;
  for (size_t row = 0; row < column.rows; ++row, place += column.row_bytes) {
    const uint32_t value = Load32(place);
    if (value >= limit && !(may_be_none && value == format::kNone)) return row;
  }
  return kSound;
}

size_t FindBadPlace(const Column& column, uint16_t offset, uint32_t sources) {
  const std::byte* place = column.begin + offset;
  for (size_t row = 0; row < column.rows; ++row, place += column.row_bytes) {
    if (Load32(place) >= sources || Load32(place + 4) == 0 || Load32(place + 8) == 0) return row;
  }
  return kSound;
}

// Ranges of a field leave no gap; `end` becomes where the last one ends.
size_t FindBadRange(const Column& column, uint16_t offset, uint32_t rows, uint32_t& end) {
  const std::byte* place = column.begin + offset;
  for (size_t row = 0; row < column.rows; ++row, place += column.row_bytes) {
    const uint32_t first = Load32(place), count = Load32(place + 4);
    if (first != end || first > rows || count > rows - first) return row;
    end = first + count;
  }
  return kSound;
}

std::string NameOfField(size_t field) {
  const char* name = kNames;
  for (; field != 0; --field) name += std::strlen(name) + 1;
  return std::string("`") + name + "`";
}

class Rows {
 public:
  Rows(const Image& image, bool has_skipped) : strings_(image.string_count()), is_strict_(!has_skipped) {
    for (const format::DirectoryEntry& entry : image.directory()) {
      if (entry.section >= format::kMaxSections) continue;
      columns_[entry.section] = {image.bytes().data() + entry.offset, entry.rows, entry.row_bytes};
    }
  }

  std::optional<Error> Verify(const SectionRow& section) {
    const Column& column = columns_[section.number];
    if (std::optional<Error> error = VerifyTexts(section, column)) return error;
    for (size_t i = section.first_field; kAllFields[i].kind != Kind::Record; ++i) {
      const size_t row = FindFault(kAllFields[i], column);
      if (row != kSound) return BadField(section, row, i);
      if (has_loose_rows_) {
        return Damaged("rows that no " + NameOfField(i) + " of " + InfoOfSection(section.number).name + " names");
      }
    }
    return std::nullopt;
  }

  bool UsesAllStrings() const { return !is_strict_ || next_string_ == strings_; }

 private:
  uint32_t RowsOf(uint8_t section) const { return static_cast<uint32_t>(columns_[section].rows); }

  size_t FindFault(const Field& field, const Column& column) {
    switch (field.kind) {
      case Kind::Number:
      case Kind::Enum: return FindNotBelow(column, field.offset, uint64_t{field.max} + 1, false);
      case Kind::Ref: return FindNotBelow(column, field.offset, RowsOf(field.section), false);
      case Kind::Optional: return FindNotBelow(column, field.offset, RowsOf(field.section), true);
      case Kind::Place: return FindBadPlace(column, field.offset, RowsOf(field.section));
      case Kind::Range: {
        uint32_t end = 0;
        const size_t row = FindBadRange(column, field.offset, RowsOf(field.section), end);
        // Owners come first among accounts; those without owner are in nobody's range.
        has_loose_rows_ = row == kSound && end != RowsOf(field.section) &&
                          field.section != NumberOf(format::Section::Accounts);
        return row;
      }
      default: return kSound;  // texts are done; times and digests take every value
    }
  }

  std::optional<Error> VerifyTexts(const SectionRow& section, const Column& column) {
    std::array<uint16_t, 64> texts = {};  // places in kAllFields
    size_t count = 0;
    for (uint16_t i = section.first_field; kAllFields[i].kind != Kind::Record; ++i) {
      if (kAllFields[i].kind == Kind::Text) texts[count++] = i;
    }
    const std::byte* place = column.begin;
    for (size_t row = 0; count != 0 && row < column.rows; ++row, place += column.row_bytes) {
      for (size_t i = 0; i < count; ++i) {
        if (!IsText(Load32(place + kAllFields[texts[i]].offset))) return BadField(section, row, texts[i]);
      }
    }
    return std::nullopt;
  }

  bool IsText(uint32_t number) {
    if (number >= strings_) return false;
    if (!is_strict_ || number < next_string_) return true;
    return number == next_string_++;
  }

  static Error BadField(const SectionRow& section, size_t row, size_t field) {
    return Damaged("row " + std::to_string(row) + " of " + InfoOfSection(section.number).name +
                   " has an impossible " + NameOfField(field));
  }

  std::array<Column, format::kMaxSections> columns_ = {};  // by section number
  uint32_t strings_;
  bool is_strict_;            // strings must come in the order of first use
  uint32_t next_string_ = 1;  // the lowest number not used yet
  bool has_loose_rows_ = false;
};

}  // namespace

std::optional<Error> VerifyRows(const Image& image, bool has_skipped) {
  Rows rows(image, has_skipped);
  for (const SectionRow& section : kSections) {
    if (std::optional<Error> error = rows.Verify(section)) return error;
  }
  if (image.Meta().size() != 1) return Damaged("there must be exactly one row of Meta");
  if (!rows.UsesAllStrings()) return Damaged("a string is used nowhere");
  return std::nullopt;
}

}  // namespace sod::core
