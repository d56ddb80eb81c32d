#include "compiler/parse/read_declarations.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "compiler/base/edit_distance.h"
#include "compiler/parse/antlr/slice_parser.h"
#include "compiler/parse/describe.h"
#include "compiler/parse/doc_comments.h"
#include "compiler/parse/explain_edit.h"
#include "compiler/parse/repair.h"
#include "compiler/parse/slices.h"

namespace sodc {
namespace {

using Tokens = std::vector<Token>;

// Declaration words with their tree kind.
struct DeclarationWord {
  TokenKind word;
  ast::DeclarationKind kind;
};
constexpr DeclarationWord kWords[] = {
#define SODC_DECLARATION(Name, Spelling) {TokenKind::Name, ast::DeclarationKind::Name},
#include "compiler/ast/declarations.def"
};

const DeclarationWord* FindWord(TokenKind word) {
  const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                   [&](const DeclarationWord& entry) { return entry.word == word; });
  return found == std::end(kWords) ? nullptr : found;
}

class NullSink final : public Sink {
 public:
  void Handle(Diagnostic) override {}
};

class DeclarationReader {
 public:
  DeclarationReader(FileId file, std::string_view text, const CheckedText& checked,
                    const ParseOptions& options, Sink& sink)
      : file_(file), text_(text), checked_(checked), options_(options), sink_(sink),
        slice_parser_(file, text, sink) {
    result_.file = file;
  }

  ast::File Run() {
    const std::vector<Slice> slices = SliceByDeclaration(text_, checked_.tokens);
    if (slices.size() > options_.max_declarations) {
      Diagnose<DiagKind::FileTooLong>(Span{file_, 0, 0}, options_.max_declarations)
          .Help("split the file into modules, and keep bulk assignments in data files")
          .To(sink_);
      result_.is_damaged = true;
      return std::move(result_);
    }
    result_.declarations.reserve(slices.size());
    DocComments comments(file_, text_, checked_.comments, sink_);
    uint32_t previous_end = 0;
    for (size_t i = 0; i < slices.size() && !is_exhausted(); ++i) {
      Tokens tokens = override_ ? std::move(*override_) : TokensOf(slices[i]);
      override_.reset();
      next_ = i + 1 < slices.size() ? std::optional(slices[i + 1]) : std::nullopt;
      doc_ = comments.Take(previous_end, static_cast<uint32_t>(checked_.tokens[slices[i].begin].begin));
      previous_end = checked_.tokens[slices[i].end - 1].end();
      if (!tokens.empty()) ReadSlice(std::move(tokens));
    }
    result_.is_damaged = result_.is_damaged || is_exhausted();
    comments.Finish();
    return std::move(result_);
  }

 private:
  Tokens TokensOf(Slice slice) const {
    return Tokens(checked_.tokens.begin() + slice.begin, checked_.tokens.begin() + slice.end);
  }
  Span SpanOf(Token token) const { return {file_, static_cast<uint32_t>(token.begin), token.end()}; }
  std::string_view TextOf(Token token) const { return token.Text(text_); }
  static Token Retyped(Token token, TokenKind kind) { return Token(kind, token.begin, token.end()); }

  const GrammarTables& tables() {
    if (!tables_) tables_ = MakeGrammarTables();
    return *tables_;
  }

  void ReadSlice(Tokens tokens) {
    const TokenKind word = tokens.front().kind();
    if (ClassOf(word) != WordClass::Declaration) {
      if (next_ && tokens.size() == 1 && ReadNameBeforeWord(tokens.front(), TokensOf(*next_))) return;
      return ReadJunk(std::move(tokens));
    }
    if (!CheckSize(tokens)) return Lose(tokens);
    if (std::optional<ast::Declaration> declaration = slice_parser_.Parse(tokens)) {
      return Add(std::move(*declaration), false);
    }
    if (!is_exhausted() && ReadAcrossBoundary(tokens)) return;
    ReadRepaired(std::move(tokens));
  }

