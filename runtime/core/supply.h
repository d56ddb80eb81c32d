// Which holding supplies what: atoms, duties with their places, and the sources of what several
// entitlements confer together.
#ifndef SOD_CORE_SUPPLY_H_
#define SOD_CORE_SUPPLY_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "runtime/core/boxes.h"
#include "sod/query.h"

namespace sod::core {

// A holding and the atom it sets: the one asked for, or a source of it.
struct Supplier {
  uint32_t holding = 0;
  uint32_t atom = 0;
  uint32_t row = 0xffffffff;  // of a role: the row of RoleAtoms
  auto operator<=>(const Supplier&) const = default;
};

// Whether the holding sets the atom by itself in a place that `takes_part` says yes to; of a role,
// `row` becomes the row of RoleAtoms that does.
bool Sets(const Image& image, const Holding& holding, uint32_t atom,
          const std::function<bool(const ScopeBox&)>& takes_part, uint32_t& row);
// Whether the grant sets the atom where it holds, decided or not.
bool GrantSets(const Image& image, const format::GrantRecord& grant, uint32_t atom);
// The undecided grants by which the holding would set the atom by itself, if they were decided so: rows
// of Grants, each with a place.
struct UndecidedPlace {
  uint32_t grant;
  ScopeBox box;
};
std::vector<UndecidedPlace> UndecidedPlaces(const Image& image, const Holding& holding, uint32_t atom);

// The atom and, as far as `is_held` says so of all sources of a derivation, the atoms it is
// derived from, directly or not; each once.
std::vector<uint32_t> AtomsBehind(const Image& image, uint32_t atom, const std::function<bool(uint32_t)>& is_held);

// A duty that a holding gives: at which level and in which capacity (ranks), and where.
struct GivenDuty {
  uint32_t duty, level, capacity;  // capacity kNone: the first acting one
  const ScopeBox& box;
};
// Every duty that the holding gives, whatever the capacity. Undecided grants are not in it; what several
// entitlements of a role confer together is JointDutiesOf's.
void ForEachDuty(const Image& image, const Holding& holding, const std::function<void(const GivenDuty&)>& give);

// The role and every role it includes, ascending.
std::vector<uint32_t> RoleClosure(const Image& image, uint32_t role);
// The level at which the role has the duty somewhere; nothing when it does not.
std::optional<uint32_t> LevelInRole(const Image& image, uint32_t role, uint32_t duty);

inline bool IsHeldAt(const Holding& holding, Instant at) {
  return holding.from <= at && at < holding.until;
}
// Whether the holding gives anything: a role in a capacity that does not act gives nothing, so
// that the owner or approver of a role does not hold it (second-ring E24).
bool Confers(const Image& image, const Holding& holding);
// Held then and of use: eligible and emergency holdings can be used at any moment, requested and
// suspended ones not.
bool IsUsableAt(const Image& image, const Holding& holding, Instant at);
// Usable then, or asked for by a request, which counts in any state.
bool CountsAt(const Image& image, const Holding& holding, Instant at);
// Every duty that one of the roles (ascending) would give if its undecided grants were decided so; some more than once. O(grants).
void ForEachUndecidedDuty(const Image& image, std::span<const uint32_t> roles, const std::function<void(uint32_t)>& give);
// Whether holding a role in the capacity (a rank, kNone: any acting one) sets the atom, which is one
// of the role: that of a side which names a capacity, or one of what the role gives.
bool RoleSets(const Image& image, uint32_t capacity, uint32_t atom);

}  // namespace sod::core

#endif  // SOD_CORE_SUPPLY_H_
