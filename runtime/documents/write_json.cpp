// Schema sod.matrix/1: the tree as data, indented, keys in a fixed order.
// docs/documents.md describes it.
#include <cstdio>

#include "runtime/documents/blocks.h"
#include "runtime/documents/marks.h"
#include "runtime/documents/markup.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

// Characters outside printable ASCII that could deceive a reader of the file are escaped as well.
void AppendString(std::string_view text, std::string& out) {
  out += '"';
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const uint32_t c = NextCodePoint(text, at);
    const bool is_deceptive = c == 0x61c || c == 0xfeff || (c >= 0x200e && c <= 0x200f) ||
                              (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || is_deceptive) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
      out += buffer;
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  out += '"';
}

std::string_view NameOf(Tone tone) {
  switch (tone) {
    case Tone::Plain:
      return "plain";
    case Tone::Good:
      return "good";
    case Tone::Caution:
      return "caution";
    case Tone::Serious:
      return "serious";
    case Tone::Bad:
      return "bad";
  }
  return "plain";
}

// Objects and arrays with commas and indentation in one place.
class Json {
 public:
  void Open(char bracket) {
    out_ += bracket;
    ++depth_;
    is_first_ = true;
  }
  void Close(char bracket) {
    --depth_;
    if (!is_first_) NewLine();
    out_ += bracket;
    is_first_ = false;
  }
  void Item() {
    if (!is_first_) out_ += ',';
    is_first_ = false;
    NewLine();
  }
  void Key(std::string_view key) {
    Item();
    AppendString(key, out_);
    out_ += ": ";
  }
  void Text(std::string_view text) { AppendString(text, out_); }
  void Text(std::string_view key, std::string_view text) {
    Key(key);
    Text(text);
  }
  void Flag(std::string_view key, bool value) {
    if (!value) return;
    Key(key);
    out_ += "true";
  }
  // Leaves out what is empty.
  void TextIfAny(std::string_view key, std::string_view text) {
    if (!text.empty()) Text(key, text);
  }
  template <typename Range, typename Write>
  void Array(std::string_view key, const Range& range, Write write) {
    Key(key);
    Items(range, write);
  }
  template <typename Range, typename Write>
  void Items(const Range& range, Write write) {
    Open('[');
    for (const auto& item : range) {
      Item();
      write(item);
    }
    Close(']');
  }
  std::string Take() {
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void NewLine() {
    out_ += '\n';
    out_.append(static_cast<size_t>(depth_), ' ');
  }

  std::string out_;
  int depth_ = 0;
  bool is_first_ = true;
};

class Writer {
 public:
  std::string Write(const Tree& tree) {
    json_.Open('{');
    json_.Text("schema", "sod.matrix/1");
    json_.Text("kind", tree.kind);
    json_.Text("name", tree.name);
    json_.Text("title", tree.title);
    json_.TextIfAny("subtitle", tree.subtitle);
    json_.TextIfAny("organization", tree.organization);
    json_.Array("frameworks", tree.badges, [&](const std::string& badge) { json_.Text(badge); });
    WriteFields("metadata", tree.metadata);
    WriteBlocks("blocks", tree.blocks);
    WriteFields("footer", tree.footer);
    json_.Flag("controls_listed_not_evaluated", true);
    json_.TextIfAny("note", tree.footer_note);
    json_.Close('}');
    return json_.Take();
  }

 private:
  void WriteFields(std::string_view key, const std::vector<Field>& fields) {
    json_.Array(key, fields, [&](const Field& field) {
      json_.Open('{');
      json_.Text("label", field.label);
      if (!field.is_blank) json_.Text("text", field.has_markup ? PlainText(field.text) : field.text);
      json_.Flag("blank", field.is_blank);
      json_.Close('}');
    });
  }

  void WriteBlocks(std::string_view key, const std::vector<Block>& blocks) {
    json_.Array(key, blocks, [&](const Block& block) {
      json_.Open('{');
      std::visit([&](const auto& content) { WriteContent(content); }, block.content);
      json_.Close('}');
    });
  }

  void WriteContent(const Prose& prose) {
    json_.Text("type", "text");
    json_.Text("markdown", prose.text);
  }
  void WriteContent(const Bullets& bullets) {
    json_.Text("type", "bullets");
    json_.Array("items", bullets.items, [&](const std::string& item) { json_.Text(PlainText(item)); });
  }
  void WriteContent(const Fields& fields) {
    json_.Text("type", "fields");
    WriteFields("fields", fields.fields);
  }
  void WriteContent(const Legend& legend) {
    json_.Text("type", "legend");
    json_.Text("title", legend.title);
    json_.Array("entries", legend.entries, [&](const LegendEntry& entry) {
      json_.Open('{');
      json_.TextIfAny("symbol", entry.symbol);
      json_.Text("title", entry.title);
      json_.TextIfAny("definition", entry.definition);
      json_.Close('}');
    });
  }
  void WriteContent(const Section& section) {
    json_.Text("type", "section");
    json_.Text("title", section.title);
    WriteBlocks("blocks", section.blocks);
  }
  void WriteContent(const Table& table) {
    json_.Text("type", "table");
    json_.TextIfAny("caption", table.caption);
    json_.Array("columns", table.columns, [&](const Column& column) {
      json_.Open('{');
      json_.Text("key", column.key);
      json_.Text("title", column.title);
      json_.Flag("row_header", column.is_row_header);
      json_.Close('}');
    });
    json_.Array("rows", table.rows, [&](const std::vector<Cell>& row) {
      json_.Items(row, [&](const Cell& cell) { WriteCell(cell); });
    });
  }

  void WriteCell(const Cell& cell) {
    json_.Open('{');
    json_.TextIfAny("absent", cell.lines.empty() ? cell.absent : std::string_view());
    if (!cell.lines.empty()) {
      json_.Array("lines", cell.lines, [&](const Line& line) {
        json_.Open('{');
        json_.TextIfAny("symbol", line.symbol);
        json_.Text("text", line.has_markup ? PlainText(line.text) : line.text);
        json_.Flag("note", line.is_note);
        json_.Close('}');
      });
    }
    if (cell.marks != 0) {
      std::vector<std::string_view> marks;
      ForEachMark(cell.marks, [&](Mark mark) { marks.push_back(documents::NameOf(mark)); });
      json_.Array("marks", marks, [&](std::string_view mark) { json_.Text(mark); });
    }
    if (cell.tone != Tone::Plain) json_.Text("tone", NameOf(cell.tone));
    json_.Close('}');
  }

  Json json_;
};

}  // namespace

std::string WriteJson(const Tree& tree) { return Writer().Write(tree); }

}  // namespace sod::documents
