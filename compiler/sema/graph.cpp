#include "compiler/sema/graph.h"

#include <algorithm>

namespace sodc::sema {
namespace {

enum class Color : uint8_t { New, Open, Done };

struct Step {
  uint32_t node;
  size_t next_edge;
};

// The nodes from the first occurrence of `node` on the way down to its end.
void AddCycle(const std::vector<Step>& way, uint32_t node, std::vector<bool>& is_reported, GraphOrder& result) {
  const auto begin = std::find_if(way.begin(), way.end(), [&](const Step& step) { return step.node == node; });
  std::vector<uint32_t> cycle;
  for (auto it = begin; it != way.end(); ++it) {
    if (is_reported[it->node]) return;
    cycle.push_back(it->node);
  }
  for (uint32_t member : cycle) is_reported[member] = true;
  result.cycles.push_back(std::move(cycle));
}

}  // namespace

GraphOrder SortGraph(const Edges& edges) {
  GraphOrder result;
  std::vector<Color> colors(edges.size(), Color::New);
  std::vector<bool> is_reported(edges.size(), false);
  std::vector<Step> way;
  for (uint32_t start = 0; start < edges.size(); ++start) {
    if (colors[start] != Color::New) continue;
    colors[start] = Color::Open;
    way.push_back({start, 0});
    while (!way.empty()) {
      Step& step = way.back();
      if (step.next_edge == edges[step.node].size()) {
        colors[step.node] = Color::Done;
        result.order.push_back(step.node);
        way.pop_back();
        continue;
      }
      const uint32_t target = edges[step.node][step.next_edge++];
      if (colors[target] == Color::Open) AddCycle(way, target, is_reported, result);
      if (colors[target] != Color::New) continue;
      colors[target] = Color::Open;
      way.push_back({target, 0});
    }
  }
  return result;
}

}  // namespace sodc::sema
