// Conditions: every operator with everything known and not, and what is said of objects.
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/core/guards.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using core::KnownValue;
using core::Outcomes;
using format::GuardNodeKind;
using format::GuardReads;
using format::GuardType;

// Sources of a small policy.
enum Source : uint32_t { kDepartment, kValue, kHazard, kStaff, kSwitch, kLivestock };

format::GuardSourceRecord SourceOf(test::Rows& rows, const char* name, GuardReads reads, GuardType type) {
  format::GuardSourceRecord source;
  source.name = rows.Text(name);
  source.reads = reads;
  source.type = type;
  return source;
}

// One person, in department 0 until day 10 and in 1 and 2 from day 20 on.
test::Rows World() {
  test::PolicyBuilder builder;
  builder.Duty("pay");
  builder.Person("mira");
  test::Rows rows = builder.Finish();
  format::ScaleRecord hazards;
  hazards.name = rows.Text("hazards");
  hazards.measures = format::ScaleMeasures::Other;
  hazards.members_count = 3;
  for (uint32_t rank = 0; rank < 3; ++rank) {
    format::ScaleMemberRecord member;
    member.name = rows.Text("h" + std::to_string(rank));
    member.rank = rank;
    rows.ScaleMembers.push_back(member);
  }
  rows.Scales.push_back(hazards);
  rows.GuardSources = {SourceOf(rows, "holder.department", GuardReads::Holder, GuardType::Word),
                       SourceOf(rows, "shipment.value", GuardReads::Object, GuardType::Number),
                       SourceOf(rows, "shipment.hazard", GuardReads::Object, GuardType::Member),
                       SourceOf(rows, "staff", GuardReads::Fact, GuardType::Number),
                       SourceOf(rows, "second", GuardReads::Switch, GuardType::Flag),
                       SourceOf(rows, "shipment.livestock", GuardReads::Object, GuardType::Flag)};
  rows.GuardSources[kDepartment].words_count = 3;
  rows.GuardWords = {{0, 0, rows.Text("a"), 0}, {1, 1, rows.Text("b"), 0}, {2, 2, rows.Text("c"), 0}, {INT64_MIN, 999, rows.Text("small"), 0},
                     {1000, INT64_MAX, rows.Text("large"), 0}};
  rows.GuardSources[kValue].words_first = 3;
  rows.GuardSources[kValue].words_count = 2;
  rows.GuardSources[kValue].object = rows.Text("shipment");
  rows.GuardSources[kValue].attribute = rows.Text("value");
  rows.GuardSources[kValue].decimals = 2;
  rows.GuardSources[kValue].currency = rows.Text("EUR");
  rows.GuardSources[kHazard].scale = 0;
  rows.GuardSettings = {{kBeginningOfTime, 0}, {30, 1}};
  rows.GuardSources[kSwitch].settings_count = 2;
  for (uint32_t source = kHazard; source <= kLivestock; ++source) rows.GuardSources[source].words_first = 5;
  rows.GuardSources[kLivestock].settings_first = 2;
  rows.GuardSources[kStaff].is_counted = 1;
  rows.PersonValues = {{kBeginningOfTime, 10, 0, 0, kDepartment}, {20, kEndOfTime, 1, 0, kDepartment}, {20, kEndOfTime, 2, 0, kDepartment}};
  return rows;
}

// Appends a guard of these nodes; tests get their intervals in order.
struct NodeSpec {
  GuardNodeKind kind;
  uint32_t operands_or_source;
  std::vector<KnownValue> values = {};
};
uint32_t Add(test::Rows& rows, const std::vector<NodeSpec>& nodes) {
  format::GuardRecord guard;
  guard.words = rows.Text("g" + std::to_string(rows.Guards.size()));
  guard.nodes_first = static_cast<uint32_t>(rows.GuardNodes.size());
  guard.nodes_count = static_cast<uint32_t>(nodes.size());
  for (const NodeSpec& spec : nodes) {
    const bool is_test = spec.kind >= GuardNodeKind::Is;
    format::GuardNodeRecord node;
    node.kind = spec.kind;
    (is_test ? node.source : node.operands) = spec.operands_or_source;
    node.values_first = static_cast<uint32_t>(rows.GuardValues.size());
    node.values_count = static_cast<uint32_t>(spec.values.size());
    for (const KnownValue& value : spec.values) rows.GuardValues.push_back({value.lo, value.hi});
    rows.GuardNodes.push_back(node);
  }
  rows.Guards.push_back(guard);
  return static_cast<uint32_t>(rows.Guards.size()) - 1;
}