  void Add(ast::Declaration declaration, bool is_damaged) {
    declaration.doc = std::exchange(doc_, {});
    declaration.is_damaged = declaration.is_damaged || is_damaged;
    result_.declarations.push_back(std::move(declaration));
  }

  void AddOtherName(Token token) {
    if (!IsName(token.kind())) return;
    std::string_view name = TextOf(token);
    const bool is_quoted = token.kind() == TokenKind::QuotedName;
    if (is_quoted) name = name.substr(1, name.size() - 2);
    result_.other_names.push_back({std::string(name), SpanOf(token), is_quoted});
  }

  // The generated parser recurses for every bracket, the tree for every `except`.
  bool CheckSize(const Tokens& tokens) {
    uint32_t depth = 0;
    std::vector<uint32_t> operators(1, 0);  // `except` and `where` in a row, by bracket
    for (size_t i = 0; i < tokens.size(); ++i) {
      const TokenKind kind = tokens[i].kind();
      if (kind == TokenKind::LeftBrace || kind == TokenKind::LeftParen) operators.push_back(0);
      const bool closes = kind == TokenKind::RightBrace || kind == TokenKind::RightParen;
      if (closes && operators.size() > 1) {
        depth -= operators.back();
        operators.pop_back();
      }
      const bool begins_anew = kind == TokenKind::Comma || (ClassOf(kind) == WordClass::Soft && StartsLine(text_, tokens[i]));
      if (begins_anew) depth -= std::exchange(operators.back(), 0);
      if (kind == TokenKind::Except || kind == TokenKind::Where) {
        ++operators.back();
        ++depth;
      }
      if (depth + operators.size() - 1 <= options_.max_nesting) continue;
      Diagnose<DiagKind::NestedTooDeep>(SpanOf(tokens[i]), options_.max_nesting)
          .Help("give parts of the expression a name with `group`")
          .To(sink_);
      return false;
    }
    if (tokens.size() <= options_.max_declaration_tokens) return true;
    Diagnose<DiagKind::DeclarationTooLong>(SpanOf(tokens.front()), options_.max_declaration_tokens)
        .Help("split it into several declarations")
        .To(sink_);
    return false;
  }

  // The declaration cannot be read; its kind and name are kept.
  void Lose(const Tokens& tokens) {
    ++error_count_;
    ast::Declaration declaration;
    declaration.kind = FindWord(tokens.front().kind())->kind;
    declaration.keyword_span = SpanOf(tokens.front());
    declaration.span = declaration.keyword_span.Cover(SpanOf(tokens.back()));
    if (tokens.size() > 1 && IsName(tokens[1].kind())) {
      AddOtherName(tokens[1]);
      declaration.name = result_.other_names.back();
      result_.other_names.pop_back();
    }
    result_.is_damaged = true;
    Add(std::move(declaration), true);
  }

  bool IsBesideDamage(const Tokens& tokens) const {
    const auto first = std::lower_bound(checked_.damage.begin(), checked_.damage.end(), tokens.front().begin);
    return first != checked_.damage.end() && *first < tokens.back().end();
  }

  // More errors than are shown: what is left is not worth mending.
  bool is_exhausted() const { return error_count_ > options_.max_errors; }

  void ReadRepaired(Tokens tokens) {
    if (is_exhausted()) return Lose(tokens);
    ++error_count_;
    Repair repair = RepairSlice(tables(), text_, tokens, {});
    NullSink nowhere;
    const bool is_silent = IsBesideDamage(tokens) || std::exchange(is_explained_, false);
    Explain(tokens, repair, is_silent ? nowhere : sink_);
    if (!repair.is_complete) return Lose(tokens);
    std::optional<ast::Declaration> declaration = slice_parser_.Parse(repair.tokens);
    if (!declaration) return Lose(tokens);
    Add(std::move(*declaration), true);
    if (repair.rest.empty()) return;
    Tokens().swap(tokens);
    ClassOf(repair.rest.front().kind()) == WordClass::Declaration ? ReadSlice(std::move(repair.rest))
                                                                  : ReadJunk(std::move(repair.rest));
  }

