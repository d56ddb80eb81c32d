// Acts on objects, judged over histories: who did what to which object, and what follows of that for the next act
// (rulings SEM-16; second-ring E2, E4, E8, E13, E14, E15, E40, E46; docs/histories.md). Two tiers:
//   ObjectJudge      bits of one person on one object, no allocation: a gate that keeps its own state
//   JudgeHistory     a whole history, with who, what, why and what is unknown; JudgeAct: one act more
// The runtime stores no objects: histories are spans that the caller owns. A library of its own: link
// sod::histories. Times are arguments; nothing here reads a clock or a file.
#ifndef SOD_HISTORY_H_
#define SOD_HISTORY_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sod/query.h"
#include "sod/result.h"
#include "sod/table.h"

namespace sod {

// The published caps: beyond them LimitExceeded.
inline constexpr uint32_t kMaxHistoryEvents = 1u << 20;
inline constexpr uint32_t kMaxHistoryValues = 1u << 22;    // that conditions read
inline constexpr uint32_t kMaxEventsOfObject = 1u << 14;   // on one object and its parts
inline constexpr uint32_t kMaxObjectDepth = 16;            // of parts in parts
inline constexpr uint32_t kMaxPlacesOfApproval = 8;        // people whom one approval needs

// ---- What the table says of objects; rows of ObjectKinds, ObjectRelations and ActApprovals.
uint32_t ObjectKindCount(const Table& table);
Named ObjectKindName(const Table& table, uint32_t kind);
std::optional<uint32_t> FindObjectKind(const Table& table, std::string_view name);
std::optional<uint32_t> FindRelation(const Table& table, uint32_t kind, std::string_view relation);
std::string_view RelationName(const Table& table, uint32_t relation);
std::optional<uint32_t> FindApproval(const Table& table, uint32_t kind, std::string_view approval);
Named ApprovalName(const Table& table, uint32_t approval);
// The kind that objects of this kind are part of; kNone: none.
uint32_t PartOfKind(const Table& table, uint32_t kind);
Named ProcessName(const Table& table, uint32_t process);
// `system:identifier` of a row of Accounts.
std::string AccountName(const Table& table, uint32_t account);
uint32_t DutyOfStep(const Table& table, uint32_t step);
// `on KIND` of the duty; kNone: it says none.
uint32_t KindOfDuty(const Table& table, uint32_t duty);

// ---- What may be said of objects; rows of ObjectAttributes.
struct AttributeType {
  uint32_t attribute = kNone;
  std::string_view name;
  std::string_view type;                    // "amount", "number", "flag" or "class"
  std::string_view currency;                // of an amount
  uint32_t decimals = 0;                    // of an amount or a number
  std::vector<std::string_view> words;      // what it may be besides a number: bands, members of the scale, yes and no
  uint32_t source = kNone;                  // row of GuardSources; kNone: no condition of a rule reads it
};
// Those of the kind: [first, second).
std::pair<uint32_t, uint32_t> AttributesOf(const Table& table, uint32_t kind);
std::optional<uint32_t> FindAttribute(const Table& table, uint32_t kind, std::string_view name);
AttributeType TypeOfAttribute(const Table& table, uint32_t attribute);  // O(what conditions read)
// All numbers from lo through hi: an amount in its least units, a member of a scale by its rank, a flag 0 or 1; a band is what it holds.
struct ValueRange {
  int64_t lo = 0, hi = 0;
};
// `1200.50`, `large`, `severe`, `yes`; nothing when the attribute has no such value.
std::optional<ValueRange> ReadAttribute(const Table& table, const AttributeType& type, std::string_view text);

// ---- The fast tier

struct ObjectValue {
  uint32_t attribute = kNone;               // row of ObjectAttributes
  ValueRange value;
};

// What rules per object ask of one person on one object, as bits. Made once of a table, which it keeps;
// then immutable, shared between threads, and it never allocates.
class ObjectJudge {
 public:
  explicit ObjectJudge(const Table& table);  // allocates
  // Size of a mask, in words of 64 bits; zeros: nothing was done.
  uint32_t mask_words() const { return words_; }
  // Sets what doing the duty on an object of this kind, or on a part of it, sets in the mask of the object;
  // whether some rule about the kind asks for it. O(elements of the rules about the kind).
  bool AddAct(uint32_t kind, uint32_t duty, std::span<uint64_t> mask) const;
  // The same of a relation: to the object, to a part of it, or to what it is part of.
  bool AddRelation(uint32_t kind, uint32_t relation, std::span<uint64_t> mask) const;
  // The rules about this kind that the mask violates, of those in force at `at` with an element in `touched`
  // (an empty span: all); ascending rows. Writes at most out.size(), returns how many there are. O(elements of the rules of the kind).
  // Rules under a condition are among them, whatever it says.
  size_t Violations(uint32_t kind, std::span<const uint64_t> mask, std::span<const uint64_t> touched, Instant at,
                    std::span<uint32_t> out) const;
  // Whether the rule applies to this person (a row of Actors; kNone: somebody) by its condition: Yes without one. `values`: what is
  // known of the object and of what it is part of. Unknown is not No. O(condition × values).
  ConditionState Applies(uint32_t rule, uint32_t person, Instant at, std::span<const ObjectValue> values) const;
  // The element of a rule that a bit stands for; kNone behind the last one. Rules of a kind, ascending.
  uint32_t ElementAt(uint32_t bit) const { return bit < elements_.size() ? elements_[bit].element : kNone; }
  uint32_t RelationAt(uint32_t bit) const { return elements_[bit].relation; }  // kNone: it is a duty
  std::span<const uint32_t> RulesOf(uint32_t kind) const;
  // The bits of a rule: [first, second).
  std::pair<uint32_t, uint32_t> BitsOf(uint32_t rule) const;
  // Rules per object that are not judged, with the reason, e.g. "guard": a condition that reads what no act names.
  const std::vector<NotChecked>& not_judged() const { return not_judged_; }

