// Reading where something holds: `in company_code 1000, 2000 and environment production`.
// Private to compiler/sema.
#ifndef SODC_SEMA_SCOPES_H_
#define SODC_SEMA_SCOPES_H_

#include "compiler/sema/values.h"

namespace sodc::sema {

// The scope of the `In` clauses among the attributes: every combination of the values of
// each dimension. Everywhere when there is none, or after a report.
model::Scope ScopeOf(Context& context, ModuleIndex module, const Attributes& attributes);

// A value as it must be written: numbers need no backticks here.
std::string SpellScopeValue(std::string_view name);

// A text that is equal for equal scopes only.
std::string KeyOf(const model::Scope& scope);

}  // namespace sodc::sema

#endif  // SODC_SEMA_SCOPES_H_
