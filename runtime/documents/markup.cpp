#include "runtime/documents/markup.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sod::documents {

namespace {

bool IsPunctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class InlineParser {
 public:
  explicit InlineParser(std::string_view text) : text_(text) {}

  Inlines Parse() {
    while (at_ < text_.size()) Step();
    Flush();
    return std::move(out_);
  }

 private:
  std::string_view Rest() const { return text_.substr(at_); }

  void Step() {
    const std::string_view rest = Rest();
    if (rest[0] == '\\' && rest.size() > 1 && IsPunctuation(rest[1])) {
      current_.text += rest[1];
      at_ += 2;
    } else if (rest[0] == '`' && Code()) {
    } else if (rest[0] == '[' && Link()) {
    } else if (rest.starts_with("**") && Toggle("**", current_.is_bold)) {
    } else if (rest[0] == '*' && !rest.starts_with("**") && Toggle("*", current_.is_italic)) {
    } else {
      current_.text += rest[0];
      ++at_;
    }
  }

  void Flush() {
    if (!current_.text.empty()) out_.push_back(current_);
    current_.text.clear();
  }

  bool Code() {
    const size_t end = text_.find('`', at_ + 1);
    if (end == std::string_view::npos || end == at_ + 1) return false;
    Flush();
    Inline code = current_;
    code.is_code = true;
    code.text = text_.substr(at_ + 1, end - at_ - 1);
    out_.push_back(std::move(code));
    at_ = end + 1;
    return true;
  }

  // [text](target) prints both: paper has no links.
  bool Link() {
    const size_t middle = text_.find("](", at_);
    const size_t end = middle == std::string_view::npos ? middle : text_.find(')', middle);
    if (end == std::string_view::npos) return false;
    const std::string_view label = text_.substr(at_ + 1, middle - at_ - 1);
    std::string_view target = text_.substr(middle + 2, end - middle - 2);
    if (label.empty() || label.find('\n') != std::string_view::npos) return false;
    if (target.starts_with("mailto:")) target.remove_prefix(7);
    current_.text += label;
    if (!target.empty() && target != label) current_.text.append(" (").append(target).append(")");
    at_ = end + 1;
    return true;
  }

  // Opens before text when the same mark closes behind text; closes what is open.
  bool Toggle(std::string_view mark, bool& flag) {
    const std::string_view after = Rest().substr(mark.size());
    if (flag) {
      if (at_ == 0 || IsSpace(text_[at_ - 1])) return false;
    } else {
      if (after.empty() || IsSpace(after[0])) return false;
      const size_t close = after.find(mark, 1);
      if (close == std::string_view::npos || IsSpace(after[close - 1])) return false;
    }
    Flush();
    flag = !flag;
    at_ += mark.size();
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  Inline current_;
  Inlines out_;
};

struct ProseLine {
  ProseBlock::Kind kind = ProseBlock::Kind::Paragraph;
  std::string_view text;
};

ProseLine Classify(std::string_view line) {
  while (!line.empty() && IsSpace(line.front())) line.remove_prefix(1);
  while (!line.empty() && IsSpace(line.back())) line.remove_suffix(1);
  for (std::string_view mark : {"- ", "* ", "• "}) {
    if (line.starts_with(mark)) return {ProseBlock::Kind::Bullets, line.substr(mark.size())};
  }
  const size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits > 0 && digits <= 3 && line.substr(digits).starts_with(". ")) {
    return {ProseBlock::Kind::Numbers, line.substr(digits + 2)};
  }
  return {ProseBlock::Kind::Paragraph, line};
}

struct OpenBlock {
  ProseBlock::Kind kind;
  std::vector<std::string> items;
};

void Close(std::optional<OpenBlock>& open, std::vector<ProseBlock>& out) {
  if (!open) return;
  ProseBlock block;
  block.kind = open->kind;
  for (const std::string& item : open->items) block.items.push_back(ParseInlines(item));
  out.push_back(std::move(block));
  open.reset();
}

}  // namespace

Inlines ParseInlines(std::string_view text) { return InlineParser(text).Parse(); }

std::string PlainText(std::string_view markup) {
  std::string out;
  for (const Inline& part : ParseInlines(markup)) out += part.text;
  return out;
}

std::vector<ProseBlock> ParseProse(std::string_view text) {
  std::vector<ProseBlock> out;
  std::optional<OpenBlock> open;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const ProseLine line = Classify(text.substr(at, end - at));
    at = end + 1;
    if (line.text.empty()) {
      Close(open, out);
      continue;
    }
    const bool is_item = line.kind != ProseBlock::Kind::Paragraph;
    if (open && !is_item) {  // a line of the same paragraph or item
      open->items.back().append(1, ' ').append(line.text);
      continue;
    }
    if (!open || open->kind != line.kind) {
      Close(open, out);
      open.emplace(OpenBlock{line.kind, {}});
    }
    open->items.emplace_back(line.text);
  }
  Close(open, out);
  return out;
}

}  // namespace sod::documents
