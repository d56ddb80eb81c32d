// Services, tools and agents, shared accounts, names as their systems compare them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;

constexpr char kHead[] = "policy p { language 1 }\nsystem sap { names ignore case names strip domain } system git\n";

TEST(Actors, AreInTheModelAsWritten) {
  const Case cases[] = {
      {"service bot \"Bot\" { account git \"ci\" acts for caller }", "service bot \"Bot\"\n  account git \"ci\"\n  acts for caller\n"},
      {"person ann { acts as bot } tool bot", "person ann\n  acts as bot\n"},
      {"agent a { acts as b controlled by firm } service b external firm { controlled by ann } person ann",
       "agent a\n  acts as b\n  controlled by firm\n"},
      {"external firm { controlled by ann } person ann", "external firm\n  controlled by ann\n"},
      {"team t { members bot acts as helper } service bot agent helper", "team t\n  members bot\n  acts as helper\n"},
      {"service bot duty d assign bot to d", "assign bot to d\n"},
      {"control c { performer bot } agent bot", "performer bot"},
  };
  ExpectModel(kHead, cases);
}

TEST(Actors, AreRefusedWhereTheyMakeNoSense) {
  const Case cases[] = {
      {"service a { acts as a }", "SOD1330 3:9 `a` acts as itself: a → a"},
      {"service a { acts as b } tool b { acts as c } agent c { acts as a }", "SOD1330 3:9 `a` acts as itself: a → b → c → a"},
      {"team t { members a acts as a } service a", "SOD1330"},
      {"team t { members u } team u { members t } service a person p { acts as a }", "SOD1203"},
      {"person ann { acts as bob } person bob", "SOD1002 3:22 `bob` is a person; here stands a service, a tool or an agent"},
      {"person ann { controlled by bob } person bob", "SOD1101"},
      {"person ann { acts for caller }", "SOD1101"},
      {"service a { members b } service b", "SOD1101"},
  };
  ExpectDiagnostics(kHead, cases);
}

TEST(Accounts, AreSharedByAllWhoSaySo) {
  const Checked checked = CheckText(std::string(kHead) + "person a { account sap \"root\" shared } person b { account sap \"root\" shared }");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump, HasSubstr("person a\n  account sap \"root\" shared\nperson b\n  account sap \"root\" shared\n"));
}

TEST(Accounts, OfTwoActorsMustBeSharedAtBoth) {
  const Case cases[] = {
      {"person a { account git \"x\" } person b { account git \"x\" }",
       "SOD1119 3:41 account \"x\" on `git` belongs to `a` already | help: an account has one owner; when several people use it, "
       "write `shared` behind it at each of them | label 3:12 stated here | fix 3:27 ' shared' | fix 3:56 ' shared'\n"},
      {"person a { account git \"x\" shared } person b { account git \"x\" }", "SOD1119"},
      {"person a { account git \"x\" } person b { account git \"x\" shared }", "SOD1119"},
      {"person a { account git \"x\" account git \"x\" }", "SOD1119 3:28 account \"x\" on `git` belongs to `a` already | help: once is enough"},
      {"person a { account sap \"x\" } person b { account sap \"X@home\" }", "SOD1119"},
      {"person a { account sap \"x\" shared } person b { account sap \"DOM\\\\X\" shared }",
       "SOD1331 3:48 \"DOM\\X\" and \"x\" are one name on `sap`"},
  };
  ExpectDiagnostics(kHead, cases);
}

TEST(Accounts, AreTheSameWhereTheirSystemSaysSo) {
  const Case cases[] = {
      {"duty d assign account sap \"ROOT@home\" to d person a { account sap \"root\" }", "assign account sap \"root\" to d\n"},
      {"duty d assign account sap \"Root\" to d assign account sap \"root\" to d", "assign account sap \"Root\" to d\nassign account sap \"Root\" to d\n"},
      {"duty d assign account git \"ROOT\" to d person a { account git \"root\" }", "assign account git \"ROOT\" to d\n"},
      {"duty d assign account sap \"@home\" to d", "assign account sap \"@home\" to d\n"},
  };
  ExpectModel(kHead, cases);
}

}  // namespace
}  // namespace sodc::test
