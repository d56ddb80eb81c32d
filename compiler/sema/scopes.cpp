// Scopes: dimensions are finite trees, their leaves are numbered in declared depth-first
// order, a value is the interval of its leaves (rulings appendix B).
#include "compiler/sema/scopes.h"

#include <algorithm>

#include "compiler/sema/passes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::ScopeDimensionId;
using model::ScopeNodeId;

constexpr size_t kMaxDimensions = 8;     // of a box at run time
constexpr uint32_t kMaxLeaves = 0xffff;  // the table's field
constexpr size_t kMaxBoxes = 256;        // each becomes a holding

std::string ValueKey(ScopeDimensionId dimension, std::string_view name) {
  return std::to_string(dimension.index) + '/' + std::string(name);
}

bool IsTooMany(Context& context, const model::ScopeDimension& dimension, Span place) {
  if (dimension.leaf_count < kMaxLeaves) return false;
  context.ReportOnce("leaves of " + dimension.common.name,
                     Diagnose<DiagKind::NumberOutOfRange>(place, "the number of values of a scope", "at most 65535")
                         .Help("values of that many kinds are data, not vocabulary"));
  return true;
}

// The node of a value, or none after a report.
ScopeNodeId AddNode(Context& context, ScopeDimensionId id, ScopeNodeId parent, const ast::Attribute& attribute) {
  const auto* name = attribute.values.empty() ? nullptr : std::get_if<ast::Name>(&attribute.values.front());
  model::ScopeDimension& dimension = context.model.scope_dimensions[id];
  if (name == nullptr || IsTooMany(context, dimension, attribute.span)) return {};
  const auto next = static_cast<uint32_t>(context.model.scope_nodes.size());
  const auto [first, is_new] = context.scope_values.try_emplace(ValueKey(id, name->text), next);
  if (!is_new) {
    Diagnose<DiagKind::NameDeclaredTwice>(name->span, name->text)
        .Label(context.model.scope_nodes[ScopeNodeId{first->second}].common.span, "first declared here")
        .Help("the values of a scope have different names, wherever they stand in its tree")
        .To(context.sink);
    return {};
  }
  model::ScopeNode node;
  node.common.name = name->text;
  const std::string title = TextOf(&attribute);
  node.common.title = title.empty() ? name->text : title;
  node.common.description = TextOf(Find(attribute.nested, AttributeKind::Description));
  node.common.span = name->span;
  node.common.is_own = dimension.common.is_own;
  node.dimension = id;
  node.parent = parent;
  node.lo = dimension.leaf_count;
  const ScopeNodeId added = context.model.scope_nodes.Add(std::move(node));
  dimension.nodes.push_back(added);
  return added;
}

// INVARIANT: recursion is as deep as braces nest, which the parser limits.
void AddNodes(Context& context, ScopeDimensionId id, ScopeNodeId parent, const Attributes& attributes) {
  for (const ast::Attribute& attribute : attributes) {
    if (attribute.kind != AttributeKind::NamedValue) continue;
    const ScopeNodeId node = AddNode(context, id, parent, attribute);
    if (!node.is_valid()) continue;
    AddNodes(context, id, node, attribute.nested);
    model::ScopeDimension& dimension = context.model.scope_dimensions[id];
    if (dimension.leaf_count == context.model.scope_nodes[node].lo) ++dimension.leaf_count;  // a leaf
    context.model.scope_nodes[node].hi = dimension.leaf_count;
  }
}

void CheckValues(Context& context, const Symbol& symbol) {
  const model::ScopeDimension& dimension = context.model.scope_dimensions[ScopeDimensionId{symbol.index}];
  if (!dimension.nodes.empty()) return;
  context.incomplete_scopes.insert(symbol.index);
  Diagnose<DiagKind::ScopeWithoutValues>(NameSpan(symbol), dimension.common.name)
      .Help("name them: `value production \"Production\"`; a value may hold further ones in braces")
      .To(context.sink);
}

// ---- `in …`

ScopeNodeId ResolveValue(Context& context, ScopeDimensionId id, const NamePath& path) {
  const auto found = context.scope_values.find(ValueKey(id, path.Joined()));
  if (found != context.scope_values.end()) return ScopeNodeId{found->second};
  if (context.incomplete_scopes.count(id.index) != 0) return {};
  const model::ScopeDimension& dimension = context.model.scope_dimensions[id];
  std::vector<std::string_view> candidates;
  for (ScopeNodeId node : dimension.nodes) candidates.push_back(context.model.scope_nodes[node].common.name);
  const std::string text = path.Joined();
  const std::string_view nearest = Nearest(text, candidates);
  auto diagnostic = Diagnose<DiagKind::ScopeValueUnknown>(path.span, text, dimension.common.name);
  if (!nearest.empty()) diagnostic = std::move(diagnostic).Fix(path.span, SpellScopeValue(nearest));
  context.ReportOnce("value " + ValueKey(id, text),
                     std::move(diagnostic)
                         .Label(dimension.common.span, "the scope is declared here")
                         .Help(DidYouMean(text, candidates, "its values are " + ListOfChoices(candidates))));
  return {};
}

