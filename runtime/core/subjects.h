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

// Assignments by holder and teams by member, so that a subject costs what it holds.
// O(assignments + accounts + team members) to make; refers to the table's image.
class HoldingIndex {
 public:
  explicit HoldingIndex(const Table& table);

  Subject OfActor(uint32_t actor) const;
  Subject OfUnownedAccount(uint32_t account) const;

 private:
  // The actor and every team that contains it, nearest first.
  std::vector<uint32_t> WithTeams(uint32_t actor) const;
  void AddRows(std::span<const uint32_t> rows, Subject& subject) const;

  const Image& image_;
  RowsByKey by_actor_;
  RowsByKey by_account_;
  RowsByKey teams_;                     // rows of TeamMembers by member
  std::vector<uint32_t> team_of_row_;   // the team a row of TeamMembers belongs to
};

// "gitlab:eric"
std::string AccountId(const Image& image, uint32_t account);

// From `actor` up to `team`, both included, by the shortest chain of memberships; nearest rows
// first among equals. Empty when there is none.
std::vector<uint32_t> TeamChain(const Image& image, uint32_t actor, uint32_t team);

}  // namespace sod::core

#endif  // SOD_CORE_SUBJECTS_H_
