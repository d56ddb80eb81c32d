#include "compiler/parse/doc_comments.h"

namespace sodc {
namespace {

std::string_view TextOf(std::string_view comment) {
  comment.remove_prefix(3);
  if (comment.starts_with(' ')) comment.remove_prefix(1);
  return comment;
}

}  // namespace

void DocComments::ReportOrphansBefore(uint32_t offset) {
  uint32_t last_end = 0;  // a block of lines is one mistake
  for (; next_ < comments_.size() && comments_[next_].begin < offset; ++next_) {
    const Comment comment = comments_[next_];
    if (!comment.is_doc) continue;
    const std::string_view between = text_.substr(last_end, comment.begin - last_end);
    const bool continues = last_end != 0 && between.find_first_not_of(" \t\r\n") == std::string_view::npos;
    last_end = comment.end;
    if (continues) continue;
    Diagnose<DiagKind::DocCommentOrphaned>(Span{file_, comment.begin, comment.end})
        .Help("put it directly before a declaration, or write `//` for a plain comment")
        .To(sink_);
  }
}

std::string DocComments::Take(uint32_t previous_end, uint32_t begin) {
  // A comment beside the end of the declaration before it documents nothing.
  uint32_t from = previous_end;
  const size_t line_end = text_.find('\n', previous_end);
  if (previous_end != 0 && line_end != std::string_view::npos && line_end < begin) {
    from = static_cast<uint32_t>(line_end);
  }
  ReportOrphansBefore(from);
  std::string doc;
  for (; next_ < comments_.size() && comments_[next_].begin < begin; ++next_) {
    const Comment comment = comments_[next_];
    if (!comment.is_doc) continue;
    if (!doc.empty()) doc += '\n';
    doc += TextOf(text_.substr(comment.begin, comment.end - comment.begin));
  }
  return doc;
}

void DocComments::Finish() { ReportOrphansBefore(0xffffffff); }

}  // namespace sodc
