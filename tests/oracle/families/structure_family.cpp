// F1 of appendix I.
#include <array>
#include <vector>

#include "family.h"

namespace oracle {

namespace {

constexpr int kRoles = 3;
constexpr int kDuties = 3;
constexpr int kGrantSets = 1 << (kRoles * kDuties);
constexpr int kWays = 64;  // subsets of the roles through the first × through the second account

// For each role the set of roles it includes, as bits.
using Inclusion = std::array<int, kRoles>;

bool IsAcyclic(const Inclusion& includes) {
  int removed = 0;
  for (int round = 0; round < kRoles; ++round) {
    for (int role = 0; role < kRoles; ++role) {
      if ((includes[role] & ~removed) == 0) removed |= 1 << role;
    }
  }
  return removed == (1 << kRoles) - 1;
}

// All labelled directed acyclic graphs on three roles: 25 of the 64 without loops.
std::vector<Inclusion> Inclusions() {
  std::vector<Inclusion> all;
  for (int bits = 0; bits < (1 << (kRoles * kRoles)); ++bits) {
    const Inclusion includes = {bits & 7, (bits >> 3) & 7, (bits >> 6) & 7};
    if (IsAcyclic(includes)) all.push_back(includes);
  }
  return all;
}

void AddRoles(World& world, const Inclusion& includes, int grants) {
  for (int r = 0; r < kRoles; ++r) {
    Role role;
    role.name = "r" + std::to_string(r);
    for (int i = 0; i < kRoles; ++i) {
      if ((includes[r] >> i & 1) != 0) role.includes.push_back(i);
    }
    for (int d = 0; d < kDuties; ++d) {
      if ((grants >> (r * kDuties + d) & 1) != 0) role.grants.push_back({d, kUnsaid, kUnsaid});
    }
    world.roles.push_back(role);
  }
  world.roles[2].restrictions.push_back({0, kUnsaid, false, false});
}

Side OneDuty(int duty) { return {Quantifier::One, kUnsaid, kUnsaid, {duty}, kUnsaid}; }
Side OneRole(int role) { return {Quantifier::One, role, kUnsaid, {}, kUnsaid}; }

void AddRules(World& world) {
  for (const auto& [a, b] : {std::pair{0, 1}, {0, 2}, {1, 2}}) {
    world.rules.push_back({"", false, 1, {OneDuty(a), OneDuty(b)}, false, {}, {}});
  }
  for (int k = 1; k <= 2; ++k) {
    world.rules.push_back({"at_most_" + std::to_string(k), true, k,
                           {OneDuty(0), OneDuty(1), OneDuty(2)}, false, {}, {}});
  }
  world.rules.push_back({"", false, 1, {OneRole(0), OneRole(1)}, false, {}, {}});
}

void AddHolder(World& world, int way) {
  Actor person{"p" + std::to_string(way), ActorKind::Person, {}, {}, false};
  for (int a = 0; a < 2; ++a) {
    const int account = static_cast<int>(world.accounts.size());
    world.accounts.push_back({0, "p" + std::to_string(way) + (a == 0 ? "a" : "b"), false});
    person.accounts.push_back(account);
    Assignment assignment;
    assignment.account = account;
    for (int role = 0; role < kRoles; ++role) {
      if ((way >> (a * kRoles + role) & 1) != 0) assignment.targets.push_back({true, role, kUnsaid});
    }
    if (!assignment.targets.empty()) world.assignments.push_back(assignment);
  }
  world.actors.push_back(person);
}

Case MakeCase(const Inclusion& includes, int grants) {
  Case entry;
  entry.world.name = "structure";
  entry.world.system_count = 1;
  for (int d = 0; d < kDuties; ++d) entry.world.duties.push_back({"d" + std::to_string(d), kUnsaid, {}, {}, false});
  AddRoles(entry.world, includes, grants);
  AddRules(entry.world);
  for (int way = 0; way < kWays; ++way) {
    AddHolder(entry.world, way);
    entry.questions.push_back({way, kUnsaid, {}, kFirstSecond, {}});
  }
  return entry;
}

}  // namespace

Family StructureFamily() {
  const std::vector<Inclusion> inclusions = Inclusions();
  const uint64_t cases = inclusions.size() * kGrantSets;
  return {"F1 structure", cases, cases * kWays, [inclusions](uint64_t index) {
            return MakeCase(inclusions[index / kGrantSets], static_cast<int>(index % kGrantSets));
          }};
}

}  // namespace oracle
