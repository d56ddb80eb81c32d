#include "runtime/core/enforcers.h"

#include <algorithm>
#include <map>
#include <utility>

#include "runtime/core/supply.h"

namespace sod::core {
namespace {

using Way = std::vector<ControlEdge>;

template <typename Record>
ControlEdge EdgeTo(const Image& image, std::string_view edge, std::string_view kind, const Record& record) {
  return {edge, kind, image.Text(record.name), image.Text(record.title)};
}

class Around {
 public:
  Around(const Image& image, uint32_t rule, const Hit& hit, const std::function<const Holding&(uint32_t)>& holding, uint32_t control, Instant at)
      : image_(image), rule_(image.Rules()[rule]), hit_(hit), holding_(holding), at_(at), dimensions_(image) {
    const format::ControlRecord& record = image.Controls()[control];
    systems_ = Slice(image.ControlSystems(), record.systems_first, record.systems_count);
  }

  std::vector<RejectedBecause> Run() {
    if (systems_.empty()) return {{Rejection::PathUncovered, {{"system", "", "", ""}}}};
    for (const auto& [element, held] : hit_.elements) {
      for (const Supplier& supplier : held.suppliers) Follow(supplier, held);
    }
    for (const format::DerivationRecord& derivation : image_.Derivations()) Derive(derivation);
    if (MembersPast() <= rule_.at_most) return {};
    return {{Rejection::PathUncovered, FirstWay()}};
  }

 private:
  bool IsGuarded(uint32_t system) const {
    return std::ranges::find(systems_, system, &format::SystemRefRecord::system) != systems_.end();
  }

  // By the entitlement if there is one, else by the account that has it.
  bool IsPast(const Holding& holding, uint32_t entitlement) const {
    if (entitlement != format::kNone) return !IsGuarded(image_.Entitlements()[entitlement].system);
    return holding.account == kNone || !IsGuarded(image_.Accounts()[holding.account].system);
  }

  void Follow(const Supplier& supplier, const HitElement& held) {
    const Holding& holding = holding_(supplier.holding);
    if (!IsHeldAt(holding, at_) || past_.contains(supplier.atom)) return;
    switch (holding.kind) {
      case HeldKind::Duty:
        if (IsPast(holding, kNone)) past_[supplier.atom] = {EdgeTo(image_, "holds", "duty", image_.Duties()[holding.target])};
        return;
      case HeldKind::Entitlement:
        if (IsPast(holding, holding.target)) past_[supplier.atom] = {EdgeTo(image_, "holds", "entitlement", image_.Entitlements()[holding.target])};
        return;
      case HeldKind::Role: return FollowRole(supplier.atom, holding, held);
    }
  }

  // Every grant of the role and of those that it includes, not only the nearest; one that is not decided may come to be.
  void FollowRole(uint32_t atom, const Holding& holding, const HitElement& held) {
    if (!RoleSets(image_, holding.capacity, atom)) return;
    std::vector<std::pair<uint32_t, Way>> roles = {{holding.target, {EdgeTo(image_, "holds", "role", image_.Roles()[holding.target])}}};
    for (size_t i = 0; i < roles.size(); ++i) {
      const format::RoleRecord& record = image_.Roles()[roles[i].first];
      const Way way = roles[i].second;
      if (IsRoleItself(atom, roles[i].first) && IsPast(holding, kNone)) {
        past_[atom] = way;
        return;
      }
      for (const format::GrantRecord& grant : Slice(image_.Grants(), record.grants_first, record.grants_count)) {
        if (!Gives(grant, atom) || !IsPast(holding, grant.entitlement) || !TakesPart(holding, grant, held)) continue;
        past_[atom] = way;
        past_[atom].push_back(grant.duty != format::kNone ? EdgeTo(image_, "grants", "duty", image_.Duties()[grant.duty])
                                                          : EdgeTo(image_, "grants", "entitlement", image_.Entitlements()[grant.entitlement]));
        return;
      }
      for (const auto& include : Slice(image_.RoleIncludes(), record.includes_first, record.includes_count)) {
        if (std::ranges::any_of(roles, [&](const auto& known) { return known.first == include.role; })) continue;
        roles.emplace_back(include.role, way);
        roles.back().second.push_back(EdgeTo(image_, "includes", "role", image_.Roles()[include.role]));
      }
    }
  }

