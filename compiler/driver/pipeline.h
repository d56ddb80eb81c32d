// Source to bytes: every phase of the compiler in order. The only place that
// knows them all.
#ifndef SODC_DRIVER_PIPELINE_H_
#define SODC_DRIVER_PIPELINE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "compiler/diag/sinks.h"
#include "compiler/load/program.h"
#include "compiler/lower/image.h"
#include "compiler/model/model.h"
#include "compiler/source/source_manager.h"

namespace sodc {

enum class Phase : uint8_t { Load, Check, Lower, Emit };

struct PipelineOptions {
  Phase last = Phase::Emit;
  bool with_people = true;
  bool completeness = false;  // LintOptions
  // The moment for findings about what is dated, by the time zone of the policy; or none.
  std::function<Instant(int32_t)> as_of = {};
  bool keeps_model = false;   // also behind Emit
  // What standard input held, when the caller has read it already.
  std::optional<std::string> standard_input = {};
  // No file is imported from outside this folder; or empty (LoadOptions).
  std::string import_root = {};
  // Texts that stand for files which are not written yet (LoadOptions), or null.
  const std::map<std::string, std::string>* unsaved = nullptr;
};

// What was made, as far as it went: a phase whose input has a language error is
// not run. Diagnostics are sorted.
struct Compilation {
  SourceManager sources;
  CollectingSink diagnostics;
  Program program;
  model::Model model;
  TableImage image;
  std::string bytes;
  bool is_complete = false;  // every phase asked for has run
};

void Compile(const std::string& path, const PipelineOptions& options, Compilation& compilation);

}  // namespace sodc

#endif  // SODC_DRIVER_PIPELINE_H_
