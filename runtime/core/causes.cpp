#include "runtime/core/causes.h"

#include <algorithm>
#include <utility>

namespace sod::core {
namespace {

class Finding {
 public:
  Finding(const Image& image, const Subject& subject, Instant at) : image_(image), subject_(subject), at_(at) {}

  std::vector<Cause> Take() { return std::move(causes_); }
  bool is_empty() const { return causes_.empty(); }

  // ---- The rule

  void AddRule(uint32_t row) {
    const format::RuleRecord& rule = image_.Rules()[row];
    AddEnds(CauseKind::Rule, row, rule.valid_from, rule.valid_until);
    AddEnds(CauseKind::DisabledRule, row, kBeginningOfTime, rule.disabled_until);
    for (const format::RuleAmendmentRecord& amendment : image_.RuleAmendments()) {
      if (amendment.rule == row) AddEnds(CauseKind::AmendedRule, row, kBeginningOfTime, amendment.until);
    }
  }

  // What its conditions read: who it is said of is the subject.
  void AddConditions(uint32_t rule, const FactSteps* facts) {
    for (const uint32_t row : SourcesChangedAt(image_, rule, subject_.actor, facts, at_)) {
      Cause* cause = Add(CauseKind::Condition, row, true);
      if (cause == nullptr) continue;
      const format::GuardSourceRecord& source = image_.GuardSources()[row];
      cause->what = {image_.Text(source.name), image_.Text(source.title)};
      if (source.reads == format::GuardReads::Holder && subject_.actor != kNone) cause->who = NameOf(image_.Actors()[subject_.actor]);
      if (source.declaration != format::kNone) Place(*cause, image_.Provisions()[source.declaration]);
    }
  }

  // ---- What is held

  void AddHolding(uint32_t index) {
    const Holding& holding = subject_.holdings[index];
    if (holding.from != at_ && holding.until != at_) return;
    const bool begins = holding.from == at_;
    if (holding.delegation != kNone) return AddDelegation(holding.delegation, begins);
    Cause* cause = holding.assignment != kNone ? Add(CauseKind::Assignment, holding.assignment, begins) : Add(CauseKind::Holding, index, begins);
    if (cause == nullptr) return;
    cause->what = NameOfHeld(holding.kind, holding.target);
    if (holding.row < subject_.row_sources.size()) cause->who = {subject_.row_sources[holding.row], {}};
    if (holding.assignment == kNone) return;
    const format::AssignmentRecord& assignment = image_.Assignments()[holding.assignment];
    Place(*cause, assignment);
    if (assignment.actor != format::kNone) {
      cause->who = NameOf(image_.Actors()[assignment.actor]);
    } else if (assignment.account != format::kNone) {
      const std::string_view account = image_.Text(image_.Accounts()[assignment.account].identifier);
      cause->who = {account, account};
    }
  }

  void AddHoldings() {
    for (uint32_t i = 0; i < subject_.holdings.size(); ++i) AddHolding(i);
  }

  void AddSuppliers(const Standing* standing) {
    if (standing == nullptr) return;
    for (const auto& [element, held] : standing->hit->elements) {
      for (const Supplier& supplier : held.suppliers) AddHolding(supplier.holding);
    }
  }

  // ---- Delegations by these; by anybody without a list

  void AddDelegations(std::span<const uint32_t> delegators) {
    for (uint32_t row = 0; row < image_.Delegations().size(); ++row) {
      const format::DelegationRecord& delegation = image_.Delegations()[row];
      if (!delegators.empty() && std::ranges::find(delegators, delegation.delegator) == delegators.end()) continue;
      if (delegation.from == at_ || delegation.until == at_) AddDelegation(row, delegation.from == at_);
    }
  }

  // ---- Controls and what excuses

  void AddControl(const JudgedControl& control, bool begins) {
    const size_t before = causes_.size();
    const format::ControlRecord& record = image_.Controls()[control.control];
    AddOne(CauseKind::Control, control.control, record.valid_from, record.valid_until, begins);
    AddRecords(CauseKind::Evidence, control.control, Slice(image_.Evidence(), record.evidence_first, record.evidence_count), begins);
    AddRecords(CauseKind::Immutability, control.control,
               Slice(image_.ControlImmutables(), record.immutable_against_first, record.immutable_against_count), begins);
    for (const format::SystemRecord& system : image_.Systems()) {
      const bool rests_on = std::ranges::any_of(control.domains, [&](const FailureDomain& domain) {
        return domain.kind == "system" && domain.id == image_.Text(system.name);
      });
      if (rests_on) {
        AddRecords(CauseKind::Immutability, control.control,
                   Slice(image_.SystemImmutables(), system.immutable_against_first, system.immutable_against_count), begins);
      }
    }
    // Who is the watched person, or what that person holds, may have changed instead.
    if (causes_.size() == before) AddDelegations({{subject_.actor}});
    if (causes_.size() == before) AddHoldings();
  }

