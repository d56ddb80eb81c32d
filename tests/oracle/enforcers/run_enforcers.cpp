// F14: rules of one session and of one object, judged by what is held, and who gets around what guards them. Every set of
// seven ways to either of two duties, under every set of systems that the guard stands on, a guard that counts or not, of
// a session or of an object; judged here by trying, for each side, every way (rulings SEM-16, SEM-17). Then one's own:
// every set of holdings of four. Wrong readings must each be contradicted.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "../product/compile_world.h"
#include "../product/policy_under_test.h"
#include "sod/describe.h"

namespace oracle {
namespace {

constexpr sod::Instant kDay = 20'600L * 86'400;  // 2026-05-27
constexpr int kWays = 7;
// On which systems each way is: bit 0 the workflow, bit 1 the database; none: it is on no system.
struct Way {
  const char* name;
  int systems;
  bool is_together;  // needs both at once
};
constexpr std::array<Way, kWays> kAll = {{
    {"direct", 0, false},     // the duty itself
    {"role", 0, false},       // a role that grants the duty
    {"flow", 1, false},       // a permission of the workflow
    {"base", 2, false},       // one of the database
    {"inner", 2, false},      // the same by a role that is included
    {"joint", 3, true},       // one of each, together
    {"account", 1, false},    // the duty, by an account of the workflow
}};

enum class Reading { Right, OneWayIsEnough, BothSidesNeeded, SessionNeedsWays, DirectIsGuarded, TogetherNeedsBoth, AnySystem, StatusIgnored, AppetiteHelps };
constexpr int kReadings = 9;

bool Goes(const Way& way, int guarded, Reading reading) {
  if (way.systems == 0) return reading == Reading::DirectIsGuarded;
  if (way.is_together && reading == Reading::TogetherNeedsBoth) return (way.systems & guarded) == way.systems;
  if (reading == Reading::AnySystem) return guarded != 0;
  return (way.systems & guarded) != 0;
}

bool IsGuarded(int ways, int guarded, Reading reading) {
  bool all = true, any = false;
  for (int i = 0; i < kWays; ++i) {
    if ((ways >> i & 1) == 0) continue;
    const bool goes = Goes(kAll[i], guarded, reading);
    all &= goes;
    any |= goes;
  }
  return reading == Reading::OneWayIsEnough ? any : all;
}

struct Case {
  int a = 0, b = 0, guarded = 0;
  bool is_failed = false, is_session = false;
};

std::string Expected(const Case& c, Reading reading) {
  if (c.a == 0 || c.b == 0) return "nothing";
  if (reading == Reading::AppetiteHelps) return "observed";
  if (c.is_failed && reading != Reading::StatusIgnored) return "denied";
  if (c.is_session && reading != Reading::SessionNeedsWays) return "mitigated";
  const bool a = IsGuarded(c.a, c.guarded, reading), b = IsGuarded(c.b, c.guarded, reading);
  const bool counts = c.guarded != 0 && (reading == Reading::BothSidesNeeded ? a && b : a || b);
  return counts ? "mitigated" : "denied";
}

std::string PersonOf(int a, int b) { return "p" + std::to_string(a) + "_" + std::to_string(b); }

std::string Policy(int guarded, bool is_failed, bool is_session) {
  std::string text =
      "policy p \"P\" { language 1  appetite high }\n"
      "scale risks \"Risk\" { measures risk  member low \"Low\"  member high \"High\" }\n"
      "person kim\nsystem flow { administered by kim }\nsystem base { administered by kim }\nobject thing\n";
  for (const char* d : {"a", "b"}) {
    const std::string n = d;
    text += "duty " + n + " { conferred by flow \"F" + n + "\" or base \"B" + n + "\" or (flow \"J" + n + "\" and base \"K" + n + "\") }\n";
    text += "role role_" + n + " { grants " + n + " }\nrole flow_" + n + " { grants entitlement flow \"F" + n + "\" }\n";
    text += "role base_" + n + " { grants entitlement base \"B" + n + "\" }\nrole inner_" + n + " { includes base_" + n + " }\n";
    text += "role joint_" + n + " { grants entitlement flow \"J" + n + "\", entitlement base \"K" + n + "\" }\n";
  }
  text += std::string("conflict c between a and b per ") + (is_session ? "session" : "thing") + " { risk low }\n";
  text += "control guard \"A guard\" { nature preventive, automated  evidence log \"x\"  enforces c  administered by kim";
  if (guarded & 1) text += "  system flow";
  if (guarded & 2) text += guarded == 3 ? ", base" : "  system base";
  if (is_failed) text += "  status failed";
  text += " }\n";
  for (int a = 0; a < 1 << kWays; a += 1) {
    for (int b = 0; b < 1 << kWays; ++b) {
      // The second side at every tenth set and at each single way: the sides are alike.
      if (b % 10 != 7 && (b & (b - 1)) != 0) continue;
      const std::string person = PersonOf(a, b);
      text += "person " + person + " { account flow \"" + person + "\" }\n";
      for (const auto& [ways, n] : {std::pair(a, std::string("a")), std::pair(b, std::string("b"))}) {
        if (ways & 1) text += "assign " + person + " to " + n + "\n";
        for (const int i : {1, 2, 3, 4, 5}) {
          if (ways >> i & 1) text += "assign " + person + " to " + kAll[i].name + "_" + n + "\n";
        }
        if (ways >> 6 & 1) text += "assign account flow \"" + person + "\" to " + n + "\n";
      }
    }
  }
  return text;
}

class Run {
 public:
  bool World(int guarded, bool is_failed, bool is_session) {
    const TemporaryFolder folder;
    PolicyUnderTest policy(Policy(guarded, is_failed, is_session), folder.path());
    if (!policy.problem().empty()) return std::printf("%s\n", policy.problem().c_str()), false;
    for (const sod::Subject& subject : policy.subjects()) {
      Case c = {0, 0, guarded, is_failed, is_session};
      if (std::sscanf(subject.id.c_str(), "p%d_%d", &c.a, &c.b) != 2) continue;
      const auto answer = policy.Ask(subject, kDay);
      const std::string got = answer.value().conflicts.empty() ? "nothing" : std::string(SpellingOf(answer.value().conflicts[0].disposition));
      Check(c, subject.id, got, answer.value());
    }
    return true;
  }

