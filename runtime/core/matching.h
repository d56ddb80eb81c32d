// Different people for different places, as many as can be: bipartite matching by augmenting paths.
#ifndef SOD_CORE_MATCHING_H_
#define SOD_CORE_MATCHING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "sod/query.h"

namespace sod::core {

// Candidates are numbers of the caller's; `fits` outlives this. INVARIANT: at most 64 places; recursion is as deep as there are places.
class Matching {
 public:
  using Fits = std::function<bool(uint32_t candidate, size_t place)>;
  Matching(size_t places, const Fits& fits) : fits_(fits), by_place_(places, kNone) {}

  // Places the candidate if that takes nobody out for good. O(places²).
  void Add(uint32_t candidate) {
    uint64_t tried = 0;
    Place(candidate, tried);
  }
  bool IsFilled(size_t place) const { return by_place_[place] != kNone; }
  bool IsComplete() const { return std::ranges::find(by_place_, kNone) == by_place_.end(); }
  const std::vector<uint32_t>& by_place() const { return by_place_; }

 private:
  bool Place(uint32_t candidate, uint64_t& tried) {
    for (size_t place = 0; place < by_place_.size(); ++place) {
      if ((tried >> place & 1) != 0 || !fits_(candidate, place)) continue;
      tried |= uint64_t{1} << place;
      if (by_place_[place] != kNone && !Place(by_place_[place], tried)) continue;
      by_place_[place] = candidate;
      return true;
    }
    return false;
  }

  const Fits& fits_;
  std::vector<uint32_t> by_place_;
};

}  // namespace sod::core

#endif  // SOD_CORE_MATCHING_H_
