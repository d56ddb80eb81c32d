#include "compiler/driver/policy_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>

#include "compiler/parse/parse.h"
#include "runtime/format/layout.h"

namespace sodc {

namespace {

bool HasMagic(std::string_view bytes) {
  return bytes.size() >= sizeof(sod::format::kMagic) &&
         std::memcmp(bytes.data(), sod::format::kMagic, sizeof(sod::format::kMagic)) == 0;
}

// A table of which only the first bytes are left, or none: no source begins with its first byte.
bool IsCutTable(std::string_view bytes, const std::string& path) {
  if (bytes.empty()) return path.ends_with(".sodt");
  return bytes.size() < sizeof(sod::format::kMagic) && std::memcmp(bytes.data(), sod::format::kMagic, bytes.size()) == 0;
}

// Reads until `text` holds `size` bytes or the input ends.
bool ReadUpTo(int descriptor, size_t size, std::string& text) {
  constexpr size_t kChunk = 64 * 1024;
  while (text.size() < size) {
    const size_t before = text.size();
    text.resize(before + std::min(kChunk, size - before));
    const ssize_t got = ::read(descriptor, text.data() + before, text.size() - before);
    text.resize(before + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return true;
    if (got < 0 && errno != EINTR) return false;
  }
  return true;
}

// One byte more than a source may have, so that Load can see that there is too much.
bool ReadStream(int descriptor, std::string& text) {
  if (!ReadUpTo(descriptor, sizeof(sod::format::kMagic), text)) return false;
  const size_t limit = HasMagic(text) ? sod::format::kMaxFileBytes : ParseOptions{}.max_file_bytes + 1;
  return ReadUpTo(descriptor, limit, text);
}

bool IsTableFile(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return false;  // Load reports it
  std::string first;
  const bool is_read = ReadUpTo(descriptor, sizeof(sod::format::kMagic), first);
  ::close(descriptor);
  return is_read && (HasMagic(first) || IsCutTable(first, path));
}

OpenedPolicy Failed(ExitCode code, DriverEnv& env, std::string_view path, const sod::Error& error) {
  env.err.Print("sodc: {}: {}{}{}\n", path, error.message, error.help.empty() ? "" : "; ", error.help);
  return {.table = {}, .inputs = {}, .code = code};
}

OpenedPolicy FromResult(sod::Result<sod::Table> table, const std::string& path, DriverEnv& env) {
  if (!table) return Failed(ExitCode::InputOutput, env, path, table.error());
  return {.table = std::move(table.value()), .inputs = {path}, .code = ExitCode::Fine};
}

sod::Result<sod::Table> LoadBytes(std::string_view bytes) {
  return sod::Table::Load(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

OpenedPolicy CompileInMemory(const std::string& path, PipelineOptions options, ColorChoice color, DriverEnv& env) {
  Compilation compilation;
  Compile(path, options, compilation);
  if (!compilation.is_complete) {
    PrintDiagnostics(compilation, color, env);
    return {.table = {}, .inputs = {}, .code = CodeOfFailure(compilation)};
  }
  auto table = LoadBytes(compilation.bytes);
  if (!table) return Failed(ExitCode::Bug, env, "the table just made is not sound", table.error());
  return {.table = std::move(table.value()), .inputs = InputFiles(path, compilation.sources), .code = ExitCode::Fine};
}

}  // namespace

bool IsTable(const std::string& path) { return path != "-" && !IsStream(path) && IsTableFile(path); }

bool IsStream(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

OpenedPolicy OpenPolicy(const std::string& path, ColorChoice color, DriverEnv& env) {
  const bool is_stream = path != "-" && IsStream(path);
  if (path != "-" && !is_stream) {
    if (IsTableFile(path)) return FromResult(sod::Table::LoadFile(path), path, env);
    return CompileInMemory(path, {.import_root = env.import_root}, color, env);
  }
  const char* const name = is_stream ? path.c_str() : "standard input";
  const int descriptor = is_stream ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
  std::string text;
  const bool is_read = descriptor >= 0 && ReadStream(descriptor, text);
  const int error = errno;
  if (is_stream && descriptor >= 0) ::close(descriptor);
  if (!is_read) return Failed(ExitCode::InputOutput, env, name, {sod::ErrorCode::InputOutput, std::strerror(error), ""});
  if (HasMagic(text) || IsCutTable(text, path)) return FromResult(LoadBytes(text), name, env);
  // Like standard input, a stream has no folder beside it: it imports only the standard library.
  return CompileInMemory("-", {.standard_input = std::move(text)}, color, env);
}

OpenedPolicy OpenTable(const std::string& path, DriverEnv& env) {
  if (path != "-") return FromResult(sod::Table::LoadFile(path), path, env);
  std::string text;
  if (!ReadStream(STDIN_FILENO, text)) {
    return Failed(ExitCode::InputOutput, env, "standard input", {sod::ErrorCode::InputOutput, std::strerror(errno), ""});
  }
  return FromResult(LoadBytes(text), "standard input", env);
}

void PrintDiagnostics(const Compilation& compilation, ColorChoice color, DriverEnv& env) {
  const bool use_color =
      color == ColorChoice::Always || (color == ColorChoice::Auto && env.is_err_terminal && !env.no_color);
  env.err.Write(RenderText(compilation.diagnostics.diagnostics(), compilation.sources, {.color = use_color}));
  env.err.Flush();  // before the results, where both streams are one terminal
}

ExitCode CodeOfFailure(const Compilation& compilation) {
  const auto& all = compilation.diagnostics.diagnostics();
  const bool is_unreadable = std::any_of(all.begin(), all.end(),
                                         [](const Diagnostic& d) { return d.kind == DiagKind::FileUnreadable; });
  return is_unreadable ? ExitCode::InputOutput : ExitCode::DoesNotCompile;
}

std::vector<std::string> InputFiles(const std::string& main_path, const SourceManager& sources) {
  const size_t slash = main_path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : main_path.substr(0, slash + 1);
  std::vector<std::string> files;
  for (size_t i = 0; i < sources.file_count(); ++i) {
    const SourceFile& file = sources.file(FileId{static_cast<uint32_t>(i)});
    if (!file.is_standard_library && file.path != "<stdin>") files.push_back(folder + file.path);
  }
  return files;
}

}  // namespace sodc
