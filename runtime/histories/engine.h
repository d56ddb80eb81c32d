// One run over a history: the state of every object, and what each event brings about. Private to the library.
#ifndef SOD_HISTORIES_ENGINE_H_
#define SOD_HISTORIES_ENGINE_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/core/judge.h"
#include "runtime/core/risk.h"
#include "runtime/core/subjects.h"
#include "runtime/histories/conditions.h"
#include "runtime/histories/kinds.h"
#include "runtime/histories/parties.h"
#include "sod/history.h"

namespace sod::histories {

using Mask = std::vector<uint64_t>;

// What rules saw of an object: an event, to whom it counts, and what it set.
struct Seen {
  uint32_t event = 0;
  Party party;
  Mask mask;
};

struct ObjectState {
  std::map<uint32_t, Mask> certain;   // by person
  std::vector<Seen> seen;             // on the object and its parts, and relations; in order
  std::vector<size_t> uncertain;      // of these: those of nobody in particular
  std::vector<uint32_t> acts;         // events done on the object itself
  uint32_t first_act = kNone;         // on it
};

// An event with its time and everybody to whom it counts.
struct Happened {
  uint32_t event = 0;
  const HistoryEvent* what = nullptr;
  Instant at = 0;                     // of a relation without a time: the end of what is judged
  std::vector<Party> parties;
};

// Who is judged, made once each.
class People {
 public:
  People(const Table& table, Workspace& workspace) : table_(table), workspace_(workspace), index_(table) {}
  const Subject& Of(uint32_t actor);
  bool HoldsRole(uint32_t actor, uint32_t role, Instant at);
  // What follows of the violation of a rule by these elements: controls, waivers, disposition.
  void SetRisk(HistoryFinding& finding, std::span<const uint32_t> elements, Instant at, const core::CaseValues& values);

 private:
  const Table& table_;
  Workspace& workspace_;
  core::HoldingIndex index_;
  std::map<uint32_t, Subject> subjects_;
};

// How sure it is that a rule is broken.
enum class Sure : uint8_t {
  Yes,
  ButForTheCondition,  // who did it is known; whether the rule applies to what they did it on is not
  ButForThePeople
};

class Processes;

class Engine {
 public:
  Engine(const Table& table, Workspace& workspace, const History& history);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Nothing, or what is wrong with the history.
  std::optional<Error> Check(std::span<const HistoryEvent> events);
  std::optional<Error> CheckValues() const;
  // Every event until `at`, then the act that is asked about, if there is one.
  HistoryReport Run(const HistoryOptions& options, const HistoryEvent* asked);

 private:
  friend class Processes;

  const HistoryEvent& EventAt(uint32_t event) const { return event < history_.events.size() ? history_.events[event] : *asked_; }
  std::vector<uint32_t> InOrder(Instant at);
  bool IsWanted(uint32_t event) const { return asked_ == nullptr || event == history_.events.size(); }
  void Judge(const Happened& happened);
  void Add(HistoryFinding finding);
  // The worst that `mode at most` of the policy allows.
  Verdict MostVerdict() const { return core::DispositionOf(std::min(format::Mode::Deny, image_.meta().mode_ceiling)); }
  // Something of the policy is about this act.
  void NoteLook(uint32_t event) { is_looked_at_ |= asked_ != nullptr && IsWanted(event); }

  // Rules per object.
  void See(const Happened& happened, uint32_t object, const Mask& mask);
  void JudgeRules(const Happened& happened, uint32_t object, const Mask& mask);
  void JudgeCertain(const Happened& happened, uint32_t object, uint32_t person, const Mask& mask);
  void JudgeUncertain(const Happened& happened, uint32_t object, const Party& party, const Mask& mask);
  void JudgeRelation(const Happened& happened);
  // What the person may have done or be besides what is certain; of one rule, also what nobody said.
  Mask Possible(uint32_t object, uint32_t person, uint32_t rule) const;
  void AddMissing(uint32_t object, uint32_t rule, Mask& mask, std::vector<std::string>* words) const;
  std::vector<uint32_t> Violated(uint32_t object, const Mask& mask, const Mask& touched, Instant at) const;
  void Report(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule, Sure sure);
  void AddWitnesses(uint32_t object, uint32_t person, uint32_t rule, Sure sure, HistoryFinding& finding, Mask& held) const;

  // Conditions of rules per object, as the act sees what is said of the object (conditions.cpp).
  SeenValues ValuesOn(uint32_t object, const Happened& happened) const;
  ConditionState AppliesAt(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule) const;
  bool IsAssumed(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule) const;
  void AddConditionInDoubt(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule, HistoryFinding& finding) const;
  std::string UnknownOfObject(const SeenValues& values, uint32_t source) const;
  void AddUnknownValues(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule, std::vector<std::string>& words) const;
  bool TakesPart(const Mask& mask, uint32_t rule) const;
  void NoteUnsaidWhole(const Happened& happened);

  // One's own.
  void NoteAuthor(const Happened& happened);
  void JudgeOwnActions(const Happened& happened);
  std::vector<Party> AuthorsOf(uint32_t object, uint32_t& event);
  void SpreadRelation(uint32_t object, const Happened& happened, uint32_t relation);

  std::string ObjectInWords(uint32_t object) const;
  uint32_t AncestorOf(uint32_t object, uint32_t kind) const;  // itself, or what it is part of; kNone
  bool IsBit(const Mask& mask, uint32_t bit) const { return (mask[bit / 64] >> (bit % 64) & 1) != 0; }

  const Table& table_;
  const Image& image_;
  const History& history_;
  ObjectJudge rules_;
  Parties parties_;
  People people_;
  const HistoryEvent* asked_ = nullptr;
  std::optional<Values> values_;
  bool is_looked_at_ = false;                                // the act asked about
  Instant horizon_ = 0;
  std::vector<ObjectState> states_;
  std::vector<std::vector<uint32_t>> parts_;                 // of each object
  std::set<std::pair<uint32_t, uint32_t>> stated_;           // object, relation
  std::map<uint32_t, std::vector<uint32_t>> relations_of_;   // events, by object
  std::vector<uint32_t> acts_of_;                            // how many, on each object and its parts
  std::set<uint32_t> unsaid_wholes_;  // rules that are not judged, because what something is part of is not said
  std::set<std::tuple<uint8_t, uint32_t, uint32_t, uint32_t>> reported_;  // kind, what, object, person
  HistoryReport report_;
  std::unique_ptr<Processes> processes_;
};

}  // namespace sod::histories

#endif  // SOD_HISTORIES_ENGINE_H_
