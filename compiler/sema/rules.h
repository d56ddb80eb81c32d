// Collecting rules: several statements about one pair become one conflict
// (rulings REF-3). Private to compiler/sema.
#ifndef SODC_SEMA_RULES_H_
#define SODC_SEMA_RULES_H_

#include "compiler/sema/sets.h"
#include "llvm/ADT/SmallVector.h"

namespace sodc::sema {

// When a rule applies at all: statements that differ here make different rules, since
// one of them would else be narrowed by the other in silence.
struct Applicability {
  model::ScopeMatch match = model::ScopeMatch::Any;
  model::ScopeDimensionId dimension;
  model::Scope only_in;
  model::Moment moment = model::Moment::Static;
  model::ProvisionId per;  // the object kind
  model::RuleSubject subject = model::RuleSubject::Person;
  std::optional<uint32_t> counting;  // bits of HoldingState; none: the default
  Span per_object;         // `per object`: the kind that the duties of the rule declare
};

// What a statement says beside its sides; resolved once, applied to each rule it makes.
struct RuleFacts {
  template <typename T>
  struct Stated {
    T value{};
    Span span;  // invalid: not stated
  };
  StatedModality modality;
  Stated<model::ScaleMemberId> risk;
  Stated<model::Mode> mode;
  const ast::Attribute* conditional_mode = nullptr;  // where `mode` is stated, with a condition
  Stated<std::string> because, advice, description, identifier, kind_label;
  Stated<model::ScaleMemberId> category;
  Stated<model::ActorId> owner;
  Stated<std::optional<Date>> reviewed;
  Stated<Interval> validity;
  Stated<model::ProvisionId> enforcement;
  std::vector<std::string> tags;
  std::vector<model::ControlId> controls;
  std::vector<model::ClauseId> clauses;
  Applicability applies;
};

// What a rule made from a set weighs beside a member of one (CheckOptions::max_set_members).
inline constexpr uint64_t kRuleWeight = 8;

// Who says it: what is more particular refines what is more general.
enum class Weight : uint8_t { Separation, Each, Block };

struct Statement {
  model::ConflictKind kind = model::ConflictKind::Pair;
  std::vector<model::ConflictSide> sides;
  uint32_t at_most = 1;
  Weight weight = Weight::Block;
  std::string name;   // declared name, or empty
  std::string title;
  std::string id;     // of an unnamed rule; empty: made of its two elements
  Span span;
  bool is_own = true;
  model::Unevaluated unevaluated = model::Unevaluated::None;
};

// The rules so far, with who stated what.
class RuleBook {
 public:
  explicit RuleBook(Context& context);

  // Makes the rule or joins it to the one on the same pair; returns it.
  model::ConflictId State(Statement statement, const RuleFacts& facts);
  // Defaults of modality, mode and risk.
  void Finish();

 private:
  struct Origin {
    ast::AttributeKind what;
    Weight weight;
    Span span;
  };
  struct Draft {
    llvm::SmallVector<Origin, 1> origins;  // most statements say one such thing; there is a draft for each rule
    bool has_modality = false;
    Weight reason_weight = Weight::Separation;
  };
  // A statement without a name, kept for named rules that come after it.
  struct Unnamed {
    RuleFacts facts;
    Weight weight;
    Span span;
  };
  struct PairKey {
    uint64_t first, second;
    uint32_t applicability;  // number of equal ones
    bool operator==(const PairKey&) const = default;
  };
  struct PairHash {
    size_t operator()(const PairKey& key) const {
      return std::hash<uint64_t>()(key.first * 0x9e3779b97f4a7c15 + key.second + key.applicability);
    }
  };

