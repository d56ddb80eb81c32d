// Forms that the parser reads and no pass looks at yet: each is an error, so that nothing
// an author wrote is dropped in silence. Whoever carries a form takes it out of here.
#include "compiler/sema/carry.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/provisions.h"
#include "compiler/sema/values.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::DeclarationKind;
using SetKind = ast::SetExpression::Kind;

}  // namespace

bool IsCarried(DeclarationKind kind) {
  switch (kind) {
    case DeclarationKind::Policy:
    case DeclarationKind::Module:
    case DeclarationKind::Import:
    case DeclarationKind::Scale:
    case DeclarationKind::Duty:
    case DeclarationKind::Group:
    case DeclarationKind::Person:
    case DeclarationKind::Team:
    case DeclarationKind::External:
    case DeclarationKind::Service:
    case DeclarationKind::Tool:
    case DeclarationKind::Agent:
    case DeclarationKind::System:
    case DeclarationKind::Role:
    case DeclarationKind::Assign:
    case DeclarationKind::Conflict:
    case DeclarationKind::Forbid:
    case DeclarationKind::Sensitive:
    case DeclarationKind::Reserve:
    case DeclarationKind::Compatible:
    case DeclarationKind::Control:
    case DeclarationKind::Framework:
    case DeclarationKind::Document:
    case DeclarationKind::Claims:
    case DeclarationKind::Entitlement:
    case DeclarationKind::Scope: return true;
    default: return IsProvision(kind);
  }
}

namespace {

// Clauses that change what the attribute around them means.
bool IsCarriedClause(AttributeKind owner, AttributeKind clause) {
  switch (clause) {
    case AttributeKind::As:
    case AttributeKind::If:
    case AttributeKind::Undecided:
    case AttributeKind::When:
    case AttributeKind::Otherwise:
    case AttributeKind::By:
    case AttributeKind::Through: return false;
    case AttributeKind::At: return owner != AttributeKind::Mode;
    default: return true;
  }
}

std::string_view WordOf(SetKind kind) {
  switch (kind) {
    case SetKind::Entitlement: return "entitlement";
    default: return "";
  }
}

void Refuse(Context& context, Span span, std::string_view what) {
  Diagnose<DiagKind::NotYetChecked>(span, what).Help("leave it out for now: it would have no effect").To(context.sink);
}

// INVARIANT: recursion is as deep as brackets nest, which the parser limits.
void RefuseSet(Context& context, const ast::SetExpression& set) {
  const std::string_view word = WordOf(set.kind);
  if (!word.empty()) return Refuse(context, set.span, word);
  for (const ast::SetExpression& operand : set.operands) RefuseSet(context, operand);
}

void RefuseSide(Context& context, const ast::Side& side) { RefuseSet(context, side.set); }

// What grants and assignments give: entitlements, too, alone or in braces.
void RefuseGiven(Context& context, const ast::SetExpression& set) {
  if (set.kind == SetKind::Entitlement) return;
  if (set.kind != SetKind::Union) return RefuseSet(context, set);
  for (const ast::SetExpression& operand : set.operands) RefuseGiven(context, operand);
}

// Clauses of what is carried (carries.def) are carried; sets in it are read as everywhere.
void RefuseSets(Context& context, const ast::Attribute& attribute) {
  for (const ast::Value& value : attribute.values) {
    if (const ast::SetExpression* set = ast::AsSet(value)) RefuseSet(context, *set);
    if (const ast::Side* side = ast::AsSide(value)) RefuseSide(context, *side);
  }
  for (const ast::Attribute& nested : attribute.nested) RefuseSets(context, nested);
}

void RefuseClauses(Context& context, Body body, const ast::Attribute& attribute) {
  if (FindCarryRule(body, attribute.kind) != nullptr) return RefuseSets(context, attribute);
  for (const ast::Value& value : attribute.values) {
    if (const ast::SetExpression* set = ast::AsSet(value)) {
      attribute.kind == AttributeKind::Grants ? RefuseGiven(context, *set) : RefuseSet(context, *set);
    }
    if (const ast::Side* side = ast::AsSide(value)) RefuseSide(context, *side);
  }
  for (const ast::Attribute& nested : attribute.nested) {
    if (IsCarriedClauseOf(body, attribute.kind, nested.kind)) {
      RefuseSets(context, nested);
    } else if (IsCarriedClause(attribute.kind, nested.kind)) {
      RefuseClauses(context, body, nested);
    } else {
      Refuse(context, nested.keyword_span, ast::Spelling(nested.kind));
    }
  }
}

}  // namespace

void RefuseNotYetChecked(Context& context) {
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex) {
    if (!IsCarried(declaration.kind)) {
      if (!declaration.name.text.empty()) context.names.unreadable.insert(declaration.name.text);
      return Refuse(context, declaration.keyword_span, ast::Spelling(declaration.kind));
    }
    for (const ast::Side& side : declaration.sides) RefuseSide(context, side);
    for (const ast::Side& target : declaration.targets) {
      if (target.set.kind != SetKind::Entitlement) RefuseSide(context, target);
    }
    const Body body = static_cast<Body>(declaration.kind);
    for (const ast::Attribute& attribute : declaration.attributes) RefuseClauses(context, body, attribute);
  });
}

}  // namespace sodc::sema
