// The separation requirement of each duty: its one-sided statements in their own words
// (rulings REF-3) or, where it has none, what its conflicts say; then what it was found compatible with.
#ifndef SOD_DOCUMENTS_REQUIREMENTS_H_
#define SOD_DOCUMENTS_REQUIREMENTS_H_

#include <vector>

#include "runtime/documents/build.h"

namespace sod::documents {

class Requirements {
 public:
  explicit Requirements(const Facts& facts);  // O(separations + compatibles + elements)
  Cell CellOf(uint32_t duty) const;

 private:
  void AddSeparations();
  void AddCompatibles();
  void AddConflicts();
  void AddCompatibleDuties(const format::CompatibleRecord& record);
  std::string Titles(std::span<const format::DutyRefRecord> duties) const;

  const Facts& facts_;
  std::vector<std::vector<Line>> statements_;         // by duty
  std::vector<std::vector<Line>> compatibles_;        // by duty
  std::vector<std::vector<std::string>> conflicts_;   // by duty: the other sides
};

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_REQUIREMENTS_H_
