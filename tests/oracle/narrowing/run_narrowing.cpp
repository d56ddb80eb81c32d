// F11: waivers that are narrowed to places and to members. A rule "any of a, b with c", in any place and in one
// of two companies (`same`), and a rule "a with c" in two of them (`across`, which is about two things); every way to hold the three (none, in one company, in the
// other, in both); every narrowing; alone and with a request of each of the three in each company. Judged by
// the table and by the definition applied here, company by company. Each part of the definition is then broken
// once: answers that no broken one contradicts would prove nothing. At last the laws, by the answers alone.
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "sod/query.h"

namespace oracle {
namespace {

constexpr int kDuties = 3;   // a, b on one side, c on the other
constexpr int kNever = 0, kFirst = 1, kBoth = 3;  // sets of companies: one bit each
const char* const kDuty = "abc";
const char* const kRules[] = {"", "same company", "across company"};
const char* const kScopes[] = {"", "de", "fr", "de, fr"};
// Sets of duties: one bit each; what names one side alone is refused by the compiler.
constexpr std::array kMembers = {0, 0b101, 0b110, 0b111};

using Held = std::array<int, kDuties>;  // where each duty is held

enum class Broken {
  Nothing, ScopeIgnored, MembersIgnored, OnePlaceIsEnough, OneMemberIsEnough, ElsewhereCounts, OneValueMustHoldAll, RequestIgnored
};
constexpr int kBroken = static_cast<int>(Broken::RequestIgnored);

struct Waiver {
  int rule = 0, scope = 0, members = 0;
  std::string Name() const { return "w" + std::to_string(rule) + "_" + std::to_string(scope) + "_" + std::to_string(members); }
};

bool IsOnSide(int rule, int duty) { return rule != 2 || duty != 1; }
// Whoever names what is on no side is refused by the compiler.
bool IsOnSides(int rule, int members) { return rule != 2 || (members & 0b010) == 0; }

std::vector<Waiver> AllWaivers() {
  std::vector<Waiver> waivers;
  for (int rule = 0; rule < 3; ++rule) {
    for (int scope = 0; scope < 4; ++scope) {
      for (const int members : kMembers) {
        if (IsOnSides(rule, members)) waivers.push_back({rule, scope, members});
      }
    }
  }
  return waivers;
}

// Where each duty takes part in the violation of a rule; nothing anywhere: it is not violated.
Held TakesPart(int rule, const Held& held) {
  const int left = held[0] | (IsOnSide(rule, 1) ? held[1] : kNever);
  Held part = {0, 0, 0};
  for (int duty = 0; duty < kDuties; ++duty) {
    const int other = duty == 2 ? left : held[2];
    for (int place = kFirst; place < kBoth; place <<= 1) {
      const bool is_met = rule == 0 ? other != kNever : rule == 1 ? (other & place) != 0 : (other & ~place) != 0;
      if ((held[duty] & place) != 0 && is_met && IsOnSide(rule, duty)) part[duty] |= place;
    }
  }
  return part;
}

bool IsInside(const Waiver& waiver, const Held& part, Broken broken) {
  bool has_one = false, is_all = true;
  for (int duty = 0; duty < kDuties; ++duty) {
    for (int place = kFirst; place < kBoth; place <<= 1) {
      if ((part[duty] & place) == 0) continue;
      const bool is_inside = (waiver.scope & place) != 0;
      has_one |= is_inside;
      is_all &= is_inside;
    }
    const bool is_wide = part[duty] == kBoth && waiver.scope == kBoth;
    if (broken == Broken::OneValueMustHoldAll && is_wide) is_all = false;
  }
  return broken == Broken::OnePlaceIsEnough ? has_one : is_all;
}

bool AreNamed(const Waiver& waiver, const Held& part, Broken broken) {
  bool has_one = false, is_all = true;
  for (int duty = 0; duty < kDuties; ++duty) {
    if (part[duty] == kNever) continue;
    const bool is_named = (waiver.members >> duty & 1) != 0;
    has_one |= is_named;
    is_all &= is_named;
  }
  return broken == Broken::OneMemberIsEnough ? has_one : is_all;
}

std::string Expected(const Waiver& waiver, const Held& before, const Held& held, Broken broken) {
  const Held part = TakesPart(waiver.rule, held);
  if (part == Held{}) return "clear";
  const Held looked_at = broken == Broken::ElsewhereCounts ? held : broken == Broken::RequestIgnored ? TakesPart(waiver.rule, before) : part;
  if (waiver.scope != 0 && broken != Broken::ScopeIgnored && !IsInside(waiver, looked_at, broken)) return "denied";
  if (waiver.members != 0 && broken != Broken::MembersIgnored && !AreNamed(waiver, looked_at, broken)) return "denied";
  return "waived";
}

// ---- The product

std::string PersonName(const Held& held) {
  return "p" + std::to_string(held[0]) + std::to_string(held[1]) + std::to_string(held[2]);
}

std::vector<Held> AllHeld() {
  std::vector<Held> all;
  for (int a = 0; a <= kBoth; ++a) {
    for (int b = 0; b <= kBoth; ++b) {
      for (int c = 0; c <= kBoth; ++c) all.push_back({a, b, c});
    }
  }
  return all;
}

std::string TextOfWaiver(const Waiver& waiver, const std::string& people) {
  const std::string name = waiver.Name();
  std::string text;
  for (int duty = 0; duty < kDuties; ++duty) text += std::string("duty ") + kDuty[duty] + "_" + name + "\n";
  const std::string left = waiver.rule == 2 ? "a_" + name : "any of { a_" + name + ", b_" + name + " }";
  text += "conflict " + name + " between " + left + " and c_" + name + " { " + kRules[waiver.rule] + " }\n";
  text += "waiver of_" + name + " { for " + people + " conflict " + name +
          " reason \"for the test\" requester asker approver chief valid from 2026-01-01 until 2026-12-31";
  if (waiver.scope != 0) text += std::string(" only in company ") + kScopes[waiver.scope];
  std::string members;
  for (int duty = 0; duty < kDuties; ++duty) {
    if ((waiver.members >> duty & 1) != 0) members += std::string(members.empty() ? " only holding " : ", ") + kDuty[duty] + "_" + name;
  }
  return text + members + " }\n";
}

std::string TextOf(const std::vector<Waiver>& waivers, const std::vector<Held>& all) {
  std::string text = "policy world \"World\" { language 1 }\nscope company \"Company\" { value de  value fr }\nperson asker\nperson chief\n";
  std::string people;
  for (const Held& held : all) {
    const std::string name = PersonName(held);
    people += (people.empty() ? "" : ", ") + name;
    text += "person " + name + "\n";
    for (int duty = 0; duty < kDuties; ++duty) {
      if (held[duty] != kNever) text += "assign " + name + " to role_" + kDuty[duty] + " in company " + kScopes[held[duty]] + "\n";
    }
  }
  for (int duty = 0; duty < kDuties; ++duty) {
    std::string grants;
    for (const Waiver& waiver : waivers) grants += std::string(grants.empty() ? "" : ", ") + kDuty[duty] + "_" + waiver.Name();
    text += std::string("role role_") + kDuty[duty] + " { grants " + grants + " }\n";
  }
  for (const Waiver& waiver : waivers) text += TextOfWaiver(waiver, people);
  return text;
}

struct Request {
  int duty = 0, place = kNever;
};

class Run {
 public:
  bool World() {
    const TemporaryFolder folder;
    const Compiled compiled = CompileText(TextOf(waivers_, all_), folder.path());
    if (compiled.bytes.empty()) {
      std::printf("the world is refused:\n%.2000s\n", compiled.problem.c_str());
      return false;
    }
    const auto table = sod::Table::Load(std::as_bytes(std::span(compiled.bytes.data(), compiled.bytes.size())));
    if (!table) return false;
    for (const Held& held : all_) {
      Ask(table.value(), held, std::nullopt);
      for (int duty = 0; duty < kDuties; ++duty) {
        for (int place = kFirst; place < kBoth; place <<= 1) Ask(table.value(), held, Request{duty, place});
      }
    }
    CheckLaws();
    return true;
  }

