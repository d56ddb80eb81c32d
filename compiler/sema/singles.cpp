// Single duties: forbidden to everybody, held by way of one role alone, or never held
// unnoticed (second-ring E9). Each is a rule with one side of which nothing may be held.
#include "compiler/model/conferring.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::DeclarationKind;
using model::Conflict;
using model::ConflictKind;
using model::RoleId;
using model::SideElement;

ConflictKind KindOf(DeclarationKind kind) {
  if (kind == DeclarationKind::Forbid) return ConflictKind::Forbidden;
  return kind == DeclarationKind::Sensitive ? ConflictKind::Sensitive : ConflictKind::Reserved;
}

// The role of `reserve … to role r`, or none after a report.
RoleId ReservedTo(Context& context, ModuleIndex module, const ast::Attribute& to) {
  if (to.nested.empty()) return {};
  const ast::Attribute& party = to.nested.front();
  const auto path = FirstPath(&party);
  if (!path) return {};
  if (party.kind == AttributeKind::PartyRole) return ResolveTo<model::Role>(context, module, *path, kRole);
  const Symbol* symbol = Lookup(context, module, *path);
  auto diagnostic = Diagnose<DiagKind::ReservedToNoRole>(party.span, context.sources.Text(party.span));
  if (symbol != nullptr && symbol->kind == EntityKind::Role) {
    diagnostic = std::move(diagnostic).Fix(Span{party.span.file, party.span.begin, party.span.begin}, "role ");
  }
  std::move(diagnostic).Help("write `reserve … to role name`").To(context.sink);
  return {};
}

bool CheckQuantifier(Context& context, const ast::Side& side) {
  if (side.quantifier != ast::Quantifier::All) return true;
  Diagnose<DiagKind::SingleDutyTogether>(side.span)
      .Help("what may be held alone and not together is a conflict: `conflict name at most … of { … }`")
      .To(context.sink);
  return false;
}

uint32_t RankOfGrant(const Context& context, const model::Grant& grant) {
  return grant.level.is_valid() ? RankOf(context, grant.level) : UINT32_MAX;
}

// The role and all that it includes.
std::unordered_set<uint32_t> IncludedBy(const model::Model& model, RoleId role) {
  std::unordered_set<uint32_t> found = {role.index};
  std::vector<RoleId> open = {role};
  while (!open.empty()) {
    const RoleId next = open.back();
    open.pop_back();
    for (RoleId included : model.roles[next].includes) {
      if (found.insert(included.index).second) open.push_back(included);
    }
  }
  return found;
}

// Whether every grant breaks the rule: one that holds in some places, at some time or
// where possible leaves it to the answers about people.
bool HoldsEverywhere(const Conflict& conflict) {
  return conflict.kind != ConflictKind::Sensitive && !conflict.is_guarded && conflict.modality == model::Modality::Must &&
         conflict.unevaluated == model::Unevaluated::None && conflict.only_in.boxes.empty() &&
         conflict.valid_from == kBeginningOfTime && conflict.valid_until == kEndOfTime;
}

struct Forbidden {
  const Conflict* rule;
  const SideElement* element;
  std::unordered_set<uint32_t> may_grant;  // the role it is reserved to, and what that includes
};

void ReportGrant(Context& context, const model::Role& role, const model::Grant& grant, const Forbidden& forbidden) {
  const RoleId keeper = forbidden.element->avoids;
  const std::string how = keeper.is_valid() ? "reserved to role `" + context.model.roles[keeper].common.name + "`"
                                            : std::string("forbidden");
  auto diagnostic =
      Diagnose<DiagKind::SingleDutyGranted>(grant.span, role.common.name, NameOf(context, *forbidden.element), how);
  if (grant.entitlement.is_valid()) {
    diagnostic = std::move(diagnostic).Label(grant.span, "this entitlement confers it");
  }
  std::move(diagnostic)
      .Label(forbidden.rule->common.span, "said here")
      .Help(keeper.is_valid() ? "take the grant away, or include the role" : "take the grant away")
      .To(context.sink);
}

void CheckGrant(Context& context, RoleId role, const model::Grant& grant, const std::vector<Forbidden>& rules) {
  for (const Forbidden& forbidden : rules) {
    if (forbidden.may_grant.count(role.index) != 0) continue;
    const auto trigger = forbidden.element->trigger;
    if (trigger.is_valid() && RankOfGrant(context, grant) < RankOf(context, trigger)) continue;
    ReportGrant(context, context.model.roles[role], grant, forbidden);
  }
}

}  // namespace

void AddSingle(Context& context, RuleBook& book, const ast::Declaration& declaration, ModuleIndex module) {
  RuleFacts facts = FactsOf(context, declaration, module);
  if (declaration.sides.empty() || !CheckQuantifier(context, declaration.sides.front())) return;
  if (facts.applies.match == model::ScopeMatch::Across) return ReportAcross(context, declaration);
  const BuiltSide built = BuildSide(context, module, declaration.sides.front());
  const ast::Attribute* to = Find(declaration.attributes, AttributeKind::To);
  const RoleId keeper = to == nullptr ? RoleId{} : ReservedTo(context, module, *to);
  const bool has_guard = Find(declaration.attributes, AttributeKind::PeopleWhere) != nullptr;
  if (!built.is_usable || (declaration.kind == DeclarationKind::Reserve && !has_guard && !keeper.is_valid())) return;
  if (built.side.elements.size() > 1 &&
      !PayFor(context, declaration.keyword_span, built.side.elements.size() * kRuleWeight)) {
    return;
  }
  // Each duty of a set by itself, so that an answer names the one that is held.
  for (SideElement element : built.side.elements) {
    element.avoids = keeper;
    Statement statement = StatementOf(context, declaration, module);
    statement.kind = KindOf(declaration.kind);
    statement.at_most = 0;
    statement.id = std::string(ast::Spelling(declaration.kind)) + '/' + NameOf(context, element);
    statement.sides = {{model::SideQuantifier::One, {}, {element}, built.side.span}};
    book.State(std::move(statement), facts);
  }
}

void CheckSingles(Context& context) {
  std::unordered_map<uint32_t, std::vector<Forbidden>> by_duty;
  for (const Conflict& conflict : context.model.conflicts) {
    if (conflict.kind < ConflictKind::Forbidden || !HoldsEverywhere(conflict)) continue;
    const SideElement& element = conflict.sides.front().elements.front();
    const auto* duty = std::get_if<model::DutyId>(&element.what);
    if (duty == nullptr) continue;
    Forbidden forbidden{&conflict, &element, {}};
    if (element.avoids.is_valid()) forbidden.may_grant = IncludedBy(context.model, element.avoids);
    by_duty[duty->index].push_back(std::move(forbidden));
  }
  if (by_duty.empty()) return;
  const model::Conferring conferring(context.model);
  for (size_t i = 0; i < context.model.roles.size(); ++i) {
    const model::RoleId id = context.model.roles.IdAt(i);
    const auto check = [&](const model::Grant& grant, model::DutyId duty) {
      const auto found = by_duty.find(duty.index);
      if (found != by_duty.end()) CheckGrant(context, id, grant, found->second);
    };
    for (const model::Grant& grant : context.model.roles[id].grants) {
      if (grant.is_undecided) continue;
      if (grant.duty.is_valid()) check(grant, grant.duty);
      if (!grant.entitlement.is_valid()) continue;
      for (const model::DutyId duty : conferring.DutiesOf({grant.entitlement})) check(grant, duty);
    }
  }
}

}  // namespace sodc::sema
