// Where each atom is held: the exact test behind the bits of a Workspace, for rules that speak
// of scopes, accounts or states. Allocation-free once made, unless growth is allowed.
#ifndef SOD_CORE_POINTS_H_
#define SOD_CORE_POINTS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/core/boxes.h"
#include "sod/query.h"

namespace sod::core {

inline constexpr uint32_t kOwnAccount = 0xfffffffe;   // held by the subject itself
inline constexpr uint32_t kAnyAccount = 0xfffffffd;   // asked for: with each of them
inline constexpr uint32_t kTwoAccounts = 0xfffffffc;  // conferred by several accounts together
inline constexpr uint32_t kEveryAccount = 0xfffffffb; // as a question: whatever account

struct Point {
  ScopeBox box;           // every dimension written out
  uint32_t atom;
  uint32_t next;          // of the same atom, kNone at the end
  uint32_t account;
  uint32_t states;        // bits of HoldingState that it rests on
};

// Which rules need more than bits, and which atoms they look at.
class ExactRules {
 public:
  explicit ExactRules(const Image& image);
  bool any() const { return any_; }
  bool IsExact(uint32_t rule) const { return any_ && exact_[rule]; }
  bool IsWanted(uint32_t atom) const { return wanted_[atom]; }
  // What a table has at all, looked at once and not for every query.
  bool has_undecided() const { return has_undecided_; }
  bool has_scopes() const { return has_scopes_; }
  bool has_capacities() const { return has_capacities_; }
  // The states that some rule counts: bits.
  uint32_t states() const { return states_; }

 private:
  void WantMembers(const Image& image);

  bool any_ = false;
  bool has_undecided_ = false;
  bool has_scopes_ = false;
  bool has_capacities_ = false;
  uint32_t states_ = 0;
  std::vector<bool> exact_;   // by rule
  std::vector<bool> wanted_;  // by atom
};

class Points {
 public:
  explicit Points(const Image& image);

  const ExactRules& exact() const { return exact_; }
  const Dimensions& dimensions() const { return dimensions_; }

  // What the holdings give at `at`: of the atoms that exact rules want, or, when it may allocate,
  // of all.
  void Fill(std::span<const Holding> holdings, Instant at, bool with_undecided, bool may_allocate);
  // Whether the rule is violated by what was filled in.
  bool Violates(uint32_t rule) const;
  bool ViolatesIn(uint32_t rule, uint32_t account) const;
  // The accounts a rule is judged by: kEveryAccount, or each one for a rule per account.
  std::span<const uint32_t> AccountsFor(uint32_t rule) const;
  // Calls `f` with each place of the atom that counts for the rule, until it returns true.
  template <typename F>
  bool AnyPlace(const format::RuleRecord& rule, uint32_t atom, uint32_t account, F f) const {
    for (uint32_t i = heads_[atom]; i != kNone; i = points_[i].next) {
      const Point& point = points_[i];
      if ((point.states & ~rule.counting) != 0) continue;
      if (account != kEveryAccount && point.account != account && point.account != kAnyAccount) continue;
      if (dimensions_.AnyPart(point.box, rule.only_in, f)) return true;
    }
    return false;
  }
  uint32_t MembersHeld(uint32_t rule, uint32_t account) const;
  // Of a rule matched by one dimension: how many members cover the leaf.
  uint32_t MembersAt(const format::RuleRecord& rule, uint32_t account, uint16_t leaf) const;

 private:
  struct Source {
    ScopeBox box;
    uint32_t account;
    uint32_t states;
  };
  void Clear();
  void AddHolding(const Holding& holding, bool with_undecided);
  void Add(uint32_t atom, const ScopeBox& box, const Source& source);
  void Derive();
  void Combine(const format::DerivationRecord& derivation, uint32_t next, const Source& so_far);
  bool IsRepeated(uint32_t atom, const ScopeBox& box, const Source& source) const;
  bool IsWanted(uint32_t atom) const { return wants_all_ || exact_.IsWanted(atom); }
  std::span<const format::AtomRefRecord> MembersOf(const format::RuleRecord& rule) const {
    return Slice(image_.RuleMembers(), rule.members_first, rule.members_count);
  }
  bool IsAcross(const format::RuleRecord& rule, uint32_t account) const;

  const Image& image_;
  Dimensions dimensions_;
  ExactRules exact_;
  std::vector<uint32_t> heads_;     // by atom: first point
  std::vector<Point> points_;       // the first count_
  size_t count_ = 0;
  size_t tried_ = 0;                // combinations looked at by derivations
  std::vector<uint32_t> accounts_;  // the first account_count_
  size_t account_count_ = 0;
  bool wants_all_ = false;
  bool may_allocate_ = false;
  bool is_full_ = false;
};

}  // namespace sod::core

#endif  // SOD_CORE_POINTS_H_
