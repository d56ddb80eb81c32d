// When an answer changes: bounds, caps, what the caller says is held, and amended rules (rulings SEM-20). What changes because of
// what is held by tests/oracle/time and tests/lit/query/when_the_answer_changes.test.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/changes.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using test::PolicyBuilder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Instant> Instants(const std::vector<AnswerChange>& changes) {
  std::vector<Instant> instants;
  for (const AnswerChange& change : changes) instants.push_back(change.at);
  return instants;
}

// Somebody holds a always, and b in [10, 20) and [20, 30) and [40, 50).
class Changes : public ::testing::Test {
 protected:
  Changes() : table(MakeTable()) {
    subject.holdings = {{.target = 0}, {.target = 1, .from = 10, .until = 20}, {.target = 1, .from = 20, .until = 30}, {.target = 1, .from = 40, .until = 50}};
  }

  static Table MakeTable() {
    PolicyBuilder policy;
    const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
    policy.Pair("a/b", {a, 0}, {b, 0});
    return policy.Load();
  }

  std::vector<AnswerChange> Of(Instant from, Instant until = kEndOfTime, size_t at_most = SIZE_MAX) {
    Workspace workspace(table);
    const auto changes = ChangesOf(table, workspace, subject, from, until, at_most);
    if (!changes) ADD_FAILURE() << changes.error().message;
    return changes.value();
  }

  Table table;
  Subject subject;
};

TEST_F(Changes, AreThoseInsideTheTimeAskedAbout) {
  EXPECT_THAT(Instants(Of(0)), ElementsAre(10, 30, 40, 50));  // at 20 one holding takes over from the other
  EXPECT_THAT(Instants(Of(10)), ElementsAre(30, 40, 50));     // the first instant is no change
  EXPECT_THAT(Instants(Of(9, 11)), ElementsAre(10));
  EXPECT_THAT(Of(10, 30), IsEmpty());                         // nor is the end, which is excluded
  EXPECT_THAT(Instants(Of(10, 31)), ElementsAre(30));
  EXPECT_THAT(Of(50), IsEmpty());
  EXPECT_THAT(Instants(Of(0, kEndOfTime, 1)), ElementsAre(10));
  EXPECT_THAT(Of(0, kEndOfTime, 0), IsEmpty());
}

TEST_F(Changes, SayWhatIsHeldAndSinceWhen) {
  const auto changes = Of(0, 31);
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(changes[0].before, Verdict::Clear);
  EXPECT_EQ(changes[0].after, Verdict::Denied);
  ASSERT_THAT(changes[0].conflicts, SizeIs(1));
  EXPECT_FALSE(changes[0].conflicts[0].before);
  ASSERT_TRUE(changes[0].conflicts[0].after);
  ASSERT_THAT(changes[0].conflicts[0].because, SizeIs(1));
  const Cause& cause = changes[0].conflicts[0].because[0];
  EXPECT_EQ(cause.kind, CauseKind::Holding);
  EXPECT_TRUE(cause.begins);
  EXPECT_EQ(cause.row, 1u);
  EXPECT_EQ(cause.what.name, "b");
  EXPECT_EQ(changes[1].conflicts[0].because[0].row, 2u);
  EXPECT_FALSE(changes[1].conflicts[0].because[0].begins);
}

TEST_F(Changes, AreRefusedWhereNothingCanBeAsked) {
  Workspace workspace(table);
  EXPECT_EQ(ChangesOf(table, workspace, subject, 5, 5).error().code, ErrorCode::BadArgument);
  subject.holdings[0].target = 7;
  EXPECT_EQ(ChangesOf(table, workspace, subject, 0).error().code, ErrorCode::BadArgument);
  subject.holdings.assign(kMaxHoldings + 1, {.target = 0});
  EXPECT_EQ(ChangesOf(table, workspace, subject, 0).error().code, ErrorCode::LimitExceeded);
}

TEST(ChangesOfRules, FollowValidityAndAmendments) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("a/b", {a, 0}, {b, 0}, format::Mode::Warn);
  test::Rows rows = policy.Finish();
  rows.Rules[0].valid_from = 100;
  rows.Rules[0].valid_until = 300;
  rows.Rules[0].disabled_until = 150;
  format::RuleAmendmentRecord amendment;
  amendment.until = 200;
  amendment.mode = format::Mode::Deny;
  amendment.risk = amendment.category = amendment.owner = amendment.enforcement = kNone;
  rows.RuleAmendments.push_back(amendment);
  const std::string file = test::Write(rows);
  const Table table = Table::Load(std::as_bytes(std::span(file))).value();
  Subject subject;
  subject.holdings = {{.target = a}, {.target = b}};
  Workspace workspace(table);
  const auto changes = ChangesOf(table, workspace, subject, 0).value();
  std::vector<std::string> told;
  for (const AnswerChange& change : changes) {
    const Cause& cause = change.conflicts.at(0).because.at(0);
    told.push_back(std::to_string(change.at) + " " + std::string(SpellingOf(change.after)) + " " + std::string(SpellingOf(cause.kind)) +
                   (cause.begins ? " begins" : " ends"));
  }
  EXPECT_THAT(told, ElementsAre("100 observed rule begins", "150 warned disabled_rule ends", "200 denied amended_rule ends", "300 clear rule ends"));
}

// Each change is what Ask says just before and at it, and nothing else changes in between.
TEST_F(Changes, AgreeWithAskEverywhere) {
  Workspace workspace(table);
  Instant next = kEndOfTime;
  for (Instant at = 60; at-- > 0;) {
    const Verdict now = Ask(table, workspace, subject, at, std::nullopt)->verdict;
    const Verdict then = Ask(table, workspace, subject, at + 1, std::nullopt)->verdict;
    if (now != then) next = at + 1;
    const auto changes = Of(at, kEndOfTime, 1);
    EXPECT_EQ(changes.empty() ? kEndOfTime : changes[0].at, next) << at;
  }
}

}  // namespace
}  // namespace sod
