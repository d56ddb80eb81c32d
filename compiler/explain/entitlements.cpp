// Pages of entitlements, and what confers a duty.
#include <algorithm>

#include "compiler/explain/page.h"
#include "compiler/model/conferring.h"

namespace sodc::explain {
namespace {

using model::HoldingExpression;
using model::Model;

std::string TextOf(const Model& model, const HoldingExpression& expression) {
  if (expression.kind == HoldingExpression::Kind::Entitlement) {
    return model.entitlements[expression.entitlement].common.name;
  }
  std::string text;
  for (const HoldingExpression& operand : expression.operands) {
    if (!text.empty()) text += expression.kind == HoldingExpression::Kind::And ? " and " : " or ";
    const bool is_single = operand.kind == HoldingExpression::Kind::Entitlement;
    text += is_single ? TextOf(model, operand) : '(' + TextOf(model, operand) + ')';
  }
  return text;
}

bool Names(const HoldingExpression& expression, model::EntitlementId id) {
  return expression.entitlement == id || std::any_of(expression.operands.begin(), expression.operands.end(),
                                                     [&](const HoldingExpression& operand) { return Names(operand, id); });
}

template <typename Id>
void AddSources(const Model& model, Id id, std::string_view word, Page& page) {
  for (const model::Derivation& derivation : model.derivations) {
    const auto* target = std::get_if<Id>(&derivation.target);
    if (target != nullptr && *target == id) page.Fact(word, TextOf(model, derivation.sources));
  }
}

}  // namespace

void AddConferredBy(const Model& model, model::DutyId id, Page& page) { AddSources(model, id, "conferred by", page); }

void AddEntitlement(const Model& model, model::EntitlementId id, Page& page) {
  const model::Entitlement& entitlement = model.entitlements[id];
  if (entitlement.system.is_valid()) page.Fact("on", model.systems[entitlement.system].common.name);
  page.Fact(entitlement.is_pattern ? "patterns" : "names", Join(entitlement.names));
  page.Fact("except", Join(entitlement.excepts));
  for (const model::EntitlementField& field : entitlement.fields) page.Fact("with " + field.name, Join(field.values));
  AddSources(model, id, "means", page);
  std::vector<std::string> others, duties;
  for (const model::EntitlementId other : entitlement.confers) {
    if (other != id) others.push_back(model.entitlements[other].common.name);
  }
  page.Fact("overlaps", Join(others));
  for (const model::DutyId duty : model::Conferring(model).DutiesOf({id})) duties.push_back(Label(model.duties[duty].common));
  page.Section("Confers alone", duties);
  std::vector<std::string> together;
  for (const model::Derivation& derivation : model.derivations) {
    const auto* duty = std::get_if<model::DutyId>(&derivation.target);
    if (duty == nullptr) continue;
    const std::string label = Label(model.duties[*duty].common);
    const bool is_alone = std::find(duties.begin(), duties.end(), label) != duties.end();
    if (!is_alone && Names(derivation.sources, id)) together.push_back(label + ": " + TextOf(model, derivation.sources));
  }
  page.Section("Confers with others", together);
}

}  // namespace sodc::explain
