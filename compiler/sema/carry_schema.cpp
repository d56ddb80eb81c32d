// The schema of carries.def as tables.
#include "compiler/sema/carry.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

// `None` fills the places behind the types given.
constexpr CarryRule Rule(Body body, AttributeKind attribute, Count count, CarryType first,
                         CarryType second = CarryType::None, CarryType third = CarryType::None) {
  return {body, attribute, count, {first, second, third}};
}

#define SODC_TYPES_1(A) CarryType::A
#define SODC_TYPES_2(A, B) CarryType::A, CarryType::B
#define SODC_TYPES_3(A, B, C) CarryType::A, CarryType::B, CarryType::C
#define SODC_TYPES_PICK(A, B, C, Name, ...) Name
#define SODC_TYPES(...) \
  SODC_TYPES_PICK(__VA_ARGS__, SODC_TYPES_3, SODC_TYPES_2, SODC_TYPES_1, none)(__VA_ARGS__)

constexpr CarryRule kRules[] = {
#define SODC_CARRIES(Owner, Attribute, HowOften, ...) \
  Rule(Body::Owner, AttributeKind::Attribute, Count::HowOften, SODC_TYPES(__VA_ARGS__)),
#include "compiler/sema/carries.def"
};

// Clauses: the body counts for nothing.
constexpr CarryRule kClauses[] = {
#define SODC_CARRIES(Owner, Attribute, HowOften, ...)
#define SODC_CLAUSE(Inner, ...) Rule(Body::Clause, AttributeKind::Inner, Count::Many, SODC_TYPES(__VA_ARGS__)),
#include "compiler/sema/carries.def"
};

// Values of attributes of schema.def that are carried with their clauses.
constexpr CarryRule kValues[] = {
#define SODC_CARRIES(Owner, Attribute, HowOften, ...)
#define SODC_CARRIES_VALUE(Owner, Attribute, ...) \
  Rule(Body::Owner, AttributeKind::Attribute, Count::Once, SODC_TYPES(__VA_ARGS__)),
#include "compiler/sema/carries.def"
};

struct CarriedClause {
  Body body;
  AttributeKind attribute, clause;
};
constexpr CarriedClause kCarriedClauses[] = {
#define SODC_CARRIES(Owner, Attribute, HowOften, ...)
#define SODC_CARRIES_CLAUSE(Owner, Attribute, Clause) \
  {Body::Owner, AttributeKind::Attribute, AttributeKind::Clause},
#include "compiler/sema/carries.def"
};

}  // namespace

Body ReadAs(Body body) {
  const bool is_single = body == Body::Forbid || body == Body::Reserve || body == Body::Sensitive;
  return is_single ? Body::Conflict : body;
}

CarryType CarryRule::TypeOf(size_t position) const {
  CarryType type = types[0];
  for (size_t i = 1; i <= position && i < kMaxCarryTypes && types[i] != CarryType::None; ++i) type = types[i];
  return type;
}

const CarryRule* FindCarryRule(Body body, AttributeKind attribute) {
  if (body == Body::Clause) {
    for (const CarryRule& rule : kClauses) {
      if (rule.attribute == attribute) return &rule;
    }
    return nullptr;
  }
  for (const CarryRule& rule : kRules) {
    if ((rule.body == body || rule.body == ReadAs(body)) && rule.attribute == attribute) return &rule;
  }
  return nullptr;
}

const CarryRule* FindRuleOfValues(Body body, AttributeKind attribute) {
  for (const CarryRule& rule : kValues) {
    if (rule.body == ReadAs(body) && rule.attribute == attribute) return &rule;
  }
  return nullptr;
}

bool IsCarriedClauseOf(Body body, AttributeKind attribute, AttributeKind clause) {
  for (const CarriedClause& carried : kCarriedClauses) {
    if (carried.body == ReadAs(body) && carried.attribute == attribute && carried.clause == clause) return true;
  }
  return false;
}

std::optional<Body> BodyInside(AttributeKind attribute) {
  switch (attribute) {
    case AttributeKind::Amount: return Body::Amount;
    case AttributeKind::Number: return Body::Number;
    case AttributeKind::Class: return Body::ClassAttribute;
    case AttributeKind::ApprovalSlot: return Body::Approval;
    case AttributeKind::Hire: return Body::Hire;
    case AttributeKind::Case: return Body::Case;
    default: return std::nullopt;
  }
}

}  // namespace sodc::sema