  bool IsRoleItself(uint32_t atom, uint32_t role) const {
    const format::AtomRecord& record = image_.Atoms()[atom];
    return (record.kind == format::AtomKind::Role || record.kind == format::AtomKind::DirectRole) && record.ref == role;
  }

  bool Gives(const format::GrantRecord& grant, uint32_t atom) const {
    Holding given = {.kind = HeldKind::Entitlement, .target = grant.entitlement};
    if (grant.duty != format::kNone) given = {.kind = HeldKind::Duty, .target = grant.duty, .level = grant.level};
    if (grant.capacity != format::kNone) given.capacity = image_.ScaleMembers()[grant.capacity].rank;
    uint32_t row = kNone;
    return Sets(image_, given, atom, [](const ScopeBox&) { return true; }, row);
  }

  // What is given elsewhere is no way to this conflict.
  bool TakesPart(const Holding& holding, const format::GrantRecord& grant, const HitElement& held) const {
    if (held.parts.empty()) return true;
    return dimensions_.AnyPart(dimensions_.WrittenOut(holding.box), grant.scope, [&](const ScopeBox& box) {
      return std::ranges::any_of(held.parts, [&](const Part& part) {
        ScopeBox common = box;
        return dimensions_.Intersect(common, part.box);
      });
    });
  }

  // What several confer together is had past the systems if each of them is. Sources stand before targets.
  void Derive(const format::DerivationRecord& derivation) {
    const auto sources = Slice(image_.DerivationSources(), derivation.sources_first, derivation.sources_count);
    if (past_.contains(derivation.target) || !std::ranges::all_of(sources, [&](const auto& source) { return past_.contains(source.atom); })) return;
    past_[derivation.target] = past_[sources.front().atom];
  }

  bool IsMember(uint32_t atom) const {
    return std::ranges::binary_search(Slice(image_.RuleMembers(), rule_.members_first, rule_.members_count), atom, {}, &format::AtomRefRecord::atom);
  }

  uint32_t MembersPast() const {
    uint32_t count = 0;
    for (const auto& member : Slice(image_.RuleMembers(), rule_.members_first, rule_.members_count)) {
      const format::AtomRecord& atom = image_.Atoms()[member.atom];
      if (atom.kind != format::AtomKind::Side) {
        count += past_.contains(member.atom) ? 1 : 0;
        continue;
      }
      const format::SideRecord& side = image_.Sides()[atom.ref];
      count += std::ranges::any_of(Slice(image_.Elements(), side.elements_first, side.elements_count), [&](const format::ElementRecord& element) {
        return past_.contains(element.atom) && !IsMember(element.atom);
      }) ? 1 : 0;
    }
    return count;
  }

  // Of the first element held past the systems, as the rule is written.
  Way FirstWay() const {
    for (const auto& [element, held] : hit_.elements) {
      const auto way = past_.find(image_.Elements()[element].atom);
      if (way != past_.end()) return way->second;
    }
    return {};
  }

  const Image& image_;
  const format::RuleRecord& rule_;
  const Hit& hit_;
  const std::function<const Holding&(uint32_t)>& holding_;
  const Instant at_;
  const Dimensions dimensions_;
  std::span<const format::SystemRefRecord> systems_;
  std::map<uint32_t, Way> past_;  // atoms held past the systems, and how
};

}  // namespace

std::span<const format::RuleEnforcerRecord> EnforcersOf(const Image& image, uint32_t rule) {
  const auto rows = std::ranges::equal_range(image.RuleEnforcers(), rule, {}, &format::RuleEnforcerRecord::rule);
  return {rows.begin(), rows.end()};
}

std::vector<RejectedBecause> WayAround(const Image& image, uint32_t rule, const Hit& hit, const std::function<const Holding&(uint32_t)>& holding,
                                       uint32_t control, Instant at) {
  return Around(image, rule, hit, holding, control, at).Run();
}

}  // namespace sod::core
