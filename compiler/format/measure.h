// How wide words are on one line, and where a line may end.
#ifndef SODC_FORMAT_MEASURE_H_
#define SODC_FORMAT_MEASURE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "compiler/format/outline.h"

namespace sodc {

inline constexpr size_t kTooWide = static_cast<size_t>(-1) / 2;

// The code points of a text.
size_t WidthOf(std::string_view text);

class Measure {
 public:
  // Nothing wider than `limit` is measured further.
  Measure(const Outline& outline, size_t limit) : outline_(outline), limit_(limit) {}

  // What stands between token i and the one before it on the same line.
  std::string_view Separator(uint32_t i) const;

  // Whether the comma is the last thing in braces: not written on one line.
  bool IsTrailingComma(uint32_t i) const;

  // Tokens [begin, end) with the comments between them on one line, or kTooWide when they are
  // wider than the limit or cannot stand on one line: a text block, a comment that needs a
  // line, a body whose attributes have lines of their own.
  size_t Width(uint32_t begin, uint32_t end) const;
  // The same up to where the line ends anyway: behind the quotes of a text block, before a
  // comment that needs a line.
  size_t WidthToLineEnd(uint32_t begin, uint32_t end) const;

  // Whether a line may end before token i of an element that begins at `first`.
  bool CanBreak(uint32_t first, uint32_t i) const;
  // The next place behind i where a line may end outside of braces, or `end`.
  uint32_t NextBreak(uint32_t first, uint32_t i, uint32_t end) const;

  // Whether a list [begin, end) has texts as items that deserve lines of their own.
  bool HasLongTexts(uint32_t begin, uint32_t end) const;

 private:
  size_t WidthOfGap(uint32_t i) const;
  bool IsComparison(uint32_t first, uint32_t i) const;
  bool EndsLineBefore(uint32_t i) const;
  size_t WidthUpTo(uint32_t begin, uint32_t end, bool stops_at_line_end) const;
  bool IsEdgeOfStatement(uint32_t i) const;

  const Outline& outline_;
  size_t limit_;
};

}  // namespace sodc

#endif  // SODC_FORMAT_MEASURE_H_
