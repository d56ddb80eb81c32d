// Query and load times on worlds of a fixed seed (rulings appendix H: W2r, W2 and W2
// with 20 duties a role). Each number is the best of several rounds; beside it stands
// what plain code needs for the same in the same run: a bit matrix for a pair, a union
// of bit sets with a list of pairs for a person.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "runtime/core/image.h"
#include "sod/query.h"
#include "tests/support/test_table.h"

namespace sod {
namespace {

constexpr uint32_t kDuties = 1000, kRoles = 1000, kPairs = 2000;
constexpr size_t kPeople = 20000, kRolesHeld = 8;
constexpr int kRounds = 7;

struct World {
  std::string name;
  std::string file;
  std::vector<std::vector<uint32_t>> role_duties;
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
};

World MakeWorld(const std::string& name, uint32_t duties_a_role) {
  std::mt19937 random(1);
  const auto below = [&](uint32_t bound) { return static_cast<uint32_t>(random() % bound); };
  test::PolicyBuilder policy;
  World world;
  world.name = name;
  for (uint32_t i = 0; i < kDuties; ++i) policy.Duty("duty_" + std::to_string(i));
  for (uint32_t i = 0; i < kRoles; ++i) {
    test::RoleSpec role{"role_" + std::to_string(i), {}, {}};
    std::vector<uint32_t>& duties = world.role_duties.emplace_back();
    while (duties.size() < duties_a_role) {
      const uint32_t duty = duties_a_role == 1 ? i : below(kDuties);
      if (std::ranges::find(duties, duty) != duties.end()) continue;
      duties.push_back(duty);
      role.grants.push_back({duty, 0});
    }
    policy.Role(role);
  }
  for (uint32_t i = 0; i < kPairs; ++i) {
    const uint32_t a = below(kDuties), b = (a + 1 + below(kDuties - 1)) % kDuties;
    policy.Pair("pair_" + std::to_string(i), {a, 0}, {b, 0});
    world.pairs.emplace_back(a, b);
  }
  world.file = test::Write(policy.Finish());
  return world;
}

// Nanoseconds for each of `count` things that `body` does, the best of all rounds.
template <typename Body>
double BestOf(size_t count, Body body) {
  double best = std::numeric_limits<double>::max();
  for (int round = 0; round < kRounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    body();
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
    best = std::min(best, spent.count() / static_cast<double>(count));
  }
  return best;
}

std::vector<Holding> MakePeople(size_t count) {
  std::mt19937 random(2);
  std::vector<Holding> holdings(count * kRolesHeld);
  for (Holding& holding : holdings) {
    holding.kind = HeldKind::Role;
    holding.target = static_cast<uint32_t>(random() % kRoles);
  }
  return holdings;
}

// Bits of the duties held, then the pairs that start at each of them.
uint64_t CountPlainly(const World& world, std::span<const Holding> people) {
  std::vector<std::vector<uint32_t>> neighbours(kDuties);
  for (const auto& [a, b] : world.pairs) neighbours[a].push_back(b);
  std::vector<uint8_t> held(kDuties);
  std::vector<uint32_t> duties;
  uint64_t found = 0;
  for (size_t i = 0; i < people.size(); i += kRolesHeld) {
    duties.clear();
    for (const Holding& holding : people.subspan(i, kRolesHeld)) {
      for (const uint32_t duty : world.role_duties[holding.target]) {
        if (!held[duty]) duties.push_back(duty);
        held[duty] = 1;
      }
    }
    for (const uint32_t duty : duties) {
      for (const uint32_t other : neighbours[duty]) found += held[other];
    }
    for (const uint32_t duty : duties) held[duty] = 0;
  }
  return found;
}

void MeasurePeople(const World& world, Workspace& workspace) {
  const std::vector<Holding> people = MakePeople(kPeople);
  uint64_t found = 0, plain = 0;
  const double ours = BestOf(kPeople, [&] {
    found = 0;
    for (size_t i = 0; i < people.size(); i += kRolesHeld) {
      found += workspace.Violations(std::span(people).subspan(i, kRolesHeld), 0).size();
    }
  });
  const double floor = BestOf(kPeople, [&] { plain = CountPlainly(world, people); });
  std::printf("%-4s 8-role person, all conflicts  %7.0f ns   plain %7.0f ns   ratio %.2f   conflicts %llu %s\n",
              world.name.c_str(), ours, floor, ours / floor, static_cast<unsigned long long>(found),
              found == plain ? "(equal)" : "(DIFFERENT)");
}

void MeasurePairs(const World& world, Workspace& workspace) {
  std::vector<uint64_t> matrix(size_t{kDuties} * kDuties / 64 + 1);
  for (const auto& [a, b] : world.pairs) {
    for (const size_t bit : {size_t{a} * kDuties + b, size_t{b} * kDuties + a}) {
      matrix[bit / 64] |= uint64_t{1} << (bit % 64);
    }
  }
  constexpr uint32_t kQuestions = 1'000'000;
  uint64_t found = 0, plain = 0;
  const auto ask = [&](auto forbidden) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < kQuestions; ++i) {
      const uint32_t a = i * 7919 % kDuties;
      count += forbidden(a, (a + 1 + i * 104729 % (kDuties - 1)) % kDuties) ? 1 : 0;
    }
    return count;
  };
  const double ours = BestOf(kQuestions, [&] {
    found = ask([&](uint32_t a, uint32_t b) {
      return workspace.FirstPairViolation({NameKind::Duty, a}, {NameKind::Duty, b}) != kNone;
    });
  });
  const double floor = BestOf(kQuestions, [&] {
    plain = ask([&](uint32_t a, uint32_t b) {
      const size_t bit = size_t{a} * kDuties + b;
      return (matrix[bit / 64] >> (bit % 64) & 1) != 0;
    });
  });
  std::printf("%-4s pair of duties by id          %7.1f ns   plain %7.1f ns   ratio %.2f   %s\n",
              world.name.c_str(), ours, floor, ours / floor, found == plain ? "(equal)" : "(DIFFERENT)");
}

