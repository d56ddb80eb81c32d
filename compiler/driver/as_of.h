// The moment an answer is about (rulings CLI-2): --as-of, else the day of SOURCE_DATE_EPOCH,
// else today. A day begins in the time zone of the policy (docs/decisions/0035).
#ifndef SODC_DRIVER_AS_OF_H_
#define SODC_DRIVER_AS_OF_H_

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "compiler/base/calendar.h"
#include "compiler/driver/env.h"

namespace sodc {

struct AsOf {
  Instant instant = 0;  // at which the day begins
  std::string text;     // 2026-03-17, or an instant
};

// `given` is the value of --as-of or empty, `zone` the seconds east of UTC. What cannot be read is
// a sentence, in every zone.
std::variant<AsOf, std::string> ResolveAsOf(const std::string& given, const DriverEnv& env, int32_t zone = 0);

// `30d`, `2w`, `3mo`, `1y`: the last day that is that much later. Nothing for anything else.
std::optional<Date> LaterBy(Date day, std::string_view text);

}  // namespace sodc

#endif  // SODC_DRIVER_AS_OF_H_
