#include "runtime/core/provisions.h"

#include <algorithm>

namespace sod::core {

uint32_t NumberSaid(const Image& image, uint32_t provision, std::string_view keyword) {
  const format::ProvisionRecord& record = image.Provisions()[provision];
  for (const format::ProvisionAttributeRecord& attribute : Slice(image.ProvisionAttributes(), record.attributes_first, record.attributes_count)) {
    if (attribute.depth != 0 || image.Text(attribute.keyword) != keyword) continue;
    for (const format::ProvisionValueRecord& value : Slice(image.ProvisionValues(), attribute.values_first, attribute.values_count)) {
      if (value.kind == format::ValueKind::Integer) return static_cast<uint32_t>(std::clamp<int64_t>(value.number, 0, 0xffffff));
    }
  }
  return 0;
}

}  // namespace sod::core
