// Documents: live values, tables, fields; and claims.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;

constexpr char kHead[] =
    "policy p \"The Policy\" { language 1 revision 3 organization \"Org\" legal \"Org Inc.\" }\nimport std.levels\nimport std.risk\n"
    "person eric \"Eric Beans\" duty a \"Duty A\" { letter \"A\" } duty b role r \"Role R\" conflict a with b { risk high }\n";

Checked Document(const std::string& body) {
  return CheckText(std::string(kHead) + "document d \"Doc\" {\n" + body + "\n}\n");
}

struct TextCase {
  const char* text;
  const char* filled;
};

TEST(LiveValues, AreFilledIn) {
  const TextCase cases[] = {
      {"{{ eric }}", "Eric Beans"},
      {"{{eric.name}} and {{ a.title }}", "eric and Duty A"},
      {"{{ policy.revision }} of {{ policy.organization }} ({{ policy.legal }})", "3 of Org (Org Inc.)"},
      {"{{ policy.title }} {{ document.version }} {{ document.effective }}", "The Policy 1.1 March 17, 2026"},
      {"{{ a.letter }}", "A"},
      {"${{{{ github.token }}", "${{ github.token }}"},
      {"} {{ risk }} {", "} Risk {"},
  };
  for (const TextCase& text : cases) {
    const Checked checked =
        Document("version \"1.1\" effective 2026-03-17 dates long_us text \"" + std::string(text.text) + "\"");
    EXPECT_EQ(checked.diagnostics, "") << text.text;
    EXPECT_THAT(checked.dump, HasSubstr("  text \"" + std::string(text.filled) + "\"\n"));
  }
}

TEST(LiveValues, AreReportedAtTheirColumn) {
  EXPECT_THAT(Document("text \"ok {{ eric }} bad {{ policy.revison }}\"").diagnostics,
              HasSubstr("SOD1112 6:28 `policy.revison` names no value | help: did you mean `policy.revision`?"));
  EXPECT_THAT(Document("text \"\"\"\n  first {{{{\n  bad {{ eric.age }}\n  \"\"\"").diagnostics,
              HasSubstr("SOD1112 8:10 `eric.age` names no value | help: `eric` has no value of that name here"));
  EXPECT_THAT(Document("text \"bad {{ eric\"").diagnostics, HasSubstr("SOD1113 6:11"));
}

TEST(LiveValues, OfUnknownNamesJoinTheOtherPlaces) {
  EXPECT_THAT(Document("text \"{{ erik }} {{ erik }}\"").diagnostics,
              HasSubstr("SOD1001 6:10 `erik` is not declared | help: did you mean `eric`? | label 6:21 and here"));
}

TEST(Documents, KeepTheirTree) {
  const Checked checked = Document(
      "identifier \"D-1\" field \"By\" eric field \"On\" 2026-06 blank \"Signature\"\n"
      "section \"One\" { bullets \"x\", \"y\" legend risk section \"Inner\" { table roles { columns duty \"F\", r, letter } } }");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump,
              HasSubstr("  field \"By\" \"Eric Beans\"\n  field \"On\" \"2026-06\"\n  blank \"Signature\"\n  section \"One\"\n"
                        "    - \"x\"\n    - \"y\"\n    legend risk\n    section \"Inner\"\n      table roles\n"
                        "        column duty \"F\"\n        column r \"Role R\" of role\n        column letter \"Letter\"\n"));
}

TEST(Tables, ChooseTheirRows) {
  const Checked checked = Document("table roles of b, a { default at none }\ntable conflicts of { a, b }\ntable conflicts of a");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump, HasSubstr("  table roles of { b, a } default at none\n  table conflicts of { a/b }\n  table conflicts of {  }\n"));
}

constexpr char kOwn[] =
    "attribute book of duty text attribute grade \"Grade\" of conflict in { minor, major }\n"
    "attribute desk of person text attribute rank of team text attribute shelf of role text attribute sheet of control text\n";

Checked DocumentWithOwn(const std::string& body) {
  return CheckText(std::string(kHead) + kOwn + "document d \"Doc\" {\n" + body + "\n}\n");
}

TEST(Tables, TakeAttributesOfTheirRowsAsColumns) {
  const Checked checked = DocumentWithOwn(
      "table roles { columns duty, book \"Book\", tags, identifiers }\ntable conflicts { columns first, grade, identifier, kind_label }\n"
      "table people { columns person, desk, rank }\ntable role_list { columns role, shelf }\ntable controls { columns control, sheet }");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump, HasSubstr("column book \"Book\" of attribute\n"));
  EXPECT_THAT(checked.dump, HasSubstr("table role_list\n"));
}

TEST(Tables, RejectAttributesOfOtherThings) {
  EXPECT_THAT(DocumentWithOwn("table conflicts { columns first, book }").diagnostics,
              HasSubstr("SOD1306 8:34 attribute `book` belongs to a duty, not to a conflict | help: a row of a table of conflicts is a conflict"));
  EXPECT_THAT(DocumentWithOwn("table role_list { columns role, grade }").diagnostics, HasSubstr("SOD1306 8:33"));
  EXPECT_THAT(DocumentWithOwn("table conflicts { columns first, grad }").diagnostics,
              HasSubstr("SOD1114 8:34 `grad` is no column of a table of conflicts | help: did you mean `grade`?"));
  EXPECT_THAT(DocumentWithOwn("table conflicts { columns first, a }").diagnostics, HasSubstr("SOD1114 8:34"));
}

struct RejectCase {
  const char* body;
  const char* expected;
};

TEST(Tables, AreRejectedAtTheNarrowestPlace) {
  const RejectCase cases[] = {
      {"table hires", "SOD1104 6:7 `hires` is no table"},
      {"table conflicts { columns first, secund }", "SOD1114 6:34"},
      {"table roles { columns duty, s_missing }", "SOD1001 6:29"},
      {"table conflicts { columns first, first }", "SOD1120 6:34"},
      {"table rows { row \"x\" }", "SOD1103 6:1 a table of rows has no `columns`"},
      {"table rows { columns x, y row \"1\" }", "SOD1115 6:27 this row has 1 cells; the table has 2 columns"},
      {"table people { row \"1\" }", "SOD1101 6:16"},
      {"table people of a", "SOD1101 6:17"},
      {"table conflicts { default at none }", "SOD1101 6:19"},
      {"legend eric", "SOD1002 6:8 `eric` is a person; here stands a scale"},
      {"section \"1\" { section \"2\" { section \"3\" { section \"4\" { section \"5\" { section \"6\" { text \"x\" } } } } } }", "SOD1123"},
      {"dates german", "SOD1104 6:7 `german` is no style of dates"},
  };
  for (const RejectCase& wrong : cases) {
    const std::string diagnostics = Document(wrong.body).diagnostics;
    EXPECT_THAT(diagnostics, HasSubstr(wrong.expected)) << wrong.body;
    EXPECT_EQ(std::count(diagnostics.begin(), diagnostics.end(), '\n'), 1) << diagnostics;
  }
}

TEST(Claims, AreCarried) {
  const Checked checked =
      CheckText(std::string(kHead) + "claims \"7.1\" { discloses a with b in r because \"small\" role r lists a, b }");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump, HasSubstr("claims \"7.1\"\n  discloses a with b in r because \"small\"\n  role r lists a, b\n"));
}

}  // namespace
}  // namespace sodc::test
