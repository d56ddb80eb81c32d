// Text → tree, by table.
#include <gtest/gtest.h>

#include "parse_fixture.h"

namespace sodc {
namespace {

struct Case {
  const char* text;
  const char* tree;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class TreeOf : public testing::TestWithParam<Case> {};

TEST_P(TreeOf, IsWhatTheAuthorWrote) {
  const Parsed parsed = ParseText(GetParam().text);
  EXPECT_EQ(parsed.diagnostics, "");
  EXPECT_EQ(parsed.tree, std::string(GetParam().tree) + "\n");
  EXPECT_FALSE(parsed.file.is_damaged);
}

INSTANTIATE_TEST_SUITE_P(Headers, TreeOf, testing::Values(
    Case{"policy p \"P\" { language 1 revision 3 }", "(policy p \"P\" (language 1) (revision 3))"},
    Case{"module std.it", "(module std.it)"},
    Case{"import std.it", "(import std.it)"},
    Case{"import \"other.sod\"", "(import \"other.sod\")"},
    Case{"duty `SAP:Z` \"Z\"", "(duty `SAP:Z` \"Z\")"},
    Case{"duty note", "(duty note)"},
    Case{"person eric \"Eric\" vacant", "(person eric \"Eric\" vacant)"},
    Case{"role ceo position { grants all }", "(role ceo position (grants all))"},
    Case{"group g = all except audit where class verify", "(group g [(where (except all audit) class verify)])"},
    Case{"group g = { a, (b except c), }", "(group g [{a (except b c)}])"},
    Case{"assign eric to ceo, b at limited, all from std.it from 2026-01-01 until 2026-06 { note \"x\" }",
         "(assign eric [ceo] [b at limited] [all from std.it] (from 2026-01-01) (until 2026-06) (note \"x\"))"},
    Case{"assign account gitlab \"eric\" to ceo", "(assign gitlab \"eric\" [ceo])"},
    Case{"conflict a at limited with b", "(conflict [a at limited] [b])"},
    Case{"conflict role a with any of g", "(conflict [role a] [any g])"},
    Case{"conflict x \"X\" between each of g and all of { a, b } { risk high }",
         "(conflict x \"X\" [each g] [all {a b}] (risk high))"},
    Case{"conflict x at most 1 of { a, role b, each of c, d at full, }",
         "(conflict x at-most 1 [a] [role b] [each c] [d at full])"},
    Case{"compatible a with all because \"fine\"", "(compatible [a] [all] (because \"fine\"))"},
    Case{"claims \"7.1\" { role r lists a, b }", "(claims \"7.1\" (lists r a b))"}));

INSTANTIATE_TEST_SUITE_P(Attributes, TreeOf, testing::Values(
    Case{"policy p { mode at most warn default risk high }", "(policy p (mode warn (at most)) (default risk high))"},
    Case{"role r { grants a, b at limited note \"n\" shown \"s\" }",
         "(role r (grants a b (at limited) (note \"n\") (shown \"s\")))"},
    Case{"role r { restricts a on own actions should shown \"s\" }",
         "(role r (restricts a (on own actions) (should) (shown \"s\")))"},
    Case{"duty d { separated from a, b should \"where possible\" }",
         "(duty d (separated from a b (should \"where possible\")))"},
    Case{"conflict a with b { must mitigated by c satisfies iso \"A.1\", \"A.2\" valid from 2026-01-01 }",
         "(conflict [a] [b] (must) (mitigated by c) (satisfies iso \"A.1\" \"A.2\") (valid (from 2026-01-01)))"},
    Case{"control c { nature a, b cadence every 3mo evidence log \"x\" dated 2026-03-01 every 48h }",
         "(control c (nature a b) (cadence (every 3mo)) (evidence log \"x\" (dated 2026-03-01) (every 48h)))"},
    Case{"system s { operated by o administered by p, q depends on t }",
         "(system s (operated by o) (administered by p q) (depends on t))"},
    Case{"scale s { member low \"Low\" { symbol \"l\" } member high }",
         "(scale s (member low \"Low\" (symbol \"l\")) (member high))"},
    Case{"framework f { clause \"A.1\" \"T\" { about policy } }", "(framework f (clause \"A.1\" \"T\" (about policy)))"},
    Case{"claims \"x\" { discloses role a with b in r because \"c\" }",
         "(claims \"x\" (discloses [role a] [b] (in r) (because \"c\")))"},
    Case{"document d { section \"S\" { table t of a, role r { columns duty \"D\", b row \"x\", \"y\" } } }",
         "(document d (section \"S\" (table t [a] [role r] (columns (column duty \"D\") (column b)) (row \"x\" \"y\"))))"},
    Case{"document d { field \"F\" 2026-01 field \"G\" a.b organization \"O\" legal \"L\" }",
         "(document d (field \"F\" 2026-01) (field \"G\" a.b) (organization \"O\" (legal \"L\")))"},
    Case{"person p { account gitlab \"eric\" }", "(person p (account gitlab \"eric\"))"}));

INSTANTIATE_TEST_SUITE_P(Texts, TreeOf, testing::Values(
    Case{R"(duty a "q\" b\\ n\n t\t u\u{e9}\u{1F600}")", "(duty a \"q\\\" b\\\\ n\\n t\t u\u00e9\U0001F600\")"},
    Case{"duty a { note \"\"\"\n    one\n      two\n\n    C:\\x\n    \"\"\" }",
         "(duty a (note \"one\\n  two\\n\\nC:\\\\x\"))"},
    Case{"duty a { note \"\"\"\r\n  one\r\n  two\r\n  \"\"\" }\r\n", "(duty a (note \"one\\ntwo\"))"},
    Case{"duty a { note \"\"\"\n\"\"\" }", "(duty a (note \"\"))"},
    Case{"duty a { note \"\"\"\n  He said \"no\".\n  \"\"\" }", "(duty a (note \"He said \\\"no\\\".\"))"},
    Case{"\xEF\xBB\xBF" "duty a", "(duty a)"},
    Case{"/// The first\n/// duty.\nduty a // rest\n/* more */", "(duty a (doc \"The first\\nduty.\"))"}));

TEST(Slices, RoleInAHeaderStartsNoDeclaration) {
  const Parsed parsed = ParseText("conflict x between role a\n  and role b\nrole c\nconflict role a with\n role b");
  EXPECT_EQ(parsed.diagnostics, "");
  EXPECT_EQ(parsed.tree, "(conflict x [role a] [role b])\n(role c)\n(conflict [role a] [role b])\n");
}

}  // namespace
}  // namespace sodc
