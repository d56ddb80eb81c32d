// Finds the smallest change of a slice's tokens that lets it be read. The generated
// parser then reads the changed tokens: one mistake is one change, and what stands
// around it is kept.
#ifndef SODC_PARSE_REPAIR_H_
#define SODC_PARSE_REPAIR_H_

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/parse/recognizer.h"

namespace sodc {

// One change of the tokens, with what is needed to explain it.
struct Edit {
  enum class Kind : uint8_t {
    Respell,     // a word near to an expected keyword becomes that keyword
    Quote,       // a reserved word becomes a name
    Unrepeat,    // a token that repeats the one before it is taken out
    Swap,        // two neighbours change places
    Insert,      // a token is put in; a value has no text
    Replace,     // a token becomes a value of another kind, without text
    Remove,      // tokens are taken out
    Split,       // what follows is no part of this declaration
    SwapSplit,   // `person } eric`: the brace goes before the next declaration
  };
  Kind kind = Kind::Remove;
  uint32_t at = 0;          // index of the first changed token
  uint32_t count = 0;       // tokens taken out
  std::vector<Token> put;   // tokens put in
  int cost = 0;

  uint32_t error_at = 0;    // index of the token that could not be read; may be the end
  KindSet expected;         // what could stand there
  std::vector<Token> old;   // the tokens taken out
};

struct Repair {
  std::vector<Token> tokens;  // without End
  std::vector<Edit> edits;    // in order; indices are into the tokens at that time
  bool is_complete = false;   // the grammar takes `tokens`
  std::vector<Token> rest;    // what belongs to another declaration, if anything
};

struct RepairLimits {
  uint32_t max_edits = 10;    // a slice with more mistakes is not worth reading
  uint32_t look_ahead = 40;   // tokens that have to be read for a change to be as good as any
};

Repair RepairSlice(const GrammarTables& tables, std::string_view text, std::vector<Token> tokens,
                   const RepairLimits& limits);

// Whether the grammar takes the tokens as one declaration.
bool IsDeclaration(const GrammarTables& tables, const std::vector<Token>& tokens);

}  // namespace sodc

#endif  // SODC_PARSE_REPAIR_H_