  // Each edit is explained by the tokens as they were before it.
  void Explain(const Tokens& tokens, const Repair& repair, Sink& sink) {
    Tokens current = tokens;
    const ExplainContext context{file_, text_, !next_.has_value(), sink};
    for (const Edit& edit : repair.edits) {
      if (!IsAboutBadToken(current, edit)) ExplainEdit(context, current, edit);
      current.erase(current.begin() + edit.at, current.begin() + edit.at + edit.count);
      current.insert(current.begin() + edit.at, edit.put.begin(), edit.put.end());
    }
    if (repair.edits.empty()) {
      Diagnose<DiagKind::UnexpectedToken>(SpanOf(tokens.front()), "a declaration that can be read", DescribeToken(text_, tokens.front())).To(sink);
    }
  }

  // A number that was no number has been reported.
  static bool IsAboutBadToken(const Tokens& tokens, const Edit& edit) {
    return edit.error_at < tokens.size() && tokens[edit.error_at].kind() == TokenKind::BadNumber;
  }

  // ---- Mistakes at the edge of two declarations.

  bool ReadAcrossBoundary(const Tokens& tokens) {
    if (!next_) return false;
    const Tokens next = TokensOf(*next_);
    if (next.size() + tokens.size() > 2000) return false;
    return ReadReservedName(tokens, next) || ReadSwapped(tokens, next);
  }

  // `duty review "Review"`: the declaration goes on with the reserved word as a name.
  bool ReadReservedName(const Tokens& tokens, const Tokens& next) {
    if (StartsLine(text_, next.front())) return false;
    if (next.front().kind() == tokens.back().kind() && IsDeclaration(tables(), next)) {
      Diagnose<DiagKind::UnexpectedToken>(SpanOf(next.front()), "a name", DescribeToken(text_, next.front()))
          .Help("it stands here twice")
          .Fix(SpanOf(next.front()), "")
          .To(sink_);
      return tokens.size() == 1;
    }
    Tokens joined = tokens;
    joined.push_back(Retyped(next.front(), TokenKind::PlainName));
    joined.insert(joined.end(), next.begin() + 1, next.end());
    if (!IsDeclaration(tables(), joined)) return false;
    std::optional<ast::Declaration> declaration = slice_parser_.Parse(joined);
    if (!declaration) return false;
    const std::string word(TextOf(next.front()));
    Diagnose<DiagKind::ReservedWordAsName>(SpanOf(next.front()), word)
        .Help("in backticks it is a name")
        .Fix(SpanOf(next.front()), "`" + word + "`")
        .To(sink_);
    override_ = Tokens();
    Add(std::move(*declaration), true);
    return true;
  }

  // The last token of one declaration and the first word of the next changed places.
  bool ReadSwapped(const Tokens& tokens, const Tokens& next) {
    Tokens first = tokens;
    Tokens second = next;
    if (next.size() > 1) {
      first.push_back(next[1]);
      second.erase(second.begin() + 1);
      if (ReadBoth(first, second, next[1], next[0])) return true;
    }
    if (tokens.size() < 2) return false;
    first.assign(tokens.begin(), tokens.end() - 1);
    second = next;
    second.insert(second.begin() + 1, tokens.back());
    return ReadBoth(first, second, next[0], tokens.back());
  }

  // `h33 policy "…"` at the start of the file.
  bool ReadNameBeforeWord(Token name, Tokens next) {
    const Token word = next.front();
    if (next.size() > 2000 || IsDeclaration(tables(), next)) return false;
    next.insert(next.begin() + 1, name);
    if (!IsDeclaration(tables(), next)) return false;
    ExplainSwap(word, name);
    override_ = std::move(next);
    return true;
  }

