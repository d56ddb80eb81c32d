// What a policy itself says about its findings (rulings MISS-11).
#ifndef SODC_LINT_SETTLE_H_
#define SODC_LINT_SETTLE_H_

#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/lint/lint.h"
#include "compiler/model/model.h"

namespace sodc {

// Gives findings the severity that the policy sets, marks those that a declaration allows, and
// adds a finding for each allowance that allows nothing. Errors of the language stay as they are.
void SettleFindings(const model::Model& model, const LintOptions& options, std::vector<Diagnostic>& diagnostics);

}  // namespace sodc

#endif  // SODC_LINT_SETTLE_H_
