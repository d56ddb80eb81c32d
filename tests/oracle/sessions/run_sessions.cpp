// F17: sessions. Every graph of pairs over four roles, and 300 seeded policies of pairs, sets and at most k over six, each
// asked about all activations; all of the largest safe sets against trying every set, in every order of four and in some
// of six candidates (rulings SEM-17, NIT-10). Wrong readings must be contradicted.
#include <algorithm>
#include <cstdio>
#include <random>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "../product/compile_world.h"
#include "../product/policy_under_test.h"
#include "sod/session.h"

namespace oracle {
namespace {

constexpr sod::Instant kDay = 20'600L * 86'400;  // 2026-05-27

// More than `most` of the roles, a bit each, in one session; or always.
struct AtMost {
  unsigned roles = 0;
  int most = 1;
  bool is_static = false;
};
struct SmallPolicy {
  int roles = 0;
  std::vector<AtMost> rules;
  unsigned eligible = 0;  // roles held as eligible
};

std::string Text(const SmallPolicy& world) {
  std::string text = "policy p \"P\" { language 1 }\nimport std.states\n";
  for (int i = 0; i < world.roles; ++i) text += "role r" + std::to_string(i) + "\n";
  for (size_t i = 0; i < world.rules.size(); ++i) {
    text += "conflict c" + std::to_string(i) + " at most " + std::to_string(world.rules[i].most) + " of roles {";
    for (int r = 0, n = 0; r < world.roles; ++r) {
      if (world.rules[i].roles >> r & 1) text += (n++ ? ", r" : " r") + std::to_string(r);
    }
    text += world.rules[i].is_static ? " }\n" : " } per session\n";
  }
  return text;
}

enum class Reading { Right, EligibleCounts, StaticCounts, NotLargest };

bool IsBroken(const SmallPolicy& world, unsigned activated, Reading reading) {
  if (reading != Reading::EligibleCounts) activated &= ~world.eligible;
  return std::ranges::any_of(world.rules, [&](const AtMost& rule) {
    return (!rule.is_static || reading == Reading::StaticCounts) && __builtin_popcount(rule.roles & activated) > rule.most;
  });
}

std::set<unsigned> Largest(const SmallPolicy& world, Reading reading) {
  std::set<unsigned> found;
  const unsigned all = ((1u << world.roles) - 1) & (reading == Reading::EligibleCounts ? ~0u : ~world.eligible);
  for (unsigned set = 0; set <= all; ++set) {
    if ((set & ~all) != 0 || IsBroken(world, set, reading)) continue;
    bool is_largest = true;
    for (int r = 0; r < world.roles; ++r) {
      if ((all >> r & 1) != 0 && (set >> r & 1) == 0 && !IsBroken(world, set | 1u << r, reading)) is_largest = false;
    }
    if (is_largest || reading == Reading::NotLargest) found.insert(set);
  }
  return found;
}

class Run {
 public:
  bool Judge(const SmallPolicy& world, bool all_orders) {
    const TemporaryFolder folder;
    PolicyUnderTest policy(Text(world), folder.path());
    if (!policy.problem().empty()) return std::printf("%s\n", policy.problem().c_str()), false;
    sod::Workspace workspace(policy.table());
    std::vector<int> order;
    for (int i = 0; i < world.roles; ++i) order.push_back(i);
    std::mt19937 dice(1);
    int orders = 0;
    do {
      JudgeOrder(world, policy.table(), workspace, order);
      if (!all_orders) std::shuffle(order.begin(), order.end(), dice);
    } while (all_orders ? std::next_permutation(order.begin(), order.end()) : ++orders < 5);
    return true;
  }

  bool Report() const {
    std::printf("%ld answers, %ld hits, %ld lists of safe sets, %ld wrong\n", answers_, hits_, lists_, wrong_);
    for (const long caught : caught_) {
      if (caught == 0) std::printf("a wrong reading is not seen\n");
    }
    return wrong_ == 0 && answers_ == kAnswers && lists_ == kLists && std::ranges::all_of(caught_, [](long caught) { return caught != 0; });
  }

 private:
  static constexpr long kAnswers = 64L * 24 * 16 + 300L * 5 * 64, kLists = 64L * 24 + 300L * 5;

