#include "compiler/parse/check_tokens.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include <llvm/Support/Unicode.h>

#include "compiler/base/utf8.h"

namespace sodc {
namespace {

// A wrong name is one mistake however often it is used: the first place is the error, some
// of the others are labels.
struct WrongName {
  DiagKind kind = DiagKind::NameWithForeignCharacter;
  Span first;
  std::vector<Span> others;
  std::string detail;
};
constexpr size_t kMostOtherPlaces = 5;

// Whether the code point may not stand in a name (LAN-7): combining, control, format, bidi.
bool IsForbiddenInName(CodePoint point, std::string_view bytes) {
  const int width = llvm::sys::unicode::columnWidthUTF8(llvm::StringRef(bytes.data(), bytes.size()));
  return width <= 0 || llvm::sys::unicode::isFormatting(static_cast<int>(point.value));
}

class TokenChecker {
 public:
  TokenChecker(FileId file, std::string_view text, const ParseOptions& options, Sink& sink)
      : file_(file), text_(text), options_(options), sink_(sink) {}

  CheckedText Run() {
    size_t begin = 0;
    do {
      ScannedText scanned = Scan(text_, {.begin = begin,
                                         .max_tokens = options_.max_tokens - result_.tokens.size(),
                                         .stops_at_bad_block = true});
      result_.comments.insert(result_.comments.end(), scanned.comments.begin(), scanned.comments.end());
      if (scanned.has_too_many_tokens) return TooManyTokens();
      begin = Take(scanned.tokens);
    } while (begin != 0);
    ReportNames();
    ReportDirections();
    return std::move(result_);
  }

 private:
  Span SpanOf(Token token) const { return {file_, static_cast<uint32_t>(token.begin), token.end()}; }

  CheckedText TooManyTokens() {
    Diagnose<DiagKind::TooManyTokens>(Span{file_, 0, 0}, options_.max_tokens)
        .Help("split the file into modules, and keep bulk assignments in data files")
        .To(sink_);
    result_.is_readable = false;
    return std::move(result_);
  }

  // Returns where to scan on after a token that swallowed the file, or 0.
  size_t Take(const std::vector<Token>& tokens) {
    if (result_.tokens.empty()) result_.tokens.reserve(tokens.size());
    for (size_t i = 0; i < tokens.size(); ++i) {
      const Token token = tokens[i];
      if (token.begin < curly_end_) continue;
      switch (token.kind()) {
        case TokenKind::BadNumber: BadNumber(token); break;
        case TokenKind::BadName: BadName(token); break;
        case TokenKind::QuotedName: QuotedName(token); break;
        case TokenKind::BadQuotedName: BadQuotedName(token); break;
        case TokenKind::BadString: BadString(token); break;
        case TokenKind::BadBlockOpen: return BadBlockOpen(token);
        case TokenKind::BadBlock: BadBlock(token); break;
        case TokenKind::BadCharacter:
          if (IsOpenComment(token)) return OpenComment(token);
          BadCharacter(token);
          break;
        default:
          result_.tokens.push_back(token.kind() == TokenKind::PlainName ? Shortened(token) : token);
      }
    }
    return 0;
  }

  void Keep(Token token, TokenKind kind) { result_.tokens.push_back(Token(kind, token.begin, token.end())); }

  // Too long a name is reported, and cut so that nothing carries it along.
  Token Shortened(Token token) {
    if (token.length <= options_.max_name_bytes) return token;
    Diagnose<DiagKind::NameTooLong>(SpanOf(token), token.length, options_.max_name_bytes)
        .Help("give it a short name and put the long form into its title")
        .To(sink_);
    return Token(token.kind(), token.begin, token.begin + options_.max_name_bytes);
  }

  void BadNumber(Token token) {
    const std::string text(token.Text(text_));
    size_t digits = text.find_first_not_of("0123456789");
    const bool is_unit = text.find_first_of("-.:+/") == std::string::npos && digits != std::string::npos;
    DiagnosticBuilder builder = Diagnose<DiagKind::NumberGluedToText>(SpanOf(token), text);
    if (is_unit) {
      builder = std::move(builder).Help("durations are written 48h, 30d, 2w, 3mo or 1y; a name that begins with a digit goes in backticks: `" + text + "`");
    } else {
      builder = std::move(builder).Help("dates are written 2026-03-17 or 2026-03; versions and other numbers are texts in quotes: \"" + text + "\"");
    }
    std::move(builder).To(sink_);
    Keep(token, is_unit && token.length > 0 ? GuessUnit(text.substr(digits)) : TokenKind::BadNumber);
  }

