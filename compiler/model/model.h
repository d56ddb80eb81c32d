// The checked policy: every name resolved, every attribute typed, author's order
// kept. Sema makes it; lower, lint and the dumps read it. It knows nothing of
// syntax trees. Sets are expanded to their members in author's order.
#ifndef SODC_MODEL_MODEL_H_
#define SODC_MODEL_MODEL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/base/calendar.h"
#include "compiler/base/id.h"
#include "compiler/model/document.h"
#include "compiler/model/finding_settings.h"
#include "compiler/model/ids.h"
#include "compiler/model/provision.h"
#include "compiler/source/span.h"

namespace sodc::model {

// ---- Vocabularies
enum class ScaleMeasures : uint8_t { Risk, Access, DutyClass, ControlProperty, Category, Other, Capacity, State };

struct ScaleMember {
  Common common;
  ScaleId scale;
  uint32_t rank = 0;        // 0 = lowest
  std::string symbol;       // "⚠️"
  std::string shown;        // "Limited"
  std::string definition;
  bool is_acting = false;   // a capacity in which a duty is performed (second-ring E24)
};

struct Scale {
  Common common;
  ScaleMeasures measures = ScaleMeasures::Other;
  std::vector<ScaleMemberId> members;  // lowest first
};

// ---- Scopes (rulings SEM-6, appendix B): a dimension is a finite tree, its leaves are
// numbered in declared depth-first order, a node is the interval [lo, hi) of its leaves.
struct ScopeNode {
  Common common;
  ScopeDimensionId dimension;
  ScopeNodeId parent;                  // none: a value directly in the dimension
  uint32_t lo = 0, hi = 0;
};
struct ScopeDimension {
  Common common;
  std::vector<ScopeNodeId> nodes;      // pre-order; the dimension itself is the root
  uint32_t leaf_count = 0;
};
// Where something holds: a union of boxes, each one node for each dimension named, in the
// order in which the dimensions are declared; a dimension not named is the whole. No box: everywhere.
struct Scope {
  std::vector<std::vector<ScopeNodeId>> boxes;
};

// ---- Entitlements: permissions in real systems (SEM-1, SEM-2, second-ring E39).
// Declared ones, and those that grants, assignments and sides name raw (`sap "XK0*"`).
struct EntitlementField {
  std::string name;
  std::vector<std::string> values;
};
struct Entitlement {
  Common common;                       // raw: name = system:"pattern", unique
  bool is_declared = true;
  SystemId system;
  std::vector<std::string> names;      // exact names or patterns; any of them
  bool is_pattern = false;
  std::vector<std::string> excepts;    // patterns taken out of the same grant
  std::vector<EntitlementField> fields;  // `with activity "01"` of a grant
  // Declared entitlements that holding this one confers by its name and fields alone,
  // itself first when declared; in order of declaration.
  std::vector<EntitlementId> confers;
};
// Entitlements that together confer a duty or a declared entitlement: monotone.
struct HoldingExpression {
  enum class Kind : uint8_t { And, Or, Entitlement };
  Kind kind = Kind::Entitlement;
  std::vector<HoldingExpression> operands;
  EntitlementId entitlement;
};
// `duty d { conferred by e and f or g }`, `entitlement x { means e and f }`.
struct Derivation {
  std::variant<DutyId, EntitlementId> target;
  HoldingExpression sources;
  Span span;
};

// ---- Holding states (second-ring E18) and capacities
enum class HoldingState : uint8_t { Active, Eligible, Requested, Suspended, Emergency };
inline constexpr uint32_t MaskOf(HoldingState state) { return 1u << static_cast<uint32_t>(state); }

// ---- Modality and mode (appendix A)
enum class Modality : uint8_t { Must, Should };
enum class Mode : uint8_t { Observe, Warn, Approve, Deny };  // mildest first

// ---- Duties and groups
struct Duty {
  Common common;
  ScaleMemberId duty_class;            // optional
  std::vector<std::string> tags;
  DutyId catalogue_entry;              // `is std.it.development`, optional
  std::string letter;
};

struct Group {
  Common common;
  std::vector<DutyId> members;         // definition plus duties that name the group; author's order
  std::vector<RoleId> roles;           // a group may hold roles, too
};

// `separated from`: one-sided, as stated at one duty (rulings REF-3). Yields or
// joins one conflict for each pair.
struct Separation {
  DutyId duty;
  std::variant<DutyId, GroupId> target;
  Modality modality = Modality::Must;
  std::string reason;                  // of `should "where possible"`
  std::string shown;                   // wording of the requirement cell, or empty
  Span span;
};

// Pairs considered and found fine.
struct Compatible {
  std::vector<DutyId> left, right;
  bool is_with_all = false;            // the right side was written `all`
  std::string because;
  Span span;
};

// ---- Roles
struct Grant {
  DutyId duty;                         // or:
  EntitlementId entitlement;
  ScaleMemberId level;                 // resolved: default is the top level; invalid when the policy has no access scale
  std::string note;
  std::string shown;
  Span span;                           // the name (or `all`) that granted it
  ScaleMemberId capacity;              // none: the first acting one
  Scope scope;
  std::string condition;               // `if "outside visiting hours"`: held, marked conditional (E31)
  bool is_undecided = false;           // `undecided "…"`: unknown for holders
  std::string undecided;
};

struct Restriction {
  std::vector<DutyId> duties;          // of the item as written
  GroupId group;                       // when the item is one group name
  std::string item_name;               // name of the duty or group, or the source text of the expression
  bool on_own_actions = false;         // a self rule
  Modality modality = Modality::Must;
  std::string reason;
  std::string shown;
  ConflictId conflict;                 // the limit it yields; none for a self rule about no kind of object
  Span span;
};

struct Role {
  Common common;
  bool is_position = false;
  std::vector<std::string> tags;
  std::vector<RoleId> includes;        // author's order, acyclic
  std::vector<Span> include_spans;
  std::vector<Grant> grants;           // author's order, expanded; one duty may occur at several levels
  std::vector<Restriction> restrictions;
  std::vector<ControlId> controls;     // `mitigated by`: for conflicts that the role takes part in
};

// ---- Actors
enum class ActorKind : uint8_t { Person, Team, External, Service, Tool, Agent };

struct Account {
  SystemId system;
  std::string identifier;
  Span span;
  bool is_shared = false;              // listed by every actor that uses it
};

struct Actor {
  Common common;
  ActorKind kind = ActorKind::Person;
  bool is_vacant = false;
  std::vector<Account> accounts;
  std::vector<ActorId> members;        // teams
  std::vector<ActorId> acts_as;        // services, tools and agents whose holdings count for this actor (SEM-22)
  std::vector<ActorId> controlled_by;  // recorded; an external is traversed only through these (SEM-15)
  bool acts_for_caller = false;        // acts count for the person named as caller alone (E40)
  std::vector<ControlId> controls;     // `mitigated by`: for all conflicts of the actor
};

// Who or what holds something from when to when. Half-open seconds UTC.
struct Assignment {
  ActorId actor;                       // or, for an account, invalid with:
  SystemId account_system;
  std::string account_identifier;
  std::variant<DutyId, RoleId, EntitlementId> target;
  ScaleMemberId level;                 // of a duty; invalid = top
  ScaleMemberId capacity;              // none: the first acting one
  Scope scope;
  HoldingState state = HoldingState::Active;
  Instant from = kBeginningOfTime;
  Instant until = kEndOfTime;          // exclusive: the day after the written last day
  std::string source;
  Span span;
  ProvisionId activation{};            // the use of an emergency that it is
};

// `delegate d from q to p`: the duty counts for both (SEM-3).
struct Delegation {
  ActorId from, to;
  std::variant<DutyId, RoleId, EntitlementId> target;
  ScaleMemberId level;
  Scope scope;
  Instant valid_from = kBeginningOfTime;
  Instant valid_until = kEndOfTime;
  bool may_be_passed_on = false;       // `sub_delegation allowed`
  Span span;
};

// A name of another system for a declared thing (second-ring E29).
struct ForeignId {
  SystemId system;
  std::string id;
  std::variant<DutyId, RoleId, ActorId, EntitlementId, GroupId> of;
  Span span;
};

// ---- Conflicts
// Forbidden, Sensitive, Reserved: single duties (second-ring E9), one side, at most 0.
enum class ConflictKind : uint8_t { Pair, Set, AtMost, Role, Restriction, Forbidden, Sensitive, Reserved };
enum class Moment : uint8_t { Static, Session, Object };
enum class ScopeMatch : uint8_t { Any, Same, Across };
// Whose holdings the limit counts (E8, E37).
enum class RuleSubject : uint8_t { Person, Account, Unit };
// Why this version does not judge a rule; it is then listed in not_checked.
enum class Unevaluated : uint8_t { None, Session, Object, Guard, Unit, Self };
enum class SideQuantifier : uint8_t { One, Any, All };  // One: a single duty or role

// One member of a side: a duty at or above a trigger level, or a role.
// `being owner of shipment` (E13), which may be whoever holds a duty that creates such objects, from a level on (SEM-16).
// Two words in each of the many sides that are something else.
class Being {
 public:
  Being(ProvisionId of, std::string relation) : object(of), rest_(std::make_shared<const Rest>(Rest{std::move(relation), {}, {}})) {}
  ProvisionId object;
  const std::string& relation() const { return rest_->relation; }
  const std::vector<DutyId>& creators() const { return rest_->creators; }
  ScaleMemberId trigger() const { return rest_->trigger; }
  void SetCreators(std::vector<DutyId> creators, ScaleMemberId trigger) {
    rest_ = std::make_shared<const Rest>(Rest{relation(), std::move(creators), trigger});
  }

