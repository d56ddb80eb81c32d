// Entitlements: what they are, what they stand for, what they confer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kHead[] =
    "policy p { language 1 }\nsystem sap system old { names ignore case } system unix { wildcard \"\" }\nduty d duty g\n";

Checked Check(const char* source) { return CheckText(std::string(kHead) + source); }

TEST(Entitlements, AreCarriedAsWritten) {
  const Case cases[] = {
      {"entitlement e \"Create\" { on sap exact \"XK01\", \"XK02\" description \"x\" }",
       "entitlement e \"Create\"\n  description \"x\"\n  on sap\n  exact \"XK01\"\n  exact \"XK02\"\n  confers e\n"},
      {"entitlement e { on sap pattern \"XK*\" except \"XK9*\" }",
       "entitlement e\n  on sap\n  pattern \"XK*\"\n  except \"XK9*\"\n  confers e\n"},
      {"role r { grants entitlement sap \"XK01\" }", "entitlement sap:\"XK01\" (raw)\n  on sap\n  exact \"XK01\"\n"},
      {"role r { grants entitlement sap \"XK0?\" }", "  pattern \"XK0?\"\n"},
      {"role r { grants entitlement unix \"a*\" }", "  exact \"a*\"\n"},
      {"role r { grants entitlement sap \"F\" with activity \"01\", \"02\" and area \"A\" }",
       "entitlement sap:\"F\" with activity \"01\", \"02\" and area \"A\" (raw)\n  on sap\n  exact \"F\"\n"
       "  with activity \"01\"\n  with activity \"02\"\n  with area \"A\"\n"},
      {"role r { grants { d, entitlement sap \"A\" }, g }", "grants d\n  grants entitlement sap:\"A\"\n  grants g\n"},
      {"person ann assign ann to entitlement sap \"A\"", "assign ann to entitlement sap:\"A\"\n"},
      {"duty f { conferred by sap \"A\" and (sap \"B\" or sap \"C\") }",
       "duty f conferred by sap:\"A\" and (sap:\"B\" or sap:\"C\")\n"},
      {"duty f { conferred by sap \"A\" and (sap \"B\" and sap \"A\") }", "duty f conferred by sap:\"A\" and sap:\"B\"\n"},
      {"entitlement e { means sap \"A\" or sap \"B\" }", "entitlement e means sap:\"A\" or sap:\"B\"\n"},
  };
  ExpectModel(kHead, cases);
}

// The source declares `e`; each is a grant of it or of something else.
TEST(Entitlements, StandForWhatTheirNamesCanBe) {
  struct {
    const char* declared;
    const char* granted;
    bool is_conferred;
  } cases[] = {
      {"on sap exact \"XK01\"", "sap \"XK01\"", true},
      {"on sap exact \"XK01\"", "sap \"xk01\"", false},
      {"on sap exact \"XK01\"", "sap \"XK0*\"", true},
      {"on sap exact \"XK01\"", "old \"XK01\"", false},
      {"on old exact \"XK01\"", "old \"xk0*\"", true},
      {"on sap pattern \"XK*\"", "sap \"*1\"", true},
      {"on sap pattern \"XK*\" except \"XK0*\"", "sap \"XK01\"", false},
      {"on sap pattern \"XK*\" except \"XK0*\"", "sap \"XK*\"", true},
      {"on sap pattern \"XK*\" except \"XK0*\"", "sap \"XK0*\"", false},
      {"on sap exact \"X*\"", "sap \"XY\"", false},
      {"on sap exact \"F\" only where activity is \"01\"", "sap \"F\"", true},
      {"on sap exact \"F\" only where activity is \"01\"", "sap \"F\" with activity \"01\", \"02\"", true},
      {"on sap exact \"F\" only where activity is \"01\"", "sap \"F\" with activity \"02\"", false},
      {"on sap exact \"F\" only where activity is \"01\"", "sap \"F\" with activity \"0*\"", true},
      {"on sap exact \"F\" only where activity is \"01\"", "sap \"F\" with area \"B\"", true},
      {"on sap exact \"F\" only where activity is not \"03\"", "sap \"F\" with activity \"03\"", false},
      {"on sap exact \"F\" only where activity is not \"03\"", "sap \"F\" with activity \"03\", \"04\"", true},
      {"on sap exact \"F\" only where activity in { \"01\", \"02\" }", "sap \"F\" with activity \"02\"", true},
      {"on sap exact \"F\" only where not (activity is \"03\" or area is B)", "sap \"F\" with area \"B\"", false},
      {"on sap exact \"F\" only where activity is \"01\" and area is B", "sap \"F\" with activity \"01\" and area \"A\"", false},
      {"on sap exact \"F\" only where activity is \"01\" and activity is \"02\"", "sap \"F\" with activity \"01\", \"02\"", false},
      {"on sap exact \"F\" only where company is 1000", "sap \"F\" with company \"1000\"", true},
      {"on sap exact \"F\"", "e", true},
      {"on sap exact \"F\" only where activity is \"01\"", "e with activity \"02\"", false},
      {"", "e with activity \"02\"", true},
  };
  for (const auto& test : cases) {
    const Checked checked = Check(("entitlement e { " + std::string(test.declared) + " }\nrole r { grants entitlement " +
                                   test.granted + " }").c_str());
    ASSERT_EQ(checked.model.roles.size(), 1u) << test.declared;
    const auto& grants = checked.model.roles[checked.model.roles.IdAt(0)].grants;
    ASSERT_EQ(grants.size(), 1u) << test.granted;
    const auto& confers = checked.model.entitlements[grants[0].entitlement].confers;
    const bool is_conferred = !confers.empty() && confers.front() == checked.model.entitlements.IdAt(0);
    EXPECT_EQ(is_conferred, test.is_conferred) << test.declared << " by " << test.granted;
  }
}

