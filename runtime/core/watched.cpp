#include "runtime/core/watched.h"

#include <algorithm>

#include "runtime/core/joint_duties.h"
#include "runtime/core/supply.h"

namespace sod::core {
namespace {

void AddOnce(std::vector<uint32_t>& rows, uint32_t row) {
  if (std::ranges::find(rows, row) == rows.end()) rows.push_back(row);
}

// A person, or an outside party: a machine is whoever controls it, and nobody when nobody is named.
bool IsSomebody(format::ActorKind kind) {
  return kind == format::ActorKind::Person || kind == format::ActorKind::External;
}

bool IsInForce(const format::DelegationRecord& delegation, Instant at) {
  return delegation.from <= at && at < delegation.until;
}

}  // namespace

Watched::Watched(const Image& image, const Subject& subject, Instant at) : image_(image), subject_(subject), at_(at) {
  if (subject.actor == kNone) return;
  actors_.push_back(subject.actor);
  for (const format::DelegationRecord& delegation : image.Delegations()) {
    if (delegation.delegator == subject.actor && IsInForce(delegation, at)) AddOnce(actors_, delegation.delegate);
  }
  // What is delegated to a team is delegated to everybody in it.
  for (size_t i = 1; i < actors_.size(); ++i) {
    const format::ActorRecord& record = image.Actors()[actors_[i]];
    for (const auto& member : Slice(image.TeamMembers(), record.members_first, record.members_count)) AddOnce(actors_, member.actor);
  }
  // What is acted as may act as something in turn.
  for (size_t i = 0; i < actors_.size(); ++i) {
    const format::ActorRecord& record = image.Actors()[actors_[i]];
    for (const auto& used : Slice(image.ActorActsAs(), record.acts_as_first, record.acts_as_count)) {
      AddOnce(actors_, used.actor);
    }
  }
  std::ranges::sort(actors_);
}

bool Watched::Includes(uint32_t actor) const { return std::ranges::binary_search(actors_, actor); }

bool Watched::HoldsSomethingOf(uint32_t group) const {
  const format::GroupRecord& record = image_.Groups()[group];
  const auto duties = Slice(image_.GroupMembers(), record.members_first, record.members_count);
  const auto roles = Slice(image_.GroupRoles(), record.roles_first, record.roles_count);
  const auto has_duty = [&](uint32_t duty) {
    return std::ranges::any_of(duties, [&](const auto& member) { return member.duty == duty; });
  };
  const auto has_role = [&](uint32_t role) {
    return std::ranges::any_of(roles, [&](const auto& member) { return member.role == role; });
  };
  const std::vector<JointDuty> joint = JointDutiesOf(image_, subject_.holdings, at_);
  if (std::ranges::any_of(joint, has_duty, &JointDuty::duty)) return true;
  return std::ranges::any_of(subject_.holdings, [&](const Holding& holding) {
    if (at_ < holding.from || at_ >= holding.until) return false;
    bool is_found = false;
    ForEachDuty(image_, holding, [&](const GivenDuty& given) { is_found |= has_duty(given.duty); });
    if (holding.kind != HeldKind::Role) return is_found;
    return is_found || std::ranges::any_of(RoleClosure(image_, holding.target), has_role);
  });
}

std::vector<uint32_t> ActorsBehind(const Image& image, uint32_t actor) {
  std::vector<uint32_t> reached = {actor};
  for (size_t i = 0; i < reached.size(); ++i) {
    const format::ActorRecord& record = image.Actors()[reached[i]];
    for (const auto& member : Slice(image.TeamMembers(), record.members_first, record.members_count)) AddOnce(reached, member.actor);
    for (const auto& controller : Slice(image.ActorControllers(), record.controlled_by_first, record.controlled_by_count)) {
      AddOnce(reached, controller.actor);
    }
  }
  return reached;
}

Behind WhoIsBehind(const Image& image, const Watched& watched, uint32_t actor) {
  Behind behind;
  std::vector<uint32_t> reached = {actor};
  for (size_t i = 0; i < reached.size(); ++i) {
    const uint32_t row = reached[i];
    const format::ActorRecord& record = image.Actors()[row];
    if (watched.Includes(row)) {
      behind.has_watched = true;
      continue;
    }
    const auto members = Slice(image.TeamMembers(), record.members_first, record.members_count);
    const auto controllers = Slice(image.ActorControllers(), record.controlled_by_first, record.controlled_by_count);
    for (const auto& member : members) AddOnce(reached, member.actor);
    for (const auto& controller : controllers) AddOnce(reached, controller.actor);
    if (record.is_vacant != 0) {
      behind.has_vacant = true;
    } else if (IsSomebody(record.kind) && controllers.empty()) {
      behind.has_others = true;
    }
  }
  return behind;
}

}  // namespace sod::core
