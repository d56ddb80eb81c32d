#include "compiler/parse/antlr/slice_stream.h"

#include <algorithm>

#include "SodLexer.h"

namespace sodc {

// The scanner's kinds are the generated lexer's types.
#define SODC_TOKEN(Name, Generated, Spelling) \
  static_assert(static_cast<int>(TokenKind::Name) == sodc_antlr::SodLexer::Generated);
#include "compiler/parse/scan/tokens.def"

std::string SliceToken::getText() const {
  const auto* stream = static_cast<const SliceStream*>(source_);
  return std::string(token_.Text(stream->text()));
}

size_t SliceToken::getType() const {
  return token_.kind() == TokenKind::End ? antlr4::Token::EOF : token_.raw_kind;
}

void SliceStream::Reset(std::span<const Token> tokens) {
  tokens_.clear();
  tokens_.reserve(tokens.size() + 1);
  for (const Token token : tokens) tokens_.emplace_back(token, tokens_.size(), this);
  const uint32_t end = tokens.empty() ? 0 : tokens.back().end();
  tokens_.emplace_back(Token(TokenKind::End, end, end), tokens_.size(), this);
  at_ = 0;
}

antlr4::Token* SliceStream::LT(ssize_t k) {
  if (k < 0 && at_ < static_cast<size_t>(-k)) return nullptr;
  const size_t wanted = k < 0 ? at_ - static_cast<size_t>(-k) : at_ + static_cast<size_t>(k) - 1;
  return &tokens_[std::min(wanted, tokens_.size() - 1)];
}

antlr4::Token* SliceStream::get(size_t i) const { return &tokens_[std::min(i, tokens_.size() - 1)]; }

antlr4::TokenSource* SliceStream::getTokenSource() const { return const_cast<SliceStream*>(this); }

std::string SliceStream::getText(const antlr4::misc::Interval& interval) {
  std::string text;
  for (ssize_t i = std::max<ssize_t>(0, interval.a);
       i <= interval.b && i < static_cast<ssize_t>(tokens_.size()); ++i) {
    text += tokens_[static_cast<size_t>(i)].getText();
  }
  return text;
}

std::string SliceStream::getText() {
  return getText(antlr4::misc::Interval(static_cast<ssize_t>(0), static_cast<ssize_t>(tokens_.size()) - 1));
}

std::string SliceStream::getText(antlr4::RuleContext* context) {
  return getText(context->getSourceInterval());
}

std::string SliceStream::getText(antlr4::Token* start, antlr4::Token* stop) {
  return getText(antlr4::misc::Interval(start->getTokenIndex(), stop->getTokenIndex()));
}

void SliceStream::consume() {
  if (at_ + 1 < tokens_.size()) ++at_;
}

std::unique_ptr<antlr4::Token> SliceStream::nextToken() {
  return std::make_unique<SliceToken>(tokens_[at_]);
}

antlr4::TokenFactory<antlr4::CommonToken>* SliceStream::getTokenFactory() {
  return antlr4::CommonTokenFactory::DEFAULT.get();
}

}  // namespace sodc
