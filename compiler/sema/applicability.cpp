// When a rule applies: `same d`, `across d`, `only in d v`.
#include "compiler/sema/rules.h"
#include "compiler/sema/scopes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

void SetMatch(Context& context, ModuleIndex module, const ast::Attribute* attribute, model::ScopeMatch match,
              Applicability& applies) {
  const auto path = FirstPath(attribute);
  if (!path) return;
  const auto dimension = ResolveTo<model::ScopeDimension>(context, module, *path, kScope);
  if (!dimension.is_valid()) return;
  applies.match = match;
  applies.dimension = dimension;
}

}  // namespace

Applicability ApplicabilityOf(Context& context, ModuleIndex module, const Attributes& attributes) {
  Applicability applies;
  SetMatch(context, module, Find(attributes, AttributeKind::Same), model::ScopeMatch::Same, applies);
  SetMatch(context, module, Find(attributes, AttributeKind::Across), model::ScopeMatch::Across, applies);
  if (const ast::Attribute* only = Find(attributes, AttributeKind::OnlyIn)) {
    applies.only_in = ScopeOf(context, module, only->nested);
  }
  return applies;
}

}  // namespace sodc::sema
