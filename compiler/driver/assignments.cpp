#include "compiler/driver/assignments.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "compiler/driver/csv.h"
#include "compiler/driver/holding_text.h"
#include "compiler/driver/named.h"
#include "compiler/driver/suggest.h"

namespace sodc {

namespace {

enum Column : size_t { kPerson, kRole, kDuty, kEntitlement, kLevel, kScope, kFrom, kUntil, kSource, kState, kCapacity, kColumnCount };
constexpr std::array<std::string_view, kColumnCount> kColumnNames = {"person", "role",  "duty",  "entitlement", "level",
                                                                     "scope",  "from", "until", "source", "state", "capacity"};
constexpr size_t kAbsent = SIZE_MAX;
constexpr sod::NameKind kActorKinds[] = {sod::NameKind::Person,  sod::NameKind::Team, sod::NameKind::External,
                                         sod::NameKind::Service, sod::NameKind::Tool, sod::NameKind::Agent};

std::string_view WordOf(sod::NameKind kind) {
  switch (kind) {
    case sod::NameKind::Service: return "service";
    case sod::NameKind::Tool: return "tool";
    case sod::NameKind::Agent: return "agent";
    default: return "team";
  }
}

std::string Sentence(const sod::Error& error) {
  return error.help.empty() ? error.message : error.message + "; " + error.help;
}

// The text without blanks at its edges, those of spreadsheets and web pages included.
std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kBlanks[] = {" ", "\t", "\r", "\n", "\u00a0", "\u3000", "\u200b", "\ufeff"};
  for (bool is_cut = true; is_cut;) {
    is_cut = false;
    for (const std::string_view blank : kBlanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        is_cut = true;
      } else if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        is_cut = true;
      }
    }
  }
  return text;
}

}  // namespace

class AssignmentsReader {
 public:
  AssignmentsReader(const sod::Table& table, const std::string& name) : table_(table), name_(name) {
    columns_.fill(kAbsent);
  }

  Assignments Read(std::string_view text) {
    const std::vector<CsvRecord> records = ReadCsv(text);
    if (records.empty()) {
      result_.errors_.push_back(fmt::format("{}:1: the file is empty; its first row names the columns", name_));
    } else {
      ReadHeader(records[0]);
    }
    result_.is_readable_ = result_.errors_.empty();
    if (!result_.is_readable_) return std::move(result_);
    for (size_t i = 1; i < records.size(); ++i) ReadRow(records[i]);
    for (const auto& [id, entity] : parties_) ShareWithMembers(id, entity);
    for (const auto& [id, account] : accounts_) ShareWithUsers(id, account);
    return std::move(result_);
  }

 private:
  void HeaderError(uint32_t row, std::string_view what) {
    result_.errors_.push_back(fmt::format("{}:{}: {}", name_, row, what));
  }

  void ReadHeader(const CsvRecord& record) {
    if (!record.problem.empty()) return HeaderError(record.row, record.problem);
    for (const char separator : {';', '\t'}) {
      const bool is_other = record.fields.size() == 1 && record.fields[0].find(separator) != std::string::npos;
      if (!is_other) continue;
      return HeaderError(record.row, fmt::format("the columns are separated by {}; save the file with commas",
                                                 separator == ';' ? "semicolons" : "tabs"));
    }
    field_count_ = record.fields.size();
    for (size_t i = 0; i < record.fields.size(); ++i) {
      const auto known = std::find(kColumnNames.begin(), kColumnNames.end(), record.fields[i]);
      if (known == kColumnNames.end()) {
        HeaderError(record.row, fmt::format("there is no column `{}`{}", record.fields[i],
                                            DidYouMean(record.fields[i], {kColumnNames.begin(), kColumnNames.end()})));
        continue;
      }
      size_t& place = columns_[static_cast<size_t>(known - kColumnNames.begin())];
      if (place != kAbsent) HeaderError(record.row, fmt::format("the column `{}` stands twice", record.fields[i]));
      place = i;
    }
    if (columns_[kPerson] == kAbsent) HeaderError(record.row, "the column `person` is missing");
    if (columns_[kRole] == kAbsent && columns_[kDuty] == kAbsent && columns_[kEntitlement] == kAbsent) {
      HeaderError(record.row, "a column `role`, `duty` or `entitlement` is missing");
    }
  }

  std::string_view Field(const CsvRecord& record, Column column) const {
    const size_t place = columns_[column];
    return place == kAbsent || place >= record.fields.size() ? std::string_view() : record.fields[place];
  }

