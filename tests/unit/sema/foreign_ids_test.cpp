// What other systems call things: one thing a name, compared as the system compares names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;

constexpr char kHead[] = "policy p { language 1 }\nsystem sap { names ignore case names strip domain } system git\n";

TEST(ForeignIds, StandForWhateverHasThem) {
  const Case cases[] = {
      {"duty d { known in git as \"D1\" }", "known d in git as \"D1\"\n"},
      {"group g = { d } { known in git as \"G1\" } duty d", "known g in git as \"G1\"\n"},
      {"role r { known in git as \"R1\", \"R2\" known in sap as \"Z_R\" }",
       "known r in sap as \"Z_R\"\nknown r in git as \"R1\"\nknown r in git as \"R2\"\n"},
      {"person a { known in git as \"1\" }", "known a in git as \"1\"\n"},
      {"team a { known in git as \"1\" }", "known a in git as \"1\"\n"},
      {"external a { known in git as \"1\" }", "known a in git as \"1\"\n"},
      {"service a { known in git as \"1\" }", "known a in git as \"1\"\n"},
      {"tool a { known in git as \"1\" }", "known a in git as \"1\"\n"},
      {"agent a { known in git as \"1\" }", "known a in git as \"1\"\n"},
      {"entitlement e { on sap exact \"XK01\" known in git as \"E1\" }", "known e in git as \"E1\"\n"},
      {"role r { known in git as \"x\" } person a { known in git as \"x\" }", "known r in git as \"x\"\nknown a in git as \"x\"\n"},
      {"role r { known in git as \"x\" } role s { known in git as \"X\" known in sap as \"x\" }",
       "known s in sap as \"x\"\nknown s in git as \"X\"\nknown r in git as \"x\"\n"},
  };
  ExpectModel(kHead, cases);
}

TEST(ForeignIds, AreOfOneThingAlone) {
  const Case cases[] = {
      {"role r { known in git as \"x\" } role s { known in git as \"x\" }", "SOD1338 3:57 \"x\" on `git` is role `r` already"},
      {"role r { known in git as \"x\", \"x\" }", "SOD1338 3:31 \"x\" on `git` is role `r` already"},
      {"role r { known in sap as \"x\" } role s { known in sap as \"X\" }", "SOD1331 3:57 \"X\" and \"x\" are one name on `sap`"},
      {"role r { known in sap as \"x@a\" } role s { known in sap as \"A\\\\x\" }", "SOD1331 3:59"},
      {"person a { known in git as \"x\" } team t { known in git as \"x\" }", "SOD1338 3:59 \"x\" on `git` is person `a` already"},
      {"person a { known in git as \"x\" } person b { account git \"x\" }", "SOD1338 3:28 \"x\" on `git` is account of `b` already"},
      {"person a { known in nowhere as \"x\" }", "SOD1001 3:21"},
      {"person a { known in b as \"x\" } person b", "SOD1002 3:21 `b` is a person; here stands a system"},
      {"control c { known in git as \"x\" }", "SOD1101"},
  };
  ExpectDiagnostics(kHead, cases);
}

TEST(ForeignIds, NameTheActorOfAnAssignment) {
  const Checked checked = CheckText(std::string(kHead) +
                                    "person a { known in sap as \"Ada\" } duty d assign account sap \"ADA@post\" to d "
                                    "assign account sap \"bob\" to d");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump, HasSubstr("assign a to d\nassign account sap \"bob\" to d\n"));
}

TEST(ForeignIds, OfAnEntitlementAreNotMissedAmongGrants) {
  const Checked checked = CheckText(std::string(kHead) +
                                    "entitlement e { on sap exact \"XK01\" known in git as \"E1\" } duty d { conferred by e } "
                                    "role r { grants entitlement sap \"XK02\" grants entitlement git \"F1\" }");
  EXPECT_EQ(checked.diagnostics, "");
}

}  // namespace
}  // namespace sodc::test