struct ValuesOf {
  ScopeDimensionId dimension;
  std::vector<ScopeNodeId> nodes;  // in the order of their leaves, none inside another
};

// A value inside another listed one says nothing of its own.
void Normalize(const model::Model& model, std::vector<ScopeNodeId>& nodes) {
  std::sort(nodes.begin(), nodes.end(), [](ScopeNodeId a, ScopeNodeId b) { return a.index < b.index; });
  std::vector<ScopeNodeId> kept;
  for (ScopeNodeId node : nodes) {
    const bool is_inside = !kept.empty() && model.scope_nodes[node].hi <= model.scope_nodes[kept.back()].hi;
    if (!is_inside) kept.push_back(node);
  }
  nodes = std::move(kept);
}

std::optional<ValuesOf> ReadClause(Context& context, ModuleIndex module, const ast::Attribute& clause) {
  const auto path = FirstPath(&clause);
  if (!path) return std::nullopt;
  ValuesOf values;
  values.dimension = ResolveTo<model::ScopeDimension>(context, module, *path, kScope);
  if (!values.dimension.is_valid()) return std::nullopt;
  std::unordered_set<uint32_t> seen;
  for (size_t i = 1; i < clause.values.size(); ++i) {
    const auto value = PathOf(clause.values[i]);
    const ScopeNodeId node = value ? ResolveValue(context, values.dimension, *value) : ScopeNodeId{};
    if (!node.is_valid()) continue;
    if (!seen.insert(node.index).second) {
      ReportListedTwice(context, *value);
    } else {
      values.nodes.push_back(node);
    }
  }
  if (values.nodes.empty()) return std::nullopt;
  Normalize(context.model, values.nodes);
  return values;
}

// Every combination, the last dimension running fastest.
model::Scope Combine(const std::vector<ValuesOf>& dimensions) {
  model::Scope scope;
  scope.boxes.emplace_back();
  for (const ValuesOf& values : dimensions) {
    std::vector<std::vector<ScopeNodeId>> boxes;
    for (const auto& box : scope.boxes) {
      for (ScopeNodeId node : values.nodes) {
        boxes.push_back(box);
        boxes.back().push_back(node);
      }
    }
    scope.boxes = std::move(boxes);
  }
  return scope;
}

bool IsNamedTwice(Context& context, const std::vector<ValuesOf>& dimensions, ScopeDimensionId dimension, Span place) {
  for (const ValuesOf& values : dimensions) {
    if (values.dimension != dimension) continue;
    Diagnose<DiagKind::ScopeNamedTwice>(place, context.model.scope_dimensions[dimension].common.name)
        .Help("list all its values once: `in company_code 1000, 2000`")
        .To(context.sink);
    return true;
  }
  return false;
}

}  // namespace

std::string SpellScopeValue(std::string_view name) {
  const bool is_number = std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  return is_number ? std::string(name) : SpellName(name);
}

void ResolveScopes(Context& context) {
  ForEachSymbol(context, {EntityKind::Scope}, [&](const Symbol& symbol) {
    const ScopeDimensionId id{symbol.index};
    if (context.IsDamaged(*symbol.declaration)) context.incomplete_scopes.insert(symbol.index);
    if (symbol.index == kMaxDimensions) {
      Diagnose<DiagKind::NumberOutOfRange>(NameSpan(symbol), "the number of scopes", "at most 8").To(context.sink);
    }
    AddNodes(context, id, {}, symbol.declaration->attributes);
    CheckValues(context, symbol);
  });
}

model::Scope ScopeOf(Context& context, ModuleIndex module, const Attributes& attributes) {
  std::vector<ValuesOf> dimensions;
  size_t boxes = 1;
  Span place;
  for (const ast::Attribute& attribute : attributes) {
    if (attribute.kind != AttributeKind::In) continue;
    auto values = ReadClause(context, module, attribute);
    if (!values || IsNamedTwice(context, dimensions, values->dimension, attribute.span)) continue;
    if (boxes <= kMaxBoxes) boxes *= values->nodes.size();
    place = attribute.span;
    dimensions.push_back(std::move(*values));
  }
  if (dimensions.empty()) return {};
  if (boxes > kMaxBoxes) {
    Diagnose<DiagKind::NumberOutOfRange>(place, "the number of combinations of one `in`", "at most 256")
        .Help("name a value that holds the others, or state it in several places")
        .To(context.sink);
    return {};
  }
  std::sort(dimensions.begin(), dimensions.end(),
            [](const ValuesOf& a, const ValuesOf& b) { return a.dimension.index < b.dimension.index; });
  return Combine(dimensions);
}

std::string KeyOf(const model::Scope& scope) {
  std::string key;
  for (const auto& box : scope.boxes) {
    for (ScopeNodeId node : box) key += std::to_string(node.index) + ',';
    key += ';';
  }
  return key;
}

}  // namespace sodc::sema