Table LoadRows(const test::Rows& rows) {
  const std::string file = test::Write(rows);
  Result<Table> table = Table::Load(std::as_bytes(std::span(file)));
  EXPECT_TRUE(table) << (table ? "" : table.error().message);
  return std::move(table.value());
}

class Values : public core::CaseValues {
 public:
  explicit Values(std::map<uint32_t, std::vector<KnownValue>> values) : values_(std::move(values)) {}
  std::span<const KnownValue> Of(uint32_t source) const override {
    const auto found = values_.find(source);
    return found == values_.end() ? std::span<const KnownValue>() : found->second;
  }

 private:
  std::map<uint32_t, std::vector<KnownValue>> values_;
};

std::string OutcomeOf(const Table& table, uint32_t guard, const core::GuardView& view) {
  const Outcomes outcomes = core::Decide(table.image(), guard, view);
  return std::string(outcomes.MayBe(Outcomes::kNo) ? "n" : "") + (outcomes.MayBe(Outcomes::kUnknown) ? "u" : "") +
         (outcomes.MayBe(Outcomes::kYes) ? "y" : "");
}

constexpr KnownValue kAbove1000 = {1001, INT64_MAX};

TEST(Guards, ReadWhatIsSaidOfTheHolderOnThatDay) {
  test::Rows rows = World();
  const uint32_t is_a = Add(rows, {{GuardNodeKind::Is, kDepartment, {{0, 0}}}});
  const uint32_t is_not_a = Add(rows, {{GuardNodeKind::Not, 1}, {GuardNodeKind::Is, kDepartment, {{0, 0}}}});
  const uint32_t is_c = Add(rows, {{GuardNodeKind::Is, kDepartment, {{2, 2}}}});
  const uint32_t is_unknown = Add(rows, {{GuardNodeKind::IsUnknown, kDepartment}});
  const Table table = LoadRows(rows);
  struct Case {
    Instant at;
    uint32_t holder;
    const char *is_a, *is_not_a, *is_c, *is_unknown;
  };
  const Case kCases[] = {{9, 0, "y", "n", "n", "n"}, {10, 0, "u", "u", "u", "y"}, {19, 0, "u", "u", "u", "y"}, {20, 0, "n", "y", "y", "n"}, {20, kNone, "u", "u", "u", "y"}};
  for (const Case& one : kCases) {
    const core::GuardView view = {.at = one.at, .holder = one.holder};
    EXPECT_EQ(OutcomeOf(table, is_a, view), one.is_a) << one.at;
    EXPECT_EQ(OutcomeOf(table, is_not_a, view), one.is_not_a) << one.at;
    EXPECT_EQ(OutcomeOf(table, is_c, view), one.is_c) << one.at;
    EXPECT_EQ(OutcomeOf(table, is_unknown, view), one.is_unknown) << one.at;
  }
}

