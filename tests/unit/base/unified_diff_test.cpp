#include "compiler/base/unified_diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace sodc {
namespace {

TEST(UnifiedDiff, SaysNothingOfEqualTexts) {
  EXPECT_EQ(UnifiedDiff("a.sod", "", ""), "");
  EXPECT_EQ(UnifiedDiff("a.sod", "x\ny", "x\ny"), "");
}

TEST(UnifiedDiff, ShowsThreeLinesAroundAChange) {
  EXPECT_EQ(UnifiedDiff("a.sod", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a/a.sod\n+++ b/a.sod\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, JoinsNearChangesAndPartsFarOnes) {
  const std::string text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
  EXPECT_EQ(UnifiedDiff("/x/a.sod", text, "1\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n"),
            "--- /x/a.sod\n+++ /x/a.sod\n@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n@@ -10,3 +9,4 @@\n 10\n 11\n 12\n+13\n");
}

TEST(UnifiedDiff, TellsOfAMissingLineEnd) {
  EXPECT_EQ(UnifiedDiff("a.sod", "x", "x\n"),
            "--- a/a.sod\n+++ b/a.sod\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
  EXPECT_EQ(UnifiedDiff("a.sod", "", "x\n"), "--- a/a.sod\n+++ b/a.sod\n@@ -0,0 +1 @@\n+x\n");
}

// What `patch` would do.
std::string Apply(const std::string& before, const std::string& diff) {
  std::vector<std::string> old_lines;
  for (size_t at = 0; at < before.size();) {
    const size_t end = std::min(before.find('\n', at), before.size() - 1) + 1;
    old_lines.push_back(before.substr(at, end - at));
    at = end;
  }
  std::string after;
  size_t next = 0;
  for (size_t at = 0; at < diff.size();) {
    const size_t end = diff.find('\n', at) + 1;
    const std::string line = diff.substr(at, end - at);
    at = end;
    if (line.starts_with("---") || line.starts_with("+++")) continue;
    if (line.starts_with("@@")) {
      const std::string range = line.substr(4, line.find(' ', 4) - 4);
      const size_t first = std::stoul(range);
      const size_t begin = range.ends_with(",0") ? first : first - 1;
      while (next < begin) after += old_lines[next++];
    } else if (line[0] == '+') {
      after += line.substr(1);
    } else {
      EXPECT_EQ(old_lines.at(next), line.substr(1));
      if (line[0] == ' ') after += line.substr(1);
      ++next;
    }
  }
  while (next < old_lines.size()) after += old_lines[next++];
  return after;
}

TEST(UnifiedDiff, CanBeAppliedWhateverChanged) {
  std::mt19937 generator(7);
  const auto random = [&](uint32_t below) { return static_cast<uint32_t>(generator()) % below; };
  for (int round = 0; round < 2000; ++round) {
    std::string before, after;
    for (uint32_t i = 0, count = random(30); i < count; ++i) before += std::to_string(random(4)) + "\n";
    for (uint32_t i = 0, count = random(30); i < count; ++i) after += std::to_string(random(4)) + "\n";
    ASSERT_EQ(Apply(before, UnifiedDiff("a", before, after)), after);
  }
}

TEST(UnifiedDiff, StaysSmallWhenEverythingChanged) {
  std::string before, after;
  for (int i = 0; i < 20000; ++i) {
    before += "old " + std::to_string(i) + "\n";
    after += "new " + std::to_string(i) + "\n";
  }
  EXPECT_EQ(Apply(before, UnifiedDiff("a", before, after)), after);
}

}  // namespace
}  // namespace sodc
