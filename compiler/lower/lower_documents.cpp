// Documents, flattened in pre-order, and what they claim.
#include "compiler/lower/builder.h"

namespace sodc::lower {
namespace {

format::DocumentNodeKind FileValue(model::DocumentNodeKind kind) {
  switch (kind) {
    case model::DocumentNodeKind::Section:
      return format::DocumentNodeKind::Section;
    case model::DocumentNodeKind::Text:
      return format::DocumentNodeKind::Text;
    case model::DocumentNodeKind::Bullets:
      return format::DocumentNodeKind::Bullets;
    case model::DocumentNodeKind::Field:
      return format::DocumentNodeKind::Field;
    case model::DocumentNodeKind::Blank:
      return format::DocumentNodeKind::Blank;
    case model::DocumentNodeKind::Legend:
      return format::DocumentNodeKind::Legend;
    case model::DocumentNodeKind::Table:
      return format::DocumentNodeKind::Table;
  }
  return format::DocumentNodeKind::Text;
}

format::TableSource FileValue(model::TableSource source) {
  switch (source) {
    case model::TableSource::Conflicts:
      return format::TableSource::Conflicts;
    case model::TableSource::RoleConflicts:
      return format::TableSource::RoleConflicts;
    case model::TableSource::RoleList:
      return format::TableSource::RoleList;
    case model::TableSource::Roles:
      return format::TableSource::Roles;
    case model::TableSource::People:
      return format::TableSource::People;
    case model::TableSource::Controls:
      return format::TableSource::Controls;
    case model::TableSource::Rows:
      return format::TableSource::Rows;
  }
  return format::TableSource::Rows;
}

void AddItems(Builder& builder, const model::DocumentNode& node,
              format::DocumentNodeRecord& record) {
  TableImage& image = builder.image;
  record.items_first = Begin(image.DocumentItems);
  for (const std::string& item : node.items) image.DocumentItems.push_back({builder.Text(item)});
  for (const std::vector<std::string>& row : node.rows) {
    for (size_t i = 0; i < node.columns.size(); ++i) {
      image.DocumentItems.push_back({builder.Text(i < row.size() ? row[i] : std::string())});
    }
  }
  record.items_count = CountSince(image.DocumentItems, record.items_first);
  record.columns_first = Begin(image.DocumentColumns);
  for (const model::DocumentColumn& column : node.columns) {
    image.DocumentColumns.push_back(
        {builder.Text(column.key), builder.Text(column.title), Builder::Row(column.role), Builder::Row(column.attribute)});
  }
  record.columns_count = CountSince(image.DocumentColumns, record.columns_first);
}

// Which rows a table prints: duties of a roles table, rules of a conflicts table.
void AddSelection(Builder& builder, const model::DocumentNode& node,
                  format::DocumentNodeRecord& record) {
  TableImage& image = builder.image;
  record.has_selection = node.has_selection ? 1 : 0;
  record.duties_first = Begin(image.DocumentDuties);
  for (const model::DutyId duty : node.selected_duties) {
    image.DocumentDuties.push_back({Builder::Row(duty)});
  }
  record.duties_count = CountSince(image.DocumentDuties, record.duties_first);
  record.rules_first = Begin(image.DocumentRules);
  for (const model::ConflictId conflict : node.selected_conflicts) {
    image.DocumentRules.push_back({Builder::Row(conflict)});
  }
  record.rules_count = CountSince(image.DocumentRules, record.rules_first);
  record.default_level = Builder::Row(node.default_level);
}

// INVARIANT: sema limits the depth of sections to what the format holds, so this
// recursion is shallow.
void AddNode(Builder& builder, const model::DocumentNode& node, uint32_t depth) {
  format::DocumentNodeRecord record;
  record.kind = FileValue(node.kind);
  record.depth = depth;
  record.label = builder.Text(node.label);
  record.text = builder.Text(node.text);
  record.scale = Builder::Row(node.scale);
  record.table = FileValue(node.table);
  AddItems(builder, node, record);
  AddSelection(builder, node, record);
  builder.image.DocumentNodes.push_back(record);
  for (const model::DocumentNode& child : node.children) AddNode(builder, child, depth + 1);
}

void AddDocument(Builder& builder, const model::Document& document) {
  TableImage& image = builder.image;
  format::DocumentRecord record;
  record.name = builder.Text(document.common.name);
  record.title = builder.Text(document.common.title);
    record.description = builder.Text(document.common.description);
  record.identifier = builder.Text(document.identifier);
  record.version = builder.Text(document.version);
  record.effective =
      builder.Text(document.effective ? ToString(*document.effective) : std::string());
  record.classification = builder.Text(document.classification);
  record.date_style = document.date_style == model::DateStyle::LongUs ? format::DateStyle::LongUs
                                                                      : format::DateStyle::Iso;
  builder.TextRange(document.references, image.DocumentReferences, record.references_first,
                    record.references_count);
  record.frameworks_first = Begin(image.DocumentFrameworks);
  for (const model::FrameworkId framework : document.frameworks) {
    image.DocumentFrameworks.push_back({Builder::Row(framework)});
  }
  record.frameworks_count = CountSince(image.DocumentFrameworks, record.frameworks_first);
  record.nodes_first = Begin(image.DocumentNodes);
  for (const model::DocumentNode& node : document.nodes) AddNode(builder, node, 0);
  record.nodes_count = CountSince(image.DocumentNodes, record.nodes_first);
  image.Documents.push_back(record);
}

void AddClaim(Builder& builder, const model::Claims& claims) {
  TableImage& image = builder.image;
  format::ClaimRecord record;
  record.place_in_document = builder.Text(claims.place);
  record.disclosures_first = Begin(image.Disclosures);
  for (const model::Disclosure& disclosure : claims.disclosures) {
    image.Disclosures.push_back({Builder::Row(disclosure.first), Builder::Row(disclosure.second),
                                 Builder::Row(disclosure.role), builder.Text(disclosure.because)});
  }
  record.disclosures_count = CountSince(image.Disclosures, record.disclosures_first);
  record.lists_first = Begin(image.ClaimedLists);
  for (const model::ClaimedList& list : claims.lists) {
    format::ClaimedListRecord row;
    row.role = Builder::Row(list.role);
    row.duties_first = Begin(image.ClaimedDuties);
    for (const model::DutyId duty : list.duties) {
      image.ClaimedDuties.push_back({Builder::Row(duty)});
    }
    row.duties_count = CountSince(image.ClaimedDuties, row.duties_first);
    image.ClaimedLists.push_back(row);
  }
  record.lists_count = CountSince(image.ClaimedLists, record.lists_first);
  builder.Place(record, claims.span);
  image.Claims.push_back(record);
}

}  // namespace

void LowerDocuments(Builder& builder) {
  for (const model::Document& document : builder.model.documents) AddDocument(builder, document);
  for (const model::Claims& claims : builder.model.claims) AddClaim(builder, claims);
}

}  // namespace sodc::lower
