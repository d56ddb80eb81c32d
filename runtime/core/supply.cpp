#include "runtime/core/supply.h"

#include <algorithm>

namespace sod::core {

namespace {

bool DutySets(const Image& image, const Holding& holding, uint32_t atom) {
  const format::DutyRecord& record = image.Duties()[holding.target];
  return std::ranges::any_of(Slice(image.DutyAtoms(), record.atoms_first, record.atoms_count),
                             [&](const format::DutyAtomRecord& row) {
                               return row.atom == atom && row.level <= holding.level &&
                                      CountsInCapacity(image, holding.capacity, row.capacity);
                             });
}

bool EntitlementSets(const Image& image, uint32_t entitlement, uint32_t atom) {
  const format::EntitlementRecord& record = image.Entitlements()[entitlement];
  return std::ranges::binary_search(Slice(image.EntitlementAtoms(), record.atoms_first, record.atoms_count), atom, {},
                                    &format::AtomRefRecord::atom);
}

}  // namespace

bool Sets(const Image& image, const Holding& holding, uint32_t atom,
          const std::function<bool(const ScopeBox&)>& takes_part, uint32_t& row) {
  const Dimensions dimensions(image);
  const ScopeBox box = dimensions.WrittenOut(holding.box);
  if (holding.kind == HeldKind::Duty) return DutySets(image, holding, atom) && takes_part(box);
  if (holding.kind == HeldKind::Entitlement) return EntitlementSets(image, holding.target, atom) && takes_part(box);
  const format::RoleRecord& record = image.Roles()[holding.target];
  const auto rows = Slice(image.RoleAtoms(), record.atoms_first, record.atoms_count);
  for (const format::RoleAtomRecord& held :
       std::ranges::equal_range(rows, atom, {}, &format::RoleAtomRecord::atom)) {
    if (held.is_undecided != 0 || !RoleSets(image, holding.capacity, atom)) continue;
    if (!dimensions.AnyPart(box, held.scope, takes_part)) continue;
    row = static_cast<uint32_t>(&held - image.RoleAtoms().data());
    return true;
  }
  return false;
}

bool GrantSets(const Image& image, const format::GrantRecord& grant, uint32_t atom) {
  if (grant.duty == format::kNone) return EntitlementSets(image, grant.entitlement, atom);
  Holding granted = {.kind = HeldKind::Duty, .target = grant.duty, .level = grant.level};
  if (grant.capacity != format::kNone) granted.capacity = image.ScaleMembers()[grant.capacity].rank;
  return DutySets(image, granted, atom);
}

std::vector<UndecidedPlace> UndecidedPlaces(const Image& image, const Holding& holding, uint32_t atom) {
  std::vector<UndecidedPlace> places;
  if (holding.kind != HeldKind::Role || !RoleSets(image, holding.capacity, atom)) return places;
  const Dimensions dimensions(image);
  const ScopeBox whole = dimensions.WrittenOut(holding.box);
  for (const uint32_t role : RoleClosure(image, holding.target)) {
    const format::RoleRecord& record = image.Roles()[role];
    for (uint32_t row = record.grants_first; row < record.grants_first + record.grants_count; ++row) {
      const format::GrantRecord& grant = image.Grants()[row];
      if (grant.is_undecided == 0 || !GrantSets(image, grant, atom)) continue;
      dimensions.AnyPart(whole, grant.scope, [&](const ScopeBox& box) {
        places.push_back({row, box});
        return false;
      });
    }
  }
  return places;
}

std::vector<uint32_t> AtomsBehind(const Image& image, uint32_t atom, const std::function<bool(uint32_t)>& is_held) {
  std::vector<uint32_t> atoms = {atom};
  if (image.Derivations().empty()) return atoms;
  // Sources stand before targets: from the end, each derivation is looked at once.
  for (size_t i = image.Derivations().size(); i-- > 0;) {
    const format::DerivationRecord& derivation = image.Derivations()[i];
    if (std::ranges::find(atoms, derivation.target) == atoms.end()) continue;
    const auto sources = Slice(image.DerivationSources(), derivation.sources_first, derivation.sources_count);
    if (!std::ranges::all_of(sources, [&](const auto& source) { return is_held(source.atom); })) continue;
    for (const format::AtomRefRecord& source : sources) {
      if (std::ranges::find(atoms, source.atom) == atoms.end()) atoms.push_back(source.atom);
    }
  }
  return atoms;
}

namespace {

using Give = std::function<void(const GivenDuty&)>;

void GiveEntitlement(const Image& image, uint32_t entitlement, const ScopeBox& box, const Give& give) {
  const format::EntitlementRecord& record = image.Entitlements()[entitlement];
  for (const format::DutyRefRecord& row : Slice(image.EntitlementDuties(), record.duties_first, record.duties_count)) {
    give({row.duty, image.top_level(), kNone, box});
  }
}

void GiveRole(const Image& image, uint32_t role, const ScopeBox& box, const Give& give) {
  const Dimensions dimensions(image);
  for (const uint32_t held : RoleClosure(image, role)) {
    const format::RoleRecord& record = image.Roles()[held];
    for (const format::GrantRecord& grant : Slice(image.Grants(), record.grants_first, record.grants_count)) {
      if (grant.is_undecided != 0) continue;
      const uint32_t capacity = grant.capacity == format::kNone ? kNone : image.ScaleMembers()[grant.capacity].rank;
      dimensions.AnyPart(box, grant.scope, [&](const ScopeBox& part) {
        if (grant.duty != format::kNone) give({grant.duty, grant.level, capacity, part});
        if (grant.entitlement != format::kNone) GiveEntitlement(image, grant.entitlement, part, give);
        return false;
      });
    }
  }
}

}  // namespace

void ForEachDuty(const Image& image, const Holding& holding, const Give& give) {
  const ScopeBox box = Dimensions(image).WrittenOut(holding.box);
  switch (holding.kind) {
    case HeldKind::Duty: return give({holding.target, holding.level == kNone ? image.top_level() : holding.level, holding.capacity, box});
    case HeldKind::Entitlement: return GiveEntitlement(image, holding.target, box, give);
    case HeldKind::Role: break;
  }
  if (!image.Scopes().empty() || CapacityScale(image) != kNone) return GiveRole(image, holding.target, box, give);
  const format::RoleRecord& role = image.Roles()[holding.target];
  for (const auto& row : Slice(image.RoleDuties(), role.duties_first, role.duties_count)) {
    give({row.duty, row.level, kNone, box});
  }
}

std::vector<uint32_t> RoleClosure(const Image& image, uint32_t role) {
  std::vector<bool> is_found(image.Roles().size(), false);
  std::vector<uint32_t> found = {role};
  is_found[role] = true;
  for (size_t i = 0; i < found.size(); ++i) {
    const format::RoleRecord& record = image.Roles()[found[i]];
    for (const format::RoleRefRecord& include :
         Slice(image.RoleIncludes(), record.includes_first, record.includes_count)) {
      if (is_found[include.role]) continue;
      is_found[include.role] = true;
      found.push_back(include.role);
    }
  }
  std::ranges::sort(found);
  return found;
}

std::optional<uint32_t> LevelInRole(const Image& image, uint32_t role, uint32_t duty) {
  const format::RoleRecord& record = image.Roles()[role];
  const auto duties = Slice(image.RoleDuties(), record.duties_first, record.duties_count);
  const auto place = std::ranges::lower_bound(duties, duty, {}, &format::RoleDutyRecord::duty);
  if (place == duties.end() || place->duty != duty) return std::nullopt;
  return place->level;
}

bool RoleSets(const Image& image, uint32_t capacity, uint32_t atom) {
  const format::AtomRecord& record = image.Atoms()[atom];
  const bool is_role = record.kind == format::AtomKind::Role || record.kind == format::AtomKind::DirectRole;
  const uint32_t wanted = is_role ? record.capacity : format::kNone;
  if (capacity != kNone) return CountsInCapacity(image, capacity, wanted);
  return wanted == format::kNone || image.ScaleMembers()[wanted].is_acting != 0;
}

bool Confers(const Image& image, const Holding& holding) {
  return holding.kind != HeldKind::Role || holding.capacity == kNone || CountsInCapacity(image, holding.capacity, kNone);
}

bool IsUsableAt(const Image& image, const Holding& holding, Instant at) {
  const bool is_usable = holding.state != HoldingState::Requested && holding.state != HoldingState::Suspended;
  return is_usable && IsHeldAt(holding, at) && Confers(image, holding);
}

bool CountsAt(const Image& image, const Holding& holding, Instant at) {
  return holding.always_counts ? IsHeldAt(holding, at) && Confers(image, holding) : IsUsableAt(image, holding, at);
}

void ForEachUndecidedDuty(const Image& image, std::span<const uint32_t> roles, const std::function<void(uint32_t)>& give) {
  for (const format::GrantRecord& grant : image.Grants()) {
    if (grant.is_undecided == 0 || !std::ranges::binary_search(roles, grant.role)) continue;
    if (grant.duty != format::kNone) give(grant.duty);
    if (grant.entitlement == format::kNone) continue;
    const format::EntitlementRecord& entitlement = image.Entitlements()[grant.entitlement];
    for (const auto& duty : Slice(image.EntitlementDuties(), entitlement.duties_first, entitlement.duties_count)) give(duty.duty);
  }
}

}  // namespace sod::core
