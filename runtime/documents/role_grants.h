// The grants behind a cell of the role matrix: every one by which a role gives a duty, its own and
// those of the roles it includes, and what they say beside the level.
#ifndef SOD_DOCUMENTS_ROLE_GRANTS_H_
#define SOD_DOCUMENTS_ROLE_GRANTS_H_

#include <vector>

#include "runtime/documents/build.h"

namespace sod::documents {

struct GrantNote {
  std::string text;
  Mark mark;
  std::vector<uint32_t> members = {};  // capacities: rows of ScaleMembers
};

// Prints the note behind the line before it and marks the cell.
void AddNote(GrantNote note, Cell& cell);

class RoleGrants {
 public:
  RoleGrants(const Facts& facts, uint32_t role);  // O(grants of the role and of those it includes)

  // "conditional: if the pharmacy is closed", "in Development", "Supports": each only where all
  // grants of the duty say so, since one without gives more.
  std::vector<GrantNote> NotesOn(uint32_t duty) const;
  // The reasons of grants that are not decided yet; empty when there is none.
  std::vector<std::string> UndecidedOn(uint32_t duty) const;

 private:
  void Add(const format::GrantRecord& grant);
  std::string PlaceOf(uint32_t scope) const;
  std::string CapacityOf(const format::GrantRecord& grant) const;

  const Facts& facts_;
  std::vector<std::vector<const format::GrantRecord*>> grants_;  // by duty
};

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_ROLE_GRANTS_H_
