// What is said of an object, as the numbers that conditions compare.
#include <algorithm>
#include <charconv>

#include "runtime/core/guards.h"

namespace sod::core {

std::optional<int64_t> ReadNumber(std::string_view text, uint32_t decimals) {
  std::string digits;
  size_t behind = 0;
  bool has_point = false;
  for (const char c : text) {
    if (c == '_') continue;
    if (c == '.' && !has_point) {
      has_point = true;
      continue;
    }
    digits += c;
    behind += has_point ? 1 : 0;
  }
  if (digits.empty() || behind > decimals) return std::nullopt;
  digits.append(decimals - behind, '0');
  int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

uint32_t FindObjectSource(const Image& image, std::string_view object, std::string_view attribute) {
  for (uint32_t row = 0; row < image.GuardSources().size(); ++row) {
    const format::GuardSourceRecord& source = image.GuardSources()[row];
    const bool is_it = source.reads == format::GuardReads::Object && image.Text(source.object) == object && image.Text(source.attribute) == attribute;
    if (is_it) return row;
  }
  return kNone;
}

std::optional<KnownValue> ReadValue(const Image& image, uint32_t source, std::string_view text, std::string_view currency) {
  const format::GuardSourceRecord& record = image.GuardSources()[source];
  if (!currency.empty() && currency != image.Text(record.currency)) return std::nullopt;
  if (record.type == format::GuardType::Flag) {
    if (text == "yes" || text == "no") return KnownValue{text == "yes", text == "yes"};
    return std::nullopt;
  }
  if (record.type == format::GuardType::Member) {
    const format::ScaleRecord& scale = image.Scales()[record.scale];
    for (const auto& member : Slice(image.ScaleMembers(), scale.members_first, scale.members_count)) {
      if (image.Text(member.name) == text) return KnownValue{member.rank, member.rank};
    }
    return std::nullopt;
  }
  if (record.type == format::GuardType::Number) {
    if (const auto number = ReadNumber(text, record.decimals)) return KnownValue{*number, *number};
  }
  for (const auto& word : Slice(image.GuardWords(), record.words_first, record.words_count)) {
    if (image.Text(word.word) == text) return KnownValue{word.lo, word.hi};
  }
  return std::nullopt;
}

}  // namespace sod::core
