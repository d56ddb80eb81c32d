// Tables of the format-neutral tree: what a cell says, never how a format writes it.
#ifndef SOD_DOCUMENTS_TABLE_H_
#define SOD_DOCUMENTS_TABLE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sod::documents {

// One line of a cell. The symbol never stands alone: text follows it.
struct Line {
  std::string text;
  std::string_view symbol = {};  // lives in the loaded table
  bool has_markup = false;       // text is the prose subset of markup.h, else plain
  bool is_note = false;          // belongs to the line before, printed in brackets
};

// How much a cell should catch the eye, beside its text and never instead of it.
enum class Tone : uint8_t { Plain, Good, Caution, Serious, Bad };

// What a cell says beside its words and a reader may have to look up; those that occur are explained in
// the legend of the document (marks.h).
enum class Mark : uint8_t {
  Conditional, Undecided, Place, Capacity, Via, Entitlement, Together, Contradiction, Wish, Default, Planned, Failed,
  Eligible, Requested, Suspended, Emergency, Vacant, External, Team, NoOwner, Machine, Incomplete,
  Amended, Disabled,
};
using Marks = uint32_t;  // a set
inline constexpr Marks BitOf(Mark mark) { return 1u << static_cast<uint32_t>(mark); }

struct Cell {
  std::vector<Line> lines;
  std::string_view absent = {};  // not empty: prints a dash that is read aloud as this
  Tone tone = Tone::Plain;
  bool is_list = false;          // the lines are items of a list
  Marks marks = 0;
  std::vector<uint32_t> members = {};  // levels, risks and capacities that it names: rows of ScaleMembers
};

// Notes belong to the line before them and do not count.
inline size_t CountLines(const Cell& cell) {
  size_t count = 0;
  for (const Line& line : cell.lines) count += line.is_note ? 0 : 1;
  return count;
}

inline Cell TextCell(std::string text) {
  Cell cell;
  if (!text.empty()) cell.lines.push_back({std::move(text)});
  return cell;
}
// `meaning` must outlive the tree: a literal.
inline Cell AbsentCell(std::string_view meaning) {
  Cell cell;
  cell.absent = meaning;
  return cell;
}

enum class ColumnWidth : uint8_t { Narrow, Normal, Wide };

struct Column {
  std::string key;    // stable, for JSON
  std::string title;
  ColumnWidth width = ColumnWidth::Normal;
  bool is_row_header = false;  // at most one a table
  bool is_role = false;        // one of many alike with short cells: its head may be turned
};

struct Table {
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // as many cells a row as columns
  std::string when_empty = "No entries.";
};

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_TABLE_H_
