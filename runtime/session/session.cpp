// The rules per session, asked of what can be activated, and the largest sets that break none.
#include "sod/session.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "runtime/core/image.h"

namespace sod {
namespace {

using Candidates = std::vector<std::span<const Holding>>;

std::vector<Holding> WhatCounts(std::span<const Holding> activated, Instant at) {
  std::vector<Holding> counted;
  std::ranges::copy_if(activated, std::back_inserter(counted), [&](const Holding& holding) { return CanBeActivated(holding, at); });
  return counted;
}

std::vector<uint32_t> OfSessions(const Table& table, std::span<const uint32_t> broken) {
  std::vector<uint32_t> rules;
  for (const uint32_t rule : broken) {
    if (table.image().Rules()[rule].moment == format::Moment::Session) rules.push_back(rule);
  }
  return rules;
}

// Candidates are decided one by one, in order: taken first, left out after. What is taken never breaks a rule, so
// a branch ends in a set that is safe; it is one of the largest if nothing that was left out can be added.
class Enumerating {
 public:
  Enumerating(const Table& table, Workspace& workspace, Candidates candidates, Instant at,
              const std::function<bool(std::span<const uint32_t>)>& tell, size_t most, uint32_t holder)
      : table_(table), workspace_(workspace), candidates_(std::move(candidates)), at_(at), tell_(tell), most_(most), holder_(holder) {}

  SafeSets Run() {
    Decide(0);
    return found_;
  }

 private:
  bool IsCandidate(uint32_t index) const {
    return std::ranges::any_of(candidates_[index], [&](const Holding& holding) { return CanBeActivated(holding, at_); });
  }
  bool IsSafe(const std::vector<uint32_t>& taken) const {
    std::vector<Holding> activated;
    for (const uint32_t index : taken) activated.insert(activated.end(), candidates_[index].begin(), candidates_[index].end());
    return PossibleSessionViolations(table_, workspace_, activated, at_, holder_).empty();
  }
  bool IsSafeWith(uint32_t index) const {
    std::vector<uint32_t> with = taken_;
    with.push_back(index);
    return IsSafe(with);
  }

  // Whether what was left out may still be kept out by what is taken and what could come: otherwise no set of this
  // branch is one of the largest.
  bool MayBeKeptOut(uint32_t index) const {
    std::vector<uint32_t> all = taken_;
    for (uint32_t later = index; later < candidates_.size(); ++later) {
      if (IsCandidate(later)) all.push_back(later);
    }
    return !IsSafe(all);
  }

  void Decide(uint32_t index) {
    if (is_over_) return;
    if (++steps_ > kMaxSafeSetSteps) return Stop();
    if (index == candidates_.size()) return Tell();
    if (!IsCandidate(index)) return Decide(index + 1);
    const bool is_free = IsSafeWith(index);
    if (is_free) {
      taken_.push_back(index);
      Decide(index + 1);
      taken_.pop_back();
      if (is_over_ || !MayBeKeptOut(index)) return;
    }
    left_out_.push_back(index);
    Decide(index + 1);
    left_out_.pop_back();
  }

  void Tell() {
    if (std::ranges::any_of(left_out_, [&](uint32_t index) { return IsSafeWith(index); })) return;
    if (found_.count == most_) return Stop();
    ++found_.count;
    if (!tell_(taken_)) Stop();
  }

  void Stop() {
    is_over_ = true;
    found_.is_truncated = true;
  }

  const Table& table_;
  Workspace& workspace_;
  const Candidates candidates_;
  const Instant at_;
  const std::function<bool(std::span<const uint32_t>)>& tell_;
  const size_t most_;
  const uint32_t holder_;
  std::vector<uint32_t> taken_, left_out_;
  SafeSets found_;
  size_t steps_ = 0;
  bool is_over_ = false;
};

}  // namespace

bool CanBeActivated(const Holding& holding, Instant at) {
  return holding.state == HoldingState::Active && holding.from <= at && at < holding.until;
}

std::vector<uint32_t> SessionViolations(const Table& table, Workspace& workspace, std::span<const Holding> activated, Instant at, uint32_t holder) {
  return OfSessions(table, workspace.Violations(WhatCounts(activated, at), at, holder));
}

std::vector<uint32_t> PossibleSessionViolations(const Table& table, Workspace& workspace, std::span<const Holding> activated, Instant at, uint32_t holder) {
  return OfSessions(table, workspace.PossibleViolations(WhatCounts(activated, at), at, holder));
}

SafeSets ForEachSafeSet(const Table& table, Workspace& workspace, std::span<const Holding> candidates, Instant at,
                        const std::function<bool(std::span<const uint32_t>)>& tell, size_t most, uint32_t holder) {
  Candidates one_each;
  for (const Holding& candidate : candidates) one_each.emplace_back(&candidate, 1);
  return Enumerating(table, workspace, std::move(one_each), at, tell, most, holder).Run();
}

SafeSets ForEachSafeSet(const Table& table, Workspace& workspace, std::span<const std::vector<Holding>> candidates, Instant at,
                        const std::function<bool(std::span<const uint32_t>)>& tell, size_t most, uint32_t holder) {
  return Enumerating(table, workspace, Candidates(candidates.begin(), candidates.end()), at, tell, most, holder).Run();
}

}  // namespace sod