  // `30days` was meant as a duration, `4eyes` as a name.
  static TokenKind GuessUnit(std::string_view unit) {
    for (const std::string_view word : {"hour", "day", "week", "month", "year", "m", "s"}) {
      if (unit.starts_with(word)) return TokenKind::DurationValue;
    }
    return TokenKind::PlainName;
  }

  static bool IsCurlyQuote(uint32_t point) { return (point >= 0x201C && point <= 0x201F) || point == 0xAB || point == 0xBB; }

  // The end of a text on this line in the quotes of a word processor, „so“ or “so”; 0: it is none.
  size_t EndOfCurlyText(size_t begin) const {
    const CodePoint open = DecodeUtf8(text_, begin);
    if (!IsCurlyQuote(open.value)) return 0;
    for (size_t at = begin + open.length; at < text_.size() && text_[at] != '\n' && text_[at] != '\r';) {
      const CodePoint point = DecodeUtf8(text_, at);
      at += std::max<size_t>(1, point.length);
      if (IsCurlyQuote(point.value)) return point.length == open.length ? at : 0;
    }
    return 0;
  }

  // One mistake, however many words stand between the quotes.
  bool CurlyText(Token token) {
    const size_t end = EndOfCurlyText(token.begin);
    if (end == 0) return false;
    const size_t quote = DecodeUtf8(text_, token.begin).length;
    const std::string_view inside = text_.substr(token.begin + quote, end - token.begin - 2 * quote);
    const Span span{file_, static_cast<uint32_t>(token.begin), static_cast<uint32_t>(end)};
    DiagnosticBuilder builder = Diagnose<DiagKind::StrayCharacter>(span, text_.substr(token.begin, quote))
                                    .Help("texts are written in straight quotes: \"…\"");
    if (inside.find_first_of("\"\\") == std::string_view::npos) builder = std::move(builder).Fix(span, "\"" + std::string(inside) + "\"");
    std::move(builder).To(sink_);
    result_.tokens.push_back(Token(TokenKind::String, token.begin, end));
    curly_end_ = end;
    return true;
  }

  void BadName(Token token) {
    if (CurlyText(token)) return;
    token = Shortened(token);
    const std::string name(token.Text(text_));
    AddWrongName(DiagKind::NameWithForeignCharacter, name, SpanOf(token), "");
    if (!KeepWordsBetweenBlanks(token)) Keep(token, TokenKind::PlainName);
  }

  static bool IsForeignBlank(uint32_t point) {
    return point == 0xA0 || point == 0x202F || point == 0x3000 || (point >= 0x2000 && point <= 0x200A);
  }

  // What blanks of a word processor hold together is read as if they were plain ones: they have been told.
  bool KeepWordsBetweenBlanks(Token token) {
    bool has_blank = false;
    size_t begin = token.begin;
    const auto keep = [&](size_t end) {
      if (begin == end) return;
      for (const Token part : Scan(text_.substr(begin, end - begin), {}).tokens) {
        const bool is_word = part.kind() != TokenKind::BadName;  // a name that is wrong beside its blanks, too
        result_.tokens.push_back(Token(is_word ? part.kind() : TokenKind::PlainName, begin + part.begin, begin + part.end()));
      }
    };
    for (size_t at = token.begin; at < token.end();) {
      const CodePoint point = DecodeUtf8(text_, at);
      if (IsForeignBlank(point.value)) {
        has_blank = true;
        keep(at);
        begin = at + point.length;
      }
      at += std::max<size_t>(1, point.length);
    }
    if (has_blank) keep(token.end());
    return has_blank;
  }

  void AddWrongName(DiagKind kind, const std::string& name, Span span, std::string detail) {
    const auto [found, is_new] = wrong_names_.try_emplace(name, wrong_order_.size());
    if (is_new) {
      wrong_order_.push_back({name, WrongName{kind, span, {}, std::move(detail)}});
    } else {
      wrong_order_[found->second].second.others.push_back(span);
    }
  }

