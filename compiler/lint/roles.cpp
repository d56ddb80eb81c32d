// Roles that break a conflict, a role conflict or a restriction all by themselves.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/lint/split.h"
#include "compiler/model/conferring.h"

namespace sodc::lint {
namespace {

using model::Conflict;
using model::ConflictId;
using model::ConflictSide;
using model::Conferring;
using model::DutyId;
using model::EntitlementId;
using model::Model;
using model::RoleId;
using model::SideElement;

// How a role comes to hold something: the place that says so, and in which role.
struct Source {
  Span span;
  RoleId role;
  uint32_t rank = 0;
  model::ScaleMemberId capacity;
  EntitlementId entitlement{};  // that confers it, with those granted before it
  const model::Scope* scope = nullptr;  // of the grant; null: everywhere

  bool IsEverywhere() const { return scope == nullptr || scope->boxes.empty(); }
};

// All that holding one role means.
struct Closure {
  RoleId role;
  std::unordered_map<uint32_t, std::vector<Source>> duties;  // in each capacity at the highest level
  std::unordered_map<uint32_t, Source> roles;   // itself and all it includes
  std::unordered_map<uint32_t, Source> entitlements;  // granted ones and what they confer
  std::vector<uint32_t> duty_order, role_order, entitlement_order;  // as found, for a fixed order of reports
  std::vector<std::pair<EntitlementId, Source>> granted;
};

uint32_t RankOf(const Model& model, model::ScaleMemberId level) {
  return level.is_valid() ? model.scale_members[level].rank : 0;
}

// The highest level in each capacity, everywhere and in some places.
void AddDuty(uint32_t duty, const Source& source, Closure& closure) {
  const auto [it, is_new] = closure.duties.try_emplace(duty);
  if (is_new) closure.duty_order.push_back(duty);
  const auto same = std::find_if(it->second.begin(), it->second.end(),
                                 [&](const Source& other) {
    return other.capacity == source.capacity && other.IsEverywhere() == source.IsEverywhere();
  });
  if (same == it->second.end()) {
    it->second.push_back(source);
  } else if (same->rank < source.rank) {
    *same = source;
  }
}

void AddGrants(const Model& model, RoleId id, Closure& closure) {
  for (const model::Grant& grant : model.roles[id].grants) {
    if (grant.entitlement.is_valid() && !grant.is_undecided) {
      closure.granted.emplace_back(grant.entitlement, Source{grant.span, id, UINT32_MAX, {}, grant.entitlement, &grant.scope});
    }
    if (!grant.duty.is_valid() || grant.is_undecided) continue;
    AddDuty(grant.duty.index, {grant.span, id, RankOf(model, grant.level), grant.capacity, {}, &grant.scope}, closure);
  }
}

// The first capacity in which something is done, which is meant where none is named.
model::ScaleMemberId FirstActing(const Model& model) {
  for (const model::Scale& scale : model.scales) {
    if (scale.measures != model::ScaleMeasures::Capacity) continue;
    for (const model::ScaleMemberId member : scale.members) {
      if (model.scale_members[member].is_acting) return member;
    }
  }
  return {};
}

bool CountsInCapacity(const Model& model, model::ScaleMemberId held, model::ScaleMemberId wanted) {
  if (held == wanted) return true;
  const model::ScaleMemberId in = held.is_valid() ? held : FirstActing(model);
  return wanted.is_valid() ? in == wanted : !in.is_valid() || model.scale_members[in].is_acting;
}

void NoteConferred(const Conferring& conferring, Conferring::Node node, const Source& source, Closure& closure) {
  if (conferring.IsEntitlement(node) && closure.entitlements.try_emplace(node, source).second) {
    closure.entitlement_order.push_back(node);
  }
  if (!conferring.IsDuty(node)) return;
  AddDuty(conferring.DutyAt(node).index, source, closure);
}

// What those granted in the same places confer, alone or together; each with the first grant
// by which it is reached. Places that only overlap are left to the answers about roles.
void AddConferredIn(const Model& model, const Conferring& conferring, const model::Scope& scope, Closure& closure) {
  std::vector<Conferring::Node> held;
  for (const auto& [entitlement, source] : closure.granted) {
    const auto& confers = model.entitlements[entitlement].confers;
    const bool is_there = source.scope->boxes.empty() || source.scope->boxes == scope.boxes;
    if (!is_there || confers.empty()) continue;
    for (const EntitlementId id : confers) held.push_back(conferring.NodeOf(id));
    for (const Conferring::Node node : conferring.Reach(held)) NoteConferred(conferring, node, source, closure);
  }
}

void AddConferred(const Model& model, const Conferring& conferring, Closure& closure) {
  std::vector<const model::Scope*> done;
  for (const auto& [entitlement, source] : closure.granted) {
    const auto is_same = [&](const model::Scope* other) { return other->boxes == source.scope->boxes; };
    if (std::any_of(done.begin(), done.end(), is_same)) continue;
    done.push_back(source.scope);
    AddConferredIn(model, conferring, *source.scope, closure);
  }
}

Closure CloseOver(const Model& model, const Conferring& conferring, RoleId id) {
  Closure closure;
  closure.role = id;
  closure.roles.emplace(id.index, Source{model.roles[id].common.span, id, 0, {}, {}, nullptr});
  closure.role_order.push_back(id.index);
  for (size_t i = 0; i < closure.role_order.size(); ++i) {
    const RoleId next{closure.role_order[i]};
    const model::Role& role = model.roles[next];
    AddGrants(model, next, closure);
    for (size_t k = 0; k < role.includes.size(); ++k) {
      const uint32_t included = role.includes[k].index;
      if (!closure.roles.try_emplace(included, Source{role.include_spans[k], next, 0, {}, {}, nullptr}).second) continue;
      closure.role_order.push_back(included);
    }
  }
  AddConferred(model, conferring, closure);
  return closure;
}

// A capacity that is named is one in which the roles it is about are held, in so far as it acts.
bool IsHeldIn(const Model& model, model::ScaleMemberId capacity) {
  return !capacity.is_valid() || model.scale_members[capacity].is_acting;
}

// Where the element is held, or null. Whoever holds the role is assigned it and nothing else. With `everywhere`
// what is granted for some places alone does not count.
const Source* Holds(const Model& model, const Closure& closure, const SideElement& element, bool everywhere = false) {
  if (const auto* role = std::get_if<RoleId>(&element.what)) {
    const auto it = closure.roles.find(role->index);
    return it == closure.roles.end() || (element.is_direct && *role != closure.role) || !IsHeldIn(model, element.capacity) ? nullptr : &it->second;
  }
  if (const auto* entitlement = std::get_if<EntitlementId>(&element.what)) {
    const auto it = closure.entitlements.find(entitlement->index);
    return it == closure.entitlements.end() || (everywhere && !it->second.IsEverywhere()) ? nullptr : &it->second;
  }
  const auto* duty = std::get_if<DutyId>(&element.what);
  const auto it = duty == nullptr ? closure.duties.end() : closure.duties.find(duty->index);
  if (it == closure.duties.end()) return nullptr;
  for (const Source& source : it->second) {
    if (everywhere && !source.IsEverywhere()) continue;
    if (source.rank >= RankOf(model, element.trigger) && CountsInCapacity(model, source.capacity, element.capacity)) return &source;
  }
  return nullptr;
}

bool IsMet(const Model& model, const Closure& closure, const ConflictSide& side, bool everywhere) {
  const auto holds = [&](const SideElement& element) { return Holds(model, closure, element, everywhere) != nullptr; };
  return side.quantifier == model::SideQuantifier::All
             ? std::all_of(side.elements.begin(), side.elements.end(), holds)
             : std::any_of(side.elements.begin(), side.elements.end(), holds);
}

// Two sides of any may have members in common: it takes two different ones, one of each side
// (docs/decisions/0032). Each element held is found at one place.
bool AreTwo(const Model& model, const Closure& closure, const Conflict& conflict, bool everywhere) {
  std::unordered_set<const Source*> left, right;
  for (const SideElement& element : conflict.sides[0].elements) left.insert(Holds(model, closure, element, everywhere));
  for (const SideElement& element : conflict.sides[1].elements) right.insert(Holds(model, closure, element, everywhere));
  left.erase(nullptr);
  right.erase(nullptr);
  return left.size() > 1 || right.size() > 1 || left != right;
}

// What a role breaks wherever it is assigned. A rule about some places (`only in`), or about two of them (`across`), depends
// on the assignment, and one that no version judges yet on more: those are left to the answers about people.
bool IsAboutRolesAlone(const Conflict& conflict) {
  return conflict.match != model::ScopeMatch::Across && conflict.only_in.boxes.empty() &&
          conflict.moment == model::Moment::Static && conflict.unevaluated == model::Unevaluated::None && !conflict.is_guarded &&
          conflict.kind <= model::ConflictKind::Restriction;
}

bool IsBroken(const Model& model, const Closure& closure, const Conflict& conflict) {
  if (!IsAboutRolesAlone(conflict)) return false;
  const uint32_t allowed = conflict.kind == model::ConflictKind::AtMost ? conflict.at_most : 1;
  uint32_t met = 0;
  const bool everywhere = conflict.match == model::ScopeMatch::Same;
  for (const ConflictSide& side : conflict.sides) met += IsMet(model, closure, side, everywhere);
  if (met <= allowed) return false;
  return conflict.kind != model::ConflictKind::Set || AreTwo(model, closure, conflict, everywhere);
}

// Conflicts by the duties and roles they name.
struct Index {
  std::unordered_map<uint32_t, std::vector<uint32_t>> by_duty, by_role, by_entitlement;
};

Index IndexOf(const Model& model) {
  Index index;
  for (size_t i = 0; i < model.conflicts.size(); ++i) {
    for (const ConflictSide& side : model.conflicts[model.conflicts.IdAt(i)].sides) {
      for (const SideElement& element : side.elements) {
        const auto* role = std::get_if<RoleId>(&element.what);
        const auto* duty = std::get_if<DutyId>(&element.what);
        const auto* entitlement = std::get_if<EntitlementId>(&element.what);
        if (role == nullptr && duty == nullptr && entitlement == nullptr) continue;
        auto& row = role           ? index.by_role[role->index]
                    : entitlement ? index.by_entitlement[entitlement->index]
                                  : index.by_duty[duty->index];
        if (row.empty() || row.back() != i) row.push_back(static_cast<uint32_t>(i));
      }
    }
  }
  return index;
}

// The conflicts that a closure breaks, in model order.
std::vector<uint32_t> BrokenBy(const Model& model, const Index& index, const Closure& closure) {
  std::vector<uint32_t> candidates;
  const auto add = [&](const auto& rows, uint32_t key) {
    if (const auto it = rows.find(key); it != rows.end()) {
      candidates.insert(candidates.end(), it->second.begin(), it->second.end());
    }
  };
  for (uint32_t duty : closure.duty_order) add(index.by_duty, duty);
  for (uint32_t role : closure.role_order) add(index.by_role, role);
  for (uint32_t entitlement : closure.entitlement_order) add(index.by_entitlement, entitlement);
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::erase_if(candidates, [&](uint32_t i) { return !IsBroken(model, closure, model.conflicts[ConflictId{i}]); });
  return candidates;
}

std::string NameOf(const Model& model, const SideElement& element) {
  if (const auto* role = std::get_if<RoleId>(&element.what)) return model.roles[*role].common.name;
  if (const auto* entitlement = std::get_if<EntitlementId>(&element.what)) {
    return model.entitlements[*entitlement].common.name;
  }
  return model.duties[std::get<DutyId>(element.what)].common.name;
}

// A conflict of roles with roles, one or many on a side (rulings SEM-10).
bool IsOfRoles(const Conflict& conflict) {
  for (const ConflictSide& side : conflict.sides) {
    for (const SideElement& element : side.elements) {
      if (!std::holds_alternative<RoleId>(element.what)) return false;
    }
  }
  return true;
}

// Where the document admits that the role, or some role, has both; or null.
const model::Claims* Discloses(const Model& model, RoleId id, const Conflict& conflict) {
  const auto pair = DutiesOfPair(conflict);
  if (!pair) return nullptr;
  for (const model::Claims& claims : model.claims) {
    for (const model::Disclosure& disclosed : claims.disclosures) {
      const bool is_meant = !disclosed.role.is_valid() || disclosed.role == id;
      const bool is_pair = (disclosed.first == pair->first && disclosed.second == pair->second) ||
                           (disclosed.first == pair->second && disclosed.second == pair->first);
      if (is_meant && is_pair) return &claims;
    }
  }
  return nullptr;
}

DiagnosticBuilder Begin(const Model& model, RoleId id, const Conflict& conflict) {
  const model::Common& role = model.roles[id].common;
  if (const model::Claims* claims = Discloses(model, id, conflict)) {
    return Diagnose<DiagKind::DisclosedConflictInRole>(role.span, role.name, conflict.common.name, "\"" + claims->place + "\"")
        .Label(claims->span, "it is disclosed here");
  }
  const bool is_must = conflict.modality == model::Modality::Must;
  if (conflict.kind == model::ConflictKind::Role || IsOfRoles(conflict)) {
    return Diagnose<DiagKind::RoleBreaksRoleConflict>(role.span, role.name, conflict.common.name);
  }
  if (conflict.kind != model::ConflictKind::Restriction) {
    return Diagnose<DiagKind::RoleBreaksConflict>(role.span, role.name, conflict.common.name);
  }
  return is_must ? Diagnose<DiagKind::RestrictionRefuted>(role.span, role.name, conflict.common.name)
                 : Diagnose<DiagKind::SoftRestrictionRefuted>(role.span, role.name, conflict.common.name);
}

void Report(const Model& model, RoleId id, const Closure& closure, const Conflict& conflict, std::string split, Sink& sink) {
  auto diagnostic = Begin(model, id, conflict);
  for (const ConflictSide& side : conflict.sides) {
    for (const SideElement& element : side.elements) {
      const Source* source = Holds(model, closure, element);
      const auto* role = std::get_if<RoleId>(&element.what);
      if (source == nullptr || (role != nullptr && *role == id)) continue;
      std::string text = "`" + NameOf(model, element) + (role ? "` is included here" : "` is granted here");
      if (source->entitlement.is_valid()) text = "`" + NameOf(model, element) + "` is held by this entitlement";
      if (source->role != id) text += ", in role `" + model.roles[source->role].common.name + "`";
      diagnostic = std::move(diagnostic).Label(source->span, std::move(text));
    }
  }
  if (split.empty()) split = "give what conflicts to different roles; which controls count is said by a query";
  std::move(diagnostic)
      .Label(conflict.common.span, "the rule")
      .Help(conflict.kind == model::ConflictKind::Restriction ? "take away the grant or the restriction" : std::move(split))
      .To(sink);
}

bool IsBetweenDuties(const Conflict& conflict) {
  if (!IsAboutRolesAlone(conflict) || conflict.kind == model::ConflictKind::Restriction) return false;
  for (const ConflictSide& side : conflict.sides) {
    for (const SideElement& element : side.elements) {
      if (!std::holds_alternative<DutyId>(element.what)) return false;
    }
  }
  return true;
}

std::vector<uint32_t> RulesBetweenDuties(const Model& model) {
  std::vector<uint32_t> rules;
  for (uint32_t i = 0; i < model.conflicts.size(); ++i) {
    if (IsBetweenDuties(model.conflicts[ConflictId{i}])) rules.push_back(i);
  }
  return rules;
}

// One finding for a role that breaks all of them, such as one that `grants all` (E19).
void ReportEverything(const Model& model, RoleId id, const Closure& closure, const std::vector<uint32_t>& rules, std::string split, Sink& sink) {
  constexpr size_t kShown = 12;  // of rules by name; of places a few
  const model::Common& role = model.roles[id].common;
  auto diagnostic = Diagnose<DiagKind::RoleBreaksEverything>(role.span, role.name, rules.size());
  std::vector<std::pair<Span, size_t>> places;  // what says so, and how many duties it gives
  for (const uint32_t duty : closure.duty_order) {
    const Span span = closure.duties.at(duty).front().span;
    const auto known = std::find_if(places.begin(), places.end(), [&](const auto& place) { return place.first == span; });
    if (known == places.end()) {
      places.emplace_back(span, 1);
    } else {
      ++known->second;
    }
  }
  for (size_t i = 0; i < std::min<size_t>(places.size(), 6); ++i) {
    const size_t count = places[i].second;
    if (count > 1) diagnostic = std::move(diagnostic).Label(places[i].first, std::to_string(count) + " duties are granted here");
  }
  std::string names;
  for (size_t i = 0; i < std::min(rules.size(), kShown); ++i) {
    names += (i == 0 ? "`" : ", `") + model.conflicts[ConflictId{rules[i]}].common.name + "`";
  }
  if (rules.size() > kShown) names += " and " + std::to_string(rules.size() - kShown) + " more";
  if (split.empty()) split = "grant less, or give what conflicts to different roles";
  std::move(diagnostic).Help("it breaks " + names + "; " + split).To(sink);
}

}  // namespace

void FindRolesInConflict(const Model& model, Sink& sink) {
  const Index index = IndexOf(model);
  const Conferring conferring(model);
  std::vector<std::vector<uint32_t>> broken(model.roles.size());
  for (size_t i = 0; i < model.roles.size(); ++i) {
    broken[i] = BrokenBy(model, index, CloseOver(model, conferring, model.roles.IdAt(i)));
  }
  const std::vector<uint32_t> all = RulesBetweenDuties(model);
  const auto breaks_all = [&](size_t i) { return all.size() > 1 && std::includes(broken[i].begin(), broken[i].end(), all.begin(), all.end()); };
  for (size_t i = 0; i < model.roles.size(); ++i) {
    if (broken[i].empty()) continue;
    const RoleId id = model.roles.IdAt(i);
    std::unordered_set<uint32_t> known;
    for (RoleId included : model.roles[id].includes) {
      known.insert(broken[included.index].begin(), broken[included.index].end());
    }
    const Closure closure = CloseOver(model, conferring, id);
    const bool is_new = std::any_of(all.begin(), all.end(), [&](uint32_t rule) { return known.count(rule) == 0; });
    std::string split = SplitInWords(model, broken[i]);  // said once, at the first of them
    // What the policy discloses it speaks of one by one, and so is told one by one.
    const bool has_disclosed = std::any_of(all.begin(), all.end(), [&](uint32_t rule) {
      return Discloses(model, id, model.conflicts[ConflictId{rule}]) != nullptr;
    });
    if (is_new && !has_disclosed && breaks_all(i)) {
      ReportEverything(model, id, closure, all, std::exchange(split, std::string()), sink);
      known.insert(all.begin(), all.end());
    }
    for (uint32_t conflict : broken[i]) {
      if (known.count(conflict) != 0) continue;
      const Conflict& row = model.conflicts[ConflictId{conflict}];
      const bool is_part = DutiesOfPair(row).has_value() && Discloses(model, id, row) == nullptr;
      Report(model, id, closure, row, is_part ? std::exchange(split, std::string()) : std::string(), sink);
    }
  }
}

}  // namespace sodc::lint
