// What names a thing from elsewhere: delegations, entitlements, names in other systems, attributes of the
// policy's own, and what holds or applies in a value of a scope.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/explain/page.h"
#include "compiler/explain/words.h"

namespace sodc::explain {
namespace {

using model::Model;

bool Uses(const model::HoldingExpression& expression, model::EntitlementId id) {
  if (expression.kind == model::HoldingExpression::Kind::Entitlement) return expression.entitlement == id;
  return std::ranges::any_of(expression.operands, [&](const model::HoldingExpression& o) { return Uses(o, id); });
}

template <typename Variant>
bool Is(const Variant& what, const Entity::Id& id) {
  return std::visit(
      [&](const auto& mine) {
        const auto* other = std::get_if<std::decay_t<decltype(mine)>>(&id);
        return other != nullptr && *other == mine;
      },
      what);
}

std::string TargetName(const Model& model, const std::variant<model::DutyId, model::EntitlementId>& target) {
  if (const auto* duty = std::get_if<model::DutyId>(&target)) return "duty " + model.duties[*duty].common.name;
  return "entitlement " + model.entitlements[std::get<model::EntitlementId>(target)].common.name;
}

void AddDerivations(const Model& model, const Entity& entity, Page& page) {
  std::vector<std::string> sources, uses;
  const auto* entitlement = std::get_if<model::EntitlementId>(&entity.id);
  for (const model::Derivation& derivation : model.derivations) {
    if (Is(derivation.target, entity.id)) sources.push_back(Expression(model, derivation.sources));
    if (entitlement == nullptr || !Uses(derivation.sources, *entitlement)) continue;
    uses.push_back(fmt::format("{}, by {}", TargetName(model, derivation.target), Expression(model, derivation.sources)));
  }
  page.Section(entitlement != nullptr ? "Means" : "Conferred by", sources);
  page.Section("Confers", uses);
}

void AddDelegations(const Model& model, const Entity& entity, Page& page) {
  std::vector<std::string> lines;
  const auto* actor = std::get_if<model::ActorId>(&entity.id);
  for (const model::Delegation& delegation : model.delegations) {
    const bool is_party = actor != nullptr && (delegation.from == *actor || delegation.to == *actor);
    if (!is_party && !Is(delegation.target, entity.id)) continue;
    lines.push_back(fmt::format("{} from {} to {}{}{}{}{}", NameOf(model, delegation.target),
                                model.actors[delegation.from].common.name, model.actors[delegation.to].common.name,
                                AtLevel(model, delegation.level), InScope(model, delegation.scope),
                                During(model, delegation.valid_from, delegation.valid_until),
                                delegation.may_be_passed_on ? ", may be passed on" : ""));
  }
  page.Section("Delegated", lines);
}

void AddForeignIds(const Model& model, const Entity& entity, Page& page) {
  std::vector<std::string> lines;
  const auto* system = std::get_if<model::SystemId>(&entity.id);
  for (const model::ForeignId& id : model.foreign_ids) {
    if (Is(id.of, entity.id)) lines.push_back(fmt::format("{}: {}", model.systems[id.system].common.name, id.id));
    if (system != nullptr && id.system == *system) lines.push_back(id.id);
  }
  page.Section("Names in other systems", lines);
}

std::string ValueText(const Model& model, const model::ProvisionValue& value) {
  using Kind = model::ProvisionValue::Kind;
  if (value.kind == Kind::Text) return fmt::format("\"{}\"", value.text);
  if (value.kind == Kind::Reference && value.reference.kind == model::Reference::Kind::ScaleMember) {
    return model.scale_members[model::ScaleMemberId{value.reference.index}].common.name;
  }
  if (value.kind != Kind::Integer) return value.text;
  return Number(value);
}

bool IsSamePlace(Span a, Span b) { return a.is_valid() && a.file == b.file && a.begin == b.begin; }

// A rule may be stated in several places; one statement may make several rules.
bool IsStatedAt(const Model& model, const Entity& entity, Span place) {
  if (IsSamePlace(entity.common->span, place)) return true;
  const auto* rule = std::get_if<model::ConflictId>(&entity.id);
  return rule != nullptr && std::ranges::any_of(model.conflicts[*rule].sources, [&](Span s) { return IsSamePlace(s, place); });
}

void AddOwnAttributes(const Model& model, const Entity& entity, Page& page) {
  for (const model::Provision& provision : model.provisions) {
    if (!provision.is_attribute_holder || !IsStatedAt(model, entity, provision.common.span)) continue;
    for (const model::ProvisionAttribute& attribute : provision.attributes) {
      if (attribute.keyword != "attribute" || attribute.values.size() < 2) continue;
      std::vector<std::string> words;
      for (size_t i = 1; i < attribute.values.size(); ++i) words.push_back(ValueText(model, attribute.values[i]));
      for (const model::ProvisionAttribute& bound : attribute.nested) {
        if (!bound.values.empty()) words.back() += fmt::format(" {} {}", bound.keyword, bound.values[0].text);
      }
      page.Fact(model.provisions[model::ProvisionId{attribute.values[0].reference.index}].common.name, Join(words));
    }
  }
}

// ---- Values of a scope

bool Names(const model::Scope& scope, const Entity::Id& id, const Model& model) {
  const auto* node = std::get_if<model::ScopeNodeId>(&id);
  const auto* dimension = std::get_if<model::ScopeDimensionId>(&id);
  return std::ranges::any_of(scope.boxes, [&](const auto& box) {
    return std::ranges::any_of(box, [&](model::ScopeNodeId named) {
      return node != nullptr ? named == *node : model.scope_nodes[named].dimension == *dimension;
    });
  });
}

std::string HolderName(const Model& model, const model::Assignment& assignment) {
  if (assignment.actor.is_valid()) return model.actors[assignment.actor].common.name;
  return "account " + model.systems[assignment.account_system].common.name + ":" + assignment.account_identifier;
}

void AddHere(const Subject& subject, const Entity& entity, Page& page) {
  const Model& model = subject.model;
  std::vector<std::string> grants, holders, rules;
  for (const model::Role& role : model.roles) {
    for (const model::Grant& grant : role.grants) {
      if (!Names(grant.scope, entity.id, model)) continue;
      const std::string what = grant.duty.is_valid() ? model.duties[grant.duty].common.name
                                                     : "entitlement " + model.entitlements[grant.entitlement].common.name;
      grants.push_back(fmt::format("role {} grants {}{}", role.common.name, what, Conditions(model, grant)));
    }
  }
  for (const model::Assignment& assignment : model.assignments) {
    if (!Names(assignment.scope, entity.id, model)) continue;
    holders.push_back(fmt::format("{}: {}{}", HolderName(model, assignment), NameOf(model, assignment.target),
                                  Conditions(model, assignment)));
  }
  const auto* dimension = std::get_if<model::ScopeDimensionId>(&entity.id);
  for (const model::Conflict& conflict : model.conflicts) {
    const bool is_by_it = dimension != nullptr && conflict.match != model::ScopeMatch::Any && conflict.dimension == *dimension;
    if (is_by_it || Names(conflict.only_in, entity.id, model)) rules.push_back(Label(conflict.common) + PlacesOf(model, conflict));
  }
  page.Section("Granted here", grants);
  if (subject.is_about_policy) page.Section("Held here", holders);
  page.Section("Rules", rules);
}

}  // namespace

void AddTouching(const Subject& subject, const Entity& entity, Page& page) {
  const bool is_scope = std::holds_alternative<model::ScopeNodeId>(entity.id) ||
                        std::holds_alternative<model::ScopeDimensionId>(entity.id);
  if (is_scope) AddHere(subject, entity, page);
  AddDerivations(subject.model, entity, page);
  AddDelegations(subject.model, entity, page);
  AddForeignIds(subject.model, entity, page);
}

void AddAttributes(const Subject& subject, const Entity& entity, Page& page) {
  AddOwnAttributes(subject.model, entity, page);
}

}  // namespace sodc::explain
