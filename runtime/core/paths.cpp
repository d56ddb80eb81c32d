// Paths follow RoleAtoms::via, which the verifier has shown to end.
#include "runtime/core/paths.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "runtime/core/subjects.h"

namespace sod::core {
namespace {

const char* WordOf(format::ActorKind kind) { return format::SpellingOf(kind); }

PathStep ActorStep(const Image& image, uint32_t actor) {
  const format::ActorRecord& record = image.Actors()[actor];
  return {WordOf(record.kind), std::string(image.Text(record.name)),
          std::string(image.Text(record.title))};
}

PathStep AccountStep(const Image& image, uint32_t account) {
  return {"account", AccountId(image, account),
          std::string(image.Text(image.Accounts()[account].identifier))};
}

PathStep RoleStep(const Image& image, uint32_t role) {
  const format::RoleRecord& record = image.Roles()[role];
  return {"role", std::string(image.Text(record.name)), std::string(image.Text(record.title))};
}

PathStep DutyStep(const Image& image, uint32_t duty, uint32_t level) {
  const format::DutyRecord& record = image.Duties()[duty];
  return {"duty", std::string(image.Text(record.name)), std::string(image.Text(record.title)),
          image.level_count() == 0 ? kNone : level};
}

// The row of the actor that a subject of the table stands for; O(log names).
uint32_t ActorOf(const Image& image, const Subject& subject) {
  const auto text = [&](const format::NameRecord& row) { return image.Text(row.name); };
  for (const format::NameRecord& row :
       std::ranges::equal_range(image.Names(), std::string_view(subject.id), {}, text)) {
    if (row.kind == format::NameKind::Person || row.kind == format::NameKind::Team ||
        row.kind == format::NameKind::External) {
      return row.index;
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
    case SubjectKind::Role: return "role";
    case SubjectKind::Anonymous: return "";
  }
  return "";
}

// From the subject to the holder that an assignment of the table names.
void AddHolder(const Image& image, const Subject& subject,
               const format::AssignmentRecord& assignment, Path& path) {
  const bool is_by_account = assignment.account != kNone;
  const uint32_t holder =
      is_by_account ? image.Accounts()[assignment.account].owner : assignment.actor;
  const uint32_t self = subject.kind == SubjectKind::Account ? kNone : ActorOf(image, subject);
  if (self != kNone && self == holder) {
    path.push_back(ActorStep(image, self));
  } else if (self != kNone && holder != kNone) {
    for (const uint32_t actor : TeamChain(image, self, holder)) {
      path.push_back(ActorStep(image, actor));
    }
  }
  if (is_by_account) path.push_back(AccountStep(image, assignment.account));
}

// The role that holds, the roles between, and the duty unless the element is a role.
void AddChain(const Image& image, uint32_t role, const format::ElementRecord& element, Path& path) {
  for (;;) {
    path.push_back(RoleStep(image, role));
    const format::RoleRecord& record = image.Roles()[role];
    const auto atoms = Slice(image.RoleAtoms(), record.atoms_first, record.atoms_count);
    const uint32_t via =
        std::ranges::lower_bound(atoms, element.atom, {}, &format::RoleAtomRecord::atom)->via;
    if (via == format::kNone) return;
    if (via < format::kViaRole) {
      path.push_back(DutyStep(image, image.Grants()[via].duty, image.Grants()[via].level));
      return;
    }
    role = via - format::kViaRole;
  }
}

void AddTarget(const Image& image, const Holding& holding, const format::ElementRecord& element,
               Path& path) {
  if (holding.is_role) {
    AddChain(image, holding.target, element, path);
  } else {
    const uint32_t level = holding.level == kNone ? image.top_level() : holding.level;
    path.push_back(DutyStep(image, holding.target, level));
  }
}

}  // namespace

Path PathTo(const Image& image, const Subject& subject, const Holding& holding,
            const format::ElementRecord& element) {
  Path path;
  if (holding.assignment != kNone) {
    AddHolder(image, subject, image.Assignments()[holding.assignment], path);
  } else if (!subject.id.empty() && subject.kind != SubjectKind::Role) {
    path.push_back({WordOf(subject.kind), subject.id, subject.title});
  }
  if (holding.row != kNone && holding.row < subject.row_sources.size()) {
    path.push_back({"row", subject.row_sources[holding.row], ""});
  }
  AddTarget(image, holding, element, path);
  return path;
}

Path PathOfRequest(const Image& image, const Holding& request, const format::ElementRecord& element) {
  Path path;
  path.push_back({"request", "request", ""});
  AddTarget(image, request, element, path);
  return path;
}

}  // namespace sod::core
