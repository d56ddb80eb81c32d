#include "compiler/parse/explain_edit.h"

#include <string>
#include <utility>

#include "compiler/parse/describe.h"

namespace sodc {
namespace {

class Explainer {
 public:
  Explainer(const ExplainContext& context, std::span<const Token> tokens, const Edit& edit)
      : context_(context), tokens_(tokens), edit_(edit) {}

  void Run() {
    switch (edit_.kind) {
      case Edit::Kind::Respell: return ExplainRespell();
      case Edit::Kind::Quote: return ExplainQuote();
      case Edit::Kind::Unrepeat: return ExplainUnrepeat();
      case Edit::Kind::Swap: return ExplainSwap();
      case Edit::Kind::Insert: return ExplainInsert();
      case Edit::Kind::Replace: return ExplainReplace();
      case Edit::Kind::Remove: return ExplainRemove();
      case Edit::Kind::Split: return;  // the slice that begins there explains itself
      case Edit::Kind::SwapSplit: return ExplainSwap();
    }
  }

 private:
  Span SpanOf(Token token) const {
    return {context_.file, static_cast<uint32_t>(token.begin), token.end()};
  }
  std::string TextOf(Token token) const { return std::string(token.Text(context_.text)); }

  bool IsAtEnd() const { return edit_.error_at >= tokens_.size(); }

  // The unreadable token; what is missing at the end of a line is missing there, not on
  // the next line.
  bool IsMissingBeforeLineEnd() const {
    if (edit_.error_at == 0) return false;
    if (IsAtEnd()) return true;
    const uint32_t from = tokens_[edit_.error_at - 1].end();
    return context_.text.substr(from, tokens_[edit_.error_at].begin - from).find('\n') != std::string_view::npos;
  }
  Span PlaceAfterPrevious() const {
    const uint32_t end = tokens_[edit_.error_at - 1].end();
    return {context_.file, end, end};
  }
  Span ErrorSpan() const { return IsAtEnd() ? PlaceAfterPrevious() : SpanOf(tokens_[edit_.error_at]); }
  std::string Found() const {
    if (!IsAtEnd()) return DescribeToken(context_.text, tokens_[edit_.error_at]);
    return context_.is_last_slice ? "the end of the file" : "the next declaration";
  }

  DiagnosticBuilder Build(const std::string& expected, Span span, const std::string& found) const {
    return Diagnose<DiagKind::UnexpectedToken>(span, expected, found);
  }

  void ExplainRespell() {
    const Token wrong = edit_.old.front();
    const std::string right(SpellingOf(edit_.put.front().kind()));
    const bool is_attribute = Contains(edit_.expected, TokenKind::Grants) &&
                              Contains(edit_.expected, TokenKind::RightBrace);
    DiagnosticBuilder builder = is_attribute
                                    ? Diagnose<DiagKind::UnknownAttribute>(SpanOf(wrong), TextOf(wrong))
                                    : Build("`" + right + "`", SpanOf(wrong), DescribeToken(context_.text, wrong));
    std::move(builder).Help("did you mean `" + right + "`?").Fix(SpanOf(wrong), right).To(context_.sink);
  }

  void ExplainReplace() {
    const TokenKind kind = edit_.put.front().kind();
    DiagnosticBuilder builder = Build(DescribeKind(kind), ErrorSpan(), Found());
    const std::string spelling(SpellingOf(kind));
    if (!spelling.empty()) builder = std::move(builder).Fix(ErrorSpan(), spelling);
    std::move(builder).To(context_.sink);
  }

  void ExplainQuote() {
    const Token word = edit_.old.front();
    Diagnose<DiagKind::ReservedWordAsName>(SpanOf(word), TextOf(word))
        .Help("in backticks it is a name")
        .Fix(SpanOf(word), "`" + TextOf(word) + "`")
        .To(context_.sink);
  }

  void ExplainUnrepeat() {
    const Token repeated = edit_.old.front();
    if (repeated.kind() == TokenKind::RightBrace) return NothingToClose(repeated);
    if (repeated.kind() == TokenKind::LeftBrace) return NeverClosed(repeated);
    Build(DescribeExpected(edit_.expected), SpanOf(repeated), DescribeToken(context_.text, repeated))
        .Help("it stands here twice")
        .Fix(SpanOf(repeated), "")
        .To(context_.sink);
  }

  void NothingToClose(Token brace) {
    Diagnose<DiagKind::BraceNeverOpened>(SpanOf(brace), TextOf(brace))
        .Help("remove it, or add the opening bracket that it should close")
        .To(context_.sink);
  }
  void NeverClosed(Token brace) {
    Diagnose<DiagKind::BraceNeverClosed>(SpanOf(brace), TextOf(brace))
        .Help("add the closing bracket, or remove this one")
        .To(context_.sink);
  }

