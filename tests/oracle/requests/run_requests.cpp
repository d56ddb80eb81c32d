// F15: two grants and a revocation at once, each for a while. Every set of three duties and two roles is held, by 32
// people; every two things are asked for and every thing is taken away, in two overlapping times. The judge walks
// through the days with sets of duties alone (docs/semantics.md, section 3); the wrong readings must be seen.
#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "../product/policy_under_test.h"

namespace oracle::requests {
namespace {

enum class Reading { Right, NewIsMeasuredAgainstWhatIsLeft, OneAfterTheOther, FirstDayAlone, NothingIsTakenAway, TakesWhatRolesGive, NeverWorse, InterruptedIsOld, kCount };

constexpr int kThings = 5, kDays = 3;
constexpr const char* kNames[kThings] = {"a", "b", "c", "ab", "bc"};
constexpr int kGives[kThings] = {1, 2, 4, 1 | 2, 2 | 4};  // bits of a, b, c
constexpr int64_t kDay = 86'400, kFirst = 1'772'323'200;  // 2026-03-01

struct Rule {
  const char* name;
  int members, at_most, mode;  // 0 denied, 1 needs approval, 2 warned, 3 observed, 5 waived
};
constexpr Rule kRules[] = {{"p0", 1 | 2, 1, 0}, {"p1", 2 | 4, 1, 2}, {"p2", 1 | 4, 1, 1}, {"m1", 7, 1, 3}, {"m2", 7, 2, 0}};
constexpr const char* kVerdicts[] = {"denied", "needs_approval", "warned", "observed", "clear", "waived"};
constexpr int kClear = 4, kWaived = 5;

const char* const kPolicy = R"(policy p "P" { language 1 }
duty a
duty b
duty c
role ab { grants a, b }
role bc { grants b, c }
conflict p0 between a and b
conflict p1 between b and c { mode warn }
conflict p2 between a and c { mode approve }
conflict m1 at most 1 of { a, b, c } { mode observe }
conflict m2 at most 2 of { a, b, c }
grandfather old "Old" { assignments before 2025-01-01  conflict p0  because "Old."  next 2030-01-31 }
)";

struct When {
  int from = 0, until = 0;
  bool At(int day) const { return from <= day && day < until; }
};
constexpr When kTimes[] = {{0, 2}, {1, 3}};
struct Change {
  int thing = 0;
  When when;
};
struct Question {
  int held = 0;  // bits of things
  std::vector<Change> grants;
  std::optional<Change> revoked;
};
struct Told {
  std::string verdict, request_verdict;
  std::vector<bool> already_held;
  std::map<std::string, std::string> conflicts;  // by the rule: change, disposition, before, worsened to
  bool operator==(const Told&) const = default;
};

int Rank(int verdict) { return verdict == kWaived ? 35 : verdict * 10; }  // waived is better than observed
int Worse(int a, int b) { return Rank(a) < Rank(b) ? a : b; }

class Judging {
 public:
  Judging(const Question& question, Reading reading) : question_(question), reading_(reading) {}

  Told Run() {
    int from = kDays, until = 0;
    const auto widen = [&](const Change& change) {
      from = std::min(from, change.when.from);
      until = std::max(until, change.when.until);
    };
    for (const Change& grant : question_.grants) widen(grant);
    if (question_.revoked) widen(*question_.revoked);
    if (reading_ == Reading::FirstDayAlone) until = from + 1;
    Told told;
    int verdict = kClear, of_request = kClear;
    for (const Rule& rule : kRules) {
      int after = kClear, before = kClear, worsened = kClear;
      bool is_new = false;
      for (int day = from; day < until; ++day) {
        const bool is_now = IsViolated(rule, After(day)), was = IsViolated(rule, Before());
        const int then = was ? DispositionOf(rule, true, day) : kClear;
        if (was) before = Worse(before, then);
        if (!is_now) continue;
        const int now = DispositionOf(rule, false, day);
        after = Worse(after, now);
        is_new |= HasNew(rule, day);
        if (was && Rank(now) < Rank(then) && reading_ != Reading::NeverWorse) worsened = Worse(worsened, now);
      }
      if (after == kClear && before == kClear) continue;
      const char* change = after == kClear ? "removed" : is_new ? "new" : "existing";
      if (is_new) worsened = kClear;
      told.conflicts[rule.name] = std::string(change) + " " + kVerdicts[after == kClear ? before : after] + " " + kVerdicts[before] + " " + kVerdicts[worsened];
      verdict = Worse(verdict, after);
      if (is_new) of_request = Worse(of_request, after);
      of_request = Worse(of_request, worsened);
    }
    for (const Change& grant : question_.grants) told.already_held.push_back((question_.held >> grant.thing & 1) != 0 || (grant.thing < 3 && (Before() >> grant.thing & 1) != 0));
    told.verdict = kVerdicts[verdict];
    told.request_verdict = kVerdicts[of_request];
    return told;
  }

