// Comparing and printing answers.
#include "answer.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "print_world.h"

namespace oracle {

namespace {

std::string BoolText(bool value) { return value ? "yes" : "no"; }

std::string Compare(const std::string& what, const std::string& expected, const std::string& actual) {
  if (expected == actual) return "";
  return what + ": expected `" + expected + "`, got `" + actual + "`";
}

std::string WitnessText(const WitnessAnswer& witness) {
  std::string text = (witness.is_role ? "role " : "") + witness.name;
  if (witness.level != kUnsaid) text += " at " + LevelName(witness.level);
  return text + (witness.is_new ? " (new)" : "");
}

std::string SideText(const SideAnswer& side) {
  std::string text = side.is_new ? "new {" : "{";
  for (const WitnessAnswer& witness : side.witnesses) text += " " + WitnessText(witness);
  return text + " }";
}

std::string ConflictText(const ConflictAnswer& conflict) {
  std::string text = conflict.id + " " + conflict.disposition + ", held " +
                     std::to_string(conflict.held) + ", introduced " +
                     BoolText(conflict.introduced) + ", sides";
  for (const SideAnswer& side : conflict.sides) text += " " + SideText(side);
  return text;
}

std::string IdsText(const std::vector<ConflictAnswer>& conflicts) {
  std::string text;
  for (const ConflictAnswer& conflict : conflicts) text += conflict.id + " ";
  return text;
}

std::string HeldText(const std::vector<HeldAnswer>& duties) {
  std::string text;
  for (const HeldAnswer& duty : duties) {
    text += duty.name + (duty.level == kUnsaid ? "" : "@" + std::to_string(duty.level)) + " ";
  }
  return text;
}

std::string ListText(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + " ";
  return text;
}

std::string PathText(const StepPath& path) {
  std::string text;
  for (const Step& step : path) text += (text.empty() ? "" : " -> ") + step.kind + " " + step.id;
  return text;
}

std::string TargetText(const World& world, const Target& target) {
  if (target.is_role) return "role " + world.roles[target.index].name;
  return world.duties[target.index].name +
         (target.level == kUnsaid ? "" : " at " + LevelName(target.level));
}

std::string MomentText(Seconds at) {
  if (at == kOpenBegin || at == kOpenEnd) return "open";
  const Seconds day = (at - kFirstSecond) / kSecondsPerDay;
  return PrintDay(static_cast<int>(day)) + "+" + std::to_string(at - StartOfDay(static_cast<int>(day))) + "s";
}

// Two single things stand in the order of their names: which of several statements about
// a pair came first depends on where the text put them.
void SortPair(ConflictAnswer& conflict) {
  if (conflict.sides.size() != 2) return;
  SideAnswer& first = conflict.sides[0];
  SideAnswer& second = conflict.sides[1];
  if (first.witnesses.size() != 1 || second.witnesses.size() != 1) return;
  const auto key = [](const SideAnswer& side) {
    return std::tie(side.witnesses[0].is_role, side.witnesses[0].name);
  };
  if (key(second) < key(first)) std::swap(first, second);
}

}  // namespace

void Normalize(Answer& answer) {
  for (ConflictAnswer& conflict : answer.conflicts) {
    SortPair(conflict);
    for (SideAnswer& side : conflict.sides) {
      std::sort(side.witnesses.begin(), side.witnesses.end(),
                [](const WitnessAnswer& a, const WitnessAnswer& b) {
                  return std::tie(a.is_role, a.name) < std::tie(b.is_role, b.name);
                });
    }
  }
  std::sort(answer.conflicts.begin(), answer.conflicts.end(),
            [](const ConflictAnswer& a, const ConflictAnswer& b) { return a.id < b.id; });
  std::sort(answer.duties.begin(), answer.duties.end(),
            [](const HeldAnswer& a, const HeldAnswer& b) { return a.name < b.name; });
  std::sort(answer.roles.begin(), answer.roles.end());
  std::sort(answer.not_checked.begin(), answer.not_checked.end());
}

std::string Difference(const Answer& expected, const Answer& actual) {
  std::vector<std::string> found = {
      Compare("verdict", expected.verdict, actual.verdict),
      Compare("request verdict", expected.request_verdict, actual.request_verdict),
      Compare("already held", BoolText(expected.already_held), BoolText(actual.already_held)),
      Compare("complete", BoolText(expected.is_complete), BoolText(actual.is_complete)),
      Compare("duties", HeldText(expected.duties), HeldText(actual.duties)),
      Compare("roles", ListText(expected.roles), ListText(actual.roles)),
      Compare("not checked", ListText(expected.not_checked), ListText(actual.not_checked)),
      Compare("conflicts", IdsText(expected.conflicts), IdsText(actual.conflicts))};
  const size_t count = std::min(expected.conflicts.size(), actual.conflicts.size());
  for (size_t i = 0; i < count; ++i) {
    found.push_back(Compare("conflict", ConflictText(expected.conflicts[i]),
                            ConflictText(actual.conflicts[i])));
  }
  for (const std::string& difference : found) {
    if (!difference.empty()) return difference;
  }
  return "";
}

std::string PrintAnswer(const Answer& answer) {
  std::string text = "verdict " + answer.verdict;
  if (!answer.request_verdict.empty()) text += ", request verdict " + answer.request_verdict;
  text += ", already held " + BoolText(answer.already_held) + ", complete " +
          BoolText(answer.is_complete) + "\n  duties " + HeldText(answer.duties) + "\n  roles " +
          ListText(answer.roles) + "\n";
  if (!answer.not_checked.empty()) text += "  not checked " + ListText(answer.not_checked) + "\n";
  for (const ConflictAnswer& conflict : answer.conflicts) {
    text += "  " + ConflictText(conflict) + "\n";
    for (const SideAnswer& side : conflict.sides) {
      for (const WitnessAnswer& witness : side.witnesses) {
        for (const StepPath& path : witness.paths) text += "      " + PathText(path) + "\n";
      }
    }
  }
  return text;
}

std::string PrintQuestion(const World& world, const Question& question) {
  std::string text = "as of " + MomentText(question.as_of) + ": ";
  if (question.actor != kUnsaid) {
    text += world.actors[question.actor].name;
  } else if (question.account != kUnsaid) {
    text += "account " + world.accounts[question.account].identifier;
  } else {
    text += "somebody who holds {";
    for (const Target& target : question.held) text += " " + TargetText(world, target);
    text += " }";
  }
  if (!question.request) return text + "\n";
  const Request& request = *question.request;
  return text + ", requests " + TargetText(world, request.target) + " from " +
         MomentText(request.from) + " until " + MomentText(request.until) + "\n";
}

}  // namespace oracle
