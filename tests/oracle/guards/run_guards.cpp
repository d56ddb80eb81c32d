// F14: conditions of rules. Every tree of at most three tests of two attributes of people and one of an object, joined
// by `and`, `or` and `not`; everybody holds both sides of every rule, so that the condition alone decides; of each
// attribute nothing, one of two values, or one of them until or from a day is said. Judged by the table and by the
// definition applied here: every way in which the tests of the object may come out is tried by itself. Each part of
// the definition is then broken once: answers that no broken one contradicts would prove nothing.
#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "../product/compile_world.h"
#include "sod/query.h"

namespace oracle {
namespace {

constexpr sod::Instant kDay = 86'400;
constexpr sod::Instant kFirst = 20'605 * kDay;  // 2026-06-01
constexpr std::array kDays = {kFirst - kDay, kFirst, kFirst + kDay};

enum class Broken {
  Nothing, UnknownIsNo, UnknownIsYes, ObjectIsNo, ObjectIsUnknown, IsNotOfUnknownHolds, IsUnknownIsUnknown, NotForgotten, AndForOr,
  ValuesNeverEnd, ValuesEndEarly, FirstPossibleDecides
};
constexpr int kBroken = static_cast<int>(Broken::FirstPossibleDecides);

enum Truth { kNo, kUnknown, kYes };

// ---- Conditions

struct Test {
  const char* text;
  char reads;  // a, b, or o: the object
  const char* value;
  bool is_negated, asks_whether_known;
};
constexpr std::array<Test, 6> kTests = {{{"holder.a is x", 'a', "x", false, false},
                                         {"holder.a is not x", 'a', "x", true, false},
                                         {"holder.b is y", 'b', "y", false, false},
                                         {"holder.b is unknown", 'b', "", false, true},
                                         {"thing.big is yes", 'o', "", false, false},
                                         {"thing.old is yes", 'o', "", false, false}}};

struct Tree {
  int tests[3] = {0, 0, 0};
  int count = 1;
  bool joins_by_or[2] = {false, false};
  bool is_negated = false;  // the first two, or the one

  std::string Text() const {
    std::string text = kTests[tests[0]].text;
    if (count > 1) text = "(" + text + (joins_by_or[0] ? " or " : " and ") + kTests[tests[1]].text + ")";
    if (is_negated) text = "not " + text;
    if (count > 2) text += (joins_by_or[1] ? " or " : " and ") + std::string(kTests[tests[2]].text);
    return text;
  }
};

constexpr int kTestCount = static_cast<int>(kTests.size());

std::vector<Tree> AllTrees() {
  std::vector<Tree> trees;
  for (const bool is_negated : {false, true}) {
    for (int a = 0; a < kTestCount; ++a) {
      trees.push_back({{a, 0, 0}, 1, {false, false}, is_negated});
      for (int b = 0; b < kTestCount; ++b) {
        for (const bool first : {false, true}) {
          trees.push_back({{a, b, 0}, 2, {first, false}, is_negated});
          for (int c = 0; c < kTestCount; ++c) {
            for (const bool second : {false, true}) trees.push_back({{a, b, c}, 3, {first, second}, is_negated});
          }
        }
      }
    }
  }
  return trees;
}

// ---- People

// "x until the last day of May", "y from the first of June": from and until in days beside kFirst.
struct Said {
  const char* value;
  const char* clause;
  sod::Instant from, until;
};
constexpr std::array<Said, 5> kSaid = {{{"", "", 0, 0},
                                        {"x", "", INT64_MIN, INT64_MAX},
                                        {"y", "", INT64_MIN, INT64_MAX},
                                        {"x", " until 2026-06-01", INT64_MIN, kFirst + kDay},
                                        {"y", " from 2026-06-01", kFirst, INT64_MAX}}};
struct Person {
  int a = 0, b = 0;
  std::string Name() const { return "p" + std::to_string(a) + std::to_string(b); }
};

std::string ValueAt(int said, sod::Instant at, Broken broken) {
  const Said& one = kSaid[said];
  const sod::Instant until = broken == Broken::ValuesEndEarly && one.until != INT64_MAX ? one.until - kDay : one.until;
  const bool is_over = broken != Broken::ValuesNeverEnd && at >= until;
  return at >= one.from && !is_over ? one.value : "";
}

// ---- The definition

Truth Of(const Test& test, bool object, const Person& person, sod::Instant at, Broken broken) {
  if (test.reads == 'o') {
    if (broken == Broken::ObjectIsNo) return kNo;
    return broken == Broken::ObjectIsUnknown ? kUnknown : object ? kYes : kNo;
  }
  const std::string value = ValueAt(test.reads == 'a' ? person.a : person.b, at, broken);
  if (test.asks_whether_known) return broken == Broken::IsUnknownIsUnknown && value.empty() ? kUnknown : value.empty() ? kYes : kNo;
  if (value.empty()) {
    if (broken == Broken::UnknownIsNo) return test.is_negated ? kYes : kNo;
    if (broken == Broken::IsNotOfUnknownHolds && test.is_negated) return kYes;
    return broken == Broken::UnknownIsYes ? kYes : kUnknown;
  }
  return (value == test.value) != test.is_negated ? kYes : kNo;
}

Truth Join(Truth a, Truth b, bool by_or, Broken broken) {
  const bool is_or = by_or && broken != Broken::AndForOr;
  if (is_or) return a > b ? a : b;
  return a < b ? a : b;
}

// `objects`: one bit for each place of a test.
Truth Holds(const Tree& tree, unsigned objects, const Person& person, sod::Instant at, Broken broken) {
  const auto of = [&](int i) { return Of(kTests[tree.tests[i]], (objects >> i & 1) != 0, person, at, broken); };
  Truth truth = of(0);
  if (tree.count > 1) truth = Join(truth, of(1), tree.joins_by_or[0], broken);
  if (tree.is_negated && broken != Broken::NotForgotten) truth = static_cast<Truth>(kYes - truth);
  if (tree.count > 2) truth = Join(truth, of(2), tree.joins_by_or[1], broken);
  return truth;
}

// "yes", "depends" on the object, "unknown" by what is not said of the person, "no".
std::string Expected(const Tree& tree, const Person& person, sod::Instant at, Broken broken) {
  bool may_be[3] = {false, false, false};
  const unsigned ways = broken == Broken::FirstPossibleDecides ? 1 : 8;
  for (unsigned objects = 0; objects < ways; ++objects) may_be[Holds(tree, objects, person, at, broken)] = true;
  if (may_be[kYes]) return may_be[kNo] || may_be[kUnknown] ? "depends" : "yes";
  return may_be[kUnknown] ? "unknown" : "no";
}

// ---- The product

std::vector<Person> Everybody() {
  std::vector<Person> people;
  for (int a = 0; a < static_cast<int>(kSaid.size()); ++a) {
    for (int b = 0; b < static_cast<int>(kSaid.size()); ++b) people.push_back({a, b});
  }
  return people;
}

std::string TextOf(const std::vector<Tree>& trees, const std::vector<Person>& people) {
  std::string text =
      "policy world \"World\" { language 1 }\nattribute a of person in { x, y }\nattribute b of person in { x, y }\n"
      "object thing { flag big  flag old }\nduty left\nduty right\n";
  for (const Person& person : people) {
    text += "person " + person.Name() + " {";
    if (person.a != 0) text += std::string(" attribute a is ") + kSaid[person.a].value + kSaid[person.a].clause;
    if (person.b != 0) text += std::string(" attribute b is ") + kSaid[person.b].value + kSaid[person.b].clause;
    text += " }\nassign " + person.Name() + " to left, right\n";
  }
  for (size_t i = 0; i < trees.size(); ++i) {
    text += "conflict c" + std::to_string(i) + " between left and right { applies when " + trees[i].Text() + " }\n";
  }
  return text;
}

class Run {
 public:
  bool World() {
    const TemporaryFolder folder;
    const Compiled compiled = CompileText(TextOf(trees_, people_), folder.path());
    if (compiled.bytes.empty()) {
      std::printf("the world is refused:\n%.2000s\n", compiled.problem.c_str());
      return false;
    }
    const auto table = sod::Table::Load(std::as_bytes(std::span(compiled.bytes.data(), compiled.bytes.size())));
    if (!table) return false;
    for (const Person& person : people_) {
      for (const sod::Instant at : kDays) Ask(table.value(), person, at);
    }
    return true;
  }

