// What entitlements confer: `conferred by`, `means`, and which declared or awaited entitlement
// a granted one stands for by its name and fields.
#include <algorithm>

#include "compiler/sema/entitlements.h"
#include "compiler/sema/graph.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/sets.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using ast::Condition;
using model::EntitlementId;
using model::HoldingExpression;

constexpr size_t kMostTogether = 64;  // of one `and`: what the table allows

// ---- Expressions

class Reader {
 public:
  Reader(Context& context, ModuleIndex module) : context_(context), module_(module) {}

  // Nothing when something in it is wrong. `and` in `and` and `or` in `or` are one.
  std::optional<HoldingExpression> Read(const Condition& condition) {
    HoldingExpression made = ReadOne(condition);
    return is_usable_ ? std::optional(std::move(made)) : std::nullopt;
  }

 private:
  // INVARIANT: recursion is as deep as brackets nest, which the parser limits.
  HoldingExpression ReadOne(const Condition& condition) {
    HoldingExpression made;
    switch (condition.kind) {
      case Condition::Kind::Test: ReadEntitlement(condition, made); return made;
      case Condition::Kind::Not: ReportNot(condition); return made;
      case Condition::Kind::And: made.kind = HoldingExpression::Kind::And; break;
      case Condition::Kind::Or: made.kind = HoldingExpression::Kind::Or; break;
    }
    for (const Condition& operand : condition.operands) Append(ReadOne(operand), made);
    if (made.operands.size() == 1) {
      HoldingExpression only = std::move(made.operands.front());
      return only;
    }
    if (made.kind == HoldingExpression::Kind::And && made.operands.size() > kMostTogether) {
      is_usable_ = false;
      Diagnose<DiagKind::TooManyTogether>(condition.span, made.operands.size(), kMostTogether)
          .Help("give some of them a name: `entitlement part { means … and … }`")
          .To(context_.sink);
    }
    return made;
  }

  static void Append(HoldingExpression operand, HoldingExpression& made) {
    if (operand.kind == made.kind) {
      for (HoldingExpression& inner : operand.operands) Append(std::move(inner), made);
      return;
    }
    const bool is_repeated = operand.kind == HoldingExpression::Kind::Entitlement &&
                             std::any_of(made.operands.begin(), made.operands.end(), [&](const HoldingExpression& other) {
                               return other.kind == operand.kind && other.entitlement == operand.entitlement;
                             });
    if (!is_repeated) made.operands.push_back(std::move(operand));
  }

  void ReadEntitlement(const Condition& test, HoldingExpression& made) {
    const ast::Text* name = test.values.empty() ? nullptr : std::get_if<ast::Text>(&test.values.front());
    made.entitlement = ResolveEntitlement(context_, module_, PathOf(test.subject), name, EntitlementUse::Demanded);
    is_usable_ &= made.entitlement.is_valid() && PayFor(context_, test.span, 1);
  }

  void ReportNot(const Condition& condition) {
    if (is_usable_) {
      Diagnose<DiagKind::NotOverHolding>(condition.span)
          .Help("narrow the entitlement itself: `only where activity is not \"03\"` looks at one grant; or turn it round "
                "and say what the other right confers")
          .To(context_.sink);
    }
    is_usable_ = false;
  }

  Context& context_;
  ModuleIndex module_;
  bool is_usable_ = true;
};

void AddDerivation(Context& context, const Symbol& symbol, AttributeKind kind,
                   std::variant<model::DutyId, EntitlementId> target) {
  const ast::Attribute* attribute = Find(symbol.declaration->attributes, kind);
  const Condition* condition =
      attribute == nullptr || attribute->values.empty() ? nullptr : ast::AsCondition(attribute->values.front());
  if (condition == nullptr) return;
  std::optional<HoldingExpression> sources = Reader(context, symbol.module).Read(*condition);
  if (sources) context.model.derivations.push_back({target, std::move(*sources), attribute->span});
}

// ---- Cycles

