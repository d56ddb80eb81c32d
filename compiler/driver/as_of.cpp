#include "compiler/driver/as_of.h"

#include <charconv>

namespace sodc {

namespace {
AsOf AtDayOf(Instant instant) {
  const Date day = DateOf(instant);
  return {StartOf(day), ToString(day)};
}
}  // namespace

std::string DayText(Instant instant) { return ToString(DateOf(instant)); }

std::variant<AsOf, std::string> ResolveAsOf(const std::string& given, const DriverEnv& env) {
  if (!given.empty()) {
    const std::optional<Date> day = ParseDate(given);
    if (!day || day->is_month()) return "--as-of takes a day like 2026-03-17, not `" + given + "`";
    return AsOf{StartOf(*day), ToString(*day)};
  }
  if (!env.source_date_epoch) return AtDayOf(env.now);

  const std::string& epoch = *env.source_date_epoch;
  constexpr Instant kYear9999 = 253402300799;
  Instant seconds = 0;
  const auto [end, error] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), seconds);
  if (error != std::errc{} || end != epoch.data() + epoch.size() || seconds < 0 || seconds > kYear9999) {
    return "SOURCE_DATE_EPOCH is a number of seconds since 1970, not `" + epoch + "`";
  }
  return AtDayOf(seconds);
}

}  // namespace sodc
