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
  touched_.reserve(image.Atoms().size());
  violated_.reserve(image.Rules().size());
}

void Workspace::Clear() {
  const Image& image = table_.image();
  for (const uint32_t atom : touched_) {
    held_[atom / 64] = 0;
    const format::AtomRecord& record = image.Atoms()[atom];
    for (const format::RuleRefRecord& limit :
         Slice(image.AtomLimits(), record.limits_first, record.limits_count)) {
      counts_[limit.rule] = 0;
    }
  }
  touched_.clear();
  violated_.clear();
}

void Workspace::Set(uint32_t atom) {
  if (IsSet(atom)) return;
  held_[atom / 64] |= uint64_t{1} << (atom % 64);
  touched_.push_back(atom);
  const Image& image = table_.image();
  const format::AtomRecord& record = image.Atoms()[atom];
  for (const format::AtomPairRecord& pair :
       Slice(image.AtomPairs(), record.pairs_first, record.pairs_count)) {
    if (IsSet(pair.atom)) violated_.push_back(pair.rule);
  }
  for (const format::RuleRefRecord& limit :
       Slice(image.AtomLimits(), record.limits_first, record.limits_count)) {
    if (counts_[limit.rule]++ == image.Rules()[limit.rule].at_most) violated_.push_back(limit.rule);
  }
}

void Workspace::AddDuty(uint32_t duty, uint32_t level) {
  const Image& image = table_.image();
  const format::DutyRecord& record = image.Duties()[duty];
  for (const format::DutyAtomRecord& atom :
       Slice(image.DutyAtoms(), record.atoms_first, record.atoms_count)) {
    if (atom.level <= level) Set(atom.atom);  // kNone is above every level
  }
}

void Workspace::AddRole(uint32_t role) {
  const Image& image = table_.image();
  const format::RoleRecord& record = image.Roles()[role];
  for (const format::RoleAtomRecord& atom :
       Slice(image.RoleAtoms(), record.atoms_first, record.atoms_count)) {
    Set(atom.atom);
  }
}

std::span<const uint32_t> Workspace::Violations(std::span<const Holding> holdings, Instant at) {
  Clear();
  for (const Holding& holding : holdings) {
    if (at < holding.from || at >= holding.until) continue;
    holding.is_role ? AddRole(holding.target) : AddDuty(holding.target, holding.level);
  }
  const std::span<const format::RuleRecord> rules = table_.image().Rules();
  std::erase_if(violated_, [&](uint32_t row) {
    const format::RuleRecord& rule = rules[row];
    return at < rule.valid_from || at >= rule.valid_until || rule.moment != format::Moment::Static;
  });
  std::ranges::sort(violated_);
  return violated_;
}

void Workspace::AddEntity(Entity entity) {
  if (entity.kind == NameKind::Role) AddRole(entity.index);
  if (entity.kind == NameKind::Duty) AddDuty(entity.index, kNone);
}

uint32_t Workspace::FirstPairViolation(Entity a, Entity b) {
  Clear();
  AddEntity(a);
  AddEntity(b);
  const std::span<const format::RuleRecord> rules = table_.image().Rules();
  uint32_t first = kNone;
  for (const uint32_t rule : violated_) {
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
