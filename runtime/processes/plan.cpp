// Whether a process can be done at all: one way, or what cannot hold together.
#include <algorithm>
#include <bit>
#include <map>
#include <memory>

#include "runtime/core/supply.h"
#include "runtime/core/waivers.h"
#include "runtime/processes/crowd.h"
#include "runtime/processes/people.h"
#include "runtime/processes/puzzle.h"
#include "runtime/processes/statements.h"

namespace sod {
namespace {

using processes::Doer;
using processes::Puzzle;
using processes::Solution;
using processes::Statement;
using processes::StatementKind;
using processes::Statements;

// Certain: what is unknown is so that it stands in the way. Possible: that it helps.
enum class Reading : uint8_t { Certain, Possible };

bool IsMachine(const Subject& subject) {
  return subject.kind == SubjectKind::Service || subject.kind == SubjectKind::Tool || subject.kind == SubjectKind::Agent;
}
bool IsAnybody(const Subject& subject) { return subject.kind == SubjectKind::Account || subject.kind == SubjectKind::Team; }

class Planning {
 public:
  Planning(const Table& table, std::span<const Subject> people, uint32_t process, Instant at)
      : table_(table), image_(table.image()), people_(people), at_(at), said_(processes::ReadStatements(table, process, at)) {
    plan_.process = process;
  }

  ProcessPlan Run() {
    if (!IsSmall()) return std::move(plan_);
    if (said_.is_circular) {
      plan_.because.push_back("steps come before themselves");
      plan_.is_as_written = true;
      plan_.can_be_done = CanBeDone::No;
      return std::move(plan_);
    }
    AddDoers();
    const Solution certain = SolveWith(Reading::Certain, {});
    if (certain.is_found && said_.not_read.empty()) {
      Tell(certain);
      return std::move(plan_);
    }
    const Solution possible = SolveWith(Reading::Possible, {});
    if (!possible.is_found && !possible.is_over) TellWhyNot();
    else if (certain.is_over || possible.is_over) GiveUp("the search for who does what");
    else TellUnknown(certain.is_found);
    return std::move(plan_);
  }

 private:
  void GiveUp(std::string what) {
    plan_.can_be_done = CanBeDone::GivenUp;
    plan_.because.push_back(std::move(what));
  }

  bool IsSmall() {
    if (said_.duties.empty()) plan_.because.push_back("it has no steps");
    if (said_.duties.empty()) return false;
    if (said_.duties.size() > kMaxProcessSteps) GiveUp("it has more than " + std::to_string(kMaxProcessSteps) + " steps");
    size_t places = 0, slots = said_.slots.size();
    for (const uint32_t people : said_.people_of) places += people;
    size_t quorums = 0;
    for (const Statement& statement : said_.all) quorums += statement.quorum.places.size();
    if (std::max({places, slots, quorums, size_t{said_.needs}}) > kMaxPlanPlaces) GiveUp("it needs more than " + std::to_string(kMaxPlanPlaces) + " people");
    return plan_.because.empty();
  }

  // ---- Who there is

  uint32_t DutiesOf(const Subject& subject) const { return processes::StepsHeld(image_, subject.holdings, said_.duties, at_); }

  bool Qualifies(const format::ActSlotRecord& slot, const Subject& subject) const {
    if (IsMachine(subject) && slot.accepts_tools == 0) return false;
    for (const format::ActQualifierRecord& one : core::Slice(image_.ActQualifiers(), slot.qualifiers_first, slot.qualifiers_count)) {
      if (one.actor != kNone && one.actor == subject.actor) return true;
      if (one.role != kNone && core::HoldsRole(image_, subject, one.role, at_)) return true;
      for (const Holding& holding : subject.holdings) {
        if (core::IsUsableAt(image_, holding, at_) && core::Confers(image_, holding) && Gives(holding, one)) return true;
      }
    }
    return false;
  }

  bool Gives(const Holding& holding, const format::ActQualifierRecord& wanted) const {
    if (wanted.entitlement != kNone) return holding.kind == HeldKind::Entitlement && holding.target == wanted.entitlement;
    bool gives = false;
    if (wanted.duty == kNone) return gives;
    core::ForEachDuty(image_, holding, [&](const core::GivenDuty& given) {
      const uint32_t level = given.level == kNone ? image_.top_level() : given.level;
      gives |= given.duty == wanted.duty && level >= wanted.level;
    });
    return gives;
  }

  uint64_t SlotsOf(const Subject& subject) const {
    uint64_t slots = 0;
    for (size_t i = 0; i < said_.slots.size(); ++i) slots |= Qualifies(*said_.slots[i], subject) ? uint64_t{1} << i : 0;
    return slots;
  }

  uint32_t OwnOf(const Subject& subject) const {
    uint32_t own = 0;
    for (const Statement& statement : said_.all) {
      if (statement.kind != StatementKind::OwnActions) continue;
      const uint32_t role = image_.Restrictions()[statement.row].role;
      if (!subject.incomplete.empty() || core::HoldsRole(image_, subject, role, at_)) own |= statement.bound.duties;
    }
    return own;
  }

