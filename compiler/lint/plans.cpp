// Findings about plans: conflicts that they leave, those that they hand on, and words that name nothing.
#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include <fmt/format.h>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"
#include "compiler/model/carried.h"

namespace sodc::lint {
namespace {

using model::Conflict;
using model::DutyId;
using model::Model;
using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

using Rows = std::unordered_set<uint32_t>;

// One `separates A from B`: what stands on each side.
struct Separated {
  Rows duties, roles;
};

void AddReference(const Model& model, const Reference& reference, Separated& side) {
  if (reference.kind == Reference::Kind::Duty) side.duties.insert(reference.index);
  if (reference.kind == Reference::Kind::Role) side.roles.insert(reference.index);
  if (reference.kind != Reference::Kind::Group) return;
  for (const DutyId duty : model.groups[model::GroupId{reference.index}].members) side.duties.insert(duty.index);
  for (const model::RoleId role : model.groups[model::GroupId{reference.index}].roles) side.roles.insert(role.index);
}

bool Touches(const model::ConflictSide& side, const Separated& named) {
  return std::ranges::any_of(side.elements, [&](const model::SideElement& element) {
    if (const auto* duty = std::get_if<DutyId>(&element.what)) return named.duties.contains(duty->index);
    const auto* role = std::get_if<model::RoleId>(&element.what);
    return role != nullptr && named.roles.contains(role->index);
  });
}

// One of the two sides, by each of the two.
bool IsTakenApart(const model::ConflictSide& side, const model::ConflictSide& other, const Separated& a, const Separated& b) {
  return (Touches(side, a) && Touches(other, b)) || (Touches(side, b) && Touches(other, a));
}

// What a plan says it does: of the plan itself and of each hire.
struct Effects {
  std::vector<std::pair<Separated, Separated>> separated;
  Rows reduced;   // conflicts
  Rows reduced_duties;

