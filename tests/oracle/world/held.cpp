// Holdings and closures, by walking the structs.
#include "held.h"

#include <algorithm>

namespace oracle {

namespace {

const char* const kActorKinds[] = {"person", "team", "external"};

Step StepOf(const World& world, int actor) {
  return {kActorKinds[static_cast<int>(world.actors[actor].kind)], world.actors[actor].name};
}

Step AccountStep(const World& world, int account) {
  const Account& entry = world.accounts[account];
  return {"account", SystemName(entry.system) + ":" + entry.identifier};
}

std::vector<int> GrantedDuties(const World& world, const Grant& grant) {
  if (grant.duty != kUnsaid) return {grant.duty};
  return grant.group != kUnsaid ? DutiesOfGroup(world, grant.group) : AllDuties(world);
}

void AddDuty(Held& held, int duty, int level) {
  const auto [entry, is_new] = held.duties.emplace(duty, level);
  if (!is_new) entry->second = std::max(entry->second, level);
}

void AddRole(const World& world, int role, Held& held) {
  if (!held.roles.insert(role).second) return;
  for (const Grant& grant : world.roles[role].grants) {
    for (int duty : GrantedDuties(world, grant)) {
      AddDuty(held, duty, LevelOrTop(world, grant.level));
    }
  }
  for (int included : world.roles[role].includes) AddRole(world, included, held);
}

void AddHolding(const World& world, const Holding& holding, Held& held) {
  if (holding.target.is_role) {
    AddRole(world, holding.target.index, held);
    held.direct_roles.insert(holding.target.index);
  } else {
    AddDuty(held, holding.target.index, LevelOrTop(world, holding.target.level));
  }
}

// What is assigned to exactly this actor or account.
void AddAssigned(const World& world, int actor, int account, const StepPath& holder,
                 std::vector<Holding>& holdings) {
  for (const Assignment& assignment : world.assignments) {
    if (assignment.actor != actor || assignment.account != account) continue;
    for (const Target& target : assignment.targets) {
      const std::vector<int> everything =
          target.index == kUnsaid ? AllDuties(world) : std::vector<int>{target.index};
      for (int index : everything) {
        holdings.push_back({{target.is_role, index, target.level}, assignment.days.begin(),
                            assignment.days.end(), holder, false});
      }
    }
  }
}

// The shortest membership chain to every team that contains the actor, breadth first.
std::vector<std::pair<int, StepPath>> MembershipChains(const World& world, int actor) {
  std::vector<std::pair<int, StepPath>> chains = {{actor, {StepOf(world, actor)}}};
  std::set<int> seen = {actor};
  for (size_t i = 0; i < chains.size(); ++i) {
    for (int team : TeamsOf(world, chains[i].first)) {
      if (!seen.insert(team).second) continue;
      StepPath chain = chains[i].second;
      chain.push_back(StepOf(world, team));
      chains.emplace_back(team, std::move(chain));
    }
  }
  return chains;
}

}  // namespace

int TopLevel(const World& world) { return world.level_count > 0 ? world.level_count - 1 : 0; }

int LevelOrTop(const World& world, int level) {
  return level == kUnsaid ? TopLevel(world) : level;
}

bool Holds(const Held& held, const PlainElement& element) {
  if (element.is_role) return (element.is_direct ? held.direct_roles : held.roles).count(element.index) > 0;
  const auto found = held.duties.find(element.index);
  return found != held.duties.end() && found->second >= element.trigger;
}

std::vector<int> TeamsOf(const World& world, int member) {
  std::vector<int> teams;
  for (int i = 0; i < static_cast<int>(world.actors.size()); ++i) {
    const std::vector<int>& members = world.actors[i].members;
    if (std::find(members.begin(), members.end(), member) != members.end()) teams.push_back(i);
  }
  return teams;
}

std::vector<Holding> HoldingsOf(const World& world, const Question& question) {
  std::vector<Holding> holdings;
  for (const Target& target : question.held) {
    holdings.push_back({target, kOpenBegin, kOpenEnd, {}, false});
  }
  if (question.account != kUnsaid) {
    AddAssigned(world, kUnsaid, question.account, {AccountStep(world, question.account)}, holdings);
  }
  if (question.actor == kUnsaid) return holdings;
  for (const auto& [actor, chain] : MembershipChains(world, question.actor)) {
    AddAssigned(world, actor, kUnsaid, chain, holdings);
    for (int account : world.actors[actor].accounts) {
      StepPath holder = chain;
      holder.push_back(AccountStep(world, account));
      AddAssigned(world, kUnsaid, account, holder, holdings);
    }
  }
  return holdings;
}

std::vector<Holding> HoldingsWithRequest(const World& world, const Question& question) {
  std::vector<Holding> holdings = HoldingsOf(world, question);
  if (question.request) {
    const Request& request = *question.request;
    holdings.push_back({request.target, request.from, request.until, {}, true});
  }
  return holdings;
}

Held HeldThrough(const World& world, const Holding& holding) {
  Held held;
  AddHolding(world, holding, held);
  return held;
}

Held HeldAt(const World& world, const std::vector<Holding>& holdings, Seconds at) {
  Held held;
  for (const Holding& holding : holdings) {
    if (!holding.IsActive(at)) continue;
    const Held one = HeldThrough(world, holding);
    held.roles.insert(one.roles.begin(), one.roles.end());
    held.direct_roles.insert(one.direct_roles.begin(), one.direct_roles.end());
    for (const auto& [duty, level] : one.duties) AddDuty(held, duty, level);
  }
  return held;
}

bool GrantsDirectly(const World& world, int role, const PlainElement& element) {
  for (const Grant& grant : world.roles[role].grants) {
    const std::vector<int> duties = GrantedDuties(world, grant);
    if (std::find(duties.begin(), duties.end(), element.index) != duties.end() &&
        LevelOrTop(world, grant.level) >= element.trigger) {
      return true;
    }
  }
  return false;
}

std::vector<std::vector<int>> ChainsToElement(const World& world, int role, const PlainElement& element) {
  std::vector<std::vector<int>> chains;
  if (element.is_role ? role == element.index : GrantsDirectly(world, role, element)) chains.push_back({role});
  if (element.is_direct) return chains;
  for (int included : world.roles[role].includes) {
    for (std::vector<int> chain : ChainsToElement(world, included, element)) {
      chain.insert(chain.begin(), role);
      chains.push_back(std::move(chain));
    }
  }
  return chains;
}

int RolesToElement(const World& world, int role, const PlainElement& element) {
  std::vector<std::pair<int, int>> reached = {{role, 1}};
  for (size_t i = 0; i < reached.size(); ++i) {
    const auto [current, length] = reached[i];
    const bool is_there = element.is_role ? current == element.index
                                          : GrantsDirectly(world, current, element);
    if (is_there) return length;
    if (element.is_direct) return 0;
    for (int included : world.roles[current].includes) reached.emplace_back(included, length + 1);
  }
  return 0;
}

}  // namespace oracle
