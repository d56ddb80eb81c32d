// The hot path: bits of atoms, and rules counted as their members come in. A pair
// is found when its second atom is set, a limit when a member exceeds it, so every
// rule is found once and nothing is searched twice.
#include <algorithm>

#include "runtime/core/guards.h"
#include "runtime/core/points.h"
#include "runtime/core/supply.h"
#include "sod/query.h"

namespace sod {

using core::Image;
using core::Slice;

Workspace::Workspace(const Table& table) : table_(table) {
  const Image& image = table_.image();
  held_.assign(image.Atoms().size() / 64 + 1, 0);
  counts_.assign(image.Rules().size(), 0);
  // INVARIANT: an atom is touched once and a rule found once, so neither list outgrows this.
  touched_.resize(image.Atoms().size());
  violated_.resize(image.Rules().size());
  points_ = std::make_unique<core::Points>(image);
}

Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

void Workspace::Clear() {
  const Image& image = table_.image();
  const bool has_limits = !image.AtomLimits().empty();
  for (size_t i = 0; i < touched_count_; ++i) {
    const uint32_t atom = touched_[i];
    held_[atom / 64] = 0;
    if (!has_limits) continue;
    const format::AtomRecord& record = image.Atoms()[atom];
    for (const format::RuleRefRecord& limit :
         Slice(image.AtomLimits(), record.limits_first, record.limits_count)) {
      counts_[limit.rule] = 0;
    }
  }
  touched_count_ = 0;
  violated_count_ = 0;
}

// One pass over what is held, with everything it touches in local pointers: the compiler cannot
// know that the lists it writes are not the tables it reads.
class Workspace::Pass {
 public:
  explicit Pass(Workspace& workspace, bool with_undecided = false)
      : workspace_(workspace),
        with_undecided_(with_undecided),
        image_(workspace.table_.image()),
        held_(workspace.held_.data()),
        touched_(workspace.touched_.data()),
        counts_(workspace.counts_.data()),
        violated_(workspace.violated_.data()) {}
  ~Pass() {
    workspace_.touched_count_ = static_cast<size_t>(touched_ - workspace_.touched_.data());
    workspace_.violated_count_ = static_cast<size_t>(violated_ - workspace_.violated_.data());
  }
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  void AddDuty(uint32_t duty, uint32_t level, uint32_t capacity) {
    const format::DutyRecord& record = image_.Duties()[duty];
    const format::DutyAtomRecord* row = image_.DutyAtoms().data() + record.atoms_first;
    for (const auto* end = row + record.atoms_count; row != end; ++row) {
      // kNone is above every level.
      if (row->level <= level && (!has_capacities_ || core::CountsInCapacity(image_, capacity, row->capacity))) {
        Set(row->atom);
      }
    }
  }

  void AddRole(uint32_t role) {
    const format::RoleRecord& record = image_.Roles()[role];
    const format::RoleAtomRecord* row = image_.RoleAtoms().data() + record.atoms_first;
    for (const auto* end = row + record.atoms_count; row != end; ++row) Set(row->atom);
  }

  // As above, without what is not decided, what the role gives in other places than those it is held
  // in, and what it does not give in this capacity.
  void AddRoleIn(const Holding& holding) {
    const core::Dimensions& dimensions = workspace_.points_->dimensions();
    const ScopeBox box = dimensions.WrittenOut(holding.box);
    const format::RoleRecord& record = image_.Roles()[holding.target];
    for (const format::RoleAtomRecord& row : Slice(image_.RoleAtoms(), record.atoms_first, record.atoms_count)) {
      if (row.is_undecided != 0 && !with_undecided_) continue;
      if (has_capacities_ && !core::RoleSets(image_, holding.capacity, row.atom)) continue;
      if (dimensions.AnyPart(box, row.scope, [](const ScopeBox&) { return true; })) Set(row.atom);
    }
  }

  void AddEntitlement(uint32_t entitlement) {
    const format::EntitlementRecord& record = image_.Entitlements()[entitlement];
    for (const auto& row : Slice(image_.EntitlementAtoms(), record.atoms_first, record.atoms_count)) {
      Set(row.atom);
    }
  }

  void Add(const Holding& holding) {
    switch (holding.kind) {
      case HeldKind::Duty: return AddDuty(holding.target, holding.level, holding.capacity);
      case HeldKind::Role: return is_plain_ ? AddRole(holding.target) : AddRoleIn(holding);
      case HeldKind::Entitlement: return AddEntitlement(holding.target);
    }
  }

  void AddEntity(Entity entity) {
    if (entity.kind == NameKind::Role) Add({.kind = HeldKind::Role, .target = entity.index});
    if (entity.kind == NameKind::Duty) AddDuty(entity.index, kNone, kNone);
    if (entity.kind == NameKind::Entitlement) AddEntitlement(entity.index);
  }

  // Sources stand before targets.
  void Derive() {
    for (const format::DerivationRecord& derivation : image_.Derivations()) {
      const auto sources = Slice(image_.DerivationSources(), derivation.sources_first, derivation.sources_count);
      if (std::ranges::all_of(sources, [&](const auto& source) { return IsSet(source.atom); })) {
        Set(derivation.target);
      }
    }
  }

 private:
  bool IsSet(uint32_t atom) const { return (held_[atom / 64] >> (atom % 64) & 1) != 0; }

  void Set(uint32_t atom) {
    if (IsSet(atom)) return;
    held_[atom / 64] |= uint64_t{1} << (atom % 64);
    *touched_++ = atom;
    const format::AtomRecord& record = atoms_[atom];
    const format::AtomPairRecord* pair = pairs_ + record.pairs_first;
    for (const auto* end = pair + record.pairs_count; pair != end; ++pair) {
      if (IsSet(pair->atom)) *violated_++ = pair->rule;
    }
    const format::RuleRefRecord* limit = limits_ + record.limits_first;
    for (const auto* end = limit + record.limits_count; limit != end; ++limit) {
      if (counts_[limit->rule]++ == rules_[limit->rule].at_most) *violated_++ = limit->rule;
    }
  }

