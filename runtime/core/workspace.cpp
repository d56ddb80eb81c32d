// The hot path: bits of atoms, and rules counted as their members come in. A pair
// is found when its second atom is set, a limit when a member exceeds it, so every
// rule is found once and nothing is searched twice.
#include <algorithm>

#include "runtime/core/image.h"
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
}

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
  explicit Pass(Workspace& workspace)
      : workspace_(workspace),
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

  void AddDuty(uint32_t duty, uint32_t level) {
    const format::DutyRecord& record = image_.Duties()[duty];
    const format::DutyAtomRecord* row = image_.DutyAtoms().data() + record.atoms_first;
    for (const auto* end = row + record.atoms_count; row != end; ++row) {
      if (row->level <= level) Set(row->atom);  // kNone is above every level
    }
  }

  void AddRole(uint32_t role) {
    const format::RoleRecord& record = image_.Roles()[role];
    const format::RoleAtomRecord* row = image_.RoleAtoms().data() + record.atoms_first;
    for (const auto* end = row + record.atoms_count; row != end; ++row) Set(row->atom);
  }

  void AddEntity(Entity entity) {
    if (entity.kind == NameKind::Role) AddRole(entity.index);
    if (entity.kind == NameKind::Duty) AddDuty(entity.index, kNone);
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
  const Image& image_;
  const format::AtomRecord* const atoms_ = image_.Atoms().data();
  const format::AtomPairRecord* const pairs_ = image_.AtomPairs().data();
  const format::RuleRefRecord* const limits_ = image_.AtomLimits().data();
  const format::RuleRecord* const rules_ = image_.Rules().data();
  uint64_t* const held_;
  uint32_t* touched_;
  uint32_t* const counts_;
  uint32_t* violated_;
};

std::span<const uint32_t> Workspace::Violations(std::span<const Holding> holdings, Instant at) {
  Clear();
  {
    Pass pass(*this);
    for (const Holding& holding : holdings) {
      if (at < holding.from || at >= holding.until) continue;
      holding.is_role ? pass.AddRole(holding.target) : pass.AddDuty(holding.target, holding.level);
    }
  }
  const std::span<const format::RuleRecord> rules = table_.image().Rules();
  const std::span<uint32_t> found = std::span(violated_).first(violated_count_);
  const auto dropped = std::ranges::remove_if(found, [&](uint32_t row) {
    const format::RuleRecord& rule = rules[row];
    return at < rule.valid_from || at >= rule.valid_until || rule.moment != format::Moment::Static;
  });
  violated_count_ -= dropped.size();
  std::ranges::sort(found.first(violated_count_));
  return found.first(violated_count_);
}

uint32_t Workspace::FirstPairViolation(Entity a, Entity b) {
  Clear();
  {
    Pass pass(*this);
    pass.AddEntity(a);
    pass.AddEntity(b);
  }
  const std::span<const format::RuleRecord> rules = table_.image().Rules();
  uint32_t first = kNone;
  for (const uint32_t rule : std::span(violated_).first(violated_count_)) {
    if (rule < first && rules[rule].moment == format::Moment::Static) first = rule;
  }
  return first;
}

bool Workspace::HoldsElement(uint32_t element) const {
  return IsSet(table_.image().Elements()[element].atom);
}

bool Workspace::HoldsSide(uint32_t side) const {
  const format::SideRecord& record = table_.image().Sides()[side];
  const auto elements =
      Slice(table_.image().Elements(), record.elements_first, record.elements_count);
  const auto is_held = [&](const format::ElementRecord& element) { return IsSet(element.atom); };
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
