#include "compiler/parse/antlr/build_general.h"

#include <array>
#include <iterator>
#include <utility>

namespace sodc {
namespace {

using Grammar = sodc_antlr::SodParser;
using ast::Attribute;
using ast::AttributeKind;
using Kinds = std::array<size_t, 4>;

void CollectLeaves(antlr4::tree::ParseTree* tree, Kinds& kinds, size_t& count) {
  if (count == kinds.size()) return;
  if (auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(tree)) {
    kinds[count++] = leaf->getSymbol()->getType();
    return;
  }
  for (antlr4::tree::ParseTree* child : tree->children) CollectLeaves(child, kinds, count);
}

// Attributes that one word names.
AttributeKind KindOfWord(size_t type) {
  switch (type) {
#define SODC_KEYWORD(Generated, Name) \
  case Grammar::Generated: return AttributeKind::Name;
    SODC_KEYWORD(ACROSS, Across) SODC_KEYWORD(ACT, Act) SODC_KEYWORD(ACTING, Acting) SODC_KEYWORD(AFTER, After)
    SODC_KEYWORD(ALLOW, Allow) SODC_KEYWORD(AMOUNT, Amount) SODC_KEYWORD(APART, Apart) SODC_KEYWORD(APPLIES, AppliesWhen)
    SODC_KEYWORD(APPROVAL, ApprovalSlot) SODC_KEYWORD(APPROVALS, Approvals) SODC_KEYWORD(APPROVED, ApprovedBy)
    SODC_KEYWORD(AS, As) SODC_KEYWORD(ASSIGNMENTS, AssignmentsBefore) SODC_KEYWORD(AT, At)
    SODC_KEYWORD(ATTRIBUTE, AttributeValue) SODC_KEYWORD(BAND, Band) SODC_KEYWORD(BECAUSE, Because)
    SODC_KEYWORD(BEFORE, Before) SODC_KEYWORD(BELOW, Below) SODC_KEYWORD(BY, By) SODC_KEYWORD(CASE, Case)
    SODC_KEYWORD(CHANGES, ChangesNotify) SODC_KEYWORD(CLOSED, Closed) SODC_KEYWORD(CONFERRED, ConferredBy)
    SODC_KEYWORD(CONFLICT, ConflictNames) SODC_KEYWORD(CONTROL, ControlNames) SODC_KEYWORD(CONTROLLED, ControlledBy)
    SODC_KEYWORD(COUNTING, Counting) SODC_KEYWORD(COVERS, Covers) SODC_KEYWORD(CREATES, Creates)
    SODC_KEYWORD(DATED, Dated) SODC_KEYWORD(DONE, Done) SODC_KEYWORD(DUE, Due) SODC_KEYWORD(EACH, EachStepNeeds)
    SODC_KEYWORD(ENABLES, Enables) SODC_KEYWORD(ENFORCEMENT, Enforcement) SODC_KEYWORD(ENFORCES, Enforces)
    SODC_KEYWORD(ENGAGED, EngagedBy) SODC_KEYWORD(ESCALATE, Escalate) SODC_KEYWORD(EVERY, Every) SODC_KEYWORD(EXACT, Exact)
    SODC_KEYWORD(EXCEPT, Except) SODC_KEYWORD(EXPECT, ExpectVerdict) SODC_KEYWORD(EXPECTED, Expected)
    SODC_KEYWORD(FINDING, Finding) SODC_KEYWORD(FLAG, Flag) SODC_KEYWORD(FOR, For) SODC_KEYWORD(FROM, From)
    SODC_KEYWORD(GIVES, Gives) SODC_KEYWORD(HEAD, Head) SODC_KEYWORD(HIRE, Hire) SODC_KEYWORD(HOLDERS, HoldersNever)
    SODC_KEYWORD(HOLDING, Holding) SODC_KEYWORD(IF, If) SODC_KEYWORD(IMMUTABLE, ImmutableAgainst)
    SODC_KEYWORD(KIND, KindLabel) SODC_KEYWORD(KNOWN, KnownIn) SODC_KEYWORD(LAST, Last) SODC_KEYWORD(LONGEST, Longest)
    SODC_KEYWORD(MATRIX, MatrixRows) SODC_KEYWORD(MEANS, Means) SODC_KEYWORD(MONTHS, Months)
    SODC_KEYWORD(NAMES, NamesIgnoreCase) SODC_KEYWORD(NEEDS, Needs) SODC_KEYWORD(NEVER, NeverWaived)
    SODC_KEYWORD(NEXT, Next) SODC_KEYWORD(NONE, NoneOf) SODC_KEYWORD(NOTIFIES, Notifies) SODC_KEYWORD(NOTIFY, Notify)
    SODC_KEYWORD(NUMBER, Number) SODC_KEYWORD(OBSERVED, Observed) SODC_KEYWORD(ON, On) SODC_KEYWORD(ONE, OneUnit)
    SODC_KEYWORD(ONLY, OnlyIn) SODC_KEYWORD(ORDER, Order) SODC_KEYWORD(OTHERWISE, Otherwise) SODC_KEYWORD(PART, PartOf)
    SODC_KEYWORD(PATTERN, Pattern) SODC_KEYWORD(PER, Per) SODC_KEYWORD(PERMITTED, PermittedWith)
    SODC_KEYWORD(PERSON, PersonName) SODC_KEYWORD(REASON, Reason) SODC_KEYWORD(RECOMMENDS, Recommends)
    SODC_KEYWORD(REDUCES, Reduces) SODC_KEYWORD(RELATION, Relation) SODC_KEYWORD(RELATIONS, Relations)
    SODC_KEYWORD(REMEDIATE, RemediateWithin) SODC_KEYWORD(RENEWS, Renews) SODC_KEYWORD(REPORTS, ReportsTo)
    SODC_KEYWORD(REQUESTER, Requester) SODC_KEYWORD(REQUIRES, Requires) SODC_KEYWORD(RESTARTS, RestartsFrom)
    SODC_KEYWORD(RESULT, Result) SODC_KEYWORD(RETENTION, Retention) SODC_KEYWORD(REVIEW, Review)
    SODC_KEYWORD(ROUNDS, Rounds) SODC_KEYWORD(SAME, Same) SODC_KEYWORD(SEPARATES, Separates)
    SODC_KEYWORD(SEPARATOR, Separator) SODC_KEYWORD(SESSION, Session) SODC_KEYWORD(SKIP_, Skip)
    SODC_KEYWORD(SOMEONE, Someone) SODC_KEYWORD(STEP, Step) SODC_KEYWORD(SUB_DELEGATION, SubDelegation)
    SODC_KEYWORD(TAKES, Takes) SODC_KEYWORD(TARGET, Target) SODC_KEYWORD(THROUGH, Through) SODC_KEYWORD(TICKET, Ticket)
    SODC_KEYWORD(TIME, TimeZone) SODC_KEYWORD(TOOLS, Tools) SODC_KEYWORD(UNDECIDED, Undecided) SODC_KEYWORD(UNIT, Unit)
    SODC_KEYWORD(UNTIL, Until) SODC_KEYWORD(USED, UsedBy) SODC_KEYWORD(VALIDATED, ValidatedBy) SODC_KEYWORD(VALUE, NamedValue)
    SODC_KEYWORD(WAIVED, WaivedBy) SODC_KEYWORD(WARN, WarnBefore) SODC_KEYWORD(WHEN, When)
    SODC_KEYWORD(WILDCARD, Wildcard) SODC_KEYWORD(WITH, With) SODC_KEYWORD(WITHIN, Within) SODC_KEYWORD(WITHOUT, Without)
    SODC_KEYWORD(WORKSHEET, Worksheet)
    SODC_KEYWORD(DURATION, ApartItem) SODC_KEYWORD(INT, Slot)
#undef SODC_KEYWORD
    default: return AttributeKind::In;
  }
}

// Attributes that the words behind the first one tell apart.
AttributeKind KindOfExpectation(size_t word) {
  switch (word) {
    case Grammar::CONFLICTS: return AttributeKind::ExpectConflicts;
    case Grammar::NO: return AttributeKind::ExpectNoConflicts;
    case Grammar::DISPOSITION: return AttributeKind::ExpectDisposition;
    case Grammar::RESIDUAL: return AttributeKind::ExpectResidual;
    case Grammar::COUNTED: return AttributeKind::ExpectCounted;
    case Grammar::REJECTED: return AttributeKind::ExpectRejected;
    case Grammar::FRAMEWORKS: return AttributeKind::ExpectFramework;
    case Grammar::SAFE: return AttributeKind::ExpectSafe;
    default: return AttributeKind::ExpectVerdict;
  }
}

AttributeKind KindOfCount(size_t counted) {
  if (counted == Grammar::RENEWALS) return AttributeKind::AtMostRenewals;
  return counted == Grammar::OPEN ? AttributeKind::AtMostOpen : AttributeKind::AtMostPeople;
}

AttributeKind KindByTwoWords(const Kinds& words) {
  const size_t second = words[1];
  switch (words[0]) {
    case Grammar::ACTS: return second == Grammar::AS ? AttributeKind::ActsAs : AttributeKind::ActsForCaller;
    case Grammar::AT: return KindOfCount(words[3]);
    case Grammar::CLOSED: return second == Grammar::BY ? AttributeKind::ClosedBy : AttributeKind::Closed;
    case Grammar::AS: return second == Grammar::OF ? AttributeKind::AsOf : AttributeKind::As;
    case Grammar::EXPECT: return KindOfExpectation(second);
    case Grammar::HOLDERS:
      if (second == Grammar::NEVER) return AttributeKind::HoldersNever;
      return words[2] == Grammar::LEAST ? AttributeKind::HoldersAtLeast : AttributeKind::HoldersAtMost;
    case Grammar::LAST: return second == Grammar::USED ? AttributeKind::LastUsed : AttributeKind::Last;
    case Grammar::NAMES: return second == Grammar::STRIP ? AttributeKind::NamesStripDomain : AttributeKind::NamesIgnoreCase;
    case Grammar::NEEDS: return second == Grammar::AT ? AttributeKind::NeedsPeople : AttributeKind::Needs;
    case Grammar::NEVER: return second == Grammar::BYPASSES ? AttributeKind::NeverBypasses : AttributeKind::NeverWaived;
    case Grammar::ON: return second == Grammar::VIOLATION ? AttributeKind::OnViolation : AttributeKind::On;
    case Grammar::ONLY:
      if (second == Grammar::HOLDING) return AttributeKind::OnlyHolding;
      return second == Grammar::WHERE ? AttributeKind::Where : AttributeKind::OnlyIn;
    case Grammar::REASON:
      if (second == Grammar::AT) return AttributeKind::ReasonAtLeast;
      return second == Grammar::ONE ? AttributeKind::ReasonOneOf : AttributeKind::Reason;
    case Grammar::REQUIRES: return second == Grammar::CONTROL ? AttributeKind::RequiresControl : AttributeKind::Requires;
    case Grammar::REVIEW: return second == Grammar::WITHIN ? AttributeKind::ReviewWithin : AttributeKind::Review;
    case Grammar::SAME: return second == Grammar::PERSON ? AttributeKind::SamePerson : AttributeKind::Same;
    case Grammar::WHEN:
      if (second == Grammar::ACTIVATED) return AttributeKind::WhenActivated;
      if (second == Grammar::GRANTED) return AttributeKind::WhenGranted;
      return second == Grammar::REVOKED ? AttributeKind::WhenRevoked : AttributeKind::When;
    default: return KindOfWord(words[0]);
  }
}

AttributeKind KindOfEvent(size_t first) {
  if (first == Grammar::ON) return AttributeKind::OnEach;
  return first == Grammar::AFTER ? AttributeKind::AfterEach : AttributeKind::WhenChanges;
}

AttributeKind KindOf(antlr4::ParserRuleContext* rule) {
  switch (rule->getRuleIndex()) {
    case Grammar::RuleWindowClause: return AttributeKind::Window;
    case Grammar::RuleWhenClause: return AttributeKind::When;
    case Grammar::RuleAsClause: return AttributeKind::As;
    case Grammar::RuleWithinClause: return AttributeKind::Within;
    case Grammar::RuleScopeItem: return AttributeKind::In;
    case Grammar::RuleHoldingItem: return AttributeKind::Holding;
    case Grammar::RuleHoldingState: return AttributeKind::State;
    case Grammar::RuleSafeSet: return AttributeKind::SafeSet;
    case Grammar::RuleEvidenceClause: return AttributeKind::Evidence;
    case Grammar::RuleEventClause: return KindOfEvent(rule->start->getType());
    default: break;
  }
  Kinds words{};
  size_t count = 0;
  CollectLeaves(rule, words, count);
  return KindByTwoWords(words);
}

// A name that the attribute declares, as opposed to one that it refers to.
bool DeclaresName(AttributeKind kind) {
  switch (kind) {
    case AttributeKind::Amount:
    case AttributeKind::ApprovalSlot:
    case AttributeKind::Band:
    case AttributeKind::Flag:
    case AttributeKind::Hire:
    case AttributeKind::Number:
    case AttributeKind::Relations:
    case AttributeKind::NamedValue: return true;
    default: return false;
  }
}

class GeneralBuilder {
 public:
  GeneralBuilder(BuildContext context, ValueBuilder& values, bool& is_body_damaged)
      : context_(context), values_(values), is_body_damaged_(is_body_damaged) {}

