// The comparison must be able to fail: every kind of wrong answer is noticed.
#include <gtest/gtest.h>

#include <functional>

#include "small_worlds.h"

namespace oracle {
namespace {

// p is in team t, which holds r1, which includes r0, which grants a; p holds b directly.
World TeamWorld() {
  World world = FourDuties();
  AddPair(world, "n", Duty1(0), Duty1(1));
  world.roles = {{"r0", {}, {{0, kUnsaid, kUnsaid}}, {}, false}, {"r1", {0}, {}, {}, false}};
  world.actors.push_back({"t", ActorKind::Team, {}, {0}, false});
  Assign(world, 1, {ToRole(1)});
  Assign(world, 0, {ToDuty(1)});
  return world;
}

const StepPath kPathToA = {{"person", "p"}, {"team", "t"}, {"role", "r1"}, {"role", "r0"}, {"duty", "a"}};
const StepPath kPathToB = {{"person", "p"}, {"duty", "b"}};

Answer RightAnswer(const World& world) {
  Answer answer = Judge(world).Decide(About(0));
  answer.conflicts.at(0).sides.at(0).witnesses.at(0).paths = {kPathToA};
  answer.conflicts.at(0).sides.at(1).witnesses.at(0).paths = {kPathToB};
  return answer;
}

std::string CheckA(const World& world, std::vector<StepPath> paths) {
  Answer answer = RightAnswer(world);
  answer.conflicts[0].sides[0].witnesses[0].paths = std::move(paths);
  return Judge(world).CheckPaths(About(0), RightAnswer(world), answer);
}

TEST(CheckPaths, AcceptsTheChainsOfEveryHolding) {
  const World world = TeamWorld();
  EXPECT_EQ(CheckA(world, {kPathToA}), "");
}

TEST(CheckPaths, RejectsEveryOtherChain) {
  const World world = TeamWorld();
  const auto changed = [](const std::function<void(StepPath&)>& change) {
    StepPath path = kPathToA;
    change(path);
    return std::vector<StepPath>{path};
  };
  EXPECT_NE(CheckA(world, {}), "");
  EXPECT_NE(CheckA(world, {kPathToA, kPathToA}), "");
  EXPECT_NE(CheckA(world, changed([](StepPath& p) { p.erase(p.begin()); })), "");
  EXPECT_NE(CheckA(world, changed([](StepPath& p) { p.erase(p.begin() + 1); })), "");
  EXPECT_NE(CheckA(world, changed([](StepPath& p) { p.erase(p.begin() + 3); })), "");
  EXPECT_NE(CheckA(world, changed([](StepPath& p) { p.pop_back(); })), "");
  EXPECT_NE(CheckA(world, changed([](StepPath& p) { p[3].id = "r1"; })), "");
  EXPECT_NE(CheckA(world, changed([](StepPath& p) { p[1].kind = "person"; })), "");
}

TEST(CheckPaths, WantsEveryChain) {
  World world = TeamWorld();
  // A shorter way inside the role: r1 grants a itself.
  world.roles[1].grants.push_back({0, kUnsaid, kUnsaid});
  const StepPath shorter = {{"person", "p"}, {"team", "t"}, {"role", "r1"}, {"duty", "a"}};
  EXPECT_NE(CheckA(world, {kPathToA}), "");
  EXPECT_NE(CheckA(world, {shorter}), "");
  EXPECT_NE(CheckA(world, {shorter, shorter}), "");
  EXPECT_EQ(CheckA(world, {shorter, kPathToA}), "");
}

TEST(CheckPaths, WantsOnePathForEachHolding) {
  World world = TeamWorld();
  Assign(world, 0, {ToRole(0)});
  const StepPath direct = {{"person", "p"}, {"role", "r0"}, {"duty", "a"}};
  EXPECT_NE(CheckA(world, {kPathToA}), "");
  EXPECT_EQ(CheckA(world, {direct, kPathToA}), "");
}

TEST(CheckPaths, LooksForAGrantHighEnough) {
  World world = TeamWorld();
  world.level_count = 3;
  world.rules[0].sides[0].trigger = 2;
  world.roles[1].grants.push_back({0, kUnsaid, 1});  // too low to be the reason
  EXPECT_EQ(CheckA(world, {kPathToA}), "");
  EXPECT_NE(CheckA(world, {{{"person", "p"}, {"team", "t"}, {"role", "r1"}, {"duty", "a"}}}), "");
}

TEST(Difference, NoticesEveryField) {
  const World world = TeamWorld();
  const Answer right = RightAnswer(world);
  EXPECT_EQ(Difference(right, right), "");
  const std::function<void(Answer&)> changes[] = {
      [](Answer& a) { a.verdict = "warned"; },
      [](Answer& a) { a.request_verdict = "clear"; },
      [](Answer& a) { a.already_held = true; },
      [](Answer& a) { a.is_complete = false; },
      [](Answer& a) { a.duties.pop_back(); },
      [](Answer& a) { a.duties[0].level = 1; },
      [](Answer& a) { a.roles.pop_back(); },
      [](Answer& a) { a.not_checked.push_back("x"); },
      [](Answer& a) { a.conflicts.clear(); },
      [](Answer& a) { a.conflicts[0].id = "m"; },
      [](Answer& a) { a.conflicts[0].disposition = "warned"; },
      [](Answer& a) { a.conflicts[0].held = 3; },
      [](Answer& a) { a.conflicts[0].introduced = true; },
      [](Answer& a) { a.conflicts[0].sides.pop_back(); },
      [](Answer& a) { a.conflicts[0].sides[0].is_new = true; },
      [](Answer& a) { a.conflicts[0].sides[0].witnesses.pop_back(); },
      [](Answer& a) { a.conflicts[0].sides[0].witnesses[0].name = "b"; },
      [](Answer& a) { a.conflicts[0].sides[0].witnesses[0].level = 2; },
      [](Answer& a) { a.conflicts[0].sides[0].witnesses[0].is_role = true; },
      [](Answer& a) { a.conflicts[0].sides[0].witnesses[0].is_new = true; }};
  for (const auto& change : changes) {
    Answer wrong = right;
    change(wrong);
    EXPECT_NE(Difference(right, wrong), "");
  }
}

}  // namespace
}  // namespace oracle
