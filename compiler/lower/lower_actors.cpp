// Actors with their accounts, systems and assignments.
#include <map>
#include <string>
#include <utility>
#include <variant>

#include "compiler/lower/builder.h"

namespace sodc::lower {
namespace {

using AccountKey = std::pair<uint32_t, std::string>;  // system row, identifier

format::ActorKind FileValue(model::ActorKind kind) {
  switch (kind) {
    case model::ActorKind::Person:
      return format::ActorKind::Person;
    case model::ActorKind::Team:
      return format::ActorKind::Team;
    case model::ActorKind::External:
      return format::ActorKind::External;
    case model::ActorKind::Service:
      return format::ActorKind::Service;
    case model::ActorKind::Tool:
      return format::ActorKind::Tool;
    case model::ActorKind::Agent:
      return format::ActorKind::Agent;
  }
  return format::ActorKind::Person;
}

// After the owned ones: those that several actors list, each with all of them.
void AddSharedAccounts(Builder& builder, std::map<AccountKey, uint32_t>& accounts) {
  TableImage& image = builder.image;
  std::vector<std::vector<model::ActorId>> users;
  const uint32_t first = Begin(image.Accounts);
  for (size_t i = 0; i < builder.model.actors.size(); ++i) {
    const model::ActorId id = builder.model.actors.IdAt(i);
    if (!builder.HasActor(id)) continue;
    for (const model::Account& account : builder.model.actors[id].accounts) {
      if (!account.is_shared) continue;
      const AccountKey key{account.system.index, account.identifier};
      const auto [place, is_new] = accounts.try_emplace(key, Begin(image.Accounts));
      if (is_new) {
        image.Accounts.push_back({format::kNone, Builder::Row(account.system), builder.Text(account.identifier)});
        users.emplace_back();
      }
      users[place->second - first].push_back(id);
    }
  }
  for (size_t i = 0; i < users.size(); ++i) {
    format::AccountRecord& record = image.Accounts[first + i];
    builder.ActorRange(users[i], image.AccountUsers, record.users_first, record.users_count);
  }
}

// Accounts of actors first, in their order; the rows of each for assignments.
std::map<AccountKey, uint32_t> AddActors(Builder& builder) {
  std::map<AccountKey, uint32_t> accounts;
  TableImage& image = builder.image;
  for (size_t i = 0; i < builder.model.actors.size(); ++i) {
    const model::ActorId id = builder.model.actors.IdAt(i);
    if (!builder.HasActor(id)) continue;
    const model::Actor& actor = builder.model.actors[id];
    format::ActorRecord record;
    record.name = builder.Text(actor.common.name);
    record.title = builder.Text(actor.common.title);
    record.description = builder.Text(actor.common.description);
    record.kind = FileValue(actor.kind);
    record.is_vacant = actor.is_vacant;
    record.accounts_first = Begin(image.Accounts);
    for (const model::Account& account : actor.accounts) {
      if (account.is_shared) continue;
      accounts.emplace(AccountKey{account.system.index, account.identifier},
                       Begin(image.Accounts));
      image.Accounts.push_back(
          {builder.ActorRow(id), Builder::Row(account.system), builder.Text(account.identifier)});
    }
    record.accounts_count = CountSince(image.Accounts, record.accounts_first);
    builder.ActorRange(actor.members, image.TeamMembers, record.members_first, record.members_count);
    builder.ActorRange(actor.acts_as, image.ActorActsAs, record.acts_as_first, record.acts_as_count);
    builder.ControlRange(actor.controls, image.ActorControls, record.controls_first, record.controls_count);
    builder.ActorRange(actor.controlled_by, image.ActorControllers, record.controlled_by_first, record.controlled_by_count);
    record.acts_for_caller = actor.acts_for_caller;
    builder.Place(record, actor.common.span);
    image.Actors.push_back(record);
  }
  AddSharedAccounts(builder, accounts);
  return accounts;
}

void AddSystems(Builder& builder) {
  TableImage& image = builder.image;
  for (const model::System& system : builder.model.systems) {
    format::SystemRecord record;
    record.name = builder.Text(system.common.name);
    record.title = builder.Text(system.common.title);
    record.description = builder.Text(system.common.description);
    record.ignores_case = system.ignores_case;
    record.strips_domain = system.strips_domain;
    record.wildcard = builder.Text(system.wildcard);
    record.separator = builder.Text(system.separator);
    record.operated_by = builder.ActorRow(system.operated_by);
    record.administered_by_nobody = system.administered_by_nobody;
    builder.ActorRange(system.administered_by, image.SystemAdministrators, record.administered_by_first, record.administered_by_count);
    record.depends_on_first = Begin(image.SystemDependencies);
    for (const model::SystemId dependency : system.depends_on) {
      image.SystemDependencies.push_back({Builder::Row(dependency)});
    }
    record.depends_on_count = CountSince(image.SystemDependencies, record.depends_on_first);
    builder.ActorRange(system.notifies, image.SystemNotifies, record.notifies_first, record.notifies_count);
    builder.ActorRange(system.changes_notify, image.SystemChangesNotify, record.changes_notify_first,
                       record.changes_notify_count);
    builder.ImmutableRange(system.immutable_against, {}, image.SystemImmutables, record.immutable_against_first,
                           record.immutable_against_count);
    image.Systems.push_back(record);
  }
}

// The row of the account, added without an owner when nobody declared it.
uint32_t AccountRow(Builder& builder, std::map<AccountKey, uint32_t>& accounts,
                    const model::Assignment& assignment) {
  const AccountKey key{assignment.account_system.index, assignment.account_identifier};
  const auto [place, is_new] = accounts.try_emplace(key, Begin(builder.image.Accounts));
  if (is_new) {
    builder.image.Accounts.push_back({format::kNone, Builder::Row(assignment.account_system),
                                      builder.Text(assignment.account_identifier)});
    builder.image.Accounts.back().users_first = Begin(builder.image.AccountUsers);
  }
  return place->second;
}

void AddAssignments(Builder& builder, std::map<AccountKey, uint32_t>& accounts) {
  if (!builder.options.with_people) return;
  for (const model::Assignment& assignment : builder.model.assignments) {
    format::AssignmentRecord record;
    record.from = assignment.from;
    record.until = assignment.until;
    if (assignment.actor.is_valid()) {
      record.actor = builder.ActorRow(assignment.actor);
    } else {
      record.account = AccountRow(builder, accounts, assignment);
    }
    if (const auto* duty = std::get_if<model::DutyId>(&assignment.target)) {
      record.duty = Builder::Row(*duty);
      record.level = builder.Rank(assignment.level);
    } else if (const auto* role = std::get_if<model::RoleId>(&assignment.target)) {
      record.role = Builder::Row(*role);
    } else {
      record.entitlement = Builder::Row(std::get<model::EntitlementId>(assignment.target));
    }
    record.scope = builder.ScopeRow(assignment.scope);
    record.state = static_cast<format::HoldingState>(assignment.state);  // the enumerators are the file's
    record.capacity = Builder::Row(assignment.capacity);
    record.source = builder.Text(assignment.source);
    builder.Place(record, assignment.span);
    builder.image.Assignments.push_back(record);
  }
}

void AddDelegations(Builder& builder) {
  if (!builder.options.with_people) return;
  for (const model::Delegation& delegation : builder.model.delegations) {
    format::DelegationRecord record;
    record.from = delegation.valid_from;
    record.until = delegation.valid_until;
    record.delegator = builder.ActorRow(delegation.from);
    record.delegate = builder.ActorRow(delegation.to);
    if (const auto* duty = std::get_if<model::DutyId>(&delegation.target)) {
      record.duty = Builder::Row(*duty);
      record.level = builder.Rank(delegation.level);
    } else if (const auto* role = std::get_if<model::RoleId>(&delegation.target)) {
      record.role = Builder::Row(*role);
    } else {
      record.entitlement = Builder::Row(std::get<model::EntitlementId>(delegation.target));
    }
    record.scope = builder.ScopeRow(delegation.scope);
    record.may_be_passed_on = delegation.may_be_passed_on;
    builder.Place(record, delegation.span);
    builder.image.Delegations.push_back(record);
  }
}

}  // namespace

void LowerActors(Builder& builder) {
  std::map<AccountKey, uint32_t> accounts = AddActors(builder);
  AddSystems(builder);
  AddAssignments(builder, accounts);
  AddDelegations(builder);
}

}  // namespace sodc::lower
