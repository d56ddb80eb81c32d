// Grandfatherings (decision 0051): since when each side is held × a second way to one of them × the day of the
// review × `never waived` × by what the side is held.
#include <cstdio>

#include "../product/compile_world.h"
#include "family.h"

namespace oracle::excuses {
namespace {

constexpr sod::Instant kTwelfth = 1'773'273'600;  // 2026-03-12; what is held since before the 10th is old

constexpr const char* kSince[] = {"", " from 2026-03-09", " from 2026-03-10", " from 2026-03-11"};
enum Since { kUnknown, kOld, kThatDay, kNew };
// Another way to the first side.
constexpr const char* kSecond[] = {"", " from 2026-03-05", " from 2026-03-11", " from 2026-03-01 until 2026-03-08", " from 2026-03-13"};
enum Second { kNone, kOldToo, kNewToo, kEnded, kLater, kSeconds };
enum Carrier { kDirect, kRole, kTeam, kDelegated, kCarriers };

struct Case {
  int a, b, second, next;
  bool is_never_waived;
  std::string Name() const {
    return "c" + std::to_string(a) + std::to_string(b) + std::to_string(second) + std::to_string(next) + (is_never_waived ? "n" : "w");
  }
};

enum Reading {
  kRight, kUnknownIsOld, kThatDayIsOld, kOneSideIsEnough, kOneWayIsEnough, kEndedCounts, kLaterCounts, kReviewDayExcluded, kNeverWaivedIgnored
};
const std::vector<const char*> kReadings = {"an unknown beginning is old", "that day is old",         "one side is enough",
                                            "one way is enough",           "what ended counts",       "what begins later counts",
                                            "the day of the review is excluded", "never waived is ignored"};

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (int a = 0; a < 4; ++a) {
    for (int b = 0; b < 4; ++b) {
      for (int second = 0; second < kSeconds; ++second) {
        for (int rest = 0; rest < 6; ++rest) cases.push_back({a, b, second, rest % 3, rest / 3 == 1});
      }
    }
  }
  return cases;
}

std::string TextOf(const std::vector<Case>& cases, int carrier) {
  std::string text = "policy p \"P\" { language 1 }\nperson gus\nperson ida\nteam crew { members gus }\n";
  for (const Case& c : cases) {
    const std::string name = c.Name();
    text += "duty a_" + name + "\nduty b_" + name + "\nconflict " + name + " between a_" + name + " and b_" + name + " {" +
            (c.is_never_waived ? " never waived" : "") + " }\ngrandfather x_" + name + " { assignments before 2026-03-10  conflict " + name +
            "  review monthly  next 2026-03-" + std::to_string(11 + c.next) + " }\n";
    if (carrier == kRole) text += "role r_" + name + " { grants a_" + name + " }\n";
    const std::string held = carrier == kDirect ? "assign gus to a_" + name : carrier == kRole ? "assign gus to r_" + name
                             : carrier == kTeam ? "assign crew to a_" + name : "delegate a_" + name + " from ida to gus";
    text += held + kSince[c.a] + "\nassign gus to b_" + name + kSince[c.b] + "\n";
    if (c.second != kNone) text += "assign gus to a_" + name + kSecond[c.second] + "\n";
  }
  return text;
}

bool IsOld(int since, int reading) {
  return since == kOld || (since == kUnknown && reading == kUnknownIsOld) || (since == kThatDay && reading == kThatDayIsOld);
}

Found Expected(const Case& c, int reading) {
  const bool is_second_old = c.second == kNone || c.second == kOldToo || (c.second == kEnded && reading != kEndedCounts) ||
                             (c.second == kLater && reading != kLaterCounts);
  bool is_a_old = IsOld(c.a, reading) && is_second_old;
  if (reading == kOneWayIsEnough) is_a_old = IsOld(c.a, reading) || c.second == kOldToo;
  const bool is_old = reading == kOneSideIsEnough ? is_a_old || IsOld(c.b, reading) : is_a_old && IsOld(c.b, reading);
  const bool is_in_time = c.next > 1 || (c.next == 1 && reading != kReviewDayExcluded);
  const bool excuses = is_old && is_in_time && (!c.is_never_waived || reading == kNeverWaivedIgnored);
  return {excuses ? "waived" : "denied", {{"x_" + c.Name(), excuses}}};
}

}  // namespace

bool Grandfatherings() {
  const TemporaryFolder folder;
  const std::vector<Case> cases = AllCases();
  Tally tally("grandfatherings", kReadings);
  for (int carrier = 0; carrier < kCarriers; ++carrier) {
    PolicyUnderTest policy(TextOf(cases, carrier), folder.path());
    if (!policy.problem().empty()) {
      std::printf("%s\n", policy.problem().c_str());
      return false;
    }
    const std::map<std::string, Found> answer = Ask(policy, {"gus", PersonOf(policy.table(), "gus"), kTwelfth, {}});
    for (const Case& c : cases) {
      const auto found = answer.find(c.Name());
      tally.Compare(c.Name() + " by carrier " + std::to_string(carrier), found == answer.end() ? Found{"clear", {}} : found->second,
                    [&](int reading) { return Expected(c, reading); });
    }
  }
  return tally.Report(4L * 4 * kSeconds * 3 * 2 * kCarriers);
}

}  // namespace oracle::excuses
