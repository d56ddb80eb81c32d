// The families of worlds that are run through both implementations, with their exact
// counts (rulings, appendix I).
#ifndef SODC_TESTS_ORACLE_FAMILIES_FAMILY_H_
#define SODC_TESTS_ORACLE_FAMILIES_FAMILY_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "../product/differ.h"
#include "../world/answer.h"
#include "../world/world.h"

namespace oracle {

struct Case {
  World world;
  std::vector<Question> questions;
};

// Case number `index` is made on demand, so that shards and single cases cost nothing else.
struct Family {
  std::string name;
  uint64_t cases = 0;
  uint64_t answers = 0;     // over all cases; 0: not known before
  std::function<Case(uint64_t index)> make;
};

// F1: 25 orders of inclusion of 3 roles × 2^9 grants of 3 duties = 12 800 policies, each with
// every pair, at most 1 and at most 2 of the three, one role conflict and one restriction;
// × 64 ways in which one person with two accounts holds the roles = 819 200 answers.
Family StructureFamily();

// F3: disjoint non-empty sides A, B of 5 duties (180) × any/all of either (4) = 720 policies;
// × 32 sets of duties held = 23 040 answers.
Family SetFamily();

// F7: random larger worlds with people, teams, accounts, levels, dates and requests.
Family RandomFamily(uint64_t seed, uint64_t count);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_FAMILIES_FAMILY_H_
