#include "compiler/parse/recognizer.h"

#include <algorithm>

namespace sodc {

using Edge = GrammarTables::Edge;

uint32_t Recognizer::Push(uint16_t follow, uint32_t parent) {
  const uint64_t key = uint64_t{parent} << 16 | follow;
  const auto [found, is_new] = known_stacks_.emplace(key, static_cast<uint32_t>(stacks_.size()));
  if (is_new) stacks_.push_back({follow, parent});
  return found->second;
}

void Recognizer::Close(Readings& readings) {
  const auto add = [&](Reading reading) {
    if (std::find(readings.begin(), readings.end(), reading) == readings.end()) readings.push_back(reading);
  };
  for (size_t i = 0; i < readings.size(); ++i) {
    const Reading reading = readings[i];
    const GrammarTables::State& state = tables_.states[reading.state];
    if (state.ends_rule && reading.stack != 0) {
      const Frame frame = stacks_[reading.stack];
      add({frame.follow, frame.parent});
    }
    for (const Edge& edge : state.edges) {
      if (edge.kind == Edge::Kind::Free) add({edge.target, reading.stack});
      if (edge.kind == Edge::Kind::Call) add({edge.target, Push(edge.follow, reading.stack)});
    }
  }
}

Recognizer::Readings Recognizer::Start() {
  Readings readings{{tables_.start, 0}};
  Close(readings);
  return readings;
}

Recognizer::Readings Recognizer::Advance(const Readings& readings, TokenKind kind) {
  Readings next;
  for (const Reading& reading : readings) {
    for (const Edge& edge : tables_.states[reading.state].edges) {
      if (edge.kind != Edge::Kind::Match || !Contains(edge.kinds, kind)) continue;
      const Reading after{edge.target, reading.stack};
      if (std::find(next.begin(), next.end(), after) == next.end()) next.push_back(after);
    }
  }
  Close(next);
  // Only states that wait for a token, or the end of all, matter from here on.
  std::erase_if(next, [&](const Reading& reading) {
    const GrammarTables::State& state = tables_.states[reading.state];
    const bool waits = std::any_of(state.edges.begin(), state.edges.end(),
                                   [](const Edge& edge) { return edge.kind == Edge::Kind::Match; });
    return !waits && !(state.ends_rule && reading.stack == 0);
  });
  return next;
}

KindSet Recognizer::Expected(const Readings& readings) const {
  KindSet expected;
  for (const Reading& reading : readings) {
    for (const Edge& edge : tables_.states[reading.state].edges) {
      if (edge.kind == Edge::Kind::Match) expected |= edge.kinds;
    }
  }
  return expected;
}

}  // namespace sodc
