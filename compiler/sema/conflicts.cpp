// Conflict blocks: pairs, sets, roles and `at most k of`.
#include <algorithm>

#include "compiler/sema/enforcement.h"
#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::Quantifier;
using model::ConflictKind;
using model::ConflictSide;
using model::SideElement;
using model::SideQuantifier;

template <typename T>
void StateText(const Attributes& attributes, AttributeKind kind, RuleFacts::Stated<T>& out) {
  if (const ast::Attribute* attribute = Find(attributes, kind)) out = {TextOf(attribute), attribute->keyword_span};
}

void StateMember(Context& context, const Attributes& attributes, AttributeKind kind, model::ScaleMeasures measures,
                 RuleFacts::Stated<model::ScaleMemberId>& out) {
  const ast::Attribute* attribute = Find(attributes, kind);
  const auto member = ResolveMember(context, FirstPath(attribute), measures);
  if (member.is_valid()) out = {member, attribute->keyword_span};
}

void StateMode(Context& context, const Attributes& attributes, RuleFacts& facts) {
  const ast::Attribute* mode = Find(attributes, AttributeKind::Mode);
  const auto path = FirstPath(mode);
  if (!path) return;
  if (const ast::Attribute* at_most = Find(mode->nested, AttributeKind::AtMost)) {
    Diagnose<DiagKind::ModeFormMisplaced>(mode->span, "a conflict has one mode; `mode at most` belongs in the policy")
        .Help("write `mode " + path->Joined() + "`")
        .Fix(Span{at_most->span.file, mode->keyword_span.end, path->span.begin}, " ")
        .To(context.sink);
    return;
  }
  if (const auto word = WordOf(context, *path, "mode", kModes)) {
    facts.mode = {StrictestMode(*mode).value_or(*word), mode->keyword_span};
    if (Find(mode->nested, AttributeKind::When) != nullptr) facts.conditional_mode = mode;
  }
}

}  // namespace

RuleFacts FactsOf(Context& context, const ast::Declaration& declaration, ModuleIndex module) {
  const Attributes& attributes = declaration.attributes;
  RuleFacts facts;
  facts.modality = ModalityOf(attributes);
  StateMember(context, attributes, AttributeKind::Risk, model::ScaleMeasures::Risk, facts.risk);
  StateMember(context, attributes, AttributeKind::Category, model::ScaleMeasures::Category, facts.category);
  StateMode(context, attributes, facts);
  StateText(attributes, AttributeKind::Because, facts.because);
  StateText(attributes, AttributeKind::Advice, facts.advice);
  StateText(attributes, AttributeKind::Identifier, facts.identifier);
  StateText(attributes, AttributeKind::KindLabel, facts.kind_label);
  StateText(attributes, AttributeKind::Description, facts.description);
  if (!facts.description.span.is_valid() && !declaration.doc.empty()) {
    facts.description = {declaration.doc, declaration.keyword_span};
  }
  if (const auto path = FirstPath(Find(attributes, AttributeKind::Owner))) {
    const auto owner = ResolveTo<model::Actor>(context, module, *path, kActor);
    if (owner.is_valid()) facts.owner = {owner, Find(attributes, AttributeKind::Owner)->keyword_span};
  }
  if (const ast::Attribute* reviewed = Find(attributes, AttributeKind::Reviewed)) {
    facts.reviewed = {DateOf(context, reviewed), reviewed->keyword_span};
  }
  if (const ast::Attribute* valid = Find(attributes, AttributeKind::Valid)) {
    facts.validity = {ValidityOf(context, valid->nested), valid->keyword_span};
  }
  if (const auto path = FirstPath(Find(attributes, AttributeKind::Enforcement))) {
    const auto level = ResolveTo<model::Provision>(context, module, *path, kEnforcement);
    if (level.is_valid()) facts.enforcement = {level, Find(attributes, AttributeKind::Enforcement)->keyword_span};
  }
  facts.tags = TagsOf(context, attributes);
  AppendNames(context, module, attributes, AttributeKind::MitigatedBy, kControl, facts.controls);
  facts.clauses = ClausesOf(context, module, attributes);
  facts.applies = ApplicabilityOf(context, module, attributes);
  return facts;
}

