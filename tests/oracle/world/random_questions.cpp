// Random questions about a random world: every subject, and somebody new.
#include <algorithm>
#include <utility>

#include "dice.h"
#include "random_world.h"

namespace oracle {
namespace {

bool Contains(const std::vector<int>& list, int item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

class QuestionMaker {
 public:
  QuestionMaker(const World& world, uint64_t seed) : world_(world), dice_(seed) {}

  std::vector<Question> Make() {
    for (int i = 0; i < static_cast<int>(world_.actors.size()); ++i) {
      if (IsSubject(i)) AddAbout(Question{i, kUnsaid, {}, RandomMoment(), {}});
    }
    for (int i = 0; i < static_cast<int>(world_.accounts.size()); ++i) {
      if (IsUnowned(i) && IsAssigned(kUnsaid, i)) {
        AddAbout(Question{kUnsaid, i, {}, RandomMoment(), {}});
      }
    }
    Question anonymous{kUnsaid, kUnsaid, {}, RandomMoment(), {}};
    const int held = dice_.Between(1, 4);
    for (int i = 0; i < held; ++i) anonymous.held.push_back(RandomTarget());
    AddAbout(anonymous);
    return std::move(questions_);
  }

 private:
  // The middle of a day, so that no boundary falls on it by accident; sometimes a boundary.
  Seconds RandomMoment() {
    return StartOfDay(dice_.Between(0, 80)) + (dice_.Percent(50) ? kSecondsPerDay / 2 : 0);
  }

  bool IsAssigned(int actor, int account) const {
    return std::any_of(world_.assignments.begin(), world_.assignments.end(),
                       [&](const Assignment& assignment) {
                         return assignment.actor == actor && assignment.account == account;
                       });
  }
  bool IsUnowned(int account) const {
    return std::none_of(world_.actors.begin(), world_.actors.end(), [&](const Actor& actor) {
      return Contains(actor.accounts, account);
    });
  }
  // Teams and externals are subjects of their own when nobody stands behind them.
  bool IsSubject(int actor) const {
    const Actor& entry = world_.actors[actor];
    return entry.kind == ActorKind::Person || (entry.members.empty() && IsAssigned(actor, kUnsaid));
  }

  Target RandomTarget() {
    if (dice_.Percent(40)) {
      return {true, dice_.Below(static_cast<int>(world_.roles.size())), kUnsaid};
    }
    const bool has_level = world_.level_count > 0 && dice_.Percent(50);
    return {false, dice_.Below(static_cast<int>(world_.duties.size())),
            has_level ? dice_.Between(1, world_.level_count - 1) : kUnsaid};
  }

  void AddAbout(Question question) {
    questions_.push_back(question);
    Request request{RandomTarget(), question.as_of, kOpenEnd};
    if (dice_.Percent(50)) request.from += dice_.Between(0, 20) * kSecondsPerDay;
    if (dice_.Percent(60)) request.until = request.from + dice_.Between(1, 60) * kSecondsPerDay;
    question.request = request;
    questions_.push_back(question);
  }

  const World& world_;
  Dice dice_;
  std::vector<Question> questions_;
};

}  // namespace

std::vector<Question> RandomQuestions(const World& world, uint64_t seed) {
  return QuestionMaker(world, seed ^ 0x5bd1e995).Make();
}

}  // namespace oracle
