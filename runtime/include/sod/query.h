// Conflict queries: who holds what, which rules that violates, what a request
// would introduce, and why. Two tiers:
//   Workspace   bits only, no allocation: the hot path and the base of the other
//   Ask         the whole answer with paths, for people and JSON
#ifndef SOD_QUERY_H_
#define SOD_QUERY_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sod/export.h"
#include "sod/result.h"
#include "sod/table.h"

namespace sod {

namespace core {
class Points;  // where each atom is held; private
}
// A number that a policy counts (`fact pilots = count people holding pilotage`), from `from` on until that
// of the next step of the same fact: a row of GuardSources. Sorted by (fact, from).
struct FactStep {
  uint32_t fact = 0;
  Instant from = kBeginningOfTime;
  int64_t value = 0;
};
using FactSteps = std::vector<FactStep>;

enum class HeldKind : uint8_t { Duty, Role, Entitlement };

// How a holding is held. Rules say which of these they count (by default Active, Eligible and
// Emergency). The values are those of the table.
enum class HoldingState : uint8_t { Active, Eligible, Requested, Suspended, Emergency };

// One thing held, in [from, until): a duty at a level, a role, or a declared entitlement.
struct Holding {
  HeldKind kind = HeldKind::Duty;
  uint32_t target = kNone;          // row of the duty, role or entitlement
  uint32_t level = kNone;           // of a duty: rank of the access scale; kNone = the top level
  Instant from = kBeginningOfTime;
  Instant until = kEndOfTime;
  uint32_t assignment = kNone;      // the table's assignment it comes from, kNone when said by the caller
  uint32_t row = kNone;             // index into Subject::row_sources for a row of an assignments file
  // Where: one interval of leaves for each dimension of the table, in its order (Table::FindScope).
  // An interval of zeros is the whole dimension. What is written as several boxes is several holdings.
  ScopeBox box = {};
  uint32_t capacity = kNone;        // of a duty: rank of the capacity scale; kNone = the first acting one
  HoldingState state = HoldingState::Active;
  bool always_counts = false;       // whatever its state: what is asked for
  uint32_t account = kNone;         // row of Accounts it is held by; kNone: by the subject itself
  uint32_t delegation = kNone;      // the table's delegation it comes from
};

// The published cap on holdings of one subject (rulings TAB-7).
inline constexpr uint32_t kMaxHoldings = 4096;

enum class SubjectKind : uint8_t {
  Person, Account, Team, External, Role, Anonymous, Service, Tool, Agent
};

struct SubjectAccount {
  std::string_view system;
  std::string_view identifier;
};
struct Incompleteness {
  std::string reason;  // account_without_owner, vacant, unknown_name, undecided, …
  std::string what;
};

// Who is asked about, with everything held (semantics: E(p, t) before time is applied).
struct Subject {
  SubjectKind kind = SubjectKind::Anonymous;
  uint32_t actor = kNone;                  // row of Actors; kNone: an account, a role, somebody new
  std::string id;                          // declared name; account "gitlab:eric"; empty for anonymous
  std::string title;
  std::vector<SubjectAccount> accounts;    // merged into this subject
  std::vector<Holding> holdings;           // own, accounts', teams', delegated, of those it acts as; table order
  std::vector<std::string> row_sources;    // "people.csv:12" for Holding::row
  bool is_complete = true;
  std::vector<Incompleteness> incomplete;
  std::vector<std::string> assumptions;    // anonymous: what was assumed
};

// The subject with the table's own assignments: a person with accounts (own and shared), teams,
// delegations and whatever it acts as; a team, external party, service, tool or agent likewise;
// a role as "somebody who holds exactly this role". Holdings in every state: rules choose.
SOD_API Result<Subject> SubjectOf(const Table& table, Entity entity);
// An account by identifier, or `system:identifier`. An owned account gives its person's subject
// (the answer is about people), an unowned one a subject of its own, incomplete (SEM-13).
SOD_API Result<Subject> SubjectOfAccount(const Table& table, std::string_view account);
// The row of an account by the same words, an error when there is none or more than one.
Result<uint32_t> FindAccount(const Table& table, std::string_view account);
// Who is judged for what the account holds: its owner or its users, in turn as below; nobody for
// an account that nobody owns or shares.
std::vector<Entity> HoldersOfAccount(const Table& table, uint32_t account);
// Everybody the table declares: people, then teams and external parties without members, and
// services, tools and agents that nobody acts as, if they hold something, then accounts
// that nobody owns or shares; declared order.
SOD_API std::vector<Subject> AllSubjects(const Table& table);
// Who is judged for what the actor holds: everybody in a team and whoever acts as a service, a tool or
// an agent, through any number of them, if there is nobody behind them in turn. The actor itself
// when it has nobody. Nearest first.
std::vector<Entity> MembersOf(const Table& table, Entity actor);
// A new person with no accounts; says so in assumptions.
SOD_API Subject AnonymousSubject(std::vector<Holding> holdings);

// The fast tier. Scratch for one thread at a time, sized by the table once; nothing below allocates.
// Keeps the table alive.
class SOD_API Workspace {
 public:
  explicit Workspace(const Table& table);  // allocates
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  // Rules violated at `at` by what is held then, ascending row numbers; valid until the next call.
  // O(atoms of what is held + their rules + derivations of the table); a rule that speaks of
  // scopes, accounts or states of its own costs more where its members are held at all. Holdings
  // must name existing rows (Ask checks that); a level of kNone is the top one. Rules that this
  // version does not judge are left out, and so is what rests on grants that are not decided.
  // One subject that holds its atoms in more than 65 536 places is judged as if it held them everywhere.
  // A rule with a condition (`applies when`) is among them if the condition holds for `holder`, a row of Actors whose
  // attributes it reads (kNone: nobody in particular, of whom nothing is known), whatever object the act is on, or may
  // hold for some object.
  std::span<const uint32_t> Violations(std::span<const Holding> holdings, Instant at, uint32_t holder = kNone);
  // The same with undecided grants counted as held, and with conditions that read what is not known of the holder
  // taken to hold: what may be violated.
  std::span<const uint32_t> PossibleViolations(std::span<const Holding> holdings, Instant at, uint32_t holder = kNone);
  // May somebody hold both roles / duties at once? Row of the first rule that forbids it, whenever
  // it is valid, also one that either alone violates; kNone when none does.
  uint32_t FirstPairViolation(Entity a, Entity b);
  // What the last call found held, wherever that is.
  bool HoldsElement(uint32_t element) const;   // row of Elements
  bool HoldsSide(uint32_t side) const;         // row of Sides: one, some or all of its elements, as it says
  uint32_t MembersHeld(uint32_t rule) const;   // row of Rules: members of its limit

