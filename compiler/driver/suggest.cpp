#include "compiler/driver/suggest.h"

#include "compiler/base/edit_distance.h"

namespace sodc {

std::string DidYouMean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view closest = Nearest(word, candidates);
  if (closest.empty()) return {};
  return "; did you mean `" + std::string(closest) + "`?";
}

}  // namespace sodc
