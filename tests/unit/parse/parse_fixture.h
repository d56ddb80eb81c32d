// Parses one text and shows its tree and its diagnostics compactly.
#ifndef SODC_TESTS_UNIT_PARSE_PARSE_FIXTURE_H_
#define SODC_TESTS_UNIT_PARSE_PARSE_FIXTURE_H_

#include <sstream>
#include <string>

#include "compiler/ast/dump.h"
#include "compiler/diag/sinks.h"
#include "compiler/parse/parse.h"

namespace sodc {

struct Parsed {
  std::string tree;         // one declaration a line
  std::string diagnostics;  // "1:6 ReservedWordAsName: message" a line
  ast::File file;
};

inline Parsed ParseText(std::string text, const ParseOptions& options = {}) {
  SourceManager sources;
  CollectingSink sink;
  Parsed parsed;
  const FileId id = sources.Add("a.sod", std::move(text));
  parsed.file = Parse(id, sources, options, sink);
  sink.Sort();
  std::ostringstream tree;
  Dump(parsed.file, tree);
  parsed.tree = tree.str();
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    const Position position = sources.PositionOf(diagnostic.span);
    parsed.diagnostics += fmt::format("{}:{} {}: {}\n", position.line, position.code_point_column,
                                      NameOf(diagnostic.kind), diagnostic.message);
  }
  return parsed;
}

}  // namespace sodc

#endif  // SODC_TESTS_UNIT_PARSE_PARSE_FIXTURE_H_
