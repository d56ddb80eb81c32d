// Findings about what a policy says of itself, over small policies, and about holders over given answers.
#include <gtest/gtest.h>

#include "compiler/lint/lint.h"
#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

using model::ActorId;
using model::ConflictId;
using model::ControlId;
using model::RoleId;

struct Checked {
  SourceManager sources;
  CollectingSink sink;
  model::Model model;
};

// The source stands from line 2.
void CheckText(const std::string& rest, Checked& checked) {
  LoadOptions options;
  options.standard_input = "policy p { language 1 }\n" + rest;
  const Program program = Load("-", checked.sources, options, checked.sink);
  checked.model = Check(program, checked.sources, {}, checked.sink);
  EXPECT_FALSE(checked.sink.HasLanguageError()) << rest;
}

std::string Told(Checked& checked, const LintOptions& options, bool with_help = false) {
  Lint(checked.model, options, checked.sink);
  checked.sink.Sort();
  std::string lines;
  for (const Diagnostic& diagnostic : checked.sink.diagnostics()) {
    lines += CodeOf(diagnostic.kind) + ' ' + Place(checked.sources, diagnostic.span) + ' ' + diagnostic.message + '\n';
    if (with_help) lines += diagnostic.help + '\n';
  }
  return lines;
}

std::string FindingsOf(const std::string& rest, const LintOptions& options = {}) {
  Checked checked;
  CheckText(rest, checked);
  return Told(checked, options);
}

std::string SplitOf(const std::string& conflicts) {
  Checked checked;
  CheckText("duty a \"A\" duty b \"B\" duty c \"C\" duty d \"D\" duty e \"E\" duty f \"F\" role r { grants all }\n" + conflicts, checked);
  Lint(checked.model, {}, checked.sink);
  checked.sink.Sort();
  std::string helps;
  for (const Diagnostic& diagnostic : checked.sink.diagnostics()) {
    // A role that breaks every rule is told once, and then the split stands behind the list of them.
    const size_t at = diagnostic.help.find("two roles");
    if (at != std::string::npos) helps += diagnostic.help.substr(at) + '\n';
  }
  return helps;
}

TEST(Split, TakesTheFewestDutiesOut) {
  EXPECT_EQ(SplitOf("conflict a with b"), "");  // which of the two is taken is no question
  EXPECT_EQ(SplitOf("conflict a with b conflict a with c conflict a with d"),
            "two roles would do: take A out into one of its own, and leave B, C and D\n");
  // Two components, the smaller side of each.
  EXPECT_EQ(SplitOf("conflict b with a conflict b with c conflict e with d conflict e with f"),
            "two roles would do: take B and E out into one of its own, and leave A, C, D and F\n");
  EXPECT_EQ(SplitOf("conflict a with b conflict b with c conflict c with d conflict d with a"),
            "two roles would do: take A and C out into one of its own, and leave B and D\n");
}

TEST(Split, ShowsAnOddCircleWhereTwoRolesWillNotDo) {
  EXPECT_EQ(SplitOf("conflict a with b conflict b with c conflict a with c"),
            "two roles are not enough: B, A and C conflict in a circle, each with the next and the last with the first; it takes three or more\n");
  const std::string five = SplitOf("conflict a with b conflict b with c conflict c with d conflict d with e conflict e with a conflict a with f");
  EXPECT_NE(five.find("two roles are not enough"), std::string::npos) << five;
  for (const char* title : {"A", "B", "C", "D", "E"}) EXPECT_NE(five.find(title), std::string::npos) << five;
  EXPECT_EQ(five.find("F"), std::string::npos) << five;
}

