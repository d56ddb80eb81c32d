// Findings about who holds what: actors that nobody answers for, cells that are not decided, and
// delegations of what the delegator does not have.
#include <algorithm>
#include <string>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/model/actor_holdings.h"

namespace sodc::lint {
namespace {

using model::ActorKind;
using model::Model;

std::string_view NounOf(ActorKind kind) {
  switch (kind) {
    case ActorKind::Service: return "service";
    case ActorKind::Tool: return "tool";
    case ActorKind::Agent: return "agent";
    case ActorKind::Person:
    case ActorKind::Team:
    case ActorKind::External: break;
  }
  return "";
}

std::string NameOf(const Model& model, const std::variant<model::DutyId, model::RoleId, model::EntitlementId>& target) {
  if (const auto* duty = std::get_if<model::DutyId>(&target)) return model.duties[*duty].common.name;
  if (const auto* role = std::get_if<model::RoleId>(&target)) return model.roles[*role].common.name;
  return model.entitlements[std::get<model::EntitlementId>(target)].common.name;
}

}  // namespace

// Who controls or operates it has none of its holdings, and so nobody's answer speaks of them.
void FindHoldersWithoutOwner(const Model& model, Sink& sink) {
  std::vector<bool> is_used(model.actors.size());
  for (const model::Actor& actor : model.actors) {
    for (const model::ActorId other : actor.acts_as) is_used[other.index] = true;
  }
  const model::ActorHoldings holdings(model);
  for (size_t i = 0; i < model.actors.size(); ++i) {
    const model::Actor& actor = model.actors[model.actors.IdAt(i)];
    if (is_used[i] || NounOf(actor.kind).empty() || !holdings.HoldsSomething(model.actors.IdAt(i))) continue;
    Diagnose<DiagKind::HolderWithoutOwner>(actor.common.span, NounOf(actor.kind), actor.common.name)
        .Help("it is judged alone; write `acts as " + actor.common.name + "` at whoever can make it act")
        .To(sink);
  }
}

void FindUndecidedGrants(const Model& model, Sink& sink) {
  for (const model::Role& role : model.roles) {
    for (const model::Grant& grant : role.grants) {
      if (!grant.is_undecided || !role.common.is_own) continue;
      const std::string& name = grant.duty.is_valid() ? model.duties[grant.duty].common.name
                                                      : model.entitlements[grant.entitlement].common.name;
      Diagnose<DiagKind::GrantNotDecided>(grant.span, role.common.name, name, grant.undecided)
          .Help("rules that need it cannot be judged for who holds the role; decide it: grant it, or leave it out")
          .To(sink);
    }
  }
}

// Where nobody is assigned anything, holdings come from elsewhere.
void FindDelegationsOfNothing(const Model& model, Sink& sink) {
  if (model.delegations.empty() || model.assignments.empty()) return;
  const model::ActorHoldings holdings(model);
  for (const model::Delegation& delegation : model.delegations) {
    if (holdings.IsAssigned(delegation) || !holdings.DelegatedBy(delegation).empty()) continue;
    const std::string& from = model.actors[delegation.from].common.name;
    Diagnose<DiagKind::DelegatedNotHeld>(delegation.span, from, NameOf(model, delegation.target), from)
        .Help("assign it at this level, in these places and at this time to who delegates it; until then it counts for the delegate alone")
        .To(sink);
  }
}

namespace {

// The delegations along which one is given back to its own delegator, itself first; empty: it is not.
// The walk is in breadth, so the shortest way is found.
std::vector<uint32_t> CircleFrom(uint32_t row, const std::vector<std::vector<uint32_t>>& given_by) {
  constexpr uint32_t kUnseen = UINT32_MAX;
  std::vector<uint32_t> next(given_by.size(), kUnseen);  // towards `row`
  std::vector<uint32_t> seen = {row};
  for (size_t i = 0; i < seen.size(); ++i) {
    for (const uint32_t earlier : given_by[seen[i]]) {
      if (earlier == row) {
        std::vector<uint32_t> circle = {row};
        for (uint32_t at = seen[i]; at != row; at = next[at]) circle.push_back(at);
        return circle;
      }
      if (next[earlier] != kUnseen) continue;
      next[earlier] = seen[i];
      seen.push_back(earlier);
    }
  }
  return {};
}

}  // namespace

// Two who hold a duty may stand in for each other: a circle rests on itself where one does not.
void FindDelegationsInCircles(const Model& model, Sink& sink) {
  if (model.delegations.size() < 2) return;
  const model::ActorHoldings holdings(model);
  std::vector<std::vector<uint32_t>> given_by(model.delegations.size());
  std::vector<bool> is_assigned(model.delegations.size());
  for (size_t i = 0; i < given_by.size(); ++i) {
    given_by[i] = holdings.DelegatedBy(model.delegations[i]);
    is_assigned[i] = holdings.IsAssigned(model.delegations[i]);
  }
  std::vector<bool> is_told(model.delegations.size());
  for (uint32_t row = static_cast<uint32_t>(given_by.size()); row-- > 0;) {
    const std::vector<uint32_t> circle = is_told[row] ? std::vector<uint32_t>() : CircleFrom(row, given_by);
    const bool is_at_rest = std::ranges::all_of(circle, [&](uint32_t at) { return is_assigned[at]; });
    if (circle.empty() || is_at_rest) continue;
    const model::Delegation& last = model.delegations[row];
    std::string way = "`" + model.actors[last.from].common.name + "`";
    for (const uint32_t at : circle) {
      is_told[at] = true;
      way += " to `" + model.actors[model.delegations[at].to].common.name + "`";
    }
    Diagnose<DiagKind::DelegatedInCircle>(last.span, NameOf(model, last.target), way)
        .Label(model.delegations[circle.back()].span, "it comes from here")
        .Help("remove the delegation that gives it back, or assign it to who holds it of their own")
        .To(sink);
  }
}

}  // namespace sodc::lint
