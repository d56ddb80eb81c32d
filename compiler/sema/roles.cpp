// Roles: inclusion without cycles, grants expanded to duties and levels, one role at a
// time (groups.cpp says when). What a role restricts becomes rules (separations.cpp).
#include "compiler/sema/entitlements.h"
#include "compiler/sema/graph.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/scopes.h"
#include "compiler/sema/sets.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

void AddIncludes(Context& context, const Symbol& symbol, model::Role& role) {
  std::unordered_set<uint32_t> seen;
  ForEachPath(symbol.declaration->attributes, AttributeKind::Includes, [&](const NamePath& path) {
    const auto id = ResolveTo<model::Role>(context, symbol.module, path, kRole);
    if (!id.is_valid()) return;
    if (!seen.insert(id.index).second) return ReportListedTwice(context, path);
    role.includes.push_back(id);
    role.include_spans.push_back(path.span);
  });
}

void ReportCycles(Context& context) {
  model::Model& model = context.model;
  Edges edges(model.roles.size());
  for (size_t i = 0; i < edges.size(); ++i) {
    for (model::RoleId other : model.roles[model.roles.IdAt(i)].includes) edges[i].push_back(other.index);
  }
  const auto name_of = [&](uint32_t row) { return model.roles[model::RoleId{row}].common.name; };
  for (const auto& cycle : SortGraph(edges).cycles) {
    const model::Role& first = model.roles[model::RoleId{cycle.front()}];
    auto diagnostic = Diagnose<DiagKind::RoleInCycle>(first.common.span, first.common.name, ChainText(cycle, name_of));
    for (size_t i = 0; i < cycle.size() && i < 8; ++i) {
      const model::Role& role = model.roles[model::RoleId{cycle[i]}];
      const uint32_t next = cycle[(i + 1) % cycle.size()];
      for (size_t k = 0; k < role.includes.size(); ++k) {
        if (role.includes[k].index == next) {
          diagnostic = std::move(diagnostic).Label(role.include_spans[k], "includes `" + name_of(next) + "`");
        }
      }
    }
    std::move(diagnostic).Help("take one of these names out of an `includes`").To(context.sink);
  }
}

// Duties granted so far, by where and how, then by duty and level.
using Granted = std::unordered_map<std::string, std::unordered_set<uint64_t>>;

// What the clauses of the attribute say of each of its grants.
model::Grant TemplateOf(Context& context, const Symbol& symbol, const ast::Attribute& attribute) {
  model::Grant grant;
  grant.level = ResolveLevel(context, FirstPath(Find(attribute.nested, AttributeKind::At)), LevelUse::Holding);
  grant.note = TextOf(Find(attribute.nested, AttributeKind::Note));
  grant.shown = TextOf(Find(attribute.nested, AttributeKind::Shown));
  grant.scope = ScopeOf(context, symbol.module, attribute.nested);
  grant.capacity = ResolveMember(context, FirstPath(Find(attribute.nested, AttributeKind::As)), model::ScaleMeasures::Capacity);
  grant.condition = TextOf(Find(attribute.nested, AttributeKind::If));
  const ast::Attribute* undecided = Find(attribute.nested, AttributeKind::Undecided);
  grant.is_undecided = undecided != nullptr;
  grant.undecided = TextOf(undecided);
  return grant;
}

// What an entitlement confers is held in full, so the grant has no level and no capacity of its own.
void AddEntitlement(const model::Grant& common, model::EntitlementId id, Span span, model::Role& role) {
  if (!id.is_valid()) return;
  model::Grant grant = common;
  grant.entitlement = id;
  grant.level = {};
  grant.capacity = {};
  grant.span = span;
  role.grants.push_back(std::move(grant));
}

// Every duty of the item, at one level; a duty granted twice at one level is said once.
void AddGrants(Context& context, const Symbol& symbol, const ast::Attribute& attribute, model::Role& role,
               Granted& all_granted) {
  const model::Grant common = TemplateOf(context, symbol, attribute);
  auto& granted = all_granted[KeyOf(common.scope) + '/' + std::to_string(common.capacity.index) + '/' + (common.is_undecided ? "u" : "") +
                              common.condition];
  const std::vector<const ast::SetExpression*> items = ItemsOf(attribute);
  CheckGrantClauses(context, attribute, items);
  for (const ast::SetExpression* expression : items) {
    if (expression->kind == ast::SetExpression::Kind::Entitlement) {
      AddEntitlement(common, GrantedEntitlement(context, symbol.module, attribute, *expression), expression->span, role);
      continue;
    }
    const DutySet set = Expand(context, symbol.module, *expression, {"include it: `includes ", "`"});
    CheckNotEmpty(context, set, expression->span);
    if (!set.is_complete) context.incomplete_roles.insert(symbol.index);
    for (model::DutyId duty : set.duties) {
      const uint64_t key = (uint64_t{duty.index} << 32) | common.level.index;
      if (!granted.insert(key).second) {
        const auto path = BareName(*expression);
        if (path && set.duties.size() == 1) ReportListedTwice(context, *path);
        continue;
      }
      model::Grant grant = common;
      grant.duty = duty;
      grant.span = expression->span;
      role.grants.push_back(std::move(grant));
    }
  }
}

}  // namespace

void ResolveRoles(Context& context) {
  ForEachSymbol(context, {EntityKind::Role}, [&](const Symbol& symbol) {
    model::Role& role = context.model.roles[model::RoleId{symbol.index}];
    role.tags = TagsOf(context, symbol.declaration->attributes);
    AddIncludes(context, symbol, role);
  });
  ReportCycles(context);
}

void GrantDuties(Context& context, const Symbol& symbol) {
  model::Role& role = context.model.roles[model::RoleId{symbol.index}];
  Granted granted;
  for (const ast::Attribute& attribute : symbol.declaration->attributes) {
    if (attribute.kind == AttributeKind::Grants) AddGrants(context, symbol, attribute, role, granted);
  }
}

}  // namespace sodc::sema
