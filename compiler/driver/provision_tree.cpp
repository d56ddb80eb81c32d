#include "compiler/driver/provision_tree.h"

#include <cstring>
#include <string>

#include "compiler/driver/field_words.h"

namespace sodc {

namespace format = sod::format;

namespace {

llvm::StringRef Ref(std::string_view text) { return {text.data(), text.size()}; }

// INVARIANT: the view looks at rows of this record; RecordView describes them so.
template <typename Record>
Record RowOf(const RecordView& view, format::Section section, uint32_t index) {
  Record record;
  std::memcpy(&record, view.Find(section).Row(index), sizeof(record));
  return record;
}

// `2.50` of 250 with two decimals.
std::string NumberText(int64_t number, uint32_t decimals) {
  std::string text = std::to_string(number);
  if (decimals == 0) return text;
  if (text.size() <= decimals) text.insert(0, decimals + 1 - text.size(), '0');
  return text.insert(text.size() - decimals, ".");
}

}  // namespace

void ProvisionTree::Write(uint32_t first, uint32_t count) {
  for (uint32_t index = first; index < first + count;) index = WriteAttribute(index, first + count);
}

// Returns the row behind the attribute and all that is nested in it.
// INVARIANT: recursion is as deep as the depth of a row, which the verifier limits.
uint32_t ProvisionTree::WriteAttribute(uint32_t index, uint32_t end) {
  const auto row = RowOf<format::ProvisionAttributeRecord>(view_, format::Section::ProvisionAttributes, index);
  uint32_t next = index + 1;
  out_.object([&] {
    out_.attribute("keyword", Ref(view_.text(row.keyword)));
    out_.attributeArray("values", [&] {
      for (uint32_t i = 0; i < row.values_count; ++i) WriteValue(row.values_first + i);
    });
    out_.attributeArray("nested", [&] {
      while (next < end && RowOf<format::ProvisionAttributeRecord>(view_, format::Section::ProvisionAttributes, next).depth > row.depth) {
        next = WriteAttribute(next, end);
      }
    });
  });
  return next;
}

void ProvisionTree::WriteValue(uint32_t index) {
  const auto row = RowOf<format::ProvisionValueRecord>(view_, format::Section::ProvisionValues, index);
  const std::string text(view_.text(row.text));
  out_.object([&] {
    switch (row.kind) {
      case format::ValueKind::Reference: {
        const SectionView& section = view_.Find(SectionOf(row.referred));
        const bool is_known = row.index < section.count;
        out_.attribute(format::SpellingOf(row.referred), Ref(is_known ? NameOfRow(view_, section, row.index) : "?"));
        return;
      }
      case format::ValueKind::Word: out_.attribute("word", text); return;
      case format::ValueKind::Text: out_.attribute("text", text); return;
      case format::ValueKind::Integer:  // digits as written: no double may round an amount
        out_.attributeBegin("number");
        out_.rawValue(NumberText(row.number, row.decimals));
        out_.attributeEnd();
        return;
      case format::ValueKind::Duration: out_.attribute("duration", std::to_string(row.number) + text); return;
      case format::ValueKind::Time:
        out_.attribute("time", TimeText(row.number));
        out_.attribute("written", text);
        return;
    }
  });
}

}  // namespace sodc