TEST(PolicyItself, ComparesVersionsByNumber) {
  const auto told = [](const std::string& version, const std::string& rows) {
    return FindingsOf("document d { version \"" + version + "\" table rows { columns version \"V\" " + rows + " } }");
  };
  EXPECT_EQ(told("2.10", "row \"2.9\" row \"2.10\""), "");
  EXPECT_EQ(told("2.10", "row \"2.10\" row \"2.9\""), "");
  EXPECT_EQ(told("1.00", "row \"1.0\""), "");
  EXPECT_EQ(told("B", "row \"A\" row \"B\""), "");
  EXPECT_EQ(told("A", "row \"A\" row \"B\""), "SOD2045 2:10 document `d` has version A, and its change history goes to B\n");
  EXPECT_EQ(told("2.9", "row \"2.9\" row \"2.10\""), "SOD2045 2:10 document `d` has version 2.9, and its change history goes to 2.10\n");
}

TEST(PolicyItself, ComparesLists) {
  const std::string roles = "duty a \"A\" duty b \"B\" duty c \"C\" role r { grants a } role s { includes r grants b }\n";
  EXPECT_EQ(FindingsOf(roles + "claims \"4\" { role s lists a, b }"), "");
  EXPECT_EQ(FindingsOf(roles + "claims \"4\" { role s lists b, c }"),
            "SOD2047 3:14 \"4\" lists the functions of role `s` otherwise than it is granted them: 1 left out (A), 1 not granted (C)\n");
  EXPECT_EQ(FindingsOf(roles + "claims \"5\" { matrix rows a, b, c }"), "");
  EXPECT_EQ(FindingsOf(roles + "claims \"5\" { matrix rows a }"), "SOD2047 3:14 \"5\" has no row for 1 function that a role is granted (B)\n");
}

TEST(PolicyItself, AMonthIsOverAfterItsLastDay) {
  const auto told = [](const std::string& next, Date day) {
    LintOptions options;
    options.as_of = StartOf(day);
    return FindingsOf("review r { cadence yearly next " + next + " }", options);
  };
  const std::string imprecise = "SOD2043 2:27 the next review `r` has a month and no day: 2026-06\n";
  EXPECT_EQ(told("2026-06-30", {2026, 6, 30}), "");
  EXPECT_EQ(told("2026-06-30", {2026, 7, 1}), "SOD2044 2:27 review `r` was due on 2026-06-30\n");
  EXPECT_EQ(told("2026-06", {2026, 6, 30}), imprecise);
  EXPECT_EQ(told("2026-06", {2026, 7, 1}), imprecise + "SOD2044 2:27 review `r` was due on 2026-06\n");
  EXPECT_EQ(FindingsOf("review r { cadence yearly next 2001-01-01 }"), "");  // without a day nothing is late
}

TEST(PolicyItself, WhatComesBackByTheCalendarHasANextDay) {
  const std::string told = "SOD2042 2:8 review `r` comes back, and it is not said when next\n";
  EXPECT_EQ(FindingsOf("review r { cadence yearly }"), told);
  EXPECT_EQ(FindingsOf("review r { cadence every 3mo }"), told);
  EXPECT_EQ(FindingsOf("review r { months march }"), told);
  EXPECT_EQ(FindingsOf("review r { }"), "");
  EXPECT_EQ(FindingsOf("object o \"O\" review r { cadence on each o }"), "");
}

TEST(PolicyItself, RisksAreAskedForWhereTheyAreSpokenOf) {
  EXPECT_EQ(FindingsOf("duty a duty b conflict a with b"), "");
  EXPECT_EQ(FindingsOf("duty a duty b system s control k \"K\" { nature preventive, automated system s } conflict a with b { mitigated by k }"),
            "SOD2039 2:80 no risk level for 1 of 1 conflicts: `a/b`\n");
  EXPECT_EQ(FindingsOf("import std.risk duty a duty b duty c role r { restricts c } conflict a with b { risk low } conflict a with c { risk low }"), "");
}

