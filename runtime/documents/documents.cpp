// The public face: facts, tree, text.
#include "sod/documents.h"

#include <algorithm>
#include <optional>

#include "runtime/documents/build.h"
#include "runtime/documents/hits.h"

namespace sod {

namespace {

using documents::Facts;
using documents::PeopleDepth;
using format::TableSource;

std::string Write(const documents::Tree& tree, MatrixFormat format) {
  switch (format) {
    case MatrixFormat::Markdown:
      return documents::WriteMarkdown(tree);
    case MatrixFormat::Html:
      return documents::WriteHtml(tree);
    case MatrixFormat::Csv:
      return documents::WriteCsv(tree);
    case MatrixFormat::Json:
      return documents::WriteJson(tree);
  }
  return {};
}

std::string Quoted(std::string_view name) { return std::string("`").append(name).append("`"); }

// By name, else by exact title (the command line rule of the design).
Result<uint32_t> FindDocument(const Facts& facts, std::string_view name) {
  std::string all;
  std::optional<uint32_t> by_title;
  bool is_ambiguous = false;
  for (uint32_t row = 0; row < facts.Documents.size(); ++row) {
    const format::DocumentRecord& document = facts.Documents[row];
    if (facts.Text(document.name) == name) return row;
    if (facts.TitleOf(document) == name) {
      is_ambiguous |= by_title.has_value();
      by_title = row;
    }
    all.append(all.empty() ? "" : ", ").append(Quoted(facts.Text(document.name)));
  }
  if (facts.Documents.empty()) {
    return Error{ErrorCode::UnknownName, "the policy declares no document", "print a view instead"};
  }
  if (name.empty() && facts.Documents.size() == 1) return 0u;
  if (name.empty()) {
    return Error{ErrorCode::AmbiguousName, "the policy declares several documents", "name one of " + all};
  }
  if (is_ambiguous) {
    return Error{ErrorCode::AmbiguousName, "several documents have the title " + Quoted(name),
                 "use a name: " + all};
  }
  if (by_title) return *by_title;
  return Error{ErrorCode::UnknownName, "no document is called " + Quoted(name), "the policy declares " + all};
}

PeopleDepth DepthOf(TableSource source) {
  switch (source) {
    case TableSource::Conflicts:
    case TableSource::RoleConflicts:
      return PeopleDepth::Holders;
    case TableSource::People:
      return PeopleDepth::Conflicts;
    case TableSource::Roles:
    case TableSource::RoleList:  // but see Examine
    case TableSource::Controls:
    case TableSource::Rows:
      return PeopleDepth::None;
  }
  return PeopleDepth::None;
}

// What the tables of a document need; a column that this version cannot print is an error.
Result<PeopleDepth> Examine(const Facts& facts, const format::DocumentRecord& document) {
  PeopleDepth depth = PeopleDepth::None;
  for (const auto& node : documents::Slice(facts.DocumentNodes, document.nodes_first, document.nodes_count)) {
    if (node.kind != format::DocumentNodeKind::Table) continue;
    depth = std::max(depth, DepthOf(node.table));
    if (node.table == TableSource::Rows) continue;
    for (const auto& column : documents::Slice(facts.DocumentColumns, node.columns_first, node.columns_count)) {
      const std::string_view key = facts.Text(column.key);
      const bool asks_everybody = (node.table == TableSource::RoleList && key == "holders") || documents::IsHitColumn(key);
      if (asks_everybody && column.attribute == kNone) depth = PeopleDepth::Conflicts;
      if (column.role != kNone || column.attribute != kNone || !documents::DefaultTitle(node.table, key).empty()) continue;
      return Error{ErrorCode::BadArgument,
                   "document " + Quoted(facts.Text(document.name)) + " has a column " + Quoted(key) +
                       " that this version cannot print",
                   "use the version of the tool that built the table"};
    }
  }
  return depth;
}

}  // namespace

Result<std::string> RenderView(const Table& table, MatrixView view, const MatrixOptions& options) {
  const PeopleDepth depth = view == MatrixView::Pairs    ? PeopleDepth::Holders
                            : view == MatrixView::People ? PeopleDepth::Conflicts
                                                         : PeopleDepth::None;
  Result<Facts> facts = documents::ReadFacts(table, options, depth);
  if (!facts.ok()) return facts.error();
  switch (view) {
    case MatrixView::Pairs:
      return Write(documents::BuildPairsView(facts.value()), options.format);
    case MatrixView::Roles:
      return Write(documents::BuildRolesView(facts.value()), options.format);
    case MatrixView::People:
      return Write(documents::BuildPeopleView(facts.value()), options.format);
  }
  return Error{ErrorCode::BadArgument, "no such view", ""};
}

Result<std::string> RenderDocument(const Table& table, std::string_view name, const MatrixOptions& options) {
  Result<Facts> facts = documents::ReadFacts(table, options, PeopleDepth::None);
  if (!facts.ok()) return facts.error();
  const Result<uint32_t> row = FindDocument(facts.value(), name);
  if (!row.ok()) return row.error();
  const Result<PeopleDepth> depth = Examine(facts.value(), facts->Documents[row.value()]);
  if (!depth.ok()) return depth.error();
  if (depth.value() != PeopleDepth::None) facts = documents::ReadFacts(table, options, depth.value());
  if (!facts.ok()) return facts.error();
  return Write(documents::BuildDocument(facts.value(), facts->Documents[row.value()]), options.format);
}

}  // namespace sod
