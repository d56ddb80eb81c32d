// Comments stay: each in its place, none lost, none doubled.
#include <gtest/gtest.h>

#include "tests/unit/format/format_fixture.h"

namespace sodc {
namespace {

struct Case {
  const char* shows;
  std::string_view source;
  std::string_view canonical;
};

class Comments : public testing::TestWithParam<Case> {};

TEST_P(Comments, StayInTheirPlace) { EXPECT_EQ(Canonical(GetParam().source), GetParam().canonical); }

std::string NameOfCase(const testing::TestParamInfo<Case>& info) { return info.param.shows; }

constexpr Case kStatements[] = {
    {"OnlyComments", "\n\n// a\n\n\n/* b */\n", "// a\n\n/* b */\n"},
    {"BeforeTheFirst", "// a\nduty x", "// a\nduty x\n"},
    {"BesideADeclaration", "duty x// a\nduty y   // b", "duty x  // a\nduty y  // b\n"},
    {"BlankLinesAroundComments", "duty x\n\n\n// a\n\n\n\n// b\nduty y", "duty x\n\n// a\n\n// b\nduty y\n"},
    {"AtTheEnd", "duty x\n\n// a\n// b", "duty x\n\n// a\n// b\n"},
    {"AtTheEndWithoutALineEnd", "duty x // a", "duty x  // a\n"},
    {"Documentation", "/// a\n///   b\n\n\nduty x", "/// a\n///   b\n\nduty x\n"},
    {"BlanksBehindDocumentationArePartOfIt", "/// a  \nduty x", "/// a  \nduty x\n"},
    {"BlanksBehindCommentsGo", "// a  \t\nduty x /* b */  ", "// a\nduty x /* b */\n"},
    {"DocumentationBehindADeclarationStaysBeside", "duty x /// a\nduty y", "duty x  /// a\nduty y\n"},
    {"DocumentationBehindATallComment", "duty x /* a\n */ /// b\nduty y", "duty x /* a\n        */\n/// b\nduty y\n"},
    {"BlockBeforeADeclaration", "/* a */ duty x\n/* b */\nduty y", "/* a */ duty x\n/* b */\nduty y\n"},
    {"BlockBetweenDeclarationsOfALine", "duty x /* a */ duty y", "duty x /* a */\nduty y\n"},
    {"BlocksInARow", "/* a */ /* b */ duty x /* c */ /* d */ // e", "/* a */ /* b */ duty x /* c */ /* d */  // e\n"},
    {"IndentedCommentsComeBack", "   // a\n   duty x", "// a\nduty x\n"},
    {"CrlfBehindComments", "// a\r\nduty x // b\r\n", "// a\nduty x  // b\n"},
};
INSTANTIATE_TEST_SUITE_P(Statements, Comments, testing::ValuesIn(kStatements), NameOfCase);

constexpr Case kBodies[] = {
    {"BehindTheOpeningBrace", "duty x { // a\n class c\n}", "duty x {  // a\n  class c\n}\n"},
    {"BehindTheClosingBrace", "duty x {\n class c\n} // a", "duty x {\n  class c\n}  // a\n"},
    {"BehindABodyOfOneLine", "duty x { class c } // a", "duty x { class c }  // a\n"},
    {"BetweenHeaderAndBody", "duty x // a\n{\n class c\n}", "duty x {  // a\n  class c\n}\n"},
    {"LinesBetweenHeaderAndBody", "duty x\n// a\n// b\n{\n class c\n}", "duty x {\n  // a\n  // b\n  class c\n}\n"},
    {"BothSidesOfTheBrace", "duty x // a\n{ // b\n class c\n}", "duty x {  // a\n  // b\n  class c\n}\n"},
    {"BlockBetweenHeaderAndBody", "duty x /* a */ { class c }", "duty x /* a */ { class c }\n"},
    {"InAnEmptyBody", "duty x { // a\n}", "duty x {  // a\n}\n"},
    {"LinesInAnEmptyBody", "duty x {\n\n // a\n\n}", "duty x {\n  // a\n}\n"},
    {"BlockInAnEmptyBody", "duty x { /* a */ }", "duty x { /* a */ }\n"},
    {"BeforeTheClosingBrace", "duty x {\n class c\n\n // a\n}", "duty x {\n  class c\n\n  // a\n}\n"},
    {"BetweenAttributes", "duty x {\n class c // a\n // b\n\n tags t /* c */\n}",
     "duty x {\n  class c  // a\n  // b\n\n  tags t /* c */\n}\n"},
    {"BlockInABodyOfOneLine", "duty x { /* a */ class c /* b */ tags t /* c */ }",
     "duty x { /* a */ class c /* b */  tags t /* c */ }\n"},
    {"ALineCommentOpensItsBody", "duty x { class c // a\n tags t }", "duty x {\n  class c  // a\n  tags t\n}\n"},
    {"InNestedBodies", "scale s {\n member m { // a\n // b\n } // c\n // d\n}",
     "scale s {\n  member m {  // a\n    // b\n  }  // c\n  // d\n}\n"},
    {"BlockBeforeAnAttribute", "duty x {\n /* a */ class c\n}", "duty x {\n  /* a */ class c\n}\n"},
};
INSTANTIATE_TEST_SUITE_P(Bodies, Comments, testing::ValuesIn(kBodies), NameOfCase);

constexpr Case kLists[] = {
    {"InAList", "assign e to a, // x\n b", "assign e to a,  // x\n  b\n"},
    {"LinesInAList", "assign e to a,\n // x\n b", "assign e to a,\n  // x\n  b\n"},
    {"BeforeAComma", "assign e to a // x\n , b", "assign e to a,  // x\n  b\n"},
    {"LinesBeforeAComma", "assign e to a\n // x\n , b", "assign e to a,\n  // x\n  b\n"},
    {"BothSidesOfAComma", "assign e to a // x\n , // y\n b", "assign e to a,  // x\n  // y\n  b\n"},
    {"BlockBeforeAComma", "assign e to a /* x */, b", "assign e to a /* x */, b\n"},
    {"BlockBehindAComma", "assign e to a, /* x */ b", "assign e to a, /* x */ b\n"},
    {"BlockBeforeTheLastItem", "assign e to a,\n/* x */ b", "assign e to a, /* x */ b\n"},
    {"BehindTheBraceOfAList", "group g = { // x\n a, b }", "group g = {  // x\n  a, b,\n}\n"},
    {"BlockBehindTheBraceOfAList", "group g = {\n /* x */ a, // y\n b }", "group g = {\n  /* x */ a,  // y\n  b,\n}\n"},
    {"BeforeTheBraceOfAList", "group g = { a, b // x\n}", "group g = {\n  a, b,  // x\n}\n"},
    {"BehindTheTrailingComma", "group g = { a, b, // x\n // y\n}", "group g = {\n  a, b,  // x\n  // y\n}\n"},
    {"BeforeTheTrailingComma", "group g = { a, b // x\n, }", "group g = {\n  a, b,  // x\n}\n"},
    {"BlockBeforeTheTrailingComma", "group g = { a, b /* x */, }", "group g = { a, b /* x */ }\n"},
    {"PartsOfAList", "group g = {\n // x\n a, b,\n\n // y\n c\n}", "group g = {\n  // x\n  a, b,\n\n  // y\n  c,\n}\n"},
    {"BehindTheListOfAHeader", "conflict c at most 1 of { a, b } // x\n { risk high }",
     "conflict c at most 1 of { a, b } {  // x\n  risk high\n}\n"},
    {"InBracesOfLists", "group g = { { a, // x\n b }, c }", "group g = {\n  {\n    a,  // x\n    b,\n  }, c,\n}\n"},
};
INSTANTIATE_TEST_SUITE_P(Lists, Comments, testing::ValuesIn(kLists), NameOfCase);

constexpr Case kWords[] = {
    {"BehindTheKeyword", "duty // a\n x", "duty  // a\n  x\n"},
    {"BetweenKeywordAndValue", "duty x {\n class // a\n c\n}", "duty x {\n  class  // a\n    c\n}\n"},
    {"LinesBetweenKeywordAndValue", "duty x {\n class\n// a\n c\n}", "duty x {\n  class\n    // a\n    c\n}\n"},
    {"AroundADot", "assign e to std /* a */ . /* b */ it", "assign e to std /* a */. /* b */it\n"},
    {"LineBeforeADot", "assign e to std // a\n .it", "assign e to std  // a\n  .it\n"},
    {"InParentheses", "group g = ( /* a */ b )", "group g = ( /* a */b)\n"},
    {"BeforeATextBlock", "duty x {\n description // a\n \"\"\"\n t\n \"\"\" // b\n}",
     "duty x {\n  description  // a\n    \"\"\"\n    t\n    \"\"\"  // b\n}\n"},
    {"NoCommentInATextBlock", "duty x {\n description \"\"\"\n // t\n /* u */\n \"\"\"\n}",
     "duty x {\n  description \"\"\"\n    // t\n    /* u */\n    \"\"\"\n}\n"},
    {"NoCommentInAString", "duty x \"// t /* u */\"", "duty x \"// t /* u */\"\n"},
    {"DocumentationInABody", "duty x {\n /// a\n class c\n}", "duty x {\n  /// a\n  class c\n}\n"},
    {"FourSlashes", "//// a\nduty x", "//// a\nduty x\n"},
};
INSTANTIATE_TEST_SUITE_P(Words, Comments, testing::ValuesIn(kWords), NameOfCase);

constexpr Case kTall[] = {
    {"StarsStandUnderTheFirst", "duty x {\n/*\n* a\n     * b\n*/\n class c\n}",
     "duty x {\n  /*\n   * a\n   * b\n   */\n  class c\n}\n"},
    {"LinesMoveWithTheFirst", "duty x {\n/* a\n   b\n\n     c */\n class c\n}",
     "duty x {\n  /* a\n     b\n\n       c */\n  class c\n}\n"},
    {"LinesMoveBack", "        /* a\n           b */\nduty x", "/* a\n   b */\nduty x\n"},
    {"LinesLeftOfTheFirst", "      /* a\n  b */\nduty x", "/* a\nb */\nduty x\n"},
    {"TabsStay", "    /* a\n\tb */\nduty x", "/* a\n\tb */\nduty x\n"},
    {"BlanksBehindLinesGo", "/* a  \n  \n   b */\nduty x", "/* a\n\n   b */\nduty x\n"},
    {"CrlfInComments", "/* a\r\n   b */\r\nduty x", "/* a\n   b */\nduty x\n"},
    {"BetweenWords", "duty x {\n class /* a\n b */ c\n}", "duty x {\n  class /* a\n  b */\n    c\n}\n"},
    {"WordsBehindATallComment", "/* a\n*/ duty x", "/* a\n */\nduty x\n"},
};
INSTANTIATE_TEST_SUITE_P(Tall, Comments, testing::ValuesIn(kTall), NameOfCase);

}  // namespace
}  // namespace sodc
