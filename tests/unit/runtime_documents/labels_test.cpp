// Labels as columns, tones of scales, and tables cut for paper.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/documents/build.h"
#include "runtime/documents/table_parts.h"
#include "tests/unit/runtime_documents/world.h"

namespace sod::documents {
namespace {

using format::NameKind;
using format::RuleKind;
using format::TableSource;
using format::ValueKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Rows of a table as text: lines with " / ", absent as "– meaning".
std::vector<std::string> Column(const Table& table, size_t column) {
  std::vector<std::string> out;
  for (const auto& row : table.rows) {
    std::string& text = out.emplace_back();
    if (row[column].lines.empty()) text = "– " + std::string(row[column].absent);
    for (const Line& line : row[column].lines) text += (text.empty() ? "" : " / ") + line.text;
  }
  return out;
}

class Labels : public testing::Test {
 protected:
  // Row of Provisions of the declared attribute.
  uint32_t AddAttribute(std::string_view name) {
    format::ProvisionRecord record{};
    record.kind = world_.Text("attribute");
    record.name = record.title = world_.Text(name);
    return Add(record);
  }

  using Value = format::ProvisionValueRecord;
  Value TextValue(std::string_view text) { return {.kind = ValueKind::Text, .text = world_.Text(text)}; }

  // `attribute … is …`, stated by what is declared at the line; validity as (from, until) or none.
  void State(uint32_t attribute, uint32_t line, std::vector<Value> values, std::vector<Instant> validity = {}) {
    format::ProvisionRecord record{};
    record.is_attribute_holder = 1;
    record.place_line = line;
    record.place_column = 1;
    record.attributes_first = static_cast<uint32_t>(world_.ProvisionAttributes.size());
    record.attributes_count = 1 + static_cast<uint32_t>(validity.size());
    values.insert(values.begin(), {.kind = ValueKind::Reference, .referred = NameKind::Provision, .index = attribute});
    AddStatement("attribute", 0, values);
    const char* words[] = {"from", "until"};
    for (size_t i = 0; i < validity.size(); ++i) AddStatement(words[i], 1, {{.number = validity[i], .kind = ValueKind::Time}});
    Add(record);
  }

  Table Print(TableSource source, std::vector<ColumnChoice> columns) {
    facts_ = world_.Build();
    const TableRequest request{.source = source, .columns = std::move(columns)};
    switch (source) {
      case TableSource::Roles: return BuildRoleTable(facts_, request);
      case TableSource::RoleList: return BuildRoleList(facts_, request);
      case TableSource::People: return BuildPeopleTable(facts_, request);
      default: return BuildConflictTable(facts_, request);
    }
  }

  World world_;

 private:
  uint32_t Add(const format::ProvisionRecord& record) {
    world_.Provisions.push_back(record);
    return static_cast<uint32_t>(world_.Provisions.size() - 1);
  }
  void AddStatement(std::string_view keyword, uint32_t depth, const std::vector<Value>& values) {
    format::ProvisionAttributeRecord record{};
    record.keyword = world_.Text(keyword);
    record.depth = depth;
    record.values_first = static_cast<uint32_t>(world_.ProvisionValues.size());
    record.values_count = static_cast<uint32_t>(values.size());
    world_.ProvisionAttributes.push_back(record);
    for (const Value& value : values) world_.ProvisionValues.push_back(value);
  }

