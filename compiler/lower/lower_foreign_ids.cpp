// What other systems call duties, groups, roles, actors and entitlements.
#include <variant>

#include "compiler/lower/builder.h"

namespace sodc::lower {
namespace {

// The kind and row of what has the name, for each thing that can have one.
struct NamedRow {
  const Builder& builder;
  format::ForeignIdRecord& record;

  void operator()(model::DutyId id) const { Set(format::NameKind::Duty, id.index); }
  void operator()(model::GroupId id) const { Set(format::NameKind::Group, id.index); }
  void operator()(model::RoleId id) const { Set(format::NameKind::Role, id.index); }
  void operator()(model::EntitlementId id) const { Set(format::NameKind::Entitlement, id.index); }
  void operator()(model::ActorId id) const {
    Set(NameKindOf(builder.image.Actors[builder.ActorRow(id)].kind), builder.ActorRow(id));
  }

 private:
  void Set(format::NameKind kind, uint32_t index) const {
    record.kind = kind;
    record.index = index;
  }
};

}  // namespace

// In the order of the model, which is that of the systems and of their names; without those of
// actors that the table leaves out.
void LowerForeignIds(Builder& builder) {
  for (const model::ForeignId& id : builder.model.foreign_ids) {
    const auto* actor = std::get_if<model::ActorId>(&id.of);
    if (actor != nullptr && !builder.HasActor(*actor)) continue;
    format::ForeignIdRecord record;
    record.system = Builder::Row(id.system);
    record.id = builder.Text(id.id);
    std::visit(NamedRow{builder, record}, id.of);
    builder.image.ForeignIds.push_back(record);
  }
}

}  // namespace sodc::lower
