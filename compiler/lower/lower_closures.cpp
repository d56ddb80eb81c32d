// What holding a duty, an entitlement or a role sets: the atoms of each duty by level, and for
// each role the duties and atoms of its whole closure with the grant or included
// role that supplies them by the shortest chain, declared order breaking ties.
#include <algorithm>
#include <utility>
#include <vector>

#include <llvm/ADT/DenseMap.h>

#include "compiler/lower/atom_supplies.h"
#include "compiler/lower/builder.h"
#include "compiler/lower/entitlements.h"

namespace sodc::lower {
namespace {

// Atoms by the duty, role or entitlement that sets them directly.
struct Setters {
  std::vector<std::vector<format::DutyAtomRecord>> of_duty;  // sorted by atom
  std::vector<std::vector<uint32_t>> of_role;                // sorted
  std::vector<std::vector<uint32_t>> of_entitlement;         // sorted
};

// Elements of both sides of a rule are members themselves, and not part of a side's atom.
bool IsMember(const TableImage& image, uint32_t rule, uint32_t atom) {
  const format::RuleRecord& record = image.Rules[rule];
  const auto* first = image.RuleMembers.data() + record.members_first;
  return std::binary_search(first, first + record.members_count, format::AtomRefRecord{atom},
                            [](const auto& a, const auto& b) { return a.atom < b.atom; });
}

bool IsPartOfSide(const TableImage& image, const format::SideRecord& side, const format::ElementRecord& element) {
  return side.atom != format::kNone && !IsMember(image, side.rule, element.atom);
}

// A role that is on the side only as assigned, or only in a capacity.
bool IsHeldInOneWay(const format::ElementRecord& element) {
  return element.is_direct != 0 || (element.kind == format::ElementKind::Role && element.capacity != format::kNone);
}

// An element sets its own atom and, on a side with an atom of its own, that one; of several
// elements of one duty on a side the lowest trigger decides. A role that counts only where it is
// assigned or in one capacity sets its own alone (AddDirectSides): a side is no fact about a role, and
// how that is held must be told before.
Setters CollectSetters(const TableImage& image, size_t entitlements) {
  Setters setters;
  setters.of_entitlement.resize(entitlements);
  setters.of_duty.resize(image.Duties.size());
  setters.of_role.resize(image.Roles.size());
  const auto add = [&](const format::ElementRecord& element, uint32_t atom) {
    if (element.duty != format::kNone) {
      setters.of_duty[element.duty].push_back({atom, element.level, element.capacity});
    } else if (element.kind == format::ElementKind::Role) {
      setters.of_role[element.role].push_back(atom);
    } else if (element.kind == format::ElementKind::Entitlement) {
      setters.of_entitlement[element.entitlement].push_back(atom);
    }
  };
  for (const format::SideRecord& side : image.Sides) {
    for (uint32_t i = 0; i < side.elements_count; ++i) {
      const format::ElementRecord& element = image.Elements[side.elements_first + i];
      if (element.atom != format::kNone) add(element, element.atom);
      if (!IsHeldInOneWay(element) && IsPartOfSide(image, side, element)) add(element, side.atom);
    }
  }
  for (auto& atoms : setters.of_duty) {
    std::ranges::sort(atoms, {}, [](const format::DutyAtomRecord& row) {
      return std::pair(row.atom, row.level);
    });
    const auto repeated = std::ranges::unique(atoms, {}, &format::DutyAtomRecord::atom);
    atoms.erase(repeated.begin(), repeated.end());
  }
  for (auto* lists : {&setters.of_role, &setters.of_entitlement}) {
    for (auto& atoms : *lists) {
      std::ranges::sort(atoms);
      const auto repeated = std::ranges::unique(atoms);
      atoms.erase(repeated.begin(), repeated.end());
    }
  }
  return setters;
}

void AddDutyAtoms(TableImage& image, const Setters& setters) {
  for (size_t duty = 0; duty < image.Duties.size(); ++duty) {
    format::DutyRecord& record = image.Duties[duty];
    record.atoms_first = Begin(image.DutyAtoms);
    const auto& atoms = setters.of_duty[duty];
    image.DutyAtoms.insert(image.DutyAtoms.end(), atoms.begin(), atoms.end());
    record.atoms_count = CountSince(image.DutyAtoms, record.atoms_first);
  }
}

// How a role comes by a duty.
struct Supply {
  uint32_t level = 0;
  uint32_t chain = 0;           // roles and grants between, 0 = the role itself
  uint32_t via = format::kNone;
};

struct Closure {
  llvm::DenseMap<uint32_t, Supply> duties;
  AtomSupplies atoms;
  std::vector<HeldEntitlement> entitlements;  // decided ones
};

// Keeps the higher level, then the shorter chain, then what came first.
void Offer(llvm::DenseMap<uint32_t, Supply>& supplies, uint32_t key, Supply supply) {
  const auto [place, is_new] = supplies.try_emplace(key, supply);
  if (is_new) return;
  const Supply& present = place->second;
  if (supply.level > present.level ||
      (supply.level == present.level && supply.chain < present.chain)) {
    place->second = supply;
  }
}

// What an entitlement confers is held in full.
void AddEntitlement(const TableImage& image, uint32_t row, Closure& closure) {
  const format::GrantRecord& grant = image.Grants[row];
  const format::EntitlementRecord& entitlement = image.Entitlements[grant.entitlement];
  if (grant.is_undecided == 0) {
    closure.entitlements.emplace_back(grant.entitlement, grant.scope);
    for (uint32_t i = 0; i < entitlement.duties_count; ++i) {
      Offer(closure.duties, image.EntitlementDuties[entitlement.duties_first + i].duty, {grant.level, 1, row});
    }
  }
  const bool is_conditional = !image.strings[grant.condition].empty();
  for (uint32_t i = 0; i < entitlement.atoms_count; ++i) {
    closure.atoms.Offer(image, image.EntitlementAtoms[entitlement.atoms_first + i].atom,
                        {grant.scope, row, 1, is_conditional, grant.is_undecided != 0});
  }
}

// A grant that is not decided yet is no duty of the role; its atoms are unknown.
void AddGrant(const TableImage& image, const Setters& setters, uint32_t row, Closure& closure) {
  const format::GrantRecord& grant = image.Grants[row];
  if (grant.entitlement != format::kNone) return AddEntitlement(image, row, closure);
  const bool is_acting = grant.capacity == format::kNone || image.ScaleMembers[grant.capacity].is_acting != 0;
  if (grant.is_undecided == 0 && is_acting) Offer(closure.duties, grant.duty, {grant.level, 1, row});
  const bool is_conditional = image.strings[grant.condition].empty() == false;
  for (const format::DutyAtomRecord& atom : setters.of_duty[grant.duty]) {
    if (atom.level > grant.level || !SetsInCapacity(image, atom.capacity, grant.capacity)) continue;
    closure.atoms.Offer(image, atom.atom, {grant.scope, row, 1, is_conditional, grant.is_undecided != 0});
  }
}

// What is directly assigned, or held by a path that avoids this role, is not inherited; neither is a
// role in a capacity that does not act: the owner of a role owns none that it includes.
bool IsInherited(const TableImage& image, const format::AtomRecord& atom, uint32_t by_role) {
  const bool acts = atom.capacity == format::kNone || image.ScaleMembers[atom.capacity].is_acting != 0;
  return atom.kind != format::AtomKind::DirectRole && atom.avoids != by_role && (atom.kind != format::AtomKind::Role || acts);
}

// What several entitlements of the role confer together, and no grant or included role supplies.
void AddDerived(const Builder& builder, const Entitlements& entitlements, Closure& closure) {
  const uint32_t top = builder.Rank({});
  std::ranges::sort(closure.entitlements);
  const auto repeated = std::ranges::unique(closure.entitlements);
  closure.entitlements.erase(repeated.begin(), repeated.end());
  for (const uint32_t duty : entitlements.DutiesOf(closure.entitlements)) {
    const auto known = closure.duties.find(duty);
    if (known != closure.duties.end() && known->second.level == top) continue;
    closure.duties[duty] = {top, 1, format::kViaDerivation};
  }
}

Closure CloseRole(const TableImage& image, const Setters& setters, uint32_t role,
                  const std::vector<Closure>& closures) {
  Closure closure;
  const format::RoleRecord& record = image.Roles[role];
  for (const uint32_t atom : setters.of_role[role]) closure.atoms.Offer(image, atom, {});
  for (uint32_t i = 0; i < record.grants_count; ++i) {
    AddGrant(image, setters, record.grants_first + i, closure);
  }
  for (uint32_t i = 0; i < record.includes_count; ++i) {
    const uint32_t included = image.RoleIncludes[record.includes_first + i].role;
    const uint32_t via = format::kViaRole + included;
    const auto& held = closures[included].entitlements;
    closure.entitlements.insert(closure.entitlements.end(), held.begin(), held.end());
    for (const auto& [duty, supply] : closures[included].duties) {
      Offer(closure.duties, duty, {supply.level, supply.chain + 1, via});
    }
    for (const auto& [atom, supplies] : closures[included].atoms.rows()) {
      if (!IsInherited(image, image.Atoms[atom], role)) continue;
      for (AtomSupply supply : supplies) {
        supply.via = via;
        ++supply.chain;
        closure.atoms.Offer(image, atom, supply);
      }
    }
  }
  closure.atoms.Drop([&](uint32_t atom) { return image.Atoms[atom].avoids == role; });
  return closure;
}

// Included roles before the roles that include them. Iterative: chains of
// includes may be as long as there are roles.
std::vector<uint32_t> IncludedFirst(const TableImage& image) {
  std::vector<uint32_t> order;
  std::vector<uint8_t> is_open(image.Roles.size(), 0);
  std::vector<std::pair<uint32_t, uint32_t>> stack;  // role, next include
  for (uint32_t root = 0; root < image.Roles.size(); ++root) {
    if (is_open[root]) continue;
    stack.emplace_back(root, 0);
    is_open[root] = 1;
    while (!stack.empty()) {
      auto& [role, next] = stack.back();
      const format::RoleRecord& record = image.Roles[role];
      if (next == record.includes_count) {
        order.push_back(role);
        stack.pop_back();
        continue;
      }
      const uint32_t included = image.RoleIncludes[record.includes_first + next++].role;
      if (is_open[included]) continue;
      is_open[included] = 1;
      stack.emplace_back(included, 0);
    }
  }
  return order;
}

std::vector<std::pair<uint32_t, Supply>> Sorted(const llvm::DenseMap<uint32_t, Supply>& supplies) {
  std::vector<std::pair<uint32_t, Supply>> rows;
  rows.reserve(supplies.size());
  for (const auto& [key, supply] : supplies) rows.emplace_back(key, supply);
  std::ranges::sort(rows, {}, &std::pair<uint32_t, Supply>::first);
  return rows;
}

void AddRoleClosures(TableImage& image, const std::vector<Closure>& closures) {
  for (size_t role = 0; role < image.Roles.size(); ++role) {
    format::RoleRecord& record = image.Roles[role];
    record.duties_first = Begin(image.RoleDuties);
    for (const auto& [duty, supply] : Sorted(closures[role].duties)) {
      image.RoleDuties.push_back({duty, supply.level, supply.via});
    }
    record.duties_count = CountSince(image.RoleDuties, record.duties_first);
    record.atoms_first = Begin(image.RoleAtoms);
    closures[role].atoms.AppendTo(image.RoleAtoms);
    record.atoms_count = CountSince(image.RoleAtoms, record.atoms_first);
  }
}

// A role assigned, and not by inclusion, or held in a capacity gives the sides that ask for it so.
void AddDirectSides(TableImage& image) {
  for (const format::SideRecord& side : image.Sides) {
    for (uint32_t i = 0; i < side.elements_count; ++i) {
      const format::ElementRecord& element = image.Elements[side.elements_first + i];
      if (!IsHeldInOneWay(element) || !IsPartOfSide(image, side, element)) continue;
      format::DerivationRecord record;
      record.target = side.atom;
      record.sources_first = Begin(image.DerivationSources);
      record.sources_count = 1;
      image.DerivationSources.push_back({element.atom});
      image.Derivations.push_back(record);
    }
  }
}

}  // namespace

void LowerClosures(Builder& builder) {
  TableImage& image = builder.image;
  const Setters setters = CollectSetters(image, builder.model.entitlements.size());
  AddDutyAtoms(image, setters);
  const Entitlements entitlements(builder, setters.of_entitlement);
  std::vector<Closure> closures(image.Roles.size());
  for (const uint32_t role : IncludedFirst(image)) {
    closures[role] = CloseRole(image, setters, role, closures);
    AddDerived(builder, entitlements, closures[role]);
  }
  AddRoleClosures(image, closures);
  AddDirectSides(image);
}

}  // namespace sodc::lower
