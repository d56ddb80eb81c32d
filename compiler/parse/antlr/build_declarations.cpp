// The headers of declarations, one function a form.
#include <iterator>
#include <utility>

#include "compiler/parse/antlr/build_values.h"

namespace sodc {
namespace {

using Grammar = sodc_antlr::SodParser;
using ast::Declaration;
using ast::DeclarationKind;

DeclarationKind KindOfKeyword(size_t type) {
  switch (type) {
#define SODC_KEYWORD(Generated, Name) \
  case Grammar::Generated: return DeclarationKind::Name;
    SODC_KEYWORD(MODULE, Module) SODC_KEYWORD(IMPORT, Import) SODC_KEYWORD(SCALE, Scale)
    SODC_KEYWORD(DUTY, Duty) SODC_KEYWORD(GROUP, Group) SODC_KEYWORD(PERSON, Person)
    SODC_KEYWORD(TEAM, Team) SODC_KEYWORD(EXTERNAL, External) SODC_KEYWORD(SYSTEM, System)
    SODC_KEYWORD(ROLE, Role) SODC_KEYWORD(ASSIGN, Assign) SODC_KEYWORD(CONFLICT, Conflict)
    SODC_KEYWORD(COMPATIBLE, Compatible) SODC_KEYWORD(CONTROL, Control)
    SODC_KEYWORD(FRAMEWORK, Framework) SODC_KEYWORD(DOCUMENT, Document)
    SODC_KEYWORD(CLAIMS, Claims)
#undef SODC_KEYWORD
    default: return DeclarationKind::Policy;
  }
}

class DeclarationBuilder {
 public:
  explicit DeclarationBuilder(BuildContext context) : context_(context), values_(context) {}

  Declaration Make(Grammar::DeclarationContext* context) {
    made_.kind = KindOfKeyword(context->start->getType());
    made_.span = values_.SpanOf(context);
    made_.keyword_span = values_.SpanOf(context->start);
    if (made_.kind == DeclarationKind::Conflict) {
      FillConflict(context);
    } else {
      FillOther(context);
    }
    made_.is_damaged = made_.is_damaged || values_.is_damaged();
    return std::move(made_);
  }

 private:
  template <typename Context>
  void FillNamed(Context* context) {
    made_.name = values_.MakeName(context->name());
    if (context->text() != nullptr) made_.title = values_.MakeText(context->text());
    if (values_.TakeDamage()) made_.is_damaged = true;
    AddBody(context->body());
  }

  void FillOther(Grammar::DeclarationContext* context) {
    switch (made_.kind) {
      case DeclarationKind::Policy: return FillNamed(static_cast<Grammar::PolicyDeclarationContext*>(context));
      case DeclarationKind::Module: return FillModule(static_cast<Grammar::ModuleDeclarationContext*>(context));
      case DeclarationKind::Import: return FillImport(static_cast<Grammar::ImportDeclarationContext*>(context));
      case DeclarationKind::Person: return FillPerson(static_cast<Grammar::PersonDeclarationContext*>(context));
      case DeclarationKind::Role: return FillRole(static_cast<Grammar::RoleDeclarationContext*>(context));
      case DeclarationKind::Group: return FillGroup(static_cast<Grammar::GroupDeclarationContext*>(context));
      case DeclarationKind::Assign: return FillAssign(static_cast<Grammar::AssignDeclarationContext*>(context));
      case DeclarationKind::Compatible:
        return FillCompatible(static_cast<Grammar::CompatibleDeclarationContext*>(context));
      case DeclarationKind::Claims: return FillClaims(static_cast<Grammar::ClaimsDeclarationContext*>(context));
      case DeclarationKind::Scale:
      case DeclarationKind::Duty:
      case DeclarationKind::Team:
      case DeclarationKind::External:
      case DeclarationKind::System:
      case DeclarationKind::Control:
      case DeclarationKind::Framework:
      case DeclarationKind::Document:
      case DeclarationKind::Conflict:
        return FillNamed(static_cast<Grammar::EntityDeclarationContext*>(context));
    }
  }

