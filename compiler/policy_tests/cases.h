// The cases of a policy's own tests. A test without cases is one case; a case is the test with one
// fact more or another one, and with its own expectations.
#ifndef SODC_POLICY_TESTS_CASES_H_
#define SODC_POLICY_TESTS_CASES_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/model.h"

namespace sodc {

struct PolicyCase {
  const model::Provision* test = nullptr;  // of the model, which outlives this
  std::string title;                       // "nobody does both / without paying"
  Span span;
  std::vector<const model::ProvisionAttribute*> facts;         // source order; those of the case replace those of the test
  std::vector<const model::ProvisionAttribute*> expectations;
  bool is_skipped = false;
  std::string skip_reason;
};

// Source order. A test that states cases and expects nothing itself is what its cases share, and no case.
std::vector<PolicyCase> CasesOf(const model::Model& model);

// Whether the title, or any part of it, is what the pattern says: `*` stands for any text.
bool MatchesPattern(std::string_view title, std::string_view pattern);

}  // namespace sodc

#endif  // SODC_POLICY_TESTS_CASES_H_
