// The fast tier: which rules are violated by what is held at an instant.
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using format::Quantifier;
using test::ElementSpec;
using test::PolicyBuilder;
using test::RuleSpec;
using ::testing::ElementsAre;

Holding Duty(uint32_t row, uint32_t level = kNone) { return {.target = row, .level = level}; }
Holding Role(uint32_t row) { return {.kind = HeldKind::Role, .target = row}; }

std::vector<uint32_t> Violated(Workspace& workspace, std::vector<Holding> holdings, Instant at = 0) {
  const auto rules = workspace.Violations(holdings, at);
  return {rules.begin(), rules.end()};
}

TEST(Workspace, FindsAPairInOneRoleAcrossRolesAndThroughInclusion) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  const uint32_t both = policy.Role({"both", {{a, 0}, {b, 0}}, {}});
  const uint32_t one = policy.Role({"one", {{a, 0}}, {}});
  const uint32_t other = policy.Role({"other", {{b, 0}}, {}});
  const uint32_t above = policy.Role({"above", {}, {one}});
  policy.Pair("a/b", {a, 0}, {b, 0});
  Workspace workspace(policy.Load());

  EXPECT_THAT(Violated(workspace, {Role(both)}), ElementsAre(0));
  EXPECT_THAT(Violated(workspace, {Role(one), Role(other)}), ElementsAre(0));
  EXPECT_THAT(Violated(workspace, {Role(above), Duty(b)}), ElementsAre(0));
  EXPECT_THAT(Violated(workspace, {Role(above), Role(one)}), ElementsAre());
  EXPECT_THAT(Violated(workspace, {Duty(a)}), ElementsAre());
  EXPECT_THAT(Violated(workspace, {}), ElementsAre());
}

TEST(Workspace, TriggersAtTheLevelOfTheSide) {
  PolicyBuilder policy;
  policy.Levels({"none", "limited", "full"});
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("a/b", {a, 2}, {b, 1});
  Workspace workspace(policy.Load());

  EXPECT_THAT(Violated(workspace, {Duty(a, 2), Duty(b, 1)}), ElementsAre(0));
  EXPECT_THAT(Violated(workspace, {Duty(a, 1), Duty(b, 2)}), ElementsAre());
  EXPECT_THAT(Violated(workspace, {Duty(a), Duty(b)}), ElementsAre(0));
}

TEST(Workspace, CountsAtMostKAndZero) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b"), c = policy.Duty("c");
  const auto one = [](uint32_t duty) {
    return test::SideSpec{Quantifier::One, {ElementSpec{false, duty, 0}}};
  };
  const auto at_most = [&](const char* name, std::vector<test::SideSpec> sides, int k) {
    policy.Rule({.name = name, .kind = format::RuleKind::AtMost, .sides = std::move(sides), .at_most = k});
  };
  at_most("two", {one(a), one(b), one(c)}, 2);
  at_most("zero", {one(c)}, 0);
  at_most("zero_of_two", {one(a), one(b)}, 0);
  Workspace workspace(policy.Load());

  EXPECT_THAT(Violated(workspace, {Duty(a), Duty(b), Duty(c)}), ElementsAre(0, 1, 2));
  EXPECT_EQ(workspace.MembersHeld(0), 3u);
  EXPECT_THAT(Violated(workspace, {Duty(a)}), ElementsAre(2));
  EXPECT_THAT(Violated(workspace, {Duty(c)}), ElementsAre(1));
  EXPECT_THAT(Violated(workspace, {Duty(a), Duty(a), Duty(c)}), ElementsAre(1, 2));
}

