// Waivers: when one excuses, and each reason why it does not (rulings SEM-19, appendix A).
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Instant kDay = 86400;

struct WaiverSpec {
  const char* name = "leave";
  std::vector<format::WaiverPartyRecord> parties;
  uint32_t requester = 0, approver = 0;
  Instant from = 10 * kDay, until = 20 * kDay, closed = kEndOfTime;
  const char* breaks = "";
  std::vector<uint32_t> only_holding = {};  // duties
  std::vector<uint16_t> only_in = {};       // leaves of the dimension
};

// Mira holds both sides of a conflict that denies; Tom and Ada hold nothing.
class Waivers : public ::testing::Test {
 protected:
  Waivers() {
    const uint32_t pay = policy.Duty("pay"), post = policy.Duty("post");
    lead = policy.Role({"lead", {{pay, 0}, {post, 0}}, {}});
    mira = policy.Person("mira");
    tom = policy.Person("tom");
    ada = policy.Person("ada");
    both = policy.Team("both", {mira, tom});
    policy.Pair("pay_post", {pay, 0}, {post, 0});
    policy.AssignRole(mira, lead);
  }

  void Add(const WaiverSpec& spec) {
    Rows& rows = policy.rows;
    format::WaiverRecord waiver;
    waiver.name = waiver.title = rows.Text(spec.name);
    waiver.requester = spec.requester;
    waiver.approver = spec.approver;
    waiver.from = spec.from;
    waiver.until = spec.until;
    waiver.closed = spec.closed;
    waiver.next = kBeginningOfTime;
    if (!spec.only_in.empty()) waiver.only_in = AddScope(spec.only_in);
    waiver.members_first = static_cast<uint32_t>(rows.WaiverMembers.size());
    waiver.members_count = static_cast<uint32_t>(spec.only_holding.size());
    for (const uint32_t duty : spec.only_holding) rows.WaiverMembers.push_back({duty, kNone, kNone});
    waiver.parties_first = static_cast<uint32_t>(rows.WaiverParties.size());
    waiver.parties_count = static_cast<uint32_t>(spec.parties.size());
    rows.WaiverParties.insert(rows.WaiverParties.end(), spec.parties.begin(), spec.parties.end());
    waiver.rules_first = static_cast<uint32_t>(rows.WaiverRules.size());
    waiver.rules_count = 1;
    rows.WaiverRules.push_back({0, rows.Text(spec.breaks)});
    rows.Waivers.push_back(waiver);
  }

  // One box for each leaf.
  uint32_t AddScope(const std::vector<uint16_t>& leaves) {
    Rows& rows = policy.rows;
    rows.Scopes.push_back({static_cast<uint32_t>(rows.ScopeBoxes.size()), static_cast<uint32_t>(leaves.size())});
    for (const uint16_t leaf : leaves) {
      rows.ScopeBoxes.push_back({static_cast<uint32_t>(rows.ScopeBoxNodes.size()), 1});
      rows.ScopeBoxNodes.push_back({leaf});
    }
    return static_cast<uint32_t>(rows.Scopes.size()) - 1;
  }

  // For Mira, asked for by Tom, approved by Ada, unless said otherwise.
  WaiverSpec Sound() const { return {.parties = {{mira, kNone}}, .requester = tom, .approver = ada}; }

  void Delegate(uint32_t from, uint32_t to, Instant begin, Instant end) {
    format::DelegationRecord delegation;
    delegation.from = begin;
    delegation.until = end;
    delegation.delegator = from;
    delegation.delegate = to;
    delegation.role = lead;
    policy.rows.Delegations.push_back(delegation);
  }

  Conflict Ask(Instant day, const char* who = "mira", std::optional<Holding> request = {}) {
    if (!table) table.emplace(policy.Load());
    const NameKind kinds[] = {NameKind::Person, NameKind::Role};
    const Subject subject = SubjectOf(*table, table->Find(who, kinds).value()).value();
    Workspace workspace(*table);
    Result<Answer> answer = sod::Ask(*table, workspace, subject, day, request);
    if (!answer || answer.value().conflicts.empty()) {
      ADD_FAILURE() << "no conflict";
      return {};
    }
    return answer.value().conflicts.front();
  }

