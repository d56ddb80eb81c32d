// From facts to the tree. Each builder lives in the file of its name.
#ifndef SOD_DOCUMENTS_BUILD_H_
#define SOD_DOCUMENTS_BUILD_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/documents/blocks.h"
#include "runtime/documents/facts.h"

namespace sod::documents {

// A column as picked by a document, or by default.
struct ColumnChoice {
  std::string key;
  std::string title;
  uint32_t role = kNone;
  uint32_t attribute = kNone;         // the policy's own: row of Provisions
};
std::vector<ColumnChoice> DefaultColumns(format::TableSource source);
// The title a column has when the author gives none; empty for a key this version does not know.
std::string_view DefaultTitle(format::TableSource source, std::string_view key);

// What a table of a document shows and how.
struct TableRequest {
  format::TableSource source = format::TableSource::Conflicts;
  std::vector<ColumnChoice> columns = {};  // empty = the default ones
  std::string caption = {};           // empty = the default one
  format::DateStyle dates = format::DateStyle::Iso;
  bool has_selection = false;         // only these rows, in this order:
  std::vector<uint32_t> duties = {};  // of a roles table
  std::vector<uint32_t> rules = {};   // of a conflicts table
  uint32_t default_level = kNone;     // roles table: what a cell without grant and restriction says
};

Table BuildConflictTable(const Facts& facts, const TableRequest& request);  // build_pairs.cpp
Table BuildRoleTable(const Facts& facts, const TableRequest& request);      // build_roles.cpp
Table BuildRoleList(const Facts& facts, const TableRequest& request);       // build_role_list.cpp
Table BuildPeopleTable(const Facts& facts, const TableRequest& request);    // build_people.cpp
Table BuildControlTable(const Facts& facts, const TableRequest& request);   // build_controls.cpp

Tree BuildPairsView(const Facts& facts);
Tree BuildRolesView(const Facts& facts);
Tree BuildPeopleView(const Facts& facts);
Tree BuildDocument(const Facts& facts, const format::DocumentRecord& document);

// Own roles, and imported ones that somebody was given. build_roles.cpp
std::vector<uint32_t> ShownRoles(const Facts& facts);

// ---- Shared pieces, build_common.cpp

// Title, organization, revision, owner … and the footer; blocks are left to the caller.
Tree StartView(const Facts& facts, std::string_view kind, std::string_view subtitle);
void AddProvenance(const Facts& facts, Tree& tree);
// Blanks for those who sign.
Block SignOff(const Facts& facts);
Legend BuildLegend(const Facts& facts, uint32_t scale);

// "Eric Beans", "Audit LLP (external)", "Security contact (vacant)".
std::string NameOf(const Holder& holder);
std::string ActorName(const Facts& facts, uint32_t actor);
// Words for people: "Needs approval".
std::string_view WordFor(Verdict verdict);
// "from 2026-01-01 through 2026-03-31", or empty when open on both ends.
std::string ValidityOf(const Facts& facts, Instant from, Instant until, format::DateStyle style);
// The columns of a request, titled; `is_row_header` marks the column of this key.
std::vector<Column> TitledColumns(const std::vector<ColumnChoice>& choices, std::string_view row_header);
// The side as a person would say it: "Code Review", "any of Audit: …", "role CEO".
std::string SideName(const Facts& facts, const format::SideRecord& side);
std::string ElementName(const Facts& facts, const format::ElementRecord& element, format::RuleKind kind);
// A rule in words: its title, or its sides when it has no name of its own.
std::string RuleName(const Facts& facts, const format::RuleRecord& rule);
// Word, tone and "(default)" of a rule's risk.
// Two neighbours of the usual scales of three and four levels never look alike.
Tone ToneOf(uint32_t rank, uint32_t top);
Cell RiskCell(const Facts& facts, const format::RuleRecord& rule);
// Clause references: "iso27001 A.5.3".
Cell ClauseCell(const Facts& facts, std::span<const format::ClauseRefRecord> clauses);
// A cell of one line an actor, absent with `meaning` when there is none.
Cell ActorsCell(const Facts& facts, std::span<const format::ActorRefRecord> actors, std::string_view meaning);
// TextCell, or a dash that is read as `meaning`.
Cell TextOrAbsent(std::string_view text, std::string_view meaning);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_BUILD_H_
