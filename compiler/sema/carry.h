// The schema of what is carried (carries.def) and its one reader. Private to compiler/sema.
#ifndef SODC_SEMA_CARRY_H_
#define SODC_SEMA_CARRY_H_

#include <string_view>

#include "compiler/sema/context.h"
#include "compiler/sema/names.h"

namespace sodc::sema {

// Declaration kinds first, with their numbers; then the bodies inside bodies.
enum class Body : uint8_t {
#define SODC_DECLARATION(Name, Spelling) Name,
#include "compiler/ast/declarations.def"
  Member, Clause, Section, Table, Value,
  Amount, Number, ClassAttribute, Approval, Hire, Case,
};
enum class Count : uint8_t { Once, Many, Mandatory };

// What is said of a single duty (forbid, reserve, sensitive) is what is said of a conflict.
Body ReadAs(Body body);

// How a name written in a carried attribute is read.
enum class CarryType : uint8_t {
  None,
  // Declared things.
  Anything, Actor, Changing, Person, Conflict, Control, Duty, Emergency, EnforcementLevel, Event, Framework, Holdable, Object, Role, Scale, Unit,
  Waiver, ActorOrConflict, ControlThenConflict, RelationOfNext, ScaleOrScope,
  // Members of scales.
  Capacity, Category, Level, MemberOfClass, Risk,
  // Words out of closed lists, and free ones.
  Approvals, Cadence, Currency, Day, FrameworkStatus, Mode, Month, Need, NewName, RejectedBecause, Result, Rounds, Verdict,
  WhatIsLost, Word, WorksheetField,
  // Conditions, by what they may read.
  Guard, GuardOfCases, GuardOfPeople,
  OwnValue,
  Field,  // of one grant: a text
};

inline constexpr size_t kMaxCarryTypes = 3;
struct CarryRule {
  Body body;
  ast::AttributeKind attribute;
  Count count;
  CarryType types[kMaxCarryTypes];  // None behind the last one

  CarryType TypeOf(size_t position) const;
};

// The rule of a carried attribute, or null.
const CarryRule* FindCarryRule(Body body, ast::AttributeKind attribute);
// The rule of the values that are carried with the clauses of an attribute of schema.def, or null.
const CarryRule* FindRuleOfValues(Body body, ast::AttributeKind attribute);
// Whether this clause of an attribute of schema.def is carried.
bool IsCarriedClauseOf(Body body, ast::AttributeKind attribute, ast::AttributeKind clause);
// The body that an attribute opens; nothing when its nested attributes are clauses.
std::optional<Body> BodyInside(ast::AttributeKind attribute);

// Where names in a carried attribute are looked up.
struct CarryPlace {
  ModuleIndex module = 0;
  const ast::Declaration* declaration = nullptr;
  const ast::Declaration* object = nullptr;  // whose attributes a condition may read by their bare names
  model::ScaleId class_scale;                // inside the body of a class
};

// The attribute with every name resolved, every value typed.
model::ProvisionAttribute Carry(Context& context, const CarryPlace& place, Body body, const ast::Attribute& attribute);
// The values alone of an attribute that is not carried itself, as one of its clauses.
std::vector<model::ProvisionValue> CarryValues(Context& context, const CarryPlace& place, const CarryRule& rule,
                                               const ast::Attribute& attribute);
// A clause of an attribute that is not carried itself.
model::ProvisionAttribute CarryClause(Context& context, const CarryPlace& place, ast::AttributeKind owner,
                                      const ast::Attribute& clause);

// ---- Conditions (guards.cpp)
model::ProvisionAttribute CarryCondition(Context& context, const CarryPlace& place, CarryType type,
                                         const ast::Condition& condition);
// The value of an own attribute: `attribute department is radiology`.
std::vector<model::ProvisionValue> CarryOwnValue(Context& context, const CarryPlace& place,
                                                 const ast::Attribute& attribute);
// The declared attribute `name` of an object, or null. A list of relations counts for each of its names.
const ast::Attribute* FindObjectAttribute(const ast::Declaration& object, std::string_view name);
model::ScaleMemberId MemberOfScale(Context& context, model::ScaleId scale, const NamePath& path);

// ---- Conditions on the fields of one grant (entitlement_fields.cpp)
model::ProvisionAttribute CarryFieldCondition(const ast::Condition& condition);

// ---- Values
model::ProvisionValue ValueOf(model::Reference::Kind kind, uint32_t index);
model::ProvisionValue ValueOf(const Symbol& symbol);
model::ProvisionValue WordValue(std::string text);
model::ProvisionValue ValueOf(const ast::Text& text);
model::ProvisionValue ValueOf(const ast::Integer& integer);
model::ProvisionValue ValueOf(const ast::Duration& duration);
// A date is the start of its day, or with `is_end` the end, in the policy's time zone.
model::ProvisionValue ValueOf(Context& context, const ast::DateLiteral& date, bool is_end);

}  // namespace sodc::sema

#endif  // SODC_SEMA_CARRY_H_
