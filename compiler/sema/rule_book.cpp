// Statements about conflicts, joined where they speak about one pair.
#include <algorithm>

#include "compiler/sema/amendments.h"
#include "compiler/sema/enforcement.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"
#include "compiler/sema/scopes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::Conflict;
using model::ConflictId;
using model::SideElement;

// Different for elements of which one may be held without the other: what it is, from which
// level on, in which capacity, and how.
uint64_t CodeOf(const Context& context, const SideElement& element) {
  const uint64_t capacity = element.capacity.is_valid() ? context.model.scale_members[element.capacity].rank + 1 : 0;
  return (uint64_t{element.is_direct} << 63) | (capacity << 52) | (uint64_t{RankOf(context, element.trigger)} << 36) |
         ThingOf(context, element);
}

bool IsSingle(const model::ConflictSide& side) { return side.elements.size() == 1; }

// `a/b`, the names in byte order (rulings LAN-5).
std::string PairId(std::string first, std::string second) {
  if (second < first) std::swap(first, second);
  return first + '/' + second;
}

// What is one's own is looked at object by object.
void SetMomentOfBeing(Conflict& conflict) {
  for (const model::ConflictSide& side : conflict.sides) {
    for (const SideElement& element : side.elements) {
      const auto* being = std::get_if<model::Being>(&element.what);
      if (being == nullptr) continue;
      conflict.moment = model::Moment::Object;
      conflict.per = being->object;
      return;
    }
  }
}

template <typename T>
void AppendNew(std::vector<T>& to, const std::vector<T>& from) {
  for (const T& value : from) {
    if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
  }
}

}  // namespace

RuleBook::RuleBook(Context& context) : context_(context) {
  size_t count = 0;
  for (const LoadedModule& module : context.program.modules) {
    for (const ast::Declaration& declaration : module.file.declarations) {
      has_named_pairs_ |= declaration.form == ast::ConflictForm::Named;
      count += declaration.kind == ast::DeclarationKind::Conflict ? 1 : 0;
    }
  }
  context.model.conflicts.Reserve(count);
  drafts_.reserve(count);
}

std::optional<RuleBook::PairKey> RuleBook::KeyOf(const Statement& statement, const Applicability& applies) {
  if (statement.kind == model::ConflictKind::AtMost || statement.sides.size() != 2) return std::nullopt;
  if (!IsSingle(statement.sides[0]) || !IsSingle(statement.sides[1])) return std::nullopt;
  const uint64_t first = CodeOf(context_, statement.sides[0].elements.front());
  const uint64_t second = CodeOf(context_, statement.sides[1].elements.front());
  return PairKey{std::min(first, second), std::max(first, second), NumberOf(applies)};
}

// Most statements are unlimited: number 0.
uint32_t RuleBook::NumberOf(const Applicability& applies) {
  const bool is_plain = applies.moment == model::Moment::Static && applies.subject == model::RuleSubject::Person &&
                        !applies.counting;
  if (is_plain && applies.match == model::ScopeMatch::Any && applies.only_in.boxes.empty()) return 0;
  const std::string key = std::to_string(static_cast<int>(applies.match)) + '/' +
                          std::to_string(applies.dimension.index) + '/' + std::to_string(static_cast<int>(applies.moment)) + '/' +
                          std::to_string(applies.per.index) + '/' + std::to_string(static_cast<int>(applies.subject)) + '/' +
                          std::to_string(applies.counting.value_or(UINT32_MAX)) + '/' + sema::KeyOf(applies.only_in);
  return applicabilities_.try_emplace(key, static_cast<uint32_t>(applicabilities_.size() + 1)).first->second;
}

// The rules that the statement is about: an unnamed one concerns every rule on its
// pair, a named one only the rule that has no name yet.
llvm::SmallVector<uint32_t, 1> RuleBook::RulesJoinedBy(const Statement& statement, const PairKey& key) const {
  const auto found = by_pair_.find(key);
  if (found == by_pair_.end() || statement.name.empty()) {
    return found == by_pair_.end() ? llvm::SmallVector<uint32_t, 1>{} : found->second;
  }
  llvm::SmallVector<uint32_t, 1> joined;
  for (uint32_t index : found->second) {
    if (!context_.model.conflicts[ConflictId{index}].is_named) joined.push_back(index);
  }
  return joined;
}

// A name of the policy wins over one of the library (rulings LAN-6): the rule of the
// library is then called by its module, too.
void RuleBook::Qualify(ConflictId id) {
  Conflict& conflict = context_.model.conflicts[id];
  for (const LoadedModule& module : context_.program.modules) {
    if (module.file.file == conflict.common.span.file) conflict.common.name = module.module_name + '.' + conflict.common.name;
  }
  context_.conflicts_by_name.try_emplace(conflict.common.name, id.index);
}

