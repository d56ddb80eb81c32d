#include "compiler/format/layout.h"

#include <algorithm>
#include <utility>

#include "compiler/format/measure.h"
#include "compiler/format/page.h"

namespace sodc {

namespace {

constexpr size_t kIndent = 2;

// Where the lines of an element continue.
struct Continuation {
  size_t items = 0;    // behind a comma
  size_t clauses = 0;  // elsewhere
  bool one_per_line = false;
  size_t reserve = 0;  // columns needed behind the last word
};

class LayoutWriter {
 public:
  LayoutWriter(const Outline& outline, size_t width)
      : outline_(outline), measure_(outline, width), page_(outline), width_(width) {}

  std::string Run() {
    uint32_t i = 0;
    while (i < outline_.count()) {
      WriteStart(i, 0);
      const uint32_t end = EndOfElement(i, outline_.count());
      WriteElement(i, end, 0);
      i = end;
    }
    WriteStatementComments(i, 0);
    return page_.Finish();
  }

 private:
  const OutlineToken& At(uint32_t i) const { return outline_.tokens[i]; }
  bool IsListOpen(uint32_t i) const { return outline_.KindOf(i) == TokenKind::LeftBrace && !At(i).is_body_brace; }

  // The end of the declaration or attribute that begins at i; its own body counts.
  uint32_t EndOfElement(uint32_t i, uint32_t end) const {
    for (++i; i < end && !At(i).starts_declaration && !At(i).starts_attribute; ++i) {
      if (outline_.KindOf(i) == TokenKind::LeftBrace) i = At(i).partner;
    }
    return i;
  }

  // ---- Between statements: comments beside the end of the one before stay there, others
  // have lines of their own, and one blank line stays where there were some.

  void WriteStart(uint32_t i, size_t indent) {
    const bool joins = WriteStatementComments(i, indent);
    if (joins) return page_.Add(" ");
    page_.StartLine(indent, At(i).breaks_before > 1);
  }

  // True when the token stands beside the last comment.
  bool WriteStatementComments(uint32_t i, size_t indent) {
    bool is_beside = !page_.is_empty();
    bool joins = false;
    for (const uint32_t c : TakeComments(i)) {
      const OutlineComment& comment = outline_.comments[c];
      const bool begins_line = !page_.can_continue() || comment.breaks_before > 0;
      if (begins_line) page_.StartLine(indent, comment.breaks_before > 1);
      is_beside = is_beside && !begins_line;
      page_.AddComment(comment);
      joins = !is_beside && !comment.is_line && !comment.is_tall;
    }
    return joins && At(i).breaks_before == 0;
  }

  // Comments before token i, behind those that could not stand before a brace or comma.
  std::vector<uint32_t> TakeComments(uint32_t i) {
    std::vector<uint32_t> comments = std::exchange(deferred_, {});
    for (uint32_t c = At(i).first_comment; c < outline_.LastComment(i); ++c) comments.push_back(c);
    return comments;
  }

  bool AreAllInline(uint32_t i) const {
    for (uint32_t c = At(i).first_comment; c < outline_.LastComment(i); ++c) {
      if (!outline_.comments[c].is_inline) return false;
    }
    return true;
  }

  // ---- Declarations and attributes.

  void WriteElement(uint32_t begin, uint32_t end, size_t indent) {
    if (Fits(measure_.Width(begin, end))) return WriteFlat(begin, end);
    uint32_t open = end;
    const bool has_body = outline_.KindOf(end - 1) == TokenKind::RightBrace && At(end - 1).is_body_brace;
    if (has_body) open = At(end - 1).partner;
    const size_t reserve = has_body ? 2 : 0;
    const size_t width = measure_.Width(begin, open);
    if (width < kTooWide && Fits(width + reserve)) {
      WriteFlat(begin, open);
    } else {
      const size_t next = indent + (has_body ? 2 * kIndent : kIndent);
      WriteWords(begin, open, {next, next, measure_.HasLongTexts(begin, open), reserve});
    }
    if (has_body) WriteBody(open, end - 1, indent);
  }

