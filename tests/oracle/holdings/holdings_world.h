// Worlds about who holds what in which way: accounts, states, capacities, conditional and undecided
// grants, delegations, acting as, teams. Plain structs; printed as a policy, judged by themselves.
#ifndef SODC_TESTS_ORACLE_HOLDINGS_HOLDINGS_WORLD_H_
#define SODC_TESTS_ORACLE_HOLDINGS_HOLDINGS_WORLD_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace oracle::holdings {

enum State { kActive, kEligible, kRequested, kSuspended, kEmergency, kStates };
inline constexpr const char* kStateWords[] = {"active", "eligible", "requested", "suspended", "emergency"};
inline constexpr int kCounting = 1 << kActive | 1 << kEligible | 1 << kEmergency;

// The capacities of every world that has any; the first two act.
inline constexpr const char* kCapacityWords[] = {"performs", "approves", "informed", "owner"};
inline constexpr int kCapacities = 4, kActing = 2;
inline constexpr int kUnsaid = -1;

enum class Certainty { Sure, If, Undecided };
enum class ActorKind { Person, Team, Service };

// Half years: what is always held is held in both.
struct When {
  bool first = true, second = true;
  bool At(int half) const { return half == 0 ? first : second; }
  bool Meets(const When& other) const { return (first && other.first) || (second && other.second); }
};

struct Thing {
  bool is_role = false;
  int row = 0;
  bool operator==(const Thing&) const = default;
};
struct Grant {
  int duty = 0;
  int capacity = kUnsaid;
  Certainty certainty = Certainty::Sure;
};
struct Role {
  std::vector<int> includes;  // earlier roles
  std::vector<Grant> grants;
};
struct Actor {
  ActorKind kind = ActorKind::Person;
  bool is_vacant = false;
  std::vector<int> members;  // of a team
  std::vector<int> acts_as;  // services
};
struct Account {
  std::vector<int> users;  // none: nobody's; one: its owner; several share it
};
struct Assignment {
  int actor = 0;
  int account = kUnsaid;  // instead of the actor
  Thing thing;
  int capacity = kUnsaid;
  State state = kActive;
  When when;
};
struct Delegation {
  int from = 0, to = 0;
  Thing thing;
  bool may_be_passed_on = true;
  When when;
};
struct Element {
  Thing thing;
  int capacity = kUnsaid;
  bool is_direct = false;
};
// Any of them; each side once.
using Side = std::vector<Element>;
struct Rule {
  std::vector<Side> sides;
  int at_most = 1;
  int counting = 0;  // bits of State; 0: not said
  bool is_per_account = false;
  int mode = 0;  // 0 deny, 1 approve, 2 warn, 3 observe
};

struct World {
  int duties = 3;
  bool has_capacities = false;
  std::vector<Role> roles;
  std::vector<Actor> actors;
  std::vector<Account> accounts;
  std::vector<Assignment> assignments;
  std::vector<Delegation> delegations;
  std::vector<Rule> rules;
};

// Ways in which a reading of docs/semantics.md could be wrong; the judge makes one of these mistakes
// on request, and the comparison must see it.
enum class Mistake {
  None, CountsSuspended, ForgetsEligible, IgnoresCounting, OwnerHolds, InformedHolds, OwnerInheritsOwnership, UnsaidIsNoMember,
  UndecidedIsHeld, UndecidedIsNothing, IncompleteWithoutCause, DelegateHasNothing, DelegatorLosesIt, ForgetsActsAs, ForgetsTeams,
  SharedIsNobodys, OneAccountForAll, PassesOnFreely, ForgetsDates, TellsOneChain, kCount
};
const char* NameOf(Mistake mistake);

// What one subject's answer says.
struct Expected {
  std::string verdict;
  bool is_complete = true;
  std::set<std::string> conflicts;  // "rule: side element ways conditional", one for each element held
  std::set<std::string> held;       // duties and roles by name
  bool operator==(const Expected&) const = default;
};
// By the name that the product gives the subject.
struct Judged {
  std::string subject;
  Expected expected;
};

std::string NameOf(const World& world, const Thing& thing);
std::string NameOfActor(const World& world, int actor);
std::string Text(const World& world);
// Everybody who is judged, in the order of docs/semantics.md, in one half of the year.
std::vector<Judged> Judge(const World& world, int half, Mistake mistake);
// Whether somebody passes on what must not be passed on: the policy is refused.
bool IsRefused(const World& world, Mistake mistake);

}  // namespace oracle::holdings

#endif  // SODC_TESTS_ORACLE_HOLDINGS_HOLDINGS_WORLD_H_