  Attribute Make(antlr4::ParserRuleContext* rule) {
    Attribute made = Empty(rule, KindOf(rule));
    VisitChildren(rule, made);
    return made;
  }

  void AddClauses(antlr4::ParserRuleContext* parent, std::vector<Attribute>& out) {
    Attribute holder{};
    for (antlr4::tree::ParseTree* child : parent->children) {
      auto* rule = dynamic_cast<antlr4::ParserRuleContext*>(child);
      if (rule != nullptr && IsClause(rule)) VisitRule(rule, holder);
    }
    out.insert(out.end(), std::make_move_iterator(holder.nested.begin()), std::make_move_iterator(holder.nested.end()));
  }

 private:
  static bool IsClause(antlr4::ParserRuleContext* rule) {
    switch (rule->getRuleIndex()) {
      case Grammar::RulePerClause: case Grammar::RuleAsClause: case Grammar::RuleInClause:
      case Grammar::RuleWindowClause: case Grammar::RuleWhenClause: case Grammar::RuleOtherwiseClause:
      case Grammar::RuleWithinClause: case Grammar::RuleIfClause: case Grammar::RuleUndecidedClause:
      case Grammar::RuleWithClause: case Grammar::RuleEscalateClause: case Grammar::RuleByClause:
      case Grammar::RuleAfterClause: case Grammar::RuleBoundClause: case Grammar::RuleHoldingState:
      case Grammar::RuleParty: case Grammar::RuleEventClause: return true;
      default: return false;
    }
  }