  // The first problem of a row makes it unusable; all of them are reported.
  void RowError(const CsvRecord& record, std::optional<Column> column, std::string_view what, const char* reason = "bad_row") {
    const std::string place = column ? fmt::format("{}:{}:{}", name_, record.row, kColumnNames[*column])
                                     : fmt::format("{}:{}", name_, record.row);
    result_.errors_.push_back(fmt::format("{}: {}", place, what));
    if (row_.problem.empty()) {
      row_.problem = fmt::format("{}: {}", place, what);
      row_.reason = reason;
    }
  }

  void ReadRow(const CsvRecord& record) {
    row_ = {};
    row_.place = fmt::format("{}:{}", name_, record.row);
    if (IsSwallowing(record)) return NoteLost(record);
    if (record.fields.size() != field_count_) {
      RowError(record, std::nullopt,
               fmt::format("{} fields where the header has {}", record.fields.size(), field_count_));
    } else {
      CheckBlanks(record);
      ReadTarget(record);
      ReadInterval(record);
      ReadScope(record);
      ReadState(record);
      ReadCapacity(record);
    }
    const std::string person(WithoutBlanks(Field(record, kPerson)));
    const std::string subject = SubjectFor(record, person);
    if (!subject.empty()) row_.holding.account = subjects_[person].account;
    if (!row_.problem.empty()) row_.holding.target = sod::kNone;
    if (row_.is_without_effect || subject.empty()) return;
    result_.rows_[subject].push_back(row_);
    for (const uint32_t target : row_.more_targets) {
      result_.rows_[subject].push_back(row_);
      if (row_.problem.empty()) result_.rows_[subject].back().holding.target = target;
    }
  }

  // `ada ` would be somebody else than `ada`. Whom the row is about is told without the blanks: who is meant is incomplete.
  void CheckBlanks(const CsvRecord& record) {
    for (size_t column = 0; column < kColumnCount; ++column) {
      const std::string_view text = Field(record, static_cast<Column>(column));
      if (column == kSource || WithoutBlanks(text) == text) continue;
      RowError(record, static_cast<Column>(column), fmt::format("`{}` has a blank at an edge; write it without", text));
    }
  }

  // A damaged quote may have taken rows of anybody with it.
  bool IsSwallowing(const CsvRecord& record) const {
    return !record.problem.empty() || Field(record, kPerson).find('\n') != std::string_view::npos;
  }

  void NoteLost(const CsvRecord& record) {
    RowError(record, std::nullopt, record.problem.empty() ? "a line break inside the name of a person; is a quote missing?"
                                                          : record.problem);
    result_.lost_.push_back(row_.problem);
  }

  void ReadTarget(const CsvRecord& record) {
    std::optional<Column> column;
    for (const Column one : {kRole, kDuty, kEntitlement}) {
      if (Field(record, one).empty()) continue;
      if (column) return RowError(record, *column, "a row assigns one thing: a role, a duty or an entitlement");
      column = one;
    }
    if (!column) return RowError(record, FirstTarget(), "nothing is assigned; name a role, a duty or an entitlement");
    *column == kEntitlement ? ReadEntitlement(record) : ReadDeclared(record, *column);
  }

  Column FirstTarget() const {
    if (columns_[kRole] != kAbsent) return kRole;
    return columns_[kDuty] != kAbsent ? kDuty : kEntitlement;
  }

  void ReadDeclared(const CsvRecord& record, Column column) {
    const bool is_role = column == kRole;
    const sod::Result<sod::Entity>& entity = Target(column, std::string(Field(record, column)));
    if (!entity) return RowError(record, column, Sentence(entity.error()), "unknown_name");
    row_.holding.kind = is_role ? sod::HeldKind::Role : sod::HeldKind::Duty;
    row_.holding.target = entity.value().index;
    const auto level = LevelFor(table_, entity.value(), Field(record, kLevel));
    if (!level) return RowError(record, kLevel, Sentence(level.error()));
    row_.holding.level = level.value();
  }

  // Few roles and duties stand in many rows: each text is looked up once.
  const sod::Result<sod::Entity>& Target(Column column, const std::string& text) {
    const auto known = targets_.find({column, text});
    if (known != targets_.end()) return known->second;
    const sod::NameKind kind = column == kRole ? sod::NameKind::Role : sod::NameKind::Duty;
    return targets_.emplace(std::pair(column, text), FindNamed(table_, text, std::span(&kind, 1))).first->second;
  }

