#include "compiler/sema/tables.h"

#include <algorithm>

#include "compiler/sema/rules.h"
#include "compiler/sema/scales.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::DocumentNode;
using model::TableSource;

constexpr Word<TableSource> kSources[] = {
    {"conflicts", TableSource::Conflicts}, {"role_conflicts", TableSource::RoleConflicts},
    {"roles", TableSource::Roles},         {"people", TableSource::People},
    {"role_list", TableSource::RoleList},  {"controls", TableSource::Controls},
    {"rows", TableSource::Rows}};

struct KnownColumn {
  TableSource source;
  std::string_view key, title;
};
constexpr KnownColumn kColumns[] = {
#define SOD_COLUMN(Source, Key, Title) {TableSource::Source, Key, Title},
#include "runtime/format/columns.def"
};

std::string_view NounOf(TableSource source) {
  for (const auto& word : kSources) {
    if (word.value == source) return word.text;
  }
  return "";
}

const KnownColumn* FindColumn(TableSource source, std::string_view key) {
  for (const KnownColumn& column : kColumns) {
    if (column.source == source && column.key == key) return &column;
  }
  return nullptr;
}

// What the rows of the table are: whose own attributes can be its columns.
std::vector<std::string_view> KindsOfRows(TableSource source) {
  switch (source) {
    case TableSource::Conflicts:
    case TableSource::RoleConflicts: return {"conflict"};
    case TableSource::Roles: return {"duty"};
    case TableSource::RoleList: return {"role"};
    case TableSource::People: return {"person", "team"};
    case TableSource::Controls: return {"control"};
    case TableSource::Rows: break;
  }
  return {};
}

std::string KindOf(const Symbol& attribute) {
  const auto kind = FirstPath(Find(attribute.declaration->attributes, AttributeKind::OfKind));
  return kind ? kind->Joined() : std::string();
}

bool IsOfTheRows(const Symbol& attribute, TableSource source) {
  const std::vector<std::string_view> kinds = KindsOfRows(source);
  return std::ranges::find(kinds, KindOf(attribute)) != kinds.end();
}

// Names of own attributes that the table could have as columns.
std::vector<std::string_view> OwnColumns(const Context& context, TableSource source) {
  std::vector<std::string_view> names;
  for (const Symbol& symbol : context.names.symbols) {
    if (symbol.kind != EntityKind::OwnAttribute || !IsOfTheRows(symbol, source)) continue;
    names.push_back(symbol.declaration->name.text);
  }
  return names;
}

void ReportAttributeOfAnother(Context& context, TableSource source, const Symbol& symbol, const NamePath& path) {
  const std::string kinds(KindsOfRows(source).empty() ? "row" : KindsOfRows(source).front());
  Diagnose<DiagKind::OwnAttributeElsewhere>(path.span, path.Joined(), "a " + KindOf(symbol), "a " + kinds)
      .Label(NameSpan(symbol), "declared here")
      .Help("a row of a table of " + std::string(NounOf(source)) + " is a " + kinds)
      .To(context.sink);
}

void ReportUnknownColumn(Context& context, const DocumentScope& scope, TableSource source, const NamePath& path) {
  std::vector<std::string_view> candidates;
  for (const KnownColumn& column : kColumns) {
    if (column.source == source) candidates.push_back(column.key);
  }
  const std::vector<std::string_view> own = OwnColumns(context, source);
  candidates.insert(candidates.end(), own.begin(), own.end());
  const std::string choices = "its columns are " + ListOfChoices(candidates);
  const std::string text = path.Joined();
  if (source == TableSource::Roles && Lookup(context, scope.module, path) == nullptr &&
      Nearest(text, candidates).empty()) {
    return RecordUnknown(context, scope.module, path, kRole.kinds);  // a role that is not declared
  }
  const std::string_view nearest = Nearest(text, candidates);
  auto diagnostic = Diagnose<DiagKind::ColumnUnknown>(path.span, text, NounOf(source));
  if (const Symbol* symbol = Lookup(context, scope.module, path)) {
    diagnostic = std::move(diagnostic).Label(NameSpan(*symbol), std::string(sema::NounOf(symbol->kind)) + " of that name");
  }
  if (!nearest.empty()) diagnostic = std::move(diagnostic).Fix(path.span, SpellName(nearest));
  std::move(diagnostic).Help(DidYouMean(text, candidates, choices)).To(context.sink);
}

