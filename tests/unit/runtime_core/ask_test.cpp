// The whole answer: paths, levels, requests over time, incomplete subjects.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using format::Quantifier;
using test::PolicyBuilder;
using ::testing::SizeIs;

std::string Text(const Path& path) {
  std::string text;
  for (const PathStep& step : path) {
    if (!text.empty()) text += " > ";
    text += std::string(step.kind) + " " + step.id;
  }
  return text;
}

Holding Duty(uint32_t row, Instant from = kBeginningOfTime, Instant until = kEndOfTime) {
  return {.target = row, .from = from, .until = until};
}
Holding Role(uint32_t row) { return {.kind = HeldKind::Role, .target = row}; }

Answer AskOf(const Table& table, const Subject& subject, std::optional<Holding> request = {},
             Instant as_of = 0) {
  Workspace workspace(table);
  Result<Answer> answer = Ask(table, workspace, subject, as_of, request);
  if (!answer) ADD_FAILURE() << answer.error().message;
  return answer.value();
}

Subject SubjectNamed(const Table& table, std::string_view name) {
  const NameKind kinds[] = {NameKind::Person, NameKind::Team, NameKind::Role};
  Result<Entity> entity = table.Find(name, kinds);
  if (!entity) ADD_FAILURE() << entity.error().message;
  return SubjectOf(table, entity.value()).value();
}

TEST(Ask, MergesAccountsAndTeamsOfAPersonAndNamesThePath) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b"), c = policy.Duty("c");
  const uint32_t inner = policy.Role({"inner", {{a, 0}}, {}});
  const uint32_t outer = policy.Role({"outer", {}, {inner}});
  policy.System("gitlab");
  const uint32_t eric = policy.Person("eric", {"eric", "eric-admin"});
  const uint32_t crew = policy.Team("crew", {eric});
  const uint32_t everyone = policy.Team("everyone", {crew});
  policy.AssignRoleToAccount(1, outer);
  policy.AssignDuty(everyone, {b, 0});
  policy.AssignDuty(eric, {c, 0});
  policy.Pair("a/b", {a, 0}, {b, 0});
  const Table table = policy.Load();

  const Answer answer = AskOf(table, SubjectNamed(table, "eric"));
  EXPECT_EQ(answer.verdict, Verdict::Denied);
  ASSERT_THAT(answer.conflicts, SizeIs(1));
  const Conflict& conflict = answer.conflicts[0];
  EXPECT_EQ(conflict.held, 2u);
  EXPECT_FALSE(conflict.introduced);
  ASSERT_THAT(conflict.sides, SizeIs(2));
  EXPECT_EQ(Text(conflict.sides[0].witnesses[0].paths[0]),
            "person eric > account gitlab:eric-admin > role outer > role inner > duty a");
  EXPECT_EQ(Text(conflict.sides[1].witnesses[0].paths[0]),
            "person eric > team crew > team everyone > duty b");
  EXPECT_THAT(answer.duties, SizeIs(3));
  EXPECT_THAT(answer.roles, SizeIs(2));
}

// From the end of its amendment on a rule is what it was; of a request over both the worse counts.
TEST(Ask, TakesAnAmendedRuleAsItIsAtEachInstant) {
  constexpr Instant kEnd = 1000;
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("a/b", {a, 0}, {b, 0}, format::Mode::Warn);
  test::Rows rows = policy.Finish();
  format::RuleAmendmentRecord amendment;
  amendment.until = kEnd;
  amendment.mode = format::Mode::Deny;
  amendment.risk = amendment.category = amendment.owner = amendment.enforcement = kNone;
  rows.RuleAmendments.push_back(amendment);
  const std::string file = test::Write(rows);
  const Table table = Table::Load(std::as_bytes(std::span(file))).value();

  Subject subject;
  subject.holdings = {Duty(a)};
  struct {
    Instant as_of, from, until;
    Verdict verdict;
  } const cases[] = {
      {0, 0, kEnd, Verdict::Warned},
      {0, 0, kEnd + 1, Verdict::Denied},
      {kEnd - 1, kEnd - 1, kEnd, Verdict::Warned},
      {kEnd, kEnd, kEnd + 1, Verdict::Denied},
      {0, kEnd, kEndOfTime, Verdict::Denied},
  };
  for (const auto& test : cases) {
    const Answer answer = AskOf(table, subject, Duty(b, test.from, test.until), test.as_of);
    EXPECT_EQ(answer.request_verdict, test.verdict) << test.as_of << ' ' << test.from << ' ' << test.until;
  }
}

