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
  return Error{ErrorCode::BadArgument, "only people, teams, external parties and roles hold something", ""};
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
  for (size_t i = 0; i < reached.size(); ++i) {
    const uint32_t index = reached[i];
    const format::ActorRecord& record = image.Actors()[index];
    if (record.members_count == 0) members.push_back({table.actor_kind(index), index});
    for (const format::ActorRefRecord& member :
         core::Slice(image.TeamMembers(), record.members_first, record.members_count)) {
      if (std::ranges::find(reached, member.actor) == reached.end()) reached.push_back(member.actor);
    }
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