 private:
  struct Rest { std::string relation; std::vector<DutyId> creators; ScaleMemberId trigger; };
  std::shared_ptr<const Rest> rest_;
};
struct SideElement {
  std::variant<DutyId, RoleId, EntitlementId, Being> what;
  ScaleMemberId trigger{};             // of a duty; resolved; invalid when the policy has no access scale
  Span span{};
  ScaleMemberId capacity{};            // none: any acting one
  bool is_direct = false;              // a role assigned, not by inclusion
  RoleId avoids{};                     // Reserved: held by a path that avoids this role
};

// Pair, Set, Role, Restriction have two sides. AtMost has one side per counted
// member: `each of g` was expanded, `any of g` is one side with quantifier Any.
struct ConflictSide {
  SideQuantifier quantifier = SideQuantifier::One;
  GroupId group;                       // when written as one group name
  std::vector<SideElement> elements;   // author's order, no repetitions
  Span span;
};

struct Conflict {
  Common common;                       // name = the id: `a/b` in byte order for an unnamed pair (LAN-5)
  bool is_named = true;
  ConflictKind kind = ConflictKind::Pair;
  std::vector<ConflictSide> sides;     // source order
  uint32_t at_most = 1;                // k of AtMost as written
  Modality modality = Modality::Must;
  std::string reason;                  // of should
  Mode mode = Mode::Deny;              // declared, or the default of the modality or policy
  bool mode_is_declared = false;
  ScaleMemberId risk;                  // invalid = unrated (second-ring E1)
  bool risk_is_default = false;
  std::string because;
  std::string advice;
  ScaleMemberId category;
  std::vector<std::string> tags;
  ActorId owner;
  std::optional<Date> reviewed;
  Instant valid_from = kBeginningOfTime;
  Instant valid_until = kEndOfTime;
  std::vector<ControlId> controls;     // author's order
  std::vector<ClauseId> clauses;
  std::vector<Span> sources;           // every place that states it, first is the primary

