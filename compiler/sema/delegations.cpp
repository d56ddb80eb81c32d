// `delegate d from q to p`: what is delegated is held by both (rulings SEM-3).
#include <algorithm>

#include "compiler/model/actor_holdings.h"
#include "compiler/sema/entitlements.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/scopes.h"
#include "compiler/sema/sets.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

constexpr Word<bool> kAllowed[] = {{"allowed", true}, {"refused", false}};

// The delegation without its target, or nothing when one of the two is not known.
std::optional<model::Delegation> PartiesOf(Context& context, const ast::Declaration& declaration, ModuleIndex module) {
  const auto to = FirstPath(Find(declaration.attributes, AttributeKind::To));
  if (!declaration.subject || !to) return std::nullopt;
  model::Delegation delegation;
  const NamePath from = PathOf(*declaration.subject);
  delegation.from = ResolveTo<model::Actor>(context, module, from, kActor);
  delegation.to = ResolveTo<model::Actor>(context, module, *to, kActor);
  if (!delegation.from.is_valid() || !delegation.to.is_valid()) return std::nullopt;
  if (delegation.from == delegation.to) {
    Diagnose<DiagKind::DelegatedToOneself>(to->span, from.Joined())
        .Label(from.span, "who delegates")
        .Help("name somebody else behind `to`")
        .To(context.sink);
    return std::nullopt;
  }
  delegation.scope = ScopeOf(context, module, declaration.attributes);
  const Interval interval = ValidityOf(context, declaration.attributes);
  delegation.valid_from = interval.from;
  delegation.valid_until = interval.until;
  if (const auto word = FirstPath(Find(declaration.attributes, AttributeKind::SubDelegation))) {
    delegation.may_be_passed_on = WordOf(context, *word, "sub_delegation", kAllowed).value_or(false);
  }
  return delegation;
}

// Sets the duty, role or entitlement; false after a report.
bool SetTarget(Context& context, ModuleIndex module, const ast::Side& target, model::Delegation& delegation) {
  delegation.span = target.span;
  if (target.set.kind == ast::SetExpression::Kind::Entitlement) {
    const model::EntitlementId id = ResolveEntitlement(context, module, target.set, EntitlementUse::Granted);
    delegation.target = id;
    return id.is_valid();
  }
  const auto path = BareName(target.set);
  const Symbol* symbol = path ? Resolve(context, module, *path, kDutyOrRole) : nullptr;
  if (symbol == nullptr) return false;
  const std::optional<NamePath> level = target.level ? std::optional(PathOf(*target.level)) : std::nullopt;
  if (symbol->kind != EntityKind::Role) {
    delegation.level = ResolveLevel(context, level, LevelUse::Holding);
    delegation.target = model::DutyId{symbol->index};
    return true;
  }
  delegation.target = model::RoleId{symbol->index};
  if (level) {
    Diagnose<DiagKind::LevelOfRole>(level->span).Label(NameSpan(*symbol), "the role is declared here")
        .Help("state the level in the role: `grants duty at level`")
        .To(context.sink);
  }
  return true;
}

std::string NameOfTarget(const model::Model& model, const model::Delegation& delegation) {
  if (const auto* duty = std::get_if<model::DutyId>(&delegation.target)) return model.duties[*duty].common.name;
  if (const auto* role = std::get_if<model::RoleId>(&delegation.target)) return model.roles[*role].common.name;
  return model.entitlements[std::get<model::EntitlementId>(delegation.target)].common.name;
}

}  // namespace

void CheckDelegations(Context& context) {
  const model::Model& model = context.model;
  if (model.delegations.empty()) return;
  const model::ActorHoldings holdings(model);
  for (const model::Delegation& delegation : model.delegations) {
    if (holdings.IsAssigned(delegation)) continue;
    const std::vector<uint32_t> from = holdings.DelegatedBy(delegation);
    const bool is_allowed = std::any_of(from.begin(), from.end(), [&](uint32_t row) { return model.delegations[row].may_be_passed_on; });
    if (from.empty() || is_allowed) continue;
    Diagnose<DiagKind::DelegatedFurther>(delegation.span, model.actors[delegation.from].common.name, NameOfTarget(model, delegation))
        .Label(model.delegations[from.front()].span, "delegated here")
        .Help("write `{ sub_delegation allowed }` behind that delegation, or let who holds it otherwise delegate it")
        .To(context.sink);
  }
}

void CollectDelegations(Context& context) {
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex module) {
    if (declaration.kind != ast::DeclarationKind::Delegate) return;
    const std::optional<model::Delegation> common = PartiesOf(context, declaration, module);
    if (!common) return;
    for (const ast::Side& target : declaration.targets) {
      model::Delegation delegation = *common;
      if (SetTarget(context, module, target, delegation)) context.model.delegations.push_back(std::move(delegation));
    }
  });
}

}  // namespace sodc::sema