void AddLeaves(const HoldingExpression& expression, std::vector<uint32_t>& leaves) {
  if (expression.entitlement.is_valid()) leaves.push_back(expression.entitlement.index);
  for (const HoldingExpression& operand : expression.operands) AddLeaves(operand, leaves);
}

void ReportCycle(Context& context, const std::vector<uint32_t>& cycle) {
  const auto common_of = [&](uint32_t row) { return context.model.entitlements[EntitlementId{row}].common; };
  const auto name_of = [&](uint32_t row) { return common_of(row).name; };
  auto diagnostic = Diagnose<DiagKind::EntitlementInCycle>(common_of(cycle.front()).span, name_of(cycle.front()),
                                                           ChainText(cycle, name_of));
  for (size_t i = 1; i < cycle.size() && i < 8; ++i) {
    diagnostic = std::move(diagnostic).Label(common_of(cycle[i]).span, "on the way");
  }
  std::move(diagnostic).Help("take one of these names out of a `means`").To(context.sink);
}

void DropCycles(Context& context) {
  auto& derivations = context.model.derivations;
  Edges edges(context.model.entitlements.size());
  for (const model::Derivation& derivation : derivations) {
    const auto* target = std::get_if<EntitlementId>(&derivation.target);
    if (target != nullptr) AddLeaves(derivation.sources, edges[target->index]);
  }
  std::unordered_set<uint32_t> dropped;
  for (const auto& cycle : SortGraph(edges).cycles) {
    ReportCycle(context, cycle);
    dropped.insert(cycle.begin(), cycle.end());
  }
  std::erase_if(derivations, [&](const model::Derivation& derivation) {
    const auto* target = std::get_if<EntitlementId>(&derivation.target);
    return target != nullptr && dropped.count(target->index) != 0;
  });
}

// ---- Names

NameSet NamesOf(const model::Entitlement& entitlement) {
  return {entitlement.names, entitlement.is_pattern, entitlement.excepts};
}

class Matching {
 public:
  explicit Matching(Context& context) : context_(context), by_system_(context.model.systems.size()) {
    const auto& rows = context.model.entitlements;
    context.entitlement_facts.resize(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      const model::Entitlement& row = rows[rows.IdAt(i)];
      if (!row.system.is_valid() || !IsAwaited(i) || row.names.empty()) continue;
      InSystem& system = by_system_[row.system.index];
      if (row.is_pattern) {
        system.patterns.push_back(rows.IdAt(i));
      } else {
        const PatternWords words = WordsOf(context.model.systems[row.system]);
        for (const std::string& name : row.names) system.exact[Folded(words, name)].push_back(rows.IdAt(i));
      }
    }
  }

  void Run() {
    auto& rows = context_.model.entitlements;
    for (size_t i = 0; i < rows.size(); ++i) {
      const EntitlementId id = rows.IdAt(i);
      std::vector<EntitlementId> confers = Conferred(id);
      const EntitlementId self = context_.entitlement_facts[i].narrowed;
      if (IsAwaited(i)) confers.push_back(id);
      if (self.is_valid() && rows[id].names.empty() && MayBe(id, self)) confers.push_back(self);
      std::sort(confers.begin(), confers.end());
      confers.erase(std::unique(confers.begin(), confers.end()), confers.end());
      const auto own = std::find(confers.begin(), confers.end(), id);
      if (own != confers.end()) std::rotate(confers.begin(), own, own + 1);
      rows[id].confers = std::move(confers);
    }
  }

 private:
  struct InSystem {
    std::unordered_map<std::string, std::vector<EntitlementId>> exact;
    std::vector<EntitlementId> patterns;
  };

  // What grants are compared with: every declared one, and what something waits for.
  bool IsAwaited(size_t row) const {
    return context_.model.entitlements[context_.model.entitlements.IdAt(row)].is_declared ||
           context_.entitlement_facts[row].is_demanded;
  }

