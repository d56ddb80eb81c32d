// Who holds which steps of a process at an instant, with whoever stands in for each other as one. Private to the library.
#ifndef SOD_PROCESSES_CROWD_H_
#define SOD_PROCESSES_CROWD_H_

#include <span>
#include <string>
#include <vector>

#include "runtime/processes/outline.h"

namespace sod::processes {

struct Member {
  OnePerson people;        // indices of subjects
  uint32_t certain = 0;    // steps held
  uint32_t possible = 0;   // with what is unknown of them
};
struct Crowd {
  std::vector<Member> members;      // in the order of the first of them; also those who hold nothing
  uint32_t unowned = 0;             // steps held by what may be anybody's
  std::vector<std::string> unknown; // in words
};

// INVARIANT: at most kMaxProcessSteps steps.
Crowd CrowdOf(const Image& image, std::span<const Subject> people, std::span<const uint32_t> steps, Instant at);

// The smallest sets of members that hold all steps. `most`: groups told.
struct Cover {
  bool is_over = false;             // the bound was reached
  std::optional<uint32_t> size;
  uint64_t count = 0;
  std::vector<std::vector<uint32_t>> groups;  // indices of members, ascending
};
Cover SmallestGroups(std::span<const uint32_t> masks, uint32_t wanted, size_t most);

}  // namespace sod::processes

#endif  // SOD_PROCESSES_CROWD_H_
