// Slice-by-8. The tables are 8 KiB of constants, made by the compiler.
#include "runtime/core/crc32c.h"

#include <array>
#include <bit>
#include <cstring>

namespace sod::core {
namespace {

static_assert(std::endian::native == std::endian::little, "the slices take bytes in file order");

using SliceTable = std::array<uint32_t, 256>;

constexpr std::array<SliceTable, 8> BuildSlices() {
  std::array<SliceTable, 8> slices = {};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t remainder = i;
    for (int bit = 0; bit < 8; ++bit) {
      remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ 0x82f63b78u : remainder >> 1;
    }
    slices[0][i] = remainder;
  }
  for (size_t slice = 1; slice < 8; ++slice) {
    for (uint32_t i = 0; i < 256; ++i) {
      const uint32_t before = slices[slice - 1][i];
      slices[slice][i] = slices[0][before & 0xff] ^ (before >> 8);
    }
  }
  return slices;
}

constexpr std::array<SliceTable, 8> kSlices = BuildSlices();

}  // namespace

uint32_t Crc32c(std::span<const std::byte> bytes) {
  uint32_t crc = ~0u;
  for (; bytes.size() >= 8; bytes = bytes.subspan(8)) {
    uint32_t low = 0, high = 0;
    std::memcpy(&low, bytes.data(), 4);
    std::memcpy(&high, bytes.data() + 4, 4);
    low ^= crc;
    crc = kSlices[7][low & 0xff] ^ kSlices[6][(low >> 8) & 0xff] ^
          kSlices[5][(low >> 16) & 0xff] ^ kSlices[4][low >> 24] ^
          kSlices[3][high & 0xff] ^ kSlices[2][(high >> 8) & 0xff] ^
          kSlices[1][(high >> 16) & 0xff] ^ kSlices[0][high >> 24];
  }
  for (const std::byte byte : bytes) {
    crc = kSlices[0][(crc ^ std::to_integer<uint32_t>(byte)) & 0xff] ^ (crc >> 8);
  }
  return ~crc;
}

}  // namespace sod::core
