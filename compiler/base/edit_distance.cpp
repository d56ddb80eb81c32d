#include "compiler/base/edit_distance.h"

#include <algorithm>
#include <vector>

namespace sodc {
namespace {

char Fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

uint32_t EditDistance(std::string_view a, std::string_view b, uint32_t limit) {
  const size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit) return limit + 1;
  std::vector<uint32_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<uint32_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<uint32_t>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const bool is_equal = Fold(a[i - 1]) == Fold(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (is_equal ? 0u : 1u)});
      const bool is_swap = i > 1 && j > 1 && Fold(a[i - 1]) == Fold(b[j - 2]) && Fold(a[i - 2]) == Fold(b[j - 1]);
      if (is_swap) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], limit + 1);
}

std::string_view Nearest(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() < 2) return {};  // every single letter is near to every other
  const auto allowed = static_cast<uint32_t>(std::clamp<size_t>((word.size() + 1) / 3, 1, 3));
  uint32_t best = allowed + 1;
  std::string_view nearest;
  for (const std::string_view candidate : candidates) {
    const uint32_t distance = EditDistance(word, candidate, allowed);
    if (distance >= best || candidate == word) continue;
    best = distance;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace sodc