  Attribute Empty(antlr4::ParserRuleContext* rule, AttributeKind kind) {
    Attribute made;
    made.kind = kind;
    made.span = values_.SpanOf(rule);
    made.keyword_span = values_.SpanOf(rule->start);
    return made;
  }

  void VisitChildren(antlr4::ParserRuleContext* rule, Attribute& made) {
    Attribute* clause = nullptr;  // opened by a word, takes the next value
    for (antlr4::tree::ParseTree* child : rule->children) {
      if (auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(child)) {
        VisitLeaf(leaf->getSymbol(), made, clause);
      } else if (clause != nullptr) {
        Attribute* target = std::exchange(clause, nullptr);
        VisitRule(static_cast<antlr4::ParserRuleContext*>(child), *target);
        target->span.end = values_.SpanOf(static_cast<antlr4::ParserRuleContext*>(child)).end;
      } else {
        VisitRule(static_cast<antlr4::ParserRuleContext*>(child), made);
      }
    }
  }

  void VisitLeaf(const antlr4::Token* token, Attribute& made, Attribute*& clause) {
    switch (token->getType()) {
      case Grammar::INT:
      case Grammar::DECIMAL: return Add(made, values_.MakeInteger(token));
      case Grammar::DURATION: return Add(made, values_.MakeDuration(token));
      case Grammar::STRING: return Add(made, values_.MakeText(token));
      case Grammar::CLOCK:
      case Grammar::INSTANT: return Add(made, values_.MakeDate(token));
      case Grammar::OTHERWISE:
        if (made.kind == AttributeKind::Otherwise) return;
        made.nested.push_back(Word(token, AttributeKind::Otherwise));
        return;
      case Grammar::TOOLS: made.nested.push_back(Word(token, AttributeKind::Tools)); return;
      case Grammar::OBJECT:
      case Grammar::NEWEST: case Grammar::OLDEST: case Grammar::REFUSE: case Grammar::SUSPEND:
        return Add(made, values_.MakeRef(token));
      case Grammar::UNIT:
        if (made.kind == AttributeKind::Per) Add(made, values_.MakeRef(token));
        return;
      case Grammar::EMERGENCY:
        if (made.kind == AttributeKind::Counting) Add(made, values_.MakeRef(token));
        return;
      case Grammar::CONTROL:
        if (made.kind == AttributeKind::Needs) Add(made, values_.MakeRef(token));
        return;
      case Grammar::APPROVALS: return Open(token, made, clause, AttributeKind::Approvals);
      case Grammar::BECAUSE: return Open(token, made, clause, AttributeKind::Because);
      case Grammar::DATED: return Open(token, made, clause, AttributeKind::Dated);
      case Grammar::BEFORE:
      case Grammar::AFTER:
        if (made.kind != AttributeKind::ApprovalSlot) return;
        return Open(token, made, clause,
                    token->getType() == Grammar::BEFORE ? AttributeKind::Before : AttributeKind::After);
      default: return;  // a word of the attribute
    }
  }

