// The four writers over hand-made trees: what hostile names become.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/documents/blocks.h"

namespace sod::documents {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Tree TreeOf(Block block) {
  Tree tree;
  tree.kind = "document";
  tree.title = "T";
  tree.blocks.push_back(std::move(block));
  return tree;
}

Tree TreeWithCell(Cell cell) {
  Table table;
  table.caption = "C";
  table.columns = {{"a", "A", ColumnWidth::Normal, true}, {"b", "B"}};
  table.rows.push_back({TextCell("row"), std::move(cell)});
  return TreeOf({std::move(table)});
}

std::string CellOfMarkdown(const std::string& text) {
  const std::string out = WriteMarkdown(TreeWithCell(TextCell(text)));
  const size_t begin = out.find("| **row** | ") + 12;
  return out.substr(begin, out.find('\n', begin) - begin - 2);
}
std::string CellOfHtml(const std::string& text) {
  const std::string out = WriteHtml(TreeWithCell(TextCell(text)));
  const size_t begin = out.find("row</th><td>") + 12;
  return out.substr(begin, out.find("</td>", begin) - begin);
}
std::string CellOfCsv(const std::string& text) {
  const std::string out = WriteCsv(TreeWithCell(TextCell(text)));
  const size_t begin = out.find("\r\nrow,") + 6;
  return out.substr(begin, out.find("\r\n\r\n", begin) - begin);
}
std::string CellOfJson(const std::string& text) {
  const std::string out = WriteJson(TreeWithCell(TextCell(text)));
  const size_t begin = out.rfind("\"text\": ", out.find("\"footer\"")) + 8;
  return out.substr(begin, out.find('\n', begin) - begin);
}

struct Hostile {
  const char* what;
  const char* text;
  const char* markdown;
  const char* html;
  const char* csv;
  const char* json;
};

constexpr Hostile kHostile[] = {
    {"pipe", "a|b", "a\\|b", "a|b", "a|b", "\"a|b\""},
    {"script", "<script>x</script>", "&lt;script>x&lt;/script>", "&lt;script&gt;x&lt;/script&gt;",
     "<script>x</script>", "\"<script>x</script>\""},
    {"quotes", "\"q\" 'r'", "\"q\" 'r'", "&quot;q&quot; &#39;r&#39;", "\"\"\"q\"\" 'r'\"", "\"\\\"q\\\" 'r'\""},
    {"formula =", "=cmd|'/C calc'!A0", "=cmd\\|'/C calc'!A0", "=cmd|&#39;/C calc&#39;!A0", "'=cmd|'/C calc'!A0",
     "\"=cmd|'/C calc'!A0\""},
    {"formula +", "+1", "+1", "+1", "'+1", "\"+1\""},
    {"formula -", "-1", "-1", "-1", "'-1", "\"-1\""},
    {"formula @", "@SUM(1)", "@SUM(1)", "@SUM(1)", "'@SUM(1)", "\"@SUM(1)\""},
    {"formula full width", "＝1", "＝1", "＝1", "'＝1", "\"＝1\""},
    {"tab", "\tx", " x", " x", " x", "\"\\u0009x\""},
    {"carriage return", "\rx", "\\\\u{000D}x", "\\u{000D}x", "\\u{000D}x", "\"\\u000dx\""},
    {"line feed", "a\nb", "a b", "a b", "a b", "\"a\\nb\""},
    {"comma", "a,b", "a,b", "a,b", "\"a,b\"", "\"a,b\""},
    {"override", "a\u202Eb", "a\\\\u{202E}b", "a\\u{202E}b", "a\\u{202E}b", "\"a\\u202eb\""},
    {"right to left", "אריק", "אריק", "<bdi>אריק</bdi>", "אריק", "\"אריק\""},
    {"entity", "&lt; R&D", "&amp;lt; R&D", "&amp;lt; R&amp;D", "&lt; R&D", "\"&lt; R&D\""},
    {"emphasis", "*a* _b_ c_d `e`", "\\*a\\* \\_b\\_ c_d \\`e\\`", "*a* _b_ c_d `e`", "*a* _b_ c_d `e`",
     "\"*a* _b_ c_d `e`\""},
    {"link", "[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))", "[x](javascript:alert(1))",
     "[x](javascript:alert(1))", "\"[x](javascript:alert(1))\""},
    {"backslash", "a\\|b", "a\\\\\\|b", "a\\|b", "a\\|b", "\"a\\\\|b\""},
    {"bell", "a\x07", "a\\\\u{0007}", "a\\u{0007}", "a\\u{0007}", "\"a\\u0007\""},
};

TEST(Writers, KeepHostileNamesHarmless) {
  for (const Hostile& hostile : kHostile) {
    SCOPED_TRACE(hostile.what);
    EXPECT_EQ(CellOfMarkdown(hostile.text), hostile.markdown);
    EXPECT_EQ(CellOfHtml(hostile.text), hostile.html);
    EXPECT_EQ(CellOfCsv(hostile.text), hostile.csv);
    EXPECT_EQ(CellOfJson(hostile.text), hostile.json);
  }
}

TEST(Writers, PutSymbolsBesideTextAndNotesInBrackets) {
  Cell cell = TextCell("Allowed");
  cell.lines[0].symbol = "✅";
  cell.lines.push_back({.text = "via Clerk", .is_note = true});
  const Tree tree = TreeWithCell(std::move(cell));
  EXPECT_THAT(WriteMarkdown(tree), HasSubstr("| **row** | ✅ Allowed (via Clerk) |"));
  EXPECT_THAT(WriteCsv(tree), HasSubstr("row,✅ Allowed (via Clerk)\r\n"));
  EXPECT_THAT(WriteHtml(tree), HasSubstr("<td><span class=\"symbol\" aria-hidden=\"true\">✅</span>Allowed "
                                         "<span class=\"note\">(via Clerk)</span></td>"));
}

TEST(Writers, PrintListsInCells) {
  Cell cell;
  cell.is_list = true;
  cell.lines = {{"one"}, {"two, too"}};
  const Tree tree = TreeWithCell(std::move(cell));
  EXPECT_THAT(WriteMarkdown(tree), HasSubstr("• one<br>• two, too |"));
  EXPECT_THAT(WriteCsv(tree), HasSubstr("row,\"one\ntwo, too\"\r\n"));
  EXPECT_THAT(WriteHtml(tree), HasSubstr("<ul><li>one</li><li>two, too</li></ul>"));
}

TEST(Writers, ReadADashAloud) {
  const Tree tree = TreeWithCell(AbsentCell("not granted"));
  EXPECT_THAT(WriteMarkdown(tree), HasSubstr("| **row** | – |"));
  EXPECT_THAT(WriteHtml(tree), HasSubstr("<span aria-hidden=\"true\">–</span><span class=\"spoken\">not granted</span>"));
  EXPECT_THAT(WriteJson(tree), HasSubstr("\"absent\": \"not granted\""));
}

TEST(Writers, LeaveNoRawHtmlOfProse) {
  const Tree tree = TreeOf({Prose{"**Bold** `<RunId>` and <img src=x onerror=y> [site](https://a.example)\n\n- one\n- two"}});
  const std::string html = WriteHtml(tree);
  EXPECT_THAT(html, HasSubstr("<p><strong>Bold</strong> <code>&lt;RunId&gt;</code> and &lt;img src=x onerror=y&gt; "
                              "site (https://a.example)</p>"));
  EXPECT_THAT(html, HasSubstr("<ul>\n<li>one</li>\n<li>two</li>\n</ul>"));
  const std::string markdown = WriteMarkdown(tree);
  EXPECT_THAT(markdown, HasSubstr("**Bold** `<RunId>` and &lt;img src=x onerror=y> site (https://a.example)\n"));
  EXPECT_THAT(markdown, HasSubstr("\n- one\n- two\n"));
}

TEST(Writers, KeepTextFromBecomingMarkdownStructure) {
  for (const char* start : {"# x", "> x", "+ x", "=== x"}) {
    EXPECT_THAT(WriteMarkdown(TreeOf({Prose{start}})), HasSubstr("\n\\" + std::string(start) + "\n"));
  }
}

TEST(Writers, CannotBeLeftThroughTheStyleSheet) {
  Tree tree = TreeOf({Prose{"x"}});
  tree.running_line = "\"; } </style><script>alert(1)</script>";
  EXPECT_THAT(WriteHtml(tree), Not(HasSubstr("<script")));
  EXPECT_THAT(WriteHtml(tree), HasSubstr("content: \"\\22 ; } \\3c /style\\3e "));
}

TEST(Writers, NestHeadingsWithoutJump) {
  Section inner{"Inner", {Block{Prose{"x"}}}};
  const Tree tree = TreeOf({Section{"Outer", {Block{std::move(inner)}}}});
  const std::string html = WriteHtml(tree);
  EXPECT_THAT(html, HasSubstr("<h1>T</h1>"));
  EXPECT_THAT(html, HasSubstr("<h2>Outer</h2>"));
  EXPECT_THAT(html, HasSubstr("<h3>Inner</h3>"));
  EXPECT_THAT(WriteMarkdown(tree), HasSubstr("\n## Outer\n\n### Inner\n"));
}

TEST(Writers, PrintBlanksToFillInByHand) {
  Fields fields;
  fields.fields = {{"Reviewed By", "", /*is_blank=*/true}, {"Version", "1.0"}};
  const Tree tree = TreeOf({std::move(fields)});
  EXPECT_THAT(WriteMarkdown(tree), HasSubstr("**Reviewed By:** ____"));
  EXPECT_THAT(WriteHtml(tree), HasSubstr("<dt class=\"blank\">Reviewed By</dt><dd class=\"blank\"><span class=\"spoken\">to be filled in by hand"));
  EXPECT_THAT(WriteJson(tree), HasSubstr("\"blank\": true"));
}

TEST(Writers, SayInCsvOnceWhatMetadataAndFooterBothSay) {
  Tree tree = TreeOf({Prose{"x"}});
  tree.metadata = {{"As of", "2026-03-17"}, {"Revision", "3"}, {"Version", "1.0"}};
  tree.footer = {{"Policy", "demo"}, {"Revision", "3"}, {"As of", "2026-03-17"}, {"Version", "2.0"}};
  EXPECT_THAT(WriteCsv(tree), HasSubstr("Title,T\r\nAs of,2026-03-17\r\nRevision,3\r\nVersion,1.0\r\n"
                                        "Policy,demo\r\nVersion,2.0\r\nNote,"));
}

TEST(Writers, SayWhenATableIsEmpty) {
  Table table;
  table.columns = {{"a", "A"}};
  table.when_empty = "No conflicts are declared.";
  EXPECT_THAT(WriteMarkdown(TreeOf({table})), HasSubstr("No conflicts are declared."));
  EXPECT_THAT(WriteHtml(TreeOf({table})), HasSubstr("<p>No conflicts are declared.</p>"));
}

}  // namespace
}  // namespace sod::documents
