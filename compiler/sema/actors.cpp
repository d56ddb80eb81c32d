// Persons, teams and externals with their accounts; systems.
#include "compiler/sema/graph.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

struct AccountOwner {
  uint32_t actor;
  Span span;
};
using AccountOwners = std::unordered_map<std::string, AccountOwner>;

void AddAccount(Context& context, const Symbol& symbol, const ast::Attribute& attribute, AccountOwners& owners) {
  const auto path = FirstPath(&attribute);
  const ast::Text* identifier = FirstText(attribute);
  if (!path || identifier == nullptr) return;
  const auto system = ResolveTo<model::System>(context, symbol.module, *path, kSystem);
  if (!system.is_valid()) return;
  const std::string key = std::to_string(system.index) + '/' + identifier->value;
  const auto [it, is_new] = owners.try_emplace(key, AccountOwner{symbol.index, attribute.span});
  if (!is_new) {
    const model::Actor& owner = context.model.actors[model::ActorId{it->second.actor}];
    Diagnose<DiagKind::AccountOwnedTwice>(attribute.span, identifier->value, path->Joined(), owner.common.name)
        .Label(it->second.span, "stated here")
        .Help("an account has one owner; declare the shared account at one of them")
        .To(context.sink);
    return;
  }
  context.model.actors[model::ActorId{symbol.index}].accounts.push_back({system, identifier->value, attribute.span});
}

void ReportTeamCycles(Context& context, const std::vector<const Symbol*>& symbols) {
  Edges edges(context.model.actors.size());
  for (size_t i = 0; i < edges.size(); ++i) {
    for (model::ActorId member : context.model.actors[context.model.actors.IdAt(i)].members) {
      edges[i].push_back(member.index);
    }
  }
  const auto name_of = [&](uint32_t row) { return context.model.actors[model::ActorId{row}].common.name; };
  for (const auto& cycle : SortGraph(edges).cycles) {
    Diagnose<DiagKind::TeamInCycle>(NameSpan(*symbols[cycle.front()]), name_of(cycle.front()),
                                    ChainText(cycle, name_of))
        .Help("take one of these teams out of the members of the next")
        .To(context.sink);
  }
}

void ReportSystemCycles(Context& context) {
  Edges edges(context.model.systems.size());
  for (size_t i = 0; i < edges.size(); ++i) {
    for (model::SystemId other : context.model.systems[context.model.systems.IdAt(i)].depends_on) {
      edges[i].push_back(other.index);
    }
  }
  const auto common_of = [&](uint32_t row) { return context.model.systems[model::SystemId{row}].common; };
  const auto name_of = [&](uint32_t row) { return common_of(row).name; };
  for (const auto& cycle : SortGraph(edges).cycles) {
    Diagnose<DiagKind::SystemInCycle>(common_of(cycle.front()).span, name_of(cycle.front()),
                                      ChainText(cycle, name_of))
        .Help("take one of these names out of a `depends on`")
        .To(context.sink);
  }
}

// `administered by nobody`: a system that its vendor runs alone.
bool IsNobody(const Context& context, ModuleIndex module, const ast::Attribute* attribute) {
  if (attribute == nullptr || attribute->values.size() != 1) return false;
  const auto path = PathOf(attribute->values.front());
  return path && path->Joined() == "nobody" && Lookup(context, module, *path) == nullptr;
}

}  // namespace

void ResolveSystems(Context& context) {
  ForEachSymbol(context, {EntityKind::System}, [&](const Symbol& symbol) {
    const Attributes& attributes = symbol.declaration->attributes;
    const model::SystemId id{symbol.index};
    if (const auto path = FirstPath(Find(attributes, AttributeKind::OperatedBy))) {
      context.model.systems[id].operated_by = ResolveTo<model::Actor>(context, symbol.module, *path, kActor);
    }
    model::System& system = context.model.systems[id];
    system.administered_by_nobody = IsNobody(context, symbol.module, Find(attributes, AttributeKind::Administered));
    if (!system.administered_by_nobody) {
      AppendNames(context, symbol.module, attributes, AttributeKind::Administered, kActor, system.administered_by);
    }
    AppendNames(context, symbol.module, attributes, AttributeKind::DependsOn, kSystem, system.depends_on);
  });
  ReportSystemCycles(context);
}

void ResolveActors(Context& context) {
  AccountOwners owners;
  std::vector<const Symbol*> symbols(context.model.actors.size());
  ForEachSymbol(context, {EntityKind::Person, EntityKind::Team, EntityKind::External}, [&](const Symbol& symbol) {
    symbols[symbol.index] = &symbol;
    const Attributes& attributes = symbol.declaration->attributes;
    for (const ast::Attribute& attribute : attributes) {
      if (attribute.kind == AttributeKind::Account) AddAccount(context, symbol, attribute, owners);
    }
    AppendNames(context, symbol.module, attributes, AttributeKind::Members, kActor,
                context.model.actors[model::ActorId{symbol.index}].members);
  });
  ReportTeamCycles(context, symbols);
}

}  // namespace sodc::sema
