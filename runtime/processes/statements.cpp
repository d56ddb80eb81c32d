#include "runtime/processes/statements.h"

#include <algorithm>
#include <bit>
#include <set>
#include <span>

#include "runtime/core/guards.h"
#include "runtime/core/provisions.h"
#include "runtime/processes/outline.h"

namespace sod::processes {

using core::Slice;

namespace {

uint32_t Bit(uint32_t index) { return uint32_t{1} << index; }

class Reader {
 public:
  Reader(const Table& table, uint32_t process, Instant at) : table_(table), image_(table.image()), process_(process), at_(at) {}

  Statements Run() {
    const Outline outline = Read(image_, process_);
    const auto acts = std::ranges::find(image_.ActProcesses(), process_, &format::ActProcessRecord::provision);
    const bool is_about_objects = acts != image_.ActProcesses().end();
    const uint32_t each = std::max(1u, core::NumberSaid(image_, process_, "each step needs"));
    for (const uint32_t duty : outline.steps) AddDuty(duty, each);
    if (said_.duties.size() > kMaxProcessSteps) return std::move(said_);
    said_.counted = (Bit(static_cast<uint32_t>(said_.duties.size())) - 1);
    if (is_about_objects) AddBefore(*acts);
    if (said_.duties.size() > kMaxProcessSteps) return std::move(said_);
    AddNeeds(outline.needs);
    if (!is_about_objects) {
      if (!outline.is_only_people) said_.not_read.push_back("what else it says, as it is about no kind of object");
      return std::move(said_);
    }
    AddConstraints(*acts);
    for (uint32_t row = acts->approvals_first; row < acts->approvals_first + acts->approvals_count; ++row) AddApproval(row);
    for (uint32_t rule = 0; rule < image_.Rules().size(); ++rule) AddRule(rule, acts->kind);
    for (const format::OwnActionRuleRecord& rule : image_.OwnActionRules()) AddOwnActions(rule);
    return std::move(said_);
  }

 private:
  std::string Title(uint32_t duty) const { return std::string(table_.duty(duty).title); }
  std::string Titles(uint32_t mask) const {
    std::string words;
    for (; mask != 0; mask &= mask - 1) {
      words += (words.empty() ? "" : ", ") + Title(said_.duties[static_cast<size_t>(std::countr_zero(mask))]);
    }
    return words;
  }

  void AddDuty(uint32_t duty, uint32_t people) {
    if (std::ranges::find(said_.duties, duty) != said_.duties.end()) return;
    said_.duties.push_back(duty);
    said_.people_of.push_back(people);
  }

  uint32_t BitOf(uint32_t duty) const {
    const auto found = std::ranges::find(said_.duties, duty);
    return found == said_.duties.end() ? 0 : Bit(static_cast<uint32_t>(found - said_.duties.begin()));
  }

  // What comes before a step is done, too, and so is what closes the object; neither counts among the people.
  void AddBefore(const format::ActProcessRecord& process) {
    const auto rows = Slice(image_.ActConstraints(), process.constraints_first, process.constraints_count);
    if (process.closed_by != kNone) AddDuty(process.closed_by, 1);
    std::vector<std::pair<uint32_t, uint32_t>> orders;
    for (size_t known = 0; known != said_.duties.size();) {
      known = said_.duties.size();
      for (const format::ActConstraintRecord& row : rows) {
        const bool is_order = row.kind == format::ActConstraintKind::Order && BitOf(row.second) != 0;
        if (is_order && known <= kMaxProcessSteps) AddDuty(row.first, 1);
      }
    }
    if (said_.duties.size() > kMaxProcessSteps) return;
    // What nothing that is left comes before is taken away; what is left in the end goes in a circle.
    uint32_t left = static_cast<uint32_t>((uint64_t{1} << said_.duties.size()) - 1);
    for (bool is_changed = true; is_changed;) {
      uint32_t behind = 0;
      for (const format::ActConstraintRecord& row : rows) {
        if (row.kind == format::ActConstraintKind::Order && (left & BitOf(row.first)) != 0) behind |= BitOf(row.second);
      }
      is_changed = (left & behind) != left;
      left &= behind;
    }
    said_.is_circular = left != 0;
  }

  Statement& Add(StatementKind kind, std::string words, bool is_soft = false) {
    said_.all.emplace_back();
    said_.all.back().kind = kind;
    said_.all.back().words = std::move(words);
    said_.all.back().is_soft = is_soft;
    return said_.all.back();
  }

