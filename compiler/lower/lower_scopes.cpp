// Dimensions with their nodes, and where something holds: each scope once.
#include "compiler/lower/builder.h"

namespace sodc::lower {

uint32_t Builder::ScopeRow(const model::Scope& scope) {
  if (scope.boxes.empty()) return format::kNone;
  std::vector<std::vector<uint32_t>> boxes;
  for (const auto& box : scope.boxes) {
    auto& nodes = boxes.emplace_back();
    for (const model::ScopeNodeId node : box) nodes.push_back(Row(node));
  }
  const auto [place, is_new] = scope_rows_.try_emplace(std::move(boxes), Begin(image.Scopes));
  if (!is_new) return place->second;
  format::ScopeRecord record;
  record.boxes_first = Begin(image.ScopeBoxes);
  for (const auto& nodes : place->first) {
    format::ScopeBoxRecord box;
    box.nodes_first = Begin(image.ScopeBoxNodes);
    for (const uint32_t node : nodes) image.ScopeBoxNodes.push_back({node});
    box.nodes_count = CountSince(image.ScopeBoxNodes, box.nodes_first);
    image.ScopeBoxes.push_back(box);
  }
  record.boxes_count = CountSince(image.ScopeBoxes, record.boxes_first);
  image.Scopes.push_back(record);
  return place->second;
}

// INVARIANT: sema adds the nodes of a dimension together and in order, so their rows are
// one range and equal their ids.
void LowerScopes(Builder& builder) {
  TableImage& image = builder.image;
  for (const model::ScopeDimension& dimension : builder.model.scope_dimensions) {
    format::ScopeDimensionRecord record;
    record.name = builder.Text(dimension.common.name);
    record.title = builder.Text(dimension.common.title);
    record.description = builder.Text(dimension.common.description);
    record.leaf_count = dimension.leaf_count;
    record.nodes_first = Begin(image.ScopeNodes);
    for (const model::ScopeNodeId id : dimension.nodes) {
      const model::ScopeNode& node = builder.model.scope_nodes[id];
      format::ScopeNodeRecord row;
      row.name = builder.Text(node.common.name);
      row.title = builder.Text(node.common.title);
      row.description = builder.Text(node.common.description);
      row.dimension = Builder::Row(node.dimension);
      row.parent = Builder::Row(node.parent);
      row.lo = node.lo;
      row.hi = node.hi;
      image.ScopeNodes.push_back(row);
    }
    record.nodes_count = CountSince(image.ScopeNodes, record.nodes_first);
    image.ScopeDimensions.push_back(record);
  }
}

}  // namespace sodc::lower
