#include "compiler/parse/scan/scanner.h"

namespace sodc {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsNameChar(char c) { return IsNameStart(c) || IsDigit(c); }
bool IsWide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool IsBlank(char c) { return c == ' ' || c == '\t'; }
bool IsLineEnd(char c) { return c == '\r' || c == '\n'; }

// Whether `text` has the form of `pattern`, where 0 stands for a digit.
bool HasForm(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (pattern[i] == '0' ? !IsDigit(text[i]) : text[i] != pattern[i]) return false;
  }
  return true;
}

bool IsInstant(std::string_view text) {
  constexpr std::string_view kMinutes = "0000-00-00T00:00";
  constexpr std::string_view kSeconds = "0000-00-00T00:00:00";
  for (const std::string_view form : {kMinutes, kSeconds}) {
    if (text.size() < form.size() || !HasForm(text.substr(0, form.size()), form)) continue;
    const std::string_view zone = text.substr(form.size());
    if (zone == "Z" || HasForm(zone, "+00:00") || HasForm(zone, "-00:00")) return true;
  }
  return false;
}

// The end of the number at the front: `3500` or `3_500`.
size_t EndOfDigits(std::string_view text) {
  size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  size_t end = digits;
  while (digits <= 3 && HasForm(text.substr(end, 4), "_000")) end += 4;
  return end;
}

bool IsDecimalPart(std::string_view text) {
  if (text.size() < 2 || text[0] != '.') return false;
  for (const char c : text.substr(1)) {
    if (!IsDigit(c)) return false;
  }
  return true;
}

TokenKind KindOfNumber(std::string_view text) {
  const size_t digits = EndOfDigits(text);
  const std::string_view unit = text.substr(digits);
  if (unit.empty()) return TokenKind::Int;
  if (IsDecimalPart(unit)) return TokenKind::DecimalValue;
  if (text.find('_') != std::string_view::npos) return TokenKind::BadNumber;
  if (HasForm(text, "00:00")) return TokenKind::ClockValue;
  if (unit == "h" || unit == "d" || unit == "w" || unit == "mo" || unit == "y") {
    return TokenKind::DurationValue;
  }
  if (HasForm(text, "0000-00-00")) return TokenKind::DateValue;
  if (HasForm(text, "0000-00")) return TokenKind::MonthValue;
  return IsInstant(text) ? TokenKind::InstantValue : TokenKind::BadNumber;
}

class Scanner {
 public:
  Scanner(std::string_view text, const ScanOptions& options)
      : text_(text), options_(options), at_(options.begin) {}

  ScannedText Run() {
    if (at_ == 0 && text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size() && !is_stopped_) {
      if (result_.tokens.size() >= options_.max_tokens) {
        result_.has_too_many_tokens = true;
        break;
      }
      ScanOne();
    }
    return std::move(result_);
  }

