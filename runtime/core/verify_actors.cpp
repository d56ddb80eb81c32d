// Actors, accounts, teams, assignments, waivers and exemptions.
#include <algorithm>
#include <cstdint>

#include "runtime/core/verify_cycles.h"
#include "runtime/core/verify_meaning.h"

namespace sod::core {

using namespace format;  // NOLINT: every line here names records

Fault CheckActors(const Image& image) {
  uint32_t owned = 0;
  for (uint32_t row = 0; row < image.Actors().size(); ++row) {
    const ActorRecord& actor = image.Actors()[row];
    for (const AccountRecord& account :
         Slice(image.Accounts(), actor.accounts_first, actor.accounts_count)) {
      if (account.owner != row) return "an account is out of place";
    }
    owned += actor.accounts_count;
    if (actor.members_count != 0 && actor.kind != ActorKind::Team) {
      return "somebody who is no team has members";
    }
  }
  for (const AccountRecord& account : image.Accounts().subspan(owned)) {
    if (account.owner != kNone) return "an account is out of place";
  }
  for (const AccountRecord& account : image.Accounts().first(owned)) {
    if (account.users_count != 0) return "a shared account has an owner";
  }
  return nullptr;
}

Fault CheckTeamsAcyclic(const Image& image) {
  const bool has_cycle = HasCycle(
      static_cast<uint32_t>(image.Actors().size()),
      [&](uint32_t row) {
        const ActorRecord& actor = image.Actors()[row];
        return Slice(image.TeamMembers(), actor.members_first, actor.members_count);
      },
      [](const ActorRefRecord& edge) { return edge.actor; });
  return has_cycle ? "a team is a member of itself" : nullptr;
}

namespace {

template <typename Record>
bool HasOneTarget(const Record& record) {
  return (record.duty != kNone) + (record.role != kNone) + (record.entitlement != kNone) == 1;
}

}  // namespace

Fault CheckDelegations(const Image& image) {
  for (const DelegationRecord& delegation : image.Delegations()) {
    if (!HasOneTarget(delegation)) return "a delegation needs a duty, a role or an entitlement";
    if (!IsLevel(image, delegation.level)) return "a delegation has a level that does not exist";
    if (delegation.from > delegation.until) return "a delegation ends before it begins";
  }
  return nullptr;
}

namespace {

bool AreParties(std::span<const WaiverPartyRecord> parties) {
  for (const WaiverPartyRecord& party : parties) {
    if ((party.actor == kNone) == (party.role == kNone)) return false;
  }
  return true;
}

}  // namespace

// No waiver lasts for ever.
Fault CheckWaivers(const Image& image) {
  for (const WaiverRecord& waiver : image.Waivers()) {
    if (waiver.from >= waiver.until) return "a waiver ends before it begins";
    if (waiver.from == INT64_MIN || waiver.until == INT64_MAX) return "a waiver has no beginning or no end";
    if (waiver.parties_count == 0 || waiver.rules_count == 0) return "a waiver is for nobody or of no rule";
  }
  for (const WaiverMemberRecord& member : image.WaiverMembers()) {
    if (!HasOneTarget(member)) return "a waiver excuses a duty, a role or an entitlement";
  }
  return AreParties(image.WaiverParties()) ? nullptr : "a waiver is for an actor or a role";
}

// Nor does an exemption that nobody reviews.
Fault CheckExemptions(const Image& image) {
  for (const ExemptionRecord& exemption : image.Exemptions()) {
    if (exemption.until == INT64_MAX) return "an exemption is never reviewed";
    if (exemption.rules_count == 0) return "an exemption is of no rule";
    const bool is_for_somebody = exemption.parties_count != 0;
    if (is_for_somebody == (exemption.before != INT64_MIN)) return "an exemption is for somebody, or for what began before a day";
  }
  const bool are_sound = AreParties(image.ExemptionParties()) && AreParties(image.ExemptionApprovers());
  return are_sound ? nullptr : "an exemption is for an actor or a role";
}

Fault CheckApprovers(const Image& image) {
  uint32_t last = 0;
  for (const RuleApproverRecord& approver : image.RuleApprovers()) {
    if (approver.rule < last) return "who may approve conflicts is out of order";
    const uint32_t named = (approver.actor != kNone ? 1 : 0) + (approver.role != kNone ? 1 : 0) + approver.is_by_condition;
    if (named != 1) return "an actor, a role or people by a condition may approve a conflict";
    last = approver.rule;
  }
  return nullptr;
}

Fault CheckLosses(const Image& image) {
  int64_t last = -1;
  for (const RuleLossOfRuleRecord& lost : image.RuleLosses()) {
    if (int64_t{lost.rule} <= last) return "what violators lose is out of order";
    const RuleRecord& rule = image.Rules()[lost.rule];
    const bool is_own = lost.side >= rule.sides_first && lost.side - rule.sides_first < rule.sides_count;
    if (lost.loss == RuleLoss::SuspendSide ? !is_own : lost.side != kNone) return "what violators lose is a side of another rule";
    last = lost.rule;
  }
  return nullptr;
}

Fault CheckEnforcers(const Image& image) {
  uint32_t last = 0;
  std::vector<uint32_t> controls;
  for (const RuleEnforcerRecord& enforcer : image.RuleEnforcers()) {
    if (enforcer.rule < last) return "what enforces rules is out of order";
    if (enforcer.rule != last) controls.clear();
    if (std::ranges::find(controls, enforcer.control) != controls.end()) return "a control enforces a rule twice";
    if (image.Rules()[enforcer.rule].moment == Moment::Static) return "a rule for all times is enforced when something is done";
    controls.push_back(enforcer.control);
    last = enforcer.rule;
  }
  return nullptr;
}

Fault CheckActivations(const Image& image) {
  for (const ActivationRecord& activation : image.Activations()) {
    if (activation.from >= activation.until) return "the use of an emergency ends before it begins";
    for (const auto& holding : Slice(image.ActivationHoldings(), activation.holdings_first, activation.holdings_count)) {
      const AssignmentRecord& assignment = image.Assignments()[holding.assignment];
      const bool is_its_own = assignment.actor == activation.user && assignment.from == activation.from && assignment.until == activation.until;
      if (!is_its_own || assignment.state != HoldingState::Emergency) return "the use of an emergency gives something else";
    }
  }
  return nullptr;
}

Fault CheckAssignments(const Image& image) {
  for (const AssignmentRecord& assignment : image.Assignments()) {
    if ((assignment.actor == kNone) == (assignment.account == kNone)) {
      return "an assignment needs an actor or an account";
    }
    if (!HasOneTarget(assignment)) return "an assignment needs a duty, a role or an entitlement";
    if (!IsLevel(image, assignment.level)) return "an assignment has a level that does not exist";
    if (assignment.from > assignment.until) return "an assignment ends before it begins";
  }
  return nullptr;
}

}  // namespace sod::core
