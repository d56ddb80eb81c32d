// The marks of cells in words (second-ring E20): a legend is made of what occurs, never of what might.
#ifndef SOD_DOCUMENTS_MARKS_H_
#define SOD_DOCUMENTS_MARKS_H_

#include <string_view>
#include <vector>

#include "runtime/documents/build.h"

namespace sod::documents {

// The stable name of JSON: "conditional", "no_owner".
std::string_view NameOf(Mark mark);
// Calls `visit` for each mark of the set, in declared order.
template <typename Visit>
void ForEachMark(Marks marks, Visit visit) {
  for (uint32_t i = 0; marks >> i != 0; ++i) {
    if ((marks >> i & 1) != 0) visit(static_cast<Mark>(i));
  }
}

// What the state of a holding is marked with; nothing for an active one.
Marks MarksOf(HoldingState state);
// What stands in brackets behind the name of a holder.
Marks MarksOf(const Holder& holder);
Marks MarksOfActor(const Facts& facts, uint32_t actor);

// Every mark and every capacity in the tables, each once; without entries when there is none.
Legend LegendOfMarks(const Facts& facts, const std::vector<Block>& blocks);
// Of a view, whose blocks are sections: the members of the scale (kNone: none) that the tables name, highest
// first, before the first table, and the legend of marks behind the last.
void AddLegends(const Facts& facts, uint32_t scale, std::vector<Block>& sections);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_MARKS_H_
