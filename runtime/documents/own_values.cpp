#include "runtime/documents/own_values.h"

#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

using format::NameKind;
using format::ProvisionAttributeRecord;
using format::ProvisionRecord;
using format::ProvisionValueRecord;
using format::ValueKind;

// 1.50 is 150 with two decimals.
std::string Decimal(int64_t number, uint32_t decimals) {
  const auto bits = static_cast<uint64_t>(number);
  std::string digits = std::to_string(number < 0 ? -bits : bits);  // the lowest number has no negative
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (decimals != 0) digits.insert(digits.size() - decimals, 1, '.');
  return number < 0 ? "-" + digits : digits;
}

NameKind NameKindOf(format::ActorKind kind) {
  switch (kind) {
    case format::ActorKind::Person: return NameKind::Person;
    case format::ActorKind::Team: return NameKind::Team;
    case format::ActorKind::External: return NameKind::External;
    case format::ActorKind::Service: return NameKind::Service;
    case format::ActorKind::Tool: return NameKind::Tool;
    case format::ActorKind::Agent: return NameKind::Agent;
  }
  return NameKind::Person;
}

}  // namespace

OwnValues::OwnValues(const Facts& facts, const std::vector<ColumnChoice>& choices)
    : facts_(facts), is_shown_(facts.Provisions.size()) {
  bool has_any = false;
  for (const ColumnChoice& choice : choices) {
    if (choice.attribute == kNone) continue;
    is_shown_[choice.attribute] = true;
    has_any = true;
  }
  if (!has_any) return;
  for (const ProvisionRecord& provision : facts.Provisions) {
    if (provision.is_attribute_holder == 0) continue;
    for (uint32_t i = 0; i < provision.attributes_count; ++i) AddStatement(provision, provision.attributes_first + i);
  }
}

void OwnValues::AddStatement(const ProvisionRecord& provision, uint32_t row) {
  const ProvisionAttributeRecord& statement = facts_.ProvisionAttributes[row];
  if (statement.depth != 0 || statement.values_count < 2) return;
  const auto values = Slice(facts_.ProvisionValues, statement.values_first, statement.values_count);
  const ProvisionValueRecord& attribute = values.front();
  const bool is_own = attribute.kind == ValueKind::Reference && attribute.referred == NameKind::Provision;
  if (!is_own || !is_shown_[attribute.index] || !IsInForce(provision, row)) return;
  auto& lines = values_[{attribute.index, {provision.place_file, provision.place_line, provision.place_column}}];
  for (const ProvisionValueRecord& value : values.subspan(1)) lines.push_back(WordsFor(value));
}

bool OwnValues::IsInForce(const ProvisionRecord& provision, uint32_t row) const {
  const uint32_t end = provision.attributes_first + provision.attributes_count;
  for (uint32_t i = row + 1; i < end && facts_.ProvisionAttributes[i].depth != 0; ++i) {
    const ProvisionAttributeRecord& bound = facts_.ProvisionAttributes[i];
    if (bound.values_count != 1) continue;
    const int64_t at = facts_.ProvisionValues[bound.values_first].number;
    const std::string_view word = facts_.Text(bound.keyword);
    if (word == "from" && facts_.as_of < at) return false;
    if (word == "until" && facts_.as_of >= at) return false;
  }
  return true;
}

std::string OwnValues::WordsFor(const ProvisionValueRecord& value) const {
  if (value.kind == ValueKind::Integer) return Decimal(value.number, value.decimals);
  const bool is_member = value.kind == ValueKind::Reference && value.referred == NameKind::ScaleMember;
  if (is_member) return std::string(facts_.TitleOf(facts_.ScaleMembers[value.index]));
  return std::string(facts_.Text(value.text));
}

void OwnValues::AddLines(uint32_t attribute, const Place& place, Cell& cell) const {
  const auto found = values_.find({attribute, place});
  if (found == values_.end()) return;
  for (const std::string& line : found->second) cell.lines.push_back({line});
}

Cell OwnValues::Finish(Cell cell) {
  cell.is_list = cell.lines.size() > 1;
  return cell.lines.empty() ? AbsentCell("not stated") : cell;
}

Cell OwnValues::CellOfRule(uint32_t attribute, const format::RuleRecord& rule) const {
  Cell cell;
  for (const auto& at : Slice(facts_.RulePlaces, rule.places_first, rule.places_count)) {
    AddLines(attribute, {at.place_file, at.place_line, at.place_column}, cell);
  }
  return Finish(std::move(cell));
}

Cell OwnValues::CellOfActor(uint32_t attribute, uint32_t actor) const {
  return actor == kNone ? AbsentCell("not stated") : CellOf(attribute, facts_.Actors[actor]);
}

Cell IdentifiersCell(const Facts& facts, NameKind kind, uint32_t index) {
  Cell cell;
  for (const format::ForeignIdRecord& id : facts.ForeignIds) {
    if (id.kind != kind || id.index != index) continue;
    cell.lines.push_back({std::string(facts.TitleOf(facts.Systems[id.system])) + ": " + std::string(facts.Text(id.id))});
  }
  cell.is_list = cell.lines.size() > 1;
  return cell.lines.empty() ? AbsentCell("none") : cell;
}

Cell ActorIdentifiersCell(const Facts& facts, uint32_t actor) {
  return actor == kNone ? AbsentCell("none") : IdentifiersCell(facts, NameKindOf(facts.Actors[actor].kind), actor);
}

Cell TagsCell(const Facts& facts, std::span<const format::TextRecord> tags) {
  std::string out;
  for (const format::TextRecord& tag : tags) out.append(out.empty() ? "" : ", ").append(facts.Text(tag.text));
  return TextOrAbsent(out, "none");
}

}  // namespace sod::documents
