// What may be said of objects, and how it is spelt.
#include <algorithm>
#include <cstdint>

#include "runtime/core/guards.h"
#include "runtime/histories/conditions.h"

namespace sod {

using core::Image;
using core::Slice;

namespace {

// The row of ObjectKinds that has the attribute.
uint32_t KindOfAttribute(const Image& image, uint32_t attribute) {
  for (uint32_t kind = 0; kind < image.ObjectKinds().size(); ++kind) {
    const format::ObjectKindRecord& record = image.ObjectKinds()[kind];
    if (attribute >= record.attributes_first && attribute - record.attributes_first < record.attributes_count) return kind;
  }
  return kNone;
}

// The source that reads it; kNone: no condition does.
uint32_t SourceOf(const Image& image, uint32_t attribute) {
  for (uint32_t source = 0; source < image.GuardSources().size(); ++source) {
    if (histories::AttributeOfSource(image, source) == attribute) return source;
  }
  return kNone;
}

// Bands of an amount or a number, as they are declared.
std::vector<std::string_view> BandsOf(const Image& image, uint32_t attribute) {
  std::vector<std::string_view> bands;
  const uint32_t kind = KindOfAttribute(image, attribute);
  if (kind == kNone) return bands;
  const format::ProvisionRecord& declared = image.Provisions()[image.ObjectKinds()[kind].provision];
  bool is_within = false;
  for (const format::ProvisionAttributeRecord& row : Slice(image.ProvisionAttributes(), declared.attributes_first, declared.attributes_count)) {
    if (row.values_count == 0) continue;
    const std::string_view name = image.Text(image.ProvisionValues()[row.values_first].text);
    if (row.depth == 0) is_within = name == image.Text(image.ObjectAttributes()[attribute].name);
    if (row.depth == 1 && is_within && image.Text(row.keyword) == "band") bands.push_back(name);
  }
  return bands;
}

}  // namespace

std::pair<uint32_t, uint32_t> AttributesOf(const Table& table, uint32_t kind) {
  const format::ObjectKindRecord& record = table.image().ObjectKinds()[kind];
  return {record.attributes_first, record.attributes_first + record.attributes_count};
}

std::optional<uint32_t> FindAttribute(const Table& table, uint32_t kind, std::string_view name) {
  const auto [first, end] = AttributesOf(table, kind);
  for (uint32_t row = first; row < end; ++row) {
    if (table.image().Text(table.image().ObjectAttributes()[row].name) == name) return row;
  }
  return std::nullopt;
}

AttributeType TypeOfAttribute(const Table& table, uint32_t attribute) {
  const Image& image = table.image();
  const format::ObjectAttributeRecord& record = image.ObjectAttributes()[attribute];
  AttributeType type = {attribute, image.Text(record.name), image.Text(record.type), image.Text(record.currency), record.decimals, {}, SourceOf(image, attribute)};
  if (type.type == "flag") {
    type.words = {"yes", "no"};
  } else if (type.type != "class") {
    type.words = BandsOf(image, attribute);
  } else if (record.scale != kNone) {
    const format::ScaleRecord& scale = image.Scales()[record.scale];
    for (const auto& member : Slice(image.ScaleMembers(), scale.members_first, scale.members_count)) type.words.push_back(image.Text(member.name));
  }
  return type;
}

std::optional<ValueRange> ReadAttribute(const Table& table, const AttributeType& type, std::string_view text) {
  if (type.source != kNone) {
    const auto value = core::ReadValue(table.image(), type.source, text);
    return value ? std::optional(ValueRange{value->lo, value->hi}) : std::nullopt;
  }
  // Nothing reads it: what it may be is checked all the same.
  const auto word = std::ranges::find(type.words, text);
  if (type.type == "amount" || type.type == "number") {
    if (const auto number = core::ReadNumber(text, type.decimals)) return ValueRange{*number, *number};
    return word == type.words.end() ? std::nullopt : std::optional(ValueRange{INT64_MIN, INT64_MAX});
  }
  if (word == type.words.end()) return std::nullopt;
  const bool is_flag = type.type == "flag";
  const int64_t row = word - type.words.begin();
  return is_flag ? ValueRange{row == 0, row == 0} : ValueRange{row, row};
}

// ---- The fast tier

namespace {

// Of values that the caller holds: nothing is allocated.
class GivenValues final : public core::CaseValues {
 public:
  GivenValues(std::span<const uint32_t> attributes, std::span<const ObjectValue> values) : attributes_(attributes), values_(values) {}
  std::span<const core::KnownValue> Of(uint32_t source) const override {
    const uint32_t attribute = attributes_[source];
    const auto found = std::ranges::find(values_, attribute, &ObjectValue::attribute);
    if (attribute == kNone || found == values_.end()) return {};
    one_ = {found->value.lo, found->value.hi};
    return {&one_, 1};
  }

 private:
  std::span<const uint32_t> attributes_;
  std::span<const ObjectValue> values_;
  mutable core::KnownValue one_;
};

}  // namespace

ConditionState ObjectJudge::Applies(uint32_t rule, uint32_t person, Instant at, std::span<const ObjectValue> values) const {
  const GivenValues given(attributes_, values);
  return core::AppliesTo(table_.image(), rule, {.at = at, .holder = person, .values = &given});
}

}  // namespace sod
