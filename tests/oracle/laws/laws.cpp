// One function a law: the change, and what may follow from it.
#include "laws.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace oracle {

namespace {

using Questions = std::vector<Question>;

const char* const kWorstFirst[] = {"denied", "not_evaluable", "needs_approval", "warned",
                                   "observed", "clear"};

int RankOf(const std::string& verdict) {
  return static_cast<int>(std::find(std::begin(kWorstFirst), std::end(kWorstFirst), verdict) -
                          std::begin(kWorstFirst));
}

// ---- What may follow

std::string SameAnswer(const Answer& before, const Answer& after) {
  return Difference(before, after);
}

// `each of g` counts the members of g in the order in which they are declared.
Answer WithSortedSides(Answer answer) {
  for (ConflictAnswer& conflict : answer.conflicts) {
    std::sort(conflict.sides.begin(), conflict.sides.end(), [](const auto& a, const auto& b) {
      return std::tie(a.witnesses[0].is_role, a.witnesses[0].name) <
             std::tie(b.witnesses[0].is_role, b.witnesses[0].name);
    });
  }
  return answer;
}

std::string SameButOrder(const Answer& before, const Answer& after) {
  return Difference(WithSortedSides(before), WithSortedSides(after));
}

std::string NotBetter(const Answer& before, const Answer& after) {
  if (RankOf(after.verdict) <= RankOf(before.verdict)) return "";
  return "the verdict improved from " + before.verdict + " to " + after.verdict;
}

std::string NotWorse(const Answer& before, const Answer& after) {
  if (RankOf(after.verdict) >= RankOf(before.verdict)) return "";
  return "the verdict worsened from " + before.verdict + " to " + after.verdict;
}

std::string NothingLost(const Answer& before, const Answer& after) {
  for (const ConflictAnswer& conflict : before.conflicts) {
    const bool is_kept = std::any_of(after.conflicts.begin(), after.conflicts.end(),
                                     [&](const auto& other) { return other.id == conflict.id; });
    if (!is_kept) return "the conflict " + conflict.id + " disappeared";
  }
  return NotBetter(before, after);
}

// ---- Changes

Variant ShuffleDeclarations(const World& world, const Questions& questions, Dice& dice) {
  Variant variant{world, questions, {}};
  variant.world.order_seed = static_cast<uint64_t>(dice.Between(1, 1'000'000));
  return variant;
}

Variant SplitIntoModule(const World& world, const Questions& questions, Dice&) {
  Variant variant{world, questions, {}};
  variant.world.is_split = true;
  return variant;
}

Variant AddDuty(const World& world, const Questions& questions, Dice& dice) {
  Variant variant{world, questions, {}};
  const Target target{false, dice.Below(static_cast<int>(world.duties.size())), kUnsaid};
  for (int i = 0; i < static_cast<int>(world.actors.size()); ++i) {
    variant.world.assignments.push_back({i, kUnsaid, {target}, {}});
  }
  for (Question& question : variant.questions) {
    if (question.actor == kUnsaid && question.account == kUnsaid) question.held.push_back(target);
  }
  return variant;
}

Variant AddRole(const World& world, const Questions& questions, Dice& dice) {
  Variant variant{world, questions, {}};
  const Target target{true, dice.Below(static_cast<int>(world.roles.size())), kUnsaid};
  for (int i = 0; i < static_cast<int>(world.actors.size()); ++i) {
    variant.world.assignments.push_back({i, kUnsaid, {target}, {}});
  }
  return variant;
}

// Of what is counted nothing may give another (SEM-8): a role that is counted must stay as it is.
bool CountsRoles(const World& world) {
  for (const Rule& rule : world.rules) {
    if (!rule.is_at_most) continue;
    for (const Side& side : rule.sides) {
      if (!RolesOfSide(world, side).empty()) return true;
    }
  }
  return false;
}

// A later role may include an earlier one without making a circle.
Variant AddInclusion(const World& world, const Questions& questions, Dice& dice) {
  Variant variant{world, questions, {}};
  if (world.roles.size() < 2 || CountsRoles(world)) return variant;
  const int outer = dice.Between(1, static_cast<int>(world.roles.size()) - 1);
  const int inner = dice.Below(outer);
  std::vector<int>& includes = variant.world.roles[outer].includes;
  if (std::find(includes.begin(), includes.end(), inner) == includes.end()) includes.push_back(inner);
  return variant;
}

Variant AddGrant(const World& world, const Questions& questions, Dice& dice) {
  Variant variant{world, questions, {}};
  if (CountsRoles(world)) return variant;
  Role& role = variant.world.roles[dice.Below(static_cast<int>(world.roles.size()))];
  role.grants.push_back({dice.Below(static_cast<int>(world.duties.size())), kUnsaid, kUnsaid});
  return variant;
}

Variant MakeStricter(const World& world, const Questions& questions, Dice& dice) {
  Variant variant{world, questions, {}};
  if (world.rules.empty()) return variant;
  variant.world.rules[dice.Below(static_cast<int>(world.rules.size()))].mode = Mode::Deny;
  return variant;
}

Variant LowerCeiling(const World& world, const Questions& questions, Dice& dice) {
  Variant variant{world, questions, {}};
  const Mode ceiling = static_cast<Mode>(dice.Below(4));
  variant.world.mode_ceiling = std::min(world.mode_ceiling.value_or(Mode::Deny), ceiling);
  return variant;
}

// New names whose byte order has nothing to do with the old one; some need backticks.
class Renamer {
 public:
  Renamer(Variant& variant, Dice& dice) : variant_(variant) {
    for (int i = 0; i < 100; ++i) numbers_.push_back(i);
    dice.Shuffle(numbers_);
  }

