// The format-neutral tree of a document: built once from a table (build_*.cpp),
// written by four writers (write_*.cpp) that know nothing of policies.
#ifndef SOD_DOCUMENTS_BLOCKS_H_
#define SOD_DOCUMENTS_BLOCKS_H_

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/documents/table.h"

namespace sod::documents {

// Paragraphs and lists in the small Markdown subset of markup.h.
struct Prose {
  std::string text;
};
struct Bullets {
  std::vector<std::string> items;  // inline markup
};
struct Field {
  std::string label;
  std::string text;                // inline markup when has_markup
  bool is_blank = false;           // a line to be filled in by hand
  bool has_markup = false;
};
struct Fields {
  std::vector<Field> fields;
};
struct LegendEntry {
  std::string_view symbol;
  std::string_view title;
  std::string_view definition;
};
struct Legend {
  std::string title;
  std::vector<LegendEntry> entries;
};

struct Block;
struct Section {
  std::string title;
  std::vector<Block> blocks;
};
struct Block {
  std::variant<Prose, Bullets, Fields, Legend, Table, Section> content;
};

struct Tree {
  std::string kind;                     // "pairs", "roles", "people", "document": JSON
  std::string name;                     // of the policy or the document: JSON
  std::string organization;
  std::string title;
  std::string subtitle;
  std::vector<std::string> badges;      // frameworks
  std::vector<Field> metadata;
  std::vector<Block> blocks;
  std::vector<Field> footer;            // policy, revision, as-of, digest, tool
  std::string footer_note;              // what the document does not say
  std::string running_line;             // foot of every printed page
};

std::string WriteMarkdown(const Tree& tree);
std::string WriteHtml(const Tree& tree);
std::string WriteCsv(const Tree& tree);
std::string WriteJson(const Tree& tree);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_BLOCKS_H_
