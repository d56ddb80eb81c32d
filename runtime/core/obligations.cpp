#include "runtime/core/obligations.h"

#include <algorithm>
#include <tuple>

#include "runtime/core/amendments.h"
#include "runtime/core/enforcers.h"

namespace sod::core {
namespace {

class Obliging {
 public:
  Obliging(const Image& image, const Subject& subject, Conflict& conflict)
      : image_(image), subject_(subject), rule_(RuleAt(image, conflict.rule, conflict.judged_at)), conflict_(conflict) {}

  void Run() {
    if (conflict_.disposition == Verdict::NeedsApproval) AddApproval();
    if (rule_.moment != format::Moment::Static && conflict_.disposition != Verdict::Denied) AddEnforcement();
    for (const JudgedWaiver& waiver : conflict_.waivers) {
      if (waiver.is_used) AddReview(waiver);
    }
    for (const JudgedControl& control : conflict_.controls) {
      if (control.counts()) AddEvidence(control.control);
    }
  }

 private:
  template <typename Record>
  Named NameOf(const Record& record) const {
    return {image_.Text(record.name), image_.Text(record.title)};
  }

  // By kind, then by day, the order of those that are due on one day kept.
  Obligation& Add(ObligationKind kind, Named what, Instant by) {
    auto& all = conflict_.obligations;
    const auto is_later = [&](const Obligation& one) { return std::tuple(one.kind, one.by) > std::tuple(kind, by); };
    return *all.insert(std::ranges::find_if(all, is_later), Obligation{kind, what, {}, false, by});
  }

  void AddActor(Obligation& one, uint32_t actor) const {
    if (actor != format::kNone) one.who.push_back(NameOf(image_.Actors()[actor]));
  }

  // Nobody approves what is theirs. Where nobody is named, whoever answers for the rule, or for the policy.
  void AddApproval() {
    Obligation& one = Add(ObligationKind::ObtainApproval, NameOf(rule_), kEndOfTime);
    for (const format::RuleApproverRecord& named : std::ranges::equal_range(image_.RuleApprovers(), conflict_.rule, {}, &format::RuleApproverRecord::rule)) {
      if (named.role != format::kNone) one.who.push_back(NameOf(image_.Roles()[named.role]));
      if (named.actor != subject_.actor) AddActor(one, named.actor);
      one.has_others |= named.is_by_condition != 0;
    }
    for (const uint32_t owner : {rule_.owner, image_.meta().owner}) {
      if (one.who.empty() && !one.has_others && owner != subject_.actor) AddActor(one, owner);
    }
  }

  // By whatever guards it and counts; else whoever answers for the rule has to see to it.
  void AddEnforcement() {
    for (const format::RuleEnforcerRecord& enforcer : EnforcersOf(image_, conflict_.rule)) {
      const auto judged = std::ranges::find(conflict_.controls, enforcer.control, &JudgedControl::control);
      if (judged == conflict_.controls.end() || !judged->counts()) continue;
      const format::ControlRecord& control = image_.Controls()[enforcer.control];
      Obligation& one = Add(ObligationKind::EnforceAtAct, NameOf(control), kEndOfTime);
      for (const auto& ref : Slice(image_.ControlPerformers(), control.performers_first, control.performers_count)) AddActor(one, ref.actor);
      if (one.who.empty()) AddActor(one, control.owner);
    }
    const bool is_guarded = std::ranges::any_of(conflict_.obligations, [](const Obligation& one) { return one.kind == ObligationKind::EnforceAtAct; });
    if (is_guarded) return;
    Obligation& one = Add(ObligationKind::EnforceAtAct, NameOf(rule_), kEndOfTime);
    AddActor(one, rule_.owner != format::kNone ? rule_.owner : image_.meta().owner);
  }

  void AddReview(const JudgedWaiver& waiver) {
    switch (waiver.kind) {
      case ExcuseKind::Waiver: return AddReviewOfWaiver(waiver);
      case ExcuseKind::Exemption:
      case ExcuseKind::Grandfathering: {
        Obligation& one = Add(ObligationKind::ReviewBy, waiver.name, waiver.until);
        AddActor(one, image_.Exemptions()[waiver.waiver].owner);
        if (one.who.empty() && !waiver.approver.name.empty()) one.who.push_back(waiver.approver);
        return;
      }
      case ExcuseKind::Emergency: break;
    }
    const format::ActivationRecord& activation = image_.Activations()[waiver.waiver];
    const bool is_open = activation.review_due != kEndOfTime && conflict_.judged_at < activation.reviewed;
    if (is_open) AddActor(Add(ObligationKind::ReviewBy, waiver.name, activation.review_due), activation.reviewer);
  }

  void AddReviewOfWaiver(const JudgedWaiver& waiver) {
    const format::WaiverRecord& record = image_.Waivers()[waiver.waiver];
    const bool is_reviewed = record.next != kBeginningOfTime && record.next < waiver.until;
    if (is_reviewed) AddActor(Add(ObligationKind::ReviewBy, waiver.name, record.next), record.owner != format::kNone ? record.owner : record.approver);
    for (const auto& ref : Slice(image_.WaiverControls(), record.controls_first, record.controls_count)) AddEvidence(ref.control);
  }

  // Until when the records at hand prove the control without a gap.
  static Instant ProvedUntil(std::span<const format::EvidenceItemRecord> records, Instant at) {
    Instant until = at;
    for (bool is_longer = true; is_longer;) {
      is_longer = false;
      for (const format::EvidenceItemRecord& record : records) {
        if (record.from > until || record.until <= until) continue;
        until = record.until;
        is_longer = true;
      }
    }
    return until;
  }

  void AddEvidence(uint32_t row) {
    const format::ControlRecord& control = image_.Controls()[row];
    const Instant until = ProvedUntil(Slice(image_.Evidence(), control.evidence_first, control.evidence_count), conflict_.judged_at);
    if (until == kEndOfTime || until >= control.valid_until) return;
    const Named name = NameOf(control);
    const bool is_known = std::ranges::any_of(conflict_.obligations, [&](const Obligation& one) {
      return one.kind == ObligationKind::ProvideEvidenceBy && one.what.name == name.name;
    });
    if (is_known) return;
    Obligation& one = Add(ObligationKind::ProvideEvidenceBy, name, until);
    for (const auto& ref : Slice(image_.ControlPerformers(), control.performers_first, control.performers_count)) AddActor(one, ref.actor);
    if (one.who.empty()) AddActor(one, control.owner);
  }

  const Image& image_;
  const Subject& subject_;
  const format::RuleRecord rule_;
  Conflict& conflict_;
};

}  // namespace

void AddObligations(const Image& image, const Subject& subject, Conflict& conflict) { Obliging(image, subject, conflict).Run(); }

}  // namespace sod::core
