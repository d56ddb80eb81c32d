// The role matrix: a row a duty, a column a role, the level of access in words, and
// the separation requirement.
#include <algorithm>
#include <functional>

#include "runtime/documents/build.h"
#include "runtime/documents/marks.h"
#include "runtime/documents/own_values.h"
#include "runtime/documents/requirements.h"
#include "runtime/documents/role_grants.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

using format::kViaRole;

// One role's column: what it holds and what is forbidden to it, by duty.
class RoleColumn {
 public:
  RoleColumn(const Facts& facts, uint32_t role, uint32_t default_level)
      : facts_(facts), default_level_(default_level), held_(facts.Duties.size(), kNone),
        restrictions_(facts.Duties.size(), kNone), grants_(facts, role) {
    const format::RoleRecord& record = facts.Roles[role];
    for (uint32_t i = 0; i < record.duties_count; ++i) {
      held_[facts.RoleDuties[record.duties_first + i].duty] = record.duties_first + i;
    }
    AddRestrictions(role);
  }

  Cell CellOf(uint32_t duty) const {
    const uint32_t held = held_[duty];
    const uint32_t restriction = restrictions_[duty];
    if (held == kNone) {
      if (const std::vector<std::string> reasons = grants_.UndecidedOn(duty); !reasons.empty()) return Undecided(reasons);
    }
    if (held == kNone && restriction == kNone) {
      return default_level_ == kNone ? AbsentCell("not granted") : LevelCell(default_level_, {});
    }
    if (held == kNone) return Prohibited(restriction);
    Cell cell = Granted(facts_.RoleDuties[held]);
    if (restriction == kNone || facts_.Restrictions[restriction].modality == format::Modality::Should) return cell;
    // A contradiction is shown, never resolved here; a wish is none.
    for (Line& line : Prohibited(restriction).lines) cell.lines.push_back(std::move(line));
    cell.lines.push_back({.text = "contradicts the grant", .is_note = true});
    cell.marks |= BitOf(Mark::Contradiction);
    cell.tone = Tone::Bad;
    return cell;
  }

 private:
  // Restrictions travel with inclusion (rulings SEM-11); the role's own come first.
  void AddRestrictions(uint32_t role) {
    std::vector<bool> is_seen(facts_.Roles.size());
    std::vector<uint32_t> queue = {role};
    is_seen[role] = true;
    for (size_t next = 0; next < queue.size(); ++next) {
      const format::RoleRecord& record = facts_.Roles[queue[next]];
      for (uint32_t i = 0; i < record.restrictions_count; ++i) AddRestriction(record.restrictions_first + i);
      for (const auto& ref : Slice(facts_.RoleIncludes, record.includes_first, record.includes_count)) {
        if (!is_seen[ref.role]) queue.push_back(ref.role);
        is_seen[ref.role] = true;
      }
    }
  }

  void AddRestriction(uint32_t row) {
    const format::RestrictionRecord& restriction = facts_.Restrictions[row];
    if (restriction.on_own_actions != 0) return;
    for (const auto& ref : Slice(facts_.RestrictionDuties, restriction.duties_first, restriction.duties_count)) {
      if (restrictions_[ref.duty] == kNone) restrictions_[ref.duty] = row;
    }
  }

  // `wording` replaces the level's own words.
  Cell LevelCell(uint32_t member_row, std::string_view wording) const {
    const format::ScaleMemberRecord& member = facts_.ScaleMembers[member_row];
    const uint32_t top = facts_.Scales[member.scale].members_count - 1;
    if (wording.empty()) wording = member.shown != 0 ? facts_.Text(member.shown) : facts_.TitleOf(member);
    Cell cell = TextCell(std::string(wording));
    cell.lines[0].symbol = facts_.Text(member.symbol);
    cell.members.push_back(member_row);
    cell.tone = member.rank == top ? Tone::Good : member.rank == 0 ? Tone::Plain : Tone::Caution;
    return cell;
  }

  Cell Granted(const format::RoleDutyRecord& held) const {
    const format::GrantRecord* grant = GrantBehind(held);
    const uint32_t scale = facts_.meta().access_scale;
    const std::string_view shown = grant == nullptr ? std::string_view() : facts_.Text(grant->shown);
    Cell cell = scale == kNone ? TextCell(shown.empty() ? "Granted" : std::string(shown))
                               : LevelCell(facts_.Scales[scale].members_first + held.level, shown);
    if (grant == nullptr) {
      cell.lines.push_back({.text = "by several entitlements together", .is_note = true});
      cell.marks |= BitOf(Mark::Together);
    } else if (grant->entitlement != kNone) {
      const format::EntitlementRecord& entitlement = facts_.Entitlements[grant->entitlement];
      cell.lines.push_back({.text = "by entitlement " + std::string(facts_.TitleOf(entitlement)), .is_note = true});
      cell.marks |= BitOf(Mark::Entitlement);
    }
    if (std::string_view note = grant == nullptr ? std::string_view() : facts_.Text(grant->note); !note.empty()) {
      if (note.front() == '(' && note.back() == ')' && note.size() > 2) note = note.substr(1, note.size() - 2);
      cell.lines.push_back({.text = std::string(note), .is_note = true});
    }
    for (GrantNote& note : grants_.NotesOn(held.duty)) {
      if (note.mark == Mark::Conditional) cell.tone = Tone::Caution;
      AddNote(std::move(note), cell);
    }
    if (held.via >= kViaRole) {
      const format::RoleRecord& role = facts_.Roles[held.via - kViaRole];
      cell.lines.push_back({.text = "via " + std::string(facts_.TitleOf(role)), .is_note = true});
      cell.marks |= BitOf(Mark::Via);
    }
    return cell;
  }

