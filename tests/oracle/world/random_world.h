// Seeded worlds and questions for the random family (F7): every construct of the
// language's first part may occur, and every world is one the language accepts.
#ifndef SODC_TESTS_ORACLE_WORLD_RANDOM_WORLD_H_
#define SODC_TESTS_ORACLE_WORLD_RANDOM_WORLD_H_

#include <cstdint>
#include <vector>

#include "answer.h"
#include "world.h"

namespace oracle {

World RandomWorld(uint64_t seed);

// About every subject, anonymous ones too; now and with requests.
std::vector<Question> RandomQuestions(const World& world, uint64_t seed);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_RANDOM_WORLD_H_