// Of a switch (no before 30, yes then), of the holder (unknown at 40) and of an object that is not named (either).
TEST(Guards, JoinTheThreeTruthsAndWhatMayBeEither) {
  struct Case {
    GuardNodeKind kind;
    const char *yes, *no, *unknown, *free;  // with the operand beside it
  };
  const Case kCases[] = {{GuardNodeKind::And, "y", "n", "u", "ny"}, {GuardNodeKind::Or, "y", "y", "y", "y"}};
  const std::vector<NodeSpec> kOperands = {{GuardNodeKind::Is, kSwitch, {{1, 1}}},
                                           {GuardNodeKind::Is, kSwitch, {{0, 0}}},
                                           {GuardNodeKind::Is, kDepartment, {{0, 0}}},
                                           {GuardNodeKind::Is, kValue, {kAbove1000}}};
  for (const Case& one : kCases) {
    const char* expected[] = {one.yes, one.no, one.unknown, one.free};
    for (size_t i = 0; i < kOperands.size(); ++i) {
      test::Rows rows = World();
      const uint32_t joined = Add(rows, {{one.kind, 2}, kOperands[0], kOperands[i]});
      const uint32_t denied = Add(rows, {{GuardNodeKind::Not, 1}, kOperands[i]});
      const Table table = LoadRows(rows);
      const core::GuardView view = {.at = 40, .holder = kNone};
      EXPECT_EQ(OutcomeOf(table, joined, view), expected[i]) << i;
      const char* kDenied[] = {"n", "y", "u", "ny"};
      EXPECT_EQ(OutcomeOf(table, denied, view), kDenied[i]) << i;
    }
  }
  test::Rows rows = World();
  const uint32_t unknown_or_free = Add(rows, {{GuardNodeKind::Or, 2}, kOperands[2], kOperands[3]});
  const uint32_t unknown_and_free = Add(rows, {{GuardNodeKind::And, 2}, kOperands[2], kOperands[3]});
  const uint32_t unknown_or_no = Add(rows, {{GuardNodeKind::Or, 2}, kOperands[2], kOperands[1]});
  const Table table = LoadRows(rows);
  EXPECT_EQ(OutcomeOf(table, unknown_or_free, {.at = 40}), "uy");
  EXPECT_EQ(OutcomeOf(table, unknown_and_free, {.at = 40}), "nu");
  EXPECT_EQ(OutcomeOf(table, unknown_or_no, {.at = 40}), "u");
}

TEST(Guards, CompareWhatAnActSays) {
  test::Rows rows = World();
  const uint32_t above = Add(rows, {{GuardNodeKind::Is, kValue, {kAbove1000}}});
  const uint32_t is_large = Add(rows, {{GuardNodeKind::Is, kValue, {{1000, INT64_MAX}}}});
  const uint32_t in_two = Add(rows, {{GuardNodeKind::Is, kValue, {{5, 5}, {1200, 1300}}}});
  const Table table = LoadRows(rows);
  struct Case {
    std::vector<KnownValue> value;
    const char *above, *is_large, *in_two;
  };
  const Case kCases[] = {{{}, "u", "u", "u"},        {{{1001, 1001}}, "y", "y", "n"},          {{{1000, 1000}}, "n", "y", "n"},   {{{999, 999}}, "n", "n", "n"},
                         {{{5, 5}}, "n", "n", "y"},  {{{1000, INT64_MAX}}, "u", "y", "u"},     {{{INT64_MIN, 999}}, "n", "n", "u"}, {{{1250, 1260}}, "y", "y", "y"},
                         {{{5, 5}, {2000, 2000}}, "y", "y", "y"}};
  for (const Case& one : kCases) {
    const Values values({{kValue, one.value}});
    const core::GuardView view = {.values = &values};
    EXPECT_EQ(OutcomeOf(table, above, view), one.above);
    EXPECT_EQ(OutcomeOf(table, is_large, view), one.is_large);
    EXPECT_EQ(OutcomeOf(table, in_two, view), one.in_two);
  }
}

