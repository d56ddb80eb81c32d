#include "compiler/model/actor_holdings.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace sodc::model {
namespace {

using AccountKey = std::pair<uint32_t, std::string>;

uint32_t RankOf(const Model& model, ScaleMemberId level) {
  return level.is_valid() ? model.scale_members[level].rank : 0;
}

bool IsActing(const Model& model, ScaleMemberId capacity) {
  return !capacity.is_valid() || model.scale_members[capacity].is_acting;
}

bool DoBoxesMeet(const Model& model, const std::vector<ScopeNodeId>& a, const std::vector<ScopeNodeId>& b) {
  for (const ScopeNodeId left : a) {
    for (const ScopeNodeId right : b) {
      const ScopeNode &x = model.scope_nodes[left], &y = model.scope_nodes[right];
      if (x.dimension == y.dimension && (x.hi <= y.lo || y.hi <= x.lo)) return false;
    }
  }
  return true;
}

bool DoMeet(const Model& model, const Scope& a, const Scope& b) {
  if (a.boxes.empty() || b.boxes.empty()) return true;
  return std::any_of(a.boxes.begin(), a.boxes.end(), [&](const auto& left) {
    return std::any_of(b.boxes.begin(), b.boxes.end(), [&](const auto& right) { return DoBoxesMeet(model, left, right); });
  });
}

std::map<AccountKey, std::vector<ActorId>> UsersOfAccounts(const Model& model) {
  std::map<AccountKey, std::vector<ActorId>> users;
  for (size_t i = 0; i < model.actors.size(); ++i) {
    const ActorId id = model.actors.IdAt(i);
    for (const Account& account : model.actors[id].accounts) users[{account.system.index, account.identifier}].push_back(id);
  }
  return users;
}

}  // namespace

// One thing that an assignment or a delegation gives.
struct ActorHoldings::Given {
  const std::variant<DutyId, RoleId, EntitlementId>* target;
  ScaleMemberId level;
  const Scope* scope;
  Instant from, until;
};

ActorHoldings::ActorHoldings(const Model& model)
    : model_(model), conferring_(model), assignments_(model.actors.size()), delegations_(model.actors.size()), teams_(model.actors.size()) {
  const auto users = UsersOfAccounts(model);
  for (uint32_t row = 0; row < model.assignments.size(); ++row) {
    const Assignment& assignment = model.assignments[row];
    if (assignment.actor.is_valid()) {
      assignments_[assignment.actor.index].push_back(row);
      continue;
    }
    const auto found = users.find({assignment.account_system.index, assignment.account_identifier});
    if (found == users.end()) continue;
    for (const ActorId user : found->second) assignments_[user.index].push_back(row);
  }
  for (uint32_t row = 0; row < model.delegations.size(); ++row) delegations_[model.delegations[row].to.index].push_back(row);
  for (size_t i = 0; i < model.actors.size(); ++i) {
    for (const ActorId member : model.actors[model.actors.IdAt(i)].members) teams_[member.index].push_back(model.actors.IdAt(i));
  }
}

std::vector<ActorId> ActorHoldings::HoldersFor(ActorId actor) const {
  std::vector<ActorId> found = {actor};
  for (size_t i = 0; i < found.size(); ++i) {
    for (const std::vector<ActorId>* others : {&teams_[found[i].index], &model_.actors[found[i]].acts_as}) {
      for (const ActorId other : *others) {
        if (std::find(found.begin(), found.end(), other) == found.end()) found.push_back(other);
      }
    }
  }
  return found;
}

// What is requested or suspended cannot be used, and a role held in a capacity that does not act gives nothing.
std::vector<ActorHoldings::Given> ActorHoldings::AssignedTo(ActorId actor) const {
  std::vector<Given> given;
  for (const ActorId holder : HoldersFor(actor)) {
    for (const uint32_t row : assignments_[holder.index]) {
      const Assignment& assignment = model_.assignments[row];
      const bool is_usable = assignment.state != HoldingState::Requested && assignment.state != HoldingState::Suspended;
      if (!is_usable || !IsActing(model_, assignment.capacity)) continue;
      given.push_back({&assignment.target, assignment.level, &assignment.scope, assignment.from, assignment.until});
    }
  }
  return given;
}

bool ActorHoldings::IsAssigned(const Delegation& delegation) const {
  const std::vector<Given> given = AssignedTo(delegation.from);
  return std::any_of(given.begin(), given.end(), [&](const Given& one) { return Gives(one, delegation); }) ||
         ConferTogether(given, delegation);
}

