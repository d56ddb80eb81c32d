// Every form gives its tree, and the forms use all that the grammar and the tree have.
#include <set>

#include <gtest/gtest.h>

#include "antlr4-runtime.h"

#include "SodLexer.h"
#include "SodParser.h"
#include "atn/RuleTransition.h"
#include "forms.h"
#include "parse_fixture.h"

namespace sodc {

static void PrintTo(const Form& form, std::ostream* out) { *out << form.text; }

namespace {

class FormOf : public testing::TestWithParam<Form> {};

TEST_P(FormOf, TheLanguageGivesItsTree) {
  const Parsed parsed = ParseText(GetParam().text);
  EXPECT_EQ(parsed.diagnostics, "");
  EXPECT_EQ(parsed.tree, std::string(GetParam().tree) + "\n");
  EXPECT_FALSE(parsed.file.is_damaged);
}

INSTANTIATE_TEST_SUITE_P(Forms, FormOf, testing::ValuesIn(kForms));

// The slices of a file of all forms are the forms.
TEST(Forms, FollowEachOtherWithoutABlankLine) {
  std::string text;
  std::string tree;
  for (const Form& form : kForms) {
    text += std::string(form.text) + "\n";
    tree += std::string(form.tree) + "\n";
  }
  const Parsed parsed = ParseText(text);
  EXPECT_EQ(parsed.diagnostics, "");
  EXPECT_EQ(parsed.tree, tree);
}

// Indentation means nothing where the braces balance.
TEST(Forms, MayBeIndented) {
  for (const Form& form : kForms) {
    const Parsed parsed = ParseText("duty before\n  " + std::string(form.text) + "\n  duty behind");
    EXPECT_EQ(parsed.diagnostics, "") << form.text;
    EXPECT_EQ(parsed.tree, "(duty before)\n" + std::string(form.tree) + "\n(duty behind)\n");
  }
}

// A place of the grammar: a rule and a token or rule that stands in it.
using Place = std::pair<size_t, std::string>;

std::set<Place> PlacesOfGrammar(const sodc_antlr::SodParser& parser) {
  std::set<Place> places;
  for (const antlr4::atn::ATNState* state : parser.getATN().states) {
    if (state == nullptr) continue;
    for (const antlr4::atn::Transition* transition : state->transitions) {
      if (transition->getSerializationType() == antlr4::atn::Transition::RULE) {
        const auto* call = static_cast<const antlr4::atn::RuleTransition*>(transition);
        places.emplace(state->ruleIndex, parser.getRuleNames()[call->target->ruleIndex]);
      } else if (!transition->isEpsilon()) {
        for (const ssize_t type : transition->label().toList()) {
          places.emplace(state->ruleIndex, parser.getVocabulary().getSymbolicName(static_cast<size_t>(type)));
        }
      }
    }
  }
  return places;
}

void CollectPlaces(antlr4::ParserRuleContext* rule, const sodc_antlr::SodParser& parser, std::set<Place>& places) {
  for (antlr4::tree::ParseTree* child : rule->children) {
    if (auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(child)) {
      places.emplace(rule->getRuleIndex(), parser.getVocabulary().getSymbolicName(leaf->getSymbol()->getType()));
    } else {
      auto* inner = static_cast<antlr4::ParserRuleContext*>(child);
      places.emplace(rule->getRuleIndex(), parser.getRuleNames()[inner->getRuleIndex()]);
      CollectPlaces(inner, parser, places);
    }
  }
}

TEST(Forms, UseEveryPlaceOfTheGrammar) {
  antlr4::ANTLRInputStream nothing("");
  sodc_antlr::SodLexer lexer_of_nothing(&nothing);
  antlr4::CommonTokenStream no_tokens(&lexer_of_nothing);
  sodc_antlr::SodParser grammar(&no_tokens);
  std::set<Place> used;
  for (const Form& form : kForms) {
    antlr4::ANTLRInputStream input(form.text);
    sodc_antlr::SodLexer lexer(&input);
    antlr4::CommonTokenStream tokens(&lexer);
    sodc_antlr::SodParser parser(&tokens);
    CollectPlaces(parser.slice(), parser, used);
  }
  using Grammar = sodc_antlr::SodParser;
  for (const Place& place : PlacesOfGrammar(grammar)) {
    const bool is_list_of_words = place.first == Grammar::RuleSoftWord || place.first == Grammar::RuleName ||
                                  place.first == Grammar::RuleWord || place.first == Grammar::RuleFile ||
                                  place.first == Grammar::RuleConditionWord || place.first == Grammar::RuleVerdictWord;
    if (is_list_of_words || used.count(place) != 0) continue;
    ADD_FAILURE() << "no form has " << place.second << " in " << grammar.getRuleNames()[place.first];
  }
}

void CollectKinds(const std::vector<ast::Attribute>& attributes, std::set<ast::AttributeKind>& kinds) {
  for (const ast::Attribute& attribute : attributes) {
    kinds.insert(attribute.kind);
    CollectKinds(attribute.nested, kinds);
  }
}

TEST(Forms, HaveEveryKindOfTheTree) {
  std::set<ast::AttributeKind> attributes;
  std::set<ast::DeclarationKind> declarations;
  for (const Form& form : kForms) {
    const Parsed parsed = ParseText(form.text);
    for (const ast::Declaration& declaration : parsed.file.declarations) {
      declarations.insert(declaration.kind);
      CollectKinds(declaration.attributes, attributes);
    }
  }
#define SODC_ATTRIBUTE(Name, Spelling) \
  EXPECT_EQ(attributes.count(ast::AttributeKind::Name), 1u) << "no form has the attribute " #Name;
#include "compiler/ast/attributes.def"
#define SODC_DECLARATION(Name, Spelling) \
  EXPECT_EQ(declarations.count(ast::DeclarationKind::Name), 1u) << "no form is a " #Name;
#include "compiler/ast/declarations.def"
}

}  // namespace
}  // namespace sodc
