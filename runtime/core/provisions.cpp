#include "runtime/core/provisions.h"

#include <algorithm>

namespace sod::core {

std::optional<uint32_t> NumberIn(const Image& image, uint32_t provision, std::string_view keyword) {
  const format::ProvisionRecord& record = image.Provisions()[provision];
  for (const format::ProvisionAttributeRecord& attribute : Slice(image.ProvisionAttributes(), record.attributes_first, record.attributes_count)) {
    if (attribute.depth != 0 || image.Text(attribute.keyword) != keyword) continue;
    for (const format::ProvisionValueRecord& value : Slice(image.ProvisionValues(), attribute.values_first, attribute.values_count)) {
      if (value.kind == format::ValueKind::Integer) return static_cast<uint32_t>(std::clamp<int64_t>(value.number, 0, 0xffffff));
    }
  }
  return std::nullopt;
}

uint32_t NumberSaid(const Image& image, uint32_t provision, std::string_view keyword) { return NumberIn(image, provision, keyword).value_or(0); }

void TakeOffNotChecked(const Image& image, uint32_t provision, std::string_view keyword, Answer& answer) {
  const format::ProvisionRecord& record = image.Provisions()[provision];
  const auto is_of_it = [&](const NotChecked& item) { return item.id == image.Text(record.name) && item.rule_class == image.Text(record.kind); };
  for (NotChecked& item : answer.not_checked) {
    if (is_of_it(item)) std::erase(item.what, keyword);
  }
  std::erase_if(answer.not_checked, [&](const NotChecked& item) { return item.what.empty() && is_of_it(item); });
}

}  // namespace sod::core
