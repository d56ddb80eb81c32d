#include "compiler/source/source_manager.h"

#include <algorithm>
#include <utility>

#include "compiler/base/utf8.h"

namespace sodc {

FileId SourceManager::Add(std::string path, std::string text, bool is_standard_library) {
  auto file = std::make_unique<SourceFile>();
  file->path = std::move(path);
  file->text = std::move(text);
  file->is_standard_library = is_standard_library;
  file->line_starts.push_back(0);
  for (size_t at = file->text.find('\n'); at != std::string::npos; at = file->text.find('\n', at + 1)) {
    file->line_starts.push_back(static_cast<uint32_t>(at + 1));
  }
  files_.push_back(std::move(file));
  return FileId{static_cast<uint32_t>(files_.size() - 1)};
}

std::string_view SourceManager::Text(Span span) const {
  if (!span.is_valid()) return {};
  return std::string_view(file(span.file).text).substr(span.begin, span.end - span.begin);
}

Position SourceManager::PositionOf(FileId id, uint32_t offset) const {
  const SourceFile& source = file(id);
  const std::vector<uint32_t>& starts = source.line_starts;
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  Position position;
  position.line = static_cast<uint32_t>(after - starts.begin());
  const uint32_t begin = *(after - 1);
  position.column = offset - begin + 1;
  const std::string_view text = source.text;
  for (uint32_t at = begin; at < offset;) {
    const CodePoint point = DecodeUtf8(text, at);
    at += std::max(1u, point.length);
    position.code_point_column += 1;
    position.utf16_column += point.value >= 0x10000 ? 2 : 1;
  }
  return position;
}

std::string_view SourceManager::Line(FileId id, uint32_t line) const {
  const SourceFile& source = file(id);
  if (line == 0 || line > source.line_starts.size()) return {};
  const uint32_t begin = source.line_starts[line - 1];
  const size_t end = line < source.line_starts.size() ? source.line_starts[line] : source.text.size();
  std::string_view text = std::string_view(source.text).substr(begin, end - begin);
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace sodc