  Attribute Word(const antlr4::Token* token, AttributeKind kind) {
    Attribute word;
    word.kind = kind;
    word.span = word.keyword_span = values_.SpanOf(token);
    return word;
  }

  void Open(const antlr4::Token* token, Attribute& made, Attribute*& clause, AttributeKind kind) {
    made.nested.push_back(Word(token, kind));
    clause = &made.nested.back();
  }

  static void Add(Attribute& made, ast::Value value) { made.values.push_back(std::move(value)); }

  template <typename Context>
  static Context* As(antlr4::ParserRuleContext* rule) {
    return static_cast<Context*>(rule);
  }

  void AddName(Grammar::NameContext* name, Attribute& made) {
    const bool declares = DeclaresName(made.kind) && (made.values.empty() || made.kind == AttributeKind::Relations);
    if (declares) return Add(made, values_.MakeName(name));
    Add(made, values_.MakeRef(name));
  }

  void AddScopeValue(antlr4::ParserRuleContext* rule, Attribute& made) {
    ast::Name name = values_.MakeValueName(rule);
    if (DeclaresName(made.kind) && made.values.empty()) return Add(made, std::move(name));
    ast::Ref ref;
    ref.span = name.span;
    ref.parts.push_back(std::move(name));
    Add(made, std::move(ref));
  }

