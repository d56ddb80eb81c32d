// oracle_judged agree FIRST COUNT    worlds on which the product and the judge must agree, and no wrong reading may
// oracle_judged laws FIRST COUNT     the laws on pairs of worlds, and for each a wrong reading that it must find
// oracle_judged print SEED           the text of a world
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "ask_judged.h"
#include "laws_judged.h"

namespace oracle::judged {
namespace {

constexpr uint64_t kSpread = 0x9e3779b97f4a7c15ULL;

int Agree(uint64_t first, uint64_t count) {
  const TemporaryFolder folder;
  long answers = 0, conflicts = 0, controls = 0, wrong = 0, ways = 0, bad_ways = 0;
  std::map<int, long> caught;
  for (int reading = 1; reading <= static_cast<int>(Reading::LastOfAll); ++reading) caught[reading] = 0;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    const World world = RandomWorld(seed * kSpread);
    const Asked asked = AskProduct(world, folder.path(), true);
    if (!asked.problem.empty()) {
      std::printf("world %llu: %s\n", static_cast<unsigned long long>(seed), asked.problem.c_str());
      return 1;
    }
    answers += static_cast<long>(asked.answers.size());
    ways += asked.ways;
    bad_ways += static_cast<long>(asked.bad_ways.size());
    if (!asked.bad_ways.empty() && bad_ways <= 10) std::printf("world %llu: %s\n", static_cast<unsigned long long>(seed), asked.bad_ways[0].c_str());
    for (const Answer& answer : asked.answers) {
      conflicts += static_cast<long>(answer.conflicts.size());
      for (const auto& [name, conflict] : answer.conflicts) controls += static_cast<long>(conflict.controls.size());
    }
    const std::vector<Answer> expected = AskJudge(world, Reading::Right);
    if (expected != asked.answers && ++wrong <= 5) {
      std::printf("world %llu: %s\n", static_cast<unsigned long long>(seed), Difference(world, expected, asked.answers).c_str());
    }
    for (auto& [reading, found] : caught) {
      if (found < 3 && AskJudge(world, static_cast<Reading>(reading)) != asked.answers) ++found;
    }
  }
  bool all_caught = true;
  for (const auto& [reading, found] : caught) {
    if (found > 0) continue;
    all_caught = false;
    std::printf("no answer contradicts: %s\n", SpellingOf(static_cast<Reading>(reading)));
  }
  std::printf("%ld answers, %ld conflicts, %ld controls judged, %ld ways, %zu wrong readings; %ld worlds disagree, %ld bad ways\n", answers,
              conflicts, controls, ways, caught.size(), wrong, bad_ways);
  return wrong == 0 && bad_ways == 0 && all_caught ? 0 : 1;
}

struct Tally {
  long cases = 0, changed = 0, broken = 0, found = 0;
};

class TryingLaws {
 public:
  TryingLaws() : tallies_(Laws().size()) {}

  void Try(uint64_t seed) {
    const World world = RandomWorld(seed * kSpread + 1);
    const Asked before = AskProduct(world, folder_.path(), false);
    if (!before.problem.empty()) return Refuse(seed, before.problem);
    std::map<Reading, std::vector<Answer>> mistaken;
    for (size_t law = 0; law < Laws().size(); ++law) {
      Dice dice(seed * kSpread + law);
      const std::optional<World> changed = Laws()[law].change(world, dice);
      if (!changed) continue;
      const Asked after = AskProduct(*changed, folder_.path(), false);
      if (!after.problem.empty()) return Refuse(seed, after.problem);
      Compare(law, seed, world, before.answers, after.answers);
      Mistake(law, world, *changed, mistaken);
    }
  }

  bool Report() const {
    bool is_fine = !is_refused_;
    long cases = 0;
    for (size_t law = 0; law < Laws().size(); ++law) {
      const Tally& tally = tallies_[law];
      cases += tally.cases;
      std::printf("%s: %ld cases, %ld changed, %ld broken; %s by \"%s\"\n", Laws()[law].name, tally.cases, tally.changed, tally.broken,
                  tally.found > 0 ? "broken" : "NOT BROKEN", SpellingOf(Laws()[law].broken_by));
      is_fine = is_fine && tally.broken == 0 && tally.found > 0 && Laws()[law].may_change == (tally.changed > 0);
    }
    std::printf("%ld cases\n", cases);
    return is_fine;
  }

 private:
  void Refuse(uint64_t seed, const std::string& problem) {
    is_refused_ = true;
    std::printf("world %llu: %s\n", static_cast<unsigned long long>(seed), problem.c_str());
  }

  // A case: one conflict of somebody on a day, or a verdict without any.
  void Compare(size_t law, uint64_t seed, const World& world, const std::vector<Answer>& before, const std::vector<Answer>& after) {
    Tally& tally = tallies_[law];
    for (size_t i = 0; i < before.size(); ++i) {
      tally.cases += std::max<long>(1, static_cast<long>(before[i].conflicts.size()));
      for (const auto& [name, conflict] : after[i].conflicts) {
        const auto was = before[i].conflicts.find(name);
        if (was == before[i].conflicts.end() || was->second.disposition != conflict.disposition) ++tally.changed;
      }
      const std::string wrong = Laws()[law].check(before[i], after[i]);
      if (wrong.empty()) continue;
      if (++tally.broken > 3) continue;
      std::printf("broken: %s, in world %llu: %s\n%s\n", Laws()[law].name, static_cast<unsigned long long>(seed), wrong.c_str(),
                  Difference(world, {before.begin(), before.end()}, {after.begin(), after.end()}).c_str());
    }
  }

  // Somebody who reads the rules wrongly must be found out.
  void Mistake(size_t law, const World& world, const World& changed, std::map<Reading, std::vector<Answer>>& mistaken) {
    Tally& tally = tallies_[law];
    if (tally.found >= 3) return;
    const Reading reading = Laws()[law].broken_by;
    if (mistaken.count(reading) == 0) mistaken[reading] = AskJudge(world, reading);
    const std::vector<Answer> after = AskJudge(changed, reading);
    for (size_t i = 0; i < after.size(); ++i) {
      if (!Laws()[law].check(mistaken[reading][i], after[i]).empty()) ++tally.found;
    }
  }

  const TemporaryFolder folder_;
  std::vector<Tally> tallies_;
  bool is_refused_ = false;
};

}  // namespace
}  // namespace oracle::judged

int main(int argc, char** argv) {
  using namespace oracle::judged;
  const std::string verb = argc > 1 ? argv[1] : "";
  const uint64_t first = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  const uint64_t count = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 100;
  if (verb == "print") {
    std::printf("%s", Print(RandomWorld(first * kSpread)).c_str());
    return 0;
  }
  if (verb == "agree") return Agree(first, count);
  if (verb == "laws") {
    TryingLaws trying;
    for (uint64_t seed = first; seed < first + count; ++seed) trying.Try(seed);
    return trying.Report() ? 0 : 1;
  }
  std::printf("oracle_judged agree|laws FIRST COUNT\n");
  return 2;
}
