#include "compiler/parse/repair.h"

#include <algorithm>
#include <utility>

#include "compiler/base/edit_distance.h"
#include "compiler/parse/slices.h"

namespace sodc {
namespace {

using Readings = Recognizer::Readings;

constexpr TokenKind kPunctuation[] = {TokenKind::Comma,      TokenKind::LeftBrace, TokenKind::RightBrace,
                                      TokenKind::LeftParen,  TokenKind::RightParen, TokenKind::Equals,
                                      TokenKind::Dot};
constexpr TokenKind kValues[] = {TokenKind::PlainName, TokenKind::String, TokenKind::Int,
                                 TokenKind::DateValue, TokenKind::DurationValue};
// Words that carry a name or a body with them: without the word too much would be lost.
constexpr TokenKind kCarriers[] = {TokenKind::Member, TokenKind::Clause, TokenKind::Section, TokenKind::Account,
                                   TokenKind::Table};
// Words that join the parts of a header: one is easily taken for another.
constexpr TokenKind kJoints[] = {TokenKind::With, TokenKind::And, TokenKind::To, TokenKind::From,
                                 TokenKind::Between, TokenKind::Or, TokenKind::Of};

class SliceRepairer {
 public:
  SliceRepairer(const GrammarTables& tables, std::string_view text, std::vector<Token> tokens,
                const RepairLimits& limits)
      : recognizer_(tables), text_(text), limits_(limits) {
    repair_.tokens = std::move(tokens);
    before_.push_back(recognizer_.Start());
  }

  Repair Run() {
    while (!ReadOn()) {
      if (repair_.edits.size() >= limits_.max_edits) return std::move(repair_);
      std::optional<Edit> edit = FindEdit();
      if (!edit) return std::move(repair_);
      Apply(std::move(*edit));
    }
    repair_.is_complete = true;
    return std::move(repair_);
  }

 private:
  const std::vector<Token>& tokens() const { return repair_.tokens; }
  size_t size() const { return repair_.tokens.size(); }
  TokenKind KindAt(size_t i) const { return i < size() ? tokens()[i].kind() : TokenKind::End; }
  std::string_view TextAt(size_t i) const { return i < size() ? tokens()[i].Text(text_) : std::string_view(); }

  // Reads as far as possible; true when all is read. before_[i] are the readings before token i.
  bool ReadOn() {
    for (;;) {
      const size_t i = before_.size() - 1;
      Readings after = recognizer_.Advance(before_.back(), KindAt(i));
      if (after.empty()) return false;
      if (i == size()) return true;
      before_.push_back(std::move(after));
    }
  }

  size_t error_at() const { return before_.size() - 1; }

  struct Candidate {
    Edit edit;
    size_t reach = 0;  // index after the last token that can be read with the edit
    int64_t score = 0;
  };

  Token Inserted(TokenKind kind, size_t at) const {
    const uint32_t place = at == 0 ? static_cast<uint32_t>(tokens()[0].begin) : tokens()[at - 1].end();
    return Token(kind, place, place);
  }

  static Token Retyped(Token token, TokenKind kind) { return Token(kind, token.begin, token.end()); }

  // How far the slice can be read after the edit.
  size_t Reach(const Edit& edit) {
    Readings readings = before_[edit.at];
    for (const Token token : edit.put) {
      readings = recognizer_.Advance(readings, token.kind());
      if (readings.empty()) return 0;
    }
    size_t i = edit.at + edit.count;
    const size_t last = std::max(error_at(), i) + limits_.look_ahead;
    for (; i <= size() && i <= last; ++i) {
      readings = recognizer_.Advance(readings, KindAt(i));
      if (readings.empty()) break;
    }
    return i;
  }

  void Try(Edit edit) {
    edit.error_at = static_cast<uint32_t>(error_at());
    edit.expected = expected_;
    const size_t reach = Reach(edit);
    if (reach <= error_at()) return;
    const int64_t score = Score(edit, reach);
    if (best_.reach == 0 || score > best_.score) best_ = {std::move(edit), reach, score};
  }

  // Every token read is worth a little, up to the look-ahead; doubt and loss cost.
  int64_t Score(const Edit& edit, size_t reach) const {
    const size_t from = std::max<size_t>(error_at(), edit.count > 0 ? edit.at + edit.count - 1 : 0);
    auto read = static_cast<int64_t>(std::min<size_t>(reach - from, limits_.look_ahead));
    // A new line in the first column says that another declaration begins.
    if (edit.kind == Edit::Kind::Split && IsInFirstColumn(text_, tokens()[edit.at])) read = limits_.look_ahead;
    if (edit.kind == Edit::Kind::SwapSplit) read = limits_.look_ahead;
    return read * 2 + (reach > size() ? 6 : 0) - edit.cost;
  }

