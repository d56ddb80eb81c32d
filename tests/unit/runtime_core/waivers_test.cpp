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
    waiver.parties_first = static_cast<uint32_t>(rows.WaiverParties.size());
    waiver.parties_count = static_cast<uint32_t>(spec.parties.size());
    rows.WaiverParties.insert(rows.WaiverParties.end(), spec.parties.begin(), spec.parties.end());
    waiver.rules_first = static_cast<uint32_t>(rows.WaiverRules.size());
    waiver.rules_count = 1;
    rows.WaiverRules.push_back({0, rows.Text(spec.breaks)});
    rows.Waivers.push_back(waiver);
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
