// Groups with their members and roles with their grants, in the order in which they
// need each other: a group may be the duties of a role, which may grant groups.
#include <algorithm>

#include "compiler/sema/graph.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/sets.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::SetExpression;

// Whether the expression, or one in it, is `duties of role …`.
bool NamesDutiesOf(const SetExpression& root) {
  std::vector<const SetExpression*> open = {&root};
  while (!open.empty()) {
    const SetExpression* expression = open.back();
    open.pop_back();
    if (expression->kind == SetExpression::Kind::DutiesOf) return true;
    for (const SetExpression& operand : expression->operands) open.push_back(&operand);
  }
  return false;
}

template <typename Visit>
void ForEachGrantedSet(const ast::Declaration& role, Visit visit) {
  for (const ast::Attribute& attribute : role.attributes) {
    if (attribute.kind != AttributeKind::Grants) continue;
    for (const ast::Value& value : attribute.values) {
      if (const SetExpression* set = ast::AsSet(value)) visit(*set);
    }
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

void ExpandGroup(Context& context, const Symbol& symbol, const std::vector<model::DutyId>& named_by_duties) {
  if (context.incomplete_groups.count(symbol.index) != 0) return;  // on a cycle
  context.sink.is_muted = context.IsDamaged(*symbol.declaration);
  constexpr WantedElements kMembers{.duties = true, .roles = true, .wanted = "duties and roles"};
  ElementSet set;
  for (const ast::Side& side : symbol.declaration->sides) {
    set = ExpandElements(context, symbol.module, side.set);
    set.is_complete &= CheckKinds(context, set, kMembers, side.set.span);
  }
  model::Group& group = context.model.groups[model::GroupId{symbol.index}];
  std::unordered_set<uint32_t> seen;
  for (const Element element : set.elements) {
    if (element.kind == Element::Kind::Role) group.roles.push_back(model::RoleId{element.index});
    if (element.kind == Element::Kind::Duty && seen.insert(element.index).second) group.members.push_back(model::DutyId{element.index});
  }
  for (model::DutyId duty : named_by_duties) {
    if (seen.insert(duty.index).second) group.members.push_back(duty);
  }
  if (!set.is_complete || context.IsDamaged(*symbol.declaration)) context.incomplete_groups.insert(symbol.index);
  context.sink.is_muted = false;
}

// The groups, then the roles, as nodes of one graph.
class Expansion {
 public:
  explicit Expansion(Context& context)
      : context_(context), group_count_(context.model.groups.size()), nodes_(group_count_ + context.model.roles.size()) {
    for (const Symbol& symbol : context.names.symbols) {
      if (symbol.kind == EntityKind::Group) nodes_[symbol.index] = &symbol;
      if (symbol.kind == EntityKind::Role) nodes_[group_count_ + symbol.index] = &symbol;
    }
  }

  void Run() {
    const auto named_by_duties = MembersByDuty(context_);
    const GraphOrder order = SortGraph(EdgesOfAll());
    for (const auto& cycle : order.cycles) ReportCycle(cycle);
    for (const uint32_t node : order.order) {
      if (IsGroup(node)) ExpandGroup(context_, *nodes_[node], named_by_duties[node]);
      if (!IsGroup(node) && has_duties_of_) Grant(*nodes_[node]);
    }
    if (!has_duties_of_) ForEachSymbol(context_, {EntityKind::Role}, [&](const Symbol& symbol) { GrantDuties(context_, symbol); });
  }

 private:
  bool IsGroup(uint32_t node) const { return node < group_count_; }

  void Grant(const Symbol& symbol) {
    context_.sink.is_muted = context_.IsDamaged(*symbol.declaration);
    if (context_.IsDamaged(*symbol.declaration)) context_.incomplete_roles.insert(symbol.index);
    GrantDuties(context_, symbol);
    context_.sink.is_muted = false;
  }

  template <typename Visit>
  static void ForEachSet(const ast::Declaration& declaration, Visit visit) {
    for (const ast::Side& side : declaration.sides) visit(side.set);
    ForEachGrantedSet(declaration, visit);
  }

  // Without `duties of role` nothing asks what a role grants, and roles need no order.
  Edges EdgesOfAll() {
    for (const Symbol* symbol : nodes_) {
      ForEachSet(*symbol->declaration, [&](const SetExpression& set) { has_duties_of_ |= NamesDutiesOf(set); });
    }
    Edges edges(nodes_.size());
    for (uint32_t node = 0; node < (has_duties_of_ ? nodes_.size() : group_count_); ++node) {
      ForEachSet(*nodes_[node]->declaration, [&](const SetExpression& set) { AddEdges(*nodes_[node], set, edges[node]); });
    }
    for (size_t node = group_count_; has_duties_of_ && node < nodes_.size(); ++node) {
      for (const model::RoleId included : RoleOf(node).includes) {
        edges[node].push_back(static_cast<uint32_t>(group_count_) + included.index);
      }
    }
    return edges;
  }

  const model::Role& RoleOf(size_t node) const {
    return context_.model.roles[model::RoleId{static_cast<uint32_t>(node - group_count_)}];
  }

  // The rows of the groups and roles that an expression asks for, anywhere in it.
  void AddEdges(const Symbol& symbol, const SetExpression& root, std::vector<uint32_t>& targets) {
    std::vector<const SetExpression*> open = {&root};
    while (!open.empty()) {
      const SetExpression* expression = open.back();
      open.pop_back();
      const model::GroupId group = BareGroup(context_, symbol.module, *expression);
      if (group.is_valid()) targets.push_back(group.index);
      if (expression->kind == SetExpression::Kind::DutiesOf) {
        const Symbol* role = expression->ref ? Lookup(context_, symbol.module, PathOf(*expression->ref)) : nullptr;
        if (role != nullptr && role->kind == EntityKind::Role) targets.push_back(static_cast<uint32_t>(group_count_) + role->index);
      }
      for (const SetExpression& operand : expression->operands) open.push_back(&operand);
    }
  }

  std::string NameOfNode(uint32_t node) const {
    return (IsGroup(node) ? "" : "role ") + nodes_[node]->declaration->name.text;
  }

  // Roles that include themselves have been reported.
  bool IsOfIncludes(const std::vector<uint32_t>& cycle) const {
    for (size_t i = 0; i < cycle.size(); ++i) {
      if (IsGroup(cycle[i])) return false;
      const uint32_t next = cycle[(i + 1) % cycle.size()];
      const auto& includes = RoleOf(cycle[i]).includes;
      const bool is_included = std::any_of(includes.begin(), includes.end(),
                                           [&](model::RoleId role) { return group_count_ + role.index == next; });
      if (!is_included) return false;
    }
    return true;
  }

  void ReportCycle(std::vector<uint32_t> cycle) {
    for (const uint32_t node : cycle) {
      auto& incomplete = IsGroup(node) ? context_.incomplete_groups : context_.incomplete_roles;
      incomplete.insert(IsGroup(node) ? node : static_cast<uint32_t>(node - group_count_));
    }
    if (IsOfIncludes(cycle)) return;
    const auto group = std::find_if(cycle.begin(), cycle.end(), [&](uint32_t node) { return IsGroup(node); });
    if (group != cycle.end()) std::rotate(cycle.begin(), group, cycle.end());
    const ast::Declaration& first = *nodes_[cycle.front()]->declaration;
    const std::string chain = ChainText(cycle, [&](uint32_t node) { return NameOfNode(node); });
    auto diagnostic = IsGroup(cycle.front()) ? Diagnose<DiagKind::GroupInCycle>(first.name.span, first.name.text, chain)
                                             : Diagnose<DiagKind::GrantsOfItself>(first.name.span, first.name.text, chain);
    for (size_t i = 1; i < cycle.size() && i < 8; ++i) {
      diagnostic = std::move(diagnostic).Label(NameSpan(*nodes_[cycle[i]]), "on the way");
    }
    std::move(diagnostic).Help("take one of these names out of its definition").To(context_.sink);
  }

  Context& context_;
  const size_t group_count_;
  std::vector<const Symbol*> nodes_;
  bool has_duties_of_ = false;
};

}  // namespace

void ExpandGroups(Context& context) { Expansion(context).Run(); }

}  // namespace sodc::sema
