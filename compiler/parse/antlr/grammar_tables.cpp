#include "compiler/parse/antlr/grammar_tables.h"

#include "antlr4-runtime.h"

#include "SodParser.h"
#include "atn/RuleStartState.h"
#include "atn/RuleTransition.h"
#include "compiler/parse/antlr/slice_stream.h"

namespace sodc {
namespace {

using antlr4::atn::ATNState;
using antlr4::atn::Transition;

// Precedence predicates are always true here: the operands of `except` and `where` are
// primaries, so that nothing is left to decide.
GrammarTables::Edge MakeEdge(const Transition& transition) {
  GrammarTables::Edge edge;
  edge.target = static_cast<uint16_t>(transition.target->stateNumber);
  if (transition.getSerializationType() == Transition::RULE) {
    edge.kind = GrammarTables::Edge::Kind::Call;
    edge.follow = static_cast<uint16_t>(
        static_cast<const antlr4::atn::RuleTransition&>(transition).followState->stateNumber);
  } else if (!transition.isEpsilon()) {
    edge.kind = GrammarTables::Edge::Kind::Match;
    for (const ssize_t type : transition.label().toList()) {
      edge.kinds.set(type < 0 ? 0 : static_cast<size_t>(type));
    }
  }
  return edge;
}

}  // namespace

GrammarTables MakeGrammarTables() {
  SliceStream stream{std::string_view()};
  sodc_antlr::SodParser parser(&stream);
  const antlr4::atn::ATN& atn = parser.getATN();
  GrammarTables tables;
  tables.states.resize(atn.states.size());
  for (ATNState* state : atn.states) {
    if (state == nullptr) continue;
    GrammarTables::State& made = tables.states[state->stateNumber];
    made.ends_rule = state->getStateType() == ATNState::RULE_STOP;
    if (made.ends_rule) continue;
    for (const Transition* transition : state->transitions) made.edges.push_back(MakeEdge(*transition));
  }
  const antlr4::atn::RuleStartState* start = atn.ruleToStartState[sodc_antlr::SodParser::RuleSlice];
  tables.start = static_cast<uint16_t>(start->stateNumber);
  return tables;
}

}  // namespace sodc