  // Of an excuse that neither begins nor ends itself: who stands in for somebody, who has the role it is for, and of what
  // takes part in the conflict, when that is asked.
  void AddExcuse(const JudgedWaiver& judged, bool begins, const Standing& standing) {
    const size_t before = causes_.size();
    std::vector<uint32_t> delegators = {subject_.actor};
    std::span<const format::WaiverPartyRecord> parties;
    switch (judged.kind) {
      case ExcuseKind::Waiver: {
        const format::WaiverRecord& waiver = image_.Waivers()[judged.waiver];
        AddWaiver(judged.waiver, begins);
        const std::vector<uint32_t> requesters = ActorsBehind(image_, waiver.requester);
        delegators.insert(delegators.end(), requesters.begin(), requesters.end());
        parties = Slice(image_.WaiverParties(), waiver.parties_first, waiver.parties_count);
        break;
      }
      case ExcuseKind::Exemption:
      case ExcuseKind::Grandfathering: {
        const format::ExemptionRecord& exemption = image_.Exemptions()[judged.waiver];
        AddOne(CauseKind::Exemption, judged.waiver, kBeginningOfTime, exemption.until, begins);
        parties = Slice(image_.ExemptionParties(), exemption.parties_first, exemption.parties_count);
        break;
      }
      case ExcuseKind::Emergency: {
        const format::ActivationRecord& activation = image_.Activations()[judged.waiver];
        AddOne(CauseKind::EmergencyReview, judged.waiver, activation.reviewed, activation.review_due, begins);
        break;
      }
    }
    if (causes_.size() != before) return;
    AddDelegations(delegators);
    for (uint32_t i = 0; i < subject_.holdings.size(); ++i) {
      const bool has_role = std::ranges::any_of(parties, [&](const format::WaiverPartyRecord& party) {
        return party.role != kNone && GivesRole(image_, subject_.holdings[i], party.role);
      });
      if (has_role) AddHolding(i);
    }
    if (judged.kind != ExcuseKind::Waiver) AddSuppliers(&standing);
  }

 private:
  template <typename Record>
  Named NameOf(const Record& record) const {
    return {image_.Text(record.name), image_.Text(record.title)};
  }
  Named NameOfHeld(HeldKind kind, uint32_t row) const {
    switch (kind) {
      case HeldKind::Duty: return NameOf(image_.Duties()[row]);
      case HeldKind::Role: return NameOf(image_.Roles()[row]);
      case HeldKind::Entitlement: return NameOf(image_.Entitlements()[row]);
    }
    return {};
  }

  template <typename Record>
  void Place(Cause& cause, const Record& record) const {
    cause.file = image_.Text(image_.Sources()[record.place_file].path);
    cause.line = record.place_line;
    cause.column = record.place_column;
  }

  // Null when it is there already.
  Cause* Add(CauseKind kind, uint32_t row, bool begins) {
    const auto is_same = [&](const Cause& one) { return one.kind == kind && one.row == row && one.begins == begins; };
    if (std::ranges::any_of(causes_, is_same)) return nullptr;
    Cause& cause = causes_.emplace_back();
    cause.kind = kind;
    cause.row = row;
    cause.begins = begins;
    return &cause;
  }

  void AddDelegation(uint32_t row, bool begins) {
    const format::DelegationRecord& delegation = image_.Delegations()[row];
    Cause* cause = Add(CauseKind::Delegation, row, begins);
    if (cause == nullptr) return;
    const bool is_duty = delegation.duty != format::kNone, is_role = delegation.role != format::kNone;
    cause->what = is_duty   ? NameOfHeld(HeldKind::Duty, delegation.duty)
                  : is_role ? NameOfHeld(HeldKind::Role, delegation.role)
                            : NameOfHeld(HeldKind::Entitlement, delegation.entitlement);
    cause->who = NameOf(image_.Actors()[delegation.delegator]);
    Place(*cause, delegation);
  }

  void AddWaiver(uint32_t row, bool begins) {
    const format::WaiverRecord& waiver = image_.Waivers()[row];
    AddOne(CauseKind::Waiver, row, waiver.from, std::min(waiver.until, waiver.closed), begins);
    for (const auto& ref : Slice(image_.WaiverControls(), waiver.controls_first, waiver.controls_count)) {
      const format::ControlRecord& record = image_.Controls()[ref.control];
      AddOne(CauseKind::Control, ref.control, record.valid_from, record.valid_until, begins);
      AddRecords(CauseKind::Evidence, ref.control, Slice(image_.Evidence(), record.evidence_first, record.evidence_count), begins);
    }
  }

  void AddOne(CauseKind kind, uint32_t row, Instant from, Instant until, bool begins) {
    if ((begins ? from : until) == at_) AddNamed(kind, row, begins);
  }
  void AddEnds(CauseKind kind, uint32_t row, Instant from, Instant until) {
    AddOne(kind, row, from, until, true);
    AddOne(kind, row, from, until, false);
  }
  template <typename Record>
  void AddRecords(CauseKind kind, uint32_t control, std::span<const Record> records, bool begins) {
    for (const Record& record : records) AddOne(kind, control, record.from, record.until, begins);
  }

