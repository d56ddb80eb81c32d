// The controls of the policy as declared. Nothing here says that they work.
#include <algorithm>

#include "runtime/documents/build.h"
#include "runtime/documents/own_values.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

using format::ControlRecord;

std::string_view WordFor(format::DurationUnit unit) {
  switch (unit) {
    case format::DurationUnit::Hour:
      return "hour";
    case format::DurationUnit::Day:
      return "day";
    case format::DurationUnit::Week:
      return "week";
    case format::DurationUnit::Month:
      return "month";
    case format::DurationUnit::Year:
      return "year";
  }
  return "day";
}

// The words auditors use for the usual cadences, else "every 6 weeks".
std::string CadenceOf(uint32_t count, format::DurationUnit unit) {
  if (count == 0) return "";
  const bool is_month = unit == format::DurationUnit::Month;
  if (is_month && count == 1) return "monthly";
  if (is_month && count == 3) return "quarterly";
  if ((is_month && count == 12) || (unit == format::DurationUnit::Year && count == 1)) return "yearly";
  if (unit == format::DurationUnit::Week && count == 1) return "weekly";
  if (unit == format::DurationUnit::Day && count == 1) return "daily";
  std::string out = "every ";
  if (count != 1) out += std::to_string(count) + ' ';
  return out.append(WordFor(unit)).append(count == 1 ? "" : "s");
}

class ControlRows {
 public:
  ControlRows(const Facts& facts, const TableRequest& request, const std::vector<ColumnChoice>& choices)
      : facts_(facts), request_(request), own_(facts, choices) {}

  Cell CellOf(const ColumnChoice& column, uint32_t row) const {
    const ControlRecord& control = facts_.Controls[row];
    if (column.attribute != kNone) return own_.CellOf(column.attribute, control);
    const std::string& key = column.key;
    if (key == "control") return TextCell(std::string(facts_.TitleOf(control)));
    if (key == "description") return TextOrAbsent(facts_.Text(control.description), "none");
    if (key == "nature") return Nature(control);
    if (key == "cadence") return TextOrAbsent(Cadence(control), "not stated");
    if (key == "performer") {
      return ActorsCell(facts_, Slice(facts_.ControlPerformers, control.performers_first, control.performers_count),
                        "nobody named");
    }
    if (key == "reviewer") {
      return ActorsCell(facts_, Slice(facts_.ControlReviewers, control.reviewers_first, control.reviewers_count),
                        "nobody named");
    }
    if (key == "systems") return Systems(control);
    if (key == "evidence") return Evidence(control);
    if (key == "status") return Status(control);
    return Detail(key, row);
  }

 private:
  Cell Detail(std::string_view key, uint32_t row) const {
    const ControlRecord& control = facts_.Controls[row];
    if (key == "properties") return Properties(control);
    if (key == "references") return References(control);
    if (key == "clauses") {
      return ClauseCell(facts_, Slice(facts_.ControlClauses, control.clauses_first, control.clauses_count));
    }
    if (key == "category" && control.category != kNone) {
      return TextCell(std::string(facts_.TitleOf(facts_.ScaleMembers[control.category])));
    }
    if (key == "owner" && control.owner != kNone) return TextCell(ActorName(facts_, control.owner));
    if (key == "validity") {
      const std::string validity = ValidityOf(facts_, control.valid_from, control.valid_until, request_.dates);
      return TextCell(validity.empty() ? "always" : validity);
    }
    if (key == "conflicts") return ListedFor(row);
    return AbsentCell("none");
  }

  std::string Cadence(const ControlRecord& control) const {
    if (control.cadence_event == format::CadenceEvent::None || control.cadence_of == format::kNone) {
      return CadenceOf(control.cadence_count, control.cadence_unit);
    }
    const std::string what(facts_.Text(facts_.Provisions[control.cadence_of].title));
    switch (control.cadence_event) {
      case format::CadenceEvent::OnEach: return "on each " + what;
      case format::CadenceEvent::AfterEach: return "after each " + what;
      default: return "when " + what + " changes";
    }
  }

