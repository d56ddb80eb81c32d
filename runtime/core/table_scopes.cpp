// Dimensions of scopes, capacities and the names of other systems.
#include <algorithm>
#include <utility>

#include "runtime/core/boxes.h"
#include "runtime/core/same_name.h"
#include "runtime/core/suggest.h"
#include "sod/table.h"

namespace sod {

using core::Image;
using core::Slice;

namespace {

template <typename Record>
Named NamedOf(const Image& image, const Record& record) {
  return {image.Text(record.name), image.Text(record.title)};
}

// The first row called so, by name, else by title.
template <typename Record>
Result<uint32_t> FindRow(const Image& image, std::span<const Record> rows, std::string_view name, std::string_view what) {
  for (const bool by_title : {false, true}) {
    for (uint32_t row = 0; row < rows.size(); ++row) {
      if (image.Text(by_title ? rows[row].title : rows[row].name) == name) return row;
    }
  }
  core::Suggestion suggestion(name);
  for (const Record& row : rows) suggestion.Offer(image.Text(row.name));
  return Error{ErrorCode::UnknownName, "there is no " + std::string(what) + " `" + std::string(name) + "`",
               suggestion.Sentence()};
}

std::optional<NameKind> KindOf(format::NameKind kind) {
  switch (kind) {
    case format::NameKind::Duty: return NameKind::Duty;
    case format::NameKind::Group: return NameKind::Group;
    case format::NameKind::Role: return NameKind::Role;
    case format::NameKind::Person: return NameKind::Person;
    case format::NameKind::Team: return NameKind::Team;
    case format::NameKind::External: return NameKind::External;
    case format::NameKind::Service: return NameKind::Service;
    case format::NameKind::Tool: return NameKind::Tool;
    case format::NameKind::Agent: return NameKind::Agent;
    case format::NameKind::Entitlement: return NameKind::Entitlement;
    default: return std::nullopt;
  }
}

}  // namespace

Result<Entity> Table::FindForeign(std::string_view system, std::string_view id, std::span<const NameKind> kinds) const {
  const Result<uint32_t> row = FindRow(*image_, image_->Systems(), system, "system");
  if (!row) return row.error();
  core::Suggestion suggestion(id);
  for (const format::ForeignIdRecord& foreign : image_->ForeignIds()) {
    if (foreign.system != row.value()) continue;
    const std::optional<NameKind> kind = KindOf(foreign.kind);
    if (!kind || std::ranges::find(kinds, *kind) == kinds.end()) continue;
    if (core::IsSameName(image_->Systems()[foreign.system], image_->Text(foreign.id), id)) {
      return Entity{*kind, foreign.index};
    }
    suggestion.Offer(image_->Text(foreign.id));
  }
  return Error{ErrorCode::UnknownName, "`" + std::string(system) + "` knows nothing called `" + std::string(id) + "`",
               suggestion.Sentence()};
}

namespace {

// Leaves out what another one gives as well: an entitlement of exactly this name gives what every
// pattern that matches it gives. Of equal ones that of exact names stays, then the first.
void ForgetCovered(const core::Image& image, std::vector<uint32_t>& rows) {
  const auto confers = [&](uint32_t row) {
    const format::EntitlementRecord& record = image.Entitlements()[row];
    std::vector<uint32_t> given;
    for (const auto& other : Slice(image.EntitlementConfers(), record.confers_first, record.confers_count)) {
      given.push_back(other.entitlement);
    }
    std::ranges::sort(given);
    return given;
  };
  std::vector<uint32_t> kept;
  for (const uint32_t row : rows) {
    const std::vector<uint32_t> own = confers(row);
    const bool is_covered = std::ranges::any_of(rows, [&](uint32_t other) {
      const std::vector<uint32_t> wider = confers(other);
      if (other == row || !std::ranges::includes(wider, own)) return false;
      const auto rank = [&](uint32_t one) { return std::pair(image.Entitlements()[one].is_pattern, one); };
      return wider.size() > own.size() || rank(other) < rank(row);
    });
    if (!is_covered) kept.push_back(row);
  }
  rows = std::move(kept);
}

}  // namespace

Result<std::vector<uint32_t>> Table::FindEntitlements(std::string_view system, std::string_view name) const {
  const Result<uint32_t> row = FindRow(*image_, image_->Systems(), system, "system");
  if (!row) return row.error();
  // Which entitlements a pattern has a name in common with, the compiler alone works out.
  if (core::HasWildcard(core::WordsOf(*image_, image_->Systems()[row.value()]), name)) {
    return Error{ErrorCode::BadArgument,
                 "`" + std::string(name) + "` is a pattern of `" + std::string(system) + "`, and what is held or asked for is one permission",
                 "name each permission, or an entitlement or a role of the policy that stands for the pattern"};
  }
  std::vector<bool> is_named(image_->Entitlements().size(), false);
  for (uint32_t i = 0; i < is_named.size(); ++i) {
    is_named[i] = image_->Entitlements()[i].system == row.value() && core::IsEntitlementNamed(*image_, i, name);
  }
  // A pattern that is granted as a whole may stand for more than this one name is.
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < is_named.size(); ++i) {
    const format::EntitlementRecord& entitlement = image_->Entitlements()[i];
    const auto confers = Slice(image_->EntitlementConfers(), entitlement.confers_first, entitlement.confers_count);
    const auto is_this = [&](const format::EntitlementRefRecord& other) { return bool{is_named[other.entitlement]}; };
    if (is_named[i] && !confers.empty() && std::ranges::all_of(confers, is_this)) found.push_back(i);
  }
  ForgetCovered(*image_, found);
  return found;
}

