// F5 of appendix I: all subsets of nine controls (three classes, each on three systems), four levels of
// risk, four appetites, four modes, with a waiver and without: 65 536 conflicts, judged by the table and by
// appendix A applied here by trying every choice of controls. Waivers that must excuse nothing are held
// against the same conflicts. Each rule of the appendix is then broken once: answers that no broken rule
// contradicts would prove nothing.
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "sod/query.h"

namespace oracle {
namespace {

constexpr int kLevels = 4;
constexpr int kSubsets = 512;
const char* const kModes[] = {"observe", "warn", "approve", "deny"};
const char* const kByMode[] = {"observed", "warned", "needs_approval", "denied"};
const char* const kClasses[] = {"p", "i", "o"};

struct Case {
  int subset = 0, level = 0, mode = 0;
  std::string Name() const {
    return "c" + std::to_string(subset) + "_" + std::to_string(level) + "_" + std::to_string(mode);
  }
};

enum class Broken {
  Nothing, DomainsIgnored, EveryControlIsAStep, NoFloor, FloorAlways, AppetiteIgnored, MitigatedByNothing,
  NoWaiverCounts, WaiverBeforeControls, WaiverAfterAppetite, WaiverForAnybody, ExpiredCounts, NotBegunCounts, ClosedCounts, SelfApprovedCounts,
  ApprovedByRequesterCounts, BreachIgnored
};

// One person a kind, who holds everything; the one waiver of that person names every conflict.
struct Person {
  const char* name;
  const char* waiver;   // its attributes; null: none
  bool is_valid;
  Broken counted_by;    // the broken rule by which the waiver would excuse
};
constexpr Person kPeople[] = {
    {"mallory", nullptr, false, Broken::WaiverForAnybody},
    {"wanda", "requester wanda approver colleague valid from 2026-05-27 until 2026-05-27", true, Broken::Nothing},
    {"late", "requester late approver colleague valid from 2026-05-01 until 2026-05-26", false, Broken::ExpiredCounts},
    {"early", "requester early approver colleague valid from 2026-05-28 until 2026-06-30", false, Broken::NotBegunCounts},
    {"closed_early", "requester colleague approver auditor valid from 2026-05-01 until 2026-06-30 closed 2026-05-27", false, Broken::ClosedCounts},
    {"own", "requester colleague approver own valid from 2026-05-01 until 2026-06-30", false, Broken::SelfApprovedCounts},
    {"asked", "requester colleague approver colleague valid from 2026-05-01 until 2026-06-30", false, Broken::ApprovedByRequesterCounts},
    {"broken", "requester broken approver colleague valid from 2026-05-01 until 2026-12-31", false, Broken::BreachIgnored},
};
constexpr int kExactPeople = 2;  // F5: without a waiver, and with one

bool Has(int subset, int control_class, int system) { return (subset >> (control_class * 3 + system) & 1) != 0; }

int Steps(int subset, Broken broken) {
  if (broken == Broken::EveryControlIsAStep) return __builtin_popcount(static_cast<unsigned>(subset));
  int best = 0;
  for (int p = 0; p <= 3; ++p) {
    for (int i = 0; i <= 3; ++i) {
      for (int o = 0; o <= 3; ++o) {  // 3: none of this class
        const std::array chosen = {p, i, o};
        int taken = 0;
        bool is_possible = true;
        for (int k = 0; k < 3; ++k) {
          if (chosen[k] == 3) continue;
          ++taken;
          is_possible = is_possible && Has(subset, k, chosen[k]);
          for (int other = 0; other < k; ++other) {
            if (chosen[other] == chosen[k] && broken != Broken::DomainsIgnored) is_possible = false;
          }
        }
        if (is_possible) best = std::max(best, taken);
      }
    }
  }
  return best;
}

struct Judged {
  int residual = 0;
  std::string disposition;
  bool operator==(const Judged&) const = default;
};

// Whether the person's waiver excuses. A rule that takes the waivers of others gives everybody wanda's.
bool Excuses(const Person& person, Broken broken) {
  if (broken == Broken::NoWaiverCounts) return false;
  return person.is_valid || (broken != Broken::Nothing && broken == person.counted_by);
}

Judged Expected(const Case& c, int appetite, const Person& person, Broken broken) {
  const bool prevents = (c.subset & 7) != 0;
  int residual = std::max(0, c.level - Steps(c.subset, broken));
  const bool has_floor = c.level == kLevels - 1 && (!prevents || broken == Broken::FloorAlways) && broken != Broken::NoFloor;
  if (has_floor) residual = std::max(residual, 2);  // the upper middle of four
  const bool is_within = residual <= appetite && broken != Broken::AppetiteIgnored;
  const bool counts = c.subset != 0 || broken == Broken::MitigatedByNothing;
  const bool excuses = Excuses(person, broken);
  if (excuses && broken == Broken::WaiverBeforeControls) return {residual, "waived"};
  if (counts && is_within) return {residual, "mitigated"};
  if (is_within && broken == Broken::WaiverAfterAppetite) return {residual, "observed"};
  if (excuses) return {residual, "waived"};
  if (is_within) return {residual, "observed"};
  return {residual, kByMode[c.mode]};
}

std::string ControlName(int control_class, int system) {
  return std::string(kClasses[control_class]) + std::to_string(system);
}

std::string Head(int appetite) {
  std::string text = "policy world \"World\" { language 1  appetite l" + std::to_string(appetite) + " }\n";
  text += "scale levels \"Levels\" { measures risk";
  for (int level = 0; level < kLevels; ++level) text += "  member l" + std::to_string(level) + " \"L" + std::to_string(level) + "\"";
  text += " }\nexternal keeper\nexternal auditor\nperson colleague\nwaivers { longest 100d }\n";
  for (const Person& person : kPeople) text += std::string("person ") + person.name + "\nassign " + person.name + " to everything\n";
  for (int system = 0; system < 3; ++system) text += "system s" + std::to_string(system) + " { administered by keeper }\n";
  const char* const kKinds[] = {"preventive, automated", "detective, manual performer colleague", "detective, manual performer auditor"};
  for (int k = 0; k < 3; ++k) {
    for (int system = 0; system < 3; ++system) {
      text += "control " + ControlName(k, system) + " \"" + ControlName(k, system) + "\" { nature " + kKinds[k] + " system s" +
              std::to_string(system) + " evidence log \"kept\" }\n";
    }
  }
  return text;
}

std::string ControlsOf(int subset) {
  std::string text;
  for (int bit = 0; bit < 9; ++bit) {
    if ((subset >> bit & 1) != 0) text += (text.empty() ? "" : ", ") + ControlName(bit / 3, bit % 3);
  }
  return text.empty() ? "" : " mitigated by " + text;
}

std::string TextOf(const std::vector<Case>& cases, int appetite) {
  std::string text = Head(appetite);
  std::string granted, conflicts;
  for (const Case& c : cases) {
    const std::string name = c.Name();
    text += "duty a_" + name + "\nduty b_" + name + "\nconflict " + name + " between a_" + name + " and b_" + name + " { risk l" +
            std::to_string(c.level) + " mode " + kModes[c.mode] + ControlsOf(c.subset) + " }\n";
    conflicts += (conflicts.empty() ? "" : ", ") + name;
    granted += (granted.empty() ? "a_" : ", a_") + name + ", b_" + name;
  }
  text += "role everything { grants " + granted + " }\n";
  for (const Person& person : kPeople) {
    if (person.waiver == nullptr) continue;
    text += std::string("waiver of_") + person.name + " { for " + person.name + " conflict " + conflicts + " reason \"for the test\" " +
            person.waiver + " }\n";
  }
  return text;
}

class Run {
 public:
  int Report() const {
    std::printf("%ld conflicts, %ld more with waivers that excuse nothing, %ld disagreements\n", exact_, judged_ - exact_, wrong_);
    for (const auto& [broken, found] : caught_) {
      std::printf("broken rule %d: contradicted by %ld answers\n", static_cast<int>(broken), found);
    }
    const bool all_caught = std::all_of(caught_.begin(), caught_.end(), [](const auto& entry) { return entry.second > 0; });
    return exact_ == 65536 && wrong_ == 0 && all_caught ? 0 : 1;
  }

