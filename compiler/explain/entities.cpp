#include "compiler/explain/entities.h"

#include <algorithm>

namespace sodc::explain {
namespace {

using model::Model;

template <typename Rows, typename KindOf>
void Add(const Rows& rows, KindOf kind_of, std::vector<Entity>& entities) {
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto id = rows.IdAt(i);
    entities.push_back({id, std::string(kind_of(rows[id])), &rows[id].common});
  }
}

std::string_view WordOf(model::ActorKind kind) {
  switch (kind) {
    case model::ActorKind::Person: return "person";
    case model::ActorKind::Team: return "team";
    case model::ActorKind::External: return "external";
    case model::ActorKind::Service: return "service";
    case model::ActorKind::Tool: return "tool";
    case model::ActorKind::Agent: return "agent";
  }
  return "actor";
}

auto Always(std::string_view word) {
  return [word](const auto&) { return word; };
}

}  // namespace

std::vector<Entity> EntitiesOf(const Model& model) {
  std::vector<Entity> entities;
  entities.push_back({&model.policy, "policy", &model.policy.common});
  Add(model.duties, Always("duty"), entities);
  Add(model.roles, [](const model::Role& role) { return role.is_position ? "position" : "role"; }, entities);
  Add(model.groups, Always("group"), entities);
  Add(model.actors, [](const model::Actor& actor) { return WordOf(actor.kind); }, entities);
  Add(model.systems, Always("system"), entities);
  Add(model.conflicts, Always("conflict"), entities);
  Add(model.controls, Always("control"), entities);
  Add(model.frameworks, Always("framework"), entities);
  for (const model::Document& document : model.documents) entities.push_back({&document, "document", &document.common});
  Add(model.scales, Always("scale"), entities);
  Add(model.scale_members, Always("member"), entities);
  Add(model.scope_dimensions, Always("scope"), entities);
  Add(model.scope_nodes, Always("value"), entities);
  Add(model.entitlements, Always("entitlement"), entities);
  Add(model.provisions, [](const model::Provision& provision) { return provision.kind; }, entities);
  std::erase_if(entities, [&](const Entity& entity) {
    const auto* provision = std::get_if<model::ProvisionId>(&entity.id);
    const bool is_holder = provision != nullptr && model.provisions[*provision].is_attribute_holder;
    return is_holder || entity.common->name.empty() || !entity.common->span.is_valid();
  });
  return entities;
}

std::string ModuleOf(const SourceManager& sources, const model::Common& common) {
  const SourceFile& file = sources.file(common.span.file);
  if (!file.is_standard_library) return {};
  std::string module = file.path.substr(0, file.path.rfind('.'));
  std::replace(module.begin(), module.end(), '/', '.');
  return module;
}

std::string QualifiedName(const Model& model, const SourceManager& sources, const Entity& entity) {
  std::string name = entity.common->name;
  if (const auto* member = std::get_if<model::ScaleMemberId>(&entity.id)) {
    name = model.scales[model.scale_members[*member].scale].common.name + "." + name;
  }
  const std::string module = ModuleOf(sources, *entity.common);
  return module.empty() ? name : module + "." + name;
}

}  // namespace sodc::explain
