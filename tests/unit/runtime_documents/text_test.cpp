// Dates, lists of words and the prose subset.
#include "runtime/documents/text.h"

#include <gtest/gtest.h>

#include "runtime/documents/markup.h"

namespace sod::documents {
namespace {

TEST(Text, PrintsDatesInTheStyleOfTheDocument) {
  struct Case {
    const char* iso;
    const char* long_us;
  };
  for (const Case& c : {Case{"2026-03-17", "March 17, 2026"}, Case{"2026-06", "June 2026"},
                        Case{"2026-01-01", "January 1, 2026"}, Case{"June 2026 (quarterly)", "June 2026 (quarterly)"},
                        Case{"2026-13-01", "2026-13-01"}, Case{"2026-0x", "2026-0x"}, Case{"", ""}}) {
    EXPECT_EQ(StyledDate(c.iso, format::DateStyle::LongUs), c.long_us);
    EXPECT_EQ(StyledDate(c.iso, format::DateStyle::Iso), c.iso);
  }
}

TEST(Text, PrintsInstants) {
  EXPECT_EQ(DateOf(0), "1970-01-01");
  EXPECT_EQ(DateOf(1773705600), "2026-03-17");
  EXPECT_EQ(DateOf(1773705600 + 21 * 3600 + 40 * 60), "2026-03-17T21:40Z");
  EXPECT_EQ(DateOf(1773705601), "2026-03-17T00:00:01Z");
  EXPECT_EQ(DateOf(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(DateOf(951782400), "2000-02-29");
  EXPECT_EQ(DateOf(951782400, format::DateStyle::LongUs), "February 29, 2000");
  EXPECT_EQ(DateOf(1773705600 + 21 * 3600 + 40 * 60, format::DateStyle::LongUs), "March 17, 2026, 21:40 UTC");
  EXPECT_EQ(DateOf(kEndOfTime, format::DateStyle::LongUs), "further notice");
  EXPECT_EQ(EndInWords(1773705600, format::DateStyle::LongUs), "through March 16, 2026");
  EXPECT_EQ(EndInWords(1773705600), "through 2026-03-16");
}

TEST(Text, ListsThings) {
  EXPECT_EQ(Enumerate({}), "");
  EXPECT_EQ(Enumerate({"a"}), "a");
  EXPECT_EQ(Enumerate({"a", "b"}), "a and b");
  EXPECT_EQ(Enumerate({"a", "b", "c"}), "a, b and c");
}

TEST(Text, FindsStretchesThatRunFromRightToLeft) {
  struct Case {
    const char* text;
    const char* dump;
  };
  for (const Case& c : {Case{"Eric", "Eric"}, Case{"", ""}, Case{"אריק", "{אריק}"}, Case{"<אריק>!", "{<אריק>!}"},
                        Case{"Both: אריק, דנה", "Both: {אריק, דנה}"}, Case{"אריק: Ada, דנה.", "{אריק}: Ada, {דנה}."},
                        Case{"Größe – 東京", "Größe – 東京"}, Case{"(علي) ✅ ok", "({علي}) ✅ ok"}}) {
    std::string dump;
    for (const DirectionRun& run : DirectionRuns(c.text)) {
      dump += run.is_right_to_left ? "{" + std::string(run.text) + "}" : std::string(run.text);
    }
    EXPECT_EQ(dump, c.dump);
  }
}

// Compact dump: b{bold} i{italic} c{code}.
std::string Dump(std::string_view text) {
  std::string out;
  for (const Inline& part : ParseInlines(text)) {
    std::string piece = part.text;
    if (part.is_code) piece = "c{" + piece + "}";
    if (part.is_italic) piece = "i{" + piece + "}";
    if (part.is_bold) piece = "b{" + piece + "}";
    out += piece;
  }
  return out;
}

TEST(Markup, ReadsTheInlineSubset) {
  struct Case {
    const char* text;
    const char* dump;
  };
  for (const Case& c : {
           Case{"plain", "plain"},
           Case{"a **b** c", "a b{b} c"},
           Case{"**a** and **b**", "b{a} and b{b}"},
           Case{"*a* b", "i{a} b"},
           Case{"**a `b` c**", "b{a }b{c{b}}b{ c}"},
           Case{"2 * 3 * 4", "2 * 3 * 4"},
           Case{"**open", "**open"},
           Case{"`open", "`open"},
           Case{"snake_case __x__", "snake_case __x__"},
           Case{"`C:\\evidence\\*`", "c{C:\\evidence\\*}"},
           Case{"C:\\evidence\\x", "C:\\evidence\\x"},
           Case{"\\*not\\*", "*not*"},
           Case{"[a](https://b.example)", "a (https://b.example)"},
           Case{"[a@b.c](mailto:a@b.c)", "a@b.c"},
           Case{"[a] (b)", "[a] (b)"},
           Case{"**Reviewed:** x", "b{Reviewed:} x"},
       }) {
    EXPECT_EQ(Dump(c.text), c.dump) << c.text;
  }
}

TEST(Markup, ReadsParagraphsAndLists) {
  const auto blocks = ParseProse("one\ntwo\n\n- a\n  more\n- b\n1. c\n\nlast");
  ASSERT_EQ(blocks.size(), 4u);
  EXPECT_EQ(blocks[0].items[0][0].text, "one two");
  EXPECT_EQ(blocks[1].kind, ProseBlock::Kind::Bullets);
  ASSERT_EQ(blocks[1].items.size(), 2u);
  EXPECT_EQ(blocks[1].items[0][0].text, "a more");
  EXPECT_EQ(blocks[2].kind, ProseBlock::Kind::Numbers);
  EXPECT_EQ(blocks[3].kind, ProseBlock::Kind::Paragraph);
}

}  // namespace
}  // namespace sod::documents
