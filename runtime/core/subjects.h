// Who holds what by the table's own assignments.
#ifndef SOD_CORE_SUBJECTS_H_
#define SOD_CORE_SUBJECTS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::core {

// Rows grouped by a key in one pass: OfKey(k) are the rows with key k, ascending.
class RowsByKey {
 public:
  // `keys[row]` < key_count or kNone for a row that belongs nowhere.
  RowsByKey(std::span<const uint32_t> keys, uint32_t key_count);
  std::span<const uint32_t> OfKey(uint32_t key) const {
    return std::span(rows_).subspan(begins_[key], begins_[key + 1] - begins_[key]);
  }

 private:
  std::vector<uint32_t> begins_;
  std::vector<uint32_t> rows_;
};

// What an assignment or a delegation gives, and when: one of duty, role and entitlement.
template <typename Record>
Holding HoldingOf(const Record& record) {
  Holding holding;
  holding.kind = record.role != format::kNone          ? HeldKind::Role
                 : record.entitlement != format::kNone ? HeldKind::Entitlement
                                                       : HeldKind::Duty;
  holding.target = holding.kind == HeldKind::Role          ? record.role
                   : holding.kind == HeldKind::Entitlement ? record.entitlement
                                                           : record.duty;
  if (holding.kind == HeldKind::Duty) holding.level = record.level;
  holding.from = record.from;
  holding.until = record.until;
  return holding;
}

// Assignments by holder and teams by member, so that a subject costs what it holds.
// O(assignments + accounts + team members) to make; refers to the table's image.
class HoldingIndex {
 public:
  explicit HoldingIndex(const Table& table);

  Subject OfActor(uint32_t actor) const;
  Subject OfUnownedAccount(uint32_t account) const;
  // Whether somebody acts as it: then it is no subject of its own. Who controls it has none of its holdings.
  bool IsUsedByOthers(uint32_t actor) const;

 private:
  // The actor, every team that contains it and everything it acts as, nearest first.
  std::vector<uint32_t> HoldersOf(uint32_t actor) const;
  void AddRows(std::span<const uint32_t> rows, Subject& subject) const;
  void AddDelegations(uint32_t actor, Subject& subject) const;
  // One holding for each box of the scope.
  void AddBoxes(const Holding& holding, uint32_t scope, Subject& subject) const;

  const Image& image_;
  RowsByKey by_actor_;
  RowsByKey by_account_;
  RowsByKey shared_;                    // rows of AccountUsers by user
  RowsByKey delegations_;               // rows of Delegations by delegate
  RowsByKey used_;                      // rows of ActorActsAs by what is acted as
  RowsByKey teams_;                     // rows of TeamMembers by member
  std::vector<uint32_t> account_of_row_;  // the account a row of AccountUsers belongs to
  std::vector<uint32_t> team_of_row_;   // the team a row of TeamMembers belongs to
};

// "gitlab:eric"
std::string AccountId(const Image& image, uint32_t account);

// From `actor` to `holder`, both included, by the shortest chain of memberships and of acting as;
// nearest rows first among equals. Empty when there is none.
std::vector<uint32_t> HolderChain(const Image& image, uint32_t actor, uint32_t holder);
// The actor and everybody whose holdings count for it, nearest first.
std::vector<uint32_t> HoldersFor(const Image& image, uint32_t actor);
// Whoever of those whose holdings count for the actor owns or shares the account; kNone: nobody.
uint32_t UserOf(const Image& image, uint32_t actor, uint32_t account);

}  // namespace sod::core

#endif  // SOD_CORE_SUBJECTS_H_