  void TryAt(Edit::Kind kind, size_t at, size_t count, std::vector<Token> put, int cost) {
    Edit edit;
    edit.kind = kind;
    edit.at = static_cast<uint32_t>(at);
    edit.count = static_cast<uint32_t>(count);
    edit.put = std::move(put);
    edit.cost = cost;
    Try(std::move(edit));
  }

  std::optional<Edit> FindEdit() {
    best_ = {};
    expected_ = recognizer_.Expected(before_.back());
    TryWord();
    TryRemovals();
    TrySwaps();
    TryInsertions();
    TryReplacements();
    TrySkips();
    TrySplit();
    if (best_.reach == 0) return std::nullopt;
    return std::move(best_.edit);
  }

  // The word itself is wrong: a misspelt keyword, or a reserved word used as a name.
  void TryWord() {
    const size_t i = error_at();
    const TokenKind kind = KindAt(i);
    if (kind == TokenKind::PlainName || ClassOf(kind) == WordClass::Soft) {
      for (size_t k = 1; k < kMaxTokenKinds; ++k) {
        const auto wanted = static_cast<TokenKind>(k);
        if (!expected_[k] || ClassOf(wanted) == WordClass::None) continue;
        const std::string_view candidate[] = {SpellingOf(wanted)};
        if (Nearest(TextAt(i), candidate).empty()) continue;
        const auto distance = static_cast<int>(EditDistance(TextAt(i), candidate[0], 3));
        TryAt(Edit::Kind::Respell, i, 1, {Retyped(tokens()[i], wanted)}, distance);
      }
    }
    if (IsReserved(kind) && Contains(expected_, TokenKind::PlainName)) {
      TryAt(Edit::Kind::Quote, i, 1, {Retyped(tokens()[i], TokenKind::PlainName)}, 3);
    }
  }

  void TryRemovals() {
    const size_t i = error_at();
    for (const size_t j : {i, i - 1, i - 2}) {
      if (j >= size() || j == 0) continue;
      const bool repeats = KindAt(j) == KindAt(j - 1) && TextAt(j) == TextAt(j - 1);
      if (repeats) TryAt(Edit::Kind::Unrepeat, j, 1, {}, 1);
    }
    size_t run = 1;
    while (i + run < size() && KindAt(i + run) == KindAt(i) && i < size()) ++run;
    for (size_t count = 1; count <= 6 && i + count <= size(); ++count) {
      TryAt(Edit::Kind::Remove, i, count, {}, 5 + static_cast<int>(count));
    }
    if (i < size() && run > 1) TryAt(Edit::Kind::Remove, i, run, {}, 6);
    if (i >= 1 && i - 1 > 0) TryAt(Edit::Kind::Remove, i - 1, 1, {}, KindAt(i - 1) == TokenKind::Comma ? 2 : 8);
    if (i >= 3 && KindAt(i - 2) == TokenKind::Comma) TryAt(Edit::Kind::Remove, i - 2, 1, {}, 3);
  }

  void TrySwaps() {
    const size_t i = error_at();
    for (const size_t j : {i, i - 1, i - 2}) {  // of j and the token after it
      if (j == 0 || j >= size() || j + 1 >= size()) continue;
      TryAt(Edit::Kind::Swap, j, 2, {tokens()[j + 1], tokens()[j]}, j == i ? 3 : 4);
    }
  }

  bool Occurs(TokenKind kind) const {
    return std::any_of(tokens().begin(), tokens().end(), [&](Token token) { return token.kind() == kind; });
  }

  void TryInsertions() {
    const size_t i = error_at();
    if (i == 0) return;
    const auto insert = [&](TokenKind kind, int cost) {
      if (Contains(expected_, kind)) TryAt(Edit::Kind::Insert, i, 0, {Inserted(kind, i)}, cost);
    };
    for (const TokenKind kind : kPunctuation) {
      const bool is_doubtful = kind == TokenKind::Dot || KindAt(i) == TokenKind::RightBrace;
      insert(kind, is_doubtful && kind != TokenKind::RightParen ? 9 : 3);
    }
    TryAt(Edit::Kind::Insert, i, 0, {Inserted(TokenKind::LeftBrace, i), Inserted(TokenKind::RightBrace, i)}, 7);
    for (size_t back = 1; back <= 2 && back < i; ++back) {  // the body's brace was taken for a set
      TryAt(Edit::Kind::Insert, i - back, 0, {Inserted(TokenKind::PlainName, i - back)}, 4 + static_cast<int>(back));
    }
    for (const TokenKind kind : kValues) insert(kind, 4);
    for (size_t k = 1; k < kMaxTokenKinds; ++k) {
      const auto kind = static_cast<TokenKind>(k);
      if (!expected_[k] || ClassOf(kind) == WordClass::None || Contains(expected_, TokenKind::PlainName)) continue;
      const bool is_carrier = std::find(std::begin(kCarriers), std::end(kCarriers), kind) != std::end(kCarriers);
      if (is_carrier) insert(kind, Occurs(kind) ? 5 : 8);
      // Nobody forgets the word that filters a set; it is what fits before nearly any names.
      const int doubt = kind == TokenKind::Where || kind == TokenKind::Except ? 5 : 0;
      if (!is_carrier && (!ExpectsAttribute() || KindAt(i) == TokenKind::By)) insert(kind, (Occurs(kind) ? 4 : 5) + doubt);
    }
  }