  // For the other tier: where everything is held, filled by FillPoints; not a stable interface.
  const core::Points& points() const { return *points_; }
  void FillPoints(std::span<const Holding> holdings, Instant at, bool with_undecided = false);
  bool HoldsAtom(uint32_t atom) const { return IsSet(atom); }
  // What the policy counts among the people of its table, counted at the first call; nothing without people. Valid as long as this.
  const FactSteps& facts();

 private:
  class Pass;
  std::span<const uint32_t> Judge(std::span<const Holding> holdings, Instant at, uint32_t holder, bool with_undecided);
  void Union(std::span<const Holding> holdings, Instant at, bool with_undecided);
  void DropExactly(std::span<const Holding> holdings, Instant at, bool with_undecided);
  void Clear();
  bool IsSet(uint32_t atom) const { return (held_[atom / 64] >> (atom % 64) & 1) != 0; }

  Table table_;
  std::vector<uint64_t> held_;       // one bit an atom
  std::vector<uint32_t> touched_;    // the first touched_count_: atoms set, to clear them again
  std::vector<uint32_t> counts_;     // members held, a rule; only of limits that are no pairs
  std::vector<uint32_t> violated_;   // the first violated_count_: rules exceeded
  size_t touched_count_ = 0;
  size_t violated_count_ = 0;
  std::unique_ptr<core::Points> points_;
  std::unique_ptr<const FactSteps> facts_;
};

// What the policy counts among these people: those of the table, of a file of assignments, of both. A vacant post is
// nobody, and what is delegated counts for who delegated it (SEM-3). O(holdings of each × their ends).
SOD_API FactSteps CountFacts(const Table& table, std::span<const Subject> people);

// ---- The whole answer (rulings appendix F)

// Worst first.
enum class Verdict : uint8_t {
  Denied, NotEvaluable, NeedsApproval, Warned, Observed, Waived, Mitigated, Clear
};
SOD_API std::string_view SpellingOf(Verdict verdict);  // "denied", "not_evaluable", …

struct PathStep {
  // person, account, team, external, service, tool, agent, delegation, role, entitlement, duty,
  // request, row
  std::string_view kind;
  std::string id;          // declared name; account "gitlab:eric"; row "people.csv:12"; delegation: the delegator
  std::string title;       // delegation: "Quentin ⇒ Paula"; what was passed on has one step for each, the last one first
  uint32_t level = kNone;  // of a duty step: the level this way gives; kNone without an access scale
  std::string condition;   // held `if` this, in words; empty: unconditionally
};
using Path = std::vector<PathStep>;

// One element that is held on a side.
struct Witness {
  HeldKind kind = HeldKind::Duty;
  uint32_t target = kNone;         // row of the duty, role or entitlement
  uint32_t element = kNone;        // row of Elements: how it is written in the rule
  uint32_t level = kNone;          // the level held; kNone but for duties with an access scale
  bool is_new = false;             // at some time held only through the request, somewhere
  Instant since = kEndOfTime;      // when the first of what supplies it began
  std::vector<ScopePlace> scopes;  // where it takes part; empty: the rule does not ask
  // Of every holding that supplies it each chain of inclusion that leads to it, the shortest first; of what several
  // entitlements confer together, of each of them and holding that supplies it (second-ring E33).
  std::vector<Path> paths;
  uint32_t more_paths = 0;         // ways beyond the cap; of a holding beyond it one is counted
};
// ---- Compensating controls (rulings appendices A, D, E; docs/semantics.md)

// What a counted control adds: it prevents by machine, it finds or is a second person, or an
// outside party gives assurance. None: it undoes harm, or it is not said what it does.
enum class ControlClass : uint8_t { None, Preventive, Independent, Outside };
SOD_API std::string_view SpellingOf(ControlClass control_class);  // "P", "I", "O"; empty for None

// In the order of the tests; the first five end the judgement of a control.
enum class Rejection : uint8_t {
  TakenAway, NotInForce, Planned, Failed, NoClass, NoPerformer, Vacant, PerformerIsSubject, ReviewerIsSubject,
  AdministratorUnknown, AdministratorIsSubject, RecipientUnknown, RecipientIsSubject, OperatorIsSubject,
  NoEvidence, EvidenceStale,
  PathUncovered  // of a guard: what it does not stand before breaks the rule by itself
};
SOD_API std::string_view SpellingOf(Rejection reason);  // "no_performer", …

// An edge from the control on: `system gitlab`, `administered by eric`. Without an id: an edge
// that nobody declared.
struct ControlEdge {
  std::string_view edge;   // in the words of the language
  std::string_view kind;   // system, control, person, team, …; empty without an id
  std::string_view id;
  std::string_view title;
};
struct RejectedBecause {
  Rejection reason = Rejection::NoClass;
  std::vector<ControlEdge> path;
};
// What stands or falls with a control: a system, or a control without one.
struct FailureDomain {
  std::string_view kind;   // system, control
  std::string_view id;
};
struct JudgedControl {
  uint32_t control = kNone;                 // row of Controls
  Named name;
  ControlClass control_class = ControlClass::None;
  std::vector<FailureDomain> domains;       // its systems and all they depend on; declared order
  std::vector<RejectedBecause> because;     // empty: it counts
  bool counts() const { return because.empty(); }
};

// ---- Waivers (rulings SEM-19, appendix A; docs/semantics.md)

// Why a waiver excuses nothing, in the order of the tests; the first three end the judgement of a waiver.
enum class WaiverRejection : uint8_t {
  NotYetInForce, Closed, Expired, BreaksRule, JoinedLater, OutsideScope, OtherMembers, ApproverIsMachine, ApproverVacant,
  ApproverIsBeneficiary, ApproverIsRequester, ApproverStandsIn, ControlDoesNotCount, ReviewOverdue, HeldSinceLater, NotTheCause
};
SOD_API std::string_view SpellingOf(WaiverRejection reason);  // "expired", …

// What excuses: a waiver; an exception without an end that is reviewed (E28); the same for whatever was
// assigned before a day; the use of an emergency (E23).
enum class ExcuseKind : uint8_t { Waiver, Exemption, Grandfathering, Emergency };
SOD_API std::string_view SpellingOf(ExcuseKind kind);  // "waiver", "exemption", "grandfathering", "emergency"

struct WaiverRejectedBecause {
  WaiverRejection reason = WaiverRejection::Expired;
  // BreaksRule: the rules about waivers that it breaks, in words; JoinedLater: the role;
  // ApproverStandsIn: for whom; ControlDoesNotCount: the control; HeldSinceLater: what is held since
  // a later day, or since nobody knows when; NotTheCause: the use of an emergency that excuses nothing
  // and causes it, too, if there is one. Titles, else empty.
  std::string_view what;
  // OutsideScope: where the conflict is beyond the places that the waiver is narrowed to, in its dimensions.
  std::vector<ScopeBox> places = {};
  // OtherMembers: what takes part and is none of those that it is narrowed to; as the rule names it.
  std::vector<Named> members = {};
};
struct JudgedWaiver {
  ExcuseKind kind = ExcuseKind::Waiver;
  uint32_t waiver = kNone;                     // row of Waivers, Exemptions or Activations
  Named name;
  // Of an exemption no requester, and the first of its approvers, if any; of an emergency who used it, and nobody.
  Named requester, approver;
  Instant from = kBeginningOfTime;
  Instant until = 0;                           // when it stops to excuse: its end or its closing, or when its review is overdue
  std::string_view reason, ticket;
  // What a waiver is narrowed to: places, and members of the rules; empty: it is not.
  std::vector<ScopeBox> only_in;
  std::vector<Named> only_holding;
  std::vector<WaiverRejectedBecause> because;  // empty: it excuses
  bool is_used = false;                        // the disposition is `waived` by it
  bool excuses() const { return because.empty(); }
};
// Whom a waiver or an exemption names: people by name, everybody in a team among them; roles, whose holders it
// covers. In the order in which it names them, each once; of anything else nobody.
struct Covered {
  std::vector<Named> people, roles;
};
SOD_API Covered CoveredBy(const Table& table, const JudgedWaiver& waiver);

// Whether a clause about people is met by this conflict, or a framework's objective by all.
enum class FrameworkStatus : uint8_t { NotMet, NotAssessed, MetWithCompensation, Met };  // worst first
SOD_API std::string_view SpellingOf(FrameworkStatus status);  // "not_met", …

struct ObjectiveStatus {
  uint32_t clause = kNone;                  // row of Clauses
  Named framework;
  std::string_view id;                      // "A.5.3"
  FrameworkStatus status = FrameworkStatus::Met;
  // About people: the conflicts with that status. About the policy: what lacks.
  std::vector<std::string_view> conflicts;
  std::vector<std::string_view> without_risk, without_because;
  bool lacks_review = false;
  // Of a clause that compensation meets with a worksheet only: the fields that the worksheets of its mitigated
  // conflicts leave out, in the order of the form (PCI DSS v4.0.1, appendix C).
  std::vector<std::string_view> without_fields = {};
};

// ---- Obligations (rulings MISS-12): what is still to be done for the answer to be in order, or to stay so.

// The closed list. EnforceAtAct belongs to conflicts of one session or one object that are not denied: whatever
// guards them, or else whoever answers for the rule, must see to it when something is done.
enum class ObligationKind : uint8_t { ObtainApproval, ReviewBy, EnforceAtAct, ProvideEvidenceBy };
SOD_API std::string_view SpellingOf(ObligationKind kind);  // "obtain_approval", …

struct Obligation {
  ObligationKind kind = ObligationKind::ObtainApproval;
  Named what;                      // the rule, the waiver, exemption or emergency, the control
  std::vector<Named> who;          // who may or must; empty: the policy names nobody
  bool has_others = false;         // people whom the policy names by a condition may, too
  Instant by = kEndOfTime;         // the first instant at which it is too late; the end of time: without a day
};

// ---- Conditions (second-ring section 1, docs/semantics.md)

// What a condition comes to. Depends: on the object of an act, which a static question does not name.
enum class ConditionState : uint8_t { No, Unknown, Depends, Yes };
SOD_API std::string_view SpellingOf(ConditionState state);  // "no", "unknown", "depends", "yes"

// What a condition reads besides objects, as it is then.
struct ConditionReading {
  std::string_view name;           // "holder.department", "staff"
  std::string value;               // "pharmacy", "3"; several with commas; empty: not known
};
struct JudgedCondition {
  std::string_view words;          // as a policy writes it; empty: there is none
  ConditionState state = ConditionState::Yes;
  std::vector<ConditionReading> readings;
};
// `requires`, `requires control` (E25): as long as one that is not seen to be kept may be asked for, the
// controls excuse nothing.
struct Requirement {
  Named what;                      // a control, or whatever is named
  JudgedCondition when;
  std::optional<JudgedControl> control;
  bool is_met = false;             // a control that counts; nothing else is known to be kept
  bool is_open() const { return !is_met && when.state != ConditionState::No; }
};

struct ConflictSide {
  uint32_t side = kNone;           // row of Sides
  bool is_new = false;             // every witness of this side is new
  std::vector<Witness> witnesses;  // every element held, author's order; never empty
};
struct Conflict {
  uint32_t rule = kNone;           // row of Rules: texts, risk, controls, clauses, places
  uint32_t held = 0;               // members of the limit held
  bool introduced = false;         // some minimal witness uses what is granted (SEM-12)
  // With a request, of a conflict that is there without it, too: the worst disposition without it; else Clear.
  Verdict before = Verdict::Clear;
  // The worst disposition at those instants at which the request makes it worse than it is without it, though it
  // introduces nothing: what excused the conflict, or a control that counted, no longer does.
  std::optional<Verdict> worsened_to;
  Instant first = 0;               // when it is first violated: as_of, or later in the request's interval
  bool is_disabled = false;        // judged, but observed only, until Rule.disabled_until
  Instant judged_at = 0;           // the first instant at which disposition, risk and controls are these
  std::vector<ScopePlace> scopes;  // maximal nodes where it holds; empty: the rule does not ask
  Verdict disposition = Verdict::Denied;
  // The mode at judged_at, and what the policy makes of it at most; mode_when: the condition that decided it.
  std::string_view mode, effective_mode;
  JudgedCondition applies, mode_when;
  std::vector<Requirement> requirements;  // in written order
  uint32_t inherent = kNone;       // row of ScaleMembers; kNone: not rated
  uint32_t residual = kNone;       // what the counted controls leave of it
  uint32_t appetite = kNone;       // the strictest of the policy and of processes with both sides
  // Whatever covers the conflict: listed by it, by a process, a role that takes part, the subject, the policy.
  std::vector<JudgedControl> controls;
  // Every waiver, then every exemption, for the subject that names the rule, then every emergency whose use
  // takes part; declared order; also those that excuse nothing.
  std::vector<JudgedWaiver> waivers;
  // `permitted with`: rows of Controls that must all count; the conflict is mitigated if and only if they do.
  std::vector<uint32_t> permitted_with;
  // In the order of their kinds, then by day: who may approve it, when what excuses it is to be looked at again,
  // when the records of what counts must be renewed; as of judged_at.
  std::vector<Obligation> obligations;
  std::vector<ObjectiveStatus> objectives;  // of the clauses about people that the rule cites
  std::vector<ConflictSide> sides; // those of which something is held, source order
};
struct HeldDuty {
  uint32_t duty = kNone;
  uint32_t level = kNone;
  Instant from = kBeginningOfTime;
  Instant until = kEndOfTime;
  std::vector<ScopeBox> boxes;     // where, each once; empty: everywhere
  // When several entitlements that are held in different ways confer it together, there at least where
  // nothing else gives it: a path for each of these and holding. Otherwise empty.
  std::vector<Path> together;
  uint32_t more_together = 0;      // beyond the cap
};
struct HeldRole {
  uint32_t role = kNone;
  Instant from = kBeginningOfTime;
  Instant until = kEndOfTime;
  std::vector<ScopeBox> boxes;
};
struct NotChecked {
  std::string id;                  // `admin restricts security_assessment on own actions`
  std::string_view rule_class;     // self, object, session, …; of what a declaration says, its kind
  std::vector<std::string_view> what;  // of a declaration with a meaning of its own: the attributes that are not judged
};


// What is decided together (E41): the state that results is judged.
struct Request {
  std::vector<Holding> grants;
  // Each takes away, from `from` until `until`, whatever the subject or an account of it has been given itself of that
  // kind and target: at that level and in that capacity, where it says one, and in those places. What comes by a
  // role, a team, a delegation or a service stays.
  std::vector<Holding> revocations;
};
struct Granted {
  Holding holding;
  bool already_held = false;       // at every instant of its own interval
};
struct TakenAway {
  Holding holding;
  uint32_t count = 0;              // holdings of the subject that it takes away, in whole or for a time
};
// An assignment that takes part in conflicts, and the rules in whose conflicts it does.
struct Contribution {
  Holding holding;
  bool is_asked_for = false;
  std::vector<uint32_t> rules;     // rows of Rules, ascending
};

struct Answer {
  Subject subject;
  Instant as_of = 0;
  std::vector<HeldDuty> duties;              // at as_of, before the request, by row, then level
  std::vector<HeldRole> roles;
  std::optional<Holding> request;            // the first grant
  bool already_held = false;                 // all that is to be granted
  std::vector<Granted> grants;
  std::vector<TakenAway> revocations;
  Verdict verdict = Verdict::Clear;          // worst of all, after the request
  std::optional<Verdict> request_verdict;    // worst of those that are introduced or made worse
  std::vector<Conflict> conflicts;           // worst first, then source order
  std::vector<Conflict> removed;             // there without the request, and not with it; the same order
  std::vector<Contribution> contributions;   // to the conflicts, in the order of the holdings, then of the grants
  std::vector<ObjectiveStatus> frameworks;   // of every clause that a rule cites, by row
  std::vector<NotChecked> not_checked;
};

struct AskOptions {
  uint32_t max_paths = 16;         // per witness, and of what is held together
  // Asked as if these were not there: rows of Controls and of Systems. What is one of them or depends on
  // one, however far, is rejected as TakenAway; who holds what stays as it is.
  std::vector<uint32_t> without_controls = {};
  std::vector<uint32_t> without_systems = {};
  // What the policy counts (CountFacts), owned by the caller; null: among the people of the table.
  const FactSteps* facts = nullptr;
};

// Judges the subject at `as_of`, or with a request over the request's whole interval, at every
// boundary (SEM-12); a request without a beginning begins at `as_of`. `workspace` must belong to
// `table`. O(instants × (holdings + conflicts × (controls + waivers))). Of a conflict over several instants the
// worst disposition, with the controls and waivers as they stand then. Errors: LimitExceeded, BadArgument (a row that does not exist, an empty interval).
SOD_API Result<Answer> Ask(const Table& table, Workspace& workspace, const Subject& subject,
                           Instant as_of, const std::optional<Holding>& request,
                           const AskOptions& options = {});

// The same with several grants and revocations at once, over their time together: from the first beginning to the
// last end. Conflicts are those of the state that results; a request that changes nothing is as without one.
SOD_API Result<Answer> AskAbout(const Table& table, Workspace& workspace, const Subject& subject, Instant as_of, const Request& request,
                                const AskOptions& options = {});
// What the subject holds when that is taken away, and how much of it each revocation takes. O(holdings × revocations).
struct Revoked {
  std::vector<Holding> holdings;
  std::vector<uint32_t> counts;
};
SOD_API Revoked Revoke(const Table& table, const Subject& subject, std::span<const Holding> revocations);

// Everybody declared who could be given `request` without introducing a conflict that needs
// approval or is denied; with the verdict the request would get. People only, declared order.
struct Candidate {
  uint32_t actor = kNone;
  Verdict request_verdict = Verdict::Clear;
  bool already_held = false;
};
SOD_API Result<std::vector<Candidate>> WhoCan(const Table& table, Workspace& workspace,
                                              Instant as_of, const Holding& request);

}  // namespace sod

#endif  // SOD_QUERY_H_
