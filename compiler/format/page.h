// The text being written: knows its column, and whether its last line can go on.
#ifndef SODC_FORMAT_PAGE_H_
#define SODC_FORMAT_PAGE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "compiler/format/outline.h"

namespace sodc {

class Page {
 public:
  explicit Page(const Outline& outline) : outline_(outline) {}

  // Words without a line break.
  void Add(std::string_view text);
  // On the line as it is, with blanks before it unless it begins the line.
  void AddComment(const OutlineComment& comment);
  // A text block (its literal) whose lines begin at `margin`; its value stays.
  void AddBlock(std::string_view literal, size_t margin);

  // A new line; after a blank one when wanted, but never at the beginning of a block or page.
  void StartLine(size_t indent, bool after_blank);
  // What follows needs a new line.
  void EndLine() { can_continue_ = false; }
  // `{` has been written.
  void OpenBlock() { is_block_start_ = true; }

  bool is_empty() const { return text_.empty(); }
  bool can_continue() const { return can_continue_; }
  size_t column() const { return column_; }
  size_t line_indent() const { return line_indent_; }

  std::string Finish();

 private:
  void AddTallComment(std::string_view comment, size_t old_column);
  size_t ColumnInSource(uint32_t offset) const;

  const Outline& outline_;
  std::string text_;
  size_t column_ = 0;
  size_t line_indent_ = 0;
  bool can_continue_ = false;
  bool is_block_start_ = false;
};

}  // namespace sodc

#endif  // SODC_FORMAT_PAGE_H_
