// The attributes of a body, one function a form (the table is in ast/ast.h).
#include <utility>

#include "compiler/parse/antlr/build_general.h"
#include "compiler/parse/antlr/build_values.h"

namespace sodc {
namespace {

using Grammar = sodc_antlr::SodParser;
using ast::Attribute;
using ast::AttributeKind;

// Attributes that one keyword opens.
AttributeKind KindOfKeyword(size_t type) {
  switch (type) {
#define SODC_KEYWORD(Generated, Name) \
  case Grammar::Generated: return AttributeKind::Name;
    SODC_KEYWORD(ABOUT, About) SODC_KEYWORD(ACCOUNT, Account)
    SODC_KEYWORD(ADMINISTERED, Administered) SODC_KEYWORD(ADVICE, Advice)
    SODC_KEYWORD(APPETITE, Appetite) SODC_KEYWORD(APPROVER, Approver)
    SODC_KEYWORD(AT, At) SODC_KEYWORD(AUTHOR, Author) SODC_KEYWORD(BECAUSE, Because)
    SODC_KEYWORD(BLANK, Blank) SODC_KEYWORD(BULLETS, Bullets) SODC_KEYWORD(CADENCE, Cadence)
    SODC_KEYWORD(CATEGORY, Category) SODC_KEYWORD(CLASS, Class)
    SODC_KEYWORD(CLASSIFICATION, Classification) SODC_KEYWORD(CLAUSE, Clause)
    SODC_KEYWORD(COLUMNS, Columns) SODC_KEYWORD(COMPENSATION, Compensation)
    SODC_KEYWORD(DATED, Dated) SODC_KEYWORD(DATES, Dates) SODC_KEYWORD(DEFINITION, Definition)
    SODC_KEYWORD(DEPENDS, DependsOn) SODC_KEYWORD(DESCRIPTION, Description)
    SODC_KEYWORD(DISCLOSES, Discloses) SODC_KEYWORD(EDITION, Edition)
    SODC_KEYWORD(EFFECTIVE, Effective) SODC_KEYWORD(EVERY, Every) SODC_KEYWORD(EVIDENCE, Evidence)
    SODC_KEYWORD(FIELD, Field) SODC_KEYWORD(FRAMEWORKS, Frameworks) SODC_KEYWORD(FROM, From)
    SODC_KEYWORD(GRANTS, Grants) SODC_KEYWORD(GROUPS, Groups) SODC_KEYWORD(HAS, Has)
    SODC_KEYWORD(IDENTIFIER, Identifier) SODC_KEYWORD(IN, In) SODC_KEYWORD(INCLUDES, Includes)
    SODC_KEYWORD(IS, Is) SODC_KEYWORD(LANGUAGE, Language) SODC_KEYWORD(LEGAL, Legal)
    SODC_KEYWORD(LEGEND, Legend) SODC_KEYWORD(LETTER, Letter) SODC_KEYWORD(MEASURES, Measures)
    SODC_KEYWORD(MEMBER, Member) SODC_KEYWORD(MEMBERS, Members)
    SODC_KEYWORD(MITIGATED, MitigatedBy) SODC_KEYWORD(MODE, Mode) SODC_KEYWORD(MUST, Must)
    SODC_KEYWORD(NATURE, Nature) SODC_KEYWORD(NOTE, Note) SODC_KEYWORD(ON, OnOwnActions)
    SODC_KEYWORD(OPERATED, OperatedBy) SODC_KEYWORD(ORGANIZATION, Organization)
    SODC_KEYWORD(OWNER, Owner) SODC_KEYWORD(PERFORMER, Performer)
    SODC_KEYWORD(REFERENCE, Reference) SODC_KEYWORD(RESTRICTS, Restricts)
    SODC_KEYWORD(REVIEWED, Reviewed) SODC_KEYWORD(REVIEWER, Reviewer)
    SODC_KEYWORD(REVISION, Revision) SODC_KEYWORD(RISK, Risk) SODC_KEYWORD(ROLE, Lists)
    SODC_KEYWORD(ROW, Row) SODC_KEYWORD(SATISFIES, Satisfies) SODC_KEYWORD(SECTION, Section)
    SODC_KEYWORD(SEPARATED, SeparatedFrom) SODC_KEYWORD(SHOULD, Should)
    SODC_KEYWORD(SHOWN, Shown) SODC_KEYWORD(SOURCE, Source) SODC_KEYWORD(STATUS, Status)
    SODC_KEYWORD(SYMBOL, Symbol) SODC_KEYWORD(SYSTEM, System) SODC_KEYWORD(TABLE, Table)
    SODC_KEYWORD(TAGS, Tags) SODC_KEYWORD(TEXT, Text) SODC_KEYWORD(THROUGH, Through) SODC_KEYWORD(UNTIL, Until)
    SODC_KEYWORD(VALID, Valid) SODC_KEYWORD(VERSION, Version)
#undef SODC_KEYWORD
    default: return AttributeKind::DefaultMode;  // `default`, told apart by its second word
  }
}

class AttributeBuilder {
 public:
  explicit AttributeBuilder(BuildContext context) : context_(context), values_(context) {}

