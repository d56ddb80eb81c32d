// The day an answer is about (rulings CLI-2): --as-of, else SOURCE_DATE_EPOCH,
// else today in UTC.
#ifndef SODC_DRIVER_AS_OF_H_
#define SODC_DRIVER_AS_OF_H_

#include <string>
#include <variant>

#include "compiler/driver/env.h"

namespace sodc {

struct AsOf {
  Instant instant = 0;  // midnight UTC at which the day begins
  std::string text;     // 2026-03-17
};

// `given` is the value of --as-of or empty. A day that cannot be read is a sentence.
std::variant<AsOf, std::string> ResolveAsOf(const std::string& given, const DriverEnv& env);

// The day of an instant that is no extreme, as text.
std::string DayText(Instant instant);

}  // namespace sodc

#endif  // SODC_DRIVER_AS_OF_H_
