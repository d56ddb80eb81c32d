// A policy with everything that the second and the third layer of an answer look at: who is behind whom,
// controls and what they rest on, risk, appetite, waivers, exemptions. As plain structs; an index stands for a
// row, days are days of March 2026.
#ifndef SODC_TESTS_ORACLE_JUDGED_JUDGED_WORLD_H_
#define SODC_TESTS_ORACLE_JUDGED_JUDGED_WORLD_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "../world/dice.h"

namespace oracle::judged {

constexpr int kNone = -1;
constexpr int kNever = 99;

// From the first to the last day, both included; 0 and kNever: without end.
struct Days {
  int first = 0, last = kNever;
  bool Contain(int day) const { return first <= day && day <= last; }
};

struct Thing {
  bool is_role = false;
  int row = 0;
  bool operator==(const Thing&) const = default;
};

enum class Kind { Person, Team, External, Service };
struct Actor {
  Kind kind = Kind::Person;
  int number = 0;  // among those of its kind, for its name
  bool is_vacant = false;
  std::vector<int> members, controllers, acts_as;
  std::vector<int> controls;  // `mitigated by`
};

struct Evidence {
  int dated = 0;  // 0: not
  int every = 0;  // days; 0: unsaid
};

enum class Against { Administrators, Actor, Group };
struct Immutable {
  Against against = Against::Administrators;
  int which = kNone;
  std::optional<Evidence> proof;  // without a rhythm of its own; nothing: the evidence of the control
};

// What systems and controls say alike.
struct Keeping {
  std::vector<int> administrators;
  bool is_kept_by_nobody = false;
  std::vector<int> notifies, changes_notify;
  std::vector<Immutable> immutables;
};
struct System : Keeping {
  std::vector<int> depends_on;  // later systems
  int operated_by = kNone;
};

enum class Nature { Unsaid, Preventive, Detective, Corrective };
enum class Manner { Unsaid, Automated, Manual };
enum class Status { Implemented, Tested, Planned, Failed };
struct Control : Keeping {
  Nature nature = Nature::Unsaid;
  Manner manner = Manner::Unsaid;
  Status status = Status::Implemented;
  int cadence = 0;  // days
  Days valid;
  std::vector<int> performers, reviewers, systems, on_systems, on_controls;  // on: later controls
  std::vector<Evidence> evidence;
};

struct Role {
  std::vector<int> grants, controls;
  int includes = kNone;  // one later role
};
struct Assignment {
  int actor = 0;
  Thing thing;
  Days days;
};
// Who delegates holds nothing by a delegation.
struct Delegation {
  int duty = 0, from = 0, to = 0;
  Days days;
};

enum class Mode { Observe, Warn, Approve, Deny };
struct Rule {
  std::vector<Thing> a, b;
  bool is_should = false;
  std::optional<Mode> mode;
  int risk = kNone;  // the lowest level is 0
  std::vector<int> controls, permitted_with;
  bool is_never_waived = false;
};
struct Process {
  std::vector<int> steps;  // duties
  int appetite = kNone;
  std::vector<int> controls;
};

struct Parties {
  std::vector<int> actors, roles;
};
struct Waiver {
  Parties parties;
  std::vector<int> rules, controls;
  int requester = 0, approver = 0;
  Days days;
  int closed = 0;  // 0: not
};
struct Exemption {
  bool is_grandfathering = false;
  Parties parties, approvers;
  std::vector<int> rules;
  int before = 0;  // of a grandfathering
  int next = 0;
};

struct World {
  int levels = 3;
  int appetite = kNone;
  std::optional<Mode> ceiling;
  std::vector<int> controls_of_all;  // `mitigated by` of the policy
  int duty_count = 0;
  std::vector<std::vector<int>> groups;  // of duties
  std::vector<Role> roles;
  std::vector<Actor> actors;
  std::vector<Assignment> assignments;
  std::vector<Delegation> delegations;
  std::vector<System> systems;
  std::vector<Control> controls;
  std::vector<Rule> rules;
  std::vector<Process> processes;
  std::vector<Waiver> waivers;
  std::vector<Exemption> exemptions;
  uint64_t order = 0;  // of the declarations in the text; 0: as here
  std::optional<Thing> requested;  // by everybody who is asked about, for the day of the question
};

std::string NameOf(const World& world, int actor);
std::string Print(const World& world);
World RandomWorld(uint64_t seed);

// ---- Answers

// Worst first, as in semantics.md.
enum class Verdict { Denied, NotEvaluable, NeedsApproval, Warned, Observed, Waived, Mitigated, Clear };

struct ControlAnswer {
  char control_class = '-';            // P, I, O
  std::vector<std::string> reasons;    // empty: it counts; in the order of the tests
  bool operator==(const ControlAnswer&) const = default;
};
struct ConflictAnswer {
  Verdict disposition = Verdict::Denied;
  int residual = kNone, appetite = kNone;
  std::map<std::string, ControlAnswer> controls;
  std::map<std::string, bool> excuses;  // by name: whether it excuses
  bool operator==(const ConflictAnswer&) const = default;
};
struct Answer {
  Verdict verdict = Verdict::Clear;
  bool is_complete = true;
  std::map<std::string, ConflictAnswer> conflicts;
  bool operator==(const Answer&) const = default;
};

// The right reading, and wrong ones.
enum class Reading {
  Right,
  // about what covers, what is left, what follows
  RoleOnOneWayCovers, AllControlsMustCount, LastWaiverDecides, AllEvidenceMustHold, ExpiredCounts, FailedCounts, CeilingMakesObserved,
  CeilingIsThreshold,
  ProcessReplacesAppetite, TopIsTheMiddle, StepsInOrder, WaivedIsNotListed, MitigatedIsNotListed, UnknownAdministratorPasses,
  DomainsIgnored, NoFloor, PermittedWithAny, AppetiteBeforeWaiver, UnratedIsLow, BestOfAll,
  // about independence (appendix D)
  DelegatesAreOthers, ServicesAreOthers, TeamIsSomebody, VacantIsSomebody, ControlledExternalIsSomebody, OnlyPerformerInsideAllowed,
  ReviewerIgnored, SoleAdministratorOfPreventive, AnyAdministratorOfDetective, DependenciesIgnored, ControlDependenciesIgnored,
  ImmutableWithoutProof, ImmutableIgnored, ImmutableAgainstOneIsEnough, ImmutableAgainstGroupForAll, ChangesNotifyIgnored,
  ChangesNotifySubject, RecipientsIgnored, RecipientsOfManual, OperatorIgnored, NobodyNeedsNoOperator, EvidenceIgnored,
  CadenceIgnored, FutureEvidenceHolds, UndatedIsStale, ManualNeedsNoPerformer, AutomatedNeedsPerformer, LastOfAll = AutomatedNeedsPerformer
};
const char* SpellingOf(Reading reading);

Answer Judge(const World& world, int actor, int day, Reading reading = Reading::Right);
// Everybody who is the person, for the check of ways.
std::vector<int> Watched(const World& world, int actor, int day);
// Whether one of the watched, or somebody else, is behind the actor.
struct Behind {
  bool has_watched = false, has_others = false;
};
Behind WhoIsBehind(const World& world, const std::vector<int>& watched, int actor, Reading reading = Reading::Right);

}  // namespace oracle::judged

#endif  // SODC_TESTS_ORACLE_JUDGED_JUDGED_WORLD_H_
