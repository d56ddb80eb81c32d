// Findings about waivers, and with them the rules about waivers that the table takes from the same place.
#include <algorithm>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/lint/lint.h"
#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

// The codes and messages of the findings, without their places, on the day if there is one.
std::string FindingsOf(const std::string& rest, std::optional<const char*> day = {}) {
  SourceManager sources;
  CollectingSink sink;
  LoadOptions options;
  options.standard_input =
      "policy p { language 1 }\nimport std.risk\nduty a duty b duty c person mira person tom person ada\n"
      "scale grades { measures other  member clerk member head }\nattribute grade of person in grades\nrole board\n" + rest;
  const Program program = Load("-", sources, options, sink);
  const model::Model model = Check(program, sources, {}, sink);
  EXPECT_FALSE(sink.HasLanguageError()) << rest;
  LintOptions lint;
  if (day) lint.as_of = StartOf(*ParseDate(*day));
  Lint(model, lint, sink);
  sink.Sort();
  std::string lines;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    if (NumberOf(diagnostic.kind) >= 2014) lines += CodeOf(diagnostic.kind) + ' ' + diagnostic.message + '\n';
  }
  return lines;
}

std::string Waiver(const std::string& valid, const std::string& more = "", const std::string& name = "w") {
  return " waiver " + name + " { for mira  conflict x  requester mira  approver tom  reason \"leave\"  valid " + valid + "  " + more + " }";
}

struct Breach {
  const char* policy;    // with a conflict x
  const char* valid;
  const char* more;      // of the waiver
  const char* expected;  // what it breaks; empty: nothing
};

void CheckBreach(const Breach& breach) {
  const std::string approver = std::string(breach.more).starts_with("approver") ? "" : "approver tom ";
  const std::string waiver = " waiver w { for mira  conflict x  requester mira  " + approver + breach.more + "  reason \"leave\"  valid " + breach.valid + " }";
  const std::string found = FindingsOf(breach.policy + waiver);
  if (*breach.expected == '\0') {
    EXPECT_EQ(found, "") << breach.policy;
    return;
  }
  EXPECT_THAT(found, ::testing::EndsWith(std::string("does not excuse `x`: ") + breach.expected + "\n")) << breach.policy;
  EXPECT_EQ(std::ranges::count(found, '\n'), 1) << found;
}

constexpr const char* kJuly = "from 2026-07-01 until 2026-07-31";

TEST(WaiverFindings, SayWhatAWaiverBreaks) {
  const Breach breaches[] = {
      // Days of the policy, both ends included; months by the calendar, the shorter one clamped.
      {"conflict x between a and b waivers { longest 31d }", "from 2026-07-01 until 2026-07-31", "", ""},
      {"conflict x between a and b waivers { longest 30d }", "from 2026-07-01 until 2026-07-31", "", "it is longer than 30d"},
      {"conflict x between a and b waivers { longest 1mo }", "from 2026-01-31 until 2026-02-27", "", ""},
      {"conflict x between a and b waivers { longest 1mo }", "from 2026-01-31 until 2026-02-28", "", "it is longer than 1mo"},
      {"conflict x between a and b waivers { longest 1y }", "from 2026-01-01 until 2026-12-31", "", ""},
      {"conflict x between a and b waivers { longest 1y }", "from 2026-01-01 until 2027-01-01", "", "it is longer than 1y"},
      {"conflict x between a and b waivers { longest 9h }", "from 2026-07-01T08:00Z until 2026-07-01T17:00Z", "", ""},
      {"conflict x between a and b waivers { longest 9h }", "from 2026-07-01T08:00Z until 2026-07-01T17:01Z", "", "it is longer than 9h"},
      // The shortest of what applies: of all waivers, of the conflict, of its level.
      {"conflict x between a and b { longest 10d } waivers { longest 60d }", kJuly, "", "it is longer than 10d"},
      {"enforcement l { mode deny longest 10d } conflict x between a and b { enforcement l }", kJuly, "", "it is longer than 10d"},
      {"enforcement l { mode deny longest 90d } conflict x between a and b { enforcement l } waivers { longest 20d }", kJuly, "", "it is longer than 20d"},
      {"conflict x between a and b { never waived }", kJuly, "", "`x` is never waived"},
      {"enforcement l { mode deny never waived } conflict x between a and b { enforcement l }", kJuly, "", "`x` is never waived"},
      {"conflict x between a and b waivers { reason at least 5 characters }", kJuly, "", ""},
      {"conflict x between a and b waivers { reason at least 6 characters }", kJuly, "", "its reason is shorter than 6 characters"},
      {"conflict x between a and b waivers { needs control, ticket }", kJuly, "ticket \"T\"", "it names no control"},
      {"conflict x between a and b waivers { needs ticket }", kJuly, "", "it names no ticket"},
  };
  for (const Breach& breach : breaches) CheckBreach(breach);
}

