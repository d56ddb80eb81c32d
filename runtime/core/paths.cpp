// Paths follow RoleAtoms::via, which the verifier has shown to end.
#include "runtime/core/paths.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "runtime/core/delegation_chain.h"
#include "runtime/core/routes.h"
#include "runtime/core/subjects.h"

namespace sod::core {
namespace {

const char* WordOf(format::ActorKind kind) { return format::SpellingOf(kind); }

PathStep ActorStep(const Image& image, uint32_t actor) {
  const format::ActorRecord& record = image.Actors()[actor];
  return {WordOf(record.kind), std::string(image.Text(record.name)),
          std::string(image.Text(record.title)), kNone, ""};
}

PathStep AccountStep(const Image& image, uint32_t account) {
  return {"account", AccountId(image, account),
          std::string(image.Text(image.Accounts()[account].identifier)), kNone, ""};
}

PathStep RoleStep(const Image& image, uint32_t role) {
  const format::RoleRecord& record = image.Roles()[role];
  return {"role", std::string(image.Text(record.name)), std::string(image.Text(record.title)), kNone, ""};
}

PathStep DutyStep(const Image& image, uint32_t duty, uint32_t level) {
  const format::DutyRecord& record = image.Duties()[duty];
  return {"duty", std::string(image.Text(record.name)), std::string(image.Text(record.title)),
          image.level_count() == 0 ? kNone : level, ""};
}

PathStep EntitlementStep(const Image& image, uint32_t entitlement) {
  const format::EntitlementRecord& record = image.Entitlements()[entitlement];
  return {"entitlement", std::string(image.Text(record.name)), std::string(image.Text(record.title)), kNone, ""};
}

// "Quentin ⇒ Paula"
PathStep DelegationStep(const Image& image, const format::DelegationRecord& delegation) {
  const format::ActorRecord& from = image.Actors()[delegation.delegator];
  std::string title(image.Text(from.title));
  title += " ⇒ ";
  title += image.Text(image.Actors()[delegation.delegate].title);
  return {"delegation", std::string(image.Text(from.name)), std::move(title), kNone, ""};
}

// The row of the actor that a subject of the table stands for; O(log names).
uint32_t ActorOf(const Image& image, const Subject& subject) {
  const auto text = [&](const format::NameRecord& row) { return image.Text(row.name); };
  for (const format::NameRecord& row :
       std::ranges::equal_range(image.Names(), std::string_view(subject.id), {}, text)) {
    switch (row.kind) {
      case format::NameKind::Person:
      case format::NameKind::Team:
      case format::NameKind::External:
      case format::NameKind::Service:
      case format::NameKind::Tool:
      case format::NameKind::Agent: return row.index;
      default: break;
    }
  }
  return kNone;
}

const char* WordOf(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::Person: return "person";
    case SubjectKind::Account: return "account";
    case SubjectKind::Team: return "team";
    case SubjectKind::External: return "external";
    case SubjectKind::Service: return "service";
    case SubjectKind::Tool: return "tool";
    case SubjectKind::Agent: return "agent";
    case SubjectKind::Role: return "role";
    case SubjectKind::Anonymous: return "";
  }
  return "";
}

// The row of an included role that the row of the including one comes from: as conditional, as
// decided, and as wide.
std::optional<uint32_t> NextRow(const Image& image, uint32_t role, uint32_t row) {
  const format::RoleAtomRecord& wanted = image.RoleAtoms()[row];
  const format::RoleRecord& record = image.Roles()[role];
  const auto rows = Slice(image.RoleAtoms(), record.atoms_first, record.atoms_count);
  for (const format::RoleAtomRecord& held :
       std::ranges::equal_range(rows, wanted.atom, {}, &format::RoleAtomRecord::atom)) {
    if (held.scope == wanted.scope && held.is_undecided == wanted.is_undecided &&
        held.is_conditional == wanted.is_conditional) {
      return static_cast<uint32_t>(&held - image.RoleAtoms().data());
    }
  }
  return std::nullopt;
}

// From the subject to the actor or account that has something.
void AddHolder(const Image& image, const Subject& subject, uint32_t actor, uint32_t account, Path& path) {
  const uint32_t self = subject.kind == SubjectKind::Account ? kNone : ActorOf(image, subject);
  if (self != kNone) {
    const uint32_t holder = account != kNone ? UserOf(image, self, account) : actor;
    for (const uint32_t step : holder == kNone ? std::vector{self} : HolderChain(image, self, holder)) {
      path.push_back(ActorStep(image, step));
    }
  }
  if (account != kNone) path.push_back(AccountStep(image, account));
}

// What of the element an entitlement gives: itself, or the duty it is a part of.
void AddConferred(const Image& image, uint32_t entitlement, const format::ElementRecord& element, Path& path) {
  path.push_back(EntitlementStep(image, entitlement));
  if (element.kind == format::ElementKind::Duty) path.push_back(DutyStep(image, element.duty, image.top_level()));
  if (element.kind == format::ElementKind::Entitlement && element.entitlement != entitlement) {
    path.push_back(EntitlementStep(image, element.entitlement));
  }
}

void AddGrant(const Image& image, uint32_t row, const format::ElementRecord& element, Path& path) {
  const format::GrantRecord& grant = image.Grants()[row];
  if (grant.duty != format::kNone) {
    path.push_back(DutyStep(image, grant.duty, grant.level));
  } else {
    AddConferred(image, grant.entitlement, element, path);
  }
  path.back().condition = image.Text(grant.condition);
}

// `route`: from the role, where it is one and does not count as itself.
void AddTarget(const Image& image, const Holding& holding, const Route* route, const format::ElementRecord& element, Path& path) {
  switch (holding.kind) {
    case HeldKind::Duty: {
      const uint32_t level = holding.level == kNone ? image.top_level() : holding.level;
      path.push_back(DutyStep(image, holding.target, level));
      return;
    }
    case HeldKind::Entitlement: return AddConferred(image, holding.target, element, path);
    case HeldKind::Role: break;
  }
  path.push_back(RoleStep(image, holding.target));
  if (route == nullptr) return;
  for (const uint32_t role : route->roles) path.push_back(RoleStep(image, role));
  if (route->grant != kNone) AddGrant(image, route->grant, element, path);
}

// From whom it is to what is held.
Path BeginOf(const Image& image, const Subject& subject, const Holding& holding) {
  Path path;
  if (holding.delegation != kNone) {
    const format::DelegationRecord& delegation = image.Delegations()[holding.delegation];
    AddHolder(image, subject, delegation.delegate, kNone, path);
    for (const uint32_t row : DelegationChain(image, holding.delegation)) {
      path.push_back(DelegationStep(image, image.Delegations()[row]));
    }
  } else if (holding.assignment != kNone) {
    const format::AssignmentRecord& assignment = image.Assignments()[holding.assignment];
    AddHolder(image, subject, assignment.actor, assignment.account, path);
  } else if (!subject.id.empty() && subject.kind != SubjectKind::Role) {
    path.push_back({WordOf(subject.kind), subject.id, subject.title, kNone, ""});
    if (holding.account != kNone && subject.kind != SubjectKind::Account) path.push_back(AccountStep(image, holding.account));
  }
  if (holding.row != kNone && holding.row < subject.row_sources.size()) {
    path.push_back({"row", subject.row_sources[holding.row], "", kNone, ""});
  }
  return path;
}

}  // namespace

