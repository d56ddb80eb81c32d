// What an answer says of a request and of the assignments behind its conflicts, as text and as JSON.
#ifndef SODC_DRIVER_REQUEST_WORDS_H_
#define SODC_DRIVER_REQUEST_WORDS_H_

#include <string>

#include <llvm/Support/JSON.h>

#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

// What a request makes worse beside conflicts: how many of each.
struct WorseBeside {
  size_t processes = 0, requirements = 0, holders = 0;
  bool is_empty() const { return processes + requirements + holders == 0; }
};
// "Request for Pay: denied. It would introduce 1 conflict."; an answer without a request: nothing.
std::string RequestVerdictInWords(const sod::Table& table, const sod::Answer& answer, const WorseBeside& beside);
// Lines about a conflict that the request makes worse, or does not introduce; empty without a request.
std::string WhatTheRequestDoes(const sod::Answer& answer, const sod::Conflict& conflict);
// The conflicts that the request ends, a line each.
std::string RemovedInWords(const sod::Table& table, const sod::Answer& answer);
// Each assignment behind several conflicts, with these; empty with less than two conflicts.
std::string AssignmentsInWords(const sod::Table& table, const sod::Answer& answer);

// What is suspended, displaced and refused by the rules, a line each; empty: nothing.
std::string LossesInWords(const sod::Table& table, const sod::Answer& answer);
// `losses`: the same; nothing when there is none.
void WriteLosses(const sod::Table& table, const sod::Answer& answer, llvm::json::OStream& out);

// `requests`, `revocations` with what they do; nothing without a request.
void WriteRequests(const sod::Table& table, const sod::Answer& answer, llvm::json::OStream& out);
// `change` and `before` of a conflict; nothing without a request.
void WriteChangeByRequest(const sod::Answer& answer, const sod::Conflict& conflict, llvm::json::OStream& out);
// `assignments`: what takes part in conflicts, with their rules.
void WriteAssignments(const sod::Table& table, const sod::Answer& answer, llvm::json::OStream& out);

}  // namespace sodc

#endif  // SODC_DRIVER_REQUEST_WORDS_H_