  Facts facts_;
};

TEST_F(Labels, OfConflictsArePrintedAsStated) {
  world_.AddDuty("a", "A");
  world_.AddDuty("b", "B");
  world_.AddRule(RuleKind::Pair, {{{0}}, {{1}}}, "Both");
  format::RuleRecord& rule = world_.Rules.back();
  rule.identifier = world_.Text("SOD-17");
  rule.kind_label = world_.Text("prepare against approve");
  rule.description = world_.Text("About both.");
  rule.places_count = 1;
  world_.RulePlaces.push_back({0, 7, 1});
  world_.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
  world_.Rules.back().places_first = 1;
  const uint32_t grade = AddAttribute("grade");
  State(grade, 7, {TextValue("minor"), TextValue("major")});
  const Table table = Print(TableSource::Conflicts, {{"identifier", ""}, {"title", ""}, {"description", ""}, {"kind_label", ""},
                                                     {"grade", "Grade", kNone, grade}, {"reviewed", ""}});
  EXPECT_EQ(table.columns[5].width, ColumnWidth::Narrow);  // a date is never parted
  EXPECT_THAT(Column(table, 0), ElementsAre("SOD-17", "– none"));
  EXPECT_THAT(Column(table, 1), ElementsAre("Both", "– none"));
  EXPECT_THAT(Column(table, 2), ElementsAre("About both.", "– none"));
  EXPECT_THAT(Column(table, 3), ElementsAre("prepare against approve", "– not stated"));
  EXPECT_THAT(Column(table, 4), ElementsAre("minor / major", "– not stated"));
}

TEST_F(Labels, OfOneStatementBelongToEveryRuleItMakes) {
  for (const char* name : {"a", "b", "c"}) world_.AddDuty(name, name);
  for (uint32_t other : {1u, 2u}) {
    world_.AddRule(RuleKind::Pair, {{{0}}, {{other}}});
    world_.Rules.back().places_first = other - 1;
    world_.Rules.back().places_count = 1;
    world_.RulePlaces.push_back({0, 7, 1});
  }
  const uint32_t grade = AddAttribute("grade");
  State(grade, 7, {TextValue("major")});
  EXPECT_THAT(Column(Print(TableSource::Conflicts, {{"grade", "", kNone, grade}}), 0), ElementsAre("major", "major"));
}

TEST_F(Labels, OfDutiesAreNumbersMembersAndForeignNames) {
  world_.AddScale("grades", format::ScaleMeasures::Other, {{"low", "Low", "", "", ""}, {"high", "High", "", "", ""}});
  for (uint32_t line : {4u, 5u}) {
    world_.AddDuty("d" + std::to_string(line), "D");
    world_.Duties.back().place_line = line;
    world_.Duties.back().place_column = 1;
  }
  world_.Duties[0].tags_count = 2;
  world_.Duties[1].tags_first = 2;
  world_.DutyTags = {{world_.Text("cash")}, {world_.Text("bank")}};
  world_.Systems.push_back({.name = world_.Text("sap"), .title = world_.Text("SAP")});
  world_.ForeignIds.push_back({.system = 0, .id = world_.Text("XK01"), .kind = NameKind::Duty, .index = 1});
  world_.ForeignIds.push_back({.system = 0, .id = world_.Text("R1"), .kind = NameKind::Role, .index = 1});
  const uint32_t weight = AddAttribute("weight"), grade = AddAttribute("grade");
  State(weight, 4, {{.number = -150, .kind = ValueKind::Integer, .decimals = 2}});
  State(grade, 4, {{.kind = ValueKind::Reference, .referred = NameKind::ScaleMember, .index = 1}});
  State(weight, 5, {{.number = 7, .kind = ValueKind::Integer, .decimals = 3}});
  const Table table = Print(TableSource::Roles, {{"duty", ""}, {"weight", "", kNone, weight}, {"grade", "", kNone, grade},
                                                 {"tags", ""}, {"identifiers", ""}});
  EXPECT_THAT(Column(table, 1), ElementsAre("-1.50", "0.007"));
  EXPECT_THAT(Column(table, 2), ElementsAre("High", "– not stated"));
  EXPECT_THAT(Column(table, 3), ElementsAre("cash, bank", "– none"));
  EXPECT_THAT(Column(table, 4), ElementsAre("– none", "SAP: XK01"));
}

TEST_F(Labels, OfPeopleHoldOnTheirDays) {
  const Instant day = 86400, today = world_.Build().as_of;
  world_.Actors.push_back({.name = world_.Text("ada"), .place_line = 3, .place_column = 1});
  world_.AddHolder("Ada", {});
  world_.holders()[0].actor = 0;
  world_.AddHolder("bank:robot", {}, SubjectKind::Account);
  const uint32_t desk = AddAttribute("desk");
  State(desk, 3, {TextValue("past")}, {today - 9 * day, today});
  State(desk, 3, {TextValue("present")}, {today, today + day});
  State(desk, 3, {TextValue("future")}, {today + day, today + 9 * day});
  EXPECT_THAT(Column(Print(TableSource::People, {{"desk", "", kNone, desk}}), 0), ElementsAre("present", "– not stated"));
}

TEST_F(Labels, OfRolesStandInTheListOfRoles) {
  world_.AddDuty("a", "A");
  world_.AddDuty("b", "B");
  world_.AddRole("clerk", "Clerk");
  world_.Grant(0, 0);
  world_.Restrict({1});
  world_.Roles.back().place_line = 9;
  world_.Roles.back().place_column = 1;
  world_.AddRole("chief", "Chief");
  world_.Include(0);
  world_.Inherit(0, 0, 0);
  world_.Roles.back().is_position = 1;
  world_.AddHolder("Ada", {});
  world_.holders()[0].roles = {{.target = 1, .level_words = {}, .ways = {}}};
  const uint32_t book = AddAttribute("book");
  State(book, 9, {TextValue("HB-1")});
  const Table table = Print(TableSource::RoleList, {{"role", ""}, {"book", "", kNone, book}, {"includes", ""}, {"duties", ""},
                                                    {"restrictions", ""}, {"position", ""}, {"holders", ""}});
  EXPECT_THAT(Column(table, 0), ElementsAre("Clerk", "Chief"));
  EXPECT_THAT(Column(table, 1), ElementsAre("HB-1", "– not stated"));
  EXPECT_THAT(Column(table, 2), ElementsAre("– none", "Clerk"));
  EXPECT_THAT(Column(table, 3), ElementsAre("A", "A / via Clerk"));
  EXPECT_THAT(Column(table, 4), ElementsAre("B", "– none"));
  EXPECT_THAT(Column(table, 5), ElementsAre("– no", "yes"));
  EXPECT_THAT(Column(table, 6), ElementsAre("Unassigned", "Ada"));
}

TEST_F(Labels, OfARoleThatHoldsByEntitlementsTogetherNeedNoGrant) {
  world_.AddDuty("a", "A");
  world_.AddRole("clerk", "Clerk");
  world_.RoleDuties.push_back({0, 0, format::kViaDerivation});
  world_.Roles.back().duties_count = 1;
  EXPECT_THAT(Column(Print(TableSource::Roles, {{"clerk", "", 0}}), 0), ElementsAre("Granted / by several entitlements together"));
}

TEST(Tones, OfNeighbouringLevelsDiffer) {
  World world;
  world.AddScale("risk", format::ScaleMeasures::Risk,
                 {{"low", "", "", "", ""}, {"medium", "", "", "", ""}, {"high", "", "", "", ""}, {"critical", "", "", "", ""}});
  world.AddDuty("a", "A");
  world.AddDuty("b", "B");
  for (uint32_t level = 0; level < 4; ++level) {
    world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
    world.Rules.back().risk = level;
  }
  const Facts facts = world.Build();
  std::vector<Tone> tones;
  for (const auto& rule : facts.Rules) tones.push_back(RiskCell(facts, rule).tone);
  EXPECT_THAT(tones, ElementsAre(Tone::Plain, Tone::Caution, Tone::Serious, Tone::Bad));
}

Table RoleMatrix(size_t roles) {
  Table table;
  table.columns.push_back({"duty", "Duty", ColumnWidth::Normal, /*is_row_header=*/true});
  for (size_t i = 0; i < roles; ++i) table.columns.push_back({"r", "Role", ColumnWidth::Normal, false, /*is_role=*/true});
  table.columns.push_back({"separation", "Requirement", ColumnWidth::Wide});
  table.caption = "Matrix";
  table.rows.emplace_back();
  for (size_t i = 0; i < table.columns.size(); ++i) table.rows[0].push_back(TextCell("c" + std::to_string(i)));
  return table;
}

TEST(Parts, KeepWhatFitsInOnePiece) {
  EXPECT_EQ(PartsOf(RoleMatrix(12)).size(), 1u);
  Table prose = RoleMatrix(0);
  for (int i = 0; i < 30; ++i) prose.columns.push_back({"x", "X"});
  EXPECT_EQ(PartsOf(prose).size(), 1u) << "only columns that are alike are cut";
}

TEST(Parts, ShareTheColumnsAndEachHaveTheRowHeader) {
  EXPECT_THAT(PartsOf(RoleMatrix(14)), ElementsAre(ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
                                                   ElementsAre(0, 10, 11, 12, 13, 14, 15)));
  std::vector<size_t> seen;
  for (const auto& part : PartsOf(RoleMatrix(100))) {
    EXPECT_EQ(part[0], 0u);
    EXPECT_LE(part.size(), 18u);
    seen.insert(seen.end(), part.begin() + 1, part.end());
  }
  EXPECT_EQ(seen.size(), 101u);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
}

TEST(Parts, AreTablesWithNumbersOfTheirOwn) {
  Tree tree;
  tree.title = "T";
  tree.blocks.push_back({RoleMatrix(14)});
  const std::string html = WriteHtml(tree);
  EXPECT_THAT(html, HasSubstr("<caption id=\"table-1-1\"><b>Table 1 (part 1 of 2)</b> Matrix</caption>"));
  EXPECT_THAT(html, HasSubstr("<caption id=\"table-1-2\"><b>Table 1 (part 2 of 2)</b> Matrix</caption>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\" class=\"turned\"><span>Role</span></th>"));
  EXPECT_EQ(WriteMarkdown(tree).find("part 1"), std::string::npos);
}

}  // namespace
}  // namespace sod::documents