  void FillModule(Grammar::ModuleDeclarationContext* context) {
    made_.path = values_.MakeRef(context->dottedName());
    if (context->text() != nullptr) made_.title = values_.MakeText(context->text());
    AddBody(context->body());
  }

  void FillImport(Grammar::ImportDeclarationContext* context) {
    if (context->dottedName() != nullptr) made_.path = values_.MakeRef(context->dottedName());
    if (context->STRING() != nullptr) made_.import_file = values_.MakeText(context->STRING()->getSymbol());
  }

  void FillPerson(Grammar::PersonDeclarationContext* context) {
    FillNamed(context);
    made_.is_vacant = context->VACANT() != nullptr;
  }

  void FillRole(Grammar::RoleDeclarationContext* context) {
    FillNamed(context);
    made_.is_position = context->POSITION() != nullptr;
  }

  void FillGroup(Grammar::GroupDeclarationContext* context) {
    FillNamed(context);
    if (context->setExpression() == nullptr) return;
    ast::Side definition;
    definition.set = values_.MakeSet(context->setExpression());
    definition.span = definition.set.span;
    made_.sides.push_back(std::move(definition));
  }

  void FillAssign(Grammar::AssignDeclarationContext* context) {
    Grammar::SubjectContext* subject = context->subject();
    made_.subject = values_.MakeRef(subject->name());
    if (subject->STRING() != nullptr) made_.subject_account = values_.MakeText(subject->STRING()->getSymbol());
    for (Grammar::AssignTargetContext* target : context->assignTarget()) {
      AddSide(made_.targets, values_.MakeTarget(target));
    }
    made_.attributes = BuildValidity(context_, context->validity(), made_.is_damaged);
    AddBody(context->body());
  }

  void FillCompatible(Grammar::CompatibleDeclarationContext* context) {
    AddSides(context->side());
    if (context->BECAUSE() != nullptr) {
      made_.attributes.push_back(BuildBecause(context_, context->BECAUSE(), context->text()));
    }
    AddBody(context->body());
  }

  void FillClaims(Grammar::ClaimsDeclarationContext* context) {
    made_.title = values_.MakeText(context->text());
    AddBody(context->body());
  }

  void FillConflict(Grammar::DeclarationContext* context) {
    if (auto* named = dynamic_cast<Grammar::NamedConflictContext*>(context)) {
      made_.form = ast::ConflictForm::Named;
      FillNamed(named);
      return AddSides(named->side());
    }
    if (auto* unnamed = dynamic_cast<Grammar::UnnamedConflictContext*>(context)) {
      made_.form = ast::ConflictForm::Unnamed;
      AddSides(unnamed->side());
      return AddBody(unnamed->body());
    }
    auto* at_most = static_cast<Grammar::AtMostConflictContext*>(context);
    made_.form = ast::ConflictForm::AtMost;
    FillNamed(at_most);
    made_.limit = values_.MakeInteger(at_most->INT()->getSymbol());
    for (Grammar::MemberItemContext* item : at_most->memberItem()) {
      AddSide(made_.sides, values_.MakeMember(item));
    }
  }

  void AddSides(const std::vector<Grammar::SideContext*>& sides) {
    for (Grammar::SideContext* side : sides) AddSide(made_.sides, values_.MakeSide(side));
  }

  // A side that needs an inserted token is left out: it names nothing.
  void AddSide(std::vector<ast::Side>& sides, ast::Side side) {
    if (values_.TakeDamage()) {
      made_.is_damaged = true;
    } else {
      sides.push_back(std::move(side));
    }
  }

  void AddBody(Grammar::BodyContext* body) {
    std::vector<ast::Attribute> attributes = BuildBody(context_, body, made_.is_damaged);
    made_.attributes.insert(made_.attributes.end(), std::make_move_iterator(attributes.begin()),
                            std::make_move_iterator(attributes.end()));
  }

  BuildContext context_;
  ValueBuilder values_;
  Declaration made_;
};

}  // namespace

Declaration BuildDeclaration(BuildContext context, Grammar::DeclarationContext* declaration) {
  return DeclarationBuilder(context).Make(declaration);
}

}  // namespace sodc
