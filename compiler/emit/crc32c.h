// CRC-32C (Castagnoli, RFC 3720 appendix B.4) of the sections. The runtime has
// its own: writer and reader agree through the format's tests, not through code.
#ifndef SODC_EMIT_CRC32C_H_
#define SODC_EMIT_CRC32C_H_

#include <cstdint>
#include <string_view>

namespace sodc {

uint32_t Crc32c(std::string_view bytes);

}  // namespace sodc

#endif  // SODC_EMIT_CRC32C_H_
