// Rows to texts, one lookup each.
#include "sod/describe.h"

#include <algorithm>

#include "runtime/core/amendments.h"

namespace sod {

using core::Image;
using core::Slice;

namespace {

Named MemberName(const Image& image, uint32_t member) {
  if (member == format::kNone) return {};
  const format::ScaleMemberRecord& record = image.ScaleMembers()[member];
  return {image.Text(record.name), image.Text(record.title)};
}

RuleKind KindOf(format::RuleKind kind) {
  switch (kind) {
    case format::RuleKind::Pair: return RuleKind::Pair;
    case format::RuleKind::Set: return RuleKind::Set;
    case format::RuleKind::AtMost: return RuleKind::AtMost;
    case format::RuleKind::Role: return RuleKind::Role;
    case format::RuleKind::Restriction: return RuleKind::Restriction;
    case format::RuleKind::Forbidden: return RuleKind::Forbidden;
    case format::RuleKind::Sensitive: return RuleKind::Sensitive;
    case format::RuleKind::Reserved: return RuleKind::Reserved;
  }
  return RuleKind::Pair;
}

SideQuantifier QuantifierOf(format::Quantifier quantifier) {
  switch (quantifier) {
    case format::Quantifier::One: return SideQuantifier::One;
    case format::Quantifier::Any: return SideQuantifier::Any;
    case format::Quantifier::All: return SideQuantifier::All;
  }
  return SideQuantifier::One;
}

std::string_view SourceOfMode(const format::RuleRecord& record) {
  if (record.mode_is_declared != 0) return "rule";
  if (record.mode_is_of_level != 0) return "enforcement";
  if (record.mode_is_default != 0) return "policy";
  return record.kind == format::RuleKind::Sensitive ? "kind" : "modality";
}

void AddTexts(const Image& image, const format::RuleRecord& record, RuleDescription& rule) {
  rule.rule = {image.Text(record.name), image.Text(record.title)};
  rule.is_named = record.is_named != 0;
  rule.kind = KindOf(record.kind);
  rule.kind_name = SpellingOf(record.kind);
  rule.moment = SpellingOf(record.moment);
  if (record.per != format::kNone) {
    const format::ProvisionRecord& object = image.Provisions()[record.per];
    rule.object = {image.Text(object.name), image.Text(object.title)};
  }
  rule.modality = SpellingOf(record.modality);
  rule.reason = image.Text(record.reason);
  rule.mode = SpellingOf(record.mode);
  rule.effective_mode = SpellingOf(std::min(record.mode, image.meta().mode_ceiling));
  rule.mode_source = SourceOfMode(record);
  rule.because = image.Text(record.because);
  rule.advice = image.Text(record.advice);
  rule.at_most = record.at_most;
  rule.first_side = record.sides_first;
  rule.disabled_until = record.disabled_until;
}

void AddRisk(const Image& image, const format::RuleRecord& record, RuleDescription& rule) {
  if (record.risk == format::kNone) return;
  rule.risk = MemberName(image, record.risk);
  rule.is_risk_default = record.risk_is_default != 0;
  const format::ScaleRecord& scale = image.Scales()[image.ScaleMembers()[record.risk].scale];
  rule.risk_scale = {image.Text(scale.name), image.Text(scale.title)};
}

void AddReferences(const Image& image, const format::RuleRecord& record, RuleDescription& rule) {
  for (const auto& row : Slice(image.RuleControls(), record.controls_first, record.controls_count)) {
    const format::ControlRecord& control = image.Controls()[row.control];
    rule.controls.push_back({image.Text(control.name), image.Text(control.title)});
  }
  for (const auto& row : Slice(image.RuleClauses(), record.clauses_first, record.clauses_count)) {
    const format::ClauseRecord& clause = image.Clauses()[row.clause];
    const format::FrameworkRecord& framework = image.Frameworks()[clause.framework];
    rule.clauses.push_back({{image.Text(framework.name), image.Text(framework.title)},
                            image.Text(clause.id),
                            image.Text(clause.label)});
  }
}

void AddPlace(const Image& image, const format::RuleRecord& record, RuleDescription& rule) {
  if (record.places_count == 0) return;
  const format::PlaceRecord& place = image.RulePlaces()[record.places_first];
  rule.file = image.Text(image.Sources()[place.place_file].path);
  rule.line = place.place_line;
  rule.column = place.place_column;
}

// A reference to whoever approves: an actor, or a role.
Named PartyOf(const Image& image, const format::ProvisionValueRecord& value) {
  if (value.referred == format::NameKind::Role) {
    const format::RoleRecord& role = image.Roles()[value.index];
    return {image.Text(role.name), image.Text(role.title)};
  }
  const bool is_actor = value.referred == format::NameKind::Person || value.referred == format::NameKind::Team ||
                        value.referred == format::NameKind::External || value.referred == format::NameKind::Service ||
                        value.referred == format::NameKind::Tool || value.referred == format::NameKind::Agent;
  if (!is_actor) return {};
  const format::ActorRecord& actor = image.Actors()[value.index];
  return {image.Text(actor.name), image.Text(actor.title)};
}

// The texts of an `amend` or `disable`, which stands in the table as it was written.
void AddStatement(const Image& image, const format::ProvisionRecord& statement, RuleChange& change) {
  std::string_view within;
  for (const auto& attribute : Slice(image.ProvisionAttributes(), statement.attributes_first, statement.attributes_count)) {
    const std::string_view keyword = image.Text(attribute.keyword);
    if (attribute.depth == 0) within = keyword;
    const auto values = Slice(image.ProvisionValues(), attribute.values_first, attribute.values_count);
    if (values.empty()) continue;
    if (attribute.depth == 0 && keyword == "because") change.because = image.Text(values.front().text);
    if (attribute.depth != 1 || within != "approved by" || keyword != "party") continue;
    for (const format::ProvisionValueRecord& value : values) {
      if (value.kind != format::ValueKind::Reference) continue;
      if (const Named party = PartyOf(image, value); !party.name.empty()) change.approved_by.push_back(party);
    }
  }
  change.file = image.Text(image.Sources()[statement.place_file].path);
  change.line = statement.place_line;
  change.column = statement.place_column;
}

// INVARIANT: changes are sorted by rule, and so are amendments.
void AddChange(const Image& image, uint32_t rule, Instant at, RuleDescription& description) {
  const auto rows = image.RuleChanges();
  const auto row = std::ranges::lower_bound(rows, rule, {}, &format::RuleChangeRecord::rule);
  if (row == rows.end() || row->rule != rule || at >= row->until) return;
  RuleChange& change = description.change.emplace();
  change.is_disabled = row->is_disabled != 0;
  change.until = row->until;
  AddStatement(image, image.Provisions()[row->statement], change);
  if (change.is_disabled) return;
  const format::RuleRecord before = core::RuleAt(image, rule, kEndOfTime);
  change.mode_before = SpellingOf(before.mode);
  if (before.risk != format::kNone) change.risk_before = MemberName(image, before.risk);
}

}  // namespace

RuleDescription Describe(const Table& table, uint32_t rule) { return Describe(table, rule, kBeginningOfTime); }

RuleDescription Describe(const Table& table, uint32_t rule, Instant at) {
  const Image& image = table.image();
  const format::RuleRecord record = core::RuleAt(image, rule, at);
  RuleDescription description;
  AddTexts(image, record, description);
  AddRisk(image, record, description);
  AddReferences(image, record, description);
  AddPlace(image, record, description);
  AddChange(image, rule, at, description);
  return description;
}

SideDescription DescribeSide(const Table& table, uint32_t side) {
  const Image& image = table.image();
  const format::SideRecord& record = image.Sides()[side];
  SideDescription description;
  description.quantifier = QuantifierOf(record.quantifier);
  if (record.group != format::kNone) {
    const format::GroupRecord& group = image.Groups()[record.group];
    description.group = {image.Text(group.name), image.Text(group.title)};
  }
  for (uint32_t i = 0; i < record.elements_count; ++i) {
    description.described.push_back(DescribeElement(table, record.elements_first + i));
    description.elements.push_back(description.described.back().element);
  }
  return description;
}

ElementDescription DescribeElement(const Table& table, uint32_t row) {
  const Image& image = table.image();
  const format::ElementRecord& element = image.Elements()[row];
  ElementDescription described;
  described.is_direct = element.is_direct != 0;
  if (element.capacity != format::kNone) described.capacity = MemberName(image, element.capacity);
  switch (element.kind) {
    case format::ElementKind::Duty: described.element = table.duty(element.duty); break;
    case format::ElementKind::Role:
      described.kind = ElementKind::Role;
      described.element = table.role(element.role);
      break;
    case format::ElementKind::Entitlement:
      described.kind = ElementKind::Entitlement;
      described.element = table.entitlement(element.entitlement);
      break;
    case format::ElementKind::Relation:
      described.kind = ElementKind::Relation;
      described.element = {image.Text(element.relation), image.Text(image.Provisions()[element.object].title)};
      if (element.duty != format::kNone) described.creator = table.duty(element.duty);
      break;
  }
  return described;
}

Named Appetite(const Table& table) { return MemberName(table.image(), table.image().meta().appetite); }

bool IsAppetiteDeclared(const Table& table) { return table.image().meta().appetite_is_declared != 0; }

bool IsPosition(const Table& table, uint32_t role) { return table.image().Roles()[role].is_position != 0; }

}  // namespace sod
