#include "compiler/driver/as_of.h"

#include <charconv>

namespace sodc {

namespace {
AsOf AtDayOf(Instant instant, int32_t zone) {
  const Date day = DayIn(zone, instant);
  return {StartOf(day) - zone, ToString(day)};
}
}  // namespace

std::variant<AsOf, std::string> ResolveAsOf(const std::string& given, const DriverEnv& env, int32_t zone) {
  if (!given.empty()) {
    const std::optional<Date> day = ParseDate(given);
    if (day && !day->is_month()) return AsOf{StartOf(*day) - zone, ToString(*day)};
    if (const auto instant = ParseInstant(given)) return AsOf{*instant, TimeText(*instant, zone)};
    return "--as-of takes a day like 2026-03-17 or an instant like 2026-03-17T21:40Z, not `" + given + "`";
  }
  if (!env.source_date_epoch) return AtDayOf(env.now, zone);

  const std::string& epoch = *env.source_date_epoch;
  constexpr Instant kYear9999 = 253402300799;
  Instant seconds = 0;
  const auto [end, error] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), seconds);
  if (error != std::errc{} || end != epoch.data() + epoch.size() || seconds < 0 || seconds > kYear9999) {
    return "SOURCE_DATE_EPOCH is a number of seconds since 1970, not `" + epoch + "`";
  }
  return AtDayOf(seconds, zone);
}

std::optional<Date> LaterBy(Date day, std::string_view text) {
  size_t digits = 0;
  int64_t count = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9' && digits < 5) count = count * 10 + (text[digits++] - '0');
  const std::string_view unit = text.substr(digits);
  if (digits == 0) return std::nullopt;
  constexpr Instant kDay = 86400;
  if (unit == "d") return DateOf(StartOf(day) + count * kDay);
  if (unit == "w") return DateOf(StartOf(day) + count * 7 * kDay);
  if (unit == "mo") return AddMonths(day, count);
  if (unit == "y") return AddMonths(day, count * 12);
  return std::nullopt;
}

}  // namespace sodc
