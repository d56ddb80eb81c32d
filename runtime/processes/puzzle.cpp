#include "runtime/processes/puzzle.h"

#include <algorithm>
#include <bit>
#include <map>
#include <utility>

#include "runtime/core/matching.h"

namespace sod::processes {
namespace {

struct Used {
  uint32_t doer = 0;
  uint32_t done = 0;
};
// Doers that are alike; those before `used` have something to do.
struct Alike {
  std::vector<uint32_t> doers;
  size_t used = 0;
};

// Place by place, the duties that the fewest may do first; of those who are alike and have nothing to do yet, one is tried.
// Everything but that the places are filled and the people are enough stays true when less is done.
class Search {
 public:
  Search(const Puzzle& puzzle, size_t& left) : puzzle_(puzzle), left_(left) {
    std::map<Doer, size_t> classes;
    for (uint32_t i = 0; i < puzzle.doers.size(); ++i) {
      const auto [place, is_new] = classes.emplace(puzzle.doers[i], classes_.size());
      if (is_new) classes_.emplace_back();
      classes_[place->second].doers.push_back(i);
    }
    for (uint32_t duty = 0; duty < puzzle.people_of.size(); ++duty) places_.insert(places_.end(), puzzle.people_of[duty], duty);
    std::ranges::stable_sort(places_, {}, [&](uint32_t duty) {
      return std::ranges::count_if(puzzle.doers, [&](const Doer& doer) { return (doer.duties >> duty & 1) != 0; });
    });
  }

  Solution Run() {
    Solution solution;
    bool is_open = true;
    for (const Quorum& quorum : puzzle_.quorums) is_open = is_open && !Approvers(quorum).empty();
    solution.is_found = is_open && Fill(0);
    solution.is_over = is_over_;
    if (!solution.is_found) return solution;
    solution.done_by.resize(puzzle_.people_of.size());
    for (const Used& used : used_) {
      for (uint32_t duty = 0; duty < solution.done_by.size(); ++duty) {
        if ((used.done >> duty & 1) != 0) solution.done_by[duty].push_back(used.doer);
      }
    }
    for (std::vector<uint32_t>& doers : solution.done_by) std::ranges::sort(doers);
    for (const Quorum& quorum : puzzle_.quorums) solution.approved_by.push_back(Approvers(quorum));
    return solution;
  }

 private:
  bool IsSpent() {
    if (left_ != 0) --left_;
    else is_over_ = true;
    return is_over_;
  }

  bool Fill(size_t place) {
    if (IsSpent()) return false;
    if (place == places_.size()) return Extend();
    const uint32_t duty = places_[place];
    const bool needs_people = puzzle_.people_of[duty] > 1;
    for (size_t i = 0; i < used_.size(); ++i) {
      if (needs_people && puzzle_.doers[used_[i].doer].is_machine) continue;
      if (WithDone(i, duty, [&] { return Fill(place + 1); })) return true;
    }
    for (Alike& alike : classes_) {
      if (needs_people && puzzle_.doers[alike.doers[0]].is_machine) continue;
      if (WithFresh(alike, duty, [&] { return Fill(place + 1); })) return true;
    }
    return false;
  }

  // Everything is done; more people do something again, as long as too few did.
  bool Extend() {
    const auto counted = static_cast<size_t>(std::ranges::count_if(used_, [&](const Used& used) { return IsCounted(used); }));
    if (counted >= puzzle_.needs) return true;
    if (IsSpent()) return false;
    for (uint32_t rest = puzzle_.counted; rest != 0; rest &= rest - 1) {
      const auto duty = static_cast<uint32_t>(std::countr_zero(rest));
      for (size_t i = 0; i < used_.size(); ++i) {
        if (IsCounted(used_[i]) || puzzle_.doers[used_[i].doer].is_machine) continue;
        if (WithDone(i, duty, [&] { return Extend(); })) return true;
      }
      for (Alike& alike : classes_) {
        if (puzzle_.doers[alike.doers[0]].is_machine) continue;
        if (WithFresh(alike, duty, [&] { return Extend(); })) return true;
      }
    }
    return false;
  }

  bool IsCounted(const Used& used) const { return (used.done & puzzle_.counted) != 0 && !puzzle_.doers[used.doer].is_machine; }

  template <typename Next>
  bool WithFresh(Alike& alike, uint32_t duty, Next next) {
    if (alike.used == alike.doers.size() || (puzzle_.doers[alike.doers[0]].duties >> duty & 1) == 0) return false;
    used_.push_back({alike.doers[alike.used++], 0});
    if (WithDone(used_.size() - 1, duty, next)) return true;
    used_.pop_back();
    --alike.used;
    return false;
  }

  template <typename Next>
  bool WithDone(size_t index, uint32_t duty, Next next) {
    const uint32_t bit = uint32_t{1} << duty;
    const Doer& doer = puzzle_.doers[used_[index].doer];
    if ((doer.duties & bit) == 0 || (used_[index].done & bit) != 0 || !puzzle_.may_do(doer, used_[index].done | bit)) return false;
    used_[index].done |= bit;
    if (Holds(bit) && next()) return true;
    used_[index].done &= ~bit;
    return false;
  }

  // What is said of several people, after one more did the duty.
  bool Holds(uint32_t bit) {
    for (const Bound& bound : puzzle_.bounds) {
      if ((bound.duties & bit) == 0) continue;
      const auto people = std::ranges::count_if(used_, [&](const Used& used) { return (used.done & bound.duties) != 0; });
      if (static_cast<uint32_t>(people) > bound.most) return false;
    }
    return std::ranges::all_of(puzzle_.quorums, [&](const Quorum& quorum) { return (quorum.barred & bit) == 0 || !Approvers(quorum).empty(); });
  }

  // Different people for the places, one for each; empty: there are none. Of those who are alike no more than there are places.
  std::vector<uint32_t> Approvers(const Quorum& quorum) const {
    const core::Matching::Fits fits = [&](uint32_t doer, size_t place) {
      return (puzzle_.doers[doer].slots >> quorum.places[place] & 1) != 0;
    };
    core::Matching matching(quorum.places.size(), fits);
    for (const Used& used : used_) {
      if ((used.done & quorum.barred) == 0) matching.Add(used.doer);
    }
    for (const Alike& alike : classes_) {
      const size_t end = std::min(alike.doers.size(), alike.used + quorum.places.size());
      for (size_t i = alike.used; i < end && !matching.IsComplete(); ++i) matching.Add(alike.doers[i]);
    }
    return matching.IsComplete() ? matching.by_place() : std::vector<uint32_t>();
  }

  const Puzzle& puzzle_;
  size_t& left_;
  bool is_over_ = false;
  std::vector<Alike> classes_;
  std::vector<uint32_t> places_;  // duties
  std::vector<Used> used_;
};

}  // namespace

Solution Solve(const Puzzle& puzzle, size_t& left) { return Search(puzzle, left).Run(); }

}  // namespace sod::processes