  std::vector<Attribute> Body(Grammar::BodyContext* body, bool& is_damaged) {
    std::vector<Attribute> attributes;
    if (body == nullptr) return attributes;
    for (antlr4::tree::ParseTree* child : body->children) {
      auto* attribute = dynamic_cast<antlr4::ParserRuleContext*>(child);
      if (attribute == nullptr) continue;  // a brace
      Attribute built = Make(attribute);
      if (values_.TakeDamage()) {
        is_damaged = true;
      } else {
        attributes.push_back(std::move(built));
      }
    }
    is_damaged = is_damaged || is_body_damaged_;
    return attributes;
  }

  std::vector<Attribute> Validity(Grammar::ValidityContext* validity) {
    std::vector<Attribute> bounds;
    if (validity == nullptr) return bounds;
    size_t next = 0;
    for (antlr4::tree::TerminalNode* word : {validity->FROM(), validity->UNTIL(), validity->THROUGH()}) {
      if (word != nullptr) bounds.push_back(Clause(word, {values_.MakeDate(validity->date(next++))}));
    }
    return bounds;
  }

  // A clause inside another attribute: its keyword and its values.
  Attribute Clause(antlr4::tree::TerminalNode* word, std::vector<ast::Value> values) {
    Attribute clause;
    clause.kind = KindOfKeyword(word->getSymbol()->getType());
    clause.keyword_span = values_.SpanOf(word->getSymbol());
    clause.span = clause.keyword_span;
    for (const ast::Value& value : values) {
      clause.span.end = std::visit([](const auto& item) { return item.span.end; }, value);
    }
    clause.values = std::move(values);
    return clause;
  }

  ValueBuilder& values() { return values_; }

 private:
  template <typename Context>
  static Context* As(antlr4::ParserRuleContext* attribute) {
    return static_cast<Context*>(attribute);
  }

  // `attribute`, `looseAttribute` or `openAttribute`: all begin with their keyword.
  Attribute Make(antlr4::ParserRuleContext* attribute) {
    if (auto* other = dynamic_cast<Grammar::OtherAttributeContext*>(attribute)) {
      return BuildGeneral(context_, values_, other->generalAttribute(), is_body_damaged_);
    }
    if (dynamic_cast<Grammar::GeneralOpenAttributeContext*>(attribute) != nullptr) {
      return BuildGeneral(context_, values_, attribute, is_body_damaged_);
    }
    Attribute made;
    made.keyword_span = values_.SpanOf(attribute->start);
    made.span = values_.SpanOf(attribute);
    made.kind = KindOfKeyword(attribute->start->getType());
    Fill(made, attribute);
    return made;
  }

