// Schema sod.dump/1 (docs/command-line.md): what the table says, so that a change
// of one attribute in the source is a change of one field here.
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "compiler/driver/dump_text.h"
#include "compiler/driver/field_words.h"
#include "compiler/driver/provision_tree.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace sodc {

namespace format = sod::format;
namespace json = llvm::json;

namespace {

llvm::StringRef Ref(std::string_view text) { return {text.data(), text.size()}; }

class JsonRows {
 public:
  JsonRows(const RecordView& view, json::OStream& out) : view_(view), out_(out) {}

  // Sections that are the target of a range are written where the range stands.
  void WriteTopLevel() {
    std::set<format::Section> nested;
    for (const SectionView& section : view_.sections) {
      for (const format::FieldInfo& field : section.fields) {
        if (field.kind == format::FieldKind::Range) nested.insert(field.section);
      }
    }
    for (const SectionView& section : view_.sections) {
      if (nested.count(section.number) > 0) continue;
      out_.attributeArray(section.name, [&] { WriteRows(section, 0, section.count); });
    }
  }

 private:
  void WriteRows(const SectionView& section, uint32_t first, uint32_t count) {
    for (uint32_t index = first; index < first + count; ++index) {
      out_.object([&] {
        for (const format::FieldInfo& field : section.fields) WriteField(section, field, section.Row(index));
      });
    }
  }

  // By name where the row has one: other rows coming and going change nothing here.
  void WriteReference(const format::FieldInfo& field, uint32_t index) {
    const std::string name = words_.NameOf(field.section, index);
    if (name.empty()) {
      out_.attribute(field.name, index);
    } else {
      out_.attribute(field.name, name);
    }
  }

  // Codes of the format by what they mean; what is reserved means nothing.
  void WriteNumber(const SectionView& section, const format::FieldInfo& field, const std::byte* row) {
    if (field.max == 0) return;
    if (std::optional<json::Value> meaning = words_.Meaning(section, field, row)) {
      out_.attribute(field.name, std::move(*meaning));
    } else {
      out_.attribute(field.name, WordAt(row, field.offset));
    }
  }

  void WritePlace(const format::FieldInfo& field, const std::byte* row) {
    out_.attributeObject(field.name, [&] {
      const SectionView& sources = view_.Find(format::Section::Sources);
      out_.attribute("file", Ref(NameOfRow(view_, sources, WordAt(row, field.offset))));
      out_.attribute("line", WordAt(row, field.offset + 4));
      out_.attribute("column", WordAt(row, field.offset + 8));
    });
  }

  void WriteField(const SectionView& section, const format::FieldInfo& field, const std::byte* row) {
    const uint32_t word = WordAt(row, field.offset);
    switch (field.kind) {
      case format::FieldKind::Text: out_.attribute(field.name, Ref(view_.text(word))); return;
      case format::FieldKind::Number: WriteNumber(section, field, row); return;
      case format::FieldKind::Enum: out_.attribute(field.name, field.spelling(word)); return;
      case format::FieldKind::Ref: WriteReference(field, word); return;
      case format::FieldKind::Optional:
        if (word == format::kNone) {
          out_.attribute(field.name, nullptr);
        } else {
          WriteReference(field, word);
        }
        return;
      case format::FieldKind::Range:
        if (field.section == format::Section::ProvisionAttributes) {
          out_.attributeArray(field.name, [&] { provisions_.Write(word, WordAt(row, field.offset + 4)); });
          return;
        }
        out_.attributeArray(field.name, [&] {
          WriteRows(view_.Find(field.section), word, WordAt(row, field.offset + 4));
        });
        return;
      case format::FieldKind::Time: {
        if (IsPlainNumber(field)) return out_.attribute(field.name, TimeAt(row, field.offset));
        const std::string text = TimeText(TimeAt(row, field.offset));
        out_.attribute(field.name, text.empty() ? json::Value(nullptr) : json::Value(text));
        return;
      }
      case format::FieldKind::Place: WritePlace(field, row); return;
      case format::FieldKind::Digest: {
        std::string text;
        for (size_t i = 0; i < format::kDigestBytes; ++i) {
          text += fmt::format("{:02x}", static_cast<unsigned>(row[field.offset + i]));
        }
        out_.attribute(field.name, text);
        return;
      }
    }
  }

  const RecordView& view_;
  json::OStream& out_;
  FieldWords words_{view_};
  ProvisionTree provisions_{view_, out_};
};

}  // namespace

void DumpTableJson(const sod::Table& table, OutputStream& out) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  json::OStream writer(stream, /*IndentSize=*/2);
  const RecordView view = ViewOf(table);
  const format::Header& header = HeaderOf(table.bytes());
  writer.object([&] {
    writer.attribute("schema", "sod.dump/1");
    writer.attributeObject("header", [&] {
      writer.attribute("format", fmt::format("{}.{}", header.format_major, header.format_minor));
      writer.attribute("language", header.language);
      writer.attribute("without_people", (header.flags & format::kWithoutPeople) != 0);
      writer.attribute("file_bytes", static_cast<int64_t>(header.file_bytes));
      writer.attribute("table_sha256", table.table_sha256());
    });
    writer.attributeObject("sections", [&] { JsonRows(view, writer).WriteTopLevel(); });
  });
  stream << "\n";
  stream.flush();
  out.Write(text);
}

}  // namespace sodc
