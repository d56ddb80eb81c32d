// sodc check: language errors and findings of each policy, in the order given.
#include <algorithm>

#include "compiler/base/unified_diff.h"
#include "compiler/diag/report.h"
#include "compiler/driver/as_of.h"
#include "compiler/driver/check_report.h"
#include "compiler/driver/fix.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/plural.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"

namespace sodc {

namespace {

size_t Count(const CollectingSink& sink, Severity severity, bool is_finding) {
  const auto& all = sink.diagnostics();
  return static_cast<size_t>(std::count_if(all.begin(), all.end(), [&](const Diagnostic& d) {
    return d.severity == severity && IsFinding(d.kind) == is_finding && !d.allowance;
  }));
}

// "; 2 findings allowed": they are not shown, and not forgotten.
std::string AllowedPart(const CollectingSink& sink) {
  const auto& all = sink.diagnostics();
  const auto count = std::count_if(all.begin(), all.end(), [](const Diagnostic& d) { return d.allowance.has_value(); });
  return count == 0 ? "" : fmt::format("; {} allowed", Plural(static_cast<size_t>(count), "finding"));
}

// Whoever reads "nothing found" may think that nobody has a conflict.
std::string PeoplePart(const std::string& file, const Compilation& compilation) {
  const size_t count = compilation.model.assignments.size();
  if (count == 0 || compilation.diagnostics.HasLanguageError()) return {};
  const std::string policy = file == "-" ? "POLICY" : file;
  return fmt::format("  {} not judged here: sodc query {} --all\n",
                     count == 1 ? "1 assignment is" : fmt::format("{} assignments are", count), policy);
}

// "h33.sod: compiles; 1 error-level finding, 1 warning, 0 notes"
std::string Summary(const std::string& file, const CollectingSink& sink) {
  const size_t language_errors = Count(sink, Severity::Error, false);
  const size_t errors = Count(sink, Severity::Error, true);
  const size_t warnings = Count(sink, Severity::Warning, true) + Count(sink, Severity::Warning, false);
  const size_t notes = Count(sink, Severity::Note, true) + Count(sink, Severity::Note, false);
  if (language_errors > 0) return fmt::format("{}: does not compile, {}\n", file, Plural(language_errors, "error"));
  const std::string allowed = AllowedPart(sink);
  if (errors + warnings + notes == 0) return fmt::format("{}: compiles, nothing found{}\n", file, allowed);
  return fmt::format("{}: compiles; {}, {}, {}{}\n", file, Plural(errors, "error-level finding"),
                     Plural(warnings, "warning"), Plural(notes, "note"), allowed);
}

ExitCode CodeOf(const Compilation& compilation, bool werror) {
  const CollectingSink& sink = compilation.diagnostics;
  if (sink.HasLanguageError()) return CodeOfFailure(compilation);
  const auto& all = sink.diagnostics();
  const Severity threshold = werror ? Severity::Warning : Severity::Error;
  const bool is_refused =
      std::any_of(all.begin(), all.end(), [&](const Diagnostic& d) { return d.severity >= threshold && !d.allowance; });
  return is_refused ? ExitCode::Findings : ExitCode::Fine;
}

// The text and the lines of JSON of one policy, as soon as it is checked.
void PrintPolicy(const CheckOptionsOfVerb& options, const std::string& file, const Compilation& compilation,
                 ColorChoice color, DriverEnv& env) {
  if (options.format == CheckFormat::Json) {
    env.out.Write(RenderJson(compilation.diagnostics.diagnostics(), compilation.sources));
    return;
  }
  PrintDiagnostics(compilation, color, env);
  env.out.Write(Summary(file, compilation.diagnostics) + PeoplePart(file, compilation));
  env.out.Flush();
}

// Formats for other programs are one document about all policies.
std::string Render(CheckFormat format, const Report& report) {
  switch (format) {
    case CheckFormat::Sarif: return RenderSarif(report);
    case CheckFormat::Gitlab: return RenderGitlab(report);
    case CheckFormat::Junit: return RenderJunit(report);
    case CheckFormat::Github: return RenderGithub(report);
    case CheckFormat::Text:
    case CheckFormat::Json: break;  // printed one by one
  }
  return {};
}

PipelineOptions OptionsFor(const CheckOptionsOfVerb& options, const DriverEnv& env) {
  PipelineOptions made{.last = Phase::Check, .completeness = options.completeness, .import_root = env.import_root};
  // INVARIANT: RunCheck has refused a day that cannot be read.
  if (!options.undated) made.as_of = [&](int32_t zone) { return std::get<AsOf>(ResolveAsOf(options.as_of, env, zone)).instant; };
  return made;
}

// How many diagnostics are fixed, and in how many files.
std::string CountOf(const Fixes& fixes) {
  size_t fixed = 0;
  for (const auto& [key, file] : fixes.files) fixed += file.fixed;
  return fmt::format("{} in {}", Plural(fixed, "problem"), Plural(fixes.files.size(), "file"));
}

Fixes FixesOf(const CheckOptionsOfVerb& options, const DriverEnv& env) {
  Fixes fixes;
  fixes.import_root = env.import_root;
  for (const std::string& file : options.files) AddFixes(file, fixes);
  return fixes;
}

ExitCode Fix(const CheckOptionsOfVerb& options, DriverEnv& env) {
  const Fixes fixes = FixesOf(options, env);
  if (fixes.files.empty()) return ExitCode::Fine;
  const std::string sentence = WriteFixes(fixes);
  if (!sentence.empty()) {
    env.err.Print("sodc check: {}\n", sentence);
    return ExitCode::InputOutput;
  }
  env.err.Print("fixed {}\n", CountOf(fixes));
  return ExitCode::Fine;
}

// Ends as a check would that fixes nothing: the files are as they were.
ExitCode ShowFixes(const CheckOptionsOfVerb& options, DriverEnv& env) {
  const Fixes fixes = FixesOf(options, env);
  for (const auto& [key, file] : fixes.files) {
    env.out.Write(UnifiedDiff(file.path, file.before, fixes.texts.at(key)));
  }
  env.err.Print("{} can be fixed; nothing was written\n", CountOf(fixes));
  ExitCode code = ExitCode::Fine;
  for (const std::string& file : options.files) {
    Compilation compilation;
    Compile(file, OptionsFor(options, env), compilation);
    code = Worse(code, CodeOf(compilation, options.werror));
  }
  return code;
}

ExitCode CheckAll(const CheckOptionsOfVerb& options, ColorChoice color, DriverEnv& env) {
  const bool is_one_by_one = options.format == CheckFormat::Text || options.format == CheckFormat::Json;
  ExitCode code = ExitCode::Fine;
  Report report = EmptyReport(options.werror ? Severity::Warning : Severity::Error);
  for (const std::string& file : options.files) {
    Compilation compilation;
    Compile(file, OptionsFor(options, env), compilation);
    code = Worse(code, CodeOf(compilation, options.werror));
    if (is_one_by_one) {
      PrintPolicy(options, file, compilation, color, env);
    } else {
      report.policies.push_back(ToReport(file, std::move(compilation)));
    }
  }
  env.out.Write(Render(options.format, report));
  return code;
}

}  // namespace

ExitCode RunCheck(const CheckOptionsOfVerb& options, ColorChoice color, DriverEnv& env) {
  // Each policy has its own time zone; what cannot be read is told before any is.
  const auto as_of = ResolveAsOf(options.as_of, env);
  if (const auto* sentence = std::get_if<std::string>(&as_of)) return SayUsage(env, "check", *sentence);
  if (options.fix || options.fix_dry_run) {
    for (const std::string& file : options.files) {
      if (IsStream(file)) return SayUsage(env, "check", fmt::format("`{}` is no file that could be fixed", file));
    }
  }
  if (options.fix_dry_run) return ShowFixes(options, env);
  const ExitCode fixed = options.fix ? Fix(options, env) : ExitCode::Fine;
  return Worse(fixed, CheckAll(options, color, env));
}

}  // namespace sodc
