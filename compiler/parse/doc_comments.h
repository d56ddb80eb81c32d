// `///` comments belong to the declaration that follows them (LAN-11).
#ifndef SODC_PARSE_DOC_COMMENTS_H_
#define SODC_PARSE_DOC_COMMENTS_H_

#include <span>
#include <string>
#include <string_view>

#include "compiler/diag/diagnostic.h"
#include "compiler/parse/scan/scanner.h"

namespace sodc {

// Hands out the comments in the order of the file.
class DocComments {
 public:
  DocComments(FileId file, std::string_view text, std::span<const Comment> comments, Sink& sink)
      : file_(file), text_(text), comments_(comments), sink_(sink) {}

  // The text of the `///` lines between the end of the token before a declaration and the
  // declaration; those before them document nothing and are reported.
  std::string Take(uint32_t previous_end, uint32_t begin);
  // Reports all that are left.
  void Finish();

 private:
  void ReportOrphansBefore(uint32_t offset);

  FileId file_;
  std::string_view text_;
  std::span<const Comment> comments_;
  Sink& sink_;
  size_t next_ = 0;
};

}  // namespace sodc

#endif  // SODC_PARSE_DOC_COMMENTS_H_
