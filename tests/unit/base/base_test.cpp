#include <gtest/gtest.h>

#include "compiler/base/calendar.h"
#include "compiler/base/edit_distance.h"
#include "compiler/base/utf8.h"

namespace sodc {
namespace {

TEST(Calendar, ReadsDaysAndMonthsOfTheCalendarOnly) {
  EXPECT_EQ(ParseDate("2026-03-17"), (Date{2026, 3, 17}));
  EXPECT_EQ(ParseDate("2026-06"), (Date{2026, 6, 0}));
  EXPECT_EQ(ParseDate("2024-02-29"), (Date{2024, 2, 29}));
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-00", "2026-01-00", "2026-1-1", "20260317", "2026-03-1x",
                           "1900-02-29", "2026/03/17", "", "2026-04-31"}) {
    EXPECT_EQ(ParseDate(text), std::nullopt) << text;
  }
}

TEST(Calendar, CountsSecondsSince1970) {
  EXPECT_EQ(StartOf({1970, 1, 1}), 0);
  EXPECT_EQ(StartOf({2026, 3, 17}), 1773705600);
  EXPECT_EQ(StartOf({1969, 12, 31}), -86400);
  EXPECT_EQ(StartOf({2000, 3, 0}), StartOf({2000, 3, 1}));
}

TEST(Calendar, IncludesTheLastDay) {
  EXPECT_EQ(EndOf({2026, 6, 30}), StartOf({2026, 7, 1}));
  EXPECT_EQ(EndOf({2026, 6, 0}), StartOf({2026, 7, 1}));
  EXPECT_EQ(EndOf({2026, 12, 0}), StartOf({2027, 1, 1}));
  EXPECT_EQ(EndOf({2024, 2, 0}), StartOf({2024, 3, 1}));
}

TEST(Calendar, FindsTheDayOfEveryInstant) {
  for (Instant day = -800000; day < 800000; day += 37) {
    const Instant start = day * 86400;
    EXPECT_EQ(StartOf(DateOf(start)), start);
    EXPECT_EQ(DateOf(start + 86399), DateOf(start));
  }
  EXPECT_EQ(ToString(DateOf(-1)), "1969-12-31");
  EXPECT_EQ(ToString(Date{2026, 6, 0}), "2026-06");
  EXPECT_EQ(ToString(Date{33, 1, 2}), "0033-01-02");
}

TEST(Utf8, DecodesWhatItEncodes) {
  for (const uint32_t point : {0x24u, 0x7Fu, 0x80u, 0x7FFu, 0x800u, 0xFFFDu, 0x10000u, 0x10FFFFu}) {
    std::string text;
    AppendUtf8(text, point);
    EXPECT_EQ(DecodeUtf8(text, 0).value, point);
    EXPECT_EQ(DecodeUtf8(text, 0).length, text.size());
  }
}

TEST(Utf8, RefusesWhatIsNone) {
  for (const char* text : {"\x80", "\xC0\x80", "\xC3", "\xC3(", "\xED\xA0\x80", "\xE0\x80\xAF", "\xF4\x90\x80\x80", "\xFF"}) {
    EXPECT_EQ(FindBrokenUtf8(text), 0u);
  }
  EXPECT_EQ(FindBrokenUtf8("12345678901\xC3"), 11u);
  EXPECT_EQ(FindBrokenUtf8("abc \xC3\xA9 \xF0\x9F\x98\x80 xyz"), std::string_view::npos);
}

TEST(EditDistance, CountsSlipsOfThePen) {
  EXPECT_EQ(EditDistance("grants", "grants", 3), 0u);
  EXPECT_EQ(EditDistance("grnts", "grants", 3), 1u);
  EXPECT_EQ(EditDistance("wiht", "with", 3), 1u);
  EXPECT_EQ(EditDistance("Duty", "duty", 3), 0u);
  EXPECT_EQ(EditDistance("conflict", "role", 3), 4u);
}

TEST(Nearest, SuggestsOnlyWhatMayBeMeant) {
  const std::string_view words[] = {"role", "review", "grants"};
  EXPECT_EQ(Nearest("reveiw", words), "review");
  EXPECT_EQ(Nearest("xyz", words), "");
  EXPECT_EQ(Nearest("role", words), "");
}

}  // namespace
}  // namespace sodc
