#include "runtime/requirements/held.h"

#include <algorithm>

#include "runtime/core/boxes.h"
#include "runtime/core/joint_duties.h"
#include "runtime/core/supply.h"

namespace sod::requirements {
namespace {

Known HoldsDuty(const Held& held, uint32_t duty) {
  if (held.duties.contains(duty)) return Known::Yes;
  return held.undecided.contains(duty) ? Known::Unknown : Known::No;
}

}  // namespace

Held HeldAt(const Image& image, std::span<const Holding> holdings, Instant at) {
  Held held;
  for (const Holding& holding : holdings) {
    if (!core::CountsAt(image, holding, at)) continue;
    core::ForEachDuty(image, holding, [&](const core::GivenDuty& given) {
      if (core::CountsInCapacity(image, given.capacity, kNone)) held.duties.insert(given.duty);
    });
    if (holding.kind != HeldKind::Role) continue;
    for (const uint32_t role : core::RoleClosure(image, holding.target)) held.roles.insert(role);
  }
  for (const core::JointDuty& joint : core::JointDutiesOf(image, holdings, at)) held.duties.insert(joint.duty);
  const std::vector<uint32_t> roles(held.roles.begin(), held.roles.end());
  core::ForEachUndecidedDuty(image, roles, [&](uint32_t duty) { held.undecided.insert(duty); });
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