  void AddNeeds(uint32_t needs) {
    said_.needs = needs;
    if (needs > 0) Add(StatementKind::Needs, "at least " + std::to_string(needs) + (needs == 1 ? " person does it" : " people do it"));
    for (uint32_t i = 0; i < said_.duties.size(); ++i) {
      if (said_.people_of[i] < 2) continue;
      Add(StatementKind::People, std::to_string(said_.people_of[i]) + " people do " + Title(said_.duties[i])).duty = i;
    }
  }

  void AddConstraints(const format::ActProcessRecord& process) {
    const auto rows = Slice(image_.ActConstraints(), process.constraints_first, process.constraints_count);
    bool has_units = false;
    for (size_t i = 0; i < rows.size();) {
      const format::ActConstraintRecord& first = rows[i];
      uint32_t duties = 0;
      for (; i < rows.size() && rows[i].kind == first.kind && rows[i].statement == first.statement; ++i) duties |= BitOf(rows[i].first);
      has_units |= first.kind == format::ActConstraintKind::OneUnit;
      const bool is_same = first.kind == format::ActConstraintKind::SamePerson;
      if ((!is_same && first.kind != format::ActConstraintKind::AtMostPeople) || duties == 0) continue;
      const uint32_t most = is_same ? 1 : first.number;
      const std::string words = is_same ? "one person does " : "at most " + std::to_string(most) + (most == 1 ? " person does " : " people do ");
      Add(StatementKind::Bound, words + Titles(duties)).bound = {duties, most};
    }
    if (has_units) said_.not_read.push_back("who belongs to one unit");
  }

  void AddApproval(uint32_t row) {
    const format::ActApprovalRecord& approval = image_.ActApprovals()[row];
    const std::string title(image_.Text(approval.title == 0 ? approval.name : approval.title));
    if (BitOf(approval.duty) == 0) return;  // nothing waits for it
    Quorum quorum;
    std::string people;
    for (const format::ActSlotRecord& slot : Slice(image_.ActSlots(), approval.slots_first, approval.slots_count)) {
      quorum.places.insert(quorum.places.end(), std::min<size_t>(slot.people, 64), static_cast<uint32_t>(said_.slots.size()));
      said_.slots.push_back(&slot);
      people += (people.empty() ? "" : " and ") + SlotInWords(slot);
    }
    for (const format::ActExclusionRecord& barred : Slice(image_.ActExclusions(), approval.exclusions_first, approval.exclusions_count)) {
      if (barred.duty != kNone) quorum.barred |= BitOf(barred.duty);
    }
    if (approval.unjudged != 0 || quorum.places.empty()) {
      said_.not_read.push_back("who gives " + title);
      return;
    }
    std::string words = title + " is given by " + people;
    if (quorum.barred != 0) words += ", none of whom did " + Titles(quorum.barred);
    Statement& statement = Add(StatementKind::Quorum, std::move(words), approval.condition != kNone);
    statement.row = row;
    statement.quorum = std::move(quorum);
  }

  std::string SlotInWords(const format::ActSlotRecord& slot) const {
    std::string words;
    for (const format::ActQualifierRecord& one : Slice(image_.ActQualifiers(), slot.qualifiers_first, slot.qualifiers_count)) {
      words += words.empty() ? std::to_string(slot.people) + " of " : " or ";
      words += one.role != kNone          ? std::string(table_.role(one.role).title)
               : one.duty != kNone        ? Title(one.duty)
               : one.entitlement != kNone ? std::string(table_.entitlement(one.entitlement).title)
                                          : std::string(table_.actor(one.actor).title);
    }
    return words;
  }

  // The kind that the rule is about is that of the process, or what its objects are part of.
  bool IsAbout(const format::RuleRecord& rule, uint32_t kind) const {
    std::set<uint32_t> kinds;
    for (; kind != kNone; kind = image_.ObjectKinds()[kind].part_of) kinds.insert(image_.ObjectKinds()[kind].provision);
    if (rule.per != kNone) return kinds.contains(rule.per);
    for (const format::SideRecord& side : Slice(image_.Sides(), rule.sides_first, rule.sides_count)) {
      for (const format::ElementRecord& element : Slice(image_.Elements(), side.elements_first, side.elements_count)) {
        if (element.kind == format::ElementKind::Relation && element.object != kNone) return kinds.contains(element.object);
      }
    }
    return false;
  }

  // What is possible by a restriction on own actions is judged by the restriction.
  bool IsOfRestriction(uint32_t row) const {
    return std::ranges::any_of(image_.Restrictions(), [&](const format::RestrictionRecord& one) { return one.on_own_actions != 0 && one.rule == row; });
  }

