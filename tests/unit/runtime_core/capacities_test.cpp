// Capacities of roles and duties, on the table alone: every way to hold against every way in which a
// rule may ask (docs/decisions/0041).
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

// Rows of the scale: two capacities act, the third does not.
enum Capacity : uint32_t { kPerforms = 0, kSigns = 1, kAdvises = 2, kUnsaid = kNone };
constexpr Capacity kCapacities[] = {kUnsaid, kPerforms, kSigns, kAdvises};

bool Acts(Capacity capacity) { return capacity != kAdvises; }

std::string NameOf(Capacity capacity) {
  switch (capacity) {
    case kPerforms: return "performs";
    case kSigns: return "signs";
    case kAdvises: return "advises";
    case kUnsaid: break;
  }
  return "unsaid";
}

// `captain` includes `pilot`, which grants `pay`. Each rule is a pair of one thing in one capacity and `post`.
class Capacities : public ::testing::Test {
 protected:
  Capacities() {
    policy.Capacities({{"performs", true}, {"signs", true}, {"advises", false}});
    pay = policy.Duty("pay");
    post = policy.Duty("post");
    pilot = policy.Role({"pilot", {{pay, 0}}, {}});
    captain = policy.Role({"captain", {}, {pilot}});
    for (const Capacity capacity : kCapacities) {
      rules_of_pilot.push_back(AddRule("pilot", {true, pilot, 0, capacity}, capacity));
      rules_of_captain.push_back(AddRule("captain", {true, captain, 0, capacity}, capacity));
      rules_of_pay.push_back(AddRule("pay", {false, pay, 0, capacity}, capacity));
    }
    table.emplace(policy.Load());
  }

  uint32_t AddRule(const std::string& name, const test::ElementSpec& element, Capacity capacity) {
    test::RuleSpec spec;
    spec.name = name + " as " + NameOf(capacity);
    spec.sides = {{format::Quantifier::One, {element}}, {format::Quantifier::One, {{false, post, 0}}}};
    return policy.Rule(spec);
  }

  // Whether whoever holds this and `post` breaks the rule, by the fast answer and by the whole one.
  bool Breaks(uint32_t rule, Holding holding) {
    const Holding other = {.target = post};
    const std::vector<Holding> holdings = {holding, other};
    Workspace workspace(*table);
    const std::span<const uint32_t> found = workspace.Violations(holdings, 0);
    const bool is_found = std::ranges::find(found, rule) != found.end();
    const Result<Answer> answer = Ask(*table, workspace, AnonymousSubject(holdings), 0, {});
    const bool is_told = answer && std::ranges::find(answer.value().conflicts, rule, &Conflict::rule) != answer.value().conflicts.end();
    EXPECT_EQ(is_found, is_told) << table->rule(rule).name;
    return is_told;
  }

  static Holding HeldRole(uint32_t role, Capacity capacity) { return {.kind = HeldKind::Role, .target = role, .capacity = capacity}; }

  test::PolicyBuilder policy;
  std::optional<Table> table;
  uint32_t pay = 0, post = 0, pilot = 0, captain = 0;
  std::vector<uint32_t> rules_of_pilot, rules_of_captain, rules_of_pay;  // by position in kCapacities
};

TEST_F(Capacities, ARoleCountsInTheCapacityInWhichItIsHeld) {
  for (const Capacity held : kCapacities) {
    for (size_t i = 0; i < std::size(kCapacities); ++i) {
      const Capacity asked = kCapacities[i];
      // Without a word it is held in each that acts; a rule without a word asks for any that acts.
      const bool is_met = asked == kUnsaid ? Acts(held) : held == asked || (held == kUnsaid && Acts(asked));
      const bool is_passed_on = is_met && Acts(held);
      SCOPED_TRACE("held as " + NameOf(held) + ", asked as " + NameOf(asked));
      EXPECT_EQ(Breaks(rules_of_pilot[i], HeldRole(pilot, held)), is_met);
      EXPECT_EQ(Breaks(rules_of_captain[i], HeldRole(captain, held)), is_met);
      EXPECT_EQ(Breaks(rules_of_pilot[i], HeldRole(captain, held)), is_passed_on) << "by inclusion";
      EXPECT_FALSE(Breaks(rules_of_captain[i], HeldRole(pilot, held))) << "never the wider one";
    }
  }
}

TEST_F(Capacities, ARoleGivesItsGrantsWhereItIsHeldAndActs) {
  for (const Capacity held : kCapacities) {
    for (size_t i = 0; i < std::size(kCapacities); ++i) {
      const Capacity asked = kCapacities[i];
      const bool is_met = Acts(held) && (asked == kUnsaid || asked == kPerforms);  // granted in the first that acts
      SCOPED_TRACE("held as " + NameOf(held) + ", asked as " + NameOf(asked));
      EXPECT_EQ(Breaks(rules_of_pay[i], HeldRole(pilot, held)), is_met);
      EXPECT_EQ(Breaks(rules_of_pay[i], HeldRole(captain, held)), is_met) << "by inclusion";
    }
  }
}

TEST_F(Capacities, ADutyIsHeldInOneCapacityAlone) {
  for (const Capacity held : kCapacities) {
    for (size_t i = 0; i < std::size(kCapacities); ++i) {
      const Capacity asked = kCapacities[i];
      const Capacity meant = held == kUnsaid ? kPerforms : held;
      const bool is_met = asked == kUnsaid ? Acts(meant) : meant == asked;
      SCOPED_TRACE("held as " + NameOf(held) + ", asked as " + NameOf(asked));
      EXPECT_EQ(Breaks(rules_of_pay[i], {.target = pay, .capacity = held}), is_met);
    }
  }
}

TEST_F(Capacities, WhoOwnsARoleHoldsNothingOfItAndStandsInNoList) {
  Workspace workspace(*table);
  const auto held = [&](Capacity capacity) {
    const Answer answer = Ask(*table, workspace, AnonymousSubject({HeldRole(captain, capacity)}), 0, {}).value();
    return std::pair(answer.duties.size(), answer.roles.size());
  };
  EXPECT_EQ(held(kAdvises), std::pair(size_t{0}, size_t{0}));
  EXPECT_EQ(held(kSigns), std::pair(size_t{1}, size_t{2})) << "pay; captain and pilot";
  EXPECT_EQ(held(kUnsaid), std::pair(size_t{1}, size_t{2}));
}

TEST_F(Capacities, ARequestBringsWhatItsCapacityGives) {
  Workspace workspace(*table);
  const Subject poster = AnonymousSubject({{.target = post}});
  const auto verdict = [&](Capacity capacity) {
    return *Ask(*table, workspace, poster, 0, HeldRole(pilot, capacity)).value().request_verdict;
  };
  EXPECT_EQ(verdict(kUnsaid), Verdict::Denied);
  EXPECT_EQ(verdict(kSigns), Verdict::Denied);
  const Answer advised = Ask(*table, workspace, poster, 0, HeldRole(pilot, kAdvises)).value();
  ASSERT_EQ(advised.conflicts.size(), 1u) << "the rule about that capacity alone";
  EXPECT_EQ(advised.conflicts[0].rule, rules_of_pilot[3]);
  EXPECT_TRUE(advised.conflicts[0].introduced);
}

}  // namespace
}  // namespace sod
