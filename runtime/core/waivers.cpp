#include "runtime/core/waivers.h"

#include <algorithm>
#include <array>

#include "runtime/core/controls.h"
#include "runtime/core/judge.h"
#include "runtime/core/supply.h"

namespace sod::core {
namespace {

using format::WaiverRecord;

std::span<const format::WaiverPartyRecord> PartiesOf(const Image& image, const WaiverRecord& waiver) {
  return Slice(image.WaiverParties(), waiver.parties_first, waiver.parties_count);
}

bool IsBehind(const Image& image, uint32_t actor, uint32_t somebody) {
  const std::vector<uint32_t> reached = ActorsBehind(image, actor);
  return std::ranges::find(reached, somebody) != reached.end();
}

}  // namespace

bool IsNamedBy(const Image& image, uint32_t party, uint32_t actor) {
  if (party == actor) return true;
  return image.Actors()[party].kind == format::ActorKind::Team && IsBehind(image, party, actor);
}

bool GivesRole(const Image& image, const Holding& holding, uint32_t role) {
  const bool is_usable = holding.state != HoldingState::Requested && holding.state != HoldingState::Suspended;
  return holding.kind == HeldKind::Role && is_usable && Confers(image, holding) &&
         std::ranges::binary_search(RoleClosure(image, holding.target), role);
}

bool HoldsRole(const Image& image, const Subject& subject, uint32_t role, Instant at) {
  return std::ranges::any_of(subject.holdings, [&](const Holding& holding) {
    return IsHeldAt(holding, at) && GivesRole(image, holding, role);
  });
}

namespace {

bool MayBeFor(const Image& image, const Subject& subject, const WaiverRecord& waiver) {
  return std::ranges::any_of(PartiesOf(image, waiver), [&](const auto& party) {
    if (party.actor != kNone) return IsNamedBy(image, party.actor, subject.actor);
    return std::ranges::any_of(subject.holdings, [&](const Holding& holding) { return GivesRole(image, holding, party.role); });
  });
}

class JudgingWaiver {
 public:
  JudgingWaiver(const Image& image, const Subject& subject, const WaiverOfRule& waiver, const Watched& watched, Instant at,
                const Without& without)
      : image_(image), subject_(subject), record_(image.Waivers()[waiver.waiver]), named_(image.WaiverRules()[waiver.named]),
        watched_(watched), at_(at), without_(without) {
    judged_.waiver = waiver.waiver;
    judged_.name = {image.Text(record_.name), image.Text(record_.title)};
    judged_.requester = NamedActor(record_.requester);
    judged_.approver = NamedActor(record_.approver);
    judged_.from = record_.from;
    judged_.until = std::min(record_.until, record_.closed);
    judged_.reason = image.Text(record_.reason);
    judged_.ticket = image.Text(record_.ticket);
  }

  std::optional<JudgedWaiver> Run() {
    uint32_t late_role = kNone;
    if (!IsForSubject(late_role)) return std::nullopt;
    if (!IsOutOfTime()) {
      if (named_.breaks != 0) Reject(WaiverRejection::BreaksRule, image_.Text(named_.breaks));
      if (late_role != kNone) Reject(WaiverRejection::JoinedLater, image_.Text(image_.Roles()[late_role].title));
      TestApprover();
      TestControls();
    }
    return std::move(judged_);
  }

 private:
  void Reject(WaiverRejection reason, std::string_view what = {}) { judged_.because.push_back({reason, what}); }

  Named NamedActor(uint32_t actor) const {
    const format::ActorRecord& record = image_.Actors()[actor];
    return {image_.Text(record.name), image_.Text(record.title)};
  }

  // Who got a role after the waiver began was not looked at when it was approved (SEM-19).
  bool IsForSubject(uint32_t& late_role) const {
    bool is_late = false;
    for (const format::WaiverPartyRecord& party : PartiesOf(image_, record_)) {
      if (party.actor != kNone) {
        if (IsNamedBy(image_, party.actor, subject_.actor)) return true;
        continue;
      }
      if (!HoldsRole(image_, subject_, party.role, at_)) continue;
      if (at_ < record_.from || HoldsRole(image_, subject_, party.role, record_.from)) return true;
      is_late = true;
      late_role = party.role;
    }
    return is_late;
  }

