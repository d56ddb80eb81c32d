// sodc fmt: sources in the canonical layout, each for itself: imports are not read.
#include "compiler/base/read_file.h"
#include "compiler/base/unified_diff.h"
#include "compiler/diag/sinks.h"
#include "compiler/driver/check_report.h"
#include "compiler/driver/policy_source.h"
#include "compiler/driver/verbs.h"
#include "compiler/driver/write_file.h"
#include "compiler/format/format.h"

namespace sodc {

namespace {

// False when the file cannot be read; the reason has been reported.
bool Read(const std::string& path, const FormatOptions& options, Compilation& reading) {
  const uint64_t limit = options.parse.max_file_bytes;
  const bool is_stdin = path == "-";
  ReadResult read = is_stdin ? ReadStandardInput(limit) : ReadFile(path, limit);
  const std::string shown = is_stdin ? "<stdin>" : path;
  if (read.status == ReadResult::Status::Ok) {
    reading.sources.Add(shown, std::move(read.text));
    return true;
  }
  if (read.status == ReadResult::Status::TooLarge) {
    Diagnose<DiagKind::FileTooLarge>(Span{}, shown, read.size, limit)
        .Help("keep policies in modules and bulk assignments in data files")
        .To(reading.diagnostics);
  } else {
    Diagnose<DiagKind::FileUnreadable>(Span{}, shown, read.reason).To(reading.diagnostics);
  }
  return false;
}

ExitCode Say(DriverEnv& env, const std::string& sentence, ExitCode code) {
  env.err.Print("sodc fmt: {}\n", sentence);
  return code;
}

// What is done with a file whose layout is another one.
ExitCode Change(const FmtOptions& options, const SourceFile& source, const std::string& text, DriverEnv& env) {
  if (options.diff) env.out.Write(UnifiedDiff(FromHere(source.path), source.text, text));
  if (options.check) {
    // A diff stands for itself, and for patch.
    (options.diff ? env.err : env.out).Print("{}: not formatted\n", source.path);
    return ExitCode::Findings;
  }
  if (options.diff) return ExitCode::Fine;
  const std::string sentence = ReplaceFile(source.path, source.path, source.text, text);
  if (!sentence.empty()) return Say(env, sentence, ExitCode::InputOutput);
  env.out.Print("{}: formatted\n", source.path);
  return ExitCode::Fine;
}

ExitCode FormatOne(const FmtOptions& options, const std::string& path, ColorChoice color, DriverEnv& env) {
  const FormatOptions format{};
  Compilation reading;
  FormatResult result;
  if (Read(path, format, reading)) result = Format(FileId{0}, reading.sources, format, reading.diagnostics);
  if (result.status == FormatStatus::SyntaxErrors) {
    reading.diagnostics.Sort();
    PrintDiagnostics(reading, color, env);
    return CodeOfFailure(reading);
  }
  if (result.status == FormatStatus::Refused) {
    return Say(env, fmt::format("`{}` stays as it is: formatting would have changed {}; please report it", path, result.refusal),
               ExitCode::Bug);
  }
  const SourceFile& source = reading.sources.file(FileId{0});
  if (path == "-" && !options.check && !options.diff) {
    env.out.Write(result.text);
    return ExitCode::Fine;
  }
  return result.text == source.text ? ExitCode::Fine : Change(options, source, result.text, env);
}

}  // namespace

ExitCode RunFmt(const FmtOptions& options, ColorChoice color, DriverEnv& env) {
  for (const std::string& file : options.files) {
    if (file != "-" && IsStream(file)) {
      return SayUsage(env, "fmt", fmt::format("`{}` is no file that could be rewritten; give - to read standard input", file));
    }
  }
  ExitCode code = ExitCode::Fine;
  for (const std::string& file : options.files) code = Worse(code, FormatOne(options, file, color, env));
  return code;
}

}  // namespace sodc
