// Roles: ownership of grants and restrictions, inclusion, and the closures with
// the chain that supplies each duty and atom.
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/core/boxes.h"
#include "runtime/core/verify_cycles.h"
#include "runtime/core/verify_meaning.h"

namespace sod::core {

using namespace format;  // NOLINT: every line here names records
using format::kNone;

namespace {

std::span<const RoleRefRecord> IncludesOf(const Image& image, uint32_t role) {
  const RoleRecord& record = image.Roles()[role];
  return Slice(image.RoleIncludes(), record.includes_first, record.includes_count);
}

std::span<const RoleDutyRecord> DutiesOf(const Image& image, uint32_t role) {
  const RoleRecord& record = image.Roles()[role];
  return Slice(image.RoleDuties(), record.duties_first, record.duties_count);
}

std::span<const RoleAtomRecord> AtomsOf(const Image& image, uint32_t role) {
  const RoleRecord& record = image.Roles()[role];
  return Slice(image.RoleAtoms(), record.atoms_first, record.atoms_count);
}

// The roles that one role includes, sorted once so that hostile lists cost no square.
class IncludeSet {
 public:
  void Assign(const Image& image, uint32_t role) {
    roles_.clear();
    for (const RoleRefRecord& include : IncludesOf(image, role)) roles_.push_back(include.role);
    std::ranges::sort(roles_);
  }
  bool Has(uint32_t role) const { return std::ranges::binary_search(roles_, role); }

 private:
  std::vector<uint32_t> roles_;
};

bool OwnsGrant(const RoleRecord& role, uint32_t grant) {
  return grant >= role.grants_first && grant - role.grants_first < role.grants_count;
}

}  // namespace

Fault CheckRoleLists(const Image& image) {
  for (uint32_t row = 0; row < image.Roles().size(); ++row) {
    const RoleRecord& role = image.Roles()[row];
    for (const GrantRecord& grant : Slice(image.Grants(), role.grants_first, role.grants_count)) {
      if (grant.role != row) return "a grant is out of place";
      if (!IsLevel(image, grant.level)) return "a grant has a level that does not exist";
      if ((grant.duty == kNone) == (grant.entitlement == kNone)) return "a grant needs a duty or an entitlement";
    }
    for (const RestrictionRecord& restriction :
         Slice(image.Restrictions(), role.restrictions_first, role.restrictions_count)) {
      if (restriction.role != row) return "a restriction is out of place";
    }
  }
  return nullptr;
}

Fault CheckIncludesAcyclic(const Image& image) {
  const bool has_cycle = HasCycle(
      static_cast<uint32_t>(image.Roles().size()),
      [&](uint32_t role) { return IncludesOf(image, role); },
      [](const RoleRefRecord& edge) { return edge.role; });
  return has_cycle ? "a role includes itself" : nullptr;
}

namespace {

// The role or grant that `via` names has the duty at this level: following `via` ends, since
// inclusion is acyclic.
bool IsSupplied(const Image& image, uint32_t role, const IncludeSet& includes,
                const RoleDutyRecord& held) {
  if (held.via == kViaDerivation) return IsLevel(image, held.level) && !image.Entitlements().empty();
  if (held.via < kViaRole) {
    if (!OwnsGrant(image.Roles()[role], held.via)) return false;
    const GrantRecord& grant = image.Grants()[held.via];
    if (grant.is_undecided != 0) return false;
    if (grant.duty != kNone) return grant.duty == held.duty && grant.level == held.level;
    const EntitlementRecord& entitlement = image.Entitlements()[grant.entitlement];
    return held.level == image.top_level() &&
           std::ranges::binary_search(Slice(image.EntitlementDuties(), entitlement.duties_first, entitlement.duties_count),
                                      held.duty, {}, &DutyRefRecord::duty);
  }
  const uint32_t included = held.via - kViaRole;
  if (!includes.Has(included)) return false;
  const auto duties = DutiesOf(image, included);
  const auto place = std::ranges::lower_bound(duties, held.duty, {}, &RoleDutyRecord::duty);
  return place != duties.end() && place->duty == held.duty && place->level == held.level;
}

}  // namespace

Fault CheckRoleDuties(const Image& image) {
  IncludeSet includes;
  for (uint32_t role = 0; role < image.Roles().size(); ++role) {
    includes.Assign(image, role);
    const auto duties = DutiesOf(image, role);
    for (size_t i = 0; i < duties.size(); ++i) {
      if (i != 0 && duties[i - 1].duty >= duties[i].duty) return "the duties of a role are out of order";
      if (!IsSupplied(image, role, includes, duties[i])) {
        return "nothing supplies a duty of a role";
      }
    }
  }
  return nullptr;
}

namespace {

// Elements of both sides of a rule are members themselves, and not part of a side's atom.
bool IsMember(const Image& image, uint32_t rule, uint32_t atom) {
  const RuleRecord& record = image.Rules()[rule];
  return std::ranges::binary_search(Slice(image.RuleMembers(), record.members_first, record.members_count), atom, {},
                                    &AtomRefRecord::atom);
}

// A role that is on a side only as assigned, or only in a capacity.
bool IsHeldInOneWay(const ElementRecord& element) {
  return element.is_direct != 0 || (element.kind == ElementKind::Role && element.capacity != kNone);
}

// Atoms that roles set by being held: their own, and sides they stand on.
class OwnAtoms {
 public:
  explicit OwnAtoms(const Image& image) {
    for (const SideRecord& side : image.Sides()) {
      for (const ElementRecord& element :
           Slice(image.Elements(), side.elements_first, side.elements_count)) {
        if (element.kind != ElementKind::Role) continue;
        rows_.emplace_back(element.role, element.atom);
        if (!IsHeldInOneWay(element) && side.atom != kNone && !IsMember(image, side.rule, element.atom)) {
          rows_.emplace_back(element.role, side.atom);
        }
      }
    }
    std::ranges::sort(rows_);
  }
  bool Has(uint32_t role, uint32_t atom) const {
    return std::ranges::binary_search(rows_, std::pair(role, atom));
  }
  std::span<const std::pair<uint32_t, uint32_t>> rows() const { return rows_; }

