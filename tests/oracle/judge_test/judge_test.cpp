// The judge against cases worked out by hand from semantics.md and the rulings.
#include <gtest/gtest.h>

#include "small_worlds.h"

namespace oracle {
namespace {

TEST(Judge, FindsAPairHeldDirectly) {
  World world = FourDuties();
  AddPair(world, "", Duty1(1), Duty1(0));
  Assign(world, 0, {ToDuty(0)});
  EXPECT_EQ(Told(world, About(0)), "");
  Assign(world, 0, {ToDuty(1)});
  EXPECT_EQ(Told(world, About(0)), "a/b:denied");
}

TEST(Judge, FindsAPairThroughNestedRolesAndTwoAccounts) {
  World world = FourDuties();
  AddPair(world, "", Duty1(0), Duty1(1));
  world.roles = {{"r0", {}, {{0, kUnsaid, kUnsaid}}, {}, false},
                 {"r1", {0}, {}, {}, false},
                 {"r2", {}, {{1, kUnsaid, kUnsaid}}, {}, false}};
  world.system_count = 1;
  world.accounts = {{0, "x", false}, {0, "y", false}};
  world.actors[0].accounts = {0, 1};
  world.assignments = {{kUnsaid, 0, {ToRole(1)}, {}}, {kUnsaid, 1, {ToRole(2)}, {}}};
  EXPECT_EQ(Told(world, About(0)), "a/b:denied");
}

TEST(Judge, FindsAPairThroughTeamsInTeams) {
  World world = FourDuties();
  AddPair(world, "", Duty1(0), Duty1(1));
  world.actors.push_back({"t", ActorKind::Team, {}, {0}, false});
  world.actors.push_back({"u", ActorKind::Team, {}, {1}, false});
  Assign(world, 0, {ToDuty(0)});
  Assign(world, 2, {ToDuty(1)});
  EXPECT_EQ(Told(world, About(0)), "a/b:denied");
}

// Nothing conflicts with itself: it takes two different things, one of each side (E5).
TEST(Judge, WantsTwoDifferentThingsOfSidesThatOverlap) {
  World world = FourDuties();
  AddPair(world, "n", Set(Quantifier::Any, {0, 1}), Set(Quantifier::Any, {1, 2}));
  const std::pair<std::vector<int>, bool> cases[] = {
      {{1}, false}, {{0}, false}, {{2, 3}, false}, {{0, 1}, true}, {{1, 2}, true}, {{0, 2}, true}};
  for (const auto& [held, is_violated] : cases) {
    world.assignments.clear();
    for (int duty : held) Assign(world, 0, {ToDuty(duty)});
    EXPECT_EQ(Told(world, About(0)), is_violated ? "n:denied" : "");
  }
}

TEST(Judge, LooksForDirectlyHeldRolesAtAssignmentsAlone) {
  World world = FourDuties();
  world.roles = {{"r0", {}, {}, {}, false}, {"r1", {0}, {}, {}, false}};
  Side direct = Role1(0);
  direct.is_direct = true;
  AddPair(world, "n", direct, Role1(1));
  Assign(world, 0, {ToRole(1)});
  EXPECT_EQ(Told(world, About(0)), "");
  Assign(world, 0, {ToRole(0)});
  EXPECT_EQ(Told(world, About(0)), "n:denied");
}

// Appendix C, one line each: held duties that violate, and that do not.
TEST(Judge, DecidesSetsAsAppendixCSays) {
  struct Line {
    Quantifier first, second;
    std::vector<int> violating, clear;
  };
  const Line lines[] = {{Quantifier::Any, Quantifier::Any, {0, 2}, {0, 1}},
                        {Quantifier::All, Quantifier::Any, {0, 1, 3}, {0, 2, 3}},
                        {Quantifier::Any, Quantifier::All, {0, 2, 3}, {0, 1, 2}},
                        {Quantifier::All, Quantifier::All, {0, 1, 2, 3}, {0, 1, 2}}};
  for (const Line& line : lines) {
    World world = FourDuties();
    AddPair(world, "n", Set(line.first, {0, 1}), Set(line.second, {2, 3}));
    for (int duty : line.violating) Assign(world, 0, {ToDuty(duty)});
    EXPECT_EQ(Told(world, About(0)), "n:denied");
    world.assignments.clear();
    for (int duty : line.clear) Assign(world, 0, {ToDuty(duty)});
    EXPECT_EQ(Told(world, About(0)), "");
  }
}

TEST(Judge, CountsMembersOfTheLimit) {
  World world = FourDuties();
  AddPair(world, "n", Set(Quantifier::All, {0, 1}), Set(Quantifier::Any, {2, 3}));
  Assign(world, 0, {ToDuty(0), ToDuty(1), ToDuty(2), ToDuty(3)});
  EXPECT_EQ(Judge(world).Decide(About(0)).conflicts.at(0).held, 3);
}

TEST(Judge, AllowsExactlyKOfACountedList) {
  World world = FourDuties();
  world.rules.push_back({"k", true, 2, {Duty1(0), Duty1(1), Duty1(2)}, false, {}, {}});
  Assign(world, 0, {ToDuty(0), ToDuty(1), ToDuty(3)});
  EXPECT_EQ(Told(world, About(0)), "");
  Assign(world, 0, {ToDuty(2)});
  EXPECT_EQ(Told(world, About(0)), "k:denied");
}

TEST(Judge, CountsAnyOfAGroupOnce) {
  World world = FourDuties();
  world.groups = {{"g", false, {0, 1}, {}, {}, kUnsaid, false}};
  Side any{Quantifier::Any, kUnsaid, 0, {}, kUnsaid};
  world.rules.push_back({"k", true, 1, {any, Duty1(2)}, false, {}, {}});
  Assign(world, 0, {ToDuty(0), ToDuty(1)});
  EXPECT_EQ(Told(world, About(0)), "");
  world.rules[0].sides[0].quantifier = Quantifier::Each;
  EXPECT_EQ(Told(world, About(0)), "k:denied");
}

TEST(Judge, TriggersAboveTheBottomUnlessTheSideSaysHigher) {
  World world = FourDuties();
  world.level_count = 3;
  AddPair(world, "low", Duty1(0), Duty1(1));
  AddPair(world, "high", Duty1(0, 2), Duty1(1));
  Assign(world, 0, {ToDuty(0, 1), ToDuty(1)});
  EXPECT_EQ(Told(world, About(0)), "low:denied");
  Assign(world, 0, {ToDuty(0)});  // at the top
  EXPECT_EQ(Told(world, About(0)), "high:denied low:denied");
}

TEST(Judge, JoinsWhatIsSaidAboutOnePair) {
  World world = FourDuties();
  world.duties[0].separations = {{1, kUnsaid, true}};
  world.duties[1].separations = {{0, kUnsaid, true}};
  Assign(world, 0, {ToDuty(0), ToDuty(1)});
  EXPECT_EQ(Told(world, About(0)), "a/b:warned");
  world.duties[1].separations[0].is_should = false;  // strictest modality
  EXPECT_EQ(Told(world, About(0)), "a/b:denied");
  AddPair(world, "n", Duty1(0), Duty1(1));           // a named one takes the others in
  world.rules[0].mode = Mode::Approve;
  EXPECT_EQ(Told(world, About(0)), "n:needs_approval");
}

TEST(Judge, LetsASilentBlockKeepTheModalityOfTheSeparation) {
  World world = FourDuties();
  world.duties[0].separations = {{1, kUnsaid, true}};
  AddPair(world, "", Duty1(1), Duty1(0));
  Assign(world, 0, {ToDuty(0), ToDuty(1)});
  EXPECT_EQ(Told(world, About(0)), "a/b:warned");  // the block only refines (REF-3)
  world.rules[0].says_must = true;
  EXPECT_EQ(Told(world, About(0)), "a/b:denied");
}

TEST(Judge, JoinsStatementsAboutTwoRoles) {
  World world = FourDuties();
  world.roles = {{"r0", {}, {}, {}, false}, {"r1", {}, {}, {}, false}};
  AddPair(world, "", Role1(0), Role1(1));
  AddPair(world, "n", Role1(1), Role1(0));
  Assign(world, 0, {ToRole(0), ToRole(1)});
  EXPECT_EQ(Told(world, About(0)), "n:denied");
}

TEST(Judge, SeparatesFromEachMemberOfAGroup) {
  World world = FourDuties();
  world.groups = {{"g", false, {1, 2}, {}, {}, kUnsaid, false}};
  world.duties[0].separations = {{kUnsaid, 0, false}};
  Assign(world, 0, {ToDuty(0), ToDuty(1), ToDuty(2)});
  EXPECT_EQ(Told(world, About(0)), "a/b:denied a/c:denied");
}

TEST(Judge, HoldsEveryIncludedRole) {
  World world = FourDuties();
  world.roles = {{"r0", {}, {}, {}, false}, {"r1", {0}, {}, {}, false}};
  AddPair(world, "", Role1(1), Role1(0));
  Assign(world, 0, {ToRole(1)});
  EXPECT_EQ(Told(world, About(0)), "r0/r1:denied");
}

TEST(Judge, CarriesARestrictionThroughInclusion) {
  World world = FourDuties();
  world.roles = {{"r0", {}, {}, {{0, kUnsaid, true, false}}, false}, {"r1", {0}, {}, {}, false}};
  Assign(world, 0, {ToRole(1), ToDuty(0)});
  EXPECT_EQ(Told(world, About(0)), "a/r0:warned");
}

TEST(Judge, ListsARestrictionOnOwnActionsAsNotChecked) {
  World world = FourDuties();
  world.roles = {{"r0", {}, {}, {{0, kUnsaid, false, true}}, false}};
  Assign(world, 0, {ToRole(0), ToDuty(0)});
  const Answer answer = Judge(world).Decide(About(0));
  EXPECT_EQ(Told(answer), "");
  EXPECT_EQ(answer.not_checked, std::vector<std::string>{"r0 restricts a on own actions"});
}

TEST(Judge, IncludesTheLastDay) {
  World world = FourDuties();
  AddPair(world, "", Duty1(0), Duty1(1));
  Assign(world, 0, {ToDuty(0)}, {3, 5});
  Assign(world, 0, {ToDuty(1)});
  EXPECT_EQ(Told(world, About(0, 2)), "");
  EXPECT_EQ(Told(world, About(0, 3)), "a/b:denied");
  Question late = About(0, 5);
  late.as_of += kSecondsPerDay - 1;
  EXPECT_EQ(Told(world, late), "a/b:denied");
  EXPECT_EQ(Told(world, About(0, 6)), "");
  world.rules[0].valid = {5, 9};
  EXPECT_EQ(Told(world, About(0, 4)), "");
  EXPECT_EQ(Told(world, About(0, 5)), "a/b:denied");
}

TEST(Judge, TakesTheMilderOfModeAndCeiling) {
  World world = FourDuties();
  AddPair(world, "n", Duty1(0), Duty1(1));
  Assign(world, 0, {ToDuty(0), ToDuty(1)});
  world.mode_ceiling = Mode::Warn;
  EXPECT_EQ(Told(world, About(0)), "n:warned");
  world.rules[0].mode = Mode::Observe;
  EXPECT_EQ(Told(world, About(0)), "n:observed");
  world.rules[0].mode.reset();
  world.mode_ceiling.reset();
  world.default_mode = Mode::Approve;
  EXPECT_EQ(Told(world, About(0)), "n:needs_approval");
}

TEST(Judge, PutsNotEvaluableBelowDeniedAndAboveApproval) {
  World world = FourDuties();
  world.system_count = 1;
  world.accounts = {{0, "x", false}};
  world.assignments = {{kUnsaid, 0, {ToDuty(0), ToDuty(1)}, {}}};
  const Question question{kUnsaid, 0, {}, kFirstSecond, {}};
  EXPECT_EQ(Judge(world).Decide(question).verdict, "not_evaluable");
  AddPair(world, "n", Duty1(0), Duty1(1));
  EXPECT_EQ(Judge(world).Decide(question).verdict, "denied");
  world.rules[0].mode = Mode::Approve;
  EXPECT_EQ(Judge(world).Decide(question).verdict, "not_evaluable");
}

TEST(Judge, ListsSubjectsNobodyStandsBehindAndAccountsWithoutOwner) {
  World world = FourDuties();
  world.system_count = 1;
  world.accounts = {{0, "x", false}, {0, "y", false}};
  world.actors[0].accounts = {0};
  world.actors.push_back({"t", ActorKind::Team, {}, {0}, false});
  world.actors.push_back({"u", ActorKind::Team, {}, {}, false});
  world.actors.push_back({"e", ActorKind::External, {}, {}, false});
  Assign(world, 1, {ToDuty(0)});
  Assign(world, 2, {ToDuty(0)});
  world.assignments.push_back({kUnsaid, 0, {ToDuty(1)}, {}});
  world.assignments.push_back({kUnsaid, 1, {ToDuty(1)}, {}});
  EXPECT_EQ(Judge(world).Subjects(), (std::vector<std::string>{"p", "u", "sys0:y"}));
}

TEST(Judge, ListsWhoCouldBeGivenADuty) {
  World world = FourDuties();
  world.actors.push_back({"q", ActorKind::Person, {}, {}, false});
  world.actors.push_back({"r", ActorKind::Person, {}, {}, false});
  AddPair(world, "", Duty1(0), Duty1(1));
  Assign(world, 0, {ToDuty(0)});
  Assign(world, 1, {ToDuty(1)});
  const Request request{ToDuty(1), StartOfDay(0), StartOfDay(9)};
  EXPECT_EQ(Judge(world).WhoCan(request, StartOfDay(0)),
            (std::vector<std::string>{"q clear held", "r clear"}));
}

// ---- Requests (SEM-12)

Answer Requested(const World& world, Target target, int from, int until) {
  Question question = About(0, from);
  question.request = Request{target, StartOfDay(from), StartOfDay(until)};
  return Judge(world).Decide(question);
}

TEST(JudgeOfRequests, DoesNotBlameARequestForAnOldConflict) {
  World world = FourDuties();
  AddPair(world, "", Duty1(0), Duty1(1));
  Assign(world, 0, {ToDuty(0), ToDuty(1)});
  const Answer answer = Requested(world, ToDuty(2), 0, 9);
  EXPECT_EQ(answer.verdict, "denied");
  EXPECT_EQ(answer.request_verdict, "clear");
}

TEST(JudgeOfRequests, LooksAtTheWholeIntervalOfTheRequest) {
  World world = FourDuties();
  AddPair(world, "", Duty1(0), Duty1(1));
  Assign(world, 0, {ToDuty(0)}, {20, 30});
  EXPECT_EQ(Requested(world, ToDuty(1), 0, 20).request_verdict, "clear");
  EXPECT_EQ(Requested(world, ToDuty(1), 0, 21).request_verdict, "denied");
}

TEST(JudgeOfRequests, SaysWhenItIsAlreadyHeldThroughout) {
  World world = FourDuties();
  Assign(world, 0, {ToDuty(0)}, {std::nullopt, 8});
  EXPECT_TRUE(Requested(world, ToDuty(0), 0, 9).already_held);
  EXPECT_FALSE(Requested(world, ToDuty(0), 0, 10).already_held);
}

TEST(JudgeOfRequests, CallsAFurtherMemberOfABrokenLimitIntroduced) {
  World world = FourDuties();
  world.rules.push_back({"k", true, 1, {Duty1(0), Duty1(1), Duty1(2)}, false, {}, {}});
  Assign(world, 0, {ToDuty(0), ToDuty(1)});
  EXPECT_EQ(Told(Requested(world, ToDuty(2), 0, 9)), "k:denied!");
  EXPECT_EQ(Told(Requested(world, ToDuty(3), 0, 9)), "k:denied");
}

TEST(JudgeOfRequests, MarksWhatIsNew) {
  World world = FourDuties();
  AddPair(world, "n", Set(Quantifier::Any, {0, 1}), Duty1(2));
  Assign(world, 0, {ToDuty(0), ToDuty(2)});
  const Answer answer = Requested(world, ToDuty(1), 0, 9);
  EXPECT_EQ(Told(answer), "n:denied!");
  const SideAnswer& side = answer.conflicts.at(0).sides.at(0);
  EXPECT_FALSE(side.is_new);  // one of its duties was held before
  EXPECT_FALSE(side.witnesses.at(0).is_new);
  EXPECT_TRUE(side.witnesses.at(1).is_new);
}

TEST(JudgeOfRequests, CountsAHigherLevelAsNewOnlyWhereItTriggers) {
  World world = FourDuties();
  world.level_count = 3;
  AddPair(world, "low", Duty1(0, 1), Duty1(1));
  AddPair(world, "high", Duty1(0, 2), Duty1(1));
  Assign(world, 0, {ToDuty(0, 1), ToDuty(1)});
  EXPECT_EQ(Told(Requested(world, ToDuty(0, 2), 0, 9)), "high:denied! low:denied");
}

}  // namespace
}  // namespace oracle
