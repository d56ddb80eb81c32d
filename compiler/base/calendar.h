// Calendar arithmetic without a clock or a time zone: the proleptic Gregorian
// calendar in UTC. Everything here is pure and total.
#ifndef SODC_BASE_CALENDAR_H_
#define SODC_BASE_CALENDAR_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sodc {

// Seconds since 1970-01-01T00:00:00Z. Intervals are half-open; the two extremes
// mean "open".
using Instant = int64_t;
inline constexpr Instant kBeginningOfTime = INT64_MIN;
inline constexpr Instant kEndOfTime = INT64_MAX;

// A day, or with day == 0 a whole month, as written in a source.
struct Date {
  int32_t year = 0;
  uint8_t month = 0;  // 1..12
  uint8_t day = 0;    // 1..31, or 0 for month precision

  bool is_month() const { return day == 0; }
  bool operator==(const Date&) const = default;
};

// Reads `2026-03-17` or `2026-03`. Nothing if the text has another shape or
// names no day of the calendar (2026-02-30).
std::optional<Date> ParseDate(std::string_view text);

// Reads `2026-11-02T21:40+01:00`, seconds optional, `Z` for UTC. Nothing if the text has
// another shape or names no second of the calendar.
std::optional<Instant> ParseInstant(std::string_view text);

// Midnight UTC at which the date (or month) begins.
Instant StartOf(Date date);
// Midnight UTC after its last day: `until D` includes D (rulings SEM-20).
Instant EndOf(Date date);

// The day that holds the instant. Extremes must not be passed.
Date DateOf(Instant instant);

// `2026-03-17`, or `2026-03` with month precision.
std::string ToString(Date date);

// The same day of the month `months` later, or its last day where the month is shorter:
// 31 January and one month is the end of February (rulings SEM-20).
Date AddMonths(Date date, int64_t months);

// ---- Time zones: seconds east of UTC (second-ring E7, docs/decisions/0015, 0035).
// Reads `UTC`, `+01:00` or `-03:30`, from -12:00 to +14:00. Nothing for anything else.
std::optional<int32_t> ParseTimeZone(std::string_view text);

// The day of the zone that holds the instant. Extremes must not be passed.
Date DayIn(int32_t zone, Instant instant);
// The date when a day begins there then, else `2026-11-02T21:40+01:00`.
std::string TimeText(Instant instant, int32_t zone);
// The same of an exclusive end: the last day that is included, or the instant.
std::string EndText(Instant end, int32_t zone);

// What a bound written in a policy or on the command line means: a date begins at its start,
// ends behind its last day, in the zone; an instant is itself. Nothing when it is neither.
std::optional<Instant> ParseBeginning(std::string_view text, int32_t zone);
std::optional<Instant> ParseEnd(std::string_view text, int32_t zone);

}  // namespace sodc

#endif  // SODC_BASE_CALENDAR_H_
