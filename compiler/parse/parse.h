// text → ast. One function, one file at a time; never throws, never exits.
// Scanner → 8-byte tokens → one declaration slice at a time into the generated
// parser → ast → drop (rulings PERF-1, PERF-2).
#ifndef SODC_PARSE_PARSE_H_
#define SODC_PARSE_PARSE_H_

#include <cstdint>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/source/source_manager.h"

namespace sodc {

struct ParseOptions {
  uint64_t max_file_bytes = 64ull << 20;  // 64 MB: larger inputs belong in data files
  uint32_t max_nesting = 200;             // the generated parser recurses once per bracket
  uint32_t max_tokens = 4u << 20;         // 32 MB of tokens at the most
  uint32_t max_declaration_tokens = 100'000;  // the generated parser's tree is some 600 bytes a token
  uint32_t max_declarations = 200'000;    // of one file; a tree takes some 600 bytes for each
  uint32_t max_errors = 200;              // of one file; more help nobody
  uint32_t max_name_bytes = 1024;         // longer names are damage, not names
};

// Every error of the file is reported to `sink`, at most one per damaged place;
// the result holds every declaration that could be read, damaged ones marked.
ast::File Parse(FileId file, const SourceManager& sources, const ParseOptions& options, Sink& sink);

}  // namespace sodc

#endif  // SODC_PARSE_PARSE_H_
