// Numbers of declared things in the model, and what every one of them has.
#ifndef SODC_MODEL_IDS_H_
#define SODC_MODEL_IDS_H_

#include <string>

#include "compiler/base/id.h"
#include "compiler/source/span.h"

namespace sodc::model {

struct Scale;
struct ScaleMember;
struct Duty;
struct Group;
struct Role;
struct Actor;
struct System;
struct Control;
struct Framework;
struct Clause;
struct Conflict;
struct ScopeDimension;
struct ScopeNode;
struct Entitlement;
struct Provision;

using ScaleId = Id<Scale>;
using ScaleMemberId = Id<ScaleMember>;
using DutyId = Id<Duty>;
using GroupId = Id<Group>;
using RoleId = Id<Role>;
using ActorId = Id<Actor>;
using SystemId = Id<System>;
using ControlId = Id<Control>;
using FrameworkId = Id<Framework>;
using ClauseId = Id<Clause>;
using ConflictId = Id<Conflict>;
using ScopeDimensionId = Id<ScopeDimension>;
using ScopeNodeId = Id<ScopeNode>;
using EntitlementId = Id<Entitlement>;
using ProvisionId = Id<Provision>;

// What every declared thing has. `is_own` = declared in the policy's own files
// (not in std), which is what `all` means (rulings SEM-29).
struct Common {
  std::string name;         // as written, without backticks; modules do not qualify it
  std::string title;        // never empty: the name when no title was given
  std::string description;  // `description` or the `///` comment
  Span span;                // the declared name
  bool is_own = true;
};

}  // namespace sodc::model

#endif  // SODC_MODEL_IDS_H_
