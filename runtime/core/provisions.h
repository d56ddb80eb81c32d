// What declarations say that the table carries as they stand (records.def, Provisions).
#ifndef SOD_CORE_PROVISIONS_H_
#define SOD_CORE_PROVISIONS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::core {

// The number behind the keyword in the declaration itself, as of `needs at least 3 people`; nothing: it does not say. At most
// 16 777 215. INVARIANT: provision < Provisions().size(). O(attributes).
std::optional<uint32_t> NumberIn(const Image& image, uint32_t provision, std::string_view keyword);
// The same; 0: it does not say.
uint32_t NumberSaid(const Image& image, uint32_t provision, std::string_view keyword);

// What the declaration says by the keyword was judged: it stands in `not_checked` no longer. O(not_checked).
void TakeOffNotChecked(const Image& image, uint32_t provision, std::string_view keyword, Answer& answer);

}  // namespace sod::core

#endif  // SOD_CORE_PROVISIONS_H_
