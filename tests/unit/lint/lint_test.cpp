// Policy findings over small policies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/lint/lint.h"
#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

struct Finding {
  const char* source;    // stands from line 3
  const char* expected;  // all findings: code, place and message of each
};

std::string FindingsOf(const std::string& rest) {
  SourceManager sources;
  CollectingSink sink;
  LoadOptions options;
  options.standard_input = "policy p { language 1 }\nimport std.levels\n" + rest;
  const Program program = Load("-", sources, options, sink);
  const model::Model model = Check(program, sources, {}, sink);
  EXPECT_FALSE(sink.HasLanguageError()) << rest;
  Lint(model, {}, sink);
  sink.Sort();
  std::string lines;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    lines += CodeOf(diagnostic.kind) + ' ' + Place(sources, diagnostic.span) + ' ' + diagnostic.message + '\n';
  }
  return lines;
}

TEST(Lint, FindsEachOnceAtItsPlace) {
  const Finding findings[] = {
      {"duty a duty b conflict a with b role r { grants a } role s { grants b }", ""},
      {"duty a duty b conflict a with b role r { grants a, b }", "SOD2001 3:38 whoever holds role `r` breaks conflict `a/b`\n"},
      // The including role that adds nothing is not named again.
      {"duty a duty b conflict a with b role r { grants a, b } role s { includes r }",
       "SOD2001 3:38 whoever holds role `r` breaks conflict `a/b`\n"},
      {"duty a duty b conflict a with b role r { grants a } role s { includes r grants b }",
       "SOD2001 3:58 whoever holds role `s` breaks conflict `a/b`\n"},
      // Below its trigger level a duty breaks nothing.
      {"duty a duty b conflict a at full with b role r { grants a at limited grants b }", ""},
      {"duty a duty b duty c conflict x at most 2 of { a, b, c } role r { grants a, b }", ""},
      {"duty a duty b duty c conflict x at most 2 of { a, b, c } role r { grants a, b, c }",
       "SOD2001 3:63 whoever holds role `r` breaks conflict `x`\n"},
      {"duty a duty b duty c conflict x between all of { a, b } and c role r { grants a, c }", ""},
      {"duty a duty b duty c conflict x between any of { a, b } and c role r { grants b, c }",
       "SOD2001 3:68 whoever holds role `r` breaks conflict `x`\n"},
      {"role r role s role t { includes r, s } conflict role r with role s",
       "SOD2002 3:20 role `t` includes what conflict `r/s` keeps apart\n"},
      {"role r role s { includes r } conflict role r with role s",
       "SOD2002 3:13 role `s` includes what conflict `r/s` keeps apart\n"},
      {"duty a role r { grants a restricts a }", "SOD2003 3:13 role `r` breaks restriction `a/r`\n"},
      {"duty a role s { grants a } role r { includes s restricts a }", "SOD2003 3:33 role `r` breaks restriction `a/r`\n"},
      {"duty a role r { grants a restricts a on own actions }", ""},
      {"duty a role r { grants a restricts a should }",
       "SOD2004 3:13 role `r` breaks restriction `a/r`, which holds where possible\n"},
      {"duty a duty b conflict x between a and b { should mode deny }",
       "SOD2005 3:24 conflict `x` is a `should` and yet denies\n"},
      {"duty a { separated from b } duty b { separated from a should }",
       "SOD2006 3:53 `a` must be separated from `b`, but only should the other way round\n"},
      {"duty a { separated from b } duty b { separated from a }", ""},
      {"duty pay role Pay", "SOD2008 3:15 `Pay` and `pay` differ in upper and lower case alone\n"},
      {"duty a service s assign s to a", "SOD2011 3:16 service `s` holds something, and nobody acts as it\n"},
      {"duty a agent s { controlled by p } person p assign s to a", "SOD2011 3:14 agent `s` holds something, and nobody acts as it\n"},
      {"duty a service s person p { acts as s } assign s to a", ""},
      {"duty a service s", ""},
      {"duty a role r { grants a undecided \"later\" }", "SOD2012 3:24 it is not decided whether role `r` grants `a`: later\n"},
      {"duty a duty b person p person q assign p to b delegate a from p to q", "SOD2013 3:56 `p` delegates `a`, which nothing here gives to `p`\n"},
      {"duty a duty b person p person q assign p to a from 2027-01-01 delegate a from p to q until 2026-12-31",
       "SOD2013 3:72 `p` delegates `a`, which nothing here gives to `p`\n"},
      {"duty a duty b person p person q assign p to a suspended delegate a from p to q",
       "SOD2013 3:66 `p` delegates `a`, which nothing here gives to `p`\n"},
      {"duty a person p person q team t { members p } role r { grants a } assign t to r delegate a from p to q", ""},
      {"duty a person p person q delegate a from p to q", ""},
      {"duty a duty b duty c { is a } conflict a with b", "SOD2010 3:20 `c` stands for `a`, but rules on that duty do not reach it: 1\n"},
      {"duty a duty b duty c { is a } conflict a with b conflict c with b conflict x between {a, c} and b",
       "SOD2010 3:20 `c` stands for `a`, but rules on that duty do not reach it: 1\n"
       "SOD2073 3:31 whoever breaks `a/b` breaks `x`, too, which is at least as strict\n"
       "SOD2073 3:49 whoever breaks `b/c` breaks `x`, too, which is at least as strict\n"},
      {"duty a duty b duty c { is a } conflict x between { a, c } and b", ""},
      {"duty a duty b duty c { is a } conflict c with b", ""},
      {"duty a duty b conflict a with b compatible b with a", "SOD2009 3:33 `a` and `b` are called compatible and are in conflict `a/b`\n"},
      {"duty a duty b duty c conflict b with c compatible a with all", ""},
  };
  for (const Finding& finding : findings) EXPECT_EQ(FindingsOf(finding.source), finding.expected) << finding.source;
}