  // "used", "excuses", or the reasons.
  static std::vector<std::string> Standing(const Conflict& conflict) {
    std::vector<std::string> words;
    for (const JudgedWaiver& waiver : conflict.waivers) {
      std::string word = waiver.is_used ? "used" : waiver.excuses() ? "excuses" : "";
      for (const WaiverRejectedBecause& because : waiver.because) {
        word += (word.empty() ? "" : "+") + std::string(SpellingOf(because.reason));
        if (!because.what.empty()) word += "(" + std::string(because.what) + ")";
      }
      words.push_back(word);
    }
    return words;
  }

  using Rows = test::Rows;
  test::PolicyBuilder policy;
  std::optional<Table> table;
  uint32_t lead = 0, mira = 0, tom = 0, ada = 0, both = 0;
};

TEST_F(Waivers, ExcusesFromItsFirstInstantToItsLast) {
  Add(Sound());
  EXPECT_EQ(Ask(10 * kDay).disposition, Verdict::Waived);
  EXPECT_EQ(Ask(20 * kDay - 1).disposition, Verdict::Waived);
  EXPECT_THAT(Standing(Ask(15 * kDay)), ElementsAre("used"));
  const Conflict before = Ask(10 * kDay - 1), after = Ask(20 * kDay);
  EXPECT_EQ(before.disposition, Verdict::Denied);
  EXPECT_THAT(Standing(before), ElementsAre("not_yet_in_force"));
  EXPECT_EQ(after.disposition, Verdict::Denied);
  EXPECT_THAT(Standing(after), ElementsAre("expired"));
}

TEST_F(Waivers, ExcusesNothingOnceClosed) {
  WaiverSpec spec = Sound();
  spec.closed = 15 * kDay;
  Add(spec);
  EXPECT_EQ(Ask(15 * kDay - 1).disposition, Verdict::Waived);
  EXPECT_THAT(Standing(Ask(15 * kDay)), ElementsAre("closed"));
  EXPECT_EQ(Ask(15 * kDay).waivers[0].until, 15 * kDay);
}

TEST_F(Waivers, ExcusesNobodyElse) {
  policy.AssignRole(tom, lead);
  Add(Sound());
  const Conflict conflict = Ask(15 * kDay, "tom");
  EXPECT_EQ(conflict.disposition, Verdict::Denied);
  EXPECT_THAT(conflict.waivers, IsEmpty());
  EXPECT_THAT(Ask(15 * kDay, "lead").waivers, IsEmpty()) << "somebody with the role is nobody in particular";
}

TEST_F(Waivers, OneThatBreaksARuleExcusesNothing) {
  WaiverSpec spec = Sound();
  spec.breaks = "it is longer than 5d";
  Add(spec);
  EXPECT_EQ(Ask(15 * kDay).disposition, Verdict::Denied);
  EXPECT_THAT(Standing(Ask(15 * kDay)), ElementsAre("breaks_rule(it is longer than 5d)"));
}

TEST_F(Waivers, NobodyApprovesTheirOwn) {
  WaiverSpec spec = Sound();
  spec.approver = mira;
  Add(spec);
  spec.approver = both;  // a team with her in it
  spec.requester = ada;
  Add(spec);
  spec = Sound();
  spec.requester = ada;
  Add(spec);
  spec.requester = mira;  // she may ask for her own
  Add(spec);
  EXPECT_THAT(Standing(Ask(15 * kDay)), ElementsAre("approver_is_beneficiary", "approver_is_beneficiary", "approver_is_requester", "used"));
}

