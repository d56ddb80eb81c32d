#include "compiler/lint/covering.h"

#include <algorithm>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace sodc::lint {
namespace {

using model::Conflict;
using model::ConflictId;
using model::ConflictKind;
using model::Model;
using model::RoleId;
using model::SideElement;

// Comparisons of members; a policy of some ten thousand rules needs a tenth of it.
constexpr uint64_t kMostComparisons = 100'000'000;

bool HasRelation(const Conflict& conflict) {
  return std::ranges::any_of(conflict.sides, [](const model::ConflictSide& side) {
    return std::ranges::any_of(side.elements, [](const SideElement& element) { return std::holds_alternative<model::Being>(element.what); });
  });
}

auto KeyOf(const SideElement& element) {
  return std::tuple(ThingOf(element), element.trigger.index, element.capacity.index, element.is_direct, element.avoids.index);
}

// Whether one thing stands in two places of the rule.
bool HasRepeated(const Conflict& conflict) {
  std::set<decltype(KeyOf(std::declval<SideElement>()))> seen;
  for (const model::ConflictSide& side : conflict.sides) {
    for (const SideElement& element : side.elements) {
      if (!seen.insert(KeyOf(element)).second) return true;
    }
  }
  return false;
}

}  // namespace

Thing ThingOf(model::DutyId duty) { return {0, duty.index}; }
Thing ThingOf(RoleId role) { return {1, role.index}; }
Thing ThingOf(const SideElement& element) {
  if (const auto* duty = std::get_if<model::DutyId>(&element.what)) return ThingOf(*duty);
  if (const auto* role = std::get_if<RoleId>(&element.what)) return ThingOf(*role);
  if (const auto* entitlement = std::get_if<model::EntitlementId>(&element.what)) return {2, entitlement->index};
  return {3, 0};
}

const std::set<uint32_t>& RoleClosures::Of(RoleId role) {
  const auto [it, is_new] = closures_.try_emplace(role.index);
  if (!is_new) return it->second;
  std::vector<uint32_t> reached = {role.index};
  std::set<uint32_t>& closure = it->second;
  while (!reached.empty()) {
    const uint32_t next = reached.back();
    reached.pop_back();
    if (!closure.insert(next).second) continue;
    for (const RoleId included : model_.roles[RoleId{next}].includes) reached.push_back(included.index);
  }
  return closure;
}

std::optional<Limit> LimitOf(const Conflict& conflict) {
  return conflict.unevaluated == model::Unevaluated::None && conflict.moment == model::Moment::Static ? LimitAsWritten(conflict) : std::nullopt;
}

std::optional<Limit> LimitAsWritten(const Conflict& conflict) {
  if (conflict.match == model::ScopeMatch::Across || HasRelation(conflict) || HasRepeated(conflict)) return std::nullopt;
  Limit limit;
  for (const model::ConflictSide& side : conflict.sides) {
    const bool is_group = side.quantifier == model::SideQuantifier::Any;
    if (is_group) limit.members.emplace_back();
    for (const SideElement& element : side.elements) {
      if (!is_group) limit.members.emplace_back();
      limit.members.back().options.push_back(&element);
    }
  }
  switch (conflict.kind) {
    case ConflictKind::Forbidden:
    case ConflictKind::Sensitive:
    case ConflictKind::Reserved: limit.most = 0; break;
    case ConflictKind::AtMost: limit.most = conflict.at_most; break;
    default: limit.most = limit.members.empty() ? 0 : limit.members.size() - 1;
  }
  return limit;
}

bool Implies(const Model& model, RoleClosures& closures, const SideElement& one, const SideElement& other) {
  // A capacity that is not named is any that acts.
  const bool is_same_capacity = one.capacity == other.capacity ||
                                (!other.capacity.is_valid() && model.scale_members[one.capacity].is_acting);
  const bool is_same_way = !other.avoids.is_valid() || one.avoids == other.avoids;
  if (!is_same_capacity || !is_same_way) return false;
  if (const auto* role = std::get_if<RoleId>(&one.what)) {
    const auto* wanted = std::get_if<RoleId>(&other.what);
    if (wanted == nullptr) return false;
    // Who only owns a role, or approves it, does not own what it includes.
    const bool is_acting = !one.capacity.is_valid() || model.scale_members[one.capacity].is_acting;
    if (!is_acting && *role != *wanted) return false;
    return other.is_direct ? one.is_direct && *role == *wanted : closures.Of(*role).count(wanted->index) != 0;
  }
  if (ThingOf(one) != ThingOf(other)) return false;
  const auto rank = [&](const SideElement& element) { return element.trigger.is_valid() ? model.scale_members[element.trigger].rank : 0; };
  return rank(one) >= rank(other);
}

