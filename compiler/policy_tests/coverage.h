// Which rules, controls and waivers of a policy its tests hold. Each needs two cases: one in which it takes effect,
// that says what follows (the disposition and, of a rated rule, what remains of the risk), and one that differs from it in
// a single fact, in which it does not. A test that is not passed holds nothing.
#ifndef SODC_POLICY_TESTS_COVERAGE_H_
#define SODC_POLICY_TESTS_COVERAGE_H_

#include <string>
#include <vector>

#include "compiler/model/model.h"
#include "compiler/policy_tests/cases.h"
#include "compiler/policy_tests/judge_case.h"

namespace sodc {

struct CoveredItem {
  std::string kind;  // rule, control, waiver
  std::string name;
  Span span;
  bool has_hit = false;
  bool has_miss = false;
};
struct Coverage {
  std::vector<CoveredItem> items;  // rules, controls that cover something, waivers; source order each
  size_t held = 0;                 // hits and misses there are
  size_t wanted = 0;               // two an item
  // Whole, rounded down; 100 when nothing is to be held.
  uint32_t per_cent() const { return wanted == 0 ? 100 : static_cast<uint32_t>(held * 100 / wanted); }
};

// `results[i]` is of `cases[i]`. O(items × cases²).
Coverage CoverageOf(const model::Model& model, const sod::Table& table, const CaseJudge& judge, const std::vector<PolicyCase>& cases,
                    const std::vector<CaseResult>& results);

}  // namespace sodc

#endif  // SODC_POLICY_TESTS_COVERAGE_H_
