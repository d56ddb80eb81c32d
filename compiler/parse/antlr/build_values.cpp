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

ast::Name ValueBuilder::MakeName(Grammar::NameContext* name) {
  const antlr4::Token* token = name->getStart();
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

ast::Ref ValueBuilder::MakeRef(Grammar::WordContext* word) {
  if (word->dottedName() != nullptr) return MakeRef(word->dottedName());
  ast::Ref ref;
  ref.span = SpanOf(word->start);
  ref.parts.push_back({std::string(TextOf(word->start)), ref.span, false});
  return ref;
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
  return {std::move(decoded.value), span, is_block};
}

ast::Integer ValueBuilder::MakeInteger(const antlr4::Token* token) {
  return {LeadingNumber(TextOf(token)), SpanOf(token)};
}

ast::DateLiteral ValueBuilder::MakeDate(Grammar::DateContext* date) {
  return {std::string(TextOf(date->getStart())), SpanOf(date)};
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

ast::SetExpression ValueBuilder::MakePrimary(Grammar::SetPrimaryContext* primary) {
  if (auto* named = dynamic_cast<Grammar::SetNameContext*>(primary)) {
    return MakeNameSet(named->dottedName());
  }
  if (auto* all = dynamic_cast<Grammar::SetAllContext*>(primary)) return MakeAll(all, all->dottedName());
  if (auto* group = dynamic_cast<Grammar::SetParenthesesContext*>(primary)) {
    ast::SetExpression inner = MakeSet(group->setExpression());
    inner.span = SpanOf(group);
    return inner;
  }
  ast::SetExpression set;
  set.kind = ast::SetExpression::Kind::Union;
  set.span = SpanOf(primary);
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

ast::Side ValueBuilder::MakeSide(Grammar::SideContext* context) {
  ast::Side side;
  side.span = SpanOf(context);
  side.quantifier = QuantifierOf(context->quantifier());
  side.is_role = context->ROLE() != nullptr;
  side.set = side.is_role ? MakeNameSet(context->dottedName()) : MakeSet(context->setExpression());
  if (context->name() != nullptr) side.level = MakeRef(context->name());
  return side;
}

ast::Side ValueBuilder::MakeMember(Grammar::MemberItemContext* context) {
  ast::Side side;
  side.span = SpanOf(context);
  side.quantifier = QuantifierOf(context->quantifier());
  side.is_role = context->ROLE() != nullptr;
  side.set = MakeNameSet(context->dottedName());
  if (context->name() != nullptr) side.level = MakeRef(context->name());
  return side;
}

ast::Side ValueBuilder::MakeRow(Grammar::RowItemContext* context) {
  ast::Side side;
  side.span = SpanOf(context);
  side.is_role = context->ROLE() != nullptr;
  side.set = side.is_role ? MakeNameSet(context->dottedName()) : MakeSet(context->setExpression());
  return side;
}

ast::Side ValueBuilder::MakeTarget(Grammar::AssignTargetContext* context) {
  ast::Side side;
  side.span = SpanOf(context);
  side.set = context->ALL() != nullptr ? MakeAll(context, context->dottedName())
                                       : MakeNameSet(context->dottedName());
  if (context->name() != nullptr) side.level = MakeRef(context->name());
  return side;
}

}  // namespace sodc
