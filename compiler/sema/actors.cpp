// Who there is: people, teams, externals, services, tools and agents; systems.
#include <algorithm>

#include "compiler/sema/graph.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

std::string NameOfActor(const Context& context, uint32_t row) {
  return context.model.actors[model::ActorId{row}].common.name;
}

void ReportTeamCycles(Context& context) {
  Edges edges(context.model.actors.size());
  for (size_t i = 0; i < edges.size(); ++i) {
    for (model::ActorId member : context.model.actors[context.model.actors.IdAt(i)].members) {
      edges[i].push_back(member.index);
    }
  }
  const auto name_of = [&](uint32_t row) { return NameOfActor(context, row); };
  for (const auto& cycle : SortGraph(edges).cycles) {
    Diagnose<DiagKind::TeamInCycle>(context.model.actors[model::ActorId{cycle.front()}].common.span, name_of(cycle.front()),
                                    ChainText(cycle, name_of))
        .Help("take one of these teams out of the members of the next")
        .To(context.sink);
  }
}

// From everybody to those whose holdings count for them: what they act as, and their teams, so
// that a way round through both is found, too. One of teams alone is reported as such.
void ReportActingCycles(Context& context) {
  Edges edges(context.model.actors.size());
  for (size_t i = 0; i < edges.size(); ++i) {
    const model::Actor& actor = context.model.actors[context.model.actors.IdAt(i)];
    for (model::ActorId other : actor.acts_as) edges[i].push_back(other.index);
    for (model::ActorId member : actor.members) edges[member.index].push_back(static_cast<uint32_t>(i));
  }
  const auto name_of = [&](uint32_t row) { return NameOfActor(context, row); };
  for (const auto& cycle : SortGraph(edges).cycles) {
    bool has_acting = false;
    for (size_t i = 0; i < cycle.size(); ++i) {
      const auto& acts_as = context.model.actors[model::ActorId{cycle[i]}].acts_as;
      has_acting |= std::find(acts_as.begin(), acts_as.end(), model::ActorId{cycle[(i + 1) % cycle.size()]}) != acts_as.end();
    }
    if (!has_acting) continue;
    Diagnose<DiagKind::ActsAsInCycle>(context.model.actors[model::ActorId{cycle.front()}].common.span,
                                      name_of(cycle.front()), ChainText(cycle, name_of))
        .Help("take one of these names out of an `acts as` or of the members of a team")
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
    system.ignores_case = Find(attributes, AttributeKind::NamesIgnoreCase) != nullptr;
    system.strips_domain = Find(attributes, AttributeKind::NamesStripDomain) != nullptr;
  });
  ReportSystemCycles(context);
}

void ResolveActors(Context& context) {
  ForEachSymbol(context, {EntityKind::Person, EntityKind::Team, EntityKind::External, EntityKind::Service, EntityKind::Tool, EntityKind::Agent},
                [&](const Symbol& symbol) {
                  const Attributes& attributes = symbol.declaration->attributes;
                  model::Actor& actor = context.model.actors[model::ActorId{symbol.index}];
                  AppendNames(context, symbol.module, attributes, AttributeKind::Members, kActor, actor.members);
                  AppendNames(context, symbol.module, attributes, AttributeKind::ActsAs, kMachine, actor.acts_as);
                  AppendNames(context, symbol.module, attributes, AttributeKind::ControlledBy, kActor, actor.controlled_by);
                  actor.acts_for_caller = Find(attributes, AttributeKind::ActsForCaller) != nullptr;
                });
  ReportTeamCycles(context);
  ReportActingCycles(context);
}

}  // namespace sodc::sema