  Moment moment = Moment::Static;
  ProvisionId per;                     // the object kind of `per shipment`
  RuleSubject subject = RuleSubject::Person;
  ScopeMatch match = ScopeMatch::Any;
  ScopeDimensionId dimension;          // of Same and Across
  Scope only_in;
  uint32_t counting = MaskOf(HoldingState::Active) | MaskOf(HoldingState::Eligible) | MaskOf(HoldingState::Emergency);
  bool counting_is_declared = false;
  std::string identifier;              // foreign id (E6)
  std::string kind_label;              // "prepare against approve"
  ProvisionId enforcement, changed_by; // the bundle whose defaults were copied (E12); its `amend` or `disable`
  // Of the policy's `default enforcement`; of its `default mode`; copied from `enforcement`.
  bool enforcement_is_default = false, mode_is_default = false, mode_is_of_level = false;
  bool is_guarded = false;             // applies under a condition only: Model::conditions
  Unevaluated unevaluated = Unevaluated::None;
  // `disable`: judged, disposition observed, until this instant (E44); the beginning of time: not disabled.
  Instant disabled_until = kBeginningOfTime;
};
// `amend`: what the rule is again from this instant on (E44).
struct Amendment { ConflictId rule; Instant until = kEndOfTime; Conflict before; };

// ---- Controls and frameworks
enum class Nature : uint8_t { Preventive, Detective, Corrective };
enum class Automation : uint8_t { Unstated, Automated, Manual };
enum class ControlStatus : uint8_t { Implemented, Tested, Planned, Failed };
enum class DurationUnit : uint8_t { Hour, Day, Week, Month, Year };

struct Duration {
  int64_t count = 0;                   // 0 = none
  DurationUnit unit = DurationUnit::Day;
};

// `on each shipment`, `after each incident`, `when staff changes`: without a calendar (E32).
enum class CadenceEvent : uint8_t { None, OnEach, AfterEach, WhenChanges };

struct Evidence {
  std::string kind;                    // `log`, `report`, …: free word
  std::string text;
  std::optional<Date> dated;
  Duration every;
  Span span;
};

// Against whom a record cannot be changed: an actor, whoever holds something of a group, or
// administrators; proved by evidence of its own, or else by that of the control.
struct Administrators {};
struct ImmutableAgainst {
  std::variant<Administrators, ActorId, GroupId> whom;
  std::optional<Evidence> evidence;
};

struct System {
  Common common;
  bool ignores_case = false;           // names of its roles, entitlements, accounts: ASCII folding (E29, LAN-7)
  bool strips_domain = false;          // eric@h33.ai and eric are one account
  std::string wildcard = "*";          // in patterns of its entitlements; empty: none
  std::string separator;               // over which the wildcard does not reach; empty: it reaches everywhere
  ActorId operated_by;
  std::vector<ActorId> administered_by;
  bool administered_by_nobody = false;
  std::vector<SystemId> depends_on;
  std::vector<ActorId> notifies;
  std::vector<ActorId> changes_notify;
  std::vector<ImmutableAgainst> immutable_against;
};

struct Control {
  Common common;                       // title = the statement
  std::optional<Nature> nature;
  Automation automation = Automation::Unstated;
  Duration cadence;                    // or:
  CadenceEvent cadence_event = CadenceEvent::None;
  ProvisionId cadence_of;              // what happens or changes
  std::vector<ActorId> performers;
  std::vector<ActorId> reviewers;
  std::vector<SystemId> systems;
  std::vector<Evidence> evidence;
  std::vector<ScaleMemberId> properties;   // `has worm, mfa_delete`
  std::vector<std::string> references;     // "DCF-744"
  ControlStatus status = ControlStatus::Implemented;
  bool status_is_declared = false;
  std::vector<ClauseId> clauses;
  ScaleMemberId category;
  ActorId owner;
  Instant valid_from = kBeginningOfTime;
  Instant valid_until = kEndOfTime;
  std::vector<ActorId> notifies;           // whom it tells what it finds
  std::vector<ActorId> changes_notify;     // who learns that somebody changed it
  std::vector<ImmutableAgainst> immutable_against;
  std::vector<ActorId> administered_by;    // beside those of its systems
  bool administered_by_nobody = false;
  std::vector<std::variant<ControlId, SystemId>> depends_on;
  bool is_named = false;                   // by anything; one of the library that nothing names is not lowered
};

enum class ClauseAbout : uint8_t { People, Policy };
enum class Compensation : uint8_t { Accepted, Worksheet, NotAccepted };

struct Clause {
  FrameworkId framework;
  std::string id;                      // "A.5.3"
  std::string label;
  std::string description;
  ClauseAbout about = ClauseAbout::People;
  Compensation compensation = Compensation::Accepted;
  Span span;
};

struct Framework {
  Common common;
  std::string edition;
  std::string source;
  std::vector<ClauseId> clauses;
};

struct Module {
  std::string name;                    // std.it, or the path of an own module
  std::string title, version, description;
};

// ---- Conditions of rules (second-ring section 1), as they are carried: trees of `or`, `and`, `not` and tests.
struct RuleCondition {
  enum class Purpose : uint8_t { Applies, Mode, Requires };
  ConflictId rule;
  Purpose purpose = Purpose::Applies;
  std::optional<uint32_t> guard;       // row of Model::guards; none: always (Requires)
  Instant from = kBeginningOfTime;     // Mode: in force in [from, until)
  Instant until = kEndOfTime;
  Mode mode = Mode::Deny;              // Mode: while the condition holds, and while not
  Mode otherwise = Mode::Deny;
  std::optional<Reference> required;   // Requires
};

// ---- The whole
struct Policy {
  Common common;
  uint32_t language = 1;
  int64_t revision = 0;
  ActorId author, approver, owner;
  Span author_span, approver_span;     // where they are named; invalid where nobody is
  ScaleMemberId appetite;              // resolved: default the lowest risk
  bool appetite_is_declared = false;
  Mode mode_ceiling = Mode::Deny;
  ScaleMemberId default_risk;
  std::optional<Mode> default_mode;
  ProvisionId default_enforcement;
  std::string organization;
  std::string organization_legal;
  std::vector<std::string> references;
  std::string version;
  std::string classification;
  std::vector<ControlId> controls;     // `mitigated by`: for every conflict (SEM-23)
  int32_t time_zone_seconds = 0;       // east of UTC; a date is the start of a day there (E7)
};

struct Model {
  Policy policy;
  Store<Scale> scales;
  Store<ScaleMember> scale_members;
  ScaleId risk_scale, access_scale;    // at most one each; invalid = none
  Store<Duty> duties;                  // own first in source order of the program, then imported
  Store<Group> groups;
  Store<Role> roles;
  Store<Actor> actors;
  Store<System> systems;
  Store<Control> controls;
  Store<Framework> frameworks;
  Store<Clause> clauses;
  Store<Conflict> conflicts;           // source order
  std::vector<Amendment> amendments;   // at most one of each rule
  std::vector<Separation> separations;
  std::vector<Compatible> compatibles;
  std::vector<Assignment> assignments;
  std::vector<Document> documents;
  std::vector<Claims> claims;
  Store<ScopeDimension> scope_dimensions;
  Store<ScopeNode> scope_nodes;
  Store<Entitlement> entitlements;     // declared first
  std::vector<Derivation> derivations; // source order; acyclic
  std::vector<Delegation> delegations;
  std::vector<ForeignId> foreign_ids;
  Store<Provision> provisions;
  std::vector<ProvisionAttribute> guards;    // conditions that rules of `conditions` refer to
  std::vector<RuleCondition> conditions;     // by rule, then purpose, then beginning
  std::vector<Module> modules;
  std::vector<FindingSetting> finding_settings;
  std::vector<FindingAllowance> finding_allowances;  // of own declarations, source order
  std::vector<FileId> files;           // every source, main file first
};

}  // namespace sodc::model

#endif  // SODC_MODEL_MODEL_H_
