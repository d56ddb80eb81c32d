// F4 of appendix I: 3 entitlements in 2 roles, all 237 monotone expressions of at most 3 literals,
// 2 scopes. A role grants each entitlement not at all, everywhere or in one of the places, 64 kinds
// of roles; somebody holds two of them, each everywhere or in one place: 18 721 people × 474 rules.
// What they confer is worked out here leaf by leaf, by evaluating the expression at each.
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "../product/policy_under_test.h"

namespace oracle {
namespace {

constexpr int kLeaves = 2;
const char* const kPlaces[] = {"", " in region north", " in region south"};  // 0 = everywhere

bool IsAt(int place, int leaf) { return place == 0 || place == leaf + 1; }

// One literal, or two expressions joined.
struct Expression {
  int literal = -1;
  bool is_and = false;
  std::vector<Expression> parts;
};

Expression Literal(int literal) { return {literal, false, {}}; }

bool Holds(const Expression& expression, const bool (&held)[3]) {
  if (expression.literal >= 0) return held[expression.literal];
  const bool a = Holds(expression.parts[0], held);
  const bool b = Holds(expression.parts[1], held);
  return expression.is_and ? a && b : a || b;
}

// The third one is written raw.
std::string Text(const Expression& expression) {
  if (expression.literal == 2) return "sap \"CX\"";
  if (expression.literal >= 0) return "e" + std::to_string(expression.literal);
  return "(" + Text(expression.parts[0]) + (expression.is_and ? " and " : " or ") + Text(expression.parts[1]) + ")";
}

std::vector<Expression> Expressions() {
  std::vector<Expression> all;
  for (int a = 0; a < 3; ++a) {
    all.push_back(Literal(a));
    for (int b = 0; b < 3; ++b) {
      for (const bool first : {false, true}) {
        const Expression pair = {-1, first, {Literal(a), Literal(b)}};
        all.push_back(pair);
        for (int c = 0; c < 3; ++c) {
          for (const bool second : {false, true}) {
            all.push_back({-1, second, {pair, Literal(c)}});
            all.push_back({-1, second, {Literal(c), pair}});
          }
        }
      }
    }
  }
  return all;
}

// What a kind of role grants: for each entitlement 0 = nothing, else one more than the place.
int StateOf(int role, int entitlement) { return role >> (2 * entitlement) & 3; }

struct Held {
  int role = -1;  // none
  int place = 0;
};
struct Person {
  Held first, second;
};

std::vector<Person> People() {
  std::vector<Held> ways = {{}};
  for (int role = 0; role < 64; ++role) {
    for (int place = 0; place < 3; ++place) ways.push_back({role, place});
  }
  std::vector<Person> people;
  for (size_t a = 0; a < ways.size(); ++a) {
    for (size_t b = a; b < ways.size(); ++b) people.push_back({ways[a], ways[b]});
  }
  return people;
}

bool IsHeldAt(const Person& person, int entitlement, int leaf) {
  for (const Held& held : {person.first, person.second}) {
    if (held.role < 0 || !IsAt(held.place, leaf)) continue;
    const int state = StateOf(held.role, entitlement);
    if (state != 0 && IsAt(state - 1, leaf)) return true;
  }
  return false;
}

// Rule c: together with something held everywhere. Rule s: in the same place as something in the north.
std::set<std::string> Expected(const Person& person, const std::vector<Expression>& expressions) {
  std::set<std::string> hits;
  for (int leaf = 0; leaf < kLeaves; ++leaf) {
    bool held[3];
    for (int entitlement = 0; entitlement < 3; ++entitlement) held[entitlement] = IsHeldAt(person, entitlement, leaf);
    for (size_t i = 0; i < expressions.size(); ++i) {
      if (!Holds(expressions[i], held)) continue;
      hits.insert("c" + std::to_string(i));
      if (leaf == 0) hits.insert("s" + std::to_string(i));
    }
  }
  return hits;
}

// Each duty with each leaf where it is held.
std::set<std::string> ExpectedHeld(const Person& person, const std::vector<Expression>& expressions) {
  std::set<std::string> listed;
  for (int leaf = 0; leaf < kLeaves; ++leaf) {
    bool held[3];
    for (int entitlement = 0; entitlement < 3; ++entitlement) held[entitlement] = IsHeldAt(person, entitlement, leaf);
    for (size_t i = 0; i < expressions.size(); ++i) {
      if (Holds(expressions[i], held)) listed.insert("d" + std::to_string(i) + " " + std::to_string(leaf));
    }
  }
  return listed;
}

// What the answer lists, but for the two duties that everybody has. Of several ways one must be told where
// no single holding gives the duty.
std::set<std::string> Listed(const sod::Table& table, const sod::Answer& answer) {
  std::set<std::string> listed;
  for (const sod::HeldDuty& held : answer.duties) {
    const std::string name(table.duty(held.duty).name);
    if (name.front() != 'd') continue;
    if (held.together.size() == 1) listed.insert(name + " by one way together");
    for (int leaf = 0; leaf < kLeaves; ++leaf) {
      bool is_there = held.boxes.empty();
      for (const sod::ScopeBox& box : held.boxes) is_there |= box[0].lo <= leaf && leaf < box[0].hi;
      if (is_there) listed.insert(name + " " + std::to_string(leaf));
    }
  }
  return listed;
}

std::string PolicyText(const std::vector<Person>& people, const std::vector<Expression>& expressions) {
  std::string text = "policy derivations { language 1 }\nscope region { value north value south }\nsystem sap\n"
      "entitlement e0 { on sap exact \"A1\" }\nentitlement e1 { on sap pattern \"B*\" except \"BB*\" }\n"
      "duty everywhere\nduty northern\n";
  for (size_t i = 0; i < expressions.size(); ++i) {
    const std::string n = std::to_string(i);
    text += "duty d" + n + " { conferred by " + Text(expressions[i]) + " }\n";
    text += "conflict c" + n + " between d" + n + " and everywhere { because \"x\" }\n";
    text += "conflict s" + n + " between d" + n + " and northern { same region because \"x\" }\n";
  }
  // By its name, by a name that its pattern matches, and by a pattern that matches its name.
  const char* const granted[] = {"e0", "sap \"B7\"", "sap \"C*\""};
  for (int role = 0; role < 64; ++role) {
    text += "role r" + std::to_string(role) + " {";
    for (int entitlement = 0; entitlement < 3; ++entitlement) {
      const int state = StateOf(role, entitlement);
      if (state != 0) text += std::string(" grants entitlement ") + granted[entitlement] + kPlaces[state - 1];
    }
    text += " }\n";
  }
  for (size_t i = 0; i < people.size(); ++i) {
    const std::string name = "p" + std::to_string(i);
    text += "person " + name + "\nassign " + name + " to everywhere\nassign " + name + " to northern in region north\n";
    for (const Held& held : {people[i].first, people[i].second}) {
      if (held.role >= 0) text += "assign " + name + " to r" + std::to_string(held.role) + kPlaces[held.place] + "\n";
    }
  }
  return text;
}

int Run() {
  const std::vector<Expression> expressions = Expressions();
  const std::vector<Person> people = People();
  const TemporaryFolder folder;
  PolicyUnderTest policy(PolicyText(people, expressions), folder.path());
  if (!policy.problem().empty()) return std::printf("%s\n", policy.problem().c_str()), 1;
  // The fast tier for everybody; the whole answer, ways and all, for every ninth.
  Agreement fast, whole, listed;
  for (size_t i = 0; i < policy.subjects().size() && i < people.size(); ++i) {
    const sod::Subject& subject = policy.subjects()[i];
    const std::set<std::string> expected = Expected(people[i], expressions);
    fast.Compare(subject.id, expected, policy.Violations(subject, 0));
    if (i % 9 != 0) continue;
    whole.Compare(subject.id, expected, policy.Conflicts(subject, 0));
    listed.Compare(subject.id + " holds", ExpectedHeld(people[i], expressions), Listed(policy.table(), policy.Ask(subject, 0).value()));
  }
  std::printf("F4 derivations: %zu expressions, %zu judgements\n", expressions.size(), people.size() * expressions.size() * 2);
  const bool is_fast = fast.IsComplete("F4 derivations", 18'721, 5'978'592);
  const bool is_whole = whole.IsComplete("F4 derivations, the whole answers", 2'081, whole.hits);
  const bool is_listed = listed.IsComplete("F4 derivations, what is held", 2'081, listed.hits);
  return expressions.size() == 237 && is_fast && is_whole && is_listed ? 0 : 1;
}

}  // namespace
}  // namespace oracle

int main() { return oracle::Run(); }
