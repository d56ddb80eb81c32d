// Fields of a table whose number is a code of the format, as what they mean: atoms, places, levels,
// ways and sets by name, so that a reader of the dump needs no row of another section.
#ifndef SODC_DRIVER_FIELD_WORDS_H_
#define SODC_DRIVER_FIELD_WORDS_H_

#include <optional>
#include <string>

#include "compiler/driver/record_view.h"
#include "llvm/Support/JSON.h"

namespace sodc {

class FieldWords {
 public:
  explicit FieldWords(const RecordView& view) : view_(view) {}

  // What the number means in this field; nothing when it is a number to the reader, too.
  std::optional<llvm::json::Value> Meaning(const SectionView& section, const sod::format::FieldInfo& field,
                                           const std::byte* row) const;
  // The row as others refer to it: its name, or the words of an atom or a scope; empty when it has none.
  std::string NameOf(sod::format::Section section, uint32_t index) const;

 private:
  std::string AtomWords(uint32_t index) const;
  std::string ScopeWords(uint32_t index) const;
  std::string WayWords(uint32_t via) const;
  llvm::json::Value LevelName(uint32_t rank) const;
  llvm::json::Value ThingName(uint32_t kind, uint32_t index) const;

  const RecordView& view_;
};

// The section in which what the kind names has its row.
sod::format::Section SectionOf(sod::format::NameKind kind);

}  // namespace sodc

#endif  // SODC_DRIVER_FIELD_WORDS_H_
