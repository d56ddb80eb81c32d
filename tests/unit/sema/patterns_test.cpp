// Intersection of patterns, against every name over a small alphabet.
#include "compiler/sema/patterns.h"

#include <bitset>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace sodc::sema {
namespace {

// All words of the letters, up to a length; the empty one first.
std::vector<std::string> Words(const std::string& letters, size_t length) {
  std::vector<std::string> words = {""};
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].size() == length) break;
    for (const char letter : letters) words.push_back(words[i] + letter);
  }
  return words;
}

// Another matcher, by its definition: no wildcard reads the first character of a separator.
bool IsMatch(const PatternWords& words, const std::string& pattern, const std::string& name, size_t p = 0, size_t n = 0) {
  if (p == pattern.size()) return n == name.size();
  if (pattern.compare(p, words.wildcard.size(), words.wildcard) == 0) {
    if (IsMatch(words, pattern, name, p + words.wildcard.size(), n)) return true;
    const bool is_separator =
        !words.separator.empty() && name.compare(n, words.separator.size(), words.separator) == 0;
    return n < name.size() && !is_separator && IsMatch(words, pattern, name, p, n + 1);
  }
  if (n == name.size()) return false;
  return (pattern[p] == '?' || pattern[p] == name[n]) && IsMatch(words, pattern, name, p + 1, n + 1);
}

constexpr size_t kNames = 4096;
using Bits = std::bitset<kNames>;

struct World {
  PatternWords words;
  std::vector<std::string> patterns, names;
  std::vector<Bits> matched;

  World(const PatternWords& words_in, const std::string& pattern_letters, size_t pattern_length, const std::string& letters,
        size_t name_length)
      : words(words_in), patterns(Words(pattern_letters, pattern_length)), names(Words(letters, name_length)) {
    EXPECT_LE(names.size(), kNames);
    for (const std::string& pattern : patterns) {
      Bits bits;
      for (size_t i = 0; i < names.size(); ++i) bits[i] = IsMatch(words, pattern, names[i]);
      matched.push_back(bits);
    }
  }
};

NameSet Pattern(const std::string& text) { return {{text}, true, {}}; }

void ExpectAllPairs(const World& world) {
  size_t wrong = 0;
  for (size_t a = 0; a < world.patterns.size(); ++a) {
    for (size_t b = a; b < world.patterns.size(); ++b) {
      const Overlap found = HaveCommonName(world.words, Pattern(world.patterns[a]), Pattern(world.patterns[b]));
      const bool is_right = (found == Overlap::Yes) == (world.matched[a] & world.matched[b]).any() && found != Overlap::TooComplex;
      if (!is_right && ++wrong <= 10) ADD_FAILURE() << world.patterns[a] << " and " << world.patterns[b];
    }
  }
  EXPECT_EQ(wrong, 0u);
}

TEST(Patterns, HaveACommonNameIffSomeNameMatchesBoth) {
  ExpectAllPairs(World({}, "ab*?", 4, "abc", 7));
}

TEST(Patterns, DoNotReachOverASeparator) {
  ExpectAllPairs(World({"*", "/", false}, "a/*?", 3, "a/c", 7));
  ExpectAllPairs(World({"*", "::", false}, "a:*", 3, "a:c", 7));
  ExpectAllPairs(World({"*", "aba", false}, "ab*", 3, "ab", 9));
}

TEST(Patterns, AreReadAsTheMatcherReadsThem) {
  const World world({"%%", "/", false}, "a/%?", 4, "a/c%", 4);
  for (size_t p = 0; p < world.patterns.size(); ++p) {
    for (size_t n = 0; n < world.names.size(); ++n) {
      ASSERT_EQ(Matches(world.words, world.patterns[p], world.names[n]), world.matched[p][n])
          << world.patterns[p] << " on " << world.names[n];
    }
  }
}

