// A small policy whose table has a row in every section the version fills.
#include <span>
#include <utility>

#include "tests/support/test_table.h"

namespace sod::test {
namespace {

template <typename T>
uint32_t SizeOf(const std::vector<T>& rows) {
  return static_cast<uint32_t>(rows.size());
}

constexpr int64_t kDay = 86400;

void AddPeopleAndRoles(PolicyBuilder& policy) {
  policy.Levels({"none", "limited", "full"});
  const uint32_t pay = policy.Duty("pay", "Paying invoices"), book = policy.Duty("book");
  const uint32_t audit = policy.Duty("audit"), build = policy.Duty("build");
  const uint32_t clerk = policy.Role({"clerk", {{pay, 1}, {book, 2}}, {}});
  const uint32_t lead = policy.Role({"lead", {{pay, 2}}, {clerk}});
  policy.RestrictOwnActions(lead, audit);
  const uint32_t auditor = policy.Role({"auditor", {{audit, 2}}, {}});
  policy.System("erp");
  const uint32_t ann = policy.Person("ann", {"ann", "ann-admin"});
  const uint32_t bob = policy.Person("bob");
  const uint32_t crew = policy.Team("crew", {ann, bob});
  const uint32_t stray = policy.UnownedAccount("batch");
  policy.AssignRole(ann, lead, 0, 90 * kDay);
  policy.AssignRoleToAccount(1, auditor);
  policy.AssignDuty(crew, {build, 2});
  policy.AssignRoleToAccount(stray, clerk);
  using format::Quantifier;
  policy.Pair("book/pay", {book, 1}, {pay, 2});
  policy.Rule({.name = "hands", .kind = format::RuleKind::Set, .sides =
      {{Quantifier::Any, {{false, pay, 1}, {false, book, 1}}}, {Quantifier::All, {{false, audit, 1}, {false, build, 2}}}},
      .mode = format::Mode::Approve, .valid_from = 10 * kDay, .valid_until = 50 * kDay});
  policy.Rule({.name = "few", .kind = format::RuleKind::AtMost, .sides =
      {{Quantifier::One, {{false, pay, 1}}}, {Quantifier::One, {{false, audit, 1}}}, {Quantifier::One, {{false, build, 1}}}},
      .at_most = 1});
  policy.Rule({.name = "auditor/clerk", .kind = format::RuleKind::Role, .sides =
      {{Quantifier::One, {{true, auditor, 0}}}, {Quantifier::Any, {{true, clerk, 0}, {true, lead, 0}}}},
      .mode = format::Mode::Warn});
}

void AddVocabularies(Rows& rows) {
  format::ScaleRecord risk;
  risk.name = risk.title = rows.Text("risk");
  risk.measures = format::ScaleMeasures::Risk;
  risk.members_first = SizeOf(rows.ScaleMembers);
  risk.members_count = 1;
  format::ScaleMemberRecord high;
  high.name = high.title = rows.Text("high");
  high.scale = SizeOf(rows.Scales);
  rows.ScaleMembers.push_back(high);
  rows.Meta[0].risk_scale = SizeOf(rows.Scales);
  rows.Meta[0].appetite = risk.members_first;
  rows.Meta[0].references_count = 1;
  rows.MetaReferences.push_back({rows.Text("POL-1")});
  rows.Scales.push_back(risk);
}

void AddDutyFacts(Rows& rows) {
  rows.Duties[0].tags_count = 1;
  for (size_t duty = 1; duty < rows.Duties.size(); ++duty) rows.Duties[duty].tags_first = 1;
  rows.DutyTags.push_back({rows.Text("money")});
  format::GroupRecord group;
  group.name = group.title = rows.Text("money_group");
  group.members_count = 2;
  rows.GroupMembers = {{0}, {1}};
  rows.Groups.push_back(group);
  format::SeparationRecord separation;
  separation.target_group = 0;
  separation.duty = 2;
  rows.Separations.push_back(separation);
  format::CompatibleRecord compatible;
  compatible.left_count = compatible.right_count = 1;
  rows.CompatibleLefts = {{2}};
  rows.CompatibleRights = {{3}};
  rows.Compatibles.push_back(compatible);
}

void AddControls(Rows& rows) {
  format::ControlRecord control;
  control.valid_from = kBeginningOfTime;
  control.valid_until = kEndOfTime;
  control.name = control.title = rows.Text("review");
  control.performers_count = control.reviewers_count = control.systems_count = 1;
  control.evidence_count = control.properties_count = control.references_count = 1;
  control.clauses_count = 1;
  rows.ControlPerformers = rows.ControlReviewers = {{1}};
  rows.ControlSystems = {{0}};
  format::EvidenceItemRecord evidence;
  evidence.kind = rows.Text("log");
  rows.Evidence.push_back(evidence);
  rows.ControlProperties = {{0}};
  rows.ControlReferences = {{rows.Text("DCF-1")}};
  rows.ControlClauses = {{0}};
  rows.Controls.push_back(control);
  format::FrameworkRecord framework;
  framework.name = framework.title = rows.Text("iso");
  framework.clauses_count = 1;
  rows.Frameworks.push_back(framework);
  format::ClauseRecord clause;
  clause.id = rows.Text("A.5.3");
  rows.Clauses.push_back(clause);
  rows.Systems[0].administered_by_count = rows.Systems[0].depends_on_count = 1;
  rows.SystemAdministrators = {{0}};
  rows.SystemDependencies = {{0}};
}

void AddRuleFacts(Rows& rows) {
  rows.Rules[0].controls_count = rows.Rules[0].clauses_count = rows.Rules[0].tags_count = 1;
  for (size_t rule = 1; rule < rows.Rules.size(); ++rule) {
    rows.Rules[rule].controls_first = rows.Rules[rule].clauses_first = 1;
    rows.Rules[rule].tags_first = 1;
  }
  rows.RuleControls = {{0}};
  rows.RuleClauses = {{0}};
  rows.RuleTags = {{rows.Text("cash")}};
}

void AddDocument(Rows& rows) {
  format::DocumentRecord document;
  document.name = document.title = rows.Text("matrix");
  document.references_count = document.frameworks_count = 1;
  document.nodes_count = 2;
  rows.DocumentReferences = {{rows.Text("DOC-1")}};
  rows.DocumentFrameworks = {{0}};
  format::DocumentNodeRecord section, table;
  section.label = rows.Text("Scope");
  table.kind = format::DocumentNodeKind::Table;
  table.table = format::TableSource::Rows;
  table.depth = 1;
  table.items_count = table.columns_count = 1;
  table.duties_count = table.rules_count = 1;
  rows.DocumentDuties = {{1}};
  rows.DocumentRules = {{0}};
  rows.DocumentNodes = {section, table};
  rows.DocumentItems = {{rows.Text("cell")}};
  format::DocumentColumnRecord column;
  column.title = rows.Text("Column");
  rows.DocumentColumns.push_back(column);
  rows.Documents.push_back(document);
}

void AddClaim(Rows& rows) {
  format::ClaimRecord claim;
  claim.place_in_document = rows.Text("7.1");
  claim.disclosures_count = claim.lists_count = 1;
  rows.Claims.push_back(claim);
  format::DisclosureRecord disclosure;
  disclosure.second = 1;
  rows.Disclosures.push_back(disclosure);
  format::ClaimedListRecord list;
  list.duties_count = 1;
  rows.ClaimedLists.push_back(list);
  rows.ClaimedDuties = {{2}};
}

}  // namespace

Rows FullRows() {
  PolicyBuilder policy;
  AddPeopleAndRoles(policy);
  AddVocabularies(policy.rows);
  AddDutyFacts(policy.rows);
  AddControls(policy.rows);
  AddRuleFacts(policy.rows);
  AddDocument(policy.rows);
  AddClaim(policy.rows);
  Rows rows = policy.Finish();
  AddWideSections(rows);
  return rows;
}

}  // namespace sod::test
