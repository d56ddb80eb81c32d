#include "compiler/sema/suggest.h"

#include <algorithm>

#include "compiler/base/edit_distance.h"

namespace sodc::sema {

std::string_view Nearest(std::string_view text, const std::vector<std::string_view>& candidates,
                         unsigned max_distance) {
  unsigned best = std::min<unsigned>(max_distance, std::max<unsigned>(1, static_cast<unsigned>(text.size()) / 3)) + 1;
  std::string_view nearest;
  for (std::string_view candidate : candidates) {
    const size_t gap = candidate.size() > text.size() ? candidate.size() - text.size() : text.size() - candidate.size();
    if (gap >= best || candidate == text) continue;
    const unsigned distance = EditDistance(text, candidate, best);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string DidYouMean(std::string_view text, const std::vector<std::string_view>& candidates,
                       std::string_view otherwise) {
  const std::string_view nearest = Nearest(text, candidates);
  if (nearest.empty()) return std::string(otherwise);
  return "did you mean `" + std::string(nearest) + "`?";
}

std::string ListOfChoices(const std::vector<std::string_view>& choices) {
  std::string list;
  for (size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) list += i + 1 == choices.size() ? " or " : ", ";
    list += "`" + std::string(choices[i]) + "`";
  }
  return list;
}

}  // namespace sodc::sema
