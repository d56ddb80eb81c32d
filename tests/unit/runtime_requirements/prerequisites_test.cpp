// What is required of holders, from a table made without the compiler.
#include "sod/requirements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_table.h"

namespace sod {
namespace {

using test::PolicyBuilder;

constexpr uint32_t kPay = 0, kCheck = 1, kShip = 2;
constexpr uint32_t kInner = 0, kOuter = 1;

void Value(test::Rows& rows, format::NameKind kind, uint32_t index) {
  format::ProvisionValueRecord value;
  value.kind = format::ValueKind::Reference;
  value.referred = kind;
  value.index = index;
  rows.ProvisionValues.push_back(value);
}

// `pay` requires `check`; `outer`, which includes `inner` and its `ship`, requires the duty `ship`, and `check` when something holds.
Table Policy() {
  PolicyBuilder policy;
  policy.Duty("pay"), policy.Duty("check"), policy.Duty("ship");
  policy.Role({"inner", {{kShip, 0}}, {}});
  policy.Role({"outer", {{kPay, 0}}, {kInner}});
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
  add("duty", "pay", 0, 2);
  rows.ProvisionAttributes.push_back({rows.Text("requires"), 0, 0, 1});
  Value(rows, format::NameKind::Duty, kCheck);
  rows.ProvisionAttributes.push_back({rows.Text("holders at least"), 0, 1, 0});
  add("role", "outer", 2, 3);
  rows.ProvisionAttributes.push_back({rows.Text("requires"), 0, 1, 1});
  Value(rows, format::NameKind::Duty, kShip);
  rows.ProvisionAttributes.push_back({rows.Text("requires"), 0, 2, 1});
  Value(rows, format::NameKind::Duty, kCheck);
  rows.ProvisionAttributes.push_back({rows.Text("when"), 1, 3, 0});
  const std::string bytes = test::Write(rows);
  Result<Table> table = Table::Load(std::as_bytes(std::span(bytes)));
  if (!table) ADD_FAILURE() << table.error().message;
  return table.value();
}

Holding Duty(uint32_t row, Instant until = kEndOfTime, HoldingState state = HoldingState::Active) {
  return {.target = row, .until = until, .state = state};
}
Holding Role(uint32_t row) { return {.kind = HeldKind::Role, .target = row}; }

struct Case {
  const char* name;
  std::vector<Holding> held;
  Request request;
  Verdict verdict;
  std::optional<Verdict> request_verdict;
  size_t told;
};

TEST(Prerequisites, AreJudgedOnTheStateThatResults) {
  const Table table = Policy();
  const std::vector<Holding> none;
  const Case cases[] = {
      {"nothing is held", none, {}, Verdict::Clear, {}, 0},
      {"both are held", {Duty(kPay), Duty(kCheck)}, {}, Verdict::Clear, {}, 0},
      {"only what is required", {Duty(kCheck)}, {}, Verdict::Clear, {}, 0},
      {"without it", {Duty(kPay)}, {}, Verdict::Denied, {}, 1},
      {"it ended", {Duty(kPay), Duty(kCheck, 5)}, {}, Verdict::Denied, {}, 1},
      {"it is suspended", {Duty(kPay), Duty(kCheck, kEndOfTime, HoldingState::Suspended)}, {}, Verdict::Denied, {}, 1},
      {"what requires it is only requested", {Duty(kPay, kEndOfTime, HoldingState::Requested)}, {}, Verdict::Clear, {}, 0},
      {"by a role, which has what the role requires by inclusion", {Role(kOuter)}, {}, Verdict::Denied, {}, 1},
      {"the grant makes it so", none, {{Duty(kPay)}, {}}, Verdict::Denied, Verdict::Denied, 1},
      {"the grant ends it", {Duty(kPay)}, {{Duty(kCheck)}, {}}, Verdict::Clear, Verdict::Clear, 1},
      {"both are granted", none, {{Duty(kPay), Duty(kCheck)}, {}}, Verdict::Clear, Verdict::Clear, 0},
      {"it ends inside the time of the request", none, {{Duty(kPay), Duty(kCheck, 20)}, {}}, Verdict::Denied, Verdict::Denied, 1},
      {"it is there anyway", {Duty(kPay)}, {{Duty(kShip)}, {}}, Verdict::Denied, Verdict::Clear, 1},
  };
  for (const Case& one : cases) {
    Workspace workspace(table);
    const Subject subject = AnonymousSubject(one.held);
    Result<Answer> answer = AskAbout(table, workspace, subject, 10, one.request);
    ASSERT_TRUE(answer) << one.name;
    const auto found = JudgePrerequisites(table, subject, 10, one.request, {}, answer.value());
    ASSERT_TRUE(found) << one.name;
    EXPECT_EQ(found->size(), one.told) << one.name;
    EXPECT_EQ(answer->verdict, one.verdict) << one.name;
    EXPECT_EQ(answer->request_verdict, one.request_verdict) << one.name;
  }
}

TEST(Prerequisites, LeaveWhatIsNotJudgedInTheList) {
  const Table table = Policy();
  Workspace workspace(table);
  const Subject subject = AnonymousSubject({Duty(kPay)});
  Result<Answer> answer = Ask(table, workspace, subject, 10, std::nullopt);
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->not_checked.size(), 2u);
  ASSERT_TRUE(JudgePrerequisites(table, subject, 10, {}, {}, answer.value()));
  ASSERT_EQ(answer->not_checked.size(), 2u);
  EXPECT_THAT(answer->not_checked[0].what, testing::ElementsAre("holders at least"));
  EXPECT_THAT(answer->not_checked[1].what, testing::ElementsAre("requires"));
}

}  // namespace
}  // namespace sod
