// Single duties: forbidden, reserved, sensitive.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;

constexpr char kHead[] = "policy p { language 1 }\nimport std.levels\nduty a duty b person ann role k role i { grants a }\n";

TEST(Singles, AreRulesOfWhichNothingMayBeHeld) {
  const Case cases[] = {
      {"forbid b", "conflict forbid/b forbidden must mode deny by default unnamed\n  side one: b at report\n"},
      {"forbid b at full { mode warn }",
       "conflict forbid/b forbidden must mode warn unnamed\n  side one: b at full\n"},
      {"sensitive { a, b }",
       "conflict sensitive/a sensitive must mode approve by default unnamed\n  side one: a at report\n"
       "conflict sensitive/b sensitive must mode approve by default unnamed\n"},
      {"reserve b to role k",
       "conflict reserve/b reserved must mode deny by default unnamed\n  side one: b at report not by role k\n"},
      {"role keeper { includes i } reserve a to role keeper", "conflict reserve/a reserved"},
      {"role j { grants b at limited } forbid b at full { should }", "conflict forbid/b forbidden should"},
  };
  for (const Case& test : cases) {
    const Checked checked = CheckText(std::string(kHead) + test.source);
    EXPECT_THAT(checked.dump, HasSubstr(test.expected)) << test.source;
  }
}

TEST(Singles, MeetNoGrantOfARole) {
  const Case cases[] = {
      {"forbid a", "SOD1218 3:49 role `i` grants `a`, which is forbidden"},
      {"reserve a to role k", "SOD1218 3:49 role `i` grants `a`, which is reserved to role `k`"},
  };
  ExpectDiagnostics(kHead, cases);
  for (const char* source : {"sensitive a", "forbid a { should }", "forbid a { valid from 2030-01-01 }",
                             "role keeper { includes i } reserve a to role keeper"}) {
    EXPECT_EQ(CheckText(std::string(kHead) + source).diagnostics, "") << source;
  }
}

TEST(Singles, SayWhatIsWrong) {
  const Case cases[] = {
      {"forbid all of { a, b }", "SOD1216 4:8"},
      {"reserve b to k", "SOD1217 4:14 `k` is no role"},
      {"reserve b to ann", "SOD1217 4:14 `ann` is no role"},
      {"reserve b to role z", "SOD1001"},
      {"forbid b forbid b", "SOD1212 4:10 two conflicts would be called `forbid/b` | help: state it once"},
      {"scope s { value x } sensitive b { across s }", "SOD1214"},
      {"sensitive b { members ann }", "SOD1101 4:15 `members` does not belong in a sensitive duty"},
      {"sensitive b { mode warn mode deny }", "SOD1102"},
  };
  ExpectDiagnostics(kHead, cases);
}

TEST(Labels, OfAConflictAreKept) {
  const Checked checked = CheckText(std::string(kHead) + "conflict a with b { identifier \"X-1\" kind \"do against check\" }");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump, HasSubstr("  identifier \"X-1\"\n  kind \"do against check\"\n"));
}

}  // namespace
}  // namespace sodc::test
