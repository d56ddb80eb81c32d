// Names, modules and the reports about them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/parse/parse.h"
#include "tests/unit/sema/check_text.h"

namespace sodc::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHead[] = "policy p { language 1 }\n";

std::string Errors(const std::string& rest) { return CheckText(kHead + rest).diagnostics; }

struct Module {
  std::string name;  // empty: the main file
  std::string text;
  std::vector<uint32_t> imports;
  bool is_standard_library = false;
};

// Checks modules that are not files; the last is the main one.
std::string ErrorsOf(const std::vector<Module>& modules) {
  SourceManager sources;
  CollectingSink sink;
  Program program;
  for (const Module& module : modules) {
    LoadedModule loaded;
    const FileId file = sources.Add(module.name + ".sod", module.text, module.is_standard_library);
    loaded.file = Parse(file, sources, {}, sink);
    loaded.module_name = module.name;
    loaded.imports = module.imports;
    loaded.is_standard_library = module.is_standard_library;
    program.modules.push_back(std::move(loaded));
  }
  Check(program, sources, {}, sink);
  sink.Sort();
  std::string lines;
  for (const Diagnostic& diagnostic : sink.diagnostics()) lines += Line(sources, diagnostic);
  return lines;
}

TEST(Names, UnknownAreReportedOnceWithEveryPlace) {
  EXPECT_EQ(Errors("duty a\nduty b\nconflict a with nobody_knows\nconflict b with nobody_knows\n"),
            "SOD1001 4:17 `nobody_knows` is not declared | label 5:17 and here\n");
}

TEST(Names, SuggestTheWantedKindFirst) {
  EXPECT_EQ(Errors("duty deploy\nrole deplay\nduty x { separated from deplxy }\n"),
            "SOD1001 4:25 `deplxy` is not declared | help: did you mean `deploy`? | fix 4:25 'deploy'\n");
}

TEST(Names, InBackticksAreFixedInBackticks) {
  EXPECT_THAT(Errors("duty `SAP:Z_AP`\nduty x { separated from `SAP:Z_PA` }\n"), HasSubstr("fix 3:25 '`SAP:Z_AP`'"));
}

TEST(Names, OfAnotherKindSayWhereTheyAreDeclared) {
  EXPECT_EQ(Errors("person clerk\nduty d { separated from clerk }\n"),
            "SOD1002 3:25 `clerk` is a person; here stands a duty or a group | help: name a duty or a group | label 2:8 declared here\n");
}

TEST(Names, OfRolesWithoutTheWordRoleAreHelped) {
  EXPECT_THAT(Errors("role r\nduty d\nconflict d with r\n"), HasSubstr("help: write `role r` when the role itself is meant"));
}

TEST(Names, ThatAnotherModuleDeclaresNameTheImport) {
  EXPECT_EQ(ErrorsOf({{"std.a", "module std.a\nduty watch\n", {}, true},
                      {"std.b", "module std.b\nimport std.a\nduty other\n", {0}, true},
                      {"", "policy p { language 1 }\nduty x { separated from watch }\n", {1}}}),
            "SOD1001 2:25 `watch` is not declared | help: module `std.a` declares it; import that module here\n");
}

TEST(Names, OfTwoLibraryModulesAreAmbiguousUntilQualified) {
  const Module a{"std.a", "module std.a\nduty watch\n", {}, true};
  const Module b{"std.b", "module std.b\nduty watch\n", {}, true};
  EXPECT_THAT(ErrorsOf({a, b, {"", "policy p { language 1 }\nduty x { separated from watch }\n", {0, 1}}}),
              HasSubstr("SOD1004 2:25 `watch` is declared by more than one imported module | help: say which: `std.a.watch`"));
  EXPECT_EQ(ErrorsOf({a, b, {"", "policy p { language 1 }\nduty x { separated from std.b.watch }\n", {0, 1}}}), "");
  EXPECT_EQ(ErrorsOf({a, b, {"", "policy p { language 1 }\nduty watch\nduty x { separated from watch }\n", {0, 1}}}), "");
}

TEST(Names, OfTwoOwnModulesClash) {
  EXPECT_THAT(ErrorsOf({{"a.sod", "module a\nduty watch\n", {}},
                        {"b.sod", "module b\nduty watch\n", {}},
                        {"", "policy p { language 1 }\nduty x { separated from watch }\n", {0, 1}}}),
              HasSubstr("SOD1003 2:6 `watch` is declared twice"));
}

TEST(Names, UnknownBeyondLostTextNeedANearName) {
  const std::string text = "duty payment\nduty order\nconflict order with zzz\nconflict order with paymnt\n";
  const std::string lost = "import std.no_such_module\n";
  EXPECT_THAT(Errors(text), HasSubstr("`zzz` is not declared"));
  EXPECT_THAT(Errors(text + lost), Not(HasSubstr("`zzz` is not declared")));
  EXPECT_THAT(Errors(text + lost), HasSubstr("`paymnt` is not declared"));
}

TEST(Names, OfDamagedDeclarationsAreDeclared) {
  EXPECT_THAT(Errors("duty broken { class = }\nduty b\nconflict broken with b\n"), Not(HasSubstr("SOD1")));
}

TEST(Names, ADeclarationBehindDamageOnItsLineIsNotJudged) {
  const std::string errors = Errors("role user\nrole admin\nconflict role with admin role user { because \"x\" }\n");
  EXPECT_THAT(errors, Not(HasSubstr("SOD1")));
}

TEST(Names, CountsAreLimited) {
  CheckOptions options;
  options.max_declarations = 2;
  EXPECT_THAT(CheckText(std::string(kHead) + "duty a duty b duty c\n", options).diagnostics, HasSubstr("SOD1009"));
}

TEST(Names, ADuplicateLabelsTheFirst) {
  EXPECT_THAT(Errors("duty a\nsystem a\n"), HasSubstr("SOD1003 3:8 `a` is declared twice | help:"));
  EXPECT_THAT(Errors("duty a\nsystem a\n"), HasSubstr("label 2:6 first declared here"));
}

TEST(Names, ADuplicateIsOneErrorWhateverItTakesPartIn) {
  const std::string conflicts = Errors("duty a duty b duty c conflict x between a and b\nconflict x between b and c\n");
  EXPECT_EQ(std::count(conflicts.begin(), conflicts.end(), '\n'), 1) << conflicts;
  const std::string duties = Errors("duty b duty a { separated from b } duty a { separated from b }");
  EXPECT_EQ(std::count(duties.begin(), duties.end(), '\n'), 1) << duties;
}

TEST(Names, TwoMistakesAreBothReported) {
  EXPECT_EQ(Errors("duty a { clas verify }\nduty b\nconflict b with a_a_a_a\n").find("SOD1001 4:") != std::string::npos, true);
}

TEST(Policy, IsNeededOnce) {
  EXPECT_THAT(CheckText("duty a\n").diagnostics, HasSubstr("SOD1006 1:1"));
  EXPECT_THAT(Errors("policy q { language 1 }\n"), HasSubstr("SOD1007 2:1"));
  EXPECT_THAT(CheckText("policy p { language 2 }\n").diagnostics, HasSubstr("SOD1008 1:21"));
}

}  // namespace
}  // namespace sodc::test