 private:
  char At(size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  bool Starts(size_t offset, std::string_view what) const {
    return text_.substr(offset).starts_with(what);
  }

  void Emit(TokenKind kind, size_t end) {
    result_.tokens.emplace_back(kind, at_, end);
    at_ = end;
  }

  size_t EndOfLine(size_t from) const {
    while (from < text_.size() && !IsLineEnd(text_[from])) ++from;
    return from;
  }

  void ScanOne() {
    const char c = text_[at_];
    if (IsBlank(c) || IsLineEnd(c)) {
      ++at_;
    } else if (IsNameStart(c) || IsWide(c)) {
      ScanWord();
    } else if (IsDigit(c)) {
      ScanNumber();
    } else if (c == '"') {
      Starts(at_, "\"\"\"") ? ScanBlock() : ScanString();
    } else if (c == '`') {
      ScanQuotedName();
    } else if (c == '/' && ScanComment()) {
      return;
    } else {
      ScanPunctuation(c);
    }
  }

  void ScanWord() {
    size_t end = at_;
    bool is_plain = true;
    const auto consume_part = [&] {
      const size_t begin = end;
      while (end < text_.size() && (IsNameChar(text_[end]) || IsWide(text_[end]))) {
        is_plain = is_plain && !IsWide(text_[end]);
        ++end;
      }
      return end > begin;
    };
    consume_part();
    while (At(end) == '-') {
      ++end;
      if (!consume_part()) {
        --end;
        break;
      }
      is_plain = false;
    }
    Emit(is_plain ? KindOfWord(text_.substr(at_, end - at_)) : TokenKind::BadName, end);
  }

  // The longest run that looks like one number; whatever is no exact form is BadNumber.
  void ScanNumber() {
    size_t end = at_ + 1;
    while (end < text_.size()) {
      const char c = text_[end];
      const char next = At(end + 1);
      if (IsNameChar(c)) {
        ++end;
      } else if (((c == '-' || c == '.' || c == ':') && IsNameChar(next)) ||
                 ((c == '+' || c == '/') && IsDigit(next))) {
        end += 2;
      } else {
        break;
      }
    }
    Emit(KindOfNumber(text_.substr(at_, end - at_)), end);
  }

  void ScanString() {
    size_t end = at_ + 1;
    while (end < text_.size() && !IsLineEnd(text_[end]) && text_[end] != '"') {
      const bool is_escape = text_[end] == '\\' && end + 1 < text_.size() && !IsLineEnd(text_[end + 1]);
      end += is_escape ? 2 : 1;
    }
    if (At(end) == '"') return Emit(TokenKind::String, end + 1);
    Emit(TokenKind::BadString, end);
  }

  void ScanBlock() {
    size_t end = at_ + 3;
    while (IsBlank(At(end))) ++end;
    if (At(end) == '\r' && At(end + 1) == '\n') ++end;
    if (At(end) != '\n') {
      is_stopped_ = options_.stops_at_bad_block;
      return Emit(TokenKind::BadBlockOpen, EndOfLine(at_));
    }
    while (end < text_.size()) {
      ++end;  // the line feed
      while (IsBlank(At(end))) ++end;
      if (Starts(end, "\"\"\"")) return Emit(TokenKind::TextBlock, end + 3);
      while (end < text_.size() && text_[end] != '\n') ++end;
    }
    Emit(TokenKind::BadBlock, text_.size());
  }

  void ScanQuotedName() {
    size_t end = at_ + 1;
    while (end < text_.size() && !IsLineEnd(text_[end]) && text_[end] != '`') ++end;
    if (At(end) != '`') return Emit(TokenKind::BadQuotedName, end);
    Emit(end == at_ + 1 ? TokenKind::BadQuotedName : TokenKind::QuotedName, end + 1);
  }

  // False when no comment starts here.
  bool ScanComment() {
    const size_t begin = at_;
    if (Starts(at_, "//")) {
      at_ = EndOfLine(at_);
    } else if (Starts(at_, "/*")) {
      const size_t close = text_.find("*/", at_ + 2);
      if (close == std::string_view::npos) return false;
      at_ = close + 2;
    } else {
      return false;
    }
    const bool is_doc = Starts(begin, "///") && At(begin + 3) != '/';
    result_.comments.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(at_), is_doc});
    return true;
  }

  void ScanPunctuation(char c) {
    switch (c) {
      case '{': return Emit(TokenKind::LeftBrace, at_ + 1);
      case '}': return Emit(TokenKind::RightBrace, at_ + 1);
      case '(': return Emit(TokenKind::LeftParen, at_ + 1);
      case ')': return Emit(TokenKind::RightParen, at_ + 1);
      case ',': return Emit(TokenKind::Comma, at_ + 1);
      case '=': return Emit(TokenKind::Equals, at_ + 1);
      case '.':
        return At(at_ + 1) == '.' ? Emit(TokenKind::Range, at_ + 2) : Emit(TokenKind::Dot, at_ + 1);
      default: return Emit(TokenKind::BadCharacter, at_ + 1);
    }
  }

  std::string_view text_;
  const ScanOptions& options_;
  bool is_stopped_ = false;
  size_t at_;
  ScannedText result_;
};

}  // namespace

ScannedText Scan(std::string_view text, const ScanOptions& options) {
  return Scanner(text, options).Run();
}

}  // namespace sodc
