// Every source of the repository, as it is and changed at random: the layout is stable, says
// the same, and depends on white space only where docs/formatting.md says so.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "compiler/format/outline.h"
#include "compiler/parse/scan/scanner.h"
#include "tests/unit/format/format_fixture.h"

namespace sodc {
namespace {

std::vector<std::filesystem::path> SourcesIn(std::string_view folder) {
  std::vector<std::filesystem::path> paths;
  const std::filesystem::path root = std::filesystem::path(SODC_SOURCE_FOLDER) / folder;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".sod") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string Contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

constexpr uint32_t kDamages = 20;

bool Parses(const std::string& text) { return FormatText(text).result.status != FormatStatus::SyntaxErrors; }

TEST(Sources, AreStableAndSayTheSame) {
  size_t count = 0;
  for (const std::string_view folder : {"examples", "stdlib", "tests"}) {
    for (const auto& path : SourcesIn(folder)) {
      const std::string text = Contents(path);
      if (!Parses(text)) continue;
      ++count;
      const std::string canonical = Canonical(text);
      EXPECT_NE(canonical.rfind("refused", 0), 0u) << path << ": " << canonical;
      EXPECT_NE(canonical.rfind("not idempotent", 0), 0u) << path << ": " << canonical;
    }
  }
  EXPECT_GE(count, 90u);
}

// Lines end at every place where one may.
TEST(Sources, AreStableInNarrowColumns) {
  for (const std::string_view folder : {"examples", "stdlib", "tests/examples", "tests/lit"}) {
    for (const auto& path : SourcesIn(folder)) {
      const std::string text = Contents(path);
      if (!Parses(text)) continue;
      for (const size_t width : {1u, 20u, 40u, 61u}) {
        const std::string canonical = Canonical(text, width);
        EXPECT_NE(canonical.rfind("refused", 0), 0u) << path << " in " << width << ": " << canonical;
        EXPECT_NE(canonical.rfind("not idempotent", 0), 0u) << path << " in " << width << ": " << canonical;
      }
    }
  }
}

// The ends of lines that mean something stay: those between statements and around comments.
// Everything else between two words is replaced by other white space.
class Shaker {
 public:
  explicit Shaker(uint32_t seed) : random_(seed) {}

  std::string Shake(const std::string& text) {
    SourceManager sources;
    CollectingSink sink;
    const FileId file = sources.Add("test.sod", text);
    const ast::File tree = Parse(file, sources, {}, sink);
    const Outline outline = MakeOutline(sources.file(file).text, tree, {});
    std::string shaken;
    uint32_t at = 0;
    for (uint32_t i = 0; i < outline.tokens.size(); ++i) {
      const Token token = outline.tokens[i].token;
      const std::string_view gap = std::string_view(text).substr(at, token.begin - at);
      shaken += outline.HasComments(i) || i == 0 ? std::string(gap) : OtherGap(outline, i, gap);
      shaken += token.Text(text);
      at = token.end();
    }
    return shaken;
  }

 private:
  std::string OtherGap(const Outline& outline, uint32_t i, std::string_view gap) {
    const OutlineToken& token = outline.tokens[i];
    const bool is_statement = token.starts_attribute || token.starts_declaration || token.is_body_brace ||
                              outline.tokens[i - 1].is_body_brace || token.token.kind() == TokenKind::End;
    if (!is_statement || (token.is_body_brace && token.token.kind() == TokenKind::LeftBrace)) return Blanks(gap.empty());
    if (token.breaks_before == 0) return gap.empty() ? "" : std::string(1 + random_() % 3, ' ');
    const size_t breaks = token.breaks_before + (token.breaks_before > 1 ? random_() % 3 : 0);
    std::string lines;
    for (size_t k = 0; k < breaks; ++k) lines += std::string(random_() % 3, ' ') + (random_() % 4 == 0 ? "\r\n" : "\n");
    // In the first column `role` is the word of a declaration.
    return lines + std::string(1 + random_() % 6, ' ');
  }

  std::string Blanks(bool may_be_empty) {
    static constexpr std::string_view kBlanks[] = {" ", "  ", "\t", "\n ", " \r\n   ", "\n\n\n\t"};
    if (may_be_empty && random_() % 2 == 0) return "";
    return std::string(kBlanks[random_() % std::size(kBlanks)]);
  }