  std::vector<EntitlementId> Conferred(EntitlementId id) {
    const model::Entitlement& row = context_.model.entitlements[id];
    std::vector<EntitlementId> found;
    if (!row.system.is_valid() || row.names.empty()) return found;
    InSystem& system = by_system_[row.system.index];
    std::vector<EntitlementId> candidates = system.patterns;
    const PatternWords words = WordsOf(context_.model.systems[row.system]);
    if (row.is_pattern) {
      for (const auto& [name, ids] : system.exact) candidates.insert(candidates.end(), ids.begin(), ids.end());
    } else {
      for (const std::string& name : row.names) {
        const auto place = system.exact.find(Folded(words, name));
        if (place != system.exact.end()) candidates.insert(candidates.end(), place->second.begin(), place->second.end());
      }
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const EntitlementId other : candidates) {
      if (other != id && Overlaps(words, id, other)) found.push_back(other);
    }
    return found;
  }

  // What cannot be decided is reported, and counts as conferred: more is found, nothing missed.
  bool Overlaps(const PatternWords& words, EntitlementId id, EntitlementId other) {
    const auto& rows = context_.model.entitlements;
    const Overlap names = HaveCommonName(words, NamesOf(rows[id]), NamesOf(rows[other]));
    if (names == Overlap::No) return false;
    const Overlap fields = CanMeet(words, Conditions(id, other), rows[id].fields);
    if (fields == Overlap::No) return false;
    if (names == Overlap::TooComplex || fields == Overlap::TooComplex) ReportTooComplex(id, other);
    return true;
  }

  // Whether a grant of the one, narrowed by fields, is still one of the other.
  bool MayBe(EntitlementId id, EntitlementId whole) const {
    return CanMeet({}, context_.entitlement_facts[whole.index].where, context_.model.entitlements[id].fields) != Overlap::No;
  }

  std::vector<const Condition*> Conditions(EntitlementId id, EntitlementId other) const {
    std::vector<const Condition*> both = context_.entitlement_facts[id.index].where;
    const auto& more = context_.entitlement_facts[other.index].where;
    both.insert(both.end(), more.begin(), more.end());
    return both;
  }

  void ReportTooComplex(EntitlementId id, EntitlementId other) {
    const auto& rows = context_.model.entitlements;
    Diagnose<DiagKind::EntitlementTooComplex>(rows[id].common.span, rows[id].common.name, rows[other].common.name)
        .Label(rows[other].common.span, "the other one")
        .Help("use fewer exceptions or fewer fields, or split the entitlement")
        .To(context_.sink);
  }

  Context& context_;
  std::vector<InSystem> by_system_;
};

// ---- What can hardly be meant

void ReportMatchesNothing(Context& context, const model::Entitlement& entitlement) {
  Diagnose<DiagKind::EntitlementMatchesNothing>(entitlement.common.span, entitlement.common.name)
      .Help("its `except` takes out every name, or its `only where` contradicts itself")
      .To(context.sink);
}

// Nobody gets it, though the policy says who gets what in that system.
void ReportNeverGranted(Context& context, const model::Entitlement& entitlement, Span use) {
  const model::System& system = context.model.systems[entitlement.system];
  Diagnose<DiagKind::EntitlementNeverGranted>(use, entitlement.common.name, system.common.name)
      .Help("compare the spelling with the grants; what arrives with imported assignments is not seen here")
      .To(context.sink);
}

// Which files speak of what waits for permissions. A catalogue that is imported lists what a system has, and a
// policy uses part of it: what no other file speaks of is no doubt about the policy.
class Uses {
 public:
  explicit Uses(const Context& context) : context_(context) {
    const model::Model& model = context.model;
    for (const model::Conflict& conflict : model.conflicts) {
      for (const model::ConflictSide& side : conflict.sides) {
        for (const model::SideElement& element : side.elements) {
          for (const Span source : conflict.sources) Add(element.what, source);
        }
      }
    }
    for (const model::Role& role : model.roles) {
      for (const model::Grant& grant : role.grants) Add(grant.duty, grant.span);
    }
    for (const model::Assignment& assignment : model.assignments) Add(assignment.target, assignment.span);
    for (const model::Delegation& delegation : model.delegations) Add(delegation.target, delegation.span);
    for (const model::Derivation& derivation : model.derivations) AddTarget(derivation.sources, derivation.target);
  }

