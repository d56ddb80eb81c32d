// Worlds by hand for the tests of the judge: names are letters, ids are positions.
#ifndef SODC_TESTS_ORACLE_JUDGE_TEST_SMALL_WORLDS_H_
#define SODC_TESTS_ORACLE_JUDGE_TEST_SMALL_WORLDS_H_

#include <string>
#include <vector>

#include "../world/judge.h"

namespace oracle {

// Duties a, b, c, d and one person p.
inline World FourDuties() {
  World world;
  for (const char* name : {"a", "b", "c", "d"}) world.duties.push_back({name, kUnsaid, {}, {}, false});
  world.actors.push_back({"p", ActorKind::Person, {}, {}, false});
  return world;
}

inline Side Duty1(int duty, int trigger = kUnsaid) {
  return {Quantifier::One, kUnsaid, kUnsaid, {duty}, trigger};
}
inline Side Role1(int role) { return {Quantifier::One, role, kUnsaid, {}, kUnsaid}; }
inline Side Set(Quantifier quantifier, std::vector<int> duties) {
  return {quantifier, kUnsaid, kUnsaid, std::move(duties), kUnsaid};
}
inline Target ToDuty(int duty, int level = kUnsaid) { return {false, duty, level}; }
inline Target ToRole(int role) { return {true, role, kUnsaid}; }

inline void Assign(World& world, int actor, std::vector<Target> targets, Days days = {}) {
  world.assignments.push_back({actor, kUnsaid, std::move(targets), days});
}
inline void AddPair(World& world, const std::string& name, Side first, Side second) {
  world.rules.push_back({name, false, 1, {std::move(first), std::move(second)}, false, {}, {}});
}
inline Question About(int actor, int day = 0) { return {actor, kUnsaid, {}, StartOfDay(day), {}}; }

// "a/b denied" for every conflict, blank between.
inline std::string Told(const Answer& answer) {
  std::string text;
  for (const ConflictAnswer& conflict : answer.conflicts) {
    text += (text.empty() ? "" : " ") + conflict.id + ":" + conflict.disposition;
    if (conflict.introduced) text += "!";
  }
  return text;
}
inline std::string Told(const World& world, const Question& question) {
  return Told(Judge(world).Decide(question));
}

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_JUDGE_TEST_SMALL_WORLDS_H_
