// Imports: where files come from, in which order, and what is said when they do not.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "compiler/diag/sinks.h"
#include "compiler/load/load.h"

namespace sodc {
namespace {

namespace fs = std::filesystem;

class LoadTest : public testing::Test {
 protected:
  LoadTest() {
    folder_ = fs::temp_directory_path() / ("sodc_load_" + std::to_string(getpid()) + "_" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_ / "lib");
  }
  ~LoadTest() override {
    std::error_code error;
    fs::remove_all(folder_, error);
  }

  void Write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }

  // The paths of the modules in order, then the diagnostics with their labels.
  std::string Run(const std::string& name = "main.sod") {
    SourceManager sources;
    CollectingSink sink;
    const Program program = Load(name == "-" ? name : (folder_ / name).string(), sources, options_, sink);
    is_complete_ = program.is_complete;
    std::string text;
    for (const LoadedModule& module : program.modules) {
      if (module.file.file.is_valid()) text += sources.file(module.file.file).path + " ";
    }
    text += "\n";
    for (const Diagnostic& diagnostic : sink.diagnostics()) {
      text += std::string(NameOf(diagnostic.kind)) + ": " + diagnostic.message + "\n";
      for (const Label& label : diagnostic.labels) {
        text += "  " + sources.file(label.span.file).path + ": " + label.text + "\n";
      }
      if (!diagnostic.help.empty()) text += "  help: " + diagnostic.help + "\n";
    }
    return text;
  }

  fs::path folder_;
  LoadOptions options_;
  bool is_complete_ = false;
};

TEST_F(LoadTest, OrdersImportedBeforeImportingAndReadsEachFileOnce) {
  Write("main.sod", "import \"lib/a.sod\"\nimport \"lib/b.sod\"\npolicy p");
  Write("lib/a.sod", "module a\nimport \"b.sod\"");
  Write("lib/b.sod", "module b\nimport std.levels");
  EXPECT_EQ(Run(), "std/levels.sod lib/b.sod lib/a.sod main.sod \n");
  EXPECT_TRUE(is_complete_);
}

TEST_F(LoadTest, ReadsAFileOnceThroughALink) {
  Write("main.sod", "import \"lib/a.sod\"\nimport \"link.sod\"\npolicy p");
  Write("lib/a.sod", "module a");
  fs::create_symlink(folder_ / "lib/a.sod", folder_ / "link.sod");
  EXPECT_EQ(Run(), "lib/a.sod main.sod \nImportedTwice: `link.sod` is imported twice\n"
                   "  main.sod: first imported here\n  help: remove one of the two\n");
}

TEST_F(LoadTest, ShowsTheWayOfACycle) {
  Write("main.sod", "import \"a.sod\"\npolicy p");
  Write("a.sod", "module a\nimport \"b.sod\"");
  Write("b.sod", "module b\nimport \"a.sod\"");
  EXPECT_EQ(Run(), "b.sod a.sod main.sod \nImportCycle: the import of `a.sod` closes a cycle\n"
                   "  a.sod: imports `b.sod`\n  help: move what the files share into a module that imports neither\n");
  EXPECT_FALSE(is_complete_);
}

TEST_F(LoadTest, SuggestsANearFileAndShowsTheWayToTheImport) {
  Write("main.sod", "import \"lib/a.sod\"\npolicy p");
  Write("lib/a.sod", "module a\nimport \"dutys.sod\"");
  Write("lib/duties.sod", "module duties");
  EXPECT_EQ(Run(), "lib/a.sod main.sod \nImportNotFound: module `dutys.sod` is not found\n"
                   "  main.sod: imports `lib/a.sod`\n  help: did you mean `\"duties.sod\"`?\n");
}

TEST_F(LoadTest, SuggestsANearModule) {
  Write("main.sod", "import std.level\nimport levels\npolicy p");
  EXPECT_EQ(Run(), "main.sod \nImportNotFound: module `std.level` is not found\n  help: did you mean `std.levels`?\n"
                   "ImportNotFound: module `levels` is not found\n  help: did you mean `std.levels`?\n");
}

TEST_F(LoadTest, RefusesToImportAPolicy) {
  Write("main.sod", "import \"other.sod\"\npolicy p");
  Write("other.sod", "policy q");
  EXPECT_NE(Run().find("ImportedFileIsPolicy: `other.sod` declares a policy; only modules can be imported"), std::string::npos);
}

TEST_F(LoadTest, LimitsTheDepthOfImports) {
  options_.max_import_depth = 2;
  Write("main.sod", "import \"a.sod\"\npolicy p");
  Write("a.sod", "module a\nimport \"b.sod\"");
  Write("b.sod", "module b");
  EXPECT_NE(Run().find("ImportTooDeep: imports are nested more than 2 deep"), std::string::npos);
}

TEST_F(LoadTest, ReadsStandardInputWithTheStandardLibraryOnly) {
  options_.standard_input = "policy p\nimport std.levels\nimport \"a.sod\"";
  EXPECT_EQ(Run("-"), "std/levels.sod <stdin> \nImportFromStandardInput: a policy read from standard input can import only the "
                      "standard library\n  help: save the policy to a file, next to the files it imports\n");
}

TEST_F(LoadTest, RefusesStandardInputAboveTheLimit) {
  options_.parse.max_file_bytes = 10;
  options_.standard_input = "policy p // and more";
  EXPECT_NE(Run("-").find("FileTooLarge: `<stdin>` has 20 bytes; the limit for a policy file is 10"), std::string::npos);
}

TEST_F(LoadTest, SaysWhyAFileCannotBeRead) {
  EXPECT_NE(Run("missing.sod").find("no such file or directory"), std::string::npos);
  EXPECT_NE(Run("lib").find("is a directory"), std::string::npos);
  Write("main.sod", "import \"lib\"\npolicy p");
  EXPECT_NE(Run().find("FileUnreadable: `lib` cannot be read: is a directory"), std::string::npos);
  EXPECT_FALSE(is_complete_);
}

TEST_F(LoadTest, RefusesALargeFileByItsSize) {
  Write("main.sod", "policy p");
  fs::resize_file(folder_ / "main.sod", 1u << 30);
  EXPECT_NE(Run().find("has 1073741824 bytes; the limit for a policy file is 67108864"), std::string::npos);
}

}  // namespace
}  // namespace sodc
