// Laws that answers keep whatever the policy is (docs/semantics.md, "Laws"): a world is
// changed in a way whose effect is known beforehand, and the product is asked about both.
#ifndef SODC_TESTS_ORACLE_LAWS_LAWS_H_
#define SODC_TESTS_ORACLE_LAWS_LAWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "../world/answer.h"
#include "../world/dice.h"
#include "../world/world.h"

namespace oracle {

// A changed world, and how to read its answers.
struct Variant {
  World world;
  std::vector<Question> questions;
  // From a name of the variant to the one of the original; empty = the same names.
  std::vector<std::pair<std::string, std::string>> names_back;
};

struct Law {
  const char* name;
  Variant (*change)(const World& world, const std::vector<Question>& questions, Dice& dice);
  // What is wrong with the second answer, empty when nothing.
  std::string (*check)(const Answer& before, const Answer& after);
};

// All of them.
const std::vector<Law>& Laws();

// The answer with the variant's names replaced by the original's.
Answer InOriginalNames(Answer answer, const Variant& variant);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_LAWS_LAWS_H_
