// How many hold a duty, from a table made without the compiler, with the people of a caller.
#include "sod/holders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_table.h"

namespace sod {
namespace {


void Number(test::Rows& rows, const char* keyword, int64_t number) {
  rows.ProvisionAttributes.push_back({rows.Text(keyword), 0, static_cast<uint32_t>(rows.ProvisionValues.size()), 1});
  format::ProvisionValueRecord value;
  value.kind = format::ValueKind::Integer;
  value.number = number;
  rows.ProvisionValues.push_back(value);
}

// `key` is held by 1 or 2; `chief` includes `warden`, which grants `key` and is held by one at least.
Table Vault() {
  test::PolicyBuilder policy;
  policy.Duty("gate"), policy.Duty("key");
  policy.Role({"warden", {{1, 0}}, {}});
  policy.Role({"chief", {}, {0}});
  test::Rows rows = policy.Finish();
  const auto add = [&](const char* kind, const char* name, uint32_t first, uint32_t count) {
    format::ProvisionRecord provision;
    provision.kind = rows.Text(kind);
    provision.name = provision.title = rows.Text(name);
    provision.is_attribute_holder = provision.changes_verdicts = 1;
    provision.attributes_first = first;
    provision.attributes_count = count;
    rows.Provisions.push_back(provision);
  };
  add("duty", "key", 0, 2);
  Number(rows, "holders at least", 1);
  Number(rows, "holders at most", 2);
  add("role", "warden", 2, 1);
  Number(rows, "holders at least", 1);
  const std::string bytes = test::Write(rows);
  Result<Table> table = Table::Load(std::as_bytes(std::span(bytes)));
  if (!table) ADD_FAILURE() << table.error().message;
  return table.value();
}

Holding HeldDuty(const Table& table, const char* name, Instant until = kEndOfTime, HoldingState state = HoldingState::Active) {
  return {.target = *table.FindDuty(name), .until = until, .state = state};
}
Holding HeldRole(const Table& table, const char* name) { return {.kind = HeldKind::Role, .target = *table.FindRole(name)}; }

Subject Somebody(const char* id, std::vector<Holding> holdings, SubjectKind kind = SubjectKind::Person) {
  Subject subject;
  subject.kind = kind;
  subject.id = id;
  subject.holdings = std::move(holdings);
  return subject;
}

Subject Unreadable(const char* id) {
  Subject subject = Somebody(id, {});
  subject.incomplete.push_back({"unknown_name", "row 3"});
  return subject;
}

TEST(Holders, BoundsAreReadInDeclaredOrder) {
  const std::vector<HolderBound> bounds = HolderBoundsOf(Vault());
  ASSERT_EQ(bounds.size(), 2u);
  EXPECT_EQ(bounds[0].name.name, "key");
  EXPECT_EQ(bounds[0].at_least, 1u);
  EXPECT_EQ(bounds[0].at_most, 2u);
  EXPECT_TRUE(bounds[1].is_role);
  EXPECT_EQ(bounds[1].at_least, 1u);
  EXPECT_FALSE(bounds[1].at_most.has_value());
}

TEST(Holders, AreCountedAsFarAsTheyAreKnown) {
  const Table table = Vault();
  const Holding key = HeldDuty(table, "key");
  struct Case {
    const char* name;
    std::vector<Subject> people;
    uint32_t least, most;
    Verdict verdict;
  };
  const Case cases[] = {
      {"nobody", {}, 0, 0, Verdict::Denied},
      {"one, twice", {Somebody("a", {key, HeldRole(table, "warden")})}, 1, 1, Verdict::Clear},
      {"by a role that is included", {Somebody("a", {HeldRole(table, "chief")}), Somebody("b", {key})}, 2, 2, Verdict::Clear},
      {"three", {Somebody("a", {key}), Somebody("b", {key}), Somebody("c", {key})}, 3, 3, Verdict::Denied},
      {"an outside party counts", {Somebody("a", {key}, SubjectKind::External)}, 1, 1, Verdict::Clear},
      {"a machine does not", {Somebody("a", {key}, SubjectKind::Tool), Somebody("b", {key}, SubjectKind::Service)}, 0, 0, Verdict::Denied},
      {"another duty", {Somebody("a", {HeldDuty(table, "gate")})}, 0, 0, Verdict::Denied},
      {"it ended", {Somebody("a", {HeldDuty(table, "key", 5)})}, 0, 0, Verdict::Denied},
      {"suspended", {Somebody("a", {HeldDuty(table, "key", kEndOfTime, HoldingState::Suspended)})}, 0, 0, Verdict::Denied},
      {"an account that may be anybody's", {Somebody("x:root", {key}, SubjectKind::Account)}, 0, 1, Verdict::NotEvaluable},
      {"beside one it decides nothing", {Somebody("a", {key}), Somebody("x:root", {key}, SubjectKind::Account)}, 1, 2, Verdict::Clear},
      {"a team without members", {Somebody("a", {key}), Somebody("t", {key}, SubjectKind::Team)}, 1, kNone, Verdict::NotEvaluable},
      {"beside too many it decides nothing",
       {Somebody("a", {key}), Somebody("b", {key}), Somebody("c", {key}), Somebody("t", {key}, SubjectKind::Team)}, 3, kNone, Verdict::Denied},
      {"somebody of whom not all is known", {Somebody("a", {key}), Somebody("b", {key}), Unreadable("c")}, 2, 3, Verdict::NotEvaluable},
  };
  const HolderBound bound = HolderBoundsOf(table).front();
  for (const Case& one : cases) {
    const HolderCount count = HolderJudge(table, one.people).Judge(bound, 10);
    EXPECT_EQ(count.least, one.least) << one.name;
    EXPECT_EQ(count.most, one.most) << one.name;
    EXPECT_EQ(count.verdict, one.verdict) << one.name;
    EXPECT_EQ(count.holders.size(), one.least) << one.name;
    EXPECT_EQ(count.unknown.empty(), one.verdict != Verdict::NotEvaluable) << one.name;
  }
}

TEST(Holders, ARequestIsWorseWhereTheNumberMovesAwayFromABoundThatMayBeBroken) {
  const Table table = Vault();
  const Holding key = HeldDuty(table, "key");
  const Subject root = Somebody("x:root", {key}, SubjectKind::Account);
  struct Case {
    const char* name;
    std::vector<Subject> people;  // the first asks
    Request request;
    std::optional<Verdict> worse; // of `key`
    Instant at = 10;
  };
  const Holding late = {.target = key.target, .from = 20, .until = 30};
  const Case cases[] = {
      {"the first", {Somebody("a", {})}, {{key}, {}}, std::nullopt},
      {"the third", {Somebody("a", {}), Somebody("b", {key}), Somebody("c", {key})}, {{key}, {}}, Verdict::Denied},
      {"the third, later", {Somebody("a", {}), Somebody("b", {key}), Somebody("c", {late})}, {{key}, {}}, Verdict::Denied, 20},
      {"the third, after the request", {Somebody("a", {}), Somebody("b", {key}), Somebody("c", {late})}, {{HeldDuty(table, "key", 20)}, {}}, std::nullopt},
      {"held already", {Somebody("a", {key}), Somebody("b", {key}), Somebody("c", {key})}, {{key}, {}}, std::nullopt},
      {"the last one goes", {Somebody("a", {key})}, {{}, {key}}, Verdict::Denied},
      {"one of too many goes", {Somebody("a", {key}), Somebody("b", {key}), Somebody("c", {key}), Somebody("d", {key})}, {{}, {key}}, std::nullopt},
      {"the last who is known goes", {Somebody("a", {key}), root}, {{}, {key}}, Verdict::NotEvaluable},
      {"one more beside what is unknown", {Somebody("a", {}), Somebody("b", {key}), root}, {{key}, {}}, Verdict::NotEvaluable},
      {"one more where it was unknown", {Somebody("a", {}), Somebody("b", {key}), Somebody("t", {key}, SubjectKind::Team)}, {{key}, {}}, Verdict::NotEvaluable},
      {"another duty", {Somebody("a", {}), Somebody("b", {key}), Somebody("c", {key}), root}, {{HeldDuty(table, "gate")}, {}}, std::nullopt},
  };
  for (const Case& one : cases) {
    const HolderChanges changes = ChangesOfHolders(table, one.people, 0, one.request, 10);
    EXPECT_EQ(changes.judged.size(), 2u) << one.name;
    std::optional<Verdict> worse;
    for (const HolderChange& change : changes.worse) {
      if (change.after.bound.name.name != "key") continue;
      worse = change.verdict;
      EXPECT_EQ(change.at, one.at) << one.name;
    }
    EXPECT_EQ(worse, one.worse) << one.name;
  }
}

TEST(Holders, TooManyMomentsAreGivenUpAndStayInTheList) {
  const Table table = Vault();
  std::vector<Subject> people = {Somebody("a", {}), Somebody("b", {HeldDuty(table, "key")})};
  for (Instant at = 0; at <= static_cast<Instant>(kMaxHolderInstants); ++at) people[1].holdings.push_back(HeldDuty(table, "key", 100 + at));
  const Request request = {{HeldDuty(table, "key")}, {}};
  const HolderChanges changes = ChangesOfHolders(table, people, 0, request, 10);
  ASSERT_EQ(changes.judged.size(), 1u);
  EXPECT_EQ(changes.judged.front().name.name, "warden");
  Workspace workspace(table);
  Result<Answer> answer = AskAbout(table, workspace, people[0], 10, request);
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->not_checked.size(), 2u);
  CountHolders(table, changes, answer.value());
  ASSERT_EQ(answer->not_checked.size(), 1u);
  EXPECT_EQ(answer->not_checked.front().id, "key");
  EXPECT_THAT(answer->not_checked.front().what, testing::ElementsAre("holders at least", "holders at most"));
}

}  // namespace
}  // namespace sod