TEST(Patterns, LoseTheNamesThatAnExceptionMatches) {
  const World world({"*", "/", false}, "ab/*?", 2, "ab/c", 5);
  size_t wrong = 0;
  for (size_t a = 0; a < world.patterns.size(); ++a) {
    for (size_t b = a; b < world.patterns.size(); ++b) {
      for (size_t e = 0; e < world.patterns.size(); ++e) {
        NameSet left = Pattern(world.patterns[a]);
        left.excepts = {world.patterns[e], world.patterns[a].substr(0, 1) + "?"};
        Bits excepted = world.matched[e];
        for (size_t n = 0; n < world.names.size(); ++n) {
          if (IsMatch(world.words, left.excepts[1], world.names[n])) excepted.set(n);
        }
        const bool expected = (world.matched[a] & world.matched[b] & ~excepted).any();
        const Overlap found = HaveCommonName(world.words, left, Pattern(world.patterns[b]));
        if ((found == Overlap::Yes) != expected && ++wrong <= 10) {
          ADD_FAILURE() << left.names[0] << " except " << left.excepts[0] << ", " << left.excepts[1] << " and "
                        << world.patterns[b];
        }
      }
    }
  }
  EXPECT_EQ(wrong, 0u);
}

TEST(Patterns, OfExactNamesAreThoseNames) {
  const PatternWords words;
  const NameSet exact = {{"XK01", "A*"}, false, {}};
  EXPECT_EQ(HaveCommonName(words, exact, Pattern("XK0*")), Overlap::Yes);
  EXPECT_EQ(HaveCommonName(words, exact, Pattern("XK02")), Overlap::No);
  EXPECT_EQ(HaveCommonName(words, exact, Pattern("AB")), Overlap::No);  // no pattern on this side
  EXPECT_EQ(HaveCommonName(words, exact, {{"A*"}, false, {}}), Overlap::Yes);
  EXPECT_EQ(HaveCommonName(words, {{"XK01"}, false, {"XK0?"}}, Pattern("*")), Overlap::No);
  EXPECT_EQ(HasName(words, {{"XK01"}, false, {"XK*"}}), Overlap::No);
  EXPECT_EQ(HasName(words, {{"XK*"}, true, {"X*"}}), Overlap::No);
  EXPECT_EQ(HasName(words, {{"X*"}, true, {"XK*", "XL*"}}), Overlap::Yes);
}

TEST(Patterns, FoldWhereTheSystemIgnoresCase) {
  const PatternWords words = {"*", "", true};
  EXPECT_EQ(HaveCommonName(words, Pattern("xk0*"), {{"XK01"}, false, {}}), Overlap::Yes);
  EXPECT_EQ(HaveCommonName(words, Pattern("a*B"), Pattern("A?b")), Overlap::Yes);
  EXPECT_EQ(HaveCommonName(words, Pattern("é*"), Pattern("É*")), Overlap::No);  // ASCII alone
  EXPECT_EQ(HaveCommonName({}, Pattern("xk0*"), Pattern("XK*")), Overlap::No);
}

TEST(Patterns, WithoutAWildcardAreNames) {
  const PatternWords words = {"", "", false};
  EXPECT_FALSE(HasWildcard(words, "A?*"));
  EXPECT_FALSE(Matches(words, "A?", "AB"));
  EXPECT_TRUE(Matches(words, "A*", "A*"));
}

TEST(Patterns, GiveUpRatherThanRunForEver) {
  NameSet many = {{"*"}, true, {}};
  for (char c = 'a'; c <= 'p'; ++c) many.excepts.push_back(std::string("*") + c + "????????????????????");
  NameSet rest = {{"*"}, true, {"*", "?"}};
  rest.excepts = {"*?", ""};
  EXPECT_EQ(HaveCommonName({}, many, rest), Overlap::No);  // nothing is left of one of them
  many.excepts.push_back("");
  many.excepts.push_back("?*a");
  EXPECT_NE(HaveCommonName({}, many, Pattern("*q?????????????????????")), Overlap::No);
}

}  // namespace
}  // namespace sodc::sema