TEST_F(Waivers, NobodyApprovesForWhomTheyStandIn) {
  Delegate(mira, ada, 15 * kDay, 16 * kDay);
  Add(Sound());
  EXPECT_THAT(Standing(Ask(14 * kDay)), ElementsAre("used"));
  EXPECT_THAT(Standing(Ask(15 * kDay)), ElementsAre("approver_stands_in(mira)"));
  EXPECT_THAT(Standing(Ask(16 * kDay)), ElementsAre("used"));
}

TEST_F(Waivers, WhoStoodInOnTheFirstDayStoodInWhenItWasApproved) {
  Delegate(tom, ada, 9 * kDay, 11 * kDay);  // for the one who asks
  Add(Sound());
  EXPECT_THAT(Standing(Ask(15 * kDay)), ElementsAre("approver_stands_in(tom)"));
}

TEST_F(Waivers, ARequestIsJudgedOnTheDaysOnWhichItDoesNotHold) {
  Add(Sound());
  const Holding request = {.target = 0, .from = 12 * kDay, .until = 30 * kDay};
  const Conflict conflict = Ask(12 * kDay, "mira", request);
  EXPECT_EQ(conflict.disposition, Verdict::Denied);
  EXPECT_THAT(Standing(conflict), ElementsAre("expired"));
  EXPECT_EQ(Ask(12 * kDay, "mira", Holding{.target = 0, .from = 12 * kDay, .until = 20 * kDay}).disposition, Verdict::Waived);
}

TEST_F(Waivers, ATeamIsEverybodyInIt) {
  WaiverSpec spec = Sound();
  spec.parties = {{both, kNone}};
  Add(spec);
  EXPECT_EQ(Ask(15 * kDay).disposition, Verdict::Waived);
}

TEST_F(Waivers, WhoGetsARoleLaterWasNotLookedAt) {
  policy.AssignRole(ada, lead, 12 * kDay);
  WaiverSpec spec = Sound();
  spec.parties = {{kNone, lead}};
  spec.approver = both;
  spec.requester = ada;
  Add(spec);
  EXPECT_THAT(Standing(Ask(15 * kDay, "ada")), ElementsAre("joined_later(lead)"));
  EXPECT_EQ(Ask(15 * kDay, "ada").disposition, Verdict::Denied);
}

TEST_F(Waivers, AMachineAndAnEmptyPostApproveNothing) {
  policy.rows.Actors[ada].is_vacant = 1;
  WaiverSpec spec = Sound();
  spec.requester = mira;
  Add(spec);
  spec.approver = tom;
  Add(spec);
  Rows rows = policy.Finish();
  rows.Actors[tom].kind = format::ActorKind::Tool;
  for (format::NameRecord& name : rows.Names) {
    if (name.kind == format::NameKind::Person && name.index == tom) name.kind = format::NameKind::Tool;
  }
  const std::string file = test::Write(rows);
  table.emplace(Table::Load(std::as_bytes(std::span(file))).value());
  EXPECT_THAT(Standing(Ask(15 * kDay)), ElementsAre("approver_vacant", "approver_is_machine"));
}

// ---- Narrowed to members and to places

// Somebody with all of these duties, in a policy with a rule "any of pay and order, with post".
class NarrowedWaivers : public Waivers {
 protected:
  NarrowedWaivers() {
    order = policy.Duty("order");
    test::RuleSpec spec;
    spec.name = "buying";
    spec.sides = {{format::Quantifier::Any, {{false, 0, 0}, {false, order, 0}}}, {format::Quantifier::One, {{false, 1, 0}}}};
    buying = policy.Rule(spec);
  }

  void Add(const WaiverSpec& spec) {
    Waivers::Add(spec);
    policy.rows.WaiverRules.back().rule = buying;
  }

