// The frame, written plainly: no table of sums, no cleverness to share with the reader.
#include <algorithm>
#include <cstring>
#include <utility>

#include "tests/support/test_table.h"

namespace sod::test {
namespace {

uint32_t SlowCrc32c(std::string_view bytes) {
  uint32_t crc = 0xffffffff;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0x82f63b78 & (0 - (crc & 1)));
  }
  return ~crc;
}

struct Written {
  uint32_t number;
  bool must_understand;
  uint32_t row_bytes;
  std::string bytes;
};

template <typename Record>
void Renumber(std::vector<Record>& rows, std::vector<uint32_t>& numbers,
              std::vector<uint32_t>& order) {
  for (Record& row : rows) {
    for (const format::FieldInfo& field : format::FieldsOf<Record>::kFields) {
      if (field.kind != format::FieldKind::Text) continue;
      char* place = reinterpret_cast<char*>(&row) + field.offset;
      uint32_t number = 0;
      std::memcpy(&number, place, 4);
      if (numbers[number] == kNone) {
        numbers[number] = static_cast<uint32_t>(order.size());
        order.push_back(number);
      }
      std::memcpy(place, &numbers[number], 4);
    }
  }
}

template <typename Record>
std::string BytesOf(const std::vector<Record>& rows) {
  return {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Record)};
}

void Align(std::string& file) { file.resize((file.size() + 7) / 8 * 8, '\0'); }

void Put(std::string& file, size_t offset, const void* data, size_t size) {
  std::memcpy(file.data() + offset, data, size);
}

std::vector<Written> SectionsOf(Rows rows, const WriteOptions& options) {
  std::vector<uint32_t> numbers(rows.strings.size(), kNone), order = {0};
  numbers[0] = 0;
  if (options.renumber_strings) {
#define SOD_SECTION(number, Name, Row, Kind) Renumber(rows.Name, numbers, order);
#include "runtime/format/records.def"
  } else {
    order.clear();
    for (uint32_t i = 0; i < rows.strings.size(); ++i) order.push_back(i);
  }
  std::vector<uint32_t> offsets;
  std::string pool;
  for (const uint32_t number : order) {
    offsets.push_back(static_cast<uint32_t>(pool.size()));
    pool += rows.strings[number];
  }
  offsets.push_back(static_cast<uint32_t>(pool.size()));

  std::vector<Written> sections;
  [[maybe_unused]] constexpr bool Must = true, MayIgnore = false;
  sections.push_back({3, true, 4, BytesOf(offsets)});
  sections.push_back({4, true, 1, pool});
#define SOD_SECTION(number, Name, Row, Kind) \
  sections.push_back({number, Kind, sizeof(format::Row##Record), BytesOf(rows.Name)});
#include "runtime/format/records.def"
  for (const ExtraSection& extra : options.extra) {
    sections.push_back({extra.number, extra.must_understand, 1, extra.bytes});
  }
  std::ranges::sort(sections, {}, &Written::number);
  return sections;
}

}  // namespace

uint32_t Rows::Text(std::string_view text) {
  const auto place = std::ranges::find(strings, text);
  if (place != strings.end()) return static_cast<uint32_t>(place - strings.begin());
  strings.emplace_back(text);
  return static_cast<uint32_t>(strings.size() - 1);
}

std::string Write(const Rows& rows, const WriteOptions& options) {
  const std::vector<Written> sections = SectionsOf(rows, options);
  std::string file(sizeof(format::Header) + sections.size() * sizeof(format::DirectoryEntry), '\0');
  std::vector<format::DirectoryEntry> directory;
  for (const Written& section : sections) {
    Align(file);
    directory.push_back({section.number, section.must_understand ? 1u : 0u,
                         static_cast<uint32_t>(file.size()),
                         static_cast<uint32_t>(section.bytes.size() / section.row_bytes),
                         section.row_bytes, 0});
    file += section.bytes;
  }
  Align(file);
  file.append(format::kDigestBytes, '\0');

  format::Header header = {};
  std::copy(std::begin(format::kMagic), std::end(format::kMagic), header.magic);
  header.format_major = format::kFormatMajor;
  header.format_minor = options.minor;
  header.language = static_cast<uint16_t>(rows.Meta.empty() ? 1 : rows.Meta[0].language);
  header.flags = rows.Meta.empty() ? 0 : static_cast<uint16_t>(rows.Meta[0].without_people);
  header.file_bytes = file.size();
  header.section_count = static_cast<uint32_t>(directory.size());
  Put(file, 0, &header, sizeof(header));
  Put(file, sizeof(header), directory.data(), directory.size() * sizeof(directory[0]));
  FixSums(file);
  return file;
}

void FixSums(std::string& file) {
  format::Header header;
  if (file.size() < sizeof(header)) return;
  std::memcpy(&header, file.data(), sizeof(header));
  const size_t room = (file.size() - sizeof(header)) / sizeof(format::DirectoryEntry);
  if (header.section_count <= room) {
    std::string_view all = file;
    for (size_t i = 0; i < header.section_count; ++i) {
      const size_t place = sizeof(header) + i * sizeof(format::DirectoryEntry);
      format::DirectoryEntry entry;
      std::memcpy(&entry, file.data() + place, sizeof(entry));
      const uint64_t length = uint64_t{entry.rows} * entry.row_bytes;
      if (entry.offset > file.size() || length > file.size() - entry.offset) continue;
      entry.crc = SlowCrc32c(all.substr(entry.offset, length));
      Put(file, place, &entry, sizeof(entry));
    }
    header.directory_crc = SlowCrc32c(
        all.substr(sizeof(header), header.section_count * sizeof(format::DirectoryEntry)));
  }
  header.header_crc = 0;
  header.header_crc = SlowCrc32c({reinterpret_cast<const char*>(&header), sizeof(header)});
  Put(file, 0, &header, sizeof(header));
}

}  // namespace sod::test