Named Table::entitlement(uint32_t index) const { return NamedOf(*image_, image_->Entitlements()[index]); }

uint32_t Table::dimension_count() const { return static_cast<uint32_t>(image_->ScopeDimensions().size()); }
Named Table::dimension(uint32_t index) const { return NamedOf(*image_, image_->ScopeDimensions()[index]); }
Named Table::scope_node(uint32_t index) const { return NamedOf(*image_, image_->ScopeNodes()[index]); }

Result<ScopePlace> Table::FindScope(std::string_view dimension, std::string_view value) const {
  const Result<uint32_t> row = FindRow(*image_, image_->ScopeDimensions(), dimension, "scope");
  if (!row) return row.error();
  ScopePlace place;
  place.dimension = row.value();
  if (value == "*") return place;
  const format::ScopeDimensionRecord& record = image_->ScopeDimensions()[row.value()];
  const auto nodes = Slice(image_->ScopeNodes(), record.nodes_first, record.nodes_count);
  const Result<uint32_t> node = FindRow(*image_, nodes, value, "value of " + std::string(dimension));
  if (!node) return node.error();
  place.node = record.nodes_first + node.value();
  const format::ScopeNodeRecord& found = image_->ScopeNodes()[place.node];
  place.interval = {static_cast<uint16_t>(found.lo), static_cast<uint16_t>(found.hi)};
  return place;
}

// Nodes stand in pre-order, so the first that begins where the rest does and fits is the largest.
std::vector<ScopePlace> Table::PlacesOf(uint32_t dimension, ScopeInterval interval) const {
  const ScopeInterval whole = core::Dimensions(*image_).whole()[dimension];
  if (interval.hi == 0 || interval == whole) return {{dimension, kNone, {}}};
  std::vector<ScopePlace> places;
  const format::ScopeDimensionRecord& record = image_->ScopeDimensions()[dimension];
  for (uint32_t i = 0; i < record.nodes_count; ++i) {
    const format::ScopeNodeRecord& node = image_->ScopeNodes()[record.nodes_first + i];
    if (node.lo != interval.lo || node.hi > interval.hi || node.lo >= node.hi) continue;
    places.push_back({dimension, record.nodes_first + i,
                      {static_cast<uint16_t>(node.lo), static_cast<uint16_t>(node.hi)}});
    interval.lo = static_cast<uint16_t>(node.hi);
  }
  return places;
}

std::string Table::ScopeInWords(const ScopeBox& box) const {
  std::string words;
  for (uint32_t d = 0; d < dimension_count(); ++d) {
    const std::vector<ScopePlace> places = PlacesOf(d, box[d]);
    if (places.empty() || places[0].node == kNone) continue;
    words += words.empty() ? "" : " and ";
    words += dimension(d).name;
    for (size_t i = 0; i < places.size(); ++i) {
      words += i == 0 ? " " : ", ";
      words += scope_node(places[i].node).name;
    }
  }
  return words;
}

Named Table::capacity(uint32_t rank) const {
  return scale_member(image_->Scales()[core::CapacityScale(*image_)].members_first + rank);
}

Result<uint32_t> Table::FindCapacity(std::string_view name) const {
  const uint32_t scale = core::CapacityScale(*image_);
  if (scale == kNone) return Error{ErrorCode::UnknownName, "the policy has no capacities", ""};
  const format::ScaleRecord& record = image_->Scales()[scale];
  return FindRow(*image_, Slice(image_->ScaleMembers(), record.members_first, record.members_count), name, "capacity");
}

}  // namespace sod
