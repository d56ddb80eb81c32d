// Each rule of docs/formatting.md: what is written, what comes out.
#include <gtest/gtest.h>

#include "tests/unit/format/format_fixture.h"

namespace sodc {
namespace {

struct Case {
  const char* shows;
  std::string_view source;
  std::string_view canonical;
};

class Layout : public testing::TestWithParam<Case> {};

TEST_P(Layout, IsCanonical) { EXPECT_EQ(Canonical(GetParam().source), GetParam().canonical); }

std::string NameOfCase(const testing::TestParamInfo<Case>& info) { return info.param.shows; }

constexpr Case kWords[] = {
    {"NothingStaysNothing", "", ""},
    {"BlankFileIsEmpty", " \n\t\r\n\n", ""},
    {"OneBlankBetweenWords", "duty   a\t\"A\"", "duty a \"A\"\n"},
    {"DeclarationsHaveLines", "duty a duty b duty c", "duty a\nduty b\nduty c\n"},
    {"DeclarationsAreNotIndented", "  duty a\n\tduty b", "duty a\nduty b\n"},
    {"CrlfBecomesLf", "duty a\r\nduty b\r\n", "duty a\nduty b\n"},
    {"LoneCarriageReturnIsALineEnd", "duty a\r\r\rduty b", "duty a\n\nduty b\n"},
    {"ByteOrderMarkGoes", "\xEF\xBB\xBF" "duty a", "duty a\n"},
    {"OneBlankLineStays", "\n\nduty a\n\n\n\nduty b\n\n", "duty a\n\nduty b\n"},
    {"NoBlankLineIsAdded", "duty a { class x }\nduty b", "duty a { class x }\nduty b\n"},
    {"NoBlankBeforeCommaOrDot", "assign eric to std . it . lead , b ,c", "assign eric to std.it.lead, b, c\n"},
    {"BackticksStay", "duty `SAP:Z_AP`\nduty `plain`", "duty `SAP:Z_AP`\nduty `plain`\n"},
    {"EscapesStay", "duty a \"\\u{41}\\n\\\"\"", "duty a \"\\u{41}\\n\\\"\"\n"},
    {"NumberSeparatorsStay", "fact limit = 3_500", "fact limit = 3_500\n"},
    {"RangesAreTight", "assign eric to a on monday .. friday 07:00  ..19:00",
     "assign eric to a on monday..friday 07:00..19:00\n"},
    {"ParenthesesAreTight", "group g = ( all except a ) except ( b )", "group g = (all except a) except (b)\n"},
    {"BracesHaveBlanks", "group g={a,b}", "group g = { a, b }\n"},
    {"EmptyBodyIsTight", "duty a {   }", "duty a {}\n"},
    {"EmptyBodyOfLinesIsTight", "duty a\n{\n\n}", "duty a {}\n"},
};
INSTANTIATE_TEST_SUITE_P(Words, Layout, testing::ValuesIn(kWords), NameOfCase);

constexpr Case kBodies[] = {
    {"ShortBodyStaysOnItsLine", "duty a { class x description \"d\" }", "duty a { class x  description \"d\" }\n"},
    {"BodyOfLinesStaysOpen", "duty a {\n class x }", "duty a {\n  class x\n}\n"},
    {"LineBreakBetweenAttributesOpens", "duty a { class x\n description \"d\" }",
     "duty a {\n  class x\n  description \"d\"\n}\n"},
    {"LineBreakBeforeTheBraceOpens", "duty a { class x\n}", "duty a {\n  class x\n}\n"},
    {"LineBreakInAnAttributeDoesNotOpen", "duty a { class\nx description\n\"d\" }",
     "duty a { class x  description \"d\" }\n"},
    {"LineBreakInTheHeaderDoesNotOpen", "duty\na\n{ class x }", "duty a { class x }\n"},
    {"OneAttributeALine", "duty a {\n  class x   description \"d\"   tags t\n}",
     "duty a {\n  class x\n  description \"d\"\n  tags t\n}\n"},
    {"BlankLinesInBodies", "duty a {\n\n\n class x\n\n\n tags t\n\n}", "duty a {\n  class x\n\n  tags t\n}\n"},
    {"BodiesInBodies", "scale s { measures risk\nmember low \"Low\" { symbol \"l\"  shown \"L\" } member high\n}",
     "scale s {\n  measures risk\n  member low \"Low\" { symbol \"l\"  shown \"L\" }\n  member high\n}\n"},
    {"BodiesOnOneLineInBodies", "scale s { measures risk member low { symbol \"l\" } member high }",
     "scale s { measures risk  member low { symbol \"l\" }  member high }\n"},
    {"InnerLinesOpenOuterBodies", "scale s { measures risk member low {\n symbol \"l\" } }",
     "scale s {\n  measures risk\n  member low {\n    symbol \"l\"\n  }\n}\n"},
    {"ClauseWordsAreNoAttributes", "role r {\n grants a, b at limited note \"n\" shown \"s\"\n restricts c must\n}",
     "role r {\n  grants a, b at limited note \"n\" shown \"s\"\n  restricts c must\n}\n"},
    {"TooLongForOneLine",
     "control release \"The pipeline builds, tests and deploys by itself.\" { nature preventive, automated  system gitlab }",
     "control release \"The pipeline builds, tests and deploys by itself.\" {\n"
     "  nature preventive, automated\n  system gitlab\n}\n"},
    {"AHundredAndOneColumns", "duty a \"012345678901234567890123456789012345678901234567890123456789012345678901234\" { class verify }",
     "duty a \"012345678901234567890123456789012345678901234567890123456789012345678901234\" {\n  class verify\n}\n"},
    {"AHundredColumns", "duty a \"01234567890123456789012345678901234567890123456789012345678901234567890123\" { class verify  }",
     "duty a \"01234567890123456789012345678901234567890123456789012345678901234567890123\" { class verify }\n"},
    {"ColumnsAreCodePoints", "duty a \"\u00e41234567890123456789012345678901234567890123456789012345678901234567890123\" { class verify }",
     "duty a \"\u00e41234567890123456789012345678901234567890123456789012345678901234567890123\" { class verify }\n"},
};
INSTANTIATE_TEST_SUITE_P(Bodies, Layout, testing::ValuesIn(kBodies), NameOfCase);

constexpr Case kLists[] = {
    {"ShortListsAreJoined", "assign eric to a,\n  b,\n  c", "assign eric to a, b, c\n"},
    {"LongListsAreFilled",
     "role r {\n grants aaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccc, dddddddddddd, eeeee\n}",
     "role r {\n"
     "  grants aaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccccc,\n"
     "    dddddddddddd, eeeee\n}\n"},
    {"LongTextsHaveLines",
     "document d {\n section \"s\" {\n bullets \"This is the first of the texts.\", \"A second.\", \"And a third one that makes the line too long.\"\n}\n}",
     "document d {\n  section \"s\" {\n    bullets \"This is the first of the texts.\",\n      \"A second.\",\n"
     "      \"And a third one that makes the line too long.\"\n  }\n}\n"},
    {"ShortTextsAreFilled",
     "conflict a with b {\n satisfies f \"A.5.1.00000000\", \"A.5.2.00000000\", \"A.5.3.00000000\", \"A.5.4.00000000\", \"A.5.5.00000000\", \"A.5.6\"\n}",
     "conflict a with b {\n"
     "  satisfies f \"A.5.1.00000000\", \"A.5.2.00000000\", \"A.5.3.00000000\", \"A.5.4.00000000\",\n"
     "    \"A.5.5.00000000\", \"A.5.6\"\n}\n"},
    {"TrailingCommaGoesOnOneLine", "group g = { a, b, }", "group g = { a, b }\n"},
    {"BracesOfLongLists",
     "group functions \"Functions of the matrix\" = { system_administration, user_account_management, configuration, audit }",
     "group functions \"Functions of the matrix\" = {\n"
     "  system_administration, user_account_management, configuration, audit,\n}\n"},
    {"BodyBehindALongList",
     "conflict c at most 2 of { system_administration, user_account_management, configuration, audit_log_access } per change { risk high }",
     "conflict c at most 2 of {\n"
     "  system_administration, user_account_management, configuration, audit_log_access,\n"
     "} per change {\n  risk high\n}\n"},
    {"ListsOfPeopleMayEndInAComma",
     "conflict c with d {\n at most 2 people do { system_administration, user_account_management, configuration_management, a, }\n}",
     "conflict c with d {\n  at most 2 people do {\n"
     "    system_administration, user_account_management, configuration_management, a,\n  }\n}\n"},
    {"HeadersBreakBeforeWords",
     "conflict administration_versus_assessment between system_administration_of_production and security_assessment { risk high }",
     "conflict administration_versus_assessment\n"
     "    between system_administration_of_production and security_assessment {\n  risk high\n}\n"},
    {"ClausesBreakBeforeTheirWord",
     "duty a {\n separated from system_administration should \"where possible\" shown \"Separated from system administration\"\n}",
     "duty a {\n  separated from system_administration should \"where possible\"\n"
     "    shown \"Separated from system administration\"\n}\n"},
    {"ALongTextIsNotParted",
     "duty a {\n description \"This is a text that is longer than the hundred columns of a line, and that stands on its line in one piece.\"\n}",
     "duty a {\n  description \"This is a text that is longer than the hundred columns of a line, and that stands on its line in one piece.\"\n}\n"},
    {"ComparisonsStayTogether",
     "reserve any of { approve_payment, release_payment } to people where department is finance and level at least 7 or org is x",
     "reserve any of { approve_payment, release_payment } to people where department is finance\n"
     "  and level at least 7 or org is x\n"},
    {"CountsOfAConflictMayBeginALine",
     "conflict purchasing_and_paying_and_receiving \"Purchasing, paying and receiving in one hand\" at most 2 of { a, b, c }",
     "conflict purchasing_and_paying_and_receiving \"Purchasing, paying and receiving in one hand\"\n"
     "  at most 2 of { a, b, c }\n"},
    {"RolesOfAHeaderStayOnTheirLine", "conflict role\na with\n  role b", "conflict role a with role b\n"},
};
INSTANTIATE_TEST_SUITE_P(Lists, Layout, testing::ValuesIn(kLists), NameOfCase);

constexpr Case kBlocks[] = {
    {"MarginFollowsTheAttribute", "document d {\nsection \"s\" {\ntext \"\"\"\nOne\n  two\n\"\"\"\n}\n}",
     "document d {\n  section \"s\" {\n    text \"\"\"\n      One\n        two\n      \"\"\"\n  }\n}\n"},
    {"MarginGrowsSmaller", "document d {\n text \"\"\"\n            One\n\n              two\n            \"\"\"\n}",
     "document d {\n  text \"\"\"\n    One\n\n      two\n    \"\"\"\n}\n"},
    {"BlanksBeyondTheMarginStay", "duty a {\n description \"\"\"\n  a  \n   b\n  \"\"\"\n}",
     "duty a {\n  description \"\"\"\n    a  \n     b\n    \"\"\"\n}\n"},
    {"LinesOfBlanksAreEmpty", "duty a {\n description \"\"\"\n  a\n \t \n  b\n  \"\"\"\n}",
     "duty a {\n  description \"\"\"\n    a\n\n    b\n    \"\"\"\n}\n"},
    {"EmptyLinesAtTheEndStay", "duty a {\n description \"\"\"\n  a\n\n\n  \"\"\"\n}",
     "duty a {\n  description \"\"\"\n    a\n\n\n    \"\"\"\n}\n"},
    {"AnEmptyBlock", "duty a {\n description \"\"\"\n\n  \"\"\"\n}", "duty a {\n  description \"\"\"\n    \"\"\"\n}\n"},
    {"CrlfInBlocks", "duty a {\r\n description \"\"\"\r\n  a\r\n  b\r\n  \"\"\"\r\n}",
     "duty a {\n  description \"\"\"\n    a\n    b\n    \"\"\"\n}\n"},
    {"ACarriageReturnOfTheValueStays", "duty a {\n description \"\"\"\n  a\r\r\n  \"\"\"\n}",
     "duty a {\n  description \"\"\"\n    a\r\r\n    \"\"\"\n}\n"},
    {"WordsBehindABlock", "duty a {\n separated from b should \"\"\"\n x\n \"\"\"   shown \"y\"\n}",
     "duty a {\n  separated from b should \"\"\"\n    x\n    \"\"\" shown \"y\"\n}\n"},
    {"BlocksInLists", "document d {\n bullets \"\"\"\n x\n \"\"\", \"y\", \"\"\"\n z\n \"\"\"\n}",
     "document d {\n  bullets \"\"\"\n    x\n    \"\"\",\n    \"y\",\n    \"\"\"\n    z\n    \"\"\"\n}\n"},
    {"ABlockOpensItsBody", "duty a { description \"\"\"\n x\n \"\"\" }", "duty a {\n  description \"\"\"\n    x\n    \"\"\"\n}\n"},
};
INSTANTIATE_TEST_SUITE_P(Blocks, Layout, testing::ValuesIn(kBlocks), NameOfCase);

}  // namespace
}  // namespace sodc
