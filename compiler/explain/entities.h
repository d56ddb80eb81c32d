// Everything of a model that has a name, in one list. Private to compiler/explain.
#ifndef SODC_EXPLAIN_ENTITIES_H_
#define SODC_EXPLAIN_ENTITIES_H_

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/model/model.h"
#include "compiler/source/source_manager.h"

namespace sodc::explain {

struct Entity {
  using Id = std::variant<model::ScaleId, model::ScaleMemberId, model::DutyId, model::GroupId, model::RoleId,
                          model::ActorId, model::SystemId, model::ControlId, model::FrameworkId, model::ConflictId,
                          model::ScopeDimensionId, model::ScopeNodeId, model::EntitlementId, model::ProvisionId,
                          const model::Document*, const model::Policy*>;
  Id id;
  std::string kind;  // `duty`, `position`, `person`
  const model::Common* common;
};

std::vector<Entity> EntitiesOf(const model::Model& model);

// `std.it` of what std/it.sod declares, empty for the policy's own files.
std::string ModuleOf(const SourceManager& sources, const model::Common& common);
// `std.it.code_review`, or the name alone; `scale.member` for a member.
std::string QualifiedName(const model::Model& model, const SourceManager& sources, const Entity& entity);

}  // namespace sodc::explain

#endif  // SODC_EXPLAIN_ENTITIES_H_
