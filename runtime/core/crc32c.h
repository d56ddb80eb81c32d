// CRC-32C (Castagnoli, RFC 3720 appendix B.4): finds accidental damage, promises
// nothing against intent. The writer has its own: both meet in tests of the format.
#ifndef SOD_CORE_CRC32C_H_
#define SOD_CORE_CRC32C_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace sod::core {

uint32_t Crc32c(std::span<const std::byte> bytes);

}  // namespace sod::core

#endif  // SOD_CORE_CRC32C_H_
