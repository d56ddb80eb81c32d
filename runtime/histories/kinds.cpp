// Kinds of objects, rules about them, and their names.
#include "runtime/histories/kinds.h"

#include <algorithm>

#include "runtime/histories/conditions.h"

namespace sod::histories {

uint32_t KindOfProvision(const Image& image, uint32_t provision) {
  const auto kinds = image.ObjectKinds();
  const auto found = std::ranges::lower_bound(kinds, provision, {}, &format::ObjectKindRecord::provision);
  return found == kinds.end() || found->provision != provision ? kNone : static_cast<uint32_t>(found - kinds.begin());
}

uint32_t KindOfRelation(const Image& image, uint32_t relation) {
  for (uint32_t kind = 0; kind < image.ObjectKinds().size(); ++kind) {
    const format::ObjectKindRecord& record = image.ObjectKinds()[kind];
    if (relation >= record.relations_first && relation - record.relations_first < record.relations_count) return kind;
  }
  return kNone;
}

// INVARIANT: kinds are a forest, as the table was verified.
bool IsOrIsPartOf(const Image& image, uint32_t kind, uint32_t whole) {
  while (kind != kNone && kind != whole) kind = image.ObjectKinds()[kind].part_of;
  return kind == whole;
}

namespace {

const char* WhyNotJudged(const Image& image, const format::RuleRecord& rule) {
  if (rule.guards_count != 0) return "guard";
  if (rule.moment == format::Moment::Session) return "session";
  if (rule.subject == format::RuleSubject::Account) return "account";
  if (rule.subject == format::RuleSubject::Unit) return "unit";
  if (rule.match != format::ScopeMatch::Any || rule.only_in != kNone) return "scope";
  for (const format::SideRecord& side : Slice(image.Sides(), rule.sides_first, rule.sides_count)) {
    for (const format::ElementRecord& element : Slice(image.Elements(), side.elements_first, side.elements_count)) {
      if (element.kind == format::ElementKind::Role) return "role";
      if (element.kind == format::ElementKind::Entitlement) return "entitlement";
      if (element.capacity != kNone) return "capacity";
    }
  }
  return nullptr;
}

// The kind of the first relation on a side.
uint32_t KindOfOwn(const Image& image, const format::RuleRecord& rule) {
  for (const format::SideRecord& side : Slice(image.Sides(), rule.sides_first, rule.sides_count)) {
    for (const format::ElementRecord& element : Slice(image.Elements(), side.elements_first, side.elements_count)) {
      if (element.kind == format::ElementKind::Relation && element.object != kNone) return KindOfProvision(image, element.object);
    }
  }
  return kNone;
}

}  // namespace

RuleObject ObjectOfRule(const Image& image, uint32_t row) {
  const format::RuleRecord& rule = image.Rules()[row];
  RuleObject object;
  object.kind = rule.per == kNone ? KindOfOwn(image, rule) : KindOfProvision(image, rule.per);
  if (object.kind == kNone) return object;
  const bool has_condition = !core::ConditionsOf(image, row, format::GuardPurpose::Applies).empty();
  const bool is_carried_alone = rule.unevaluated == format::Unevaluated::Guard && !has_condition;
  object.why = is_carried_alone || !IsNamedByActs(image, row, object.kind) ? "guard" : WhyNotJudged(image, rule);
  return object;
}

}  // namespace sod::histories

namespace sod {

using histories::Image;

uint32_t ObjectKindCount(const Table& table) { return static_cast<uint32_t>(table.image().ObjectKinds().size()); }

Named ObjectKindName(const Table& table, uint32_t kind) {
  const Image& image = table.image();
  const format::ProvisionRecord& provision = image.Provisions()[image.ObjectKinds()[kind].provision];
  return {image.Text(provision.name), image.Text(provision.title)};
}

std::optional<uint32_t> FindObjectKind(const Table& table, std::string_view name) {
  for (uint32_t kind = 0; kind < ObjectKindCount(table); ++kind) {
    if (ObjectKindName(table, kind).name == name) return kind;
  }
  return std::nullopt;
}

std::optional<uint32_t> FindRelation(const Table& table, uint32_t kind, std::string_view relation) {
  const format::ObjectKindRecord& record = table.image().ObjectKinds()[kind];
  for (uint32_t row = record.relations_first; row < record.relations_first + record.relations_count; ++row) {
    if (RelationName(table, row) == relation) return row;
  }
  return std::nullopt;
}

std::string_view RelationName(const Table& table, uint32_t relation) {
  return table.image().Text(table.image().ObjectRelations()[relation].text);
}

std::optional<uint32_t> FindApproval(const Table& table, uint32_t kind, std::string_view approval) {
  const Image& image = table.image();
  for (const format::ActProcessRecord& process : image.ActProcesses()) {
    if (!histories::IsOrIsPartOf(image, kind, process.kind)) continue;
    for (uint32_t row = process.approvals_first; row < process.approvals_first + process.approvals_count; ++row) {
      if (ApprovalName(table, row).name == approval) return row;
    }
  }
  return std::nullopt;
}

Named ApprovalName(const Table& table, uint32_t approval) {
  const format::ActApprovalRecord& record = table.image().ActApprovals()[approval];
  return {table.image().Text(record.name), table.image().Text(record.title)};
}

Named ProcessName(const Table& table, uint32_t process) {
  const Image& image = table.image();
  const format::ProvisionRecord& provision = image.Provisions()[image.ActProcesses()[process].provision];
  return {image.Text(provision.name), image.Text(provision.title)};
}

uint32_t DutyOfStep(const Table& table, uint32_t step) { return table.image().ActSteps()[step].duty; }

uint32_t PartOfKind(const Table& table, uint32_t kind) { return table.image().ObjectKinds()[kind].part_of; }

uint32_t KindOfDuty(const Table& table, uint32_t duty) {
  for (const format::DutyObjectRecord& row : table.image().DutyObjects()) {
    if (row.duty == duty && row.creates == 0) return row.kind;
  }
  return kNone;
}

}  // namespace sod
