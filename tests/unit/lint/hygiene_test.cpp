// Rules that decide nothing, and demands that nobody can meet.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/lint/lint.h"
#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

// Code and place of each finding of these kinds, with what stands in backticks.
std::string HygieneOf(const std::string& rest) {
  SourceManager sources;
  CollectingSink sink;
  LoadOptions options;
  options.standard_input = "policy p { language 1 }\nimport std.levels\nimport std.risk\nimport std.iso27001\n" + rest;
  const Program program = Load("-", sources, options, sink);
  const model::Model model = Check(program, sources, {}, sink);
  EXPECT_FALSE(sink.HasLanguageError()) << rest << RenderText(sink.diagnostics(), sources, {});
  Lint(model, {}, sink);
  sink.Sort();
  std::string lines;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    const std::string code = CodeOf(diagnostic.kind);
    if (code >= "SOD2073" && code <= "SOD2076") lines += code.substr(3) + ' ' + Place(sources, diagnostic.span) + ' ' + diagnostic.message + '\n';
  }
  return lines;
}

std::string Covers(const std::string& rule, const std::string& by, const std::string& place) {
  return "2073 " + place + " whoever breaks `" + rule + "` breaks `" + by + "`, too, which is at least as strict\n";
}

constexpr const char* kDuties = "duty a duty b duty c duty d group g = { c, d } role r role s { includes r } control k\nperson q person w\n";

TEST(Hygiene, TellsOfRulesThatAnotherOneCovers) {
  struct Case {
    const char* rules;
    std::string expected;
  };
  const Case cases[] = {
      {"conflict x at most 1 of { a, b, c }\nconflict y between a and b", Covers("y", "x", "8:10")},
      // k1 + what is not in it: one too many there is one too many here.
      {"conflict x at most 1 of { a, b, c }\nconflict y at most 2 of { a, b, c, d }", Covers("y", "x", "8:10")},
      {"conflict x at most 1 of { a, b, c }\nconflict y at most 1 of { a, b, d }", ""},
      {"conflict x at most 2 of { a, b, c }\nconflict y at most 2 of { a, b, c, d }", Covers("x", "y", "7:10")},
      {"conflict x at most 2 of { a, b, c, d }\nconflict y at most 2 of { a, b, c }", Covers("y", "x", "8:10")},
      // A member of the group is the group, and the higher level the lower one.
      {"conflict x between a and any of g\nconflict y between a and c", Covers("y", "x", "8:10")},
      {"conflict y between a and c\nconflict x between a and any of g", Covers("y", "x", "7:10")},
      {"conflict x between a and all of g\nconflict y between a and c", Covers("x", "y", "7:10")},
      {"conflict x between a at limited and b\nconflict y between a at full and b", Covers("y", "x", "8:10")},
      {"conflict x between a and any of g\nconflict y between b and c", ""},
      // Distinct members: both sides of y are one member of x.
      {"conflict x between a and any of g\nconflict y between c and d", ""},
      {"conflict x between role r and a\nconflict y between role s and a", Covers("y", "x", "8:10")},
      {"conflict x between directly role r and a\nconflict y between role s and a", ""},
      {"sensitive a\nconflict y between a and b { mode approve }", Covers("y", "sensitive/a", "8:10")},
      // Of two that say the same, the later one.
      {"conflict x between a and b\nconflict y between b and a", Covers("y", "x", "8:10")},
  };
  for (const Case& one : cases) EXPECT_EQ(HygieneOf(kDuties + std::string(one.rules)), one.expected) << one.rules;
}

TEST(Hygiene, SparesRulesThatSayMore) {
  // y is about a and b, as x is; each pair of attributes makes it say something that x does not.
  const char* const attributes[][2] = {
      {"mode warn", "mode deny"},
      {"valid from 2026-02-01", ""},
      {"valid until 2026-12-31", "valid until 2027-12-31"},
      {"counting active", ""},
      {"", "counting active, eligible, requested, emergency"},
      {"risk low", "risk high"},
      {"", "risk low"},
      {"", "satisfies iso27001 \"A.5.3\""},
      {"mitigated by k", ""},
      {"permitted with k", ""},
      {"", "never waived"},
      {"", "longest 2d"},
      {"", "waived by q"},
      {"", "mode deny  approved by q"},
  };
  for (const auto& [x, y] : attributes) {
    const std::string rules = std::string("conflict x between a and b { ") + x + " }\nconflict y between a and b { " + y + " }\n";
    const std::string found = HygieneOf(kDuties + rules);
    EXPECT_EQ(found.find("breaks `y` breaks `x`"), std::string::npos) << rules << found;
  }
  const std::string places = "scope z { value n value o }\n";
  EXPECT_EQ(HygieneOf(kDuties + places + "conflict x between a and b { same z }\nconflict y between a and b"), Covers("x", "y", "8:10"));
  EXPECT_EQ(HygieneOf(kDuties + places + "conflict x between a and b { only in z n }\nconflict y between a and b { only in z o }"), "");
  EXPECT_EQ(HygieneOf(kDuties + std::string("conflict x between a and b per account\nconflict y between a and b")), Covers("x", "y", "7:10"));
  // Who is excused from the one is not from the other.
  EXPECT_EQ(HygieneOf(kDuties + std::string("conflict x at most 1 of { a, b, c }\nconflict y between a and b\n"
                                            "waiver v { for q conflict x reason \"t\" requester q approver w valid from 2026-01-01 until 2026-01-02 }")),
            "");
  // What a restriction says of its role, no rule says.
  EXPECT_EQ(HygieneOf("duty a forbid a role t { restricts a }"), "");
}

