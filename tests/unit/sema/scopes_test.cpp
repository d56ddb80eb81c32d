// Scopes: values, `in …`, and what rules say about them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kHead[] =
    "policy p { language 1 }\nimport std.levels\n"
    "scope company \"Company\" { value ema \"EMEA\" { value 1000 value 1010 \"Lyon\" } value `north america` }\n"
    "scope env { value dev value prod }\n"
    "duty a duty b person ann\n";

TEST(Scopes, NumberTheLeavesOfTheirTree) {
  EXPECT_THAT(CheckText(kHead).dump, HasSubstr("scope company \"Company\" of 3\n"
                                               "  value ema \"EMEA\" 0..2\n"
                                               "  value 1000 \"1000\" 0..1 in ema\n"
                                               "  value 1010 \"Lyon\" 1..2 in ema\n"
                                               "  value north america \"north america\" 2..3\n"
                                               "scope env of 2\n"
                                               "  value dev \"dev\" 0..1\n"
                                               "  value prod \"prod\" 1..2\n"));
}

TEST(Scopes, StandBehindGrantsAndAssignments) {
  const Case cases[] = {
      {"role r { grants a at limited in company 1000 }", "grants a at limited in company 1000\n"},
      {"role r { grants a in env prod and company 1010, 1000 }",
       "grants a at full in company 1000 and env prod; company 1010 and env prod\n"},
      {"role r { grants a in company ema, 1000 }", "grants a at full in company ema\n"},
      {"role r { grants a in company `north america` grants a in env dev }",
       "grants a at full in company north america\n  grants a at full in env dev\n"},
      {"assign ann to a in env prod until 2026-06", "assign ann to a at full in env prod before 2026-07-01\n"},
      {"role r assign ann to r in company ema", "assign ann to role r in company ema\n"},
  };
  ExpectModel(kHead, cases);
}

TEST(Scopes, LimitRules) {
  const Case cases[] = {
      {"conflict a with b { same company }",
       "conflict a/b pair must mode deny by default same company unnamed\n"},
      {"conflict a with b { across env }", "conflict a/b pair must mode deny by default across env unnamed\n"},
      {"conflict a with a { across env }",
       "conflict a/a pair must mode deny by default across env unnamed\n  side one: a at report\n  side one: a at report\n"},
      {"conflict x at most 1 of { a, b } { same env only in company 1000, 1010 }",
       "conflict x at_most 1 must mode deny by default same env only in company 1000; company 1010\n"},
      // What is narrower is a rule of its own: neither narrows the other.
      {"duty c { separated from a } conflict x between c and a { same env }",
       "conflict a/c pair must mode deny by default unnamed\n"},
  };
  ExpectModel(kHead, cases);
}

TEST(Scopes, AreCheckedByName) {
  const Case cases[] = {
      {"role r { grants a in company 1001 }",
       "SOD1124 6:30 `1001` is no value of scope `company` | help: did you mean `1000`? | label 3:7 the scope is declared "
       "here | fix 6:30 '1000'\n"},
      {"role r { grants a in tier x }", "SOD1001 6:22 `tier` is not declared"},
      {"role r { grants a in a x }", "SOD1002 6:22 `a` is a duty; here stands a scope"},
      {"role r { grants a in env dev and env prod }", "SOD1126 6:34 scope `env` is named twice here"},
      {"role r { grants a in env dev, dev }", "SOD1120 6:31 `dev` is listed twice"},
      {"scope s { value x { value y } value y }", "SOD1003 6:37 `y` is declared twice"},
      {"scope s", "SOD1125 6:7 scope `s` has no values"},
      {"scope s { grants a }", "SOD1101 6:11 `grants` does not belong in a scope"},
      {"scope s { value x { risk high } }", "SOD1101 6:21 `risk` does not belong in a value of a scope"},
      {"conflict x at most 1 of { a, b } { across env }", "SOD1214 6:36 "},
      {"group g = { a } duty c conflict x between { a, b } and c { across env }", "SOD1214 "},
      {"conflict a with b { same env across env }", "SOD1102 6:30 `across` is stated twice"},
      {"conflict a with b { same env } conflict a with b", "SOD1212 6:32 two conflicts would be called `a/b`"},
      {"conflict a with b { only in env pord }", "SOD1124 6:33 `pord` is no value of scope `env`"},
  };
  for (const Case& test : cases) {
    EXPECT_THAT(CheckText(std::string(kHead) + test.source).diagnostics, HasSubstr(test.expected)) << test.source;
  }
}

TEST(Scopes, AreAtMostEight) {
  std::string text = "policy p { language 1 }\n";
  for (int i = 0; i < 9; ++i) text += "scope s" + std::to_string(i) + " { value v }\n";
  EXPECT_THAT(CheckText(text).diagnostics, StartsWith("SOD1121 10:7 the number of scopes is out of range: at most 8"));
}

}  // namespace
}  // namespace sodc::test
