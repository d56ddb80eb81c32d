// The second opinion on what covers a conflict, what it leaves and what follows: semantics.md, section 4, read
// slowly. Every wrong reading has its place here, so that each shows what it would change.
#include <algorithm>

#include "judge_controls.h"

namespace oracle::judged {
namespace {

bool Has(const std::vector<int>& items, int item) { return std::find(items.begin(), items.end(), item) != items.end(); }

void AddOnce(std::vector<int>& items, int item) {
  if (!Has(items, item)) items.push_back(item);
}

// What one assignment or delegation gives.
struct Held {
  Thing thing;
  Days days;
  bool is_request = false;
};

class Judging {
 public:
  Judging(const World& world, int actor, int day, Reading reading)
      : world_(world), actor_(actor), day_(day), reading_(reading), watched_(Watched(world, actor, day)) {
    if (Is(Reading::DelegatesAreOthers) || Is(Reading::ServicesAreOthers)) NarrowWatched();
    CollectHeld();
    controls_.emplace(world, watched_, day, reading, [this](const std::vector<int>& duties) { return HoldsOneOf(duties); });
  }

  Answer Run() const {
    Answer answer;
    answer.is_complete = !world_.actors[static_cast<size_t>(actor_)].is_vacant;
    for (size_t row = 0; row < world_.rules.size(); ++row) {
      if (!IsViolated(world_.rules[row], held_)) continue;
      const ConflictAnswer conflict = JudgeConflict(static_cast<int>(row));
      if (Is(Reading::WaivedIsNotListed) && conflict.disposition == Verdict::Waived) continue;
      if (Is(Reading::MitigatedIsNotListed) && conflict.disposition == Verdict::Mitigated) continue;
      answer.conflicts["c" + std::to_string(row)] = conflict;
    }
    answer.verdict = WorstOf(answer);
    return answer;
  }

 private:
  bool Is(Reading reading) const { return reading_ == reading; }

  Verdict WorstOf(const Answer& answer) const {
    Verdict worst = answer.is_complete ? Verdict::Clear : Verdict::NotEvaluable;
    Verdict best = worst;
    for (const auto& [name, conflict] : answer.conflicts) {
      best = best == Verdict::Clear ? conflict.disposition : std::max(best, conflict.disposition);
      worst = std::min(worst, conflict.disposition);
    }
    return Is(Reading::BestOfAll) ? best : worst;
  }

  // ---- What is held

  void NarrowWatched() {
    if (Is(Reading::ServicesAreOthers)) {
      std::erase_if(watched_, [&](int actor) { return world_.actors[static_cast<size_t>(actor)].kind == Kind::Service; });
    } else {
      World without = world_;
      without.delegations.clear();
      watched_ = Watched(without, actor_, day_);
    }
  }

  // The actor, the teams around it and what it acts as, in any turn.
  std::vector<int> Sources() const {
    std::vector<int> sources = {actor_};
    for (size_t i = 0; i < sources.size(); ++i) {
      for (const int used : world_.actors[static_cast<size_t>(sources[i])].acts_as) AddOnce(sources, used);
      for (size_t team = 0; team < world_.actors.size(); ++team) {
        if (Has(world_.actors[team].members, sources[i])) AddOnce(sources, static_cast<int>(team));
      }
    }
    return sources;
  }

  void CollectHeld() {
    const std::vector<int> sources = Sources();
    for (const Assignment& assignment : world_.assignments) {
      if (Has(sources, assignment.actor)) all_held_.push_back({assignment.thing, assignment.days});
    }
    for (const Delegation& delegation : world_.delegations) {
      if (Has(sources, delegation.to)) all_held_.push_back({{false, delegation.duty}, delegation.days});
    }
    for (const Held& held : all_held_) {
      if (held.days.Contain(day_)) held_.push_back(held);
    }
    // Also what is held already: it would be held in one more way.
    if (world_.requested) held_.push_back({*world_.requested, {}, true});
  }

  // The roles from this one to the one that grants the duty, or that is the role.
  std::vector<int> Way(const Held& held, const Thing& thing) const {
    if (!held.thing.is_role) return {};
    std::vector<int> way;
    for (int role = held.thing.row; role != kNone; role = world_.roles[static_cast<size_t>(role)].includes) {
      way.push_back(role);
      if (thing.is_role ? role == thing.row : Has(world_.roles[static_cast<size_t>(role)].grants, thing.row)) return way;
    }
    return {};
  }
  bool Gives(const Held& held, const Thing& thing) const { return held.thing == thing || !Way(held, thing).empty(); }

