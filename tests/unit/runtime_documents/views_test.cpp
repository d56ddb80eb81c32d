// The builders over hand-made facts: what the cells of the views say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <iostream>

#include "runtime/documents/build.h"
#include "tests/unit/runtime_documents/world.h"

namespace sod::documents {
namespace {

using format::ElementKind;
using format::Modality;
using format::Quantifier;
using format::RuleKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "✅ Allowed (note) / second line"
std::string Show(const Cell& cell) {
  if (cell.lines.empty()) return "– " + std::string(cell.absent);
  std::string out;
  for (const Line& line : cell.lines) {
    if (!out.empty()) out += line.is_note ? " " : " / ";
    if (!line.symbol.empty()) out += std::string(line.symbol) + " ";
    out += line.is_note ? "(" + line.text + ")" : line.text;
  }
  return out;
}
std::vector<std::string> ShowRow(const Table& table, size_t row) {
  std::vector<std::string> out;
  for (const Cell& cell : table.rows.at(row)) out.push_back(Show(cell));
  return out;
}

void AddLevels(World& world) {
  world.AddScale("access", format::ScaleMeasures::Access,
                 {{"none", "None", "❌", "Prohibited", ""}, {"report", "Report", "⚠️", "Reporting only", ""},
                  {"limited", "Limited", "⚠️", "Limited", ""}, {"full", "Full", "✅", "Allowed", ""}});
}
void AddRisks(World& world) {
  world.AddScale("risk", format::ScaleMeasures::Risk,
                 {{"low", "Low", "", "", ""}, {"medium", "Medium", "", "", ""}, {"high", "High", "", "", ""}});
}

// The nine functions and two roles of the published MacTech matrix.
World MacTech() {
  World world;
  AddLevels(world);
  const char* titles[] = {"System Administration", "User Account Management", "Configuration Management",
                          "Audit Log Access", "Security Assessment", "Security Monitoring", "Incident Response",
                          "Data Access", "System Use"};
  for (const char* title : titles) world.AddDuty(title, title);
  world.AddRole("admin", "ADMIN");
  for (uint32_t duty = 0; duty < 9; ++duty) world.Grant(duty, duty == 4 ? 2 : 3);
  auto& should = world.Restrict({3});
  should.modality = Modality::Should;
  should.reason = world.Text("where possible");
  world.Restrict({4}).on_own_actions = 1;
  world.AddRole("user", "USER");
  world.Grant(6, 1);
  world.Grant(7, 3, "(authorized)");
  world.Grant(8, 3);
  world.Restrict({0, 1, 2, 3, 4, 5});
  world.Separate(0, 3, Modality::Must, "", "Separated from audit");
  world.Separate(3, 0, Modality::Should, "where possible", "");
  world.CompatibleWithAll(8, "No separation needed");
  return world;
}

TEST(RoleTable, PrintsThePublishedMacTechCells) {
  World world = MacTech();
  const Facts facts = world.Build();
  const Table table = BuildRoleTable(facts, {.source = format::TableSource::Roles});
  ASSERT_EQ(table.rows.size(), 9u);
  EXPECT_EQ(table.columns[1].title, "ADMIN");
  const char* admin[] = {"✅ Allowed", "✅ Allowed", "✅ Allowed", "✅ Allowed", "⚠️ Limited",
                         "✅ Allowed", "✅ Allowed", "✅ Allowed", "✅ Allowed"};
  const char* user[] = {"❌ Prohibited", "❌ Prohibited", "❌ Prohibited", "❌ Prohibited", "❌ Prohibited",
                        "❌ Prohibited", "⚠️ Reporting only", "✅ Allowed (authorized)", "✅ Allowed"};
  for (size_t row = 0; row < 9; ++row) {
    EXPECT_EQ(Show(table.rows[row][1]), admin[row]) << row;
    EXPECT_EQ(Show(table.rows[row][2]), user[row]) << row;
  }
  EXPECT_EQ(Show(table.rows[0][3]), "Separated from audit");
  EXPECT_EQ(Show(table.rows[3][3]), "Separated from System Administration where possible");
  EXPECT_EQ(Show(table.rows[8][3]), "No separation needed");
  EXPECT_EQ(Show(table.rows[5][3]), "– none stated");
}

TEST(RoleTable, SaysWhatAnAbsentGrantMeansOnlyWhenTold) {
  World world;
  AddLevels(world);
  world.AddDuty("a", "A");
  world.AddDuty("b", "B");
  world.AddRole("r", "R");
  world.Grant(0, 3);
  const Facts facts = world.Build();
  TableRequest request{.source = format::TableSource::Roles};
  EXPECT_EQ(Show(BuildRoleTable(facts, request).rows[1][1]), "– not granted");
  request.default_level = 0;
  request.has_selection = true;
  request.duties = {1};
  const Table table = BuildRoleTable(facts, request);
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(Show(table.rows[0][1]), "❌ Prohibited");
}

TEST(RoleTable, NotesInclusionReplacesWordingAndShowsContradictions) {
  World world;
  AddLevels(world);
  world.AddDuty("a", "A");
  world.AddDuty("b", "B");
  world.AddRole("clerk", "Clerk");
  world.Grant(0, 3, "", "Allowed on weekdays");
  world.AddRole("manager", "Manager");
  world.Include(0);
  world.Inherit(0, 3, 0);
  world.Grant(1, 3, "with a witness");
  world.Restrict({0});
  const Facts facts = world.Build();
  const Table table = BuildRoleTable(facts, {.source = format::TableSource::Roles});
  EXPECT_THAT(ShowRow(table, 0), ElementsAre("A", "✅ Allowed on weekdays",
                                             "✅ Allowed on weekdays (via Clerk) / ❌ Prohibited (contradicts the grant)",
                                             "– none stated"));
  EXPECT_THAT(ShowRow(table, 1), ElementsAre("B", "– not granted", "✅ Allowed (with a witness)", "– none stated"));
}

TEST(RoleTable, WorksWithoutAnAccessScale) {
  World world;
  world.AddDuty("a", "A");
  world.AddRole("r", "R");
  world.Grant(0, 0);
  const Facts facts = world.Build();
  EXPECT_EQ(Show(BuildRoleTable(facts, {.source = format::TableSource::Roles}).rows[0][1]), "Granted");
}

struct PairsWorld : World {
  PairsWorld() {
    AddRisks(*this);
    for (const char* name : {"Code Development", "Production Deployment", "Code Review", "Audit"}) AddDuty(name, name);
  }
};

TEST(PairsTable, SaysWhoHoldsWhichSide) {
  struct Case {
    std::vector<std::pair<std::string, std::vector<uint32_t>>> holders;
    std::string cell;
  };
  const Case cases[] = {
      {{}, "Unassigned"},
      {{{"Eric Beans", {0, 1}}}, "Both: Eric Beans"},
      {{{"Eric", {0, 1}}, {"Ada", {0, 1}}}, "Both: Eric, Ada"},
      {{{"A", {0}}, {"B", {1}}}, "Code Development: A / Production Deployment: B"},
      {{{"A", {0}}, {"B", {0}}}, "Code Development: A, B / Production Deployment: unassigned"},
      {{{"Eric", {0, 1}}, {"Ada", {1}}}, "Both: Eric / Production Deployment: Ada"},
      {{{"Nobody", {}}}, "Unassigned"},
  };
  for (const Case& c : cases) {
    PairsWorld world;
    world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
    for (const auto& [name, elements] : c.holders) world.AddHolder(name, elements);
    const Facts facts = world.Build();
    EXPECT_EQ(Show(BuildConflictTable(facts, {}).rows[0][2]), c.cell);
  }
}

TEST(PairsTable, MarksVacantExternalTeamAndOwnerless) {
  PairsWorld world;
  world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
  world.AddHolder("Contact", {0, 1}, SubjectKind::Person, /*is_vacant=*/true);
  world.AddHolder("Audit LLP", {0, 1}, SubjectKind::External);
  world.AddHolder("Platform", {0, 1}, SubjectKind::Team);
  world.AddHolder("gitlab:bot", {0, 1}, SubjectKind::Account);
  const Facts facts = world.Build();
  EXPECT_EQ(Show(BuildConflictTable(facts, {}).rows[0][2]),
            "Both: Contact (vacant), Audit LLP (external), Platform (team), account gitlab:bot (no owner)");
}

TEST(PairsTable, PrintsSidesRiskAndControlsOfEveryKindOfRule) {
  PairsWorld world;
  world.AddRole("ceo", "CEO");
  world.AddRole("ciso", "CISO");
  world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
  world.Rules[0].risk = 2;
  world.AddControl("Pipeline");
  world.AddControl("Audit trail");
  world.AddRule(RuleKind::Set, {{{0, 1}, Quantifier::Any}, {{2, 3}, Quantifier::All}});
  world.Rules[1].risk = 1;
  world.Rules[1].risk_is_default = 1;
  world.AddRule(RuleKind::AtMost, {{{0}}, {{1}}, {{2}}});
  world.AddRule(RuleKind::Role, {{{0}, Quantifier::One, ElementKind::Role}, {{1}, Quantifier::One, ElementKind::Role}});
  const Facts facts = world.Build();
  const Table duties = BuildConflictTable(facts, {});
  ASSERT_EQ(duties.rows.size(), 3u);
  EXPECT_THAT(ShowRow(duties, 0), ElementsAre("Code Development", "Production Deployment", "Unassigned", "High",
                                              "Pipeline / Audit trail"));
  EXPECT_THAT(ShowRow(duties, 1), ElementsAre("any of Code Development and Production Deployment",
                                              "all of Code Review and Audit", "Unassigned", "Medium (default)",
                                              "– none listed"));
  EXPECT_THAT(ShowRow(duties, 2),
              ElementsAre("at most 1 of: / Code Development / Production Deployment / Code Review",
                          "– see the first column", "Unassigned", "– not rated", "– none listed"));
  const Table roles = BuildConflictTable(facts, {.source = format::TableSource::RoleConflicts});
  ASSERT_EQ(roles.rows.size(), 1u);
  EXPECT_THAT(ShowRow(roles, 0), ElementsAre("CEO", "CISO", "Unassigned", "– not rated", "– none listed"));
}

TEST(PairsTable, NeedsEveryMemberOfAnAllSide) {
  PairsWorld world;
  world.AddRule(RuleKind::Set, {{{0, 1}, Quantifier::All}, {{2, 3}, Quantifier::Any}});
  world.AddHolder("One", {0, 2});       // half of the first side
  world.AddHolder("Full", {0, 1, 3});
  const Facts facts = world.Build();
  EXPECT_EQ(Show(BuildConflictTable(facts, {}).rows[0][2]),
            "Both: Full / any of Code Review and Audit: One");
}

TEST(PairsTable, NamesBesideALimitOnlyThoseWhoExceedIt) {
  PairsWorld world;
  world.AddRule(RuleKind::AtMost, {{{0}}, {{1}}, {{2, 3}, Quantifier::Any}});
  world.Rules[0].declared_at_most = world.Rules[0].at_most = 2;
  world.AddHolder("Eric", {0, 1, 2});
  world.AddHolder("Ada", {3});
  world.AddHolder("Bob", {0, 2, 3});  // both members of a side count once
  Facts facts = world.Build();
  facts.rule_violators[0] = {0};
  facts.violator_states[0] = {""};
  EXPECT_EQ(Show(BuildConflictTable(facts, {}).rows[0][2]), "More than 2: Eric");
  facts.rule_violators[0] = {};
  facts.element_holders = {{2}, {}, {2}, {1, 2}};
  EXPECT_EQ(Show(BuildConflictTable(facts, {}).rows[0][2]),
            "Code Development: Bob / any of Code Review and Audit: Ada, Bob");
}

TEST(PairsTable, TellsViolatorsFromThoseWhoseSidesLieApart) {
  PairsWorld world;
  world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
  for (const char* name : {"Eric", "Ada", "Bob", "Cleo"}) world.AddHolder(name, {0, 1});
  Facts facts = world.Build();
  facts.rule_violators[0] = {0, 2};
  facts.violator_states[0] = {"", "eligible"};
  facts.rule_undecided[0] = {3};
  EXPECT_EQ(Show(BuildConflictTable(facts, {}).rows[0][2]),
            "Both: Eric, Bob (eligible) / Both, without breaking the rule: Ada, Cleo / Undecided: Cleo");
}

TEST(PairsTable, SaysWhenARuleIsNotInForceOrPeopleAreLeftOut) {
  PairsWorld world;
  world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
  world.Rules[0].valid_from = 1893456000;
  world.AddHolder("Eric", {0, 1});
  EXPECT_EQ(Show(BuildConflictTable(world.Build(), {}).rows[0][2]),
            "Both: Eric (rule in force from 2030-01-01)");
  world.Meta[0].without_people = 1;
  EXPECT_EQ(Show(BuildConflictTable(world.Build(), {}).rows[0][2]), "– people are not in this table");
}

TEST(Tables, PrintEveryDateInTheStyleOfTheDocument) {
  PairsWorld world;
  world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
  world.AddControl("Review");
  world.Rules[0].reviewed = world.Text("2026-01-15");
  world.Rules[0].valid_from = world.Controls[0].valid_from = 1893456000;               // 2030-01-01
  world.Rules[0].valid_until = world.Controls[0].valid_until = 1893456000 + 31 * 86400;
  world.AddHolder("Eric", {0, 1});
  HeldItem& held = world.holders()[0].duties.emplace_back();
  held.target = 0;
  held.until = 1893456000;
  const Facts facts = world.Build();
  const auto show = [&](auto build, format::TableSource source, const char* key) {
    return Show(build(facts, {.source = source, .columns = {{key, key}}, .dates = format::DateStyle::LongUs}).rows.at(0)[0]);
  };
  using format::TableSource;
  EXPECT_EQ(show(BuildConflictTable, TableSource::Conflicts, "validity"), "from January 1, 2030 through January 31, 2030");
  EXPECT_EQ(show(BuildConflictTable, TableSource::Conflicts, "reviewed"), "January 15, 2026");
  EXPECT_EQ(show(BuildConflictTable, TableSource::Conflicts, "holders"),
            "Both: Eric (rule in force from January 1, 2030 through January 31, 2030)");
  EXPECT_EQ(show(BuildControlTable, TableSource::Controls, "validity"), "from January 1, 2030 through January 31, 2030");
  EXPECT_EQ(show(BuildPeopleTable, TableSource::People, "duties"), "Code Development (through December 31, 2029)");
}

TEST(Tables, PrintTheDatesOfWrittenRowsInTheStyleOfTheDocument) {
  World world;
  format::DocumentRecord document{};
  document.name = world.Text("paper");
  document.date_style = format::DateStyle::LongUs;
  document.nodes_count = 1;
  format::DocumentNodeRecord node{};
  node.kind = format::DocumentNodeKind::Table;
  node.table = format::TableSource::Rows;
  node.scale = node.default_level = kNone;
  node.columns_count = 2;
  node.items_count = 2;
  world.DocumentColumns = {{world.Text("version"), world.Text("Version"), kNone, kNone},
                           {world.Text("date"), world.Text("Date"), kNone, kNone}};
  world.DocumentItems = {{world.Text("1.0")}, {world.Text("2026-03-17")}};
  world.DocumentNodes.push_back(node);
  const Facts facts = world.Build();
  const Tree tree = BuildDocument(facts, document);
  EXPECT_THAT(WriteMarkdown(tree), HasSubstr("| 1.0 | March 17, 2026 |"));
  EXPECT_THAT(WriteHtml(tree), HasSubstr("<td>March 17, 2026</td>"));
}

TEST(Views, SayThatPeopleWereLeftOut) {
  PairsWorld world;
  world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
  EXPECT_THAT(WriteMarkdown(BuildPeopleView(world.Build())), HasSubstr("Nobody holds conflicting functions."));
  world.Meta[0].without_people = 1;
  const std::string text = WriteMarkdown(BuildPeopleView(world.Build()));
  EXPECT_THAT(text, HasSubstr("## Conflicts\n\n*Conflicts of people, worst first for each*\n\nThis table was built without people."));
  EXPECT_EQ(text.find("Nobody"), std::string::npos);
}

TEST(Views, CarryProvenanceAndASignOff) {
  PairsWorld world;
  world.AddRule(RuleKind::Pair, {{{0}}, {{1}}});
  const Facts facts = world.Build();
  for (const Tree& tree : {BuildPairsView(facts), BuildRolesView(facts), BuildPeopleView(facts)}) {
    for (const std::string& text : {WriteMarkdown(tree), WriteHtml(tree), WriteCsv(tree), WriteJson(tree)}) {
      for (const char* fact : {"Demo policy (demo)", "2026-03-17", "sodc 0.1.0", "listed as declared"}) {
        EXPECT_THAT(text, HasSubstr(fact));
      }
      EXPECT_THAT(text, HasSubstr(std::string(64, 'a')));
    }
    EXPECT_THAT(WriteHtml(tree), HasSubstr("<h2>Sign-off</h2>"));
  }
}

TEST(Views, RenderAThousandRolesTimesAThousandDutiesInTwoSeconds) {
  World world;
  AddLevels(world);
  for (int i = 0; i < 1000; ++i) world.AddDuty("duty" + std::to_string(i), "Duty number " + std::to_string(i));
  for (uint32_t r = 0; r < 1000; ++r) {
    world.AddRole("role" + std::to_string(r), "Role " + std::to_string(r));
    for (uint32_t d = r % 5; d < 1000; d += 5) world.Grant(d, 1 + (d + r) % 3);
  }
  const Facts facts = world.Build();
  for (const auto write : {WriteHtml, WriteMarkdown, WriteCsv, WriteJson}) {
    const std::clock_t start = std::clock();  // of this process: other work on the machine does not count
    EXPECT_GT(write(BuildRolesView(facts)).size(), 1000u * 1000u);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    std::cout << "1000 x 1000: " << seconds << " s\n";
#ifdef NDEBUG
    EXPECT_LT(seconds, 2.0);
#endif
  }
}

}  // namespace
}  // namespace sod::documents
