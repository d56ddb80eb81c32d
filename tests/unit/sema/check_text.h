// Compiles a policy given as text and gives its dump and its diagnostics as text.
#ifndef SODC_TESTS_UNIT_SEMA_CHECK_TEXT_H_
#define SODC_TESTS_UNIT_SEMA_CHECK_TEXT_H_

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>

#include "compiler/diag/sinks.h"
#include "compiler/load/load.h"
#include "compiler/model/dump.h"
#include "compiler/sema/check.h"
#include "compiler/source/source_manager.h"

namespace sodc::test {

struct Checked {
  model::Model model;
  std::string dump;
  // One line each: `SOD1001 3:7 message | help: … | label 2:1 text | fix 3:7 "x"`.
  std::string diagnostics;
};

inline std::string Place(const SourceManager& sources, Span span) {
  if (!span.is_valid()) return "-";
  const Position position = sources.PositionOf(span);
  return std::to_string(position.line) + ':' + std::to_string(position.column);
}

inline std::string Line(const SourceManager& sources, const Diagnostic& diagnostic) {
  std::string line = CodeOf(diagnostic.kind) + ' ' + Place(sources, diagnostic.span) + ' ' + diagnostic.message;
  if (!diagnostic.help.empty()) line += " | help: " + diagnostic.help;
  for (const Label& label : diagnostic.labels) line += " | label " + Place(sources, label.span) + ' ' + label.text;
  for (const FixIt& fix : diagnostic.fixes) line += " | fix " + Place(sources, fix.span) + " '" + fix.replacement + '\'';
  return line + '\n';
}

inline Checked CheckText(std::string text, const CheckOptions& check_options = {}) {
  SourceManager sources;
  CollectingSink sink;
  LoadOptions options;
  options.standard_input = std::move(text);
  const Program program = Load("-", sources, options, sink);
  Checked checked;
  checked.model = Check(program, sources, check_options, sink);
  sink.Sort();
  std::ostringstream out;
  model::Dump(checked.model, out);
  checked.dump = out.str();
  for (const Diagnostic& diagnostic : sink.diagnostics()) checked.diagnostics += Line(sources, diagnostic);
  return checked;
}

}  // namespace sodc::test

#endif  // SODC_TESTS_UNIT_SEMA_CHECK_TEXT_H_
