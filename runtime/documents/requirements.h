// The separation requirement of each duty: its one-sided statements in their own words
// (rulings REF-3), then the conflicts that no statement of its own speaks of, then what it was
// found compatible with. Of a duty without statements, all its conflicts.
#ifndef SOD_DOCUMENTS_REQUIREMENTS_H_
#define SOD_DOCUMENTS_REQUIREMENTS_H_

#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/documents/build.h"

namespace sod::documents {

class Requirements {
 public:
  explicit Requirements(const Facts& facts);  // O(separations + compatibles + elements)
  Cell CellOf(uint32_t duty) const;

 private:
  using Place = std::tuple<uint32_t, uint32_t, uint32_t>;

  void AddSeparations();
  void AddTargets(const format::SeparationRecord& separation);
  void AddCompatibles();
  void AddConflicts();
  void AddCompatibleDuties(const format::CompatibleRecord& record);
  // True when a `conflict` states the rule, not only a `separated from`.
  bool IsDeclared(const format::RuleRecord& rule) const;
  // True when the duty's own statements name the only duty of the other side.
  bool IsStated(uint32_t duty, const format::SideRecord& other) const;
  std::string Titles(std::span<const format::DutyRefRecord> duties) const;

  const Facts& facts_;
  std::vector<std::vector<Line>> statements_;         // by duty
  std::vector<std::vector<Line>> compatibles_;        // by duty
  std::vector<std::vector<std::string>> conflicts_;   // by duty: the other sides
  std::vector<std::vector<std::string>> unstated_;    // of them, those that no statement gave
  std::set<Place> separations_;                       // where statements stand
  std::set<std::pair<uint32_t, uint32_t>> stated_;    // duty, target
};

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_REQUIREMENTS_H_