  void ExplainSwap(Token early, Token late) {
    const Token place = early.begin < late.begin ? early : late;
    const Token wanted = early.begin < late.begin ? late : early;
    Diagnose<DiagKind::UnexpectedToken>(SpanOf(place), DescribeToken(text_, wanted), DescribeToken(text_, place))
        .Help(fmt::format("`{}` goes before `{}`", TextOf(early), TextOf(late)))
        .To(sink_);
  }

  bool ReadBoth(const Tokens& first, const Tokens& second, Token early, Token late) {
    if (!IsDeclaration(tables(), first) || !IsDeclaration(tables(), second)) return false;
    std::optional<ast::Declaration> declaration = slice_parser_.Parse(first);
    if (!declaration) return false;
    ExplainSwap(early, late);
    override_ = second;
    Add(std::move(*declaration), true);
    return true;
  }

  // ---- Text that belongs to no declaration.

  // Several declarations may lack their word: each begins in the first column.
  void ReadJunk(Tokens tokens) {
    size_t begin = 0;
    int depth = 0;
    for (size_t i = 0; i <= tokens.size(); ++i) {
      const bool is_end = i == tokens.size();
      if (is_end || (i > begin && depth <= 0 && IsInFirstColumn(text_, tokens[i]) && IsName(tokens[i].kind()))) {
        const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(begin);
        if (i > begin) ReadJunkPiece(Tokens(first, tokens.begin() + static_cast<std::ptrdiff_t>(i)));
        begin = i;
      }
      if (is_end || is_exhausted()) return;
      if (tokens[i].kind() == TokenKind::LeftBrace) ++depth;
      if (tokens[i].kind() == TokenKind::RightBrace) --depth;
    }
  }

  void ReadJunkPiece(Tokens tokens) {
    ++error_count_;
    if (tokens.front().kind() == TokenKind::Approval && tokens.size() > 1 && IsName(tokens[1].kind())) return ReadApproval(std::move(tokens));
    DiagnosticBuilder builder =
        Diagnose<DiagKind::DeclarationExpected>(SpanOf(tokens.front()), DescribeToken(text_, tokens.front()));
    const std::optional<TokenKind> word = GuessWord(tokens);
    if (!word) {
      std::move(builder).Help("declarations begin with a word such as `duty`, `role` or `conflict`").To(sink_);
      const Token name = tokens.size() > 1 && IsName(tokens[1].kind()) ? tokens[1] : tokens.front();
      if (!IsName(name.kind())) result_.is_damaged = true;
      return AddOtherName(name);
    }
    const std::string spelling(SpellingOf(*word));
    if (IsMissing(tokens, *word)) {
      const uint32_t begin = static_cast<uint32_t>(tokens.front().begin);
      std::move(builder).Help("is `" + spelling + "` missing before it?").Fix({file_, begin, begin}, spelling + " ").To(sink_);
      tokens.insert(tokens.begin(), Token(*word, begin, begin));
    } else {
      std::move(builder).Help("did you mean `" + spelling + "`?").Fix(SpanOf(tokens.front()), spelling).To(sink_);
      tokens.front() = Retyped(tokens.front(), *word);
    }
    is_explained_ = true;
    ReadExplained(std::move(tokens));
  }

  // An approval that was given is a waiver; `approval` is a word of processes, and may be a duty's name
  // (docs/decisions/0056). Where the text is a waiver but for that, and for a `for` before the brace, it is read as one.
  void ReadApproval(Tokens tokens) {
    DiagnosticBuilder builder = Diagnose<DiagKind::DeclarationExpected>(SpanOf(tokens.front()), DescribeToken(text_, tokens.front()));
    const bool has_title = tokens.size() > 2 && (tokens[2].kind() == TokenKind::String || tokens[2].kind() == TokenKind::TextBlock);
    const size_t header = has_title ? 3 : 2;
    const TokenKind next = header < tokens.size() ? tokens[header].kind() : TokenKind::End;
    if (next == TokenKind::Before || next == TokenKind::After) {
      std::move(builder).Help("an approval of a step stands in its process: `process … { approval … before … { … } }`").To(sink_);
      return AddOtherName(tokens[1]);
    }
    builder = std::move(builder).Help("an approval that was given is written `waiver`");
    tokens.front() = Retyped(tokens.front(), TokenKind::Waiver);
    const std::optional<FixIt> moved = next == TokenKind::For ? MoveIntoBody(tokens, header) : std::nullopt;
    if (!IsDeclaration(tables(), tokens)) {
      std::move(builder).To(sink_);
      return Lose(tokens);
    }
    if (moved) builder = std::move(builder).Fix(moved->span, moved->replacement);
    std::move(builder).Fix(SpanOf(tokens.front()), "waiver").To(sink_);
    is_explained_ = true;
    ReadExplained(std::move(tokens));
  }

