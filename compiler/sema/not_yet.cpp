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
    case DeclarationKind::Delegate:
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
    case AttributeKind::When:
    case AttributeKind::Otherwise:
    case AttributeKind::By: return false;
    case AttributeKind::At: return owner != AttributeKind::Mode;
    default: return true;
  }
}

void Refuse(Context& context, Span span, std::string_view what) {
  Diagnose<DiagKind::NotYetChecked>(span, what).Help("leave it out for now: it would have no effect").To(context.sink);
}

// Clauses of what is carried (carries.def) are carried.
void RefuseClauses(Context& context, Body body, const ast::Attribute& attribute) {
  if (FindCarryRule(body, attribute.kind) != nullptr) return;
  for (const ast::Attribute& nested : attribute.nested) {
    if (IsCarriedClauseOf(body, attribute.kind, nested.kind)) continue;
    if (IsCarriedClause(attribute.kind, nested.kind)) {
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
    const Body body = static_cast<Body>(declaration.kind);
    for (const ast::Attribute& attribute : declaration.attributes) RefuseClauses(context, body, attribute);
  });
}

}  // namespace sodc::sema
