// What one session activates together, and the largest sets that it may.
#include <vector>

#include <gtest/gtest.h>

#include "sod/session.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using Sets = std::vector<std::vector<uint32_t>>;

Holding Duty(uint32_t row, HoldingState state = HoldingState::Active) { return {.target = row, .state = state}; }

// Duties a, b, c: a with b and b with c in one session, a with c never.
class Session : public ::testing::Test {
 protected:
  Session() {
    for (const char* name : {"a", "b", "c"}) policy_.Duty(name);
    policy_.Pair("a/b", {0, 0}, {1, 0});
    policy_.Pair("a/c", {0, 0}, {2, 0});
    policy_.Pair("b/c", {1, 0}, {2, 0});
    policy_.rows.Rules[0].moment = format::Moment::Session;
    policy_.rows.Rules[2].moment = format::Moment::Session;
  }

  test::PolicyBuilder policy_;
};

TEST_F(Session, LooksAtRulesPerSessionAndWhatIsActive) {
  const Table table = policy_.Load();
  Workspace workspace(table);
  struct Case {
    const char* name;
    std::vector<Holding> activated;
    std::vector<uint32_t> rules;
  };
  const Case cases[] = {
      {"nothing", {}, {}},
      {"one rule", {Duty(0), Duty(1)}, {0}},
      {"the other order", {Duty(1), Duty(0)}, {0}},
      {"a rule for all times", {Duty(0), Duty(2)}, {}},
      {"all", {Duty(0), Duty(1), Duty(2)}, {0, 2}},
      {"eligible", {Duty(0), Duty(1, HoldingState::Eligible)}, {}},
      {"an emergency", {Duty(0), Duty(1, HoldingState::Emergency)}, {}},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(SessionViolations(table, workspace, one.activated, 0), one.rules) << one.name;
    EXPECT_EQ(PossibleSessionViolations(table, workspace, one.activated, 0), one.rules) << one.name;
  }
}

TEST_F(Session, TellsTheLargestSetsOfWhatIsActivatedAsOne) {
  const Table table = policy_.Load();
  Workspace workspace(table);
  struct Case {
    const char* name;
    std::vector<std::vector<Holding>> candidates;
    Sets sets;
  };
  const Case cases[] = {
      {"nothing", {}, {{}}},
      {"each alone", {{Duty(0)}, {Duty(1)}, {Duty(2)}}, {{0, 2}, {1}}},
      {"two as one", {{Duty(0), Duty(2)}, {Duty(1)}}, {{0}, {1}}},
      {"one that breaks a rule by itself", {{Duty(0), Duty(1)}, {Duty(2)}}, {{1}}},
      {"what cannot be activated takes nobody along", {{Duty(1, HoldingState::Eligible)}, {Duty(0)}}, {{1}}},
      {"what cannot be activated of one counts for nothing", {{Duty(0), Duty(1, HoldingState::Suspended)}, {Duty(2)}}, {{0, 1}}},
  };
  for (const Case& one : cases) {
    Sets sets;
    const auto tell = [&](std::span<const uint32_t> set) {
      sets.emplace_back(set.begin(), set.end());
      return true;
    };
    const SafeSets found = ForEachSafeSet(table, workspace, one.candidates, 0, tell);
    EXPECT_EQ(sets, one.sets) << one.name;
    EXPECT_EQ(found.count, one.sets.size()) << one.name;
    EXPECT_FALSE(found.is_truncated) << one.name;
  }
}

TEST_F(Session, SaysWhenThereAreMore) {
  const Table table = policy_.Load();
  Workspace workspace(table);
  const std::vector<Holding> all = {Duty(0), Duty(1), Duty(2)};
  const SafeSets found = ForEachSafeSet(table, workspace, all, 0, [](std::span<const uint32_t>) { return true; }, /*most=*/1);
  EXPECT_EQ(found.count, 1u);
  EXPECT_TRUE(found.is_truncated);
}

}  // namespace
}  // namespace sod
