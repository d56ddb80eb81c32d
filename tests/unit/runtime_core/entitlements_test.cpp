// Entitlements, on the table alone: every set of them, held directly and by roles, against rules about
// the duties that they confer, alone or together, and about themselves (rulings SEM-1).
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `press` confers pay, `stamp` confers post, `left` and `right` together confer post, `raw` nothing.
class Entitlements : public ::testing::Test {
 protected:
  enum Held : uint32_t { kPress = 1, kStamp = 2, kLeft = 4, kRight = 8, kRaw = 16, kAll = 31 };

  Entitlements() {
    pay = policy.Duty("pay");
    post = policy.Duty("post");
    press = policy.Entitlement("press", {pay});
    stamp = policy.Entitlement("stamp", {post});
    left = policy.Entitlement("left", {});
    right = policy.Entitlement("right", {});
    raw = policy.Entitlement("raw", {});
    policy.Together(post, {left, right});
    duties = policy.Pair("duties", {pay, 0}, {post, 0});
    test::RuleSpec spec;
    spec.name = "itself";
    spec.sides = {{format::Quantifier::One, {{false, press, 0, kNone, true}}}, {format::Quantifier::One, {{false, raw, 0, kNone, true}}}};
    itself = policy.Rule(spec);
    for (const uint32_t entitlement : {press, stamp, left, right, raw}) {
      const std::string name = "has_" + std::to_string(entitlement);
      roles.push_back(policy.Role({name.c_str(), {}, {}, {entitlement}}));
    }
    boss = policy.Role({"boss", {}, {roles[press], roles[stamp]}, {}});
    table.emplace(policy.Load());
  }

  static Holding HeldEntitlement(uint32_t row) { return {.kind = HeldKind::Entitlement, .target = row}; }
  static Holding HeldRole(uint32_t row) { return {.kind = HeldKind::Role, .target = row}; }

  // The rules that are broken, by the fast answer and by the whole one.
  std::vector<uint32_t> Broken(const std::vector<Holding>& holdings) {
    Workspace workspace(*table);
    const std::span<const uint32_t> found = workspace.Violations(holdings, 0);
    const std::vector<uint32_t> broken(found.begin(), found.end());
    std::vector<uint32_t> told;
    for (const Conflict& conflict : AnswerFor(holdings).conflicts) told.push_back(conflict.rule);
    std::ranges::sort(told);
    EXPECT_EQ(broken, told);
    return broken;
  }

  Answer AnswerFor(const std::vector<Holding>& holdings, const std::optional<Holding>& request = {}) {
    Workspace workspace(*table);
    return Ask(*table, workspace, AnonymousSubject(holdings), 0, request).value();
  }

  // "press > pay": the ids of the steps, without the subject.
  static std::string WordsOf(const Path& path) {
    std::string words;
    for (const PathStep& step : path) {
      if (step.kind == "role" || step.kind == "entitlement" || step.kind == "duty") words += (words.empty() ? "" : " > ") + step.id;
    }
    return words;
  }

  static std::vector<std::string> PathsOf(const Conflict& conflict, size_t side) {
    std::vector<std::string> paths;
    for (const Path& path : conflict.sides[side].witnesses[0].paths) paths.push_back(WordsOf(path));
    return paths;
  }

  test::PolicyBuilder policy;
  std::optional<Table> table;
  uint32_t pay = 0, post = 0, press = 0, stamp = 0, left = 0, right = 0, raw = 0, duties = 0, itself = 0, boss = 0;
  std::vector<uint32_t> roles;  // by entitlement: one that grants it alone
};

TEST_F(Entitlements, EverySetOfThemGivesWhatItConfers) {
  for (uint32_t set = 0; set <= kAll; ++set) {
    const bool pays = (set & kPress) != 0;
    const bool posts = (set & kStamp) != 0 || (set & (kLeft | kRight)) == (kLeft | kRight);
    std::vector<uint32_t> expected;
    if (pays && posts) expected.push_back(duties);
    if (pays && (set & kRaw) != 0) expected.push_back(itself);
    // Each of those held is held directly or by a role: every mixture of the two.
    for (uint32_t by_role = set;; by_role = (by_role - 1) & set) {
      std::vector<Holding> holdings;
      for (uint32_t row = 0; row < 5; ++row) {
        if ((set >> row & 1) == 0) continue;
        holdings.push_back((by_role >> row & 1) != 0 ? HeldRole(roles[row]) : HeldEntitlement(row));
      }
      EXPECT_EQ(Broken(holdings), expected) << "held " << set << ", by roles " << by_role;
      if (by_role == 0) break;
    }
  }
}

