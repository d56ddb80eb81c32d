// Copy first, then verify the copy: the caller's bytes may change meanwhile.
#include "runtime/core/image.h"

#include <cstring>
#include <utility>

#include "runtime/core/verify.h"

namespace sod::core {

Result<std::shared_ptr<const Image>> Image::Read(std::span<const std::byte> bytes) {
  std::shared_ptr<Image> image(new Image());
  image->size_ = bytes.size();
  // operator new aligns to 16 bytes, the records want 8.
  image->bytes_ = std::make_unique_for_overwrite<std::byte[]>(bytes.size());
  if (!bytes.empty()) std::memcpy(image->bytes_.get(), bytes.data(), bytes.size());

  if (std::optional<Error> error = VerifyFrame(image->bytes())) return std::move(*error);
  image->BindSections();
  bool has_skipped = false;
  for (const format::DirectoryEntry& entry : image->directory()) {
    has_skipped |= InfoOfSection(entry.section).row_bytes == 0;
  }
  if (std::optional<Error> error = VerifyStrings(*image)) return std::move(*error);
  if (std::optional<Error> error = VerifyRows(*image, has_skipped)) return std::move(*error);
  if (std::optional<Error> error = VerifyMeaning(*image)) return std::move(*error);
  return std::shared_ptr<const Image>(std::move(image));
}

void Image::BindSections() {
  for (const format::DirectoryEntry& entry : directory()) {
    const std::byte* place = bytes_.get() + entry.offset;
    switch (entry.section) {
      case static_cast<uint32_t>(format::Section::StringOffsets):
        string_offsets_ = {reinterpret_cast<const uint32_t*>(place), entry.rows};
        break;
      case static_cast<uint32_t>(format::Section::StringBytes):
        string_bytes_ = reinterpret_cast<const char*>(place);
        string_byte_count_ = entry.rows;
        break;
#define SOD_SECTION(number, Name, Row, Kind)                                          \
  case number:                                                                        \
    Name##_ = {reinterpret_cast<const format::Row##Record*>(place), entry.rows};      \
    break;
#include "runtime/format/records.def"
      default:
        break;  // optional and unknown: skipped
    }
  }
}

}  // namespace sod::core