TEST(Ask, TakesDispositionFromModeAndPutsTheWorstFirst) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("watched", {a, 0}, {b, 0}, format::Mode::Observe);
  policy.Pair("asked", {a, 0}, {b, 0}, format::Mode::Approve);
  policy.Pair("refused", {a, 0}, {b, 0}, format::Mode::Deny);
  const Answer answer = AskOf(policy.Load(), AnonymousSubject({Duty(a), Duty(b)}));
  EXPECT_EQ(answer.conflicts[0].rule, 2u);
  EXPECT_EQ(answer.conflicts[1].disposition, Verdict::NeedsApproval);
  EXPECT_EQ(answer.conflicts[2].disposition, Verdict::Observed);
}

TEST(Ask, KeepsDispositionsBelowTheCeilingInSourceOrder) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("asked", {a, 0}, {b, 0}, format::Mode::Approve);
  policy.Pair("refused", {a, 0}, {b, 0}, format::Mode::Deny);
  policy.rows.Meta[0].mode_ceiling = format::Mode::Warn;
  const Answer answer = AskOf(policy.Load(), AnonymousSubject({Duty(a), Duty(b)}));
  EXPECT_EQ(answer.verdict, Verdict::Warned);
  EXPECT_EQ(answer.conflicts[0].rule, 0u);
  EXPECT_EQ(answer.conflicts[1].disposition, Verdict::Warned);
}

TEST(Ask, JudgesARequestByWhatItIntroduces) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b"), c = policy.Duty("c"), d = policy.Duty("d");
  policy.Pair("a/b", {a, 0}, {b, 0});
  policy.Pair("a/c", {a, 0}, {c, 0}, format::Mode::Warn);
  const Table table = policy.Load();
  const Subject subject = AnonymousSubject({Duty(a), Duty(b)});

  const Answer harmless = AskOf(table, subject, Duty(d));
  EXPECT_EQ(harmless.verdict, Verdict::Denied);
  EXPECT_EQ(harmless.request_verdict, Verdict::Clear);
  EXPECT_FALSE(harmless.already_held);

  const Answer warned = AskOf(table, subject, Duty(c));
  EXPECT_EQ(warned.verdict, Verdict::Denied);
  EXPECT_EQ(warned.request_verdict, Verdict::Warned);
  ASSERT_THAT(warned.conflicts, SizeIs(2));
  EXPECT_TRUE(warned.conflicts[1].introduced);
  EXPECT_FALSE(warned.conflicts[1].sides[0].is_new);
  EXPECT_TRUE(warned.conflicts[1].sides[1].is_new);
  EXPECT_EQ(Text(warned.conflicts[1].sides[1].witnesses[0].paths[0]), "request request > duty c");

  const Answer held = AskOf(table, subject, Duty(b));
  EXPECT_EQ(held.request_verdict, Verdict::Clear);
  EXPECT_TRUE(held.already_held);
}

TEST(Ask, JudgesARequestOverItsWholeInterval) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("a/b", {a, 0}, {b, 0});
  const Table table = policy.Load();

  // Held until 200 and asked for from 150: clear today, denied then.
  const Subject until_200 = AnonymousSubject({Duty(a, 0, 200)});
  EXPECT_EQ(AskOf(table, until_200, Duty(b, 150, 300), 10).request_verdict, Verdict::Denied);
  EXPECT_EQ(AskOf(table, until_200, Duty(b, 200, 300), 10).request_verdict, Verdict::Clear);
  // Begins only inside the request.
  const Subject from_200 = AnonymousSubject({Duty(a, 200, 250)});
  EXPECT_EQ(AskOf(table, from_200, Duty(b, 150, 300), 10).request_verdict, Verdict::Denied);
  EXPECT_EQ(AskOf(table, from_200, Duty(b, 150, 200), 10).request_verdict, Verdict::Clear);
  // A request without a beginning does not look into the past.
  const Subject past = AnonymousSubject({Duty(a, 0, 5)});
  EXPECT_EQ(AskOf(table, past, Duty(b), 10).request_verdict, Verdict::Clear);
  // Held until 200, asked for again without end: from 200 on it is new.
  const Subject both = AnonymousSubject({Duty(a, 0, 200), Duty(b)});
  const Answer longer = AskOf(table, both, Duty(a, 100), 10);
  EXPECT_EQ(longer.request_verdict, Verdict::Denied);
  EXPECT_FALSE(longer.already_held);
}