// Appendix C: each of the four cases against its definition, on every set held.
TEST(Workspace, JudgesSetsAsTheirQuantifiersSay) {
  for (const Quantifier left : {Quantifier::Any, Quantifier::All}) {
    for (const Quantifier right : {Quantifier::Any, Quantifier::All}) {
      PolicyBuilder policy;
      for (const char* name : {"a", "b", "c", "d", "e"}) policy.Duty(name);
      const std::vector<ElementSpec> lefts = {{false, 0, 0}, {false, 1, 0}, {false, 2, 0}};
      const std::vector<ElementSpec> rights = {{false, 3, 0}, {false, 4, 0}};
      policy.Rule({.name = "set", .kind = format::RuleKind::Set, .sides = {{left, lefts}, {right, rights}}});
      Workspace workspace(policy.Load());
      for (uint32_t held = 0; held < 32; ++held) {
        std::vector<Holding> holdings;
        for (uint32_t duty = 0; duty < 5; ++duty) {
          if (held >> duty & 1) holdings.push_back(Duty(duty));
        }
        const uint32_t in_left = held & 7, in_right = held >> 3;
        const bool is_left = left == Quantifier::All ? in_left == 7 : in_left != 0;
        const bool is_right = right == Quantifier::All ? in_right == 3 : in_right != 0;
        EXPECT_EQ(!workspace.Violations(holdings, 0).empty(), is_left && is_right) << held;
        EXPECT_EQ(workspace.HoldsSide(0), is_left) << held;
        EXPECT_EQ(workspace.HoldsSide(1), is_right) << held;
      }
    }
  }
}

TEST(Workspace, CountsIncludedRolesInRoleConflicts) {
  PolicyBuilder policy;
  const uint32_t clerk = policy.Role({"clerk", {}, {}});
  const uint32_t auditor = policy.Role({"auditor", {}, {}});
  const uint32_t lead = policy.Role({"lead", {}, {clerk}});
  policy.Rule({.name = "clerk/auditor", .kind = format::RuleKind::Role,
               .sides = {{Quantifier::One, {{true, clerk, 0}}}, {Quantifier::One, {{true, auditor, 0}}}}});
  Workspace workspace(policy.Load());

  EXPECT_THAT(Violated(workspace, {Role(lead), Role(auditor)}), ElementsAre(0));
  EXPECT_THAT(Violated(workspace, {Role(lead), Role(clerk)}), ElementsAre());
}

TEST(Workspace, RespectsTheTimesOfHoldingsAndRules) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("always", {a, 0}, {b, 0});
  RuleSpec late;
  late.name = "late";
  late.sides = {{Quantifier::One, {{false, a, 0}}}, {Quantifier::One, {{false, b, 0}}}};
  late.valid_from = 100;
  late.valid_until = 200;
  policy.Rule(late);
  Workspace workspace(policy.Load());

  Holding first = Duty(a);
  first.from = 50;
  first.until = 150;
  EXPECT_THAT(Violated(workspace, {first, Duty(b)}, 49), ElementsAre());
  EXPECT_THAT(Violated(workspace, {first, Duty(b)}, 50), ElementsAre(0));
  EXPECT_THAT(Violated(workspace, {first, Duty(b)}, 100), ElementsAre(0, 1));
  EXPECT_THAT(Violated(workspace, {first, Duty(b)}, 149), ElementsAre(0, 1));
  EXPECT_THAT(Violated(workspace, {first, Duty(b)}, 150), ElementsAre());
  EXPECT_THAT(Violated(workspace, {Duty(a), Duty(b)}, 200), ElementsAre(0));
}

TEST(Workspace, ForgetsTheQuestionBefore) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("a/b", {a, 0}, {b, 0});
  Workspace workspace(policy.Load());

  EXPECT_THAT(Violated(workspace, {Duty(a)}), ElementsAre());
  EXPECT_THAT(Violated(workspace, {Duty(b)}), ElementsAre());
  EXPECT_FALSE(workspace.HoldsElement(0));
  EXPECT_TRUE(workspace.HoldsElement(1));
}

TEST(Workspace, AnswersForTwoThingsAtOnce) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b"), c = policy.Duty("c");
  const uint32_t role = policy.Role({"role", {{a, 0}}, {}});
  policy.Pair("b/c", {b, 0}, {c, 0});
  policy.Pair("a/b", {a, 0}, {b, 0});
  Workspace workspace(policy.Load());

  EXPECT_EQ(workspace.FirstPairViolation({NameKind::Role, role}, {NameKind::Duty, b}), 1u);
  EXPECT_EQ(workspace.FirstPairViolation({NameKind::Role, role}, {NameKind::Duty, c}), kNone);
}

}  // namespace
}  // namespace sod