 private:
  struct Element {
    uint32_t element, duty, relation;       // rows; one of duty and relation
  };
  struct Bits {
    uint32_t first = 0, end = 0;
  };
  void AddRule(uint32_t rule);
  bool Violates(uint32_t rule, std::span<const uint64_t> mask) const;

  Table table_;
  uint32_t words_ = 1;
  std::vector<Element> elements_;           // by bit
  std::vector<uint32_t> rules_;             // rows, by kind, ascending
  std::vector<uint32_t> first_of_kind_;     // one more than there are kinds
  std::vector<Bits> bits_;                  // by row of Rules
  std::vector<uint32_t> attributes_;        // by row of GuardSources: of ObjectAttributes, or kNone
  std::vector<NotChecked> not_judged_;
};

// ---- Histories

struct HistoryObject {
  uint32_t kind = kNone;                    // row of ObjectKinds
  std::string_view id;
  uint32_t part_of = kNone;                 // index into History::objects: of the kind that this one is part of
};
enum class EventKind : uint8_t { Act, Relation, Approval, Withdrawal };
struct HistoryEvent {
  EventKind kind = EventKind::Act;
  uint32_t object = kNone;                  // index into History::objects
  uint32_t row = kNone;                     // Act: of Duties; Relation: of ObjectRelations; else of ActApprovals
  // Who: a row of Actors or of Accounts; neither: unknown, possibly anyone.
  uint32_t actor = kNone, account = kNone;
  bool is_nobody = false;                   // Relation: nobody has it
  uint32_t on_behalf_of = kNone;            // row of Actors
  bool has_unknown_principal = false;       // on behalf of somebody whom the policy does not know: ignored, and told
  Instant at = kBeginningOfTime;            // a Relation without a time holds from the beginning
  uint32_t line = 0;                        // the caller's own
};
// What is said of an object: it is so from then on, until something else is said.
struct HistoryValue {
  uint32_t object = kNone;                  // index into History::objects
  uint32_t attribute = kNone;               // row of ObjectAttributes, of the kind of the object
  bool is_known = true;                     // false: it is not known from then on
  bool is_of_other_currency = false;        // and this is why
  ValueRange value;                         // ReadAttribute
  Instant at = kBeginningOfTime;            // without a time: all along
  // Of events at the same time, this one and those behind it see the value; `is_with`: it was said with this one.
  uint32_t before = 0;
  bool is_with = false;
};
struct History {
  std::span<const HistoryObject> objects;
  std::span<const HistoryEvent> events;     // in the order in which they were recorded: it decides between equal times
  std::span<const HistoryValue> values = {};
};

enum class FindingKind : uint8_t { Rule, OwnActions, Order, Apart, SamePerson, AtMostPeople, Approval, ApprovalLate, NeedsPeople, MissingSteps };
std::string_view SpellingOf(FindingKind kind);  // "rule", "own_actions", "order", …

struct HistoryFinding {
  FindingKind kind = FindingKind::Rule;
  uint32_t rule = kNone;                    // Rule: row of Rules
  uint32_t restriction = kNone;             // OwnActions: row of Restrictions
  uint32_t process = kNone;                 // else: row of ActProcesses
  uint32_t constraint = kNone, approval = kNone;  // rows
  std::string id;                           // of the rule, restriction or process
  std::string says;                         // what it says, in words
  uint32_t event = kNone;                   // the act by which it came about; index into History::events, or one behind them: the act asked about
  uint32_t object = kNone;                  // on which it is judged
  uint32_t person = kNone;                  // row of Actors; kNone: somebody who is not known
  bool is_first = true;                     // of this person (of what is unknown: of anybody) on this object
  Verdict disposition = Verdict::Denied;    // NotEvaluable: it is a breach only if the unknown is so
  uint32_t inherent = kNone, residual = kNone, appetite = kNone;  // Rule: rows of ScaleMembers
  std::vector<JudgedControl> controls;
  std::vector<JudgedWaiver> waivers;
  JudgedCondition applies, mode_when;       // Rule: as they are at the act; no words: there is none
  std::vector<Requirement> requirements;
  std::vector<uint32_t> witnesses;          // events that take part, in order
  // In words. Of what is certain: what is not known and taken for the strictest that it may be.
  std::vector<std::string> unknown;
  std::vector<std::string> open;            // in words. Approval: places that are still open; MissingSteps: of the act asked about, which closes it
  uint32_t eligible = 0;                    // people who may still fill one; nobody: it is denied
  Instant due = kEndOfTime;                 // ApprovalLate: when it was due; Apart: when it may be done
};

enum class TraceState : uint8_t { Open, Complete, Closed };
std::string_view SpellingOf(TraceState state);  // "open", "complete", "closed"
struct Trace {
  uint32_t object = kNone;
  uint32_t process = kNone;                 // row of ActProcesses
  TraceState state = TraceState::Open;
  uint32_t rounds = 1;
  std::vector<uint32_t> missing;            // rows of ActSteps not done, or not by enough people
  std::vector<uint32_t> missing_approvals;  // rows of ActApprovals not given (after: though due)
  std::vector<std::pair<uint32_t, Instant>> due_approvals;  // after the step, not given, not due yet
  uint32_t missing_people = 0;              // of `needs at least`: so many more for certain
  bool may_miss_people = false;             // it is not known whether they were enough; true, too, where some are missing
  bool is_violated_by_missing = false;      // it is closed, or the question says that nothing more will come
  uint32_t breaches = 0;                    // findings of this process on this object, for certain
};

struct HistoryReport {
  std::vector<HistoryFinding> findings;     // in order of the events
  std::vector<Trace> traces;                // by object, then process
  Verdict verdict = Verdict::Clear;         // the worst of them
  uint32_t judged = 0;                      // events that were looked at
  uint32_t later = 0;                       // events after the instant asked about: not looked at
  bool has_equal_times = false;             // on one object: their order in the history decided
  std::vector<std::string> notes;           // in words, at most 65: `on behalf of` that was ignored; that nothing looks at the act asked about
  std::vector<NotChecked> not_judged;       // rules and processes that could matter and are not judged
};

struct HistoryOptions {
  Instant at = kEndOfTime;                  // events after it are not looked at
  bool is_final = false;                    // nothing more will come: what is missing is missing for good
};

// Judges every event in order of time. Errors: BadArgument (a row or index that does not exist, parts in a circle,
// a part of another kind), LimitExceeded. O(events × (parents × elements of the rules with the duty + people and unknown acts on the object)).
Result<HistoryReport> JudgeHistory(const Table& table, Workspace& workspace, const History& history, const HistoryOptions& options = {});

// May this be done now? The act is judged behind everything that was done until `act.at`, equal times included.
// `findings` are those that the act takes part in; the verdict is the worst of them.
Result<HistoryReport> JudgeAct(const Table& table, Workspace& workspace, const History& history, const HistoryEvent& act);

}  // namespace sod

#endif  // SOD_HISTORY_H_
