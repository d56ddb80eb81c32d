// The same answers from the product: text → bytes → libsod.
#ifndef SODC_TESTS_ORACLE_JUDGED_ASK_JUDGED_H_
#define SODC_TESTS_ORACLE_JUDGED_ASK_JUDGED_H_

#include <string>
#include <vector>

#include "judged_world.h"

namespace oracle::judged {

constexpr int kDaysAsked[] = {4, 11, 17, 25};

struct Asked {
  std::string problem;                // why the policy was refused
  std::vector<Answer> answers;        // of each person of the world on each of these days
  std::vector<std::string> bad_ways;  // of rejected controls, in words
  long ways = 0;                      // looked at
};

// Paths are looked at when `with_ways`.
Asked AskProduct(const World& world, const std::string& folder, bool with_ways);
std::vector<Answer> AskJudge(const World& world, Reading reading);

std::string Difference(const World& world, const std::vector<Answer>& expected, const std::vector<Answer>& got);

}  // namespace oracle::judged

#endif  // SODC_TESTS_ORACLE_JUDGED_ASK_JUDGED_H_
