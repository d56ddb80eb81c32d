// Verdicts, conflicts and flags, sentence by sentence as semantics.md has them.
#include "judge.h"

#include <algorithm>
#include <iterator>

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

// Two sides are violated when both are held, a counted list when more than k are.
bool IsViolated(const Held& held, const PlainRule& rule) {
  const auto count = std::count_if(rule.sides.begin(), rule.sides.end(),
                                   [&](const PlainSide& side) { return IsHeld(held, side); });
  return count > rule.at_most;
}

// Members of the limit of appendix C that are held: every element of an `all` side, one
// for any other side.
int MembersHeld(const Held& held, const PlainRule& rule) {
  int count = 0;
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

SideAnswer SideAnswerOf(const World& world, const Moment& moment, const PlainSide& side) {
  SideAnswer answer;
  for (const PlainElement& element : side.elements) {
    if (!Holds(moment.after, element)) continue;
    const bool has_level = !element.is_role && world.level_count > 0;
    answer.witnesses.push_back({element.is_role, NameOf(world, element),
                                has_level ? moment.after.duties.at(element.index) : kUnsaid,
                                moment.IsNew(element),
                                {}});
  }
  const auto is_new = [](const WitnessAnswer& witness) { return witness.is_new; };
  answer.is_new = !answer.witnesses.empty() &&
                  std::all_of(answer.witnesses.begin(), answer.witnesses.end(), is_new);
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

ConflictAnswer ConflictAnswerOf(const World& world, const Moment& moment, const PlainRule& rule) {
  ConflictAnswer answer{rule.id, DispositionOf(world, rule), MembersHeld(moment.after, rule),
                        IsIntroduced(moment, rule), {}, moment.at};
  for (const PlainSide& side : rule.sides) {
    answer.sides.push_back(SideAnswerOf(world, moment, side));
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

}  // namespace

Answer Judge::Decide(const Question& question) const {
  const std::vector<Holding> before = HoldingsOf(world_, question);
  const std::vector<Holding> after = HoldingsWithRequest(world_, question);
  Answer answer;
  answer.is_complete = question.account == kUnsaid;
  answer.already_held = question.request.has_value();
  std::map<std::string, ConflictAnswer> conflicts;
  for (Seconds at : MomentsOf(question, before, rules_)) {
    const Moment moment{at, HeldAt(world_, before, at), HeldAt(world_, after, at)};
    if (question.request && !Has(world_, moment.before, question.request->target)) {
      answer.already_held = false;
    }
    for (const PlainRule& rule : rules_) {
      if (!rule.valid.Contains(at) || !IsViolated(moment.after, rule)) continue;
      const ConflictAnswer conflict = ConflictAnswerOf(world_, moment, rule);
      const auto [entry, is_first] = conflicts.emplace(rule.id, conflict);
      if (!is_first && conflict.introduced && !entry->second.introduced) entry->second = conflict;
    }
  }
  answer.verdict = answer.is_complete ? "clear" : "not_evaluable";
  if (question.request) answer.request_verdict = answer.verdict;
  for (const auto& [id, conflict] : conflicts) {
    answer.verdict = Worse(answer.verdict, conflict.disposition);
    if (conflict.introduced) {
      answer.request_verdict = Worse(answer.request_verdict, conflict.disposition);
    }
    answer.conflicts.push_back(conflict);
  }
  const Held held = HeldAt(world_, before, question.as_of);
  for (const auto& [duty, level] : held.duties) {
    answer.duties.push_back({world_.duties[duty].name, world_.level_count > 0 ? level : kUnsaid});
  }
  for (int role : held.roles) answer.roles.push_back(world_.roles[role].name);
  answer.not_checked = SelfRulesOf(world_, {held.roles.begin(), held.roles.end()});
  Normalize(answer);
  return answer;
}

}  // namespace oracle