  void AddNamed(CauseKind kind, uint32_t row, bool begins) {
    Cause* cause = Add(kind, row, begins);
    if (cause == nullptr) return;
    const auto fill = [&](const auto& record) {
      cause->what = NameOf(record);
      Place(*cause, record);
    };
    switch (kind) {
      case CauseKind::Rule:
      case CauseKind::DisabledRule:
      case CauseKind::AmendedRule: {
        const format::RuleRecord& rule = image_.Rules()[row];
        cause->what = NameOf(rule);
        if (rule.places_count != 0) Place(*cause, image_.RulePlaces()[rule.places_first]);
        return;
      }
      case CauseKind::Control:
      case CauseKind::Evidence:
      case CauseKind::Immutability: return fill(image_.Controls()[row]);
      case CauseKind::Waiver: return fill(image_.Waivers()[row]);
      case CauseKind::Exemption: return fill(image_.Exemptions()[row]);
      case CauseKind::EmergencyReview: return fill(image_.Activations()[row]);
      case CauseKind::Assignment:
      case CauseKind::Delegation:
      case CauseKind::Condition:
      case CauseKind::Holding: return;  // added with what is held, and what conditions read
    }
  }

  const Image& image_;
  const Subject& subject_;
  const Instant at_;
  std::vector<Cause> causes_;
};

bool Counts(const ConflictRisk& risk, uint32_t control) {
  return std::ranges::any_of(risk.controls, [&](const JudgedControl& one) { return one.control == control && one.counts(); });
}
bool Excuses(const ConflictRisk& risk, const JudgedWaiver& waiver) {
  return std::ranges::any_of(risk.waivers, [&](const JudgedWaiver& one) {
    return one.kind == waiver.kind && one.waiver == waiver.waiver && one.excuses();
  });
}
bool IsListed(const ConflictRisk& risk, uint32_t control) {
  return std::ranges::find(risk.controls, control, &JudgedControl::control) != risk.controls.end();
}

// What is sufficient in `one` and not in `other`: it begins, or ends, to be so. What would excuse and is not needed
// makes no difference.
void AddFlips(const Standing& one, const Standing& other, bool begins, Finding& finding) {
  for (const JudgedControl& control : one.risk.controls) {
    if (!control.counts() || Counts(other.risk, control.control)) continue;
    if (IsListed(other.risk, control.control)) {
      finding.AddControl(control, begins);
      continue;
    }
    // A role lists it, and covers the conflict on one side only: it comes or goes, or another way does.
    finding.AddSuppliers(&one);
    finding.AddSuppliers(&other);
  }
  for (const JudgedWaiver& waiver : one.risk.waivers) {
    if (waiver.is_used && !Excuses(other.risk, waiver)) finding.AddExcuse(waiver, begins, one);
  }
}

// Whether a condition of the rule comes to something else than just before: whether it applies, its mode, what it requires.
bool HasOtherConditions(const Image& image, const Subject& subject, uint32_t rule, const Standing* before, const Standing* after, Instant at) {
  if (image.RuleConditions().empty()) return false;
  if (before == nullptr || after == nullptr) {
    return AppliesTo(image, rule, {.at = at - 1, .holder = subject.actor}) != AppliesTo(image, rule, {.at = at, .holder = subject.actor});
  }
  const auto is_same = [](const Requirement& one, const Requirement& other) { return one.when.state == other.when.state; };
  return before->risk.mode != after->risk.mode || before->risk.applies.state != after->risk.applies.state ||
         !std::ranges::equal(before->risk.requirements, after->risk.requirements, is_same);
}

}  // namespace

std::vector<Cause> CausesOf(const Image& image, const Subject& subject, uint32_t rule, const Standing* before, const Standing* after,
                            const FactSteps* facts, Instant at) {
  Finding finding(image, subject, at);
  finding.AddRule(rule);
  if (HasOtherConditions(image, subject, rule, before, after, at)) finding.AddConditions(rule, facts);
  if (before == nullptr || after == nullptr) {
    finding.AddSuppliers(before == nullptr ? after : before);
  } else {
    AddFlips(*before, *after, /*begins=*/false, finding);
    AddFlips(*after, *before, /*begins=*/true, finding);
  }
  if (finding.is_empty()) finding.AddHoldings();
  if (finding.is_empty()) finding.AddDelegations({});
  return finding.Take();
}

std::vector<Cause> CausesInConditions(const Image& image, const Subject& subject, uint32_t rule, const FactSteps* facts, Instant at) {
  Finding finding(image, subject, at);
  finding.AddConditions(rule, facts);
  return finding.Take();
}

std::vector<Cause> CausesInHoldings(const Image& image, const Subject& subject, Instant at) {
  Finding finding(image, subject, at);
  finding.AddHoldings();
  return finding.Take();
}

}  // namespace sod::core
