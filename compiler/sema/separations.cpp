// Statements at one side: `separated from` in a duty, `restricts` in a role; and
// the pairs that were considered and found fine.
#include <algorithm>

#include "compiler/sema/rules.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::SetExpression;
using model::ConflictKind;
using model::DutyId;

RuleFacts FactsOf(StatedModality modality) {
  RuleFacts facts;
  modality.is_stated = true;  // unsaid is must
  facts.modality = std::move(modality);
  return facts;
}

BuiltSide Built(Context& context, const std::vector<DutyId>& duties, Span span) {
  return {SideOf(context, duties, span), ast::Quantifier::Unstated, span, true};
}

void StateSeparation(Context& context, RuleBook& book, const Symbol& symbol, const ast::Attribute& attribute,
                     const SetExpression& expression) {
  const DutyId duty{symbol.index};
  context.names.not_meant = symbol.declaration->name.text;
  const std::string with_this = " with " + symbol.declaration->name.text + "`";
  const DutySet set = Expand(context, symbol.module, expression, {"write a rule about both: `conflict role ", with_this});
  context.names.not_meant.clear();
  if (!CheckNotEmpty(context, set, expression.span) || !set.is_complete) return;
  if (set.duties.size() > 1 && !PayFor(context, expression.span, set.duties.size() * kRuleWeight)) return;
  const BuiltSide own = Built(context, {duty}, NameSpan(symbol));
  if (!CheckDisjoint(context, own, Built(context, set.duties, expression.span))) return;
  const StatedModality modality = ModalityOf(attribute.nested);
  model::Separation separation{duty, duty, modality.modality, modality.reason,
                               TextOf(Find(attribute.nested, AttributeKind::Shown)), expression.span};
  const model::GroupId group = BareGroup(context, symbol.module, expression);
  if (group.is_valid()) {
    separation.target = group;
    context.model.separations.push_back(separation);
  }
  for (DutyId other : set.duties) {
    if (!group.is_valid()) {
      separation.target = other;
      context.model.separations.push_back(separation);
    }
    Statement statement;
    statement.sides = {own.side, SideOf(context, {other}, expression.span)};
    statement.weight = Weight::Separation;
    statement.span = expression.span;
    statement.is_own = context.model.duties[duty].common.is_own;
    book.State(std::move(statement), FactsOf(modality));
  }
}

// The name of a duty or group, or the text of the expression as written.
std::string ItemName(const Context& context, const SetExpression& expression) {
  const auto path = BareName(expression);
  return path ? std::string(path->last()) : std::string(context.sources.Text(expression.span));
}

model::ConflictId StateRestriction(Context& context, RuleBook& book, const Symbol& symbol,
                                   const model::Restriction& restriction, const StatedModality& modality) {
  const model::Role& role = context.model.roles[model::RoleId{symbol.index}];
  Statement statement;
  statement.kind = ConflictKind::Restriction;
  statement.weight = Weight::Separation;
  statement.span = restriction.span;
  statement.is_own = role.common.is_own;
  model::ConflictSide holder;
  holder.span = role.common.span;
  holder.elements.push_back({.what = model::RoleId{symbol.index}, .span = role.common.span});
  statement.sides = {std::move(holder), SideOf(context, restriction.duties, restriction.span)};
  statement.sides[1].group = restriction.group;
  statement.id = std::min(role.common.name, restriction.item_name) + '/' +
                 std::max(role.common.name, restriction.item_name);
  return book.State(std::move(statement), FactsOf(modality));
}

// Not all of: the role, the duty, and being the author of what the duty is done on. No rule where the duties say no
// kind of object, or where no duty creates them: whose they are is then known only when something is done.
model::ConflictId StateOnOwn(Context& context, RuleBook& book, const Symbol& symbol, const model::Restriction& restriction,
                             const StatedModality& modality) {
  model::Being being(ObjectOf(context, restriction.duties.front()), "author");
  for (const DutyId duty : restriction.duties) {
    if (!being.object.is_valid() || ObjectOf(context, duty) != being.object) return {};
  }
  AddCreators(context, being);
  if (being.creators().empty()) return {};
  const model::Role& role = context.model.roles[model::RoleId{symbol.index}];
  Statement statement;
  statement.kind = ConflictKind::AtMost;
  statement.at_most = 2;
  statement.weight = Weight::Separation;
  statement.span = restriction.span;
  statement.is_own = role.common.is_own;
  statement.sides.resize(3);
  statement.sides[0].elements.push_back({.what = model::RoleId{symbol.index}, .span = role.common.span});
  statement.sides[1] = SideOf(context, restriction.duties, restriction.span);
  statement.sides[1].group = restriction.group;
  statement.sides[2].elements.push_back({.what = being, .span = restriction.span});
  for (model::ConflictSide& side : statement.sides) side.span = restriction.span;
  statement.id = role.common.name + " restricts " + restriction.item_name + " on own actions";
  return book.State(std::move(statement), FactsOf(modality));
}

