// Who holds a duty, a role or an entitlement, and what an actor holds.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "compiler/explain/page.h"
#include "compiler/explain/words.h"
#include "compiler/model/conferring.h"

namespace sodc::explain {
namespace {

using model::ActorId;
using model::Conferring;
using model::EntitlementId;
using model::Model;
using model::RoleId;

// Roles by which something is held, each with how: `role boss, which includes clerk`.
using Ways = std::map<RoleId, std::string>;

void AddIncluders(const Model& model, Ways& ways) {
  bool has_changed = true;
  while (has_changed) {
    has_changed = false;
    for (size_t i = 0; i < model.roles.size(); ++i) {
      const RoleId id = model.roles.IdAt(i);
      for (const RoleId included : model.roles[id].includes) {
        if (ways.count(included) == 0 || ways.count(id) != 0) continue;
        ways[id] = fmt::format("role {}, which includes {}", model.roles[id].common.name, model.roles[included].common.name);
        has_changed = true;
      }
    }
  }
}

bool Confers(const Conferring& conferring, const std::vector<EntitlementId>& held, model::DutyId duty) {
  const std::vector<model::DutyId> duties = conferring.DutiesOf(held);
  return std::find(duties.begin(), duties.end(), duty) != duties.end();
}

bool Confers(const Model& model, EntitlementId held, EntitlementId wanted) {
  const auto& confers = model.entitlements[held].confers;
  return std::find(confers.begin(), confers.end(), wanted) != confers.end();
}

// `role clerk by entitlement xk01`; several of one role that confer it together are not named.
void AddConferred(const Model& model, model::DutyId duty, Ways& ways) {
  const Conferring conferring(model);
  for (size_t i = 0; i < model.roles.size(); ++i) {
    const RoleId id = model.roles.IdAt(i);
    if (ways.count(id) != 0) continue;
    std::vector<EntitlementId> granted;
    for (const model::Grant& grant : model.roles[id].grants) {
      if (!grant.entitlement.is_valid()) continue;
      granted.push_back(grant.entitlement);
      if (ways.count(id) != 0 || !Confers(conferring, {grant.entitlement}, duty)) continue;
      ways[id] = fmt::format("role {} by entitlement {}", model.roles[id].common.name,
                             model.entitlements[grant.entitlement].common.name);
    }
    const bool is_joint = ways.count(id) == 0 && granted.size() > 1 && Confers(conferring, granted, duty);
    if (is_joint) ways[id] = fmt::format("role {} by several entitlements together", model.roles[id].common.name);
  }
}

Ways WaysTo(const Model& model, EntitlementId entitlement) {
  Ways ways;
  for (size_t i = 0; i < model.roles.size(); ++i) {
    const RoleId id = model.roles.IdAt(i);
    for (const model::Grant& grant : model.roles[id].grants) {
      if (!grant.entitlement.is_valid() || !Confers(model, grant.entitlement, entitlement)) continue;
      std::string& way = ways[id];
      way += (way.empty() ? "role " + model.roles[id].common.name : " and") + Conditions(model, grant);
      if (grant.entitlement != entitlement) way += " by " + model.entitlements[grant.entitlement].common.name;
    }
  }
  AddIncluders(model, ways);
  return ways;
}

Ways WaysTo(const Model& model, model::DutyId duty) {
  Ways ways;
  for (size_t i = 0; i < model.roles.size(); ++i) {
    const RoleId id = model.roles.IdAt(i);
    for (const model::Grant& grant : model.roles[id].grants) {
      if (grant.duty != duty) continue;
      std::string& way = ways[id];
      way += (way.empty() ? "role " + model.roles[id].common.name : " and") + Conditions(model, grant);
    }
  }
  AddConferred(model, duty, ways);
  AddIncluders(model, ways);
  return ways;
}

// The entitlement by which the assignment gives what is asked for, or none.
EntitlementId GivenBy(const Model& model, const model::Assignment& assignment, model::DutyId duty) {
  const auto* entitlement = std::get_if<EntitlementId>(&assignment.target);
  return entitlement != nullptr && Confers(Conferring(model), {*entitlement}, duty) ? *entitlement : EntitlementId{};
}
EntitlementId GivenBy(const Model& model, const model::Assignment& assignment, EntitlementId wanted) {
  const auto* entitlement = std::get_if<EntitlementId>(&assignment.target);
  return entitlement != nullptr && Confers(model, *entitlement, wanted) ? *entitlement : EntitlementId{};
}
EntitlementId GivenBy(const Model&, const model::Assignment&, RoleId) { return {}; }

Ways WaysTo(const Model& model, RoleId role) {
  Ways ways{{role, "role " + model.roles[role].common.name}};
  AddIncluders(model, ways);
  return ways;
}

ActorId OwnerOf(const Model& model, const model::Assignment& assignment) {
  if (assignment.actor.is_valid()) return assignment.actor;
  for (size_t i = 0; i < model.actors.size(); ++i) {
    for (const model::Account& account : model.actors[model.actors.IdAt(i)].accounts) {
      const bool is_same = account.system == assignment.account_system &&
                           account.identifier == assignment.account_identifier;
      if (is_same) return model.actors.IdAt(i);
    }
  }
  return {};
}

std::string SubjectOf(const Model& model, const model::Assignment& assignment) {
  const ActorId owner = OwnerOf(model, assignment);
  if (!owner.is_valid()) {
    return fmt::format("account {}:{}, which nobody owns", model.systems[assignment.account_system].common.name,
                       assignment.account_identifier);
  }
  return Label(model.actors[owner].common);
}

// A team is followed by the people in it.
void AddHolder(const Model& model, const model::Assignment& assignment, const std::string& how,
               std::vector<std::string>& lines) {
  const std::string way = how + Conditions(model, assignment);
  lines.push_back(SubjectOf(model, assignment) + ": " + way);
  const ActorId owner = OwnerOf(model, assignment);
  if (!owner.is_valid()) return;
  std::vector<ActorId> teams{owner};
  for (size_t i = 0; i < teams.size(); ++i) {
    for (const ActorId member : model.actors[teams[i]].members) {
      if (std::find(teams.begin(), teams.end(), member) != teams.end()) continue;
      lines.push_back(fmt::format("{}: {}, in {}", Label(model.actors[member].common), way,
                                  model.actors[teams[i]].common.name));
      teams.push_back(member);
    }
  }
}

template <typename Id>
void AddHoldersOf(const Subject& subject, Id id, Page& page) {
  const Model& model = subject.model;
  const Ways ways = WaysTo(model, id);
  std::vector<std::string> granted, holders;
  for (const auto& [role, way] : ways) {
    if (!std::is_same_v<Id, RoleId>) granted.push_back(way);
  }
  page.Section("Held through", granted);
  if (!subject.is_about_policy) return;
  for (const model::Assignment& assignment : model.assignments) {
    if (const auto* target = std::get_if<Id>(&assignment.target); target != nullptr && *target == id) {
      const bool is_level = assignment.level.is_valid();
      AddHolder(model, assignment, is_level ? "at " + model.scale_members[assignment.level].common.name : "assigned", holders);
      continue;
    }
    if (const EntitlementId by = GivenBy(model, assignment, id); by.is_valid()) {
      AddHolder(model, assignment, "by entitlement " + model.entitlements[by].common.name, holders);
      continue;
    }
    const auto* role = std::get_if<RoleId>(&assignment.target);
    const auto way = role == nullptr ? ways.end() : ways.find(*role);
    if (way != ways.end()) AddHolder(model, assignment, way->second, holders);
  }
  if (holders.empty()) page.Line("\nHeld by nobody in this policy");
  page.Section("Held by", holders);
}

void AddHeldBy(const Model& model, ActorId actor, Page& page) {
  std::vector<std::string> lines;
  for (const model::Assignment& assignment : model.assignments) {
    if (OwnerOf(model, assignment) != actor) continue;
    std::string what;
    if (const auto* role = std::get_if<RoleId>(&assignment.target)) what = "role " + Label(model.roles[*role].common);
    if (const auto* duty = std::get_if<model::DutyId>(&assignment.target)) what = "duty " + Label(model.duties[*duty].common);
    if (const auto* entitlement = std::get_if<model::EntitlementId>(&assignment.target)) {
      what = "entitlement " + Label(model.entitlements[*entitlement].common);
    }
    lines.push_back(what + AtLevel(model, assignment.level) + Conditions(model, assignment));
  }
  page.Section("Holds", lines);
}

}  // namespace

void AddHolders(const Subject& subject, const Entity& entity, Page& page) {
  if (const auto* duty = std::get_if<model::DutyId>(&entity.id)) AddHoldersOf(subject, *duty, page);
  if (const auto* entitlement = std::get_if<EntitlementId>(&entity.id)) AddHoldersOf(subject, *entitlement, page);
  if (const auto* role = std::get_if<RoleId>(&entity.id)) AddHoldersOf(subject, *role, page);
  if (const auto* actor = std::get_if<ActorId>(&entity.id)) AddHeldBy(subject.model, *actor, page);
}

}  // namespace sodc::explain
