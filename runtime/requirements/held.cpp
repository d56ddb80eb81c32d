#include "runtime/requirements/held.h"

#include <algorithm>

#include "runtime/core/boxes.h"
#include "runtime/core/joint_duties.h"
#include "runtime/core/supply.h"

namespace sod::requirements {
namespace {

// What grants that are not decided would give.
void AddUndecided(const Image& image, const std::set<uint32_t>& roles, Held& held) {
  for (const format::GrantRecord& grant : image.Grants()) {
    if (grant.is_undecided == 0 || !roles.contains(grant.role)) continue;
    if (grant.duty != format::kNone) held.undecided.insert(grant.duty);
    if (grant.entitlement == format::kNone) continue;
    const format::EntitlementRecord& entitlement = image.Entitlements()[grant.entitlement];
    for (const auto& duty : core::Slice(image.EntitlementDuties(), entitlement.duties_first, entitlement.duties_count)) held.undecided.insert(duty.duty);
  }
}

Known HoldsDuty(const Held& held, uint32_t duty) {
  if (held.duties.contains(duty)) return Known::Yes;
  return held.undecided.contains(duty) ? Known::Unknown : Known::No;
}

}  // namespace

Held HeldAt(const Image& image, std::span<const Holding> holdings, Instant at) {
  Held held;
  for (const Holding& holding : holdings) {
    const bool counts = holding.always_counts ? core::IsHeldAt(holding, at) && core::Confers(image, holding) : core::IsUsableAt(image, holding, at);
    if (!counts) continue;
    core::ForEachDuty(image, holding, [&](const core::GivenDuty& given) {
      if (core::CountsInCapacity(image, given.capacity, kNone)) held.duties.insert(given.duty);
    });
    if (holding.kind != HeldKind::Role) continue;
    for (const uint32_t role : core::RoleClosure(image, holding.target)) held.roles.insert(role);
  }
  for (const core::JointDuty& joint : core::JointDutiesOf(image, holdings, at)) held.duties.insert(joint.duty);
  AddUndecided(image, held.roles, held);
  return held;
}

Known Holds(const Image& image, const Held& held, format::NameKind kind, uint32_t row) {
  if (kind == format::NameKind::Duty) return HoldsDuty(held, row);
  if (kind == format::NameKind::Role) return held.roles.contains(row) ? Known::Yes : Known::No;
  Known known = Known::No;
  const format::GroupRecord& group = image.Groups()[row];
  for (const auto& member : core::Slice(image.GroupMembers(), group.members_first, group.members_count)) known = std::max(known, HoldsDuty(held, member.duty));
  for (const auto& role : core::Slice(image.GroupRoles(), group.roles_first, group.roles_count)) {
    if (held.roles.contains(role.role)) known = Known::Yes;
  }
  return known;
}

}  // namespace sod::requirements
