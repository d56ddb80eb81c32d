#include <gtest/gtest.h>

#include "compiler/diag/sinks.h"
#include "compiler/source/source_manager.h"

namespace sodc {
namespace {

// The span of the `count`-th occurrence of `what`.
Span Find(const SourceManager& sources, FileId file, std::string_view what, int count = 1) {
  size_t at = 0;
  for (int i = 0; i < count; ++i) at = sources.file(file).text.find(what, at == 0 ? 0 : at + 1);
  return {file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + what.size())};
}

class RenderTextTest : public testing::Test {
 protected:
  FileId Add(std::string text) { return sources_.Add("a.sod", std::move(text)); }
  std::string Render() { return RenderText(sink_.diagnostics(), sources_, {}); }
  SourceManager sources_;
  CollectingSink sink_;
};

TEST_F(RenderTextTest, MarksThePlaceAndSaysWhatToDo) {
  const FileId file = Add("duty a\nduty review \"Review\"\n");
  Diagnose<DiagKind::ReservedWordAsName>(Find(sources_, file, "review"), "review")
      .Help("put it in backticks")
      .Fix(Find(sources_, file, "review"), "`review`")
      .To(sink_);
  EXPECT_EQ(Render(),
            "error[SOD0205]: `review` is a reserved word and cannot be a name\n"
            "  --> a.sod:2:6\n"
            "   |\n"
            " 2 | duty review \"Review\"\n"
            "   |      ^^^^^^\n"
            "   = help: put it in backticks\n"
            "   = fix: write ``review`` instead of `review`\n");
}

TEST_F(RenderTextTest, ShowsTwoPlacesOfOneFileInOrder) {
  const FileId file = Add("duty a \"A\"\n\n\n\nduty a \"B\"\n");
  Diagnose<DiagKind::StrayCharacter>(Find(sources_, file, "a", 2), "a")
      .Label(Find(sources_, file, "a", 1), "first here")
      .To(sink_);
  EXPECT_EQ(Render(),
            "error[SOD0101]: `a` has no meaning here\n"
            "  --> a.sod:5:6\n"
            "   |\n"
            " 1 | duty a \"A\"\n"
            "   |      - first here\n"
            " ...\n"
            " 5 | duty a \"B\"\n"
            "   |      ^\n");
}

TEST_F(RenderTextTest, HangsTheTextsOfOneLineBelowEachOther) {
  const FileId file = Add("conflict left with right\n");
  Diagnose<DiagKind::StrayCharacter>(Find(sources_, file, "with"), "with")
      .Label(Find(sources_, file, "left"), "one side")
      .Label(Find(sources_, file, "right"), "other side")
      .To(sink_);
  EXPECT_EQ(Render(),
            "error[SOD0101]: `with` has no meaning here\n"
            "  --> a.sod:1:15\n"
            "   |\n"
            " 1 | conflict left with right\n"
            "   |          ---- ^^^^ ----- other side\n"
            "   |          one side\n");
}

TEST_F(RenderTextTest, CountsCellsNotBytes) {
  // Wide characters take two cells, combining ones none, a tab runs to the next stop.
  const FileId file = Add("\t\"漢字 e\u0301\" x\n");
  Diagnose<DiagKind::StrayCharacter>(Find(sources_, file, "x"), "x").To(sink_);
  EXPECT_EQ(Render(),
            "error[SOD0101]: `x` has no meaning here\n"
            "  --> a.sod:1:10\n"
            "   |\n"
            " 1 |     \"漢字 e\u0301\" x\n"
            "   |              ^\n");
}

TEST_F(RenderTextTest, SpellsOutWhatWouldMoveTheCursorAndIsolatesRightToLeftText) {
  const FileId file = Add("a\u202Eb \u05D0\u05D1 \x1b[0m x\n");
  Diagnose<DiagKind::StrayCharacter>(Find(sources_, file, "x"), "\u202E").To(sink_);
  EXPECT_EQ(Render(),
            "error[SOD0101]: `\\u{202E}` has no meaning here\n"
            "  --> a.sod:1:13\n"
            "   |\n"
            " 1 | a\\u{202E}b \u2068\u05D0\u05D1\u2069 \\u{1B}[0m x\n"
            "   |                         ^\n");
}

TEST_F(RenderTextTest, CutsLongLinesAroundThePlace) {
  const FileId file = Add(std::string(100000, 'a') + " x " + std::string(100000, 'b'));
  Diagnose<DiagKind::StrayCharacter>(Find(sources_, file, "x"), "x").To(sink_);
  const std::string text = Render();
  EXPECT_LT(text.size(), 600u);
  EXPECT_NE(text.find(" x b"), std::string::npos);
}

TEST_F(RenderTextTest, MarksTheEndOfALine) {
  const FileId file = Add("assign a to\nduty b\n");
  Diagnose<DiagKind::StrayCharacter>(Span{file, 11, 11}, "?").To(sink_);
  EXPECT_EQ(Render(),
            "error[SOD0101]: `?` has no meaning here\n"
            "  --> a.sod:1:12\n"
            "   |\n"
            " 1 | assign a to\n"
            "   |            ^\n");
}

TEST_F(RenderTextTest, NamesTheSecondFileOfALabel) {
  const FileId first = Add("duty a\n");
  const FileId second = sources_.Add("b.sod", "duty a\n");
  Diagnose<DiagKind::StrayCharacter>(Find(sources_, second, "a"), "a")
      .Label(Find(sources_, first, "a"), "declared here")
      .To(sink_);
  EXPECT_EQ(Render(),
            "error[SOD0101]: `a` has no meaning here\n"
            "  --> b.sod:1:6\n"
            "   |\n"
            " 1 | duty a\n"
            "   |      ^\n"
            "  ::: a.sod:1:6\n"
            "   |\n"
            " 1 | duty a\n"
            "   |      - declared here\n");
}

TEST(RenderJson, CountsLinesFromOneAndColumnsInCodePointsAndUtf16Units) {
  SourceManager sources;
  const FileId file = sources.Add("a.sod", "\"😀\" x\n");
  CollectingSink sink;
  Diagnose<DiagKind::StrayCharacter>(Span{file, 7, 8}, "x").To(sink);
  EXPECT_EQ(RenderJson(sink.diagnostics(), sources),
            R"({"schema":"sod.diagnostics/1","diagnostics":[{"code":"SOD0101","name":"StrayCharacter",)"
            R"("severity":"error","finding":false,"message":"`x` has no meaning here",)"
            R"("file":"a.sod","begin":{"offset":7,"line":1,"column":5,"utf16_column":6},)"
            R"("end":{"offset":8,"line":1,"column":6,"utf16_column":7},"labels":[],"fixes":[]}]})"
            "\n");
}

TEST(CollectingSink, SortsByPlaceAndDropsRepetitions) {
  SourceManager sources;
  const FileId file = sources.Add("a.sod", "ab");
  CollectingSink sink;
  Diagnose<DiagKind::StrayCharacter>(Span{file, 1, 2}, "b").To(sink);
  Diagnose<DiagKind::StrayCharacter>(Span{file, 0, 1}, "a").To(sink);
  Diagnose<DiagKind::StrayCharacter>(Span{file, 1, 2}, "b").To(sink);
  sink.Sort();
  ASSERT_EQ(sink.diagnostics().size(), 2u);
  EXPECT_EQ(sink.diagnostics()[0].message, "`a` has no meaning here");
  EXPECT_TRUE(sink.HasLanguageError());
  EXPECT_FALSE(sink.HasFinding(Severity::Note));
}

}  // namespace
}  // namespace sodc
