// What is due: one pass over everything in a table that has a day.
#include "sod/due.h"

#include <algorithm>
#include <tuple>

#include "runtime/core/image.h"

namespace sod {
namespace {

using core::Image;
using core::Slice;

class Collecting {
 public:
  Collecting(const Table& table, Instant as_of, Instant until) : image_(table.image()), as_of_(as_of), until_(until) {}

  std::vector<DueItem> Run() {
    AddDeadlines();
    AddControls();
    AddWaivers();
    AddExemptions();
    AddActivations();
    AddRemediations();
    AddHeld();
    AddRules();
    std::ranges::stable_sort(items_, {}, [](const DueItem& item) { return std::tuple(item.at, item.kind); });
    return std::move(items_);
  }

 private:
  Named ActorName(uint32_t row) const {
    const format::ActorRecord& actor = image_.Actors()[row];
    return {image_.Text(actor.name), image_.Text(actor.title)};
  }

  template <typename Record>
  Named NameOf(const Record& record) const {
    return {image_.Text(record.name), image_.Text(record.title)};
  }

  // Within the days asked for; with `waits` also before them, as overdue.
  DueItem* Add(DueKind kind, Instant at, bool waits) {
    if (at == kEndOfTime || at == kBeginningOfTime || at > until_) return nullptr;
    if (at <= as_of_ && !waits) return nullptr;
    DueItem& item = items_.emplace_back();
    item.kind = kind;
    item.at = at;
    item.is_overdue = at <= as_of_;
    return &item;
  }

  template <typename Record>
  void Place(DueItem& item, const Record& record) const {
    item.file = image_.Text(image_.Sources()[record.place_file].path);
    item.line = record.place_line;
    item.column = record.place_column;
  }

  void AddPerson(DueItem& item, uint32_t actor) const {
    if (actor != format::kNone) item.people.push_back(ActorName(actor));
  }

  // What the policy itself does by a day. Whoever owns the policy answers for what names nobody.
  void AddDeadlines() {
    for (const format::DeadlineRecord& deadline : image_.Deadlines()) {
      DueItem* item = Add(deadline.kind == format::DeadlineKind::Review ? DueKind::PolicyReview : DueKind::PlanStep, deadline.at, true);
      if (item == nullptr) continue;
      item->what = NameOf(deadline);
      Place(*item, deadline);
      for (const auto& ref : Slice(image_.DeadlinePeople(), deadline.people_first, deadline.people_count)) AddPerson(*item, ref.actor);
      if (deadline.people_count == 0) AddPerson(*item, image_.meta().owner);
    }
  }

  void AddControls() {
    for (const format::ControlRecord& control : image_.Controls()) {
      const auto evidence = Slice(image_.Evidence(), control.evidence_first, control.evidence_count);
      Instant proved_until = kBeginningOfTime;
      for (const auto& record : evidence) {
        if (record.from <= until_) proved_until = std::max(proved_until, record.until);
      }
      // What is planned or failed proves nothing, and a control that is no longer in force needs no record.
      const bool is_there = control.status != format::ControlStatus::Planned && control.status != format::ControlStatus::Failed;
      const bool is_in_force = control.valid_from <= until_ && control.valid_until > as_of_;
      if (is_there && is_in_force) AddControl(DueKind::Evidence, proved_until, true, control);
      AddControl(DueKind::Control, control.valid_until, false, control);
    }
  }

  void AddControl(DueKind kind, Instant at, bool waits, const format::ControlRecord& control) {
    DueItem* item = Add(kind, at, waits);
    if (item == nullptr) return;
    item->what = NameOf(control);
    Place(*item, control);
    for (const auto& ref : Slice(image_.ControlPerformers(), control.performers_first, control.performers_count)) AddPerson(*item, ref.actor);
    if (item->people.empty()) AddPerson(*item, control.owner);
  }

  void AddWaivers() {
    for (const format::WaiverRecord& waiver : image_.Waivers()) {
      const bool is_closed = waiver.closed <= as_of_;
      if (is_closed) continue;
      AddWaiver(DueKind::Waiver, std::min(waiver.until, waiver.closed), false, waiver);
      if (waiver.next < waiver.until) AddWaiver(DueKind::WaiverReview, waiver.next, waiver.until > as_of_, waiver);
    }
  }

  void AddWaiver(DueKind kind, Instant at, bool waits, const format::WaiverRecord& waiver) {
    DueItem* item = Add(kind, at, waits);
    if (item == nullptr) return;
    item->what = NameOf(waiver);
    Place(*item, waiver);
    // Who looks at it again is not who asked for it; that it ends concerns whoever did.
    const uint32_t other = kind == DueKind::WaiverReview ? waiver.approver : waiver.requester;
    AddPerson(*item, waiver.owner != format::kNone ? waiver.owner : other);
  }