// A column that the policy itself names: a role in a table of roles, an attribute of its own.
bool SetNamed(Context& context, const DocumentScope& scope, TableSource source, const NamePath& path,
              model::DocumentColumn& column) {
  const Symbol* symbol = Lookup(context, scope.module, path);
  if (symbol != nullptr && symbol->kind == EntityKind::Role && source == TableSource::Roles) {
    column.role = model::RoleId{symbol->index};
    column.title = context.model.roles[column.role].common.title;
    return true;
  }
  if (symbol == nullptr || symbol->kind != EntityKind::OwnAttribute) {
    ReportUnknownColumn(context, scope, source, path);
    return false;
  }
  if (!IsOfTheRows(*symbol, source)) {
    ReportAttributeOfAnother(context, source, *symbol, path);
    return false;
  }
  column.attribute = model::ProvisionId{symbol->index};
  column.title = context.model.provisions[column.attribute].common.title;
  return true;
}

// Nothing after a report.
std::optional<model::DocumentColumn> ColumnOf(Context& context, const DocumentScope& scope, TableSource source,
                                              const ast::Attribute& attribute) {
  const auto path = FirstPath(&attribute);
  if (!path) return std::nullopt;
  model::DocumentColumn column;
  column.key = path->Joined();
  if (source == TableSource::Rows) {
    column.title = column.key;
  } else if (const KnownColumn* known = FindColumn(source, column.key)) {
    column.title = known->title;
  } else if (!SetNamed(context, scope, source, *path, column)) {
    return std::nullopt;
  }
  if (const ast::Text* title = FirstText(attribute)) column.title = FillIn(context, scope, *title);
  return column;
}

// True when every column was understood.
bool AddColumns(Context& context, const DocumentScope& scope, const ast::Attribute& table, DocumentNode& node) {
  const ast::Attribute* columns = Find(table.nested, AttributeKind::Columns);
  if (columns == nullptr) {
    if (node.table != TableSource::Rows) return true;
    Diagnose<DiagKind::AttributeMissing>(table.keyword_span, "a table of rows", "columns")
        .Help("name the columns: `columns date \"Date\", change \"What changed\"`")
        .To(context.sink);
    return false;
  }
  bool is_complete = true;
  std::unordered_set<std::string> seen;
  for (const ast::Attribute& attribute : columns->nested) {
    if (attribute.kind != AttributeKind::Column) continue;
    auto column = ColumnOf(context, scope, node.table, attribute);
    is_complete &= column.has_value();
    if (!column) continue;
    if (!seen.insert(column->key).second) {
      ReportListedTwice(context, *FirstPath(&attribute));
      is_complete = false;
      continue;
    }
    node.columns.push_back(std::move(*column));
  }
  return is_complete;
}

void ReportMisplaced(Context& context, Span span, std::string_view what, TableSource source, std::string_view where) {
  Diagnose<DiagKind::AttributeMisplaced>(span, what, "a table of " + std::string(NounOf(source)))
      .Help("it belongs in a table of " + std::string(where))
      .To(context.sink);
}

void AddRows(Context& context, const DocumentScope& scope, const ast::Attribute& table, bool columns_are_known,
             DocumentNode& node) {
  for (const ast::Attribute& attribute : table.nested) {
    if (attribute.kind != AttributeKind::Row) continue;
    if (node.table != TableSource::Rows) {
      ReportMisplaced(context, attribute.keyword_span, "row", node.table, "rows");
      return;
    }
    std::vector<std::string> row;
    for (const ast::Value& value : attribute.values) {
      if (const auto* text = std::get_if<ast::Text>(&value)) row.push_back(FillIn(context, scope, *text));
    }
    if (columns_are_known && row.size() != node.columns.size()) {
      Diagnose<DiagKind::RowOfAnotherLength>(attribute.span, row.size(), node.columns.size())
          .Label(Find(table.nested, AttributeKind::Columns)->keyword_span, "the columns")
          .Help("write \"\" for an empty cell")
          .To(context.sink);
    }
    node.rows.push_back(std::move(row));
  }
}

