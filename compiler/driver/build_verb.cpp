// sodc build: source → table file, or the product of one phase as text.
#include <filesystem>
#include <span>
#include <sstream>

#include "compiler/ast/dump.h"
#include "compiler/driver/dump_text.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"
#include "compiler/driver/write_file.h"
#include "compiler/model/dump.h"
#include "sod/table.h"

namespace sodc {

namespace {

// Make's escapes: a space, a dollar, a hash.
std::string MakeEscaped(std::string_view path) {
  std::string text;
  for (const char c : path) {
    if (c == ' ' || c == '#') text += '\\';
    if (c == '$') text += '$';
    text += c;
  }
  return text;
}

std::string DependencyRule(const std::string& output, const std::vector<std::string>& inputs) {
  std::string text = MakeEscaped(output) + ":";
  for (const std::string& input : inputs) text += " \\\n  " + MakeEscaped(input);
  text += "\n";
  // An input that goes away is no error of Make's.
  for (const std::string& input : inputs) text += "\n" + MakeEscaped(input) + ":\n";
  return text;
}

// One place by two names, whether or not something stands there yet. Devices take anything.
bool IsSameFile(const std::string& a, const std::string& b) {
  std::error_code error;
  if (std::filesystem::exists(a, error) && !std::filesystem::is_regular_file(a, error)) return false;
  if (std::filesystem::equivalent(a, b, error)) return true;
  const auto place = [&](const std::string& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  };
  return place(a) == place(b);
}

// Why the dependency rule must not be written where --deps says, or nothing.
std::string ProblemOfDeps(const BuildOptions& options, const std::vector<std::string>& inputs) {
  if (options.deps.empty()) return {};
  if (IsSameFile(options.deps, options.output)) {
    return fmt::format("--deps and -o both name `{}`; the rule would replace the table", options.deps);
  }
  for (const std::string& input : inputs) {
    if (!IsSameFile(options.deps, input)) continue;
    return fmt::format("--deps names `{}`, which is an input of this command and stays as it is", options.deps);
  }
  return {};
}

// "h33.sodt: policy h33 revision 3; table_sha256 …"
std::string Receipt(const std::string& output, const sod::Table& table) {
  return fmt::format("{}: policy {} revision {}, {} duties, {} roles, {} rules\n  table_sha256 {}\n", output,
                     table.policy_name(), table.policy_revision(), table.duty_count(), table.role_count(),
                     table.rule_count(), table.table_sha256());
}

ExitCode Save(const BuildOptions& options, const Compilation& compilation, DriverEnv& env) {
  const auto table = sod::Table::Load(std::as_bytes(std::span(compilation.bytes.data(), compilation.bytes.size())));
  if (!table) {
    env.err.Print("sodc: the table just made is not sound: {}; please report it\n", table.error().message);
    return ExitCode::Bug;
  }
  const std::vector<std::string> inputs = InputFiles(options.file, compilation.sources);
  if (const std::string problem = ProblemOfDeps(options, inputs); !problem.empty()) return SayUsage(env, "build", problem);
  if (options.output == "-") {
    env.out.Write(compilation.bytes);
  } else if (const std::string problem = WriteFile(options.output, compilation.bytes, inputs); !problem.empty()) {
    env.err.Print("sodc build: {}\n", problem);
    return ExitCode::InputOutput;
  } else {
    env.out.Write(Receipt(options.output, table.value()));
  }
  if (options.deps.empty()) return ExitCode::Fine;
  const std::string problem = WriteFile(options.deps, DependencyRule(options.output, inputs), inputs);
  if (problem.empty()) return ExitCode::Fine;
  env.err.Print("sodc build: {}\n", problem);
  return ExitCode::InputOutput;
}

Phase LastPhase(EmitStage stage) {
  switch (stage) {
    case EmitStage::Ast: return Phase::Load;
    case EmitStage::Model: return Phase::Check;
    case EmitStage::Table: return Phase::Lower;
    case EmitStage::Bytes: return Phase::Emit;
  }
  return Phase::Emit;
}

// The product of the phase that --emit names.
void PrintProduct(EmitStage stage, const Compilation& compilation, OutputStream& out) {
  if (stage == EmitStage::Table) return DumpRows(ViewOf(compilation.image), out);
  std::ostringstream text;
  if (stage == EmitStage::Ast) {
    ast::Dump(compilation.program.main().file, text);
  } else {
    model::Dump(compilation.model, text);
  }
  out.Write(text.str());
}

}  // namespace

ExitCode RunBuild(const BuildOptions& options, ColorChoice color, DriverEnv& env) {
  Compilation compilation;
  Compile(options.file, {.last = LastPhase(options.emit), .with_people = !options.no_people, .import_root = env.import_root}, compilation);
  PrintDiagnostics(compilation, color, env);
  if (!compilation.is_complete) return CodeOfFailure(compilation);
  ExitCode code = ExitCode::Fine;
  if (options.emit == EmitStage::Bytes) {
    code = Save(options, compilation, env);
  } else {
    PrintProduct(options.emit, compilation, env.out);
  }
  if (options.deny_findings && compilation.diagnostics.HasFinding(Severity::Error)) {
    code = Worse(code, ExitCode::Findings);
  }
  return code;
}

}  // namespace sodc
