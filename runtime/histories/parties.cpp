// People behind actors, accounts and delegations.
#include "runtime/histories/parties.h"

#include <algorithm>

#include "runtime/core/subjects.h"
#include "runtime/core/supply.h"

namespace sod::histories {
namespace {

Party PartyOf(const core::Image& image, const std::vector<Entity>& entities) {
  Party party;
  for (const Entity& entity : entities) {
    party.is_anyone |= image.Actors()[entity.index].is_vacant != 0;  // a post that nobody has did nothing
    party.people.push_back(entity.index);
  }
  party.is_anyone |= party.people.empty();
  std::ranges::sort(party.people);
  const auto twice = std::ranges::unique(party.people);
  party.people.erase(twice.begin(), twice.end());
  return party;
}

// Whether the delegation gives the duty; an event that is no act asks for any.
bool Gives(const core::Image& image, const format::DelegationRecord& delegation, const HistoryEvent& event) {
  if (event.kind != EventKind::Act) return true;
  bool gives = false;
  core::ForEachDuty(image, core::HoldingOf(delegation), [&](const core::GivenDuty& given) { gives |= given.duty == event.row; });
  return gives;
}

}  // namespace

bool Party::Includes(uint32_t person) const { return is_anyone || (person != kNone && std::ranges::binary_search(people, person)); }

const Party& Parties::OfActor(uint32_t actor) {
  const auto found = actors_.find(actor);
  if (found != actors_.end()) return found->second;
  return actors_.emplace(actor, PartyOf(image_, MembersOf(table_, {table_.actor_kind(actor), actor}))).first->second;
}

const Party& Parties::OfAccount(uint32_t account) {
  const auto found = accounts_.find(account);
  if (found != accounts_.end()) return found->second;
  return accounts_.emplace(account, PartyOf(image_, HoldersOfAccount(table_, account))).first->second;
}

bool Parties::IsMachine(uint32_t actor) const {
  const format::ActorKind kind = image_.Actors()[actor].kind;
  return kind == format::ActorKind::Service || kind == format::ActorKind::Tool || kind == format::ActorKind::Agent;
}

bool Parties::IsAuthorised(const HistoryEvent& event, const Party& doer) const {
  if (event.actor != kNone && image_.Actors()[event.actor].acts_for_caller != 0) return true;
  return std::ranges::any_of(image_.Delegations(), [&](const format::DelegationRecord& delegation) {
    const bool is_theirs = delegation.delegator == event.on_behalf_of &&
                           (delegation.delegate == event.actor || (doer.is_certain() && delegation.delegate == doer.people[0]));
    return is_theirs && event.at >= delegation.from && event.at < delegation.until && Gives(image_, delegation, event);
  });
}

bool Parties::StandsIn(uint32_t a, uint32_t b, Instant at) const {
  return std::ranges::any_of(image_.Delegations(), [&](const format::DelegationRecord& delegation) {
    const bool is_between = (delegation.delegator == a && delegation.delegate == b) || (delegation.delegator == b && delegation.delegate == a);
    return is_between && at >= delegation.from && at < delegation.until;
  });
}

std::vector<Party> Parties::Of(const HistoryEvent& event, std::string& ignored) {
  Party doer;
  if (event.actor != kNone) doer = OfActor(event.actor);
  else if (event.account != kNone) doer = OfAccount(event.account);
  else doer.is_anyone = true;
  if (event.has_unknown_principal) ignored = "it is said to be on behalf of somebody whom the policy does not know";
  if (event.on_behalf_of == kNone) return {doer};
  if (!IsAuthorised(event, doer)) {
    ignored = "nothing lets it be on behalf of " + std::string(table_.actor(event.on_behalf_of).title);
    return {doer};
  }
  const Party principal = OfActor(event.on_behalf_of);
  const bool is_for_caller = event.actor != kNone && image_.Actors()[event.actor].acts_for_caller != 0;
  if (is_for_caller) return {principal};
  if (doer.is_certain() && principal.is_certain() && doer.people == principal.people) return {doer};
  return {doer, principal};
}

std::string Parties::NameOf(const HistoryEvent& event) const {
  if (event.actor != kNone) return std::string(table_.actor(event.actor).title);
  if (event.account != kNone) return "the account " + core::AccountId(image_, event.account);
  return "somebody unknown";
}

}  // namespace sod::histories

namespace sod {

std::string AccountName(const Table& table, uint32_t account) { return core::AccountId(table.image(), account); }

}  // namespace sod