  // The tokens from `begin` to the next brace go behind it.
  std::optional<FixIt> MoveIntoBody(Tokens& tokens, size_t begin) const {
    const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto brace = std::find_if(first, tokens.end(), [](const Token& token) { return token.kind() == TokenKind::LeftBrace; });
    if (brace == tokens.end()) return std::nullopt;
    const auto from = static_cast<size_t>(first->begin);
    const std::string moved(text_.substr(from, (brace - 1)->end() - from));
    const Span span = SpanOf(*first).Cover(SpanOf(*brace));
    std::rotate(first, brace, brace + 1);
    return FixIt{span, "{ " + moved};
  }

  void ReadExplained(Tokens tokens) {
    if (!CheckSize(tokens)) return Lose(tokens);
    if (std::optional<ast::Declaration> declaration = slice_parser_.Parse(tokens)) {
      is_explained_ = false;
      return Add(std::move(*declaration), true);
    }
    ReadRepaired(std::move(tokens));
  }

  // The word is missing, not misspelt: then the text is a declaration with it in front.
  bool IsMissing(const Tokens& tokens, TokenKind word) {
    Tokens with = tokens;
    const uint32_t begin = static_cast<uint32_t>(tokens.front().begin);
    with.insert(with.begin(), Token(word, begin, begin));
    return IsDeclaration(tables(), with);
  }

  // The declaration word that the text lacks, if only one can be meant.
  std::optional<TokenKind> GuessWord(const Tokens& tokens) {
    std::vector<std::string_view> spellings;
    for (const DeclarationWord& entry : kWords) spellings.push_back(SpellingOf(entry.word));
    const std::string_view nearest = Nearest(TextOf(tokens.front()), spellings);
    if (!nearest.empty() && tokens.size() > 1) return KindOfWord(nearest);
    if (tokens.size() > 2000) return std::nullopt;
    std::vector<TokenKind> fitting;
    for (const DeclarationWord& entry : kWords) {
      if (IsMissing(tokens, entry.word)) fitting.push_back(entry.word);
    }
    const bool is_path = tokens.size() > 2 && tokens[1].kind() == TokenKind::Dot;
    if (is_path && std::count(fitting.begin(), fitting.end(), TokenKind::Import) != 0) return TokenKind::Import;
    const bool is_first = result_.declarations.empty() && !fitting.empty();
    if (is_first && std::count(fitting.begin(), fitting.end(), TokenKind::Policy) != 0) return TokenKind::Policy;
    return fitting.size() == 1 ? std::optional(fitting.front()) : std::nullopt;
  }

  FileId file_;
  std::string_view text_;
  const CheckedText& checked_;
  const ParseOptions& options_;
  Sink& sink_;
  SliceParser slice_parser_;
  std::optional<GrammarTables> tables_;
  ast::File result_;
  std::string doc_;
  std::optional<Slice> next_;
  std::optional<Tokens> override_;  // what the next slice is to be read as
  uint32_t error_count_ = 0;
  bool is_explained_ = false;       // the slice's mistake has been reported
};

}  // namespace

ast::File ReadDeclarations(FileId file, std::string_view text, const CheckedText& checked,
                           const ParseOptions& options, Sink& sink) {
  return DeclarationReader(file, text, checked, options, sink).Run();
}

}  // namespace sodc
