#include "compiler/base/calendar.h"

namespace sodc {
namespace {

constexpr int64_t kSecondsPerDay = 86400;

bool IsLeap(int32_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int32_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

// Days since 1970-01-01. The year starts in March here, so that the leap day is its last.
int64_t DayNumber(int64_t year, int64_t month, int64_t day) {
  if (month <= 2) --year;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

// The digits of text[begin, begin + count), or -1.
int32_t Digits(std::string_view text, size_t begin, size_t count) {
  int32_t value = 0;
  for (size_t i = begin; i < begin + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

void AppendPadded(std::string& out, int32_t value, size_t width) {
  const std::string digits = std::to_string(value);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

}  // namespace

std::optional<Date> ParseDate(std::string_view text) {
  const bool is_day = text.size() == 10;
  if (!is_day && text.size() != 7) return std::nullopt;
  if (text[4] != '-' || (is_day && text[7] != '-')) return std::nullopt;
  const int32_t year = Digits(text, 0, 4);
  const int32_t month = Digits(text, 5, 2);
  const int32_t day = is_day ? Digits(text, 8, 2) : 0;
  if (year < 0 || month < 1 || month > 12 || day < 0) return std::nullopt;
  if (is_day && (day == 0 || day > DaysInMonth(year, month))) return std::nullopt;
  return Date{year, static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

std::optional<Instant> ParseInstant(std::string_view text) {
  constexpr size_t kClock = 11;  // behind the date and its T
  if (text.size() < kClock + 6 || text[10] != 'T' || text[kClock + 2] != ':') return std::nullopt;
  const auto date = ParseDate(text.substr(0, 10));
  const int32_t hour = Digits(text, kClock, 2);
  const int32_t minute = Digits(text, kClock + 3, 2);
  size_t zone = kClock + 5;
  int32_t second = 0;
  if (text[zone] == ':') {
    if (text.size() < zone + 4) return std::nullopt;
    second = Digits(text, zone + 1, 2);
    zone += 3;
  }
  const auto in_range = [](int32_t value, int32_t end) { return value >= 0 && value < end; };
  if (!date || !in_range(hour, 24) || !in_range(minute, 60) || !in_range(second, 60)) return std::nullopt;
  const Instant local = StartOf(*date) + hour * 3600 + minute * 60 + second;
  if (text.substr(zone) == "Z") return local;
  const bool is_offset = text.size() == zone + 6 && (text[zone] == '+' || text[zone] == '-') && text[zone + 3] == ':';
  if (!is_offset) return std::nullopt;
  const int32_t hours = Digits(text, zone + 1, 2);
  const int32_t minutes = Digits(text, zone + 4, 2);
  if (!in_range(hours, 24) || !in_range(minutes, 60)) return std::nullopt;
  const Instant offset = hours * 3600 + minutes * 60;
  return text[zone] == '+' ? local - offset : local + offset;
}

Instant StartOf(Date date) {
  return DayNumber(date.year, date.month, date.is_month() ? 1 : date.day) * kSecondsPerDay;
}

Instant EndOf(Date date) {
  if (!date.is_month()) return StartOf(date) + kSecondsPerDay;
  return StartOf(date) + DaysInMonth(date.year, date.month) * kSecondsPerDay;
}

Date DateOf(Instant instant) {
  int64_t days = instant / kSecondsPerDay;
  if (instant % kSecondsPerDay < 0) --days;
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  return {static_cast<int32_t>(year), static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

Date AddMonths(Date date, int64_t months) {
  const int64_t number = date.year * int64_t{12} + (date.month - 1) + months;
  const int64_t year = number >= 0 ? number / 12 : (number - 11) / 12;
  const int month = static_cast<int>(number - year * 12) + 1;
  const int last = DaysInMonth(static_cast<int32_t>(year), month);
  const int day = date.day > last ? last : date.day;  // month precision stays what it is
  return {static_cast<int32_t>(year), static_cast<uint8_t>(month), static_cast<uint8_t>(day)};
}

std::optional<int32_t> ParseTimeZone(std::string_view text) {
  if (text == "UTC") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int32_t hours = Digits(text, 1, 2);
  const int32_t minutes = Digits(text, 4, 2);
  if (hours < 0 || minutes < 0 || minutes > 59) return std::nullopt;
  const int32_t seconds = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
  if (seconds < -12 * 3600 || seconds > 14 * 3600) return std::nullopt;
  return seconds;
}

Date DayIn(int32_t zone, Instant instant) { return DateOf(instant + zone); }

std::string TimeText(Instant instant, int32_t zone) {
  const Date day = DayIn(zone, instant);
  const int32_t second = static_cast<int32_t>(instant + zone - StartOf(day));
  std::string out = ToString(day);
  if (second == 0) return out;
  out += 'T';
  AppendPadded(out, second / 3600, 2);
  out += ':';
  AppendPadded(out, second / 60 % 60, 2);
  if (second % 60 != 0) {
    out += ':';
    AppendPadded(out, second % 60, 2);
  }
  if (zone == 0) return out + 'Z';
  const int32_t offset = zone < 0 ? -zone : zone;
  out += zone < 0 ? '-' : '+';
  AppendPadded(out, offset / 3600, 2);
  out += ':';
  AppendPadded(out, offset / 60 % 60, 2);
  return out;
}

std::string EndText(Instant end, int32_t zone) {
  const Date day = DayIn(zone, end);
  return end + zone == StartOf(day) ? ToString(DateOf(end + zone - 1)) : TimeText(end, zone);
}

std::optional<Instant> ParseBeginning(std::string_view text, int32_t zone) {
  if (const auto date = ParseDate(text)) return StartOf(*date) - zone;
  return ParseInstant(text);
}

std::optional<Instant> ParseEnd(std::string_view text, int32_t zone) {
  if (const auto date = ParseDate(text)) return EndOf(*date) - zone;
  return ParseInstant(text);
}

std::string ToString(Date date) {
  std::string out;
  AppendPadded(out, date.year, 4);
  out += '-';
  AppendPadded(out, date.month, 2);
  if (!date.is_month()) {
    out += '-';
    AppendPadded(out, date.day, 2);
  }
  return out;
}

}  // namespace sodc
