// Random worlds that the language accepts, and questions about them.
#include "random_world.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "dice.h"
#include "held.h"

namespace oracle {

namespace {

bool Contains(const std::vector<int>& list, int item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

class WorldMaker {
 public:
  explicit WorldMaker(uint64_t seed) : dice_(seed) {}

  World Make() {
    if (dice_.Percent(60)) world_.level_count = dice_.Between(2, 4);
    if (dice_.Percent(30)) world_.class_count = 2;
    world_.system_count = dice_.Between(1, 2);
    if (dice_.Percent(15)) world_.default_mode = RandomMode();
    if (dice_.Percent(15)) world_.mode_ceiling = RandomMode();
    AddDuties();
    AddGroups();
    AddRoles();
    AddActors();
    AddAssignments();
    AddSeparations();
    AddRestrictions();
    AddRules();
    return std::move(world_);
  }

 private:
  Mode RandomMode() { return static_cast<Mode>(dice_.Below(4)); }
  int DutyCount() const { return static_cast<int>(world_.duties.size()); }
  int GroupCount() const { return static_cast<int>(world_.groups.size()); }
  int RoleCount() const { return static_cast<int>(world_.roles.size()); }

  // A rank above the bottom, or nothing.
  int RandomLevel(int chance) {
    const bool is_said = world_.level_count > 0 && dice_.Percent(chance);
    return is_said ? dice_.Between(1, world_.level_count - 1) : kUnsaid;
  }

  // Within 2026, sometimes aligned with months.
  Days RandomDays(int chance) {
    Days days;
    if (!dice_.Percent(chance)) return days;
    const int first = dice_.Percent(30) ? 31 : dice_.Between(0, 40);
    const int last = dice_.Percent(30) ? 58 : first + dice_.Between(0, 40);
    if (dice_.Percent(75)) days.from = first;
    if (dice_.Percent(75) || !days.from) days.until = std::max(first, last);
    return days;
  }

  void AddDuties() {
    const int count = dice_.Between(2, 8);
    for (int i = 0; i < count; ++i) {
      // Some names need backticks, one is a word of the language.
      std::string name = "d" + std::to_string(i);
      if (dice_.Percent(5)) name = "d-" + std::to_string(i) + " (x)";
      if (i == 0 && dice_.Percent(10)) name = dice_.Percent(50) ? "conflict" : "until";
      world_.duties.push_back({name, kUnsaid, {}, {}, false});
      if (world_.class_count > 0 && dice_.Percent(70)) {
        world_.duties.back().duty_class = dice_.Below(world_.class_count);
      }
    }
  }

  void AddGroups() {
    const int count = dice_.Between(0, 4);
    for (int i = 0; i < count; ++i) {
      Group group;
      group.name = "g" + std::to_string(i);
      group.is_all = dice_.Percent(15);
      if (!group.is_all) {
        group.duties = dice_.Some(DutyCount(), dice_.Between(1, 3));
        if (i > 0 && dice_.Percent(25)) group.groups.push_back(dice_.Below(i));
      }
      if (dice_.Percent(20)) group.except_duties.push_back(dice_.Below(DutyCount()));
      if (world_.class_count > 0 && dice_.Percent(20)) group.where_class = dice_.Below(2);
      world_.groups.push_back(group);
      if (DutiesOfGroup(world_, i).empty() || dice_.Percent(20)) JoinFromADuty(i);
    }
  }

  void JoinFromADuty(int group) {
    Duty& duty = world_.duties[dice_.Below(DutyCount())];
    if (!Contains(duty.groups, group)) duty.groups.push_back(group);
  }

  void AddRoles() {
    const int count = dice_.Between(1, 6);
    for (int i = 0; i < count; ++i) {
      Role role;
      role.name = "r" + std::to_string(i);
      // Only earlier ones, so that the order is acyclic.
      if (i > 0 && dice_.Percent(55)) role.includes = dice_.Some(i, dice_.Between(1, 3));
      const int grants = dice_.Between(0, 3);
      for (int g = 0; g < grants; ++g) role.grants.push_back(RandomGrant());
      world_.roles.push_back(role);
    }
  }

  Grant RandomGrant() {
    const int level = RandomLevel(50);
    if (dice_.Percent(3)) return {kUnsaid, kUnsaid, level};
    if (GroupCount() > 0 && dice_.Percent(15)) {
      return {kUnsaid, dice_.Below(GroupCount()), level};
    }
    return {dice_.Below(DutyCount()), kUnsaid, level};
  }

  void AddActors() {
    const int people = dice_.Between(1, 3);
    for (int i = 0; i < people; ++i) {
      Actor person{"p" + std::to_string(i), ActorKind::Person, {}, {}, false};
      person.is_vacant = dice_.Percent(5);
      const int accounts = dice_.Between(0, 2);
      for (int a = 0; a < accounts; ++a) person.accounts.push_back(NewAccount());
      world_.actors.push_back(person);
    }
    if (dice_.Percent(25)) {
      world_.actors.push_back({"x0", ActorKind::External, {}, {}, false});
      if (dice_.Percent(30)) world_.actors.back().accounts.push_back(NewAccount());
    }
    const int teams = dice_.Between(0, 3);
    for (int i = 0; i < teams; ++i) {
      const int earlier = static_cast<int>(world_.actors.size());
      std::vector<int> members = dice_.Some(earlier, dice_.Between(0, 3));
      world_.actors.push_back({"t" + std::to_string(i), ActorKind::Team, {}, members, false});
    }
    if (dice_.Percent(30)) NewAccount();
  }

  int NewAccount() {
    const int number = static_cast<int>(world_.accounts.size());
    world_.accounts.push_back(
        {dice_.Below(world_.system_count), "acc" + std::to_string(number) + "@x", false});
    return number;
  }

  void AddAssignments() {
    const int count = dice_.Between(1, 9);
    for (int i = 0; i < count; ++i) {
      Assignment assignment;
      const int accounts = static_cast<int>(world_.accounts.size());
      if (accounts > 0 && dice_.Percent(35)) {
        assignment.account = dice_.Below(accounts);
      } else {
        assignment.actor = dice_.Below(static_cast<int>(world_.actors.size()));
      }
      const int targets = dice_.Between(1, 2);
      for (int t = 0; t < targets; ++t) AddTarget(assignment);
      assignment.days = RandomDays(40);
      world_.assignments.push_back(assignment);
    }
  }

  void AddTarget(Assignment& assignment) {
    const Target target = dice_.Percent(2) ? Target{} : RandomTarget();
    const bool is_repeated = std::any_of(
        assignment.targets.begin(), assignment.targets.end(), [&](const Target& other) {
          return other.is_role == target.is_role && other.index == target.index;
        });
    if (!is_repeated) assignment.targets.push_back(target);
  }

  Target RandomTarget() {
    if (dice_.Percent(65)) return {true, dice_.Below(RoleCount()), kUnsaid};
    return {false, dice_.Below(DutyCount()), RandomLevel(50)};
  }

  // Every pair of duties is spoken about in one place, or by a separation and one block.
  bool TakePair(int a, int b) { return a != b && pairs_.insert(std::minmax(a, b)).second; }

  void AddSeparations() {
    for (int i = 0; i < DutyCount(); ++i) {
      if (!dice_.Percent(20)) continue;
      Separation separation;
      separation.is_should = dice_.Percent(30);
      if (GroupCount() > 0 && dice_.Percent(25)) {
        separation.group = dice_.Below(GroupCount());
        if (Contains(DutiesOfGroup(world_, separation.group), i)) continue;
      } else {
        separation.duty = dice_.Below(DutyCount());
        if (separation.duty == i) continue;
      }
      world_.duties[i].separations.push_back(separation);
    }
  }

  void AddRestrictions() {
    for (Role& role : world_.roles) {
      if (!dice_.Percent(20)) continue;
      Restriction restriction;
      restriction.is_should = dice_.Percent(30);
      restriction.on_own_actions = dice_.Percent(25);
      if (GroupCount() > 0 && dice_.Percent(30)) {
        restriction.group = dice_.Below(GroupCount());
      } else {
        restriction.duty = dice_.Below(DutyCount());
      }
      role.restrictions.push_back(restriction);
    }
  }

  void AddRules() {
    const int count = dice_.Between(1, 7);
    for (int i = 0; i < count; ++i) AddRule("c" + std::to_string(i));
  }

  void AddRule(const std::string& name) {
    Rule rule;
    rule.is_should = dice_.Percent(20);
    rule.says_must = !rule.is_should && dice_.Percent(20);
    if (dice_.Percent(30)) rule.mode = RandomMode();
    rule.valid = RandomDays(25);
    const int kind = dice_.Below(100);
    const bool is_made = kind < 35   ? MakePair(rule, name)
                         : kind < 45 ? MakeEach(rule)
                         : kind < 70 ? MakeSets(rule, name)
                         : kind < 85 ? MakeAtMost(rule, name)
                                     : MakeRoles(rule, name);
    if (is_made) world_.rules.push_back(rule);
  }

  bool MakePair(Rule& rule, const std::string& name) {
    const std::vector<int> two = dice_.Some(DutyCount(), 2);
    if (two.size() < 2 || !TakePair(two[0], two[1])) return false;
    if (dice_.Percent(50)) rule.name = name;
    // A trigger is only written where no separation speaks about the same pair.
    const int chance = IsSeparated(two[0], two[1]) ? 0 : 40;
    rule.sides = {{Quantifier::One, kUnsaid, kUnsaid, {two[0]}, RandomLevel(chance)},
                  {Quantifier::One, kUnsaid, kUnsaid, {two[1]}, RandomLevel(chance)}};
    return true;
  }

  bool IsSeparated(int a, int b) const {
    const auto states = [&](int from, int to) {
      for (const Separation& separation : world_.duties[from].separations) {
        if (separation.duty == to) return true;
        if (separation.group != kUnsaid &&
            Contains(DutiesOfGroup(world_, separation.group), to)) {
          return true;
        }
      }
      return false;
    };
    return states(a, b) || states(b, a);
  }

  // Two disjoint sets of at most three duties each; a set of one is a single duty.
  bool MakeTwoSets(Rule& rule) {
    std::vector<int> duties = dice_.Some(DutyCount(), 6);
    const int first = dice_.Between(1, 3);
    const int second = dice_.Between(1, 3);
    if (first + second > static_cast<int>(duties.size())) return false;
    rule.sides = {{}, {}};
    rule.sides[0].duties.assign(duties.begin(), duties.begin() + first);
    rule.sides[1].duties.assign(duties.begin() + first, duties.begin() + first + second);
    return true;
  }

  bool MakeEach(Rule& rule) {
    if (!MakeTwoSets(rule)) return false;
    for (Side& side : rule.sides) {
      if (side.duties.size() > 1) side.quantifier = Quantifier::Each;
    }
    for (int a : rule.sides[0].duties) {
      for (int b : rule.sides[1].duties) {
        if (!TakePair(a, b) || IsSeparated(a, b)) return false;
      }
    }
    return true;
  }

  bool MakeSets(Rule& rule, const std::string& name) {
    rule.name = name;
    if (!MakeTwoSets(rule)) return false;
    for (Side& side : rule.sides) {
      side.quantifier = RandomSetQuantifier(side.duties.size());
      side.trigger = RandomLevel(30);
    }
    UseGroup(rule);
    if (dice_.Percent(10)) return UseRole(rule);
    if (dice_.Percent(25)) UseRoles(rule.sides[1]);
    if (dice_.Percent(15)) Overlap(rule);
    // Two single things would be a pair, which MakePair makes and keeps apart.
    return CountOf(rule.sides[0]) + CountOf(rule.sides[1]) > 2;
  }

  size_t CountOf(const Side& side) const {
    return DutiesOfSide(world_, side).size() + RolesOfSide(world_, side).size();
  }

  // Roles in place of the duties of a side or beside them, as a set or as a group.
  void UseRoles(Side& side) {
    const std::vector<int> roles = dice_.Some(RoleCount(), dice_.Between(1, 3));
    const bool is_mixed = dice_.Percent(40);
    side.roles = roles;
    if (is_mixed) return;
    side.duties.clear();
    side.trigger = kUnsaid;
    side.is_direct = dice_.Percent(30);
    if (!dice_.Percent(30)) return;
    side.role_group = static_cast<int>(world_.role_groups.size());
    world_.role_groups.push_back({"rg" + std::to_string(side.role_group), roles});
    side.roles.clear();
  }

  // One thing on both sides: legal where any member of either counts, at one level.
  void Overlap(Rule& rule) {
    Side& left = rule.sides[0];
    Side& right = rule.sides[1];
    if (left.group != kUnsaid || right.role_group != kUnsaid || right.is_direct) return;
    left.quantifier = right.quantifier = Quantifier::Any;
    right.trigger = left.trigger;
    if (right.roles.empty() || dice_.Percent(50)) {
      right.duties.push_back(left.duties[0]);
    } else {
      left.roles.push_back(right.roles[0]);
    }
  }

  // Several named conflicts about one role and one duty would quarrel about a restriction.
  bool UseRole(Rule& rule) {
    const int role = dice_.Below(RoleCount());
    rule.sides[1] = {Quantifier::One, role, kUnsaid, {}, kUnsaid};
    const std::vector<int> duties = DutiesOfSide(world_, rule.sides[0]);
    return duties.size() > 1 || role_duties_.emplace(role, duties[0]).second;
  }

  // No quantifier means any.
  Quantifier RandomSetQuantifier(size_t size) {
    if (size == 1) return Quantifier::One;
    const int kind = dice_.Below(3);
    return kind == 0 ? Quantifier::One : kind == 1 ? Quantifier::Any : Quantifier::All;
  }

  // Puts a named group in place of a set when the sides stay disjoint.
  void UseGroup(Rule& rule) {
    if (GroupCount() == 0 || !dice_.Percent(50)) return;
    const int group = dice_.Below(GroupCount());
    for (int duty : DutiesOfGroup(world_, group)) {
      if (Contains(rule.sides[1].duties, duty)) return;
    }
    rule.sides[0].group = group;
    rule.sides[0].duties.clear();
    if (dice_.Percent(50)) rule.sides[0].quantifier = Quantifier::All;
  }

  bool MakeAtMost(Rule& rule, const std::string& name) {
    rule.name = name;
    rule.is_at_most = true;
    std::vector<int> left = AllDuties(world_);
    dice_.Shuffle(left);
    const int wanted = dice_.Between(2, 5);
    int counted = 0;
    if (GroupCount() > 0 && dice_.Percent(40)) counted += AddCountedGroup(rule, left);
    while (counted < wanted && !left.empty()) {
      rule.sides.push_back({Quantifier::One, kUnsaid, kUnsaid, {left.back()}, RandomLevel(30)});
      left.pop_back();
      ++counted;
    }
    if (dice_.Percent(30)) counted += AddCountedRoles(rule);
    if (counted < 2) return false;
    rule.at_most = dice_.Between(1, counted - 1);
    return true;
  }

  // Roles that neither give a thing counted before nor are one of them (SEM-8).
  int AddCountedRoles(Rule& rule) {
    int counted = 0;
    for (const int role : dice_.Some(RoleCount(), dice_.Between(1, 2))) {
      if (!IsIndependent(rule, role)) continue;
      Side side;
      side.role = role;
      side.is_direct = dice_.Percent(25);
      rule.sides.push_back(side);
      ++counted;
    }
    return counted;
  }

  bool IsIndependent(const Rule& rule, int role) const {
    for (const Side& side : rule.sides) {
      for (const int duty : DutiesOfSide(world_, side)) {
        if (RolesToElement(world_, role, {false, duty, 0}) > 0) return false;
      }
      for (const int other : RolesOfSide(world_, side)) {
        if (RolesToElement(world_, role, {true, other, 0}) > 0 || RolesToElement(world_, other, {true, role, 0}) > 0) return false;
      }
    }
    return true;
  }

  int AddCountedGroup(Rule& rule, std::vector<int>& left) {
    const int group = dice_.Below(GroupCount());
    const std::vector<int> members = DutiesOfGroup(world_, group);
    const bool is_each = dice_.Percent(50);
    rule.sides.push_back({is_each ? Quantifier::Each : Quantifier::Any, kUnsaid, group, {},
                          RandomLevel(30)});
    const auto is_member = [&](int duty) { return Contains(members, duty); };
    left.erase(std::remove_if(left.begin(), left.end(), is_member), left.end());
    return is_each ? static_cast<int>(members.size()) : 1;
  }

  bool MakeRoles(Rule& rule, const std::string& name) {
    const std::vector<int> two = dice_.Some(RoleCount(), 2);
    if (two.size() < 2) return false;
    // One statement about a pair of roles, or several named ones: an unnamed one would join.
    const bool is_named = dice_.Percent(50);
    const auto [entry, is_first] = role_pairs_.emplace(std::minmax(two[0], two[1]), is_named);
    if (!is_first && !entry->second) return false;
    if (is_named || !is_first) rule.name = name;
    for (int role : two) {
      rule.sides.push_back({Quantifier::One, role, kUnsaid, {}, kUnsaid});
      rule.sides.back().is_direct = dice_.Percent(20);
    }
    return true;
  }

  Dice dice_;
  World world_;
  std::set<std::pair<int, int>> pairs_;
  std::set<std::pair<int, int>> role_duties_;
  std::map<std::pair<int, int>, bool> role_pairs_;  // whether the statements are named
};

}  // namespace

World RandomWorld(uint64_t seed) { return WorldMaker(seed).Make(); }

}  // namespace oracle