  std::mt19937 random_;
};

TEST(Sources, ComeBackFromOtherWhiteSpace) {
  size_t changed = 0;
  for (const std::string_view folder : {"examples", "stdlib", "tests/examples"}) {
    for (const auto& path : SourcesIn(folder)) {
      const std::string canonical = FormatText(Contents(path)).result.text;
      if (canonical.empty()) continue;
      for (uint32_t seed = 0; seed < 5; ++seed) {
        const std::string shaken = Shaker(seed).Shake(canonical);
        changed += shaken != canonical ? 1 : 0;
        EXPECT_EQ(FormatText(shaken).result.text, canonical) << path << " with seed " << seed;
      }
    }
  }
  EXPECT_GE(changed, 100u);
}

// Comments and line breaks anywhere between words, and white space taken away.
TEST(Sources, KeepCommentsAnywhere) {
  static constexpr std::string_view kInsertions[] = {" // c\n", "\n// c\n", " /* c */ ", "\n/* c */\n", "\n\n\n", "\r\n",
                                                     " /* c\n   d */ ", "\n  /*\n * c\n */\n", "\n/// c\n", " /* a */ /* b */ // c\n\n"};
  size_t formatted = 0;
  for (const std::string_view folder : {"examples", "tests/examples", "tests/lit"}) {
    for (const auto& path : SourcesIn(folder)) {
      const std::string text = Contents(path);
      if (!Parses(text) || text.size() > 60'000) continue;
      for (uint32_t seed = 0; seed < 10; ++seed) {
        std::mt19937 random(seed);
        std::string changed;
        uint32_t at = 0;
        for (const Token token : Scan(text, {}).tokens) {
          changed += text.substr(at, token.begin - at);
          if (random() % (seed < 5 ? 4 : 40) == 0) changed += kInsertions[random() % std::size(kInsertions)];
          changed += token.Text(text);
          at = token.end();
        }
        changed += text.substr(at);
        const std::string canonical = Canonical(changed, seed % 2 == 0 ? 100 : 30);
        if (canonical.rfind("syntax error", 0) == 0) continue;  // `role` at the beginning of a line
        ++formatted;
        ASSERT_NE(canonical.rfind("refused", 0), 0u) << path << " with seed " << seed << ": " << canonical;
        ASSERT_NE(canonical.rfind("not idempotent", 0), 0u) << path << " with seed " << seed << ":\n" << canonical;
      }
    }
  }
  EXPECT_GE(formatted, 60u);
}

// Tokens taken away, doubled, exchanged and glued, and bytes put in: what can still be read is
// formatted, and the rest is refused by the parser, never by the formatter.
TEST(Sources, SurviveDamage) {
  static constexpr std::string_view kBytes[] = {"{", "}", ",", "(", ")", "\"", "\"\"\"\n", "//", "/*", "*/", "`a b`", "\r", "\n", "\t",
                                                " ", "{}", "..", "role ", "duty d ", "\xC3\xA9", "/// d\n", "\"\"\"\n\"\"\" "};
  size_t formatted = 0;
  for (const std::string_view folder : {"examples", "tests/examples", "tests/lit"}) {
    for (const auto& path : SourcesIn(folder)) {
      const std::string text = Contents(path);
      const std::vector<Token> tokens = Scan(text, {}).tokens;
      if (tokens.empty() || text.size() > 60'000) continue;
      for (uint32_t seed = 0; seed < kDamages; ++seed) {
        std::mt19937 random(seed);
        const Token token = tokens[random() % tokens.size()];
        const Token other = tokens[random() % tokens.size()];
        std::string changed = text;
        switch (random() % 5) {
          case 0: changed.erase(token.begin, token.length); break;
          case 1: changed.insert(token.begin, token.Text(text)); break;
          case 2: changed.replace(token.begin, token.length, other.Text(text)); break;
          case 3: changed.insert(random() % changed.size(), kBytes[random() % std::size(kBytes)]); break;
          default: changed.erase(token.end(), 1); break;
        }
        const std::string canonical = Canonical(changed);
        if (canonical.rfind("syntax error", 0) == 0) continue;
        ++formatted;
        ASSERT_NE(canonical.rfind("refused", 0), 0u) << path << " with seed " << seed << ": " << canonical << changed;
        ASSERT_NE(canonical.rfind("not idempotent", 0), 0u) << path << " with seed " << seed << ":\n" << canonical;
      }
    }
  }
  EXPECT_GE(formatted, 30u);
}

}  // namespace
}  // namespace sodc
