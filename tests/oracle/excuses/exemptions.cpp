// Exemptions (decision 0051): whom they are for × who approved them × the day of the review × `never waived` ×
// whether the conflict is mitigated anyway.
#include <cstdio>

#include "../product/compile_world.h"
#include "family.h"

namespace oracle::excuses {
namespace {

constexpr sod::Instant kTwelfth = 1'773'273'600;  // 2026-03-12
constexpr sod::Instant kDay = 86'400;

enum class For { Sue, HerTeam, RoleAlways, RoleSinceToday, RoleNotHeld, Tom, Count };
enum class By { Nobody, Tom, Sue, TeamOfBoth, TeamOfSue, HersOutside, Role, VacantPost, Delegate, Count };
constexpr const char* kParties[] = {"sue", "hers", "role always", "role lately", "role wanted", "tom"};
constexpr const char* kApprovers[] = {"", "tom", "sue", "both", "hers", "shell", "role always", "vic", "dee"};

// Who asks.
enum class Who { Sue, SueWhoAsksForTheRole, Tom, SomebodyNew, Count };

struct Case {
  For party;
  By approver;
  int next;  // the day before, the day of the question, the day after
  bool is_never_waived, is_mitigated;

  std::string Name() const {
    return "c" + std::to_string(static_cast<int>(party)) + std::to_string(static_cast<int>(approver)) + std::to_string(next) +
           (is_never_waived ? "n" : "w") + (is_mitigated ? "m" : "d");
  }
};

enum Reading {
  kRight, kNeverWaivedIgnored, kReviewDayExcluded, kReviewIgnored, kForEverybody, kTeamIsNotItsMembers, kRequestGivesNothing, kSinceItBegan,
  kSubjectApproves, kDelegateIsSomebodyElse, kOutsiderIsSomebodyElse, kVacantApproves, kAllApproversMustBeOthers, kBeforeControls
};
const std::vector<const char*> kReadings = {
    "never waived is ignored", "the day of the review is excluded", "the review is ignored", "for everybody", "a team is not its members",
    "a request gives no exemption", "a role held since yesterday", "the subject approves", "a delegate is somebody else", "what it controls is somebody else",
    "a vacant post approves", "every approver must be another", "before controls"};

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (int party = 0; party < static_cast<int>(For::Count); ++party) {
    for (int approver = 0; approver < static_cast<int>(By::Count); ++approver) {
      for (int rest = 0; rest < 12; ++rest) {
        cases.push_back({static_cast<For>(party), static_cast<By>(approver), rest % 3, rest / 3 % 2 == 1, rest / 6 == 1});
      }
    }
  }
  return cases;
}

std::string TextOf(const std::vector<Case>& cases) {
  std::string text =
      "policy p \"P\" { language 1  appetite low }\nscale levels \"Levels\" { measures risk  member low \"Low\"  member high \"High\" }\n"
      "person sue\nperson tom\nperson dee\nperson vic vacant\nteam both { members sue, tom }\nteam hers { members sue }\n"
      "external shell { controlled by sue }\nrole always\nrole lately\nrole wanted\nduty filing\n"
      "control seen \"It is seen.\" { nature detective, manual  performer dee, tom  evidence log \"kept\" }\n"
      "delegate filing from sue to dee\nassign sue to always\nassign sue to lately from 2026-03-12\n";
  std::string all;
  for (const Case& c : cases) {
    const std::string name = c.Name();
    text += "duty a_" + name + "\nduty b_" + name + "\nconflict " + name + " between a_" + name + " and b_" + name + " {" +
            (c.is_mitigated ? " risk low  mitigated by seen" : "") + (c.is_never_waived ? " never waived" : "") + " }\n";
    const std::string approver = kApprovers[static_cast<int>(c.approver)];
    text += "exemption x_" + name + " { for " + kParties[static_cast<int>(c.party)] + "  conflict " + name + "  because \"for the test\"" +
            (approver.empty() ? "" : "  approved by " + approver) + "  review monthly  next 2026-03-" + std::to_string(11 + c.next) + " }\n";
    all += (all.empty() ? "a_" : ", a_") + name + ", b_" + name;
  }
  return text + "role everything { grants " + all + " }\nassign sue to everything\nassign tom to everything\n";
}

bool IsFor(const Case& c, Who who, int reading) {
  if (reading == kForEverybody) return true;
  const bool is_sue = who == Who::Sue || who == Who::SueWhoAsksForTheRole;
  switch (c.party) {
    case For::Sue: return is_sue;
    case For::HerTeam: return is_sue && reading != kTeamIsNotItsMembers;
    case For::RoleAlways: return is_sue || who == Who::SomebodyNew;
    case For::RoleSinceToday: return is_sue && reading != kSinceItBegan;
    case For::RoleNotHeld: return who == Who::SueWhoAsksForTheRole && reading != kRequestGivesNothing;
    case For::Tom: return who == Who::Tom;
    case For::Count: break;
  }
  return false;
}

// Somebody else than whoever it is for, and who stands in.
bool IsApproved(By approver, Who who, int reading) {
  const bool is_sue = who == Who::Sue || who == Who::SueWhoAsksForTheRole;
  switch (approver) {
    case By::Nobody:
    case By::Role: return true;
    case By::Tom: return who != Who::Tom || reading == kSubjectApproves;
    case By::Sue: return !is_sue || reading == kSubjectApproves;
    case By::TeamOfBoth: return who == Who::SomebodyNew || reading != kAllApproversMustBeOthers;
    case By::TeamOfSue: return !is_sue || reading == kSubjectApproves;
    case By::HersOutside: return !is_sue || reading == kOutsiderIsSomebodyElse;
    case By::VacantPost: return reading == kVacantApproves;
    case By::Delegate: return !is_sue || reading == kDelegateIsSomebodyElse;
    case By::Count: break;
  }
  return false;
}

Found Expected(const Case& c, Who who, int reading) {
  Found found;
  bool excuses = false;
  if (IsFor(c, who, reading)) {
    const bool is_in_time = c.next > 1 || (c.next == 1 && reading != kReviewDayExcluded) || reading == kReviewIgnored;
    excuses = is_in_time && (!c.is_never_waived || reading == kNeverWaivedIgnored) && IsApproved(c.approver, who, reading);
    found.excuses["x_" + c.Name()] = excuses;
  }
  found.disposition = c.is_mitigated && !(excuses && reading == kBeforeControls) ? "mitigated" : excuses ? "waived" : "denied";
  return found;
}

std::vector<Question> QuestionsOf(const sod::Table& table) {
  constexpr sod::NameKind kRoles[] = {sod::NameKind::Role};
  const auto role = [&](const char* name) {
    sod::Holding holding;
    holding.kind = sod::HeldKind::Role;
    holding.target = table.Find(name, kRoles).value().index;
    return holding;
  };
  sod::Holding wanted = role("wanted");
  wanted.from = kTwelfth;
  wanted.until = kTwelfth + kDay;
  return {{"sue", PersonOf(table, "sue"), kTwelfth, {}},
          {"sue who asks", PersonOf(table, "sue"), kTwelfth, wanted},
          {"tom", PersonOf(table, "tom"), kTwelfth, {}},
          {"somebody new", sod::AnonymousSubject({role("everything"), role("always")}), kTwelfth, {}}};
}

}  // namespace

bool Exemptions() {
  const TemporaryFolder folder;
  const std::vector<Case> cases = AllCases();
  PolicyUnderTest policy(TextOf(cases), folder.path());
  if (!policy.problem().empty()) {
    std::printf("%s\n", policy.problem().c_str());
    return false;
  }
  Tally tally("exemptions", kReadings);
  int who = 0;
  for (const Question& question : QuestionsOf(policy.table())) {
    const std::map<std::string, Found> answer = Ask(policy, question);
    for (const Case& c : cases) {
      const auto found = answer.find(c.Name());
      tally.Compare(c.Name() + " of " + question.name, found == answer.end() ? Found{"clear", {}} : found->second,
                    [&](int reading) { return Expected(c, static_cast<Who>(who), reading); });
    }
    ++who;
  }
  return tally.Report(6L * 9 * 3 * 2 * 2 * 4);
}

}  // namespace oracle::excuses
