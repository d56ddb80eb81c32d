// Approvals and quorums: distinct people for the places of an approval, by matching (second-ring E2).
#include <algorithm>
#include <functional>

#include "runtime/core/matching.h"
#include "runtime/core/supply.h"
#include "runtime/core/waivers.h"
#include "runtime/histories/processes.h"

namespace sod::histories {

bool Processes::IsJudged(const format::ActApprovalRecord& approval) const {
  if (approval.condition != kNone || approval.unjudged != 0) return false;
  uint32_t places = 0;
  for (const format::ActSlotRecord& slot : Slice(image_.ActSlots(), approval.slots_first, approval.slots_count)) {
    places += slot.people;
    for (const format::ActQualifierRecord& one : Slice(image_.ActQualifiers(), slot.qualifiers_first, slot.qualifiers_count)) {
      if (one.entitlement != kNone) return false;
    }
  }
  return places <= kMaxPlacesOfApproval;
}

int Processes::Qualifies(const format::ActSlotRecord& slot, uint32_t person, Instant at) {
  if (engine_.parties_.IsMachine(person) && slot.accepts_tools == 0) return 0;
  const Subject& subject = engine_.people_.Of(person);
  for (const format::ActQualifierRecord& one : Slice(image_.ActQualifiers(), slot.qualifiers_first, slot.qualifiers_count)) {
    if (one.actor == person) return 1;
    if (one.role != kNone && core::HoldsRole(image_, subject, one.role, at)) return 1;
    if (one.duty == kNone) continue;
    for (const Holding& holding : subject.holdings) {
      if (!core::IsUsableAt(image_, holding, at) || !core::Confers(image_, holding)) continue;
      bool gives = false;
      core::ForEachDuty(image_, holding, [&](const core::GivenDuty& given) {
        const uint32_t level = given.level == kNone ? image_.top_level() : given.level;
        gives |= given.duty == one.duty && level >= one.level;
      });
      if (gives) return 1;
    }
  }
  return 0;
}

int Processes::MayApprove(const format::ActApprovalRecord& approval, uint32_t object, uint32_t person, const Course& course) const {
  int may = 2;
  const auto is_one = [&](const Party& party, Instant at) {
    if (party.is_certain()) return party.people[0] == person || engine_.parties_.StandsIn(party.people[0], person, at) ? 0 : 2;
    return party.Includes(person) ? 1 : 2;
  };
  for (const format::ActExclusionRecord& barred : Slice(image_.ActExclusions(), approval.exclusions_first, approval.exclusions_count)) {
    for (const StepDone& done : course.done) {
      if (done.duty != barred.duty) continue;
      for (const Party& party : done.parties) may = std::min(may, is_one(party, done.at));
    }
    if (barred.relation == kNone) continue;
    bool is_stated = false;
    const auto relations = engine_.relations_of_.find(object);
    for (const uint32_t row : relations == engine_.relations_of_.end() ? std::vector<uint32_t>() : relations->second) {
      const HistoryEvent& event = engine_.history_.events[row];
      if (event.row != barred.relation) continue;
      is_stated = true;
      std::string ignored;
      if (event.is_nobody) continue;
      for (const Party& party : engine_.parties_.Of(event, ignored)) may = std::min(may, is_one(party, event.at == kBeginningOfTime ? engine_.horizon_ : event.at));
    }
    if (!is_stated) may = std::min(may, 1);
  }
  return may;
}

std::string Processes::SlotInWords(const format::ActSlotRecord& slot, uint32_t count) const {
  std::string words = std::to_string(count) + " of ";
  bool is_first = true;
  for (const format::ActQualifierRecord& one : Slice(image_.ActQualifiers(), slot.qualifiers_first, slot.qualifiers_count)) {
    if (!is_first) words += " or ";
    is_first = false;
    words += one.role != kNone ? table_.role(one.role).title : one.duty != kNone ? table_.duty(one.duty).title : table_.actor(one.actor).title;
  }
  return words;
}

namespace {

core::Matching Match(size_t candidates, size_t places, const core::Matching::Fits& fits) {
  core::Matching matching(places, fits);
  for (uint32_t candidate = 0; candidate < candidates; ++candidate) matching.Add(candidate);
  return matching;
}

}  // namespace

// Adds everybody who has not approved and still could; how many people could fill a place that is open.
uint32_t Processes::AddEligible(const format::ActApprovalRecord& approval, uint32_t object, const Course& course, Instant now,
                                const std::vector<const format::ActSlotRecord*>& places, const std::function<bool(size_t)>& is_filled,
                                std::vector<Candidate>& candidates) {
  uint32_t eligible = 0;
  for (uint32_t actor = 0; actor < image_.Actors().size(); ++actor) {
    const format::ActorRecord& record = image_.Actors()[actor];
    if (record.is_vacant != 0 || record.kind == format::ActorKind::Team || record.kind == format::ActorKind::External) continue;
    const bool has_approved = std::ranges::any_of(candidates, [&](const Candidate& one) { return std::ranges::find(one.people, actor) != one.people.end(); });
    if (has_approved || MayApprove(approval, object, actor, course) == 0) continue;
    uint32_t fits = 0, fits_open = 0;
    for (size_t place = 0; place < places.size(); ++place) {
      if (Qualifies(*places[place], actor, now) == 0) continue;
      fits |= 1u << place;
      if (!is_filled(place)) fits_open |= 1u << place;
    }
    if (fits == 0) continue;
    eligible += fits_open != 0 && record.kind == format::ActorKind::Person ? 1 : 0;
    candidates.push_back({{actor}, fits, fits});
  }
  return eligible;
}

Processes::Places Processes::PlacesOf(uint32_t row, uint32_t object, const Course& course, Instant from, Instant until, Instant now) {
  const format::ActApprovalRecord& approval = image_.ActApprovals()[row];
  std::vector<const format::ActSlotRecord*> places;
  for (const format::ActSlotRecord& slot : Slice(image_.ActSlots(), approval.slots_first, approval.slots_count)) {
    for (uint32_t i = 0; i < slot.people; ++i) places.push_back(&slot);
  }
  std::vector<Candidate> candidates;
  const auto add = [&](uint32_t person, uint32_t certain, uint32_t possible, Instant at) {
    for (Candidate& one : candidates) {
      const bool is_same = std::ranges::any_of(one.people, [&](uint32_t other) { return other == person || engine_.parties_.StandsIn(other, person, at); });
      if (!is_same) continue;
      one.people.push_back(person);
      one.certain |= certain;
      one.possible |= possible;
      return;
    }
    candidates.push_back({{person}, certain, possible});
  };
  for (const Given& given : course.given) {
    if (given.approval != row || given.at < from || given.at > until || given.withdrawn <= until) continue;
    uint32_t certain = 0, possible = 0;
    if (given.party.is_certain()) {
      const uint32_t person = given.party.people[0];
      const int may = MayApprove(approval, object, person, course);
      for (size_t place = 0; place < places.size(); ++place) {
        if (may == 0 || Qualifies(*places[place], person, given.at) == 0) continue;
        possible |= 1u << place;
        if (may == 2) certain |= 1u << place;
      }
      if (possible != 0) add(person, certain, possible, given.at);
      continue;
    }
    candidates.push_back({{}, 0, (1u << places.size()) - 1});  // whoever it was may be entitled, and somebody of their own
  }
  Places found;
  const core::Matching::Fits surely = [&](uint32_t candidate, size_t place) { return (candidates[candidate].certain >> place & 1) != 0; };
  const core::Matching::Fits perhaps = [&](uint32_t candidate, size_t place) { return (candidates[candidate].possible >> place & 1) != 0; };
  const core::Matching matched = Match(candidates.size(), places.size(), surely);
  found.is_met = matched.IsComplete();
  found.may_be_met = Match(candidates.size(), places.size(), perhaps).IsComplete();
  if (found.is_met) return found;
  for (const format::ActSlotRecord& slot : Slice(image_.ActSlots(), approval.slots_first, approval.slots_count)) {
    uint32_t open = 0;
    for (size_t place = 0; place < places.size(); ++place) open += places[place] == &slot && !matched.IsFilled(place) ? 1 : 0;
    if (open != 0) found.open.push_back(SlotInWords(slot, open));
  }
  const size_t given = candidates.size();
  const auto is_filled = [&](size_t place) { return matched.IsFilled(place); };
  found.eligible = AddEligible(approval, object, course, now, places, is_filled, candidates);
  found.can_be_met = candidates.size() != given && Match(candidates.size(), places.size(), perhaps).IsComplete();
  return found;
}

void Processes::JudgeApprovals(uint32_t row, uint32_t object, const Happened& happened, const Course& course) {
  const format::ActProcessRecord& process = image_.ActProcesses()[row];
  for (uint32_t i = process.approvals_first; i < process.approvals_first + process.approvals_count; ++i) {
    const format::ActApprovalRecord& approval = image_.ActApprovals()[i];
    if (approval.is_after != 0 || approval.duty != happened.what->row || !IsJudged(approval)) continue;
    Instant from = kBeginningOfTime;
    for (const Given& given : course.given) {
      // Older than `within`: its time had run out before the step.
      const bool is_old = approval.within != 0 && LaterBy(given.at, approval.within, approval.within_unit) < happened.at;
      if (is_old) from = std::max(from, given.at + 1);
    }
    const Places places = PlacesOf(i, object, course, from, happened.at, happened.at);
    if (places.is_met) continue;
    HistoryFinding finding;
    finding.kind = FindingKind::Approval;
    finding.approval = i;
    finding.event = happened.event;
    if (happened.parties.back().is_certain()) finding.person = happened.parties.back().people[0];
    finding.says = std::string(ApprovalName(table_, i).title) + " is given before " + std::string(table_.duty(approval.duty).title);
    finding.witnesses = {happened.event};
    finding.open = places.open;
    finding.eligible = places.eligible;
    const bool is_asked = engine_.asked_ != nullptr && engine_.IsWanted(happened.event);
    if (places.may_be_met) {
      finding.disposition = Verdict::NotEvaluable;
      finding.unknown.push_back("whether those who approved were entitled to");
    } else {
      finding.disposition = is_asked && places.can_be_met ? Verdict::NeedsApproval : Verdict::Denied;
    }
    Report(row, object, std::move(finding));
  }
}

// After a step: due, then late. Before one: missing while it is not given and the step not done, either.
void Processes::FinishApprovals(uint32_t row, uint32_t object, Course& course, Trace& trace) {
  const format::ActProcessRecord& process = image_.ActProcesses()[row];
  for (uint32_t i = process.approvals_first; i < process.approvals_first + process.approvals_count; ++i) {
    const format::ActApprovalRecord& approval = image_.ActApprovals()[i];
    if (!IsJudged(approval)) continue;
    const auto step = std::ranges::find_if(course.done, [&](const StepDone& done) { return done.duty == approval.duty && done.counts; });
    const bool is_done = step != course.done.end();
    if (approval.is_after == 0) {
      if (!is_done && !PlacesOf(i, object, course, kBeginningOfTime, engine_.horizon_, engine_.horizon_).is_met) trace.missing_approvals.push_back(i);
      continue;
    }
    if (!is_done) {
      trace.missing_approvals.push_back(i);
      continue;
    }
    const Instant due = approval.within == 0 ? kEndOfTime : LaterBy(step->at, approval.within, approval.within_unit);
    const Places places = PlacesOf(i, object, course, step->at, std::min(due, engine_.horizon_), engine_.horizon_);
    if (places.is_met) continue;
    if (due >= engine_.horizon_) {
      trace.due_approvals.emplace_back(i, due);
      continue;
    }
    HistoryFinding finding;
    finding.kind = FindingKind::ApprovalLate;
    finding.approval = i;
    finding.event = step->event;
    finding.says = std::string(ApprovalName(table_, i).title) + " is given after " + std::string(table_.duty(approval.duty).title);
    finding.witnesses = {step->event};
    finding.open = places.open;
    finding.eligible = places.eligible;
    finding.due = due;
    if (places.may_be_met) {
      finding.disposition = Verdict::NotEvaluable;
      finding.unknown.push_back("whether those who approved were entitled to");
    }
    Report(row, object, std::move(finding));
    const bool is_given_since = PlacesOf(i, object, course, step->at, engine_.horizon_, engine_.horizon_).is_met;
    if (!is_given_since) trace.missing_approvals.push_back(i);
  }
}

}  // namespace sod::histories