  std::optional<PairKey> KeyOf(const Statement& statement, const Applicability& applies);
  uint32_t NumberOf(const Applicability& applies);
  llvm::SmallVector<uint32_t, 1> RulesJoinedBy(const Statement& statement, const PairKey& key) const;
  void Join(model::ConflictId id, const RuleFacts& facts, Weight weight, Span span);
  model::ConflictId Add(const Statement& statement, const Applicability& applies, const std::optional<PairKey>& key);
  void TakeName(model::ConflictId id, const Statement& statement);
  void ClaimId(model::ConflictId id);
  void Qualify(model::ConflictId id);
  void Apply(model::ConflictId id, const RuleFacts& facts, Weight weight);
  void ApplyModality(model::ConflictId id, const StatedModality& modality, Weight weight);
  bool Accept(model::ConflictId id, ast::AttributeKind what, Weight weight, Span span);

  Context& context_;
  std::vector<Draft> drafts_;  // beside model.conflicts
  std::unordered_map<PairKey, llvm::SmallVector<uint32_t, 1>, PairHash> by_pair_;
  std::unordered_map<PairKey, std::vector<Unnamed>, PairHash> unnamed_;
  std::unordered_map<std::string, uint32_t> applicabilities_;
  bool has_named_pairs_ = false;  // else nothing asks for what unnamed_ keeps
};

// ---- Sides (sides.cpp)
struct BuiltSide {
  model::ConflictSide side;
  ast::Quantifier quantifier = ast::Quantifier::Unstated;
  Span set_span;             // without the level, where `except x` may be added
  bool is_usable = false;    // false: reported, or follows from another error
  bool is_set = false;       // written as a set or a group, not as one name
};
BuiltSide BuildSide(Context& context, ModuleIndex module, const ast::Side& side);
// Reports `at`, `as` and `directly` on a side that is a set and nothing more.
void CheckPlain(Context& context, const ast::Side& side, std::string_view where);
// A side of the duties at the default trigger level.
model::ConflictSide SideOf(Context& context, const std::vector<model::DutyId>& duties, Span span);
// Reports elements that stand on both sides; true when there are none.
bool CheckDisjoint(Context& context, const BuiltSide& left, const BuiltSide& right);
// The same, but two sets of which any member counts may overlap, with a warning: the rule is
// about two different members (docs/decisions/0032).
bool CheckOverlap(Context& context, const BuiltSide& left, const BuiltSide& right);
// Reads `same`, `across`, `only in` and `per`.
Applicability ApplicabilityOf(Context& context, ModuleIndex module, const Attributes& attributes);
// Finds the kind of `per object`; false after a report.
bool FindObject(Context& context, const std::vector<model::ConflictSide>& sides, Applicability& applies);
model::Unevaluated WhyNotJudged(const Applicability& applies, const std::vector<model::ConflictSide>& sides);
std::string NameOf(const Context& context, const model::SideElement& element);
// Equal for two elements that are one thing, whatever the level, the capacity and the way it is held.
uint64_t ThingOf(const Context& context, const model::SideElement& element);
// Whether one holding may be both: the same thing, and not in two capacities.
bool MayBeOne(const Context& context, const model::SideElement& a, const model::SideElement& b);
// Reports a member of a limit that holding another one is holding, too (independence.cpp).
bool CheckIndependent(Context& context, const std::vector<model::ConflictSide>& sides);

// ---- Statements
// What the declaration of a rule says in its header and body.
RuleFacts FactsOf(Context& context, const ast::Declaration& declaration, ModuleIndex module);
Statement StatementOf(const Context& context, const ast::Declaration& declaration, ModuleIndex module);
void ReportAcross(Context& context, const ast::Declaration& declaration);
void AddSeparations(Context& context, RuleBook& book, const Symbol& duty);
void AddRestrictions(Context& context, RuleBook& book, const Symbol& role);
void AddHoldersNever(Context& context, RuleBook& book, const Symbol& role);
void AddConflict(Context& context, RuleBook& book, const ast::Declaration& declaration, ModuleIndex module);
void AddSingle(Context& context, RuleBook& book, const ast::Declaration& declaration, ModuleIndex module);
void AddCompatible(Context& context, const ast::Declaration& declaration, ModuleIndex module);

}  // namespace sodc::sema

#endif  // SODC_SEMA_RULES_H_
