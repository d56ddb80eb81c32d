// RFC 4180: the tables one after another, each under a row with its title, then a
// table that says where they come from. Spreadsheets must not run a cell as a formula.
#include <algorithm>

#include "runtime/documents/blocks.h"
#include "runtime/documents/markup.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

// What a spreadsheet takes for the start of a formula; also in full width.
bool StartsFormula(std::string_view text) {
  if (text.empty()) return false;
  for (std::string_view wide : {"＝", "＋", "－", "＠"}) {
    if (text.starts_with(wide)) return true;
  }
  return std::string_view("=+-@\t\r\n").find(text[0]) != std::string_view::npos;
}

void AppendField(std::string_view text, std::string& out) {
  std::string safe = StartsFormula(text) ? "'" : "";
  safe += VisibleLines(text);
  if (safe.find_first_of(",\"\n\r") == std::string::npos) {
    out += safe;
    return;
  }
  out += '"';
  for (char c : safe) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string TextOf(const Line& line) {
  std::string out;
  if (!line.symbol.empty()) out.append(line.symbol).append(" ");
  out += Visible(line.has_markup ? PlainText(line.text) : line.text);
  return line.is_note ? "(" + out + ")" : out;
}

std::string TextOf(const Cell& cell) {
  if (cell.lines.empty()) return cell.absent.empty() ? "" : "–";
  std::string out;
  for (const Line& line : cell.lines) {
    if (!out.empty()) out += line.is_note ? ' ' : '\n';
    out += TextOf(line);
  }
  return out;
}

class Writer {
 public:
  std::string Write(const Tree& tree) {
    for (const Block& block : tree.blocks) WriteBlock(block, tree.title);
    for (const Legend* legend : legends_) WriteLegend(*legend);
    Row({"About this document"});
    Row({"Title", tree.title});
    for (const Field& field : tree.metadata) Row({field.label, field.text});
    for (const Field& field : tree.footer) {
      if (!Has(tree.metadata, field)) Row({field.label, field.text});
    }
    Row({"Note", tree.footer_note});
    return std::move(out_);
  }

 private:
  // Metadata and footer are one table here: what both say is said once.
  static bool Has(const std::vector<Field>& fields, const Field& wanted) {
    return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
      return field.label == wanted.label && field.text == wanted.text;
    });
  }

  void Row(std::initializer_list<std::string_view> cells) {
    bool is_first = true;
    for (std::string_view cell : cells) {
      if (!is_first) out_ += ',';
      is_first = false;
      AppendField(cell, out_);
    }
    out_ += "\r\n";
  }

  void WriteBlock(const Block& block, std::string_view title) {
    if (const auto* section = std::get_if<Section>(&block.content)) {
      for (const Block& child : section->blocks) WriteBlock(child, section->title);
    } else if (const auto* table = std::get_if<Table>(&block.content)) {
      WriteTable(*table, title);
    } else if (const auto* legend = std::get_if<Legend>(&block.content)) {
      legends_.push_back(legend);  // behind the tables: a program reads the first one
    }
  }

  void WriteLegend(const Legend& legend) {
    Row({legend.title});
    Row({"Mark", "Meaning"});
    for (const LegendEntry& entry : legend.entries) {
      std::string mark(entry.symbol);
      mark.append(mark.empty() ? "" : " ").append(entry.title);
      Row({Visible(mark), Visible(entry.definition)});
    }
    out_ += "\r\n";
  }

  void WriteTable(const Table& table, std::string_view title) {
    Row({table.caption.empty() ? title : std::string_view(table.caption)});
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (i != 0) out_ += ',';
      AppendField(table.columns[i].title, out_);
    }
    out_ += "\r\n";
    for (const std::vector<Cell>& row : table.rows) {
      for (size_t i = 0; i < row.size(); ++i) {
        if (i != 0) out_ += ',';
        AppendField(TextOf(row[i]), out_);
      }
      out_ += "\r\n";
    }
    out_ += "\r\n";
  }

  std::string out_;
  std::vector<const Legend*> legends_;
};

}  // namespace

std::string WriteCsv(const Tree& tree) { return Writer().Write(tree); }

}  // namespace sod::documents
