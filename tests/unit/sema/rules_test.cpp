// How statements become rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHead[] = "policy p { language 1 }\nimport std.levels\nimport std.risk\nduty a duty b duty c duty d\n";

std::string DumpOf(const std::string& rest) {
  const Checked checked = CheckText(kHead + rest);
  EXPECT_EQ(checked.diagnostics, "") << rest;
  return checked.dump;
}

struct RuleCase {
  const char* source;
  const char* dump;
};

TEST(Rules, AreMadeOfEachForm) {
  const RuleCase cases[] = {
      {"conflict b with a",
       "conflict a/b pair must mode deny by default unnamed\n  side one: b at report\n  side one: a at report\n"},
      {"conflict x \"X\" between a at limited and b { risk high  mode warn  should \"soon\" }",
       "conflict x \"X\" pair should \"soon\" mode warn risk high\n  side one: a at limited\n  side one: b at report\n"},
      {"group g = { a, b } conflict x between g and all of { c, d }",
       "conflict x set must mode deny by default\n  side any of g: a at report, b at report\n"
       "  side all: c at report, d at report\n"},
      {"group g = { a, b } conflict each of g with c",
       "conflict a/c pair must mode deny by default unnamed\n  side one: a at report\n  side one: c at report\n"
       "conflict b/c pair must mode deny by default unnamed\n"},
      {"group g = { c, d } conflict x at most 2 of { a, b, any of g }",
       "conflict x at_most 2 must mode deny by default\n  side one: a at report\n  side one: b at report\n"
       "  side any of g: c at report, d at report\n"},
      {"role r role s conflict role s with role r",
       "conflict r/s role must mode deny by default unnamed\n  side one: role s\n  side one: role r\n"},
      {"role r { restricts a should \"soon\" }",
       "conflict a/r restriction should \"soon\" mode warn by default unnamed\n  side one: role r\n  side one: a at report\n"},
  };
  for (const RuleCase& rule : cases) {
    EXPECT_THAT(DumpOf(rule.source), HasSubstr(rule.dump)) << rule.source;
  }
}

TEST(Rules, OfOnePairAreOneConflict) {
  const std::string dump = DumpOf(
      "duty e { separated from a should \"where possible\" }\n"
      "conflict a with e { risk high }\n"
      "conflict named between e and a { because \"why\" }\n");
  EXPECT_THAT(dump, HasSubstr("conflict named pair should \"where possible\" mode warn by default risk high stated 3 times\n"
                              "  side one: e at report\n  side one: a at report\n  because \"why\"\n"));
  EXPECT_THAT(dump, Not(HasSubstr("a/e")));
}

TEST(Rules, TakeTheStrictestModality) {
  EXPECT_THAT(DumpOf("duty e { separated from f should } duty f { separated from e }"),
              HasSubstr("conflict e/f pair must mode deny by default unnamed stated 2 times\n"));
}

TEST(Rules, OfTwoNamesOnOnePairStayTwo) {
  const std::string dump = DumpOf("conflict x between a and b conflict y between a and b conflict b with a { risk low }");
  EXPECT_THAT(dump, HasSubstr("conflict x pair must mode deny by default risk low stated 2 times\n"));
  EXPECT_THAT(dump, HasSubstr("conflict y pair must mode deny by default risk low stated 2 times\n"));
}

// What is stated without a name concerns every rule on its pair, wherever it stands.
TEST(Rules, AnUnnamedStatementConcernsBothNamesInAnyOrder) {
  const std::string unnamed = "conflict a with b { risk low should \"few people\" } ";
  const std::string named = "conflict x between a and b { mode warn } conflict y between a and b { must } ";
  for (const std::string& text : {unnamed + named, named + unnamed}) {
    const std::string dump = DumpOf(text);
    EXPECT_THAT(dump, HasSubstr("conflict x pair should \"few people\" mode warn risk low stated 2 times\n"));
    EXPECT_THAT(dump, HasSubstr("conflict y pair must mode deny by default risk low stated 2 times\n"));
  }
}

TEST(Rules, TheMoreParticularReasonIsKept) {
  EXPECT_THAT(DumpOf("duty e { separated from a should \"where possible\" } "
                     "conflict a with e { should \"four people\" }"),
              HasSubstr("should \"four people\""));
}

TEST(Rules, OnOwnActionsAreNoLimit) {
  const Checked checked = CheckText(std::string(kHead) + "role r { restricts a on own actions }");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_EQ(checked.model.conflicts.size(), 0u);
  EXPECT_THAT(checked.dump, HasSubstr("  restricts a { a } must on own actions\n"));
}

}  // namespace
}  // namespace sodc::test
