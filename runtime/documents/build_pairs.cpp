// The conflict tables: a row a rule in author's order, with its sides, who holds
// them, the risk and the controls listed for it.
#include <algorithm>
#include <iterator>

#include "runtime/documents/build.h"
#include "runtime/documents/hits.h"
#include "runtime/documents/marks.h"
#include "runtime/documents/own_values.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

using format::RuleKind;
using format::RuleRecord;
using Rows = std::vector<uint32_t>;  // of Facts::holders, ascending

class ConflictRows {
 public:
  ConflictRows(const Facts& facts, const TableRequest& request, const std::vector<ColumnChoice>& choices)
      : facts_(facts), request_(request), own_(facts, choices) {}

  Cell CellOf(const ColumnChoice& column, uint32_t rule_row, size_t number) const {
    const RuleRecord& rule = facts_.Rules[rule_row];
    if (column.attribute != kNone) return own_.CellOfRule(column.attribute, rule);
    const std::string& key = column.key;
    if (key == "first") return First(rule);
    if (key == "second") return Second(rule);
    if (key == "holders") return Holders(rule_row);
    if (key == "risk") return RiskCell(facts_, rule);
    if (key == "controls") return Controls(rule);
    if (IsHitColumn(key)) return HitCell(facts_, key, rule_row);
    if (key == "number") return TextCell(std::to_string(number));
    if (key == "rule") return TextCell(RuleName(facts_, rule));
    return Label(key, rule);
  }

 private:
  // What the author calls it; decides nothing.
  Cell Label(const std::string& key, const RuleRecord& rule) const {
    if (key == "identifier") return TextOrAbsent(facts_.Text(rule.identifier), "none");
    if (key == "title") {
      const bool is_titled = rule.title != 0 && rule.title != rule.name;
      return is_titled ? TextCell(std::string(facts_.Text(rule.title))) : AbsentCell("none");
    }
    if (key == "description") return TextOrAbsent(facts_.Text(rule.description), "none");
    if (key == "kind_label") return TextOrAbsent(facts_.Text(rule.kind_label), "not stated");
    if (key == "tags") return TagsCell(facts_, Slice(facts_.RuleTags, rule.tags_first, rule.tags_count));
    return Detail(key, rule);
  }

  Cell Detail(const std::string& key, const RuleRecord& rule) const {
    if (key == "kind") return TextCell(KindOf(rule.kind));
    if (key == "modality") return Modality(rule);
    if (key == "mode") {
      Cell cell = TextCell(format::SpellingOf(rule.mode));
      if (rule.mode_is_default != 0) {
        cell.lines.push_back({.text = "default", .is_note = true});
        cell.marks |= BitOf(Mark::Default);
      }
      return cell;
    }
    if (key == "because") return TextOrAbsent(facts_.Text(rule.because), "not stated");
    if (key == "advice") return TextOrAbsent(facts_.Text(rule.advice), "none");
    if (key == "category") return Category(rule);
    if (key == "owner") {
      return rule.owner == kNone ? AbsentCell("none") : TextCell(ActorName(facts_, rule.owner));
    }
    if (key == "reviewed") {
      return TextOrAbsent(StyledDate(facts_.Text(rule.reviewed), request_.dates), "not reviewed");
    }
    if (key == "validity") {
      const std::string validity = ValidityOf(facts_, rule.valid_from, rule.valid_until, request_.dates);
      return TextCell(validity.empty() ? "always" : validity);
    }
    if (key == "clauses") {
      return ClauseCell(facts_, Slice(facts_.RuleClauses, rule.clauses_first, rule.clauses_count));
    }
    if (key == "worksheet") return Worksheet(rule);
    return AbsentCell("not known");
  }

