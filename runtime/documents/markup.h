// The prose of documents: a small subset of Markdown that every writer can write
// again safely. Paragraphs; bullets (`- `) and numbers (`1. `); **bold**, *italic*,
// `code`; [text](target) as text and target; backslash escapes. Everything else is
// text, also what looks like HTML.
#ifndef SOD_DOCUMENTS_MARKUP_H_
#define SOD_DOCUMENTS_MARKUP_H_

#include <string>
#include <string_view>
#include <vector>

namespace sod::documents {

struct Inline {
  std::string text;
  bool is_bold = false;
  bool is_italic = false;
  bool is_code = false;
  bool operator==(const Inline&) const = default;
};
using Inlines = std::vector<Inline>;

Inlines ParseInlines(std::string_view text);
std::string PlainText(std::string_view markup);

struct ProseBlock {
  enum class Kind { Paragraph, Bullets, Numbers } kind = Kind::Paragraph;
  std::vector<Inlines> items;  // a paragraph has one
};
std::vector<ProseBlock> ParseProse(std::string_view text);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_MARKUP_H_
