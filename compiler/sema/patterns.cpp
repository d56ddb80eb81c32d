// Patterns are read from their ends, so that whether a separator begins at a character is
// known when that character is read. A common name is then a path through the product of
// the two patterns, the separator and the exceptions, which are followed as sets of places.
#include "compiler/sema/patterns.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

namespace sodc::sema {
namespace {

constexpr size_t kMostStates = 50'000;  // of one search; well below a second

char Fold(const PatternWords& words, char c) {
  return words.ignores_case && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

struct Token {
  enum class Kind : uint8_t { Character, One, Many } kind = Kind::Character;
  char character = 0;  // folded
};
using Tokens = std::vector<Token>;

// From the end to the beginning.
Tokens Reversed(const PatternWords& words, std::string_view text, bool is_pattern) {
  Tokens tokens;
  for (size_t at = 0; at < text.size();) {
    const bool has_wildcards = is_pattern && !words.wildcard.empty();
    if (has_wildcards && text.substr(at, words.wildcard.size()) == words.wildcard) {
      if (tokens.empty() || tokens.back().kind != Token::Kind::Many) tokens.push_back({Token::Kind::Many, 0});
      at += words.wildcard.size();
      continue;
    }
    const bool is_one = has_wildcards && text[at] == '?';
    tokens.push_back({is_one ? Token::Kind::One : Token::Kind::Character, Fold(words, text[at])});
    ++at;
  }
  std::reverse(tokens.begin(), tokens.end());
  return tokens;
}

// How much of the reversed separator has been read.
class SeparatorReader {
 public:
  explicit SeparatorReader(std::string_view separator) : text_(separator.rbegin(), separator.rend()) {
    borders_.assign(text_.size() + 1, 0);
    for (size_t i = 1; i < text_.size(); ++i) borders_[i + 1] = Step(borders_[i], text_[i]);
  }
  size_t Next(size_t state, char c) const { return text_.empty() ? 0 : Step(state, c); }
  bool IsAt(size_t state) const { return !text_.empty() && state == text_.size(); }

 private:
  size_t Step(size_t state, char c) const {
    if (state == text_.size()) state = borders_[state];
    while (state != 0 && text_[state] != c) state = borders_[state];
    return text_[state] == c ? state + 1 : 0;
  }

  std::string text_;
  std::vector<size_t> borders_;
};

bool Reads(const Token& token, char folded, bool is_separator) {
  switch (token.kind) {
    case Token::Kind::Many: return !is_separator;
    case Token::Kind::One: return true;
    case Token::Kind::Character: return token.character == folded;
  }
  return false;
}

// Places in a pattern, as a set.
using Places = std::vector<bool>;

void PassWildcards(const Tokens& tokens, Places& places) {
  for (size_t at = 0; at < tokens.size(); ++at) {
    if (places[at] && tokens[at].kind == Token::Kind::Many) places[at + 1] = true;
  }
}

Places Start(const Tokens& tokens) {
  Places places(tokens.size() + 1, false);
  places[0] = true;
  PassWildcards(tokens, places);
  return places;
}

Places Next(const Tokens& tokens, const Places& places, char folded, bool is_separator) {
  Places next(tokens.size() + 1, false);
  for (size_t at = 0; at < tokens.size(); ++at) {
    if (!places[at] || !Reads(tokens[at], folded, is_separator)) continue;
    next[tokens[at].kind == Token::Kind::Many ? at : at + 1] = true;
  }
  PassWildcards(tokens, next);
  return next;
}

struct State {
  std::vector<Places> places;  // of each pattern
  size_t separator = 0;

  std::string Key() const {
    std::string key = std::to_string(separator);
    for (const Places& one : places) {
      key += '/';
      for (const bool is_in : one) key += is_in ? '1' : '0';
    }
    return key;
  }
};

// Every character that some pattern tells apart, and one that none does.
std::string Alphabet(const PatternWords& words, const std::vector<Tokens>& patterns) {
  bool is_used[256] = {};
  for (const char c : words.separator) {
    is_used[static_cast<uint8_t>(c)] = true;
    const bool is_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    if (is_letter && words.ignores_case) is_used[static_cast<uint8_t>(c ^ 0x20)] = true;
  }
  for (const Tokens& tokens : patterns) {
    for (const Token& token : tokens) {
      if (token.kind == Token::Kind::Character) is_used[static_cast<uint8_t>(token.character)] = true;
    }
  }
  std::string alphabet;
  std::optional<char> other;
  for (int c = 255; c > 0; --c) {
    const char byte = static_cast<char>(c);
    if (is_used[c]) {
      alphabet += byte;
    } else if (!other && Fold(words, byte) == byte) {
      other = byte;
    }
  }
  if (other) alphabet += *other;
  return alphabet;
}

// Whether a name matches the first `wanted` patterns and none of the others.
class Search {
 public:
  Search(const PatternWords& words, std::vector<Tokens> patterns, size_t wanted)
      : words_(words), patterns_(std::move(patterns)), wanted_(wanted), separator_(words.separator),
        alphabet_(Alphabet(words, patterns_)) {}

  Overlap Run() {
    State first;
    for (const Tokens& tokens : patterns_) first.places.push_back(Start(tokens));
    Reach(std::move(first));
    while (!open_.empty()) {
      const State state = std::move(open_.back());
      open_.pop_back();
      if (IsFound(state)) return Overlap::Yes;
      if (seen_.size() > kMostStates) return Overlap::TooComplex;
      for (const char c : alphabet_) Read(state, c);
    }
    return Overlap::No;
  }

 private:
  void Read(const State& state, char c) {
    State next;
    next.separator = separator_.Next(state.separator, c);
    const bool is_separator = separator_.IsAt(next.separator);
    const char folded = Fold(words_, c);
    for (size_t i = 0; i < patterns_.size(); ++i) {
      next.places.push_back(Next(patterns_[i], state.places[i], folded, is_separator));
      const bool is_dead = std::find(next.places[i].begin(), next.places[i].end(), true) == next.places[i].end();
      if (is_dead && i < wanted_) return;
    }
    Reach(std::move(next));
  }

  void Reach(State state) {
    if (seen_.insert(state.Key()).second) open_.push_back(std::move(state));
  }

  bool IsFound(const State& state) const {
    for (size_t i = 0; i < patterns_.size(); ++i) {
      if (state.places[i].back() != (i < wanted_)) return false;
    }
    return true;
  }

  const PatternWords& words_;
  const std::vector<Tokens> patterns_;
  const size_t wanted_;
  const SeparatorReader separator_;
  const std::string alphabet_;
  std::vector<State> open_;
  std::unordered_set<std::string> seen_;
};

// What both must begin or end with; enough to tell most patterns apart.
bool MayAgree(const Tokens& a, const Tokens& b) {
  const auto agree = [](auto x, auto x_end, auto y, auto y_end) {
    for (; x != x_end && y != y_end; ++x, ++y) {
      if (x->kind == Token::Kind::Many || y->kind == Token::Kind::Many) return true;
      const bool is_plain = x->kind == Token::Kind::Character && y->kind == Token::Kind::Character;
      if (is_plain && x->character != y->character) return false;
    }
    const auto is_many = [](const Token& token) { return token.kind == Token::Kind::Many; };
    return std::all_of(x, x_end, is_many) && std::all_of(y, y_end, is_many);
  };
  return agree(a.begin(), a.end(), b.begin(), b.end()) && agree(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

bool IsExcepted(const PatternWords& words, const NameSet& set, std::string_view name) {
  return std::any_of(set.excepts.begin(), set.excepts.end(),
                     [&](const std::string& pattern) { return Matches(words, pattern, name); });
}

bool IsIn(const PatternWords& words, const NameSet& set, std::string_view name) {
  const auto is_match = [&](const std::string& wanted) {
    return set.is_pattern ? Matches(words, wanted, name) : Folded(words, wanted) == Folded(words, name);
  };
  return std::any_of(set.names.begin(), set.names.end(), is_match) && !IsExcepted(words, set, name);
}

// Exact names on one side: each is looked at by itself.
Overlap HasNameOf(const PatternWords& words, const NameSet& exact, const NameSet& other) {
  for (const std::string& name : exact.names) {
    if (!IsExcepted(words, exact, name) && IsIn(words, other, name)) return Overlap::Yes;
  }
  return Overlap::No;
}

void AddExcepts(const PatternWords& words, const NameSet& set, std::vector<Tokens>& patterns) {
  for (const std::string& pattern : set.excepts) patterns.push_back(Reversed(words, pattern, true));
}

}  // namespace

bool HasWildcard(const PatternWords& words, std::string_view text) {
  if (words.wildcard.empty()) return false;
  return text.find(words.wildcard) != std::string_view::npos || text.find('?') != std::string_view::npos;
}

std::string Folded(const PatternWords& words, std::string_view text) {
  std::string folded(text);
  for (char& c : folded) c = Fold(words, c);
  return folded;
}

bool Matches(const PatternWords& words, std::string_view pattern, std::string_view name) {
  const Tokens tokens = Reversed(words, pattern, true);
  const SeparatorReader separator(words.separator);
  Places places = Start(tokens);
  size_t read = 0;
  for (size_t i = name.size(); i-- > 0;) {
    read = separator.Next(read, name[i]);
    places = Next(tokens, places, Fold(words, name[i]), separator.IsAt(read));
  }
  return places.back();
}

Overlap HaveCommonName(const PatternWords& words, const NameSet& a, const NameSet& b) {
  if (!a.is_pattern) return HasNameOf(words, a, b);
  if (!b.is_pattern) return HasNameOf(words, b, a);
  Overlap overlap = Overlap::No;
  for (const std::string& left : a.names) {
    const Tokens of_left = Reversed(words, left, true);
    for (const std::string& right : b.names) {
      Tokens of_right = Reversed(words, right, true);
      if (!MayAgree(of_left, of_right)) continue;
      std::vector<Tokens> patterns = {of_left, std::move(of_right)};
      AddExcepts(words, a, patterns);
      AddExcepts(words, b, patterns);
      const Overlap found = Search(words, std::move(patterns), 2).Run();
      if (found == Overlap::Yes) return found;
      if (found == Overlap::TooComplex) overlap = found;
    }
  }
  return overlap;
}

Overlap HasName(const PatternWords& words, const NameSet& set) { return HaveCommonName(words, set, set); }

}  // namespace sodc::sema