  void ExplainSwap() {
    const Token first = edit_.old[0];
    const Token second = edit_.old[1];
    const bool is_first = edit_.error_at == edit_.at;
    const std::string expected = is_first ? DescribeToken(context_.text, second) : DescribeExpected(edit_.expected);
    Build(expected, is_first ? SpanOf(first) : ErrorSpan(), is_first ? DescribeToken(context_.text, first) : Found())
        .Help("`" + TextOf(second) + "` goes before `" + TextOf(first) + "`")
        .To(context_.sink);
  }

  void ExplainInsert() {
    const TokenKind kind = edit_.put.front().kind();
    if ((kind == TokenKind::RightBrace || kind == TokenKind::RightParen) && ExplainUnclosed(kind)) return;
    if (kind != TokenKind::Comma && IsWordForAttribute()) return UnknownAttribute(tokens_[edit_.error_at]);
    const bool is_before_line_end = IsMissingBeforeLineEnd();
    const Span span = is_before_line_end ? PlaceAfterPrevious() : ErrorSpan();
    const std::string found = is_before_line_end && !IsAtEnd() ? "the end of the line" : Found();
    DiagnosticBuilder builder = Build(DescribeKind(kind), span, found);
    const std::string spelling(SpellingOf(kind));
    if (!spelling.empty()) {
      const std::string glue = kind == TokenKind::Comma ? "" : " ";
      builder = std::move(builder).Fix(PlaceAfterPrevious(), glue + spelling);
    }
    std::move(builder).To(context_.sink);
  }

  // A name where an attribute begins: that some attribute takes a name does not say that this one was meant.
  bool IsWordForAttribute() const {
    const bool is_attribute = Contains(edit_.expected, TokenKind::Grants) && Contains(edit_.expected, TokenKind::RightBrace);
    if (!is_attribute || edit_.at != edit_.error_at || IsAtEnd()) return false;
    const Token found = tokens_[edit_.error_at];
    return found.kind() == TokenKind::PlainName && ClassOf(found.kind()) == WordClass::None;
  }

  void UnknownAttribute(Token word) {
    Diagnose<DiagKind::UnknownAttribute>(SpanOf(word), TextOf(word))
        .Help("the attributes of each declaration are listed in docs/language.md; one that the policy itself declares is written `attribute " + TextOf(word) + " is …`")
        .To(context_.sink);
  }

  // The innermost bracket that is open before the edit.
  bool ExplainUnclosed(TokenKind closing) {
    const TokenKind opening = closing == TokenKind::RightBrace ? TokenKind::LeftBrace : TokenKind::LeftParen;
    int depth = 0;
    for (size_t i = edit_.at; i-- > 0;) {
      if (tokens_[i].kind() == closing) ++depth;
      if (tokens_[i].kind() == opening && --depth < 0) {
        if (tokens_[i].length == 0) return false;  // inserted, and explained then
        NeverClosed(tokens_[i]);
        return true;
      }
    }
    return false;
  }

  void ExplainRemove() {
    const Token first = edit_.old.front();
    const bool is_name = IsName(first.kind());
    const bool wants_attribute = Contains(edit_.expected, TokenKind::Grants) &&
                                 !Contains(edit_.expected, TokenKind::PlainName) && is_name;
    if (edit_.at == edit_.error_at && first.kind() == TokenKind::RightBrace) return NothingToClose(first);
    if (edit_.old.size() == 1 && first.kind() == TokenKind::Comma && edit_.at < edit_.error_at) {
      Diagnose<DiagKind::TrailingComma>(SpanOf(first)).Help("remove the comma, or add the item that should follow it")
          .Fix(SpanOf(first), "").To(context_.sink);
      return;
    }
    if (wants_attribute && edit_.at == edit_.error_at && ClassOf(first.kind()) == WordClass::None) {
      return UnknownAttribute(first);
    }
    if (Contains(edit_.expected, TokenKind::End) && edit_.at == edit_.error_at &&
        !Contains(edit_.expected, TokenKind::LeftBrace)) {
      Diagnose<DiagKind::DeclarationExpected>(ErrorSpan(), Found()).To(context_.sink);
      return;
    }
    DiagnosticBuilder builder = Build(DescribeExpected(edit_.expected), ErrorSpan(), Found());
    const bool wants_text = Contains(edit_.expected, TokenKind::String) && is_name;
    if (wants_text) builder = std::move(builder).Help("texts are written in double quotes");
    std::move(builder).To(context_.sink);
  }

  const ExplainContext& context_;
  std::span<const Token> tokens_;
  const Edit& edit_;
};

}  // namespace

void ExplainEdit(const ExplainContext& context, std::span<const Token> tokens, const Edit& edit) {
  Explainer(context, tokens, edit).Run();
}

}  // namespace sodc
