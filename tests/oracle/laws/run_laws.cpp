// oracle_laws [--seed S] [--count N]
//
// Tries every law on N random worlds. Ends with 1 when one is broken, or when a law was never
// put to the test: when its change made no difference to any answer and no difference was allowed.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "../product/differ.h"
#include "../world/print_world.h"
#include "../world/random_world.h"
#include "laws.h"

namespace {

using namespace oracle;  // the whole file speaks of nothing else

struct Tally {
  uint64_t answers = 0;
  uint64_t changed = 0;   // answers that are not the same as before
  uint64_t broken = 0;
};

void Report(const Law& law, const World& before, const Variant& variant, size_t question,
            const std::string& what) {
  std::printf("==== broken: %s: %s\n---- before\n%s---- after\n%s---- question: %s", law.name,
              what.c_str(), PrintWorld(before).c_str(), PrintWorld(variant.world).c_str(),
              PrintQuestion(variant.world, variant.questions[question]).c_str());
}

void TryLaw(const Law& law, const World& world, const std::vector<Question>& questions,
            const std::vector<Answer>& answers, uint64_t seed, const std::string& folder,
            Tally& tally) {
  Dice dice(seed);
  const Variant variant = law.change(world, questions, dice);
  const std::optional<std::vector<Answer>> after = AskAll(variant.world, variant.questions, folder);
  if (!after) {
    if (++tally.broken == 1) Report(law, world, variant, 0, "the changed world is refused");
    return;
  }
  for (size_t i = 0; i < answers.size(); ++i) {
    const Answer answer = InOriginalNames((*after)[i], variant);
    const std::string what = law.check(answers[i], answer);
    ++tally.answers;
    if (!Difference(answers[i], answer).empty()) ++tally.changed;
    if (!what.empty() && ++tally.broken == 1) Report(law, world, variant, i, what);
  }
}

bool Summarise(const Law& law, const Tally& tally, bool may_change) {
  std::printf("%s: %llu answers, %llu changed, %llu broken\n", law.name,
              static_cast<unsigned long long>(tally.answers),
              static_cast<unsigned long long>(tally.changed),
              static_cast<unsigned long long>(tally.broken));
  return tally.broken == 0 && tally.answers > 0 && (!may_change || tally.changed > 0);
}

// One answer that differs in its verdict alone; a law that forbids any change notices it.
bool MayChange(const Law& law) {
  Answer better;
  better.verdict = "clear";
  Answer worse;
  worse.verdict = "denied";
  return law.check(better, worse).empty() || law.check(worse, better).empty();
}

}  // namespace

int main(int argc, char** argv) {
  uint64_t seed = 1;
  uint64_t count = 1000;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string flag = argv[i];
    (flag == "--seed" ? seed : count) = std::strtoull(argv[i + 1], nullptr, 10);
  }
  const TemporaryFolder folder;
  std::vector<Tally> tallies(Laws().size());
  uint64_t refused = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t own_seed = (seed + i) * 0x9e3779b97f4a7c15ULL + 7;
    const World world = RandomWorld(own_seed);
    const std::vector<Question> questions = RandomQuestions(world, own_seed);
    const auto answers = AskAll(world, questions, folder.path());
    if (!answers) {
      ++refused;
      continue;
    }
    for (size_t law = 0; law < Laws().size(); ++law) {
      TryLaw(Laws()[law], world, questions, *answers, own_seed + law, folder.path(), tallies[law]);
    }
  }
  bool is_fine = refused == 0;
  if (refused > 0) std::printf("%llu worlds were refused\n", static_cast<unsigned long long>(refused));
  for (size_t law = 0; law < Laws().size(); ++law) {
    is_fine = Summarise(Laws()[law], tallies[law], MayChange(Laws()[law])) && is_fine;
  }
  return is_fine ? 0 : 1;
}