  bool HoldsSome(const std::vector<Thing>& side, const std::vector<Held>& held) const {
    return std::any_of(side.begin(), side.end(), [&](const Thing& thing) {
      return std::any_of(held.begin(), held.end(), [&](const Held& one) { return Gives(one, thing); });
    });
  }
  bool IsViolated(const Rule& rule, const std::vector<Held>& held) const { return HoldsSome(rule.a, held) && HoldsSome(rule.b, held); }

  bool HoldsOneOf(const std::vector<int>& duties) const {
    return std::any_of(duties.begin(), duties.end(), [&](int duty) {
      return std::any_of(held_.begin(), held_.end(), [&](const Held& held) { return !held.is_request && Gives(held, {false, duty}); });
    });
  }
  bool HoldsRoleOn(int role, int day) const {
    return std::any_of(all_held_.begin(), all_held_.end(),
                       [&](const Held& held) { return held.days.Contain(day) && Gives(held, {true, role}); });
  }

  bool GetsRole(int role) const {
    return std::any_of(held_.begin(), held_.end(), [&](const Held& held) { return held.is_request && Gives(held, {true, role}); });
  }

  // ---- What covers

  bool IsOnTheWay(const Held& held, const Rule& rule, int role) const {
    for (const std::vector<Thing>* side : {&rule.a, &rule.b}) {
      for (const Thing& thing : *side) {
        if (Has(Way(held, thing), role)) return true;
      }
    }
    return false;
  }

  // Without what comes through the role the conflict would not be there.
  bool RoleCovers(const Rule& rule, int role) const {
    std::vector<Held> rest;
    for (const Held& held : held_) {
      if (!IsOnTheWay(held, rule, role)) rest.push_back(held);
    }
    if (rest.size() == held_.size()) return false;
    return Is(Reading::RoleOnOneWayCovers) || !IsViolated(rule, rest);
  }

  // Its controls are for what lies wholly among its steps, its appetite for what has a step on each side.
  bool HasAll(const Process& process, const Rule& rule) const {
    const auto is_step = [&](const Thing& thing) { return !thing.is_role && Has(process.steps, thing.row); };
    return std::all_of(rule.a.begin(), rule.a.end(), is_step) && std::all_of(rule.b.begin(), rule.b.end(), is_step);
  }
  bool HasOfEach(const Process& process, const Rule& rule) const {
    const auto is_step = [&](const Thing& thing) { return !thing.is_role && Has(process.steps, thing.row); };
    return std::any_of(rule.a.begin(), rule.a.end(), is_step) && std::any_of(rule.b.begin(), rule.b.end(), is_step);
  }

  std::vector<int> Covering(const Rule& rule) const {
    std::vector<int> controls;
    const auto add = [&](const std::vector<int>& more) {
      for (const int control : more) AddOnce(controls, control);
    };
    add(rule.controls);
    add(rule.permitted_with);
    for (const Process& process : world_.processes) {
      if (HasAll(process, rule)) add(process.controls);
    }
    for (size_t role = 0; role < world_.roles.size(); ++role) {
      if (!world_.roles[role].controls.empty() && RoleCovers(rule, static_cast<int>(role))) add(world_.roles[role].controls);
    }
    add(world_.actors[static_cast<size_t>(actor_)].controls);
    add(world_.controls_of_all);
    return controls;
  }

  // ---- What it leaves

  int AppetiteOf(const Rule& rule) const {
    int appetite = world_.appetite == kNone ? 0 : world_.appetite;
    for (const Process& process : world_.processes) {
      if (process.appetite == kNone || !HasOfEach(process, rule)) continue;
      appetite = Is(Reading::ProcessReplacesAppetite) ? process.appetite : std::min(appetite, process.appetite);
    }
    return appetite;
  }

  // ---- What excuses

  bool IsNamed(int party, int actor) const { return party == actor || IsMemberOf(world_, actor, party); }

