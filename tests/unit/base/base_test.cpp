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

TEST(Calendar, AddsMonthsWithinTheMonth) {
  const auto added = [](const char* day, int64_t months) { return ToString(AddMonths(*ParseDate(day), months)); };
  EXPECT_EQ(added("2026-01-31", 1), "2026-02-28");
  EXPECT_EQ(added("2028-01-31", 1), "2028-02-29");
  EXPECT_EQ(added("2028-02-29", 12), "2029-02-28");
  EXPECT_EQ(added("2026-12-15", 1), "2027-01-15");
  EXPECT_EQ(added("2026-01-15", -1), "2025-12-15");
  EXPECT_EQ(added("2026-11-30", 3), "2027-02-28");
  EXPECT_EQ(added("2026-10", 3), "2027-01");
}

TEST(Calendar, KnowsOffsetsAsTimeZones) {
  EXPECT_EQ(ParseTimeZone("UTC"), 0);
  EXPECT_EQ(ParseTimeZone("+01:00"), 3600);
  EXPECT_EQ(ParseTimeZone("-03:30"), -12600);
  EXPECT_EQ(ParseTimeZone("+14:00"), 50400);
  for (const char* wrong : {"", "Z", "+1:00", "+14:01", "-12:01", "+01:60", "01:00", "+0100", "Europe/Berlin", "+01:00 "}) {
    EXPECT_EQ(ParseTimeZone(wrong), std::nullopt) << wrong;
  }
}

TEST(Calendar, BeginsAndEndsDaysWhereTheZoneSays) {
  struct Case {
    const char* bound;
    int32_t zone;
    const char* begins;
    const char* ends;
  };
  const Case cases[] = {
      {"2026-06-30", 0, "2026-06-30", "2026-07-01"},
      {"2026-06-30", 3600, "2026-06-29T23:00Z", "2026-06-30T23:00Z"},
      {"2026-06-30", -12600, "2026-06-30T03:30Z", "2026-07-01T03:30Z"},
      {"2028-02-29", 3600, "2028-02-28T23:00Z", "2028-02-29T23:00Z"},
      {"2026-12-31", 3600, "2026-12-30T23:00Z", "2026-12-31T23:00Z"},
      {"2026-12", 0, "2026-12-01", "2027-01-01"},
      {"2028-02", 3600, "2028-01-31T23:00Z", "2028-02-29T23:00Z"},
      {"2026-11-02T00:30+01:00", -12600, "2026-11-01T23:30Z", "2026-11-01T23:30Z"},
  };
  for (const Case& test : cases) {
    EXPECT_EQ(TimeText(ParseBeginning(test.bound, test.zone).value_or(0), 0), test.begins) << test.bound;
    EXPECT_EQ(TimeText(ParseEnd(test.bound, test.zone).value_or(0), 0), test.ends) << test.bound;
  }
  EXPECT_EQ(ParseEnd("2026-02-29", 0), std::nullopt);
  EXPECT_EQ(ParseBeginning("2026-11-02T25:00Z", 0), std::nullopt);
}

TEST(Calendar, SaysTheLastDayOrTheInstant) {
  EXPECT_EQ(EndText(*ParseEnd("2026-06-30", 3600), 3600), "2026-06-30");
  EXPECT_EQ(EndText(*ParseEnd("2026-06-30", 3600), 0), "2026-06-30T23:00Z");
  EXPECT_EQ(TimeText(*ParseInstant("2026-11-02T21:40Z"), -12600), "2026-11-02T18:10-03:30");
  EXPECT_EQ(TimeText(*ParseInstant("2026-11-02T21:40:05Z"), 3600), "2026-11-02T22:40:05+01:00");
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
