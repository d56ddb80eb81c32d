// One side of a conflict: its elements with their trigger levels and capacities, and
// what it has in common with the other side.
#include <algorithm>

#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"

namespace sodc::sema {

ElementSet ElementsOf(Context& context, ModuleIndex module, const ast::Side& side) {
  if (!side.is_role) return ExpandElements(context, module, side.set);
  const auto path = BareName(side.set);
  if (path && side.quantifier == ast::Quantifier::Unstated) {
    const auto role = ResolveTo<model::Role>(context, module, *path, kRole);
    if (!role.is_valid()) return {{}, false};
    return {{{Element::Kind::Role, role.index}}, true};
  }
  constexpr WantedElements kRoles{.roles = true, .wanted = "roles"};
  ElementSet set = ExpandElements(context, module, side.set, BareNames::RolesAndGroups);
  set.is_complete &= CheckKinds(context, set, kRoles, side.set.span);
  return set;
}

namespace {

using model::SideElement;
using model::SideQuantifier;

SideQuantifier QuantifierOf(ast::Quantifier quantifier, size_t count) {
  if (count == 1) return SideQuantifier::One;
  return quantifier == ast::Quantifier::All ? SideQuantifier::All : SideQuantifier::Any;
}

SideElement Make(const Context& context, Element element, Span span) {
  SideElement made;
  made.span = span;
  switch (element.kind) {
    case Element::Kind::Duty: made.what = model::DutyId{element.index}; break;
    case Element::Kind::Role: made.what = model::RoleId{element.index}; break;
    case Element::Kind::Entitlement: made.what = model::EntitlementId{element.index}; break;
    case Element::Kind::Being: made.what = context.beings[element.index]; break;
  }
  return made;
}

bool HasKind(const ElementSet& set, Element::Kind kind) {
  return std::any_of(set.elements.begin(), set.elements.end(), [&](Element element) { return element.kind == kind; });
}

// `at`, `as` and `directly` must say something about what stands on the side.
bool CheckClauses(Context& context, const ast::Side& side, const ElementSet& set) {
  if (set.elements.empty()) return true;
  if (side.level && !HasKind(set, Element::Kind::Duty)) {
    Diagnose<DiagKind::LevelOfRole>(side.level->span)
        .Help("levels are stated where a role grants: `grants duty at level`")
        .To(context.sink);
    return false;
  }
  for (const Element element : set.elements) {
    if (side.capacity && element.kind != Element::Kind::Duty && element.kind != Element::Kind::Role) {
      Diagnose<DiagKind::CapacityOfAnotherKind>(side.capacity->span, NameOf(context, element), NounOf(element.kind))
          .Help("put what is held in a capacity on a side or in a rule of its own")
          .To(context.sink);
      return false;
    }
    if (side.is_direct && element.kind != Element::Kind::Role) {
      Diagnose<DiagKind::DirectlyWithoutRole>(side.span, NameOf(context, element), NounOf(element.kind))
          .Help("`directly` is about roles that are assigned and not only included")
          .To(context.sink);
      return false;
    }
  }
  return true;
}

Element ElementOf(const SideElement& element) {
  if (const auto* duty = std::get_if<model::DutyId>(&element.what)) return {Element::Kind::Duty, duty->index};
  if (const auto* role = std::get_if<model::RoleId>(&element.what)) return {Element::Kind::Role, role->index};
  return {Element::Kind::Entitlement, std::get<model::EntitlementId>(element.what).index};
}

}  // namespace

std::string NameOf(const Context& context, const SideElement& element) {
  if (const auto* being = std::get_if<model::Being>(&element.what)) {
    return "being " + being->relation() + " of " + context.model.provisions[being->object].common.name;
  }
  return NameOf(context, ElementOf(element));
}

uint64_t ThingOf(const Context& context, const SideElement& element) {
  const auto* being = std::get_if<model::Being>(&element.what);
  if (being == nullptr) return ElementOf(element).Key();
  const auto found = std::find_if(context.beings.begin(), context.beings.end(), [&](const model::Being& other) {
    return other.object == being->object && other.relation() == being->relation();
  });
  return Element{Element::Kind::Being, static_cast<uint32_t>(found - context.beings.begin())}.Key();
}

BuiltSide BuildSide(Context& context, ModuleIndex module, const ast::Side& side) {
  BuiltSide built;
  built.quantifier = side.quantifier;
  built.side.span = side.span;
  built.set_span = side.set.span;
  const std::optional<NamePath> level = side.level ? std::optional(PathOf(*side.level)) : std::nullopt;
  const std::optional<NamePath> capacity = side.capacity ? std::optional(PathOf(*side.capacity)) : std::nullopt;
  const ElementSet set = ElementsOf(context, module, side);
  if (!CheckClauses(context, side, set)) return built;
  const model::ScaleMemberId trigger = ResolveLevel(context, level, LevelUse::Trigger);
  const model::ScaleMemberId member = ResolveMember(context, capacity, model::ScaleMeasures::Capacity);
  built.is_usable = CheckNotEmpty(context, set, side.set.span) && set.is_complete && (!level || trigger.is_valid()) &&
                    (!capacity || member.is_valid());
  built.side.group = BareGroup(context, module, side.set);
  built.is_set = side.quantifier == ast::Quantifier::Any || !BareName(side.set) || built.side.group.is_valid();
  for (const Element element : set.elements) {
    SideElement made = Make(context, element, side.set.span);
    if (element.kind == Element::Kind::Duty) made.trigger = trigger;
    made.capacity = member;
    made.is_direct = side.is_direct;
    built.side.elements.push_back(std::move(made));
  }
  built.side.quantifier = QuantifierOf(side.quantifier, set.elements.size());
  return built;
}

void CheckPlain(Context& context, const ast::Side& side, std::string_view where) {
  const auto report = [&](Span span, std::string_view word) {
    Diagnose<DiagKind::AttributeMisplaced>(span, word, where).Help("take it out").To(context.sink);
  };
  if (side.level) report(side.level->span, "at");
  if (side.capacity) report(side.capacity->span, "as");
  if (side.is_direct) report(side.span, "directly");
}

model::ConflictSide SideOf(Context& context, const std::vector<model::DutyId>& duties, Span span) {
  model::ConflictSide side;
  side.span = span;
  const model::ScaleMemberId trigger = ResolveLevel(context, std::nullopt, LevelUse::Trigger);
  for (model::DutyId duty : duties) side.elements.push_back({.what = duty, .trigger = trigger, .span = span});
  side.quantifier = QuantifierOf(ast::Quantifier::Any, duties.size());
  return side;
}

namespace {

// The elements of the right side that stand on the left one, too.
struct Shared {
  std::vector<const SideElement*> elements;
  bool are_alike = true;  // at one level and in one capacity on both sides
};

Shared FindShared(const Context& context, const BuiltSide& left, const BuiltSide& right) {
  std::unordered_map<uint64_t, const SideElement*> on_left;
  for (const SideElement& element : left.side.elements) on_left.emplace(ThingOf(context, element), &element);
  Shared shared;
  for (const SideElement& element : right.side.elements) {
    const auto found = on_left.find(ThingOf(context, element));
    if (found == on_left.end() || !MayBeOne(context, *found->second, element)) continue;
    shared.elements.push_back(&element);
    const SideElement& other = *found->second;
    shared.are_alike &= other.trigger == element.trigger && other.capacity == element.capacity && other.is_direct == element.is_direct;
  }
  return shared;
}

// "`a`, `b` and 3 more", and how to take them out of a set.
struct SharedNames {
  std::string listed, except;
};

SharedNames NamesOf(const Context& context, const Shared& shared) {
  const auto spelled = [&](const SideElement& element) {
    const bool is_role = std::holds_alternative<model::RoleId>(element.what);
    return (is_role ? "role " : "") + SpellName(NameOf(context, element));
  };
  const size_t count = shared.elements.size();
  SharedNames names{"`" + NameOf(context, *shared.elements[0]) + "`", (count > 1 ? "{ " : "") + spelled(*shared.elements[0])};
  for (size_t i = 1; i < count; ++i) {
    if (i < 3) names.listed += ", `" + NameOf(context, *shared.elements[i]) + "`";
    names.except += ", " + spelled(*shared.elements[i]);
  }
  if (count > 3) names.listed += " and " + std::to_string(count - 3) + " more";
  if (count > 1) names.except += " }";
  return names;
}

void ReportOverlap(Context& context, const BuiltSide& left, const BuiltSide& right, const Shared& shared) {
  const SharedNames names = NamesOf(context, shared);
  auto diagnostic = Diagnose<DiagKind::SidesOverlap>(right.side.span, names.listed).Label(left.side.span, "the other side");
  const BuiltSide* set = right.side.elements.size() > shared.elements.size() ? &right
                         : left.side.elements.size() > shared.elements.size() ? &left : nullptr;
  if (set == nullptr) {
    std::move(diagnostic).Help("a conflict is between different duties or roles").To(context.sink);
    return;
  }
  const Span end{set->set_span.file, set->set_span.end, set->set_span.end};
  std::move(diagnostic)
      .Help("take it out of one side: `… except " + names.except + "`")
      .Fix(end, " except " + names.except)
      .To(context.sink);
}

bool IsAny(const BuiltSide& side) {
  return side.is_set && (side.quantifier == ast::Quantifier::Any || side.quantifier == ast::Quantifier::Unstated);
}

}  // namespace

bool CheckDisjoint(Context& context, const BuiltSide& left, const BuiltSide& right) {
  const Shared shared = FindShared(context, left, right);
  if (!shared.elements.empty()) ReportOverlap(context, left, right, shared);
  return shared.elements.empty();
}

bool CheckOverlap(Context& context, const BuiltSide& left, const BuiltSide& right) {
  const Shared shared = FindShared(context, left, right);
  if (shared.elements.empty()) return true;
  const size_t distinct = left.side.elements.size() + right.side.elements.size() - shared.elements.size();
  if (!IsAny(left) || !IsAny(right) || !shared.are_alike || distinct < 2) {
    ReportOverlap(context, left, right, shared);
    return false;
  }
  Diagnose<DiagKind::SidesShareMembers>(right.side.span, NamesOf(context, shared).listed)
      .Label(left.side.span, "the other side")
      .Help("nothing conflicts with itself: it takes two different members, one of each side, to break the rule")
      .To(context.sink);
  return true;
}

}  // namespace sodc::sema
