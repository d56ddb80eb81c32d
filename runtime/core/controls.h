// Whether a control counts for a person on a day, and if not, every reason why, with the
// edges that lead to it (rulings appendix D, SEM-21, SEM-27; docs/decisions/0038).
#ifndef SOD_CORE_CONTROLS_H_
#define SOD_CORE_CONTROLS_H_

#include <cstdint>
#include <span>

#include "runtime/core/image.h"
#include "runtime/core/watched.h"
#include "sod/query.h"

namespace sod::core {

// What is taken as not there, for one question: rows of Controls and of Systems.
struct Without {
  std::span<const uint32_t> controls;
  std::span<const uint32_t> systems;
};

// The control as it stands for the watched person at `at`; its domains and class also when it
// does not count. O(systems it depends on + actors behind its edges).
JudgedControl JudgeControl(const Image& image, uint32_t control, const Watched& watched, Instant at, const Without& without = {});

// Its class by what is declared (SEM-27), whoever is watched.
ControlClass ClassOf(const Image& image, uint32_t control);

}  // namespace sod::core

#endif  // SOD_CORE_CONTROLS_H_