  // A permission that no rule waits for can change no verdict: it is counted, and no damage.
  void ReadEntitlement(const CsvRecord& record) {
    const std::string_view text = Field(record, kEntitlement);
    const auto rows = FindEntitlements(table_, text);
    if (!rows) {
      const bool is_unknown = rows.error().code == sod::ErrorCode::UnknownName;
      return RowError(record, kEntitlement, Sentence(rows.error()), is_unknown ? "unknown_name" : "bad_row");
    }
    if (rows.value().empty()) {
      row_.is_without_effect = true;
      if (result_.unknown_permissions_++ == 0) result_.first_unknown_ = fmt::format("{}:entitlement: {}", row_.place, text);
      return;
    }
    row_.holding.kind = sod::HeldKind::Entitlement;
    row_.holding.target = rows.value().front();
    row_.more_targets.assign(rows.value().begin() + 1, rows.value().end());
    const auto level = LevelFor(table_, {sod::NameKind::Entitlement, row_.holding.target}, Field(record, kLevel));
    if (!level) RowError(record, kLevel, Sentence(level.error()));
  }

  // The day of a column; what stands there and is no day is reported.
  using ParseBound = sod::Result<sod::Instant> (*)(const sod::Table&, std::string_view);
  bool ReadDay(const CsvRecord& record, Column column, ParseBound parse, sod::Instant& out) {
    const std::string_view text = Field(record, column);
    if (text.empty()) return true;
    const auto day = parse(table_, text);
    if (day) {
      out = day.value();
    } else {
      RowError(record, column, day.error().message);
    }
    return static_cast<bool>(day);
  }

  void ReadScope(const CsvRecord& record) {
    const std::string_view text = Field(record, kScope);
    if (text.empty()) return;
    const auto box = ParseScope(table_, text);
    if (!box) return RowError(record, kScope, Sentence(box.error()), "unknown_scope");
    row_.holding.box = box.value();
  }

  void ReadState(const CsvRecord& record) {
    constexpr std::array<std::string_view, 5> kStates = {"active", "eligible", "requested", "suspended", "emergency"};
    const std::string_view text = Field(record, kState);
    if (text.empty()) return;
    const auto known = std::find(kStates.begin(), kStates.end(), text);
    if (known == kStates.end()) {
      return RowError(record, kState, fmt::format("`{}` is no state; the states are active, eligible, requested, "
                                                  "suspended and emergency", text));
    }
    row_.holding.state = static_cast<sod::HoldingState>(known - kStates.begin());
  }

  void ReadCapacity(const CsvRecord& record) {
    const std::string_view text = Field(record, kCapacity);
    if (text.empty()) return;
    const auto capacity = table_.FindCapacity(text);
    if (!capacity) return RowError(record, kCapacity, Sentence(capacity.error()));
    row_.holding.capacity = capacity.value();
  }

  void ReadInterval(const CsvRecord& record) {
    const bool has_from = ReadDay(record, kFrom, ParseFrom, row_.holding.from);
    const bool has_until = ReadDay(record, kUntil, ParseUntil, row_.holding.until);
    if (!has_from || !has_until) return;
    if (row_.holding.from >= row_.holding.until) RowError(record, kUntil, "the last day lies before the first");
  }

  // The id of the subject a row belongs to: a declared name, an exact title, what a system calls it, an account,
  // else somebody new. Empty when nobody can be told.
  std::string SubjectFor(const CsvRecord& record, const std::string& person) {
    if (person.empty()) {
      RowError(record, kPerson, "nobody is named");
      return {};
    }
    const auto [known, is_first] = subjects_.try_emplace(person);
    if (is_first) known->second = Resolve(person);
    if (!known->second.problem.empty()) {
      RowError(record, kPerson, known->second.problem);
      NoteForNamesakes(person);
    }
    return known->second.id;
  }

  // The row may be about any of those who share the title.
  void NoteForNamesakes(std::string_view title) {
    for (uint32_t actor = 0; actor < table_.actor_count(); ++actor) {
      const sod::Named named = table_.actor(actor);
      if (named.title != title) continue;
      AssignmentRow row = row_;
      row.holding.target = sod::kNone;
      result_.rows_[std::string(named.name)].push_back(std::move(row));
    }
  }

  // What a team or a service holds, those behind it hold; a party with nobody behind it is a subject of its own.
  void ShareWithMembers(const std::string& id, sod::Entity entity) {
    const std::vector<sod::Entity> members = sod::MembersOf(table_, entity);
    for (const sod::Entity& member : members) {
      if (member.kind != sod::NameKind::Person) result_.parties_.push_back(member);
    }
    ShareWith(members, entity, id, WordOf(entity.kind));
  }

