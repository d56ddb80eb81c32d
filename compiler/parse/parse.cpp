#include "compiler/parse/parse.h"

#include <algorithm>
#include <utility>

#include "compiler/base/utf8.h"
#include "compiler/parse/antlr/slice_parser.h"
#include "compiler/parse/check_tokens.h"
#include "compiler/parse/doc_comments.h"
#include "compiler/parse/slices.h"

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

class FileParser {
 public:
  FileParser(FileId file, std::string_view text, const ParseOptions& options, Sink& sink)
      : file_(file), text_(text), options_(options), sink_(sink), slice_parser_(file, text, sink) {
    result_.file = file;
  }

  ast::File Run() {
    ScannedText scanned = Scan(text_, options_.max_tokens);
    if (scanned.has_too_many_tokens) {
      Diagnose<DiagKind::TooManyTokens>(Span{file_, 0, 0}, options_.max_tokens)
          .Help("split the file into modules")
          .To(sink_);
      result_.is_damaged = true;
      return std::move(result_);
    }
    const CheckedTokens checked = CheckTokens(file_, text_, std::move(scanned.tokens), options_, sink_);
    DocComments comments(file_, text_, scanned.comments, sink_);
    uint32_t previous_end = 0;
    for (const Slice slice : SliceByDeclaration(text_, checked.tokens)) {
      const std::span<const Token> tokens =
          std::span(checked.tokens).subspan(slice.begin, slice.end - slice.begin);
      std::string doc = comments.Take(previous_end, static_cast<uint32_t>(tokens.front().begin));
      previous_end = tokens.back().end();
      ParseSlice(tokens, std::move(doc));
    }
    comments.Finish();
    return std::move(result_);
  }

 private:
  void ParseSlice(std::span<const Token> tokens, std::string doc) {
    std::optional<ast::Declaration> declaration = slice_parser_.Parse(tokens);
    if (declaration) {
      declaration->doc = std::move(doc);
      result_.declarations.push_back(std::move(*declaration));
      return;
    }
    result_.is_damaged = true;
    const Token first = tokens.front();
    Diagnose<DiagKind::UnexpectedToken>(Span{file_, static_cast<uint32_t>(first.begin), first.end()},
                                        "a well-formed declaration",
                                        fmt::format("`{}`", first.Text(text_)))
        .To(sink_);
  }

  FileId file_;
  std::string_view text_;
  const ParseOptions& options_;
  Sink& sink_;
  SliceParser slice_parser_;
  ast::File result_;
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
  return FileParser(file, source.text, options, sink).Run();
}

}  // namespace sodc
