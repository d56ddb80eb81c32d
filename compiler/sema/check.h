// program → model: resolves names, checks types, expands sets, collects rules.
// The passes are listed in check.cpp in the order in which they run.
#ifndef SODC_SEMA_CHECK_H_
#define SODC_SEMA_CHECK_H_

#include "compiler/diag/diagnostic.h"
#include "compiler/load/program.h"
#include "compiler/model/model.h"

namespace sodc {

struct CheckOptions {
  uint32_t max_expanded_pairs = 100'000;  // of one `each of A` with `each of B`: more is a mistake
  uint32_t max_set_members = 2'000'000;   // of all sets of a policy together, a rule made from a set counting
                                          // as eight: `all` in every role adds up
  uint32_t max_declarations = 1'000'000;  // per kind; ids are 32 bits wide in the table
};

// Reports every error once; the model is usable for lowering only when the sink
// has received no language error.
model::Model Check(const Program& program, const SourceManager& sources,
                   const CheckOptions& options, Sink& sink);

}  // namespace sodc

#endif  // SODC_SEMA_CHECK_H_