  static Cell Nature(const ControlRecord& control) {
    std::string text;
    if (control.nature != format::Nature::Unstated) text = format::SpellingOf(control.nature);
    if (control.automation != format::Automation::Unstated) {
      text.append(text.empty() ? "" : ", ").append(format::SpellingOf(control.automation));
    }
    return TextOrAbsent(text, "not stated");
  }

  static Cell Status(const ControlRecord& control) {
    Cell cell = TextCell(format::SpellingOf(control.status));
    if (control.status_is_declared == 0) cell.lines.push_back({.text = "default", .is_note = true});
    if (control.status == format::ControlStatus::Failed) cell.tone = Tone::Bad;
    if (control.status == format::ControlStatus::Planned) cell.tone = Tone::Caution;
    return cell;
  }

  Cell Systems(const ControlRecord& control) const {
    if (control.systems_count == 0) return AbsentCell("none named");
    Cell cell;
    for (const auto& ref : Slice(facts_.ControlSystems, control.systems_first, control.systems_count)) {
      cell.lines.push_back({std::string(facts_.TitleOf(facts_.Systems[ref.system]))});
    }
    return cell;
  }

  Cell Evidence(const ControlRecord& control) const {
    if (control.evidence_count == 0) return AbsentCell("none named");
    Cell cell;
    cell.is_list = true;
    for (const auto& item : Slice(facts_.Evidence, control.evidence_first, control.evidence_count)) {
      std::string kind(facts_.Text(item.kind));
      std::replace(kind.begin(), kind.end(), '_', ' ');  // a word of the policy, read by people
      cell.lines.push_back({kind + ": " + std::string(facts_.Text(item.text))});
      std::string note;
      if (item.dated != 0) note = "dated " + StyledDate(facts_.Text(item.dated), request_.dates);
      if (item.every_count != 0) {
        note.append(note.empty() ? "" : ", ").append(CadenceOf(item.every_count, item.every_unit));
      }
      if (!note.empty()) cell.lines.push_back({.text = note, .is_note = true});
    }
    return cell;
  }

  Cell Properties(const ControlRecord& control) const {
    std::vector<std::string> titles;
    for (const auto& ref : Slice(facts_.ControlProperties, control.properties_first, control.properties_count)) {
      titles.emplace_back(facts_.TitleOf(facts_.ScaleMembers[ref.member]));
    }
    return TextOrAbsent(Enumerate(titles), "none");
  }

  Cell References(const ControlRecord& control) const {
    Cell cell;
    for (const auto& ref : Slice(facts_.ControlReferences, control.references_first, control.references_count)) {
      cell.lines.push_back({std::string(facts_.Text(ref.text))});
    }
    return cell.lines.empty() ? AbsentCell("none") : cell;
  }

  Cell ListedFor(uint32_t row) const {
    Cell cell;
    cell.is_list = true;
    for (const format::RuleRecord& rule : facts_.Rules) {
      for (const auto& ref : Slice(facts_.RuleControls, rule.controls_first, rule.controls_count)) {
        if (ref.control == row) cell.lines.push_back({RuleName(facts_, rule)});
      }
    }
    return cell.lines.empty() ? AbsentCell("no conflict") : cell;
  }

  const Facts& facts_;
  const TableRequest& request_;
  OwnValues own_;
};

}  // namespace

Table BuildControlTable(const Facts& facts, const TableRequest& request) {
  const std::vector<ColumnChoice> choices =
      request.columns.empty() ? DefaultColumns(format::TableSource::Controls) : request.columns;
  Table table;
  table.caption = request.caption.empty() ? "Compensating controls as declared" : request.caption;
  table.when_empty = "No controls are declared.";
  table.columns = TitledColumns(choices, "control");
  for (Column& column : table.columns) {
    if (column.key == "description" || column.key == "evidence") column.width = ColumnWidth::Wide;
  }
  const ControlRows rows(facts, request, choices);
  for (uint32_t control = 0; control < facts.Controls.size(); ++control) {
    std::vector<Cell>& row = table.rows.emplace_back();
    for (const ColumnChoice& choice : choices) row.push_back(rows.CellOf(choice, control));
  }
  return table;
}

}  // namespace sod::documents
