// Who holds what and through which chain: the set E(p, t) of semantics.md, by hand.
#ifndef SODC_TESTS_ORACLE_WORLD_HELD_H_
#define SODC_TESTS_ORACLE_WORLD_HELD_H_

#include <map>
#include <set>
#include <vector>

#include "answer.h"
#include "plain_rules.h"
#include "world.h"

namespace oracle {

// One thing given to a subject, by a declaration or by the question itself.
struct Holding {
  Target target;             // `all` is written out
  Seconds from = kOpenBegin;
  Seconds until = kOpenEnd;
  StepPath holder;           // from the subject to the actor or account that has it
  bool is_request = false;
  bool IsActive(Seconds at) const { return from <= at && at < until; }
};

struct Held {
  std::map<int, int> duties;  // duty → highest level
  std::set<int> roles;        // with everything included
  std::set<int> direct_roles; // those assigned themselves
};

// Everything the subject is given at any time, the request not among it.
std::vector<Holding> HoldingsOf(const World& world, const Question& question);
// The same with what is requested, if anything is.
std::vector<Holding> HoldingsWithRequest(const World& world, const Question& question);

// The closure of what one holding, or of what all active ones, give.
Held HeldThrough(const World& world, const Holding& holding);
Held HeldAt(const World& world, const std::vector<Holding>& holdings, Seconds at);

int TopLevel(const World& world);
int LevelOrTop(const World& world, int level);
bool Holds(const Held& held, const PlainElement& element);

// The number of roles in the shortest chain from a role to the element, itself included.
int RolesToElement(const World& world, int role, const PlainElement& element);
// Every chain of inclusion from a role to one that grants the element itself, or is it.
std::vector<std::vector<int>> ChainsToElement(const World& world, int role, const PlainElement& element);
// Whether this role grants the duty itself, at the trigger or above.
bool GrantsDirectly(const World& world, int role, const PlainElement& element);
std::vector<int> TeamsOf(const World& world, int member);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_HELD_H_
