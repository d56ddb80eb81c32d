#include "runtime/processes/outline.h"

#include <algorithm>

#include "runtime/core/provisions.h"

namespace sod::processes {
namespace {

using format::ProvisionAttributeRecord;
using format::ProvisionValueRecord;

std::vector<uint32_t> DutiesIn(const Image& image, const ProvisionAttributeRecord& attribute) {
  std::vector<uint32_t> duties;
  for (const ProvisionValueRecord& value : core::Slice(image.ProvisionValues(), attribute.values_first, attribute.values_count)) {
    const bool is_duty = value.kind == format::ValueKind::Reference && value.referred == format::NameKind::Duty;
    if (is_duty && std::ranges::find(duties, value.index) == duties.end()) duties.push_back(value.index);
  }
  return duties;
}

}  // namespace

Outline Read(const Image& image, uint32_t provision) {
  Outline outline;
  outline.needs = core::NumberSaid(image, provision, "needs at least");
  const format::ProvisionRecord& record = image.Provisions()[provision];
  for (const ProvisionAttributeRecord& attribute : core::Slice(image.ProvisionAttributes(), record.attributes_first, record.attributes_count)) {
    const std::string_view word = image.Text(attribute.keyword);
    outline.is_only_people &= attribute.depth == 0 && (word == "step" || word == "needs at least" || word == "per");
    if (attribute.depth != 0) continue;
    if (word == "step") {
      for (const uint32_t duty : DutiesIn(image, attribute)) {
        if (std::ranges::find(outline.steps, duty) == outline.steps.end()) outline.steps.push_back(duty);
      }
    }
    outline.is_conditional |= word == "applies when";
  }
  return outline;
}

}  // namespace sod::processes
