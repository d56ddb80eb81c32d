// GitHub-flavoured Markdown. Names are text: every character that Markdown or HTML
// would interpret is escaped; the only HTML written is `<br>` inside cells.
#include <algorithm>

#include "runtime/documents/blocks.h"
#include "runtime/documents/markup.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

constexpr std::string_view kBlank = "________________________";

bool IsWord(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// `&` starts an entity only before a letter or `#`.
bool StartsEntity(std::string_view rest) {
  return rest.size() > 1 && (IsWord(rest[1]) || rest[1] == '#') &&
         rest.find(';') != std::string_view::npos;
}

void AppendEscaped(std::string_view text, std::string& out) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '&':
        out += StartsEntity(text.substr(i)) ? "&amp;" : "&";
        break;
      case '_': {  // inside a word it is text
        const bool is_inside = i > 0 && i + 1 < text.size() && IsWord(text[i - 1]) && IsWord(text[i + 1]);
        out += is_inside ? "_" : "\\_";
        break;
      }
      case '\\':
      case '`':
      case '*':
      case '[':
      case ']':
      case '|':
      case '~':
        out += '\\';
        [[fallthrough]];
      default:
        out += c;
    }
  }
}

std::string Escaped(std::string_view text) {
  std::string out;
  AppendEscaped(Visible(text), out);
  return out;
}

// Emphasized text.
std::string Wrapped(std::string_view mark, std::string_view text) {
  return std::string(mark).append(Escaped(text)).append(mark);
}

// What a line must not begin with lest it become a heading, list, quote or rule.
std::string EscapedLine(std::string line) {
  const size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')')) {
    line.insert(digits, 1, '\\');
  } else if (!line.empty() && (line[0] == '#' || line[0] == '-' || line[0] == '+' || line[0] == '>' ||
                               line[0] == '=' || line[0] == ':')) {
    line.insert(0, 1, '\\');
  }
  return line;
}

// A code span cannot hold the backtick that ends it, and in a table not a bare pipe.
void AppendCode(std::string_view text, std::string& out) {
  out += '`';
  for (char c : Visible(text)) {
    if (c == '|') out += '\\';
    out += c;
  }
  out += '`';
}

std::string WriteInlines(const Inlines& inlines) {
  std::string out;
  for (const Inline& part : inlines) {
    const std::string_view mark = part.is_bold ? (part.is_italic ? "***" : "**") : part.is_italic ? "*" : "";
    out += mark;
    if (part.is_code) {
      AppendCode(part.text, out);
    } else {
      AppendEscaped(Visible(part.text), out);
    }
    out += mark;
  }
  return out;
}

std::string WriteRich(std::string_view text, bool has_markup) {
  return has_markup ? WriteInlines(ParseInlines(text)) : Escaped(text);
}

class Writer {
 public:
  std::string Write(const Tree& tree) {
    Heading(tree.title, 1);
    if (!tree.subtitle.empty()) Paragraph(EscapedLine(Escaped(tree.subtitle)));
    if (!tree.badges.empty()) Paragraph(Badges(tree.badges));
    WriteFields(tree.metadata);
    for (const Block& block : tree.blocks) WriteBlock(block, 2);
    Paragraph("---");
    WriteFields(tree.footer);
    if (!tree.footer_note.empty()) Paragraph(Wrapped("*", tree.footer_note));
    return std::move(out_);
  }

 private:
  void Paragraph(std::string_view text) {
    if (!out_.empty()) out_ += '\n';
    out_ += text;
    out_ += '\n';
  }

  void Heading(std::string_view title, int depth) {
    std::string text = Escaped(title);
    if (text.ends_with('#')) text.insert(text.size() - 1, 1, '\\');  // would be a closing sequence
    Paragraph(std::string(static_cast<size_t>(std::min(depth, 6)), '#') + ' ' + text);
  }

  static std::string Badges(const std::vector<std::string>& badges) {
    std::string out;
    for (const std::string& badge : badges) out.append(out.empty() ? "" : " · ").append(Wrapped("**", badge));
    return out;
  }

