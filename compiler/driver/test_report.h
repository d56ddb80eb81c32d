// What the tests of policies came to, as text for people, as JSON (sod.test/1) and as JUnit XML.
#ifndef SODC_DRIVER_TEST_REPORT_H_
#define SODC_DRIVER_TEST_REPORT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/pipeline.h"
#include "compiler/policy_tests/cases.h"
#include "compiler/policy_tests/coverage.h"
#include "compiler/policy_tests/judge_case.h"
#include "sod/table.h"

namespace sodc {

struct TestedPolicy {
  std::string path;  // as given
  std::unique_ptr<Compilation> compilation;
  std::unique_ptr<sod::Table> table;  // the judge looks at it, wherever this is moved
  std::unique_ptr<CaseJudge> judge;
  std::vector<PolicyCase> cases;      // those the filter lets through
  std::vector<CaseResult> results;
  std::optional<Coverage> coverage;   // when asked for
};

size_t CountOf(const TestedPolicy& policy, Outcome outcome);
// Of all policies together, as one.
uint32_t PerCentHeld(const std::vector<TestedPolicy>& policies);

std::string TestText(const TestedPolicy& policy);
std::string TestJson(const std::vector<TestedPolicy>& policies);
std::string TestJunit(const std::vector<TestedPolicy>& policies);

}  // namespace sodc

#endif  // SODC_DRIVER_TEST_REPORT_H_
