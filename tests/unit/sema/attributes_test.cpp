// Attributes: where they stand, how often, and what their values are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;

constexpr char kHead[] = "policy p { language 1 }\nimport std.levels\nimport std.risk\nimport std.iso27001\n";

struct AttributeCase {
  const char* source;    // stands from line 5
  const char* expected;  // a part of the diagnostics; empty: none
};

class AttributeTest : public ::testing::TestWithParam<AttributeCase> {};

TEST_P(AttributeTest, SaysWhatIsWrong) {
  const std::string diagnostics = CheckText(std::string(kHead) + GetParam().source).diagnostics;
  if (*GetParam().expected == '\0') {
    EXPECT_EQ(diagnostics, "");
  } else {
    EXPECT_THAT(diagnostics, HasSubstr(GetParam().expected));
    EXPECT_EQ(std::count(diagnostics.begin(), diagnostics.end(), '\n'), 1) << diagnostics;
  }
}

const AttributeCase kCases[] = {
    {"duty d { cadence monthly }", "SOD1101 5:10 `cadence` does not belong in a duty | help: it belongs in a control"},
    {"duty d { letter \"A\" letter \"B\" }", "SOD1102 5:21 `letter` is stated twice | help: keep one of them | label 5:10"},
    {"duty a duty b conflict a with b { must should }", "SOD1102 5:40 `should` is stated twice"},
    {"duty a duty b conflict a with b { risk hgih }", "SOD1105 5:40 `hgih` is no member of scale `risk` | help: did you mean `high`?"},
    {"duty a duty b conflict a with b { category money }", "SOD1106 5:44 no scale measures category"},
    {"duty a duty b conflict a with b { mode dney }", "SOD1104 5:40 `dney` is no mode | help: did you mean `deny`?"},
    {"duty a duty b conflict a with b { mode at most warn }", "SOD1116 5:35"},
    {"duty a duty b conflict a with b { reviewed 2026-13-01 }", "SOD1109 5:44"},
    {"duty a duty b conflict a with b { valid from 2026-06 until 2026-05 }", "SOD1110"},
    {"duty a duty b conflict a with b { valid from 2026-06 until 2026-06 }", ""},
    {"duty a duty b conflict a with b { satisfies iso27001 \"A.5.3\", \"A.55\" }", "SOD1111 5:63"},
    {"control c { nature preventive, detective }", "SOD1120 5:32 `detective` is listed twice"},
    {"control c { status runing }", "SOD1104 5:20 `runing` is no status of a control"},
    {"control c { cadence quarterly } control d { cadence every 2w }", ""},
    {"control c { cadence every 0d }", "SOD1121"},
    {"control c { evidence log \"x\" dated 2026-02-29 }", "SOD1109"},
    {"scale s { measures access member none member all_of_it }", "SOD1107 5:7"},
    {"scale s { measures category member a { acting } }",
     "SOD1101 5:40 `acting` does not belong in a scale that measures category | help: only capacities act: `measures capacity`"},
    {"scale s { member a member a }", "SOD1003 5:27"},
    {"scale s { member a } scale t { member a member a }", "SOD1003 5:48"},
    {"duty d role r { grants d at none }", "SOD1117 5:29"},
    {"duty d role r { grants d at fll }", "SOD1105 5:29"},
    {"duty d person e assign e to d at none", "SOD1117"},
    {"duty d person e assign e to d from 2026-06-30 until 2026-06-30", ""},
    {"role r person e assign e to r at full", "SOD1118"},
    {"system s person e { account s \"x\" } team t { account s \"x\" }", "SOD1119 5:46"},
    {"system s { administered by nobody }", ""},
    {"framework f { clause \"1\" clause \"1\" }", "SOD1003 5:33"},
    {"framework f { clause \"1\" { about persons } }", "SOD1104 5:34"},
    {"duty d group g = all where colour red", "SOD1122 5:28"},
    {"person e assign e to all from std.levls", "SOD1005 5:31"},
};
INSTANTIATE_TEST_SUITE_P(Each, AttributeTest, ::testing::ValuesIn(kCases));

TEST(Attributes, OneMissingScaleIsOneError) {
  const std::string text = "policy p { language 1 } duty a duty b duty c conflict a with b { risk high } conflict a with c { risk low }";
  EXPECT_EQ(CheckText(text).diagnostics,
            "SOD1106 1:71 no scale measures risk | help: write `import std.risk` or declare a scale of your own | label 1:103 and here\n");
}

TEST(Attributes, MonthsCoverTheirLastDay) {
  const Checked checked = CheckText(std::string(kHead) + "duty d person e assign e to d from 2026-02 until 2026-06");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump, HasSubstr("assign e to d at full from 2026-02-01 before 2026-07-01\n"));
}

TEST(Attributes, OfThePolicyReachTheModel) {
  const Checked checked = CheckText(
      "policy p \"P\" { language 1 revision 3 author e approver e owner e appetite medium mode at most warn default risk high "
      "default mode approve organization \"O\" legal \"O Inc.\" reference \"R\" version \"1.0\" classification \"Internal\" }\n"
      "import std.risk\nperson e duty a duty b conflict a with b");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump,
              HasSubstr("policy p \"P\" language 1 revision 3\n  author e\n  approver e\n  owner e\n  appetite medium\n"
                        "  mode at most warn\n  default risk high\n  organization \"O\"\n  legal \"O Inc.\"\n"
                        "  reference \"R\"\n  version \"1.0\"\n  classification \"Internal\"\n"));
  EXPECT_THAT(checked.dump, HasSubstr("conflict a/b pair must mode approve by default risk high by default unnamed\n"));
}

TEST(Attributes, OfControlsReachTheModel) {
  const Checked checked = CheckText(std::string(kHead) +
      "import std.properties\nperson e system s\ncontrol c \"C\" { nature preventive, automated cadence every 3mo performer e reviewer e "
      "system s evidence log \"x\" dated 2026-03-01 every 1y has worm reference \"D-1\" status planned satisfies iso27001 \"A.5.3\" "
      "owner e valid until 2026-12 }");
  EXPECT_EQ(checked.diagnostics, "");
  EXPECT_THAT(checked.dump,
              HasSubstr("control c \"C\" preventive automated every 3mo status planned before 2027-01-01\n  performer e\n"
                        "  reviewer e\n  system s\n  evidence log \"x\" dated 2026-03-01 every 1y\n  has worm\n"
                        "  reference \"D-1\"\n  satisfies iso27001 \"A.5.3\"\n  owner e\n"));
}

}  // namespace
}  // namespace sodc::test