  // The fields of its worksheet of compensation, as they are written.
  Cell Worksheet(const RuleRecord& rule) const {
    Cell cell;
    for (const format::ProvisionRecord& provision : facts_.Provisions) {
      if (facts_.Text(provision.kind) != "conflict" || facts_.Text(provision.name) != facts_.Text(rule.name)) continue;
      for (const auto& line : Slice(facts_.ProvisionAttributes, provision.attributes_first, provision.attributes_count)) {
        if (line.depth != 0 || line.values_count != 2 || facts_.Text(line.keyword) != "worksheet") continue;
        std::string field(facts_.Text(facts_.ProvisionValues[line.values_first].text));
        field[0] = static_cast<char>(field[0] - 'a' + 'A');  // one of six words
        cell.lines.push_back({field + ": " + std::string(facts_.Text(facts_.ProvisionValues[line.values_first + 1].text))});
      }
    }
    if (cell.lines.empty()) return AbsentCell("none");
    cell.is_list = true;
    return cell;
  }

  static std::string KindOf(RuleKind kind) {
    switch (kind) {
      case RuleKind::Pair:
        return "pair";
      case RuleKind::Set:
        return "sets";
      case RuleKind::AtMost:
        return "at most";
      case RuleKind::Role:
        return "roles";
      case RuleKind::Restriction:
        return "restriction";
      case RuleKind::Forbidden:
        return "forbidden";
      case RuleKind::Sensitive:
        return "sensitive";
      case RuleKind::Reserved:
        return "reserved";
    }
    return "pair";
  }

  Cell Modality(const RuleRecord& rule) const {
    Cell cell = TextCell(format::SpellingOf(rule.modality));
    if (rule.reason != 0) cell.lines.push_back({.text = std::string(facts_.Text(rule.reason)), .is_note = true});
    return cell;
  }

  Cell Category(const RuleRecord& rule) const {
    if (rule.category == kNone) return AbsentCell("none");
    return TextCell(std::string(facts_.TitleOf(facts_.ScaleMembers[rule.category])));
  }

  std::span<const format::SideRecord> SidesOf(const RuleRecord& rule) const {
    return Slice(facts_.Sides, rule.sides_first, rule.sides_count);
  }

  // A side in a column of its own: one line, or a heading with its members.
  Cell Side(const format::SideRecord& side) const {
    const auto elements = Slice(facts_.Elements, side.elements_first, side.elements_count);
    Cell cell = TextCell(SideName(facts_, side));
    if (side.quantifier == format::Quantifier::One || side.group == kNone) return cell;
    cell.lines[0].text += ":";
    for (const format::ElementRecord& element : elements) {
      cell.lines.push_back({ElementName(facts_, element, facts_.Rules[side.rule].kind)});
    }
    return cell;
  }

  Cell First(const RuleRecord& rule) const {
    const auto sides = SidesOf(rule);
    if (rule.kind != RuleKind::AtMost) return sides.empty() ? AbsentCell("none") : Side(sides[0]);
    Cell cell = TextCell("at most " + std::to_string(rule.declared_at_most) + " of:");
    for (const format::SideRecord& side : sides) cell.lines.push_back({SideName(facts_, side)});
    return cell;
  }

  Cell Second(const RuleRecord& rule) const {
    const auto sides = SidesOf(rule);
    if (rule.kind == RuleKind::AtMost || sides.size() < 2) return AbsentCell("see the first column");
    return Side(sides[1]);
  }

  Cell Controls(const RuleRecord& rule) const {
    if (rule.controls_count == 0) return AbsentCell("none listed");
    Cell cell;
    cell.is_list = true;
    for (const format::ControlRefRecord& ref : Slice(facts_.RuleControls, rule.controls_first, rule.controls_count)) {
      const format::ControlRecord& control = facts_.Controls[ref.control];
      cell.lines.push_back({std::string(facts_.TitleOf(control))});
      const bool is_planned = control.status == format::ControlStatus::Planned;
      const bool has_failed = control.status == format::ControlStatus::Failed;
      if (is_planned || has_failed) {
        cell.lines.push_back({.text = format::SpellingOf(control.status), .is_note = true});
        cell.marks |= BitOf(is_planned ? Mark::Planned : Mark::Failed);
      }
    }
    return cell;
  }

