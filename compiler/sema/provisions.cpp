#include "compiler/sema/provisions.h"

#include "compiler/sema/passes.h"
#include "compiler/sema/values.h"

namespace sodc::sema {

using ast::DeclarationKind;

std::optional<EntityKind> ProvisionEntityOf(DeclarationKind kind) {
  switch (kind) {
    case DeclarationKind::Object: return EntityKind::Object;
    case DeclarationKind::Unit: return EntityKind::Unit;
    case DeclarationKind::Process: return EntityKind::Process;
    case DeclarationKind::Waiver: return EntityKind::Waiver;
    case DeclarationKind::Exemption: return EntityKind::Exemption;
    case DeclarationKind::Grandfather: return EntityKind::Grandfather;
    case DeclarationKind::Emergency: return EntityKind::Emergency;
    case DeclarationKind::Activation: return EntityKind::Activation;
    case DeclarationKind::Plan: return EntityKind::Plan;
    case DeclarationKind::Review: return EntityKind::Review;
    case DeclarationKind::Assessment: return EntityKind::Assessment;
    case DeclarationKind::Remediation: return EntityKind::Remediation;
    case DeclarationKind::Fact: return EntityKind::Fact;
    case DeclarationKind::Switch: return EntityKind::Switch;
    case DeclarationKind::Attribute: return EntityKind::OwnAttribute;
    case DeclarationKind::Enforcement: return EntityKind::Enforcement;
    default: return std::nullopt;
  }
}

bool IsProvision(DeclarationKind kind) {
  const bool is_change = kind == DeclarationKind::Amend || kind == DeclarationKind::Disable;
  return is_change || kind == DeclarationKind::Waivers || kind == DeclarationKind::Test || ProvisionEntityOf(kind).has_value();
}

uint32_t AddProvision(Context& context, const ast::Declaration& declaration, bool is_own) {
  model::Provision provision;
  provision.common = CommonOf(declaration, is_own);
  provision.kind = ast::Spelling(declaration.kind);
  const model::ProvisionId id = context.model.provisions.Add(std::move(provision));
  context.provision_of[&declaration] = id;
  context.provision_declarations[id.index] = &declaration;
  return id.index;
}

}  // namespace sodc::sema
