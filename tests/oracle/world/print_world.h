// A world as the text of a policy file and, when it is split, of a module beside it.
#ifndef SODC_TESTS_ORACLE_WORLD_PRINT_WORLD_H_
#define SODC_TESTS_ORACLE_WORLD_PRINT_WORLD_H_

#include <string>

#include "world.h"

namespace oracle {

std::string PrintWorld(const World& world);

// The text of `parts.sod`, which a split world imports; empty for one that is not split.
inline constexpr const char* kModuleFile = "parts.sod";
std::string PrintModule(const World& world);

// `2026-03-17` for a day of a world (also of the years beside it).
std::string PrintDay(int day);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_PRINT_WORLD_H_
