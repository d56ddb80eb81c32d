// Makes a failing world small: greedy removal of everything the failure does not need.
#ifndef SODC_TESTS_ORACLE_WORLD_SHRINK_H_
#define SODC_TESTS_ORACLE_WORLD_SHRINK_H_

#include <functional>

#include "answer.h"
#include "world.h"

namespace oracle {

// Whether the world, asked this, still shows the failure.
using StillFails = std::function<bool(const World&, const Question&)>;

struct Failure {
  World world;
  Question question;
};

// Terminates: each step removes something.
Failure Shrink(Failure failure, const StillFails& still_fails);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_SHRINK_H_
