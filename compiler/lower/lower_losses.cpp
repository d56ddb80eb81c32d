// What a violator loses (second-ring E34): `on violation …` of a conflict, or of the level of enforcement that it names.
#include "compiler/lower/builder.h"
#include "compiler/model/carried.h"

namespace sodc::lower {
namespace {

using model::ProvisionValue;
using model::Reference;

std::string_view WordOf(const model::ProvisionAttribute& stated) {
  for (const ProvisionValue& value : stated.values) {
    if (value.kind == ProvisionValue::Kind::Word) return value.text;
  }
  return {};
}

// The side that is, or has among its elements, what is named; none: the rule has no such side.
uint32_t SideNamed(const Builder& builder, const format::RuleRecord& rule, const Reference& named) {
  for (uint32_t row = rule.sides_first; row < rule.sides_first + rule.sides_count; ++row) {
    const format::SideRecord& side = builder.image.Sides[row];
    if (named.kind == Reference::Kind::Group && side.group == named.index) return row;
    for (uint32_t i = 0; i < side.elements_count; ++i) {
      const format::ElementRecord& element = builder.image.Elements[side.elements_first + i];
      if (named.kind == Reference::Kind::Duty && element.kind == format::ElementKind::Duty && element.duty == named.index) return row;
      if (named.kind == Reference::Kind::Role && element.kind == format::ElementKind::Role && element.role == named.index) return row;
    }
  }
  return format::kNone;
}

std::optional<format::RuleLossOfRuleRecord> LossOf(const Builder& builder, uint32_t row, const model::ProvisionAttribute& stated) {
  format::RuleLossOfRuleRecord record = {row, format::RuleLoss::Refuse, format::kNone};
  const std::string_view word = WordOf(stated);
  if (word == "refuse") return record;
  record.loss = word == "newest" ? format::RuleLoss::NewestWins : word == "oldest" ? format::RuleLoss::OldestWins : format::RuleLoss::SuspendBoth;
  for (const ProvisionValue& value : stated.values) {
    if (value.kind != ProvisionValue::Kind::Reference) continue;
    record.loss = format::RuleLoss::SuspendSide;
    record.side = SideNamed(builder, builder.image.Rules[row], value.reference);
    if (record.side == format::kNone) return std::nullopt;  // a level may name a side that this rule has not
  }
  return record;
}

}  // namespace

void LowerLosses(Builder& builder) {
  const model::Carried carried(builder.model);
  uint32_t row = 0;
  for (const model::Conflict& conflict : builder.model.conflicts) {
    const auto stated = carried.Of(conflict, "on violation");
    const auto record = stated.empty() ? std::nullopt : LossOf(builder, row, *stated.front());
    if (record) builder.image.RuleLosses.push_back(*record);
    ++row;
  }
}

}  // namespace sodc::lower
