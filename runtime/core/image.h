// The verified sections of a table as spans of records. An Image is proof of its
// bytes: every row number, range, enum value and string number in it is in range,
// so its users index without checks. Used by libsod, runtime/documents and
// `sodc dump`; not installed.
#ifndef SOD_CORE_IMAGE_H_
#define SOD_CORE_IMAGE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "runtime/format/layout.h"
#include "sod/result.h"

namespace sod::core {

class Image {
 public:
  // Copies `bytes` and verifies all of them (verify.h). O(bytes).
  // Errors: NotATable, WrongVersion, Damaged.
  static Result<std::shared_ptr<const Image>> Read(std::span<const std::byte> bytes);

  // One accessor a section of records.def: image.Duties()[row].
#define SOD_SECTION(number, Name, Row, Kind) \
  std::span<const format::Row##Record> Name() const { return Name##_; }
#include "runtime/format/records.def"

  const format::MetaRecord& meta() const { return Meta_[0]; }
  std::string_view Text(uint32_t number) const {
    const uint32_t begin = string_offsets_[number];
    return {string_bytes_ + begin, string_offsets_[number + 1] - begin};
  }
  uint32_t string_count() const { return static_cast<uint32_t>(string_offsets_.size() - 1); }
  std::span<const uint32_t> string_offsets() const { return string_offsets_; }
  uint32_t string_byte_count() const { return string_byte_count_; }

  // Ranks of the access scale; 0 when the policy has none.
  uint32_t level_count() const {
    return meta().access_scale == format::kNone ? 0 : Scales()[meta().access_scale].members_count;
  }
  // The rank that stands for "no level given": the top one.
  uint32_t top_level() const { return level_count() == 0 ? 0 : level_count() - 1; }

  const format::Header& header() const {
    return *reinterpret_cast<const format::Header*>(bytes_.get());
  }
  std::span<const format::DirectoryEntry> directory() const {
    return {reinterpret_cast<const format::DirectoryEntry*>(bytes_.get() + sizeof(format::Header)),
            header().section_count};
  }
  std::span<const std::byte> bytes() const { return {bytes_.get(), size_}; }
  std::span<const std::byte> digest() const { return bytes().last(format::kDigestBytes); }

 private:
  Image() = default;
  void BindSections();  // spans from a sound directory

  std::unique_ptr<std::byte[]> bytes_;
  size_t size_ = 0;
  std::span<const uint32_t> string_offsets_;
  const char* string_bytes_ = nullptr;
  uint32_t string_byte_count_ = 0;
#define SOD_SECTION(number, Name, Row, Kind) std::span<const format::Row##Record> Name##_;
#include "runtime/format/records.def"
};

// The rows a SOD_RANGE field names: Slice(image.DutyAtoms(), duty.atoms_first, duty.atoms_count).
template <typename Record>
std::span<const Record> Slice(std::span<const Record> rows, uint32_t first, uint32_t count) {
  return rows.subspan(first, count);
}

}  // namespace sod::core

#endif  // SOD_CORE_IMAGE_H_
