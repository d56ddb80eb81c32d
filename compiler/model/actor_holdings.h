// What actors hold by the declarations of a policy: by their own assignments, those of their
// accounts, teams and of what they act as, and what is delegated to any of these (rulings SEM-22).
// Dates, places, levels and capacities are looked at; what a file of assignments adds is not known.
#ifndef SODC_MODEL_ACTOR_HOLDINGS_H_
#define SODC_MODEL_ACTOR_HOLDINGS_H_

#include <cstdint>
#include <vector>

#include "compiler/model/conferring.h"
#include "compiler/model/model.h"

namespace sodc::model {

// Refers to the model, which must not change. O(assignments + delegations + team members) to make.
class ActorHoldings {
 public:
  explicit ActorHoldings(const Model& model);

  // Whether the delegator holds what the delegation gives by assignment, somewhere in its places and
  // at some time of it.
  bool IsAssigned(const Delegation& delegation) const;
  // The delegations, rows in source order, that give it to the delegator, likewise.
  std::vector<uint32_t> DelegatedBy(const Delegation& delegation) const;
  // Whether the actor has an assignment or a delegation that gives something at some time.
  bool HoldsSomething(ActorId actor) const;
  // Whether the actor holds the role then, assigned or delegated, by inclusion or not.
  bool HoldsRole(ActorId actor, RoleId role, Instant at) const;
  // Whether the actor is the other one or, through any number of teams, in it.
  bool IsPartOf(ActorId actor, ActorId team) const;

 private:
  struct Given;

  std::vector<ActorId> HoldersFor(ActorId actor) const;
  std::vector<Given> AssignedTo(ActorId actor) const;
  bool Gives(const Given& given, const Delegation& wanted) const;
  bool RoleGives(RoleId role, const Given& given, const Delegation& wanted) const;
  bool ConferTogether(const std::vector<Given>& given, const Delegation& wanted) const;
  void AddEntitlements(const Given& given, std::vector<Conferring::Node>& held) const;
  std::vector<RoleId> ClosureOf(RoleId role) const;

  const Model& model_;
  const Conferring conferring_;
  std::vector<std::vector<uint32_t>> assignments_;  // by actor, its accounts' among them
  std::vector<std::vector<uint32_t>> delegations_;  // by delegate
  std::vector<std::vector<ActorId>> teams_;         // by member
};

}  // namespace sodc::model

#endif  // SODC_MODEL_ACTOR_HOLDINGS_H_
