// Entitlements, and what they confer, in the dump.
#include "compiler/model/dumper.h"

namespace sodc::model {
namespace {

std::string TextOf(const Dumper& dumper, const HoldingExpression& expression) {
  if (expression.kind == HoldingExpression::Kind::Entitlement) return dumper.NameOf(expression.entitlement);
  std::string text;
  for (const HoldingExpression& operand : expression.operands) {
    if (!text.empty()) text += expression.kind == HoldingExpression::Kind::And ? " and " : " or ";
    const bool is_single = operand.kind == HoldingExpression::Kind::Entitlement;
    text += is_single ? TextOf(dumper, operand) : '(' + TextOf(dumper, operand) + ')';
  }
  return text;
}

}  // namespace

void Dumper::Entitlements() const {
  for (const Entitlement& entitlement : model.entitlements) {
    Head("entitlement", entitlement.common);
    out << (entitlement.is_declared ? "\n" : " (raw)\n");
    TextLine("description", entitlement.common.description);
    NameLine("on", entitlement.system);
    for (const std::string& name : entitlement.names) TextLine(entitlement.is_pattern ? "pattern" : "exact", name);
    for (const std::string& name : entitlement.excepts) TextLine("except", name);
    for (const EntitlementField& field : entitlement.fields) {
      for (const std::string& value : field.values) out << "  with " << field.name << ' ' << Quoted(value) << '\n';
    }
    ListLine("confers", entitlement.confers);
  }
  for (const Derivation& derivation : model.derivations) {
    const bool is_duty = std::holds_alternative<DutyId>(derivation.target);
    out << (is_duty ? "duty " : "entitlement ") << std::visit([&](auto id) { return NameOf(id); }, derivation.target)
        << (is_duty ? " conferred by " : " means ") << TextOf(*this, derivation.sources) << '\n';
  }
}

}  // namespace sodc::model
