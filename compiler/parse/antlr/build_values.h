// The leaves of the tree: names, texts, dates, sets, sides.
#ifndef SODC_PARSE_ANTLR_BUILD_VALUES_H_
#define SODC_PARSE_ANTLR_BUILD_VALUES_H_

#include <vector>

#include "compiler/parse/antlr/build_tree.h"
#include "compiler/parse/antlr/slice_stream.h"

namespace sodc {

// Makes values and remembers whether one of them needed an inserted token.
class ValueBuilder {
 public:
  using Grammar = sodc_antlr::SodParser;

  explicit ValueBuilder(BuildContext context) : context_(context) {}

  Span SpanOf(const antlr4::Token* token) const;
  Span SpanOf(const antlr4::ParserRuleContext* rule) const;

  ast::Name MakeName(Grammar::NameContext* name);
  ast::Name MakeName(const antlr4::Token* name);
  ast::Ref MakeRef(Grammar::NameContext* name);
  ast::Ref MakeRef(Grammar::DottedNameContext* name);
  ast::Ref MakeRef(Grammar::ConditionNameContext* name);
  ast::Ref MakeRef(Grammar::WordContext* word);
  ast::Text MakeText(const antlr4::Token* token);
  ast::Text MakeText(Grammar::TextContext* text) { return MakeText(text->getStart()); }
  ast::Integer MakeInteger(const antlr4::Token* token);
  ast::DateLiteral MakeDate(Grammar::DateContext* date) { return MakeDate(date->getStart()); }
  ast::DateLiteral MakeDate(const antlr4::Token* token);
  ast::Ref MakeRef(const antlr4::Token* word);
  // `scopeValue`, `valueName`: a name, a number or a text that names a value.
  ast::Name MakeValueName(antlr4::ParserRuleContext* value);
  ast::Condition MakeCondition(Grammar::ConditionContext* condition);
  ast::Condition MakePermissions(Grammar::PermissionsContext* permissions);
  ast::SetExpression MakePermission(Grammar::PermissionContext* permission);
  ast::SetExpression MakeNameSet(Grammar::DottedNameContext* name);
  ast::Duration MakeDuration(const antlr4::Token* token);
  ast::SetExpression MakeSet(Grammar::SetExpressionContext* set);
  ast::Side MakeSide(Grammar::SideContext* side);
  ast::Side MakeRow(Grammar::SetExpressionContext* row);
  ast::Side MakeTarget(Grammar::AssignTargetContext* target);
  ast::Side MakeTarget(Grammar::DelegateTargetContext* target);

  bool is_damaged() const { return is_damaged_; }
  // Returns and clears the mark.
  bool TakeDamage();
  void Damage() { is_damaged_ = true; }

 private:
  std::string_view TextOf(const antlr4::Token* token);
  ast::SetExpression MakePrimary(Grammar::SetPrimaryContext* primary);
  ast::SetExpression MakeRoleSet(Grammar::DottedNameContext* role);
  ast::Condition MakeAll(Grammar::ConditionAllContext* all);
  ast::Condition MakeOne(Grammar::ConditionOneContext* one);
  ast::Condition MakeTest(Grammar::TestContext* test);
  ast::Condition MakeAll(Grammar::PermissionsAllContext* all);
  ast::Condition MakeOne(Grammar::PermissionsOneContext* one);
  ast::SetExpression MakeAll(const antlr4::ParserRuleContext* rule, Grammar::DottedNameContext* module);

  BuildContext context_;
  bool is_damaged_ = false;
};

}  // namespace sodc

#endif  // SODC_PARSE_ANTLR_BUILD_VALUES_H_