TEST(WaiverFindings, SayWhoMayNotApprove) {
  const Breach breaches[] = {
      // Named, in a team, in a unit or one within it, by role on the first day, by attribute.
      {"conflict x between a and b { waived by tom }", kJuly, "", ""},
      {"conflict x between a and b { waived by ada }", kJuly, "", "`tom` is none of those who may approve it"},
      {"conflict x between a and b { waived by ada waived by tom }", kJuly, "", ""},
      {"team t { members u } team u { members tom } conflict x between a and b { waived by t }", kJuly, "", ""},
      {"unit outer unit inner within outer person kim { unit inner } conflict x between a and b { waived by unit outer }", kJuly,
       "approver kim", ""},
      {"unit outer unit inner within outer person kim { unit outer } conflict x between a and b { waived by unit inner }", kJuly,
       "approver kim", "`kim` is none of those who may approve it"},
      {"assign tom to board conflict x between a and b { waived by role board }", kJuly, "", ""},
      {"role chair { includes board } assign tom to chair conflict x between a and b { waived by role board }", kJuly, "", ""},
      {"assign tom to board until 2026-07-01 conflict x between a and b { waived by role board }", kJuly, "", ""},
      {"assign tom to board until 2026-06-30 conflict x between a and b { waived by role board }", kJuly, "",
       "`tom` is none of those who may approve it"},
      {"assign tom to board from 2026-07-02 conflict x between a and b { waived by role board }", kJuly, "",
       "`tom` is none of those who may approve it"},
      {"person kim { attribute grade is head } conflict x between a and b { waived by people where grade at least head }", kJuly,
       "approver kim", ""},
      {"person kim { attribute grade is clerk } conflict x between a and b { waived by people where grade at least head }", kJuly,
       "approver kim", "`kim` is none of those who may approve it"},
      {"conflict x between a and b { waived by people where not grade is head }", kJuly, "", "`tom` is none of those who may approve it"},
      // Of all waivers, where the condition may hold; an approval of a conflict in its own mode alone.
      {"conflict x between a and b { risk high } waivers { approved by ada when risk is high }", kJuly, "",
       "`tom` is none of those who may approve it"},
      {"conflict x between a and b { risk low } waivers { approved by ada when risk is high }", kJuly, "", ""},
      {"conflict x between a and b waivers { approved by ada when risk is high }", kJuly, "", "`tom` is none of those who may approve it"},
      {"conflict x between a and b { mode approve approved by ada }", kJuly, "", "`tom` is none of those who may approve it"},
      {"conflict x between a and b { mode approve approved by ada waived by tom }", kJuly, "", ""},
      {"conflict x between a and b { mode deny approved by ada }", kJuly, "", ""},
  };
  for (const Breach& breach : breaches) CheckBreach(breach);
}

TEST(WaiverFindings, CountRenewals) {
  const std::string x = "conflict x between a and b conflict y between a and c ";
  const std::string may = Waiver("from 2026-05-01 until 2026-05-31", "", "may"), june = Waiver("from 2026-06-01 until 2026-06-30", "", "june"),
                    july = Waiver("from 2026-07-01 until 2026-07-31", "", "july"), later = Waiver("from 2026-08-02 until 2026-08-31", "", "later");
  const std::string once = "waivers { at most 1 renewals } ";
  EXPECT_EQ(FindingsOf(x + once + may + june), "");
  EXPECT_EQ(FindingsOf(x + once + may + june + july),
            "SOD2018 waiver `july` does not excuse `x`: it is renewal number 2, and 1 is allowed\n");
  EXPECT_EQ(FindingsOf(x + once + june + july + later), "") << "a day lies between";
  EXPECT_EQ(FindingsOf(x + once + may + june + Waiver("from 2026-07-05 until 2026-07-31", "renews june", "july")),
            "SOD2018 waiver `july` does not excuse `x`: it is renewal number 2, and 1 is allowed\n")
      << "said, although it does not touch";
  EXPECT_EQ(FindingsOf(x + may + june), "");
  EXPECT_EQ(FindingsOf(x + may + june + july), "SOD2023 waiver `july` is renewal number 2: the exception lasts since 2026-05-01\n");
  // Said of a later one, which touches it: a circle that is not refused ends.
  EXPECT_EQ(FindingsOf(x + Waiver("from 2026-05-01 until 2026-05-31", "renews june", "may") + june), "");
}

