#include "runtime/documents/role_grants.h"

#include <algorithm>

#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

void AddOnce(std::vector<std::string>& items, std::string item) {
  if (std::ranges::find(items, item) == items.end()) items.push_back(std::move(item));
}

// The first capacity in which something is done is meant where none is named.
uint32_t UsualCapacity(const Facts& facts, uint32_t member) {
  const format::ScaleRecord& scale = facts.Scales[facts.ScaleMembers[member].scale];
  for (uint32_t i = 0; i < scale.members_count; ++i) {
    if (facts.ScaleMembers[scale.members_first + i].is_acting != 0) return scale.members_first + i;
  }
  return kNone;
}

}  // namespace

void AddNote(GrantNote note, Cell& cell) {
  cell.lines.push_back({.text = std::move(note.text), .is_note = true});
  cell.marks |= BitOf(note.mark);
  cell.members.insert(cell.members.end(), note.members.begin(), note.members.end());
}

RoleGrants::RoleGrants(const Facts& facts, uint32_t role) : facts_(facts), grants_(facts.Duties.size()) {
  std::vector<bool> is_seen(facts.Roles.size());
  std::vector<uint32_t> queue = {role};
  is_seen[role] = true;
  for (size_t next = 0; next < queue.size(); ++next) {
    const format::RoleRecord& record = facts.Roles[queue[next]];
    for (const auto& grant : Slice(facts.Grants, record.grants_first, record.grants_count)) Add(grant);
    for (const auto& ref : Slice(facts.RoleIncludes, record.includes_first, record.includes_count)) {
      if (!is_seen[ref.role]) queue.push_back(ref.role);
      is_seen[ref.role] = true;
    }
  }
}

void RoleGrants::Add(const format::GrantRecord& grant) {
  if (grant.duty != kNone) {
    grants_[grant.duty].push_back(&grant);
    return;
  }
  const format::EntitlementRecord& entitlement = facts_.Entitlements[grant.entitlement];
  for (const auto& ref : Slice(facts_.EntitlementDuties, entitlement.duties_first, entitlement.duties_count)) {
    grants_[ref.duty].push_back(&grant);
  }
}

std::string RoleGrants::PlaceOf(uint32_t scope) const {
  if (scope == kNone) return "";
  std::vector<std::string> places;
  const format::ScopeRecord& record = facts_.Scopes[scope];
  for (const auto& box : Slice(facts_.ScopeBoxes, record.boxes_first, record.boxes_count)) {
    std::string place;
    for (const auto& ref : Slice(facts_.ScopeBoxNodes, box.nodes_first, box.nodes_count)) {
      place.append(place.empty() ? "" : " and ").append(facts_.TitleOf(facts_.ScopeNodes[ref.node]));
    }
    places.push_back(std::move(place));
  }
  return Enumerate(places);
}

std::string RoleGrants::CapacityOf(const format::GrantRecord& grant) const {
  if (grant.capacity == kNone || grant.capacity == UsualCapacity(facts_, grant.capacity)) return "";
  return std::string(facts_.TitleOf(facts_.ScaleMembers[grant.capacity]));
}

std::vector<GrantNote> RoleGrants::NotesOn(uint32_t duty) const {
  std::vector<std::string> conditions, places, capacities;
  std::vector<uint32_t> members;
  for (const format::GrantRecord* grant : grants_[duty]) {
    if (grant->is_undecided != 0) continue;
    AddOnce(conditions, std::string(facts_.Text(grant->condition)));
    AddOnce(places, PlaceOf(grant->scope));
    AddOnce(capacities, CapacityOf(*grant));
    if (grant->capacity != kNone) members.push_back(grant->capacity);
  }
  const auto is_said = [](const std::vector<std::string>& items) {
    return !items.empty() && std::ranges::find(items, "") == items.end();
  };
  std::vector<GrantNote> notes;
  if (is_said(capacities)) notes.push_back({Enumerate(capacities), Mark::Capacity, std::move(members)});
  if (is_said(places)) notes.push_back({"in " + Enumerate(places), Mark::Place});
  if (is_said(conditions)) notes.push_back({"conditional: if " + Enumerate(conditions), Mark::Conditional});
  return notes;
}

std::vector<std::string> RoleGrants::UndecidedOn(uint32_t duty) const {
  std::vector<std::string> reasons;
  for (const format::GrantRecord* grant : grants_[duty]) {
    if (grant->is_undecided != 0) AddOnce(reasons, std::string(facts_.Text(grant->undecided)));
  }
  return reasons;
}

}  // namespace sod::documents
