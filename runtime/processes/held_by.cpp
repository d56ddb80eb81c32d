#include "runtime/processes/held_by.h"

#include <algorithm>

#include "runtime/core/joint_duties.h"
#include "runtime/core/supply.h"
#include "runtime/processes/people.h"

namespace sod::processes {
namespace {

void AddOnce(std::vector<uint32_t>& all, uint32_t one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

// Undecided grants of entitlements may make up what several confer together.
bool MayConfer(const Image& image, const format::GrantRecord& grant, uint32_t duty, bool is_joint) {
  if (grant.duty == duty) return true;
  if (grant.entitlement == format::kNone) return false;
  const format::EntitlementRecord& entitlement = image.Entitlements()[grant.entitlement];
  const auto duties = core::Slice(image.EntitlementDuties(), entitlement.duties_first, entitlement.duties_count);
  return is_joint || std::ranges::find(duties, duty, &format::DutyRefRecord::duty) != duties.end();
}

}  // namespace

HeldByReader::HeldByReader(const Image& image, const HolderBound& bound, const std::map<uint32_t, uint32_t>& by_actor)
    : image_(image), bound_(bound), by_actor_(by_actor) {
  if (bound.is_role) return;
  is_joint_ = std::ranges::find(image.JointDuties(), bound.row, &format::JointDutyRecord::duty) != image.JointDuties().end();
  for (const format::GrantRecord& grant : image.Grants()) {
    if (grant.is_undecided != 0 && MayConfer(image, grant, bound.row, is_joint_)) undecided_roles_.push_back(grant.role);
  }
  std::ranges::sort(undecided_roles_);
}

bool HeldByReader::Reaches(uint32_t role, std::span<const uint32_t> roles, std::map<uint32_t, bool>& known) const {
  const auto [place, is_new] = known.try_emplace(role, false);
  if (is_new) {
    const std::vector<uint32_t> closure = core::RoleClosure(image_, role);
    place->second = std::ranges::any_of(closure, [&](uint32_t held) { return std::ranges::binary_search(roles, held); });
  }
  return place->second;
}

bool HeldByReader::IsUndecided(const Holding& holding) const {
  return holding.kind == HeldKind::Role && !undecided_roles_.empty() && Reaches(holding.target, undecided_roles_, is_undecided_);
}

bool HeldByReader::IsGiven(std::span<const Holding> holdings, Instant at) const {
  if (!bound_.is_role) return StepsHeld(image_, holdings, std::span(&bound_.row, 1), at) != 0;
  return std::ranges::any_of(holdings, [&](const Holding& holding) {
    return holding.kind == HeldKind::Role && core::CountsAt(image_, holding, at) && Reaches(holding.target, std::span(&bound_.row, 1), includes_);
  });
}

bool HeldByReader::MayGive(const Holding& holding) const {
  if (bound_.is_role) return holding.kind == HeldKind::Role && Reaches(holding.target, std::span(&bound_.row, 1), includes_);
  if (is_joint_ && holding.kind != HeldKind::Duty) return true;
  return IsUndecided(holding) || StepsOf(image_, holding, std::span(&bound_.row, 1)) != 0;
}

bool HeldByReader::MayHold(const Subject& subject, Instant at) const {
  return IsGiven(subject.holdings, at) ||
         std::ranges::any_of(subject.holdings, [&](const Holding& holding) { return core::CountsAt(image_, holding, at) && IsUndecided(holding); });
}

void HeldByReader::AddDelegation(const Holding& holding, bool is_certain, HeldBy& held) const {
  const uint32_t delegator = image_.Delegations()[holding.delegation].delegator;
  const auto person = by_actor_.find(delegator);
  if (person != by_actor_.end()) {
    (is_certain ? held.stands_in : held.may_stand_in) = true;
    AddOnce(is_certain ? held.delegators : held.may_delegate, person->second);
    return;
  }
  if (is_certain) held.is_for_others = true;
  else held.may_be_own = true;
}

// What no delegation gives alone, and several do together.
void HeldByReader::AddTogether(std::span<const Holding> delegated, Instant at, HeldBy& held) const {
  for (const core::JointDuty& joint : core::JointDutiesOf(image_, delegated, at)) {
    if (joint.duty != bound_.row) continue;
    for (const core::Supplier& supplier : joint.suppliers) AddDelegation(delegated[supplier.holding], /*is_certain=*/true, held);
  }
}

HeldBy HeldByReader::Of(const Subject& subject, Instant at) const {
  HeldBy held;
  std::vector<Holding> own, delegated;
  for (const Holding& holding : subject.holdings) {
    if (!core::CountsAt(image_, holding, at)) continue;
    // A post that nobody has is nobody, whom nobody stands in for.
    const bool is_own = holding.delegation == kNone || image_.Actors()[image_.Delegations()[holding.delegation].delegator].is_vacant != 0;
    (is_own ? own : delegated).push_back(holding);
    if (is_own) held.may_be_own |= IsUndecided(holding);
  }
  held.is_own = IsGiven(own, at);
  for (const Holding& holding : delegated) {
    if (IsGiven(std::span(&holding, 1), at)) AddDelegation(holding, /*is_certain=*/true, held);
    else if (IsUndecided(holding)) AddDelegation(holding, /*is_certain=*/false, held);
  }
  if (is_joint_ && !held.is_certain()) {
    if (IsGiven(delegated, at)) AddTogether(delegated, at, held);
    else held.is_own = IsGiven(subject.holdings, at);  // a part of their own, which nobody delegated
  }
  held.may_be_own |= held.is_own || MayHoldMore(subject);
  return held;
}

}  // namespace sod::processes
