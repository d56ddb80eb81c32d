#include "compiler/diag/display_text.h"

#include <fmt/format.h>
#include <llvm/Support/Unicode.h>

#include "compiler/base/utf8.h"
#include "compiler/diag/sinks.h"

namespace sodc {
namespace {

constexpr std::string_view kEllipsis = "…";
constexpr std::string_view kIsolate = "\u2068";     // first strong isolate
constexpr std::string_view kEndIsolate = "\u2069";  // pop directional isolate

bool IsRightToLeft(uint32_t c) {
  return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) ||
         (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

struct Glyph {
  std::string text;
  uint32_t width = 0;
  uint32_t length = 1;  // bytes of the source
  bool is_right_to_left = false;
};

// What the character at `at` looks like; whatever would move the cursor or reorder the
// line is spelt out.
Glyph GlyphAt(std::string_view text, size_t at) {
  const CodePoint point = DecodeUtf8(text, at);
  if (point.length == 0) {
    return {fmt::format("\\x{:02X}", static_cast<unsigned char>(text[at])), 4, 1, false};
  }
  const std::string_view bytes = text.substr(at, point.length);
  const int width = llvm::sys::unicode::columnWidthUTF8(llvm::StringRef(bytes.data(), bytes.size()));
  if (width < 0 || llvm::sys::unicode::isFormatting(static_cast<int>(point.value))) {
    std::string escaped = fmt::format("\\u{{{:X}}}", point.value);
    const auto cells = static_cast<uint32_t>(escaped.size());
    return {std::move(escaped), cells, point.length, false};
  }
  return {std::string(bytes), static_cast<uint32_t>(width), point.length, IsRightToLeft(point.value)};
}

// Appends glyphs and keeps right-to-left runs from reordering their neighbours.
class Writer {
 public:
  void Add(const Glyph& glyph) {
    SetIsolated(glyph.is_right_to_left || (is_isolated_ && glyph.width == 0));
    text_ += glyph.text;
  }
  std::string Finish() {
    SetIsolated(false);
    return std::move(text_);
  }

 private:
  void SetIsolated(bool wanted) {
    if (wanted == is_isolated_) return;
    text_ += wanted ? kIsolate : kEndIsolate;
    is_isolated_ = wanted;
  }

  std::string text_;
  bool is_isolated_ = false;
};

// The byte at which to begin so that `focus` is shown with a third of the room before it.
size_t FirstByteShown(std::string_view line, uint32_t focus, DisplayLimits limits) {
  if (line.size() <= limits.max_cells || focus <= limits.max_cells * 2 / 3) return 0;
  size_t begin = focus - limits.max_cells / 3;
  while (begin > 0 && (static_cast<unsigned char>(line[begin]) & 0xC0) == 0x80) --begin;
  return begin;
}

}  // namespace

DisplayLine MakeDisplayLine(std::string_view line, uint32_t focus, DisplayLimits limits) {
  DisplayLine shown;
  Writer writer;
  uint32_t cell = 0;
  size_t at = FirstByteShown(line, focus, limits);
  shown.first_byte = static_cast<uint32_t>(at);
  if (at > 0) {
    writer.Add({std::string(kEllipsis), 1, 1, false});
    cell = 1;
  }
  while (at < line.size() && cell < limits.max_cells) {
    Glyph glyph = GlyphAt(line, at);
    if (line[at] == '\t') {
      glyph.width = limits.tab_width - cell % limits.tab_width;
      glyph.text.assign(glyph.width, ' ');
    }
    writer.Add(glyph);
    shown.cells.insert(shown.cells.end(), glyph.length, cell);
    cell += glyph.width;
    at += glyph.length;
  }
  if (at < line.size()) writer.Add({std::string(kEllipsis), 1, 1, false});
  shown.cells.push_back(cell);
  shown.text = writer.Finish();
  shown.text.erase(shown.text.find_last_not_of(' ') + 1);
  return shown;
}

std::string EscapeForTerminal(std::string_view text) {
  Writer writer;
  for (size_t at = 0; at < text.size();) {
    const Glyph glyph = GlyphAt(text, at);
    writer.Add(glyph);
    at += glyph.length;
  }
  return writer.Finish();
}

}  // namespace sodc