void AddRestriction(Context& context, RuleBook& book, const Symbol& symbol, const ast::Attribute& attribute,
                    const SetExpression& expression) {
  const DutySet set = Expand(context, symbol.module, expression, {"say it of whoever holds the role: `holders never role ", "`"});
  if (!CheckNotEmpty(context, set, expression.span) || !set.is_complete) return;
  const StatedModality modality = ModalityOf(attribute.nested);
  model::Restriction restriction;
  restriction.duties = set.duties;
  restriction.group = BareGroup(context, symbol.module, expression);
  restriction.item_name = ItemName(context, expression);
  restriction.on_own_actions = Find(attribute.nested, AttributeKind::OnOwnActions) != nullptr;
  restriction.modality = modality.modality;
  restriction.reason = modality.reason;
  restriction.shown = TextOf(Find(attribute.nested, AttributeKind::Shown));
  restriction.span = expression.span;
  auto& restrictions = context.model.roles[model::RoleId{symbol.index}].restrictions;
  for (const model::Restriction& other : restrictions) {
    if (other.item_name != restriction.item_name || other.on_own_actions != restriction.on_own_actions) continue;
    Diagnose<DiagKind::ListedTwice>(expression.span, restriction.item_name)
        .Label(other.span, "first listed here")
        .Help("once is enough")
        .To(context.sink);
    return;
  }
  restriction.conflict = restriction.on_own_actions ? StateOnOwn(context, book, symbol, restriction, modality)
                                                    : StateRestriction(context, book, symbol, restriction, modality);
  restrictions.push_back(std::move(restriction));
}

// A set as a side of which any member counts.
BuiltSide BuildSide(Context& context, ModuleIndex module, const SetExpression& set) {
  ast::Side side;
  side.span = set.span;
  side.set = set;
  return sema::BuildSide(context, module, side);
}

void StateNever(Context& context, RuleBook& book, const Symbol& symbol, const ast::Attribute& attribute,
                const SetExpression& expression) {
  const BuiltSide never = BuildSide(context, symbol.module, expression);
  if (!never.is_usable) return;
  const model::Role& role = context.model.roles[model::RoleId{symbol.index}];
  BuiltSide holder;
  holder.side.span = holder.set_span = role.common.span;
  holder.side.elements.push_back({.what = model::RoleId{symbol.index}, .span = role.common.span});
  if (!CheckDisjoint(context, holder, never)) return;
  Statement statement;
  statement.kind = never.side.elements.size() > 1 ? ConflictKind::Set : ConflictKind::Role;
  statement.weight = Weight::Separation;
  statement.span = expression.span;
  statement.is_own = role.common.is_own;
  statement.sides = {holder.side, never.side};
  const std::string item = ItemName(context, expression);
  statement.id = std::min(role.common.name, item) + '/' + std::max(role.common.name, item);
  book.State(std::move(statement), FactsOf(ModalityOf(attribute.nested)));
}

}  // namespace

void AddSeparations(Context& context, RuleBook& book, const Symbol& duty) {
  for (const ast::Attribute& attribute : duty.declaration->attributes) {
    if (attribute.kind != AttributeKind::SeparatedFrom) continue;
    for (const ast::Value& value : attribute.values) {
      if (const auto* set = ast::AsSet(value)) StateSeparation(context, book, duty, attribute, *set);
    }
  }
}

void AddRestrictions(Context& context, RuleBook& book, const Symbol& role) {
  for (const ast::Attribute& attribute : role.declaration->attributes) {
    if (attribute.kind != AttributeKind::Restricts) continue;
    for (const ast::Value& value : attribute.values) {
      if (const auto* set = ast::AsSet(value)) AddRestriction(context, book, role, attribute, *set);
    }
  }
}

// A rule about whoever holds the role, not a claim about the role (second-ring E19): of
// anything that may stand on a side.
void AddHoldersNever(Context& context, RuleBook& book, const Symbol& role) {
  for (const ast::Attribute& attribute : role.declaration->attributes) {
    if (attribute.kind != AttributeKind::HoldersNever) continue;
    for (const ast::Value& value : attribute.values) {
      if (const auto* set = ast::AsSet(value)) StateNever(context, book, role, attribute, *set);
    }
  }
}

void AddCompatible(Context& context, const ast::Declaration& declaration, ModuleIndex module) {
  if (declaration.sides.size() < 2) return;
  model::Compatible compatible;
  std::vector<DutyId>* const duties[] = {&compatible.left, &compatible.right};
  for (size_t i = 0; i < 2; ++i) {
    const ast::Side& side = declaration.sides[i];
    CheckPlain(context, side, "a pair called compatible");
    SetExpression expression = side.set;
    if (side.is_role) expression.kind = SetExpression::Kind::Role;  // refused, with what to write
    const DutySet set = Expand(context, module, expression, {"duties are compatible: `duties of role ", "`"});
    CheckNotEmpty(context, set, side.set.span);
    *duties[i] = set.duties;
  }
  const SetExpression& right = declaration.sides[1].set;
  compatible.is_with_all = right.kind == SetExpression::Kind::All && !right.ref;
  if (compatible.is_with_all) {
    std::erase_if(compatible.right, [&](DutyId duty) {
      return compatible.left.size() == 1 && compatible.left.front() == duty;
    });
  }
  compatible.because = TextOf(Find(declaration.attributes, AttributeKind::Because));
  compatible.span = declaration.keyword_span;
  context.model.compatibles.push_back(std::move(compatible));
}

}  // namespace sodc::sema
