// The moment an answer is about (rulings CLI-2): --as-of, else the day of SOURCE_DATE_EPOCH,
// else today. A day begins in the time zone of the policy (docs/decisions/0035).
#ifndef SODC_DRIVER_AS_OF_H_
#define SODC_DRIVER_AS_OF_H_

#include <string>
#include <variant>

#include "compiler/driver/env.h"

namespace sodc {

struct AsOf {
  Instant instant = 0;  // at which the day begins
  std::string text;     // 2026-03-17, or an instant
};

// `given` is the value of --as-of or empty, `zone` the seconds east of UTC. What cannot be read is
// a sentence, in every zone.
std::variant<AsOf, std::string> ResolveAsOf(const std::string& given, const DriverEnv& env, int32_t zone = 0);

}  // namespace sodc

#endif  // SODC_DRIVER_AS_OF_H_