  // Whether a file other than the one that waits for the permission makes use of it.
  bool IsUsed(uint32_t entitlement, FileId file) const {
    if (context_.policy == nullptr || file == context_.policy->keyword_span.file) return true;
    const auto is_other = [&](FileId user) { return user != file; };
    if (std::ranges::any_of(context_.entitlement_facts[entitlement].users, is_other)) return true;
    const auto found = targets_.find(entitlement);
    if (found == targets_.end()) return false;
    return std::ranges::any_of(found->second, [&](const auto& target) {
      if (const auto* other = std::get_if<EntitlementId>(&target)) return IsUsed(other->index, file);
      const auto users = users_.find(std::get<model::DutyId>(target).index);
      return users != users_.end() && std::ranges::any_of(users->second, is_other);
    });
  }

 private:
  template <typename... Kinds>
  void Add(const std::variant<Kinds...>& what, Span place) {
    if (const auto* duty = std::get_if<model::DutyId>(&what)) Add(*duty, place);
  }
  void Add(model::DutyId duty, Span place) {
    if (!duty.is_valid()) return;
    std::vector<FileId>& files = users_[duty.index];
    if (std::ranges::find(files, place.file) == files.end()) files.push_back(place.file);
  }
  void AddTarget(const HoldingExpression& sources, const std::variant<model::DutyId, EntitlementId>& target) {
    if (sources.entitlement.is_valid()) targets_[sources.entitlement.index].push_back(target);
    for (const HoldingExpression& operand : sources.operands) AddTarget(operand, target);
  }

  const Context& context_;
  std::unordered_map<uint32_t, std::vector<FileId>> users_;  // by duty
  std::unordered_map<uint32_t, std::vector<std::variant<model::DutyId, EntitlementId>>> targets_;  // by entitlement
};

class Doubts {
 public:
  explicit Doubts(Context& context) : context_(context), rows_(context.model.entitlements) {
    for (size_t i = 0; i < rows_.size(); ++i) {
      const model::Entitlement& row = rows_[rows_.IdAt(i)];
      if (!row.system.is_valid() || !context.entitlement_facts[i].is_granted) continue;
      has_grants_.insert(row.system.index);
      for (const EntitlementId id : row.confers) granted_.insert(id.index);
      for (const model::EntitlementField& field : row.fields) fields_[row.system.index].push_back(field.name);
    }
    for (const model::Derivation& derivation : context.model.derivations) {
      Excuse(derivation.sources, false);
      ExcuseOtherName(derivation);
    }
  }

  void Run() {
    const Uses uses(context_);
    for (size_t i = 0; i < rows_.size(); ++i) {
      const model::Entitlement& row = rows_[rows_.IdAt(i)];
      if (!row.system.is_valid() || row.names.empty() || context_.entitlement_facts[i].narrowed.is_valid()) continue;
      const PatternWords words = WordsOf(context_.model.systems[row.system]);
      const EntitlementFacts& facts = context_.entitlement_facts[i];
      if (HasName(words, NamesOf(row)) == Overlap::No || CanMeet(words, facts.where, {}) == Overlap::No) {
        ReportMatchesNothing(context_, row);
      } else if (facts.use.is_valid() && has_grants_.count(row.system.index) != 0 &&
                 granted_.count(static_cast<uint32_t>(i)) == 0 && excused_.count(static_cast<uint32_t>(i)) == 0) {
        if (uses.IsUsed(static_cast<uint32_t>(i), facts.use.file)) ReportNeverGranted(context_, row, facts.use);
      } else {
        CheckFields(row, facts);
      }
    }
  }

 private:
  bool IsGranted(const HoldingExpression& expression) const {
    const auto is_granted = [&](const HoldingExpression& operand) { return IsGranted(operand); };
    switch (expression.kind) {
      case HoldingExpression::Kind::Entitlement: return granted_.count(expression.entitlement.index) != 0;
      case HoldingExpression::Kind::And: return std::ranges::all_of(expression.operands, is_granted);
      case HoldingExpression::Kind::Or: return std::ranges::any_of(expression.operands, is_granted);
    }
    return false;
  }