TEST(WaiverFindings, NarrowedOnesContinueWhatTheyCouldBothExcuse) {
  const std::string x = "scope company { value de value fr } duty d conflict x at most 1 of { a, b, c, d } waivers { at most 0 renewals } ";
  const auto found = [&](const std::string& may, const std::string& june) {
    return FindingsOf(x + Waiver("from 2026-05-01 until 2026-05-31", may, "may") + Waiver("from 2026-06-01 until 2026-06-30", june, "june"));
  };
  const std::string told = "SOD2018 waiver `june` does not excuse `x`: it is renewal number 1, and 0 are allowed\n";
  EXPECT_EQ(found("only in company de", "only in company fr"), "");
  EXPECT_EQ(found("only in company de", "only in company fr, de"), told);
  EXPECT_EQ(found("only in company de", ""), told) << "everywhere is there, too";
  EXPECT_EQ(found("only holding a, b", "only holding c, d"), "");
  EXPECT_EQ(found("only holding a, b", "only holding b, c"), told);
  EXPECT_EQ(found("only holding a, b", ""), told);
  EXPECT_EQ(found("only in company de", "only in company fr renews may"), told) << "said";
}

TEST(WaiverFindings, LookAtTheDay) {
  const std::string x = "conflict x between a and b ";
  const std::string july = Waiver("from 2026-07-01 until 2026-07-31");
  EXPECT_EQ(FindingsOf(x + july), "");
  EXPECT_EQ(FindingsOf(x + july, "2026-07-31"), "");
  EXPECT_EQ(FindingsOf(x + july, "2026-08-01"), "SOD2014 waiver `w` ended on 2026-07-31 and excuses nothing any more\n");
  EXPECT_EQ(FindingsOf(x + july + Waiver("from 2026-08-01 until 2026-08-31", "", "next"), "2026-08-02"), "") << "it was continued";
  EXPECT_EQ(FindingsOf(x + Waiver("from 2026-07-01 until 2026-07-31", "closed 2026-07-20"), "2026-08-01"), "");
  EXPECT_EQ(FindingsOf(x + "waivers { warn 6d before }" + july, "2026-07-25"), "");
  EXPECT_EQ(FindingsOf(x + "waivers { warn 6d before }" + july, "2026-07-26"), "SOD2022 waiver `w` ends on 2026-07-31\n");
  EXPECT_EQ(FindingsOf(x + "waivers { at most 0 open }" + july, "2026-07-31"), "SOD2021 1 waivers are open on 2026-07-31; the policy allows 0\n");
  EXPECT_EQ(FindingsOf(x + "waivers { at most 0 open }" + july, "2026-06-30"), "");
}

TEST(WaiverFindings, SayWhoHasAPartInTheApproval) {
  const auto approved = [](const std::string& before, const std::string& who) {
    return FindingsOf("conflict x between a and b " + before + " waiver w { " + who + "  conflict x  reason \"leave\"  valid from 2026-07-01 until 2026-07-31 }");
  };
  EXPECT_EQ(approved("", "for mira requester mira approver tom"), "");
  EXPECT_EQ(approved("", "for mira requester tom approver mira"), "SOD2016 waiver `w` is approved by `mira`, for whom it is\n");
  EXPECT_EQ(approved("", "for mira requester tom approver tom"), "SOD2016 waiver `w` is approved by `tom`, who asked for it\n");
  EXPECT_EQ(approved("team t { members mira, tom }", "for t requester ada approver tom"), "SOD2016 waiver `w` is approved by `tom`, for whom it is\n");
  EXPECT_EQ(approved("assign tom to board", "for role board requester ada approver tom"), "SOD2016 waiver `w` is approved by `tom`, for whom it is\n");
  EXPECT_EQ(approved("assign mira to c delegate c from mira to tom until 2026-07-01", "for mira requester mira approver tom"),
            "SOD2016 waiver `w` is approved by `tom`, who stands in for `mira`\n");
  EXPECT_EQ(approved("assign mira to c delegate c from mira to tom until 2026-06-30", "for mira requester mira approver tom"), "");
  EXPECT_EQ(approved("person v vacant", "for mira requester mira approver v"), "SOD2024 waiver `w` is approved by `v`, a post that nobody has\n");
  EXPECT_EQ(approved("tool v", "for mira requester mira approver v"), "SOD2024 waiver `w` is approved by `v`, which is no person\n");
}

}  // namespace
}  // namespace sodc::test