  int Report() const {
    std::printf("%ld answers, %ld disagreements\n", judged_, wrong_);
    bool all_caught = true;
    for (int broken = 1; broken <= kBroken; ++broken) {
      std::printf("broken definition %d: contradicted by %ld answers\n", broken, caught_[broken]);
      all_caught = all_caught && caught_[broken] > 0;
    }
    return judged_ == 141'300 && wrong_ == 0 && all_caught ? 0 : 1;
  }

 private:
  void Ask(const sod::Table& table, const Person& person, sod::Instant at) {
    constexpr sod::NameKind kKinds[] = {sod::NameKind::Person};
    const auto subject = sod::SubjectOf(table, table.Find(person.Name(), kKinds).value());
    sod::Workspace workspace(table);
    const auto answer = sod::Ask(table, workspace, subject.value(), at, std::nullopt);
    std::map<std::string, std::string> judged;
    for (const sod::Conflict& conflict : answer.value().conflicts) {
      judged[std::string(table.rule(conflict.rule).name)] = SpellingOf(conflict.applies.state);
    }
    for (const sod::Incompleteness& gap : answer.value().subject.incomplete) {
      for (size_t at_name = gap.what.find(" c"); at_name != std::string::npos; at_name = gap.what.find(" c", at_name + 1)) {
        const std::string name = gap.what.substr(at_name + 1, gap.what.find(',', at_name) - at_name - 1);
        if (name.find(' ') == std::string::npos) judged.try_emplace(name, "unknown");
      }
    }
    for (size_t i = 0; i < trees_.size(); ++i) {
      const auto found = judged.find("c" + std::to_string(i));
      Compare(trees_[i], person, at, found == judged.end() ? "no" : found->second);
    }
  }

  void Compare(const Tree& tree, const Person& person, sod::Instant at, const std::string& answer) {
    ++judged_;
    const std::string expected = Expected(tree, person, at, Broken::Nothing);
    if (answer != expected && ++wrong_ <= 10) {
      std::printf("%s of %s on day %ld: expected %s, answered %s\n", tree.Text().c_str(), person.Name().c_str(), static_cast<long>(at / kDay),
                  expected.c_str(), answer.c_str());
    }
    for (int broken = 1; broken <= kBroken; ++broken) {
      caught_[broken] += answer != Expected(tree, person, at, static_cast<Broken>(broken)) ? 1 : 0;
    }
  }

  const std::vector<Tree> trees_ = AllTrees();
  const std::vector<Person> people_ = Everybody();
  long judged_ = 0, wrong_ = 0;
  std::array<long, kBroken + 1> caught_ = {};
};

}  // namespace
}  // namespace oracle

int main() {
  oracle::Run run;
  return run.World() ? run.Report() : 1;
}
