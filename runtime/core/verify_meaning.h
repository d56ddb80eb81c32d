// The parts of the third pass. Each check returns what is wrong, or nullptr.
#ifndef SOD_CORE_VERIFY_MEANING_H_
#define SOD_CORE_VERIFY_MEANING_H_

#include "runtime/core/image.h"

namespace sod::core {

using Fault = const char*;
using format::NameKind;

// verify_rules.cpp
Fault CheckAtoms(const Image& image);
Fault CheckSides(const Image& image);
Fault CheckDutyAtoms(const Image& image);
Fault CheckAdjacency(const Image& image);
Fault CheckAmendments(const Image& image);

// verify_guards.cpp
Fault CheckGuards(const Image& image);

// verify_roles.cpp
Fault CheckRoleLists(const Image& image);
Fault CheckIncludesAcyclic(const Image& image);
Fault CheckRoleDuties(const Image& image);
Fault CheckRoleAtoms(const Image& image);

// verify_scopes.cpp
Fault CheckDimensions(const Image& image);
Fault CheckScopes(const Image& image);
Fault CheckCapacities(const Image& image);
Fault CheckDerivations(const Image& image);
Fault CheckEntitlements(const Image& image);
Fault CheckForeignIds(const Image& image);
Fault CheckProvisions(const Image& image);
// Whether each box of `inner` lies in one box of `outer`: rows of Scopes, kNone for everywhere.
bool IsScopeInside(const Image& image, uint32_t inner, uint32_t outer);

// verify_objects.cpp
Fault CheckObjects(const Image& image);
Fault CheckActs(const Image& image);

// verify_meaning.cpp: the string number of the name of a declared thing; kNone when there is none.
uint32_t NameOf(const Image& image, NameKind kind, uint32_t index);

// verify_actors.cpp
Fault CheckDelegations(const Image& image);
Fault CheckActors(const Image& image);
Fault CheckTeamsAcyclic(const Image& image);
Fault CheckAssignments(const Image& image);
Fault CheckWaivers(const Image& image);
Fault CheckExemptions(const Image& image);
Fault CheckApprovers(const Image& image);
Fault CheckLosses(const Image& image);
Fault CheckEnforcers(const Image& image);
Fault CheckActivations(const Image& image);

// Level numbers: below the count of the access scale, 0 without one.
inline bool IsLevel(const Image& image, uint32_t level) {
  return level <= image.top_level();
}

}  // namespace sod::core

#endif  // SOD_CORE_VERIFY_MEANING_H_