  static Cell Undecided(const std::vector<std::string>& reasons) {
    Cell cell = TextCell("Undecided");
    cell.marks |= BitOf(Mark::Undecided);
    cell.tone = Tone::Caution;
    for (const std::string& reason : reasons) {
      if (!reason.empty()) cell.lines.push_back({.text = reason, .is_note = true});
    }
    return cell;
  }

  // The chain of included roles ends at a role that grants the duty itself, or whose
  // entitlements confer it together: null.
  const format::GrantRecord* GrantBehind(const format::RoleDutyRecord& held) const {
    const format::RoleDutyRecord* step = &held;
    while (step->via >= kViaRole) {
      const format::RoleRecord& role = facts_.Roles[step->via - kViaRole];
      const auto duties = Slice(facts_.RoleDuties, role.duties_first, role.duties_count);
      step = &*std::lower_bound(duties.begin(), duties.end(), held.duty,
                                [](const format::RoleDutyRecord& r, uint32_t duty) { return r.duty < duty; });
    }
    return step->via == format::kViaDerivation ? nullptr : &facts_.Grants[step->via];
  }

  Cell Prohibited(uint32_t restriction_row) const {
    const format::RestrictionRecord& restriction = facts_.Restrictions[restriction_row];
    const uint32_t scale = facts_.meta().access_scale;
    const std::string_view shown = facts_.Text(restriction.shown);
    Cell cell = scale == kNone ? TextCell(shown.empty() ? "Prohibited" : std::string(shown))
                               : LevelCell(facts_.Scales[scale].members_first, shown);
    if (restriction.modality == format::Modality::Should && shown.empty()) {
      const std::string_view reason = facts_.Text(restriction.reason);
      cell.lines.push_back({.text = reason.empty() ? "should" : std::string(reason), .is_note = true});
      cell.marks |= BitOf(Mark::Wish);
    }
    return cell;
  }

  const Facts& facts_;
  uint32_t default_level_;
  std::vector<uint32_t> held_;          // by duty: row of RoleDuties
  std::vector<uint32_t> restrictions_;  // by duty: row of Restrictions
  RoleGrants grants_;
};

// Own duties, and imported ones that a shown role holds or a rule names.
std::vector<uint32_t> ShownDuties(const Facts& facts, const std::vector<uint32_t>& roles) {
  std::vector<bool> is_shown;
  for (const format::DutyRecord& duty : facts.Duties) is_shown.push_back(duty.is_own != 0);
  for (uint32_t role : roles) {
    const format::RoleRecord& record = facts.Roles[role];
    for (const auto& held : Slice(facts.RoleDuties, record.duties_first, record.duties_count)) {
      is_shown[held.duty] = true;
    }
  }
  for (const format::ElementRecord& element : facts.Elements) {
    if (element.duty != kNone) is_shown[element.duty] = true;
  }
  std::vector<uint32_t> out;
  for (uint32_t duty = 0; duty < is_shown.size(); ++duty) {
    if (is_shown[duty]) out.push_back(duty);
  }
  return out;
}

std::vector<ColumnChoice> DefaultRoleColumns(const Facts& facts) {
  const std::vector<ColumnChoice> ends = DefaultColumns(format::TableSource::Roles);
  std::vector<ColumnChoice> out = {ends.front()};
  for (uint32_t role : ShownRoles(facts)) {
    const format::RoleRecord& record = facts.Roles[role];
    out.push_back({std::string(facts.Text(record.name)), std::string(facts.TitleOf(record)), role});
  }
  out.push_back(ends.back());
  return out;
}

Cell GroupsCell(const Facts& facts, uint32_t duty) {
  std::vector<std::string> titles;
  for (const format::GroupRecord& group : facts.Groups) {
    for (const auto& member : Slice(facts.GroupMembers, group.members_first, group.members_count)) {
      if (member.duty == duty) titles.emplace_back(facts.TitleOf(group));
    }
  }
  return TextOrAbsent(Enumerate(titles), "none");
}

