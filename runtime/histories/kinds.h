// Kinds of objects, and which rules are about which of them. Private to the library.
#ifndef SOD_HISTORIES_KINDS_H_
#define SOD_HISTORIES_KINDS_H_

#include <cstdint>

#include "runtime/core/image.h"
#include "sod/history.h"

namespace sod::histories {

using core::Image;
using core::Slice;

// Row of ObjectKinds by the row of its provision; kNone: it is none. O(log kinds).
uint32_t KindOfProvision(const Image& image, uint32_t provision);
// The kind that has the relation. O(kinds).
uint32_t KindOfRelation(const Image& image, uint32_t relation);
// Whether objects of the one are objects of the other or can be part of one.
bool IsOrIsPartOf(const Image& image, uint32_t kind, uint32_t whole);

// The kind whose objects the rule is about; kNone for a rule that is not about objects. `why`: it is
// about some, and not judged because of this.
struct RuleObject {
  uint32_t kind = kNone;
  const char* why = nullptr;
};
RuleObject ObjectOfRule(const Image& image, uint32_t rule);

}  // namespace sod::histories

#endif  // SOD_HISTORIES_KINDS_H_