  bool ExpectsAttribute() const { return Contains(expected_, TokenKind::Grants) && Contains(expected_, TokenKind::RightBrace); }

  void TryReplacements() {
    const size_t i = error_at();
    if (i == 0 || i >= size() || IsBracket(KindAt(i))) return;
    for (const TokenKind kind : kJoints) {  // `conflict a and b`, `assign kim with clerk`
      const bool is_joint = std::find(std::begin(kJoints), std::end(kJoints), KindAt(i)) != std::end(kJoints);
      if (is_joint && Contains(expected_, kind)) TryAt(Edit::Kind::Replace, i, 1, {Retyped(tokens()[i], kind)}, 3);
    }
    for (const TokenKind kind : kValues) {
      if (Contains(expected_, kind)) TryAt(Edit::Kind::Replace, i, 1, {Inserted(kind, i)}, 6);
    }
  }

  static bool IsBracket(TokenKind kind) {
    return kind == TokenKind::LeftBrace || kind == TokenKind::RightBrace || kind == TokenKind::LeftParen ||
           kind == TokenKind::RightParen;
  }

  // Leave out the rest of the attribute, or all of it.
  void TrySkips() {
    const size_t i = error_at();
    if (i >= size()) return;
    size_t begin = i;  // the attribute's first token: a word that starts a line
    while (begin > 1 && !(StartsLine(text_, tokens()[begin]) && begin < i)) --begin;
    int tried = 0;
    int depth = 0;
    for (size_t end = i; end < size() && tried < 4; ++end) {
      const TokenKind kind = KindAt(end);
      const bool is_place = depth <= 0 && end > i && (kind == TokenKind::RightBrace ||
                            (StartsLine(text_, tokens()[end]) && ClassOf(kind) != WordClass::None));
      if (is_place) {
        ++tried;
        TryAt(Edit::Kind::Remove, i, end - i, {}, 12 + static_cast<int>(end - i));
        TryAt(Edit::Kind::Remove, begin, end - begin, {}, 13 + static_cast<int>(end - begin));
      }
      if (kind == TokenKind::LeftBrace) ++depth;
      if (kind == TokenKind::RightBrace) --depth;
    }
  }

  // The declaration could end here and the next token starts a line.
  void TrySplit() {
    const size_t i = error_at();
    for (const size_t j : {i, i - 1}) {
      if (j == 0 || j + 1 >= size() || KindAt(j + 1) != TokenKind::RightBrace) continue;
      if (ClassOf(KindAt(j)) == WordClass::Declaration) {
        TryAt(Edit::Kind::SwapSplit, j, size() - j, {tokens()[j + 1]}, 2);
      }
    }
    if (i == 0 || i >= size() || !Contains(expected_, TokenKind::End) || KindAt(i) == TokenKind::RightBrace) return;
    if (StartsLine(text_, tokens()[i])) TryAt(Edit::Kind::Split, i, size() - i, {}, 4);
  }

  void Apply(Edit edit) {
    std::vector<Token>& all = repair_.tokens;
    const auto first = all.begin() + edit.at;
    edit.old.assign(first, first + edit.count);
    if (edit.kind == Edit::Kind::Split) repair_.rest = edit.old;
    if (edit.kind == Edit::Kind::SwapSplit) {
      repair_.rest = edit.old;
      repair_.rest.erase(repair_.rest.begin() + 1);
    }
    all.erase(first, first + edit.count);
    all.insert(all.begin() + edit.at, edit.put.begin(), edit.put.end());
    before_.resize(edit.at + 1);
    repair_.edits.push_back(std::move(edit));
  }

  Recognizer recognizer_;
  std::string_view text_;
  RepairLimits limits_;
  Repair repair_;
  std::vector<Readings> before_;
  KindSet expected_;
  Candidate best_;
};

}  // namespace

Repair RepairSlice(const GrammarTables& tables, std::string_view text, std::vector<Token> tokens,
                   const RepairLimits& limits) {
  return SliceRepairer(tables, text, std::move(tokens), limits).Run();
}

bool IsDeclaration(const GrammarTables& tables, const std::vector<Token>& tokens) {
  Recognizer recognizer(tables);
  Readings readings = recognizer.Start();
  for (const Token token : tokens) readings = recognizer.Advance(readings, token.kind());
  return !recognizer.Advance(readings, TokenKind::End).empty();
}

}  // namespace sodc
