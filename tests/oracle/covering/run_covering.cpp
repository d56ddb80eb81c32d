// oracle_covering FIRST COUNT
//
// Rules that the checker calls covered (rulings SEM-24), held against answers: in no world does anybody break a covered
// rule and not the one that covers it, and the mode of that one is no milder. And the other way round: the same search
// with one thing left out of the policy (levels, days, places, modes …) must be contradicted by the answers, or the
// answers prove nothing about that thing.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "../product/compile_world.h"
#include "../product/policy_under_test.h"
#include "../world/dice.h"
#include "compiler/diag/sinks.h"
#include "compiler/lint/covering.h"
#include "compiler/load/load.h"
#include "compiler/sema/check.h"
#include "compiler/source/source_manager.h"

namespace oracle {
namespace {

constexpr int kDuties = 5, kRoles = 4, kRules = 16, kPeople = 14;
constexpr sod::Instant kFirstOfMarch = 1'772'323'200;  // 2026-03-01
constexpr const char* kLevelWords[] = {"", " at limited", " at full"};
constexpr const char* kModes[] = {"observe", "warn", "approve", "deny"};

// What is left out of the text of the rules; Nothing: the policy itself.
enum Left { kNothing, kLevels, kDays, kOnlyIn, kSame, kCounting, kPerAccount, kDirectly, kModes0, kLimits, kQuantifiers, kLefts };
constexpr const char* kLeftWords[] = {"nothing", "levels", "days", "only in", "same", "counting", "per account", "directly", "modes", "how many", "any or all"};

struct Element {
  bool is_role = false;
  int row = 0, level = 0;  // of a duty: 0 unsaid, 1 limited, 2 full
  bool is_direct = false;
};
struct Side {
  bool is_any = true;
  std::vector<Element> elements;
};
struct Rule {
  bool is_forbidden = false;
  int at_most = 0;  // 0: two sides
  std::vector<Side> sides;
  int mode = 3, from = 0, until = 0;
  int only_in = 0;  // 0 everywhere, 1 north, 2 its first half
  bool is_same = false, is_per_account = false;
  int counting = 0;  // 0 unsaid, 1 active, 2 with what is requested
};

class World {
 public:
  explicit World(uint64_t seed) : dice_(seed) {
    MakeRest();
    for (int i = 0; i < kRules; ++i) rules_.push_back(MakeRule(i));
  }

  std::string Text(Left left) const {
    std::string text = rest_;
    for (size_t i = 0; i < rules_.size(); ++i) text += RuleText(i, left);
    return text;
  }
  // Of the rule by its id.
  int ModeOf(std::string_view id) const {
    for (size_t i = 0; i < rules_.size(); ++i) {
      const Rule& rule = rules_[i];
      if (id == (rule.is_forbidden ? "sensitive/" + Duty(rule.sides[0].elements[0].row) : "c" + std::to_string(i))) return rule.mode;
    }
    return -1;
  }

 private:
  std::string Duty(int row) const { return "d" + std::to_string(row); }

  void MakeRest() {
    rest_ = "policy p \"P\" { language 1 }\nimport std.levels\nscope site { value north { value n1  value n2 }  value south }\nsystem sys\n";
    for (int i = 0; i < kDuties; ++i) rest_ += "duty " + Duty(i) + "\n";
    constexpr const char* kPlaces[] = {"", " in site n2", " in site north", " in site n1", " in site south"};
    for (int i = 0; i < kRoles; ++i) {
      rest_ += "role r" + std::to_string(i) + " {";
      if (i + 1 < kRoles && dice_.Percent(50)) rest_ += " includes r" + std::to_string(dice_.Between(i + 1, kRoles - 1));
      for (const int duty : dice_.Some(kDuties, dice_.Below(3))) rest_ += " grants " + Duty(duty) + kLevelWords[dice_.Below(3)];
      rest_ += " }\n";
    }
    for (int i = 0; i < kPeople; ++i) {
      const std::string number = std::to_string(i);
      rest_ += "person p" + number + " { account sys \"u" + number + "\" }\n";
      for (int k = dice_.Between(1, 6); k > 0; --k) {
        const bool is_role = dice_.Percent(35);
        rest_ += "assign " + (dice_.Percent(25) ? "account sys \"u" + number + "\"" : "p" + number) + " to " +
                 (is_role ? "r" + std::to_string(dice_.Below(kRoles)) : Duty(dice_.Below(kDuties)) + kLevelWords[dice_.Below(3)]) +
                 kPlaces[dice_.Below(5)];
        const int state = dice_.Below(10);
        rest_ += state == 0 ? " requested" : state == 1 ? " eligible" : "";
        rest_ += "\n";
      }
    }
  }

