// The worlds of the family: small ones one by one, larger ones by chance.
#ifndef SODC_TESTS_ORACLE_HOLDINGS_MAKE_WORLDS_H_
#define SODC_TESTS_ORACLE_HOLDINGS_MAKE_WORLDS_H_

#include <cstdint>
#include <vector>

#include "holdings_world.h"

namespace oracle::holdings {

// Two duties, each held in no state or in one of five, with an account, another one or none; the first one
// in up to two of these ways: 1 936 people. Every set of states that a rule can count, per person and per account.
World StatesWorld();
// A duty in each capacity or none, by a role in each capacity, by one that includes it, and directly, beside
// another duty likewise: 2 221 people. Every pair of capacities on two sides; roles in each capacity.
World CapacitiesWorld();
// Each of two duties granted surely, under a condition, undecided or not, by two roles, by one that includes
// such a role: 1 122 people.
World CertaintiesWorld();
// Who holds the one duty and who the other of two people, a team, a service and an account; whose the account
// is, who is in the team, who acts as the service, who delegates the first duty to whom: 25 200 small worlds,
// 60 in one.
std::vector<World> StructureWorlds();
// Somebody passes on what was delegated: allowed or not, with and without something of their own, by dates: 216.
std::vector<World> PassingOnWorlds();

// Everything at once.
World RandomWorld(uint64_t seed);

}  // namespace oracle::holdings

#endif  // SODC_TESTS_ORACLE_HOLDINGS_MAKE_WORLDS_H_