 private:
  static int DutiesOf(int things) {
    int duties = 0;
    for (int thing = 0; thing < kThings; ++thing) duties |= (things >> thing & 1) != 0 ? kGives[thing] : 0;
    return duties;
  }
  int Before() const { return DutiesOf(question_.held); }
  int Left(int day) const {
    const auto& gone = question_.revoked;
    if (!gone || !gone->when.At(day) || reading_ == Reading::NothingIsTakenAway) return Before();
    const int left = DutiesOf(question_.held & ~(1 << gone->thing));
    return reading_ == Reading::TakesWhatRolesGive ? left & ~kGives[gone->thing] : left;
  }
  int After(int day) const {
    int duties = Left(day);
    for (const Change& grant : question_.grants) duties |= grant.when.At(day) ? kGives[grant.thing] : 0;
    return duties;
  }
  static bool IsViolated(const Rule& rule, int duties) { return __builtin_popcount(static_cast<unsigned>(rule.members & duties)) > rule.at_most; }

  bool HasNew(const Rule& rule, int day) const {
    const int old = reading_ == Reading::NewIsMeasuredAgainstWhatIsLeft ? Left(day) : Before();
    if (reading_ != Reading::OneAfterTheOther) return (rule.members & After(day) & ~old) != 0;
    return std::any_of(question_.grants.begin(), question_.grants.end(), [&](const Change& grant) {
      const int alone = grant.when.At(day) ? kGives[grant.thing] : 0;
      return IsViolated(rule, Left(day) | alone) && (rule.members & alone & ~old) != 0;
    });
  }

  // p0 is excused while everything that takes part was assigned before the day and has not been interrupted.
  int DispositionOf(const Rule& rule, bool is_before, int day) const {
    if (std::string(rule.name) != "p0") return rule.mode;
    bool is_old = true;
    if (!is_before) {
      for (const Change& grant : question_.grants) is_old &= !grant.when.At(day) || (kGives[grant.thing] & rule.members) == 0;
      const auto& gone = question_.revoked;
      const bool is_back = gone && (question_.held >> gone->thing & 1) != 0 && day >= gone->when.until;
      is_old &= !is_back || (kGives[gone->thing] & rule.members) == 0 || reading_ == Reading::InterruptedIsOld;
    }
    return is_old ? kWaived : rule.mode;
  }

  const Question& question_;
  const Reading reading_;
};

sod::Holding HoldingOf(const sod::Table& table, const Change& change) {
  sod::Holding holding;
  holding.kind = change.thing < 3 ? sod::HeldKind::Duty : sod::HeldKind::Role;
  holding.target = change.thing < 3 ? table.FindDuty(kNames[change.thing]).value() : table.FindRole(kNames[change.thing]).value();
  holding.from = kFirst + change.when.from * kDay;
  holding.until = kFirst + change.when.until * kDay;
  return holding;
}

Told Ask(const sod::Table& table, sod::Workspace& workspace, const sod::Subject& subject, const Question& question) {
  sod::Request request;
  for (const Change& grant : question.grants) request.grants.push_back(HoldingOf(table, grant));
  if (question.revoked) request.revocations.push_back(HoldingOf(table, *question.revoked));
  const auto answer = sod::AskAbout(table, workspace, subject, kFirst, request);
  Told told;
  if (!answer) {
    told.verdict = answer.error().message;
    return told;
  }
  const auto add = [&](const sod::Conflict& conflict, const char* change) {
    told.conflicts[std::string(table.rule(conflict.rule).name)] = std::string(change) + " " + std::string(sod::SpellingOf(conflict.disposition)) + " " +
        std::string(sod::SpellingOf(conflict.before)) + " " + std::string(sod::SpellingOf(conflict.worsened_to.value_or(sod::Verdict::Clear)));
  };
  for (const sod::Conflict& conflict : answer->conflicts) add(conflict, conflict.introduced ? "new" : "existing");
  for (const sod::Conflict& conflict : answer->removed) add(conflict, "removed");
  for (const sod::Granted& grant : answer->grants) told.already_held.push_back(grant.already_held);
  told.verdict = sod::SpellingOf(answer->verdict);
  told.request_verdict = sod::SpellingOf(answer->request_verdict.value());
  return told;
}

std::string Words(const Told& told) {
  std::string words = told.verdict + ", " + told.request_verdict;
  for (const bool held : told.already_held) words += held ? ", held" : ", not held";
  for (const auto& [rule, state] : told.conflicts) words += "; " + rule + ": " + state;
  return words;
}

std::string Words(const Question& question) {
  std::string words = "holding";
  for (int thing = 0; thing < kThings; ++thing) words += (question.held >> thing & 1) != 0 ? std::string(" ") + kNames[thing] : "";
  const auto add = [&](const char* what, const Change& c) {
    words += std::string(", ") + what + " " + kNames[c.thing] + " " + std::to_string(c.when.from) + ".." + std::to_string(c.when.until);
  };
  for (const Change& grant : question.grants) add("granted", grant);
  if (question.revoked) add("without", *question.revoked);
  return words;
}

class Run {
 public:
  explicit Run(PolicyUnderTest& policy) : policy_(policy), workspace_(policy.table()) {}