  Workspace& workspace_;
  const bool with_undecided_;
  const Image& image_;
  const bool is_plain_ = !workspace_.points_->exact().has_undecided() && !workspace_.points_->exact().has_scopes() &&
                          !workspace_.points_->exact().has_capacities();
  const bool has_capacities_ = workspace_.points_->exact().has_capacities();
  const format::AtomRecord* const atoms_ = image_.Atoms().data();
  const format::AtomPairRecord* const pairs_ = image_.AtomPairs().data();
  const format::RuleRefRecord* const limits_ = image_.AtomLimits().data();
  const format::RuleRecord* const rules_ = image_.Rules().data();
  uint64_t* const held_;
  uint32_t* touched_;
  uint32_t* const counts_;
  uint32_t* violated_;
};

std::span<const uint32_t> Workspace::Violations(std::span<const Holding> holdings, Instant at, uint32_t holder) {
  return Judge(holdings, at, holder, false);
}

std::span<const uint32_t> Workspace::PossibleViolations(std::span<const Holding> holdings, Instant at, uint32_t holder) {
  return Judge(holdings, at, holder, true);
}

void Workspace::FillPoints(std::span<const Holding> holdings, Instant at, bool with_undecided) {
  points_->Fill(holdings, at, with_undecided, /*may_allocate=*/true);
}

void Workspace::Union(std::span<const Holding> holdings, Instant at, bool with_undecided) {
  Clear();
  const uint32_t states = points_->exact().states();
  Pass pass(*this, with_undecided);
  for (const Holding& holding : holdings) {
    if (at < holding.from || at >= holding.until) continue;
    if ((states >> static_cast<uint32_t>(holding.state) & 1) == 0 && !holding.always_counts) continue;
    pass.Add(holding);
  }
  pass.Derive();
}

namespace {

bool IsJudgedAt(const format::RuleRecord& rule, Instant at) {
  return at >= rule.valid_from && at < rule.valid_until && rule.unevaluated == format::Unevaluated::None;
}

}  // namespace

std::span<const uint32_t> Workspace::Judge(std::span<const Holding> holdings, Instant at, uint32_t holder, bool with_undecided) {
  Union(holdings, at, with_undecided);
  const Image& image = table_.image();
  const std::span<const format::RuleRecord> rules = image.Rules();
  const std::span<uint32_t> found = std::span(violated_).first(violated_count_);
  // A condition is looked at behind a hit, so that a miss costs nothing.
  const ConditionState least = with_undecided ? ConditionState::Unknown : ConditionState::Depends;
  const auto applies = [&](uint32_t row) { return image.RuleConditions().empty() || core::AppliesTo(image, row, {.at = at, .holder = holder}) >= least; };
  const auto dropped =
      std::ranges::remove_if(found, [&](uint32_t row) { return !IsJudgedAt(rules[row], at) || !applies(row); });
  violated_count_ -= dropped.size();
  if (points_->exact().any()) DropExactly(holdings, at, with_undecided);
  const std::span<uint32_t> left = found.first(violated_count_);
  std::ranges::sort(left);
  return left;
}

// What was found by bits alone and is not so when places, accounts and states are looked at.
void Workspace::DropExactly(std::span<const Holding> holdings, Instant at, bool with_undecided) {
  const std::span<uint32_t> found = std::span(violated_).first(violated_count_);
  const auto is_exact = [&](uint32_t rule) { return points_->exact().IsExact(rule); };
  if (std::ranges::none_of(found, is_exact)) return;
  points_->Fill(holdings, at, with_undecided, /*may_allocate=*/false);
  const auto dropped =
      std::ranges::remove_if(found, [&](uint32_t rule) { return is_exact(rule) && !points_->Violates(rule); });
  violated_count_ -= dropped.size();
}

uint32_t Workspace::FirstPairViolation(Entity a, Entity b) {
  Clear();
  {
    Pass pass(*this);
    pass.AddEntity(a);
    pass.AddEntity(b);
    pass.Derive();
  }
  const std::span<const format::RuleRecord> rules = table_.image().Rules();
  uint32_t first = kNone;
  for (const uint32_t rule : std::span(violated_).first(violated_count_)) {
    if (rule < first && rules[rule].unevaluated == format::Unevaluated::None) first = rule;
  }
  return first;
}

bool Workspace::HoldsElement(uint32_t element) const {
  const uint32_t atom = table_.image().Elements()[element].atom;
  return atom != kNone && IsSet(atom);
}

bool Workspace::HoldsSide(uint32_t side) const {
  const format::SideRecord& record = table_.image().Sides()[side];
  const auto elements =
      Slice(table_.image().Elements(), record.elements_first, record.elements_count);
  const auto is_held = [&](const format::ElementRecord& element) {
    return element.atom != kNone && IsSet(element.atom);
  };
  return record.quantifier == format::Quantifier::All ? std::ranges::all_of(elements, is_held)
                                                      : std::ranges::any_of(elements, is_held);
}

uint32_t Workspace::MembersHeld(uint32_t rule) const {
  const format::RuleRecord& record = table_.image().Rules()[rule];
  uint32_t held = 0;
  for (const format::AtomRefRecord& member :
       Slice(table_.image().RuleMembers(), record.members_first, record.members_count)) {
    held += IsSet(member.atom) ? 1 : 0;
  }
  return held;
}

}  // namespace sod