  void Rename(std::string& name) {
    if (name.empty()) return;
    const int number = numbers_[next_ % numbers_.size()] + 100 * static_cast<int>(next_ / 100);
    ++next_;
    const std::string renamed = (number % 7 == 0 ? "n-" : "n") + std::to_string(number);
    variant_.names_back.emplace_back(renamed, name);
    name = renamed;
  }

 private:
  Variant& variant_;
  std::vector<int> numbers_;
  size_t next_ = 0;
};

Variant RenameEverything(const World& world, const Questions& questions, Dice& dice) {
  Variant variant{world, questions, {}};
  Renamer renamer(variant, dice);
  for (Duty& duty : variant.world.duties) renamer.Rename(duty.name);
  for (Group& group : variant.world.groups) renamer.Rename(group.name);
  for (RoleGroup& group : variant.world.role_groups) renamer.Rename(group.name);
  for (Role& role : variant.world.roles) renamer.Rename(role.name);
  for (Actor& actor : variant.world.actors) renamer.Rename(actor.name);
  for (Rule& rule : variant.world.rules) renamer.Rename(rule.name);
  return variant;
}

// ---- Names back

class NamesBack {
 public:
  explicit NamesBack(const Variant& variant)
      : names_(variant.names_back.begin(), variant.names_back.end()) {}

  void Put(std::string& name) const {
    if (const auto found = names_.find(name); found != names_.end()) name = found->second;
  }

  // `a/b` with the two names in byte order.
  void PutInId(std::string& id) const {
    const size_t slash = id.find('/');
    if (slash == std::string::npos) return Put(id);
    std::string first = id.substr(0, slash);
    std::string second = id.substr(slash + 1);
    Put(first);
    Put(second);
    if (second < first) std::swap(first, second);
    id = first + "/" + second;
  }

  // `r restricts d on own actions`
  void PutInSelfRule(std::string& id) const {
    static const std::string kVerb = " restricts ";
    static const std::string kEnd = " on own actions";
    const size_t verb = id.find(kVerb);
    const size_t end = id.rfind(kEnd);
    if (verb == std::string::npos || end == std::string::npos) return;
    std::string role = id.substr(0, verb);
    std::string item = id.substr(verb + kVerb.size(), end - verb - kVerb.size());
    Put(role);
    Put(item);
    id = role + kVerb + item + kEnd;
  }

 private:
  std::map<std::string, std::string> names_;
};

}  // namespace

const std::vector<Law>& Laws() {
  static const std::vector<Law> laws = {
      {"the order of declarations changes nothing", ShuffleDeclarations, SameButOrder},
      {"an imported module changes nothing", SplitIntoModule, SameButOrder},
      {"other names change nothing", RenameEverything, SameAnswer},
      {"one more duty never improves the verdict", AddDuty, NothingLost},
      {"one more role never removes a conflict", AddRole, NothingLost},
      {"one more inclusion never removes a conflict", AddInclusion, NothingLost},
      {"one more grant never removes a conflict", AddGrant, NothingLost},
      {"a stricter mode never improves the verdict", MakeStricter, NotBetter},
      {"a lower ceiling never worsens the verdict", LowerCeiling, NotWorse},
  };
  return laws;
}

Answer InOriginalNames(Answer answer, const Variant& variant) {
  if (variant.names_back.empty()) return answer;
  const NamesBack names(variant);
  for (HeldAnswer& duty : answer.duties) names.Put(duty.name);
  for (std::string& role : answer.roles) names.Put(role);
  for (std::string& rule : answer.not_checked) names.PutInSelfRule(rule);
  for (ConflictAnswer& conflict : answer.conflicts) {
    names.PutInId(conflict.id);
    for (SideAnswer& side : conflict.sides) {
      for (WitnessAnswer& witness : side.witnesses) names.Put(witness.name);
    }
  }
  Normalize(answer);
  return answer;
}

}  // namespace oracle
