// Small models made by hand, for tests of lowering.
#ifndef SODC_TESTS_UNIT_LOWER_LOWER_WORLD_H_
#define SODC_TESTS_UNIT_LOWER_LOWER_WORLD_H_

#include <string>
#include <utility>
#include <vector>

#include "compiler/lower/lower.h"

namespace sodc {

// A policy with the access scale none < report < full and helpers to fill it.
class World {
 public:
  World() {
    const model::ScaleId scale = model_.scales.Add({});
    model_.scales[scale].measures = model::ScaleMeasures::Access;
    for (uint32_t rank = 0; rank < 3; ++rank) {
      model::ScaleMember member;
      member.scale = scale;
      member.rank = rank;
      model_.scales[scale].members.push_back(model_.scale_members.Add(member));
    }
    model_.access_scale = scale;
  }

  model::DutyId Duty(const std::string& name) {
    model::Duty duty;
    duty.common.name = duty.common.title = name;
    return model_.duties.Add(duty);
  }
  model::RoleId Role(const std::string& name) {
    model::Role role;
    role.common.name = role.common.title = name;
    return model_.roles.Add(role);
  }
  void Grant(model::RoleId role, model::DutyId duty, uint32_t rank) {
    model::Grant grant;
    grant.duty = duty;
    grant.level = Level(rank);
    model_.roles[role].grants.push_back(std::move(grant));
  }
  void Include(model::RoleId role, model::RoleId included) {
    model_.roles[role].includes.push_back(included);
    model_.roles[role].include_spans.push_back({});
  }
  model::ScaleMemberId Level(uint32_t rank) { return model_.scale_members.IdAt(rank); }

  model::ConflictSide Side(model::SideQuantifier quantifier,
                           const std::vector<model::DutyId>& duties, uint32_t rank = 1) {
    model::ConflictSide side;
    side.quantifier = quantifier;
    for (const model::DutyId duty : duties) side.elements.push_back({duty, Level(rank), {}});
    return side;
  }
  model::ConflictId Conflict(model::ConflictKind kind, std::vector<model::ConflictSide> sides,
                             uint32_t at_most = 1) {
    model::Conflict conflict;
    conflict.kind = kind;
    conflict.sides = std::move(sides);
    conflict.at_most = at_most;
    return model_.conflicts.Add(conflict);
  }

  // Declared, of a system that every world has once it has entitlements.
  model::EntitlementId Entitlement(const std::string& name) {
    if (model_.systems.size() == 0) model_.systems.Add({});
    model::Entitlement entitlement;
    entitlement.common.name = entitlement.common.title = name;
    entitlement.system = model_.systems.IdAt(0);
    entitlement.names = {name};
    const model::EntitlementId id = model_.entitlements.Add(entitlement);
    model_.entitlements[id].confers = {id};
    return id;
  }
  void Grant(model::RoleId role, model::EntitlementId entitlement) {
    model::Grant grant;
    grant.entitlement = entitlement;
    grant.level = Level(2);
    model_.roles[role].grants.push_back(std::move(grant));
  }
  // One capacity in which something is done, and one in which it is not.
  std::pair<model::ScaleMemberId, model::ScaleMemberId> Capacities() {
    const model::ScaleId scale = model_.scales.Add({});
    model_.scales[scale].measures = model::ScaleMeasures::Capacity;
    for (const bool is_acting : {true, false}) {
      model::ScaleMember member;
      member.scale = scale;
      member.rank = is_acting ? 0 : 1;
      member.is_acting = is_acting;
      model_.scales[scale].members.push_back(model_.scale_members.Add(member));
    }
    return {model_.scales[scale].members[0], model_.scales[scale].members[1]};
  }

  TableImage Lower() { return sodc::Lower(model_, sources_, {}); }
  model::Model& model() { return model_; }

 private:
  model::Model model_;
  SourceManager sources_;
};

// The duties that holding the role gives, ascending.
inline std::vector<uint32_t> DutiesOfRole(const TableImage& image, model::RoleId role) {
  std::vector<uint32_t> duties;
  const sod::format::RoleRecord& record = image.Roles[role.index];
  for (uint32_t i = 0; i < record.duties_count; ++i) duties.push_back(image.RoleDuties[record.duties_first + i].duty);
  return duties;
}

}  // namespace sodc

#endif  // SODC_TESTS_UNIT_LOWER_LOWER_WORLD_H_
