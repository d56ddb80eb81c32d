// The parts of an answer beside its conflicts.
#ifndef SOD_CORE_ANSWER_PARTS_H_
#define SOD_CORE_ANSWER_PARTS_H_

#include <map>
#include <set>

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::core {

// What the subject holds at as_of, before the request: duties and roles.
void AddHeld(const Image& image, Instant as_of, uint32_t max_paths, Answer& answer);
// Rules and provisions that this version does not judge.
void AddNotChecked(const Image& image, Answer& answer);
// Rules that may be violated, once undecided grants are decided: the subject is incomplete, and
// the grants say why.
void AddUndecided(const Image& image, const std::set<uint32_t>& rules, Answer& answer);

// Rules that may be violated, since when, if what conditions read of the subject and is not known were so: the
// subject is incomplete, and the attributes say why.
void AddUnknown(const Image& image, const std::map<uint32_t, Instant>& rules, Answer& answer);

}  // namespace sod::core

#endif  // SOD_CORE_ANSWER_PARTS_H_