  // INVARIANT: the alternative that the grammar chose follows from the first token.
  void Fill(Attribute& made, antlr4::ParserRuleContext* attribute) {
    switch (made.kind) {
      case AttributeKind::Language:
      case AttributeKind::Revision:
        return Add(made, values_.MakeInteger(As<Grammar::IntegerAttributeContext>(attribute)->INT()->getSymbol()));
      case AttributeKind::Effective:
      case AttributeKind::Reviewed:
        Add(made, values_.MakeDate(As<Grammar::DateAttributeContext>(attribute)->date()));
        return AddClauses(made, attribute);
      case AttributeKind::Mode: return FillMode(made, As<Grammar::ModeAttributeContext>(attribute));
      case AttributeKind::DefaultMode: return FillDefault(made, As<Grammar::DefaultAttributeContext>(attribute));
      case AttributeKind::Must:
      case AttributeKind::Should: {
        made = Modality(As<Grammar::ModalityAttributeContext>(attribute)->modality());
        return;
      }
      case AttributeKind::Organization: return FillOrganization(made, As<Grammar::OrganizationAttributeContext>(attribute));
      case AttributeKind::Account: return FillAccount(made, As<Grammar::AccountAttributeContext>(attribute));
      case AttributeKind::Member: return FillMember(made, As<Grammar::MemberAttributeContext>(attribute));
      case AttributeKind::Clause: return FillClause(made, As<Grammar::ClauseAttributeContext>(attribute));
      case AttributeKind::Class: return FillClass(made, As<Grammar::ClassAttributeContext>(attribute));
      case AttributeKind::Grants: return FillGrants(made, As<Grammar::GrantsAttributeContext>(attribute));
      case AttributeKind::Restricts: return FillRestricts(made, As<Grammar::RestrictsAttributeContext>(attribute));
      case AttributeKind::SeparatedFrom: return FillSeparated(made, As<Grammar::SeparatedAttributeContext>(attribute));
      case AttributeKind::Satisfies: return FillSatisfies(made, As<Grammar::SatisfiesAttributeContext>(attribute));
      case AttributeKind::Valid:
        made.nested = Validity(As<Grammar::ValidAttributeContext>(attribute)->validity());
        return;
      case AttributeKind::Cadence: return FillCadence(made, As<Grammar::CadenceAttributeContext>(attribute));
      case AttributeKind::Evidence: return FillEvidence(made, As<Grammar::EvidenceAttributeContext>(attribute));
      case AttributeKind::Discloses: return FillDiscloses(made, As<Grammar::DisclosesAttributeContext>(attribute));
      case AttributeKind::Lists: return FillLists(made, As<Grammar::ListsAttributeContext>(attribute));
      case AttributeKind::Section: return FillSection(made, As<Grammar::SectionAttributeContext>(attribute));
      case AttributeKind::Table: return FillTable(made, As<Grammar::TableAttributeContext>(attribute));
      case AttributeKind::Columns: return FillColumns(made, As<Grammar::ColumnsAttributeContext>(attribute));
      case AttributeKind::Field: return FillField(made, As<Grammar::FieldAttributeContext>(attribute));
      default: return FillPlain(made, attribute);
    }
  }

  static void Add(Attribute& made, ast::Value value) { made.values.push_back(std::move(value)); }

  void AddClauses(Attribute& made, antlr4::ParserRuleContext* attribute) {
    for (Attribute& clause : BuildClauses(context_, values_, attribute)) made.nested.push_back(std::move(clause));
  }

  void AddNames(Attribute& made, Grammar::NameListContext* names) {
    for (Grammar::DottedNameContext* name : names->dottedName()) Add(made, values_.MakeRef(name));
  }

  void AddTexts(Attribute& made, Grammar::TextListContext* texts) {
    for (Grammar::TextContext* text : texts->text()) Add(made, values_.MakeText(text));
  }

  void AddSets(Attribute& made, Grammar::SetListContext* sets) {
    for (Grammar::SetExpressionContext* set : sets->setExpression()) Add(made, ast::Box(values_.MakeSet(set)));
  }

  void Nest(Attribute& made, antlr4::tree::TerminalNode* word, ast::Value value) {
    made.nested.push_back(Clause(word, {std::move(value)}));
  }

  void NestBody(Attribute& made, Grammar::BodyContext* body) {
    const bool was_damaged = values_.TakeDamage();
    for (Attribute& attribute : Body(body, is_body_damaged_)) made.nested.push_back(std::move(attribute));
    if (was_damaged) values_.Damage();
  }

  Attribute Modality(Grammar::ModalityContext* modality) {
    if (modality->MUST() != nullptr) return Clause(modality->MUST(), {});
    std::vector<ast::Value> reason;
    if (modality->text() != nullptr) reason.push_back(values_.MakeText(modality->text()));
    return Clause(modality->SHOULD(), std::move(reason));
  }

  // One name, one text, or a list of either.
  void FillPlain(Attribute& made, antlr4::ParserRuleContext* attribute) {
    for (antlr4::tree::ParseTree* child : attribute->children) {
      if (auto* name = dynamic_cast<Grammar::DottedNameContext*>(child)) Add(made, values_.MakeRef(name));
      if (auto* word = dynamic_cast<Grammar::WordContext*>(child)) Add(made, values_.MakeRef(word));
      if (auto* simple = dynamic_cast<Grammar::NameContext*>(child)) Add(made, values_.MakeRef(simple));
      if (auto* names = dynamic_cast<Grammar::NameListContext*>(child)) AddNames(made, names);
      if (auto* text = dynamic_cast<Grammar::TextContext*>(child)) Add(made, values_.MakeText(text));
      if (auto* texts = dynamic_cast<Grammar::TextListContext*>(child)) AddTexts(made, texts);
    }
  }

