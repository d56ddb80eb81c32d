#include "compiler/driver/check_report.h"

#include <filesystem>

#include "compiler/driver/diagnostic_pages.h"

namespace sodc {

std::string FromHere(const std::string& path) {
  std::error_code error;
  std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  if (normal.is_absolute()) {
    const std::filesystem::path relative = normal.lexically_relative(std::filesystem::current_path(error));
    if (!error && !relative.empty() && *relative.begin() != "..") normal = relative;
  }
  return normal.generic_string();
}

Report EmptyReport(Severity fails_at) { return {{}, SODC_VERSION, fails_at, PageOf}; }

CheckedPolicy ToReport(const std::string& main_path, Compilation compilation) {
  CheckedPolicy policy;
  policy.path = main_path == "-" ? "stdin" : FromHere(main_path);
  const size_t slash = main_path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : main_path.substr(0, slash + 1);
  for (size_t i = 0; i < compilation.sources.file_count(); ++i) {
    const SourceFile& file = compilation.sources.file(FileId{static_cast<uint32_t>(i)});
    const bool is_here = !file.is_standard_library && file.path != "<stdin>";
    policy.file_paths.push_back(is_here ? FromHere(folder + file.path) : file.is_standard_library ? file.path : "stdin");
  }
  policy.diagnostics = compilation.diagnostics.diagnostics();
  policy.sources = std::move(compilation.sources);
  return policy;
}

}  // namespace sodc