TEST(Ask, JudgesARequestByRulesThatBeginInsideIt) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  test::RuleSpec rule;
  rule.name = "later";
  rule.sides = {{Quantifier::One, {{false, a, 0}}}, {Quantifier::One, {{false, b, 0}}}};
  rule.valid_from = 200;
  rule.valid_until = 250;
  policy.Rule(rule);
  policy.AssignDuty(policy.Person("ann"), {a, 0});
  const Table table = policy.Load();
  const Subject subject = SubjectNamed(table, "ann");
  EXPECT_EQ(AskOf(table, subject, Duty(b, 150, 300), 10).request_verdict, Verdict::Denied);
  EXPECT_EQ(AskOf(table, subject, Duty(b, 150, 200), 10).request_verdict, Verdict::Clear);
  EXPECT_EQ(AskOf(table, subject, Duty(b, 250, 300), 10).request_verdict, Verdict::Clear);
  Workspace workspace(table);
  EXPECT_THAT(WhoCan(table, workspace, 10, Duty(b, 150, 300)).value(), SizeIs(0));
  EXPECT_THAT(WhoCan(table, workspace, 10, Duty(b, 150, 200)).value(), SizeIs(1));
}

TEST(Ask, CallsANewElementOfAHeldSideIntroduced) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b"), c = policy.Duty("c");
  policy.Rule({.name = "set", .kind = format::RuleKind::Set,
               .sides = {{Quantifier::Any, {{false, a, 0}, {false, b, 0}}}, {Quantifier::One, {{false, c, 0}}}}});
  const Table table = policy.Load();

  const Answer answer = AskOf(table, AnonymousSubject({Duty(a), Duty(c)}), Duty(b));
  EXPECT_EQ(answer.request_verdict, Verdict::Denied);
  ASSERT_THAT(answer.conflicts, SizeIs(1));
  EXPECT_FALSE(answer.conflicts[0].sides[0].is_new);
  ASSERT_THAT(answer.conflicts[0].sides[0].witnesses, SizeIs(2));
  EXPECT_FALSE(answer.conflicts[0].sides[0].witnesses[0].is_new);
  EXPECT_TRUE(answer.conflicts[0].sides[0].witnesses[1].is_new);
}

TEST(Ask, IntroducesEveryFurtherMemberOfAnExceededLimit) {
  PolicyBuilder policy;
  std::vector<test::SideSpec> sides;
  for (const char* name : {"a", "b", "c"}) {
    sides.push_back({Quantifier::One, {{false, policy.Duty(name), 0}}});
  }
  policy.Rule({.name = "one", .kind = format::RuleKind::AtMost, .sides = sides, .at_most = 1});
  const Answer answer = AskOf(policy.Load(), AnonymousSubject({Duty(0), Duty(1)}), Duty(2));
  EXPECT_EQ(answer.request_verdict, Verdict::Denied);
  EXPECT_EQ(answer.conflicts[0].held, 3u);
  EXPECT_THAT(answer.conflicts[0].sides, SizeIs(3));
}

TEST(Ask, ShowsTheLevelHeldAndCapsPaths) {
  PolicyBuilder policy;
  policy.Levels({"none", "limited", "full"});
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  const uint32_t low = policy.Role({"low", {{a, 1}}, {}});
  const uint32_t high = policy.Role({"high", {{a, 2}, {b, 1}}, {}});
  policy.Pair("a/b", {a, 1}, {b, 1});
  const Table table = policy.Load();
  Workspace workspace(table);

  const Answer answer =
      Ask(table, workspace, AnonymousSubject({Role(low), Role(high)}), 0, {}, {.max_paths = 1}).value();
  const Witness& witness = answer.conflicts[0].sides[0].witnesses[0];
  EXPECT_EQ(witness.level, 2u);
  EXPECT_EQ(answer.conflicts[0].sides[1].witnesses[0].level, 1u);
  ASSERT_THAT(witness.paths, SizeIs(1));
  EXPECT_EQ(Text(witness.paths[0]), "role low > duty a");
  EXPECT_EQ(witness.more_paths, 1u);
  EXPECT_EQ(answer.duties[0].level, 2u);
}