  bool World(int appetite) {
    std::vector<Case> cases;
    for (int subset = 0; subset < kSubsets; ++subset) {
      for (int level = 0; level < kLevels; ++level) {
        for (int mode = 0; mode < 4; ++mode) cases.push_back({subset, level, mode});
      }
    }
    const TemporaryFolder folder;
    const Compiled compiled = CompileText(TextOf(cases, appetite), folder.path());
    if (compiled.bytes.empty()) {
      std::printf("the world is refused:\n%.2000s\n", compiled.problem.c_str());
      return false;
    }
    const auto table = sod::Table::Load(std::as_bytes(std::span(compiled.bytes.data(), compiled.bytes.size())));
    if (!table) return false;
    for (const Person& person : kPeople) {
      const auto answers = Answers(table.value(), person.name);
      const bool is_exact = &person - kPeople < kExactPeople;
      for (const Case& c : cases) Compare(c, appetite, person, answers);
      if (is_exact) exact_ += static_cast<long>(cases.size());
    }
    return true;
  }

 private:
  static std::map<std::string, Judged> Answers(const sod::Table& table, const char* person) {
    constexpr sod::Instant kDay = 20'600L * 86'400;  // 2026-05-27
    constexpr sod::NameKind kKinds[] = {sod::NameKind::Person};
    const auto found = table.Find(person, kKinds);
    const auto subject = sod::SubjectOf(table, found.value());
    sod::Workspace workspace(table);
    const auto answer = sod::Ask(table, workspace, subject.value(), kDay, std::nullopt);
    std::map<std::string, Judged> judged;
    for (const sod::Conflict& conflict : answer.value().conflicts) {
      const std::string_view level = conflict.residual == sod::kNone ? "l9" : table.scale_member(conflict.residual).name;
      judged[std::string(table.rule(conflict.rule).name)] = {level[1] - '0', std::string(SpellingOf(conflict.disposition))};
    }
    return judged;
  }

