// F16: what a violator loses. Three duties, two pairs of them in conflict, each with one of six losses or none; everybody
// who holds each duty not, since one day or since another; nothing, one or two of them asked for. The judge is a
// table of words (docs/semantics.md); the wrong readings must be seen.
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "../product/policy_under_test.h"
#include "sod/losses.h"

namespace oracle::losses {
namespace {

enum class Reading { Right, OneAfterTheOther, RequestsMayDisplaceEachOther, OldestIsDisplaced, TiesStay, ExcusedLoses, kCount };
enum Loss { kNone, kFirst, kBoth, kNewest, kOldest, kRefuse, kLosses };

constexpr const char* kDuties[] = {"a", "b", "c"};
constexpr const char* kWords[2][kLosses] = {
    {"", "on violation suspend a", "on violation suspend both", "on violation newest wins", "on violation oldest wins", "on violation refuse"},
    {"", "on violation suspend c", "on violation suspend both", "on violation newest wins", "on violation oldest wins", "on violation refuse"}};
struct Pair {
  int left, right, suspended;
};
constexpr Pair kPairs[] = {{0, 1, 0}, {1, 2, 2}};

struct Told {
  std::set<std::string> suspended, removes, refused;
  bool operator==(const Told&) const = default;
};
struct Question {
  Loss loss[2];
  bool second_is_observed = false;
  int since[3];  // 0: not held, 1 or 2: since that day
  int asked = 0; // bits of duties
};

class Judging {
 public:
  Judging(const Question& question, Reading reading) : q_(question), reading_(reading) {}

  Told Run() {
    for (int i = 0; i < 2; ++i) Add(i);
    return told_;
  }

 private:
  bool IsHeld(int duty) const { return q_.since[duty] != 0; }
  bool IsNew(int duty) const { return (q_.asked >> duty & 1) != 0 && !IsHeld(duty); }
  bool Has(int duty) const { return IsHeld(duty) || IsNew(duty); }

  void Add(int i) {
    const Pair& pair = kPairs[i];
    const std::string rule = i == 0 ? "p0" : "p1";
    if (!Has(pair.left) || !Has(pair.right)) return;
    if (i == 1 && q_.second_is_observed && reading_ != Reading::ExcusedLoses) return;
    const bool gone_already = told_.suspended.contains(kDuties[pair.left]) || told_.suspended.contains(kDuties[pair.right]);
    if (reading_ == Reading::OneAfterTheOther && gone_already) return;
    const bool is_introduced = IsNew(pair.left) || IsNew(pair.right);
    const auto suspend = [&](int duty) { told_.suspended.insert(kDuties[duty]); };
    switch (q_.loss[i]) {
      case kNone: case kLosses: return;
      case kFirst: return suspend(pair.suspended);
      case kBoth: return suspend(pair.left), suspend(pair.right);
      case kRefuse:
        if (is_introduced) told_.refused.insert(rule);
        return;
      case kOldest:
        if (is_introduced) return void(told_.refused.insert(rule));
        return ByAge(pair, false);
      case kNewest:
        if (!is_introduced) return ByAge(pair, true);
        if (IsNew(pair.left) && IsNew(pair.right) && reading_ != Reading::RequestsMayDisplaceEachOther) return void(told_.refused.insert(rule));
        told_.removes.insert(kDuties[IsNew(pair.left) != (reading_ == Reading::OldestIsDisplaced) ? pair.right : pair.left]);
        return;
    }
  }

  void ByAge(const Pair& pair, bool newest_stays) {
    const int left = q_.since[pair.left], right = q_.since[pair.right];
    if (left == right && reading_ == Reading::TiesStay) return;
    if (left == right || (left < right) == newest_stays) told_.suspended.insert(kDuties[pair.left]);
    if (left == right || (right < left) == newest_stays) told_.suspended.insert(kDuties[pair.right]);
  }

  const Question& q_;
  const Reading reading_;
  Told told_;
};

std::string Text(const Question& policy) {
  std::string text = "policy p \"P\" { language 1 }\nduty a\nduty b\nduty c\n";
  text += std::string("conflict p0 between a and b { ") + kWords[0][policy.loss[0]] + " }\n";
  text += std::string("conflict p1 between b and c { ") + kWords[1][policy.loss[1]] + (policy.second_is_observed ? "  mode observe" : "  mode approve") + " }\n";
  return text;
}

Told Ask(const sod::Table& table, sod::Workspace& workspace, const Question& question) {
  std::vector<sod::Holding> holdings;
  sod::Request request;
  for (int duty = 0; duty < 3; ++duty) {
    sod::Holding holding{.target = table.FindDuty(kDuties[duty]).value()};
    if ((question.asked >> duty & 1) != 0) request.grants.push_back(holding);
    holding.from = question.since[duty] * 86'400;
    if (question.since[duty] != 0) holdings.push_back(holding);
  }
  const sod::Answer answer = sod::AskAbout(table, workspace, sod::AnonymousSubject(holdings), 10 * 86'400, request).value();
  const sod::Losses losses = sod::LossesOf(table, answer);
  Told told;
  for (const sod::Lost& lost : losses.suspended) told.suspended.insert(std::string(table.duty(lost.target).name));
  for (const sod::Lost& lost : losses.removes) told.removes.insert(std::string(table.duty(lost.target).name));
  for (const uint32_t rule : losses.refused) told.refused.insert(std::string(table.rule(rule).name));
  return told;
}

class Run {
 public:
  bool Everything(const std::string& folder) {
    Question question;
    for (int policy = 0; policy < kLosses * kLosses * 2; ++policy) {
      question.loss[0] = static_cast<Loss>(policy % kLosses);
      question.loss[1] = static_cast<Loss>(policy / kLosses % kLosses);
      question.second_is_observed = policy >= kLosses * kLosses;
      PolicyUnderTest under_test(Text(question), folder);
      if (!under_test.problem().empty()) {
        std::printf("%s\n", under_test.problem().c_str());
        return false;
      }
      sod::Workspace workspace(under_test.table());
      for (int held = 0; held < 27 * 7; ++held) {
        for (int duty = 0, rest = held % 27; duty < 3; ++duty, rest /= 3) question.since[duty] = rest % 3;
        question.asked = held / 27;  // every set but all three
        Compare(question, Ask(under_test.table(), workspace, question));
      }
    }
    std::printf("F16 losses: %zu answers, %zu disagreements\n", answers_, wrong_[Reading::Right]);
    bool is_right = wrong_[Reading::Right] == 0 && answers_ == size_t{72} * 189;
    for (int i = 1; i < static_cast<int>(Reading::kCount); ++i) {
      std::printf("  wrong reading %d: %zu disagreements\n", i, wrong_[static_cast<Reading>(i)]);
      is_right &= wrong_[static_cast<Reading>(i)] > 0;
    }
    return is_right;
  }

 private:
  void Compare(const Question& question, const Told& told) {
    ++answers_;
    for (int i = 0; i < static_cast<int>(Reading::kCount); ++i) {
      const Reading reading = static_cast<Reading>(i);
      if (Judging(question, reading).Run() == told || ++wrong_[reading] > 3 || reading != Reading::Right) continue;
      std::printf("losses %d and %d, since %d %d %d, asked %d\n", question.loss[0], question.loss[1], question.since[0], question.since[1], question.since[2], question.asked);
    }
  }

  size_t answers_ = 0;
  std::map<Reading, size_t> wrong_;
};

}  // namespace
}  // namespace oracle::losses

int main() {
  const oracle::TemporaryFolder folder;
  return oracle::losses::Run().Everything(folder.path()) ? 0 : 1;
}