TEST(Ask, TreatsAnAccountWithoutOwnerAsItsOwnIncompleteSubject) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a");
  policy.Duty("b");
  const uint32_t role = policy.Role({"role", {{a, 0}}, {}});
  policy.System("gitlab");
  policy.Person("eric", {"eric"});
  policy.AssignRoleToAccount(policy.UnownedAccount("deploy"), role);
  const Table table = policy.Load();

  const Subject subject = SubjectOfAccount(table, "gitlab:deploy").value();
  EXPECT_EQ(subject.kind, SubjectKind::Account);
  EXPECT_FALSE(subject.is_complete);
  EXPECT_EQ(AskOf(table, subject).verdict, Verdict::NotEvaluable);
  EXPECT_EQ(AskOf(table, subject, Duty(1)).request_verdict, Verdict::NotEvaluable);
  EXPECT_EQ(SubjectOfAccount(table, "eric").value().kind, SubjectKind::Person);
  EXPECT_EQ(SubjectOfAccount(table, "deploi").error().help, "did you mean `deploy`?");
  EXPECT_THAT(AllSubjects(table), SizeIs(2));
}

TEST(Ask, AnswersForARoleAsForSomebodyWhoHoldsIt) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Role({"admin", {{a, 0}, {b, 0}}, {}});
  policy.RestrictOwnActions(0, b);
  policy.Pair("a/b", {a, 0}, {b, 0});
  const Table table = policy.Load();

  const Answer answer = AskOf(table, SubjectNamed(table, "admin"));
  EXPECT_EQ(answer.subject.kind, SubjectKind::Role);
  EXPECT_EQ(Text(answer.conflicts[0].sides[0].witnesses[0].paths[0]), "role admin > duty a");
  ASSERT_THAT(answer.not_checked, SizeIs(1));
  EXPECT_EQ(answer.not_checked[0].id, "admin restricts b on own actions");
  EXPECT_EQ(answer.not_checked[0].rule_class, "self");
}

TEST(Ask, NamesRowsOfAnAssignmentsFile) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Person("eric");
  policy.Pair("a/b", {a, 0}, {b, 0});
  const Table table = policy.Load();

  Subject subject = SubjectNamed(table, "eric");
  subject.row_sources = {"people.csv:2", "people.csv:3"};
  for (const uint32_t row : {0u, 1u}) {
    Holding holding = Duty(row == 0 ? a : b);
    holding.row = row;
    subject.holdings.push_back(holding);
  }
  const Answer answer = AskOf(table, subject);
  EXPECT_EQ(Text(answer.conflicts[0].sides[1].witnesses[0].paths[0]),
            "person eric > row people.csv:3 > duty b");
}

TEST(Ask, RefusesWhatMakesNoSense) {
  PolicyBuilder policy;
  policy.Levels({"none", "full"});
  policy.Duty("a");
  const Table table = policy.Load();
  Workspace workspace(table);
  const auto code = [&](std::vector<Holding> holdings, std::optional<Holding> request) {
    const auto answer = Ask(table, workspace, AnonymousSubject(std::move(holdings)), 10, request);
    return answer ? std::optional<ErrorCode>() : answer.error().code;
  };
  EXPECT_EQ(code({}, Duty(0)), std::nullopt);
  EXPECT_EQ(code({}, Duty(7)), ErrorCode::BadArgument);
  EXPECT_EQ(code({Role(0)}, {}), ErrorCode::BadArgument);
  EXPECT_EQ(code({}, Duty(0, 5, 5)), ErrorCode::BadArgument);
  EXPECT_EQ(code({}, Duty(0, kBeginningOfTime, 10)), ErrorCode::BadArgument);
  EXPECT_EQ(code({}, Holding{.target = 0, .level = 2}), ErrorCode::BadArgument);
  EXPECT_EQ(code({}, Holding{.target = 0, .level = 0}), ErrorCode::BadArgument);
  EXPECT_EQ(code(std::vector<Holding>(kMaxHoldings, Duty(0)), {}), std::nullopt);
  EXPECT_EQ(code(std::vector<Holding>(kMaxHoldings, Duty(0)), Duty(0)), ErrorCode::LimitExceeded);
}

TEST(WhoCan, ListsPeopleWhomTheRequestDoesNotHurt) {
  PolicyBuilder policy;
  const uint32_t a = policy.Duty("a"), b = policy.Duty("b");
  policy.Pair("a/b", {a, 0}, {b, 0});
  const uint32_t ann = policy.Person("ann"), bob = policy.Person("bob"), cid = policy.Person("cid");
  policy.AssignDuty(ann, {a, 0});
  policy.AssignDuty(cid, {b, 0});
  const Table table = policy.Load();
  Workspace workspace(table);

  const auto candidates = WhoCan(table, workspace, 0, Duty(b)).value();
  ASSERT_THAT(candidates, SizeIs(2));
  EXPECT_EQ(candidates[0].actor, bob);
  EXPECT_EQ(candidates[1].actor, cid);
  EXPECT_TRUE(candidates[1].already_held);
}

}  // namespace
}  // namespace sod
