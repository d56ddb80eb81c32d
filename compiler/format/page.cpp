#include "compiler/format/page.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/format/measure.h"
#include "compiler/parse/scan/text_literal.h"

namespace sodc {

namespace {

std::string_view WithoutBlanksBehind(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t") + 1);
}

// Lines end with LF, CRLF or CR.
std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    const size_t end = text.find_first_of("\r\n");
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  }
}

// ` * text` under `/*`.
bool HasStars(const std::vector<std::string_view>& lines) {
  return std::all_of(lines.begin() + 1, lines.end(), [](std::string_view line) {
    const size_t first = line.find_first_not_of(" \t");
    return first != std::string_view::npos && line[first] == '*';
  });
}

}  // namespace

void Page::Add(std::string_view text) {
  text_ += text;
  column_ += WidthOf(text);
  can_continue_ = true;
}

void Page::StartLine(size_t indent, bool after_blank) {
  if (!text_.empty()) text_ += '\n';
  if (after_blank && !text_.empty() && !is_block_start_) text_ += '\n';
  text_.append(indent, ' ');
  column_ = line_indent_ = indent;
  is_block_start_ = false;
  can_continue_ = true;
}

void Page::AddComment(const OutlineComment& comment) {
  const std::string_view text = outline_.text.substr(comment.begin, comment.end - comment.begin);
  const bool begins_line = column_ == line_indent_;
  if (!begins_line) Add(comment.is_line ? "  " : " ");
  if (comment.is_tall) {
    AddTallComment(text, ColumnInSource(comment.begin));
  } else {
    // Blanks behind documentation are part of it.
    Add(comment.is_line && !comment.is_doc ? WithoutBlanksBehind(text) : text);
  }
  can_continue_ = !comment.is_line && !comment.is_tall;
}

// Lines with stars stand under the first star; other lines move with the first one.
void Page::AddTallComment(std::string_view comment, size_t old_column) {
  const std::vector<std::string_view> lines = LinesOf(comment);
  const bool has_stars = HasStars(lines);
  const size_t new_column = column_;
  Add(WithoutBlanksBehind(lines[0]));
  for (size_t i = 1; i < lines.size(); ++i) {
    std::string_view line = i + 1 < lines.size() ? WithoutBlanksBehind(lines[i]) : lines[i];
    const size_t blanks = std::min(line.find_first_not_of(has_stars ? " \t" : " "), line.size());
    const bool moves = has_stars || (blanks < line.size() && line[blanks] != '\t');
    size_t indent = 0;
    if (moves) {
      const size_t moved = blanks + new_column;
      indent = has_stars ? new_column + 1 : moved - std::min(moved, old_column);
      line.remove_prefix(blanks);
    }
    text_ += '\n';
    text_.append(indent, ' ');
    text_ += line;
    column_ = indent + WidthOf(line);
  }
}

size_t Page::ColumnInSource(uint32_t offset) const {
  const size_t before = offset == 0 ? std::string_view::npos : outline_.text.find_last_of("\r\n", offset - 1);
  const size_t line = before == std::string_view::npos ? 0 : before + 1;
  return WidthOf(outline_.text.substr(line, offset - line));
}

void Page::AddBlock(std::string_view literal, size_t margin) {
  const std::string value = DecodeBlock(literal).value;
  Add("\"\"\"");
  for (size_t at = 0; !value.empty() && at <= value.size();) {
    const size_t end = std::min(value.find('\n', at), value.size());
    const std::string_view line = std::string_view(value).substr(at, end - at);
    text_ += '\n';
    if (!line.empty()) text_.append(margin, ' ') += line;
    if (line.ends_with('\r')) text_ += '\r';  // one is taken for a part of the line end
    at = end + 1;
  }
  text_ += '\n';
  text_.append(margin, ' ');
  column_ = line_indent_ = margin;
  Add("\"\"\"");
}

std::string Page::Finish() {
  if (!text_.empty()) text_ += '\n';
  return std::move(text_);
}

}  // namespace sodc
