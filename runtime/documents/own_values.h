// Labels that a policy invents for itself: values of its own attributes, and names in other systems.
#ifndef SOD_DOCUMENTS_OWN_VALUES_H_
#define SOD_DOCUMENTS_OWN_VALUES_H_

#include <map>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/documents/build.h"

namespace sod::documents {

// Values are carried by the place of the declaration that states them: names are not unique to
// one kind of thing, and one statement may make several rules.
class OwnValues {
 public:
  // Reads what the columns among `choices` print, as of the day of the facts. O(provisions).
  OwnValues(const Facts& facts, const std::vector<ColumnChoice>& choices);

  template <typename Record>
  Cell CellOf(uint32_t attribute, const Record& record) const {
    Cell cell;
    AddLines(attribute, {record.place_file, record.place_line, record.place_column}, cell);
    return Finish(std::move(cell));
  }
  // A rule may be stated in several places.
  Cell CellOfRule(uint32_t attribute, const format::RuleRecord& rule) const;
  // Of an actor, by row or kNone.
  Cell CellOfActor(uint32_t attribute, uint32_t actor) const;

 private:
  using Place = std::tuple<uint32_t, uint32_t, uint32_t>;

  // One value, its attribute first and its validity nested.
  void AddStatement(const format::ProvisionRecord& provision, uint32_t row);
  bool IsInForce(const format::ProvisionRecord& provision, uint32_t row) const;
  std::string WordsFor(const format::ProvisionValueRecord& value) const;
  void AddLines(uint32_t attribute, const Place& place, Cell& cell) const;
  static Cell Finish(Cell cell);

  const Facts& facts_;
  std::vector<bool> is_shown_;  // by row of Provisions
  std::map<std::pair<uint32_t, Place>, std::vector<std::string>> values_;
};

// Names in other systems, a line each: "SAP: XK01".
Cell IdentifiersCell(const Facts& facts, format::NameKind kind, uint32_t index);
Cell ActorIdentifiersCell(const Facts& facts, uint32_t actor);
// The words of `tags a, b`.
Cell TagsCell(const Facts& facts, std::span<const format::TextRecord> tags);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_OWN_VALUES_H_
