// Follows the grammar's automaton over tokens and knows at every place which kinds may
// come next. Exact where one-token look-ahead is not; used only where parsing failed.
#ifndef SODC_PARSE_RECOGNIZER_H_
#define SODC_PARSE_RECOGNIZER_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "compiler/parse/antlr/grammar_tables.h"

namespace sodc {

class Recognizer {
 public:
  // A way in which the tokens so far may be read: a state and the rules to return to.
  struct Reading {
    uint16_t state = 0;
    uint32_t stack = 0;
    auto operator<=>(const Reading&) const = default;
  };
  // All ways; empty when the tokens are no beginning of a declaration.
  using Readings = std::vector<Reading>;

  explicit Recognizer(const GrammarTables& tables) : tables_(tables) { stacks_.push_back({}); }

  Readings Start();
  // The readings after one more token. End closes the declaration.
  Readings Advance(const Readings& readings, TokenKind kind);
  KindSet Expected(const Readings& readings) const;

 private:
  struct Frame {
    uint16_t follow = 0;
    uint32_t parent = 0;
  };

  // Adds everything reachable without a token.
  void Close(Readings& readings);
  uint32_t Push(uint16_t follow, uint32_t parent);

  const GrammarTables& tables_;
  std::vector<Frame> stacks_;  // equal stacks are one entry; 0 is the empty one
  std::unordered_map<uint64_t, uint32_t> known_stacks_;
};

}  // namespace sodc

#endif  // SODC_PARSE_RECOGNIZER_H_
