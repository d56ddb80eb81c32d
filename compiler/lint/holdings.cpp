// Findings about who holds what: actors that nobody answers for, cells that are not decided, and
// delegations of what the delegator does not have.
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

}  // namespace sodc::lint
