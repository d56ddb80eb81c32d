// `session A, B` and `when activated C` of a case, and the sets of `expect safe`. Private to compiler/policy_tests.
#ifndef SODC_POLICY_TESTS_SESSION_FACTS_H_
#define SODC_POLICY_TESTS_SESSION_FACTS_H_

#include <string>
#include <vector>

#include "compiler/model/model.h"
#include "compiler/policy_tests/cases.h"
#include "sod/session.h"
#include "sod/table.h"

namespace sodc {

// Whether the case says what is active in a session, or is to be.
bool HasSession(const PolicyCase& policy_case);
// Whether it expects the largest sets that one session may activate.
bool ExpectsSafeSets(const PolicyCase& policy_case);

struct SessionOfCase {
  // Something that cannot be activated, and why.
  struct Refused {
    const model::ProvisionAttribute* fact = nullptr;
    std::string why;
  };
  sod::SessionAnswer answer;     // of what can be activated
  std::vector<Refused> refused;  // source order
};
// Errors: a name that is not in the table, and those of AskAboutSession.
sod::Result<SessionOfCase> AskAboutSessionOf(const model::Model& model, const sod::Table& table, sod::Workspace& workspace,
                                             const sod::Subject& subject, sod::Instant at, const sod::AskOptions& options,
                                             const PolicyCase& policy_case);

// What was found instead of these largest sets, or nothing when they are these and no others.
std::string CompareSafeSets(const model::Model& model, const sod::Table& table, const sod::SessionAnswer& session,
                            const model::ProvisionAttribute& expectation);

}  // namespace sodc

#endif  // SODC_POLICY_TESTS_SESSION_FACTS_H_
