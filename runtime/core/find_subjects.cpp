// Subjects by declared name, by account, all of them, and nobody in particular.
#include <algorithm>
#include <utility>

#include "runtime/core/same_name.h"
#include "runtime/core/subjects.h"
#include "runtime/core/suggest.h"
#include "sod/query.h"

namespace sod {

using core::HoldingIndex;
using core::Image;

namespace {

Subject SubjectOfRole(const Table& table, uint32_t role) {
  Subject subject;
  subject.kind = SubjectKind::Role;
  subject.id = table.role(role).name;
  subject.title = table.role(role).title;
  Holding holding;
  holding.kind = HeldKind::Role;
  holding.target = role;
  subject.holdings.push_back(holding);
  subject.assumptions.push_back("holds this role and nothing else");
  return subject;
}

bool IsCalled(const Image& image, uint32_t account, std::string_view text) {
  const format::AccountRecord& record = image.Accounts()[account];
  const format::SystemRecord& system = image.Systems()[record.system];
  const std::string_view identifier = image.Text(record.identifier), prefix = image.Text(system.name);
  if (core::IsSameName(system, identifier, text)) return true;
  return text.size() > prefix.size() && text.starts_with(prefix) && text[prefix.size()] == ':' &&
         core::IsSameName(system, identifier, text.substr(prefix.size() + 1));
}

Error UnknownAccount(const Image& image, std::string_view text) {
  core::Suggestion suggestion(text);
  for (uint32_t account = 0; account < image.Accounts().size(); ++account) {
    suggestion.Offer(image.Text(image.Accounts()[account].identifier));
    suggestion.Offer(core::AccountId(image, account));
  }
  return {ErrorCode::UnknownName, "there is no account `" + std::string(text) + "`",
          suggestion.Sentence()};
}

Error AmbiguousAccount(const Image& image, std::string_view text,
                       const std::vector<uint32_t>& accounts) {
  std::string help = "write one of:";
  for (size_t i = 0; i < accounts.size(); ++i) {
    help += (i == 0 ? " `" : ", `") + core::AccountId(image, accounts[i]) + "`";
  }
  return {ErrorCode::AmbiguousName,
          "several systems have an account `" + std::string(text) + "`", help};
}

// One subject for all accounts found? Several of one owner are.
bool IsOneSubject(const Image& image, const std::vector<uint32_t>& accounts) {
  const uint32_t owner = image.Accounts()[accounts[0]].owner;
  return accounts.size() == 1 ||
         (owner != kNone && std::ranges::all_of(accounts, [&](uint32_t account) {
            return image.Accounts()[account].owner == owner;
          }));
}

// Calls `add` with everybody who acts as the actor; true when somebody does.
template <typename F>
bool AddUsersOf(const Image& image, uint32_t actor, F add) {
  bool has_users = false;
  for (uint32_t row = 0; row < image.Actors().size(); ++row) {
    const format::ActorRecord& record = image.Actors()[row];
    for (const auto& used : core::Slice(image.ActorActsAs(), record.acts_as_first, record.acts_as_count)) {
      if (used.actor != actor) continue;
      has_users = true;
      add(row);
    }
  }
  return has_users;
}

}  // namespace

Result<Subject> SubjectOf(const Table& table, Entity entity) {
  switch (entity.kind) {
    case NameKind::Person:
    case NameKind::Team:
    case NameKind::External:
    case NameKind::Service:
    case NameKind::Tool:
    case NameKind::Agent:
      if (entity.index >= table.actor_count()) break;
      return HoldingIndex(table).OfActor(entity.index);
    case NameKind::Role:
      if (entity.index >= table.role_count()) break;
      return SubjectOfRole(table, entity.index);
    case NameKind::Duty:
    case NameKind::Group:
    case NameKind::Rule:
    case NameKind::Control:
    case NameKind::System:
    case NameKind::Entitlement:
      break;
  }
  return Error{ErrorCode::BadArgument, "only people, teams, other actors and roles hold something", ""};
}

Result<Subject> SubjectOfAccount(const Table& table, std::string_view account) {
  const Image& image = table.image();
  std::vector<uint32_t> found;
  for (uint32_t row = 0; row < image.Accounts().size(); ++row) {
    if (IsCalled(image, row, account)) found.push_back(row);
  }
  if (found.empty()) return UnknownAccount(image, account);
  if (!IsOneSubject(image, found)) return AmbiguousAccount(image, account, found);
  const uint32_t owner = image.Accounts()[found[0]].owner;
  const HoldingIndex index(table);
  return owner == kNone ? index.OfUnownedAccount(found[0]) : index.OfActor(owner);
}

Result<uint32_t> FindAccount(const Table& table, std::string_view account) {
  const Image& image = table.image();
  std::vector<uint32_t> found;
  for (uint32_t row = 0; row < image.Accounts().size(); ++row) {
    if (IsCalled(image, row, account)) found.push_back(row);
  }
  if (found.empty()) return UnknownAccount(image, account);
  if (found.size() > 1) return AmbiguousAccount(image, account, found);
  return found[0];
}

std::vector<Entity> HoldersOfAccount(const Table& table, uint32_t account) {
  const Image& image = table.image();
  const format::AccountRecord& record = image.Accounts()[account];
  std::vector<Entity> holders;
  const auto add = [&](uint32_t actor) {
    for (const Entity& holder : MembersOf(table, {table.actor_kind(actor), actor})) {
      if (std::ranges::find(holders, holder) == holders.end()) holders.push_back(holder);
    }
  };
  if (record.owner != kNone) add(record.owner);
  for (const auto& user : core::Slice(image.AccountUsers(), record.users_first, record.users_count)) add(user.actor);
  return holders;
}

std::vector<Subject> AllSubjects(const Table& table) {
  const Image& image = table.image();
  const HoldingIndex index(table);
  std::vector<Subject> subjects;
  for (uint32_t actor = 0; actor < image.Actors().size(); ++actor) {
    if (image.Actors()[actor].kind == format::ActorKind::Person) {
      subjects.push_back(index.OfActor(actor));
    }
  }
  for (uint32_t actor = 0; actor < image.Actors().size(); ++actor) {
    const format::ActorRecord& record = image.Actors()[actor];
    if (record.kind == format::ActorKind::Person || record.members_count != 0) continue;
    const bool is_machine = record.kind != format::ActorKind::Team && record.kind != format::ActorKind::External;
    if (is_machine && index.IsUsedByOthers(actor)) continue;
    // What it holds through a team counts: nobody else would be judged for it.
    Subject subject = index.OfActor(actor);
    if (!subject.holdings.empty()) subjects.push_back(std::move(subject));
  }
  for (uint32_t account = 0; account < image.Accounts().size(); ++account) {
    if (image.Accounts()[account].owner == kNone && image.Accounts()[account].users_count == 0) {
      subjects.push_back(index.OfUnownedAccount(account));
    }
  }
  return subjects;
}

std::vector<Entity> MembersOf(const Table& table, Entity actor) {
  const Image& image = table.image();
  std::vector<uint32_t> reached = {actor.index};
  std::vector<Entity> members;
  const auto add = [&](uint32_t row) {
    if (std::ranges::find(reached, row) == reached.end()) reached.push_back(row);
  };
  for (size_t i = 0; i < reached.size(); ++i) {
    const uint32_t index = reached[i];
    const format::ActorRecord& record = image.Actors()[index];
    for (const auto& member : core::Slice(image.TeamMembers(), record.members_first, record.members_count)) add(member.actor);
    const bool is_alone = record.members_count == 0 && !AddUsersOf(image, index, add);
    if (is_alone) members.push_back({table.actor_kind(index), index});
  }
  return members;
}

Subject AnonymousSubject(std::vector<Holding> holdings) {
  Subject subject;
  subject.holdings = std::move(holdings);
  subject.assumptions.push_back("a new person who holds nothing else and has no accounts");
  return subject;
}

}  // namespace sod
