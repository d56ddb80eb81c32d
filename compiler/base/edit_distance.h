// "Did you mean": the nearest of some names.
#ifndef SODC_BASE_EDIT_DISTANCE_H_
#define SODC_BASE_EDIT_DISTANCE_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace sodc {

// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the
// other; gives up above `limit` and returns limit + 1. Case is ignored.
uint32_t EditDistance(std::string_view a, std::string_view b, uint32_t limit);

// The candidate nearest to `word`, the first of equals; empty when none is near enough to be
// meant (a third of the word's length, at most 3).
std::string_view Nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace sodc

#endif  // SODC_BASE_EDIT_DISTANCE_H_