// severe (2) with livestock, odd (1) when worth 1000 or more, else normal (0).
TEST(Guards, TakeTheStrictestClassThatMayBe) {
  test::Rows rows = World();
  std::swap(rows.GuardSources[kHazard], rows.GuardSources[kLivestock]);
  constexpr uint32_t kClass = kLivestock, kFlag = kHazard;
  const uint32_t livestock = Add(rows, {{GuardNodeKind::Is, kFlag, {{1, 1}}}});
  const uint32_t worth = Add(rows, {{GuardNodeKind::Is, kValue, {{1000, INT64_MAX}}}});
  rows.ClassCriteria = {{2, livestock}, {1, worth}, {0, kNone}};
  rows.GuardSources[kClass].criteria_count = 3;
  uint32_t is_rank[3];
  for (uint32_t rank = 0; rank < 3; ++rank) is_rank[rank] = Add(rows, {{GuardNodeKind::Is, kClass, {{rank, rank}}}});
  // The switch has its settings before the class now.
  rows.GuardSources[kFlag].settings_first = 0;
  rows.GuardSources[kClass].settings_first = 2;
  rows.GuardSources[kClass].words_first = 5;
  const Table table = LoadRows(rows);
  struct Case {
    std::vector<KnownValue> flag, value;
    uint32_t rank;
    const char* open;  // for each rank, where it may be any of those
  };
  const Case kCases[] = {{{{1, 1}}, {{5, 5}}, 2, "nny"},
                         {{{0, 0}}, {{5, 5}}, 0, "ynn"},
                         {{{0, 0}}, {{1000, 1000}}, 1, "nyn"},
                         {{}, {{5, 5}}, 2, "uuu"},
                         {{{0, 0}}, {}, 1, "uun"}};
  for (const Case& one : kCases) {
    const Values values({{kFlag, one.flag}, {kValue, one.value}});
    for (uint32_t rank = 0; rank < 3; ++rank) {
      EXPECT_EQ(OutcomeOf(table, is_rank[rank], {.values = &values, .takes_strictest = true}), rank == one.rank ? "y" : "n");
      EXPECT_EQ(OutcomeOf(table, is_rank[rank], {.values = &values}), std::string(1, one.open[rank]));
    }
  }
  const Values given({{kClass, {{1, 1}}}, {kFlag, {{1, 1}}}});
  EXPECT_EQ(OutcomeOf(table, is_rank[1], {.values = &given}), "y") << "what is said goes before the criteria";
  EXPECT_EQ(OutcomeOf(table, is_rank[1], {}), "ny") << "no act is asked about";
}

TEST(Guards, ReadFactsOfTheDay) {
  test::Rows rows = World();
  const uint32_t two = Add(rows, {{GuardNodeKind::Is, kStaff, {{2, INT64_MAX}}}});
  const Table table = LoadRows(rows);
  const FactSteps steps = {{kStaff, kBeginningOfTime, 1}, {kStaff, 50, 2}};
  EXPECT_EQ(OutcomeOf(table, two, {.at = 49, .facts = &steps}), "n");
  EXPECT_EQ(OutcomeOf(table, two, {.at = 50, .facts = &steps}), "y");
  EXPECT_EQ(OutcomeOf(table, two, {.at = 50}), "u");
}

TEST(Guards, ReadValuesAsFilesSpellThem) {
  const Table table = LoadRows(World());
  const core::Image& image = table.image();
  EXPECT_EQ(core::FindObjectSource(image, "shipment", "value"), kValue);
  EXPECT_EQ(core::FindObjectSource(image, "shipment", "weight"), kNone);
  struct Case {
    uint32_t source;
    const char *text, *currency;
    int64_t lo, hi;
  };
  const Case kRead[] = {{kValue, "12.5", "EUR", 1250, 1250},      {kValue, "1_000", "", 100000, 100000}, {kValue, "-3", "", -300, -300},
                        {kValue, "small", "", INT64_MIN, 999},    {kHazard, "h2", "", 2, 2},             {kLivestock, "yes", "", 1, 1}};
  for (const Case& one : kRead) {
    const auto value = core::ReadValue(image, one.source, one.text, one.currency);
    ASSERT_TRUE(value) << one.text;
    EXPECT_EQ(value->lo, one.lo) << one.text;
    EXPECT_EQ(value->hi, one.hi) << one.text;
  }
  const Case kRefused[] = {{kValue, "12.505", "", 0, 0}, {kValue, "12", "USD", 0, 0}, {kValue, "1.2.3", "", 0, 0}, {kValue, "", "", 0, 0},
                           {kValue, "99999999999999999999", "", 0, 0}, {kHazard, "h3", "", 0, 0}, {kLivestock, "true", "", 0, 0}};
  for (const Case& one : kRefused) EXPECT_FALSE(core::ReadValue(image, one.source, one.text, one.currency)) << one.text;
}

}  // namespace
}  // namespace sod
