// Places in the product of dimensions (rulings, appendix B): a box is one interval of leaves for
// each dimension. In this folder every interval is written out, [0, leaves) for the whole.
#ifndef SOD_CORE_BOXES_H_
#define SOD_CORE_BOXES_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/core/image.h"
#include "sod/table.h"

namespace sod::core {

class Dimensions {
 public:
  explicit Dimensions(const Image& image) : image_(image), count_(static_cast<uint32_t>(image.ScopeDimensions().size())) {
    for (uint32_t d = 0; d < count_; ++d) whole_[d] = {0, LeavesOf(image.ScopeDimensions()[d])};
  }

  uint32_t count() const { return count_; }
  const ScopeBox& whole() const { return whole_; }

  // Intervals of zeros become the whole dimension.
  ScopeBox WrittenOut(ScopeBox box) const {
    for (uint32_t d = 0; d < count_; ++d) {
      if (box[d].hi == 0) box[d] = whole_[d];
    }
    return box;
  }
  // False when they have no point in common; `a` becomes what they have.
  bool Intersect(ScopeBox& a, const ScopeBox& b) const {
    for (uint32_t d = 0; d < count_; ++d) {
      a[d] = {std::max(a[d].lo, b[d].lo), std::min(a[d].hi, b[d].hi)};
      if (a[d].lo >= a[d].hi) return false;
    }
    return true;
  }
  bool Contains(const ScopeBox& outer, const ScopeBox& inner) const {
    for (uint32_t d = 0; d < count_; ++d) {
      if (inner[d].lo < outer[d].lo || inner[d].hi > outer[d].hi) return false;
    }
    return true;
  }
  // A row of ScopeBoxes.
  ScopeBox BoxAt(uint32_t row) const {
    ScopeBox box = whole_;
    const format::ScopeBoxRecord& record = image_.ScopeBoxes()[row];
    for (const format::ScopeNodeRefRecord& ref : Slice(image_.ScopeBoxNodes(), record.nodes_first, record.nodes_count)) {
      const format::ScopeNodeRecord& node = image_.ScopeNodes()[ref.node];
      box[node.dimension] = {static_cast<uint16_t>(node.lo), static_cast<uint16_t>(node.hi)};
    }
    return box;
  }
  // Calls `f` with each part of `box` in the scope (a row of Scopes, kNone: everywhere) until it
  // returns true; whether it did.
  template <typename F>
  bool AnyPart(const ScopeBox& box, uint32_t scope, F f) const {
    if (scope == format::kNone) return f(box);
    const format::ScopeRecord& record = image_.Scopes()[scope];
    for (uint32_t i = 0; i < record.boxes_count; ++i) {
      ScopeBox part = box;
      if (Intersect(part, BoxAt(record.boxes_first + i)) && f(part)) return true;
    }
    return false;
  }
  // Whether `box` lies in the union of `boxes`. Asks at most a few thousand times; then false.
  bool IsCovered(const ScopeBox& box, std::span<const ScopeBox> boxes) const;

 private:
  // A dimension without values is one place.
  static uint16_t LeavesOf(const format::ScopeDimensionRecord& record) {
    return static_cast<uint16_t>(std::max(record.leaf_count, 1u));
  }
  bool IsCovered(const ScopeBox& box, std::span<const ScopeBox> boxes, uint32_t& budget) const;

  const Image& image_;
  uint32_t count_;
  ScopeBox whole_ = {};
};

// The rank of the first acting member of the capacity scale; kNone without one.
uint32_t DefaultCapacity(const Image& image);
// Row of the scale that measures capacity, kNone without one.
uint32_t CapacityScale(const Image& image);
// Whether holding a duty in a capacity (rank, kNone: the first acting one) counts where
// `wanted` (a row of ScaleMembers, kNone: any acting one) is asked for.
bool CountsInCapacity(const Image& image, uint32_t capacity, uint32_t wanted);

}  // namespace sod::core

#endif  // SOD_CORE_BOXES_H_
