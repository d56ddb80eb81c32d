// What a caller can do wrong, the fast tier, and durations; meaning is held by tests/oracle/histories and tests/lit/history.
#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/histories/processes.h"
#include "sod/history.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using test::PolicyBuilder;

// Two duties that conflict per contract; a shipment is part of one, and has an owner.
Table Port() {
  PolicyBuilder builder;
  const uint32_t loading = builder.Duty("loading");
  const uint32_t release = builder.Duty("release");
  builder.Person("ann");
  builder.Pair("pair", {.duty = loading}, {.duty = release});
  test::Rows rows = builder.Finish();
  for (const char* name : {"contract", "shipment"}) {
    format::ProvisionRecord provision;
    provision.kind = rows.Text("object");
    provision.name = provision.title = rows.Text(name);
    rows.Provisions.push_back(provision);
    rows.ObjectKinds.push_back({static_cast<uint32_t>(rows.ObjectKinds.size()), kNone, 0, 0, 0, 0});
  }
  rows.ObjectKinds[1].part_of = 0;
  rows.ObjectKinds[1].relations_count = 1;
  rows.ObjectRelations = {{rows.Text("owner")}};
  rows.Rules[0].moment = format::Moment::Object;
  rows.Rules[0].unevaluated = format::Unevaluated::Object;
  rows.Rules[0].per = 0;
  const std::string bytes = test::Write(rows);
  auto table = Table::Load(std::as_bytes(std::span(bytes)));
  if (!table) ADD_FAILURE() << table.error().message;
  return table.value();
}

TEST(ObjectJudge, SetsBitsAndFindsTheRule) {
  const Table table = Port();
  const ObjectJudge judge(table);
  std::vector<uint64_t> mask(judge.mask_words());
  std::array<uint32_t, 4> rules = {};
  EXPECT_TRUE(judge.AddAct(0, 0, mask));
  EXPECT_EQ(judge.Violations(0, mask, {}, 0, rules), 0u);
  EXPECT_TRUE(judge.AddAct(0, 1, mask));
  EXPECT_EQ(judge.Violations(0, mask, {}, 0, rules), 1u);
  EXPECT_EQ(rules[0], 0u);
  EXPECT_EQ(judge.Violations(0, mask, {}, 0, {}), 1u) << "counts without room, too";
  EXPECT_FALSE(judge.AddAct(1, 0, mask)) << "no rule is about shipments";
  EXPECT_TRUE(judge.not_judged().empty());
}

TEST(JudgeHistory, RefusesWhatDoesNotExist) {
  const Table table = Port();
  Workspace workspace(table);
  const std::vector<HistoryObject> objects = {{0, "C-1", kNone}, {1, "S-1", 0}};
  const auto judge = [&](const HistoryEvent& event, const std::vector<HistoryObject>& on) {
    return JudgeHistory(table, workspace, {on, std::span(&event, 1)});
  };
  const HistoryEvent good = {.object = 1, .row = 0, .actor = 0, .at = 1};
  EXPECT_TRUE(judge(good, objects).ok());
  struct Case {
    const char* what;
    HistoryEvent event;
    std::vector<HistoryObject> objects;
  };
  const std::vector<HistoryObject> bad_kind = {{2, "C-1", kNone}, {1, "S-1", kNone}};
  const std::vector<HistoryObject> bad_part = {{0, "C-1", 1}, {1, "S-1", kNone}};
  const std::vector<HistoryObject> circle = {{1, "S-1", 1}, {1, "S-2", 0}};
  const Case cases[] = {
      {"an object", {.object = 2, .row = 0, .actor = 0}, objects},
      {"a duty", {.object = 1, .row = 2, .actor = 0}, objects},
      {"a relation", {.kind = EventKind::Relation, .object = 1, .row = 1, .actor = 0}, objects},
      {"a relation of another kind", {.kind = EventKind::Relation, .object = 0, .row = 0, .actor = 0}, objects},
      {"an approval", {.kind = EventKind::Approval, .object = 1, .row = 0, .actor = 0}, objects},
      {"an actor", {.object = 1, .row = 0, .actor = 1}, objects},
      {"an account", {.object = 1, .row = 0, .account = 0}, objects},
      {"a principal", {.object = 1, .row = 0, .actor = 0, .on_behalf_of = 7}, objects},
      {"a kind", good, bad_kind},
      {"a part of the wrong kind", good, bad_part},
      {"parts in a circle", good, circle},
  };
  for (const Case& one : cases) {
    const auto report = judge(one.event, one.objects);
    ASSERT_FALSE(report.ok()) << one.what;
    EXPECT_EQ(report.error().code, ErrorCode::BadArgument) << one.what;
  }
  const HistoryEvent act = {.object = 9, .row = 0, .actor = 0};
  EXPECT_FALSE(JudgeAct(table, workspace, {objects, {}}, act).ok());
}

TEST(JudgeAct, SeesWhatWasDoneUntilThen) {
  const Table table = Port();
  Workspace workspace(table);
  const std::vector<HistoryObject> objects = {{0, "C-1", kNone}, {1, "S-1", 0}};
  const std::vector<HistoryEvent> events = {{.object = 1, .row = 0, .actor = 0, .at = 10}};
  for (const auto& [at, verdict] : {std::pair(Instant{9}, Verdict::Clear), std::pair(Instant{10}, Verdict::Denied)}) {
    const HistoryEvent act = {.object = 0, .row = 1, .actor = 0, .at = at};
    const auto report = JudgeAct(table, workspace, {objects, events}, act);
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report.value().verdict, verdict) << at;
    EXPECT_EQ(report.value().later, verdict == Verdict::Clear ? 1u : 0u);
  }
}

TEST(LaterBy, CountsMonthsByTheCalendar) {
  using format::DurationUnit;
  constexpr Instant kDay = 86400;
  struct Case {
    Instant from;
    uint32_t count;
    DurationUnit unit;
    Instant to;
  };
  const Case cases[] = {
      {100, 36, DurationUnit::Hour, 100 + 36 * 3600},
      {100, 2, DurationUnit::Week, 100 + 14 * kDay},
      {30 * kDay + 5, 1, DurationUnit::Month, 58 * kDay + 5},        // 31 January 1970, to 28 February
      {0, 14, DurationUnit::Month, 424 * kDay},                      // 1 March 1971
      {789 * kDay, 1, DurationUnit::Year, 1154 * kDay},              // 29 February 1972, to 28 February 1973
      {-kDay, 1, DurationUnit::Month, 30 * kDay},                    // 31 December 1969
  };
  for (const Case& one : cases) EXPECT_EQ(histories::LaterBy(one.from, one.count, one.unit), one.to) << one.from;
}

}  // namespace
}  // namespace sod
