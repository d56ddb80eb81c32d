// Scopes, capacities, derivations, entitlements, foreign names and provisions.
#include <algorithm>
#include <utility>
#include <vector>

#include "runtime/core/boxes.h"
#include "runtime/core/verify_meaning.h"
#include "sod/table.h"

namespace sod::core {

using namespace format;  // NOLINT: every line here names records
using format::kNone;

namespace {

constexpr uint32_t kMaxSources = 64;  // of one derivation: the depth of a recursion

// Pre-order, leaves numbered as they come. `open` is the way from the dimension to the last node.
Fault CheckTree(const Image& image, uint32_t row) {
  const ScopeDimensionRecord& dimension = image.ScopeDimensions()[row];
  const uint32_t end = dimension.nodes_first + dimension.nodes_count;
  std::vector<uint32_t> open;
  uint32_t leaf = 0;
  const auto close_one = [&] {
    const bool is_sound = image.ScopeNodes()[open.back()].hi == leaf;
    open.pop_back();
    return is_sound;
  };
  for (uint32_t i = dimension.nodes_first; i < end; ++i) {
    const ScopeNodeRecord& node = image.ScopeNodes()[i];
    if (node.dimension != row) return "a value of a scope is out of place";
    while (!open.empty() && open.back() != node.parent) {
      if (!close_one()) return "a value of a scope has impossible leaves";
    }
    if (open.empty() && node.parent != kNone) return "a value of a scope has an impossible parent";
    if (node.lo != leaf) return "a value of a scope has impossible leaves";
    const bool is_leaf = i + 1 == end || image.ScopeNodes()[i + 1].parent != i;
    if (is_leaf) ++leaf;
    open.push_back(i);
  }
  while (!open.empty()) {
    if (!close_one()) return "a value of a scope has impossible leaves";
  }
  return leaf == dimension.leaf_count ? nullptr : "a scope miscounts its leaves";
}

std::span<const ScopeNodeRefRecord> NodesOf(const Image& image, uint32_t box) {
  const ScopeBoxRecord& record = image.ScopeBoxes()[box];
  return Slice(image.ScopeBoxNodes(), record.nodes_first, record.nodes_count);
}

bool IsBoxBefore(const Image& image, uint32_t a, uint32_t b) {
  return std::ranges::lexicographical_compare(NodesOf(image, a), NodesOf(image, b), {}, &ScopeNodeRefRecord::node,
                                              &ScopeNodeRefRecord::node);
}

bool IsScopeBefore(const Image& image, uint32_t a, uint32_t b) {
  const ScopeRecord &x = image.Scopes()[a], &y = image.Scopes()[b];
  for (uint32_t i = 0; i < x.boxes_count && i < y.boxes_count; ++i) {
    if (IsBoxBefore(image, x.boxes_first + i, y.boxes_first + i)) return true;
    if (IsBoxBefore(image, y.boxes_first + i, x.boxes_first + i)) return false;
  }
  return x.boxes_count < y.boxes_count;
}

// Whether two of the rows are the same.
template <typename IsBefore>
bool HasTwins(std::vector<uint32_t> rows, IsBefore is_before) {
  std::ranges::sort(rows, is_before);
  for (size_t i = 1; i < rows.size(); ++i) {
    if (!is_before(rows[i - 1], rows[i])) return true;
  }
  return false;
}

std::vector<uint32_t> Count(uint32_t first, uint32_t count) {
  std::vector<uint32_t> rows(count);
  for (uint32_t i = 0; i < count; ++i) rows[i] = first + i;
  return rows;
}

}  // namespace

Fault CheckDimensions(const Image& image) {
  if (image.ScopeDimensions().size() > kMaxDimensions) return "there are more than 8 dimensions of scopes";
  for (uint32_t row = 0; row < image.ScopeDimensions().size(); ++row) {
    if (const Fault fault = CheckTree(image, row)) return fault;
  }
  return nullptr;
}

Fault CheckScopes(const Image& image) {
  for (uint32_t box = 0; box < image.ScopeBoxes().size(); ++box) {
    const auto nodes = NodesOf(image, box);
    for (size_t i = 0; i < nodes.size(); ++i) {
      const uint32_t dimension = image.ScopeNodes()[nodes[i].node].dimension;
      if (i != 0 && image.ScopeNodes()[nodes[i - 1].node].dimension >= dimension) {
        return "the dimensions of a scope are out of order";
      }
    }
    if (nodes.empty()) return "a scope names nothing";
  }
  const auto is_box_before = [&](uint32_t a, uint32_t b) { return IsBoxBefore(image, a, b); };
  for (const ScopeRecord& scope : image.Scopes()) {
    if (scope.boxes_count == 0) return "a scope is nowhere";
    if (HasTwins(Count(scope.boxes_first, scope.boxes_count), is_box_before)) return "a scope says something twice";
  }
  const auto is_before = [&](uint32_t a, uint32_t b) { return IsScopeBefore(image, a, b); };
  if (HasTwins(Count(0, static_cast<uint32_t>(image.Scopes().size())), is_before)) return "a scope occurs twice";
  return nullptr;
}

bool IsScopeInside(const Image& image, uint32_t inner, uint32_t outer) {
  if (outer == kNone || outer == inner) return true;
  if (inner == kNone) return false;
  const Dimensions dimensions(image);
  const ScopeRecord &narrow = image.Scopes()[inner], &wide = image.Scopes()[outer];
  for (uint32_t i = 0; i < narrow.boxes_count; ++i) {
    const ScopeBox box = dimensions.BoxAt(narrow.boxes_first + i);
    bool is_inside = false;
    for (uint32_t k = 0; k < wide.boxes_count && !is_inside; ++k) {
      is_inside = dimensions.Contains(dimensions.BoxAt(wide.boxes_first + k), box);
    }
    if (!is_inside) return false;
  }
  return true;
}

Fault CheckCapacities(const Image& image) {
  const uint32_t scale = CapacityScale(image);
  const auto is_wrong = [&](const auto& row) {
    return row.capacity != kNone && (scale == kNone || image.ScaleMembers()[row.capacity].scale != scale);
  };
  if (std::ranges::any_of(image.DutyAtoms(), is_wrong) || std::ranges::any_of(image.Atoms(), is_wrong) ||
      std::ranges::any_of(image.Grants(), is_wrong) || std::ranges::any_of(image.Elements(), is_wrong) ||
      std::ranges::any_of(image.Assignments(), is_wrong)) {
    return "a capacity is none";
  }
  return nullptr;
}

namespace {

Fault CheckJointDuties(const Image& image) {
  uint32_t last = 0;
  for (const JointDutyRecord& record : image.JointDuties()) {
    if (record.sources_count < 2 || record.sources_count > kMaxSources) return "a duty is conferred together by too few or too many";
    if (record.duty < last) return "duties conferred together are out of order";
    last = record.duty;
  }
  return nullptr;
}

}  // namespace

// Going through the derivations once reaches everything.
Fault CheckDerivations(const Image& image) {
  std::vector<uint32_t> targets(image.Atoms().size(), 0);  // by atom: one more than its last derivation
  for (uint32_t row = 0; row < image.Derivations().size(); ++row) targets[image.Derivations()[row].target] = row + 1;
  for (uint32_t row = 0; row < image.Derivations().size(); ++row) {
    const DerivationRecord& record = image.Derivations()[row];
    if (record.sources_count == 0 || record.sources_count > kMaxSources) return "a derivation has too few or too many sources";
    for (const AtomRefRecord& source : Slice(image.DerivationSources(), record.sources_first, record.sources_count)) {
      if (targets[source.atom] > row) return "a derivation stands before its sources";
    }
  }
  return CheckJointDuties(image);
}

namespace {

// What an entitlement sets is of the duties that it confers; nothing of theirs is missing.
bool HoldsWhatItConfers(const Image& image, const EntitlementRecord& record) {
  const auto atoms = Slice(image.EntitlementAtoms(), record.atoms_first, record.atoms_count);
  for (const DutyRefRecord& row : Slice(image.EntitlementDuties(), record.duties_first, record.duties_count)) {
    const DutyRecord& duty = image.Duties()[row.duty];
    for (const DutyAtomRecord& atom : Slice(image.DutyAtoms(), duty.atoms_first, duty.atoms_count)) {
      if (!CountsInCapacity(image, kNone, atom.capacity)) continue;
      if (!std::ranges::binary_search(atoms, atom.atom, {}, &AtomRefRecord::atom)) return false;
    }
  }
  return true;
}

}  // namespace

Fault CheckEntitlements(const Image& image) {
  for (uint32_t row = 0; row < image.Entitlements().size(); ++row) {
    const EntitlementRecord& record = image.Entitlements()[row];
    const bool is_late = row != 0 && record.is_declared > image.Entitlements()[row - 1].is_declared;
    const auto atoms = Slice(image.EntitlementAtoms(), record.atoms_first, record.atoms_count);
    const auto duties = Slice(image.EntitlementDuties(), record.duties_first, record.duties_count);
    if (is_late ||
        std::ranges::adjacent_find(atoms, std::ranges::greater_equal(), &AtomRefRecord::atom) != atoms.end() ||
        std::ranges::adjacent_find(duties, std::ranges::greater_equal(), &DutyRefRecord::duty) != duties.end()) {
      return "entitlements are out of order";
    }
    if (!HoldsWhatItConfers(image, record)) return "an entitlement lacks an atom it must set";
  }
  return nullptr;
}

Fault CheckForeignIds(const Image& image) {
  for (size_t i = 0; i < image.ForeignIds().size(); ++i) {
    const ForeignIdRecord& record = image.ForeignIds()[i];
    if (NameOf(image, record.kind, record.index) == kNone) return "a foreign name stands for nothing";
    if (i != 0 && record.system < image.ForeignIds()[i - 1].system) return "foreign names are out of order";
  }
  return nullptr;
}

Fault CheckProvisions(const Image& image) {
  for (const ProvisionRecord& provision : image.Provisions()) {
    uint32_t deepest = 0;
    for (const ProvisionAttributeRecord& attribute :
         Slice(image.ProvisionAttributes(), provision.attributes_first, provision.attributes_count)) {
      if (attribute.depth > deepest) return "an attribute has an impossible depth";
      deepest = attribute.depth + 1;
    }
  }
  for (const ProvisionValueRecord& value : image.ProvisionValues()) {
    if (value.kind == ValueKind::Reference && NameOf(image, value.referred, value.index) == kNone) {
      return "a value refers to nothing";
    }
  }
  return nullptr;
}

}  // namespace sod::core
