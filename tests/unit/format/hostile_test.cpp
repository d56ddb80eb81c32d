// Whatever comes in: diagnostics, or a text that says the same; in time.
#include <gtest/gtest.h>

#include "compiler/format/compare.h"
#include "tests/unit/format/format_fixture.h"

namespace sodc {
namespace {

std::string Repeated(std::string_view text, size_t count) {
  std::string all;
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(Hostile, GivesTheDiagnosticsOfTheParser) {
  EXPECT_EQ(Canonical(std::string_view("duty a\0", 7)), "syntax error SOD0004");
  EXPECT_EQ(Canonical("duty \xff"), "syntax error SOD0003");
  EXPECT_EQ(Canonical("duty a \"b"), "syntax error SOD0104");
  EXPECT_EQ(Canonical("duty a {\n description \"\"\"\n b"), "syntax error SOD0105");
  EXPECT_EQ(Canonical("duty `a"), "syntax error SOD0107");
  EXPECT_EQ(Canonical("duty a /* b"), "syntax error SOD0108");
  EXPECT_EQ(Canonical("group g = " + Repeated("{", 500) + "a" + Repeated("}", 500)), "syntax error SOD0109");
  EXPECT_EQ(Canonical("duty a {"), "syntax error SOD0202");
  EXPECT_EQ(Canonical("duty a }"), "syntax error SOD0203");
  EXPECT_EQ(Canonical("what is this"), "syntax error SOD0204");
}

TEST(Hostile, RefusesWhatIsTooLarge) {
  SourceManager sources;
  CollectingSink sink;
  FormatOptions options;
  options.parse.max_file_bytes = 10;
  const FileId file = sources.Add("test.sod", "duty a duty b");
  EXPECT_EQ(Format(file, sources, options, sink).status, FormatStatus::SyntaxErrors);
  EXPECT_EQ(CodeOf(sink.diagnostics().front().kind), "SOD0002");
}

TEST(Hostile, DeepListsAreFormatted) {
  const std::string source = "group g = " + Repeated("{ aaaaaaaaaaaaaaaaaaaa, ", 150) + "b" + Repeated(" }", 150);
  const std::string canonical = Canonical(source);
  EXPECT_EQ(canonical.find("syntax error"), std::string::npos);
  EXPECT_EQ(canonical.rfind("group g = {\n  aaaaaaaaaaaaaaaaaaaa,", 0), 0u);
}

TEST(Hostile, LongChainsAreFilled) {
  const std::string canonical = Canonical("group g = all" + Repeated(" except aaaaaaaaaa", 150));
  EXPECT_EQ(canonical.rfind("group g = all except aaaaaaaaaa", 0), 0u);
  for (size_t at = 0; at < canonical.size();) {
    const size_t end = canonical.find('\n', at);
    EXPECT_LE(end - at, 100u);
    at = end + 1;
  }
}

// One shape each, large enough that anything quadratic would be noticed.
TEST(Hostile, LargeTextsAreLinear) {
  const std::string names = "a" + Repeated(", aaaaaaaa", 40'000);
  EXPECT_EQ(Canonical("group g = { " + names + " }").rfind("group g = {\n", 0), 0u);
  EXPECT_EQ(Canonical("assign e to " + names).rfind("assign e to a, aaaaaaaa,", 0), 0u);
  EXPECT_EQ(Canonical("assign e to a" + Repeated(".a", 40'000)).rfind("assign e\n  to a.a", 0), 0u);
  EXPECT_EQ(Canonical("duty a" + Repeated(" /* c */", 200'000)).rfind("duty a /* c */", 0), 0u);
  EXPECT_EQ(Canonical("duty" + Repeated(" /* c */", 200'000) + " a").rfind("duty /* c */", 0), 0u);
  EXPECT_EQ(Canonical("duty" + Repeated(" // c\n", 200'000) + " a").rfind("duty  // c\n", 0), 0u);
  EXPECT_EQ(Canonical("duty" + Repeated(" /*\n*/", 200'000) + " a").rfind("duty /*\n", 0), 0u);
  EXPECT_EQ(Canonical("duty" + std::string(20'000'000, '\n') + "a"), "duty a\n");
  EXPECT_EQ(Canonical(Repeated("duty a { class x tags y }", 20'000)).rfind("duty a { class x  tags y }\n", 0), 0u);
  EXPECT_EQ(Canonical("duty a \"" + std::string(10'000'000, 'x') + "\"").size(), 10'000'010u);
}

struct Pair {
  const char* before;
  const char* after;
  const char* difference;
};

// The guard itself: what it lets pass, and what not.
TEST(Guard, SeesEveryChange) {
  constexpr Pair kPairs[] = {
      {"duty a { class x }", "duty a {\n  class x\n}\n", ""},
      {"group g = { a, }", "group g = { a }", ""},
      {"duty a // x\n{ class b }", "duty a {  // x\n  class b\n}\n", ""},
      {"duty a {\n description \"\"\"\n  x\n  \"\"\"\n}", "duty a {\n description \"\"\"\nx\n\"\"\"\n}", ""},
      {"duty a", "duty b", "the word at byte 5"},
      {"duty a", "duty `a`", "the word at byte 5"},
      {"duty a duty b", "duty a", "the word at byte 7"},
      {"duty a", "duty a duty b", "the word at byte 7"},
      {"fact a = 3_500", "fact a = 3500", "the word at byte 9"},
      {"duty a {\n description \"\"\"\n  x\n  \"\"\"\n}", "duty a {\n description \"\"\"\n x\n\"\"\"\n}", "the word at byte 22"},
      {"duty a // x", "duty a", "comment 1"},
      {"duty a // x", "duty a // y", "comment 1"},
      {"duty a // x", "duty a /* x */", "comment 1"},
      {"/* x */ duty a", "duty a /* x */", "comment 1"},
      {"duty a // x\nduty b // y", "duty a // x\n// z\nduty b // y", "comment 2"},
      {"/// x\nduty a", "/// x \nduty a", "declaration 1"},
      {"duty a /// x\nduty b", "duty a\n/// x\nduty b", "declaration 2"},
  };
  for (const Pair& pair : kPairs) {
    SourceManager sources;
    CollectingSink sink;
    const ast::File tree = Parse(sources.Add("test.sod", pair.before), sources, {}, sink);
    EXPECT_EQ(DifferenceOf(pair.before, SumsOf(tree), pair.after, {}), pair.difference) << pair.before << " => " << pair.after;
  }
}

}  // namespace
}  // namespace sodc
