// The generated parser's view of a slice: tokens by index, with the source behind them.
#ifndef SODC_PARSE_ANTLR_SLICE_STREAM_H_
#define SODC_PARSE_ANTLR_SLICE_STREAM_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antlr4-runtime.h"

#include "compiler/parse/scan/token.h"

namespace sodc {

// A token that knows its place in the text; nothing is copied.
class SliceToken final : public antlr4::Token {
 public:
  SliceToken(sodc::Token token, size_t index, antlr4::TokenSource* source)
      : token_(token), index_(index), source_(source) {}

  sodc::Token token() const { return token_; }

  std::string getText() const override;
  size_t getType() const override;
  size_t getLine() const override { return 0; }
  size_t getCharPositionInLine() const override { return token_.begin; }
  size_t getChannel() const override { return DEFAULT_CHANNEL; }
  size_t getTokenIndex() const override { return index_; }
  size_t getStartIndex() const override { return token_.begin; }
  size_t getStopIndex() const override { return token_.end() - 1; }
  antlr4::TokenSource* getTokenSource() const override { return source_; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string toString() const override { return getText(); }

 private:
  sodc::Token token_;
  size_t index_;
  antlr4::TokenSource* source_;
};

// Tokens come by the stream alone; the source exists because ANTLR asks for its name
// and its factory in places that no valid slice reaches.
class SliceStream final : public antlr4::TokenStream, public antlr4::TokenSource {
 public:
  explicit SliceStream(std::string_view text) : text_(text) {}

  void Reset(std::span<const Token> tokens);
  std::string_view text() const { return text_; }

  antlr4::Token* LT(ssize_t k) override;
  antlr4::Token* get(size_t i) const override;
  antlr4::TokenSource* getTokenSource() const override;
  std::string getText(const antlr4::misc::Interval& interval) override;
  std::string getText() override;
  std::string getText(antlr4::RuleContext* context) override;
  std::string getText(antlr4::Token* start, antlr4::Token* stop) override;
  void consume() override;
  size_t LA(ssize_t i) override { return LT(i)->getType(); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  size_t index() override { return at_; }
  void seek(size_t index) override { at_ = index; }
  size_t size() override { return tokens_.size(); }
  std::string getSourceName() const override { return "slice"; }

  std::unique_ptr<antlr4::Token> nextToken() override;
  size_t getLine() const override { return 0; }
  size_t getCharPositionInLine() override { return 0; }
  antlr4::CharStream* getInputStream() override { return nullptr; }
  std::string getSourceName() override { return "slice"; }
  antlr4::TokenFactory<antlr4::CommonToken>* getTokenFactory() override;

 private:
  std::string_view text_;
  mutable std::vector<SliceToken> tokens_;  // with End as the last
  size_t at_ = 0;
};

}  // namespace sodc

#endif  // SODC_PARSE_ANTLR_SLICE_STREAM_H_
