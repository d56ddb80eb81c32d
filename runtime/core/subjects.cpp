// Subjects from assignments (rulings SEM-22, SEM-13).
#include "runtime/core/subjects.h"

#include <algorithm>
#include <utility>

namespace sod::core {
namespace {

std::vector<uint32_t> ActorKeys(const Image& image) {
  std::vector<uint32_t> keys;
  for (const format::AssignmentRecord& row : image.Assignments()) keys.push_back(row.actor);
  return keys;
}

std::vector<uint32_t> AccountKeys(const Image& image) {
  std::vector<uint32_t> keys;
  for (const format::AssignmentRecord& row : image.Assignments()) keys.push_back(row.account);
  return keys;
}

std::vector<uint32_t> MemberKeys(const Image& image) {
  std::vector<uint32_t> keys;
  for (const format::ActorRefRecord& row : image.TeamMembers()) keys.push_back(row.actor);
  return keys;
}

std::vector<uint32_t> TeamOfEachMember(const Image& image) {
  std::vector<uint32_t> teams(image.TeamMembers().size(), kNone);
  for (uint32_t actor = 0; actor < image.Actors().size(); ++actor) {
    const format::ActorRecord& record = image.Actors()[actor];
    std::fill_n(teams.begin() + record.members_first, record.members_count, actor);
  }
  return teams;
}

// Eligible and emergency holdings can be used at any moment; requested and suspended ones not.
bool Counts(format::HoldingState state) {
  return state != format::HoldingState::Requested && state != format::HoldingState::Suspended;
}

SubjectKind KindOf(format::ActorKind kind) {
  switch (kind) {
    case format::ActorKind::Person: return SubjectKind::Person;
    case format::ActorKind::Team: return SubjectKind::Team;
    case format::ActorKind::External: return SubjectKind::External;
  }
  return SubjectKind::Person;
}

SubjectAccount AccountOf(const Image& image, const format::AccountRecord& account) {
  return {image.Text(image.Systems()[account.system].name), image.Text(account.identifier)};
}

}  // namespace

RowsByKey::RowsByKey(std::span<const uint32_t> keys, uint32_t key_count)
    : begins_(size_t{key_count} + 1, 0) {
  for (const uint32_t key : keys) {
    if (key != kNone) ++begins_[key + 1];
  }
  for (size_t key = 1; key < begins_.size(); ++key) begins_[key] += begins_[key - 1];
  rows_.resize(begins_.back());
  std::vector<uint32_t> ends(begins_);
  for (uint32_t row = 0; row < keys.size(); ++row) {
    if (keys[row] != kNone) rows_[ends[keys[row]]++] = row;
  }
}

HoldingIndex::HoldingIndex(const Table& table)
    : image_(table.image()),
      by_actor_(ActorKeys(image_), table.actor_count()),
      by_account_(AccountKeys(image_), static_cast<uint32_t>(image_.Accounts().size())),
      teams_(MemberKeys(image_), table.actor_count()),
      team_of_row_(TeamOfEachMember(image_)) {}

std::vector<uint32_t> HoldingIndex::WithTeams(uint32_t actor) const {
  std::vector<uint32_t> found = {actor};
  for (size_t i = 0; i < found.size(); ++i) {
    for (const uint32_t row : teams_.OfKey(found[i])) {
      const uint32_t team = team_of_row_[row];
      if (std::ranges::find(found, team) == found.end()) found.push_back(team);
    }
  }
  return found;
}

void HoldingIndex::AddRows(std::span<const uint32_t> rows, Subject& subject) const {
  for (const uint32_t row : rows) {
    const format::AssignmentRecord& assignment = image_.Assignments()[row];
    if (!Counts(assignment.state)) continue;
    Holding holding;
    holding.is_role = assignment.role != kNone;
    holding.target = holding.is_role ? assignment.role : assignment.duty;
    holding.level = holding.is_role ? kNone : assignment.level;
    holding.from = assignment.from;
    holding.until = assignment.until;
    holding.assignment = row;
    subject.holdings.push_back(holding);
  }
}

Subject HoldingIndex::OfActor(uint32_t actor) const {
  const format::ActorRecord& record = image_.Actors()[actor];
  Subject subject;
  subject.kind = KindOf(record.kind);
  subject.id = image_.Text(record.name);
  subject.title = image_.Text(record.title);
  for (const uint32_t holder : WithTeams(actor)) {
    AddRows(by_actor_.OfKey(holder), subject);
    const format::ActorRecord& holder_record = image_.Actors()[holder];
    for (uint32_t i = 0; i < holder_record.accounts_count; ++i) {
      const uint32_t account = holder_record.accounts_first + i;
      AddRows(by_account_.OfKey(account), subject);
      if (holder == actor) subject.accounts.push_back(AccountOf(image_, image_.Accounts()[account]));
    }
  }
  std::ranges::sort(subject.holdings, {}, &Holding::assignment);
  return subject;
}

Subject HoldingIndex::OfUnownedAccount(uint32_t account) const {
  Subject subject;
  subject.kind = SubjectKind::Account;
  subject.id = AccountId(image_, account);
  subject.title = image_.Text(image_.Accounts()[account].identifier);
  subject.accounts.push_back(AccountOf(image_, image_.Accounts()[account]));
  AddRows(by_account_.OfKey(account), subject);
  subject.is_complete = false;
  subject.incomplete.push_back({"account_without_owner", subject.id});
  return subject;
}

std::string AccountId(const Image& image, uint32_t account) {
  const SubjectAccount parts = AccountOf(image, image.Accounts()[account]);
  return std::string(parts.system) + ":" + std::string(parts.identifier);
}

std::vector<uint32_t> TeamChain(const Image& image, uint32_t actor, uint32_t team) {
  if (actor == team) return {actor};
  const std::vector<uint32_t> team_of_row = TeamOfEachMember(image);
  std::vector<std::pair<uint32_t, size_t>> reached = {{actor, 0}};  // actor, place it came from
  for (size_t i = 0; i < reached.size() && reached[i].first != team; ++i) {
    for (uint32_t row = 0; row < team_of_row.size(); ++row) {
      if (image.TeamMembers()[row].actor != reached[i].first) continue;
      if (std::ranges::find(reached, team_of_row[row], &std::pair<uint32_t, size_t>::first) ==
          reached.end()) {
        reached.emplace_back(team_of_row[row], i);
      }
    }
  }
  const auto end = std::ranges::find(reached, team, &std::pair<uint32_t, size_t>::first);
  std::vector<uint32_t> chain;
  if (end == reached.end()) return chain;
  for (size_t i = static_cast<size_t>(end - reached.begin());; i = reached[i].second) {
    chain.push_back(reached[i].first);
    if (i == 0) break;
  }
  std::ranges::reverse(chain);
  return chain;
}

}  // namespace sod::core