TEST(Entitlements, SayWhatIsWrong) {
  const Case cases[] = {
      {"entitlement e { exact \"A\" }", "SOD1310 4:13 entitlement `e` has names"},
      {"duty f { conferred by sap \"A\" and not sap \"B\" }",
       "SOD1311 4:35 `not` over what is held: more rights must never give a better answer | help: narrow the entitlement"},
      {"duty f { conferred by not (sap \"A\" or not sap \"B\") }", "SOD1311 4:23"},
      {"entitlement e { means f } entitlement f { means e and sap \"A\" }",
       "SOD1312 4:13 entitlement `e` means itself: e → f → e"},
      {"entitlement e { means e }", "SOD1312 4:13 entitlement `e` means itself: e → e"},
      {"entitlement e { on unix pattern \"A*\" }", "SOD1313 4:33 `unix` has no wildcard"},
      {"entitlement e { on sap exact \"A*\" pattern \"B*\" }", "SOD1314 4:30 \"A*\" is called exact"},
      {"role r { grants entitlement sap \"A\" at full }", "SOD1315 4:37"},
      {"role r { grants d with activity \"01\" }", "SOD1316 4:19"},
      {"entitlement e { on sap exact \"A\" only where activity at least 3 }", "SOD1317 4:45 the field `activity`"},
      {"entitlement e { on sap exact \"A\" only where activty is 1 } role r { grants entitlement sap \"A\" with activity \"1\" }",
       "SOD1318 4:45 no grant gives the field `activty` of a permission in `sap` | help: did you mean `activity`?"},
      {"entitlement e { on sap pattern \"A*\" except \"*\" }", "SOD1319 4:13 no permission can be entitlement `e`"},
      {"duty f { conferred by sap \"XK0l\" } role r { grants entitlement sap \"XK01\" }",
       "SOD1320 4:23 nothing that the policy grants in `sap` is `sap:\"XK0l\"`"},
      {"duty f { conferred by sap }", "SOD1323 4:23 `sap` is a system; which permission is meant there?"},
      {"duty f { conferred by d }", "SOD1002 4:23"},
      {"duty f { conferred by nothing }", "SOD1001"},
      {"duty f { conferred by sapp \"A\" }", "SOD1001"},
      {"role r { grants entitlement d }", "SOD1002"},
      {"person ann assign ann to entitlement nothing", "SOD1001"},
      {"entitlement e { system sap }", "SOD1101"},
      {"entitlement e { on sap on sap }", "SOD1102"},
      {"forbid g duty f { conferred by sap \"A\" } forbid f role r { grants entitlement sap \"A*\" }",
       "SOD1218 4:67 role `r` grants `f`, which is forbidden"},
  };
  ExpectDiagnostics(kHead, cases);
  const std::string twice = Check("duty f { conferred by not sap \"A\" and not sap \"B\" }").diagnostics;
  EXPECT_EQ(twice.find("SOD1311"), twice.rfind("SOD1311")) << "one mistake, one error";
}

TEST(Entitlements, AreDoubtedOnlyWhereThePolicyGrantsSome) {
  for (const char* source : {"duty f { conferred by sap \"XK01\" }",
                             "duty f { conferred by sap \"XK01\" } role r { grants entitlement old \"A\" }",
                             "entitlement e { on sap exact \"B\" } role r { grants entitlement sap \"A\" }",
                             "entitlement e { on sap exact \"B\" only where a is 1 } role r { grants entitlement sap \"B\" }"}) {
    EXPECT_EQ(Check(source).diagnostics, "") << source;
  }
}

TEST(Entitlements, OfOneAndAreBounded) {
  std::string source = "duty f { conferred by sap \"x0\"";
  for (int i = 1; i < 65; ++i) source += " and sap \"x" + std::to_string(i) + "\"";
  EXPECT_THAT(Check((source + " }").c_str()).diagnostics, StartsWith("SOD1324 4:23 65 entitlements in one `and`; the limit is 64"));
}

TEST(Entitlements, ThatExcludeTooMuchAreNotGuessed) {
  const char* source = "entitlement e { on sap pattern \"????????????????????a*\" except \"????????????????????a*\" }"
                       "role r { grants entitlement sap \"*b\" }";
  EXPECT_THAT(Check(source).diagnostics, StartsWith("SOD1322 4:118 whether `sap:\"*b\"` can be `e` takes too long"));
}

TEST(Entitlements, OnlyWhereIsCarriedTyped) {
  const Checked checked = Check("entitlement e { on sap exact \"A\" only where activity is not \"03\" and area in { B, C } }");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump, HasSubstr("only where"));
  EXPECT_THAT(checked.dump, HasSubstr("\"03\""));
  EXPECT_THAT(checked.dump, Not(HasSubstr("holds")));
}

}  // namespace
}  // namespace sodc::test