TEST_F(Entitlements, ADutyAndAnEntitlementForItAreOneThing) {
  EXPECT_THAT(Broken({HeldEntitlement(press), {.target = post}}), ElementsAre(duties));
  EXPECT_THAT(Broken({{.target = pay}, HeldEntitlement(raw)}), IsEmpty()) << "the duty is not the entitlement";
  EXPECT_THAT(Broken({HeldRole(boss)}), ElementsAre(duties)) << "by included roles";
}

TEST_F(Entitlements, EachWayToADutyIsTold) {
  const Answer answer = AnswerFor({HeldEntitlement(press), HeldRole(roles[press]), HeldRole(boss), HeldEntitlement(left), HeldEntitlement(right)});
  ASSERT_EQ(answer.conflicts.size(), 1u);
  EXPECT_THAT(PathsOf(answer.conflicts[0], 0), ElementsAre("press > pay", "has_0 > press > pay", "boss > has_0 > press > pay"));
  EXPECT_THAT(PathsOf(answer.conflicts[0], 1), ElementsAre("boss > has_1 > stamp > post", "left > post", "right > post"));
}

TEST_F(Entitlements, WhatIsHeldTogetherStandsAmongTheDuties) {
  const auto posts = [&](const std::vector<Holding>& holdings) {
    std::vector<size_t> ways;  // of each row about post, how many it takes together
    for (const HeldDuty& held : AnswerFor(holdings).duties) {
      if (held.duty == post) ways.push_back(held.together.size());
    }
    return ways;
  };
  EXPECT_THAT(posts({HeldEntitlement(left)}), IsEmpty());
  EXPECT_THAT(posts({HeldEntitlement(left), HeldEntitlement(right)}), ElementsAre(2));
  EXPECT_THAT(posts({HeldEntitlement(stamp)}), ElementsAre(0));
  EXPECT_THAT(posts({HeldEntitlement(stamp), HeldEntitlement(left), HeldEntitlement(right)}), ElementsAre(0)) << "given anyway";
}

TEST_F(Entitlements, OnlyWhatAddsSomethingIntroducesAConflict) {
  const auto verdict = [&](const std::vector<Holding>& holdings, const Holding& request) { return *AnswerFor(holdings, request).request_verdict; };
  EXPECT_EQ(verdict({HeldEntitlement(press)}, HeldEntitlement(left)), Verdict::Clear) << "one half is nothing";
  EXPECT_EQ(verdict({HeldEntitlement(press), HeldEntitlement(right)}, HeldEntitlement(left)), Verdict::Denied);
  EXPECT_EQ(verdict({HeldEntitlement(press), HeldEntitlement(stamp)}, HeldEntitlement(stamp)), Verdict::Clear) << "held already";
  EXPECT_TRUE(AnswerFor({HeldRole(roles[stamp])}, Holding{.target = post}).already_held);
  EXPECT_FALSE(AnswerFor({HeldEntitlement(left)}, Holding{.target = post}).already_held);
  EXPECT_TRUE(AnswerFor({HeldEntitlement(left), HeldEntitlement(right)}, Holding{.target = post}).already_held);
}

TEST_F(Entitlements, APairOfThemIsAskedForWithoutASubject) {
  Workspace workspace(*table);
  const auto first = [&](uint32_t a, uint32_t b) {
    return workspace.FirstPairViolation({NameKind::Entitlement, a}, {NameKind::Entitlement, b});
  };
  EXPECT_EQ(first(press, stamp), duties);
  EXPECT_EQ(first(press, raw), itself);
  EXPECT_EQ(first(left, right), kNone);
  EXPECT_EQ(workspace.FirstPairViolation({NameKind::Entitlement, press}, {NameKind::Duty, post}), duties);
}

}  // namespace
}  // namespace sod
