// Several grants and revocations at once: what results, what of it is new, what is taken away.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

using test::PolicyBuilder;
using ::testing::ElementsAre;

// Pay, post and count; paying excludes the two others.
struct World {
  World() {
    pay = policy.Duty("pay");
    post = policy.Duty("post");
    count = policy.Duty("count");
    policy.Pair("pay/post", {pay, 0}, {post, 0});
    policy.Pair("pay/count", {pay, 0}, {count, 0});
  }
  PolicyBuilder policy;
  uint32_t pay = 0, post = 0, count = 0;
};

Holding Of(uint32_t duty, Instant from = kBeginningOfTime, Instant until = kEndOfTime) { return {.target = duty, .from = from, .until = until}; }

struct Case {
  const char* name;
  std::vector<Holding> held, grants, revocations;
  Verdict request_verdict;
  std::vector<std::string> conflicts;  // "pay/post new"
};

std::vector<std::string> Conflicts(const Table& table, const Answer& answer) {
  std::vector<std::string> words;
  for (const Conflict& conflict : answer.conflicts) {
    words.push_back(std::string(table.rule(conflict.rule).name) + (conflict.introduced ? " new" : " existing"));
  }
  for (const Conflict& conflict : answer.removed) words.push_back(std::string(table.rule(conflict.rule).name) + " removed");
  return words;
}

TEST(AskAbout, JudgesWhatResults) {
  World world;
  const Table table = world.policy.Load();
  const Holding pay = Of(world.pay), post = Of(world.post), count = Of(world.count);
  const Case cases[] = {
      {"two that exclude each other", {}, {pay, post}, {}, Verdict::Denied, {"pay/post new"}},
      {"a swap that helps", {pay, post}, {count}, {pay}, Verdict::Clear, {"pay/post removed"}},
      {"a swap that does not", {pay, post}, {count}, {post}, Verdict::Denied, {"pay/count new", "pay/post removed"}},
      {"taken away and given again", {pay, post}, {pay}, {pay}, Verdict::Clear, {"pay/post existing"}},
      {"for a time", {pay, post}, {Of(world.count, 0, 5)}, {Of(world.pay, 0, 5)}, Verdict::Clear, {"pay/post removed"}},
      {"not long enough", {pay, post}, {Of(world.count, 0, 9)}, {Of(world.pay, 0, 5)}, Verdict::Denied, {"pay/post existing", "pay/count new"}},
      {"one after the other", {}, {Of(world.pay, 0, 5), Of(world.post, 5, 9)}, {}, Verdict::Clear, {}},
      {"only taken away", {pay, post}, {}, {post}, Verdict::Clear, {"pay/post removed"}},
  };
  for (const Case& one : cases) {
    Workspace workspace(table);
    const Result<Answer> answer = AskAbout(table, workspace, AnonymousSubject(one.held), 0, {one.grants, one.revocations});
    ASSERT_TRUE(answer.ok()) << one.name;
    EXPECT_EQ(answer->request_verdict, one.request_verdict) << one.name;
    EXPECT_EQ(Conflicts(table, answer.value()), one.conflicts) << one.name;
  }
}

TEST(AskAbout, TellsWhatEachPartDoes) {
  World world;
  const Table table = world.policy.Load();
  Workspace workspace(table);
  const Answer answer = AskAbout(table, workspace, AnonymousSubject({Of(world.pay)}), 0, {{Of(world.pay), Of(world.post)}, {Of(world.count)}}).value();
  EXPECT_TRUE(answer.grants[0].already_held);
  EXPECT_FALSE(answer.grants[1].already_held);
  EXPECT_FALSE(answer.already_held);
  EXPECT_EQ(answer.revocations[0].count, 0u);
  ASSERT_EQ(answer.contributions.size(), 3u) << "what is held, and both grants";
  EXPECT_FALSE(answer.contributions[0].is_asked_for);
  EXPECT_TRUE(answer.contributions[2].is_asked_for);
  EXPECT_THAT(answer.contributions[2].rules, ElementsAre(0u));
}

TEST(Revoke, SplitsWhatIsTakenAwayForATime) {
  World world;
  const Table table = world.policy.Load();
  const Revoked left = Revoke(table, AnonymousSubject({Of(world.pay, 0, 9), Of(world.post, 0, 9)}), std::vector{Of(world.pay, 3, 5)});
  ASSERT_EQ(left.holdings.size(), 3u);
  EXPECT_EQ(left.holdings[0].until, 3);
  EXPECT_EQ(left.holdings[1].from, 5);
  EXPECT_THAT(left.counts, ElementsAre(1u));
}

}  // namespace
}  // namespace sod
