// Who does which step of one object, so that everything said of people holds at once: the workflow satisfiability problem
// (Wang and Li, 2010; Crampton and Gutin, 2013), exact and bounded. Private to the library.
#ifndef SOD_PROCESSES_PUZZLE_H_
#define SOD_PROCESSES_PUZZLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace sod::processes {

// Alike are those of whom all of this is equal: any of them can do what another does.
struct Doer {
  uint32_t duties = 0;      // bit i: may do duty i
  uint32_t own = 0;         // may do none of these on what is their own
  uint64_t slots = 0;       // of approvals, by their bits in the puzzle
  bool is_machine = false;  // with nobody behind it: counts as nobody where people are counted
  auto operator<=>(const Doer&) const = default;
};
struct Quorum {
  std::vector<uint32_t> places;  // the bit of the slot that each is of
  uint32_t barred = 0;           // whoever did one of these duties fills none
};
// At most `most` people do one of the duties.
struct Bound {
  uint32_t duties = 0, most = 0;
};
struct Puzzle {
  std::vector<uint32_t> people_of;  // by duty: how many different people it needs; 0: it need not be done
  uint32_t counted = 0;             // duties whose doers count for `needs`
  uint32_t needs = 0;
  std::vector<Bound> bounds;        // the same person: at most one
  std::vector<Quorum> quorums;
  // Whether one person may do just these duties; true of fewer of them, too.
  std::function<bool(const Doer&, uint32_t)> may_do;
  std::vector<Doer> doers;
};
struct Solution {
  bool is_found = false;
  bool is_over = false;                         // the bound was reached, and nothing is known
  std::vector<std::vector<uint32_t>> done_by;   // by duty: doers, ascending
  std::vector<std::vector<uint32_t>> approved_by;  // by quorum, in the order of its places
};

// `left`: steps of the search that may still be taken; what it takes is taken away. Of several solutions the one that asks
// the fewest and the earliest people step by step. INVARIANT: at most 32 duties, 64 slots, 64 places in all.
Solution Solve(const Puzzle& puzzle, size_t& left);

}  // namespace sod::processes

#endif  // SOD_PROCESSES_PUZZLE_H_
