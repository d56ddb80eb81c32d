// Pass 1: header, directory, gaps and sums. Sizes are compared by subtraction,
// `b <= size - a`, so that no sum can wrap.
#include <cstring>

#include "runtime/core/crc32c.h"
#include "runtime/core/verify.h"

namespace sod::core {
namespace {

using format::DirectoryEntry;
using format::Header;

Error NotATable(std::string message) {
  return {ErrorCode::NotATable, std::move(message), "a table is what `sodc build` writes"};
}

Error WrongVersion(std::string message) {
  return {ErrorCode::WrongVersion, std::move(message),
          "use a runtime at least as new as the compiler that wrote it"};
}

std::string SectionName(uint32_t number) {
  const SectionInfo info = InfoOfSection(number);
  std::string name = "section " + std::to_string(number);
  if (info.name != nullptr) name += std::string(" (") + info.name + ")";
  return name;
}

std::optional<Error> VerifyMagic(std::span<const std::byte> bytes) {
  if (bytes.empty()) return NotATable("the file is empty");
  const size_t compared = std::min(bytes.size(), sizeof(format::kMagic));
  if (std::memcmp(bytes.data(), format::kMagic, compared) != 0) {
    const bool looks_familiar =
        bytes.size() >= 4 && std::memcmp(bytes.data() + 1, format::kMagic + 1, 3) == 0;
    if (looks_familiar) return Damaged("its first bytes were changed, as transfer in text mode does");
    return NotATable("this is not a decision table");
  }
  if (bytes.size() < sizeof(Header) + format::kDigestBytes) return Damaged("it is cut short");
  return std::nullopt;
}

uint32_t SumOfHeader(Header header) {
  header.header_crc = 0;
  return Crc32c(std::as_bytes(std::span(&header, 1)));
}

uint32_t SwapBytes(uint32_t value) {
  return value >> 24 | (value >> 8 & 0xff00) | (value << 8 & 0xff0000) | value << 24;
}

// The layout of the first 48 bytes never changes, so the sum comes before the version.
std::optional<Error> VerifyHeader(const Header& header, size_t size) {
  const uint32_t sum = SumOfHeader(header);
  if (header.header_crc != sum) {
    if (header.header_crc == SwapBytes(sum)) {
      return WrongVersion("the table was written in the other byte order; tables are little-endian");
    }
    return Damaged("the sum of the header does not fit");
  }
  if (header.format_major != format::kFormatMajor) {
    return WrongVersion("the table has format " + std::to_string(header.format_major) + "." +
                        std::to_string(header.format_minor) + ", this runtime reads " +
                        std::to_string(format::kFormatMajor) + ".x");
  }
  if (header.file_bytes != size) {
    return Damaged("the header speaks of " + std::to_string(header.file_bytes) + " bytes, there are " +
                   std::to_string(size));
  }
  if (size > format::kMaxFileBytes) return Damaged("it is larger than 4 GiB");
  if ((header.flags & ~format::kWithoutPeople) != 0 || header.reserved[0] != 0 ||
      header.reserved_tail != 0) {
    return Damaged("reserved bits of the header are set");
  }
  const size_t room = size - sizeof(Header) - format::kDigestBytes;
  if (header.section_count > format::kMaxSections ||
      header.section_count * sizeof(DirectoryEntry) > room) {
    return Damaged("the section directory does not fit into the file");
  }
  return std::nullopt;
}

bool IsZero(std::span<const std::byte> bytes) {
  for (const std::byte byte : bytes) {
    if (byte != std::byte{0}) return false;
  }
  return true;
}

std::optional<Error> VerifyEntryKind(const DirectoryEntry& entry) {
  const SectionInfo info = InfoOfSection(entry.section);
  const bool is_must = (entry.flags & format::kMustUnderstand) != 0;
  if ((entry.flags & ~format::kMustUnderstand) != 0) {
    return Damaged("unknown flags at " + SectionName(entry.section));
  }
  if (info.row_bytes == 0) {
    if (!is_must) return std::nullopt;
    return WrongVersion("the table needs " + SectionName(entry.section) +
                        ", which this runtime does not know");
  }
  if (is_must != info.must_understand || entry.row_bytes != info.row_bytes) {
    return Damaged("the directory misstates " + SectionName(entry.section));
  }
  return std::nullopt;
}

// Sections stand one behind the other, aligned, with zeros between.
class SectionWalk {
 public:
  SectionWalk(std::span<const std::byte> bytes, size_t begin) : bytes_(bytes), end_(begin) {}

  std::optional<Error> Take(const DirectoryEntry& entry) {
    if (std::optional<Error> error = VerifyEntryKind(entry)) return error;
    if (!SkipGap() || entry.offset != end_) {
      return Damaged(SectionName(entry.section) + " is not where it must be");
    }
    const uint64_t length = uint64_t{entry.rows} * entry.row_bytes;
    if (entry.rows > format::kMaxRows || length > limit() - end_) {
      return Damaged(SectionName(entry.section) + " does not fit into the file");
    }
    if (Crc32c(bytes_.subspan(end_, length)) != entry.crc) {
      return Damaged("the sum of " + SectionName(entry.section) + " does not fit");
    }
    end_ += length;
    return std::nullopt;
  }

  bool ReachesDigest() { return SkipGap() && end_ == limit(); }

 private:
  size_t limit() const { return bytes_.size() - format::kDigestBytes; }
  bool SkipGap() {
    const size_t gap = (format::kAlignment - end_ % format::kAlignment) % format::kAlignment;
    if (gap > limit() - end_ || !IsZero(bytes_.subspan(end_, gap))) return false;
    end_ += gap;
    return true;
  }

  std::span<const std::byte> bytes_;
  size_t end_;
};

std::optional<Error> VerifyAllPresent(std::span<const DirectoryEntry> directory) {
  size_t next = 0;
  for (uint32_t number = 0; number < format::kMaxSections; ++number) {
    while (next < directory.size() && directory[next].section < number) ++next;
    const bool is_present = next < directory.size() && directory[next].section == number;
    if (InfoOfSection(number).row_bytes != 0 && !is_present) {
      return Damaged(SectionName(number) + " is missing");
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> VerifyFrame(std::span<const std::byte> bytes) {
  if (std::optional<Error> error = VerifyMagic(bytes)) return error;
  const Header& header = *reinterpret_cast<const Header*>(bytes.data());
  if (std::optional<Error> error = VerifyHeader(header, bytes.size())) return error;

  const size_t directory_bytes = header.section_count * sizeof(DirectoryEntry);
  const std::span<const std::byte> directory_span = bytes.subspan(sizeof(Header), directory_bytes);
  if (Crc32c(directory_span) != header.directory_crc) {
    return Damaged("the sum of the section directory does not fit");
  }
  const std::span<const DirectoryEntry> directory(
      reinterpret_cast<const DirectoryEntry*>(directory_span.data()), header.section_count);
  SectionWalk walk(bytes, sizeof(Header) + directory_bytes);
  for (size_t i = 0; i < directory.size(); ++i) {
    if (i != 0 && directory[i].section <= directory[i - 1].section) {
      return Damaged("the section directory is out of order");
    }
    if (std::optional<Error> error = walk.Take(directory[i])) return error;
  }
  if (!walk.ReachesDigest()) return Damaged("there are bytes that belong to no section");
  return VerifyAllPresent(directory);
}

}  // namespace sod::core
