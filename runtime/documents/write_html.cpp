// One HTML file: no script, no address to load anything from, a structure that a
// screen reader can walk (formats.md 2.4) and a page that can be printed and signed.
#include <algorithm>
#include <utility>

#include "runtime/documents/blocks.h"
#include "runtime/documents/markup.h"
#include "runtime/documents/style_css.h"
#include "runtime/documents/table_parts.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

void AppendEscaped(std::string_view text, std::string& out) {
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

// Right-to-left text is isolated so that it cannot reorder its surroundings.
void AppendText(std::string_view text, std::string& out) {
  const std::string visible = Visible(text);
  if (std::all_of(visible.begin(), visible.end(), [](char c) { return static_cast<unsigned char>(c) < 0xd6; })) {
    AppendEscaped(visible, out);  // below U+0580 nothing runs from right to left
    return;
  }
  for (const DirectionRun& run : DirectionRuns(visible)) {
    if (run.is_right_to_left) out += "<bdi>";
    AppendEscaped(run.text, out);
    if (run.is_right_to_left) out += "</bdi>";
  }
}

std::string Attribute(std::string_view text) {
  std::string out;
  AppendEscaped(Visible(text), out);
  return out;
}

// A CSS string in which no character can end the string or the style element.
std::string CssString(std::string_view text) {
  std::string out = "\"";
  for (char c : Visible(text)) {
    if (c == '"' || c == '\\' || c == '<' || c == '>' || c == '\'' || c == '&') {
      constexpr char kHex[] = "0123456789abcdef";
      out += {'\\', kHex[(c >> 4) & 0xf], kHex[c & 0xf], ' '};
    } else {
      out += c;
    }
  }
  return out + '"';
}

void AppendInlines(const Inlines& inlines, std::string& out) {
  for (const Inline& part : inlines) {
    if (part.is_bold) out += "<strong>";
    if (part.is_italic) out += "<em>";
    if (part.is_code) out += "<code>";
    AppendText(part.text, out);
    if (part.is_code) out += "</code>";
    if (part.is_italic) out += "</em>";
    if (part.is_bold) out += "</strong>";
  }
}

void AppendRich(std::string_view text, bool has_markup, std::string& out) {
  if (has_markup) {
    AppendInlines(ParseInlines(text), out);
  } else {
    AppendText(text, out);
  }
}

std::string_view ClassOf(Tone tone) {
  switch (tone) {
    case Tone::Plain:
      return "";
    case Tone::Good:
      return "good";
    case Tone::Caution:
      return "caution";
    case Tone::Serious:
      return "serious";
    case Tone::Bad:
      return "bad";
  }
  return "";
}

std::string_view ClassOf(ColumnWidth width) {
  switch (width) {
    case ColumnWidth::Narrow:
      return "narrow";
    case ColumnWidth::Normal:
      return "";
    case ColumnWidth::Wide:
      return "wide";
  }
  return "";
}

// Turned paper breaks the page before and after, so in running text only a table of many columns
// is worth it. A view is little more than its tables: it turns as a whole.
bool IsWide(const Table& table) { return table.columns.size() > 6; }
bool IsWideView(const Table& table) {
  const bool has_wide_column = std::any_of(table.columns.begin(), table.columns.end(), [](const Column& c) {
    return c.width == ColumnWidth::Wide;
  });
  return IsWide(table) || (has_wide_column && table.columns.size() > 4);
}

bool AnyTable(const std::vector<Block>& blocks, bool (*predicate)(const Table&)) {
  for (const Block& block : blocks) {
    const auto* table = std::get_if<Table>(&block.content);
    if (table != nullptr && predicate(*table)) return true;
    const auto* section = std::get_if<Section>(&block.content);
    if (section != nullptr && AnyTable(section->blocks, predicate)) return true;
  }
  return false;
}

// A section turns with its table when there is nothing else below it that would turn back.
bool IsLandscape(const Section& section) {
  const bool has_section = std::any_of(section.blocks.begin(), section.blocks.end(), [](const Block& block) {
    return std::holds_alternative<Section>(block.content);
  });
  return !has_section && AnyTable(section.blocks, IsWide);
}

class Writer {
 public:
  std::string Write(const Tree& tree) {
    is_landscape_ = tree.kind != "document" && AnyTable(tree.blocks, IsWideView);
    Head(tree);
    Header(tree);
    out_ += "<main>\n";
    for (const Block& block : tree.blocks) WriteBlock(block, 2);
    out_ += "</main>\n";
    Footer(tree);
    out_ += "</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void Head(const Tree& tree) {
    out_ +=
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
    out_ += Attribute(tree.title);
    if (!tree.subtitle.empty()) out_ += " – " + Attribute(tree.subtitle);
    if (!tree.organization.empty()) out_ += " – " + Attribute(tree.organization);
    out_ += "</title>\n<style>";
    out_ += kStyleSheet;
    for (std::string_view page : {"@page", "@page wide"}) {
      out_ += page;
      out_ += " {\n  @bottom-left { content: " + CssString(tree.running_line) +
              "; font: 7.5pt \"Liberation Sans\", Arial, sans-serif; color: #4a525c; width: 80%; }\n"
              "  @bottom-right { content: \"Page \" counter(page) \" of \" counter(pages);"
              " font: 7.5pt \"Liberation Sans\", Arial, sans-serif; color: #4a525c; }\n}\n";
    }
    out_ += is_landscape_ ? "</style>\n</head>\n<body class=\"landscape\">\n" : "</style>\n</head>\n<body>\n";
  }

  void Header(const Tree& tree) {
    out_ += "<header>\n";
    if (!tree.organization.empty()) Element("p", "organization", tree.organization);
    Element("h1", "", tree.title);
    if (!tree.subtitle.empty()) Element("p", "subtitle", tree.subtitle);
    if (!tree.badges.empty()) {
      out_ += "<p class=\"spoken\">Frameworks:</p>\n<ul class=\"badges\">\n";
      for (const std::string& badge : tree.badges) Element("li", "", badge);
      out_ += "</ul>\n";
    }
    if (!tree.metadata.empty()) {
      out_ += "<dl class=\"metadata\">\n";
      for (const Field& field : tree.metadata) {
        out_ += "<div>";
        WriteField(field, "");
        out_ += "</div>\n";
      }
      out_ += "</dl>\n";
    }
    out_ += "</header>\n";
  }

  void Footer(const Tree& tree) {
    out_ += "<footer>\n<dl class=\"provenance\">\n";
    for (const Field& field : tree.footer) {
      WriteField(field, field.text.size() == 64 ? "digest" : "");
      out_ += '\n';
    }
    out_ += "</dl>\n";
    if (!tree.footer_note.empty()) Element("p", "", tree.footer_note);
    out_ += "</footer>\n";
  }

  void Open(std::string_view tag, std::string_view css_class) {
    out_.append("<").append(tag);
    if (!css_class.empty()) out_.append(" class=\"").append(css_class).append("\"");
    out_ += '>';
  }
  void Element(std::string_view tag, std::string_view css_class, std::string_view text) {
    Open(tag, css_class);
    AppendText(text, out_);
    out_.append("</").append(tag).append(">\n");
  }

  void WriteField(const Field& field, std::string_view css_class) {
    Open("dt", field.is_blank ? "blank" : "");
    AppendText(field.label, out_);
    out_ += "</dt>";
    if (field.is_blank) {
      out_ += "<dd class=\"blank\"><span class=\"spoken\">to be filled in by hand</span></dd>";
      return;
    }
    Open("dd", css_class);
    AppendRich(field.text, field.has_markup, out_);
    out_ += "</dd>";
  }

  void WriteBlock(const Block& block, int depth) {
    std::visit([&](const auto& content) { WriteContent(content, depth); }, block.content);
  }

  void WriteContent(const Prose& prose, int) {
    for (const ProseBlock& block : ParseProse(prose.text)) {
      if (block.kind == ProseBlock::Kind::Paragraph) {
        out_ += "<p>";
        AppendInlines(block.items[0], out_);
        out_ += "</p>\n";
      } else {
        WriteList(block.kind == ProseBlock::Kind::Numbers ? "ol" : "ul", block.items);
      }
    }
  }

  void WriteList(std::string_view tag, const std::vector<Inlines>& items) {
    out_.append("<").append(tag).append(">\n");
    for (const Inlines& item : items) {
      out_ += "<li>";
      AppendInlines(item, out_);
      out_ += "</li>\n";
    }
    out_.append("</").append(tag).append(">\n");
  }

  void WriteContent(const Bullets& bullets, int) {
    std::vector<Inlines> items;
    for (const std::string& item : bullets.items) items.push_back(ParseInlines(item));
    WriteList("ul", items);
  }

  void WriteContent(const Fields& fields, int) {
    out_ += "<dl class=\"fields\">\n";
    for (const Field& field : fields.fields) {
      WriteField(field, "");
      out_ += '\n';
    }
    out_ += "</dl>\n";
  }

  void WriteContent(const Legend& legend, int) {
    out_ += "<div class=\"legend\">\n";
    Element("p", "", legend.title);
    out_ += "<dl>\n";
    for (const LegendEntry& entry : legend.entries) {
      out_ += "<dt>";
      Symbol(entry.symbol);
      AppendText(entry.title, out_);
      out_ += "</dt><dd>";
      AppendText(entry.definition, out_);
      out_ += "</dd>\n";
    }
    out_ += "</dl>\n</div>\n";
  }

  void WriteContent(const Section& section, int depth) {
    const bool turns = !is_landscape_ && IsLandscape(section);
    Open("section", turns ? "landscape" : "");
    out_ += '\n';
    const std::string tag = {'h', static_cast<char>('0' + std::min(depth, 6))};
    Element(tag, "", section.title);
    const std::string outer_title = std::exchange(section_title_, section.title);
    is_landscape_ |= turns;
    for (const Block& block : section.blocks) WriteBlock(block, depth + 1);
    if (turns) is_landscape_ = false;
    section_title_ = outer_title;
    out_ += "</section>\n";
  }

  void WriteContent(const Table& table, int) {
    if (table.rows.empty()) {
      Element("p", "", table.when_empty);
      return;
    }
    ++table_count_;
    const std::vector<std::vector<size_t>> parts = PartsOf(table);
    for (size_t i = 0; i < parts.size(); ++i) {
      std::string id = "table-" + std::to_string(table_count_);
      std::string number = "Table " + std::to_string(table_count_);
      if (parts.size() > 1) {
        id += "-" + std::to_string(i + 1);
        number += " (part " + std::to_string(i + 1) + " of " + std::to_string(parts.size()) + ")";
      }
      OpenSheet(table, id, number);
      WriteColumns(table, parts[i]);
      for (const std::vector<Cell>& row : table.rows) WriteRow(table, parts[i], row);
      out_ += "</tbody>\n</table>\n</section>\n";
    }
  }

  static bool IsDense(const Table& table) {
    return static_cast<size_t>(std::ranges::count(table.columns, true, &Column::is_role)) >= kTurnedRoles;
  }

  // The sheet scrolls sideways on a small screen, so the keyboard must reach it.
  void OpenSheet(const Table& table, const std::string& id, const std::string& number) {
    out_ += "<section class=\"sheet";
    if (IsWide(table) && !is_landscape_) out_ += " landscape";
    if (IsWide(table)) out_ += " many";
    if (IsDense(table)) out_ += " dense";
    out_ += "\" tabindex=\"0\" aria-labelledby=\"" + id + "\">\n<table>\n<caption id=\"" + id + "\"><b>" + number +
            "</b> ";
    AppendText(table.caption.empty() ? std::string_view(section_title_) : table.caption, out_);
    out_ += "</caption>\n";
  }

  void WriteColumns(const Table& table, const std::vector<size_t>& part) {
    const bool is_dense = IsDense(table);
    out_ += "<thead>\n<tr>";
    for (size_t i : part) {
      const Column& column = table.columns[i];
      const bool is_turned = is_dense && column.is_role;
      const std::string_view css_class = is_turned ? "turned" : ClassOf(column.width);
      out_ += "<th scope=\"col\"";
      if (!css_class.empty()) out_.append(" class=\"").append(css_class).append("\"");
      out_ += is_turned ? "><span>" : ">";
      AppendText(column.title, out_);
      out_ += is_turned ? "</span></th>" : "</th>";
    }
    out_ += "</tr>\n</thead>\n<tbody>\n";
  }

  void WriteRow(const Table& table, const std::vector<size_t>& part, const std::vector<Cell>& row) {
    out_ += "<tr>";
    for (size_t i : part) {
      const bool is_header = table.columns[i].is_row_header;
      out_ += is_header ? "<th scope=\"row\"" : "<td";
      WriteCellClass(row[i]);
      out_ += '>';
      WriteCell(row[i]);
      out_ += is_header ? "</th>" : "</td>";
    }
    out_ += "</tr>\n";
  }

  void WriteCellClass(const Cell& cell) {
    const std::string_view css_class = cell.lines.empty() ? "none" : ClassOf(cell.tone);
    if (!css_class.empty()) out_.append(" class=\"").append(css_class).append("\"");
  }

  void WriteCell(const Cell& cell) {
    if (cell.lines.empty()) {
      if (cell.absent.empty()) return;
      out_ += "<span aria-hidden=\"true\">–</span><span class=\"spoken\">";
      out_.append(cell.absent).append("</span>");
      return;
    }
    const std::string_view tag = CountLines(cell) < 2 ? "" : cell.is_list ? "li" : "p";
    if (tag == "li") out_ += "<ul>";
    bool is_open = false;
    for (const Line& line : cell.lines) {
      if (!line.is_note && !tag.empty()) {
        if (is_open) out_.append("</").append(tag).append(">");
        out_.append("<").append(tag).append(">");
        is_open = true;
      }
      WriteLine(line, &line != cell.lines.data());
    }
    if (is_open) out_.append("</").append(tag).append(">");
    if (tag == "li") out_ += "</ul>";
  }

  void WriteLine(const Line& line, bool follows) {
    if (line.is_note) {
      out_ += follows ? " <span class=\"note\">(" : "<span class=\"note\">(";
      AppendRich(line.text, line.has_markup, out_);
      out_ += ")</span>";
      return;
    }
    Symbol(line.symbol);
    AppendRich(line.text, line.has_markup, out_);
  }

  // The text beside it says the same.
  void Symbol(std::string_view symbol) {
    if (symbol.empty()) return;
    out_ += "<span class=\"symbol\" aria-hidden=\"true\">";
    AppendText(symbol, out_);
    out_ += "</span>";
  }

  std::string out_;
  int table_count_ = 0;
  bool is_landscape_ = false;
  std::string section_title_;  // captions a table that has no caption of its own
};

}  // namespace

std::string WriteHtml(const Tree& tree) { return Writer().Write(tree); }

}  // namespace sod::documents
