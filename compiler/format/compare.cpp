#include "compiler/format/compare.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "compiler/ast/dump.h"
#include "compiler/diag/sinks.h"
#include "compiler/parse/scan/scanner.h"
#include "compiler/parse/scan/text_literal.h"
#include "compiler/source/source_manager.h"

namespace sodc {

namespace {

// Words and comments of a text, one after the other.
class Reader {
 public:
  Reader(std::string_view text, const ParseOptions& options)
      : text_(text), scanned_(Scan(text, {.max_tokens = options.max_tokens})) {}

  // The next token that is no trailing comma, or null.
  const Token* NextWord() {
    const std::vector<Token>& tokens = scanned_.tokens;
    if (next_ < tokens.size() && IsTrailingComma(next_)) ++next_;
    return next_ < tokens.size() ? &tokens[next_++] : nullptr;
  }
  std::string_view TextOf(Token token) const { return token.Text(text_); }

  size_t comment_count() const { return scanned_.comments.size(); }
  std::string_view CommentText(size_t i) const {
    return text_.substr(scanned_.comments[i].begin, scanned_.comments[i].end - scanned_.comments[i].begin);
  }
  // How many tokens stand before a comment. Commas and opening braces do not count: a comment
  // before one is written behind it, where a line can end.
  size_t PlaceOf(size_t comment) {
    const std::vector<Token>& tokens = scanned_.tokens;
    for (; place_ < tokens.size() && tokens[place_].begin < scanned_.comments[comment].begin; ++place_) {
      const TokenKind kind = tokens[place_].kind();
      words_ += kind == TokenKind::Comma || kind == TokenKind::LeftBrace ? 0 : 1;
    }
    return words_;
  }

 private:
  bool IsTrailingComma(size_t i) const {
    return scanned_.tokens[i].kind() == TokenKind::Comma && i + 1 < scanned_.tokens.size() &&
           scanned_.tokens[i + 1].kind() == TokenKind::RightBrace;
  }

  std::string_view text_;
  ScannedText scanned_;
  size_t next_ = 0;
  size_t place_ = 0;
  size_t words_ = 0;
};

bool IsSameWord(const Reader& a, Token word, const Reader& b, Token other) {
  if (word.kind() != other.kind()) return false;
  if (word.kind() != TokenKind::TextBlock) return a.TextOf(word) == b.TextOf(other);
  return DecodeBlock(a.TextOf(word)).value == DecodeBlock(b.TextOf(other)).value;
}

// The first line of a text without blanks around it; takes it and its line end off.
std::string_view TakeLine(std::string_view& text) {
  const size_t end = std::min(text.find_first_of("\r\n"), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end);
  text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line.substr(0, line.find_last_not_of(" \t") + 1);
}

bool IsSameComment(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (TakeLine(a) != TakeLine(b)) return false;
  }
  return a.empty() && b.empty();
}

std::string DifferenceOfTokens(Reader& before, Reader& after) {
  for (;;) {
    const Token* const word = before.NextWord();
    const Token* const other = after.NextWord();
    if (word == nullptr && other == nullptr) return {};
    if (word != nullptr && other != nullptr && IsSameWord(before, *word, after, *other)) continue;
    return fmt::format("the word at byte {}", word != nullptr ? word->begin : other->begin);
  }
}

std::string DifferenceOfComments(Reader& before, Reader& after) {
  const size_t count = std::max(before.comment_count(), after.comment_count());
  for (size_t i = 0; i < count; ++i) {
    const bool is_same = i < before.comment_count() && i < after.comment_count() &&
                         IsSameComment(before.CommentText(i), after.CommentText(i)) &&
                         before.PlaceOf(i) == after.PlaceOf(i);
    if (!is_same) return fmt::format("comment {}", i + 1);
  }
  return {};
}

std::string DifferenceOfTrees(const TreeSums& sums, const std::string& after, const ParseOptions& options) {
  SourceManager sources;
  CollectingSink sink;
  const ast::File other = Parse(sources.Add("formatted", after), sources, options, sink);
  if (other.is_damaged || sink.HasLanguageError()) return "a sentence that can be read";
  const TreeSums others = SumsOf(other);
  if (others.size() != sums.size()) return "the number of declarations";
  for (size_t i = 0; i < sums.size(); ++i) {
    if (sums[i] != others[i]) return fmt::format("declaration {}", i + 1);
  }
  return {};
}

std::string DifferenceOfWords(std::string_view before, std::string_view after, const ParseOptions& options) {
  Reader old_reader(before, options);
  Reader new_reader(after, options);
  std::string difference = DifferenceOfTokens(old_reader, new_reader);
  return difference.empty() ? DifferenceOfComments(old_reader, new_reader) : difference;
}

}  // namespace

TreeSums SumsOf(const ast::File& tree) {
  TreeSums sums;
  sums.reserve(tree.declarations.size());
  for (const ast::Declaration& declaration : tree.declarations) {
    std::ostringstream out;
    ast::Dump(declaration, out);
    const std::string_view text = out.view();
    sums.push_back(llvm::xxh3_128bits({reinterpret_cast<const uint8_t*>(text.data()), text.size()}));
  }
  return sums;
}

std::string DifferenceOf(std::string_view before, const TreeSums& sums, const std::string& after,
                         const ParseOptions& options) {
  std::string difference = DifferenceOfWords(before, after, options);
  return difference.empty() ? DifferenceOfTrees(sums, after, options) : difference;
}

}  // namespace sodc
