// From a loaded table to text: people through libsod, documents by name, errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/documents.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Instant kMarch17 = 1773705600;  // 2026-03-17

// Eric is the boss through his account and by duty; the boss includes the clerk.
test::PolicyBuilder SmallPolicy() {
  test::PolicyBuilder policy;
  policy.Levels({"none", "limited", "full"});
  const uint32_t enter = policy.Duty("enter", "Enter a payment");
  const uint32_t release = policy.Duty("release", "Release a payment");
  const uint32_t clerk = policy.Role({.name = "clerk", .grants = {{enter, 1}}, .includes = {}});
  const uint32_t boss = policy.Role({.name = "boss", .grants = {{release, 2}}, .includes = {clerk}});
  policy.System("gitlab");
  const uint32_t eric = policy.Person("eric", {"eric@gitlab"});
  const uint32_t ada = policy.Person("ada");
  const uint32_t crew = policy.Team("crew", {ada});
  policy.Pair("four_eyes", {enter, 1}, {release, 1}, format::Mode::Approve);
  policy.AssignRole(eric, boss);
  policy.AssignRole(crew, clerk, kBeginningOfTime, kMarch17 + 86400);
  return policy;
}

MatrixOptions Options(MatrixFormat format = MatrixFormat::Markdown, Instant as_of = kMarch17) {
  return {.format = format, .as_of = as_of, .tool_version = "sodc 0.1.0"};
}

std::string View(const Table& table, MatrixView view, const MatrixOptions& options = Options()) {
  Result<std::string> text = RenderView(table, view, options);
  EXPECT_TRUE(text.ok());
  return text.ok() ? text.value() : text.error().message;
}

TEST(RenderView, NamesThoseWhoHoldTheSides) {
  const Table table = SmallPolicy().Load();
  EXPECT_THAT(View(table, MatrixView::Pairs),
              HasSubstr("| **Enter a payment** | Release a payment | Both: eric<br>Enter a payment: ada | – | – |"));
}

TEST(RenderView, ForgetsAssignmentsThatHaveEnded) {
  const Table table = SmallPolicy().Load();
  EXPECT_THAT(View(table, MatrixView::Pairs, Options(MatrixFormat::Markdown, kMarch17 + 86400)),
              AllOf(HasSubstr("Both: eric"), Not(HasSubstr("ada"))));
}

TEST(RenderView, SaysThroughWhatPeopleHold) {
  const Table table = SmallPolicy().Load();
  const std::string people = View(table, MatrixView::People);
  EXPECT_THAT(people, HasSubstr("| **eric** | gitlab:eric@gitlab | • clerk (via boss)<br>• boss |"));
  EXPECT_THAT(people, HasSubstr("• Enter a payment: limited (via boss)<br>• Release a payment (via boss)"));
  EXPECT_THAT(people, HasSubstr("| **ada** | – | clerk (via team crew) (through 2026-03-17)"));
  EXPECT_THAT(people, HasSubstr("| **eric** | Enter a payment × Release a payment | • Enter a payment (via boss, clerk)<br>"
                                "• Release a payment (via boss) | – | Needs approval |"));
}

// The same identifier on two systems is two accounts.
TEST(RenderView, NamesAccountsWithTheirSystem) {
  test::PolicyBuilder policy;
  const uint32_t enter = policy.Duty("enter", "Enter");
  const uint32_t release = policy.Duty("release", "Release");
  const uint32_t clerk = policy.Role({.name = "clerk", .grants = {{enter, 0}}, .includes = {}});
  const uint32_t boss = policy.Role({.name = "boss", .grants = {{release, 0}}, .includes = {}});
  policy.System("s1");
  policy.System("s2");
  policy.Person("eric", {"u1", "u1"});
  policy.UnownedAccount("z");
  policy.UnownedAccount("z");
  policy.rows.Accounts[1].system = policy.rows.Accounts[3].system = 1;
  policy.Pair("four_eyes", {enter, 0}, {release, 0});
  policy.AssignRoleToAccount(0, clerk);
  policy.AssignRoleToAccount(1, boss);
  for (uint32_t account : {2u, 3u}) {
    policy.AssignRoleToAccount(account, clerk);
    policy.AssignRoleToAccount(account, boss);
  }
  const Table table = policy.Load();
  EXPECT_THAT(View(table, MatrixView::Pairs),
              HasSubstr("Both: eric, account s1:z (no owner), account s2:z (no owner) |"));
  const std::string people = View(table, MatrixView::People);
  EXPECT_THAT(people, HasSubstr("• Enter (via account s1:u1, clerk)<br>• Release (via account s2:u1, boss)"));
  EXPECT_THAT(people, HasSubstr("| **account s1:z (no owner)** | s1:z |"));
  EXPECT_THAT(people, HasSubstr("| **account s2:z (no owner)** | s2:z |"));
}

