#include "compiler/driver/dump_text.h"

#include "compiler/diag/sinks.h"

namespace sodc {

namespace format = sod::format;

namespace {

std::string Quoted(std::string_view text) { return "\"" + EscapeForTerminal(text) + "\""; }

std::string RowReference(const RecordView& view, format::Section target, uint32_t index) {
  const SectionView& section = view.Find(target);
  const std::string_view name = NameOfRow(view, section, index);
  return fmt::format("{} {}{}{}", section.name, index, name.empty() ? "" : " ", name.empty() ? "" : Quoted(name));
}

std::string DigestText(const std::byte* bytes) {
  std::string text;
  for (size_t i = 0; i < format::kDigestBytes; ++i) text += fmt::format("{:02x}", static_cast<unsigned>(bytes[i]));
  return text;
}

std::string FieldText(const RecordView& view, const format::FieldInfo& field, const std::byte* row) {
  const uint32_t word = WordAt(row, field.offset);
  switch (field.kind) {
    case format::FieldKind::Text: return fmt::format("{} {}", word, Quoted(view.text(word)));
    case format::FieldKind::Number:
      return word == format::kNone           ? "none"
             : (word & format::kViaRole) != 0 ? fmt::format("included role {}", word & ~format::kViaRole)
                                              : fmt::format("{}", word);
    case format::FieldKind::Enum: return fmt::format("{} {}", word, field.spelling(word));
    case format::FieldKind::Ref: return RowReference(view, field.section, word);
    case format::FieldKind::Optional: return word == format::kNone ? "none" : RowReference(view, field.section, word);
    case format::FieldKind::Range: {
      const uint32_t count = WordAt(row, field.offset + 4);
      return fmt::format("{} {}..{}", view.Find(field.section).name, word, word + count);
    }
    case format::FieldKind::Time: {
      if (IsPlainNumber(field)) return std::to_string(TimeAt(row, field.offset));
      const std::string text = TimeText(TimeAt(row, field.offset));
      return text.empty() ? "open" : text;
    }
    case format::FieldKind::Place:
      return fmt::format("{}:{}:{}", NameOfRow(view, view.Find(format::Section::Sources), word),
                         WordAt(row, field.offset + 4), WordAt(row, field.offset + 8));
    case format::FieldKind::Digest: return DigestText(row + field.offset);
  }
  return {};
}

constexpr int kNameWidth = 24;

void DumpSection(const RecordView& view, const SectionView& section, bool with_offsets, OutputStream& out) {
  for (uint32_t index = 0; index < section.count; ++index) {
    const size_t begin = section.offset + size_t{index} * section.row_bytes;
    out.Print("{} {}\n", section.name, index);
    for (const format::FieldInfo& field : section.fields) {
      if (with_offsets) out.Print("{:>8}", begin + field.offset);
      out.Print("  {:<{}} {}\n", field.name, kNameWidth, FieldText(view, field, section.Row(index)));
    }
  }
}

void DumpHeader(const format::Header& header, OutputStream& out) {
  std::string magic;
  for (const uint8_t byte : header.magic) magic += fmt::format("{}{:02x}", magic.empty() ? "" : " ", byte);
  out.Print("header, {} bytes\n", sizeof(header));
  const auto line = [&out](size_t offset, const char* name, const auto& value) {
    out.Print("{:>8}  {:<{}} {}\n", offset, name, kNameWidth, value);
  };
  line(offsetof(format::Header, magic), "magic", magic);
  line(offsetof(format::Header, format_major), "format_major", header.format_major);
  line(offsetof(format::Header, format_minor), "format_minor", header.format_minor);
  line(offsetof(format::Header, language), "language", header.language);
  line(offsetof(format::Header, flags), "flags",
       fmt::format("{}{}", header.flags, (header.flags & format::kWithoutPeople) != 0 ? " without people" : ""));
  line(offsetof(format::Header, file_bytes), "file_bytes", header.file_bytes);
  line(offsetof(format::Header, section_count), "section_count", header.section_count);
  line(offsetof(format::Header, directory_crc), "directory_crc", fmt::format("{:08x}", header.directory_crc));
  line(offsetof(format::Header, header_crc), "header_crc", fmt::format("{:08x}", header.header_crc));
}

const char* SectionName(const RecordView& view, uint32_t number) {
  if (number == static_cast<uint32_t>(format::Section::StringOffsets)) return "StringOffsets";
  if (number == static_cast<uint32_t>(format::Section::StringBytes)) return "StringBytes";
  for (const SectionView& section : view.sections) {
    if (static_cast<uint32_t>(section.number) == number) return section.name;
  }
  return "(unknown, may be ignored)";
}

void DumpDirectory(const RecordView& view, std::span<const std::byte> bytes, OutputStream& out) {
  out.Print("\ndirectory, {} sections\n", DirectoryOf(bytes).size());
  out.Print("{:>8}  {:>3} {:<{}} {:>9} {:>8} {:>5}  {:<8}  {}\n", "at", "no", "section", kNameWidth - 4, "offset",
            "rows", "bytes", "crc", "unknown section");
  size_t at = sizeof(format::Header);
  for (const format::DirectoryEntry& entry : DirectoryOf(bytes)) {
    out.Print("{:>8}  {:>3} {:<{}} {:>9} {:>8} {:>5}  {:08x}  {}\n", at, entry.section, SectionName(view, entry.section),
              kNameWidth - 4, entry.offset, entry.rows, entry.row_bytes, entry.crc,
              (entry.flags & format::kMustUnderstand) != 0 ? "must refuse" : "may ignore");
    at += sizeof(format::DirectoryEntry);
  }
}

void DumpStrings(const RecordView& view, std::span<const std::byte> bytes, OutputStream& out) {
  const uint32_t count = EntryOf(bytes, format::Section::StringOffsets).rows - 1;
  out.Print("\nstrings, {} of {} bytes\n", count, EntryOf(bytes, format::Section::StringBytes).rows);
  for (uint32_t number = 0; number < count; ++number) out.Print("{:>8}  {}\n", number, Quoted(view.text(number)));
}

}  // namespace

void DumpTableText(const sod::Table& table, OutputStream& out) {
  const RecordView view = ViewOf(table);
  DumpHeader(HeaderOf(table.bytes()), out);
  DumpDirectory(view, table.bytes(), out);
  DumpStrings(view, table.bytes(), out);
  for (const SectionView& section : view.sections) {
    out.Print("\nsection {} {}, {} rows of {} bytes at {}, record {}\n", static_cast<uint32_t>(section.number),
              section.name, section.count, section.row_bytes, section.offset, section.record);
    DumpSection(view, section, true, out);
  }
  out.Print("\ndigest at {}\n  sha256                   {}\n", table.bytes().size() - format::kDigestBytes,
            table.table_sha256());
}

void DumpRows(const RecordView& view, OutputStream& out) {
  for (const SectionView& section : view.sections) DumpSection(view, section, false, out);
}

}  // namespace sodc