  // ---- Holders
  Rows HoldersOf(const format::SideRecord& side) const {
    Rows out;
    for (uint32_t i = 0; i < side.elements_count; ++i) {
      const Rows& holders = facts_.element_holders[side.elements_first + i];
      Rows next;
      if (i == 0) {
        next = holders;
      } else if (side.quantifier == format::Quantifier::All) {
        std::set_intersection(out.begin(), out.end(), holders.begin(), holders.end(), std::back_inserter(next));
      } else {
        std::set_union(out.begin(), out.end(), holders.begin(), holders.end(), std::back_inserter(next));
      }
      out = std::move(next);
    }
    return out;
  }

  // The names in one text; the cell is marked with what stands behind them.
  std::string Names(const Rows& rows, Cell& cell) const {
    std::string out;
    for (uint32_t row : rows) {
      cell.marks |= MarksOf(facts_.holders[row]);
      if (!out.empty()) out += ", ";
      out += NameOf(facts_.holders[row]);
    }
    return out;
  }

  static Marks MarksOfState(std::string_view state) {
    for (const Mark mark : {Mark::Eligible, Mark::Requested, Mark::Emergency}) {
      if (state == documents::NameOf(mark)) return BitOf(mark);
    }
    return 0;
  }

  static Rows Without(const Rows& rows, const Rows& others) {
    Rows out;
    std::set_difference(rows.begin(), rows.end(), others.begin(), others.end(), std::back_inserter(out));
    return out;
  }

  bool IsInForce(const RuleRecord& rule) const {
    return rule.valid_from <= facts_.as_of && facts_.as_of < rule.valid_until;
  }

  // Those on every side of a two-sided rule; of the others those beyond the limit.
  Rows TogetherOf(uint32_t rule_row, const std::vector<Rows>& sides) const {
    if (facts_.Rules[rule_row].kind == RuleKind::AtMost || sides.size() != 2) {
      return facts_.rule_violators[rule_row];
    }
    Rows out;
    std::set_intersection(sides[0].begin(), sides[0].end(), sides[1].begin(), sides[1].end(),
                          std::back_inserter(out));
    return out;
  }

  Cell Holders(uint32_t rule_row) const {
    if (facts_.meta().without_people != 0) return AbsentCell("people are not in this table");
    const RuleRecord& rule = facts_.Rules[rule_row];
    std::vector<Rows> sides;
    for (const format::SideRecord& side : SidesOf(rule)) sides.push_back(HoldersOf(side));
    const Rows together = TogetherOf(rule_row, sides);
    Cell cell;
    AddTogether(rule_row, together, cell);
    if (const Rows& undecided = facts_.rule_undecided[rule_row]; !undecided.empty()) {
      cell.lines.push_back({"Undecided: " + Names(undecided, cell)});
      cell.marks |= BitOf(Mark::Undecided);
    }
    AddSingles(rule, sides, together, cell);
    if (cell.lines.empty()) cell.lines.push_back({"Unassigned"});
    if (rule.unevaluated != format::Unevaluated::None) cell.lines.push_back({.text = "rule not judged", .is_note = true});
    if (!IsInForce(rule)) {
      const std::string validity = ValidityOf(facts_, rule.valid_from, rule.valid_until, request_.dates);
      cell.lines.push_back({.text = "rule in force " + validity, .is_note = true});
    }
    return cell;
  }

  // Outside its validity, and when it is not judged, nothing violates a rule; who holds both sides is
  // still said. Else those who violate it, and apart from them those whose sides lie in different
  // places, accounts or states.
  void AddTogether(uint32_t rule_row, const Rows& together, Cell& cell) const {
    if (together.empty()) return;
    const RuleRecord& rule = facts_.Rules[rule_row];
    const bool is_limit = rule.kind == RuleKind::AtMost;
    const std::string lead = is_limit               ? "More than " + std::to_string(rule.declared_at_most)
                             : rule.sides_count == 1 ? "Held by"
                                                     : "Both";
    if (!IsInForce(rule) || rule.unevaluated != format::Unevaluated::None) {
      cell.lines.push_back({lead + ": " + Names(together, cell)});
      return;
    }
    const Rows& violators = facts_.rule_violators[rule_row];
    if (!violators.empty()) cell.lines.push_back({lead + ": " + NamesWithStates(rule_row, cell)});
    const Rows others = Without(together, violators);
    if (!others.empty()) cell.lines.push_back({"Both, without breaking the rule: " + Names(others, cell)});
  }

