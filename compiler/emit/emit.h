// table image → bytes of a .sodt, canonical: one byte sequence per content.
#ifndef SODC_EMIT_EMIT_H_
#define SODC_EMIT_EMIT_H_

#include <cstdint>
#include <string>

#include "compiler/diag/diagnostic.h"
#include "compiler/lower/image.h"
#include "runtime/format/layout.h"

namespace sodc {

// The image is used up: pass it by std::move unless it is needed again. The whole file with its SHA-256 trailer. Empty when it would have more than
// `max_bytes`, which is reported to `sink`.
std::string Emit(TableImage image, Sink& sink, uint64_t max_bytes = sod::format::kMaxFileBytes);

}  // namespace sodc

#endif  // SODC_EMIT_EMIT_H_
