// What a process on a kind of object says of acts: order, approvals, who does what, how many people, time apart, closing
// and rework (semantics C4; second-ring E2, E15, E46). Private to the library.
#ifndef SOD_HISTORIES_PROCESSES_H_
#define SOD_HISTORIES_PROCESSES_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runtime/histories/engine.h"

namespace sod::histories {

struct StepDone {
  uint32_t duty = 0, event = 0, round = 1;
  Instant at = 0;
  bool counts = true;                // not sent back since
  std::vector<Party> parties;
};
struct Given {
  uint32_t approval = 0, event = 0, round = 1;
  Instant at = 0;
  Instant withdrawn = kEndOfTime;    // or made void, by rework
  Party party;
};
// One object under one process.
struct Course {
  std::vector<StepDone> done;
  std::vector<Given> given;
  uint32_t round = 1;
  bool is_closed = false;
  uint32_t breaches = 0;
};

// A person, and who stands in for that person, fill one place: `fits` is a set of places.
struct Candidate {
  std::vector<uint32_t> people;
  uint32_t certain = 0, possible = 0;
};

class Processes {
 public:
  Processes(Engine& engine, const Table& table);

  // Notes an act or an approval on the object, or withdraws one, and judges it.
  void Judge(const Happened& happened);
  // What is left at the end: approvals that are late, and the trace of each object.
  void Finish(bool is_final);

 private:
  struct Places {
    std::vector<std::string> open;   // in words
    uint32_t eligible = 0;
    bool is_met = false;             // for certain
    bool may_be_met = false;         // if the unknown is so
    bool can_be_met = false;         // by people who have not approved yet
  };

  bool Concerns(const format::ActProcessRecord& process, uint32_t duty) const;
  // An act on what may be part of an object under the process, and nobody said so: it is told that this is not judged.
  void NoteUnsaidWhole(uint32_t process, const Happened& happened);
  void JudgeStep(uint32_t process, uint32_t object, const Happened& happened);
  void Restart(const format::ActProcessRecord& process, Course& course, uint32_t duty, Instant at);
  void JudgeOrder(uint32_t process, uint32_t object, const Happened& happened, const Course& course);
  void JudgeApart(uint32_t process, uint32_t object, const Happened& happened, const Course& course);
  void JudgeSamePerson(uint32_t process, uint32_t object, const Happened& happened, const Course& course, uint32_t row);
  void JudgeAtMost(uint32_t process, uint32_t object, const Happened& happened, const Course& course, uint32_t row);
  // Of all steps at the act that closes the object, or at the end: fewer people than the process needs.
  void JudgeNeeds(uint32_t process, uint32_t object, const Course& course, uint32_t event);
  void JudgeMissing(uint32_t process, uint32_t object, const Course& course, uint32_t event);
  std::vector<uint32_t> StepsMissing(const format::ActProcessRecord& process, const Course& course) const;
  void FinishNeeds(uint32_t process, uint32_t object, const Course& course, Trace& trace, bool is_final);
  std::vector<const StepDone*> Counted(const format::ActProcessRecord& process, const Course& course) const;
  void JudgeApprovals(uint32_t process, uint32_t object, const Happened& happened, const Course& course);
  void Report(uint32_t process, uint32_t object, HistoryFinding finding);
  // Rows of the statement that begins at the row.
  std::vector<uint32_t> DutiesOf(uint32_t row) const;
  bool IsFirstOfStatement(const format::ActProcessRecord& process, uint32_t row) const;

  // approvals.cpp. `from` and `until`: when approvals count.
  Places PlacesOf(uint32_t approval, uint32_t object, const Course& course, Instant from, Instant until, Instant now);
  uint32_t AddEligible(const format::ActApprovalRecord& approval, uint32_t object, const Course& course, Instant now,
                       const std::vector<const format::ActSlotRecord*>& places, const std::function<bool(size_t)>& is_filled,
                       std::vector<Candidate>& candidates);
  int Qualifies(const format::ActSlotRecord& slot, uint32_t person, Instant at);
  // 0: excluded for certain; 1: perhaps; 2: not.
  int MayApprove(const format::ActApprovalRecord& approval, uint32_t object, uint32_t person, const Course& course) const;
  std::string SlotInWords(const format::ActSlotRecord& slot, uint32_t count) const;
  bool IsJudged(const format::ActApprovalRecord& approval) const;
  void FinishApprovals(uint32_t process, uint32_t object, Course& course, Trace& trace);

  Engine& engine_;
  const Table& table_;
  const Image& image_;
  std::set<uint32_t> unsaid_wholes_;                         // processes
  std::vector<uint32_t> needs_;                              // people, by process
  std::map<std::pair<uint32_t, uint32_t>, Course> courses_;  // by process and object
};

// `count` units later; months and years by the calendar, clamped to the end of a shorter month.
Instant LaterBy(Instant at, uint32_t count, format::DurationUnit unit);

}  // namespace sod::histories

#endif  // SOD_HISTORIES_PROCESSES_H_