 private:
  std::vector<std::pair<uint32_t, uint32_t>> rows_;
};

// Calls `f` with each atom that the grant sets, until it returns true.
template <typename F>
bool AnyAtomOf(const Image& image, const GrantRecord& grant, F f) {
  if (grant.duty == kNone) {
    const EntitlementRecord& record = image.Entitlements()[grant.entitlement];
    return std::ranges::any_of(Slice(image.EntitlementAtoms(), record.atoms_first, record.atoms_count), f,
                               &AtomRefRecord::atom);
  }
  const uint32_t capacity = grant.capacity == kNone ? kNone : image.ScaleMembers()[grant.capacity].rank;
  const DutyRecord& duty = image.Duties()[grant.duty];
  return std::ranges::any_of(Slice(image.DutyAtoms(), duty.atoms_first, duty.atoms_count), [&](const DutyAtomRecord& row) {
    return row.level <= grant.level && CountsInCapacity(image, capacity, row.capacity) && f(row.atom);
  });
}

auto RowsOf(const Image& image, uint32_t role, uint32_t atom) {
  return std::ranges::equal_range(AtomsOf(image, role), atom, {}, &RoleAtomRecord::atom);
}

bool IsTold(const RoleAtomRecord& wanted, const RoleAtomRecord& held) {
  return held.scope == wanted.scope && held.is_undecided == wanted.is_undecided &&
         held.is_conditional == wanted.is_conditional;
}

bool IsSupplied(const Image& image, uint32_t role, const IncludeSet& includes,
                const RoleAtomRecord& held) {
  if (held.via < kViaRole) {
    if (!OwnsGrant(image.Roles()[role], held.via)) return false;
    const GrantRecord& grant = image.Grants()[held.via];
    return grant.scope == held.scope && grant.is_undecided == held.is_undecided &&
           (grant.condition != 0) == (held.is_conditional != 0) &&
           AnyAtomOf(image, grant, [&](uint32_t atom) { return atom == held.atom; });
  }
  const uint32_t included = held.via - kViaRole;
  return includes.Has(included) && std::ranges::any_of(RowsOf(image, included, held.atom), [&](const RoleAtomRecord& row) {
           return IsTold(held, row);
         });
}

// Whether the role sets the atom at least there, as surely.
bool SetsThere(const Image& image, uint32_t role, uint32_t atom, uint32_t scope, uint32_t is_undecided) {
  return std::ranges::any_of(RowsOf(image, role, atom), [&](const RoleAtomRecord& row) {
    return row.is_undecided <= is_undecided && IsScopeInside(image, scope, row.scope);
  });
}

// What is held by assignment alone, in a capacity that does not act, or by a way around the role, the
// role does not pass on.
bool IsPassedOn(const Image& image, uint32_t role, uint32_t row) {
  const AtomRecord& atom = image.Atoms()[row];
  const bool acts = atom.capacity == kNone || image.ScaleMembers()[atom.capacity].is_acting != 0;
  return atom.kind != AtomKind::DirectRole && atom.avoids != role && (atom.kind != AtomKind::Role || acts);
}

// Nothing is missing: what grants and included roles set, the role sets.
bool HoldsWhatItGets(const Image& image, uint32_t role) {
  const RoleRecord& record = image.Roles()[role];
  for (const GrantRecord& grant : Slice(image.Grants(), record.grants_first, record.grants_count)) {
    const bool lacks_one = AnyAtomOf(image, grant, [&](uint32_t atom) {
      return IsPassedOn(image, role, atom) && !SetsThere(image, role, atom, grant.scope, grant.is_undecided);
    });
    if (lacks_one) return false;
  }
  for (const RoleRefRecord& include : IncludesOf(image, role)) {
    for (const RoleAtomRecord& row : AtomsOf(image, include.role)) {
      if (IsPassedOn(image, role, row.atom) && !SetsThere(image, role, row.atom, row.scope, row.is_undecided)) return false;
    }
  }
  return true;
}

bool IsBefore(const RoleAtomRecord& a, const RoleAtomRecord& b) {
  return std::tie(a.atom, a.scope, a.is_undecided, a.is_conditional) <
         std::tie(b.atom, b.scope, b.is_undecided, b.is_conditional);
}

// A role that counts only where it is assigned or in a capacity gives its side by a derivation.
bool DerivesDirectSides(const Image& image) {
  std::vector<std::pair<uint32_t, uint32_t>> steps;  // source, target
  for (const DerivationRecord& record : image.Derivations()) {
    if (record.sources_count == 1) steps.emplace_back(image.DerivationSources()[record.sources_first].atom, record.target);
  }
  std::ranges::sort(steps);
  for (const SideRecord& side : image.Sides()) {
    if (side.atom == kNone) continue;
    for (const ElementRecord& element : Slice(image.Elements(), side.elements_first, side.elements_count)) {
      if (!IsHeldInOneWay(element) || IsMember(image, side.rule, element.atom)) continue;
      if (!std::ranges::binary_search(steps, std::pair(element.atom, side.atom))) return false;
    }
  }
  return true;
}

}  // namespace

Fault CheckRoleAtoms(const Image& image) {
  const OwnAtoms own(image);
  IncludeSet includes;
  for (uint32_t role = 0; role < image.Roles().size(); ++role) {
    includes.Assign(image, role);
    const auto atoms = AtomsOf(image, role);
    for (size_t i = 0; i < atoms.size(); ++i) {
      if (i != 0 && !IsBefore(atoms[i - 1], atoms[i])) return "the atoms of a role are out of order";
      const bool is_supplied = atoms[i].via == kNone ? own.Has(role, atoms[i].atom)
                                                     : IsSupplied(image, role, includes, atoms[i]);
      if (!is_supplied) return "nothing supplies an atom of a role";
    }
    if (!HoldsWhatItGets(image, role)) return "a role lacks an atom it must set";
  }
  if (!DerivesDirectSides(image)) return "a role does not give the side that a rule waits for";
  for (const auto& [role, atom] : own.rows()) {
    if (image.Atoms()[atom].avoids != role && !SetsThere(image, role, atom, kNone, 0)) return "a role does not set the atom that a rule waits for";
  }
  return nullptr;
}

}  // namespace sod::core