namespace {

// Compares rules by what they are about first; limits are made when two rules share enough, so that memory grows by
// some bytes a member.
class Covering {
 public:
  explicit Covering(const Model& model) : model_(model), closures_(model) {
    for (uint32_t row = 0; row < model.conflicts.size(); ++row) {
      const std::optional<Limit> limit = LimitOf(At(row));
      sizes_.push_back(limit ? Size{static_cast<uint32_t>(limit->members.size()), static_cast<uint32_t>(limit->most)} : Size{});
      if (limit) Enter(row, *limit);
    }
    counts_.resize(sizes_.size());
    conditions_.resize(sizes_.size());
    for (const model::RuleCondition& condition : model.conditions) {
      conditions_[condition.rule.index] |= condition.purpose == model::RuleCondition::Purpose::Applies ? kApplies : kFollows;
    }
  }

  std::vector<CoveredRule> Run() {
    std::vector<CoveredRule> found;
    for (uint32_t row = 0; row < sizes_.size() && comparisons_ < kMostComparisons; ++row) {
      if (sizes_[row].members == 0) continue;
      for (const uint32_t by : CandidatesFor(row)) {
        if (by == row || !Covers(by, row) || (by > row && Covers(row, by))) continue;
        found.push_back({ConflictId{row}, ConflictId{by}});
        break;
      }
    }
    return found;
  }

 private:
  struct Size {
    uint32_t members = 0;  // 0: the rule is not compared
    uint32_t most = 0;
  };

  const Conflict& At(uint32_t row) const { return model_.conflicts[ConflictId{row}]; }

  // Rows are entered in ascending order.
  void Enter(uint32_t row, const Limit& limit) {
    for (const LimitMember& member : limit.members) {
      for (const SideElement* option : member.options) {
        std::vector<uint32_t>& rows = rules_with_[ThingOf(*option)];
        if (rows.empty() || rows.back() != row) rows.push_back(row);
      }
    }
  }

  // How many members of the one must imply members of the other, so that one too many here is one too many there.
  static size_t Needed(Size by, Size of) { return size_t{by.most} + of.members - of.most; }

  // Rules that have enough in common with this one, ascending. What a member implies, its first option implies.
  std::vector<uint32_t> CandidatesFor(uint32_t row) {
    touched_.clear();
    std::vector<uint32_t> candidates;
    const Limit limit = *LimitOf(At(row));
    for (const LimitMember& member : limit.members) {
      for (const uint32_t other : RulesWith(*member.options.front())) {
        if (counts_[other]++ == 0) touched_.push_back(other);
        if (counts_[other] == Needed(sizes_[other], sizes_[row])) candidates.push_back(other);
      }
    }
    for (const uint32_t other : touched_) counts_[other] = 0;
    std::ranges::sort(candidates);
    return candidates;
  }

  // With something that the element implies; ascending, each once. Good until the next call.
  std::span<const uint32_t> RulesWith(const SideElement& element) {
    const std::vector<Thing> things = ImpliedBy(element);
    with_member_.clear();
    for (const Thing& thing : things) {
      const auto found = rules_with_.find(thing);
      if (found == rules_with_.end()) continue;
      comparisons_ += found->second.size();
      if (things.size() == 1) return found->second;
      with_member_.insert(with_member_.end(), found->second.begin(), found->second.end());
    }
    std::ranges::sort(with_member_);
    const auto repeated = std::ranges::unique(with_member_);
    with_member_.erase(repeated.begin(), repeated.end());
    return with_member_;
  }

