// What cannot be as it is written: circles of what must end, and numbers of holders.
#include <gtest/gtest.h>

#include "tests/unit/sema/cases.h"

namespace sodc::test {
namespace {

constexpr char kHead[] = "policy p { language 1 }\n";

// What a waiver needs, and the rest of one.
const std::string kWaived = std::string(kHead) + "duty d duty e person a person b conflict c between d and e\n";
constexpr char kRest[] = "for a conflict c reason \"r\" requester a approver b valid from 2026-01-01 until 2026-01-14";

TEST(Circles, OfWhatMustEndAreRefusedWithAllTheirNames) {
  const Case cases[] = {
      {"unit u within u", "SOD1380 2:6 unit `u` lies within itself: u → u | help: take one of these units out of a `within`\n"},
      {"unit u within v unit v within w unit w within u unit x within u",
       "SOD1380 2:6 unit `u` lies within itself: u → v → w → u | help: take one of these units out of a `within` | label 2:22 on the way | label 2:38 on the way\n"},
      {"control c { depends on d, s } control d { depends on c } system s", "SOD1381 2:9 control `c` depends on itself: c → d → c"},
      {"object o { part of o }", "SOD1382 2:8 object `o` is part of itself: o → o"},
      {"object o { part of q } object q { part of o }", "SOD1382 2:8 object `o` is part of itself: o → q → o"},
      {"person a { reports to a }", "SOD1383 2:8 `a` reports to themselves: a → a"},
      {"person z { reports to a } person a { reports to b } person b { reports to a }", "SOD1383 2:34 `a` reports to themselves: a → b → a"},
  };
  ExpectDiagnostics(kHead, cases);
}

TEST(Circles, OfRenewalsAreRefused) {
  const std::string rest = kRest;
  const std::string one = "waiver w { " + rest + " renews w }";
  const std::string two = "waiver w { " + rest + " renews x } waiver x { " + rest + " renews w }";
  const Case cases[] = {
      {one.c_str(), "SOD1384 3:8 waiver `w` renews itself: w → w"},
      {two.c_str(), "SOD1384 3:8 waiver `w` renews itself: w → x → w"},
  };
  ExpectDiagnostics(kWaived, cases);
}

TEST(Circles, AreNoneWhereAllEnds) {
  const Checked checked = CheckText(std::string(kHead) +
                                    "unit t unit u within t unit v within t\n"
                                    "control c control d { depends on c } control e { depends on c, d }\n"
                                    "object o object q { part of o } object r { part of o }\n"
                                    "person a person b { reports to a } person z { reports to a }\n");
  EXPECT_EQ(checked.diagnostics, "");
}

TEST(Circles, OfLongLinesOfReportingAreFound) {
  std::string text = kHead;
  for (int i = 0; i < 10'000; ++i) text += "person p" + std::to_string(i) + " { reports to p" + std::to_string(i + 1) + " }\n";
  EXPECT_EQ(CheckText(text + "person p10000").diagnostics, "");
  EXPECT_EQ(CheckText(text + "person p10000 { reports to p0 }").diagnostics.substr(0, 7), "SOD1383");
}

// Each needs the other: that can be met (docs/decisions/0074).
TEST(Circles, OfPrerequisitesMayBe) {
  const Checked checked = CheckText(std::string(kHead) + "duty c { requires d } duty d { requires c }");
  EXPECT_EQ(checked.diagnostics.find("SOD138"), std::string::npos);
  EXPECT_EQ(checked.diagnostics.find("rror"), std::string::npos);
}

TEST(Holders, CannotBeMoreThanThereMayBe) {
  const Case cases[] = {
      {"duty e { holders at least 5 holders at most 2 }",
       "SOD1385 2:29 `e` cannot have at least 5 holders and at most 2 | help: write the smaller number behind `at least` | label 2:10 asks for more\n"},
      {"role r { holders at most 1 holders at least 2 }", "SOD1385 2:10 `r` cannot have at least 2 holders and at most 1"},
  };
  ExpectDiagnostics(kHead, cases);
  EXPECT_EQ(CheckText(std::string(kHead) + "duty e { holders at least 2 holders at most 2 }").diagnostics.find("SOD1385"), std::string::npos);
}

}  // namespace
}  // namespace sodc::test
