// F8: who holds what in which way, and what rules make of it. Small worlds one by one, larger ones by
// chance; `--mutants` shows that each wrong reading of the semantics would be seen.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../product/compile_world.h"
#include "../product/policy_under_test.h"
#include "make_worlds.h"
#include "requests.h"
#include "sod/describe.h"

namespace oracle::holdings {
namespace {

constexpr sod::Instant kHalves[] = {1'772'323'200, 1'788'220'800};  // 2026-03-01, 2026-09-01

// The answers of one half of the year by subject; nothing when the policy was refused.
using Answers = std::map<std::string, Expected>;

bool IsConditional(const sod::Path& path) {
  for (const sod::PathStep& step : path) {
    if (!step.condition.empty()) return true;
  }
  return false;
}

void AddConflict(const sod::Table& table, const sod::Conflict& conflict, std::set<std::string>& conflicts) {
  const sod::RuleDescription rule = sod::Describe(table, conflict.rule);
  for (const sod::ConflictSide& side : conflict.sides) {
    for (const sod::Witness& witness : side.witnesses) {
      const sod::ElementDescription element = sod::DescribeElement(table, witness.element);
      size_t conditional = 0;
      for (const sod::Path& path : witness.paths) conditional += IsConditional(path) ? 1 : 0;
      conflicts.insert(std::string(rule.rule.name) + ":" + std::to_string(side.side - rule.first_side) + " " +
                       std::string(element.element.name) + (element.capacity.name.empty() ? "" : " as " + std::string(element.capacity.name)) +
                       " " + std::to_string(witness.paths.size() + witness.more_paths) + " " + std::to_string(conditional));
    }
  }
}

// Rules of the fast tier that the whole answer does not find, or the other way round.
std::string Difference(const sod::Table& table, const std::set<std::string>& fast, const sod::Answer& answer) {
  std::set<std::string> whole;
  for (const sod::Conflict& conflict : answer.conflicts) whole.emplace(table.rule(conflict.rule).name);
  return fast == whole ? "" : ", and the fast tier disagrees";
}

Expected AnswerOf(PolicyUnderTest& policy, const sod::Subject& subject, sod::Instant at) {
  const std::set<std::string> fast = policy.Violations(subject, at);
  const auto asked = policy.Ask(subject, at);
  if (!asked) return {asked.error().message, true, {}, {}};
  const sod::Answer& answer = asked.value();
  Expected got;
  got.verdict = std::string(sod::SpellingOf(answer.verdict)) + Difference(policy.table(), fast, answer);
  got.is_complete = answer.subject.is_complete;
  for (const sod::Conflict& conflict : answer.conflicts) AddConflict(policy.table(), conflict, got.conflicts);
  for (const sod::HeldDuty& held : answer.duties) got.held.emplace(policy.table().duty(held.duty).name);
  for (const sod::HeldRole& held : answer.roles) got.held.emplace(policy.table().role(held.role).name);
  return got;
}

// A world with all that the product says of it.
struct Asked {
  World world;
  bool is_refused = false;
  std::string problem;  // another one
  Answers halves[2];
};

Asked AskAll(World world, const std::string& folder) {
  Asked asked;
  PolicyUnderTest policy(Text(world), folder);
  asked.world = std::move(world);
  asked.is_refused = policy.problem().find("SOD1334") != std::string::npos;
  if (!asked.is_refused) asked.problem = policy.problem();
  if (!policy.problem().empty()) return asked;
  for (int half = 0; half < 2; ++half) {
    for (const sod::Subject& subject : policy.subjects()) asked.halves[half][subject.id] = AnswerOf(policy, subject, kHalves[half]);
  }
  return asked;
}

std::string Listed(const std::set<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += " [" + item + "]";
  return text;
}

std::string Shown(const Expected& expected) {
  return expected.verdict + (expected.is_complete ? "" : ", incomplete") + "; conflicts" + Listed(expected.conflicts) + "; holds" +
         Listed(expected.held);
}

struct Totals {
  uint64_t worlds = 0, answers = 0, hits = 0, refused = 0, wrong = 0;
};

// What is wrong in one half of the year, or nothing.
std::optional<std::string> CompareHalf(const Asked& asked, int half, Mistake mistake, Totals& totals) {
  const std::vector<Judged> judged = Judge(asked.world, half, mistake);
  if (judged.size() != asked.halves[half].size()) {
    return std::to_string(judged.size()) + " subjects expected, got " + std::to_string(asked.halves[half].size());
  }
  for (const Judged& one : judged) {
    ++totals.answers;
    totals.hits += one.expected.conflicts.size();
    const auto got = asked.halves[half].find(one.subject);
    if (got == asked.halves[half].end()) return one.subject + " is no subject";
    if (got->second == one.expected) continue;
    return one.subject + " in half " + std::to_string(half + 1) + "\n  expected " + Shown(one.expected) + "\n  got      " + Shown(got->second);
  }
  return std::nullopt;
}

std::optional<std::string> Compare(const Asked& asked, Mistake mistake, Totals& totals) {
  ++totals.worlds;
  if (!asked.problem.empty()) return asked.problem;
  const bool is_refused = IsRefused(asked.world, mistake);
  totals.refused += is_refused ? 1 : 0;
  if (is_refused != asked.is_refused) return is_refused ? "was not refused" : "was refused";
  for (int half = 0; half < 2 && !is_refused; ++half) {
    if (auto problem = CompareHalf(asked, half, mistake, totals)) return problem;
  }
  return std::nullopt;
}

void Run(World world, const std::string& name, const std::string& folder, Totals& totals) {
  const Asked asked = AskAll(std::move(world), folder);
  const auto problem = Compare(asked, Mistake::None, totals);
  if (!problem || ++totals.wrong > 3) return;
  const std::string text = Text(asked.world);
  std::printf("%s: %.2000s\n%s", name.c_str(), problem->c_str(), text.size() < 8000 ? text.c_str() : "");
}

// Prints the counts; true when they are as wanted and nothing is wrong.
bool IsComplete(const char* name, const Totals& totals, const Totals& wanted) {
  std::printf("F8 %s: %llu worlds, %llu of them refused, %llu answers, %llu elements in conflicts, %llu disagreements\n", name,
              static_cast<unsigned long long>(totals.worlds), static_cast<unsigned long long>(totals.refused),
              static_cast<unsigned long long>(totals.answers), static_cast<unsigned long long>(totals.hits),
              static_cast<unsigned long long>(totals.wrong));
  const bool is_wanted = totals.worlds == wanted.worlds && totals.refused == wanted.refused && totals.answers == wanted.answers &&
                         totals.hits == wanted.hits;
  return totals.wrong == 0 && is_wanted;
}

bool RunSmall(const std::string& folder) {
  Totals states, capacities, certainties, structures, passing_on;
  Run(StatesWorld(), "states", folder, states);
  Run(CapacitiesWorld(), "capacities", folder, capacities);
  Run(CertaintiesWorld(), "certainties", folder, certainties);
  for (World& world : StructureWorlds()) Run(std::move(world), "structure", folder, structures);
  for (World& world : PassingOnWorlds()) Run(std::move(world), "passing on", folder, passing_on);
  bool is_complete = IsComplete("states", states, {1, 3'872, 51'156, 0, 0});
  is_complete &= IsComplete("capacities", capacities, {1, 4'442, 29'336, 0, 0});
  is_complete &= IsComplete("certainties", certainties, {1, 2'244, 11'328, 0, 0});
  is_complete &= IsComplete("structure", structures, {420, 116'178, 161'448, 0, 0});
  return IsComplete("passing on", passing_on, {216, 996, 440, 50, 0}) && is_complete;
}

bool RunRandom(uint64_t first, uint64_t count, const std::string& folder) {
  Totals totals;
  for (uint64_t seed = first; seed < first + count; ++seed) Run(RandomWorld(seed), "random " + std::to_string(seed), folder, totals);
  return IsComplete("random", totals, {count, totals.answers, totals.hits, totals.refused, 0}) && totals.hits > count && totals.refused > 0;
}

// Each mistake must lead to a disagreement with what the product says, which agrees without it.
bool RunMutants(const std::string& folder) {
  std::vector<Asked> asked;
  for (uint64_t seed = 1; seed <= 200; ++seed) asked.push_back(AskAll(RandomWorld(seed), folder));
  for (World& world : PassingOnWorlds()) asked.push_back(AskAll(std::move(world), folder));
  asked.push_back(AskAll(CapacitiesWorld(), folder));
  asked.push_back(AskAll(CertaintiesWorld(), folder));
  int survivors = 0;
  for (int mistake = 0; mistake < static_cast<int>(Mistake::kCount); ++mistake) {
    Totals totals;
    bool is_seen = false;
    for (size_t i = 0; i < asked.size() && !is_seen; ++i) is_seen = Compare(asked[i], static_cast<Mistake>(mistake), totals).has_value();
    const bool is_right = is_seen == (mistake != 0);
    std::printf("%-26s %s in world %llu%s\n", NameOf(static_cast<Mistake>(mistake)), is_seen ? "seen" : "not seen",
                static_cast<unsigned long long>(totals.worlds), is_right ? "" : ": wrong");
    survivors += is_right ? 0 : 1;
  }
  return survivors == 0;
}

int Main(int count, char** arguments) {
  const TemporaryFolder folder;
  const std::string_view what = count > 1 ? arguments[1] : "";
  if (what == "small") return RunSmall(folder.path()) ? 0 : 1;
  if (what == "requests") return RunRequests(folder.path()) ? 0 : 1;
  if (what == "mutants") return RunMutants(folder.path()) ? 0 : 1;
  if (what == "random" && count == 4) {
    return RunRandom(std::strtoull(arguments[2], nullptr, 10), std::strtoull(arguments[3], nullptr, 10), folder.path()) ? 0 : 1;
  }
  std::printf("usage: oracle_holdings small | requests | mutants | random SEED COUNT\n");
  return 2;
}

}  // namespace
}  // namespace oracle::holdings

int main(int count, char** arguments) { return oracle::holdings::Main(count, arguments); }
