// Who counts as a person, what somebody holds of some duties, and when that changes: what processes and numbers of holders
// read alike. Private to the library.
#ifndef SOD_PROCESSES_PEOPLE_H_
#define SOD_PROCESSES_PEOPLE_H_

#include <algorithm>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::processes {

using core::Image;

// Persons that are somebody, and external parties.
bool IsCounted(const Image& image, const Subject& subject);
bool IsVacant(const Image& image, const Subject& subject);
// Of whom nobody knows everything that they hold.
bool MayHoldMore(const Subject& subject);
std::string NameIn(const Subject& subject);
// "whose unix:root is", "who is in Office": of an account or a team that may be anybody's.
std::string WhoItIs(const Subject& subject);

// The duties among these that the holdings give then, for certain: bit i for duties[i].
uint32_t StepsHeld(const Image& image, std::span<const Holding> holdings, std::span<const uint32_t> duties, Instant at);
// What one of them gives by itself, whenever; and what its undecided cells would.
uint32_t StepsOf(const Image& image, const Holding& holding, std::span<const uint32_t> duties);
uint32_t UndecidedSteps(const Image& image, const Holding& holding, std::span<const uint32_t> duties);
bool HasUndecided(const Image& image);

// The same people, with what people[person] holds when the request is granted.
std::vector<Subject> WithRequest(const Table& table, std::span<const Subject> people, uint32_t person, const Request& request);
// From the first beginning to the last end, not before `as_of`.
std::pair<Instant, Instant> TimeOf(const Request& request, Instant as_of);
// When something of what anybody holds begins or ends within the interval, and its beginning.
std::set<Instant> InstantsWithin(std::span<const Subject> people, std::span<const Holding> more, Instant from, Instant until);

// Sets that grow together, by the first of each.
class Merging {
 public:
  explicit Merging(size_t count) : parents_(count) { std::iota(parents_.begin(), parents_.end(), 0u); }
  uint32_t Of(uint32_t one) {
    while (parents_[one] != one) one = parents_[one] = parents_[parents_[one]];
    return one;
  }
  void Join(uint32_t a, uint32_t b) {
    a = Of(a), b = Of(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<uint32_t> parents_;
};

}  // namespace sod::processes

#endif  // SOD_PROCESSES_PEOPLE_H_