  void QuotedName(Token token) {
    token = Shortened(token);
    const std::string_view name = token.Text(text_);
    for (size_t at = 1; at + 1 < name.size();) {
      const CodePoint point = DecodeUtf8(name, at);
      if (IsForbiddenInName(point, name.substr(at, point.length))) {
        AddWrongName(DiagKind::ForbiddenNameCharacter, std::string(name), SpanOf(token),
                     fmt::format("U+{:04X}", point.value));
        break;
      }
      at += point.length;
    }
    result_.tokens.push_back(token);
  }

  void BadQuotedName(Token token) {
    Diagnose<DiagKind::UnterminatedQuotedName>(SpanOf(token))
        .Help(token.length == 2 ? "write the name between the backticks" : "close it with a backtick")
        .To(sink_);
    result_.damage.push_back(static_cast<uint32_t>(token.begin));
    Keep(token, TokenKind::QuotedName);
  }

  void BadString(Token token) {
    Diagnose<DiagKind::UnterminatedString>(SpanOf(token))
        .Help("close it with \", or use a \"\"\" block for several lines")
        .To(sink_);
    result_.damage.push_back(static_cast<uint32_t>(token.begin));
    Keep(token, TokenKind::String);
  }

  // The block ends at the next three quotes; what follows is scanned anew, or everything
  // after it would be taken for text.
  size_t BadBlockOpen(Token token) {
    result_.damage.push_back(static_cast<uint32_t>(token.begin));
    const size_t close = text_.find("\"\"\"", token.begin + 3);
    const Span quotes{file_, static_cast<uint32_t>(token.begin), static_cast<uint32_t>(token.begin + 3)};
    if (close == std::string_view::npos) {
      Diagnose<DiagKind::UnterminatedTextBlock>(quotes).Help("close it with three quotes on a line of their own").To(sink_);
      Keep(token, TokenKind::String);
      return token.end() < text_.size() ? token.end() : 0;
    }
    Diagnose<DiagKind::TextBlockOpensInline>(quotes).Help("begin a new line after the quotes").To(sink_);
    result_.tokens.push_back(Token(TokenKind::String, token.begin, close + 3));
    return close + 3 < text_.size() ? close + 3 : 0;
  }

  void BadBlock(Token token) {
    Diagnose<DiagKind::UnterminatedTextBlock>(
        Span{file_, static_cast<uint32_t>(token.begin), static_cast<uint32_t>(token.begin + 3)})
        .Help("close it with three quotes on a line of their own")
        .To(sink_);
    result_.damage.push_back(static_cast<uint32_t>(token.begin));
    Keep(Token(TokenKind::TextBlock, token.begin, token.begin + 3), TokenKind::TextBlock);
  }

  bool IsOpenComment(Token token) const { return text_.substr(token.begin).starts_with("/*"); }

  // The comment swallows the rest of the file.
  size_t OpenComment(Token token) {
    const auto begin = static_cast<uint32_t>(token.begin);
    Diagnose<DiagKind::UnterminatedComment>(Span{file_, begin, begin + 2}).Help("close it with */").To(sink_);
    result_.damage.push_back(begin);
    return 0;
  }

  // A run of them is one mistake.
  void BadCharacter(Token token) {
    const bool continues = token.begin == last_bad_end_;
    last_bad_end_ = token.end();
    if (continues) return;
    DiagnosticBuilder builder = Diagnose<DiagKind::StrayCharacter>(SpanOf(token), token.Text(text_));
    const char c = text_[token.begin];
    if (c == ';') builder = std::move(builder).Help("declarations and attributes need no separator").Fix(SpanOf(token), "");
    if (c == ':') builder = std::move(builder).Help("attributes are written without a colon").Fix(SpanOf(token), "");
    if (c == '\'') builder = std::move(builder).Help("texts are written in double quotes");
    if (c == '#') builder = std::move(builder).Help("comments begin with //");
    if (c == '[' || c == ']') builder = std::move(builder).Help("lists are written with commas alone, sets in braces");
    std::move(builder).To(sink_);
  }

  void ReportNames() {
    for (auto& [name, wrong] : wrong_order_) {
      const bool is_forbidden = wrong.kind == DiagKind::ForbiddenNameCharacter;
      if (!is_forbidden && ReportBlankOrQuote(name, wrong)) continue;
      DiagnosticBuilder builder =
          is_forbidden ? Diagnose<DiagKind::ForbiddenNameCharacter>(wrong.first, wrong.detail)
                             .Help("two names could look the same: leave it out, and put the full spelling into the title")
                       : Diagnose<DiagKind::NameWithForeignCharacter>(wrong.first, name)
                             .Help("a name has letters of a to z, digits and _; any other name goes in backticks")
                             .Fix(wrong.first, "`" + name + "`");
      for (size_t i = 0; i < wrong.others.size() && i < kMostOtherPlaces; ++i) {
        builder = std::move(builder).Label(wrong.others[i], "used again here");
      }
      if (!is_forbidden) {
        for (const Span other : wrong.others) builder = std::move(builder).Fix(other, "`" + name + "`");
      }
      std::move(builder).To(sink_);
    }
  }

