// The edges by which the independence of controls is judged (rulings appendix D), of
// systems and of controls, and whose conflicts a control covers (SEM-23).
#include "compiler/sema/passes.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

constexpr Wanted kActorOrGroup{kActor.kinds | Bit(EntityKind::Group), "an actor, a group or `administrators`"};
constexpr Wanted kControlOrSystem{kControl.kinds | kSystem.kinds, "a control or a system"};

void AddImmutable(Context& context, ModuleIndex module, const ast::Attribute& attribute,
                  std::vector<model::ImmutableAgainst>& found) {
  model::ImmutableAgainst made;
  if (const ast::Attribute* evidence = Find(attribute.nested, AttributeKind::Evidence)) {
    made.evidence = EvidenceOf(context, *evidence);
  }
  for (const ast::Value& value : attribute.values) {
    const auto path = PathOf(value);
    if (!path) continue;
    made.whom = model::Administrators{};
    const bool is_administrators = path->Joined() == "administrators" && Lookup(context, module, *path) == nullptr;
    if (!is_administrators) {
      const Symbol* named = Resolve(context, module, *path, kActorOrGroup);
      if (named == nullptr) continue;
      if (named->kind == EntityKind::Group) {
        made.whom = model::GroupId{named->index};
      } else {
        made.whom = model::ActorId{named->index};
      }
    }
    found.push_back(made);
  }
}

std::vector<model::ImmutableAgainst> ImmutableAgainstOf(Context& context, const Symbol& symbol) {
  std::vector<model::ImmutableAgainst> found;
  for (const ast::Attribute& attribute : symbol.declaration->attributes) {
    if (attribute.kind == AttributeKind::ImmutableAgainst) AddImmutable(context, symbol.module, attribute, found);
  }
  return found;
}

// What systems and controls have alike.
template <typename Row>
void ReadEdges(Context& context, const Symbol& symbol, Row& row) {
  const Attributes& attributes = symbol.declaration->attributes;
  AppendNames(context, symbol.module, attributes, AttributeKind::Notifies, kActor, row.notifies);
  AppendNames(context, symbol.module, attributes, AttributeKind::ChangesNotify, kActor, row.changes_notify);
  row.immutable_against = ImmutableAgainstOf(context, symbol);
}

void ReadControl(Context& context, const Symbol& symbol) {
  const Attributes& attributes = symbol.declaration->attributes;
  model::Control& control = context.model.controls[model::ControlId{symbol.index}];
  ReadEdges(context, symbol, control);
  control.administered_by_nobody = IsNobody(context, symbol.module, Find(attributes, AttributeKind::Administered));
  if (!control.administered_by_nobody) {
    AppendNames(context, symbol.module, attributes, AttributeKind::Administered, kActor, control.administered_by);
  }
  ForEachPath(attributes, AttributeKind::DependsOn, [&](const NamePath& path) {
    const Symbol* named = Resolve(context, symbol.module, path, kControlOrSystem);
    if (named == nullptr) return;
    if (named->kind == EntityKind::Control) {
      control.depends_on.push_back(model::ControlId{named->index});
    } else {
      control.depends_on.push_back(model::SystemId{named->index});
    }
  });
}

template <typename Row>
void ReadCoverage(Context& context, const Symbol& symbol, Row& row) {
  AppendNames(context, symbol.module, symbol.declaration->attributes, AttributeKind::MitigatedBy, kControl, row.controls);
}

}  // namespace

void ResolveControlEdges(Context& context) {
  ForEachSymbol(context, {EntityKind::System}, [&](const Symbol& symbol) {
    ReadEdges(context, symbol, context.model.systems[model::SystemId{symbol.index}]);
  });
  ForEachSymbol(context, {EntityKind::Control}, [&](const Symbol& symbol) { ReadControl(context, symbol); });
  ForEachSymbol(context, {EntityKind::Role}, [&](const Symbol& symbol) {
    ReadCoverage(context, symbol, context.model.roles[model::RoleId{symbol.index}]);
  });
  ForEachSymbol(context, {EntityKind::Person, EntityKind::Team, EntityKind::External, EntityKind::Service, EntityKind::Tool, EntityKind::Agent},
                [&](const Symbol& symbol) {
                  ReadCoverage(context, symbol, context.model.actors[model::ActorId{symbol.index}]);
                });
}

}  // namespace sodc::sema