  sod::Holding Held(const SmallPolicy& world, const sod::Table& table, int role) const {
    const sod::NameKind kinds[] = {sod::NameKind::Role};
    sod::Holding holding;
    holding.kind = sod::HeldKind::Role;
    holding.target = table.Find("r" + std::to_string(role), kinds).value().index;
    if (world.eligible >> role & 1) holding.state = sod::HoldingState::Eligible;
    return holding;
  }

  void JudgeOrder(const SmallPolicy& world, const sod::Table& table, sod::Workspace& workspace, const std::vector<int>& order) {
    for (unsigned set = 0; set < 1u << world.roles; ++set) {
      std::vector<sod::Holding> activated;
      for (const int role : order) {
        if (set >> role & 1) activated.push_back(Held(world, table, role));
      }
      const bool got = !sod::SessionViolations(table, workspace, activated, kDay).empty();
      ++answers_;
      hits_ += got ? 1 : 0;
      wrong_ += got != IsBroken(world, set, Reading::Right) ? 1 : 0;
      caught_[0] += got != IsBroken(world, set, Reading::EligibleCounts) ? 1 : 0;
      caught_[1] += got != IsBroken(world, set, Reading::StaticCounts) ? 1 : 0;
    }
    std::vector<sod::Holding> candidates;
    for (const int role : order) candidates.push_back(Held(world, table, role));
    std::set<unsigned> got;
    std::vector<std::vector<uint32_t>> told;
    const sod::SafeSets found = sod::ForEachSafeSet(table, workspace, candidates, kDay, [&](std::span<const uint32_t> indices) {
      unsigned set = 0;
      for (const uint32_t index : indices) set |= 1u << order[index];
      got.insert(set);
      told.emplace_back(indices.begin(), indices.end());
      return true;
    });
    ++lists_;
    // In the order of declaration: where two differ first, the one that has the earlier candidate comes first.
    const bool is_sorted = std::ranges::is_sorted(told, [&](const auto& a, const auto& b) {
      for (uint32_t i = 0; i < order.size(); ++i) {
        const bool in_a = std::ranges::find(a, i) != a.end(), in_b = std::ranges::find(b, i) != b.end();
        if (in_a != in_b) return in_a;
      }
      return false;
    });
    if (got != Largest(world, Reading::Right) || !is_sorted || found.is_truncated || found.count != told.size()) ++wrong_;
    caught_[2] += got != Largest(world, Reading::NotLargest) ? 1 : 0;
    // One that is cut off tells the first ones, and says so.
    if (told.size() < 2) return;
    size_t first = 0;
    const sod::SafeSets cut = sod::ForEachSafeSet(table, workspace, candidates, kDay, [&](std::span<const uint32_t> indices) {
      wrong_ += std::ranges::equal(indices, told[first++]) ? 0 : 1;
      return true;
    }, 1);
    wrong_ += cut.count == 1 && cut.is_truncated ? 0 : 1;
  }

  long answers_ = 0, hits_ = 0, lists_ = 0, wrong_ = 0;
  std::vector<long> caught_ = std::vector<long>(3, 0);
};

SmallPolicy RandomPolicy(unsigned seed) {
  std::mt19937 dice(seed);
  SmallPolicy world;
  world.roles = 6;
  const unsigned rules = 1 + dice() % 5;
  for (unsigned i = 0; i < rules; ++i) {
    AtMost rule;
    while (__builtin_popcount(rule.roles) < 2) rule.roles = dice() % 64;
    rule.most = 1 + static_cast<int>(dice() % static_cast<unsigned>(__builtin_popcount(rule.roles) - 1));
    rule.is_static = dice() % 6 == 0;
    world.rules.push_back(rule);
  }
  if (dice() % 3 == 0) world.eligible = 1u << dice() % 6;
  return world;
}

}  // namespace
}  // namespace oracle

int main() {
  oracle::Run run;
  for (unsigned pairs = 0; pairs < 64; ++pairs) {
    oracle::SmallPolicy world;
    world.roles = 4;
    for (unsigned a = 0, bit = 0; a < 4; ++a) {
      for (unsigned b = a + 1; b < 4; ++b, ++bit) {
        if (pairs >> bit & 1) world.rules.push_back({1u << a | 1u << b, 1, false});
      }
    }
    if (!run.Judge(world, true)) return 1;
  }
  for (unsigned seed = 1; seed <= 300; ++seed) {
    if (!run.Judge(oracle::RandomPolicy(seed), false)) return 1;
  }
  return run.Report() ? 0 : 1;
}
