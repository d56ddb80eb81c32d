// What `query --process` prints.
#ifndef SODC_DRIVER_PROCESS_OUTPUT_H_
#define SODC_DRIVER_PROCESS_OUTPUT_H_

#include <string>
#include <vector>

#include "compiler/driver/answer_output.h"
#include "llvm/Support/JSON.h"
#include "sod/processes.h"

namespace sodc {

std::string ProcessText(const AnswerFrame& frame, const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer, const sod::ProcessPlan& plan);
std::string ProcessJson(const AnswerFrame& frame, const sod::ProcessJudge& judge, const sod::ProcessAnswer& answer, const sod::ProcessPlan& plan);

// "Not looked at: …" of requests that are not judged for processes; empty: the policy has none.
std::string ProcessesNotAsked(const sod::Table& table);
// What a request makes worse: one line a process; empty: nothing. `processes` of sod.query/1.
std::string ProcessChangesInWords(const sod::Table& table, sod::Instant as_of, const std::vector<sod::ProcessChange>& changes);
void WriteProcessChanges(const sod::Table& table, const std::vector<sod::ProcessChange>& changes, llvm::json::OStream& out);

}  // namespace sodc

#endif  // SODC_DRIVER_PROCESS_OUTPUT_H_
