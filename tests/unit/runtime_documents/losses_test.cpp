// What violators lose: each loss of a pair and of a rule of at most one, with and without a request.
#include <span>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/losses.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using format::RuleLoss;
using test::PolicyBuilder;

struct Case {
  const char* name;
  RuleLoss loss;
  std::vector<Instant> since;           // of a and b; kEndOfTime: not held
  std::vector<uint32_t> asked;          // duties
  std::string suspended, removes;       // names, each once
  bool is_refused = false;
};

std::string Names(const Table& table, const std::vector<Lost>& lost) {
  std::string names;
  for (const Lost& one : lost) names += table.duty(one.target).name;
  return names;
}

constexpr Instant kNot = kEndOfTime;
const Case kCases[] = {
    {"a side", RuleLoss::SuspendSide, {1, 2}, {}, "a", ""},
    {"both", RuleLoss::SuspendBoth, {1, 2}, {}, "ab", ""},
    {"a side after a request", RuleLoss::SuspendSide, {kNot, 2}, {0}, "a", ""},
    {"the newest stays", RuleLoss::NewestWins, {1, 2}, {}, "a", ""},
    {"the oldest stays", RuleLoss::OldestWins, {1, 2}, {}, "b", ""},
    {"neither is the first", RuleLoss::OldestWins, {2, 2}, {}, "ab", ""},
    {"what is asked for displaces", RuleLoss::NewestWins, {1, kNot}, {1}, "", "a"},
    {"two at once are refused", RuleLoss::NewestWins, {kNot, kNot}, {0, 1}, "", "", true},
    {"the oldest refuses", RuleLoss::OldestWins, {1, kNot}, {1}, "", "", true},
    {"refused", RuleLoss::Refuse, {1, kNot}, {1}, "", "", true},
    {"what is there is not refused", RuleLoss::Refuse, {1, 2}, {}, "", ""},
    {"no conflict", RuleLoss::SuspendBoth, {1, kNot}, {}, "", ""},
};

TEST(Losses, FollowTheRule) {
  for (const Case& one : kCases) {
    PolicyBuilder policy;
    const uint32_t duties[] = {policy.Duty("a"), policy.Duty("b")};
    policy.Pair("a/b", {duties[0], 0}, {duties[1], 0});
    test::Rows rows = policy.Finish();
    rows.RuleLosses = {{0, one.loss, one.loss == RuleLoss::SuspendSide ? 0 : kNone}};
    const std::string file = test::Write(rows);
    const Table table = Table::Load(std::as_bytes(std::span(file))).value();
    std::vector<Holding> held;
    Request request;
    for (const uint32_t duty : duties) {
      if (one.since[duty] != kNot) held.push_back({.target = duty, .from = one.since[duty]});
    }
    for (const uint32_t duty : one.asked) request.grants.push_back({.target = duty});
    Workspace workspace(table);
    const Losses losses = LossesOf(table, AskAbout(table, workspace, AnonymousSubject(held), 10, request).value());
    EXPECT_EQ(Names(table, losses.suspended), one.suspended) << one.name;
    EXPECT_EQ(Names(table, losses.removes), one.removes) << one.name;
    EXPECT_EQ(!losses.refused.empty(), one.is_refused) << one.name;
  }
}

}  // namespace
}  // namespace sod
