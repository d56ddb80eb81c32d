// Pass 3: the list of what must hold between fields, and the small checks of it.
#include "runtime/core/verify_meaning.h"

#include <tuple>

#include "runtime/core/verify.h"

namespace sod::core {
namespace {

using namespace format;  // NOLINT: every line here names records

Fault CheckMeta(const Image& image) {
  const MetaRecord& meta = image.meta();
  if (meta.language != image.header().language ||
      meta.without_people != (image.header().flags & kWithoutPeople)) {
    return "header and Meta disagree";
  }
  if (meta.time_zone == kTimeZoneBase) return "UTC has a second spelling";
  if (meta.risk_scale != kNone && image.Scales()[meta.risk_scale].measures != ScaleMeasures::Risk) {
    return "the risk scale does not measure risk";
  }
  if (meta.access_scale != kNone) {
    const ScaleRecord& access = image.Scales()[meta.access_scale];
    if (access.measures != ScaleMeasures::Access || access.members_count == 0) {
      return "the access scale does not measure access";
    }
  }
  return nullptr;
}

Fault CheckScales(const Image& image) {
  for (uint32_t row = 0; row < image.Scales().size(); ++row) {
    const ScaleRecord& scale = image.Scales()[row];
    for (uint32_t i = 0; i < scale.members_count; ++i) {
      const ScaleMemberRecord& member = image.ScaleMembers()[scale.members_first + i];
      if (member.scale != row || member.rank != i) return "a member of a scale is out of place";
    }
  }
  return nullptr;
}

// The string number of the name of a declared thing; kNone when there is no such row.
template <typename Record>
uint32_t NameAt(std::span<const Record> rows, uint32_t index) {
  return index < rows.size() ? rows[index].name : kNone;
}

uint32_t NameOfActor(const Image& image, ActorKind kind, uint32_t index) {
  if (index >= image.Actors().size() || image.Actors()[index].kind != kind) return kNone;
  return image.Actors()[index].name;
}

}  // namespace

uint32_t NameOf(const Image& image, NameKind kind, uint32_t index) {
  switch (kind) {
    case NameKind::Scale: return NameAt(image.Scales(), index);
    case NameKind::ScaleMember: return NameAt(image.ScaleMembers(), index);
    case NameKind::Duty: return NameAt(image.Duties(), index);
    case NameKind::Group: return NameAt(image.Groups(), index);
    case NameKind::Role: return NameAt(image.Roles(), index);
    case NameKind::Person: return NameOfActor(image, ActorKind::Person, index);
    case NameKind::Team: return NameOfActor(image, ActorKind::Team, index);
    case NameKind::External: return NameOfActor(image, ActorKind::External, index);
    case NameKind::System: return NameAt(image.Systems(), index);
    case NameKind::Rule: return NameAt(image.Rules(), index);
    case NameKind::Control: return NameAt(image.Controls(), index);
    case NameKind::Framework: return NameAt(image.Frameworks(), index);
    case NameKind::Document: return NameAt(image.Documents(), index);
    case NameKind::ScopeDimension: return NameAt(image.ScopeDimensions(), index);
    case NameKind::ScopeNode: return NameAt(image.ScopeNodes(), index);
    case NameKind::Entitlement: return NameAt(image.Entitlements(), index);
    case NameKind::Service: return NameOfActor(image, ActorKind::Service, index);
    case NameKind::Tool: return NameOfActor(image, ActorKind::Tool, index);
    case NameKind::Agent: return NameOfActor(image, ActorKind::Agent, index);
    case NameKind::Provision: return NameAt(image.Provisions(), index);
    case NameKind::Clause: return index < image.Clauses().size() ? image.Clauses()[index].id : kNone;
  }
  return kNone;
}

namespace {

Fault CheckNames(const Image& image) {
  const auto key = [&](const NameRecord& name) {
    return std::tuple(image.Text(name.name), name.kind, name.index);
  };
  const std::span<const NameRecord> names = image.Names();
  for (size_t i = 0; i < names.size(); ++i) {
    if (NameOf(image, names[i].kind, names[i].index) != names[i].name) return "a name stands for something else";
    if (i != 0 && key(names[i - 1]) >= key(names[i])) return "names are out of order";
  }
  return nullptr;
}

Fault CheckFrameworks(const Image& image) {
  for (uint32_t row = 0; row < image.Frameworks().size(); ++row) {
    const FrameworkRecord& framework = image.Frameworks()[row];
    for (const ClauseRecord& clause :
         Slice(image.Clauses(), framework.clauses_first, framework.clauses_count)) {
      if (clause.framework != row) return "a clause is out of place";
    }
  }
  return nullptr;
}

Fault CheckIntervals(const Image& image) {
  for (const RuleRecord& rule : image.Rules()) {
    if (rule.valid_from > rule.valid_until) return "a rule ends before it begins";
  }
  for (const ControlRecord& control : image.Controls()) {
    if (control.valid_from > control.valid_until) return "a control ends before it begins";
  }
  return nullptr;
}

Fault CheckSeparations(const Image& image) {
  for (const SeparationRecord& separation : image.Separations()) {
    if ((separation.target_duty == kNone) == (separation.target_group == kNone)) {
      return "a separation needs a duty or a group";
    }
  }
  return nullptr;
}

// Pre-order: one step deeper only into a section.
Fault CheckDocuments(const Image& image) {
  for (const DocumentRecord& document : image.Documents()) {
    uint32_t deepest = 0;
    for (const DocumentNodeRecord& node :
         Slice(image.DocumentNodes(), document.nodes_first, document.nodes_count)) {
      if (node.depth > deepest) return "a part of a document has an impossible depth";
      deepest = node.depth + (node.kind == DocumentNodeKind::Section ? 1 : 0);
      if (node.kind == DocumentNodeKind::Table && node.table == TableSource::Rows &&
          (node.columns_count == 0 ? node.items_count != 0
                                   : node.items_count % node.columns_count != 0)) {
        return "a table of a document is not rectangular";
      }
    }
  }
  return nullptr;
}

// What the format has room for and this version does not evaluate: better no answer than a
// wrong one.
Fault FindUnsupported(const Image& image) {
  for (const RuleRecord& rule : image.Rules()) {
    if (rule.guards_count != 0 && rule.unevaluated == Unevaluated::None) return "guards of rules";
    if (rule.subject == RuleSubject::Unit && rule.unevaluated == Unevaluated::None) return "rules per unit";
  }
  return nullptr;
}

}  // namespace

std::optional<Error> VerifyMeaning(const Image& image) {
  constexpr Fault (*kChecks[])(const Image&) = {
      CheckMeta,           CheckScales,        CheckNames,      CheckFrameworks,
      CheckIntervals,      CheckSeparations,   CheckDocuments,  CheckAtoms,
      CheckSides,          CheckDutyAtoms,     CheckAdjacency,  CheckRoleLists,
      CheckIncludesAcyclic, CheckRoleDuties,   CheckRoleAtoms,  CheckActors,
      CheckTeamsAcyclic,   CheckAssignments,   CheckDelegations,  CheckDimensions,
      CheckScopes,         CheckCapacities,    CheckDerivations, CheckEntitlements,
      CheckForeignIds,     CheckProvisions,    CheckWaivers,    CheckAmendments,
      CheckExemptions,     CheckActivations,    CheckApprovers,  CheckObjects,
      CheckActs,           CheckLosses,           CheckGuards,       CheckEnforcers,
  };
  for (const auto check : kChecks) {
    if (const Fault fault = check(image)) return Damaged(fault);
  }
  if (const Fault fault = FindUnsupported(image)) {
    return Error{ErrorCode::WrongVersion,
                 std::string("the table uses ") + fault + ", which this runtime does not evaluate",
                 "use a runtime at least as new as the compiler that wrote it"};
  }
  return std::nullopt;
}

}  // namespace sod::core
