// One side of a conflict: its elements with their trigger levels.
#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"

namespace sodc::sema {
namespace {

using model::SideElement;
using model::SideQuantifier;

SideQuantifier QuantifierOf(ast::Quantifier quantifier, size_t count) {
  if (count == 1) return SideQuantifier::One;
  return quantifier == ast::Quantifier::All ? SideQuantifier::All : SideQuantifier::Any;
}

BuiltSide BuildRoleSide(Context& context, ModuleIndex module, const ast::Side& side) {
  BuiltSide built;
  built.side.span = side.span;
  built.set_span = side.set.span;
  const auto path = BareName(side.set);
  const auto role = path ? ResolveTo<model::Role>(context, module, *path, kRole) : model::RoleId{};
  if (!role.is_valid()) return built;
  built.side.elements.push_back({.what = role, .span = side.set.span});
  built.is_usable = true;
  return built;
}

// A role named where a duty is wanted, without the word `role`: true after a report.
bool ReportBareRole(Context& context, ModuleIndex module, const ast::Side& side) {
  const auto path = BareName(side.set);
  const Symbol* symbol = path ? Lookup(context, module, *path) : nullptr;
  if (symbol == nullptr || symbol->kind != EntityKind::Role) return false;
  Diagnose<DiagKind::NameOfAnotherKind>(path->span, path->Joined(), "a role", "a duty or a group")
      .Label(NameSpan(*symbol), "declared here")
      .Help("write `role " + path->Joined() + "` when the role itself is meant")
      .To(context.sink);
  return true;
}

uint64_t Key(const SideElement& element) {
  if (const auto* role = std::get_if<model::RoleId>(&element.what)) return (uint64_t{1} << 32) | role->index;
  return std::get<model::DutyId>(element.what).index;
}

}  // namespace

std::string NameOf(const Context& context, const SideElement& element) {
  if (const auto* role = std::get_if<model::RoleId>(&element.what)) return context.model.roles[*role].common.name;
  return context.model.duties[std::get<model::DutyId>(element.what)].common.name;
}

BuiltSide BuildSide(Context& context, ModuleIndex module, const ast::Side& side) {
  if (side.is_role) return BuildRoleSide(context, module, side);
  BuiltSide built;
  built.quantifier = side.quantifier;
  built.side.span = side.span;
  built.set_span = side.set.span;
  if (ReportBareRole(context, module, side)) return built;
  const std::optional<NamePath> path = side.level ? std::optional(PathOf(*side.level)) : std::nullopt;
  const model::ScaleMemberId trigger = ResolveLevel(context, path, LevelUse::Trigger);
  const DutySet set = Expand(context, module, side.set);
  built.is_usable = CheckNotEmpty(context, set, side.set.span) && set.is_complete && (!path || trigger.is_valid());
  built.side.group = BareGroup(context, module, side.set);
  for (model::DutyId duty : set.duties) built.side.elements.push_back({.what = duty, .trigger = trigger, .span = side.set.span});
  built.side.quantifier = QuantifierOf(side.quantifier, set.duties.size());
  return built;
}

model::ConflictSide SideOf(Context& context, const std::vector<model::DutyId>& duties, Span span) {
  model::ConflictSide side;
  side.span = span;
  const model::ScaleMemberId trigger = ResolveLevel(context, std::nullopt, LevelUse::Trigger);
  for (model::DutyId duty : duties) side.elements.push_back({.what = duty, .trigger = trigger, .span = span});
  side.quantifier = QuantifierOf(ast::Quantifier::Any, duties.size());
  return side;
}

bool CheckDisjoint(Context& context, const BuiltSide& left, const BuiltSide& right) {
  std::unordered_set<uint64_t> on_left;
  for (const SideElement& element : left.side.elements) on_left.insert(Key(element));
  std::vector<std::string> common;
  for (const SideElement& element : right.side.elements) {
    if (on_left.count(Key(element)) != 0) common.push_back(NameOf(context, element));
  }
  if (common.empty()) return true;
  std::string names = "`" + common.front() + "`";
  std::string except = common.size() == 1 ? SpellName(common.front()) : "{ " + SpellName(common.front());
  for (size_t i = 1; i < common.size(); ++i) {
    if (i < 3) names += ", `" + common[i] + "`";
    except += ", " + SpellName(common[i]);
  }
  if (common.size() > 3) names += " and " + std::to_string(common.size() - 3) + " more";
  if (common.size() > 1) except += " }";
  auto diagnostic = Diagnose<DiagKind::SidesOverlap>(right.side.span, names).Label(left.side.span, "the other side");
  const BuiltSide* set = right.side.elements.size() > common.size() ? &right
                         : left.side.elements.size() > common.size() ? &left : nullptr;
  if (set == nullptr) {
    std::move(diagnostic).Help("a conflict is between different duties or roles").To(context.sink);
    return false;
  }
  const Span end{set->set_span.file, set->set_span.end, set->set_span.end};
  std::move(diagnostic)
      .Help("take it out of one side: `… except " + except + "`")
      .Fix(end, " except " + except)
      .To(context.sink);
  return false;
}

}  // namespace sodc::sema