// All people one after another, in one thread, as a service scans them.
void MeasureScan(const World& world, Workspace& workspace) {
  constexpr size_t kScanned = 100'000;
  const std::vector<Holding> people = MakePeople(kScanned);
  uint64_t found = 0;
  const double ours = BestOf(1, [&] {
    found = 0;
    for (size_t i = 0; i < people.size(); i += kRolesHeld) {
      found += workspace.Violations(std::span(people).subspan(i, kRolesHeld), 0).size();
    }
  });
  uint64_t plain = 0;
  const double floor = BestOf(1, [&] { plain = CountPlainly(world, people); });
  std::printf("%-4s scan of 100 000 people         %7.1f ms   plain %7.1f ms   ratio %.2f   conflicts %llu %s\n", world.name.c_str(),
              ours / 1e6, floor / 1e6, ours / floor, static_cast<unsigned long long>(found), found == plain ? "(equal)" : "(DIFFERENT)");
}

// A duty stands in four rules on average; only their number grows.
void MeasureGrowth() {
  double smallest = 0;
  for (const uint32_t rules : {100u, 1'000u, 10'000u}) {  // the writer of tests is too slow for more
    std::mt19937 random(3);
    const uint32_t duties = rules / 2;
    test::PolicyBuilder policy;
    for (uint32_t i = 0; i < duties; ++i) policy.Duty("duty_" + std::to_string(i));
    for (uint32_t i = 0; i < rules; ++i) {
      const uint32_t a = static_cast<uint32_t>(random() % duties);
      const uint32_t b = (a + 1 + static_cast<uint32_t>(random() % (duties - 1))) % duties;
      policy.Pair("pair_" + std::to_string(i), {a, 0}, {b, 0});
    }
    const std::string file = test::Write(policy.Finish());
    const Table table = Table::Load(std::as_bytes(std::span(file))).value();
    Workspace workspace(table);
    constexpr uint32_t kQuestions = 1'000'000;
    uint64_t found = 0;
    const double spent = BestOf(kQuestions, [&] {
      found = 0;
      for (uint64_t i = 0; i < kQuestions; ++i) {
        const uint32_t a = static_cast<uint32_t>(i * 7919 % duties);
        const uint32_t b = static_cast<uint32_t>((a + 1 + i * 104729 % (duties - 1)) % duties);
        found += workspace.FirstPairViolation({NameKind::Duty, a}, {NameKind::Duty, b}) != kNone ? 1 : 0;
      }
    });
    if (smallest == 0) smallest = spent;
    std::printf("%6u rules: pair of duties by id %7.1f ns   %.2f of the smallest   (%llu found)\n", rules, spent, spent / smallest,
                static_cast<unsigned long long>(found));
  }
}

void Measure(const World& world) {
  const auto bytes = std::as_bytes(std::span(world.file));
  const double load = BestOf(1, [&] { static_cast<void>(Table::Load(bytes)); });
  const double megabytes = static_cast<double>(bytes.size()) / 1e6;
  std::printf("%-4s load and verify               %7.2f ms   %.2f MB   %.2f ms a MB\n", world.name.c_str(),
              load / 1e6, megabytes, load / 1e6 / megabytes);
  const Table table = Table::Load(bytes).value();
  Workspace workspace(table);
  MeasurePairs(world, workspace);
  MeasurePeople(world, workspace);
  MeasureScan(world, workspace);
}

}  // namespace
}  // namespace sod

int main() {
  sod::Measure(sod::MakeWorld("W2r", 1));
  sod::Measure(sod::MakeWorld("W2", 5));
  sod::Measure(sod::MakeWorld("W2+", 20));
  sod::MeasureGrowth();
  return 0;
}
