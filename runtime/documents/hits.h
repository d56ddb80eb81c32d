// The columns that say what became of a conflict: who has it, what is left of its risk, which
// controls count for them and which do not.
#ifndef SOD_DOCUMENTS_HITS_H_
#define SOD_DOCUMENTS_HITS_H_

#include <string_view>

#include "runtime/documents/facts.h"
#include "runtime/documents/table.h"

namespace sod::documents {

// Whether the column needs the answer for everybody who has the conflict.
bool IsHitColumn(std::string_view key);

// `key` is one of them. Where people differ, each thing is said with those for whom it is so.
Cell HitCell(const Facts& facts, std::string_view key, uint32_t rule);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_HITS_H_