  bool AreTakenApart(const model::ConflictSide& side, const model::ConflictSide& other) const {
    return std::ranges::any_of(separated, [&](const auto& pair) { return IsTakenApart(side, other, pair.first, pair.second); });
  }
  // Whether so many of the sides from `next` on can stay with one holder, beside those that do.
  bool CanStay(const Conflict& conflict, const std::vector<uint32_t>& sides, size_t next, size_t wanted, std::vector<uint32_t>& staying,
               uint32_t& budget) const {
    if (wanted == 0) return true;
    if (sides.size() - next < wanted || budget == 0) return false;
    --budget;
    const bool is_free = std::ranges::none_of(staying, [&](uint32_t other) { return AreTakenApart(conflict.sides[sides[next]], conflict.sides[other]); });
    if (is_free) {
      staying.push_back(sides[next]);
      if (CanStay(conflict, sides, next + 1, wanted - 1, staying, budget)) return true;
      staying.pop_back();
    }
    return CanStay(conflict, sides, next + 1, wanted, staying, budget);
  }
  // Of a limit on many, separating two of those held may leave more than it allows.
  bool Ends(const HeldConflict& held, const Conflict& conflict) const {
    if (reduced.contains(held.conflict.index)) return true;
    const bool is_named = std::ranges::any_of(conflict.sides, [&](const model::ConflictSide& side) { return Touches(side, {reduced_duties, {}}); });
    if (is_named) return true;
    uint32_t budget = 100'000;
    std::vector<uint32_t> staying;
    return !CanStay(conflict, held.sides, 0, size_t{conflict.at_most} + 1, staying, budget);
  }
};

void AddEffect(const Model& model, const ProvisionAttribute& attribute, Effects& effects) {
  if (attribute.keyword == "separates" && attribute.values.size() == 2) {
    auto& [a, b] = effects.separated.emplace_back();
    if (attribute.values[0].kind == ProvisionValue::Kind::Reference) AddReference(model, attribute.values[0].reference, a);
    if (attribute.values[1].kind == ProvisionValue::Kind::Reference) AddReference(model, attribute.values[1].reference, b);
  }
  if (attribute.keyword != "reduces") return;
  for (const uint32_t row : model::References(attribute, Reference::Kind::Conflict)) effects.reduced.insert(row);
  for (const uint32_t row : model::References(attribute, Reference::Kind::Duty)) effects.reduced_duties.insert(row);
}

// ---- Words that stand for no declaration

void FindWords(const model::Provision& plan, const std::vector<ProvisionAttribute>& attributes, Sink& sink) {
  for (const ProvisionAttribute& attribute : attributes) {
    if (attribute.keyword == "hire") FindWords(plan, attribute.nested, sink);
    if (attribute.keyword != "separates" && attribute.keyword != "reduces") continue;
    for (const ProvisionValue& value : attribute.values) {
      if (value.kind != ProvisionValue::Kind::Text) continue;
      Diagnose<DiagKind::PlanNamesNothing>(attribute.span, plan.common.name, value.text)
          .Help("declare it as a duty or a group, with what it conflicts, or name what is meant: an effect on nothing declared ends no conflict")
          .To(sink);
    }
  }
}

// ---- Conflicts that stay

void FindLeft(const Model& model, const model::Provision& plan, const std::vector<HeldConflict>& held, Sink& sink) {
  Effects effects;
  for (const ProvisionAttribute& attribute : plan.attributes) {
    AddEffect(model, attribute, effects);
    if (attribute.keyword != "hire") continue;
    for (const ProvisionAttribute& nested : attribute.nested) AddEffect(model, nested, effects);
  }
  std::vector<uint32_t> left;
  for (const HeldConflict& one : held) {
    if (!effects.Ends(one, model.conflicts[one.conflict])) left.push_back(one.conflict.index);
  }
  std::ranges::sort(left);
  left.erase(std::ranges::unique(left).begin(), left.end());
  if (left.empty()) return;
  std::vector<std::string> names;
  for (const uint32_t row : left) names.push_back(Quoted(model.conflicts[model::ConflictId{row}].common.name));
  auto finding = Diagnose<DiagKind::PlanLeavesConflicts>(plan.common.span, plan.common.name, Counted(left.size(), "conflict"), ListOf(names));
  for (size_t i = 0; i < std::min(left.size(), kMostPlaces); ++i) {
    const Conflict& conflict = model.conflicts[model::ConflictId{left[i]}];
    finding = std::move(finding).Label(conflict.common.span, SidesOf(model, conflict));
  }
  std::move(finding).Help("add a step that separates them, or say for how long their controls must do").To(sink);
}

// ---- Conflicts that a hire takes over

struct Hire {
  const ProvisionAttribute* attribute = nullptr;
  std::string name;
  Rows takes, may_take;  // may: one side of what is separated, and neither is said to go to this hire
};

Hire HireOf(const Model& model, const ProvisionAttribute& attribute) {
  Hire hire{&attribute, {}, {}, {}};
  if (!attribute.values.empty()) hire.name = attribute.values.front().text;
  for (const ProvisionAttribute& nested : attribute.nested) {
    if (nested.keyword != "takes") continue;
    for (const uint32_t duty : model::References(nested, Reference::Kind::Duty)) hire.takes.insert(duty);
  }
  Effects effects;
  for (const ProvisionAttribute& nested : attribute.nested) AddEffect(model, nested, effects);
  for (const auto& [a, b] : effects.separated) {
    const auto is_taken = [&](uint32_t duty) { return hire.takes.contains(duty); };
    if (std::ranges::any_of(a.duties, is_taken) || std::ranges::any_of(b.duties, is_taken)) continue;
    hire.may_take.insert(a.duties.begin(), a.duties.end());
    hire.may_take.insert(b.duties.begin(), b.duties.end());
  }
  return hire;
}

// The duty itself, or another that stands for the same one of a catalogue.
uint32_t SameDutyIn(const Model& model, const Rows& duties, DutyId wanted) {
  if (duties.contains(wanted.index)) return wanted.index;
  const DutyId entry = model.duties[wanted].catalogue_entry;
  uint32_t found = DutyId::kNone;
  for (const uint32_t duty : duties) {
    const model::Duty& other = model.duties[DutyId{duty}];
    if (entry.is_valid() && other.catalogue_entry == entry) found = std::min(found, duty);
  }
  return found;
}

struct Moved {
  uint32_t taken = DutyId::kNone, other = DutyId::kNone;
  bool is_certain = false;
};

Moved MovedBy(const Model& model, const Hire& hire, DutyId a, DutyId b) {
  for (const auto& [taken, other] : {std::pair(a, b), std::pair(b, a)}) {
    if (!hire.takes.contains(taken.index)) continue;
    if (const uint32_t certain = SameDutyIn(model, hire.takes, other); certain != DutyId::kNone) return {taken.index, certain, true};
    if (const uint32_t possible = SameDutyIn(model, hire.may_take, other); possible != DutyId::kNone) return {taken.index, possible, false};
  }
  return {};
}

void ReportMoved(const Model& model, const Hire& hire, const Conflict& conflict, DutyId a, DutyId b, const Moved& moved, Sink& sink) {
  const model::Duty& taken = model.duties[DutyId{moved.taken}];
  const model::Duty& other = model.duties[DutyId{moved.other}];
  const DutyId partner = moved.taken == a.index ? b : a;
  auto finding = Diagnose<DiagKind::PlanMovesConflict>(hire.attribute->span, hire.name, conflict.common.name)
                     .Label(conflict.common.span, SidesOf(model, conflict))
                     .Label(taken.common.span, fmt::format("the hire takes {}", taken.common.title));
  std::string words = fmt::format("the hire {} {}", moved.is_certain ? "takes" : "may take", other.common.title);
  if (moved.other != partner.index) words += fmt::format(", the same duty as {}", model.duties[partner].common.title);
  std::move(finding)
      .Label(other.common.span, std::move(words))
      .Help("say in `takes` which of the two the hire gets, and leave the other with somebody else")
      .To(sink);
}

void FindMoved(const Model& model, const model::Provision& plan, Sink& sink) {
  for (const ProvisionAttribute& attribute : plan.attributes) {
    if (attribute.keyword != "hire") continue;
    const Hire hire = HireOf(model, attribute);
    if (hire.takes.empty()) continue;
    for (const Conflict& conflict : model.conflicts) {
      if (conflict.kind != model::ConflictKind::Pair || conflict.sides.size() != 2) continue;
      const auto* a = std::get_if<DutyId>(&conflict.sides[0].elements.front().what);
      const auto* b = std::get_if<DutyId>(&conflict.sides[1].elements.front().what);
      if (a == nullptr || b == nullptr) continue;
      const Moved moved = MovedBy(model, hire, *a, *b);
      if (moved.taken != DutyId::kNone) ReportMoved(model, hire, conflict, *a, *b, moved, sink);
    }
  }
}

}  // namespace

void FindPlansThatFail(const Model& model, const LintOptions& options, Sink& sink) {
  for (const model::Provision& plan : model.provisions) {
    if (plan.kind != "plan" || plan.is_attribute_holder || !plan.common.is_own) continue;
    FindWords(plan, plan.attributes, sink);
    FindMoved(model, plan, sink);
    if (options.held) FindLeft(model, plan, *options.held, sink);
  }
}

}  // namespace sodc::lint
