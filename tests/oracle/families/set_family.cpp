// F3 of appendix I.
#include <utility>
#include <vector>

#include "family.h"

namespace oracle {

namespace {

constexpr int kThings = 5;
constexpr int kDutiesOfMixed = 2;  // the other three are roles
constexpr int kHoldings = 1 << kThings;

struct SetCase {
  int left = 0, right = 0;  // bits
  bool is_left_all = false, is_right_all = false;
  bool is_mixed = false;    // duties and roles, else duties alone
};

int CountOf(int bits) {
  int count = 0;
  for (; bits != 0; bits &= bits - 1) ++count;
  return count;
}

// Every ordered pair of disjoint non-empty sets with each quantifier, and every pair that
// overlaps, has two members at least, and of which any count.
std::vector<SetCase> SetCases() {
  std::vector<SetCase> cases;
  for (const bool is_mixed : {false, true}) {
    for (int a = 1; a < kHoldings; ++a) {
      for (int b = 1; b < kHoldings; ++b) {
        if ((a & b) != 0) {
          if (CountOf(a | b) > 1) cases.push_back({a, b, false, false, is_mixed});
          continue;
        }
        for (int quantifiers = 0; quantifiers < 4; ++quantifiers) {
          cases.push_back({a, b, (quantifiers & 1) != 0, (quantifiers & 2) != 0, is_mixed});
        }
      }
    }
  }
  return cases;
}

Side SideOf(int bits, bool is_all, bool is_mixed) {
  Side side;
  side.quantifier = is_all ? Quantifier::All : Quantifier::Any;
  for (int thing = 0; thing < kThings; ++thing) {
    if ((bits >> thing & 1) == 0) continue;
    const bool is_role = is_mixed && thing >= kDutiesOfMixed;
    (is_role ? side.roles : side.duties).push_back(is_role ? thing - kDutiesOfMixed : thing);
  }
  return side;
}

Case MakeCase(const SetCase& sets) {
  Case entry;
  entry.world.name = "sets";
  const int duties = sets.is_mixed ? kDutiesOfMixed : kThings;
  for (int d = 0; d < duties; ++d) entry.world.duties.push_back({"d" + std::to_string(d), kUnsaid, {}, {}, false});
  for (int r = duties; r < kThings; ++r) {
    entry.world.roles.push_back({"r" + std::to_string(r - duties), {}, {}, {}, false});
  }
  entry.world.rules.push_back({"sets_apart", false, 1,
                               {SideOf(sets.left, sets.is_left_all, sets.is_mixed),
                                SideOf(sets.right, sets.is_right_all, sets.is_mixed)},
                               false, {}, {}});
  for (int held = 0; held < kHoldings; ++held) {
    Assignment assignment;
    assignment.actor = held;
    const Side all = SideOf(held, false, sets.is_mixed);
    for (int duty : all.duties) assignment.targets.push_back({false, duty, kUnsaid});
    for (int role : all.roles) assignment.targets.push_back({true, role, kUnsaid});
    entry.world.actors.push_back({"p" + std::to_string(held), ActorKind::Person, {}, {}, false});
    if (held != 0) entry.world.assignments.push_back(assignment);
    entry.questions.push_back({held, kUnsaid, {}, kFirstSecond, {}});
  }
  return entry;
}

}  // namespace

Family SetFamily() {
  const auto sets = SetCases();
  return {"F3 sets", sets.size(), sets.size() * kHoldings, [sets](uint64_t index) { return MakeCase(sets[index]); }};
}

}  // namespace oracle
