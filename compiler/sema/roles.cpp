// Roles: inclusion without cycles, grants expanded to duties and levels. What a
// role restricts becomes rules (restrictions.cpp).
#include "compiler/sema/graph.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/scales.h"
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

// Every duty of the item, at one level; a duty granted twice at one level is said once.
void AddGrants(Context& context, const Symbol& symbol, const ast::Attribute& attribute, model::Role& role,
               std::unordered_map<uint64_t, Span>& granted) {
  const auto level = ResolveLevel(context, FirstPath(Find(attribute.nested, AttributeKind::At)), LevelUse::Holding);
  const std::string note = TextOf(Find(attribute.nested, AttributeKind::Note));
  const std::string shown = TextOf(Find(attribute.nested, AttributeKind::Shown));
  for (const ast::Value& value : attribute.values) {
    const ast::SetExpression* expression = ast::AsSet(value);
    if (expression == nullptr) continue;
    const DutySet set = Expand(context, symbol.module, *expression);
    CheckNotEmpty(context, set, expression->span);
    for (model::DutyId duty : set.duties) {
      const uint64_t key = (uint64_t{duty.index} << 32) | level.index;
      if (!granted.try_emplace(key, expression->span).second) {
        const auto path = BareName(*expression);
        if (path && set.duties.size() == 1) ReportListedTwice(context, *path);
        continue;
      }
      model::Grant grant;
      grant.duty = duty;
      grant.level = level;
      grant.note = note;
      grant.shown = shown;
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
    std::unordered_map<uint64_t, Span> granted;
    for (const ast::Attribute& attribute : symbol.declaration->attributes) {
      if (attribute.kind == AttributeKind::Grants) AddGrants(context, symbol, attribute, role, granted);
    }
  });
  ReportCycles(context);
}

}  // namespace sodc::sema
