// Set expressions, expanded in author's order to duties, roles, entitlements and
// relations to objects. Private to compiler/sema.
#ifndef SODC_SEMA_SETS_H_
#define SODC_SEMA_SETS_H_

#include "compiler/sema/values.h"

namespace sodc::sema {

// One thing that a set or a side names.
struct Element {
  enum class Kind : uint8_t { Duty, Role, Entitlement, Being };
  Kind kind = Kind::Duty;
  uint32_t index = 0;  // its row in the model; of Being: in Context::beings

  uint64_t Key() const { return (uint64_t{static_cast<uint8_t>(kind)} << 32) | index; }
  bool operator==(const Element&) const = default;
};
std::string NameOf(const Context& context, Element element);  // without backticks
std::string_view NounOf(Element::Kind kind);                  // "a duty"

struct ElementSet {
  std::vector<Element> elements;  // no repetitions
  bool is_complete = true;        // false: some name in it did not resolve; say nothing about it
};

// What bare names mean: `of roles { a, b }` says it of its members. Duties: where no role may stand
// either, so that none is told to write `role`; its name is one of the set and then refused as that.
enum class BareNames : uint8_t { DutiesAndGroups, RolesAndGroups, Duties };

// Groups, and the grants of roles that `duties of role` asks for, must have been
// expanded, except while ExpandGroups itself runs in order.
ElementSet ExpandElements(Context& context, ModuleIndex module, const ast::SetExpression& expression,
                          BareNames names = BareNames::DutiesAndGroups);

// What stands on a side, without its level, capacity and quantifier (sides.cpp).
ElementSet ElementsOf(Context& context, ModuleIndex module, const ast::Side& side);

struct DutySet {
  std::vector<model::DutyId> duties;  // no repetitions
  bool is_complete = true;
};
// What to write with the name of a role between, where a role stands and duties alone may.
struct InsteadOfRole {
  std::string_view before, after;
};
// Where nothing but duties may stand; reports what else is in the set.
DutySet Expand(Context& context, ModuleIndex module, const ast::SetExpression& expression, const InsteadOfRole& instead = {});
// Union of several expressions.
DutySet ExpandAll(Context& context, ModuleIndex module, const ast::Attribute& attribute);
// True when every element is of one of the kinds; otherwise reports the first that is not.
// `wanted` goes on with "here stand …".
struct WantedElements {
  bool duties = false, roles = false, entitlements = false, beings = false;
  std::string_view wanted;
  InsteadOfRole instead = {};  // may be empty
  bool Takes(Element::Kind kind) const {
    const bool takes[] = {duties, roles, entitlements, beings};
    return takes[static_cast<size_t>(kind)];
  }
};
bool CheckKinds(Context& context, const ElementSet& set, const WantedElements& wanted, Span span);

// When the expression is one bare name: that name.
std::optional<NamePath> BareName(const ast::SetExpression& expression);
// When it is the bare name of a group.
model::GroupId BareGroup(const Context& context, ModuleIndex module, const ast::SetExpression& expression);

// Counts members of sets against the limit of the whole policy; reports once and
// is false beyond it.
bool PayFor(Context& context, Span span, uint64_t members);

// Reports a set without members, unless its emptiness follows from another error.
bool CheckNotEmpty(Context& context, const DutySet& set, Span span);
bool CheckNotEmpty(Context& context, const ElementSet& set, Span span);

// ---- The leaves of expressions (set_members.cpp)
ElementSet ExpandName(Context& context, ModuleIndex module, const NamePath& path, BareNames names);
ElementSet ExpandEverything(Context& context, const ast::SetExpression& expression, Element::Kind kind);
// The duties that the role or one that it includes grants, whatever the level.
ElementSet DutiesOfRole(Context& context, ModuleIndex module, const ast::SetExpression& expression);
ElementSet ExpandEntitlement(Context& context, ModuleIndex module, const ast::SetExpression& expression);
// The duties that create objects of its kind, declared order.
void AddCreators(Context& context, model::Being& being);
// The kind that the duty is done on, or none.
model::ProvisionId ObjectOf(Context& context, model::DutyId duty);
ElementSet ExpandBeing(Context& context, ModuleIndex module, const ast::SetExpression& expression);

}  // namespace sodc::sema

#endif  // SODC_SEMA_SETS_H_