  Element MakeElement(int duty) { return {false, duty, dice_.Below(3), false}; }

  Rule MakeRule(int row) {
    Rule rule;
    const int form = dice_.Below(100);
    if (form < 20 && row < kDuties) {
      rule.is_forbidden = true;
      rule.sides = {{true, {MakeElement(row)}}};
    } else if (form < 40) {
      const std::vector<int> duties = dice_.Some(kDuties, dice_.Between(2, 4));
      rule.at_most = dice_.Between(1, static_cast<int>(duties.size()) - 1);
      for (const int duty : duties) rule.sides.push_back({true, {MakeElement(duty)}});
    } else if (form < 60) {
      const std::vector<int> roles = dice_.Some(kRoles, 2);
      const bool is_direct = dice_.Percent(30);
      rule.sides = {{true, {{true, roles[0], 0, is_direct}}}, {true, {{true, roles[1], 0, is_direct}}}};
      if (dice_.Percent(30)) rule.sides[1] = {true, {MakeElement(dice_.Below(kDuties))}};
    } else {
      const std::vector<int> duties = dice_.Some(kDuties, 4);
      const int first = dice_.Between(1, 2);
      rule.sides.resize(2);
      for (int i = 0; i < first + dice_.Between(1, 2) && i < 4; ++i) rule.sides[i < first ? 0 : 1].elements.push_back(MakeElement(duties[static_cast<size_t>(i)]));
      for (Side& side : rule.sides) side.is_any = dice_.Percent(60);
    }
    AddAttributes(rule);
    return rule;
  }

  void AddAttributes(Rule& rule) {
    rule.mode = dice_.Percent(60) ? 3 : dice_.Below(4);
    if (dice_.Percent(20)) rule.from = dice_.Between(2, 12);
    if (dice_.Percent(20)) rule.until = dice_.Between(12, 25);
    if (dice_.Percent(25)) rule.only_in = dice_.Between(1, 2);
    rule.is_same = !rule.is_forbidden && dice_.Percent(25);
    rule.is_per_account = !rule.is_forbidden && dice_.Percent(20);
    if (dice_.Percent(25)) rule.counting = dice_.Between(1, 2);
  }

  static std::string ElementText(const Element& element, Left left) {
    if (element.is_role) return std::string(element.is_direct && left != kDirectly ? "directly " : "") + "role r" + std::to_string(element.row);
    return "d" + std::to_string(element.row) + (left == kLevels ? "" : kLevelWords[element.level]);
  }
  static std::string SideText(const Side& side, Left left) {
    if (side.elements.size() == 1) return ElementText(side.elements[0], left);
    std::string text = side.is_any || left == kQuantifiers ? "any of {" : "all of {";
    for (size_t i = 0; i < side.elements.size(); ++i) text += (i == 0 ? " " : ", ") + ElementText(side.elements[i], kLevels);
    return text + " }" + (left == kLevels ? "" : kLevelWords[side.elements[0].level]);  // one level for all of them
  }

  std::string RuleText(size_t row, Left left) const {
    const Rule& rule = rules_[row];
    std::string text;
    if (rule.is_forbidden) {
      text = "sensitive " + ElementText(rule.sides[0].elements[0], left);
    } else if (rule.at_most != 0) {
      text = "conflict c" + std::to_string(row) + " at most " + std::to_string(left == kLimits ? 1 : rule.at_most) + " of {";
      for (size_t i = 0; i < rule.sides.size(); ++i) text += (i == 0 ? " " : ", ") + ElementText(rule.sides[i].elements[0], left);
      text += " }";
    } else {
      text = "conflict c" + std::to_string(row) + " between " + SideText(rule.sides[0], left) + " and " + SideText(rule.sides[1], left);
    }
    if (rule.is_per_account && left != kPerAccount) text += " per account";
    text += " { mode " + std::string(kModes[left == kModes0 ? 3 : rule.mode]);
    if (left != kDays && (rule.from != 0 || rule.until != 0)) text += " valid" + Day(" from ", rule.from) + Day(" until ", rule.until);
    if (left != kOnlyIn && rule.only_in != 0) text += std::string(" only in site ") + (rule.only_in == 1 ? "north" : "n1");
    if (left != kSame && rule.is_same) text += " same site";
    if (left != kCounting && rule.counting != 0) text += rule.counting == 1 ? " counting active" : " counting active, eligible, requested, emergency";
    return text + " }\n";
  }
  static std::string Day(const char* word, int day) {
    return day == 0 ? "" : std::string(word) + "2026-03-" + (day < 10 ? "0" : "") + std::to_string(day);
  }

