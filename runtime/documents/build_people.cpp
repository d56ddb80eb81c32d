// Who holds what, through what, and what that violates.
#include <algorithm>

#include "runtime/documents/build.h"
#include "runtime/documents/marks.h"
#include "runtime/documents/own_values.h"
#include "runtime/documents/text.h"

namespace sod::documents {

namespace {

// Silence about people must not read as if there were nothing to say.
constexpr std::string_view kWithoutPeople = "This table was built without people.";

std::string_view WordFor(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::Person:
      return "person";
    case SubjectKind::Account:
      return "account without owner";
    case SubjectKind::Team:
      return "team";
    case SubjectKind::External:
      return "external";
    case SubjectKind::Service:
      return "service";
    case SubjectKind::Tool:
      return "tool";
    case SubjectKind::Agent:
      return "agent";
    case SubjectKind::Role:
      return "role";
    case SubjectKind::Anonymous:
      return "anonymous";
  }
  return "person";
}

std::string Join(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out.append(out.empty() ? "" : "; ").append(item);
  return out;
}

class PeopleRows {
 public:
  PeopleRows(const Facts& facts, const TableRequest& request, const std::vector<ColumnChoice>& choices)
      : facts_(facts), request_(request), own_(facts, choices) {}

  Cell CellOf(const ColumnChoice& column, const Holder& holder) const {
    if (column.attribute != kNone) return own_.CellOfActor(column.attribute, holder.actor);
    const std::string& key = column.key;
    if (key == "person") return NameCell(holder);
    if (key == "roles") return Items(holder.roles, /*are_roles=*/true);
    if (key == "duties") return Items(holder.duties, /*are_roles=*/false);
    if (key == "conflicts") return Conflicts(holder);
    if (key == "verdict") return Verdict(holder.verdict);
    if (key == "kind") return TextCell(std::string(WordFor(holder.kind)));
    if (key == "accounts") return Accounts(holder);
    if (key == "description") return TextOrAbsent(holder.description, "none");
    if (key == "identifiers") return ActorIdentifiersCell(facts_, holder.actor);
    return AbsentCell("not known");
  }

  static Cell NameCell(const Holder& holder) {
    Cell cell = TextCell(NameOf(holder));
    cell.marks = MarksOf(holder);
    return cell;
  }

  static Cell Verdict(sod::Verdict verdict) {
    Cell cell = TextCell(std::string(documents::WordFor(verdict)));
    cell.tone = verdict == sod::Verdict::Clear    ? Tone::Good
                : verdict <= sod::Verdict::NotEvaluable ? Tone::Bad
                                                        : Tone::Caution;
    return cell;
  }

 private:
  Cell Items(const std::vector<HeldItem>& items, bool are_roles) const {
    if (items.empty()) return AbsentCell("none");
    Cell cell;
    cell.is_list = true;
    for (const HeldItem& item : items) {
      cell.lines.push_back({std::string(are_roles ? facts_.TitleOf(facts_.Roles[item.target])
                                                  : facts_.TitleOf(facts_.Duties[item.target]))});
      if (!item.level_words.empty()) cell.lines.back().text += ": " + item.level_words;
      if (!item.ways.empty()) cell.lines.push_back({.text = Join(item.ways), .is_note = true});
      cell.marks |= item.marks;
      if (item.until != kEndOfTime) {
        cell.lines.push_back({.text = EndInWords(item.until, request_.dates, facts_.time_zone()), .is_note = true});
      }
    }
    return cell;
  }

  Cell Conflicts(const Holder& holder) const {
    if (holder.conflicts.empty()) return AbsentCell("none");
    Cell cell;
    cell.is_list = true;
    for (const HeldConflict& conflict : holder.conflicts) {
      cell.lines.push_back({RuleName(facts_, facts_.Rules[conflict.rule])});
      cell.lines.push_back({.text = std::string(documents::WordFor(conflict.disposition)), .is_note = true});
    }
    return cell;
  }

  Cell Accounts(const Holder& holder) const {
    if (holder.accounts.empty()) return AbsentCell("none");
    Cell cell;
    cell.is_list = true;
    for (const std::string& account : holder.accounts) cell.lines.push_back({account});
    return cell;
  }

  const Facts& facts_;
  const TableRequest& request_;
  OwnValues own_;
};

// A row a conflict of a person: what is held on its sides and what follows.
Table ConflictsOfPeople(const Facts& facts) {
  Table table;
  table.caption = "Conflicts of people, worst first for each";
  table.when_empty = facts.meta().without_people != 0 ? std::string(kWithoutPeople)
                                                      : "Nobody holds conflicting functions.";
  table.columns = {{"person", "Person", ColumnWidth::Normal, /*is_row_header=*/true},
                   {"rule", "Conflict"},
                   {"held", "Held through", ColumnWidth::Wide},
                   {"risk", "Risk", ColumnWidth::Narrow},
                   {"verdict", "Verdict", ColumnWidth::Narrow}};
  for (const Holder& holder : facts.holders) {
    for (const HeldConflict& conflict : holder.conflicts) {
      const format::RuleRecord& rule = facts.Rules[conflict.rule];
      Cell held;
      held.is_list = true;
      for (const HeldElement& element : conflict.held) {
        held.lines.push_back({element.what});
        held.lines.push_back({.text = element.ways, .is_note = true});
      }
      table.rows.push_back({PeopleRows::NameCell(holder), TextCell(RuleName(facts, rule)), std::move(held),
                            RiskCell(facts, rule), PeopleRows::Verdict(conflict.disposition)});
    }
  }
  return table;
}

ColumnWidth WidthOf(std::string_view key) {
  if (key == "duties" || key == "conflicts") return ColumnWidth::Wide;
  return key == "verdict" || key == "kind" ? ColumnWidth::Narrow : ColumnWidth::Normal;
}

}  // namespace

Table BuildPeopleTable(const Facts& facts, const TableRequest& request) {
  const std::vector<ColumnChoice> choices =
      request.columns.empty() ? DefaultColumns(format::TableSource::People) : request.columns;
  Table table;
  table.caption = request.caption.empty() ? "People: the roles and functions they hold" : request.caption;
  table.when_empty = facts.meta().without_people != 0 ? std::string(kWithoutPeople) : "No people are declared.";
  table.columns = TitledColumns(choices, "person");
  for (Column& column : table.columns) column.width = WidthOf(column.key);
  const PeopleRows rows(facts, request, choices);
  for (const Holder& holder : facts.holders) {
    std::vector<Cell>& row = table.rows.emplace_back();
    for (const ColumnChoice& choice : choices) row.push_back(rows.CellOf(choice, holder));
  }
  return table;
}

Tree BuildPeopleView(const Facts& facts) {
  Tree tree = StartView(facts, "people", "People and their conflicts");
  TableRequest request{.source = format::TableSource::People};
  const bool has_accounts = std::any_of(facts.holders.begin(), facts.holders.end(),
                                        [](const Holder& holder) { return !holder.accounts.empty(); });
  for (std::string_view key : {"person", "accounts", "roles", "duties", "verdict"}) {
    if (key == "accounts" && !has_accounts) continue;
    request.columns.push_back({std::string(key), std::string(DefaultTitle(request.source, key))});
  }
  tree.blocks.push_back({Section{"Who holds what", {Block{BuildPeopleTable(facts, request)}}}});
  tree.blocks.push_back({Section{"Conflicts", {Block{ConflictsOfPeople(facts)}}}});
  AddLegends(facts, kNone, tree.blocks);
  tree.blocks.push_back(SignOff(facts));
  return tree;
}

}  // namespace sod::documents
