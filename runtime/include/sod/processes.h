// Processes over what people hold (rulings SEM-25, class C4): how few people could do a whole one together. What was
// done is judged by history.h.
#ifndef SOD_PROCESSES_H_
#define SOD_PROCESSES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sod/query.h"

namespace sod {

// Published bounds. A process with more steps, or a search that needs more, is told as not evaluable.
inline constexpr size_t kMaxProcessSteps = 24;
inline constexpr size_t kMaxProcessGroups = 100;       // told; the total is exact
inline constexpr size_t kMaxCoverSteps = 2'000'000;    // of one search for the smallest groups

// The processes of the table: rows of Provisions, declared order. The name: as declared, or its exact title.
std::vector<uint32_t> ProcessesOf(const Table& table);
std::optional<uint32_t> FindProcess(const Table& table, std::string_view name);
Named NameOfProcess(const Table& table, uint32_t process);
// It says nothing but its steps and how many people they need, so that nothing of it is left to judge.
bool IsOnlyAboutPeople(const Table& table, uint32_t process);

// One person, or several who stand in for each other by delegations of a step: a delegate is not a second person.
// Indices into the people that are asked about, ascending.
using OnePerson = std::vector<uint32_t>;

struct ProcessStep {
  uint32_t duty = kNone;
  std::vector<uint32_t> holders;       // indices into ProcessAnswer::people
};

struct ProcessAnswer {
  uint32_t process = kNone;            // row of Provisions
  Named name;
  uint32_t needs = 0;                  // `needs at least`; 0: it does not say
  bool is_conditional = false;         // `applies when`: the answer is about where it applies
  std::vector<OnePerson> people;       // who may hold a step
  std::vector<ProcessStep> steps;      // declared order, each duty once
  // The smallest number of people who together hold every step; nothing: no group does, or the search was given up.
  std::optional<uint32_t> size;
  std::vector<std::vector<uint32_t>> groups;  // the smallest ones, at most kMaxProcessGroups; of `people`
  uint64_t group_count = 0;            // all of them; the largest number: at least so many
  // The same if what is unknown were so that it makes the group smallest; equal to size if nothing is.
  std::optional<uint32_t> possible_size;
  std::vector<std::string> unknown;    // what is not known and gives a step, in words; where it matters
  // Denied (or milder, by `mode at most`) if fewer than `needs` hold everything; NotEvaluable if what is unknown decides,
  // if nobody holds a step, or beyond a bound; else Clear.
  Verdict verdict = Verdict::Clear;
};

// Whether a process can be done at all by those who are there, on one object, with everything kept that it and the rules of
// mode deny about such an object say: the workflow satisfiability problem (Wang and Li 2010), exact and bounded.
enum class CanBeDone : uint8_t { Yes, No, Unknown, GivenUp };
std::string_view SpellingOf(CanBeDone can);  // yes, no, unknown, given_up
inline constexpr size_t kMaxPlanSteps = 2'000'000;     // of one search
inline constexpr size_t kMaxPlanPlaces = 64;           // people whom the steps need, and places of approvals

struct ProcessPlan {
  uint32_t process = kNone;
  CanBeDone can_be_done = CanBeDone::Unknown;
  struct Approved {
    uint32_t approval = kNone;           // row of ActApprovals
    Named name;
    std::vector<uint32_t> by;            // indices into `people`, in the order of the places
  };
  // Yes: who does what in one way, each step and what else has to be done on the object; indices into `people`.
  std::vector<OnePerson> people;
  std::vector<ProcessStep> steps;
  std::vector<Approved> approvals;
  std::vector<uint32_t> unheld;          // No: duties that nobody could hold; then that is why
  // In words. No: what cannot hold together; without any of it, it could be done. Else what is not known, or what is too large.
  std::vector<std::string> because;
  bool is_as_written = false;            // No, whoever would be there
};

// Judges processes for the people it is given: only persons and external parties count. Others that nobody is behind (an
// account without an owner, a team without members) may be anybody. Refers to its arguments.
class ProcessJudge {
 public:
  // `people`: AllSubjects, with whatever a caller adds. O(people) to make.
  ProcessJudge(const Table& table, std::span<const Subject> people);

  // O(holdings of all) and the bounded search. INVARIANT: `process` is one of ProcessesOf.
  ProcessAnswer Judge(uint32_t process, Instant at) const;
  // O(people × rules) and the bounded search; of a No a search more for each thing said. What is held at `at` counts, whatever its
  // level and place; controls, risk and waivers change nothing of it. INVARIANT: as above.
  ProcessPlan Plan(uint32_t process, Instant at) const;
  // In words: "Ines", "Ines with Tom, who stands in".
  std::string PersonInWords(const OnePerson& person) const;
  const Subject& person(uint32_t index) const { return people_[index]; }

 private:
  const Table& table_;
  std::span<const Subject> people_;
};

// What a request makes worse of a process that needs people: fewer than it needs can do all of it then, or fewer still, or
// it cannot be judged any more.
struct ProcessChange {
  ProcessAnswer before, after;
  Instant at = 0;                      // of the worst moment the first one
  std::vector<std::string> group;      // the first of the smallest groups after it, in words
};
struct ProcessChanges {
  std::vector<ProcessChange> worse;    // declared order
  std::vector<uint32_t> given_up;      // processes with too many steps, or that would have to be judged at more than kMaxProcessInstants moments
};
inline constexpr size_t kMaxProcessInstants = 256;

// A request of people[person], judged over its whole time: wherever what anybody holds begins or ends. Processes of which
// it changes no step are not looked at. INVARIANT: person < people.size(). O(people + instants × cost of a judgement), for each process.
ProcessChanges ChangesOfProcesses(const Table& table, std::span<const Subject> people, uint32_t person, const Request& request, Instant as_of);

// Makes the verdicts of the answer to that request as bad as what is found, and takes off `not_checked` what nothing is left of
// to judge.
void CountProcesses(const Table& table, const ProcessChanges& changes, Answer& answer);

}  // namespace sod

#endif  // SOD_PROCESSES_H_