  std::string NamesWithStates(uint32_t rule_row, Cell& cell) const {
    const Rows& violators = facts_.rule_violators[rule_row];
    std::string out;
    for (size_t i = 0; i < violators.size(); ++i) {
      cell.marks |= MarksOf(facts_.holders[violators[i]]) | MarksOfState(facts_.violator_states[rule_row][i]);
      if (!out.empty()) out += ", ";
      out += NameOf(facts_.holders[violators[i]]);
      const std::string_view state = facts_.violator_states[rule_row][i];
      if (!state.empty()) out.append(" (").append(state).append(")");
    }
    return out;
  }

  // A line a side for those who hold that side without being on the line before. When anybody is
  // there, a side with nobody says so, except beside a "Both" or among the many of a limit. Who
  // keeps to a limit is not said beside those who exceed it.
  void AddSingles(const RuleRecord& rule, const std::vector<Rows>& sides, const Rows& together, Cell& cell) const {
    if (rule.kind == RuleKind::AtMost && !together.empty()) return;
    std::vector<Rows> singles;
    bool has_any = false;
    for (const Rows& side : sides) {
      singles.push_back(Without(side, together));
      has_any |= !singles.back().empty();
    }
    if (!has_any) return;
    for (size_t i = 0; i < sides.size(); ++i) {
      const bool is_unassigned = together.empty() && sides[i].empty() && rule.kind != RuleKind::AtMost;
      if (singles[i].empty() && !is_unassigned) continue;
      const std::string side = SideName(facts_, facts_.Sides[rule.sides_first + i]);
      cell.lines.push_back({side + ": " + (is_unassigned ? "unassigned" : Names(singles[i], cell))});
    }
  }

  const Facts& facts_;
  const TableRequest& request_;
  OwnValues own_;
};

bool NamesRole(const Facts& facts, const RuleRecord& rule) {
  if (rule.kind == RuleKind::Role || rule.kind == RuleKind::Restriction) return true;
  for (const format::SideRecord& side : Slice(facts.Sides, rule.sides_first, rule.sides_count)) {
    for (const format::ElementRecord& element : Slice(facts.Elements, side.elements_first, side.elements_count)) {
      if (element.kind == format::ElementKind::Role) return true;
    }
  }
  return false;
}

// The cell that names the rule, otherwise the first.
size_t NamingColumn(const std::vector<ColumnChoice>& choices) {
  for (size_t i = 0; i < choices.size(); ++i) {
    const std::string& key = choices[i].key;
    if (key == "first" || key == "rule" || key == "title") return i;
  }
  return 0;
}

// That an imported rule was changed, and through which day, stands in the row of the rule.
void AddChange(const Facts& facts, uint32_t rule, format::DateStyle style, Cell& cell) {
  const auto row = std::ranges::lower_bound(facts.RuleChanges, rule, {}, &format::RuleChangeRecord::rule);
  if (row == facts.RuleChanges.end() || row->rule != rule || facts.as_of >= row->until) return;
  const bool is_disabled = row->is_disabled != 0;
  std::string text = is_disabled ? "disabled " : "amended ";
  cell.lines.push_back({.text = text + EndInWords(row->until, style, facts.time_zone()), .is_note = true});
  cell.marks |= BitOf(is_disabled ? Mark::Disabled : Mark::Amended);
  cell.absent = {};
}

