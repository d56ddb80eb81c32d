// Groups, set expressions, cycles, and the sides of rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;

constexpr char kHead[] =
    "policy p { language 1 }\nimport std.classes\n"
    "duty a { class verify tags x } duty b { class record } duty c { class verify } duty d { groups named }\n";

constexpr char kBare[] = "policy p { language 1 }\nduty a\n";

Checked Compiled(const std::string& rest) { return CheckText(kHead + rest); }

struct SetCase {
  const char* expression;
  const char* members;
};

TEST(Sets, ExpandInOrder) {
  const SetCase cases[] = {
      {"{ c, a, c }", "c, a"},
      {"all", "a, b, c, d"},
      {"all except b", "a, c, d"},
      {"all except b except { c, d }", "a"},
      {"all except (b)", "a, c, d"},
      {"all where class verify", "a, c"},
      {"all except { a, c } where class verify", ""},  // `where` filters everything to its left (LAN-10)
      {"{ b, all except a where class verify }", "b, c"},
      {"all where tag x", "a"},
      {"{ named, a }", "d, a"},
  };
  for (const SetCase& set : cases) {
    const Checked checked = Compiled(std::string("group named group g = ") + set.expression);
    EXPECT_EQ(checked.diagnostics, "") << set.expression;
    const std::string members = *set.members ? std::string(" ") + set.members + " }" : "  }";
    EXPECT_THAT(checked.dump, HasSubstr("group g = {" + members + "\n")) << set.expression;
  }
}

TEST(Sets, OfOwnDutiesLeaveTheLibraryOut) {
  const Checked checked = CheckText("policy p { language 1 }\nimport std.payroll\nduty a\ngroup g = all\ngroup h = all from std.payroll where class authorise\n");
  EXPECT_THAT(checked.dump, HasSubstr("group g = { a }\n"));
  EXPECT_THAT(checked.dump, HasSubstr("group h = { position_approval, hiring_approval, employee_master_approval, pay_change_approval, time_approval, payroll_approval }\n"));
}

struct RejectCase {
  const char* source;    // stands from line 4
  const char* expected;
};

TEST(Sets, AreRejectedWithAWayOut) {
  const RejectCase cases[] = {
      {"group g = { g }", "SOD1201 4:7 group `g` is defined by itself: g → g"},
      {"group g = { a, h } group h = { all except g }", "SOD1201 4:7 group `g` is defined by itself: g → h → g"},
      {"role r { includes s } role s { includes r }", "SOD1202 4:6 role `r` includes itself: r → s → r"},
      {"role r { includes r }", "SOD1202 4:6 role `r` includes itself: r → r"},
      {"role r { includes s } role s { includes t } role t { includes r } role u { includes r }",
       "SOD1202 4:6 role `r` includes itself: r → s → t → r"},
      {"role r { grants { a } except a }", "SOD1205 4:17"},
      {"conflict a with a", "SOD1206 4:17 `a` stands on both sides | help: a conflict is between different duties or roles"},
      {"conflict x between { a, b } and all of { b, c }", "| fix 4:48 ' except b'"},
      {"conflict x between a and { a, b }", "| fix 4:34 ' except a'"},
      {"group g = { a, b } duty e { separated from g } duty f { groups g separated from g }", "SOD1206 4:81 `f` stands"},
      {"group g = { a, b } conflict x at most 1 of { g, c }",
       "SOD1207 4:46 group `g` in braces must say how it counts | help: `each of g` counts every member, `any of g` counts the group once | fix 4:46 'each of '"},
      {"group g = { a, b } conflict x at most 1 of { all of g, c }", "SOD1207 4:46"},
      {"group g = { a, b } conflict x at most 1 of { any of g, a }", "SOD1208 4:56 `a` is counted twice"},
      {"role r role s { includes r } conflict x at most 1 of { role r, role s }", "SOD1208"},
      {"conflict x at most 3 of { a, b, c }", "SOD1209 4:20 at most 3 of 3"},
      {"conflict x at most 0 of { a, b, c }", "SOD1121 4:20"},
      {"conflict { a, b } with c", "SOD1211 4:1 a conflict of sets needs a name"},
      {"team t { members u } team u { members t }", "SOD1203"},
      {"system t { depends on u } system u { depends on t }", "SOD1204"},
  };
  for (const RejectCase& wrong : cases) {
    EXPECT_THAT(Compiled(std::string("") + wrong.source).diagnostics, HasSubstr(wrong.expected)) << wrong.source;
  }
}

TEST(Sets, PairsAreLimited) {
  CheckOptions options;
  options.max_expanded_pairs = 3;
  EXPECT_THAT(CheckText(std::string(kHead) + "conflict each of { a, b } with each of { c, d }", options).diagnostics,
              HasSubstr("SOD1210 4:1 this makes 4 pairs; the limit for one conflict is 3"));
}

TEST(Sets, AreLimitedTogether) {
  CheckOptions options;
  options.max_set_members = 10;
  const std::string text = std::string(kHead) + "group named role r { grants all } role s { grants all }\n";
  EXPECT_EQ(CheckText(text, options).diagnostics, "");
  EXPECT_THAT(CheckText(text + "role t { grants all } role u { grants all }", options).diagnostics,
              HasSubstr("SOD1213 5:17 the sets of this policy have more than 10 members together"));
}

TEST(Sets, CountTheRulesTheyMake) {
  CheckOptions options;
  options.max_set_members = 20;
  EXPECT_EQ(CheckText(std::string(kHead) + "group named conflict each of { a, b } with c", options).diagnostics, "");
  EXPECT_THAT(CheckText(std::string(kHead) + "group named conflict each of { a, b } with each of { c, d }", options).diagnostics,
              HasSubstr("SOD1213 4:13"));
}

TEST(Sets, ACycleOfTenThousandGroupsIsOneError) {
  std::string text = kBare;
  constexpr int kCount = 10'000;
  for (int i = 0; i < kCount; ++i) {
    text += "group g" + std::to_string(i) + " = { a, g" + std::to_string((i + 1) % kCount) + " }\n";
  }
  const std::string diagnostics = CheckText(text).diagnostics;
  EXPECT_THAT(diagnostics, HasSubstr("g0 → g1 → g2 → g3 → g4 → … (9994 more) → g9999 → g0"));
  EXPECT_EQ(std::count(diagnostics.begin(), diagnostics.end(), '\n'), 1);
}

TEST(Sets, AChainOfExceptIsRead) {
  // As many as the parser reads.
  std::string text = kBare + std::string("group g = all");
  for (int i = 0; i < 190; ++i) text += " except a";
  EXPECT_EQ(CheckText(text).diagnostics, "");
}

TEST(Sets, AChainOfTenThousandRolesIsNoCycle) {
  std::string text = kBare;
  for (int i = 0; i < 10'000; ++i) {
    text += "role r" + std::to_string(i) + " { includes r" + std::to_string(i + 1) + " }\n";
  }
  EXPECT_EQ(CheckText(text + "role r10000").diagnostics, "");
}

}  // namespace
}  // namespace sodc::test
