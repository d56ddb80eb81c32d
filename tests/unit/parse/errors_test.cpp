// One mistake, one error, nothing else lost: by table.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "compiler/parse/scan/scanner.h"
#include "forms.h"
#include "parse_fixture.h"

namespace sodc {
namespace {

struct Case {
  const char* text;
  const char* diagnostics;
  const char* tree;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class OneMistake : public testing::TestWithParam<Case> {};

TEST_P(OneMistake, IsOneErrorAndLosesNothingElse) {
  const Parsed parsed = ParseText(GetParam().text);
  EXPECT_EQ(parsed.diagnostics, std::string(GetParam().diagnostics) + "\n");
  EXPECT_EQ(parsed.tree, std::string(GetParam().tree) + "\n");
}

INSTANTIATE_TEST_SUITE_P(Words, OneMistake, testing::Values(
    Case{"dutty a\nduty b", "1:1 DeclarationExpected: expected a declaration, found `dutty`", "(duty damaged a)\n(duty b)"},
    Case{"duty a\ndutty b \"B\" { note \"x\" }", "2:1 DeclarationExpected: expected a declaration, found `dutty`",
         "(duty damaged a)\n(duty damaged b \"B\" (note \"x\"))"},
    Case{"role r {\n  grnts a, b\n  note \"n\"\n}", "2:3 UnknownAttribute: `grnts` is no attribute",
         "(role damaged r (grants a b (note \"n\")))"},
    Case{"role r {\n  frobs bar\n  note \"n\"\n}", "2:3 UnknownAttribute: `frobs` is no attribute",
         "(role damaged r (note \"n\"))"},
    Case{"conflict a wiht b", "1:12 UnexpectedToken: expected `with`, found `wiht`", "(conflict damaged [a] [b])"},
    Case{"duty review \"R\"", "1:6 ReservedWordAsName: `review` is a reserved word and cannot be a name",
         "(duty damaged review \"R\")"},
    Case{"role r { grants a, review }", "1:20 ReservedWordAsName: `review` is a reserved word and cannot be a name",
         "(role damaged r (grants a review))"},
    Case{"std.risk\nduty a", "1:1 DeclarationExpected: expected a declaration, found `std`", "(import damaged std.risk)\n(duty a)"}));

INSTANTIATE_TEST_SUITE_P(Tokens, OneMistake, testing::Values(
    Case{"conflict a b { risk high }", "1:12 UnexpectedToken: expected `with`, found `b`", "(conflict damaged [a] [b] (risk high))"},
    Case{"assign eric to\nduty b \"B\"", "1:15 UnexpectedToken: expected a name, found the next declaration",
         "(assign damaged eric)\n(duty b \"B\")"},
    Case{"conflict a with\ncontrol k { note \"x\" }", "1:16 UnexpectedToken: expected a name, found the next declaration",
         "(conflict damaged [a])\n(control k (note \"x\"))"},
    Case{"duty duty b \"B\"", "1:6 UnexpectedToken: expected a name, found `duty`", "(duty b \"B\")"},
    Case{"role r {\n  grants a,\n  note \"n\"\n}", "2:11 TrailingComma: a list ends here; a comma may follow its last item only before a closing brace",
         "(role damaged r (grants a (note \"n\")))"},
    Case{"duty a Code Development\nduty b", "1:8 UnexpectedToken: expected a text in quotes, `{` or the end of the declaration, found `Code`",
         "(duty damaged a)\n(duty b)"},
    Case{"role r { mitigated c note \"x\" }", "1:20 UnexpectedToken: expected `by`, found `c`",
         "(role damaged r (mitigated by c) (note \"x\"))"},
    Case{"person a \"A\" }\nduty b", "1:14 BraceNeverOpened: this `}` closes nothing", "(person damaged a \"A\")\n(duty b)"}));

INSTANTIATE_TEST_SUITE_P(Joints, OneMistake, testing::Values(
    Case{"conflict a and b", "1:12 UnexpectedToken: expected `with`, found `and`", "(conflict damaged [a] [b])"},
    Case{"conflict x between a with b", "1:22 UnexpectedToken: expected `and`, found `with`", "(conflict damaged x [a] [b])"},
    Case{"assign kim with clerk", "1:12 UnexpectedToken: expected `to`, found `with`", "(assign damaged kim [clerk])"},
    Case{"reserve a with role r", "1:11 UnexpectedToken: expected `to`, found `with`", "(reserve damaged [a] (to (role r)))"},
    Case{"compatible a and b because \"x\"", "1:14 UnexpectedToken: expected `with`, found `and`",
         "(compatible damaged [a] [b] (because \"x\"))"}));

INSTANTIATE_TEST_SUITE_P(Braces, OneMistake, testing::Values(
    Case{"duty a { note \"x\"\nduty b\nduty c { note \"y\" }", "1:8 BraceNeverClosed: this `{` is never closed",
         "(duty damaged a (note \"x\"))\n(duty b)\n(duty c (note \"y\"))"},
    Case{"duty a { { note \"x\" }\nduty b", "1:10 BraceNeverClosed: this `{` is never closed",
         "(duty damaged a (note \"x\"))\n(duty b)"},
    Case{"duty a\n  note \"x\"\n}\nduty b", "1:7 UnexpectedToken: expected `{`, found the end of the line",
         "(duty damaged a (note \"x\"))\n(duty b)"},
    Case{"team t { members a\nduty } b", "2:1 UnexpectedToken: expected `}`, found `duty`",
         "(team damaged t (members a))\n(duty b)"}));

INSTANTIATE_TEST_SUITE_P(Bytes, OneMistake, testing::Values(
    Case{"duty a;\nduty b", "1:7 StrayCharacter: `;` has no meaning here", "(duty a)\n(duty b)"},
    Case{";duty a\nduty b", "1:1 StrayCharacter: `;` has no meaning here", "(duty a)\n(duty b)"},
    Case{"control c { cadence every 30days }", "1:27 NumberGluedToText: `30days` is no number, date or duration",
         "(control c (cadence (every 30d)))"},
    Case{"duty code-review\nrole r { grants code-review }", "1:6 NameWithForeignCharacter: `code-review` is no plain name",
         "(duty code-review)\n(role r (grants code-review))"},
    Case{"person bob \"Bob { vacant }\nduty b", "1:12 UnterminatedString: this text is not closed on its line",
         "(person bob \"Bob { vacant }\")\n(duty b)"},
    Case{"duty a { note \"\"\"He said\n\"\"\" }\nduty b", "1:15 TextBlockOpensInline: the text of a block starts on the line after its opening quotes",
         "(duty a (note \"\\\"\\\"He said\\n\\\"\\\"\"))\n(duty b)"},
    Case{"duty a \"x\\q\"", "1:10 UnknownEscape: `\\q` is no escape of a text", "(duty a \"x\\\\q\")"},
    Case{"duty a { note \"\"\"\n\tx\n\t\"\"\" }", "3:1 MarginMixed: the margin of this text block is not made of spaces up to its closing quotes",
         "(duty a (note \"\tx\"))"},
    Case{"duty a\n/// end", "2:1 DocCommentOrphaned: this `///` comment documents nothing", "(duty a)"},
    Case{"duty `a\u202Eb`", "1:6 ForbiddenNameCharacter: a name contains the character U+202E", "(duty `a\u202Eb`)"},
    Case{"duty `e\u0301`", "1:6 ForbiddenNameCharacter: a name contains the character U+0301", "(duty `e\u0301`)"}));

TEST(Damage, TwoMistakesInOneBodyAreTwoErrors) {
  const Parsed parsed = ParseText("role r {\n  grnts a\n  includes b c\n  note \"n\"\n}\n");
  EXPECT_EQ(parsed.diagnostics, "2:3 UnknownAttribute: `grnts` is no attribute\n3:14 UnexpectedToken: expected `,`, found `c`\n");
  EXPECT_EQ(parsed.tree, "(role damaged r (grants a) (includes b c) (note \"n\"))\n");
}

TEST(Damage, NamesOfWhatCannotBeReadAreKept) {
  const Parsed parsed = ParseText("zzzzzzz bot { x }\nqqqqqqq `a b`");
  ASSERT_EQ(parsed.file.other_names.size(), 2u);
  EXPECT_EQ(parsed.file.other_names[0].text, "bot");
  EXPECT_EQ(parsed.file.other_names[1].text, "a b");
}

TEST(Damage, AFileOfBrokenBytesIsOneError) {
  EXPECT_EQ(ParseText("duty a\n\xC3(").diagnostics, "2:1 BrokenUtf8: this byte is not valid UTF-8\n");
  EXPECT_EQ(ParseText(std::string("duty a\n\0", 8)).diagnostics, "2:1 NulByte: the file contains a NUL byte\n");
  EXPECT_EQ(ParseText("duty a /* never").diagnostics, "1:8 UnterminatedComment: this comment is never closed\n");
  EXPECT_EQ(ParseText("duty a { note \"\"\"\n x\n}\n").diagnostics, "1:15 UnterminatedTextBlock: this text block is never closed\n");
  EXPECT_EQ(ParseText("duty `a\nduty b").diagnostics, "1:6 UnterminatedQuotedName: this quoted name is not closed on its line\n");
}

TEST(Limits, AreOneErrorEach) {
  const std::string deep = "group g = " + std::string(100000, '(');
  EXPECT_EQ(ParseText(deep).diagnostics, "1:211 NestedTooDeep: brackets are nested more than 200 deep\n");
  EXPECT_EQ(ParseText(std::string(1000, '}')).diagnostics, "1:1 DeclarationExpected: expected a declaration, found `}`\n");
  std::string chain = "group g = a";
  for (int i = 0; i < 50000; ++i) chain += " except a";
  EXPECT_NE(ParseText(chain).diagnostics.find("NestedTooDeep"), std::string::npos);
  EXPECT_EQ(ParseText("duty a", {.max_tokens = 1}).diagnostics, "1:1 TooManyTokens: the file has more than 1 tokens\n");
  EXPECT_EQ(ParseText("group g = { a, b, c }", {.max_declaration_tokens = 5}).diagnostics, "1:1 DeclarationTooLong: this declaration has more than 5 tokens\n");
  EXPECT_EQ(ParseText("duty a duty b", {.max_declarations = 1}).diagnostics, "1:1 FileTooLong: the file has more than 1 declarations\n");
  EXPECT_EQ(ParseText("duty abcdef", {.max_name_bytes = 5}).diagnostics, "1:6 NameTooLong: this name has 6 bytes; the limit is 5\n");
  EXPECT_EQ(ParseText("duty a;\nduty b;\nduty c;", {.max_errors = 1}).diagnostics,
            "1:7 StrayCharacter: `;` has no meaning here\n2:7 TooManyErrors: `a.sod` has more than 1 errors; the rest is not shown\n");
}

// A filter is never what was forgotten.
TEST(Damage, NobodyIsToldToInsertAFilter) {
  EXPECT_EQ(ParseText("conflict a b\nfoo bar\n").diagnostics.find("where"), std::string::npos);
  EXPECT_EQ(ParseText("conflict a b\nfoo bar baz\n").diagnostics.find("where"), std::string::npos);
}

// One word of a form dropped, written twice or changed with the next one.
TEST(Forms, WithOneMistakeHaveOneError) {
  size_t broken = 0;
  size_t single = 0;
  for (const Form& form : kForms) {
    const std::string text = form.text;
    const std::vector<Token> tokens = Scan(text, {}).tokens;
    for (size_t i = 0; i < tokens.size(); ++i) {
      const std::string word(tokens[i].Text(text));
      std::string dropped = text, twice = text, swapped = text;
      dropped.erase(tokens[i].begin, word.size());
      twice.insert(tokens[i].end(), " " + word);
      if (i + 1 < tokens.size()) {
        const std::string next(tokens[i + 1].Text(text));
        swapped.replace(tokens[i].begin, tokens[i + 1].end() - tokens[i].begin, next + " " + word);
      }
      for (const std::string& mutant : {dropped, twice, swapped}) {
        const std::string errors = ParseText(mutant + "\nduty behind\n").diagnostics;
        if (errors.empty()) continue;
        ++broken;
        const bool is_single = std::count(errors.begin(), errors.end(), '\n') == 1;
        single += is_single ? 1 : 0;
        if (!is_single && std::getenv("SHOW_MUTANTS") != nullptr) std::cerr << mutant << '\n' << errors << '\n';
      }
    }
  }
  EXPECT_GT(broken, 3000u);
  EXPECT_GE(static_cast<double>(single), 0.95 * static_cast<double>(broken)) << single << " of " << broken;
}

// Any heap of words is read to its end, and every place lies in the text.
TEST(AnyText, IsReadToItsEnd) {
  const std::string pieces[] = {"duty", "role", "a", "b", "{", "}", "(", ")", ",", "\n", "\n", "conflict", "with", "between",
                                "and", "grants", "note", "\"x\"", "at", "most", "1", "of", "all", "except", "where", "import",
                                ".", "=", "assign", "to", "member", "system", "by", "section", "2026-01-01", "3mo", "\"", "`",
                                "\"\"\"\n", "4x", "a-b", ";", "agent", "//", "claims", "scale", "should", "from", "until"};
  std::mt19937 random(20260123);
  for (int round = 0; round < 1500; ++round) {
    std::string text;
    const size_t length = random() % 60;
    for (size_t i = 0; i < length; ++i) text += pieces[random() % std::size(pieces)] + " ";
    SourceManager sources;
    CollectingSink sink;
    const FileId id = sources.Add("a.sod", text);
    const ast::File file = Parse(id, sources, {}, sink);
    for (const Diagnostic& diagnostic : sink.diagnostics()) {
      ASSERT_LE(diagnostic.span.begin, diagnostic.span.end) << text;
      ASSERT_LE(diagnostic.span.end, text.size()) << text;
      ASSERT_FALSE(diagnostic.message.empty()) << text;
    }
    ASSERT_FALSE(RenderText(sink.diagnostics(), sources, {}).empty() && !sink.diagnostics().empty());
  }
}

}  // namespace
}  // namespace sodc
