// "did you mean": the one spelling help of the command line.
#ifndef SODC_DRIVER_SUGGEST_H_
#define SODC_DRIVER_SUGGEST_H_

#include <string>
#include <string_view>
#include <vector>

namespace sodc {

// "; did you mean `query`?", or empty when no candidate is near.
std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace sodc

#endif  // SODC_DRIVER_SUGGEST_H_
