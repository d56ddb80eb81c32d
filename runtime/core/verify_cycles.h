// Depth-first search for cycles without recursion.
#ifndef SOD_CORE_VERIFY_CYCLES_H_
#define SOD_CORE_VERIFY_CYCLES_H_

#include <cstdint>
#include <utility>
#include <vector>

namespace sod::core {

// Whether the graph of `count` nodes has a cycle. `children(node)` is a span of records and
// `target(record)` the node one leads to. Chains may be as long as there are nodes, hence no
// recursion. O(nodes + edges).
template <typename Children, typename Target>
bool HasCycle(uint32_t count, Children children, Target target) {
  enum State : uint8_t { Unseen, Open, Done };
  std::vector<uint8_t> states(count, Unseen);
  std::vector<std::pair<uint32_t, uint32_t>> stack;  // node, next child
  for (uint32_t root = 0; root < count; ++root) {
    if (states[root] != Unseen) continue;
    states[root] = Open;
    stack.emplace_back(root, 0);
    while (!stack.empty()) {
      const uint32_t node = stack.back().first;
      const auto edges = children(node);
      if (stack.back().second == edges.size()) {
        states[node] = Done;
        stack.pop_back();
        continue;
      }
      const uint32_t next = target(edges[stack.back().second++]);
      if (states[next] == Open) return true;
      if (states[next] == Done) continue;
      states[next] = Open;
      stack.emplace_back(next, 0);
    }
  }
  return false;
}

}  // namespace sod::core

#endif  // SOD_CORE_VERIFY_CYCLES_H_