Statement StatementOf(const Context& context, const ast::Declaration& declaration, ModuleIndex module) {
  Statement statement;
  statement.name = declaration.name.text;
  statement.title = declaration.title ? declaration.title->value : "";
  if (statement.title.empty()) statement.title = statement.name;
  statement.span = declaration.name.text.empty() ? declaration.keyword_span : declaration.name.span;
  statement.is_own = !context.program.modules[module].is_standard_library;
  return statement;
}

void ReportAcross(Context& context, const ast::Declaration& declaration) {
  const ast::Attribute* across = Find(declaration.attributes, AttributeKind::Across);
  Diagnose<DiagKind::AcrossWithoutPair>(across == nullptr ? declaration.keyword_span : across->span)
      .Help("write `each of` for one conflict a pair, or `same` when one value of the scope is meant")
      .To(context.sink);
}

namespace {

// The sides a written side stands for: each of its members, or itself.
std::vector<ConflictSide> Spread(const BuiltSide& built) {
  if (built.quantifier != Quantifier::Each) return {built.side};
  std::vector<ConflictSide> sides;
  for (const SideElement& element : built.side.elements) {
    sides.push_back({SideQuantifier::One, {}, {element}, built.side.span});
  }
  return sides;
}

ConflictKind KindOf(const ConflictSide& left, const ConflictSide& right) {
  if (left.elements.size() > 1 || right.elements.size() > 1) return ConflictKind::Set;
  const bool has_role = std::holds_alternative<model::RoleId>(left.elements.front().what) ||
                        std::holds_alternative<model::RoleId>(right.elements.front().what);
  return has_role ? ConflictKind::Role : ConflictKind::Pair;
}

bool CheckPairCount(Context& context, const ast::Declaration& declaration, size_t left, size_t right) {
  const uint64_t count = uint64_t{left} * right;
  if (count <= context.options.max_expanded_pairs) {
    return count < 2 || PayFor(context, declaration.keyword_span, count * kRuleWeight);
  }
  Diagnose<DiagKind::TooManyPairs>(declaration.keyword_span, count, context.options.max_expanded_pairs)
      .Help("`any of` makes one rule of the whole set")
      .To(context.sink);
  return false;
}

// `each of` names each rule after the declared name and its own members.
std::string NameOfPart(const Context& context, const std::string& name, const BuiltSide& written,
                       const ConflictSide& side) {
  return written.quantifier == Quantifier::Each ? name + '/' + NameOf(context, side.elements.front()) : name;
}

void StateEveryPair(Context& context, RuleBook& book, const Statement& statement, const RuleFacts& facts,
                    const BuiltSide& left, const BuiltSide& right) {
  for (const ConflictSide& a : Spread(left)) {
    for (const ConflictSide& b : Spread(right)) {
      Statement part = statement;
      part.kind = KindOf(a, b);
      part.sides = {a, b};
      if (!part.name.empty()) {
        part.name = NameOfPart(context, NameOfPart(context, part.name, left, a), right, b);
      }
      book.State(std::move(part), facts);
    }
  }
}

// `across` compares two holdings, so each side is one thing; it may be the same on both.
bool CheckPair(Context& context, const ast::Declaration& declaration, const BuiltSide& left, const BuiltSide& right) {
  const auto is_single = [](const BuiltSide& side) {
    return side.side.elements.size() == 1 || side.quantifier == Quantifier::Each;
  };
  if (is_single(left) && is_single(right)) return true;
  ReportAcross(context, declaration);
  return false;
}

// What stands on the other side is not what an unknown name on this one means.
BuiltSide BuildBeside(Context& context, ModuleIndex module, const ast::Side& side, const ast::Side& other) {
  const auto path = BareName(other.set);
  if (path) context.names.not_meant = path->last();
  BuiltSide built = BuildSide(context, module, side);
  context.names.not_meant.clear();
  return built;
}

bool IsEach(const BuiltSide& side) { return side.quantifier == Quantifier::Each; }

void AddTwoSided(Context& context, RuleBook& book, const ast::Declaration& declaration, ModuleIndex module) {
  RuleFacts facts = FactsOf(context, declaration, module);
  if (declaration.sides.size() < 2) return;
  const BuiltSide left = BuildBeside(context, module, declaration.sides[0], declaration.sides[1]);
  const BuiltSide right = BuildBeside(context, module, declaration.sides[1], declaration.sides[0]);
  if (!left.is_usable || !right.is_usable) return;
  if (facts.applies.match == model::ScopeMatch::Across) {
    if (!CheckPair(context, declaration, left, right)) return;
  } else if (!CheckOverlap(context, left, right)) {
    return;
  }
  if (!FindObject(context, {left.side, right.side}, facts.applies)) return;
  Statement statement = StatementOf(context, declaration, module);
  const bool is_set = (left.side.elements.size() > 1 && !IsEach(left)) ||
                      (right.side.elements.size() > 1 && !IsEach(right));
  if (is_set && statement.name.empty()) {
    Diagnose<DiagKind::ConflictNeedsName>(declaration.keyword_span, "a conflict of sets")
        .Help("write `conflict name between … and …`, or `each of` for one unnamed conflict a pair")
        .To(context.sink);
    return;
  }
  statement.weight = IsEach(left) || IsEach(right) ? Weight::Each : Weight::Block;
  const size_t left_count = IsEach(left) ? left.side.elements.size() : 1;
  const size_t right_count = IsEach(right) ? right.side.elements.size() : 1;
  if (!CheckPairCount(context, declaration, left_count, right_count)) return;
  StateEveryPair(context, book, statement, facts, left, right);
}

// ---- At most k of { … }

bool CheckCounting(Context& context, ModuleIndex module, const ast::Side& item) {
  const bool says_how = item.quantifier == Quantifier::Any || item.quantifier == Quantifier::Each;
  if (says_how || !BareGroup(context, module, item.set).is_valid()) return true;
  const std::string name = BareName(item.set)->Joined();
  auto diagnostic = Diagnose<DiagKind::GroupCountedAmbiguously>(item.span, name);
  if (item.quantifier == Quantifier::Unstated) {
    diagnostic = std::move(diagnostic).Fix(Span{item.span.file, item.span.begin, item.span.begin}, "each of ");
  }
  std::move(diagnostic)
      .Help("`each of " + name + "` counts every member, `any of " + name + "` counts the group once")
      .To(context.sink);
  return false;
}

void AddAtMost(Context& context, RuleBook& book, const ast::Declaration& declaration, ModuleIndex module) {
  RuleFacts facts = FactsOf(context, declaration, module);
  Statement statement = StatementOf(context, declaration, module);
  statement.kind = ConflictKind::AtMost;
  bool is_usable = declaration.limit.has_value();
  if (facts.applies.match == model::ScopeMatch::Across) return ReportAcross(context, declaration);
  for (const ast::Side& item : declaration.sides) {
    if (!CheckCounting(context, module, item)) {
      is_usable = false;
      continue;
    }
    const BuiltSide built = BuildSide(context, module, item);
    is_usable &= built.is_usable;
    for (ConflictSide& side : Spread(built)) statement.sides.push_back(std::move(side));
  }
  if (!is_usable || !CheckIndependent(context, statement.sides) || !FindObject(context, statement.sides, facts.applies)) return;
  const int64_t limit = declaration.limit->value;
  if (limit < 1) {
    Diagnose<DiagKind::NumberOutOfRange>(declaration.limit->span, "this limit", "at least 1")
        .Help("`at most 1 of { … }` lets a person hold one of them")
        .To(context.sink);
    return;
  }
  if (static_cast<uint64_t>(limit) >= statement.sides.size()) {
    Diagnose<DiagKind::LimitWithoutEffect>(declaration.limit->span, limit, statement.sides.size())
        .Help("name more members or lower the limit")
        .To(context.sink);
    return;
  }
  statement.at_most = static_cast<uint32_t>(limit);
  book.State(std::move(statement), facts);
}

}  // namespace

void AddConflict(Context& context, RuleBook& book, const ast::Declaration& declaration, ModuleIndex module) {
  if (declaration.form == ast::ConflictForm::AtMost) {
    AddAtMost(context, book, declaration, module);
  } else {
    AddTwoSided(context, book, declaration, module);
  }
}

}  // namespace sodc::sema
