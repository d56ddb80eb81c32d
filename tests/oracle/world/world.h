// A small world as plain structs: what a policy says, before any text exists. The
// generators own it, print_world writes it as `.sod`, judge decides it. Nothing in
// this folder may see the compiler or the runtime (held by CMake and tests/lint).
#ifndef SODC_TESTS_ORACLE_WORLD_WORLD_H_
#define SODC_TESTS_ORACLE_WORLD_WORLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oracle {

// Seconds UTC since 1970; a day of a world is counted from 2026-01-01.
using Seconds = int64_t;
inline constexpr Seconds kSecondsPerDay = 86'400;
inline constexpr Seconds kFirstSecond = 20'454 * kSecondsPerDay;
inline constexpr Seconds kOpenBegin = INT64_MIN;
inline constexpr Seconds kOpenEnd = INT64_MAX;
inline constexpr Seconds StartOfDay(int day) { return kFirstSecond + day * kSecondsPerDay; }

// As an author writes it: the first and the last day included.
struct Days {
  std::optional<int> from;
  std::optional<int> until;
  Seconds begin() const { return from ? StartOfDay(*from) : kOpenBegin; }
  Seconds end() const { return until ? StartOfDay(*until + 1) : kOpenEnd; }
  bool Contains(Seconds at) const { return begin() <= at && at < end(); }
};

inline constexpr int kUnsaid = -1;  // no level, no trigger, no group written

enum class Mode : uint8_t { Observe, Warn, Approve, Deny };
enum class Quantifier : uint8_t { One, Any, All, Each };

// ---- Duties and groups
struct Separation {          // `separated from …` of the duty it stands in
  int duty = kUnsaid;        // or
  int group = kUnsaid;
  bool is_should = false;
};
struct Duty {
  std::string name;
  int duty_class = kUnsaid;  // index of a member of the class scale
  std::vector<int> groups;   // `groups g`: joins from the duty's side
  std::vector<Separation> separations;
  bool is_absent = false;    // left out by shrinking
};
// (all | {duties, groups}) except {duties} where class c; groups may only name earlier ones.
struct Group {
  std::string name;
  bool is_all = false;
  std::vector<int> duties;
  std::vector<int> groups;
  std::vector<int> except_duties;
  int where_class = kUnsaid;
  bool is_absent = false;
};
// `group g = roles { … }`
struct RoleGroup {
  std::string name;
  std::vector<int> roles;
};

// ---- Roles
struct Grant {
  int duty = kUnsaid;        // or
  int group = kUnsaid;       // or neither: all
  int level = kUnsaid;       // rank of the access scale, at least 1
};
struct Restriction {
  int duty = kUnsaid;        // or
  int group = kUnsaid;
  bool is_should = false;
  bool on_own_actions = false;
};
struct Role {
  std::string name;
  std::vector<int> includes;
  std::vector<Grant> grants;
  std::vector<Restriction> restrictions;
  bool is_absent = false;
};

// ---- Actors
enum class ActorKind : uint8_t { Person, Team, External };
struct Actor {
  std::string name;
  ActorKind kind = ActorKind::Person;
  std::vector<int> accounts;  // indices of World::accounts
  std::vector<int> members;   // of a team
  bool is_absent = false;
  bool is_vacant = false;     // a person not appointed yet
};
struct Account {
  int system = 0;
  std::string identifier;
  bool is_absent = false;
};
struct Target {
  bool is_role = false;
  int index = kUnsaid;        // kUnsaid: `all`
  int level = kUnsaid;        // of a duty
};
struct Assignment {
  int actor = kUnsaid;        // or
  int account = kUnsaid;
  std::vector<Target> targets;
  Days days;
};

// ---- Rules
struct Side {
  Quantifier quantifier = Quantifier::One;
  int role = kUnsaid;         // `role r`, or
  int group = kUnsaid;        // a named group, or
  std::vector<int> duties;    // one duty, or a set written out
  int trigger = kUnsaid;      // `at level`
  std::vector<int> roles = {};  // of the set, after its duties
  int role_group = kUnsaid;     // or a named group of roles
  bool is_direct = false;       // `directly`: roles that are assigned, not by inclusion
};
struct Rule {
  std::string name;           // empty: an unnamed pair
  bool is_at_most = false;
  int at_most = 1;
  std::vector<Side> sides;    // two, or the counted items
  bool is_should = false;
  std::optional<Mode> mode;
  Days valid;
  bool says_must = false;     // written out; a conflict that says nothing is a must
};

struct World {
  std::string name = "world";
  int level_count = 0;        // of the access scale, bottom included; 0: no such scale
  int class_count = 0;        // of the duty classes; 0: no such scale
  int system_count = 0;
  std::optional<Mode> default_mode;
  std::optional<Mode> mode_ceiling;
  std::vector<Duty> duties;
  std::vector<Group> groups;
  std::vector<RoleGroup> role_groups;
  std::vector<Role> roles;
  std::vector<Actor> actors;
  std::vector<Account> accounts;
  std::vector<Assignment> assignments;
  std::vector<Rule> rules;
  bool is_split = false;      // vocabularies, duties, groups and roles stand in an imported module
  uint64_t order_seed = 0;    // not 0: declarations are printed in a shuffled order
};

// Names of the vocabularies that the printer declares.
std::string LevelName(int rank);
std::string ClassName(int index);
std::string SystemName(int index);

// The duties of a group in author's order, each once; of all own duties; of a side.
std::vector<int> DutiesOfGroup(const World& world, int group);
std::vector<int> AllDuties(const World& world);
std::vector<int> DutiesOfSide(const World& world, const Side& side);
std::vector<int> RolesOfSide(const World& world, const Side& side);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_WORLD_H_