Cell DutyCell(const Facts& facts, std::string_view key, uint32_t duty) {
  const format::DutyRecord& record = facts.Duties[duty];
  if (key == "duty") return TextCell(std::string(facts.TitleOf(record)));
  if (key == "description") return TextOrAbsent(facts.Text(record.description), "none");
  if (key == "letter") return TextOrAbsent(facts.Text(record.letter), "none");
  if (key == "groups") return GroupsCell(facts, duty);
  if (key == "tags") return TagsCell(facts, Slice(facts.DutyTags, record.tags_first, record.tags_count));
  if (key == "identifiers") return IdentifiersCell(facts, format::NameKind::Duty, duty);
  if (key == "class" && record.duty_class != kNone) {
    return TextCell(std::string(facts.TitleOf(facts.ScaleMembers[record.duty_class])));
  }
  return AbsentCell("none");
}

// What a restriction on own actions says cannot stand in a cell: it forbids no duty.
std::vector<std::string> SelfRestrictions(const Facts& facts) {
  std::vector<std::string> out;
  for (const format::RestrictionRecord& restriction : facts.Restrictions) {
    if (restriction.on_own_actions == 0) continue;
    std::vector<std::string> duties;
    for (const auto& ref : Slice(facts.RestrictionDuties, restriction.duties_first, restriction.duties_count)) {
      duties.emplace_back(facts.TitleOf(facts.Duties[ref.duty]));
    }
    // Names are text, not markup.
    std::string text = std::string(facts.TitleOf(facts.Roles[restriction.role])) + ": not on own actions: " +
                       Enumerate(duties);
    std::string escaped;
    for (char c : text) {
      if (std::string_view("\\`*[").find(c) != std::string_view::npos) escaped += '\\';
      escaped += c;
    }
    out.push_back(std::move(escaped));
  }
  return out;
}

}  // namespace

std::vector<uint32_t> ShownRoles(const Facts& facts) {
  std::vector<bool> is_shown;
  for (const format::RoleRecord& role : facts.Roles) is_shown.push_back(role.is_own != 0);
  for (const format::AssignmentRecord& assignment : facts.Assignments) {
    if (assignment.role != kNone) is_shown[assignment.role] = true;
  }
  std::vector<uint32_t> out;
  for (uint32_t role = 0; role < is_shown.size(); ++role) {
    if (is_shown[role]) out.push_back(role);
  }
  return out;
}

Table BuildRoleTable(const Facts& facts, const TableRequest& request) {
  const std::vector<ColumnChoice> choices = request.columns.empty() ? DefaultRoleColumns(facts) : request.columns;
  Table table;
  const bool has_requirement = std::any_of(choices.begin(), choices.end(), [](const ColumnChoice& choice) {
    return choice.key == "separation" && choice.role == kNone && choice.attribute == kNone;
  });
  table.caption = !request.caption.empty() ? request.caption
                  : has_requirement        ? "Functions and roles: access, and the separation required"
                                           : "Functions and roles: access";
  table.when_empty = "No functions are declared.";
  table.columns = TitledColumns(choices, "duty");
  for (size_t i = 0; i < choices.size(); ++i) {
    table.columns[i].is_role = choices[i].role != kNone;
    const bool is_prose = choices[i].key == "separation" || choices[i].key == "description";
    if (is_prose && !table.columns[i].is_role) table.columns[i].width = ColumnWidth::Wide;
  }
  std::vector<uint32_t> roles;
  for (const ColumnChoice& choice : choices) {
    if (choice.role != kNone) roles.push_back(choice.role);
  }
  const std::vector<uint32_t> duties = request.has_selection ? request.duties : ShownDuties(facts, roles);
  table.rows.resize(duties.size());
  for (std::vector<Cell>& row : table.rows) row.reserve(choices.size());

  const Requirements requirements(facts);
  const OwnValues own(facts, choices);
  for (const ColumnChoice& choice : choices) {  // column by column: one role's index at a time
    std::function<Cell(uint32_t)> cell_of;
    if (choice.role != kNone) {
      cell_of = [column = RoleColumn(facts, choice.role, request.default_level)](uint32_t duty) {
        return column.CellOf(duty);
      };
    } else if (choice.attribute != kNone) {
      cell_of = [&](uint32_t duty) { return own.CellOf(choice.attribute, facts.Duties[duty]); };
    } else if (choice.key == "separation") {
      cell_of = [&](uint32_t duty) { return requirements.CellOf(duty); };
    } else {
      cell_of = [&](uint32_t duty) { return DutyCell(facts, choice.key, duty); };
    }
    for (size_t i = 0; i < duties.size(); ++i) table.rows[i].push_back(cell_of(duties[i]));
  }
  return table;
}

Tree BuildRolesView(const Facts& facts) {
  Tree tree = StartView(facts, "roles", "Functions and roles");
  Section matrix{"Role matrix", {}};
  matrix.blocks.push_back({BuildRoleTable(facts, {.source = format::TableSource::Roles})});
  tree.blocks.push_back({std::move(matrix)});
  AddLegends(facts, facts.meta().access_scale, tree.blocks);
  if (std::vector<std::string> restrictions = SelfRestrictions(facts); !restrictions.empty()) {
    tree.blocks.push_back({Section{"Restrictions on own actions", {Block{Bullets{std::move(restrictions)}}}}});
  }
  tree.blocks.push_back(SignOff(facts));
  return tree;
}

}  // namespace sod::documents
