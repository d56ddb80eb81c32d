// Members of groups and sides.
#include "world.h"

#include <algorithm>

namespace oracle {

namespace {

void AddOnce(std::vector<int>& list, int item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

bool Contains(const std::vector<int>& list, int item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace

std::string LevelName(int rank) { return "level" + std::to_string(rank); }
std::string ClassName(int index) { return "class" + std::to_string(index); }
std::string SystemName(int index) { return "sys" + std::to_string(index); }

std::vector<int> AllDuties(const World& world) {
  std::vector<int> all;
  for (int i = 0; i < static_cast<int>(world.duties.size()); ++i) {
    if (!world.duties[i].is_absent) all.push_back(i);
  }
  return all;
}

std::vector<int> DutiesOfGroup(const World& world, int index) {
  const Group& group = world.groups[index];
  std::vector<int> base = group.is_all ? AllDuties(world) : std::vector<int>{};
  for (int duty : group.duties) AddOnce(base, duty);
  for (int inner : group.groups) {
    for (int duty : DutiesOfGroup(world, inner)) AddOnce(base, duty);
  }
  std::vector<int> members;
  for (int duty : base) {
    const bool is_excepted = Contains(group.except_duties, duty);
    const bool is_filtered =
        group.where_class != kUnsaid && world.duties[duty].duty_class != group.where_class;
    if (!is_excepted && !is_filtered) members.push_back(duty);
  }
  // A duty that names the group is a member whatever the definition says.
  for (int duty : AllDuties(world)) {
    if (Contains(world.duties[duty].groups, index)) AddOnce(members, duty);
  }
  return members;
}

std::vector<int> DutiesOfSide(const World& world, const Side& side) {
  if (side.role != kUnsaid || side.role_group != kUnsaid) return {};
  return side.group != kUnsaid ? DutiesOfGroup(world, side.group) : side.duties;
}

std::vector<int> RolesOfSide(const World& world, const Side& side) {
  if (side.role != kUnsaid) return {side.role};
  return side.role_group != kUnsaid ? world.role_groups[side.role_group].roles : side.roles;
}

}  // namespace oracle
