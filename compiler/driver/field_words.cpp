#include "compiler/driver/field_words.h"

#include <cstddef>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

namespace sodc {

namespace format = sod::format;
namespace json = llvm::json;

namespace {

// INVARIANT: the view looks at rows of this record; RecordView describes them so.
template <typename Record>
Record RecordAt(const RecordView& view, format::Section section, uint32_t index) {
  Record record;
  std::memcpy(&record, view.Find(section).Row(index), sizeof(record));
  return record;
}

// Seconds east of UTC, as in an instant: `+01:00`.
std::string ZoneText(uint32_t stored) {
  if (stored == 0) return "UTC";
  constexpr int64_t kDay = 24 * 60 * 60;
  const int64_t east = int64_t{stored} - kDay;
  const int64_t seconds = east < 0 ? -east : east;
  std::string text = fmt::format("{}{:02}:{:02}", east < 0 ? '-' : '+', seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 != 0) text += fmt::format(":{:02}", seconds % 60);
  return text;
}

json::Array StatesOf(uint32_t mask) {
  json::Array states;
  for (uint32_t state = 0; format::SpellingHoldingState(state) != nullptr; ++state) {
    if ((mask >> state & 1) != 0) states.push_back(format::SpellingHoldingState(state));
  }
  return states;
}

}  // namespace

format::Section SectionOf(format::NameKind kind) {
  switch (kind) {
    case format::NameKind::Scale: return format::Section::Scales;
    case format::NameKind::ScaleMember: return format::Section::ScaleMembers;
    case format::NameKind::Duty: return format::Section::Duties;
    case format::NameKind::Group: return format::Section::Groups;
    case format::NameKind::Role: return format::Section::Roles;
    case format::NameKind::System: return format::Section::Systems;
    case format::NameKind::Rule: return format::Section::Rules;
    case format::NameKind::Control: return format::Section::Controls;
    case format::NameKind::Framework: return format::Section::Frameworks;
    case format::NameKind::Clause: return format::Section::Clauses;
    case format::NameKind::Document: return format::Section::Documents;
    case format::NameKind::ScopeDimension: return format::Section::ScopeDimensions;
    case format::NameKind::ScopeNode: return format::Section::ScopeNodes;
    case format::NameKind::Entitlement: return format::Section::Entitlements;
    case format::NameKind::Provision: return format::Section::Provisions;
    case format::NameKind::Person:
    case format::NameKind::Team:
    case format::NameKind::External:
    case format::NameKind::Service:
    case format::NameKind::Tool:
    case format::NameKind::Agent: return format::Section::Actors;
  }
  return format::Section::Provisions;
}

std::string FieldWords::NameOf(format::Section section, uint32_t index) const {
  if (section == format::Section::Atoms) return AtomWords(index);
  if (section == format::Section::Scopes) return ScopeWords(index);
  if (section == format::Section::ObjectKinds) {
    return NameOf(format::Section::Provisions, RecordAt<format::ObjectKindRecord>(view_, section, index).provision);
  }
  if (section == format::Section::Guards) {
    return std::string(view_.text(RecordAt<format::GuardRecord>(view_, section, index).words));
  }
  if (section == format::Section::ProvisionAttributes) {
    return std::string(view_.text(RecordAt<format::ProvisionAttributeRecord>(view_, section, index).keyword));
  }
  return std::string(NameOfRow(view_, view_.Find(section), index));
}

// `duty pay at limited as performs`, `directly role admin`, `side 2 of pay/post`.
std::string FieldWords::AtomWords(uint32_t index) const {
  const auto atom = RecordAt<format::AtomRecord>(view_, format::Section::Atoms, index);
  std::string words;
  switch (atom.kind) {
    case format::AtomKind::Duty: words = "duty " + NameOf(format::Section::Duties, atom.ref); break;
    case format::AtomKind::Role: words = "role " + NameOf(format::Section::Roles, atom.ref); break;
    case format::AtomKind::DirectRole: words = "directly role " + NameOf(format::Section::Roles, atom.ref); break;
    case format::AtomKind::Entitlement: words = "entitlement " + NameOf(format::Section::Entitlements, atom.ref); break;
    case format::AtomKind::Side: {
      const uint32_t rule = RecordAt<format::SideRecord>(view_, format::Section::Sides, atom.ref).rule;
      const uint32_t first = RecordAt<format::RuleRecord>(view_, format::Section::Rules, rule).sides_first;
      words = fmt::format("side {} of {}", atom.ref - first + 1, NameOf(format::Section::Rules, rule));
      break;
    }
  }
  if (const auto level = LevelName(atom.level).getAsString()) words += " at " + level->str();
  if (atom.capacity != format::kNone) words += " as " + NameOf(format::Section::ScaleMembers, atom.capacity);
  if (atom.avoids != format::kNone) words += " without role " + NameOf(format::Section::Roles, atom.avoids);
  return words;
}

// `company north and year y2026 or company south`.
std::string FieldWords::ScopeWords(uint32_t index) const {
  const auto scope = RecordAt<format::ScopeRecord>(view_, format::Section::Scopes, index);
  std::string words;
  for (uint32_t i = 0; i < scope.boxes_count; ++i) {
    const auto box = RecordAt<format::ScopeBoxRecord>(view_, format::Section::ScopeBoxes, scope.boxes_first + i);
    for (uint32_t k = 0; k < box.nodes_count; ++k) {
      const uint32_t node = RecordAt<format::ScopeNodeRefRecord>(view_, format::Section::ScopeBoxNodes, box.nodes_first + k).node;
      const auto record = RecordAt<format::ScopeNodeRecord>(view_, format::Section::ScopeNodes, node);
      const std::string_view joint = k != 0 ? " and " : i != 0 ? " or " : "";
      words += fmt::format("{}{} {}", joint, NameOf(format::Section::ScopeDimensions, record.dimension), view_.text(record.name));
    }
  }
  return words;
}

// How a role comes by a duty or an atom (records.def, section 22 and 23).
std::string FieldWords::WayWords(uint32_t via) const {
  if (via == format::kNone) return "the role itself";
  if (via == format::kViaDerivation) return "entitlements together";
  if ((via & format::kViaRole) != 0) return "included role " + NameOf(format::Section::Roles, via & ~format::kViaRole);
  const auto grant = RecordAt<format::GrantRecord>(view_, format::Section::Grants, via);
  return "grant of " + (grant.duty != format::kNone ? "duty " + NameOf(format::Section::Duties, grant.duty)
                                                    : "entitlement " + NameOf(format::Section::Entitlements, grant.entitlement));
}

// Null for the bottom, which nothing is held at, and without a scale of access.
json::Value FieldWords::LevelName(uint32_t rank) const {
  const auto meta = RecordAt<format::MetaRecord>(view_, format::Section::Meta, 0);
  if (meta.access_scale == format::kNone || rank == 0) return nullptr;
  const auto scale = RecordAt<format::ScaleRecord>(view_, format::Section::Scales, meta.access_scale);
  if (rank >= scale.members_count) return nullptr;
  return NameOf(format::Section::ScaleMembers, scale.members_first + rank);
}

json::Value FieldWords::ThingName(uint32_t kind, uint32_t index) const {
  const format::Section section = SectionOf(format::NameKind{kind});
  if (index >= view_.Find(section).count) return index;
  return NameOf(section, index);
}

std::optional<json::Value> FieldWords::Meaning(const SectionView& section, const format::FieldInfo& field,
                                               const std::byte* row) const {
  const uint32_t word = WordAt(row, field.offset);
  const std::string_view name = field.name;
  if (field.max == 1) return json::Value(word != 0);
  if (name == "level") return LevelName(word);
  if (name == "via") return json::Value(WayWords(word));
  if (name == "counting") return json::Value(StatesOf(word));
  if (name == "time_zone") return json::Value(ZoneText(word));
  if (section.number == format::Section::Atoms && name == "ref") {
    const auto kind = format::AtomKind{WordAt(row, offsetof(format::AtomRecord, kind))};
    switch (kind) {
      case format::AtomKind::Duty: return json::Value(NameOf(format::Section::Duties, word));
      case format::AtomKind::Role:
      case format::AtomKind::DirectRole: return json::Value(NameOf(format::Section::Roles, word));
      case format::AtomKind::Entitlement: return json::Value(NameOf(format::Section::Entitlements, word));
      case format::AtomKind::Side: break;
    }
    return std::nullopt;
  }
  if (section.number == format::Section::ForeignIds && name == "index") {
    return ThingName(WordAt(row, offsetof(format::ForeignIdRecord, kind)), word);
  }
  return std::nullopt;
}

}  // namespace sodc
