// Duties with their classes and tags, groups with their members.
#include "compiler/sema/graph.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/sets.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::SetExpression;

// Symbols of groups by row.
std::vector<const Symbol*> GroupSymbols(const Context& context) {
  std::vector<const Symbol*> groups(context.model.groups.size());
  for (const Symbol& symbol : context.names.symbols) {
    if (symbol.kind == EntityKind::Group) groups[symbol.index] = &symbol;
  }
  return groups;
}

// The rows of the groups an expression names, anywhere in it.
void CollectGroups(const Context& context, ModuleIndex module, const SetExpression& root, std::vector<uint32_t>& out) {
  std::vector<const SetExpression*> open = {&root};
  while (!open.empty()) {
    const SetExpression* expression = open.back();
    open.pop_back();
    const model::GroupId group = BareGroup(context, module, *expression);
    if (group.is_valid()) out.push_back(group.index);
    for (const SetExpression& operand : expression->operands) open.push_back(&operand);
  }
}

// Duties that name a group in their `groups`, by group row.
std::vector<std::vector<model::DutyId>> MembersByDuty(Context& context) {
  std::vector<std::vector<model::DutyId>> members(context.model.groups.size());
  ForEachSymbol(context, {EntityKind::Duty}, [&](const Symbol& symbol) {
    std::vector<model::GroupId> groups;
    AppendNames(context, symbol.module, symbol.declaration->attributes, AttributeKind::Groups, kGroup, groups);
    for (model::GroupId group : groups) members[group.index].push_back(model::DutyId{symbol.index});
  });
  return members;
}

void ReportCycle(Context& context, const std::vector<const Symbol*>& groups, const std::vector<uint32_t>& cycle) {
  const auto name_of = [&](uint32_t row) { return groups[row]->declaration->name.text; };
  auto diagnostic = Diagnose<DiagKind::GroupInCycle>(NameSpan(*groups[cycle.front()]), name_of(cycle.front()),
                                                     ChainText(cycle, name_of));
  for (size_t i = 1; i < cycle.size() && i < 8; ++i) {
    diagnostic = std::move(diagnostic).Label(NameSpan(*groups[cycle[i]]), "on the way");
  }
  std::move(diagnostic).Help("take one of these names out of its definition").To(context.sink);
  for (uint32_t row : cycle) context.incomplete_groups.insert(row);
}

void ExpandGroup(Context& context, const Symbol& symbol, const std::vector<model::DutyId>& named_by_duties) {
  if (context.incomplete_groups.count(symbol.index) != 0) return;  // on a cycle
  context.sink.is_muted = context.IsDamaged(*symbol.declaration);
  DutySet set;
  for (const ast::Side& side : symbol.declaration->sides) {
    set = Expand(context, symbol.module, side.set);
  }
  std::unordered_set<uint32_t> seen;
  for (model::DutyId duty : set.duties) seen.insert(duty.index);
  for (model::DutyId duty : named_by_duties) {
    if (seen.insert(duty.index).second) set.duties.push_back(duty);
  }
  if (!set.is_complete || context.IsDamaged(*symbol.declaration)) context.incomplete_groups.insert(symbol.index);
  context.model.groups[model::GroupId{symbol.index}].members = std::move(set.duties);
  context.sink.is_muted = false;
}

}  // namespace

void ResolveDuties(Context& context) {
  ForEachSymbol(context, {EntityKind::Duty}, [&](const Symbol& symbol) {
    const Attributes& attributes = symbol.declaration->attributes;
    model::Duty& duty = context.model.duties[model::DutyId{symbol.index}];
    duty.duty_class = ResolveMember(context, FirstPath(Find(attributes, AttributeKind::Class)),
                                    model::ScaleMeasures::DutyClass);
    duty.tags = TagsOf(context, attributes);
    duty.letter = TextOf(Find(attributes, AttributeKind::Letter));
    if (const auto path = FirstPath(Find(attributes, AttributeKind::Is))) {
      duty.catalogue_entry = ResolveTo<model::Duty>(context, symbol.module, *path, kDuty);
    }
  });
}

void ExpandGroups(Context& context) {
  const std::vector<const Symbol*> groups = GroupSymbols(context);
  const auto named_by_duties = MembersByDuty(context);
  Edges edges(groups.size());
  for (size_t row = 0; row < groups.size(); ++row) {
    for (const ast::Side& side : groups[row]->declaration->sides) {
      CollectGroups(context, groups[row]->module, side.set, edges[row]);
    }
  }
  const GraphOrder order = SortGraph(edges);
  for (const auto& cycle : order.cycles) ReportCycle(context, groups, cycle);
  for (uint32_t row : order.order) ExpandGroup(context, *groups[row], named_by_duties[row]);
}

}  // namespace sodc::sema