  // The actor and everybody through whom it acts.
  std::vector<int> Behinds(int actor) const {
    std::vector<int> reached = {actor};
    for (size_t i = 0; i < reached.size(); ++i) {
      for (const int member : world_.actors[static_cast<size_t>(reached[i])].members) AddOnce(reached, member);
      for (const int controller : world_.actors[static_cast<size_t>(reached[i])].controllers) AddOnce(reached, controller);
    }
    return reached;
  }
  bool StandsIn(int approver, int actor, int first) const {
    for (const int day : {day_, first}) {
      if (WhoIsBehind(world_, Watched(world_, actor, day), approver, reading_).has_watched) return true;
    }
    return false;
  }
  // Nothing when it is not for the subject.
  std::optional<bool> Excuses(const Waiver& waiver) const {
    bool is_for = false, is_late = false;
    for (const int party : waiver.parties.actors) is_for = is_for || IsNamed(party, actor_);
    for (const int role : waiver.parties.roles) {
      if (!HoldsRoleOn(role, day_)) continue;
      const bool was_there = day_ < waiver.days.first || HoldsRoleOn(role, waiver.days.first);
      (was_there ? is_for : is_late) = true;
    }
    if (!is_for && !is_late) return std::nullopt;
    if (!waiver.days.Contain(day_) || (waiver.closed != 0 && day_ >= waiver.closed) || !is_for) return false;
    if (world_.actors[static_cast<size_t>(waiver.approver)].kind == Kind::Service) return false;
    const Behind approver = WhoIsBehind(world_, watched_, waiver.approver, reading_);
    if (!approver.has_others && !approver.has_watched) return false;
    const std::vector<int> approvers = Behinds(waiver.approver);
    if (Has(approvers, actor_) || StandsIn(waiver.approver, actor_, waiver.days.first)) return false;
    for (const int requester : Behinds(waiver.requester)) {
      if (Has(approvers, requester) || StandsIn(waiver.approver, requester, waiver.days.first)) return false;
    }
    return std::all_of(waiver.controls.begin(), waiver.controls.end(), [&](int control) { return controls_->Judge(control).reasons.empty(); });
  }

  std::optional<bool> Excuses(const Exemption& exemption, const Rule& rule) const {
    if (!exemption.is_grandfathering) {
      bool is_for = false;
      for (const int party : exemption.parties.actors) is_for = is_for || IsNamed(party, actor_);
      for (const int role : exemption.parties.roles) is_for = is_for || HoldsRoleOn(role, day_) || GetsRole(role);
      if (!is_for) return std::nullopt;
    }
    if (day_ > exemption.next || rule.is_never_waived) return false;
    if (exemption.is_grandfathering) {
      return std::all_of(held_.begin(), held_.end(), [&](const Held& held) {
        const bool takes_part = HoldsSome(rule.a, {held}) || HoldsSome(rule.b, {held});
        return !takes_part || (!held.is_request && held.days.first != 0 && held.days.first < exemption.before);
      });
    }
    if (exemption.approvers.actors.empty() || !exemption.approvers.roles.empty()) return true;
    return controls_->LookAt(exemption.approvers.actors).has_others;
  }

  std::map<std::string, bool> ExcusesOf(int row) const {
    const Rule& rule = world_.rules[static_cast<size_t>(row)];
    std::map<std::string, bool> excuses;
    for (size_t i = 0; i < world_.waivers.size(); ++i) {
      if (!Has(world_.waivers[i].rules, row)) continue;
      if (const auto found = Excuses(world_.waivers[i])) excuses["w" + std::to_string(i)] = *found && !rule.is_never_waived;
    }
    for (size_t i = 0; i < world_.exemptions.size(); ++i) {
      if (!Has(world_.exemptions[i].rules, row)) continue;
      if (const auto found = Excuses(world_.exemptions[i], rule)) excuses["x" + std::to_string(i)] = *found;
    }
    return excuses;
  }

  // ---- What follows

  Verdict ByMode(const Rule& rule) const {
    constexpr Verdict kVerdicts[] = {Verdict::Observed, Verdict::Warned, Verdict::NeedsApproval, Verdict::Denied};
    const Mode mode = rule.mode.value_or(rule.is_should ? Mode::Warn : Mode::Deny);
    const Mode ceiling = world_.ceiling.value_or(Mode::Deny);
    if (Is(Reading::CeilingMakesObserved) && mode > ceiling) return Verdict::Observed;
    if (Is(Reading::CeilingIsThreshold) && world_.ceiling && mode <= ceiling) return Verdict::Observed;
    return kVerdicts[static_cast<int>(std::min(mode, ceiling))];
  }

  ConflictAnswer JudgeConflict(int row) const {
    const Rule& rule = world_.rules[static_cast<size_t>(row)];
    ConflictAnswer conflict;
    std::vector<int> counted;
    const std::vector<int> covering = Covering(rule);
    for (const int control : covering) {
      const ControlAnswer judged = controls_->Judge(control);
      if (judged.reasons.empty()) counted.push_back(control);
      conflict.controls["k" + std::to_string(control)] = judged;
    }
    if (Is(Reading::AllControlsMustCount) && counted.size() < covering.size()) counted.clear();
    conflict.appetite = AppetiteOf(rule);
    const int risk = rule.risk == kNone && Is(Reading::UnratedIsLow) ? 0 : rule.risk;
    if (risk != kNone) conflict.residual = controls_->Residual(risk, counted);
    conflict.excuses = ExcusesOf(row);
    conflict.disposition = Disposition(rule, conflict, counted);
    return conflict;
  }