  void AddWith(Grammar::WithClauseContext* with, Attribute& made) {
    for (size_t i = 0; i < with->name().size(); ++i) {
      Attribute field = Empty(with, AttributeKind::With);
      field.values.push_back(values_.MakeRef(with->name(i)));
      for (Grammar::TextContext* text : with->textList(i)->text()) Add(field, values_.MakeText(text));
      made.nested.push_back(std::move(field));
    }
  }

  void AddParty(Grammar::PartyContext* party, Attribute& made) {
    Attribute nested = Empty(party, AttributeKind::Party);
    if (party->ROLE() != nullptr) nested.kind = AttributeKind::PartyRole;
    if (party->UNIT() != nullptr) nested.kind = AttributeKind::PartyUnit;
    Add(nested, values_.MakeRef(party->dottedName()));
    made.nested.push_back(std::move(nested));
  }

  void AddApprover(Grammar::ApproverContext* approver, Attribute& made) {
    if (approver->party() != nullptr) return AddParty(approver->party(), made);
    Attribute nested = Empty(approver, AttributeKind::PeopleWhere);
    Add(nested, ast::Box(values_.MakeCondition(approver->condition())));
    made.nested.push_back(std::move(nested));
  }

  void AddHolding(Grammar::HoldingItemContext* item, Attribute& made) {
    Attribute nested = Empty(item, AttributeKind::Holding);
    if (item->permission() != nullptr) {
      Add(nested, ast::Box(values_.MakePermission(item->permission())));
    } else {
      Add(nested, ast::Box(values_.MakeNameSet(item->dottedName())));
    }
    if (item->AT() != nullptr) {
      nested.nested.push_back(Word(item->AT()->getSymbol(), AttributeKind::At));
      Add(nested.nested.back(), values_.MakeRef(item->name()));
    }
    AddClauses(item, nested.nested);
    made.nested.push_back(std::move(nested));
  }

  void AddBody(Grammar::BodyContext* body, Attribute& made) {
    const bool was_damaged = values_.TakeDamage();
    std::vector<Attribute> attributes = BuildBody(context_, body, is_body_damaged_);
    made.nested.insert(made.nested.end(), std::make_move_iterator(attributes.begin()),
                       std::make_move_iterator(attributes.end()));
    if (was_damaged) values_.Damage();
  }

  void AddModality(Grammar::ModalityContext* modality, Attribute& made) {
    Attribute nested = Empty(modality, modality->MUST() != nullptr ? AttributeKind::Must : AttributeKind::Should);
    if (modality->text() != nullptr) Add(nested, values_.MakeText(modality->text()));
    made.nested.push_back(std::move(nested));
  }

