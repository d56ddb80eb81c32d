// What the frameworks say of an answer, objective by objective (rulings appendix E, SEM-14).
#ifndef SOD_CORE_OBJECTIVES_H_
#define SOD_CORE_OBJECTIVES_H_

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::core {

// Of the conflict: the clauses about people that its rule cites.
void AddObjectives(const Image& image, Conflict& conflict);
// Of the whole answer, when its conflicts have theirs: every clause that a rule cites, by row.
void AddFrameworks(const Image& image, Answer& answer);

}  // namespace sod::core

#endif  // SOD_CORE_OBJECTIVES_H_