TEST(Hygiene, TellsOfTwoPlacesWhereThereIsOne) {
  const std::string scope = "scope z { value n { value m value l } value o }\nduty a duty b\n";
  EXPECT_EQ(HygieneOf(scope + "conflict x between a and b { across z }"), "");
  EXPECT_EQ(HygieneOf(scope + "conflict x between a and b { across z only in z n }"), "");
  EXPECT_EQ(HygieneOf(scope + "conflict x between a and b { across z only in z o }"),
            "2074 7:10 `x` is about two places of `z` and applies in one alone: nobody can break it\n");
  EXPECT_EQ(HygieneOf("scope z { value n }\nduty a duty b\nconflict x between a and b { across z }"),
            "2074 7:10 `x` is about two places of `z` and applies in one alone: nobody can break it\n");
}

TEST(Hygiene, TellsOfRequirementsThatAreDenied) {
  EXPECT_EQ(HygieneOf("duty a { requires b } duty b conflict a with b"), "2075 5:10 `a` requires `b`, and whoever has both breaks `a/b`\n");
  EXPECT_EQ(HygieneOf("duty a { requires b } duty b conflict a with b { mode warn }"), "");
  EXPECT_EQ(HygieneOf("duty a { requires b } duty b forbid b"), "2075 5:10 `a` requires `b`, and whoever has both breaks `forbid/b`\n");
  // By the role that is required, or together.
  EXPECT_EQ(HygieneOf("duty a { requires r } duty b conflict a with b role r { includes s } role s { grants b }"),
            "2075 5:10 `a` requires `r`, and whoever has both breaks `a/b`\n");
  EXPECT_EQ(HygieneOf("duty a { requires r } duty b conflict a with b role r { grants b if \"at night\" }"), "");
  EXPECT_EQ(HygieneOf("duty a { requires b requires c } duty b duty c conflict b with c"), "2075 5:21 `a` requires `c`, and whoever has both breaks `b/c`\n");
  EXPECT_EQ(HygieneOf("role r { requires b grants a } duty a duty b conflict a with b"), "2075 5:10 `r` requires `b`, and whoever has both breaks `a/b`\n");
  // What breaks a rule anyway is told elsewhere.
  EXPECT_EQ(HygieneOf("duty a { requires b } duty b forbid a"), "");
}

TEST(Hygiene, TellsOfProcessesThatCannotBeDone) {
  const auto process = [](const std::string& asks) {
    return HygieneOf("object o object u duty a { on o } duty b { on o } duty c { on o } duty d conflict a with b conflict b with c conflict a with c\n"
                     "conflict b with d per o\nforbid d\n" + std::string("process p per o { step a step b step c ") + asks + " }");
  };
  EXPECT_EQ(process(""), "");
  EXPECT_EQ(process("same person a, b"), "2076 8:40 process `p` cannot be done as written: the person who does `a` and `b` breaks `a/b`\n");
  EXPECT_EQ(process("at most 1 people do { a, c }"), "2076 8:40 process `p` cannot be done as written: the person who does `a` and `c` breaks `a/c`\n");
  EXPECT_EQ(process("at most 2 people do { a, b, c }"),
            "2076 8:40 process `p` cannot be done as written: at most 2 people do `a`, `b` and `c`, and nobody may do two of them\n");
  EXPECT_EQ(process("at most 3 people do { a, b, c }"), "");
  EXPECT_EQ(process("needs at least 4 people at most 3 people do { a, b, c }"),
            "2076 8:64 process `p` cannot be done as written: it needs at least 4 people, and at most 3 do its steps\n");
  EXPECT_EQ(process("needs at least 4 people at most 3 people do { a, b }"), "");
  const auto of_one = [](const std::string& asks) {
    return HygieneOf("object o duty a { on o } duty b { on o }\nprocess p per o { step a step b " + asks + " }");
  };
  EXPECT_EQ(of_one("needs at least 2 people at most 1 people do { a, b }"),
            "2076 6:57 process `p` cannot be done as written: it needs at least 2 people, and at most 1 do its steps\n");
  EXPECT_EQ(of_one("needs at least 2 people same person a, b"),
            "2076 6:57 process `p` cannot be done as written: it needs at least 2 people, and at most 1 do its steps\n");
  EXPECT_EQ(of_one("needs at least 1 people same person a, b"), "");
  EXPECT_EQ(of_one("needs at least 2 people at most 1 people do { a }"), "");
  EXPECT_EQ(process("step d"), "2076 8:40 process `p` cannot be done as written: nobody may do `d`\n");
  EXPECT_EQ(process("order a, b order b, c order c, a"), "2076 8:40 process `p` cannot be done as written: `a` comes before `b`, and behind it\n");
  EXPECT_EQ(process("order a, b, c"), "");
}

TEST(Hygiene, CountsRulesAboutAnObjectWhereTheProcessIsAboutIt) {
  const auto process = [](const std::string& per) {
    return HygieneOf("object o object u duty a { on o } duty b { on o }\nconflict a with b per o\nprocess p per " + per + " { step a step b same person a, b }");
  };
  EXPECT_NE(process("o"), "");
  EXPECT_EQ(process("u"), "");
}

}  // namespace
}  // namespace sodc::test
