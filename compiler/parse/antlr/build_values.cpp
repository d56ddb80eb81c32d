#include "compiler/parse/antlr/build_values.h"

#include <charconv>
#include <utility>

#include "compiler/parse/scan/text_literal.h"

namespace sodc {
namespace {

using Grammar = sodc_antlr::SodParser;

Token TokenOf(const antlr4::Token* token) { return static_cast<const SliceToken*>(token)->token(); }

ast::Quantifier QuantifierOf(Grammar::QuantifierContext* quantifier) {
  if (quantifier == nullptr) return ast::Quantifier::Unstated;
  if (quantifier->ANY() != nullptr) return ast::Quantifier::Any;
  return quantifier->ALL() != nullptr ? ast::Quantifier::All : ast::Quantifier::Each;
}

// The number at the front of the text; the largest one when it does not fit.
int64_t LeadingNumber(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc::result_out_of_range ? INT64_MAX : value;
}

}  // namespace

bool ValueBuilder::TakeDamage() { return std::exchange(is_damaged_, false); }

std::string_view ValueBuilder::TextOf(const antlr4::Token* token) {
  const Token plain = TokenOf(token);
  if (plain.length == 0) is_damaged_ = true;
  return plain.Text(context_.text);
}

Span ValueBuilder::SpanOf(const antlr4::Token* token) const {
  const Token plain = TokenOf(token);
  return {context_.file, static_cast<uint32_t>(plain.begin), plain.end()};
}

Span ValueBuilder::SpanOf(const antlr4::ParserRuleContext* rule) const {
  const Span first = SpanOf(rule->start);
  return rule->stop == nullptr ? first : Span{first.file, first.begin, SpanOf(rule->stop).end};
}

ast::Name ValueBuilder::MakeName(Grammar::NameContext* name) { return MakeName(name->getStart()); }

ast::Name ValueBuilder::MakeName(const antlr4::Token* token) {
  std::string_view text = TextOf(token);
  const bool is_quoted = TokenOf(token).kind() == TokenKind::QuotedName;
  if (is_quoted && text.starts_with('`')) text.remove_prefix(1);
  if (is_quoted && text.ends_with('`')) text.remove_suffix(1);
  return {std::string(text), SpanOf(token), is_quoted};
}

ast::Ref ValueBuilder::MakeRef(Grammar::NameContext* name) {
  ast::Ref ref;
  ref.parts.push_back(MakeName(name));
  ref.span = ref.parts.front().span;
  return ref;
}

ast::Ref ValueBuilder::MakeRef(Grammar::DottedNameContext* name) {
  ast::Ref ref;
  for (Grammar::NameContext* part : name->name()) ref.parts.push_back(MakeName(part));
  ref.span = SpanOf(name);
  return ref;
}

ast::Ref ValueBuilder::MakeRef(Grammar::ConditionNameContext* name) {
  ast::Ref ref;
  ref.parts.push_back(MakeName(name->getStart()));
  for (Grammar::NameContext* part : name->name()) ref.parts.push_back(MakeName(part));
  ref.span = SpanOf(name);
  return ref;
}

ast::Ref ValueBuilder::MakeRef(Grammar::WordContext* word) {
  return word->dottedName() != nullptr ? MakeRef(word->dottedName()) : MakeRef(word->start);
}

ast::Ref ValueBuilder::MakeRef(const antlr4::Token* word) {
  ast::Ref ref;
  ref.parts.push_back(MakeName(word));
  ref.span = ref.parts.front().span;
  return ref;
}

ast::Name ValueBuilder::MakeValueName(antlr4::ParserRuleContext* value) {
  if (auto* name = dynamic_cast<Grammar::NameContext*>(value->children.front())) return MakeName(name);
  const antlr4::Token* token = value->start;
  if (token->getType() == Grammar::STRING) return {MakeText(token).value, SpanOf(token), true};
  return {std::string(TextOf(token)), SpanOf(token), false};
}

ast::Text ValueBuilder::MakeText(const antlr4::Token* token) {
  const std::string_view literal = TextOf(token);
  const bool is_block = TokenOf(token).kind() == TokenKind::TextBlock;
  const Span span = SpanOf(token);
  LiteralValue decoded = is_block ? DecodeBlock(literal) : DecodeString(literal);
  for (const LiteralProblem problem : decoded.problems) {
    const Span place{span.file, span.begin + problem.begin, span.begin + problem.end};
    if (is_block) {
      Diagnose<DiagKind::MarginMixed>(place)
          .Help("indent every line with spaces, at least as far as the closing quotes")
          .To(context_.sink);
    } else {
      Diagnose<DiagKind::UnknownEscape>(place,
                                        literal.substr(problem.begin, problem.end - problem.begin))
          .Help("the escapes are \\\" \\\\ \\n \\t and \\u{…}; write \\\\ for a backslash, or use a \"\"\" block, which has no escapes")
          .To(context_.sink);
    }
  }
  decoded.value.shrink_to_fit();  // a rationale was grown letter by letter; there are 100 000 of them
  return {std::move(decoded.value), span, is_block};
}

// `3_500` and `2.50`: digits alone, with how many of them stand behind the point.
ast::Integer ValueBuilder::MakeInteger(const antlr4::Token* token) {
  std::string digits;
  size_t behind_point = 0;
  bool is_behind = false;
  for (const char c : TextOf(token)) {
    if (c == '.') is_behind = true;
    if (c < '0' || c > '9') continue;
    digits += c;
    behind_point += is_behind ? 1 : 0;
  }
  const auto decimals = static_cast<uint8_t>(behind_point > 255 ? 255 : behind_point);
  return {LeadingNumber(digits), SpanOf(token), decimals};
}

ast::DateLiteral ValueBuilder::MakeDate(const antlr4::Token* token) {
  return {std::string(TextOf(token)), SpanOf(token)};
}

ast::Duration ValueBuilder::MakeDuration(const antlr4::Token* token) {
  const std::string_view text = TextOf(token);
  ast::Duration duration{LeadingNumber(text), ast::DurationUnit::Day, SpanOf(token)};
  if (text.ends_with('h')) duration.unit = ast::DurationUnit::Hour;
  if (text.ends_with('w')) duration.unit = ast::DurationUnit::Week;
  if (text.ends_with("mo")) duration.unit = ast::DurationUnit::Month;
  if (text.ends_with('y')) duration.unit = ast::DurationUnit::Year;
  return duration;
}

ast::SetExpression ValueBuilder::MakeNameSet(Grammar::DottedNameContext* name) {
  ast::SetExpression set;
  set.span = SpanOf(name);
  set.ref = MakeRef(name);
  return set;
}

ast::SetExpression ValueBuilder::MakeAll(const antlr4::ParserRuleContext* rule,
                                         Grammar::DottedNameContext* module) {
  ast::SetExpression set;
  set.kind = ast::SetExpression::Kind::All;
  set.span = SpanOf(rule);
  if (module != nullptr) set.ref = MakeRef(module);
  return set;
}

ast::SetExpression ValueBuilder::MakeRoleSet(Grammar::DottedNameContext* role) {
  ast::SetExpression set = MakeNameSet(role);
  set.kind = ast::SetExpression::Kind::Role;
  return set;
}

ast::SetExpression ValueBuilder::MakePermission(Grammar::PermissionContext* permission) {
  ast::SetExpression set = MakeNameSet(permission->dottedName());
  set.kind = ast::SetExpression::Kind::Entitlement;
  set.span = SpanOf(permission);
  if (permission->STRING() != nullptr) set.text = MakeText(permission->STRING()->getSymbol());
  return set;
}

ast::SetExpression ValueBuilder::MakePrimary(Grammar::SetPrimaryContext* primary) {
  if (auto* named = dynamic_cast<Grammar::SetNameContext*>(primary)) {
    return MakeNameSet(named->dottedName());
  }
  if (auto* all = dynamic_cast<Grammar::SetAllContext*>(primary)) {
    ast::SetExpression set = MakeAll(all, all->dottedName());
    if (all->ROLES() != nullptr) set.kind = ast::SetExpression::Kind::AllRoles;
    return set;
  }
  if (auto* role = dynamic_cast<Grammar::SetRoleContext*>(primary)) {
    ast::SetExpression set = MakeRoleSet(role->dottedName());
    set.span = SpanOf(role);
    return set;
  }
  if (auto* duties = dynamic_cast<Grammar::SetDutiesOfContext*>(primary)) {
    ast::SetExpression set = MakeNameSet(duties->dottedName());
    set.kind = ast::SetExpression::Kind::DutiesOf;
    set.span = SpanOf(duties);
    return set;
  }
  if (auto* entitlement = dynamic_cast<Grammar::SetEntitlementContext*>(primary)) {
    ast::SetExpression set = MakePermission(entitlement->permission());
    set.span = SpanOf(entitlement);
    return set;
  }
  if (auto* being = dynamic_cast<Grammar::SetBeingContext*>(primary)) {
    ast::SetExpression set = MakeNameSet(being->dottedName());
    set.kind = ast::SetExpression::Kind::Being;
    set.span = SpanOf(being);
    set.filter = MakeName(being->name());
    return set;
  }
  if (auto* group = dynamic_cast<Grammar::SetParenthesesContext*>(primary)) {
    ast::SetExpression inner = MakeSet(group->setExpression());
    inner.span = SpanOf(group);
    return inner;
  }
  ast::SetExpression set;
  set.span = SpanOf(primary);
  if (auto* roles = dynamic_cast<Grammar::SetRolesContext*>(primary)) {
    set.kind = ast::SetExpression::Kind::Roles;
    for (Grammar::DottedNameContext* role : roles->dottedName()) set.operands.push_back(MakeRoleSet(role));
    return set;
  }
  set.kind = ast::SetExpression::Kind::Union;
  for (Grammar::SetExpressionContext* operand :
       static_cast<Grammar::SetBracesContext*>(primary)->setExpression()) {
    set.operands.push_back(MakeSet(operand));
  }
  return set;
}

ast::SetExpression ValueBuilder::MakeSet(Grammar::SetExpressionContext* expression) {
  if (auto* one = dynamic_cast<Grammar::SetOneContext*>(expression)) return MakePrimary(one->setPrimary());
  ast::SetExpression set;
  set.span = SpanOf(expression);
  if (auto* except = dynamic_cast<Grammar::SetExceptContext*>(expression)) {
    set.kind = ast::SetExpression::Kind::Except;
    set.operands.push_back(MakeSet(except->setExpression()));
    set.operands.push_back(MakePrimary(except->setPrimary()));
    return set;
  }
  auto* where = static_cast<Grammar::SetWhereContext*>(expression);
  set.kind = ast::SetExpression::Kind::Where;
  set.operands.push_back(MakeSet(where->setExpression()));
  set.filter = MakeName(where->name(0));
  set.filter_value = MakeName(where->name(1));
  return set;
}

// A side that is one role and nothing else is marked as such.
static void MarkRole(ast::Side& side) {
  side.is_role = side.set.kind == ast::SetExpression::Kind::Role;
  if (side.is_role) side.set.kind = ast::SetExpression::Kind::Name;
}

ast::Side ValueBuilder::MakeSide(Grammar::SideContext* context) {
  ast::Side side;
  side.span = SpanOf(context);
  side.quantifier = QuantifierOf(context->quantifier());
  side.set = MakeSet(context->setExpression());
  MarkRole(side);
  if (context->name() != nullptr) side.level = MakeRef(context->name());
  if (context->asClause() != nullptr) side.capacity = MakeRef(context->asClause()->name());
  side.is_direct = context->DIRECTLY() != nullptr;
  return side;
}

ast::Side ValueBuilder::MakeRow(Grammar::SetExpressionContext* context) {
  ast::Side side;
  side.span = SpanOf(context);
  side.set = MakeSet(context);
  MarkRole(side);
  return side;
}

ast::Side ValueBuilder::MakeTarget(Grammar::AssignTargetContext* context) {
  ast::Side side;
  side.span = SpanOf(context);
  if (context->permission() != nullptr) {
    side.set = MakePermission(context->permission());
  } else if (context->ALL() != nullptr) {
    side.set = MakeAll(context, context->dottedName());
  } else {
    side.set = MakeNameSet(context->dottedName());
  }
  if (context->name() != nullptr) side.level = MakeRef(context->name());
  return side;
}

ast::Side ValueBuilder::MakeTarget(Grammar::DelegateTargetContext* context) {
  ast::Side side;
  side.span = SpanOf(context);
  side.set = context->permission() != nullptr ? MakePermission(context->permission())
                                              : MakeNameSet(context->dottedName());
  if (context->name() != nullptr) side.level = MakeRef(context->name());
  return side;
}

namespace {

// `parts` joined by the operator; one part stands for itself.
ast::Condition Joined(ast::Condition::Kind kind, Span span, std::vector<ast::Condition> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  ast::Condition joined;
  joined.kind = kind;
  joined.span = span;
  joined.operands = std::move(parts);
  return joined;
}

ast::Condition::Operator OperatorOf(Grammar::TestContext* test) {
  using Operator = ast::Condition::Operator;
  if (test->IS() != nullptr) {
    if (test->UNKNOWN() != nullptr) return Operator::IsUnknown;
    return test->NOT() != nullptr ? Operator::IsNot : Operator::Is;
  }
  if (test->IN() != nullptr) return Operator::In;
  if (test->AT() != nullptr) return test->LEAST() != nullptr ? Operator::AtLeast : Operator::AtMost;
  if (test->ABOVE() != nullptr) return Operator::Above;
  return test->BELOW() != nullptr ? Operator::Below : Operator::Within;
}

}  // namespace

// INVARIANT: recursion is as deep as brackets nest, which the parser limits.
ast::Condition ValueBuilder::MakeCondition(Grammar::ConditionContext* context) {
  std::vector<ast::Condition> parts;
  for (Grammar::ConditionAllContext* part : context->conditionAll()) parts.push_back(MakeAll(part));
  return Joined(ast::Condition::Kind::Or, SpanOf(context), std::move(parts));
}

ast::Condition ValueBuilder::MakeAll(Grammar::ConditionAllContext* context) {
  std::vector<ast::Condition> parts;
  for (Grammar::ConditionOneContext* part : context->conditionOne()) parts.push_back(MakeOne(part));
  return Joined(ast::Condition::Kind::And, SpanOf(context), std::move(parts));
}

ast::Condition ValueBuilder::MakeOne(Grammar::ConditionOneContext* context) {
  if (context->test() != nullptr) return MakeTest(context->test());
  if (context->condition() != nullptr) return MakeCondition(context->condition());
  ast::Condition negation;
  negation.kind = ast::Condition::Kind::Not;
  negation.span = SpanOf(context);
  negation.operands.push_back(MakeOne(context->conditionOne()));
  return negation;
}

ast::Condition ValueBuilder::MakeTest(Grammar::TestContext* context) {
  ast::Condition test;
  test.span = SpanOf(context);
  test.test = OperatorOf(context);
  test.subject = MakeRef(context->conditionName(0));
  if (context->WITHIN() != nullptr) test.values.emplace_back(MakeRef(context->conditionName(1)));
  for (Grammar::ConditionValueContext* value : context->conditionValue()) {
    const antlr4::Token* token = value->start;
    if (value->conditionName() != nullptr) {
      test.values.emplace_back(MakeRef(value->conditionName()));
    } else if (value->date() != nullptr) {
      test.values.emplace_back(MakeDate(token));
    } else if (value->STRING() != nullptr) {
      test.values.emplace_back(MakeText(token));
    } else if (value->DURATION() != nullptr) {
      test.values.emplace_back(MakeDuration(token));
    } else if (value->currency() != nullptr) {
      test.values.emplace_back(ast::Money{MakeInteger(token), MakeName(value->currency()->start), SpanOf(value)});
    } else {
      test.values.emplace_back(MakeInteger(token));
    }
  }
  return test;
}

ast::Condition ValueBuilder::MakePermissions(Grammar::PermissionsContext* context) {
  std::vector<ast::Condition> parts;
  for (Grammar::PermissionsAllContext* part : context->permissionsAll()) parts.push_back(MakeAll(part));
  return Joined(ast::Condition::Kind::Or, SpanOf(context), std::move(parts));
}

ast::Condition ValueBuilder::MakeAll(Grammar::PermissionsAllContext* context) {
  std::vector<ast::Condition> parts;
  for (Grammar::PermissionsOneContext* part : context->permissionsOne()) parts.push_back(MakeOne(part));
  return Joined(ast::Condition::Kind::And, SpanOf(context), std::move(parts));
}

ast::Condition ValueBuilder::MakeOne(Grammar::PermissionsOneContext* context) {
  if (context->permissions() != nullptr) return MakePermissions(context->permissions());
  ast::Condition held;
  held.span = SpanOf(context);
  if (context->permissionsOne() != nullptr) {
    held.kind = ast::Condition::Kind::Not;
    held.operands.push_back(MakeOne(context->permissionsOne()));
    return held;
  }
  held.test = ast::Condition::Operator::Holds;
  held.subject = MakeRef(context->conditionName());
  if (context->STRING() != nullptr) held.values.emplace_back(MakeText(context->STRING()->getSymbol()));
  return held;
}

}  // namespace sodc