  void AddDoer(OnePerson people, const Doer& certain, const Doer& possible) {
    plan_.people.push_back(std::move(people));
    doers_.push_back(certain);
    possible_doers_.push_back(possible);
  }

  // Who stands in for somebody where they approve is one person with them, too.
  std::vector<OnePerson> TogetherIn(const processes::Crowd& crowd) const {
    std::vector<OnePerson> together;
    std::map<uint32_t, uint32_t> by_actor;
    for (const processes::Member& member : crowd.members) {
      for (const uint32_t index : member.people) by_actor.emplace(people_[index].actor, static_cast<uint32_t>(together.size()));
      together.push_back(member.people);
    }
    processes::Merging merging(together.size());
    for (uint32_t i = 0; i < crowd.members.size(); ++i) {
      for (const uint32_t index : crowd.members[i].people) {
        for (const Holding& holding : people_[index].holdings) {
          const auto giver = holding.delegation == kNone ? by_actor.end() : by_actor.find(image_.Delegations()[holding.delegation].delegator);
          if (giver == by_actor.end() || !FillsSlot(people_[index], holding)) continue;
          merging.Join(i, giver->second);
        }
      }
    }
    for (uint32_t i = 0; i < together.size(); ++i) {
      const uint32_t first = merging.Of(i);
      if (first == i) continue;
      together[first].insert(together[first].end(), together[i].begin(), together[i].end());
      together[i].clear();
    }
    std::erase_if(together, [](const OnePerson& person) { return person.empty(); });
    for (OnePerson& person : together) std::ranges::sort(person);
    return together;
  }

  bool FillsSlot(const Subject& subject, const Holding& holding) const {
    Subject alone;
    alone.kind = subject.kind;
    alone.holdings = {holding};
    return SlotsOf(alone) != 0;
  }

  void AddDoers() {
    const processes::Crowd crowd = processes::CrowdOf(image_, people_, said_.duties, at_);
    unknown_ = crowd.unknown;
    const uint64_t all_slots = said_.slots.empty() ? 0 : ~uint64_t{0} >> (64 - said_.slots.size());
    for (const OnePerson& person : TogetherIn(crowd)) {
      Doer certain, possible;
      bool is_known = true;
      for (const uint32_t index : person) {
        certain.own |= OwnOf(people_[index]);
        certain.slots |= SlotsOf(people_[index]);
        is_known &= people_[index].incomplete.empty();
        for (const processes::Member& member : crowd.members) {
          if (std::ranges::find(member.people, index) == member.people.end()) continue;
          certain.duties |= member.certain;
          possible.duties |= member.possible;
        }
      }
      possible.slots = is_known ? certain.slots : all_slots;
      AddDoer(person, certain, possible);
    }
    for (uint32_t i = 0; i < people_.size(); ++i) {
      const Subject& subject = people_[i];
      if (!IsMachine(subject) || processes::IsVacant(image_, subject)) continue;
      const Doer certain = {DutiesOf(subject), OwnOf(subject), SlotsOf(subject), true};
      if (certain.duties != 0 || certain.slots != 0) AddDoer({i}, certain, {certain.duties, 0, certain.slots, true});
    }
    AddWhoeverIsBehind();
  }

  // Behind an account without an owner or a team without members may be several people, and any of those who are known.
  void AddWhoeverIsBehind() {
    uint32_t duties = 0;
    uint64_t slots = 0;
    for (const Subject& subject : people_) {
      if (!IsAnybody(subject) || subject.holdings.empty()) continue;
      const Doer anybody = {DutiesOf(subject), 0, SlotsOf(subject), false};
      if (anybody.duties == 0 && anybody.slots == 0) continue;
      duties |= anybody.duties;
      slots |= anybody.slots;
      possible_doers_.insert(possible_doers_.end(), kMaxPlanPlaces, anybody);
      if (anybody.duties == 0) unknown_.push_back(processes::WhoItIs(subject));
    }
    for (Doer& doer : possible_doers_) {
      if (doer.is_machine) continue;
      doer.duties |= duties;
      doer.slots |= slots;
    }
  }

  // ---- What they may do

  Puzzle PuzzleWith(Reading reading, const std::vector<bool>& is_dropped) const {
    Puzzle puzzle;
    puzzle.people_of = said_.people_of;
    puzzle.counted = said_.counted;
    puzzle.doers = reading == Reading::Certain ? doers_ : possible_doers_;
    std::vector<const processes::Forbidden*> rules;
    uint32_t own = 0;
    for (size_t i = 0; i < said_.all.size(); ++i) {
      const Statement& statement = said_.all[i];
      const bool is_out = (i < is_dropped.size() && is_dropped[i]) || (statement.is_soft && reading == Reading::Possible);
      if (statement.kind == StatementKind::People && is_out) puzzle.people_of[statement.duty] = 1;
      if (is_out) continue;
      switch (statement.kind) {
        case StatementKind::Needs: puzzle.needs = said_.needs; break;
        case StatementKind::Bound: puzzle.bounds.push_back(statement.bound); break;
        case StatementKind::Quorum: puzzle.quorums.push_back(statement.quorum); break;
        case StatementKind::Rule: rules.push_back(&statement.forbidden); break;
        case StatementKind::OwnActions: own |= statement.bound.duties; break;
        case StatementKind::People: break;
      }
    }
    const auto known = std::make_shared<std::map<uint32_t, bool>>();
    puzzle.may_do = [rules = std::move(rules), own, known](const Doer& doer, uint32_t done) {
      if ((done & doer.own & own) != 0 && std::popcount(done) > 1) return false;
      const auto [place, is_new] = known->emplace(done, true);
      if (is_new) place->second = std::ranges::none_of(rules, [&](const processes::Forbidden* rule) { return processes::Breaks(*rule, done); });
      return place->second;
    };
    return puzzle;
  }

