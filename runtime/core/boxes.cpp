#include "runtime/core/boxes.h"

namespace sod::core {

bool Dimensions::IsCovered(const ScopeBox& box, std::span<const ScopeBox> boxes) const {
  uint32_t budget = 4096;
  return IsCovered(box, boxes, budget);
}

// Cuts away what the first box covers and asks the others about the rest.
bool Dimensions::IsCovered(const ScopeBox& box, std::span<const ScopeBox> boxes, uint32_t& budget) const {
  if (boxes.empty() || budget == 0) return false;
  --budget;
  ScopeBox common = box;
  if (!Intersect(common, boxes[0])) return IsCovered(box, boxes.subspan(1), budget);
  ScopeBox rest = box;
  for (uint32_t d = 0; d < count_; ++d) {
    for (const ScopeInterval side : {ScopeInterval{rest[d].lo, common[d].lo}, ScopeInterval{common[d].hi, rest[d].hi}}) {
      if (side.lo >= side.hi) continue;
      ScopeBox piece = rest;
      piece[d] = side;
      if (!IsCovered(piece, boxes.subspan(1), budget)) return false;
    }
    rest[d] = common[d];
  }
  return true;
}

uint32_t CapacityScale(const Image& image) {
  for (uint32_t row = 0; row < image.Scales().size(); ++row) {
    if (image.Scales()[row].measures == format::ScaleMeasures::Capacity) return row;
  }
  return kNone;
}

uint32_t DefaultCapacity(const Image& image) {
  const uint32_t row = CapacityScale(image);
  if (row == kNone) return kNone;
  const format::ScaleRecord& scale = image.Scales()[row];
  for (uint32_t rank = 0; rank < scale.members_count; ++rank) {
    if (image.ScaleMembers()[scale.members_first + rank].is_acting != 0) return rank;
  }
  return kNone;
}

bool CountsInCapacity(const Image& image, uint32_t capacity, uint32_t wanted) {
  const uint32_t scale = CapacityScale(image);
  if (scale == kNone) return true;
  if (capacity == kNone) capacity = DefaultCapacity(image);
  if (capacity == kNone) return wanted == kNone;
  const uint32_t member = image.Scales()[scale].members_first + capacity;
  return wanted == kNone ? image.ScaleMembers()[member].is_acting != 0 : member == wanted;
}

}  // namespace sod::core
