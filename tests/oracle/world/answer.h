// What both sides say about one question, in names only, so that the answer of the
// judge and the answer of the product can be compared field by field.
#ifndef SODC_TESTS_ORACLE_WORLD_ANSWER_H_
#define SODC_TESTS_ORACLE_WORLD_ANSWER_H_

#include <optional>
#include <string>
#include <vector>

#include "world.h"

namespace oracle {

struct Request {
  Target target;             // never `all`
  Seconds from = kOpenBegin;
  Seconds until = kOpenEnd;
};

// About a declared actor, an account without owner, or somebody who holds exactly this.
struct Question {
  int actor = kUnsaid;       // or
  int account = kUnsaid;     // or neither:
  std::vector<Target> held;
  Seconds as_of = kFirstSecond;
  std::optional<Request> request;
};

// One step of a path: kind `person`, `account`, `team`, `external`, `role`, `duty`, `request`.
struct Step {
  std::string kind;
  std::string id;
  bool operator==(const Step&) const = default;
};
using StepPath = std::vector<Step>;

struct WitnessAnswer {
  bool is_role = false;
  std::string name;
  int level = kUnsaid;
  bool is_new = false;
  std::vector<StepPath> paths;
};
struct SideAnswer {
  bool is_new = false;
  std::vector<WitnessAnswer> witnesses;  // sorted by kind and name
};
struct ConflictAnswer {
  std::string id;
  std::string disposition;
  int held = 0;
  bool introduced = false;
  std::vector<SideAnswer> sides;         // as written, those with something held
  std::vector<Seconds> moments;          // the judge's: when it is violated; not compared
};
struct HeldAnswer {
  std::string name;
  int level = kUnsaid;
  bool operator==(const HeldAnswer&) const = default;
};

struct Answer {
  std::string verdict;
  std::string request_verdict;           // empty: nothing was requested
  bool already_held = false;
  bool is_complete = true;
  std::vector<HeldAnswer> duties;        // at the moment asked about, sorted by name
  std::vector<std::string> roles;        // the same
  std::vector<std::string> not_checked;  // ids of rules of classes that are not evaluated, sorted
  std::vector<ConflictAnswer> conflicts; // sorted by id
};

// Sorts what has no order of its own.
void Normalize(Answer& answer);

// The first difference as a sentence, empty when there is none. Paths are not compared
// here: several shortest ones may exist, so the judge checks them one by one.
std::string Difference(const Answer& expected, const Answer& actual);

// Many lines, for people.
std::string PrintAnswer(const Answer& answer);
std::string PrintQuestion(const World& world, const Question& question);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_ANSWER_H_