  void AddExemptions() {
    for (const format::ExemptionRecord& exemption : image_.Exemptions()) {
      DueItem* item = Add(DueKind::Exemption, exemption.until, true);
      if (item == nullptr) continue;
      item->what = NameOf(exemption);
      Place(*item, exemption);
      AddPerson(*item, exemption.owner);
    }
  }

  void AddActivations() {
    for (const format::ActivationRecord& activation : image_.Activations()) {
      if (activation.reviewed != kEndOfTime) continue;
      DueItem* item = Add(DueKind::EmergencyReview, activation.review_due, true);
      if (item == nullptr) continue;
      item->what = NameOf(activation);
      Place(*item, activation);
      AddPerson(*item, activation.reviewer);  // never the user, who may not
    }
  }

  // What is carried: `due`, unless `done` stands beside it.
  void AddRemediations() {
    for (const format::ProvisionRecord& provision : image_.Provisions()) {
      if (image_.Text(provision.kind) != "remediation") continue;
      const auto attributes = Slice(image_.ProvisionAttributes(), provision.attributes_first, provision.attributes_count);
      const auto find = [&](std::string_view keyword) -> const format::ProvisionValueRecord* {
        for (const auto& attribute : attributes) {
          if (attribute.depth != 0 || image_.Text(attribute.keyword) != keyword || attribute.values_count == 0) continue;
          return &image_.ProvisionValues()[attribute.values_first];
        }
        return nullptr;
      };
      const format::ProvisionValueRecord* due = find("due");
      const format::ProvisionValueRecord* done = find("done");
      if (due == nullptr || (done != nullptr && done->number <= as_of_)) continue;
      DueItem* item = Add(DueKind::Remediation, due->number, true);
      if (item == nullptr) continue;
      item->what = NameOf(provision);
      Place(*item, provision);
      if (const format::ProvisionValueRecord* owner = find("owner"); owner != nullptr && IsActor(owner->referred)) AddPerson(*item, owner->index);
    }
  }

  static bool IsActor(format::NameKind kind) {
    switch (kind) {
      case format::NameKind::Person:
      case format::NameKind::Team:
      case format::NameKind::External:
      case format::NameKind::Service:
      case format::NameKind::Tool:
      case format::NameKind::Agent: return true;
      default: return false;
    }
  }

  template <typename Record>
  Named Held(const Record& record) const {
    if (record.duty != format::kNone) return NameOf(image_.Duties()[record.duty]);
    if (record.role != format::kNone) return NameOf(image_.Roles()[record.role]);
    return NameOf(image_.Entitlements()[record.entitlement]);
  }

  void AddHeld() {
    for (const format::AssignmentRecord& assignment : image_.Assignments()) {
      DueItem* item = Add(DueKind::Assignment, assignment.until, false);
      if (item == nullptr) continue;
      item->what = Held(assignment);
      Place(*item, assignment);
      if (assignment.actor != format::kNone) {
        AddPerson(*item, assignment.actor);
      } else {
        const std::string_view account = image_.Text(image_.Accounts()[assignment.account].identifier);
        item->people.push_back({account, account});
      }
    }
    for (const format::DelegationRecord& delegation : image_.Delegations()) {
      DueItem* item = Add(DueKind::Delegation, delegation.until, false);
      if (item == nullptr) continue;
      item->what = Held(delegation);
      Place(*item, delegation);
      AddPerson(*item, delegation.delegate);
    }
  }

  void AddRules() {
    for (const format::RuleRecord& rule : image_.Rules()) {
      if (DueItem* item = Add(DueKind::Rule, rule.valid_until, false)) {
        item->what = NameOf(rule);
        PlaceOfRule(*item, rule);
      }
      if (DueItem* item = Add(DueKind::DisabledRule, rule.disabled_until, false)) {
        item->what = NameOf(rule);
        PlaceOfRule(*item, rule);
      }
    }
    for (const format::RuleAmendmentRecord& amendment : image_.RuleAmendments()) {
      DueItem* item = Add(DueKind::AmendedRule, amendment.until, false);
      if (item == nullptr) continue;
      const format::RuleRecord& rule = image_.Rules()[amendment.rule];
      item->what = NameOf(rule);
      PlaceOfRule(*item, rule);
    }
  }

  void PlaceOfRule(DueItem& item, const format::RuleRecord& rule) const {
    if (rule.places_count == 0) return;
    Place(item, image_.RulePlaces()[rule.places_first]);
  }

  const Image& image_;
  const Instant as_of_;
  const Instant until_;
  std::vector<DueItem> items_;
};

}  // namespace

std::string_view SpellingOf(DueKind kind) {
  constexpr std::string_view kWords[] = {"policy_review", "evidence", "control", "waiver", "waiver_review", "exemption", "emergency_review",
                                         "remediation", "plan_step", "assignment", "delegation", "rule", "disabled_rule", "amended_rule"};
  return kWords[static_cast<size_t>(kind)];
}

std::vector<DueItem> WhatIsDue(const Table& table, Instant as_of, Instant until) { return Collecting(table, as_of, until).Run(); }

}  // namespace sod
