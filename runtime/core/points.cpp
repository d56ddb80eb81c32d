#include "runtime/core/points.h"
#include "runtime/core/supply.h"

namespace sod::core {
namespace {

constexpr size_t kRoom = 65'536;           // points of the tier that does not allocate
constexpr size_t kMostPoints = 1'000'000;  // of the other
constexpr size_t kMostTries = 4'000'000;
constexpr uint32_t kEveryone[] = {kEveryAccount};

uint32_t BitOf(HoldingState state) { return 1u << static_cast<uint32_t>(state); }

bool IsJudged(const format::RuleRecord& rule) {
  return rule.unevaluated == format::Unevaluated::None;
}

// Atoms that several together give: where they meet matters as soon as there are dimensions,
// and by whose account in any case.
std::vector<bool> DerivedAtoms(const Image& image) {
  std::vector<bool> derived(image.Atoms().size(), false);
  for (const format::DerivationRecord& derivation : image.Derivations()) derived[derivation.target] = true;
  return derived;
}

}  // namespace

ExactRules::ExactRules(const Image& image) : exact_(image.Rules().size()), wanted_(image.Atoms().size()) {
  for (const format::RuleRecord& rule : image.Rules()) {
    if (IsJudged(rule)) states_ |= rule.counting;
  }
  has_scopes_ = !image.Scopes().empty();
  has_capacities_ = CapacityScale(image) != kNone;
  for (const format::RoleAtomRecord& row : image.RoleAtoms()) has_undecided_ |= row.is_undecided != 0;
  const std::vector<bool> derived = DerivedAtoms(image);
  const bool has_dimensions = !image.ScopeDimensions().empty();
  for (uint32_t row = 0; row < image.Rules().size(); ++row) {
    const format::RuleRecord& rule = image.Rules()[row];
    if (!IsJudged(rule)) continue;
    bool is_exact = rule.match != format::ScopeMatch::Any || rule.only_in != format::kNone ||
                    rule.subject == format::RuleSubject::Account || rule.counting != states_;
    for (const format::AtomRefRecord& member : Slice(image.RuleMembers(), rule.members_first, rule.members_count)) {
      is_exact |= has_dimensions && derived[member.atom];
    }
    exact_[row] = is_exact;
    any_ |= is_exact;
  }
  if (any_) WantMembers(image);
}

void ExactRules::WantMembers(const Image& image) {
  for (uint32_t row = 0; row < image.Rules().size(); ++row) {
    if (!exact_[row]) continue;
    const format::RuleRecord& rule = image.Rules()[row];
    for (const format::AtomRefRecord& member : Slice(image.RuleMembers(), rule.members_first, rule.members_count)) {
      wanted_[member.atom] = true;
    }
  }
  // Sources stand before targets, so one pass from the end reaches everything.
  for (size_t i = image.Derivations().size(); i-- > 0;) {
    const format::DerivationRecord& derivation = image.Derivations()[i];
    if (!wanted_[derivation.target]) continue;
    for (const format::AtomRefRecord& source :
         Slice(image.DerivationSources(), derivation.sources_first, derivation.sources_count)) {
      wanted_[source.atom] = true;
    }
  }
}

Points::Points(const Image& image) : image_(image), dimensions_(image), exact_(image) {
  heads_.assign(image.Atoms().size(), kNone);
  if (!exact_.any()) return;
  points_.resize(kRoom);
  accounts_.resize(kMaxHoldings + 2);
}

void Points::Clear() {
  for (size_t i = 0; i < count_; ++i) heads_[points_[i].atom] = kNone;
  count_ = tried_ = account_count_ = 0;
  is_full_ = false;
}

void Points::Fill(std::span<const Holding> holdings, Instant at, bool with_undecided, bool may_allocate) {
  Clear();
  wants_all_ = may_allocate_ = may_allocate;
  for (const Holding& holding : holdings) {
    if (at < holding.from || at >= holding.until) continue;
    if (!holding.always_counts && (BitOf(holding.state) & exact_.states()) == 0) continue;
    AddHolding(holding, with_undecided);
  }
  Derive();
}

void Points::AddHolding(const Holding& holding, bool with_undecided) {
  Source source;
  source.box = dimensions_.WrittenOut(holding.box);
  source.account = holding.account != kNone ? holding.account : holding.always_counts ? kAnyAccount : kOwnAccount;
  source.states = holding.always_counts ? 0 : BitOf(holding.state);
  if (source.account != kAnyAccount) {
    const auto end = accounts_.begin() + static_cast<std::ptrdiff_t>(account_count_);
    if (std::find(accounts_.begin(), end, source.account) == end) {
      if (account_count_ == accounts_.size()) accounts_.push_back(0);
      accounts_[account_count_++] = source.account;
    }
  }
  switch (holding.kind) {
    case HeldKind::Duty: {
      const format::DutyRecord& record = image_.Duties()[holding.target];
      for (const auto& row : Slice(image_.DutyAtoms(), record.atoms_first, record.atoms_count)) {
        if (row.level <= holding.level && CountsInCapacity(image_, holding.capacity, row.capacity)) {
          Add(row.atom, source.box, source);
        }
      }
      break;
    }
    case HeldKind::Role: {
      const format::RoleRecord& record = image_.Roles()[holding.target];
      for (const auto& row : Slice(image_.RoleAtoms(), record.atoms_first, record.atoms_count)) {
        if ((row.is_undecided != 0 && !with_undecided) || !IsWanted(row.atom)) continue;
        if (!RoleSets(image_, holding.capacity, row.atom)) continue;
        dimensions_.AnyPart(source.box, row.scope, [&](const ScopeBox& part) {
          Add(row.atom, part, source);
          return false;
        });
      }
      break;
    }
    case HeldKind::Entitlement: {
      const format::EntitlementRecord& record = image_.Entitlements()[holding.target];
      for (const auto& row : Slice(image_.EntitlementAtoms(), record.atoms_first, record.atoms_count)) {
        Add(row.atom, source.box, source);
      }
      break;
    }
  }
}

// A look at a few is enough: what is there twice costs time and changes nothing.
bool Points::IsRepeated(uint32_t atom, const ScopeBox& box, const Source& source) const {
  uint32_t looked = 0;
  for (uint32_t i = heads_[atom]; i != kNone && looked < 32; i = points_[i].next, ++looked) {
    const Point& point = points_[i];
    if (point.account == source.account && (point.states & ~source.states) == 0 &&
        dimensions_.Contains(point.box, box)) {
      return true;
    }
  }
  return false;
}

void Points::Add(uint32_t atom, const ScopeBox& box, const Source& source) {
  if (!IsWanted(atom) || IsRepeated(atom, box, source)) return;
  if (count_ == points_.size()) {
    if (!may_allocate_ || count_ >= kMostPoints) {
      is_full_ = true;
      return;
    }
    points_.resize(std::max<size_t>(64, count_ * 2));
  }
  points_[count_] = {box, atom, heads_[atom], source.account, source.states};
  heads_[atom] = static_cast<uint32_t>(count_++);
}

void Points::Derive() {
  for (const format::DerivationRecord& derivation : image_.Derivations()) {
    if (IsWanted(derivation.target)) Combine(derivation, 0, {dimensions_.whole(), kAnyAccount, 0});
  }
}

// Depth is the number of sources, which the verifier bounds.
void Points::Combine(const format::DerivationRecord& derivation, uint32_t next, const Source& so_far) {
  if (next == derivation.sources_count) return Add(derivation.target, so_far.box, so_far);
  const uint32_t atom = image_.DerivationSources()[derivation.sources_first + next].atom;
  for (uint32_t i = heads_[atom]; i != kNone; i = points_[i].next) {
    if (++tried_ > kMostTries) {
      is_full_ = true;
      return;
    }
    Source source = so_far;
    if (!dimensions_.Intersect(source.box, points_[i].box)) continue;
    if (source.account == kAnyAccount) {
      source.account = points_[i].account;
    } else if (points_[i].account != kAnyAccount && points_[i].account != source.account) {
      source.account = kTwoAccounts;
    }
    source.states |= points_[i].states;
    Combine(derivation, next + 1, source);
  }
}

std::span<const uint32_t> Points::AccountsFor(uint32_t rule) const {
  if (image_.Rules()[rule].subject != format::RuleSubject::Account) return kEveryone;
  if (account_count_ == 0) return kEveryone;  // nothing but a request
  return std::span(accounts_).first(account_count_);
}

bool Points::Violates(uint32_t rule) const {
  if (is_full_) return true;  // more than fits: never miss
  for (const uint32_t account : AccountsFor(rule)) {
    if (ViolatesIn(rule, account)) return true;
  }
  return false;
}

uint32_t Points::MembersHeld(uint32_t row, uint32_t account) const {
  const format::RuleRecord& rule = image_.Rules()[row];
  uint32_t held = 0;
  for (const format::AtomRefRecord& member : MembersOf(rule)) {
    held += AnyPlace(rule, member.atom, account, [](const ScopeBox&) { return true; }) ? 1 : 0;
  }
  return held;
}

uint32_t Points::MembersAt(const format::RuleRecord& rule, uint32_t account, uint16_t leaf) const {
  const uint32_t d = rule.dimension;
  uint32_t held = 0;
  for (const format::AtomRefRecord& member : MembersOf(rule)) {
    held += AnyPlace(rule, member.atom, account, [&](const ScopeBox& box) {
      return box[d].lo <= leaf && leaf < box[d].hi;
    }) ? 1 : 0;
  }
  return held;
}

// Two different leaves, one of each member; a rule across one member is about two places of it.
bool Points::IsAcross(const format::RuleRecord& rule, uint32_t account) const {
  const auto members = MembersOf(rule);
  const uint32_t d = rule.dimension;
  return AnyPlace(rule, members.front().atom, account, [&](const ScopeBox& a) {
    return AnyPlace(rule, members.back().atom, account, [&](const ScopeBox& b) {
      return !(a[d] == b[d] && a[d].hi - a[d].lo == 1);
    });
  });
}

bool Points::ViolatesIn(uint32_t row, uint32_t account) const {
  const format::RuleRecord& rule = image_.Rules()[row];
  if (rule.members_count == 0) return false;
  switch (rule.match) {
    case format::ScopeMatch::Any: return MembersHeld(row, account) > rule.at_most;
    case format::ScopeMatch::Across: return IsAcross(rule, account);
    case format::ScopeMatch::Same: break;
  }
  // The most members at once are found where one of them begins.
  for (const format::AtomRefRecord& member : MembersOf(rule)) {
    const bool is_violated = AnyPlace(rule, member.atom, account, [&](const ScopeBox& box) {
      return MembersAt(rule, account, box[rule.dimension].lo) > rule.at_most;
    });
    if (is_violated) return true;
  }
  return false;
}

}  // namespace sod::core