TEST(RenderView, ShowsRolesWithLevelsAndInclusion) {
  const Table table = SmallPolicy().Load();
  const std::string roles = View(table, MatrixView::Roles);
  EXPECT_THAT(roles, HasSubstr("| Function | clerk | boss | Separation Requirement |"));
  EXPECT_THAT(roles, HasSubstr("| **Enter a payment** | limited | limited (via clerk) | Conflicts with Release a payment |"));
}

TEST(RenderView, GivesTheSameBytesForTheSameTable) {
  const Table first = SmallPolicy().Load();
  const Table second = SmallPolicy().Load();
  for (MatrixFormat format : {MatrixFormat::Markdown, MatrixFormat::Html, MatrixFormat::Csv, MatrixFormat::Json}) {
    for (MatrixView view : {MatrixView::Pairs, MatrixView::Roles, MatrixView::People}) {
      EXPECT_EQ(View(first, view, Options(format)), View(second, view, Options(format)));
    }
  }
}

test::Rows WithDocuments(std::initializer_list<const char*> names, const char* column) {
  test::PolicyBuilder policy = SmallPolicy();
  test::Rows rows = policy.Finish();
  for (const char* name : names) {
    format::DocumentRecord document;
    document.name = rows.Text(name);
    document.title = rows.Text("Title");
    document.effective = rows.Text("2026-03-17");
    document.date_style = format::DateStyle::LongUs;
    document.references_first = static_cast<uint32_t>(rows.DocumentReferences.size());
    document.frameworks_first = static_cast<uint32_t>(rows.DocumentFrameworks.size());
    document.nodes_first = static_cast<uint32_t>(rows.DocumentNodes.size());
    document.nodes_count = 2;
    for (uint32_t depth = 0; depth < 2; ++depth) {
      format::DocumentNodeRecord node;
      node.kind = depth == 0 ? format::DocumentNodeKind::Section : format::DocumentNodeKind::Table;
      node.depth = depth;
      node.label = rows.Text(depth == 0 ? "Matrix" : "");
      node.items_first = static_cast<uint32_t>(rows.DocumentItems.size());
      node.duties_first = static_cast<uint32_t>(rows.DocumentDuties.size());
      node.rules_first = static_cast<uint32_t>(rows.DocumentRules.size());
      node.columns_first = static_cast<uint32_t>(rows.DocumentColumns.size());
      if (depth == 1) {
        rows.DocumentColumns.push_back({rows.Text(column), rows.Text(""), kNone, kNone});
        node.columns_count = 1;
      }
      rows.DocumentNodes.push_back(node);
    }
    rows.Documents.push_back(document);
  }
  return rows;
}

Result<std::string> Document(const test::Rows& rows, std::string_view name) {
  const std::string bytes = test::Write(rows);
  const Result<Table> table = Table::Load(std::as_bytes(std::span(bytes)));
  EXPECT_TRUE(table.ok()) << (table.ok() ? "" : table.error().message);
  if (!table.ok()) return table.error();
  return RenderDocument(table.value(), name, Options());
}

TEST(RenderDocument, FindsTheOnlyDocumentOrTheNamedOne) {
  for (const char* name : {"", "paper", "Title"}) {
    const Result<std::string> text = Document(WithDocuments({"paper"}, "holders"), name);
    ASSERT_TRUE(text.ok());
    EXPECT_THAT(text.value(), HasSubstr("# Title\n\n**Effective:** March 17, 2026\n\n## Matrix\n"));
    EXPECT_THAT(text.value(), HasSubstr("| Current Assignment |\n| --- |\n| **Both: eric**<br>"));
  }
}

TEST(RenderDocument, RefusesWithASentence) {
  struct Case {
    std::initializer_list<const char*> documents;
    const char* column;
    const char* name;
    ErrorCode code;
    const char* message;
  };
  const Case cases[] = {
      {{}, "risk", "", ErrorCode::UnknownName, "the policy declares no document"},
      {{"a", "b"}, "risk", "", ErrorCode::AmbiguousName, "the policy declares several documents"},
      {{"a", "b"}, "risk", "Title", ErrorCode::AmbiguousName, "several documents have the title `Title`"},
      {{"a"}, "risk", "x", ErrorCode::UnknownName, "no document is called `x`"},
      {{"a"}, "colour", "a", ErrorCode::BadArgument, "document `a` has a column `colour` that this version cannot print"},
  };
  for (const Case& c : cases) {
    const Result<std::string> text = Document(WithDocuments(c.documents, c.column), c.name);
    ASSERT_FALSE(text.ok()) << c.message;
    EXPECT_EQ(text.error().code, c.code);
    EXPECT_EQ(text.error().message, c.message);
    EXPECT_FALSE(text.error().help.empty());
  }
}

}  // namespace
}  // namespace sod
