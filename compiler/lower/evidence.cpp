#include "compiler/lower/evidence.h"

namespace sodc::lower {

format::DurationUnit FileValue(model::DurationUnit unit) {
  switch (unit) {
    case model::DurationUnit::Hour:
      return format::DurationUnit::Hour;
    case model::DurationUnit::Day:
      return format::DurationUnit::Day;
    case model::DurationUnit::Week:
      return format::DurationUnit::Week;
    case model::DurationUnit::Month:
      return format::DurationUnit::Month;
    case model::DurationUnit::Year:
      return format::DurationUnit::Year;
  }
  return format::DurationUnit::Day;
}

Instant FreshUntil(Date dated, const model::Duration& period) {
  if (dated.is_month()) dated = DateOf(EndOf(dated) - 1);
  switch (period.unit) {
    case model::DurationUnit::Hour: return EndOf(dated) + period.count * 3600;
    case model::DurationUnit::Day: return EndOf(dated) + period.count * 86400;
    case model::DurationUnit::Week: return EndOf(dated) + period.count * 7 * 86400;
    case model::DurationUnit::Month: return EndOf(AddMonths(dated, period.count));
    case model::DurationUnit::Year: return EndOf(AddMonths(dated, period.count * 12));
  }
  return kEndOfTime;
}

}  // namespace sodc::lower
