// "did you mean": the nearest of some candidates by edit distance.
#ifndef SODC_SEMA_SUGGEST_H_
#define SODC_SEMA_SUGGEST_H_

#include <string>
#include <string_view>
#include <vector>

namespace sodc::sema {

// The nearest candidate, first of equals, or empty when none is near enough: at
// most a third of the letters differ. `max_distance` tightens this.
std::string_view Nearest(std::string_view text, const std::vector<std::string_view>& candidates,
                         unsigned max_distance = 8);

// `did you mean `x`?`, or `otherwise` when there is no near candidate.
std::string DidYouMean(std::string_view text, const std::vector<std::string_view>& candidates,
                       std::string_view otherwise = "");

// "`a`, `b` or `c`"
std::string ListOfChoices(const std::vector<std::string_view>& choices);

}  // namespace sodc::sema

#endif  // SODC_SEMA_SUGGEST_H_
