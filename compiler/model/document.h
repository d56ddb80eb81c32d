// The documents a policy declares, and what they claim.
#ifndef SODC_MODEL_DOCUMENT_H_
#define SODC_MODEL_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/model/ids.h"

namespace sodc::model {

// ---- Documents: a tree in pre-order. Texts have their live values filled in.
enum class DocumentNodeKind : uint8_t {
  Section,   // label = title, children
  Text,      // text = Markdown
  Bullets,   // items
  Field,     // label, text
  Blank,     // label: a line to fill in by hand
  Legend,    // scale
  Table,     // table, columns, rows; label = caption (`description`), or empty
};
enum class TableSource : uint8_t { Conflicts, Roles, People, Controls, Rows, RoleConflicts, RoleList };

struct DocumentColumn {
  std::string key;                     // `first`, `risk`, or a role's name in a roles table
  std::string title;
  RoleId role;                         // roles table: the column's role
  ProvisionId attribute;               // the column of an attribute of one's own
};

struct DocumentNode {
  DocumentNodeKind kind = DocumentNodeKind::Text;
  std::string label;
  std::string text;
  std::vector<std::string> items;
  ScaleId scale;
  TableSource table = TableSource::Rows;
  std::vector<DocumentColumn> columns;
  bool has_selection = false;          // `table … of …`: only these rows
  std::vector<DutyId> selected_duties;       // roles table: the rows, in the order written
  std::vector<ConflictId> selected_conflicts;  // conflicts table: all of whose elements are listed
  ScaleMemberId default_level;         // roles table: `default at none`, the cell without grant or restriction
  std::vector<std::vector<std::string>> rows;  // TableSource::Rows
  std::vector<DocumentNode> children;
  Span span;
};

enum class DateStyle : uint8_t { Iso, LongUs };  // 2026-03-17 · March 17, 2026

struct Document {
  Common common;
  std::string identifier;
  std::string version;
  std::optional<Date> effective;
  std::string classification;
  std::vector<std::string> references;
  DateStyle date_style = DateStyle::Iso;
  std::vector<FrameworkId> frameworks;
  std::vector<DocumentNode> nodes;     // fields before the first section come first
};

// ---- Claims: what a document asserts; carried now, compared in a later version (REF-2)
struct Disclosure {
  DutyId first, second;
  RoleId role;                         // optional
  std::string because;
  Span span;
};
struct ClaimedList {
  RoleId role;
  std::vector<DutyId> duties;
  Span span;
};
struct Claims {
  std::string place;                   // "7.1"
  std::vector<Disclosure> disclosures;
  std::vector<ClaimedList> lists;
  Span span;
};

}  // namespace sodc::model

#endif  // SODC_MODEL_DOCUMENT_H_