  void AddRule(uint32_t row, uint32_t kind) {
    const format::RuleRecord& rule = image_.Rules()[row];
    const bool has_modes = !core::ConditionsOf(image_, row, format::GuardPurpose::Mode).empty();
    const bool denies = std::min(has_modes ? format::Mode::Deny : rule.mode, image_.meta().mode_ceiling) == format::Mode::Deny;
    const bool is_in_force = rule.valid_from <= at_ && at_ < rule.valid_until && at_ >= rule.disabled_until;
    if (!denies || !is_in_force || !IsAbout(rule, kind) || IsOfRestriction(row)) return;
    const ConditionState applies = core::AppliesTo(image_, row, {.at = at_});
    if (applies == ConditionState::No) return;
    Forbidden forbidden;
    forbidden.is_between = rule.kind != format::RuleKind::AtMost;
    forbidden.at_most = rule.declared_at_most;
    bool is_soft = applies != ConditionState::Yes || has_modes || rule.unevaluated == format::Unevaluated::Guard || rule.guards_count != 0 || rule.moment == format::Moment::Session ||
                   rule.subject != format::RuleSubject::Person || rule.match != format::ScopeMatch::Any || rule.only_in != kNone;
    bool is_read = true;
    uint32_t duties = 0;
    for (const format::SideRecord& side : Slice(image_.Sides(), rule.sides_first, rule.sides_count)) {
      ForbiddenSide& one = forbidden.sides.emplace_back();
      one.is_all = side.quantifier == format::Quantifier::All;
      bool is_possible = true;
      for (const format::ElementRecord& element : Slice(image_.Elements(), side.elements_first, side.elements_count)) {
        const uint32_t bit = element.kind == format::ElementKind::Duty ? BitOf(element.duty) : 0;
        one.duties |= bit;
        one.has_relation |= element.kind == format::ElementKind::Relation;
        is_soft |= element.kind == format::ElementKind::Relation || element.capacity != kNone;
        is_read &= element.kind == format::ElementKind::Duty || element.kind == format::ElementKind::Relation;
        is_possible &= bit != 0 || element.kind != format::ElementKind::Duty;
      }
      duties |= one.duties;
      if (one.is_all && !is_possible) one = {};  // what is no part of the process is not done
    }
    if (duties == 0) return;
    const std::string words(image_.Text(rule.title == 0 ? rule.name : rule.title));
    if (!is_read) {
      said_.not_read.push_back("the rule " + words);
      return;
    }
    Add(StatementKind::Rule, "nobody breaks " + words, is_soft).forbidden = std::move(forbidden);
  }

  void AddOwnActions(const format::OwnActionRuleRecord& rule) {
    const format::RestrictionRecord& restriction = image_.Restrictions()[rule.restriction];
    uint32_t duties = 0;
    for (const format::DutyRefRecord& one : Slice(image_.RestrictionDuties(), restriction.duties_first, restriction.duties_count)) duties |= BitOf(one.duty);
    if (duties == 0 || std::min(rule.mode, image_.meta().mode_ceiling) != format::Mode::Deny) return;
    const std::string role(table_.role(restriction.role).title);
    Statement& statement = Add(StatementKind::OwnActions, "whoever holds " + role + " does " + Titles(duties) + " on nothing of their own", /*is_soft=*/true);
    statement.bound.duties = duties;
    statement.row = rule.restriction;
  }

  const Table& table_;
  const Image& image_;
  const uint32_t process_;
  const Instant at_;
  Statements said_;
};

}  // namespace

bool Breaks(const Forbidden& rule, uint32_t done) {
  uint32_t named = 0, met = 0;
  for (const ForbiddenSide& side : rule.sides) named |= side.duties;
  const bool has_relation = (done & ~named) != 0 || std::popcount(done & named) > 1;
  uint32_t only[2] = {};  // the only duty by which an `any` side is met
  for (size_t i = 0; i < rule.sides.size(); ++i) {
    const ForbiddenSide& side = rule.sides[i];
    const uint32_t held = side.duties & done;
    const bool is_related = side.has_relation && has_relation;
    const bool is_met = side.is_all ? side.duties != 0 && held == side.duties && (!side.has_relation || is_related) : held != 0 || is_related;
    met += is_met ? 1 : 0;
    if (i < 2 && is_met && !side.is_all && !is_related && std::popcount(held) == 1) only[i] = held;
  }
  if (!rule.is_between) return met > rule.at_most;
  return met == rule.sides.size() && (only[0] == 0 || only[0] != only[1]);
}

Statements ReadStatements(const Table& table, uint32_t process, Instant at) { return Reader(table, process, at).Run(); }

}  // namespace sod::processes