  // A blank or a quote of a word processor in what would be a name: no name was meant.
  bool ReportBlankOrQuote(const std::string& name, const WrongName& wrong) {
    std::string spaced;
    bool has_blank = false, has_quote = false;
    uint32_t found = 0;
    for (size_t at = 0; at < name.size();) {
      const CodePoint point = DecodeUtf8(name, at);
      const bool is_blank = IsForeignBlank(point.value);
      const bool is_quote = (point.value >= 0x2018 && point.value <= 0x201F) || point.value == 0xAB || point.value == 0xBB;
      if ((is_blank || is_quote) && found == 0) found = point.value;
      has_blank |= is_blank;
      has_quote |= is_quote;
      spaced += is_blank ? " " : name.substr(at, point.length);
      at += point.length;
    }
    if (!has_blank && !has_quote) return false;
    DiagnosticBuilder builder = Diagnose<DiagKind::ForbiddenNameCharacter>(wrong.first, fmt::format("U+{:04X}", found));
    if (has_quote) {
      builder = std::move(builder).Help("texts are written in straight quotes: \"…\"");
    } else {
      builder = std::move(builder).Help("it looks like a blank: write a plain one").Fix(wrong.first, spaced);
      for (const Span other : wrong.others) builder = std::move(builder).Fix(other, spaced);
    }
    for (size_t i = 0; i < wrong.others.size() && i < kMostOtherPlaces; ++i) builder = std::move(builder).Label(wrong.others[i], "used again here");
    std::move(builder).To(sink_);
    return true;
  }

  // Characters that turn the direction of what stands behind them make a text or a comment read as something
  // else (CVE-2021-42574). Those in names are told with their name.
  void ReportDirections() {
    std::vector<Span> places;
    for (size_t at = text_.find('\xE2'); at != std::string_view::npos; at = text_.find('\xE2', at + 1)) {
      const CodePoint point = DecodeUtf8(text_, at);
      const bool turns = (point.value >= 0x202A && point.value <= 0x202E) || (point.value >= 0x2066 && point.value <= 0x2069);
      if (turns && !IsInName(at)) places.push_back({file_, static_cast<uint32_t>(at), static_cast<uint32_t>(at + point.length)});
    }
    if (places.empty()) return;
    size_t first = places.front().begin;
    DiagnosticBuilder builder =
        Diagnose<DiagKind::DirectionCharacter>(places.front(), fmt::format("U+{:04X}", DecodeUtf8(text_, first).value))
            .Help("leave it out: a text in a script written from right to left needs none");
    for (size_t i = 1; i < places.size() && i <= kMostOtherPlaces; ++i) builder = std::move(builder).Label(places[i], "and here");
    for (const Span place : places) builder = std::move(builder).Fix(place, "");
    std::move(builder).To(sink_);
  }

  bool IsInName(size_t at) const {
    const auto after = std::ranges::upper_bound(result_.tokens, at, {}, [](const Token& token) { return size_t{token.begin}; });
    if (after == result_.tokens.begin()) return false;
    const Token token = *(after - 1);
    const bool is_name = token.kind() == TokenKind::PlainName || token.kind() == TokenKind::QuotedName;
    return is_name && at < token.end();
  }

  FileId file_;
  std::string_view text_;
  const ParseOptions& options_;
  Sink& sink_;
  CheckedText result_;
  std::map<std::string, size_t> wrong_names_;
  std::vector<std::pair<std::string, WrongName>> wrong_order_;
  uint32_t last_bad_end_ = UINT32_MAX;  // none yet: a first byte may be bad, too
  size_t curly_end_ = 0;                  // of the last text in quotes of a word processor
};

}  // namespace

CheckedText ScanAndCheck(FileId file, std::string_view text, const ParseOptions& options, Sink& sink) {
  return TokenChecker(file, text, options, sink).Run();
}

}  // namespace sodc
