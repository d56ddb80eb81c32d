// F2 of appendix I: 3 duties, 3 places (the whole and its two leaves), 2 levels; each duty is held
// not at all or by one or two holdings, 22 ways, so 10 648 people × 14 rules. One policy text says
// it all; appendix B is applied here to sets of leaves, by trying every pair of holdings.
#include <array>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "../product/policy_under_test.h"

namespace oracle {
namespace {

struct Grant {
  std::set<int> leaves;
  int level = 1;
  std::string place;  // as written; empty: everywhere
};
using Way = std::vector<Grant>;        // the holdings of one duty
using Person = std::array<Way, 3>;

const char* const kLevels[] = {"none", "limited", "full"};
const char* const kMatches[] = {"any", "same", "across"};

std::vector<Way> Ways() {
  std::vector<Grant> grants;
  for (int level = 1; level <= 2; ++level) {
    grants.push_back({{0, 1}, level, ""});
    grants.push_back({{0}, level, "north"});
    grants.push_back({{1}, level, "south"});
  }
  std::vector<Way> ways = {{}};
  for (size_t a = 0; a < grants.size(); ++a) {
    ways.push_back({grants[a]});
    for (size_t b = a + 1; b < grants.size(); ++b) ways.push_back({grants[a], grants[b]});
  }
  return ways;
}

bool Matches(const std::string& match, const Grant& a, const Grant& b) {
  for (const int x : a.leaves) {
    for (const int y : b.leaves) {
      if (match == "any" || (match == "same") == (x == y)) return true;
    }
  }
  return false;
}

bool IsPairHit(const Person& person, const std::string& match, int first, int second) {
  for (const Grant& a : person[0]) {
    for (const Grant& b : person[1]) {
      if (a.level >= first && b.level >= second && Matches(match, a, b)) return true;
    }
  }
  return false;
}

bool HasDutyAt(const Way& way, int leaf) {
  for (const Grant& grant : way) {
    if (grant.leaves.contains(leaf)) return true;
  }
  return false;
}

bool IsCountHit(const Person& person, const std::string& match) {
  int held = 0;
  for (const Way& way : person) held += way.empty() ? 0 : 1;
  if (match == "any") return held > 1;
  for (int leaf = 0; leaf < 2; ++leaf) {
    int there = 0;
    for (const Way& way : person) there += HasDutyAt(way, leaf) ? 1 : 0;
    if (there > 1) return true;
  }
  return false;
}

std::set<std::string> Expected(const Person& person) {
  std::set<std::string> hits;
  for (const char* match : kMatches) {
    for (int a = 1; a <= 2; ++a) {
      for (int b = 1; b <= 2; ++b) {
        if (IsPairHit(person, match, a, b)) hits.insert(match + std::to_string(a) + std::to_string(b));
      }
    }
  }
  for (const char* match : {"any", "same"}) {
    if (IsCountHit(person, match)) hits.insert(std::string("few_") + match);
  }
  return hits;
}

std::string MatchText(const std::string& match) { return match == "any" ? "" : " " + match + " region"; }

std::string PolicyText(const std::vector<Person>& people) {
  std::string text = "policy scopes { language 1 }\n"
      "scope region { value north value south }\n"
      "scale access { measures access member none member limited member full }\n"
      "duty d0\nduty d1\nduty d2\n";
  for (const std::string match : kMatches) {
    for (int a = 1; a <= 2; ++a) {
      for (int b = 1; b <= 2; ++b) {
        text += "conflict " + match + std::to_string(a) + std::to_string(b) + " between d0 at " + kLevels[a] +
                " and d1 at " + kLevels[b] + " {" + MatchText(match) + " because \"x\" }\n";
      }
    }
  }
  for (const std::string match : {"any", "same"}) {
    text += "conflict few_" + match + " at most 1 of {d0, d1, d2} {" + MatchText(match) + " because \"x\" }\n";
  }
  for (size_t i = 0; i < people.size(); ++i) {
    const std::string name = "p" + std::to_string(i);
    text += "person " + name + "\n";
    for (size_t duty = 0; duty < 3; ++duty) {
      for (const Grant& grant : people[i][duty]) {
        text += "assign " + name + " to d" + std::to_string(duty) + " at " + kLevels[grant.level] +
                (grant.place.empty() ? "" : " in region " + grant.place) + "\n";
      }
    }
  }
  return text;
}

int Run() {
  const std::vector<Way> ways = Ways();
  std::vector<Person> people;
  for (const Way& a : ways) {
    for (const Way& b : ways) {
      for (const Way& c : ways) people.push_back({a, b, c});
    }
  }
  const TemporaryFolder folder;
  PolicyUnderTest policy(PolicyText(people), folder.path());
  if (!policy.problem().empty()) return std::printf("%s\n", policy.problem().c_str()), 1;
  // The fast tier and the whole answer must both say what the sets say.
  Agreement fast, whole;
  for (size_t i = 0; i < policy.subjects().size() && i < people.size(); ++i) {
    const sod::Subject& subject = policy.subjects()[i];
    const std::set<std::string> expected = Expected(people[i]);
    fast.Compare(subject.id, expected, policy.Violations(subject, 0));
    whole.Compare(subject.id, expected, policy.Conflicts(subject, 0));
  }
  const bool is_fast = fast.IsComplete("F2 scopes, 14 rules for each person", 10'648, 102'338);
  return is_fast && whole.IsComplete("F2 scopes, the whole answers", 10'648, 102'338) ? 0 : 1;
}

}  // namespace
}  // namespace oracle

int main() { return oracle::Run(); }
