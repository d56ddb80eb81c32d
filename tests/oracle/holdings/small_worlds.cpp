// Small worlds about holdings, every one of a kind.
#include <utility>

#include "make_worlds.h"

namespace oracle::holdings {
namespace {

Thing Duty(int row) { return {false, row}; }
Thing RoleAt(int row) { return {true, row}; }

Rule Pair(Element a, Element b, int mode = 0) {
  Rule rule;
  rule.sides = {{a}, {b}};
  rule.mode = mode;
  return rule;
}

int AddActor(World& world, ActorKind kind) {
  world.actors.push_back({kind, false, {}, {}});
  return static_cast<int>(world.actors.size()) - 1;
}

int AddAccount(World& world, std::vector<int> users) {
  world.accounts.push_back({std::move(users)});
  return static_cast<int>(world.accounts.size()) - 1;
}

void AssignTo(World& world, int actor, Thing thing, int capacity = kUnsaid) {
  world.assignments.push_back({actor, kUnsaid, thing, capacity, kActive, {}});
}

// 0 = not held, else a state and whether by the person, by the first or by the second account.
void AssignInState(World& world, int person, int first_account, int duty, int way) {
  if (way == 0) return;
  Assignment assignment;
  assignment.actor = person;
  assignment.thing = Duty(duty);
  assignment.state = static_cast<State>((way - 1) % kStates);
  const int place = (way - 1) / kStates;
  if (place > 0) assignment.account = first_account + place - 1;
  world.assignments.push_back(assignment);
}

}  // namespace

World StatesWorld() {
  constexpr int kWays = 1 + 3 * kStates;
  World world;
  for (int counting = 0; counting < 1 << kStates; ++counting) {
    if ((counting >> kSuspended & 1) != 0) continue;  // no rule may say so
    for (const bool is_per_account : {false, true}) {
      Rule rule = Pair({Duty(0)}, {Duty(1)}, counting % 4);
      rule.counting = counting;
      rule.is_per_account = is_per_account;
      world.rules.push_back(rule);
    }
  }
  for (int first = 0; first < kWays; ++first) {
    for (int again = first; again < kWays; ++again) {
      if (first == again && first != 0) continue;
      for (int second = 0; second < kWays; ++second) {
        const int person = AddActor(world, ActorKind::Person);
        const int account = AddAccount(world, {person});
        AddAccount(world, {person});
        AssignInState(world, person, account, 0, first);
        AssignInState(world, person, account, 0, again);
        AssignInState(world, person, account, 1, second);
      }
    }
  }
  return world;
}

namespace {

void AddCapacityRules(World& world) {
  for (int a = kUnsaid; a < kCapacities; ++a) {
    for (int b = kUnsaid; b < kCapacities; ++b) world.rules.push_back(Pair({Duty(0), a}, {Duty(1), b}, 1));
    // The role that grants it without a word, and the one that includes it.
    world.rules.push_back(Pair({RoleAt(2), a}, {Duty(1)}));
    world.rules.push_back(Pair({RoleAt(2), a, true}, {Duty(1)}, 2));
    Rule any = Pair({RoleAt(2), a}, {Duty(1)}, 3);
    any.sides[0].push_back({RoleAt(5), a});
    world.rules.push_back(any);
    for (int b = a + 1; b < kCapacities && a != kUnsaid; ++b) {
      world.rules.push_back(Pair({Duty(0), a}, {Duty(0), b}, 2));
      world.rules.push_back(Pair({RoleAt(2), a}, {RoleAt(2), b}, 2));
    }
  }
}

}  // namespace

World CapacitiesWorld() {
  World world;
  world.has_capacities = true;
  for (int grant = kUnsaid - 1; grant < kCapacities; ++grant) {
    Role role;
    if (grant >= kUnsaid) role.grants.push_back({0, grant, Certainty::Sure});
    world.roles.push_back(role);
    world.roles.push_back({{static_cast<int>(world.roles.size()) - 1}, {}});
  }
  AddCapacityRules(world);
  const int roles = static_cast<int>(world.roles.size());
  for (int role = 0; role <= roles * (kCapacities + 1); ++role) {
    for (int first = kUnsaid - 1; first < kCapacities; ++first) {
      for (int second = kUnsaid - 1; second < kCapacities; ++second) {
        const int person = AddActor(world, ActorKind::Person);
        if (role > 0) AssignTo(world, person, RoleAt((role - 1) % roles), (role - 1) / roles - 1);
        if (first >= kUnsaid) AssignTo(world, person, Duty(0), first);
        if (second >= kUnsaid) AssignTo(world, person, Duty(1), second);
      }
    }
  }
  for (int a = kUnsaid; a < kCapacities; ++a) {
    for (int b = kUnsaid; b < kCapacities; ++b) {
      const int person = AddActor(world, ActorKind::Person);
      AssignTo(world, person, RoleAt(2), a);
      AssignTo(world, person, RoleAt(3), b);
      AssignTo(world, person, Duty(1));
    }
  }
  return world;
}

World CertaintiesWorld() {
  World world;
  for (int kind = 0; kind < 16; ++kind) {
    Role role;
    for (int duty = 0; duty < 2; ++duty) {
      const int granted = kind >> (2 * duty) & 3;
      if (granted != 0) role.grants.push_back({duty, kUnsaid, static_cast<Certainty>(granted - 1)});
    }
    world.roles.push_back(role);
  }
  for (int kind = 0; kind < 16; ++kind) world.roles.push_back({{kind}, {}});
  world.rules = {Pair({Duty(0)}, {Duty(1)}, 0), Pair({Duty(0)}, {Duty(2)}, 1), Pair({Duty(1)}, {Duty(2)}, 3)};
  for (int at_most = 1; at_most <= 2; ++at_most) {
    Rule rule;
    rule.sides = {{{Duty(0)}}, {{Duty(1)}}, {{Duty(2)}}};
    rule.at_most = at_most;
    rule.mode = 2;
    world.rules.push_back(rule);
  }
  const int roles = static_cast<int>(world.roles.size());
  for (int first = 0; first <= roles; ++first) {
    for (int second = first; second <= roles; ++second) {
      for (const bool has_third : {false, true}) {
        const int person = AddActor(world, ActorKind::Person);
        if (first > 0) AssignTo(world, person, RoleAt(first - 1));
        if (second > 0 && second != first) AssignTo(world, person, RoleAt(second - 1));
        if (has_third) AssignTo(world, person, Duty(2));
      }
    }
  }
  return world;
}

namespace {

// Which of the variants a small world is.
struct Structure {
  int first_holder, second_holder, account, acting, team, delegation;
};

void AddStructure(World& world, const Structure& s) {
  const int p = AddActor(world, ActorKind::Person), q = AddActor(world, ActorKind::Person);
  const int team = AddActor(world, ActorKind::Team), service = AddActor(world, ActorKind::Service);
  const std::vector<std::vector<int>> users = {{}, {p}, {p, q}, {service}};
  const int account = AddAccount(world, users[static_cast<size_t>(s.account)]);
  const auto actor = [&](int row) -> Actor& { return world.actors[static_cast<size_t>(row)]; };
  if ((s.acting & 1) != 0) actor(p).acts_as.push_back(service);
  if ((s.acting & 2) != 0) actor(q).acts_as.push_back(service);
  if (s.team == 8) {
    actor(team).members.push_back(service);
  } else {
    if ((s.team & 1) != 0) actor(team).members.push_back(p);
    if ((s.team & 2) != 0) actor(team).members.push_back(q);
    if ((s.team & 4) != 0) actor(team).acts_as.push_back(service);
  }
  const int holders[] = {p, q, team, service};
  for (int duty = 0; duty < 2; ++duty) {
    const int holder = duty == 0 ? s.first_holder : s.second_holder;
    Assignment assignment;
    assignment.thing = Duty(duty);
    if (holder == 4) assignment.account = account;
    else assignment.actor = holders[holder];
    world.assignments.push_back(assignment);
  }
  const std::pair<int, int> ways[] = {{0, 0}, {p, q}, {q, p}, {p, team}, {team, q}, {service, p}, {p, service}};
  if (s.delegation != 0) world.delegations.push_back({ways[s.delegation].first, ways[s.delegation].second, Duty(0), true, {}});
}

World StructureRules() {
  World world;
  world.rules = {Pair({Duty(0)}, {Duty(1)}, 0), Pair({Duty(0)}, {Duty(1)}, 3)};
  world.rules[1].is_per_account = true;
  return world;
}

}  // namespace

std::vector<World> StructureWorlds() {
  constexpr int kCounts[] = {5, 5, 4, 4, 9, 7};
  constexpr int kAll = 5 * 5 * 4 * 4 * 9 * 7, kInOne = 60;
  std::vector<World> worlds;
  for (int number = 0; number < kAll; ++number) {
    if (number % kInOne == 0) worlds.push_back(StructureRules());
    int digits[6], rest = number;
    for (int i = 0; i < 6; ++i) {
      digits[i] = rest % kCounts[i];
      rest /= kCounts[i];
    }
    AddStructure(worlds.back(), {digits[0], digits[1], digits[2], digits[3], digits[4], digits[5]});
  }
  return worlds;
}

std::vector<World> PassingOnWorlds() {
  const When whens[] = {{true, true}, {true, false}, {false, true}};
  std::vector<World> worlds;
  for (int number = 0; number < 2 * 6 * 3 * 3 * 2; ++number) {
    const int own = number / 2 % 6;
    World world;
    world.has_capacities = true;
    world.roles.push_back({{}, {{0, kUnsaid, Certainty::Sure}}});
    world.rules = {Pair({Duty(0)}, {Duty(1)})};
    for (int i = 0; i < 3; ++i) AddActor(world, ActorKind::Person);
    AssignTo(world, 0, RoleAt(0));
    AssignTo(world, 2, Duty(1));
    if (own != 0) AssignTo(world, 1, own == 1 || own == 5 ? RoleAt(0) : Duty(0), own == 5 ? 3 : kUnsaid);
    if (own == 2) world.assignments.back().state = kSuspended;
    if (own == 3) world.assignments.back().when = whens[1];
    if (own == 4) world.assignments.back().when = whens[2];
    const Thing first = number / 108 == 0 ? Duty(0) : RoleAt(0);
    world.delegations.push_back({0, 1, first, number % 2 == 0, whens[number / 12 % 3]});
    world.delegations.push_back({1, 2, Duty(0), false, whens[number / 36 % 3]});
    worlds.push_back(world);
  }
  return worlds;
}

}  // namespace oracle::holdings