  // A catalogue names each way to a duty; that some of several are granted nowhere is no doubt.
  void Excuse(const HoldingExpression& expression, bool has_alternative) {
    if (expression.entitlement.is_valid() && has_alternative) excused_.insert(expression.entitlement.index);
    has_alternative |= expression.kind == HoldingExpression::Kind::Or && IsGranted(expression);
    for (const HoldingExpression& operand : expression.operands) Excuse(operand, has_alternative);
  }

  // What another system knows an entitlement as is granted there, and often by a file of that system alone.
  void ExcuseOtherName(const model::Derivation& derivation) {
    const auto* target = std::get_if<EntitlementId>(&derivation.target);
    const EntitlementId source = derivation.sources.entitlement;
    if (target == nullptr || !source.is_valid() || context_.entitlement_facts[source.index].use.is_valid()) return;
    excused_.insert(target->index);
  }

  void CheckFields(const model::Entitlement& row, const EntitlementFacts& facts) {
    const auto known = fields_.find(row.system.index);
    if (known == fields_.end() || !row.is_declared) return;
    std::vector<const ast::Ref*> tested;
    for (const Condition* condition : facts.where) AddTestedFields(*condition, tested);
    for (const ast::Ref* field : tested) {
      const std::string name = field->Joined();
      const std::vector<std::string_view> names(known->second.begin(), known->second.end());
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      Diagnose<DiagKind::FieldNeverGiven>(field->span, name, context_.model.systems[row.system].common.name)
          .Help(DidYouMean(name, names, "a grant without the field counts as one with every value of it"))
          .To(context_.sink);
    }
  }

  Context& context_;
  const Store<model::Entitlement>& rows_;
  std::unordered_set<uint32_t> has_grants_;  // systems
  std::unordered_set<uint32_t> granted_;     // entitlements
  std::unordered_set<uint32_t> excused_;     // entitlements beside which another one is granted that gives the same
  std::unordered_map<uint32_t, std::vector<std::string>> fields_;  // given, by system
};

// Two declared entitlements whose names the system cannot tell apart, though they are written apart (E29).
void CheckFolding(Context& context) {
  std::unordered_map<std::string, std::pair<EntitlementId, const std::string*>> first;
  const auto& rows = context.model.entitlements;
  for (size_t i = 0; i < rows.size(); ++i) {
    const model::Entitlement& row = rows[rows.IdAt(i)];
    if (!row.is_declared || !row.system.is_valid() || row.is_pattern) continue;
    const model::System& system = context.model.systems[row.system];
    if (!system.ignores_case) continue;
    for (const std::string& name : row.names) {
      const std::string key = std::to_string(row.system.index) + '/' + Folded(WordsOf(system), name);
      const auto [place, is_new] = first.try_emplace(key, rows.IdAt(i), &name);
      if (is_new || *place->second.second == name) continue;
      Diagnose<DiagKind::PermissionsFoldTogether>(row.common.span, name, *place->second.second, system.common.name)
          .Label(rows[place->second.first].common.span, "the other one")
          .Help("spell both alike: they are one permission there")
          .To(context.sink);
    }
  }
}

}  // namespace

void CollectDerivations(Context& context) {
  ForEachSymbol(context, {EntityKind::Duty, EntityKind::Entitlement}, [&](const Symbol& symbol) {
    if (symbol.kind == EntityKind::Duty) {
      AddDerivation(context, symbol, AttributeKind::ConferredBy, model::DutyId{symbol.index});
    } else {
      AddDerivation(context, symbol, AttributeKind::Means, EntitlementId{symbol.index});
    }
  });
  DropCycles(context);
}

void MatchEntitlements(Context& context) {
  if (context.model.entitlements.size() == 0) return;
  CheckFolding(context);
  Matching(context).Run();
  if (!context.sink.has_error && context.names.unknown.empty()) Doubts(context).Run();
}

}  // namespace sodc::sema