std::vector<uint32_t> RolesOnTheWay(const Image& image, uint32_t row) {
  std::vector<uint32_t> roles;
  for (;;) {
    const uint32_t via = image.RoleAtoms()[row].via;
    if (via == format::kNone || via < format::kViaRole) return roles;
    roles.push_back(via - format::kViaRole);
    const std::optional<uint32_t> next = NextRow(image, roles.back(), row);
    if (!next) return roles;
    row = *next;
  }
}

uint32_t GrantBehind(const Image& image, uint32_t row) {
  for (;;) {
    const uint32_t via = image.RoleAtoms()[row].via;
    if (via == format::kNone || via < format::kViaRole) return via;
    const std::optional<uint32_t> next = NextRow(image, via - format::kViaRole, row);
    if (!next) return kNone;
    row = *next;
  }
}

WaysTo PathsTo(const Image& image, const Subject* subject, const Holding& holding, const Supplier& supplier, const format::ElementRecord& element,
               size_t most) {
  const Path begin = subject == nullptr ? Path{{"request", "request", "", kNone, ""}} : BeginOf(image, *subject, holding);
  WaysTo ways;
  if (holding.kind != HeldKind::Role || supplier.row == kNone) {
    ways.paths.push_back(begin);
    AddTarget(image, holding, nullptr, element, ways.paths.back());
    return ways;
  }
  const Routes routes = RoutesOf(image, holding.target, supplier.row, most);
  ways.more = static_cast<uint32_t>(routes.more);
  for (const Route& route : routes.told) {
    ways.paths.push_back(begin);
    AddTarget(image, holding, &route, element, ways.paths.back());
  }
  return ways;
}

}  // namespace sod::core
