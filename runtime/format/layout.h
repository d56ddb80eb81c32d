// The frame around the records: header, section directory, string pool, digest.
// docs/table-format.md is the specification; this header and records.def are its
// machine-readable half.
#ifndef SOD_FORMAT_LAYOUT_H_
#define SOD_FORMAT_LAYOUT_H_

#include <cstddef>
#include <cstdint>

#include "runtime/format/records.h"

namespace sod::format {

// A byte with the high bit set, a CR LF, a control-Z and a LF: damage by text
// mode transfer changes at least one of them.
inline constexpr uint8_t kMagic[8] = {0x89, 'S', 'O', 'D', 0x0d, 0x0a, 0x1a, 0x0a};
inline constexpr uint16_t kFormatMajor = 1;
inline constexpr uint16_t kFormatMinor = 0;
inline constexpr uint64_t kMaxFileBytes = 0xffffffff;  // offsets are 32 bits wide
inline constexpr uint32_t kMaxSections = 256;
inline constexpr uint32_t kMaxRows = 0x7fffffff;       // per section
inline constexpr size_t kDigestBytes = 32;
inline constexpr size_t kAlignment = 8;

// First bytes of a table. 48 bytes.
struct Header {
  uint8_t magic[8];
  uint16_t format_major;
  uint16_t format_minor;
  uint16_t language;        // language version of the policy
  uint16_t flags;           // bit 0: built without people; others zero
  uint64_t file_bytes;      // with the digest
  uint32_t section_count;
  uint32_t directory_crc;   // CRC32C of the directory
  uint64_t reserved[1];     // zero
  uint32_t reserved_tail;   // zero
  uint32_t header_crc;      // CRC32C of the header with this field zero
};
static_assert(sizeof(Header) == 48);

inline constexpr uint32_t kMustUnderstand = 1;  // DirectoryEntry::flags
inline constexpr uint16_t kWithoutPeople = 1;   // Header::flags

// One a section, sorted by section number, behind the header. Sections follow in
// the same order, 8-byte aligned, gaps zero, no byte between the last and the digest
// but the alignment. Every section of records.def and the string pool is present,
// also when it has no rows. 24 bytes.
struct DirectoryEntry {
  uint32_t section;
  uint32_t flags;
  uint32_t offset;          // from the start of the file
  uint32_t rows;            // StringBytes: bytes
  uint32_t row_bytes;       // sizeof the record
  uint32_t crc;             // CRC32C of rows × row_bytes bytes
};
static_assert(sizeof(DirectoryEntry) == 24);

// Meta::time_zone: 0 is UTC, else 86 400 and the seconds east of it; 86 400 itself is refused, so
// that one zone has one spelling.
inline constexpr int32_t kTimeZoneBase = 86400;
constexpr int32_t TimeZoneOf(const MetaRecord& meta) {
  return meta.time_zone == 0 ? 0 : static_cast<int32_t>(meta.time_zone) - kTimeZoneBase;
}
constexpr uint32_t TimeZoneField(int32_t seconds_east) {
  return seconds_east == 0 ? 0 : static_cast<uint32_t>(seconds_east + kTimeZoneBase);
}

}  // namespace sod::format

#endif  // SOD_FORMAT_LAYOUT_H_
