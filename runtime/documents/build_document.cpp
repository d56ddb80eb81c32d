// A declared document: its metadata, then its nodes from pre-order back to a tree.
#include "runtime/documents/build.h"
#include "runtime/documents/marks.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

using format::DocumentNodeKind;
using format::DocumentNodeRecord;
using format::TableSource;

// A date in text that the author wrote as a date; other text keeps its markup.
Field FieldOf(const Facts& facts, const DocumentNodeRecord& node, format::DateStyle dates) {
  Field field{std::string(facts.Text(node.label)), StyledDate(facts.Text(node.text), dates)};
  field.is_blank = node.kind == DocumentNodeKind::Blank;
  field.has_markup = true;
  return field;
}

class DocumentBuilder {
 public:
  DocumentBuilder(const Facts& facts, const format::DocumentRecord& document)
      : facts_(facts), document_(document),
        nodes_(Slice(facts.DocumentNodes, document.nodes_first, document.nodes_count)) {}

  Tree Build() {
    Tree tree;
    const format::MetaRecord& meta = facts_.meta();
    tree.kind = "document";
    tree.name = facts_.Text(document_.name);
    tree.organization = facts_.Text(meta.organization_legal != 0 ? meta.organization_legal : meta.organization);
    tree.title = facts_.TitleOf(document_);
    AddMetadata(tree);
    AddProvenance(facts_, tree);
    AddRunningLine(tree);
    tree.blocks = Blocks(0);
    Legend marks = LegendOfMarks(facts_, tree.blocks);
    if (!marks.entries.empty()) tree.blocks.push_back({std::move(marks)});
    return tree;
  }

 private:
  void AddMetadata(Tree& tree) {
    const auto add = [&](std::string_view label, std::string text) {
      if (!text.empty()) tree.metadata.push_back({std::string(label), std::move(text)});
    };
    add("Document", std::string(facts_.Text(document_.identifier)));
    add("Version", std::string(facts_.Text(document_.version)));
    add("Effective", StyledDate(facts_.Text(document_.effective), document_.date_style));
    add("Classification", std::string(facts_.Text(document_.classification)));
    for (const auto& ref : Slice(facts_.DocumentReferences, document_.references_first, document_.references_count)) {
      add("Reference", std::string(facts_.Text(ref.text)));
    }
    for (const auto& ref : Slice(facts_.DocumentFrameworks, document_.frameworks_first, document_.frameworks_count)) {
      tree.badges.emplace_back(facts_.TitleOf(facts_.Frameworks[ref.framework]));
    }
    // Fields before anything else belong to the head of the document.
    while (next_ < nodes_.size() && nodes_[next_].kind == DocumentNodeKind::Field) {
      tree.metadata.push_back(FieldOf(facts_, nodes_[next_++], document_.date_style));
    }
  }

  void AddRunningLine(Tree& tree) const {
    std::string line = tree.title;
    for (uint32_t text : {document_.identifier, document_.version}) {
      if (text == 0) continue;
      line.append(text == document_.version ? " · version " : " · ").append(facts_.Text(text));
    }
    tree.running_line =
        line + " · as of " + DateOf(facts_.as_of, format::DateStyle::Iso, facts_.time_zone()) + " · table " + facts_.table_sha256.substr(0, 16);
  }

  // The nodes from next_ on that stand at `depth` or below it.
  std::vector<Block> Blocks(uint32_t depth) {
    std::vector<Block> out;
    while (next_ < nodes_.size() && nodes_[next_].depth >= depth) {
      const DocumentNodeRecord& node = nodes_[next_++];
      if (node.kind == DocumentNodeKind::Field || node.kind == DocumentNodeKind::Blank) {
        AddField(out, node);
      } else {
        out.push_back(BlockOf(node));
      }
    }
    return out;
  }

  // Fields that follow each other are one block.
  void AddField(std::vector<Block>& out, const DocumentNodeRecord& node) const {
    if (out.empty() || !std::holds_alternative<Fields>(out.back().content)) out.push_back({Fields{}});
    std::get<Fields>(out.back().content).fields.push_back(FieldOf(facts_, node, document_.date_style));
  }

