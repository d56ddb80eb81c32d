// F3 of appendix I.
#include <utility>
#include <vector>

#include "family.h"

namespace oracle {

namespace {

constexpr int kDuties = 5;
constexpr int kHoldings = 1 << kDuties;
constexpr int kQuantifiers = 4;

// Every ordered pair of disjoint non-empty sets, as bits.
std::vector<std::pair<int, int>> DisjointPairs() {
  std::vector<std::pair<int, int>> pairs;
  for (int a = 1; a < kHoldings; ++a) {
    for (int b = 1; b < kHoldings; ++b) {
      if ((a & b) == 0) pairs.emplace_back(a, b);
    }
  }
  return pairs;
}

Side SideOf(int bits, bool is_all) {
  Side side;
  side.quantifier = is_all ? Quantifier::All : Quantifier::Any;
  for (int duty = 0; duty < kDuties; ++duty) {
    if ((bits >> duty & 1) != 0) side.duties.push_back(duty);
  }
  return side;
}

Case MakeCase(std::pair<int, int> sides, int quantifiers) {
  Case entry;
  entry.world.name = "sets";
  for (int d = 0; d < kDuties; ++d) entry.world.duties.push_back({"d" + std::to_string(d), kUnsaid, {}, {}, false});
  entry.world.rules.push_back({"sets_apart", false, 1,
                               {SideOf(sides.first, (quantifiers & 1) != 0),
                                SideOf(sides.second, (quantifiers & 2) != 0)},
                               false, {}, {}});
  for (int held = 0; held < kHoldings; ++held) {
    Assignment assignment;
    assignment.actor = held;
    for (int duty : SideOf(held, false).duties) assignment.targets.push_back({false, duty, kUnsaid});
    entry.world.actors.push_back({"p" + std::to_string(held), ActorKind::Person, {}, {}, false});
    if (held != 0) entry.world.assignments.push_back(assignment);
    entry.questions.push_back({held, kUnsaid, {}, kFirstSecond, {}});
  }
  return entry;
}

}  // namespace

Family SetFamily() {
  const auto pairs = DisjointPairs();
  const uint64_t cases = pairs.size() * kQuantifiers;
  return {"F3 sets", cases, cases * kHoldings, [pairs](uint64_t index) {
            return MakeCase(pairs[index / kQuantifiers], static_cast<int>(index % kQuantifiers));
          }};
}

}  // namespace oracle
