// Lowering by hand-made models: atoms, limits, closures and their chains.
#include "compiler/lower/lower.h"

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/lower/lower_world.h"

namespace sodc {
namespace {

namespace format = sod::format;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<uint32_t> Members(const TableImage& image, uint32_t rule) {
  std::vector<uint32_t> atoms;
  const format::RuleRecord& record = image.Rules[rule];
  for (uint32_t i = 0; i < record.members_count; ++i) {
    atoms.push_back(image.RuleMembers[record.members_first + i].atom);
  }
  return atoms;
}

// The atoms that holding the duty at the rank sets.
std::vector<uint32_t> AtomsOf(const TableImage& image, model::DutyId duty, uint32_t rank) {
  std::vector<uint32_t> atoms;
  const format::DutyRecord& record = image.Duties[duty.index];
  for (uint32_t i = 0; i < record.atoms_count; ++i) {
    const format::DutyAtomRecord& row = image.DutyAtoms[record.atoms_first + i];
    if (row.level <= rank) atoms.push_back(row.atom);
  }
  return atoms;
}

using model::ConflictKind;
using model::SideQuantifier;

TEST(LowerRules, MakesAPairOfTwoAtomsAndItsAdjacencyBothWays) {
  World world;
  const auto a = world.Duty("a"), b = world.Duty("b");
  world.Conflict(ConflictKind::Pair,
                 {world.Side(SideQuantifier::One, {a}), world.Side(SideQuantifier::One, {b})});
  const TableImage image = world.Lower();
  ASSERT_THAT(image.Rules, SizeIs(1));
  EXPECT_EQ(image.Rules[0].at_most, 1u);
  EXPECT_THAT(Members(image, 0), ElementsAre(0, 1));
  ASSERT_THAT(image.AtomPairs, SizeIs(2));
  EXPECT_EQ(image.AtomPairs[0].atom, 1u);
  EXPECT_EQ(image.AtomPairs[1].atom, 0u);
  EXPECT_THAT(image.AtomLimits, IsEmpty());
}

struct QuantifierCase {
  SideQuantifier left, right;
  size_t members;
  uint32_t at_most;
};

// Appendix C with |A| = 2 and |B| = 3.
TEST(LowerRules, MakesOneLimitOfEachQuantifierCase) {
  const QuantifierCase cases[] = {
      {SideQuantifier::Any, SideQuantifier::Any, 2, 1},
      {SideQuantifier::All, SideQuantifier::Any, 3, 2},
      {SideQuantifier::Any, SideQuantifier::All, 4, 3},
      {SideQuantifier::All, SideQuantifier::All, 5, 4},
  };
  for (const QuantifierCase& test : cases) {
    World world;
    std::vector<model::DutyId> left, right;
    for (const char* name : {"a", "b"}) left.push_back(world.Duty(name));
    for (const char* name : {"c", "d", "e"}) right.push_back(world.Duty(name));
    world.Conflict(ConflictKind::Set, {world.Side(test.left, left), world.Side(test.right, right)});
    const TableImage image = world.Lower();
    EXPECT_THAT(Members(image, 0), SizeIs(test.members));
    EXPECT_EQ(image.Rules[0].at_most, test.at_most);
  }
}

TEST(LowerRules, SetsTheAtomOfAnAnySideByEachOfItsElements) {
  World world;
  const auto a = world.Duty("a"), b = world.Duty("b"), c = world.Duty("c");
  world.Conflict(ConflictKind::Set,
                 {world.Side(SideQuantifier::Any, {a, b}), world.Side(SideQuantifier::One, {c})});
  const TableImage image = world.Lower();
  const uint32_t side_atom = image.Sides[0].atom;
  ASSERT_NE(side_atom, format::kNone);
  EXPECT_THAT(AtomsOf(image, a, 2), ::testing::Contains(side_atom));
  EXPECT_THAT(AtomsOf(image, b, 2), ::testing::Contains(side_atom));
  EXPECT_THAT(AtomsOf(image, c, 2), ::testing::Not(::testing::Contains(side_atom)));
  EXPECT_EQ(image.Sides[1].atom, format::kNone);
}

// Whether holding the duties of `held` sets more members of the first rule than it allows.
bool Violates(const TableImage& image, const std::vector<model::DutyId>& duties, uint32_t held) {
  std::vector<uint32_t> set;
  for (size_t i = 0; i < duties.size(); ++i) {
    if ((held >> i & 1) == 0) continue;
    const std::vector<uint32_t> atoms = AtomsOf(image, duties[i], 2);
    set.insert(set.end(), atoms.begin(), atoms.end());
  }
  uint32_t count = 0;
  for (const uint32_t member : Members(image, 0)) count += std::ranges::count(set, member) > 0 ? 1 : 0;
  return count > image.Rules[0].at_most;
}

// Two sides of any, overlapping or not: violated by a of one and b of the other, a ≠ b. With
// C = A ∩ B the limit is at most 1 of { g(A∖C), g(B∖C), c1 … cn } (docs/decisions/0032).
TEST(LowerRules, WantsTwoDifferentMembersOfSidesThatOverlap) {
  constexpr uint32_t kDuties = 5, kSets = 1u << kDuties;
  for (uint32_t left = 1; left < kSets; ++left) {
    for (uint32_t right = 1; right < kSets; ++right) {
      if (std::popcount(left | right) < 2) continue;
      World world;
      std::vector<model::DutyId> duties, a, b;
      for (uint32_t i = 0; i < kDuties; ++i) {
        duties.push_back(world.Duty("d" + std::to_string(i)));
        if ((left >> i & 1) != 0) a.push_back(duties.back());
        if ((right >> i & 1) != 0) b.push_back(duties.back());
      }
      const auto quantifier = [](size_t count) { return count == 1 ? SideQuantifier::One : SideQuantifier::Any; };
      world.Conflict(ConflictKind::Set, {world.Side(quantifier(a.size()), a), world.Side(quantifier(b.size()), b)});
      const TableImage image = world.Lower();
      for (uint32_t held = 0; held < kSets; ++held) {
        const uint32_t of_left = held & left, of_right = held & right;
        const bool are_two = of_left != 0 && of_right != 0 && std::popcount(of_left | of_right) > 1;
        ASSERT_EQ(Violates(image, duties, held), are_two) << left << ' ' << right << ' ' << held;
      }
    }
  }
}

TEST(LowerRules, KeepsTriggersApart) {
  World world;
  const auto a = world.Duty("a"), b = world.Duty("b");
  world.Conflict(ConflictKind::Pair, {world.Side(SideQuantifier::One, {a}, 1),
                                      world.Side(SideQuantifier::One, {b}, 1)});
  world.Conflict(ConflictKind::Pair, {world.Side(SideQuantifier::One, {a}, 2),
                                      world.Side(SideQuantifier::One, {b}, 1)});
  const TableImage image = world.Lower();
  EXPECT_THAT(image.Atoms, SizeIs(3));
  EXPECT_THAT(AtomsOf(image, a, 0), IsEmpty());
  EXPECT_THAT(AtomsOf(image, a, 1), SizeIs(1));
  EXPECT_THAT(AtomsOf(image, a, 2), SizeIs(2));
}

TEST(LowerRules, CountsTheItemsOfAtMost) {
  World world;
  const auto a = world.Duty("a"), b = world.Duty("b"), c = world.Duty("c"), d = world.Duty("d");
  world.Conflict(ConflictKind::AtMost,
                 {world.Side(SideQuantifier::One, {a}), world.Side(SideQuantifier::Any, {b, c}),
                  world.Side(SideQuantifier::One, {d})},
                 2);
  const TableImage image = world.Lower();
  EXPECT_EQ(image.Rules[0].at_most, 2u);
  EXPECT_EQ(image.Rules[0].declared_at_most, 2u);
  EXPECT_THAT(Members(image, 0), SizeIs(3));
  EXPECT_THAT(image.AtomLimits, SizeIs(3));
  EXPECT_THAT(image.AtomPairs, IsEmpty());
}

// r includes x then y; both reach a, y directly, x through z; and r holds b itself.
TEST(LowerClosures, PrefersTheShortestChainAndThenDeclaredOrder) {
  World world;
  const auto a = world.Duty("a"), b = world.Duty("b");
  const auto r = world.Role("r"), x = world.Role("x"), y = world.Role("y"), z = world.Role("z");
  world.Include(r, x);
  world.Include(r, y);
  world.Include(x, z);
  world.Grant(z, a, 2);
  world.Grant(y, a, 2);
  world.Grant(y, b, 2);
  world.Grant(r, b, 1);
  world.Conflict(ConflictKind::Pair,
                 {world.Side(SideQuantifier::One, {a}), world.Side(SideQuantifier::One, {b})});
  const TableImage image = world.Lower();
  const format::RoleRecord& role = image.Roles[r.index];
  ASSERT_EQ(role.atoms_count, 2u);
  const format::RoleAtomRecord* atoms = &image.RoleAtoms[role.atoms_first];
  EXPECT_EQ(atoms[0].via, format::kViaRole + y.index);
  EXPECT_EQ(atoms[1].via, role.grants_first) << "the role's own grant reaches the trigger";
  const format::RoleDutyRecord* duties = &image.RoleDuties[role.duties_first];
  EXPECT_EQ(duties[1].level, 2u) << "the highest level of the closure";
  EXPECT_EQ(duties[1].via, format::kViaRole + y.index);
}

TEST(LowerClosures, GivesARoleTheAtomsOfWhatItIncludes) {
  World world;
  const auto admin = world.Role("admin"), user = world.Role("user"), boss = world.Role("boss");
  world.Include(boss, admin);
  model::ConflictSide left, right;
  left.elements.push_back({admin, {}, {}});
  right.elements.push_back({user, {}, {}});
  world.Conflict(ConflictKind::Role, {left, right});
  const TableImage image = world.Lower();
  const auto atoms_of = [&](model::RoleId role) { return image.Roles[role.index].atoms_count; };
  EXPECT_EQ(atoms_of(admin), 1u);
  EXPECT_EQ(atoms_of(user), 1u);
  EXPECT_EQ(atoms_of(boss), 1u);
  EXPECT_EQ(image.RoleAtoms[image.Roles[boss.index].atoms_first].via,
            format::kViaRole + admin.index);
}

// 20 000 roles in one chain: no recursion, no quadratic closure of atoms.
TEST(LowerClosures, FollowsLongChains) {
  World world;
  const auto a = world.Duty("a"), b = world.Duty("b");
  world.Conflict(ConflictKind::Pair,
                 {world.Side(SideQuantifier::One, {a}), world.Side(SideQuantifier::One, {b})});
  model::RoleId previous = world.Role("r0");
  world.Grant(previous, a, 2);
  for (int i = 1; i < 20'000; ++i) {
    const model::RoleId role = world.Role("r" + std::to_string(i));
    world.Include(role, previous);
    previous = role;
  }
  const TableImage image = world.Lower();
  EXPECT_EQ(image.RoleAtoms.size(), 20'000u);
}

TEST(LowerActors, LeavesPeopleOutOnRequest) {
  World world;
  const auto a = world.Duty("a");
  model::Actor person, team;
  person.common.name = "eric";
  team.common.name = "ops";
  team.kind = model::ActorKind::Team;
  const auto eric = world.model().actors.Add(person);
  team.members.push_back(eric);
  world.model().actors.Add(team);
  model::Assignment assignment;
  assignment.actor = eric;
  assignment.target = a;
  world.model().assignments.push_back(assignment);
  world.model().policy.author = eric;

  const TableImage with = world.Lower();
  EXPECT_THAT(with.Actors, SizeIs(2));
  EXPECT_THAT(with.Assignments, SizeIs(1));
  EXPECT_EQ(with.Meta[0].author, 0u);

  SourceManager sources;
  const TableImage without = Lower(world.model(), sources, {.with_people = false});
  ASSERT_THAT(without.Actors, SizeIs(1));
  EXPECT_EQ(without.strings[without.Actors[0].name], "ops");
  EXPECT_THAT(without.Assignments, IsEmpty());
  EXPECT_THAT(without.TeamMembers, IsEmpty());
  EXPECT_EQ(without.Meta[0].author, format::kNone);
  EXPECT_EQ(without.Meta[0].without_people, 1u);
}

TEST(LowerDocuments, KeepsWhichRowsATablePrints) {
  World world;
  const auto a = world.Duty("a"), b = world.Duty("b");
  const auto conflict = world.Conflict(
      ConflictKind::Pair, {world.Side(SideQuantifier::One, {a}), world.Side(SideQuantifier::One, {b})});
  model::DocumentNode chosen, whole;
  chosen.kind = whole.kind = model::DocumentNodeKind::Table;
  chosen.has_selection = true;
  chosen.selected_duties = {b, a};
  chosen.selected_conflicts = {conflict};
  chosen.default_level = world.Level(0);
  model::Document document;
  document.nodes = {chosen, whole};
  world.model().documents.push_back(document);

  const TableImage image = world.Lower();
  ASSERT_THAT(image.DocumentNodes, SizeIs(2));
  EXPECT_EQ(image.DocumentNodes[0].has_selection, 1u);
  EXPECT_EQ(image.DocumentNodes[0].default_level, 0u);
  ASSERT_THAT(image.DocumentDuties, SizeIs(2));
  EXPECT_EQ(image.DocumentDuties[0].duty, b.index);
  ASSERT_THAT(image.DocumentRules, SizeIs(1));
  EXPECT_EQ(image.DocumentNodes[1].has_selection, 0u);
  EXPECT_EQ(image.DocumentNodes[1].duties_first, 2u);
  EXPECT_EQ(image.DocumentNodes[1].default_level, format::kNone);
}

}  // namespace
}  // namespace sodc