  struct Held {
    uint32_t duty;
    ScopeInterval place = {};  // everywhere
    Instant from = kBeginningOfTime, until = kEndOfTime;
  };
  Conflict AskHolding(Instant day, const std::vector<Held>& held, std::optional<Holding> request = {}) {
    if (!table) table.emplace(policy.Load());
    Subject subject = SubjectOf(*table, {NameKind::Person, mira}).value();
    subject.holdings.clear();
    for (const Held& one : held) {
      subject.holdings.push_back({.target = one.duty, .from = one.from, .until = one.until});
      subject.holdings.back().box[0] = one.place;
    }
    Workspace workspace(*table);
    const Answer answer = sod::Ask(*table, workspace, subject, day, request).value();
    for (const Conflict& conflict : answer.conflicts) {
      if (conflict.rule == buying) return conflict;
    }
    ADD_FAILURE() << "no conflict";
    return {};
  }

  // "outside_scope: b c", "other_members: order".
  std::vector<std::string> WhatSticksOut(const Conflict& conflict) const {
    std::vector<std::string> words;
    for (const WaiverRejectedBecause& because : conflict.waivers.at(0).because) {
      std::string word = std::string(SpellingOf(because.reason)) + ":";
      for (const ScopeBox& box : because.places) word += " " + table->ScopeInWords(box);
      for (const Named& member : because.members) word += " " + std::string(member.name);
      words.push_back(word);
    }
    return words;
  }

  uint32_t order = 0, buying = 0;
};

constexpr uint32_t kPay = 0, kPost = 1;

TEST_F(NarrowedWaivers, EverySetOfMembersAgainstEverythingThatIsHeld) {
  for (uint32_t named = 1; named < 8; ++named) {
    for (uint32_t held = 1; held < 8; ++held) {
      if ((held & 1u << kPost) == 0 || held == 1u << kPost) continue;  // no conflict
      policy = test::PolicyBuilder();
      for (const char* duty : {"pay", "post", "order"}) policy.Duty(duty);
      policy.Person("mira");
      tom = policy.Person("tom");
      ada = policy.Person("ada");
      mira = 0;
      test::RuleSpec rule;
      rule.name = "buying";
      rule.sides = {{format::Quantifier::Any, {{false, 0, 0}, {false, 2, 0}}}, {format::Quantifier::One, {{false, 1, 0}}}};
      buying = policy.Rule(rule);
      WaiverSpec spec = Sound();
      std::vector<Held> holdings;
      for (uint32_t duty = 0; duty < 3; ++duty) {
        if ((named >> duty & 1) != 0) spec.only_holding.push_back(duty);
        if ((held >> duty & 1) != 0) holdings.push_back({duty});
      }
      Add(spec);
      table.reset();
      const bool is_inside = (held & ~named) == 0;
      EXPECT_EQ(AskHolding(15 * kDay, holdings).disposition, is_inside ? Verdict::Waived : Verdict::Denied) << "named " << named << ", held " << held;
    }
  }
}

TEST_F(NarrowedWaivers, WhatSticksOutIsNamedOnce) {
  policy.Dimension("place", {"a", "b", "c"});
  WaiverSpec spec = Sound();
  spec.only_holding = {kPay, kPost};
  spec.only_in = {0, 1};
  Add(spec);
  const ScopeInterval a = {0, 1}, b = {1, 2}, c = {2, 3}, both = {0, 2};
  EXPECT_EQ(AskHolding(15 * kDay, {{kPay, a}, {kPost, b}}).disposition, Verdict::Waived) << "a rule about any place";
  EXPECT_EQ(AskHolding(15 * kDay, {{kPay, both}, {kPost, b}}).disposition, Verdict::Waived) << "two values cover it together";
  EXPECT_THAT(WhatSticksOut(AskHolding(15 * kDay, {{kPay, c}, {kPost, c}})), ElementsAre("outside_scope: place c"));
  EXPECT_THAT(WhatSticksOut(AskHolding(15 * kDay, {{kPay}, {kPost, a}, {order, a}})), ElementsAre("outside_scope: place c", "other_members: order"));
  const Conflict used = AskHolding(15 * kDay, {{kPay, a}, {kPost, a}});
  EXPECT_EQ(used.waivers[0].only_in.size(), 2u);
  EXPECT_EQ(used.waivers[0].only_holding.size(), 2u);
}

