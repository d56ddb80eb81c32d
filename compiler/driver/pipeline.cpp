#include "compiler/driver/pipeline.h"

#include <utility>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "compiler/driver/held_conflicts.h"
#include "compiler/driver/held_numbers.h"
#include "compiler/driver/held_processes.h"
#include "compiler/driver/policy_itself.h"
#include "compiler/emit/emit.h"
#include "compiler/lint/lint.h"
#include "compiler/lint/settle.h"
#include "compiler/load/load.h"
#include "compiler/lower/lower.h"
#include "compiler/sema/check.h"
#include "runtime/format/layout.h"

namespace sodc {

namespace {

// What was freed in small pieces goes back to the system: the big tables that follow would
// not fit between the pieces that remain, and the peak would count both (rulings PERF-2).
void ReturnMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

bool RunLoad(const std::string& path, const PipelineOptions& options, Compilation& c) {
  LoadOptions load;
  load.standard_input = options.standard_input;
  load.unsaved = options.unsaved;
  load.import_root = options.import_root;
  load.table_magic = {reinterpret_cast<const char*>(sod::format::kMagic), sizeof(sod::format::kMagic)};
  c.program = Load(path, c.sources, load, c.diagnostics);
  ReturnMemory();
  return true;  // a damaged program is checked as far as it can be read: one run, every error
}

bool RunCheck(const PipelineOptions& options, Compilation& c) {
  c.model = Check(c.program, c.sources, CheckOptions{}, c.diagnostics);
  if (c.diagnostics.HasLanguageError()) return false;
  LintOptions lint{.completeness = options.completeness};
  if (options.as_of) lint.as_of = options.as_of(c.model.policy.time_zone_seconds);
  // Only who asks for the day asks for everything: a build tells what it sees on its way.
  if (lint.as_of && options.last == Phase::Check) {
    lint.held = AskWhoHolds(c.model, c.sources, *lint.as_of);
    lint.processes = AskWhoDoesProcesses(c.model, c.sources, *lint.as_of);
    lint.numbers = AskHowManyHold(c.model, c.sources, *lint.as_of);
  }
  if (options.last == Phase::Check) lint.on_policy = AskAboutPolicy(c.model);
  Lint(c.model, lint, c.diagnostics);
  SettleFindings(c.model, lint, c.diagnostics.revised());
  return true;
}

bool RunLower(const PipelineOptions& options, Compilation& c) {
  // The trees have said all they can: their memory goes to what comes next.
  for (LoadedModule& module : c.program.modules) module.file.declarations = {};
  ReturnMemory();
  c.image = Lower(c.model, c.sources, LowerOptions{.with_people = options.with_people});
  return true;
}

bool RunEmit(const PipelineOptions& options, Compilation& c) {
  if (!options.keeps_model) c.model = {};
  ReturnMemory();
  c.bytes = Emit(std::move(c.image), c.diagnostics);
  c.image = {};
  return !c.bytes.empty();
}

bool RunThrough(const std::string& path, const PipelineOptions& options, Compilation& c) {
  if (!RunLoad(path, options, c)) return false;
  if (options.last == Phase::Load) return !c.diagnostics.HasLanguageError();
  if (!RunCheck(options, c)) return false;
  if (options.last == Phase::Check) return true;
  if (!RunLower(options, c)) return false;
  if (options.last == Phase::Lower) return true;
  return RunEmit(options, c);
}

}  // namespace

void Compile(const std::string& path, const PipelineOptions& options, Compilation& compilation) {
  compilation.is_complete = RunThrough(path, options, compilation);
  compilation.diagnostics.Sort();
}

}  // namespace sodc