  Solution SolveWith(Reading reading, const std::vector<bool>& is_dropped) const {
    size_t left = kMaxPlanSteps;
    return processes::Solve(PuzzleWith(reading, is_dropped), left);
  }

  // ---- What is told

  void Tell(const Solution& solution) {
    plan_.can_be_done = CanBeDone::Yes;
    for (size_t i = 0; i < said_.duties.size(); ++i) plan_.steps.push_back({said_.duties[i], solution.done_by[i]});
    size_t quorum = 0;
    for (const Statement& statement : said_.all) {
      if (statement.kind != StatementKind::Quorum) continue;
      const format::ActApprovalRecord& approval = image_.ActApprovals()[statement.row];
      const Named name = {image_.Text(approval.name), image_.Text(approval.title == 0 ? approval.name : approval.title)};
      plan_.approvals.push_back({statement.row, name, solution.approved_by[quorum++]});
    }
  }

  // As many as may be needed, who may do everything.
  bool CanAnybody(const std::vector<bool>& is_dropped) const {
    size_t left = kMaxPlanSteps;
    Puzzle ideal = PuzzleWith(Reading::Possible, is_dropped);
    ideal.doers.assign(kMaxPlanPlaces * 3, Doer{~uint32_t{0}, 0, ~uint64_t{0}, false});
    const Solution solution = processes::Solve(ideal, left);
    return solution.is_found || solution.is_over;
  }

  // The statements of which none can be left out: one after the other is dropped for as long as it is of no use.
  void TellWhyNot() {
    plan_.can_be_done = CanBeDone::No;
    plan_.is_as_written = !CanAnybody({});
    std::vector<bool> is_dropped(said_.all.size(), false);
    for (size_t i = 0; i < said_.all.size(); ++i) {
      if (said_.all[i].is_soft) continue;
      is_dropped[i] = true;
      const Solution without = plan_.is_as_written ? Solution{.is_found = CanAnybody(is_dropped)} : SolveWith(Reading::Possible, is_dropped);
      if (without.is_found || without.is_over) is_dropped[i] = false;
    }
    uint32_t held = 0;
    for (const Doer& doer : possible_doers_) held |= doer.duties;
    for (size_t i = 0; i < said_.duties.size() && !plan_.is_as_written; ++i) {
      if ((held >> i & 1) != 0) continue;
      plan_.unheld.push_back(said_.duties[i]);
      plan_.because.push_back("nobody holds " + std::string(table_.duty(said_.duties[i]).title));
    }
    for (size_t i = 0; i < said_.all.size() && plan_.unheld.empty(); ++i) {
      if (!said_.all[i].is_soft && !is_dropped[i]) plan_.because.push_back(said_.all[i].words);
    }
  }

  void TellUnknown(bool is_found) {
    plan_.can_be_done = CanBeDone::Unknown;
    for (const std::string& words : said_.not_read) plan_.because.push_back(words);
    if (is_found) return;
    std::vector<bool> without_soft(said_.all.size());
    for (size_t i = 0; i < said_.all.size(); ++i) without_soft[i] = said_.all[i].is_soft;
    const bool is_soft = SolveWith(Reading::Certain, without_soft).is_found;
    for (const Statement& statement : said_.all) {
      if (statement.is_soft) plan_.because.push_back("whether it holds that " + statement.words);
    }
    if (!is_soft) plan_.because.insert(plan_.because.end(), unknown_.begin(), unknown_.end());
  }

  const Table& table_;
  const core::Image& image_;
  const std::span<const Subject> people_;
  const Instant at_;
  const Statements said_;
  ProcessPlan plan_;
  std::vector<std::string> unknown_;
  std::vector<Doer> doers_, possible_doers_;  // by index of plan_.people; further possible ones may be anybody
};

}  // namespace

std::string_view SpellingOf(CanBeDone can) {
  switch (can) {
    case CanBeDone::Yes: return "yes";
    case CanBeDone::No: return "no";
    case CanBeDone::Unknown: return "unknown";
    case CanBeDone::GivenUp: return "given_up";
  }
  return "";
}

ProcessPlan ProcessJudge::Plan(uint32_t process, Instant at) const { return Planning(table_, people_, process, at).Run(); }

}  // namespace sod
