#include "runtime/processes/crowd.h"

#include <algorithm>
#include <bit>
#include <map>

#include "runtime/core/supply.h"
#include "runtime/processes/people.h"

namespace sod::processes {
namespace {

// Branch on the lowest step that is missing; a class that was tried first is left out of the other branches, so that each set
// is met once. INVARIANT: recursion is as deep as the size, at most 24.
class Covering {
 public:
  Covering(std::span<const uint32_t> classes, std::span<const uint64_t> sizes, uint32_t wanted) : classes_(classes), sizes_(sizes), wanted_(wanted) {
    uint32_t widest = 0;
    for (const uint32_t mask : classes) widest = std::max(widest, static_cast<uint32_t>(std::popcount(mask & wanted)));
    widest_ = widest;
  }

  // Every set of exactly so many classes that covers, none of fewer does: how many sets of members; kept in `sets`.
  bool Run(uint32_t size, size_t most) {
    size_ = size;
    most_ = most;
    std::vector<bool> is_out(classes_.size());
    Branch(0, is_out);
    return !is_over_;
  }
  uint64_t count() const { return count_; }
  const std::vector<std::vector<uint32_t>>& sets() const { return sets_; }

 private:
  void Branch(uint32_t covered, std::vector<bool>& is_out) {
    if (is_over_ || ++steps_ > kMaxCoverSteps) {
      is_over_ = true;
      return;
    }
    const uint32_t missing = wanted_ & ~covered;
    if (missing == 0) return Tell();
    const auto left = static_cast<uint32_t>(size_ - taken_.size());
    if (static_cast<uint64_t>(left) * widest_ < static_cast<uint64_t>(std::popcount(missing))) return;
    const uint32_t step = missing & (~missing + 1);
    std::vector<uint32_t> tried;
    for (uint32_t i = 0; i < classes_.size(); ++i) {
      if (is_out[i] || (classes_[i] & step) == 0) continue;
      is_out[i] = true;
      tried.push_back(i);
      taken_.push_back(i);
      Branch(covered | classes_[i], is_out);
      taken_.pop_back();
    }
    for (const uint32_t i : tried) is_out[i] = false;
  }

  void Tell() {
    uint64_t ways = 1;
    for (const uint32_t taken : taken_) {
      uint64_t product = 0;
      ways = __builtin_mul_overflow(ways, sizes_[taken], &product) ? UINT64_MAX : product;
    }
    count_ = count_ > UINT64_MAX - ways ? UINT64_MAX : count_ + ways;
    if (sets_.size() < most_) sets_.push_back(taken_);
  }

  std::span<const uint32_t> classes_;
  std::span<const uint64_t> sizes_;
  const uint32_t wanted_;
  uint32_t widest_ = 0, size_ = 0;
  size_t most_ = 0, steps_ = 0;
  uint64_t count_ = 0;
  bool is_over_ = false;
  std::vector<uint32_t> taken_;
  std::vector<std::vector<uint32_t>> sets_;
};

// One member of each class, in every way, at most `most` in all. INVARIANT: as deep as the set is large.
void Expand(const std::vector<const std::vector<uint32_t>*>& classes, size_t index, std::vector<uint32_t>& taken, size_t most,
            std::vector<std::vector<uint32_t>>& groups) {
  if (groups.size() >= most) return;
  if (index == classes.size()) {
    groups.push_back(taken);
    std::ranges::sort(groups.back());
    return;
  }
  for (const uint32_t member : *classes[index]) {
    taken.push_back(member);
    Expand(classes, index + 1, taken, most, groups);
    taken.pop_back();
  }
}

}  // namespace

Crowd CrowdOf(const Image& image, std::span<const Subject> people, std::span<const uint32_t> steps, Instant at) {
  Crowd crowd;
  Merging merging(people.size());
  std::map<uint32_t, uint32_t> by_actor;
  for (uint32_t i = 0; i < people.size(); ++i) {
    if (people[i].actor != kNone && IsCounted(image, people[i])) by_actor.emplace(people[i].actor, i);
  }
  const bool has_undecided = HasUndecided(image);
  const uint32_t all = static_cast<uint32_t>((uint64_t{1} << steps.size()) - 1);
  std::vector<uint32_t> certain(people.size()), possible(people.size());
  for (uint32_t i = 0; i < people.size(); ++i) {
    const Subject& subject = people[i];
    const bool is_anybody = subject.kind == SubjectKind::Account || subject.kind == SubjectKind::Team;
    if (!is_anybody && !IsCounted(image, subject)) continue;
    const uint32_t held = StepsHeld(image, subject.holdings, steps, at);
    if (is_anybody) {
      if (held != 0) crowd.unknown.push_back(WhoItIs(subject));
      crowd.unowned |= held;
      continue;
    }
    certain[i] = possible[i] = held;
    for (const Holding& holding : subject.holdings) {
      if (!core::CountsAt(image, holding, at)) continue;
      if (has_undecided) possible[i] |= UndecidedSteps(image, holding, steps);
      if (holding.delegation == kNone || StepsOf(image, holding, steps) == 0) continue;
      const auto delegator = by_actor.find(image.Delegations()[holding.delegation].delegator);
      if (delegator != by_actor.end()) merging.Join(i, delegator->second);
    }
    if (MayHoldMore(subject)) possible[i] = all;
    if (possible[i] != certain[i]) crowd.unknown.push_back("what " + NameIn(subject) + " holds");
  }
  std::map<uint32_t, Member> members;
  for (uint32_t i = 0; i < people.size(); ++i) {
    if (!IsCounted(image, people[i])) continue;
    Member& member = members[merging.Of(i)];
    member.people.push_back(i);
    member.certain |= certain[i];
    member.possible |= possible[i];
  }
  for (auto& [first, member] : members) crowd.members.push_back(std::move(member));
  return crowd;
}

Cover SmallestGroups(std::span<const uint32_t> masks, uint32_t wanted, size_t most) {
  Cover cover;
  std::map<uint32_t, std::vector<uint32_t>> by_mask;
  uint32_t held = 0;
  for (uint32_t i = 0; i < masks.size(); ++i) {
    if ((masks[i] & wanted) == 0) continue;
    by_mask[masks[i] & wanted].push_back(i);
    held |= masks[i];
  }
  if ((wanted & ~held) != 0 || wanted == 0) return cover;
  // Classes in the order of their first member.
  std::vector<std::pair<uint32_t, const std::vector<uint32_t>*>> classes;
  for (const auto& [mask, members] : by_mask) classes.emplace_back(mask, &members);
  std::ranges::sort(classes, {}, [](const auto& one) { return one.second->front(); });
  std::vector<uint32_t> class_masks;
  std::vector<uint64_t> sizes;
  for (const auto& [mask, members] : classes) {
    class_masks.push_back(mask);
    sizes.push_back(members->size());
  }
  for (uint32_t size = 1; size <= static_cast<uint32_t>(std::popcount(wanted)); ++size) {
    Covering covering(class_masks, sizes, wanted);
    if (!covering.Run(size, most)) {
      cover.is_over = true;
      return cover;
    }
    if (covering.count() == 0) continue;
    cover.size = size;
    cover.count = covering.count();
    for (const std::vector<uint32_t>& set : covering.sets()) {
      std::vector<const std::vector<uint32_t>*> chosen;
      for (const uint32_t one : set) chosen.push_back(classes[one].second);
      std::vector<uint32_t> taken;
      Expand(chosen, 0, taken, most, cover.groups);
    }
    std::ranges::sort(cover.groups);
    return cover;
  }
  return cover;
}

}  // namespace sod::processes
