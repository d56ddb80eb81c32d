// The generated lexer and parser are the definition of the language: the hand-written
// scanner gives equal tokens, and nothing that is shipped can be read in two ways.
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "antlr4-runtime.h"

#include "AmbiguousLexer.h"
#include "AmbiguousParser.h"
#include "SodLexer.h"
#include "SodParser.h"
#include "compiler/base/utf8.h"
#include "compiler/parse/scan/scanner.h"
#include "forms.h"

namespace sodc {
namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Every policy text of the repository, and the snippets of the documents.
std::vector<std::string> ShippedTexts() {
  std::vector<std::string> texts;
  for (const char* folder : {"/examples", "/stdlib", "/tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(std::string(SODC_SOURCE_FOLDER) + folder)) {
      if (entry.path().extension() == ".sod") texts.push_back(ReadAll(entry.path()));
    }
  }
  for (const auto& entry : fs::recursive_directory_iterator(SODC_SOURCE_FOLDER "/docs")) {
    if (entry.path().extension() != ".md") continue;
    const std::string text = ReadAll(entry.path());
    size_t at = 0;
    while ((at = text.find("```sod", at)) != std::string::npos) {
      const size_t begin = text.find('\n', at) + 1;
      at = text.find("```", begin);
      if (at == std::string::npos) break;
      texts.push_back(text.substr(begin, at - begin));
      at += 3;
    }
  }
  for (const Form& form : kForms) texts.emplace_back(form.text);
  return texts;
}

// Texts that are refused before they are scanned.
bool IsRefused(const std::string& text) {
  return text.find('\0') != std::string::npos || FindBrokenUtf8(text) != std::string::npos;
}

std::string HandTokens(const std::string& text) {
  std::string tokens;
  for (const Token token : Scan(text, {}).tokens) {
    tokens += std::to_string(static_cast<int>(token.kind())) + " " + std::string(token.Text(text)) + "\n";
  }
  return tokens;
}

std::string GeneratedTokens(const std::string& text) {
  antlr4::ANTLRInputStream input(text);
  sodc_antlr::SodLexer lexer(&input);
  lexer.removeErrorListeners();
  std::string tokens;
  for (auto token = lexer.nextToken(); token->getType() != antlr4::Token::EOF; token = lexer.nextToken()) {
    tokens += std::to_string(token->getType()) + " " + token->getText() + "\n";
  }
  return tokens;
}

TEST(Scanner, GivesTheTokensOfTheGrammarForShippedTexts) {
  const std::vector<std::string> texts = ShippedTexts();
  EXPECT_GT(texts.size(), 20u);
  for (const std::string& text : texts) {
    if (IsRefused(text)) continue;
    EXPECT_EQ(HandTokens(text), GeneratedTokens(text));
  }
}

TEST(Scanner, GivesTheTokensOfTheGrammarForOddTexts) {
  const char* texts[] = {
      "30days 2026-01-01until 2026-13-99 4eyes 3.1.4 28..32 3. 5- 2026-11-02T21:40+01:00 2026-11-02T21:40Z",
      "2026-11-02T21:40:11-01:00 2026-11-02T21:40+0 48h 30d 3mo 1y 2w 1m 7+ 7+8 2026-01 2026-1 12:30 1_000",
      "code-review caf\u00e9 a- -a a--b a-\u00e9 \u00e9 _x x\u00a0y",
      "`SAP:Z_AP` `` `open\n`a", "\"a\\\"b\" \"open\nx \"\\", "\"\" \"a\\", "\"\"\"x\ny", "\"\"\"  \n a\n \"b\n \"\" c\n  \"\"\" d",
      "\"\"\"\n never\n", "\"\"\"\n", "\"\"\"", "a /* b */ c /* d", "/**/ // x\n/// y\r\n////", "; : # ' [ ] \f \v @ {}(),.. . =",
      "system systems all of off between", "07:00 7:00 07:00..19:00 07:000 007:00 24:61 07:00: 07:00-08:00 07:0a 1:2",
      "2.50 2. .5 2.5.1 2.50x 3_500 3_500.25 3_50 3_5000 3500_000 1_000_000 12_345_678 _1 1__000 1_000_ 1_000d 3_500: 2.5-3 00.1", "/ * */ 1/*x*/2", ""};
  for (const std::string text : texts) EXPECT_EQ(HandTokens(text), GeneratedTokens(text)) << text;
}

TEST(Scanner, GivesTheTokensOfTheGrammarForRandomTexts) {
  std::mt19937 random(20260317);
  const std::string pieces[] = {"a", "duty", "_000", "500", "07:00", ".5", "-", "_", "1", "2026-01-01", "T", ":", ".", "..", "\"", "\"\"\"", "\n", " ",
                                "`", "/*", "*/", "//", "\\", "\u00e9", "{", "}", "+", "mo", "d", "\t", "\r\n", "Z", "00"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const size_t length = random() % 12;
    for (size_t i = 0; i < length; ++i) text += pieces[random() % std::size(pieces)];
    ASSERT_EQ(HandTokens(text), GeneratedTokens(text)) << text;
  }
}

class AmbiguityCounter : public antlr4::BaseErrorListener {
 public:
  void syntaxError(antlr4::Recognizer*, antlr4::Token*, size_t, size_t, const std::string&, std::exception_ptr) override {
    ++errors;
  }
  void reportAmbiguity(antlr4::Parser* parser, const antlr4::dfa::DFA& dfa, size_t start, size_t stop, bool,
                       const antlrcpp::BitSet&, antlr4::atn::ATNConfigSet*) override {
    reports += parser->getRuleNames()[dfa.atnStartState->ruleIndex] + ": " +
               parser->getTokenStream()->getText(antlr4::misc::Interval(start, stop)) + "\n";
  }
  size_t errors = 0;
  std::string reports;
};

// Reads the whole text and returns the ambiguities; nothing when it is no such text.
template <typename Lexer, typename Parser>
std::optional<std::string> Ambiguities(const std::string& text) {
  antlr4::ANTLRInputStream input(text);
  Lexer lexer(&input);
  lexer.removeErrorListeners();
  antlr4::CommonTokenStream tokens(&lexer);
  Parser parser(&tokens);
  AmbiguityCounter counter;
  parser.removeErrorListeners();
  parser.addErrorListener(&counter);
  parser.template getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      antlr4::atn::PredictionMode::LL_EXACT_AMBIG_DETECTION);
  parser.file();
  if (counter.errors > 0) return std::nullopt;
  return counter.reports;
}

TEST(Grammar, ReadsEveryShippedTextInOneWayOnly) {
  size_t count = 0;
  for (const std::string& text : ShippedTexts()) {
    if (IsRefused(text)) continue;
    const auto reports = Ambiguities<sodc_antlr::SodLexer, sodc_antlr::SodParser>(text);
    if (!reports) continue;  // an example of a mistake
    ++count;
    EXPECT_EQ(*reports, "") << text;
  }
  EXPECT_GT(count, 20u + std::size(kForms));
}

// The test above can fail: a grammar that reads its text in two ways is reported.
TEST(Grammar, ThatReadsATextInTwoWaysIsReported) {
  using sodc_ambiguous::AmbiguousLexer, sodc_ambiguous::AmbiguousParser;
  EXPECT_EQ((Ambiguities<AmbiguousLexer, AmbiguousParser>("role a {\n  shown \"x\"\n}")), "body: shown\"x\"\n");
  EXPECT_EQ((Ambiguities<AmbiguousLexer, AmbiguousParser>("role a {\n  note \"x\"\n}")), "");
  EXPECT_EQ((Ambiguities<AmbiguousLexer, AmbiguousParser>("role {")), std::nullopt);
}

}  // namespace
}  // namespace sodc
