// A world as the text of one policy file.
#ifndef SODC_TESTS_ORACLE_WORLD_PRINT_WORLD_H_
#define SODC_TESTS_ORACLE_WORLD_PRINT_WORLD_H_

#include <string>

#include "world.h"

namespace oracle {

std::string PrintWorld(const World& world);

// `2026-03-17` for a day of a world (also of the years beside it).
std::string PrintDay(int day);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_PRINT_WORLD_H_
