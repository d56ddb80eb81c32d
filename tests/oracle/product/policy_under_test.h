// A policy given as text, compiled and loaded, with the questions that families with an evaluator of
// their own put to it, and their count of agreements.
#ifndef SODC_TESTS_ORACLE_PRODUCT_POLICY_UNDER_TEST_H_
#define SODC_TESTS_ORACLE_PRODUCT_POLICY_UNDER_TEST_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sod/query.h"
#include "sod/table.h"

namespace oracle {

class PolicyUnderTest {
 public:
  // Compiles in the folder and loads; `problem()` says why that failed.
  PolicyUnderTest(const std::string& text, const std::string& folder);
  const std::string& problem() const { return problem_; }

  // INVARIANT of all below: no problem.
  const sod::Table& table() const { return *table_; }
  const std::vector<sod::Subject>& subjects() const { return subjects_; }
  // The rules that the fast tier finds violated.
  std::set<std::string> Violations(const sod::Subject& subject, sod::Instant at);
  // The conflicts of the whole answer; one without a way to it is called so, which no rule is.
  std::set<std::string> Conflicts(const sod::Subject& subject, sod::Instant at);
  sod::Result<sod::Answer> Ask(const sod::Subject& subject, sod::Instant at, const std::optional<sod::Holding>& request = std::nullopt);

 private:
  std::string problem_;
  std::optional<sod::Table> table_;
  std::optional<sod::Workspace> workspace_;
  std::vector<sod::Subject> subjects_;
};

// Counts answers, and prints the first disagreements.
class Agreement {
 public:
  void Compare(const std::string& about, const std::set<std::string>& expected, const std::set<std::string>& got);
  // True when nothing was wrong and the counts are these; prints them after `name`.
  bool IsComplete(const std::string& name, uint64_t answers, uint64_t hits) const;

  uint64_t answers = 0, hits = 0, wrong = 0;
};

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_PRODUCT_POLICY_UNDER_TEST_H_