  Dice dice_;
  std::string rest_;
  std::vector<Rule> rules_;
};

using Pair = std::pair<uint32_t, uint32_t>;  // a rule and the one that covers it, as rows

// INVARIANT: rules are lowered in the order of the model; nothing when the text is refused.
std::optional<std::vector<Pair>> CoveredIn(const std::string& text) {
  sodc::SourceManager sources;
  sodc::CollectingSink sink;
  sodc::LoadOptions options;
  options.standard_input = text;
  const sodc::Program program = sodc::Load("-", sources, options, sink);
  const sodc::model::Model model = sodc::Check(program, sources, {}, sink);
  if (sink.HasLanguageError()) {
    sink.Sort();
    std::printf("%s\n%s", sodc::RenderText(sink.diagnostics(), sources, {}).substr(0, 1500).c_str(), text.substr(text.find("conflict c0")).c_str());
    return std::nullopt;
  }
  std::vector<Pair> pairs;
  for (const auto& covered : sodc::lint::FindCoveredRules(model)) pairs.emplace_back(covered.rule.index, covered.by.index);
  return pairs;
}

class Run {
 public:
  bool Try(uint64_t seed) {
    const World world(seed);
    std::vector<std::vector<Pair>> pairs;
    for (int left = 0; left < kLefts; ++left) {
      auto found = CoveredIn(world.Text(static_cast<Left>(left)));
      if (!found) return false;
      pairs.push_back(std::move(*found));
    }
    covered_ += static_cast<long>(pairs[0].size());
    const TemporaryFolder folder;
    PolicyUnderTest policy(world.Text(kNothing), folder.path());
    if (!policy.problem().empty()) {
      std::printf("%s\n", policy.problem().c_str());
      return false;
    }
    for (int left = 0; left < kLefts; ++left) {
      for (const Pair& pair : pairs[static_cast<size_t>(left)]) {
        const bool is_milder = world.ModeOf(policy.table().rule(pair.second).name) < world.ModeOf(policy.table().rule(pair.first).name);
        Count(left, is_milder, seed, pair);
      }
    }
    for (const sod::Subject& subject : policy.subjects()) {
      for (const int day : {1, 8, 15, 28}) {
        const auto violated = Violated(policy, subject, kFirstOfMarch + (day - 1) * 86'400L);
        for (int left = 0; left < kLefts; ++left) {
          for (const Pair& pair : pairs[static_cast<size_t>(left)]) {
            if (violated.count(pair.first) == 0) continue;
            if (left == kNothing) ++hits_;
            Count(left, violated.count(pair.second) == 0, seed, pair);
          }
        }
      }
    }
    return true;
  }

  bool Report() const {
    std::printf("%ld rules called covered, %ld times broken, %ld contradictions\n", covered_, hits_, contradictions_[kNothing]);
    bool is_fine = contradictions_[kNothing] == 0 && hits_ > 0;
    for (int left = 1; left < kLefts; ++left) {
      std::printf("  without %s: %ld contradictions\n", kLeftWords[left], contradictions_[left]);
      is_fine = is_fine && contradictions_[left] > 0;
    }
    return is_fine;
  }

 private:
  static std::set<uint32_t> Violated(PolicyUnderTest& policy, const sod::Subject& subject, sod::Instant at) {
    sod::Workspace workspace(policy.table());
    const auto rules = workspace.Violations(subject.holdings, at);
    return {rules.begin(), rules.end()};
  }

  void Count(int left, bool is_contradicted, uint64_t seed, const Pair& pair) {
    if (!is_contradicted) return;
    if (++contradictions_[left] <= 3 && left == kNothing) {
      std::printf("seed %llu: rule %u is called covered by rule %u, and is not\n%s", static_cast<unsigned long long>(seed), pair.first, pair.second,
                  World(seed).Text(kNothing).c_str());
    }
  }

  long covered_ = 0, hits_ = 0;
  long contradictions_[kLefts] = {};
};

}  // namespace
}  // namespace oracle

int main(int argc, char** argv) {
  const uint64_t first = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
  const uint64_t count = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 100;
  oracle::Run run;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    if (!run.Try(seed * 0x9e3779b97f4a7c15ULL)) return 1;
  }
  return run.Report() ? 0 : 1;
}
