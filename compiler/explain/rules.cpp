// The rules that touch a duty, a role or a group, with their controls.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/explain/page.h"
#include "compiler/explain/words.h"

namespace sodc::explain {
namespace {

using model::Conflict;
using model::ConflictSide;
using model::DutyId;
using model::Model;
using model::RoleId;

std::string NameOf(const Model& model, const model::SideElement& element) {
  if (const auto* duty = std::get_if<DutyId>(&element.what)) return model.duties[*duty].common.name;
  if (const auto* role = std::get_if<RoleId>(&element.what)) {
    return "role " + model.roles[*role].common.name + (element.is_direct ? " directly" : "");
  }
  if (const auto* entitlement = std::get_if<model::EntitlementId>(&element.what)) {
    return "entitlement " + model.entitlements[*entitlement].common.name;
  }
  const auto& being = std::get<model::Being>(element.what);
  return fmt::format("being {} of {}", being.relation(), model.provisions[being.object].common.name);
}

std::string SideText(const Model& model, const ConflictSide& side) {
  std::vector<std::string> names;
  for (const model::SideElement& element : side.elements) {
    names.push_back(NameOf(model, element) + AtLevel(model, element.trigger) + AsCapacity(model, element.capacity));
  }
  if (side.quantifier == model::SideQuantifier::One) return Join(names);
  const std::string_view word = side.quantifier == model::SideQuantifier::Any ? "any of" : "all of";
  return fmt::format("{} {}{{ {} }}", word, side.group.is_valid() ? model.groups[side.group].common.name + " " : "", Join(names));
}

// `must, deny, risk high`
std::string Strength(const Model& model, const Conflict& conflict) {
  constexpr std::string_view kModes[] = {"observe", "warn", "approve", "deny"};
  std::string text = conflict.modality == model::Modality::Must ? "must" : "should";
  text += fmt::format(", {}", kModes[static_cast<size_t>(conflict.mode)]);
  if (conflict.risk.is_valid()) text += ", risk " + model.scale_members[conflict.risk].common.name;
  return text;
}

}  // namespace

std::string RuleLine(const Model& model, const Conflict& conflict) {
  std::vector<std::string> sides;
  for (const ConflictSide& side : conflict.sides) sides.push_back(SideText(model, side));
  std::string text = fmt::format("{} ({}): ", Label(conflict.common), Strength(model, conflict));
  if (conflict.kind == model::ConflictKind::AtMost) {
    return text + fmt::format("at most {} of {}", conflict.at_most, Join(sides)) + PlacesOf(model, conflict);
  }
  for (size_t i = 0; i < sides.size(); ++i) text += (i == 0 ? "" : " with ") + sides[i];
  return text + PlacesOf(model, conflict);
}

namespace {

template <typename Id>
bool Names(const Conflict& conflict, Id id) {
  const auto is_it = [&](const model::SideElement& element) {
    const auto* what = std::get_if<Id>(&element.what);
    return what != nullptr && *what == id;
  };
  return std::any_of(conflict.sides.begin(), conflict.sides.end(), [&](const ConflictSide& side) {
    return std::any_of(side.elements.begin(), side.elements.end(), is_it);
  });
}

bool Touches(const Model& model, const Conflict& conflict, const Entity::Id& id) {
  if (const auto* duty = std::get_if<DutyId>(&id)) return Names(conflict, *duty);
  if (const auto* role = std::get_if<RoleId>(&id)) return Names(conflict, *role);
  if (const auto* entitlement = std::get_if<model::EntitlementId>(&id)) return Names(conflict, *entitlement);
  if (const auto* group = std::get_if<model::GroupId>(&id)) {
    return std::any_of(conflict.sides.begin(), conflict.sides.end(), [&](const ConflictSide& s) { return s.group == *group; });
  }
  const auto* own = std::get_if<model::ConflictId>(&id);
  return own != nullptr && &model.conflicts[*own] == &conflict;
}

void AddCompatible(const Model& model, DutyId duty, Page& page) {
  std::vector<std::string> lines;
  const auto holds = [&](const std::vector<DutyId>& duties) {
    return std::find(duties.begin(), duties.end(), duty) != duties.end();
  };
  for (const model::Compatible& compatible : model.compatibles) {
    const std::string why = compatible.because.empty() ? "" : ": " + compatible.because;
    const std::string with_left = NamesOf(model.duties, compatible.left);
    const std::string with_right = compatible.is_with_all ? "all" : NamesOf(model.duties, compatible.right);
    if (holds(compatible.left)) {
      lines.push_back(with_right + why);
    } else if (holds(compatible.right)) {
      lines.push_back(with_left + why);
    }
  }
  page.Section("Compatible with", lines);
}

}  // namespace

void AddRules(const Subject& subject, const Entity& entity, Page& page) {
  const Model& model = subject.model;
  std::vector<std::string> rules, controls;
  std::vector<model::ControlId> seen;
  for (const Conflict& conflict : model.conflicts) {
    if (!Touches(model, conflict, entity.id)) continue;
    rules.push_back(RuleLine(model, conflict));
    for (const model::ControlId id : conflict.controls) {
      if (std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      controls.push_back(Label(model.controls[id].common));
    }
  }
  const bool is_rule = std::holds_alternative<model::ConflictId>(entity.id);
  page.Section(is_rule ? "Keeps apart" : "Rules", rules);
  page.Section(is_rule ? "Controls" : "Controls of these rules", controls);
  if (const auto* duty = std::get_if<DutyId>(&entity.id)) AddCompatible(model, *duty, page);
  if (const auto* rule = std::get_if<model::ConflictId>(&entity.id)) AddNaming(subject, model::Reference::Kind::Conflict, rule->index, page);
  if (const auto* entitlement = std::get_if<model::EntitlementId>(&entity.id)) {
    AddNaming(subject, model::Reference::Kind::Entitlement, entitlement->index, page);
  }
}

}  // namespace sodc::explain
