// The record structs of records.def: what the bytes of a section are, on a
// little-endian machine exactly.
#ifndef SOD_FORMAT_RECORDS_H_
#define SOD_FORMAT_RECORDS_H_

#include <cstddef>
#include <cstdint>

#include "runtime/format/enums.h"

namespace sod::format {

inline constexpr uint32_t kNone = 0xffffffff;
inline constexpr uint32_t kViaDerivation = 0x7fffffff;  // RoleDuty::via
inline constexpr uint32_t kViaRole = 0x80000000;  // RoleDuty::via, RoleAtom::via
inline constexpr int64_t kOpenBegin = INT64_MIN;
inline constexpr int64_t kOpenEnd = INT64_MAX;

#define SOD_RECORD_BEGIN(Name) struct Name##Record {
#define SOD_RECORD_END(Name) };
#define SOD_TEXT(f) uint32_t f = 0;
#define SOD_NUMBER(f, max) uint32_t f = 0;
#define SOD_ENUM(f, Type) Type f = Type{};
#define SOD_REF(f, Section) uint32_t f = 0;
#define SOD_OPTIONAL(f, Section) uint32_t f = kNone;
#define SOD_RANGE(f, Section) uint32_t f##_first = 0, f##_count = 0;
#define SOD_TIME(f) int64_t f = 0;
#define SOD_PLACE(f) uint32_t f##_file = 0, f##_line = 1, f##_column = 1;
#define SOD_DIGEST(f) uint8_t f[32] = {};
#include "runtime/format/records.def"

// Section numbers.
enum class Section : uint32_t {
  StringOffsets = 3,
  StringBytes = 4,
#define SOD_SECTION(number, Name, Row, Kind) Name = number,
#include "runtime/format/records.def"
};

// What a field holds, for everything that walks records generically.
enum class FieldKind : uint8_t { Text, Number, Enum, Ref, Optional, Range, Time, Place, Digest };

struct FieldInfo {
  const char* name;
  FieldKind kind;
  uint32_t offset;                            // in the record, bytes
  uint32_t max = 0;                           // Number
  Section section = Section{0};               // Ref, Optional, Range
  const char* (*spelling)(uint32_t) = nullptr;  // Enum
};

template <typename Record>
struct FieldsOf;

#define SOD_RECORD_BEGIN(Name)              \
  template <>                               \
  struct FieldsOf<Name##Record> {           \
    using R = Name##Record;                 \
    static constexpr FieldInfo kFields[] = {
#define SOD_RECORD_END(Name) \
  }                            \
  ;                            \
  }                            \
  ;
#define SOD_TEXT(f) {#f, FieldKind::Text, offsetof(R, f)},
#define SOD_NUMBER(f, max) {#f, FieldKind::Number, offsetof(R, f), max},
#define SOD_ENUM(f, Type) {#f, FieldKind::Enum, offsetof(R, f), 0, Section{0}, &Spelling##Type},
#define SOD_REF(f, SectionName) {#f, FieldKind::Ref, offsetof(R, f), 0, Section::SectionName},
#define SOD_OPTIONAL(f, SectionName) \
  {#f, FieldKind::Optional, offsetof(R, f), 0, Section::SectionName},
#define SOD_RANGE(f, SectionName) \
  {#f, FieldKind::Range, offsetof(R, f##_first), 0, Section::SectionName},
#define SOD_TIME(f) {#f, FieldKind::Time, offsetof(R, f)},
#define SOD_PLACE(f) {#f, FieldKind::Place, offsetof(R, f##_file), 0, Section::Sources},
#define SOD_DIGEST(f) {#f, FieldKind::Digest, offsetof(R, f)},
#include "runtime/format/records.def"

// Records have no padding: their bytes are their fields and nothing else, so a file
// is canonical and a writer may copy them as they stand.
#define SOD_RECORD_BEGIN(Name) static_assert(sizeof(Name##Record) == 0
#define SOD_RECORD_END(Name) , "a record has padding");
#define SOD_TEXT(f) + 4
#define SOD_NUMBER(f, max) + 4
#define SOD_ENUM(f, Type) + 4
#define SOD_REF(f, Section) + 4
#define SOD_OPTIONAL(f, Section) + 4
#define SOD_RANGE(f, Section) + 8
#define SOD_TIME(f) + 8
#define SOD_PLACE(f) + 12
#define SOD_DIGEST(f) + 32
#include "runtime/format/records.def"

}  // namespace sod::format

#endif  // SOD_FORMAT_RECORDS_H_