// Elements named by `table t of …`, as keys of duties and roles.
struct Selection {
  std::unordered_set<uint32_t> duties, roles;
};

bool IsSelected(const model::Conflict& conflict, const Selection& selection) {
  for (const model::ConflictSide& side : conflict.sides) {
    for (const model::SideElement& element : side.elements) {
      const auto* role = std::get_if<model::RoleId>(&element.what);
      const auto* duty = std::get_if<model::DutyId>(&element.what);
      if (std::holds_alternative<model::Being>(element.what)) continue;  // of whatever is named
      const bool is_in = (role != nullptr && selection.roles.count(role->index) != 0) ||
                         (duty != nullptr && selection.duties.count(duty->index) != 0);
      if (!is_in) return false;
    }
  }
  return true;
}

bool NamesRole(const model::Conflict& conflict) {
  for (const model::ConflictSide& side : conflict.sides) {
    for (const model::SideElement& element : side.elements) {
      if (std::holds_alternative<model::RoleId>(element.what)) return true;
    }
  }
  return false;
}

void SelectConflicts(Context& context, const Selection& selection, DocumentNode& node) {
  const bool wants_roles = node.table == TableSource::RoleConflicts;
  for (size_t i = 0; i < context.model.conflicts.size(); ++i) {
    const model::ConflictId id = context.model.conflicts.IdAt(i);
    const model::Conflict& conflict = context.model.conflicts[id];
    if (NamesRole(conflict) == wants_roles && IsSelected(conflict, selection)) node.selected_conflicts.push_back(id);
  }
}

void SelectRows(Context& context, const DocumentScope& scope, const ast::Attribute& table, DocumentNode& node) {
  Selection selection;
  for (const ast::Value& value : table.values) {
    const ast::Side* side = ast::AsSide(value);
    if (side == nullptr) continue;
    node.has_selection = true;
    const bool takes_roles = node.table == TableSource::Conflicts || node.table == TableSource::RoleConflicts;
    if (!takes_roles && node.table != TableSource::Roles) {
      return ReportMisplaced(context, side->span, "of", node.table, "conflicts, role_conflicts or roles");
    }
    const ElementSet set = ElementsOf(context, scope.module, *side);
    const WantedElements wanted{.duties = true, .roles = takes_roles, .wanted = takes_roles ? "duties and roles" : "duties"};
    if (!CheckKinds(context, set, wanted, side->set.span) || !CheckNotEmpty(context, set, side->set.span)) continue;
    for (const Element element : set.elements) {
      if (element.kind == Element::Kind::Role) {
        selection.roles.insert(element.index);
      } else if (selection.duties.insert(element.index).second && !takes_roles) {
        node.selected_duties.push_back(model::DutyId{element.index});
      }
    }
  }
  if (node.has_selection && node.table != TableSource::Roles) SelectConflicts(context, selection, node);
}

void SetDefaultLevel(Context& context, const ast::Attribute& table, DocumentNode& node) {
  const ast::Attribute* default_at = Find(table.nested, AttributeKind::DefaultAt);
  if (default_at == nullptr) return;
  if (node.table != TableSource::Roles) {
    return ReportMisplaced(context, default_at->keyword_span, "default at", node.table, "roles");
  }
  node.default_level = ResolveMember(context, FirstPath(default_at), model::ScaleMeasures::Access);
}

}  // namespace

void BuildTable(Context& context, const DocumentScope& scope, const ast::Attribute& attribute, DocumentNode& node) {
  const auto path = FirstPath(&attribute);
  const auto source = path ? WordOf(context, *path, "table", kSources) : std::nullopt;
  if (!source) return;
  node.table = *source;
  if (const ast::Attribute* caption = Find(attribute.nested, AttributeKind::Description)) {
    if (const ast::Text* text = FirstText(*caption)) node.label = FillIn(context, scope, *text);
  }
  const bool columns_are_known = AddColumns(context, scope, attribute, node);
  AddRows(context, scope, attribute, columns_are_known, node);
  SelectRows(context, scope, attribute, node);
  SetDefaultLevel(context, attribute, node);
}

}  // namespace sodc::sema