  // What a shared account holds, each of its users holds.
  void ShareWithUsers(const std::string& id, uint32_t account) {
    ShareWith(sod::HoldersOfAccount(table_, account), {sod::NameKind::System, sod::kNone}, id, "");
  }

  void ShareWith(const std::vector<sod::Entity>& holders, sod::Entity self, const std::string& id, std::string_view word) {
    const std::vector<AssignmentRow> rows = result_.rows_[id];
    for (const sod::Entity& holder : holders) {
      if (holder == self) continue;
      std::vector<AssignmentRow>& shared = result_.rows_[std::string(table_.actor(holder.index).name)];
      for (AssignmentRow row : rows) {
        if (!word.empty()) row.place += fmt::format(" ({} {})", word, id);
        shared.push_back(std::move(row));
      }
    }
  }

  struct Resolved {
    std::string id;
    std::string problem;
    uint32_t account = sod::kNone;  // by which it is held, when the file names one
  };

  Resolved Resolve(const std::string& person) {
    const auto entity = FindNamed(table_, person, kActorKinds);
    if (entity) return OfActor(entity.value());
    if (entity.error().code == sod::ErrorCode::AmbiguousName) return {"", Sentence(entity.error()), sod::kNone};
    const auto account = sod::SubjectOfAccount(table_, person);
    if (account) {
      const auto row = sod::FindAccount(table_, person);
      const auto owner = table_.Find(account.value().id, kActorKinds);
      if (owner && account.value().kind != sod::SubjectKind::Account) {
        Resolved resolved = OfActor(owner.value());
        if (row) resolved.account = row.value();
        return resolved;
      }
      if (row) accounts_.emplace(account.value().id, row.value());
      return {account.value().id, "", row ? row.value() : sod::kNone};
    }
    if (account.error().code == sod::ErrorCode::AmbiguousName) return {"", Sentence(account.error()), sod::kNone};
    result_.new_people_.push_back(person);
    return {person, "", sod::kNone};
  }

  Resolved OfActor(sod::Entity entity) {
    const std::string id(table_.actor(entity.index).name);
    if (entity.kind != sod::NameKind::Person) parties_.emplace(id, entity);
    return {id, "", sod::kNone};
  }

  const sod::Table& table_;
  const std::string& name_;
  std::array<size_t, kColumnCount> columns_;
  size_t field_count_ = 0;
  std::map<std::string, Resolved> subjects_;  // by the text in the file
  std::map<std::pair<Column, std::string>, sod::Result<sod::Entity>> targets_;
  std::map<std::string, sod::Entity> parties_;  // named in the file: teams, external parties, services
  std::map<std::string, uint32_t> accounts_;    // named in the file: accounts that have no owner
  AssignmentRow row_;
  Assignments result_;
};

Assignments Assignments::Read(const sod::Table& table, std::string_view text, const std::string& name) {
  return AssignmentsReader(table, name).Read(text);
}

void Assignments::AddTo(sod::Subject& subject) const {
  for (const std::string& problem : lost_) {
    subject.is_complete = false;
    subject.incomplete.push_back({"rows_lost", problem});
  }
  const auto found = rows_.find(subject.id);
  if (found == rows_.end()) return;
  for (const AssignmentRow& row : found->second) {
    if (!row.problem.empty()) {
      subject.is_complete = false;
      subject.incomplete.push_back({row.reason, row.problem});
      continue;
    }
    sod::Holding holding = row.holding;
    holding.row = static_cast<uint32_t>(subject.row_sources.size());
    subject.row_sources.push_back(row.place);
    subject.holdings.push_back(holding);
  }
}

std::string Assignments::warning() const {
  if (unknown_permissions_ == 0) return "";
  return fmt::format("{}: {}", first_unknown_,
                     unknown_permissions_ == 1 ? std::string("nothing in the policy waits for this permission")
                                               : fmt::format("nothing in the policy waits for this permission, nor for those "
                                                             "of {} other rows", unknown_permissions_ - 1));
}

bool Assignments::IsNewPerson(const std::string& id) const {
  return std::find(new_people_.begin(), new_people_.end(), id) != new_people_.end();
}

sod::Subject Assignments::NewPerson(const std::string& id) const {
  sod::Subject subject;
  subject.kind = sod::SubjectKind::Person;
  subject.id = id;
  subject.title = id;
  AddTo(subject);
  return subject;
}

std::vector<sod::Subject> Assignments::NewPeople() const {
  std::vector<sod::Subject> people;
  for (const std::string& id : new_people_) people.push_back(NewPerson(id));
  return people;
}

}  // namespace sodc
