// The roles of the policy, a row each.
#include <algorithm>

#include "runtime/documents/build.h"
#include "runtime/documents/marks.h"
#include "runtime/documents/own_values.h"
#include "runtime/documents/role_grants.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

using format::RoleRecord;

class RoleRows {
 public:
  RoleRows(const Facts& facts, const std::vector<ColumnChoice>& choices) : facts_(facts), own_(facts, choices) {}

  Cell CellOf(const ColumnChoice& column, uint32_t row) const {
    const RoleRecord& role = facts_.Roles[row];
    const std::string& key = column.key;
    if (column.attribute != kNone) return own_.CellOf(column.attribute, role);
    if (key == "role") return TextCell(std::string(facts_.TitleOf(role)));
    if (key == "description") return TextOrAbsent(facts_.Text(role.description), "none");
    if (key == "includes") return Includes(role);
    if (key == "duties") return Duties(row);
    if (key == "restrictions") return Restrictions(role);
    if (key == "position") return role.is_position != 0 ? TextCell("yes") : AbsentCell("no");
    if (key == "holders") return Holders(row);
    if (key == "tags") return TagsCell(facts_, Slice(facts_.RoleTags, role.tags_first, role.tags_count));
    if (key == "identifiers") return IdentifiersCell(facts_, format::NameKind::Role, row);
    return AbsentCell("not known");
  }

 private:
  static Cell ListCell(Cell cell) {
    cell.is_list = CountLines(cell) > 1;
    return cell.lines.empty() ? AbsentCell("none") : cell;
  }

  Cell Includes(const RoleRecord& role) const {
    Cell cell;
    for (const auto& ref : Slice(facts_.RoleIncludes, role.includes_first, role.includes_count)) {
      cell.lines.push_back({std::string(facts_.TitleOf(facts_.Roles[ref.role]))});
    }
    return ListCell(std::move(cell));
  }

  uint32_t TopLevel() const {
    const uint32_t scale = facts_.meta().access_scale;
    return scale == kNone ? 0 : facts_.Scales[scale].members_count - 1;
  }

  Cell Duties(uint32_t row) const {
    const RoleRecord& role = facts_.Roles[row];
    const RoleGrants grants(facts_, row);
    const auto duties = Slice(facts_.RoleDuties, role.duties_first, role.duties_count);
    Cell cell;
    for (const auto& held : duties) {
      std::string text(facts_.TitleOf(facts_.Duties[held.duty]));
      if (held.level < TopLevel()) {
        text += ": " + LevelWords(facts_, held.level);
        cell.members.push_back(facts_.Scales[facts_.meta().access_scale].members_first + held.level);
      }
      cell.lines.push_back({std::move(text)});
      for (GrantNote& note : grants.NotesOn(held.duty)) AddNote(std::move(note), cell);
      if (held.via < format::kViaRole) continue;
      const std::string_view through = facts_.TitleOf(facts_.Roles[held.via - format::kViaRole]);
      cell.lines.push_back({.text = "via " + std::string(through), .is_note = true});
      cell.marks |= BitOf(Mark::Via);
    }
    for (uint32_t duty = 0; duty < facts_.Duties.size(); ++duty) {
      const std::vector<std::string> reasons = grants.UndecidedOn(duty);
      if (reasons.empty() || std::ranges::find(duties, duty, &format::RoleDutyRecord::duty) != duties.end()) continue;
      cell.lines.push_back({std::string(facts_.TitleOf(facts_.Duties[duty]))});
      const std::string why = Enumerate(reasons);
      cell.lines.push_back({.text = why.empty() ? "undecided" : "undecided: " + why, .is_note = true});
      cell.marks |= BitOf(Mark::Undecided);
    }
    return ListCell(std::move(cell));
  }

  // As written at the role; what included roles restrict stands at them.
  Cell Restrictions(const RoleRecord& role) const {
    Cell cell;
    for (const auto& restriction : Slice(facts_.Restrictions, role.restrictions_first, role.restrictions_count)) {
      std::vector<std::string> titles;
      for (const auto& ref : Slice(facts_.RestrictionDuties, restriction.duties_first, restriction.duties_count)) {
        titles.emplace_back(facts_.TitleOf(facts_.Duties[ref.duty]));
      }
      cell.lines.push_back({Enumerate(titles)});
      const bool is_wish = restriction.modality == format::Modality::Should;
      if (restriction.on_own_actions != 0) cell.lines.push_back({.text = "on own actions", .is_note = true});
      if (is_wish) {
        const std::string_view reason = facts_.Text(restriction.reason);
        cell.lines.push_back({.text = reason.empty() ? "should" : std::string(reason), .is_note = true});
        cell.marks |= BitOf(Mark::Wish);
      }
    }
    return ListCell(std::move(cell));
  }

  Cell Holders(uint32_t row) const {
    if (facts_.meta().without_people != 0) return AbsentCell("people are not in this table");
    Cell cell;
    for (const Holder& holder : facts_.holders) {
      const auto item = std::ranges::find(holder.roles, row, &HeldItem::target);
      if (item == holder.roles.end()) continue;
      cell.lines.push_back({NameOf(holder)});
      for (const std::string& way : item->ways) cell.lines.push_back({.text = way, .is_note = true});
      cell.marks |= MarksOf(holder) | item->marks;
    }
    cell = ListCell(std::move(cell));
    return cell.lines.empty() ? TextCell("Unassigned") : cell;
  }

  const Facts& facts_;
  OwnValues own_;
};

}  // namespace

Table BuildRoleList(const Facts& facts, const TableRequest& request) {
  const std::vector<ColumnChoice> choices =
      request.columns.empty() ? DefaultColumns(format::TableSource::RoleList) : request.columns;
  Table table;
  table.caption = request.caption.empty() ? "Roles and what they hold" : request.caption;
  table.when_empty = "No roles are declared.";
  table.columns = TitledColumns(choices, "role");
  for (Column& column : table.columns) {
    if (column.key == "duties" || column.key == "description") column.width = ColumnWidth::Wide;
  }
  const RoleRows rows(facts, choices);
  for (uint32_t role : ShownRoles(facts)) {
    std::vector<Cell>& row = table.rows.emplace_back();
    for (const ColumnChoice& choice : choices) row.push_back(rows.CellOf(choice, role));
  }
  return table;
}

}  // namespace sod::documents
