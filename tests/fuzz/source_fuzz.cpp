// One input: a text that claims to be a policy. It is read, checked, lowered and emitted;
// what comes out of a text without errors is a table that loads, and every place that a
// diagnostic names lies in its file.
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <span>
#include <string>

#include "compiler/diag/sinks.h"
#include "compiler/emit/emit.h"
#include "compiler/lint/lint.h"
#include "compiler/load/load.h"
#include "compiler/lower/lower.h"
#include "compiler/sema/check.h"
#include "sod/table.h"

namespace {

[[noreturn]] void Fail(const std::string& what) {
  std::cerr << "source_fuzz: " << what << '\n';
  __builtin_trap();  // what libFuzzer keeps the input for
}

void CheckPlaces(const sodc::SourceManager& sources, const sodc::CollectingSink& sink) {
  for (const sodc::Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.message.empty()) Fail("a diagnostic says nothing");
    if (!diagnostic.span.is_valid()) continue;
    const size_t size = sources.file(diagnostic.span.file).text.size();
    if (diagnostic.span.begin > diagnostic.span.end || diagnostic.span.end > size) Fail("a place lies outside: " + diagnostic.message);
  }
  if (!sink.diagnostics().empty() && sodc::RenderText(sink.diagnostics(), sources, {}).empty()) Fail("diagnostics print as nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sodc::SourceManager sources;
  sodc::CollectingSink sink;
  sodc::LoadOptions load;
  load.standard_input = std::string(reinterpret_cast<const char*>(data), size);
  load.max_files = 64;
  const sodc::Program program = sodc::Load("-", sources, load, sink);
  sodc::CheckOptions limits;
  limits.max_expanded_pairs = 1000;
  limits.max_set_members = 20000;
  const sodc::model::Model model = sodc::Check(program, sources, limits, sink);
  if (!sink.HasLanguageError()) {
    sodc::Lint(model, {}, sink);
    const std::string table = sodc::Emit(sodc::Lower(model, sources, {}), sink);
    const auto loaded = sod::Table::Load(std::as_bytes(std::span(table)));
    if (!loaded) Fail("the table does not load: " + loaded.error().message);
  }
  sink.Sort();
  CheckPlaces(sources, sink);
  return 0;
}
