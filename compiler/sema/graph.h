// Order and cycles of a graph given by its edges; no recursion, so that a chain of
// any length is safe. Private to compiler/sema.
#ifndef SODC_SEMA_GRAPH_H_
#define SODC_SEMA_GRAPH_H_

#include <cstdint>
#include <string>
#include <vector>

namespace sodc::sema {

using Edges = std::vector<std::vector<uint32_t>>;  // node → its targets

struct GraphOrder {
  std::vector<uint32_t> order;                  // targets before the nodes that point at them
  std::vector<std::vector<uint32_t>> cycles;    // each as its nodes in order; no node in two of them
};

// Depth first from the lowest node, targets in order: deterministic. An edge
// that closes a cycle is not followed.
GraphOrder SortGraph(const Edges& edges);

// `a → b → a`; long chains are cut in the middle.
template <typename NameOf>
std::string ChainText(const std::vector<uint32_t>& cycle, NameOf name_of) {
  constexpr size_t kShown = 6;
  std::string text;
  for (size_t i = 0; i < cycle.size(); ++i) {
    if (cycle.size() > kShown && i == kShown - 1) {
      text += "… (" + std::to_string(cycle.size() - kShown) + " more) → ";
      i = cycle.size() - 1;
    }
    text += name_of(cycle[i]) + " → ";
  }
  return text + name_of(cycle.front());
}

}  // namespace sodc::sema

#endif  // SODC_SEMA_GRAPH_H_