  void FillMode(Attribute& made, Grammar::ModeAttributeContext* mode) {
    if (mode->MOST() != nullptr) {
      Attribute ceiling = Clause(mode->AT().front(), {});
      ceiling.kind = AttributeKind::AtMost;
      ceiling.span.end = values_.SpanOf(mode->MOST()->getSymbol()).end;
      ceiling.keyword_span = ceiling.span;
      made.nested.push_back(std::move(ceiling));
    }
    Add(made, values_.MakeRef(mode->name(0)));
    if (mode->name().size() > 1) Nest(made, mode->AT().back(), values_.MakeRef(mode->name(1)));
    AddClauses(made, mode);
  }

  void FillDefault(Attribute& made, Grammar::DefaultAttributeContext* attribute) {
    if (attribute->key->getType() == Grammar::RISK) made.kind = AttributeKind::DefaultRisk;
    if (attribute->key->getType() == Grammar::AT) made.kind = AttributeKind::DefaultAt;
    if (attribute->key->getType() == Grammar::ENFORCEMENT) made.kind = AttributeKind::DefaultEnforcement;
    made.keyword_span.end = values_.SpanOf(attribute->key).end;
    Add(made, values_.MakeRef(attribute->name()));
  }

  void FillOrganization(Attribute& made, Grammar::OrganizationAttributeContext* organization) {
    Add(made, values_.MakeText(organization->text(0)));
    if (organization->LEGAL() != nullptr) Nest(made, organization->LEGAL(), values_.MakeText(organization->text(1)));
  }

  void FillAccount(Attribute& made, Grammar::AccountAttributeContext* account) {
    Add(made, values_.MakeRef(account->name()));
    Add(made, values_.MakeText(account->STRING()->getSymbol()));
    if (account->SHARED() != nullptr) {
      Attribute shared = Clause(account->SHARED(), {});
      shared.kind = AttributeKind::Shared;
      made.nested.push_back(std::move(shared));
    }
  }

  void FillMember(Attribute& made, Grammar::MemberAttributeContext* member) {
    Add(made, values_.MakeName(member->name()));
    if (member->text() != nullptr) Add(made, values_.MakeText(member->text()));
    NestBody(made, member->body());
  }

  void FillClause(Attribute& made, Grammar::ClauseAttributeContext* clause) {
    Add(made, values_.MakeText(clause->STRING()->getSymbol()));
    if (clause->text() != nullptr) Add(made, values_.MakeText(clause->text()));
    NestBody(made, clause->body());
  }

  void FillClass(Attribute& made, Grammar::ClassAttributeContext* attribute) {
    Add(made, values_.MakeRef(attribute->dottedName(0)));
    if (attribute->IN() == nullptr) return;
    Nest(made, attribute->IN(), values_.MakeRef(attribute->dottedName(1)));
    if (attribute->body() != nullptr) NestBody(made, attribute->body());
  }

  void FillGrants(Attribute& made, Grammar::GrantsAttributeContext* grants) {
    AddSets(made, grants->setList());
    AddClauses(made, grants);
    size_t next_text = 0;
    if (grants->AT() != nullptr) Nest(made, grants->AT(), values_.MakeRef(grants->name()));
    if (grants->NOTE() != nullptr) Nest(made, grants->NOTE(), values_.MakeText(grants->text(next_text++)));
    if (grants->SHOWN() != nullptr) Nest(made, grants->SHOWN(), values_.MakeText(grants->text(next_text)));
  }

  void FillRestricts(Attribute& made, Grammar::RestrictsAttributeContext* restricts) {
    AddSets(made, restricts->setList());
    if (Grammar::OwnActionsContext* own = restricts->ownActions()) {
      Attribute clause = Clause(own->ON(), {});
      clause.span = clause.keyword_span = values_.SpanOf(own);
      made.nested.push_back(std::move(clause));
    }
    if (restricts->modality() != nullptr) made.nested.push_back(Modality(restricts->modality()));
    if (restricts->SHOWN() != nullptr) Nest(made, restricts->SHOWN(), values_.MakeText(restricts->text()));
  }

  void FillSeparated(Attribute& made, Grammar::SeparatedAttributeContext* separated) {
    made.keyword_span.end = values_.SpanOf(separated->FROM()->getSymbol()).end;
    AddSets(made, separated->setList());
    if (separated->modality() != nullptr) made.nested.push_back(Modality(separated->modality()));
    if (separated->SHOWN() != nullptr) Nest(made, separated->SHOWN(), values_.MakeText(separated->text()));
  }