  void AddValidity(Grammar::ValidityContext* validity, Attribute& made) {
    size_t next = 0;
    for (antlr4::tree::TerminalNode* word : {validity->FROM(), validity->UNTIL(), validity->THROUGH()}) {
      if (word == nullptr) continue;
      made.nested.push_back(Word(word->getSymbol(), KindOfWord(word->getSymbol()->getType())));
      Add(made.nested.back(), values_.MakeDate(validity->date(next++)));
    }
  }

  void VisitRule(antlr4::ParserRuleContext* rule, Attribute& made) {
    switch (rule->getRuleIndex()) {
      case Grammar::RuleName: return AddName(As<Grammar::NameContext>(rule), made);
      case Grammar::RuleDottedName: return Add(made, values_.MakeRef(As<Grammar::DottedNameContext>(rule)));
      case Grammar::RuleCadenceWord:
      case Grammar::RuleCurrency:
      case Grammar::RuleVerdict: return Add(made, values_.MakeRef(rule->start));
      case Grammar::RuleConditionName: return Add(made, values_.MakeRef(As<Grammar::ConditionNameContext>(rule)));
      case Grammar::RuleWord: return Add(made, values_.MakeRef(As<Grammar::WordContext>(rule)));
      case Grammar::RuleScopeValue:
      case Grammar::RuleValueName: return AddScopeValue(rule, made);
      case Grammar::RuleText: return Add(made, values_.MakeText(As<Grammar::TextContext>(rule)));
      case Grammar::RuleDate: return Add(made, values_.MakeDate(As<Grammar::DateContext>(rule)));
      case Grammar::RuleCondition:
        return Add(made, ast::Box(values_.MakeCondition(As<Grammar::ConditionContext>(rule))));
      case Grammar::RulePermissions:
        return Add(made, ast::Box(values_.MakePermissions(As<Grammar::PermissionsContext>(rule))));
      case Grammar::RulePermission:
        return Add(made, ast::Box(values_.MakePermission(As<Grammar::PermissionContext>(rule))));
      case Grammar::RuleSide: return Add(made, ast::Box(values_.MakeSide(As<Grammar::SideContext>(rule))));
      case Grammar::RuleSetExpression:
        return Add(made, ast::Box(values_.MakeSet(As<Grammar::SetExpressionContext>(rule))));
      case Grammar::RuleBody: return AddBody(As<Grammar::BodyContext>(rule), made);
      case Grammar::RuleModality: return AddModality(As<Grammar::ModalityContext>(rule), made);
      case Grammar::RuleValidity: return AddValidity(As<Grammar::ValidityContext>(rule), made);
      case Grammar::RuleParty: return AddParty(As<Grammar::PartyContext>(rule), made);
      case Grammar::RuleApprover: return AddApprover(As<Grammar::ApproverContext>(rule), made);
      case Grammar::RuleHoldingItem: return AddHolding(As<Grammar::HoldingItemContext>(rule), made);
      case Grammar::RuleWithClause: return AddWith(As<Grammar::WithClauseContext>(rule), made);
      case Grammar::RuleHoldingState: {
        Attribute nested = Empty(rule, AttributeKind::State);
        Add(nested, values_.MakeRef(rule->start));
        made.nested.push_back(std::move(nested));
        return;
      }
      case Grammar::RuleScopeItem:
      case Grammar::RuleSlot:
      case Grammar::RuleApartItem:
      case Grammar::RuleSafeSet:
      case Grammar::RuleEvidenceClause: made.nested.push_back(Make(rule)); return;
      default: return VisitOther(rule, made);
    }
  }

  // A clause is one nested attribute; every other rule only groups what it holds.
  void VisitOther(antlr4::ParserRuleContext* rule, Attribute& made) {
    const bool is_grouping = !IsClause(rule) || rule->getRuleIndex() == Grammar::RuleInClause;
    if (is_grouping) return VisitChildren(rule, made);
    made.nested.push_back(Make(rule));
  }

  BuildContext context_;
  ValueBuilder& values_;
  bool& is_body_damaged_;
};

}  // namespace

Attribute BuildGeneral(BuildContext context, ValueBuilder& values, antlr4::ParserRuleContext* attribute,
                       bool& is_body_damaged) {
  return GeneralBuilder(context, values, is_body_damaged).Make(attribute);
}

std::vector<Attribute> BuildClauses(BuildContext context, ValueBuilder& values, antlr4::ParserRuleContext* parent) {
  bool is_body_damaged = false;  // no clause has a body
  std::vector<Attribute> clauses;
  GeneralBuilder(context, values, is_body_damaged).AddClauses(parent, clauses);
  return clauses;
}

}  // namespace sodc
