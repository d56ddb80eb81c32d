// Lowering of entitlements, capacities and enforcement levels: what a role gives, and what the rule says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/lower/lower_world.h"

namespace sodc {
namespace {

namespace format = sod::format;
using model::HoldingExpression;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr uint32_t kEntitlements = 3;

HoldingExpression One(uint32_t entitlement) {
  return {HoldingExpression::Kind::Entitlement, {}, model::EntitlementId{entitlement}};
}
HoldingExpression All(std::vector<HoldingExpression> operands) { return {HoldingExpression::Kind::And, std::move(operands), {}}; }
HoldingExpression Any(std::vector<HoldingExpression> operands) { return {HoldingExpression::Kind::Or, std::move(operands), {}}; }

struct Conferring {
  const char* name;
  HoldingExpression expression;
  bool (*gives)(bool, bool, bool);
};

const Conferring kExpressions[] = {
    {"a", One(0), [](bool a, bool, bool) { return a; }},
    {"a or b", Any({One(0), One(1)}), [](bool a, bool b, bool) { return a || b; }},
    {"a and b", All({One(0), One(1)}), [](bool a, bool b, bool) { return a && b; }},
    {"a and (b or c)", All({One(0), Any({One(1), One(2)})}), [](bool a, bool b, bool c) { return a && (b || c); }},
    {"a or b and c", Any({One(0), All({One(1), One(2)})}), [](bool a, bool b, bool c) { return a || (b && c); }},
    {"a and b and c", All({One(0), One(1), One(2)}), [](bool a, bool b, bool c) { return a && b && c; }},
};

// Every expression with every set of grants, in one role or in a role each that a third includes.
TEST(LowerEntitlements, ConferADutyWhereTheExpressionHolds) {
  for (const Conferring& test : kExpressions) {
    for (uint32_t granted = 0; granted < 1u << kEntitlements; ++granted) {
      for (const bool is_spread : {false, true}) {
        World world;
        const auto duty = world.Duty("d");
        for (const char* name : {"a", "b", "c"}) world.Entitlement(name);
        world.model().derivations.push_back({duty, test.expression, {}});
        std::vector<model::RoleId> parts;
        const auto whole = world.Role("whole");
        for (uint32_t i = 0; i < kEntitlements; ++i) {
          const auto part = is_spread ? world.Role("part" + std::to_string(i)) : whole;
          if ((granted >> i & 1) != 0) world.Grant(part, model::EntitlementId{i});
          if (is_spread) world.Include(whole, part);
        }
        const bool gives = test.gives((granted & 1) != 0, (granted & 2) != 0, (granted & 4) != 0);
        const auto duties = DutiesOfRole(world.Lower(), whole);
        if (gives) EXPECT_THAT(duties, ElementsAre(duty.index)) << test.name << ' ' << granted << ' ' << is_spread;
        else EXPECT_THAT(duties, IsEmpty()) << test.name << ' ' << granted << ' ' << is_spread;
      }
    }
  }
}

std::vector<uint32_t> AtomsOfRole(const TableImage& image, model::RoleId role) {
  std::vector<uint32_t> atoms;
  const format::RoleRecord& record = image.Roles[role.index];
  for (uint32_t i = 0; i < record.atoms_count; ++i) atoms.push_back(image.RoleAtoms[record.atoms_first + i].atom);
  return atoms;
}

enum class As : uint8_t { Unsaid, Acting, Idle };

// Whether what is granted in one capacity meets a rule that asks for one (second-ring E24).
TEST(LowerCapacities, MeetRulesThatAskForThem) {
  struct {
    As granted, asked;
    bool is_met;
  } const cases[] = {
      {As::Unsaid, As::Unsaid, true}, {As::Acting, As::Unsaid, true},  {As::Idle, As::Unsaid, false},
      {As::Unsaid, As::Acting, true}, {As::Acting, As::Acting, true},  {As::Idle, As::Acting, false},
      {As::Unsaid, As::Idle, false},  {As::Acting, As::Idle, false},   {As::Idle, As::Idle, true},
  };
  for (const auto& test : cases) {
    World world;
    const auto a = world.Duty("a"), b = world.Duty("b");
    const auto [acting, idle] = world.Capacities();
    const auto member = [acting = acting, idle = idle](As as) {
      return as == As::Unsaid ? model::ScaleMemberId{} : as == As::Acting ? acting : idle;
    };
    const auto role = world.Role("r");
    world.Grant(role, a, 2);
    world.model().roles[role].grants.back().capacity = member(test.granted);
    auto side = world.Side(model::SideQuantifier::One, {a});
    side.elements[0].capacity = member(test.asked);
    world.Conflict(model::ConflictKind::Pair, {side, world.Side(model::SideQuantifier::One, {b})});
    const TableImage image = world.Lower();
    const uint32_t wanted = image.Elements[0].atom;
    const auto atoms = AtomsOfRole(image, role);
    const std::string name = std::to_string(static_cast<int>(test.granted)) + " for " + std::to_string(static_cast<int>(test.asked));
    if (test.is_met) EXPECT_THAT(atoms, Contains(wanted)) << name;
    else EXPECT_THAT(atoms, Not(Contains(wanted))) << name;
  }
}

// A role on a side in a capacity is no fact about the role: holding it in that capacity gives the side.
TEST(LowerCapacities, OfARoleHaveAnAtomOfTheirOwn) {
  World world;
  const auto a = world.Duty("a");
  const auto [acting, idle] = world.Capacities();
  const auto role = world.Role("r");
  model::ConflictSide side;
  side.elements.push_back({role, {}, {}, idle});
  world.Conflict(model::ConflictKind::Role, {side, world.Side(model::SideQuantifier::One, {a})});
  const TableImage image = world.Lower();
  const format::AtomRecord& atom = image.Atoms[image.Elements[0].atom];
  EXPECT_EQ(atom.kind, format::AtomKind::Role);
  EXPECT_EQ(atom.capacity, idle.index);
}

model::Conflict RuleWith(model::Mode mode, model::ProvisionId level, bool is_default) {
  model::Conflict rule;
  rule.mode = mode;
  rule.enforcement = level;
  rule.enforcement_is_default = is_default;
  return rule;
}

TEST(LowerEnforcement, NamesTheLevelAndWhereItCameFrom) {
  for (const bool is_default : {false, true}) {
    World world;
    const auto level = world.model().provisions.Add({});
    world.model().conflicts.Add(RuleWith(model::Mode::Approve, level, is_default));
    const TableImage image = world.Lower();
    EXPECT_EQ(image.Rules[0].mode, format::Mode::Approve);
    EXPECT_EQ(image.Rules[0].enforcement, level.index);
    EXPECT_EQ(image.Rules[0].enforcement_is_default, is_default ? 1u : 0u);
  }
}

// Rules amended in another order than they stand: the table has them by rule, with what each was.
TEST(LowerAmendments, KeepWhatEachRuleWasByRule) {
  World world;
  const auto level = world.model().provisions.Add({});
  const auto control = world.model().controls.Add({});
  for (int i = 0; i < 3; ++i) world.model().conflicts.Add(RuleWith(model::Mode::Warn, {}, false));
  const auto rule = [&](uint32_t row) { return world.model().conflicts.IdAt(row); };
  world.model().conflicts[rule(2)].controls = {control};
  world.model().conflicts[rule(2)].common.name = "c";
  world.model().amendments.push_back({rule(2), 200, RuleWith(model::Mode::Deny, level, true)});
  world.model().amendments.push_back({rule(0), 100, RuleWith(model::Mode::Observe, {}, false)});
  const TableImage image = world.Lower();
  ASSERT_EQ(image.RuleAmendments.size(), 2u);
  EXPECT_EQ(image.RuleAmendments[0].rule, 0u);
  EXPECT_EQ(image.RuleAmendments[0].until, 100);
  EXPECT_EQ(image.RuleAmendments[0].mode, format::Mode::Observe);
  EXPECT_EQ(image.RuleAmendments[1].rule, 2u);
  EXPECT_EQ(image.RuleAmendments[1].mode, format::Mode::Deny);
  EXPECT_EQ(image.RuleAmendments[1].enforcement, level.index);
  EXPECT_EQ(image.RuleAmendments[1].enforcement_is_default, 1u);
  EXPECT_EQ(image.RuleAmendments[1].controls, 0u);  // of one that it has
}

}  // namespace
}  // namespace sodc