TEST(Lint, TellsOfARoleThatBreaksEverythingOnce) {
  const Finding findings[] = {
      // Every rule between duties by one role: told once (E19). With one rule less it is told rule by rule.
      {"duty a duty b duty c conflict a with b conflict x at most 2 of { a, b, c } role r { grants all }",
       "SOD2073 3:49 whoever breaks `x` breaks `a/b`, too, which is at least as strict\n"
       "SOD2070 3:81 whoever holds role `r` breaks every rule between duties, all 2\n"},
      {"duty a duty b duty c conflict a with b conflict b with c conflict a with c role r { grants all except c }",
       "SOD2001 3:81 whoever holds role `r` breaks conflict `a/b`\n"},
      {"duty a duty b duty c conflict a with b conflict b with c role r { grants a, b } role s { includes r grants c } role t { includes s }",
       "SOD2001 3:63 whoever holds role `r` breaks conflict `a/b`\n"
       "SOD2070 3:86 whoever holds role `s` breaks every rule between duties, all 2\n"},
      // A rule about roles, places or one duty is none between duties, and a role that breaks it says so by itself.
      {"duty a duty b duty c conflict a with b conflict b with c role q role r { includes q grants all } conflict role q with a",
       "SOD2002 3:70 role `r` includes what conflict `a/q` keeps apart\n"
       "SOD2070 3:70 whoever holds role `r` breaks every rule between duties, all 2\n"},
  };
  for (const Finding& finding : findings) EXPECT_EQ(FindingsOf(finding.source), finding.expected) << finding.source;
}

TEST(Lint, WantsOwnersOfManyConflicts) {
  std::string text = "person e duty a duty b duty c duty d duty e1 duty f ";
  const char* names[] = {"a", "b", "c", "d", "e1"};
  int count = 0;
  for (int i = 0; i < 5; ++i) {
    for (int k = i + 1; k < 5; ++k, ++count) text += std::string("conflict ") + names[i] + " with " + names[k] + "\n";
  }
  ASSERT_EQ(count, 10);
  EXPECT_EQ(FindingsOf(text), "");
  EXPECT_EQ(FindingsOf(text + "conflict a with f { owner e }"), "SOD2007 1:8 10 of 11 conflicts have no owner\n");
}

}  // namespace
}  // namespace sodc::test
