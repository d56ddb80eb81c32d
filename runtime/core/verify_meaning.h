// The parts of the third pass. Each check returns what is wrong, or nullptr.
#ifndef SOD_CORE_VERIFY_MEANING_H_
#define SOD_CORE_VERIFY_MEANING_H_

#include "runtime/core/image.h"

namespace sod::core {

using Fault = const char*;

// verify_rules.cpp
Fault CheckAtoms(const Image& image);
Fault CheckSides(const Image& image);
Fault CheckDutyAtoms(const Image& image);
Fault CheckAdjacency(const Image& image);

// verify_roles.cpp
Fault CheckRoleLists(const Image& image);
Fault CheckIncludesAcyclic(const Image& image);
Fault CheckRoleDuties(const Image& image);
Fault CheckRoleAtoms(const Image& image);

// verify_actors.cpp
Fault CheckActors(const Image& image);
Fault CheckTeamsAcyclic(const Image& image);
Fault CheckAssignments(const Image& image);

// Level numbers: below the count of the access scale, 0 without one.
inline bool IsLevel(const Image& image, uint32_t level) {
  return level <= image.top_level();
}

}  // namespace sod::core

#endif  // SOD_CORE_VERIFY_MEANING_H_