  Verdict Disposition(const Rule& rule, const ConflictAnswer& conflict, const std::vector<int>& counted) const {
    const bool may_be_permitted = !rule.permitted_with.empty();
    const auto counts = [&](int control) { return Has(counted, control); };
    const bool is_permitted = may_be_permitted &&
        (Is(Reading::PermittedWithAny) ? std::any_of(rule.permitted_with.begin(), rule.permitted_with.end(), counts)
                                       : std::all_of(rule.permitted_with.begin(), rule.permitted_with.end(), counts));
    const bool is_within = !may_be_permitted && conflict.residual != kNone && conflict.residual <= conflict.appetite;
    if (is_permitted || (is_within && !counted.empty())) return Verdict::Mitigated;
    if (is_within && Is(Reading::AppetiteBeforeWaiver)) return Verdict::Observed;
    bool is_excused = false;
    for (const auto& [name, excuses] : conflict.excuses) is_excused = Is(Reading::LastWaiverDecides) ? excuses : is_excused || excuses;
    if (is_excused) return Verdict::Waived;
    return is_within ? Verdict::Observed : ByMode(rule);
  }

  const World& world_;
  const int actor_, day_;
  const Reading reading_;
  std::vector<int> watched_;
  std::optional<JudgingControls> controls_;
  std::vector<Held> all_held_, held_;
};

}  // namespace

Answer Judge(const World& world, int actor, int day, Reading reading) { return Judging(world, actor, day, reading).Run(); }

std::vector<int> Watched(const World& world, int actor, int day) {
  std::vector<int> watched = {actor};
  for (const Delegation& delegation : world.delegations) {
    if (delegation.from == actor && delegation.days.Contain(day)) AddOnce(watched, delegation.to);
  }
  // To a team is to everybody in it.
  for (size_t i = 1; i < watched.size(); ++i) {
    for (const int member : world.actors[static_cast<size_t>(watched[i])].members) AddOnce(watched, member);
  }
  for (size_t i = 0; i < watched.size(); ++i) {
    for (const int used : world.actors[static_cast<size_t>(watched[i])].acts_as) AddOnce(watched, used);
  }
  return watched;
}

Behind WhoIsBehind(const World& world, const std::vector<int>& watched, int actor, Reading reading) {
  const Actor& one = world.actors[static_cast<size_t>(actor)];
  if (Has(watched, actor)) return {true, false};
  Behind behind;
  std::vector<int> next = one.members;
  next.insert(next.end(), one.controllers.begin(), one.controllers.end());
  switch (one.kind) {
    case Kind::Person: behind.has_others = !one.is_vacant || reading == Reading::VacantIsSomebody; break;
    case Kind::External: behind.has_others = one.controllers.empty() || reading == Reading::ControlledExternalIsSomebody; break;
    case Kind::Team: behind.has_others = reading == Reading::TeamIsSomebody; break;
    case Kind::Service: break;
  }
  // INVARIANT: teams and controllers lead to other actors without a circle.
  for (const int other : next) {
    const Behind more = WhoIsBehind(world, watched, other, reading);
    behind.has_watched = behind.has_watched || more.has_watched;
    behind.has_others = behind.has_others || more.has_others;
  }
  return behind;
}

const char* SpellingOf(Reading reading) {
  static constexpr const char* kNames[] = {
      "right", "a role on one way covers", "all controls must count", "the last waiver decides", "all evidence must hold", "expired controls count",
      "failed controls count", "what the ceiling lowers is observed", "what the ceiling does not lower is observed", "the appetite of a process replaces", "the top without P is the middle",
      "steps in the order of controls", "what is waived is not listed", "what is mitigated is not listed", "an unknown administrator passes",
      "domains are ignored", "no floor", "permitted with any", "appetite before waiver", "unrated is low", "the best of all",
      "delegates are others", "services are others", "a team is somebody", "a vacant post is somebody", "a controlled outsider is somebody",
      "only the subject performs", "reviewers are ignored", "one other administrator of what prevents is enough",
      "any administrator of what finds bars", "dependencies of systems are ignored", "dependencies of controls are ignored",
      "immutable without proof", "immutable is ignored", "immutable against one of them", "immutable against a group is against all",
      "changes notify is ignored", "changes notify the subject", "recipients are ignored", "recipients of manual controls", "operators are ignored",
      "nobody needs no operator", "evidence is ignored", "the cadence is ignored", "evidence of a later day holds", "undated evidence is stale",
      "a manual control needs no performer", "an automated control needs a performer"};
  return kNames[static_cast<int>(reading)];
}

}  // namespace oracle::judged
