// The acts and relations of a case as a history: the last act is asked about. Private to compiler/policy_tests.
#ifndef SODC_POLICY_TESTS_HISTORY_FACTS_H_
#define SODC_POLICY_TESTS_HISTORY_FACTS_H_

#include "compiler/model/model.h"
#include "compiler/policy_tests/cases.h"
#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

// Whether the case states an act.
bool HasActs(const PolicyCase& policy_case);
// May the last act be done behind the others? The rules that it breaks stand as conflicts, with the verdict of all
// that it breaks. Errors: a name that is not in the table, or what the history lacks.
sod::Result<sod::Answer> AskAboutActs(const model::Model& model, const sod::Table& table, sod::Workspace& workspace, const PolicyCase& policy_case);

}  // namespace sodc

#endif  // SODC_POLICY_TESTS_HISTORY_FACTS_H_
