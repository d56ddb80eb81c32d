// Laws of appendix A of the rulings: what no change of controls, waivers, evidence, modes, appetite, risk,
// holdings and order may do to an answer (docs/semantics.md, "Laws").
#ifndef SODC_TESTS_ORACLE_JUDGED_LAWS_JUDGED_H_
#define SODC_TESTS_ORACLE_JUDGED_LAWS_JUDGED_H_

#include <optional>
#include <string>
#include <vector>

#include "judged_world.h"

namespace oracle::judged {

struct Law {
  const char* name;
  // The changed world; nothing when it has no place for the change.
  std::optional<World> (*change)(World world, Dice& dice);
  // What is wrong with the second of two answers; empty: nothing.
  std::string (*check)(const Answer& before, const Answer& after);
  bool may_change = true;  // dispositions; then some must
  Reading broken_by;       // a wrong reading that this law must find
};

const std::vector<Law>& Laws();

}  // namespace oracle::judged

#endif  // SODC_TESTS_ORACLE_JUDGED_LAWS_JUDGED_H_