  Block BlockOf(const DocumentNodeRecord& node) {
    switch (node.kind) {
      case DocumentNodeKind::Section:
        return {Section{std::string(facts_.Text(node.label)), Blocks(node.depth + 1)}};
      case DocumentNodeKind::Bullets:
        return {BulletsOf(node)};
      case DocumentNodeKind::Legend:
        if (node.scale != kNone) return {BuildLegend(facts_, node.scale)};
        break;
      case DocumentNodeKind::Table:
        return {TableOf(node)};
      case DocumentNodeKind::Text:
      case DocumentNodeKind::Field:
      case DocumentNodeKind::Blank:
        break;
    }
    return {Prose{std::string(facts_.Text(node.text))}};
  }

  Bullets BulletsOf(const DocumentNodeRecord& node) const {
    Bullets bullets;
    for (const auto& item : Slice(facts_.DocumentItems, node.items_first, node.items_count)) {
      bullets.items.emplace_back(facts_.Text(item.text));
    }
    return bullets;
  }

  std::vector<ColumnChoice> ColumnsOf(const DocumentNodeRecord& node) const {
    std::vector<ColumnChoice> out;
    for (const auto& column : Slice(facts_.DocumentColumns, node.columns_first, node.columns_count)) {
      ColumnChoice choice{std::string(facts_.Text(column.key)), std::string(facts_.Text(column.title)), column.role, column.attribute};
      if (choice.title.empty()) choice.title = DefaultTitleOf(node, column);
      out.push_back(std::move(choice));
    }
    return out;
  }

  std::string_view DefaultTitleOf(const DocumentNodeRecord& node, const format::DocumentColumnRecord& column) const {
    if (column.role != kNone) return facts_.TitleOf(facts_.Roles[column.role]);
    if (column.attribute != kNone) return facts_.TitleOf(facts_.Provisions[column.attribute]);
    return DefaultTitle(node.table, facts_.Text(column.key));
  }

  Table TableOf(const DocumentNodeRecord& node) const {
    TableRequest request{.source = node.table, .columns = ColumnsOf(node)};
    request.caption = facts_.Text(node.label);
    request.dates = document_.date_style;
    request.has_selection = node.has_selection != 0;
    request.default_level = node.default_level;
    for (const auto& ref : Slice(facts_.DocumentDuties, node.duties_first, node.duties_count)) {
      request.duties.push_back(ref.duty);
    }
    for (const auto& ref : Slice(facts_.DocumentRules, node.rules_first, node.rules_count)) {
      request.rules.push_back(ref.rule);
    }
    switch (node.table) {
      case TableSource::Conflicts:
      case TableSource::RoleConflicts:
        return BuildConflictTable(facts_, request);
      case TableSource::Roles:
        return BuildRoleTable(facts_, request);
      case TableSource::RoleList:
        return BuildRoleList(facts_, request);
      case TableSource::People:
        return BuildPeopleTable(facts_, request);
      case TableSource::Controls:
        return BuildControlTable(facts_, request);
      case TableSource::Rows:
        break;
    }
    return RowsTable(node, request);
  }

  // Cells as the author wrote them, row by row. A last row that is short is filled up.
  Table RowsTable(const DocumentNodeRecord& node, const TableRequest& request) const {
    Table table;
    table.caption = request.caption;
    table.columns = TitledColumns(request.columns, request.columns.empty() ? "" : request.columns.front().key);
    if (table.columns.empty()) return table;
    for (const auto& item : Slice(facts_.DocumentItems, node.items_first, node.items_count)) {
      if (table.rows.empty() || table.rows.back().size() == table.columns.size()) table.rows.emplace_back();
      Cell cell = TextCell(StyledDate(facts_.Text(item.text), request.dates));
      if (!cell.lines.empty()) cell.lines[0].has_markup = true;
      table.rows.back().push_back(std::move(cell));
    }
    if (!table.rows.empty()) table.rows.back().resize(table.columns.size());
    return table;
  }

  const Facts& facts_;
  const format::DocumentRecord& document_;
  std::span<const DocumentNodeRecord> nodes_;
  size_t next_ = 0;
};

}  // namespace

Tree BuildDocument(const Facts& facts, const format::DocumentRecord& document) {
  return DocumentBuilder(facts, document).Build();
}

}  // namespace sod::documents
