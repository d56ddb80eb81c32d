// Owns the text of every source file and turns spans into lines and columns.
#ifndef SODC_SOURCE_SOURCE_MANAGER_H_
#define SODC_SOURCE_SOURCE_MANAGER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace sodc {

// One-based, as editors print them. `column` counts bytes, `code_point_column`
// code points, `utf16_column` UTF-16 code units.
struct Position {
  uint32_t line = 1;
  uint32_t column = 1;
  uint32_t code_point_column = 1;
  uint32_t utf16_column = 1;
};

struct SourceFile {
  // Relative to the folder of the main file, with forward slashes; `<stdin>`
  // for standard input, `std/risk.sod` for the standard library (TAB-11).
  std::string path;
  std::string text;
  std::vector<uint32_t> line_starts;
  bool is_standard_library = false;
};

class SourceManager {
 public:
  // Takes the text over. Files keep their address for the manager's life.
  FileId Add(std::string path, std::string text, bool is_standard_library = false);

  const SourceFile& file(FileId id) const { return *files_[id.index]; }
  size_t file_count() const { return files_.size(); }
  std::string_view Text(Span span) const;
  Position PositionOf(FileId file, uint32_t offset) const;
  Position PositionOf(Span span) const { return PositionOf(span.file, span.begin); }
  // The line (one-based) without its end.
  std::string_view Line(FileId file, uint32_t line) const;

 private:
  std::vector<std::unique_ptr<SourceFile>> files_;
};

}  // namespace sodc

#endif  // SODC_SOURCE_SOURCE_MANAGER_H_
