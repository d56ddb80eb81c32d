// Set expressions of duties, expanded in author's order. Private to compiler/sema.
#ifndef SODC_SEMA_SETS_H_
#define SODC_SEMA_SETS_H_

#include "compiler/sema/values.h"

namespace sodc::sema {

struct DutySet {
  std::vector<model::DutyId> duties;  // no repetitions
  bool is_complete = true;            // false: some name in it did not resolve; say nothing about it
};

// Groups must have been expanded, except while ExpandGroups itself runs in order.
DutySet Expand(Context& context, ModuleIndex module, const ast::SetExpression& expression);

// Union of several expressions.
DutySet ExpandAll(Context& context, ModuleIndex module, const ast::Attribute& attribute);

// When the expression is one bare name: that name.
std::optional<NamePath> BareName(const ast::SetExpression& expression);
// When it is the bare name of a group or duty.
model::GroupId BareGroup(const Context& context, ModuleIndex module, const ast::SetExpression& expression);

// Counts members of sets against the limit of the whole policy; reports once and
// is false beyond it.
bool PayFor(Context& context, Span span, uint64_t members);

// Reports a set without members, unless its emptiness follows from another error.
bool CheckNotEmpty(Context& context, const DutySet& set, Span span);

}  // namespace sodc::sema

#endif  // SODC_SEMA_SETS_H_