void RuleBook::ClaimId(ConflictId id) {
  const Conflict& conflict = context_.model.conflicts[id];
  const auto [it, is_new] = context_.conflicts_by_name.try_emplace(conflict.common.name, id.index);
  if (is_new) return;
  const ConflictId first{it->second};
  const Conflict& other = context_.model.conflicts[first];
  if (conflict.is_named && other.is_named && conflict.common.is_own != other.common.is_own) {
    it->second = conflict.common.is_own ? id.index : first.index;
    return Qualify(conflict.common.is_own ? first : id);
  }
  const bool is_reported = (conflict.is_named && other.is_named) || context_.names.has_duplicates;
  if (is_reported) return;  // it is the names that are declared twice
  const bool is_single = conflict.kind >= model::ConflictKind::Forbidden;
  Diagnose<DiagKind::ConflictIdTaken>(conflict.common.span, conflict.common.name)
      .Label(other.common.span, "the other one")
      .Help(is_single ? "state it once, with all its attributes" : "give one of them a name: `conflict name between … and …`")
      .To(context_.sink);
}

void RuleBook::TakeName(ConflictId id, const Statement& statement) {
  Conflict& conflict = context_.model.conflicts[id];
  context_.conflicts_by_name.erase(conflict.common.name);
  conflict.common.name = statement.name;
  conflict.common.title = statement.title;
  conflict.is_named = true;
  ClaimId(id);
}

ConflictId RuleBook::Add(const Statement& statement, const Applicability& applies,
                         const std::optional<PairKey>& key) {
  Conflict conflict;
  conflict.is_named = !statement.name.empty();
  conflict.common.name = conflict.is_named ? statement.name : statement.id;
  if (conflict.common.name.empty()) {
    conflict.common.name = PairId(NameOf(context_, statement.sides[0].elements.front()),
                                  NameOf(context_, statement.sides[1].elements.front()));
  }
  conflict.common.title = statement.title.empty() ? conflict.common.name : statement.title;
  conflict.common.span = statement.span;
  conflict.common.is_own = statement.is_own;
  conflict.kind = statement.kind;
  conflict.sides = statement.sides;
  conflict.at_most = statement.at_most;
  conflict.match = applies.match;
  conflict.dimension = applies.dimension;
  conflict.only_in = applies.only_in;
  conflict.moment = applies.moment;
  conflict.per = applies.per;
  conflict.subject = applies.subject;
  conflict.counting_is_declared = applies.counting.has_value();
  conflict.counting = applies.counting.value_or(conflict.counting);
  conflict.unevaluated = statement.unevaluated;
  if (conflict.unevaluated == model::Unevaluated::None) conflict.unevaluated = WhyNotJudged(applies, conflict.sides);
  if (conflict.moment == model::Moment::Static) SetMomentOfBeing(conflict);
  const ConflictId id = context_.model.conflicts.Add(std::move(conflict));
  drafts_.emplace_back();
  if (key) by_pair_[*key].push_back(id.index);
  ClaimId(id);
  return id;
}

void RuleBook::Join(ConflictId id, const RuleFacts& facts, Weight weight, Span span) {
  context_.model.conflicts[id].sources.push_back(span);
  Apply(id, facts, weight);
}

ConflictId RuleBook::State(Statement statement, const RuleFacts& facts) {
  const auto key = KeyOf(statement, facts.applies);
  if (!key) {
    const ConflictId id = Add(statement, facts.applies, key);
    Join(id, facts, statement.weight, statement.span);
    return id;
  }
  const auto joined = RulesJoinedBy(statement, *key);
  if (statement.name.empty() && has_named_pairs_) unnamed_[*key].push_back({facts, statement.weight, statement.span});
  if (joined.empty()) {
    const ConflictId id = Add(statement, facts.applies, key);
    // A further named rule on the pair: what was stated without a name concerns it, too,
    // so that the order of declarations changes no answer.
    if (!statement.name.empty()) {
      for (const Unnamed& earlier : unnamed_[*key]) Join(id, earlier.facts, earlier.weight, earlier.span);
    }
    Join(id, facts, statement.weight, statement.span);
    return id;
  }
  if (!statement.name.empty()) TakeName(ConflictId{joined.front()}, statement);
  for (uint32_t index : joined) Join(ConflictId{index}, facts, statement.weight, statement.span);
  return ConflictId{joined.front()};
}

bool RuleBook::Accept(ConflictId id, AttributeKind what, Weight weight, Span span) {
  if (!span.is_valid()) return false;
  Draft& draft = drafts_[id.index];
  const auto it = std::find_if(draft.origins.begin(), draft.origins.end(),
                               [&](const Origin& origin) { return origin.what == what; });
  if (it == draft.origins.end()) {
    draft.origins.push_back({what, weight, span});
    return true;
  }
  if (it->weight < weight) {
    *it = {what, weight, span};
    return true;
  }
  if (it->weight == weight && it->span != span) {
    Diagnose<DiagKind::AttributeRepeated>(span, ast::Spelling(what))
        .Label(it->span, "first stated here, of the same conflict")
        .Help("several statements about `" + context_.model.conflicts[id].common.name +
              "` make one conflict; state this once")
        .To(context_.sink);
  }
  return false;
}