  std::vector<Thing> ImpliedBy(const SideElement& element) {
    const auto* role = std::get_if<RoleId>(&element.what);
    if (role == nullptr) return {ThingOf(element)};
    std::vector<Thing> things;
    for (const uint32_t included : closures_.Of(*role)) things.push_back(ThingOf(RoleId{included}));
    return things;
  }

  bool Covers(uint32_t by, uint32_t row) {
    // A rule under a condition is as strict as another one only where that holds; and what follows from a rule
    // under a condition, or needs something more, is compared with nothing.
    if (conditions_[by] != 0 || (conditions_[row] & kFollows) != 0) return false;
    return IsAsStrict(At(by), At(row)) && CoversLimit(*LimitOf(At(by)), *LimitOf(At(row)), Needed(sizes_[by], sizes_[row]));
  }

  static bool IsAsStrict(const Conflict& by, const Conflict& of) {
    // A change of an imported rule ends, and with it what it says.
    if (by.changed_by.is_valid() || of.changed_by.is_valid()) return false;
    const bool has_its_time = by.valid_from <= of.valid_from && by.valid_until >= of.valid_until;
    const bool has_its_holdings = (by.counting & of.counting) == of.counting;
    const bool has_its_subject = by.subject == model::RuleSubject::Person || by.subject == of.subject;
    const bool has_its_places = by.only_in.boxes.empty() || by.only_in.boxes == of.only_in.boxes;
    const bool has_its_match = by.match == model::ScopeMatch::Any || (by.match == of.match && by.dimension == of.dimension);
    return by.mode >= of.mode && has_its_time && has_its_holdings && has_its_subject && has_its_places && has_its_match;
  }

  // Of the members of the one, enough find a partner of their own among those of the other.
  bool CoversLimit(const Limit& by, const Limit& of, size_t needed) {
    if (needed > of.members.size() || needed > by.members.size()) return false;
    std::vector<size_t> partner(by.members.size(), of.members.size());
    size_t matched = 0;
    for (size_t i = 0; i < of.members.size() && matched < needed; ++i) {
      std::vector<bool> tried(by.members.size());
      matched += FindPartner(by, of, i, tried, partner) ? 1 : 0;
      if (comparisons_ >= kMostComparisons) return false;
    }
    return matched >= needed;
  }

  // Augmenting paths, each as deep as there are members of `by`.
  bool FindPartner(const Limit& by, const Limit& of, size_t member, std::vector<bool>& tried, std::vector<size_t>& partner) {
    std::vector<size_t> way = {member};
    std::vector<size_t> next = {0};
    std::vector<size_t> taken;
    while (!way.empty()) {
      size_t& candidate = next.back();
      while (candidate < by.members.size() && (tried[candidate] || !MemberImplies(of.members[way.back()], by.members[candidate]))) ++candidate;
      if (candidate == by.members.size()) {
        way.pop_back();
        next.pop_back();
        if (!taken.empty()) taken.pop_back();
        continue;
      }
      tried[candidate] = true;
      taken.push_back(candidate);
      if (partner[candidate] == of.members.size()) {
        for (size_t i = 0; i < way.size(); ++i) partner[taken[i]] = way[i];
        return true;
      }
      way.push_back(partner[candidate]);
      next.push_back(0);
    }
    return false;
  }

  bool MemberImplies(const LimitMember& one, const LimitMember& other) {
    return std::ranges::all_of(one.options, [&](const SideElement* option) {
      comparisons_ += other.options.size();
      return std::ranges::any_of(other.options, [&](const SideElement* wanted) { return Implies(model_, closures_, *option, *wanted); });
    });
  }

  const Model& model_;
  RoleClosures closures_;
  std::vector<Size> sizes_;                            // by row of conflicts
  std::map<Thing, std::vector<uint32_t>> rules_with_;  // ascending
  static constexpr uint8_t kApplies = 1, kFollows = 2;
  std::vector<uint8_t> conditions_;                    // by row: what of it is under a condition
  std::vector<uint32_t> counts_;                       // zero between two calls
  std::vector<uint32_t> touched_, with_member_;        // kept for their memory
  uint64_t comparisons_ = 0;
};

}  // namespace

std::vector<CoveredRule> FindCoveredRules(const Model& model) { return Covering(model).Run(); }

}  // namespace sodc::lint
