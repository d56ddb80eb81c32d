// The grammar's automaton as plain numbers, taken from the generated parser, so that the
// error recovery can ask "what could stand here?" without ANTLR.
#ifndef SODC_PARSE_ANTLR_GRAMMAR_TABLES_H_
#define SODC_PARSE_ANTLR_GRAMMAR_TABLES_H_

#include <bitset>
#include <cstdint>
#include <vector>

#include "compiler/parse/scan/token.h"

namespace sodc {

using KindSet = std::bitset<kMaxTokenKinds>;  // by TokenKind

inline bool Contains(const KindSet& set, TokenKind kind) { return set[static_cast<size_t>(kind)]; }

struct GrammarTables {
  struct Edge {
    enum class Kind : uint8_t { Free, Call, Match };
    Kind kind = Kind::Free;
    uint16_t target = 0;
    uint16_t follow = 0;  // Call: where the caller goes on
    KindSet kinds;        // Match
  };
  struct State {
    bool ends_rule = false;
    std::vector<Edge> edges;
  };
  std::vector<State> states;
  uint16_t start = 0;  // of the rule `slice`
};

GrammarTables MakeGrammarTables();

}  // namespace sodc

#endif  // SODC_PARSE_ANTLR_GRAMMAR_TABLES_H_
