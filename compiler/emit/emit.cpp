// Writes the frame of layout.h around the records: renumbers strings by first
// use, lays sections out in number order, sums and signs off with the digest.
#include "compiler/emit/emit.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include <llvm/ADT/ArrayRef.h>
#include <llvm/Support/SHA256.h>

#include "compiler/emit/crc32c.h"
#include "runtime/format/layout.h"

namespace sodc {
namespace {

namespace format = sod::format;

static_assert(std::endian::native == std::endian::little,
              "records are written as they stand in memory");

// Gives every used string its number in the file, in the order of first use.
class StringPool {
 public:
  explicit StringPool(const std::vector<std::string>& strings)
      : strings_(strings), numbers_(strings.size(), format::kNone) {
    Number(0);
  }

  uint32_t Number(uint32_t index) {
    uint32_t& number = numbers_[index];
    if (number == format::kNone) {
      number = static_cast<uint32_t>(offsets_.size());
      offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
      bytes_ += strings_[index];
    }
    return number;
  }

  std::vector<uint32_t> FinishOffsets() {
    offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
    return std::move(offsets_);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  const std::vector<std::string>& strings_;
  std::vector<uint32_t> numbers_;
  std::vector<uint32_t> offsets_;
  std::string bytes_;
};

template <typename Record>
void NumberTexts(std::vector<Record>& rows, StringPool& pool) {
  for (Record& row : rows) {
    for (const format::FieldInfo& field : format::FieldsOf<Record>::kFields) {
      if (field.kind != format::FieldKind::Text) continue;
      char* place = reinterpret_cast<char*>(&row) + field.offset;
      uint32_t index = 0;
      std::memcpy(&index, place, sizeof(index));
      index = pool.Number(index);
      std::memcpy(place, &index, sizeof(index));
    }
  }
}

struct SectionBytes {
  uint32_t number;
  bool must_understand;
  uint32_t row_bytes;
  size_t rows;
  std::string_view bytes;
};

template <typename Row>
SectionBytes BytesOf(uint32_t number, bool must_understand, const std::vector<Row>& rows) {
  return {number, must_understand, sizeof(Row), rows.size(),
          {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Row)}};
}

size_t AlignUp(size_t size) {
  return (size + format::kAlignment - 1) / format::kAlignment * format::kAlignment;
}

size_t FileBytes(std::span<const SectionBytes> sections) {
  size_t size = AlignUp(sizeof(format::Header) + sections.size() * sizeof(format::DirectoryEntry));
  for (const SectionBytes& section : sections) size += AlignUp(section.bytes.size());
  return size + format::kDigestBytes;
}

void Overwrite(std::string& file, size_t offset, const void* data, size_t size) {
  std::memcpy(file.data() + offset, data, size);
}

// The file but for header and digest: directory and sections at their offsets.
std::vector<format::DirectoryEntry> PlaceSections(std::span<const SectionBytes> sections,
                                                  std::string& file) {
  std::vector<format::DirectoryEntry> directory;
  size_t offset =
      AlignUp(sizeof(format::Header) + sections.size() * sizeof(format::DirectoryEntry));
  for (const SectionBytes& section : sections) {
    if (!section.bytes.empty()) {
      Overwrite(file, offset, section.bytes.data(), section.bytes.size());
    }
    directory.push_back({section.number, section.must_understand ? format::kMustUnderstand : 0,
                         static_cast<uint32_t>(offset), static_cast<uint32_t>(section.rows),
                         section.row_bytes, Crc32c(section.bytes)});
    offset += AlignUp(section.bytes.size());
  }
  return directory;
}

void PlaceHeader(const format::MetaRecord& meta,
                 const std::vector<format::DirectoryEntry>& directory, std::string& file) {
  const size_t directory_bytes = directory.size() * sizeof(format::DirectoryEntry);
  Overwrite(file, sizeof(format::Header), directory.data(), directory_bytes);

  format::Header header = {};
  std::copy(std::begin(format::kMagic), std::end(format::kMagic), header.magic);
  header.format_major = format::kFormatMajor;
  header.format_minor = format::kFormatMinor;
  header.language = static_cast<uint16_t>(meta.language);
  header.flags = meta.without_people ? format::kWithoutPeople : uint16_t{0};
  header.file_bytes = file.size();
  header.section_count = static_cast<uint32_t>(directory.size());
  header.directory_crc =
      Crc32c(std::string_view(file).substr(sizeof(format::Header), directory_bytes));
  header.header_crc =
      Crc32c({reinterpret_cast<const char*>(&header), sizeof(header)});
  Overwrite(file, 0, &header, sizeof(header));
}

void PlaceDigest(std::string& file) {
  const size_t content = file.size() - format::kDigestBytes;
  const std::array<uint8_t, 32> digest = llvm::SHA256::hash(
      llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t*>(file.data()), content));
  Overwrite(file, content, digest.data(), digest.size());
}

}  // namespace

std::string Emit(TableImage image, Sink& sink, uint64_t max_bytes) {
  StringPool pool(image.strings);
#define SOD_SECTION(number, Name, Row, Kind) NumberTexts(image.Name, pool);
#include "runtime/format/records.def"
  const std::vector<uint32_t> offsets = pool.FinishOffsets();

  std::vector<SectionBytes> sections;
  constexpr bool Must = true, MayIgnore = false;
#define SOD_SECTION(number, Name, Row, Kind) sections.push_back(BytesOf(number, Kind, image.Name));
#include "runtime/format/records.def"
  static_cast<void>(MayIgnore);
  sections.push_back(BytesOf(static_cast<uint32_t>(format::Section::StringOffsets), Must, offsets));
  sections.push_back({static_cast<uint32_t>(format::Section::StringBytes), Must, 1,
                      pool.bytes().size(), pool.bytes()});
  std::ranges::sort(sections, {}, &SectionBytes::number);

  const size_t size = FileBytes(sections);
  if (size > max_bytes) {
    Diagnose<DiagKind::TableTooLarge>(Span{}, size, max_bytes)
        .Help("split the policy, or keep people in an assignments file").To(sink);
    return {};
  }
  std::string file(size, '\0');
  const std::vector<format::DirectoryEntry> directory = PlaceSections(sections, file);
  PlaceHeader(image.Meta[0], directory, file);
  PlaceDigest(file);
  return file;
}

}  // namespace sodc
