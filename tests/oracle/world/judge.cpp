// Verdicts, conflicts and flags, sentence by sentence as semantics.md has them.
#include "judge.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "held.h"

namespace oracle {

namespace {

// Worst first (semantics.md, "The answer").
const char* const kVerdicts[] = {"denied", "not_evaluable", "needs_approval", "warned",
                                 "observed", "clear"};

int RankOf(const std::string& verdict) {
  return static_cast<int>(std::find(std::begin(kVerdicts), std::end(kVerdicts), verdict) -
                          std::begin(kVerdicts));
}

std::string Worse(const std::string& a, const std::string& b) {
  return RankOf(a) <= RankOf(b) ? a : b;
}

// Until controls are evaluated the mode decides, the milder of it and the ceiling.
std::string DispositionOf(const World& world, const PlainRule& rule) {
  Mode mode = rule.is_should ? Mode::Warn : Mode::Deny;
  if (world.default_mode) mode = *world.default_mode;
  if (rule.mode) mode = *rule.mode;
  if (world.mode_ceiling) mode = std::min(mode, *world.mode_ceiling);
  switch (mode) {
    case Mode::Deny: return "denied";
    case Mode::Approve: return "needs_approval";
    case Mode::Warn: return "warned";
    case Mode::Observe: return "observed";
  }
  return "";
}

bool IsHeld(const Held& held, const PlainSide& side) {
  const auto holds = [&](const PlainElement& element) { return Holds(held, element); };
  return side.needs_all ? std::all_of(side.elements.begin(), side.elements.end(), holds)
                        : std::any_of(side.elements.begin(), side.elements.end(), holds);
}

bool IsSameThing(const PlainElement& a, const PlainElement& b) {
  return a.is_role == b.is_role && a.index == b.index;
}

// Both sides of any may hold one thing: nothing conflicts with itself (E5).
bool AreOverlapping(const PlainRule& rule) {
  if (rule.sides.size() != 2 || rule.sides[0].needs_all || rule.sides[1].needs_all) return false;
  for (const PlainElement& a : rule.sides[0].elements) {
    for (const PlainElement& b : rule.sides[1].elements) {
      if (IsSameThing(a, b)) return true;
    }
  }
  return false;
}

bool HoldsTwoDifferent(const Held& held, const PlainRule& rule) {
  for (const PlainElement& a : rule.sides[0].elements) {
    for (const PlainElement& b : rule.sides[1].elements) {
      if (Holds(held, a) && Holds(held, b) && !IsSameThing(a, b)) return true;
    }
  }
  return false;
}

// Two sides are violated when both are held, a counted list when more than k are.
bool IsViolated(const Held& held, const PlainRule& rule) {
  if (AreOverlapping(rule)) return HoldsTwoDifferent(held, rule);
  const auto count = std::count_if(rule.sides.begin(), rule.sides.end(),
                                   [&](const PlainSide& side) { return IsHeld(held, side); });
  return count > rule.at_most;
}

// Members of the limit of appendix C that are held: every element of an `all` side, one
// for any other side.
// Where two sides overlap, what stands on both counts by itself.
int MembersHeld(const Held& held, const PlainRule& rule) {
  int count = 0;
  if (AreOverlapping(rule)) {
    std::set<std::pair<bool, int>> shared;
    bool is_left_held = false, is_right_held = false;
    const auto stands_in = [](const PlainSide& side, const PlainElement& wanted) {
      return std::any_of(side.elements.begin(), side.elements.end(),
                         [&](const PlainElement& element) { return IsSameThing(element, wanted); });
    };
    for (const PlainElement& a : rule.sides[0].elements) {
      if (!Holds(held, a)) continue;
      if (stands_in(rule.sides[1], a)) {
        shared.insert({a.is_role, a.index});
      } else {
        is_left_held = true;
      }
    }
    for (const PlainElement& b : rule.sides[1].elements) {
      is_right_held = is_right_held || (Holds(held, b) && !stands_in(rule.sides[0], b));
    }
    return static_cast<int>(shared.size()) + (is_left_held ? 1 : 0) + (is_right_held ? 1 : 0);
  }
  for (const PlainSide& side : rule.sides) {
    if (IsHeld(held, side)) count += side.needs_all ? static_cast<int>(side.elements.size()) : 1;
  }
  return count;
}

const std::string& NameOf(const World& world, const PlainElement& element) {
  return element.is_role ? world.roles[element.index].name : world.duties[element.index].name;
}

// What the subject has before and after the request, at one moment.
struct Moment {
  Seconds at = kFirstSecond;
  Held before;
  Held after;
  bool IsNew(const PlainElement& element) const {
    return Holds(after, element) && !Holds(before, element);
  }
};

// An element with all that is known about it over the moments at which the rule is violated.
WitnessAnswer WitnessOf(const World& world, const std::vector<Moment>& moments,
                        const PlainElement& element) {
  WitnessAnswer witness{element.is_role, NameOf(world, element), kUnsaid, false, {}};
  for (const Moment& moment : moments) {
    if (!Holds(moment.after, element)) continue;
    witness.is_new = witness.is_new || moment.IsNew(element);
    if (element.is_role || world.level_count == 0) continue;
    witness.level = std::max(witness.level, moment.after.duties.at(element.index));
  }
  return witness;
}

SideAnswer SideAnswerOf(const World& world, const std::vector<Moment>& moments,
                        const PlainSide& side) {
  SideAnswer answer;
  for (const PlainElement& element : side.elements) {
    const auto is_held = [&](const Moment& moment) { return Holds(moment.after, element); };
    if (std::any_of(moments.begin(), moments.end(), is_held)) {
      answer.witnesses.push_back(WitnessOf(world, moments, element));
    }
  }
  const auto is_new = [](const WitnessAnswer& witness) { return witness.is_new; };
  answer.is_new = std::all_of(answer.witnesses.begin(), answer.witnesses.end(), is_new);
  return answer;
}

// A new element of a side that counts is part of some minimal witness (SEM-12).
bool IsIntroduced(const Moment& moment, const PlainRule& rule) {
  for (const PlainSide& side : rule.sides) {
    if (!IsHeld(moment.after, side)) continue;
    for (const PlainElement& element : side.elements) {
      if (moment.IsNew(element)) return true;
    }
  }
  return false;
}

// The conflict over every moment at which it is violated; nothing when there is none.
std::optional<ConflictAnswer> ConflictAnswerOf(const World& world, const PlainRule& rule,
                                               const std::vector<Moment>& moments) {
  std::vector<Moment> violated;
  for (const Moment& moment : moments) {
    if (rule.valid.Contains(moment.at) && IsViolated(moment.after, rule)) violated.push_back(moment);
  }
  if (violated.empty()) return std::nullopt;
  ConflictAnswer answer{rule.id, DispositionOf(world, rule), 0, false, {}, {}};
  for (const Moment& moment : violated) {
    answer.held = std::max(answer.held, MembersHeld(moment.after, rule));
    answer.introduced = answer.introduced || IsIntroduced(moment, rule);
    answer.moments.push_back(moment.at);
  }
  for (const PlainSide& side : rule.sides) {
    const SideAnswer told = SideAnswerOf(world, violated, side);
    if (!told.witnesses.empty()) answer.sides.push_back(told);
  }
  return answer;
}

// The moments at which something may change while the request lasts, or the one asked about.
std::set<Seconds> MomentsOf(const Question& question, const std::vector<Holding>& holdings,
                            const std::vector<PlainRule>& rules) {
  if (!question.request) return {question.as_of};
  const Request& request = *question.request;
  std::set<Seconds> moments = {request.from};
  const auto add = [&](Seconds at) {
    if (request.from < at && at < request.until) moments.insert(at);
  };
  for (const Holding& holding : holdings) {
    add(holding.from);
    add(holding.until);
  }
  for (const PlainRule& rule : rules) {
    add(rule.valid.begin());
    add(rule.valid.end());
  }
  return moments;
}

bool Has(const World& world, const Held& held, const Target& target) {
  return Holds(held, {target.is_role, target.index, LevelOrTop(world, target.level)});
}

// The worst of all, and of what the request introduces.
void AddVerdicts(const Question& question, Answer& answer) {
  answer.verdict = answer.is_complete ? "clear" : "not_evaluable";
  // What is held already introduces nothing, whatever else is true of whoever holds it (SEM-12).
  std::string introduced = answer.already_held ? "clear" : answer.verdict;
  for (const ConflictAnswer& conflict : answer.conflicts) {
    answer.verdict = Worse(answer.verdict, conflict.disposition);
    if (conflict.introduced) introduced = Worse(introduced, conflict.disposition);
  }
  if (question.request) answer.request_verdict = introduced;
}

// What is held now, without the request; self rules also of the roles requested.
void AddHeld(const World& world, const std::vector<Holding>& holdings, const Question& question,
             Answer& answer) {
  Held held = HeldAt(world, holdings, question.as_of);
  for (const auto& [duty, level] : held.duties) {
    answer.duties.push_back({world.duties[duty].name, world.level_count > 0 ? level : kUnsaid});
  }
  for (int role : held.roles) answer.roles.push_back(world.roles[role].name);
  if (question.request) {
    const Held asked = HeldThrough(world, HoldingsWithRequest(world, question).back());
    held.roles.insert(asked.roles.begin(), asked.roles.end());
  }
  answer.not_checked = SelfRulesOf(world, {held.roles.begin(), held.roles.end()});
}

}  // namespace

Answer Judge::Decide(const Question& question) const {
  const std::vector<Holding> before = HoldingsOf(world_, question);
  const std::vector<Holding> after = HoldingsWithRequest(world_, question);
  Answer answer;
  const bool is_vacant = question.actor != kUnsaid && world_.actors[question.actor].is_vacant;
  answer.is_complete = question.account == kUnsaid && !is_vacant;  // of a vacant post there is no holder to judge
  answer.already_held = question.request.has_value();
  std::vector<Moment> moments;
  for (Seconds at : MomentsOf(question, before, rules_)) {
    moments.push_back({at, HeldAt(world_, before, at), HeldAt(world_, after, at)});
    if (question.request && !Has(world_, moments.back().before, question.request->target)) {
      answer.already_held = false;
    }
  }
  for (const PlainRule& rule : rules_) {
    if (const auto conflict = ConflictAnswerOf(world_, rule, moments)) {
      answer.conflicts.push_back(*conflict);
      // Held by inclusion and asked for by itself: a new way that breaks a rule is something new.
      if (conflict->introduced) answer.already_held = false;
    }
  }
  AddVerdicts(question, answer);
  AddHeld(world_, before, question, answer);
  Normalize(answer);
  return answer;
}

std::vector<std::string> Judge::WhoCan(const Request& request, Seconds as_of) const {
  std::vector<std::string> names;
  for (int i = 0; i < static_cast<int>(world_.actors.size()); ++i) {
    const Actor& actor = world_.actors[i];
    if (actor.kind != ActorKind::Person || actor.is_absent || actor.is_vacant) continue;
    const Answer answer = Decide({i, kUnsaid, {}, as_of, request});
    if (RankOf(answer.request_verdict) <= RankOf("needs_approval")) continue;
    names.push_back(actor.name + " " + answer.request_verdict +
                    (answer.already_held ? " held" : ""));
  }
  return names;
}

std::vector<std::string> Judge::Subjects() const {
  std::vector<std::string> people, others, accounts;
  std::set<int> owned, given;
  for (int i = 0; i < static_cast<int>(world_.actors.size()); ++i) {
    const Actor& actor = world_.actors[i];
    owned.insert(actor.accounts.begin(), actor.accounts.end());
    if (actor.is_absent) continue;
    if (actor.kind == ActorKind::Person) people.push_back(actor.name);
    const bool stands_alone = actor.kind != ActorKind::Person && actor.members.empty();
    if (stands_alone && !HoldingsOf(world_, {i, kUnsaid, {}, kFirstSecond, {}}).empty()) {
      others.push_back(actor.name);
    }
  }
  for (const Assignment& assignment : world_.assignments) {
    const int account = assignment.account;
    if (account == kUnsaid || owned.count(account) > 0 || !given.insert(account).second) continue;
    const Account& entry = world_.accounts[account];
    accounts.push_back(SystemName(entry.system) + ":" + entry.identifier);
  }
  people.insert(people.end(), others.begin(), others.end());
  people.insert(people.end(), accounts.begin(), accounts.end());
  return people;
}

}  // namespace oracle