std::vector<uint32_t> ActorHoldings::DelegatedBy(const Delegation& delegation) const {
  std::vector<uint32_t> rows;
  for (const ActorId holder : HoldersFor(delegation.from)) {
    for (const uint32_t row : delegations_[holder.index]) {
      const Delegation& other = model_.delegations[row];
      if (Gives({&other.target, other.level, &other.scope, other.valid_from, other.valid_until}, delegation)) rows.push_back(row);
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

bool ActorHoldings::HoldsSomething(ActorId actor) const {
  const std::vector<ActorId> holders = HoldersFor(actor);
  return std::any_of(holders.begin(), holders.end(), [&](ActorId holder) {
    return !assignments_[holder.index].empty() || !delegations_[holder.index].empty();
  });
}

bool ActorHoldings::HoldsRole(ActorId actor, RoleId role, Instant at) const {
  Delegation wanted;
  wanted.from = actor;
  wanted.target = role;
  wanted.valid_from = at;
  wanted.valid_until = at == kEndOfTime ? at : at + 1;
  return IsAssigned(wanted) || !DelegatedBy(wanted).empty();
}

bool ActorHoldings::IsPartOf(ActorId actor, ActorId team) const {
  std::vector<ActorId> reached = {actor};
  for (size_t i = 0; i < reached.size(); ++i) {
    if (reached[i] == team) return true;
    for (const ActorId outer : teams_[reached[i].index]) {
      if (std::find(reached.begin(), reached.end(), outer) == reached.end()) reached.push_back(outer);
    }
  }
  return false;
}

std::vector<RoleId> ActorHoldings::ClosureOf(RoleId role) const {
  std::vector<RoleId> roles = {role};
  for (size_t i = 0; i < roles.size(); ++i) {
    for (const RoleId included : model_.roles[roles[i]].includes) {
      if (std::find(roles.begin(), roles.end(), included) == roles.end()) roles.push_back(included);
    }
  }
  return roles;
}

// What it gives by itself; what several entitlements confer together is ConferTogether's.
bool ActorHoldings::Gives(const Given& given, const Delegation& wanted) const {
  if (given.from >= wanted.valid_until || wanted.valid_from >= given.until) return false;
  if (!DoMeet(model_, *given.scope, wanted.scope)) return false;
  if (const auto* role = std::get_if<RoleId>(given.target)) {
    const std::vector<RoleId> roles = ClosureOf(*role);
    return std::any_of(roles.begin(), roles.end(), [&](RoleId held) { return RoleGives(held, given, wanted); });
  }
  return *given.target == wanted.target && RankOf(model_, given.level) >= RankOf(model_, wanted.level);
}

bool ActorHoldings::RoleGives(RoleId role, const Given& given, const Delegation& wanted) const {
  if (const auto* wanted_role = std::get_if<RoleId>(&wanted.target)) return role == *wanted_role;
  const auto* duty = std::get_if<DutyId>(&wanted.target);
  for (const Grant& grant : model_.roles[role].grants) {
    if (duty == nullptr || grant.duty != *duty || grant.is_undecided || !IsActing(model_, grant.capacity)) continue;
    if (RankOf(model_, grant.level) < RankOf(model_, wanted.level)) continue;
    if (DoMeet(model_, grant.scope, wanted.scope) && DoMeet(model_, grant.scope, *given.scope)) return true;
  }
  return false;
}

void ActorHoldings::AddEntitlements(const Given& given, std::vector<Conferring::Node>& held) const {
  const auto add = [&](EntitlementId granted) {
    for (const EntitlementId id : model_.entitlements[granted].confers) held.push_back(conferring_.NodeOf(id));
    held.push_back(conferring_.NodeOf(granted));
  };
  if (const auto* entitlement = std::get_if<EntitlementId>(given.target)) return add(*entitlement);
  const auto* assigned = std::get_if<RoleId>(given.target);
  if (assigned == nullptr) return;
  for (const RoleId role : ClosureOf(*assigned)) {
    for (const Grant& grant : model_.roles[role].grants) {
      if (grant.entitlement.is_valid() && !grant.is_undecided) add(grant.entitlement);
    }
  }
}

bool ActorHoldings::ConferTogether(const std::vector<Given>& given, const Delegation& wanted) const {
  std::vector<Conferring::Node> held;
  for (const Given& one : given) {
    if (one.from < wanted.valid_until && wanted.valid_from < one.until) AddEntitlements(one, held);
  }
  if (held.empty() || std::holds_alternative<RoleId>(wanted.target)) return false;
  const auto* duty = std::get_if<DutyId>(&wanted.target);
  const Conferring::Node node =
      duty != nullptr ? conferring_.NodeOf(*duty) : conferring_.NodeOf(std::get<EntitlementId>(wanted.target));
  const std::vector<Conferring::Node> reached = conferring_.Reach(held);
  return std::find(reached.begin(), reached.end(), node) != reached.end();
}

}  // namespace sodc::model
