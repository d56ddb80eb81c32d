// Subjects from assignments (rulings SEM-22, SEM-13).
#include "runtime/core/subjects.h"

#include <algorithm>
#include <utility>

#include "runtime/core/boxes.h"

namespace sod::core {
namespace {

template <typename Row>
std::vector<uint32_t> Keys(std::span<const Row> rows, uint32_t Row::* field) {
  std::vector<uint32_t> keys;
  keys.reserve(rows.size());
  for (const Row& row : rows) keys.push_back(row.*field);
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

std::vector<uint32_t> AccountOfEachUser(const Image& image) {
  std::vector<uint32_t> accounts(image.AccountUsers().size(), kNone);
  for (uint32_t row = 0; row < image.Accounts().size(); ++row) {
    const format::AccountRecord& record = image.Accounts()[row];
    std::fill_n(accounts.begin() + record.users_first, record.users_count, row);
  }
  return accounts;
}

SubjectKind KindOf(format::ActorKind kind) {
  switch (kind) {
    case format::ActorKind::Person: return SubjectKind::Person;
    case format::ActorKind::Team: return SubjectKind::Team;
    case format::ActorKind::External: return SubjectKind::External;
    case format::ActorKind::Service: return SubjectKind::Service;
    case format::ActorKind::Tool: return SubjectKind::Tool;
    case format::ActorKind::Agent: return SubjectKind::Agent;
  }
  return SubjectKind::Person;
}

uint32_t LeavesOf(const ScopeInterval& interval) { return uint32_t{interval.lo} << 16 | interval.hi; }

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
      by_actor_(Keys(image_.Assignments(), &format::AssignmentRecord::actor), table.actor_count()),
      by_account_(Keys(image_.Assignments(), &format::AssignmentRecord::account),
                  static_cast<uint32_t>(image_.Accounts().size())),
      shared_(Keys(image_.AccountUsers(), &format::ActorRefRecord::actor), table.actor_count()),
      delegations_(Keys(image_.Delegations(), &format::DelegationRecord::delegate), table.actor_count()),
      used_(Keys(image_.ActorActsAs(), &format::ActorRefRecord::actor), table.actor_count()),
      teams_(Keys(image_.TeamMembers(), &format::ActorRefRecord::actor), table.actor_count()),
      account_of_row_(AccountOfEachUser(image_)),
      team_of_row_(TeamOfEachMember(image_)) {}

std::vector<uint32_t> HoldingIndex::HoldersOf(uint32_t actor) const {
  std::vector<uint32_t> found = {actor};
  const auto add = [&](uint32_t holder) {
    if (std::ranges::find(found, holder) == found.end()) found.push_back(holder);
  };
  for (size_t i = 0; i < found.size(); ++i) {
    for (const uint32_t row : teams_.OfKey(found[i])) add(team_of_row_[row]);
    const format::ActorRecord& record = image_.Actors()[found[i]];
    for (const format::ActorRefRecord& row : Slice(image_.ActorActsAs(), record.acts_as_first, record.acts_as_count)) {
      add(row.actor);
    }
  }
  return found;
}

bool HoldingIndex::IsUsedByOthers(uint32_t actor) const { return !used_.OfKey(actor).empty(); }

void HoldingIndex::AddBoxes(const Holding& holding, uint32_t scope, Subject& subject) const {
  if (scope == format::kNone) {
    subject.holdings.push_back(holding);
    return;
  }
  const Dimensions dimensions(image_);
  const format::ScopeRecord& record = image_.Scopes()[scope];
  for (uint32_t i = 0; i < record.boxes_count; ++i) {
    subject.holdings.push_back(holding);
    ScopeBox& box = subject.holdings.back().box;
    box = dimensions.BoxAt(record.boxes_first + i);
    for (uint32_t d = 0; d < dimensions.count(); ++d) {
      if (box[d] == dimensions.whole()[d]) box[d] = {};
    }
  }
}

void HoldingIndex::AddRows(std::span<const uint32_t> rows, Subject& subject) const {
  for (const uint32_t row : rows) {
    const format::AssignmentRecord& assignment = image_.Assignments()[row];
    Holding holding = HoldingOf(assignment);
    holding.assignment = row;
    holding.account = assignment.account;
    holding.state = static_cast<HoldingState>(assignment.state);
    if (assignment.capacity != format::kNone) holding.capacity = image_.ScaleMembers()[assignment.capacity].rank;
    AddBoxes(holding, assignment.scope, subject);
  }
}

void HoldingIndex::AddDelegations(uint32_t actor, Subject& subject) const {
  for (const uint32_t row : delegations_.OfKey(actor)) {
    Holding holding = HoldingOf(image_.Delegations()[row]);
    holding.delegation = row;
    AddBoxes(holding, image_.Delegations()[row].scope, subject);
  }
}

Subject HoldingIndex::OfActor(uint32_t actor) const {
  const format::ActorRecord& record = image_.Actors()[actor];
  Subject subject;
  subject.kind = KindOf(record.kind);
  subject.actor = actor;
  subject.id = image_.Text(record.name);
  subject.title = image_.Text(record.title);
  if (record.is_vacant != 0) {
    subject.is_complete = false;
    subject.incomplete.push_back({"vacant", subject.id});
  }
  const auto add_account = [&](uint32_t account, bool is_own) {
    AddRows(by_account_.OfKey(account), subject);
    if (is_own) subject.accounts.push_back(AccountOf(image_, image_.Accounts()[account]));
  };
  for (const uint32_t holder : HoldersOf(actor)) {
    AddRows(by_actor_.OfKey(holder), subject);
    AddDelegations(holder, subject);
    const format::ActorRecord& holder_record = image_.Actors()[holder];
    for (uint32_t i = 0; i < holder_record.accounts_count; ++i) {
      add_account(holder_record.accounts_first + i, holder == actor);
    }
    for (const uint32_t row : shared_.OfKey(holder)) add_account(account_of_row_[row], holder == actor);
  }
  // Two ways to one account give one holding.
  std::vector<Holding>& held = subject.holdings;
  std::ranges::sort(held, [](const Holding& a, const Holding& b) {
    if (a.assignment != b.assignment) return a.assignment < b.assignment;
    if (a.delegation != b.delegation) return a.delegation < b.delegation;
    return std::ranges::lexicographical_compare(a.box, b.box, {}, LeavesOf, LeavesOf);
  });
  const auto repeated = std::ranges::unique(held, [](const Holding& a, const Holding& b) {
    return a.assignment == b.assignment && a.delegation == b.delegation && a.box == b.box;
  });
  held.erase(repeated.begin(), repeated.end());
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
  const bool is_shared = image_.Accounts()[account].users_count != 0;
  subject.incomplete.push_back({is_shared ? "shared_account" : "account_without_owner", subject.id});
  return subject;
}

std::string AccountId(const Image& image, uint32_t account) {
  const SubjectAccount parts = AccountOf(image, image.Accounts()[account]);
  return std::string(parts.system) + ":" + std::string(parts.identifier);
}

namespace {

// Everybody whose holdings count for the actor, each with the place of the one it was reached from.
using Reached = std::vector<std::pair<uint32_t, size_t>>;

Reached ReachFrom(const Image& image, uint32_t actor) {
  const std::vector<uint32_t> team_of_row = TeamOfEachMember(image);
  Reached reached = {{actor, 0}};
  const auto add = [&](uint32_t holder, size_t from) {
    if (std::ranges::find(reached, holder, &Reached::value_type::first) == reached.end()) {
      reached.emplace_back(holder, from);
    }
  };
  for (size_t i = 0; i < reached.size(); ++i) {
    const uint32_t current = reached[i].first;
    for (uint32_t row = 0; row < team_of_row.size(); ++row) {
      if (image.TeamMembers()[row].actor == current) add(team_of_row[row], i);
    }
    const format::ActorRecord& record = image.Actors()[current];
    for (const auto& row : Slice(image.ActorActsAs(), record.acts_as_first, record.acts_as_count)) add(row.actor, i);
  }
  return reached;
}

}  // namespace

std::vector<uint32_t> HolderChain(const Image& image, uint32_t actor, uint32_t holder) {
  if (actor == holder) return {actor};
  const Reached reached = ReachFrom(image, actor);
  const auto end = std::ranges::find(reached, holder, &Reached::value_type::first);
  std::vector<uint32_t> chain;
  if (end == reached.end()) return chain;
  for (size_t i = static_cast<size_t>(end - reached.begin());; i = reached[i].second) {
    chain.push_back(reached[i].first);
    if (i == 0) break;
  }
  std::ranges::reverse(chain);
  return chain;
}

std::vector<uint32_t> HoldersFor(const Image& image, uint32_t actor) {
  std::vector<uint32_t> holders;
  for (const auto& [holder, from] : ReachFrom(image, actor)) holders.push_back(holder);
  return holders;
}

uint32_t UserOf(const Image& image, uint32_t actor, uint32_t account) {
  const format::AccountRecord& record = image.Accounts()[account];
  for (const auto& [holder, from] : ReachFrom(image, actor)) {
    if (record.owner == holder) return holder;
    for (const auto& user : Slice(image.AccountUsers(), record.users_first, record.users_count)) {
      if (user.actor == holder) return holder;
    }
  }
  return kNone;
}

}  // namespace sod::core
