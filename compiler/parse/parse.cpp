#include "compiler/parse/parse.h"

#include <algorithm>
#include <utility>

#include "compiler/base/utf8.h"
#include "compiler/parse/check_tokens.h"
#include "compiler/parse/read_declarations.h"

namespace sodc {
namespace {

// False when the text must not be read further; the reason has been reported.
bool CheckText(FileId id, const SourceFile& source, const ParseOptions& options, Sink& sink) {
  const std::string_view text = source.text;
  const uint64_t limit = std::min(options.max_file_bytes, kMaxScannableBytes);
  if (text.size() > limit) {
    Diagnose<DiagKind::FileTooLarge>(Span{id, 0, 0}, source.path, text.size(), limit)
        .Help("keep policies in modules and bulk assignments in data files")
        .To(sink);
    return false;
  }
  const size_t broken = FindBrokenUtf8(text);
  const size_t nul = text.find('\0');
  const auto place = [&](size_t at) {
    return Span{id, static_cast<uint32_t>(at), static_cast<uint32_t>(at + 1)};
  };
  if (nul < broken) {
    Diagnose<DiagKind::NulByte>(place(nul)).Help("save the file as plain UTF-8 text").To(sink);
    return false;
  }
  if (broken != std::string_view::npos) {
    Diagnose<DiagKind::BrokenUtf8>(place(broken)).Help("save the file in the encoding UTF-8").To(sink);
    return false;
  }
  return true;
}

// Passes on a limited number of errors and says so once.
class CappedSink final : public Sink {
 public:
  CappedSink(FileId file, const std::string& path, uint32_t limit, Sink& next)
      : file_(file), path_(path), limit_(limit), next_(next) {}

  void Handle(Diagnostic diagnostic) override {
    if (count_ > limit_) return;
    if (++count_ <= limit_) return next_.Handle(std::move(diagnostic));
    Diagnose<DiagKind::TooManyErrors>(Span{file_, diagnostic.span.begin, diagnostic.span.begin}, path_, limit_)
        .Help("mend the first ones and try again")
        .To(next_);
  }

 private:
  FileId file_;
  const std::string& path_;
  uint32_t limit_;
  Sink& next_;
  uint32_t count_ = 0;
};

}  // namespace

ast::File Parse(FileId file, const SourceManager& sources, const ParseOptions& options, Sink& sink) {
  const SourceFile& source = sources.file(file);
  if (!CheckText(file, source, options, sink)) {
    ast::File nothing;
    nothing.file = file;
    nothing.is_damaged = true;
    return nothing;
  }
  CappedSink capped(file, source.path, options.max_errors, sink);
  const CheckedText checked = ScanAndCheck(file, source.text, options, capped);
  ast::File result = ReadDeclarations(file, source.text, checked, options, capped);
  if (!checked.is_readable || !checked.damage.empty()) result.is_damaged = true;
  return result;
}

}  // namespace sodc