TEST_F(NarrowedWaivers, WhereARuleAsksForPlacesWhatIsHeldElsewhereTakesNoPart) {
  policy.Dimension("place", {"a", "b", "c"});
  policy.rows.Rules[buying].match = format::ScopeMatch::Same;
  policy.rows.Rules[buying].dimension = 0;
  WaiverSpec spec = Sound();
  spec.only_in = {0};
  spec.only_holding = {kPay, kPost};
  Add(spec);
  const ScopeInterval a = {0, 1}, b = {1, 2}, both = {0, 2};
  EXPECT_EQ(AskHolding(15 * kDay, {{kPay, a}, {kPost, both}, {order, {2, 3}}}).disposition, Verdict::Waived);
  EXPECT_THAT(WhatSticksOut(AskHolding(15 * kDay, {{kPay, both}, {kPost, both}})), ElementsAre("outside_scope: place b"));
  EXPECT_THAT(WhatSticksOut(AskHolding(15 * kDay, {{kPay, a}, {order, b}, {kPost, both}})),
              ElementsAre("outside_scope: place b", "other_members: order"));
}

// Paying moves from one place to the other; one waiver is for the first, the next one for the second.
class MovingHoldings : public NarrowedWaivers {
 protected:
  MovingHoldings() {
    policy.Dimension("place", {"a", "b", "c"});
    for (const uint16_t place : {uint16_t{0}, uint16_t{1}}) {
      WaiverSpec spec = Sound();
      spec.only_in = {place};
      spec.from = place == 0 ? 10 * kDay : 15 * kDay;
      spec.until = place == 0 ? 15 * kDay : 20 * kDay;
      Add(spec);
    }
  }
  Verdict AskMoving(Instant change, ScopeInterval wanted) {
    Holding request = {.target = kPost, .from = 10 * kDay, .until = 20 * kDay};
    request.box[0] = wanted;
    return AskHolding(10 * kDay, {{kPay, {0, 1}, kBeginningOfTime, change}, {kPay, {1, 2}, change, kEndOfTime}}, request).disposition;
  }
};

TEST_F(MovingHoldings, ARequestIsJudgedByWhereItTakesPartAtEachInstant) {
  policy.rows.Rules[buying].match = format::ScopeMatch::Same;
  policy.rows.Rules[buying].dimension = 0;
  EXPECT_EQ(AskMoving(15 * kDay, {}), Verdict::Waived);
  EXPECT_EQ(AskMoving(14 * kDay, {}), Verdict::Denied);
  EXPECT_EQ(AskMoving(16 * kDay, {}), Verdict::Denied);
}

TEST_F(MovingHoldings, WhatIsAskedForIsInTheWaiversPlace) {
  EXPECT_EQ(AskMoving(15 * kDay, {0, 1}), Verdict::Denied) << "posting stays in the first place";
}

TEST_F(Waivers, PeopleOfATeamAreNamedOnce) {
  WaiverSpec spec = Sound();
  spec.parties = {{both, kNone}, {mira, kNone}, {kNone, lead}};
  Add(spec);
  const Conflict conflict = Ask(15 * kDay);
  std::vector<std::string> people;
  const Covered covered = CoveredBy(*table, conflict.waivers.at(0));
  for (const Named& name : covered.people) people.emplace_back(name.name);
  EXPECT_THAT(people, ElementsAre("mira", "tom"));
  ASSERT_EQ(covered.roles.size(), 1u);
  EXPECT_EQ(covered.roles[0].name, "lead");
}

TEST_F(Waivers, TheFirstOfSeveralIsUsed) {
  WaiverSpec spec = Sound();
  spec.until = 12 * kDay;
  Add(spec);
  Add(Sound());
  Add(Sound());
  EXPECT_THAT(Standing(Ask(15 * kDay)), ElementsAre("expired", "used", "excuses"));
}

}  // namespace
}  // namespace sod
