// The headers of declarations, one function a form.
#include <iterator>
#include <utility>

#include "compiler/parse/antlr/build_general.h"
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
    SODC_KEYWORD(DUTY, Duty) SODC_KEYWORD(GROUP, Group) SODC_KEYWORD(PERSON, Person) SODC_KEYWORD(TEAM, Team)
    SODC_KEYWORD(EXTERNAL, External) SODC_KEYWORD(SYSTEM, System) SODC_KEYWORD(ROLE, Role)
    SODC_KEYWORD(ASSIGN, Assign) SODC_KEYWORD(CONFLICT, Conflict) SODC_KEYWORD(COMPATIBLE, Compatible)
    SODC_KEYWORD(CONTROL, Control) SODC_KEYWORD(FRAMEWORK, Framework) SODC_KEYWORD(DOCUMENT, Document)
    SODC_KEYWORD(CLAIMS, Claims) SODC_KEYWORD(SCOPE, Scope) SODC_KEYWORD(OBJECT, Object)
    SODC_KEYWORD(ENTITLEMENT, Entitlement) SODC_KEYWORD(SERVICE, Service) SODC_KEYWORD(TOOL, Tool)
    SODC_KEYWORD(AGENT, Agent) SODC_KEYWORD(UNIT, Unit) SODC_KEYWORD(DELEGATE, Delegate)
    SODC_KEYWORD(PROCESS, Process) SODC_KEYWORD(WAIVER, Waiver)
    SODC_KEYWORD(PLAN, Plan) SODC_KEYWORD(REVIEW, Review) SODC_KEYWORD(TEST_, Test) SODC_KEYWORD(FACT, Fact)
    SODC_KEYWORD(SWITCH, Switch) SODC_KEYWORD(ATTRIBUTE, Attribute) SODC_KEYWORD(ENFORCEMENT, Enforcement)
    SODC_KEYWORD(FORBID, Forbid) SODC_KEYWORD(RESERVE, Reserve) SODC_KEYWORD(SENSITIVE, Sensitive)
    SODC_KEYWORD(WAIVERS, Waivers) SODC_KEYWORD(EXEMPTION, Exemption) SODC_KEYWORD(GRANDFATHER, Grandfather)
    SODC_KEYWORD(EMERGENCY, Emergency) SODC_KEYWORD(ACTIVATION, Activation) SODC_KEYWORD(AMEND, Amend)
    SODC_KEYWORD(DISABLE, Disable) SODC_KEYWORD(ASSESSMENT, Assessment) SODC_KEYWORD(REMEDIATION, Remediation)
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
      case DeclarationKind::Delegate: return FillDelegate(static_cast<Grammar::DelegateDeclarationContext*>(context));
      case DeclarationKind::Fact: return FillFact(static_cast<Grammar::FactDeclarationContext*>(context));
      case DeclarationKind::Switch: return FillSwitch(static_cast<Grammar::SwitchDeclarationContext*>(context));
      case DeclarationKind::Attribute:
        return FillOwnAttribute(static_cast<Grammar::OwnAttributeDeclarationContext*>(context));
      case DeclarationKind::Unit: return FillUnit(static_cast<Grammar::UnitDeclarationContext*>(context));
      case DeclarationKind::Process: {
        auto* process = static_cast<Grammar::ProcessDeclarationContext*>(context);
        AddClauses(process);
        return FillNamed(process);
      }
      case DeclarationKind::Forbid:
      case DeclarationKind::Sensitive: return FillSingle(static_cast<Grammar::SingleDeclarationContext*>(context));
      case DeclarationKind::Reserve: return FillReserve(static_cast<Grammar::ReserveDeclarationContext*>(context));
      case DeclarationKind::Waivers:
        return AddBody(static_cast<Grammar::WaiversDeclarationContext*>(context)->body());
      case DeclarationKind::Activation:
        return FillOf(static_cast<Grammar::ActivationDeclarationContext*>(context));
      case DeclarationKind::Assessment:
        return FillOf(static_cast<Grammar::AssessmentDeclarationContext*>(context));
      case DeclarationKind::Amend:
      case DeclarationKind::Disable: return FillAmend(static_cast<Grammar::AmendDeclarationContext*>(context));
      case DeclarationKind::Test: {
        auto* test = static_cast<Grammar::TestDeclarationContext*>(context);
        made_.title = values_.MakeText(test->text());
        return AddBody(test->body());
      }
      default: return FillNamed(static_cast<Grammar::EntityDeclarationContext*>(context));
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
    AddClauses(context);
    AddBody(context->body());
  }

  void FillDelegate(Grammar::DelegateDeclarationContext* context) {
    made_.subject = values_.MakeRef(context->dottedName(0));
    for (Grammar::DelegateTargetContext* target : context->delegateTarget()) {
      AddSide(made_.targets, values_.MakeTarget(target));
    }
    made_.attributes = BuildValidity(context_, context->validity(), made_.is_damaged);
    AddAttribute(ast::AttributeKind::To, context->TO(), values_.MakeRef(context->dottedName(1)));
    AddClauses(context);
    AddBody(context->body());
  }

  void FillFact(Grammar::FactDeclarationContext* context) {
    FillHead(context);
    if (context->INT() != nullptr) {
      AddAttribute(ast::AttributeKind::NamedValue, context->INT(), values_.MakeInteger(context->INT()->getSymbol()));
    } else {
      AddAttribute(ast::AttributeKind::CountPeople, context->COUNT(), {});
      if (context->side() != nullptr) {
        made_.attributes.back().values.push_back(ast::Box(values_.MakeSide(context->side())));
      }
    }
    AddBody(context->body());
  }

  void FillSwitch(Grammar::SwitchDeclarationContext* context) {
    made_.name = values_.MakeName(context->name(0));
    if (context->text() != nullptr) made_.title = values_.MakeText(context->text());
    AddSetting(context->name(1), nullptr);
    for (Grammar::DatedNameContext* setting : context->datedName()) AddSetting(setting->name(), setting->date());
    AddBody(context->body());
  }

  void AddSetting(Grammar::NameContext* name, Grammar::DateContext* date) {
    ast::Attribute setting;
    setting.kind = ast::AttributeKind::Setting;
    setting.span = setting.keyword_span = values_.SpanOf(name);
    setting.values.push_back(values_.MakeRef(name));
    if (date != nullptr) {
      ast::Attribute from;
      from.kind = ast::AttributeKind::From;
      from.span = from.keyword_span = values_.SpanOf(date);
      from.values.push_back(values_.MakeDate(date));
      setting.nested.push_back(std::move(from));
    }
    made_.attributes.push_back(std::move(setting));
  }

  void FillOwnAttribute(Grammar::OwnAttributeDeclarationContext* context) {
    FillHead(context);
    AddAttribute(ast::AttributeKind::OfKind, context->OF(), values_.MakeRef(context->ownerWord()->start));
    if (context->MANY() != nullptr) AddAttribute(ast::AttributeKind::Many, context->MANY(), {});
    Grammar::AttributeTypeContext* type = context->attributeType();
    if (type->dottedName() != nullptr) {
      AddAttribute(ast::AttributeKind::InScale, type->IN(), values_.MakeRef(type->dottedName()));
    } else if (type->LBRACE() != nullptr) {
      AddAttribute(ast::AttributeKind::OneOf, type->IN(), {});
      for (Grammar::ValueNameContext* value : type->valueName()) {
        made_.attributes.back().values.push_back(values_.MakeValueName(value));
      }
    } else {
      ast::Attribute word;
      word.kind = ast::AttributeKind::TypeWord;
      word.span = word.keyword_span = values_.SpanOf(type);
      word.values.push_back(values_.MakeRef(type->start));
      made_.attributes.push_back(std::move(word));
    }
    AddBody(context->body());
  }

  void FillUnit(Grammar::UnitDeclarationContext* context) {
    FillHead(context);
    if (context->WITHIN() != nullptr) {
      AddAttribute(ast::AttributeKind::Within, context->WITHIN(), values_.MakeRef(context->dottedName()));
    }
    AddBody(context->body());
  }

  void FillSingle(Grammar::SingleDeclarationContext* context) {
    AddSide(made_.sides, values_.MakeSide(context->side()));
    AddBody(context->body());
  }

  void FillReserve(Grammar::ReserveDeclarationContext* context) {
    AddSide(made_.sides, values_.MakeSide(context->side()));
    if (context->condition() != nullptr) {
      AddAttribute(ast::AttributeKind::PeopleWhere, context->PEOPLE(),
                   ast::Box(values_.MakeCondition(context->condition())));
    } else {
      ast::Attribute to;
      to.kind = ast::AttributeKind::To;
      to.keyword_span = values_.SpanOf(context->TO()->getSymbol());
      to.span = to.keyword_span.Cover(values_.SpanOf(context->party()));
      to.nested = BuildClauses(context_, values_, context);
      made_.attributes.push_back(std::move(to));
    }
    AddBody(context->body());
  }

  // `activation … of …`, `assessment … of …`.
  template <typename Context>
  void FillOf(Context* context) {
    FillHead(context);
    AddAttribute(ast::AttributeKind::Of, context->OF(), values_.MakeRef(context->dottedName()));
    AddBody(context->body());
  }

  void FillAmend(Grammar::AmendDeclarationContext* context) {
    ast::Attribute of;
    of.kind = ast::AttributeKind::Of;
    of.span = of.keyword_span = values_.SpanOf(context->dottedName());
    of.values.push_back(values_.MakeRef(context->dottedName()));
    made_.attributes.push_back(std::move(of));
    AddBody(context->body());
  }

  template <typename Context>
  void FillHead(Context* context) {
    made_.name = values_.MakeName(context->name());
    if (context->text() != nullptr) made_.title = values_.MakeText(context->text());
  }

  void AddAttribute(ast::AttributeKind kind, antlr4::tree::TerminalNode* word, std::optional<ast::Value> value) {
    ast::Attribute attribute;
    attribute.kind = kind;
    attribute.span = attribute.keyword_span = values_.SpanOf(word->getSymbol());
    if (value) {
      attribute.span.end = std::visit([](const auto& item) { return item.span.end; }, *value);
      attribute.values.push_back(std::move(*value));
    }
    made_.attributes.push_back(std::move(attribute));
  }

  void AddClauses(antlr4::ParserRuleContext* context) {
    for (ast::Attribute& clause : BuildClauses(context_, values_, context)) made_.attributes.push_back(std::move(clause));
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
      AddClauses(named);
      FillNamed(named);
      return AddSides(named->side());
    }
    if (auto* unnamed = dynamic_cast<Grammar::UnnamedConflictContext*>(context)) {
      made_.form = ast::ConflictForm::Unnamed;
      AddSides(unnamed->side());
      AddClauses(unnamed);
      return AddBody(unnamed->body());
    }
    auto* at_most = static_cast<Grammar::AtMostConflictContext*>(context);
    made_.form = ast::ConflictForm::AtMost;
    AddClauses(at_most);
    FillNamed(at_most);
    if (at_most->INT() != nullptr) {
      made_.limit = values_.MakeInteger(at_most->INT()->getSymbol());
    } else {
      made_.limit = ast::Integer{1, values_.SpanOf(at_most->DIFFERENT()->getSymbol())};
    }
    for (Grammar::SideContext* item : at_most->side()) {
      ast::Side side = values_.MakeSide(item);
      side.is_role = side.is_role || at_most->ROLES() != nullptr;
      AddSide(made_.sides, std::move(side));
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