  int Report() const {
    std::printf("%ld answers, %ld disagreements, %ld laws broken\n", judged_, wrong_, unlawful_);
    bool all_caught = true;
    for (int broken = 1; broken <= kBroken; ++broken) {
      std::printf("broken definition %d: contradicted by %ld answers\n", broken, caught_[broken]);
      all_caught = all_caught && caught_[broken] > 0;
    }
    return judged_ == 17920 && wrong_ == 0 && unlawful_ == 0 && all_caught ? 0 : 1;
  }

 private:
  void Ask(const sod::Table& table, const Held& held, const std::optional<Request>& request) {
    constexpr sod::Instant kDay = 20'600L * 86'400;  // 2026-05-27
    constexpr sod::NameKind kKinds[] = {sod::NameKind::Person, sod::NameKind::Role};
    const auto subject = sod::SubjectOf(table, table.Find(PersonName(held), kKinds).value());
    std::optional<sod::Holding> asked;
    Held after = held;
    if (request) {
      after[request->duty] |= request->place;
      asked.emplace();
      asked->kind = sod::HeldKind::Role;
      asked->target = table.Find(std::string("role_") + kDuty[request->duty], kKinds).value().index;
      asked->box[0] = table.FindScope("company", request->place == kFirst ? "de" : "fr").value().interval;
      asked->until = kDay + 86'400;
    }
    sod::Workspace workspace(table);
    const auto answer = sod::Ask(table, workspace, subject.value(), kDay, asked);
    std::map<std::string, std::string> judged;
    for (const sod::Conflict& conflict : answer.value().conflicts) {
      judged[std::string(table.rule(conflict.rule).name)] = SpellingOf(conflict.disposition);
    }
    for (const Waiver& waiver : waivers_) Compare(waiver, held, after, judged);
  }