  void WriteBlock(const Block& block, int depth) {
    std::visit([&](const auto& content) { WriteContent(content, depth); }, block.content);
  }

  void WriteContent(const Prose& prose, int) {
    for (const ProseBlock& block : ParseProse(prose.text)) {
      if (block.kind == ProseBlock::Kind::Paragraph) {
        Paragraph(EscapedLine(WriteInlines(block.items[0])));
      } else {
        WriteList(block.items, block.kind == ProseBlock::Kind::Numbers);
      }
    }
  }

  void WriteList(const std::vector<Inlines>& items, bool is_numbered) {
    out_ += '\n';
    size_t number = 0;
    for (const Inlines& item : items) {
      out_ += is_numbered ? std::to_string(++number) + ". " : "- ";
      out_ += EscapedLine(WriteInlines(item)) + '\n';
    }
  }

  void WriteContent(const Bullets& bullets, int) {
    std::vector<Inlines> items;
    for (const std::string& item : bullets.items) items.push_back(ParseInlines(item));
    WriteList(items, /*is_numbered=*/false);
  }

  void WriteContent(const Fields& fields, int) { WriteFields(fields.fields); }

  // Hard breaks keep the lines of one block together.
  void WriteFields(const std::vector<Field>& fields) {
    if (fields.empty()) return;
    out_ += '\n';
    for (size_t i = 0; i < fields.size(); ++i) {
      const Field& field = fields[i];
      out_ += "**" + Escaped(field.label) + ":** ";
      out_ += field.is_blank ? std::string(kBlank) : WriteRich(field.text, field.has_markup);
      out_ += i + 1 < fields.size() ? "  \n" : "\n";
    }
  }

  void WriteContent(const Legend& legend, int) {
    Paragraph(Wrapped("**", legend.title));
    out_ += '\n';
    for (const LegendEntry& entry : legend.entries) {
      out_ += "- ";
      if (!entry.symbol.empty()) out_ += Escaped(entry.symbol) + ' ';
      out_ += Wrapped("**", entry.title);
      if (!entry.definition.empty()) out_ += " – " + Escaped(entry.definition);
      out_ += '\n';
    }
  }

  void WriteContent(const Section& section, int depth) {
    Heading(section.title, depth);
    for (const Block& block : section.blocks) WriteBlock(block, depth + 1);
  }

  void WriteContent(const Table& table, int) {
    if (!table.caption.empty()) Paragraph(Wrapped("*", table.caption));
    if (table.rows.empty()) {
      Paragraph(Escaped(table.when_empty));
      return;
    }
    out_ += "\n|";
    for (const Column& column : table.columns) out_ += ' ' + Escaped(column.title) + " |";
    out_ += "\n|";
    for (size_t i = 0; i < table.columns.size(); ++i) out_ += " --- |";
    out_ += '\n';
    for (const std::vector<Cell>& row : table.rows) {
      out_ += '|';
      for (size_t i = 0; i < row.size(); ++i) {
        out_ += ' ';
        WriteCell(row[i], table.columns[i].is_row_header);
        out_ += " |";
      }
      out_ += '\n';
    }
  }

  void WriteCell(const Cell& cell, bool is_row_header) {
    if (cell.lines.empty()) {
      out_ += cell.absent.empty() ? "" : "–";
      return;
    }
    const bool has_bullets = cell.is_list && CountLines(cell) > 1;
    bool is_first = true;
    for (const Line& line : cell.lines) {
      if (!is_first) out_ += line.is_note ? " " : "<br>";
      is_first = false;
      if (has_bullets && !line.is_note) out_ += "• ";
      if (!line.symbol.empty()) out_ += Escaped(line.symbol) + ' ';
      const std::string text = WriteRich(line.text, line.has_markup);
      if (line.is_note) {
        out_ += '(' + text + ')';
      } else if (is_row_header && !line.has_markup && !text.empty()) {
        out_ += "**" + text + "**";
      } else {
        out_ += text;
      }
    }
  }

  std::string out_;
};

}  // namespace

std::string WriteMarkdown(const Tree& tree) { return Writer().Write(tree); }

}  // namespace sod::documents
