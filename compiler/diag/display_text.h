// Source text as a terminal shows it: cells, escapes, tabs.
#ifndef SODC_DIAG_DISPLAY_TEXT_H_
#define SODC_DIAG_DISPLAY_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sodc {

// One line made fit to print, and the cell at which each of its bytes is shown.
struct DisplayLine {
  std::string text;
  uint32_t first_byte = 0;      // what comes before is not shown
  std::vector<uint32_t> cells;  // by byte from first_byte on; one more for the end

  uint32_t CellOf(uint32_t byte) const {
    const size_t index = byte < first_byte ? 0 : byte - first_byte;
    return cells[index < cells.size() ? index : cells.size() - 1];
  }
};

// At most `max_cells` of the line are shown, around the byte `focus`; an ellipsis stands
// for what is left out on either side.
struct DisplayLimits {
  uint32_t tab_width = 4;
  uint32_t max_cells = 160;
};
DisplayLine MakeDisplayLine(std::string_view line, uint32_t focus, DisplayLimits limits);

}  // namespace sodc

#endif  // SODC_DIAG_DISPLAY_TEXT_H_
