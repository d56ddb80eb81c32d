#include "runtime/core/parts.h"

#include <algorithm>
#include <utility>

namespace sod::core {
namespace {

class Finder {
 public:
  Finder(const Image& image, const Points& points, uint32_t rule, uint32_t account)
      : image_(image), points_(points), record_(image.Rules()[rule]), account_(account) {
    if (record_.match == format::ScopeMatch::Same) FindViolatedLeaves();
  }

  void AddParts(uint32_t side, uint32_t atom, std::vector<Part>& parts) const {
    points_.AnyPlace(record_, atom, account_, [&](const ScopeBox& box) {
      switch (record_.match) {
        case format::ScopeMatch::Any: parts.push_back({box, account_}); break;
        case format::ScopeMatch::Same: AddSame(box, parts); break;
        case format::ScopeMatch::Across: AddAcross(OtherMember(side, atom), box, parts); break;
      }
      return false;
    });
  }

 private:
  // Between two neighbouring ends of members' intervals nothing changes.
  void FindViolatedLeaves() {
    const uint32_t d = record_.dimension;
    std::vector<uint16_t> ends;
    for (const format::AtomRefRecord& member :
         Slice(image_.RuleMembers(), record_.members_first, record_.members_count)) {
      points_.AnyPlace(record_, member.atom, account_, [&](const ScopeBox& box) {
        ends.push_back(box[d].lo);
        ends.push_back(box[d].hi);
        return false;
      });
    }
    std::ranges::sort(ends);
    const auto repeated = std::ranges::unique(ends);
    ends.erase(repeated.begin(), repeated.end());
    for (size_t i = 0; i + 1 < ends.size(); ++i) {
      if (points_.MembersAt(record_, account_, ends[i]) > record_.at_most) violated_.push_back({ends[i], ends[i + 1]});
    }
  }

  void AddIn(ScopeBox box, ScopeInterval leaves, std::vector<Part>& parts) const {
    ScopeInterval& own = box[record_.dimension];
    own = {std::max(own.lo, leaves.lo), std::min(own.hi, leaves.hi)};
    if (own.lo < own.hi) parts.push_back({box, account_});
  }

  void AddSame(const ScopeBox& box, std::vector<Part>& parts) const {
    for (const ScopeInterval leaves : violated_) AddIn(box, leaves, parts);
  }

  // Where the other side has a leaf that is another one.
  void AddAcross(uint32_t other, const ScopeBox& box, std::vector<Part>& parts) const {
    const uint32_t d = record_.dimension;
    bool has_any = false, has_several = false;
    ScopeInterval only;
    points_.AnyPlace(record_, other, account_, [&](const ScopeBox& place) {
      has_several |= place[d].hi - place[d].lo > 1 || (has_any && place[d] != only);
      has_any = true;
      only = place[d];
      return has_several;
    });
    if (!has_any) return;
    if (has_several) return AddIn(box, box[d], parts);
    AddIn(box, {0, only.lo}, parts);
    AddIn(box, {only.hi, UINT16_MAX}, parts);
  }

  uint32_t OtherMember(uint32_t side, uint32_t atom) const {
    const auto members = Slice(image_.RuleMembers(), record_.members_first, record_.members_count);
    const uint32_t side_atom = image_.Sides()[side].atom;
    const uint32_t own = side_atom != format::kNone ? side_atom : atom;
    return members.front().atom == own ? members.back().atom : members.front().atom;
  }

  const Image& image_;
  const Points& points_;
  const format::RuleRecord& record_;
  const uint32_t account_;
  std::vector<ScopeInterval> violated_;
};

}  // namespace

std::vector<Part> PartsOf(const Image& image, const Points& points, uint32_t rule, uint32_t side, uint32_t element) {
  std::vector<Part> parts;
  const uint32_t atom = image.Elements()[element].atom;
  if (atom == format::kNone) return parts;
  for (const uint32_t account : points.AccountsFor(rule)) {
    if (points.ViolatesIn(rule, account)) Finder(image, points, rule, account).AddParts(side, atom, parts);
  }
  return parts;
}

bool IsSomethingNew(const Image& image, const Points& points, uint32_t rule, uint32_t element,
                    const std::vector<Part>& parts) {
  const format::RuleRecord& record = image.Rules()[rule];
  return std::ranges::any_of(parts, [&](const Part& part) {
    std::vector<ScopeBox> before;
    points.AnyPlace(record, image.Elements()[element].atom, part.account, [&](const ScopeBox& box) {
      before.push_back(box);
      return false;
    });
    return !points.dimensions().IsCovered(part.box, before);
  });
}

std::vector<ScopePlace> PlacesOf(const Table& table, uint32_t rule, const std::vector<Part>& parts) {
  const format::RuleRecord& record = table.image().Rules()[rule];
  std::vector<ScopePlace> places;
  if (record.match == format::ScopeMatch::Any || parts.empty()) return places;
  std::vector<ScopeInterval> intervals;
  for (const Part& part : parts) intervals.push_back(part.box[record.dimension]);
  std::ranges::sort(intervals, {}, [](const ScopeInterval& i) { return std::pair(i.lo, i.hi); });
  ScopeInterval joined = intervals.front();
  const auto finish = [&] {
    for (const ScopePlace& place : table.PlacesOf(record.dimension, joined)) places.push_back(place);
  };
  for (const ScopeInterval next : intervals) {
    if (next.lo <= joined.hi) {
      joined.hi = std::max(joined.hi, next.hi);
      continue;
    }
    finish();
    joined = next;
  }
  finish();
  return places;
}

}  // namespace sod::core