  bool Report() {
    std::printf("%ld answers, %ld wrong\n", answers_, wrong_);
    bool is_good = wrong_ == 0 && answers_ == kExpected;
    for (int reading = 1; reading < kReadings; ++reading) {
      if (caught_[reading] == 0) std::printf("wrong reading %d is not seen\n", reading);
      is_good &= caught_[reading] != 0;
    }
    return is_good;
  }

 private:
  static constexpr long kExpected = 16L * 128 * 21;

  void Check(const Case& c, const std::string& person, const std::string& got, const sod::Answer& answer) {
    ++answers_;
    const std::string expected = Expected(c, Reading::Right);
    if (expected != got && ++wrong_ <= 10) {
      std::printf("%s guarded %d%s%s: expected %s, answered %s\n", person.c_str(), c.guarded, c.is_failed ? " failed" : "", c.is_session ? " session" : "", expected.c_str(), got.c_str());
    }
    for (int reading = 1; reading < kReadings; ++reading) caught_[reading] += got != Expected(c, static_cast<Reading>(reading)) ? 1 : 0;
    if (got == "nothing") return;
    // Nobody is called guarded without a word who must do it, and nobody is told of a way around without one.
    const auto& controls = answer.conflicts[0].controls;
    const bool is_named = got != "denied" || c.is_failed || (controls.size() == 1 && controls[0].because.size() == 1 &&
                          controls[0].because[0].reason == sod::Rejection::PathUncovered && !controls[0].because[0].path.empty());
    const bool is_asked = (got == "mitigated") == !answer.conflicts[0].obligations.empty();
    if ((!is_named || !is_asked) && ++wrong_ <= 10) std::printf("%s: what is to be said of the guard is not\n", person.c_str());
  }

  long answers_ = 0, wrong_ = 0;
  std::array<long, kReadings> caught_ = {};
};

// One's own: possible for whoever holds the duty and one that creates such objects at any level above the lowest.
bool JudgeOwn() {
  constexpr int kHoldings = 5;  // claim, booking, ordering, unrelated, a role that grants ordering
  std::string text =
      "policy p \"P\" { language 1 }\nobject thing { relations owner }\nobject other\n"
      "duty claim { on thing }\nduty booking { creates thing }\nduty ordering { creates thing }\nduty unrelated { creates other }\n"
      "role buyer { grants ordering }\nrole checker { restricts claim on own actions }\n"
      "conflict own between claim and being owner of thing\n";
  const char* const targets[kHoldings] = {"claim", "booking", "ordering", "unrelated", "buyer"};
  for (int held = 0; held < 1 << (kHoldings + 1); ++held) {
    text += "person p" + std::to_string(held) + "\n";
    for (int i = 0; i < kHoldings; ++i) {
      if (held >> i & 1) text += "assign p" + std::to_string(held) + " to " + targets[i] + "\n";
    }
    if (held >> kHoldings & 1) text += "assign p" + std::to_string(held) + " to checker\n";
  }
  const TemporaryFolder folder;
  PolicyUnderTest policy(text, folder.path());
  if (!policy.problem().empty()) return std::printf("%s\n", policy.problem().c_str()), false;
  long wrong = 0, hits = 0, unlike_any = 0;
  for (const sod::Subject& subject : policy.subjects()) {
    const int held = std::atoi(subject.id.c_str() + 1);
    const bool creates = (held & (2 | 4 | 16)) != 0, creates_anything = (held & (2 | 4 | 8 | 16)) != 0;
    std::set<std::string> expected, any;
    if ((held & 1) != 0 && creates) expected.insert("own");
    if ((held & 1) != 0 && creates && (held >> kHoldings & 1) != 0) expected.insert("checker restricts claim on own actions");
    if ((held & 1) != 0 && creates_anything) any.insert("own");
    if ((held & 1) != 0 && creates_anything && (held >> kHoldings & 1) != 0) any.insert("checker restricts claim on own actions");
    const std::set<std::string> got = policy.Conflicts(subject, kDay);
    hits += static_cast<long>(got.size());
    wrong += got != expected ? 1 : 0;
    unlike_any += got != any ? 1 : 0;
    if (got != expected) std::printf("own: %s is judged otherwise\n", subject.id.c_str());
  }
  std::printf("one's own: %ld hits, %ld wrong\n", hits, wrong);
  return wrong == 0 && hits == 42 && unlike_any != 0;
}

}  // namespace
}  // namespace oracle

int main() {
  oracle::Run run;
  for (int guarded = 0; guarded < 4; ++guarded) {
    for (const bool is_failed : {false, true}) {
      for (const bool is_session : {false, true}) {
        if (!run.World(guarded, is_failed, is_session)) return 1;
      }
    }
  }
  const bool is_good = run.Report();
  return oracle::JudgeOwn() && is_good ? 0 : 1;
}
