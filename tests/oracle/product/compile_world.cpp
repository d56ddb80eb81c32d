// The phases in their order.
#include "compile_world.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "compiler/diag/sinks.h"
#include "compiler/emit/emit.h"
#include "compiler/load/load.h"
#include "compiler/lower/lower.h"
#include "compiler/sema/check.h"
#include "compiler/source/source_manager.h"

#include "../world/print_world.h"

namespace oracle {

namespace {

std::string ErrorsOf(sodc::CollectingSink& sink, const sodc::SourceManager& sources) {
  sink.Sort();
  return sodc::RenderText(sink.diagnostics(), sources, {});
}

}  // namespace

Compiled CompileWorld(const World& world, const std::string& folder) {
  if (world.is_split) {
    std::ofstream(folder + "/" + kModuleFile, std::ios::binary) << PrintModule(world);
  }
  return CompileText(PrintWorld(world), folder);
}

Compiled CompileText(const std::string& text, const std::string& folder) {
  const std::string path = folder + "/policy.sod";
  std::ofstream(path, std::ios::binary) << text;
  sodc::SourceManager sources;
  sodc::CollectingSink sink;
  const sodc::Program program = sodc::Load(path, sources, {}, sink);
  if (sink.HasLanguageError()) return {"", ErrorsOf(sink, sources)};
  const sodc::model::Model model = sodc::Check(program, sources, {}, sink);
  if (sink.HasLanguageError()) return {"", ErrorsOf(sink, sources)};
  const std::string bytes = sodc::Emit(sodc::Lower(model, sources, {}), sink);
  if (sink.HasLanguageError()) return {"", ErrorsOf(sink, sources)};
  return {bytes, ""};
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "sod-oracle-XXXXXX").string();
  if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace oracle
