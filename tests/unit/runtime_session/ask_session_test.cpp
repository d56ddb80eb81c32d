// The whole answer about one session: what is active, what is added, and why something cannot be.
#include <vector>

#include <gtest/gtest.h>

#include "sod/session.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

Holding HeldDuty(uint32_t row, HoldingState state = HoldingState::Active, Instant until = kEndOfTime) {
  return {.target = row, .until = until, .state = state};
}

// Duties a, b, c: a with b and b with c in one session, a with c never.
class AskSession : public ::testing::Test {
 protected:
  AskSession() {
    for (const char* name : {"a", "b", "c"}) policy_.Duty(name);
    policy_.Pair("a/b", {0, 0}, {1, 0});
    policy_.Pair("a/c", {0, 0}, {2, 0});
    policy_.Pair("b/c", {1, 0}, {2, 0});
    policy_.rows.Rules[0].moment = format::Moment::Session;
    policy_.rows.Rules[2].moment = format::Moment::Session;
  }

  test::PolicyBuilder policy_;
};

TEST_F(AskSession, TellsOfRulesPerSessionWhatIsActiveAndWhatIsAdded) {
  const Table table = policy_.Load();
  Workspace workspace(table);
  const Subject subject = AnonymousSubject({HeldDuty(0), HeldDuty(1), HeldDuty(2)});
  struct Case {
    const char* name;
    std::vector<uint32_t> active;
    std::optional<uint32_t> added;
    Verdict verdict;
    std::optional<Verdict> added_verdict;
    std::vector<std::pair<uint32_t, bool>> conflicts;  // rule, introduced
  };
  const Case cases[] = {
      {"nothing", {}, {}, Verdict::Clear, {}, {}},
      {"a pair", {1, 0}, {}, Verdict::Denied, {}, {{0, false}}},
      {"a pair for all times", {0, 2}, {}, Verdict::Clear, {}, {}},
      {"the other of a pair", {0}, 1, Verdict::Denied, Verdict::Denied, {{0, true}}},
      {"the first thing", {}, 1, Verdict::Clear, Verdict::Clear, {}},
      {"one more to what is broken", {0, 1}, 2, Verdict::Denied, Verdict::Denied, {{0, false}, {2, true}}},
  };
  for (const Case& one : cases) {
    const auto session = AskAboutSession(table, workspace, subject, 0, one.active, one.added);
    ASSERT_TRUE(session) << one.name;
    EXPECT_EQ(session->verdict, one.verdict) << one.name;
    EXPECT_EQ(session->added_verdict, one.added_verdict) << one.name;
    EXPECT_EQ(session->decisive(), one.added_verdict.value_or(one.verdict)) << one.name;
    std::vector<std::pair<uint32_t, bool>> conflicts;
    for (const Conflict& conflict : session->answer.conflicts) conflicts.emplace_back(conflict.rule, conflict.introduced);
    EXPECT_EQ(conflicts, one.conflicts) << one.name;
    EXPECT_EQ(session->safe_sets, (std::vector<std::vector<uint32_t>>{{0, 2}, {1}})) << one.name;
    EXPECT_TRUE(session->answer.frameworks.empty()) << one.name;
  }
  EXPECT_FALSE(AskAboutSession(table, workspace, subject, 0, {3}, {}));
}

TEST_F(AskSession, TakesAllThatIsHeldOfOneThingTogether) {
  const Subject subject = AnonymousSubject({HeldDuty(0), HeldDuty(1, HoldingState::Eligible), HeldDuty(0, HoldingState::Active, 100), HeldDuty(2, HoldingState::Active, 50)});
  const auto things = ThingsToActivate(subject, 50);
  ASSERT_EQ(things.size(), 1u);
  EXPECT_EQ(things[0].holdings.size(), 2u);
  EXPECT_EQ(ThingsToActivate(subject, 49).size(), 2u);
}

TEST_F(AskSession, SaysWhySomethingCannotBeActivated) {
  const Table table = policy_.Load();
  Workspace workspace(table);
  struct Case {
    Subject subject;
    NotActivated why;
  };
  const Case cases[] = {
      {AnonymousSubject({HeldDuty(1)}), NotActivated::NotHeld},
      {AnonymousSubject({HeldDuty(0, HoldingState::Active, 50)}), NotActivated::NotThen},
      {AnonymousSubject({HeldDuty(0, HoldingState::Eligible)}), NotActivated::Eligible},
      {AnonymousSubject({HeldDuty(0, HoldingState::Requested)}), NotActivated::Requested},
      {AnonymousSubject({HeldDuty(0, HoldingState::Suspended)}), NotActivated::Suspended},
      {AnonymousSubject({HeldDuty(0, HoldingState::Emergency)}), NotActivated::Emergency},
  };
  for (const Case& one : cases) {
    const auto why = WhyNotActivated(table, workspace, one.subject, HeldKind::Duty, 0, 60);
    ASSERT_TRUE(why);
    EXPECT_EQ(why.value(), one.why) << WordsOf(one.why);
    EXPECT_FALSE(WordsOf(one.why).empty());
  }
}

}  // namespace
}  // namespace sod
