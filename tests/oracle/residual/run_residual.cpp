// F5 of appendix I: all subsets of nine controls (three classes, each on three systems), four levels of
// risk, four appetites, four modes: 32 768 conflicts, judged by the table and by appendix A applied here
// by trying every choice of controls. Each rule of the appendix is then broken once: answers that no
// broken rule contradicts would prove nothing. Waivers, the other half of F5, are not judged yet.
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

enum class Broken { Nothing, DomainsIgnored, EveryControlIsAStep, NoFloor, FloorAlways, AppetiteIgnored, MitigatedByNothing };

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

Judged Expected(const Case& c, int appetite, Broken broken) {
  const bool prevents = (c.subset & 7) != 0;
  int residual = std::max(0, c.level - Steps(c.subset, broken));
  const bool has_floor = c.level == kLevels - 1 && (!prevents || broken == Broken::FloorAlways) && broken != Broken::NoFloor;
  if (has_floor) residual = std::max(residual, 2);  // the upper middle of four
  const bool is_within = residual <= appetite && broken != Broken::AppetiteIgnored;
  const bool counts = c.subset != 0 || broken == Broken::MitigatedByNothing;
  if (counts && is_within) return {residual, "mitigated"};
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
  text += " }\nexternal keeper\nexternal auditor\nperson colleague\nperson mallory\nassign mallory to everything\n";
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
  std::string granted;
  for (const Case& c : cases) {
    const std::string name = c.Name();
    text += "duty a_" + name + "\nduty b_" + name + "\nconflict " + name + " between a_" + name + " and b_" + name + " { risk l" +
            std::to_string(c.level) + " mode " + kModes[c.mode] + ControlsOf(c.subset) + " }\n";
    granted += (granted.empty() ? "a_" : ", a_") + name + ", b_" + name;
  }
  text += "role everything { grants " + granted + " }\n";
  return text;
}

class Run {
 public:
  int Report() const {
    std::printf("%ld conflicts, %ld disagreements\n", judged_, wrong_);
    for (const auto& [broken, found] : caught_) {
      std::printf("broken rule %d: contradicted by %ld answers\n", static_cast<int>(broken), found);
    }
    const bool all_caught = std::all_of(caught_.begin(), caught_.end(), [](const auto& entry) { return entry.second > 0; });
    return judged_ == 32768 && wrong_ == 0 && all_caught ? 0 : 1;
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
    const auto answers = Answers(table.value());
    for (const Case& c : cases) Compare(c, appetite, answers);
    return true;
  }

 private:
  static std::map<std::string, Judged> Answers(const sod::Table& table) {
    constexpr sod::Instant kDay = 20'600L * 86'400;  // in May 2026
    constexpr sod::NameKind kPeople[] = {sod::NameKind::Person};
    const auto found = table.Find("mallory", kPeople);
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

  void Compare(const Case& c, int appetite, const std::map<std::string, Judged>& answers) {
    ++judged_;
    const auto found = answers.find(c.Name());
    const Judged answer = found == answers.end() ? Judged{-1, "nothing"} : found->second;
    const Judged expected = Expected(c, appetite, Broken::Nothing);
    if (answer != expected && ++wrong_ <= 10) {
      std::printf("%s, appetite %d: expected %s at l%d, answered %s at l%d\n", c.Name().c_str(), appetite,
                  expected.disposition.c_str(), expected.residual, answer.disposition.c_str(), answer.residual);
    }
    for (auto& [broken, count] : caught_) count += answer != Expected(c, appetite, broken) ? 1 : 0;
  }

  long judged_ = 0, wrong_ = 0;
  std::map<Broken, long> caught_ = {{Broken::DomainsIgnored, 0}, {Broken::EveryControlIsAStep, 0}, {Broken::NoFloor, 0},
                                    {Broken::FloorAlways, 0},    {Broken::AppetiteIgnored, 0},     {Broken::MitigatedByNothing, 0}};
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
