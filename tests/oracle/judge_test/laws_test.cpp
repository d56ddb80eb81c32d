// A law must be able to be broken: each check notices the answer that breaks it, and each
// change really changes the policy.
#include "../laws/laws.h"

#include <gtest/gtest.h>

#include "../world/print_world.h"
#include "../world/random_world.h"
#include "small_worlds.h"

namespace oracle {
namespace {

Answer Saying(const std::string& verdict, const std::vector<std::string>& conflicts) {
  Answer answer;
  answer.verdict = verdict;
  for (const std::string& id : conflicts) {
    answer.conflicts.push_back({id, verdict, 2, false, {}, {}});
  }
  return answer;
}

const Law& LawNamed(const std::string& words) {
  for (const Law& law : Laws()) {
    if (std::string(law.name).find(words) != std::string::npos) return law;
  }
  ADD_FAILURE() << "no law about " << words;
  return Laws()[0];
}

TEST(Laws, NoticeTheAnswerThatBreaksThem) {
  const Answer clear = Saying("clear", {});
  const Answer denied = Saying("denied", {"c"});
  const Answer denied_otherwise = Saying("denied", {"d"});
  for (const char* same : {"order of declarations", "imported module", "other names"}) {
    EXPECT_NE(LawNamed(same).check(clear, denied), "");
    EXPECT_NE(LawNamed(same).check(denied, clear), "");
  }
  for (const char* more : {"more duty", "more role", "more inclusion", "more grant"}) {
    EXPECT_NE(LawNamed(more).check(denied, clear), "");
    EXPECT_NE(LawNamed(more).check(denied, denied_otherwise), "");
    EXPECT_EQ(LawNamed(more).check(clear, denied), "");
  }
  EXPECT_NE(LawNamed("stricter mode").check(denied, clear), "");
  EXPECT_NE(LawNamed("lower ceiling").check(clear, denied), "");
}

TEST(Laws, ChangeThePolicy) {
  for (const Law& law : Laws()) {
    int changed = 0;
    for (uint64_t seed = 1; seed <= 20; ++seed) {
      const World world = RandomWorld(seed);
      Dice dice(seed);
      const Variant variant = law.change(world, RandomQuestions(world, seed), dice);
      if (PrintWorld(variant.world) != PrintWorld(world)) ++changed;
    }
    EXPECT_GE(changed, 5) << law.name;
  }
}

TEST(Laws, PutOldNamesBack) {
  World world = FourDuties();
  AddPair(world, "", Duty1(0), Duty1(1));
  world.roles = {{"r0", {}, {}, {{0, kUnsaid, false, true}}, false}};
  Assign(world, 0, {ToDuty(0), ToDuty(1), ToRole(0)});
  Dice dice(3);
  const Variant variant = LawNamed("other names").change(world, {About(0)}, dice);
  const Answer renamed = Judge(variant.world).Decide(variant.questions[0]);
  EXPECT_NE(Difference(Judge(world).Decide(About(0)), renamed), "");
  EXPECT_EQ(Difference(Judge(world).Decide(About(0)), InOriginalNames(renamed, variant)), "");
}

}  // namespace
}  // namespace oracle
