#include "compiler/lower/atom_supplies.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace sodc::lower {
namespace {

namespace format = sod::format;

// The first acting member of the scale of capacities, or none.
uint32_t DefaultCapacity(const TableImage& image) {
  for (const format::ScaleRecord& scale : image.Scales) {
    if (scale.measures != format::ScaleMeasures::Capacity) continue;
    for (uint32_t i = 0; i < scale.members_count; ++i) {
      if (image.ScaleMembers[scale.members_first + i].is_acting != 0) return scale.members_first + i;
    }
  }
  return format::kNone;
}

bool IsBoxInside(const TableImage& image, const format::ScopeBoxRecord& inner, const format::ScopeBoxRecord& outer) {
  for (uint32_t i = 0; i < outer.nodes_count; ++i) {
    const format::ScopeNodeRecord& wide = image.ScopeNodes[image.ScopeBoxNodes[outer.nodes_first + i].node];
    bool is_inside = false;
    for (uint32_t k = 0; k < inner.nodes_count; ++k) {
      const format::ScopeNodeRecord& narrow = image.ScopeNodes[image.ScopeBoxNodes[inner.nodes_first + k].node];
      is_inside |= narrow.dimension == wide.dimension && wide.lo <= narrow.lo && narrow.hi <= wide.hi;
    }
    if (!is_inside) return false;
  }
  return true;
}

// Each box inside one box: enough to drop rows, and cheap.
bool Covers(const TableImage& image, uint32_t outer, uint32_t inner) {
  if (outer == format::kNone || outer == inner) return true;
  if (inner == format::kNone) return false;
  const format::ScopeRecord& wide = image.Scopes[outer];
  const format::ScopeRecord& narrow = image.Scopes[inner];
  for (uint32_t i = 0; i < narrow.boxes_count; ++i) {
    const auto* boxes = image.ScopeBoxes.data() + wide.boxes_first;
    const bool is_inside = std::any_of(boxes, boxes + wide.boxes_count, [&](const format::ScopeBoxRecord& box) {
      return IsBoxInside(image, image.ScopeBoxes[narrow.boxes_first + i], box);
    });
    if (!is_inside) return false;
  }
  return true;
}

bool SaysAsMuch(const TableImage& image, const AtomSupply& wide, const AtomSupply& narrow) {
  return wide.is_conditional <= narrow.is_conditional && wide.is_undecided <= narrow.is_undecided &&
         Covers(image, wide.scope, narrow.scope);
}

}  // namespace

bool SetsInCapacity(const TableImage& image, uint32_t wanted, uint32_t held) {
  if (held == format::kNone) held = DefaultCapacity(image);
  if (wanted != format::kNone) return wanted == held;
  return held == format::kNone || image.ScaleMembers[held].is_acting != 0;
}

void AtomSupplies::Offer(const TableImage& image, uint32_t atom, AtomSupply supply) {
  auto& supplies = rows_[atom];
  for (AtomSupply& present : supplies) {
    if (!SaysAsMuch(image, present, supply)) continue;
    if (SaysAsMuch(image, supply, present) && supply.chain < present.chain) present = supply;
    return;
  }
  const auto dropped = std::remove_if(supplies.begin(), supplies.end(), [&](const AtomSupply& present) {
    return SaysAsMuch(image, supply, present);
  });
  supplies.erase(dropped, supplies.end());
  supplies.push_back(supply);
}

void AtomSupplies::AppendTo(std::vector<format::RoleAtomRecord>& rows) const {
  const size_t first = rows.size();
  for (const auto& [atom, supplies] : rows_) {
    for (const AtomSupply& supply : supplies) {
      rows.push_back({atom, supply.scope, supply.via, supply.is_conditional, supply.is_undecided});
    }
  }
  std::sort(rows.begin() + static_cast<std::ptrdiff_t>(first), rows.end(),
            [](const format::RoleAtomRecord& a, const format::RoleAtomRecord& b) {
              return std::tie(a.atom, a.scope, a.is_undecided, a.is_conditional) <
                     std::tie(b.atom, b.scope, b.is_undecided, b.is_conditional);
            });
}

}  // namespace sodc::lower
