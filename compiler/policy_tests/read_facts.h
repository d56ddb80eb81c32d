// The facts of a case as a question to the table. Private to compiler/policy_tests.
#ifndef SODC_POLICY_TESTS_READ_FACTS_H_
#define SODC_POLICY_TESTS_READ_FACTS_H_

#include <optional>
#include <string>

#include "compiler/model/model.h"
#include "compiler/policy_tests/cases.h"
#include "compiler/policy_tests/judge_case.h"
#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

struct CaseQuestion {
  sod::Subject subject;
  sod::Request request;
  sod::AskOptions options;
  std::optional<sod::Instant> as_of;
  std::string as_of_text;
  std::string not_judged;  // why the case cannot be asked; empty: it can
  // What is revoked and was not held.
  std::vector<const model::ProvisionAttribute*> not_held;
};

CaseQuestion ReadFacts(const model::Model& model, const sod::Table& table, const PolicyCase& policy_case);

}  // namespace sodc

#endif  // SODC_POLICY_TESTS_READ_FACTS_H_