  void Compare(const Case& c, int appetite, const Person& person, const std::map<std::string, Judged>& answers) {
    ++judged_;
    const auto found = answers.find(c.Name());
    const Judged answer = found == answers.end() ? Judged{-1, "nothing"} : found->second;
    const Judged expected = Expected(c, appetite, person, Broken::Nothing);
    if (answer != expected && ++wrong_ <= 10) {
      std::printf("%s of %s, appetite %d: expected %s at l%d, answered %s at l%d\n", c.Name().c_str(), person.name, appetite,
                  expected.disposition.c_str(), expected.residual, answer.disposition.c_str(), answer.residual);
    }
    for (auto& [broken, count] : caught_) count += answer != Expected(c, appetite, person, broken) ? 1 : 0;
  }

  static std::map<Broken, long> NothingCaught() {
    std::map<Broken, long> caught;
    for (int broken = 1; broken <= static_cast<int>(Broken::BreachIgnored); ++broken) caught[static_cast<Broken>(broken)] = 0;
    return caught;
  }

  long exact_ = 0, judged_ = 0, wrong_ = 0;
  std::map<Broken, long> caught_ = NothingCaught();
};

}  // namespace
}  // namespace oracle

int main() {
  oracle::Run run;
  for (int appetite = 0; appetite < oracle::kLevels; ++appetite) {
    if (!run.World(appetite)) return 1;
  }
  return run.Report();
}
