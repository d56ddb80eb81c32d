// Everything that is shipped is read without a complaint.
#include <filesystem>

#include <gtest/gtest.h>

#include "compiler/diag/sinks.h"
#include "compiler/load/load.h"
#include "stdlib/embedded_modules.h"

namespace sodc {
namespace {

std::string Explain(const CollectingSink& sink, const SourceManager& sources) {
  std::string text;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    const bool has_place = diagnostic.span.is_valid();
    const Position position = has_place ? sources.PositionOf(diagnostic.span) : Position{};
    text += fmt::format("{}:{}:{}: {}\n", has_place ? sources.file(diagnostic.span.file).path : "",
                        position.line, position.column, diagnostic.message);
  }
  return text;
}

TEST(ShippedSources, StandardLibraryIsReadWithoutComplaint) {
  ASSERT_FALSE(EmbeddedModules().empty());
  for (const EmbeddedModule& module : EmbeddedModules()) {
    SourceManager sources;
    CollectingSink sink;
    const FileId id = sources.Add(std::string(module.path), std::string(module.text), true);
    const ast::File file = Parse(id, sources, {}, sink);
    EXPECT_EQ(Explain(sink, sources), "");
    EXPECT_FALSE(file.declarations.empty());
    EXPECT_FALSE(file.is_damaged);
  }
}

TEST(ShippedSources, ExamplesAreReadWithoutComplaint) {
  size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(SODC_SOURCE_FOLDER "/examples")) {
    if (entry.path().extension() != ".sod") continue;
    ++count;
    SourceManager sources;
    CollectingSink sink;
    const Program program = Load(entry.path().string(), sources, {}, sink);
    EXPECT_EQ(Explain(sink, sources), "");
    EXPECT_TRUE(program.is_complete);
    EXPECT_FALSE(program.main().file.declarations.empty());
  }
  EXPECT_GE(count, 3u);
}

}  // namespace
}  // namespace sodc
