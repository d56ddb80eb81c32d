// One world through both implementations.
#ifndef SODC_TESTS_ORACLE_PRODUCT_DIFFER_H_
#define SODC_TESTS_ORACLE_PRODUCT_DIFFER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../world/answer.h"
#include "../world/world.h"

namespace oracle {

// Where the two disagree first; `question` is kUnsaid when the world does not compile.
struct Disagreement {
  int question = kUnsaid;
  std::string what;
};

struct Counts {
  uint64_t worlds = 0;
  uint64_t answers = 0;
  uint64_t conflicts = 0;     // in all answers
  uint64_t paths = 0;
  uint64_t lists = 0;         // of subjects, and of who could be given something
  uint64_t with_conflict = 0; // answers
};

// Compiles the world, asks every question and compares. Nothing when both agree.
std::optional<Disagreement> Differ(const World& world, const std::vector<Question>& questions,
                                   const std::string& folder, Counts& counts);

// Everything the product says about a world; nothing when it refuses it or a question.
std::optional<std::vector<Answer>> AskAll(const World& world, const std::vector<Question>& questions,
                                          const std::string& folder);

// The disagreement as the smallest world that still shows it, for people.
std::string Report(const World& world, const std::vector<Question>& questions,
                   const Disagreement& disagreement, const std::string& folder);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_PRODUCT_DIFFER_H_
