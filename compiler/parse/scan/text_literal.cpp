#include "compiler/parse/scan/text_literal.h"

#include <algorithm>

#include "compiler/base/utf8.h"

namespace sodc {
namespace {

// Reads `{1F600}` at `at`; the code point, or nothing when it names none.
bool ReadCodePoint(std::string_view literal, size_t& at, uint32_t& value) {
  size_t i = at;
  if (i >= literal.size() || literal[i] != '{') return false;
  value = 0;
  size_t digits = 0;
  for (++i; i < literal.size() && literal[i] != '}'; ++i, ++digits) {
    const char c = literal[i];
    const bool is_letter = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (digits == 6 || (!is_letter && (c < '0' || c > '9'))) return false;
    value = value * 16 + static_cast<uint32_t>(is_letter ? (c | 0x20) - 'a' + 10 : c - '0');
  }
  const bool is_character = value != 0 && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
  if (i >= literal.size() || digits == 0 || !is_character) return false;
  at = i + 1;
  return true;
}

// `at` is after the backslash; false when the escape is unknown.
bool ReadEscape(std::string_view literal, size_t& at, std::string& value) {
  const char c = literal[at];
  if (c == '"' || c == '\\' || c == 'n' || c == 't') {
    value += c == 'n' ? '\n' : c == 't' ? '\t' : c;
    ++at;
    return true;
  }
  if (c != 'u') return false;
  size_t after = at + 1;
  uint32_t code_point = 0;
  if (!ReadCodePoint(literal, after, code_point)) return false;
  AppendUtf8(value, code_point);
  at = after;
  return true;
}

// The end of an unknown escape, to mark all of it: `\u{zz}` or one character.
size_t EndOfEscape(std::string_view literal, size_t at) {
  if (literal[at] == 'u' && at + 1 < literal.size() && literal[at + 1] == '{') {
    const size_t close = literal.find_first_of("}\"", at);
    if (close != std::string_view::npos && literal[close] == '}') return close + 1;
  }
  return at + std::max(1u, DecodeUtf8(literal, at).length);
}

}  // namespace

LiteralValue DecodeString(std::string_view literal) {
  LiteralValue result;
  const bool is_curly = !literal.empty() && literal.front() != '"';  // reported; of two or three bytes, closed like it was opened
  const size_t quote = is_curly ? std::max<size_t>(1, DecodeUtf8(literal, 0).length) : 1;
  const bool is_closed = literal.size() > quote && (is_curly || literal.back() == '"');
  const std::string_view body = literal.substr(0, literal.size() - (is_closed ? quote : 0));
  for (size_t at = quote; at < body.size();) {
    if (body[at] != '\\') {
      result.value += body[at++];
      continue;
    }
    const size_t begin = at++;
    if (at >= body.size()) break;  // only in a text that is not closed
    if (ReadEscape(body, at, result.value)) continue;
    at = EndOfEscape(body, at);
    result.value += body.substr(begin, at - begin);
    result.problems.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(at)});
  }
  return result;
}

LiteralValue DecodeBlock(std::string_view literal) {
  LiteralValue result;
  const bool is_closed = literal.size() >= 6 && literal.ends_with("\"\"\"");
  const size_t last_line = literal.rfind('\n') + 1;
  const size_t margin = is_closed ? literal.size() - 3 - last_line : 0;
  if (is_closed && literal.substr(last_line, margin).find('\t') != std::string_view::npos) {
    result.problems.push_back({static_cast<uint32_t>(last_line),
                               static_cast<uint32_t>(last_line + margin)});
  }
  const size_t end = is_closed ? last_line : literal.size();
  for (size_t at = literal.find('\n') + 1; at < end;) {
    const size_t line_end = std::min(literal.find('\n', at), end);
    std::string_view line = literal.substr(at, line_end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const size_t blank = std::min(line.find_first_not_of(' '), line.size());
    const bool is_blank = line.find_first_not_of(" \t") == std::string_view::npos;
    if (blank < margin && !is_blank && result.problems.empty()) {
      const size_t text_begin = std::min(line.find_first_not_of(" \t"), margin);
      result.problems.push_back({static_cast<uint32_t>(at),
                                 static_cast<uint32_t>(at + std::max<size_t>(1, text_begin))});
    }
    if (!is_blank) result.value += line.substr(std::min(blank, margin));
    if (line_end + 1 < end) result.value += '\n';
    at = line_end + 1;
  }
  return result;
}

}  // namespace sodc
