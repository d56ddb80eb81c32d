// main file → program: reads the file and, transitively, everything it imports.
#ifndef SODC_LOAD_LOAD_H_
#define SODC_LOAD_LOAD_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/diag/diagnostic.h"
#include "compiler/load/program.h"
#include "compiler/parse/parse.h"
#include "compiler/source/source_manager.h"

namespace sodc {

struct LoadOptions {
  ParseOptions parse;
  uint32_t max_import_depth = 64;
  uint32_t max_files = 4096;
  // The text of `-`, from a caller that had to look at standard input first (is it
  // a table?); without it Load reads standard input itself, up to the size limit.
  std::optional<std::string> standard_input;
  // Texts that stand for files which are not written yet, by KeyOfFile; or null.
  const std::map<std::string, std::string>* unsaved = nullptr;
  // No file is imported from outside this folder, wherever links lead; or empty: from anywhere.
  std::string import_root = {};
  // The first bytes of a compiled table, which is no source; or empty.
  std::string_view table_magic = {};
};

// The identity of a file: its canonical path, where the system can say it.
std::string KeyOfFile(const std::string& path);

// Reads `path` (`-` = standard input). Relative imports are looked up from the
// importing file's folder; `std.x` is `std/x.sod` embedded in the program.
// Paths in the SourceManager are relative to the main file's folder.
Program Load(const std::string& path, SourceManager& sources, const LoadOptions& options, Sink& sink);

}  // namespace sodc

#endif  // SODC_LOAD_LOAD_H_
