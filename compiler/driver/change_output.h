// What changes, when and because of what, and what is still to be done: in words and as JSON, for answers and
// forecasts.
#ifndef SODC_DRIVER_CHANGE_OUTPUT_H_
#define SODC_DRIVER_CHANGE_OUTPUT_H_

#include <optional>
#include <string>
#include <vector>

#include "llvm/Support/JSON.h"
#include "sod/changes.h"
#include "sod/table.h"

namespace sodc {

// "Pay and post: from waived to denied, because the waiver Cover ends (p.sod:17:8)", one for each conflict.
std::vector<std::string> ChangeInWords(const sod::Table& table, const sod::AnswerChange& change);
// What becomes of one conflict, without its name: "from waived to denied".
std::string StepInWords(const sod::Table& table, const sod::ConflictChange& conflict);
// "because the waiver Cover ends (p.sod:17:8)"; empty without causes.
std::string CausesInWords(const std::vector<sod::Cause>& causes);
// "Have the conflict approved by Mira", "Look at the waiver Cover again by 2026-07-01: Mira".
std::string ObligationInWords(const sod::Table& table, const sod::Obligation& one);

// The fields of `changes` in sod.query/1.
void WriteNextChange(const sod::Table& table, const std::optional<sod::AnswerChange>& next, llvm::json::OStream& out);
// Those of a conflict that changes: its id, before, after, because.
void WriteConflictChange(const sod::Table& table, const sod::ConflictChange& conflict, llvm::json::OStream& out);
// The array of what is still to be done.
void WriteObligations(const sod::Table& table, const std::vector<sod::Obligation>& obligations, llvm::json::OStream& out);
// The array of causes.
void WriteCauses(const std::vector<sod::Cause>& causes, llvm::json::OStream& out);

}  // namespace sodc

#endif  // SODC_DRIVER_CHANGE_OUTPUT_H_
