// "1 error", "3 errors".
#ifndef SODC_DRIVER_PLURAL_H_
#define SODC_DRIVER_PLURAL_H_

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace sodc {

// `what` is a word whose plural takes an s.
inline std::string Plural(size_t count, std::string_view what) { return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s"); }

}  // namespace sodc

#endif  // SODC_DRIVER_PLURAL_H_