// When a rule under a condition applies, and what its mode depends on.
void AddConditions(const Facts& facts, uint32_t rule, Cell& cell) {
  for (const auto& condition : std::ranges::equal_range(facts.RuleConditions, rule, {}, &format::RuleConditionRecord::rule)) {
    if (condition.guard == kNone || facts.as_of < condition.from || facts.as_of >= condition.until) continue;
    const std::string words(facts.Text(facts.Guards[condition.guard].words));
    std::string text = "only when " + words;
    if (condition.purpose == format::GuardPurpose::Mode) {
      text = std::string(SpellingOf(condition.mode)) + " when " + words + ", otherwise " + SpellingOf(condition.otherwise);
    } else if (condition.purpose == format::GuardPurpose::Requires) {
      text = "requires " + std::string(facts.Text(condition.title != 0 ? condition.title : condition.what)) + " when " + words;
    }
    cell.lines.push_back({.text = std::move(text), .is_note = true});
    cell.absent = {};
  }
}

std::vector<uint32_t> RulesOf(const Facts& facts, const TableRequest& request) {
  if (request.has_selection) return request.rules;
  const bool wants_roles = request.source == format::TableSource::RoleConflicts;
  std::vector<uint32_t> out;
  for (uint32_t row = 0; row < facts.Rules.size(); ++row) {
    if (NamesRole(facts, facts.Rules[row]) == wants_roles) out.push_back(row);
  }
  return out;
}

std::string CaptionOf(const std::vector<ColumnChoice>& choices, bool is_of_roles) {
  std::vector<std::string> parts;
  for (const ColumnChoice& choice : choices) {
    if (choice.key == "holders") parts.emplace_back("who holds them");
    if (choice.key == "risk") parts.emplace_back("risk");
    if (choice.key == "controls") parts.emplace_back("compensating controls");
    if (choice.key == "counted") parts.emplace_back("controls that count");
    if (choice.key == "residual") parts.emplace_back("residual risk");
  }
  const std::string what = is_of_roles ? "Conflicts of roles" : "Conflicting functions";
  return parts.empty() ? what : what + ": " + Enumerate(parts);
}

ColumnWidth WidthOf(std::string_view key) {
  if (key == "controls" || key == "counted" || key == "rejected" || key == "worksheet" || key == "because" || key == "advice" || key == "description") return ColumnWidth::Wide;
  const bool is_narrow = key == "risk" || key == "number" || key == "mode" || key == "reviewed";
  return is_narrow ? ColumnWidth::Narrow : ColumnWidth::Normal;
}

}  // namespace

Table BuildConflictTable(const Facts& facts, const TableRequest& request) {
  const std::vector<ColumnChoice> choices =
      request.columns.empty() ? DefaultColumns(request.source) : request.columns;
  const bool is_of_roles = request.source == format::TableSource::RoleConflicts;
  Table table;
  table.caption = request.caption.empty() ? CaptionOf(choices, is_of_roles) : request.caption;
  table.when_empty = is_of_roles ? "No conflicts of roles are declared." : "No conflicts are declared.";
  table.columns = TitledColumns(choices, "first");
  for (Column& column : table.columns) column.width = WidthOf(column.key);
  const ConflictRows rows(facts, request, choices);
  size_t number = 0;
  for (uint32_t rule : RulesOf(facts, request)) {
    ++number;
    std::vector<Cell>& row = table.rows.emplace_back();
    row.reserve(choices.size());
    for (const ColumnChoice& column : choices) row.push_back(rows.CellOf(column, rule, number));
    if (row.empty()) continue;
    AddChange(facts, rule, request.dates, row[NamingColumn(choices)]);
    AddConditions(facts, rule, row[NamingColumn(choices)]);
  }
  return table;
}

Tree BuildPairsView(const Facts& facts) {
  Tree tree = StartView(facts, "pairs", "Conflicting functions");
  TableRequest request;
  Section duties{"Separation of duties matrix", {}};
  duties.blocks.push_back({BuildConflictTable(facts, request)});
  tree.blocks.push_back({std::move(duties)});
  request.source = format::TableSource::RoleConflicts;
  Table roles = BuildConflictTable(facts, request);
  if (!roles.rows.empty()) {
    tree.blocks.push_back({Section{"Conflicts of roles", {Block{std::move(roles)}}}});
  }
  AddLegends(facts, facts.meta().risk_scale, tree.blocks);
  tree.blocks.push_back(SignOff(facts));
  return tree;
}

}  // namespace sod::documents