  bool IsOutOfTime() {
    if (at_ < record_.from) {
      Reject(WaiverRejection::NotYetInForce);
    } else if (at_ >= record_.closed && record_.closed < record_.until) {
      Reject(WaiverRejection::Closed, image_.Text(record_.closed_because));
    } else if (at_ >= record_.until) {
      Reject(WaiverRejection::Expired);
    }
    return !judged_.because.empty();
  }

  // ---- The approver is another person than the beneficiary and the requester, and stands in for neither,
  // on the day asked about and on the first day of the waiver.

  void TestApprover() {
    switch (image_.Actors()[record_.approver].kind) {
      case format::ActorKind::Service:
      case format::ActorKind::Tool:
      case format::ActorKind::Agent: return Reject(WaiverRejection::ApproverIsMachine);
      default: break;
    }
    const Behind behind = WhoIsBehind(image_, watched_, record_.approver);
    if (!behind.has_others && !behind.has_watched) return Reject(WaiverRejection::ApproverVacant);
    const std::vector<uint32_t> approvers = ActorsBehind(image_, record_.approver);
    const bool is_beneficiary = std::ranges::find(approvers, subject_.actor) != approvers.end();
    if (is_beneficiary) Reject(WaiverRejection::ApproverIsBeneficiary);
    bool is_requester = false, stands_in = false;
    for (const uint32_t requester : ActorsBehind(image_, record_.requester)) {
      is_requester = is_requester || std::ranges::find(approvers, requester) != approvers.end();
      stands_in = stands_in || StandsInFor(requester);
    }
    if (is_requester) Reject(WaiverRejection::ApproverIsRequester);
    if (!is_beneficiary && StandsInFor(subject_.actor)) {
      Reject(WaiverRejection::ApproverStandsIn, image_.Text(image_.Actors()[subject_.actor].title));
    } else if (!is_requester && stands_in) {
      Reject(WaiverRejection::ApproverStandsIn, judged_.requester.title);
    }
  }

  bool StandsInFor(uint32_t actor) const {
    Subject somebody;
    somebody.actor = actor;
    const std::array days = {at_, record_.from};
    return std::ranges::any_of(days, [&](Instant day) {
      return WhoIsBehind(image_, Watched(image_, somebody, day), record_.approver).has_watched;
    });
  }

  void TestControls() {
    for (const auto& ref : Slice(image_.WaiverControls(), record_.controls_first, record_.controls_count)) {
      const JudgedControl control = JudgeControl(image_, ref.control, watched_, at_, without_);
      if (!control.counts()) Reject(WaiverRejection::ControlDoesNotCount, control.name.title);
    }
  }

  const Image& image_;
  const Subject& subject_;
  const WaiverRecord& record_;
  const format::WaiverRuleRecord& named_;
  const Watched& watched_;
  const Instant at_;
  const Without& without_;
  JudgedWaiver judged_;
};

}  // namespace

std::vector<WaiverOfRule> WaiversFor(const Image& image, const Subject& subject) {
  std::vector<WaiverOfRule> found;
  if (subject.actor == kNone) return found;
  for (uint32_t row = 0; row < image.Waivers().size(); ++row) {
    const WaiverRecord& waiver = image.Waivers()[row];
    if (!MayBeFor(image, subject, waiver)) continue;
    for (uint32_t named = waiver.rules_first; named < waiver.rules_first + waiver.rules_count; ++named) {
      found.push_back({image.WaiverRules()[named].rule, row, named});
    }
  }
  std::ranges::stable_sort(found, {}, &WaiverOfRule::rule);
  return found;
}

std::optional<JudgedWaiver> JudgeWaiver(const Image& image, const Subject& subject, const WaiverOfRule& waiver,
                                        const Watched& watched, Instant at, const Without& without) {
  return JudgingWaiver(image, subject, waiver, watched, at, without).Run();
}

}  // namespace sod::core
