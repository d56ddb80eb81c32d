// Emergencies (decisions 0052, 0058): what the use lacks × what it never bypasses or nothing waives × its review × whether the other side
// is held × what else gives what it gives × the instant.
#include <algorithm>
#include <cstdio>

#include "../product/compile_world.h"
#include "family.h"

namespace oracle::excuses {
namespace {

constexpr sod::Instant kTen = 1'793'613'600;  // 2026-11-02T10:00Z: every use begins
constexpr sod::Instant kHour = 3'600;

enum Lack { kNothing, kTooLong, kBadReason, kNoTicket, kNotForHim, kLacks };
enum Barred { kNone, kOtherSide, kSomethingElse, kNeverWaived, kBars };
enum Review { kNoReview, kByAnother, kByHimself, kReviews };
// What gives the same besides.
enum Else { kNoOther, kDirectly, kUseThatExcuses, kUseThatDoesNot, kElses };
constexpr sod::Instant kAsked[] = {kTen - 1, kTen, kTen + 8 * kHour - 1, kTen + 8 * kHour};

struct Case {
  int lack, barred, review, other;
  bool is_other_side_held;
  std::string Name() const {
    return "c" + std::to_string(lack) + std::to_string(barred) + std::to_string(review) + std::to_string(other) + (is_other_side_held ? "h" : "n");
  }
};

enum Reading {
  kRight, kLackIgnored, kBarIgnored, kAnyBarCounts, kCausedAnyway, kOtherFailedIgnored, kTogetherExcusesNot, kEndIncluded, kHimselfBars,
  kNotAHolding, kNeverWaivedIgnored
};
const std::vector<const char*> kReadings = {"what it lacks is ignored", "what it never bypasses is ignored", "any bar counts",
                                            "what is there anyway is excused", "a second use that excuses nothing is ignored",
                                            "two together do not excuse", "the end is included", "reviewed by himself bars at once",
                                            "a use is no holding", "what is never waived is ignored"};

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (int lack = 0; lack < kLacks; ++lack) {
    for (int barred = 0; barred < kBars; ++barred) {
      for (int review = 0; review < kReviews; ++review) {
        for (int other = 0; other < kElses; ++other) {
          for (const bool is_held : {false, true}) cases.push_back({lack, barred, review, other, is_held});
        }
      }
    }
  }
  return cases;
}

std::string ActivationText(const std::string& name, const std::string& emergency, int lack, int review) {
  std::string text = "activation " + name + " of " + emergency + " { used by kai  valid from 2026-11-02T10:00Z until 2026-11-0" +
                     (lack == kTooLong ? "3T10" : "2T18") + ":00Z  reason \"" + (lack == kBadReason ? "haste" : "fire") + "\"";
  if (lack != kNoTicket) text += "  ticket \"T-1\"";
  if (review != kNoReview) text += std::string("  reviewed 2026-11-04 by ") + (review == kByAnother ? "rex" : "kai");
  return text + " }\n";
}

std::string TextOf(const std::vector<Case>& cases) {
  std::string text = "policy p \"P\" { language 1 }\nperson kai\nperson rex\nduty aside\n";
  for (const Case& c : cases) {
    const std::string name = c.Name();
    const auto emergency = [&](const std::string& id, bool is_for_him, int barred) {
      return "emergency " + id + " { gives a_" + name + "  for " + (is_for_him ? "kai" : "rex") +
             "  longest 9h  reason one of \"fire\", \"flood\"  needs ticket  review within 3d" +
             (barred == kNone || barred == kNeverWaived ? "" : "  never bypasses " + (barred == kOtherSide ? "b_" + name : "aside")) + " }\n";
    };
    text += "duty a_" + name + "\nduty b_" + name + "\nconflict " + name + " between a_" + name + " and b_" + name +
            (c.barred == kNeverWaived ? " { never waived }\n" : "\n");
    text += emergency("e_" + name, c.lack != kNotForHim, c.barred) + ActivationText("u_" + name, "e_" + name, c.lack, c.review);
    if (c.is_other_side_held) text += "assign kai to b_" + name + "\n";
    if (c.other == kDirectly) text += "assign kai to a_" + name + "\n";
    if (c.other >= kUseThatExcuses) {
      text += emergency("f_" + name, true, kNone) + ActivationText("v_" + name, "f_" + name, c.other == kUseThatExcuses ? kNothing : kNoTicket, kNoReview);
    }
  }
  return text;
}

// A use as it stands at the instant.
struct Use {
  std::string name;
  bool is_on, is_fine;
};

std::vector<Use> UsesOf(const Case& c, sod::Instant at, int reading) {
  const auto is_on = [&](int lack) {
    const sod::Instant end = lack == kTooLong ? kTen + 24 * kHour : kTen + 8 * kHour;
    return kTen <= at && (at < end || (at == end && reading == kEndIncluded));
  };
  const bool is_barred = (c.barred == kOtherSide && reading != kBarIgnored) || (c.barred == kSomethingElse && reading == kAnyBarCounts);
  const bool lacks = c.lack != kNothing && reading != kLackIgnored;
  std::vector<Use> uses = {{"u_" + c.Name(), is_on(c.lack), !lacks && !is_barred && !(c.review == kByHimself && reading == kHimselfBars)}};
  if (c.other >= kUseThatExcuses) uses.push_back({"v_" + c.Name(), is_on(kNothing), c.other == kUseThatExcuses});
  for (Use& use : uses) use.is_fine &= c.barred != kNeverWaived || reading == kNeverWaivedIgnored;
  std::erase_if(uses, [](const Use& use) { return !use.is_on; });
  return uses;
}

Found Expected(const Case& c, sod::Instant at, int reading) {
  const std::vector<Use> uses = UsesOf(c, at, reading);
  const bool is_held_anyway = c.other == kDirectly;
  const bool is_there = c.is_other_side_held && (is_held_anyway || (!uses.empty() && reading != kNotAHolding));
  if (!is_there) return {"clear", {}};
  const bool has_failed = std::any_of(uses.begin(), uses.end(), [](const Use& use) { return !use.is_fine; });
  Found found{"denied", {}};
  for (const Use& use : uses) {
    const bool is_cause = (!is_held_anyway || reading == kCausedAnyway) && (!has_failed || reading == kOtherFailedIgnored) &&
                          (uses.size() < 2 || reading != kTogetherExcusesNot);
    found.excuses[use.name] = use.is_fine && is_cause;
    if (use.is_fine && is_cause) found.disposition = "waived";
  }
  return found;
}

}  // namespace

bool Emergencies() {
  const TemporaryFolder folder;
  const std::vector<Case> cases = AllCases();
  PolicyUnderTest policy(TextOf(cases), folder.path());
  if (!policy.problem().empty()) {
    std::printf("%s\n", policy.problem().c_str());
    return false;
  }
  Tally tally("emergencies", kReadings);
  for (const sod::Instant at : kAsked) {
    const std::map<std::string, Found> answer = Ask(policy, {"kai", PersonOf(policy.table(), "kai"), at, {}});
    for (const Case& c : cases) {
      const auto found = answer.find(c.Name());
      tally.Compare(c.Name() + " at " + std::to_string(at - kTen), found == answer.end() ? Found{"clear", {}} : found->second,
                    [&](int reading) { return Expected(c, at, reading); });
    }
  }
  return tally.Report(5L * 4 * 3 * 4 * 2 * 4);
}

}  // namespace oracle::excuses