  void Compare(const Waiver& waiver, const Held& before, const Held& after, const std::map<std::string, std::string>& answers) {
    ++judged_;
    const auto found = answers.find(waiver.Name());
    const std::string answer = found == answers.end() ? "clear" : found->second;
    if (before == after) answers_[{waiver.Name(), after}] = answer;
    const std::string expected = Expected(waiver, before, after, Broken::Nothing);
    if (answer != expected && ++wrong_ <= 10) {
      std::printf("%s of %s, %s before: expected %s, answered %s\n", waiver.Name().c_str(), PersonName(after).c_str(), PersonName(before).c_str(),
                  expected.c_str(), answer.c_str());
    }
    for (int broken = 1; broken <= kBroken; ++broken) caught_[broken] += answer != Expected(waiver, before, after, static_cast<Broken>(broken)) ? 1 : 0;
  }

  static int Badness(const std::string& answer) { return answer == "clear" ? 0 : answer == "waived" ? 1 : 2; }
  static bool IsPart(const Held& less, const Held& more) {
    return (less[0] & ~more[0]) == 0 && (less[1] & ~more[1]) == 0 && (less[2] & ~more[2]) == 0;
  }

  // Holding more is never better, and what a narrow waiver excuses, a wider one does.
  void CheckLaws() {
    for (const Waiver& waiver : waivers_) {
      const std::string name = waiver.Name();
      for (const Held& less : all_) {
        const int badness = Badness(answers_.at({name, less}));
        for (const Held& more : all_) unlawful_ += IsPart(less, more) && badness > Badness(answers_.at({name, more})) ? 1 : 0;
        for (const Waiver& wide : waivers_) {
          const bool is_wider = wide.rule == waiver.rule && (wide.scope == 0 || (waiver.scope != 0 && (waiver.scope & ~wide.scope) == 0)) &&
                                (wide.members == 0 || (waiver.members != 0 && (waiver.members & ~wide.members) == 0));
          unlawful_ += is_wider && badness < Badness(answers_.at({wide.Name(), less})) ? 1 : 0;
        }
      }
    }
  }

  const std::vector<Waiver> waivers_ = AllWaivers();
  const std::vector<Held> all_ = AllHeld();
  std::map<std::pair<std::string, Held>, std::string> answers_;
  long judged_ = 0, wrong_ = 0, unlawful_ = 0;
  std::array<long, kBroken + 1> caught_ = {};
};

}  // namespace
}  // namespace oracle

int main() {
  oracle::Run run;
  return run.World() ? run.Report() : 1;
}