  void WriteBody(uint32_t open, uint32_t close, size_t indent) {
    if (AreAllInline(open)) {
      WriteInlineComments(open);
    } else {
      for (uint32_t c = At(open).first_comment; c < outline_.LastComment(open); ++c) deferred_.push_back(c);
    }
    page_.Add(" {");
    if (open + 1 == close && deferred_.empty() && !outline_.HasComments(close)) return page_.Add("}");
    page_.OpenBlock();
    for (uint32_t i = open + 1; i < close;) {
      WriteStart(i, indent + kIndent);
      const uint32_t end = EndOfElement(i, close);
      WriteElement(i, end, indent + kIndent);
      i = end;
    }
    WriteStatementComments(close, indent + kIndent);
    page_.StartLine(indent, false);
    page_.Add("}");
  }

  bool Fits(size_t width) const { return width < kTooWide && page_.column() + width <= width_; }

  void WriteInlineComments(uint32_t i) {
    for (uint32_t c = At(i).first_comment; c < outline_.LastComment(i); ++c) page_.AddComment(outline_.comments[c]);
  }

  void WriteFlat(uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; ++i) {
      if (i > begin) WriteInlineComments(i);
      if (measure_.IsTrailingComma(i)) continue;
      if (i > begin) page_.Add(measure_.Separator(i));
      page_.Add(At(i).token.Text(outline_.text));
    }
  }

  // ---- Words over several lines.

  void WriteWords(uint32_t begin, uint32_t end, const Continuation& next) {
    for (uint32_t i = begin; i < end; ++i) {
      if (outline_.KindOf(i) == TokenKind::Comma) {
        WriteComma(i, next);
        continue;
      }
      if (i > begin) WritePlace(begin, i, end, next);
      if (IsListOpen(i) && !FitsAsLine(begin, i, end, next)) {
        WriteList(i);
        i = At(i).partner;
      } else {
        WriteToken(i, next);
      }
    }
  }

  void WriteToken(uint32_t i, const Continuation& next) {
    const Token token = At(i).token;
    if (token.kind() == TokenKind::TextBlock) return page_.AddBlock(token.Text(outline_.text), next.clauses);
    page_.Add(token.Text(outline_.text));
  }

  // A comment that ends its line is written behind the comma.
  void WriteComma(uint32_t i, const Continuation& next) {
    const bool is_before = AreAllInline(i);
    if (is_before) WriteInlineComments(i);
    page_.Add(",");
    if (!is_before) WriteComments(At(i).first_comment, outline_.LastComment(i), next.items);
  }

  // Everything between two words: comments, and a blank or a line break.
  void WritePlace(uint32_t begin, uint32_t i, uint32_t end, const Continuation& next) {
    const bool is_item = outline_.KindOf(i - 1) == TokenKind::Comma;
    const size_t indent = is_item ? next.items : next.clauses;
    const uint32_t beside = FirstCommentBeside(i);
    WriteComments(At(i).first_comment, beside, indent);
    const bool breaks = measure_.CanBreak(begin, i) && ((is_item && next.one_per_line) || !FitsAsChunk(begin, i, end, next));
    if (!page_.can_continue() || breaks) {
      page_.StartLine(indent, false);
    } else if (beside == outline_.LastComment(i)) {
      return page_.Add(measure_.Separator(i));
    }
    for (uint32_t c = beside; c < outline_.LastComment(i); ++c) page_.AddComment(outline_.comments[c]);
    if (beside < outline_.LastComment(i)) page_.Add(measure_.Separator(i));
  }

  // The first of the comments that stand on the line of token i and not on the one before.
  uint32_t FirstCommentBeside(uint32_t i) const {
    const uint32_t last = outline_.LastComment(i);
    if (At(i).breaks_before > 0) return last;
    for (uint32_t c = last; c-- > At(i).first_comment && outline_.comments[c].is_inline;) {
      if (outline_.comments[c].breaks_before > 0) return c;
    }
    return last;
  }

  void WriteComments(uint32_t begin, uint32_t end, size_t indent) {
    for (uint32_t c = begin; c < end; ++c) {
      const OutlineComment& comment = outline_.comments[c];
      const bool has_own_line = comment.breaks_before > 0 && !comment.is_inline;
      if (has_own_line || !page_.can_continue()) page_.StartLine(indent, comment.breaks_before > 1);
      page_.AddComment(comment);
      if (has_own_line) page_.EndLine();
    }
  }

