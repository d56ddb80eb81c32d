// What declarations say that the table carries as they stand (records.def, Provisions).
#ifndef SOD_CORE_PROVISIONS_H_
#define SOD_CORE_PROVISIONS_H_

#include <cstdint>
#include <string_view>

#include "runtime/core/image.h"

namespace sod::core {

// The number behind the keyword in the declaration itself, as of `needs at least 3 people`; 0: it does not say, at most
// 16 777 215. INVARIANT: provision < Provisions().size(). O(attributes).
uint32_t NumberSaid(const Image& image, uint32_t provision, std::string_view keyword);

}  // namespace sod::core

#endif  // SOD_CORE_PROVISIONS_H_