// The strictest of what is stated; a statement without a word leaves it open. Of
// two reasons for `should` the more particular statement's is kept.
void RuleBook::ApplyModality(ConflictId id, const StatedModality& modality, Weight weight) {
  if (!modality.is_stated) return;
  Conflict& conflict = context_.model.conflicts[id];
  Draft& draft = drafts_[id.index];
  if (modality.modality == model::Modality::Must) {
    conflict.modality = model::Modality::Must;
    conflict.reason.clear();
  } else if (!draft.has_modality) {
    conflict.modality = model::Modality::Should;
  }
  const bool is_reason = conflict.modality == model::Modality::Should && !modality.reason.empty();
  if (is_reason && (conflict.reason.empty() || weight > draft.reason_weight)) {
    conflict.reason = modality.reason;
    draft.reason_weight = weight;
  }
  draft.has_modality = true;
}

void RuleBook::Apply(ConflictId id, const RuleFacts& facts, Weight weight) {
  Conflict& conflict = context_.model.conflicts[id];
  ApplyModality(id, facts.modality, weight);
  if (Accept(id, AttributeKind::Risk, weight, facts.risk.span)) conflict.risk = facts.risk.value;
  if (Accept(id, AttributeKind::Mode, weight, facts.mode.span)) {
    conflict.mode = facts.mode.value;
    conflict.mode_is_declared = true;
    context_.stated_modes.erase(id.index);
    if (facts.conditional_mode != nullptr) context_.stated_modes[id.index] = facts.conditional_mode;
  }
  if (Accept(id, AttributeKind::Because, weight, facts.because.span)) conflict.because = facts.because.value;
  if (Accept(id, AttributeKind::Advice, weight, facts.advice.span)) conflict.advice = facts.advice.value;
  if (Accept(id, AttributeKind::Identifier, weight, facts.identifier.span)) conflict.identifier = facts.identifier.value;
  if (Accept(id, AttributeKind::KindLabel, weight, facts.kind_label.span)) conflict.kind_label = facts.kind_label.value;
  if (Accept(id, AttributeKind::Description, weight, facts.description.span)) {
    conflict.common.description = facts.description.value;
  }
  if (Accept(id, AttributeKind::Category, weight, facts.category.span)) conflict.category = facts.category.value;
  if (Accept(id, AttributeKind::Owner, weight, facts.owner.span)) conflict.owner = facts.owner.value;
  if (Accept(id, AttributeKind::Reviewed, weight, facts.reviewed.span)) conflict.reviewed = facts.reviewed.value;
  if (Accept(id, AttributeKind::Valid, weight, facts.validity.span)) {
    conflict.valid_from = facts.validity.value.from;
    conflict.valid_until = facts.validity.value.until;
  }
  if (Accept(id, AttributeKind::Enforcement, weight, facts.enforcement.span)) {
    conflict.enforcement = facts.enforcement.value;
  }
  AppendNew(conflict.tags, facts.tags);
  AppendNew(conflict.controls, facts.controls);
  AppendNew(conflict.clauses, facts.clauses);
}

void RuleBook::Finish() {
  for (Conflict& conflict : context_.model.conflicts) SettleDefaults(context_, conflict);
  Amend(context_);
}

void CollectRules(Context& context) {
  RuleBook book(context);
  ForEachDeclaration(context, [&](const ast::Declaration& declaration, ModuleIndex module) {
    const auto it = context.names.by_declaration.find(&declaration);
    switch (declaration.kind) {
      case ast::DeclarationKind::Duty:
        if (it != context.names.by_declaration.end()) AddSeparations(context, book, context.names.symbols[it->second]);
        return;
      case ast::DeclarationKind::Role:
        if (it == context.names.by_declaration.end()) return;
        AddRestrictions(context, book, context.names.symbols[it->second]);
        AddHoldersNever(context, book, context.names.symbols[it->second]);
        return;
      case ast::DeclarationKind::Conflict:
        if (!context.IsDamaged(declaration)) AddConflict(context, book, declaration, module);
        return;
      case ast::DeclarationKind::Forbid:
      case ast::DeclarationKind::Sensitive:
      case ast::DeclarationKind::Reserve:
        if (!context.IsDamaged(declaration)) AddSingle(context, book, declaration, module);
        return;
      case ast::DeclarationKind::Compatible:
        AddCompatible(context, declaration, module);
        return;
      default:
        return;
    }
  });
  book.Finish();
}

}  // namespace sodc::sema
