// What a caller can do wrong, the fast tier, and durations; meaning is held by tests/oracle/histories and tests/lit/history.
#include <array>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/histories/processes.h"
#include "sod/history.h"
#include "tests/unit/runtime_histories/port.h"

namespace sod {
namespace {

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

// ---- What objects are

TEST(Attributes, AreReadAsTheyAreDeclared) {
  const Table table = LoadRows(PortUnderCondition());
  EXPECT_EQ(AttributesOf(table, 1), std::pair(kWeight, kLivestock + 1));
  EXPECT_EQ(FindAttribute(table, 1, "livestock"), kLivestock);
  EXPECT_EQ(FindAttribute(table, 0, "livestock"), std::nullopt) << "of the other kind";
  const AttributeType type = TypeOfAttribute(table, kWorth);
  EXPECT_EQ(std::tuple(type.name, type.type, type.currency, type.decimals), std::tuple("worth", "amount", "EUR", 2u));
  struct Case {
    uint32_t attribute;
    const char* text;
    int64_t number;  // -1: none
  };
  // Only the first is read by a condition.
  const Case cases[] = {{kWorth, "10.5", 1050}, {kWorth, "10.505", -1},    {kWorth, "much", -1},   {kWeight, "2.5", 25}, {kWeight, "2.55", -1},
                        {kWeight, "", -1},      {kLivestock, "yes", 1}, {kLivestock, "no", 0}, {kLivestock, "1", -1}};
  for (const Case& one : cases) {
    const auto range = ReadAttribute(table, TypeOfAttribute(table, one.attribute), one.text);
    EXPECT_EQ(range ? range->lo : -1, one.number) << one.text;
    if (range) EXPECT_EQ(range->lo, range->hi);
  }
}

TEST(ObjectJudge, TellsWhetherARuleApplies) {
  const Table table = LoadRows(PortUnderCondition());
  const ObjectJudge judge(table);
  struct Case {
    std::vector<ObjectValue> values;
    ConditionState state;
  };
  const Case cases[] = {{{}, ConditionState::Unknown},
                        {{{kWorth, {1001, 1001}}}, ConditionState::Yes},
                        {{{kWorth, {1000, 1000}}}, ConditionState::No},
                        {{{kWorth, {1000, 2000}}}, ConditionState::Unknown},
                        {{{kWeight, {1001, 1001}}}, ConditionState::Unknown}};
  for (const Case& one : cases) EXPECT_EQ(judge.Applies(0, 0, 0, one.values), one.state);
  const Table without = Port();
  EXPECT_EQ(ObjectJudge(without).Applies(0, 0, 0, {}), ConditionState::Yes);
  // A contract may have several shipments: of which one is it?
  const Table of_parts = LoadRows(PortUnderCondition(1));
  const ObjectJudge of_shipments(of_parts);
  ASSERT_EQ(of_shipments.not_judged().size(), 1u);
  EXPECT_EQ(of_shipments.not_judged()[0].rule_class, "guard");
}

// What is said at the time of an act is seen by those that were recorded behind it.
TEST(JudgeHistory, SeesWhatWasSaidBefore) {
  const Table table = LoadRows(PortUnderCondition());
  Workspace workspace(table);
  const std::vector<HistoryObject> objects = {{0, "C-1", kNone}};
  const std::vector<HistoryEvent> events = {{.object = 0, .row = 0, .actor = 0, .at = 10}, {.object = 0, .row = 1, .actor = 0, .at = 20}};
  const HistoryValue large = {.object = 0, .attribute = kWorth, .value = {2000, 2000}};
  struct Case {
    Instant at;
    uint32_t before;
    bool is_known;
    Verdict verdict;
    bool has_equal_times;
  };
  const Case cases[] = {{kBeginningOfTime, 0, true, Verdict::Denied, false},  {20, 1, true, Verdict::Denied, true},
                        {20, 2, true, Verdict::NotEvaluable, true},           {19, 2, true, Verdict::Denied, false},
                        {21, 0, true, Verdict::NotEvaluable, false},          {10, 0, false, Verdict::NotEvaluable, true}};
  for (const Case& one : cases) {
    HistoryValue value = large;
    value.at = one.at;
    value.before = one.before;
    value.is_known = one.is_known;
    const auto report = JudgeHistory(table, workspace, {objects, events, std::span(&value, 1)});
    ASSERT_TRUE(report.ok());
    EXPECT_EQ(report->verdict, one.verdict) << one.at << " " << one.before;
    EXPECT_EQ(report->has_equal_times, one.has_equal_times) << one.at << " " << one.before;
    ASSERT_EQ(report->findings.size(), 1u);
    EXPECT_EQ(report->findings[0].unknown.empty(), one.verdict == Verdict::Denied);
    EXPECT_EQ(report->findings[0].person, 0u) << "who did it is known";
  }
}

// Somebody of whom it is not known whether the rule applies is told again when it is.
TEST(JudgeHistory, TellsOnceItIsCertain) {
  const Table table = LoadRows(PortUnderCondition());
  Workspace workspace(table);
  const std::vector<HistoryObject> objects = {{0, "C-1", kNone}};
  std::vector<HistoryEvent> events;
  for (Instant at = 1; at <= 5; ++at) events.push_back({.object = 0, .row = static_cast<uint32_t>(at % 2), .actor = 0, .at = at});
  const std::vector<HistoryValue> values = {{.object = 0, .attribute = kWorth, .value = {2000, 2000}, .at = 3},
                                            {.object = 0, .attribute = kWorth, .is_known = false, .value = {}, .at = 5}};
  const auto report = JudgeHistory(table, workspace, {objects, events, values});
  ASSERT_TRUE(report.ok());
  ASSERT_EQ(report->findings.size(), 2u);
  EXPECT_EQ(report->findings[0].disposition, Verdict::NotEvaluable);
  EXPECT_EQ(report->findings[0].event, 1u);
  EXPECT_EQ(report->findings[1].disposition, Verdict::Denied);
  EXPECT_EQ(report->findings[1].event, 2u);
}

TEST(JudgeHistory, RefusesWhatIsNoValue) {
  const Table table = LoadRows(PortUnderCondition());
  Workspace workspace(table);
  const std::vector<HistoryObject> objects = {{0, "C-1", kNone}};
  const HistoryValue good = {.object = 0, .attribute = kWorth, .value = {1, 1}};
  const auto judge = [&](const HistoryValue& value) { return JudgeHistory(table, workspace, {objects, {}, std::span(&value, 1)}).ok(); };
  EXPECT_TRUE(judge(good));
  EXPECT_FALSE(judge({.object = 1, .attribute = kWorth, .value = {1, 1}})) << "no such object";
  EXPECT_FALSE(judge({.object = 0, .attribute = kWeight, .value = {1, 1}})) << "of another kind";
  EXPECT_FALSE(judge({.object = 0, .attribute = kNone, .value = {1, 1}})) << "no attribute";
  EXPECT_FALSE(judge({.object = 0, .attribute = kWorth, .value = {2, 1}})) << "no range";
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
