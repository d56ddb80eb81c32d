// The string pool: offsets, UTF-8, no NUL, each string once.
#include <algorithm>
#include <numeric>
#include <vector>

#include "runtime/core/verify.h"

namespace sod::core {
namespace {

struct Utf8Range {
  unsigned char low, high;
};

// Length of the sequence a byte starts, with the range of the byte after it; 0 = none
// (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
size_t SequenceLength(unsigned char lead, Utf8Range& second) {
  second = {0x80, 0xbf};
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) {
    if (lead == 0xe0) second.low = 0xa0;
    if (lead == 0xed) second.high = 0x9f;
    return 3;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    if (lead == 0xf0) second.low = 0x90;
    if (lead == 0xf4) second.high = 0x8f;
    return 4;
  }
  return 0;
}

bool IsPlainUtf8(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  while (at != end) {
    if (*at == 0) return false;
    Utf8Range second = {};
    const size_t length = SequenceLength(*at, second);
    if (length == 0 || length > static_cast<size_t>(end - at)) return false;
    if (length > 1 && (at[1] < second.low || at[1] > second.high)) return false;
    for (size_t i = 2; i < length; ++i) {
      if (at[i] < 0x80 || at[i] > 0xbf) return false;
    }
    at += length;
  }
  return true;
}

uint32_t HashOf(std::string_view text) {
  uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash ^ hash >> 15;
}

bool HasRepetitionBySorting(const Image& image) {
  std::vector<uint32_t> order(image.string_count());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](uint32_t number) { return image.Text(number); });
  return std::ranges::adjacent_find(order, {}, [&](uint32_t number) { return image.Text(number); }) !=
         order.end();
}

// A hash table with short probes; strings chosen to collide fall back to sorting.
bool HasRepetition(const Image& image) {
  constexpr uint32_t kMaxProbes = 64;
  size_t slots = 16;
  while (slots < size_t{image.string_count()} * 2) slots *= 2;
  std::vector<uint32_t> table(slots, format::kNone);
  for (uint32_t number = 0; number < image.string_count(); ++number) {
    const std::string_view text = image.Text(number);
    size_t slot = HashOf(text) & (slots - 1);
    for (uint32_t probe = 0; table[slot] != format::kNone; ++probe) {
      if (image.Text(table[slot]) == text) return true;
      if (probe == kMaxProbes) return HasRepetitionBySorting(image);
      slot = (slot + 1) & (slots - 1);
    }
    table[slot] = number;
  }
  return false;
}

}  // namespace

std::optional<Error> VerifyStrings(const Image& image) {
  const std::span<const uint32_t> offsets = image.string_offsets();
  const uint32_t bytes = image.string_byte_count();
  if (offsets.size() < 2 || offsets[0] != 0 || offsets[1] != 0 || offsets.back() != bytes) {
    return Damaged("the string pool is malformed");
  }
  for (size_t i = 2; i < offsets.size(); ++i) {
    if (offsets[i] <= offsets[i - 1] || offsets[i] > bytes) {
      return Damaged("the string pool is out of order");
    }
  }
  for (uint32_t number = 0; number < image.string_count(); ++number) {
    if (!IsPlainUtf8(image.Text(number))) {
      return Damaged("string " + std::to_string(number) + " is not UTF-8 or holds a NUL");
    }
  }
  if (HasRepetition(image)) return Damaged("a string occurs twice");
  return std::nullopt;
}

}  // namespace sod::core