  bool Everything() {
    for (int held = 0; held < 1 << kThings; ++held) {
      subject_ = SubjectOf(policy_.table(), {sod::NameKind::Person, policy_.table().FindPerson("w" + std::to_string(held)).value()}).value();
      for (int first = 0; first < 2 * kThings; ++first) {
        for (int second = first; second < 2 * kThings; ++second) Grants(held, first, second);
      }
    }
    std::printf("F15 requests: %zu answers, %zu disagreements\n", answers_, wrong_[Reading::Right]);
    bool is_right = wrong_[Reading::Right] == 0 && answers_ == size_t{32} * 55 * 11;
    for (int i = 1; i < static_cast<int>(Reading::kCount); ++i) {
      std::printf("  wrong reading %d: %zu disagreements\n", i, wrong_[static_cast<Reading>(i)]);
      is_right &= wrong_[static_cast<Reading>(i)] > 0;
    }
    return is_right;
  }

 private:
  static Change ChangeOf(int number) { return {number % kThings, kTimes[number / kThings]}; }

  void Grants(int held, int first, int second) {
    Question question{held, {ChangeOf(first), ChangeOf(second)}, {}};
    Compare(question);
    for (int gone = 0; gone < 2 * kThings; ++gone) {
      question.revoked = ChangeOf(gone);
      Compare(question);
    }
  }

  void Compare(const Question& question) {
    ++answers_;
    const Told told = Ask(policy_.table(), workspace_, subject_, question);
    for (int i = 0; i < static_cast<int>(Reading::kCount); ++i) {
      const Reading reading = static_cast<Reading>(i);
      const Told expected = Judging(question, reading).Run();
      if (expected == told || ++wrong_[reading] > 3 || reading != Reading::Right) continue;
      std::printf("%s\n  expected %s\n  got      %s\n", Words(question).c_str(), Words(expected).c_str(), Words(told).c_str());
    }
  }

  PolicyUnderTest& policy_;
  sod::Workspace workspace_;
  sod::Subject subject_;
  size_t answers_ = 0;
  std::map<Reading, size_t> wrong_;
};

std::string Text() {
  std::string text = kPolicy;
  for (int held = 0; held < 1 << kThings; ++held) {
    const std::string person = "w" + std::to_string(held);
    text += "person " + person + "\n";
    for (int thing = 0; thing < kThings; ++thing) {
      if ((held >> thing & 1) != 0) text += "assign " + person + " to " + kNames[thing] + " from 2024-01-01\n";
    }
  }
  return text;
}

}  // namespace
}  // namespace oracle::requests

int main() {
  const oracle::TemporaryFolder folder;
  oracle::PolicyUnderTest policy(oracle::requests::Text(), folder.path());
  if (!policy.problem().empty()) {
    std::printf("%s\n", policy.problem().c_str());
    return 1;
  }
  return oracle::requests::Run(policy).Everything() ? 0 : 1;
}
