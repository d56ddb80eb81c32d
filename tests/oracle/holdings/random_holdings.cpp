// Worlds about holdings made by chance, from a seed.
#include <algorithm>

#include "../world/dice.h"
#include "make_worlds.h"

namespace oracle::holdings {
namespace {

class Making {
 public:
  explicit Making(uint64_t seed) : dice_(seed) {}

  World Run() {
    world_.has_capacities = dice_.Percent(50);
    world_.duties = dice_.Between(3, 6);
    AddRoles();
    AddActors();
    AddAccounts();
    for (int i = dice_.Between(4, 18); i > 0; --i) AddAssignment();
    for (int i = dice_.Below(5); i > 0; --i) AddDelegation();
    for (int i = dice_.Between(2, 8); i > 0; --i) AddRule();
    return world_;
  }

 private:
  int Capacity(int chance) { return world_.has_capacities && dice_.Percent(chance) ? dice_.Below(kCapacities) : kUnsaid; }

  When AnyTime() {
    const int when = dice_.Below(6);
    return {when != 0, when != 1};
  }

  Thing AnyThing() {
    if (dice_.Percent(50)) return {true, dice_.Below(static_cast<int>(world_.roles.size()))};
    return {false, dice_.Below(world_.duties)};
  }

  int AnyActor() { return dice_.Below(static_cast<int>(world_.actors.size())); }

  void AddRoles() {
    const int count = dice_.Between(2, 5);
    for (int row = 0; row < count; ++row) {
      Role role;
      for (const int included : dice_.Some(row, dice_.Below(3))) role.includes.push_back(included);
      for (const int duty : dice_.Some(world_.duties, dice_.Below(4))) {
        const int certainty = dice_.Below(6);
        role.grants.push_back({duty, Capacity(40), certainty < 4 ? Certainty::Sure : static_cast<Certainty>(certainty - 3)});
      }
      world_.roles.push_back(role);
    }
  }

  // People, then teams, then services; members and what is acted as stand so that no way leads back.
  void AddActors() {
    const int people = dice_.Between(2, 5), teams = dice_.Below(4), services = dice_.Below(4);
    for (int i = 0; i < people + teams + services; ++i) {
      Actor actor;
      actor.kind = i < people ? ActorKind::Person : i < people + teams ? ActorKind::Team : ActorKind::Service;
      actor.is_vacant = actor.kind == ActorKind::Person && dice_.Percent(10);
      if (actor.kind == ActorKind::Team) actor.members = dice_.Some(i, dice_.Below(4));
      for (int service = std::max(i + 1, people + teams); service < people + teams + services; ++service) {
        if (dice_.Percent(30)) actor.acts_as.push_back(service);
      }
      world_.actors.push_back(actor);
    }
  }

  void AddAccounts() {
    const int count = dice_.Below(5);
    for (int i = 0; i < count; ++i) {
      const int users = dice_.Percent(20) ? 0 : dice_.Percent(70) ? 1 : dice_.Between(2, 3);
      world_.accounts.push_back({dice_.Some(static_cast<int>(world_.actors.size()), users)});
    }
  }

  void AddAssignment() {
    Assignment assignment;
    assignment.thing = AnyThing();
    assignment.capacity = Capacity(40);
    if (dice_.Percent(35)) assignment.state = static_cast<State>(dice_.Below(kStates));
    assignment.when = AnyTime();
    assignment.actor = AnyActor();
    if (!world_.accounts.empty() && dice_.Percent(40)) assignment.account = dice_.Below(static_cast<int>(world_.accounts.size()));
    world_.assignments.push_back(assignment);
  }

  void AddDelegation() {
    Delegation delegation;
    delegation.from = AnyActor();
    delegation.to = AnyActor();
    if (delegation.from == delegation.to) return;
    delegation.thing = AnyThing();
    delegation.may_be_passed_on = dice_.Percent(80);
    delegation.when = AnyTime();
    world_.delegations.push_back(delegation);
  }

  Element AnyElement(int capacity_chance) {
    Element element;
    element.thing = AnyThing();
    element.capacity = Capacity(capacity_chance);
    element.is_direct = element.thing.is_role && dice_.Percent(25);
    return element;
  }

  // One thing must not be on both sides.
  void AddSides(Rule& rule) {
    const Element first = AnyElement(40), second = AnyElement(40);
    if (first.thing == second.thing) return AddSides(rule);
    rule.sides = {{first}, {second}};
    for (int row = 0; row < 3; ++row) {
      Element more = first;
      more.thing.row = row;
      const int known = first.thing.is_role ? static_cast<int>(world_.roles.size()) : world_.duties;
      if (row < known && !(more.thing == first.thing) && !(more.thing == second.thing) && dice_.Percent(30)) rule.sides[0].push_back(more);
    }
  }

  void AddRule() {
    Rule rule;
    if (dice_.Percent(25)) {
      for (const int duty : dice_.Some(world_.duties, 3)) rule.sides.push_back({{{false, duty}, kUnsaid, false}});
      rule.at_most = dice_.Between(1, 2);
    } else {
      AddSides(rule);
    }
    rule.is_per_account = dice_.Percent(30);
    rule.mode = dice_.Below(4);
    for (const State state : {kActive, kEligible, kRequested, kEmergency}) {
      if (dice_.Percent(20)) rule.counting |= 1 << state;
    }
    world_.rules.push_back(rule);
  }

  Dice dice_;
  World world_;
};

}  // namespace

World RandomWorld(uint64_t seed) { return Making(seed).Run(); }

}  // namespace oracle::holdings
