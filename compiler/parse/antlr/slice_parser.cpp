#include "compiler/parse/antlr/slice_parser.h"

#include "antlr4-runtime.h"

#include "SodParser.h"
#include "compiler/parse/antlr/build_tree.h"
#include "compiler/parse/antlr/slice_stream.h"

namespace sodc {
namespace {

// ANTLR's own recovery never runs (it conjures tokens): the first error ends the attempt,
// and compiler/parse repairs the tokens before the next one.
class BailStrategy final : public antlr4::ANTLRErrorStrategy {
 public:
  void reset(antlr4::Parser*) override {}
  antlr4::Token* recoverInline(antlr4::Parser*) override { throw antlr4::ParseCancellationException(); }
  void recover(antlr4::Parser*, std::exception_ptr) override {
    throw antlr4::ParseCancellationException();
  }
  void sync(antlr4::Parser*) override {}
  bool inErrorRecoveryMode(antlr4::Parser*) override { return false; }
  void reportMatch(antlr4::Parser*) override {}
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
};

}  // namespace

struct SliceParser::State {
  State(FileId the_file, std::string_view the_text, Sink& the_sink)
      : file(the_file), text(the_text), sink(the_sink), stream(the_text), parser(&stream) {
    parser.removeErrorListeners();
    parser.setErrorHandler(std::make_shared<BailStrategy>());
  }

  // The fast prediction mode decides nearly everything; what it refuses is tried in full.
  std::optional<ast::Declaration> Attempt(std::span<const Token> tokens,
                                          antlr4::atn::PredictionMode mode) {
    stream.Reset(tokens);
    parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
    parser.setTokenStream(&stream);
    try {
      return BuildDeclaration({file, text, sink}, parser.slice()->declaration());
    } catch (const antlr4::ParseCancellationException&) {
      return std::nullopt;
    }
  }

  FileId file;
  std::string_view text;
  Sink& sink;
  SliceStream stream;
  sodc_antlr::SodParser parser;
};

SliceParser::SliceParser(FileId file, std::string_view text, Sink& sink) {
  state_ = std::make_unique<State>(file, text, sink);
}

SliceParser::~SliceParser() = default;

std::optional<ast::Declaration> SliceParser::Parse(std::span<const Token> tokens) {
  std::optional<ast::Declaration> result = state_->Attempt(tokens, antlr4::atn::PredictionMode::SLL);
  if (result) return result;
  return state_->Attempt(tokens, antlr4::atn::PredictionMode::LL);
}

}  // namespace sodc