TEST(PolicyItself, APlanMayMoveAConflict) {
  const std::string duties = "duty x duty a { is x } duty b duty c { is x } conflict ab between a and b\n";
  EXPECT_EQ(FindingsOf(duties + "plan p { hire h \"H\" { takes b } }").find("SOD2049"), std::string::npos);
  EXPECT_NE(FindingsOf(duties + "plan p { hire h \"H\" { takes b, c } }").find("SOD2049 3:10 hire `h` moves conflict `ab`"), std::string::npos);
  EXPECT_NE(FindingsOf(duties + "duty d plan p { hire h \"H\" { takes b separates c from d } }").find("SOD2049"), std::string::npos);
  // It is said which of the two the hire takes.
  EXPECT_EQ(FindingsOf(duties + "duty d plan p { hire h \"H\" { takes b, d separates c from d } }").find("SOD2049"), std::string::npos);
}

// ---- Answers of a table, given here

class Holders : public testing::Test {
 protected:
  void SetUp() override {
    CheckText("import std.risk person kai person lena duty a \"A\" duty b \"B\" duty c \"C\" role r { grants a }\n"
              "control k \"K\" { nature detective, manual performer lena } system s control m \"M\" { nature preventive, automated system s }\n"
              "conflict ab between a and b { risk high mitigated by k }\n"
              "conflict ac between a and c { risk low mitigated by k }\n"
              "plan p { separates a from b }",
              checked_);
    options_.held.emplace();
  }
  void Add(uint32_t conflict, uint32_t actor, std::vector<ControlAnswer> controls, bool is_mitigated = false, bool is_waived = false) {
    options_.held->push_back({ConflictId{conflict}, ActorId{actor}, std::move(controls), is_mitigated, is_waived, {0, 1}});
  }
  static ControlAnswer Falls(bool is_own = false, bool is_of_outsiders = true) { return {ControlId{0}, false, is_of_outsiders, is_own, "it failed"}; }
  static ControlAnswer Counts() { return {ControlId{0}, true, true, false, ""}; }
  static ControlAnswer CountsByMachine() { return {ControlId{1}, true, false, false, ""}; }
  static ControlAnswer CountsInside() { return {ControlId{0}, true, false, false, ""}; }
  std::string All() { return Told(checked_, options_); }

  Checked checked_;
  LintOptions options_;
};

TEST_F(Holders, NobodyHasAnything) { EXPECT_EQ(All(), ""); }

TEST_F(Holders, WhoseControlsAllFallIsToldOnce) {
  Add(1, 0, {Falls()});
  Add(0, 0, {Falls()});
  Add(0, 1, {Counts()}, true);
  EXPECT_EQ(All(),
            "SOD2031 2:24 no control counts for person `kai` in 2 conflicts: `ab` and `ac`\n"
            "SOD2048 6:6 plan `p` leaves 1 conflict with one holder: `ac`\n");
}

TEST_F(Holders, WhatIsWaivedNeedsNoControl) {
  Add(0, 0, {Falls(false, false)}, false, true);
  Add(0, 1, {}, false, true);
  EXPECT_EQ(All(), "");
}

TEST_F(Holders, TheHighestRiskNeedsAnOutsiderUnlessItIsWithinReach) {
  Add(0, 0, {CountsByMachine()}, true);
  Add(0, 0, {CountsByMachine(), CountsInside()});
  EXPECT_EQ(All(), "");
  checked_.sink.revised().clear();
  options_.held->clear();
  Add(0, 0, {CountsByMachine()});
  EXPECT_EQ(All(), "SOD2033 4:10 the risk is the highest, and nobody from outside looks at conflict `ab`\n");
}

TEST_F(Holders, ABareConflictIsToldWhereOthersHaveControls) {
  Add(0, 1, {});
  EXPECT_EQ(All(), "SOD2032 4:10 nothing makes up for conflict `ab`: no control is named\n");
}

TEST_F(Holders, WhoWatchesOneselfIsTold) {
  Add(0, 1, {Counts(), Falls(true)});
  EXPECT_EQ(All(), "SOD2035 3:9 control `k` is done by `lena` alone, whom it watches in conflict `ab`\n");
}

}  // namespace
}  // namespace sodc::test