  void FillSatisfies(Attribute& made, Grammar::SatisfiesAttributeContext* satisfies) {
    Add(made, values_.MakeRef(satisfies->dottedName()));
    AddTexts(made, satisfies->textList());
  }

  void FillCadence(Attribute& made, Grammar::CadenceAttributeContext* cadence) {
    Grammar::CadenceContext* how_often = cadence->cadence();
    if (how_often->eventClause() != nullptr) return AddClauses(made, how_often);
    if (how_often->cadenceWord() != nullptr) return Add(made, values_.MakeRef(how_often->start));
    Nest(made, how_often->EVERY(), values_.MakeDuration(how_often->DURATION()->getSymbol()));
  }

  void FillEvidence(Attribute& made, Grammar::EvidenceAttributeContext* evidence) {
    Add(made, values_.MakeRef(evidence->name()));
    Add(made, values_.MakeText(evidence->text()));
    if (evidence->DATED() != nullptr) Nest(made, evidence->DATED(), values_.MakeDate(evidence->date()));
    if (evidence->EVERY() != nullptr) {
      Nest(made, evidence->EVERY(), values_.MakeDuration(evidence->DURATION()->getSymbol()));
    }
  }

  void FillDiscloses(Attribute& made, Grammar::DisclosesAttributeContext* discloses) {
    for (Grammar::SideContext* side : discloses->side()) Add(made, ast::Box(values_.MakeSide(side)));
    if (discloses->IN() != nullptr) Nest(made, discloses->IN(), values_.MakeRef(discloses->dottedName()));
    if (discloses->BECAUSE() != nullptr) Nest(made, discloses->BECAUSE(), values_.MakeText(discloses->text()));
  }

  void FillLists(Attribute& made, Grammar::ListsAttributeContext* lists) {
    Add(made, values_.MakeRef(lists->dottedName()));
    if (lists->setList() == nullptr) {
      made.kind = AttributeKind::RoleName;
    } else {
      AddSets(made, lists->setList());
    }
  }

  void FillSection(Attribute& made, Grammar::SectionAttributeContext* section) {
    Add(made, values_.MakeText(section->text()));
    NestBody(made, section->body());
  }

  void FillTable(Attribute& made, Grammar::TableAttributeContext* table) {
    Grammar::TableNameContext* name = table->tableName();
    Add(made, name->name() == nullptr ? values_.MakeRef(name->start) : values_.MakeRef(name->name()));
    for (Grammar::SetExpressionContext* row : table->setExpression()) Add(made, ast::Box(values_.MakeRow(row)));
    NestBody(made, table->body());
  }

  void FillColumns(Attribute& made, Grammar::ColumnsAttributeContext* columns) {
    for (Grammar::ColumnContext* column : columns->column()) {
      Attribute item;
      item.kind = AttributeKind::Column;
      item.span = values_.SpanOf(column);
      item.keyword_span = item.span;
      Add(item, values_.MakeRef(column->word()));
      if (column->text() != nullptr) Add(item, values_.MakeText(column->text()));
      made.nested.push_back(std::move(item));
    }
  }

  void FillField(Attribute& made, Grammar::FieldAttributeContext* field) {
    for (Grammar::TextContext* text : field->text()) Add(made, values_.MakeText(text));
    if (field->date() != nullptr) Add(made, values_.MakeDate(field->date()));
    if (field->dottedName() != nullptr) Add(made, values_.MakeRef(field->dottedName()));
  }

  BuildContext context_;
  ValueBuilder values_;
  bool is_body_damaged_ = false;
};

}  // namespace

std::vector<Attribute> BuildBody(BuildContext context, Grammar::BodyContext* body, bool& is_damaged) {
  return AttributeBuilder(context).Body(body, is_damaged);
}

std::vector<Attribute> BuildValidity(BuildContext context, Grammar::ValidityContext* validity,
                                     bool& is_damaged) {
  AttributeBuilder builder(context);
  std::vector<Attribute> bounds = builder.Validity(validity);
  is_damaged = is_damaged || builder.values().is_damaged();
  return bounds;
}

Attribute BuildBecause(BuildContext context, antlr4::tree::TerminalNode* word,
                       Grammar::TextContext* text) {
  AttributeBuilder builder(context);
  return builder.Clause(word, {builder.values().MakeText(text)});
}

}  // namespace sodc
