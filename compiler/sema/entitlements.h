// Permissions of real systems: declared ones and those named raw, `sap "XK0*"`. Private to
// compiler/sema.
#ifndef SODC_SEMA_ENTITLEMENTS_H_
#define SODC_SEMA_ENTITLEMENTS_H_

#include "compiler/sema/patterns.h"
#include "compiler/sema/values.h"

namespace sodc::sema {

// Demanded: a conflict, a duty or an entitlement waits for it. Granted: somebody gets it.
// OtherName: it is what another system calls an entitlement, which waits for it without a grant in sight.
enum class EntitlementUse : uint8_t { Demanded, Granted, OtherName };

// The entitlement that `entitlement e` or `entitlement sap "XK0*"` names, none after a report.
// A raw one gets a row when it is named first.
model::EntitlementId ResolveEntitlement(Context& context, ModuleIndex module, const ast::SetExpression& expression,
                                        EntitlementUse use);
// As above, from its parts: `name` is its text in the system, or null.
model::EntitlementId ResolveEntitlement(Context& context, ModuleIndex module, const NamePath& path,
                                        const ast::Text* name, EntitlementUse use);

// What `grants` or `assign … to` lists, in the order written: braces around entitlements are opened.
std::vector<const ast::SetExpression*> ItemsOf(const ast::SetExpression& expression);
std::vector<const ast::SetExpression*> ItemsOf(const ast::Attribute& attribute);

// The entitlement among the items of a `grants`, narrowed by its `with`.
model::EntitlementId GrantedEntitlement(Context& context, ModuleIndex module, const ast::Attribute& attribute,
                                        const ast::SetExpression& item);
// Clauses of a `grants` that go with entitlements alone, or not with them.
void CheckGrantClauses(Context& context, const ast::Attribute& attribute,
                       const std::vector<const ast::SetExpression*>& items);

PatternWords WordsOf(const model::System& system);

// ---- Fields of one grant (entitlement_fields.cpp)
// Says what `only where` cannot test.
void CheckFieldTests(Context& context, const ast::Condition& condition);
// Whether one use of a permission can meet all conditions, with one of the values given for each
// field; a field that is not given has any value.
Overlap CanMeet(const PatternWords& words, const std::vector<const ast::Condition*>& conditions,
                const std::vector<model::EntitlementField>& given);
// The names of the fields that a condition tests.
void AddTestedFields(const ast::Condition& condition, std::vector<const ast::Ref*>& fields);
// What the `with` clauses among these give.
std::vector<model::EntitlementField> GivenFields(const Attributes& clauses);

}  // namespace sodc::sema

#endif  // SODC_SEMA_ENTITLEMENTS_H_