  // Whether what follows up to the next place for a break should stay on this line.
  bool FitsAsChunk(uint32_t begin, uint32_t i, uint32_t end, const Continuation& next) const {
    const uint32_t chunk_end = EndOfChunk(begin, i, end, next);
    const size_t reserve = measure_.Separator(i).size() + (chunk_end == end ? next.reserve : 0) + WidthBeside(i);
    const size_t width = measure_.WidthToLineEnd(i, chunk_end);
    if (width < kTooWide && Fits(width + reserve)) return true;
    if (width < kTooWide && next.clauses + width + reserve <= width_) return false;
    // It fits on no line. A list is broken anyway: its brace is what must fit.
    for (uint32_t at = i; at < chunk_end; ++at) {
      if (!IsListOpen(at)) continue;
      const size_t head = measure_.Width(i, at + 1);
      return head < kTooWide && Fits(head + measure_.Separator(i).size());
    }
    return false;
  }

  // `between a and b` is parted only when no line has room for it.
  uint32_t EndOfChunk(uint32_t begin, uint32_t i, uint32_t end, const Continuation& next) const {
    const uint32_t chunk_end = measure_.NextBreak(begin, i, end);
    const bool has_other = outline_.KindOf(i) == TokenKind::Between && chunk_end < end &&
                           outline_.KindOf(chunk_end) == TokenKind::And;
    if (!has_other) return chunk_end;
    const uint32_t whole_end = measure_.NextBreak(begin, chunk_end, end);
    const size_t width = measure_.WidthToLineEnd(i, whole_end);
    const size_t reserve = whole_end == end ? next.reserve : 0;
    return width < kTooWide && next.clauses + width + reserve <= width_ ? whole_end : chunk_end;
  }

  size_t WidthBeside(uint32_t i) const {
    size_t width = 0;
    for (uint32_t c = FirstCommentBeside(i); c < outline_.LastComment(i); ++c) {
      const OutlineComment& comment = outline_.comments[c];
      width += 1 + WidthOf(outline_.text.substr(comment.begin, comment.end - comment.begin));
    }
    return width;
  }

  // Whether the list at i, with what cannot be parted from it, stays on this line.
  bool FitsAsLine(uint32_t begin, uint32_t i, uint32_t end, const Continuation& next) const {
    const uint32_t chunk_end = measure_.NextBreak(begin, i, end);
    if (!Fits(measure_.Width(i, At(i).partner + 1))) return false;
    const size_t width = measure_.WidthToLineEnd(i, chunk_end);
    return width < kTooWide && Fits(width + (chunk_end == end ? next.reserve : 0));
  }

  // A list in braces over several lines: its items stand between the braces, each with a comma.
  void WriteList(uint32_t open) {
    const uint32_t close = At(open).partner;
    const uint32_t last = outline_.KindOf(close - 1) == TokenKind::Comma ? close - 1 : close;
    const size_t base = page_.line_indent();
    const size_t indent = base + kIndent;
    page_.Add("{");
    page_.OpenBlock();
    const uint32_t beside = FirstCommentBeside(open + 1);
    WriteComments(At(open + 1).first_comment, beside, indent);
    page_.StartLine(indent, false);
    for (uint32_t c = beside; c < outline_.LastComment(open + 1); ++c) {
      page_.AddComment(outline_.comments[c]);
      page_.Add(" ");
    }
    WriteWords(open + 1, last, {indent, indent + kIndent, measure_.HasLongTexts(open + 1, last), 1});
    page_.Add(",");
    for (uint32_t i = last; i <= close; ++i) WriteComments(At(i).first_comment, outline_.LastComment(i), indent);
    page_.StartLine(base, false);
    page_.Add("}");
  }

  const Outline& outline_;
  Measure measure_;
  Page page_;
  size_t width_;
  std::vector<uint32_t> deferred_;
};

}  // namespace

std::string WriteLayout(const Outline& outline, size_t width) { return LayoutWriter(outline, width).Run(); }

}  // namespace sodc
