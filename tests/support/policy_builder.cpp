// The most obvious lowering: every closure by trying everything.
#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/test_table.h"

namespace sod::test {
namespace {

template <typename T>
uint32_t SizeOf(const std::vector<T>& rows) {
  return static_cast<uint32_t>(rows.size());
}

}  // namespace

PolicyBuilder::PolicyBuilder() {
  format::MetaRecord meta;
  meta.name = rows.Text("demo");
  meta.title = rows.Text("Demo");
  meta.language = 1;
  meta.mode_ceiling = format::Mode::Deny;
  rows.Meta.push_back(meta);
  rows.Sources.push_back({rows.Text("demo.sod"), {}});
}

void PolicyBuilder::Levels(std::initializer_list<const char*> names) {
  format::ScaleRecord scale;
  scale.name = rows.Text("access");
  scale.measures = format::ScaleMeasures::Access;
  scale.members_count = static_cast<uint32_t>(names.size());
  for (const char* name : names) {
    format::ScaleMemberRecord member;
    member.name = rows.Text(name);
    member.rank = SizeOf(rows.ScaleMembers);
    rows.ScaleMembers.push_back(member);
  }
  rows.Scales.push_back(scale);
  rows.Meta[0].access_scale = 0;
}

void PolicyBuilder::Capacities(std::initializer_list<CapacitySpec> specs) {
  format::ScaleRecord scale;
  scale.name = rows.Text("capacity");
  scale.measures = format::ScaleMeasures::Capacity;
  scale.members_first = SizeOf(rows.ScaleMembers);
  scale.members_count = static_cast<uint32_t>(specs.size());
  for (const CapacitySpec& spec : specs) {
    format::ScaleMemberRecord member;
    member.name = member.title = rows.Text(spec.name);
    member.scale = SizeOf(rows.Scales);
    member.rank = SizeOf(rows.ScaleMembers) - scale.members_first;
    member.is_acting = spec.is_acting ? 1 : 0;
    rows.ScaleMembers.push_back(member);
  }
  rows.Scales.push_back(scale);
}

void PolicyBuilder::Dimension(std::string_view name, std::initializer_list<const char*> leaves) {
  format::ScopeDimensionRecord dimension;
  dimension.name = dimension.title = rows.Text(name);
  dimension.leaf_count = dimension.nodes_count = static_cast<uint32_t>(leaves.size());
  rows.ScopeDimensions.push_back(dimension);
  for (const char* leaf : leaves) {
    format::ScopeNodeRecord node;
    node.name = node.title = rows.Text(leaf);
    node.lo = SizeOf(rows.ScopeNodes);
    node.hi = node.lo + 1;
    rows.ScopeNodes.push_back(node);
  }
}

uint32_t PolicyBuilder::Entitlement(std::string_view name, std::vector<uint32_t> duties) {
  format::EntitlementRecord entitlement;
  entitlement.name = entitlement.title = rows.Text(name);
  entitlement.is_declared = 1;
  entitlement.confers_first = SizeOf(rows.EntitlementConfers);
  entitlement.confers_count = 1;
  rows.EntitlementConfers.push_back({SizeOf(rows.Entitlements)});
  rows.Entitlements.push_back(entitlement);
  std::ranges::sort(duties);
  conferred_.push_back(std::move(duties));
  return SizeOf(rows.Entitlements) - 1;
}

void PolicyBuilder::Together(uint32_t duty, std::vector<uint32_t> entitlements) {
  for (const uint32_t entitlement : entitlements) Atom(format::AtomKind::Entitlement, entitlement, 0);
  joints_.push_back({duty, std::move(entitlements)});
}

uint32_t PolicyBuilder::Duty(std::string_view name, std::string_view title) {
  format::DutyRecord duty;
  duty.name = rows.Text(name);
  duty.title = rows.Text(title.empty() ? name : title);
  duty.is_own = 1;
  rows.Duties.push_back(duty);
  return SizeOf(rows.Duties) - 1;
}

uint32_t PolicyBuilder::Role(const RoleSpec& spec) {
  format::RoleRecord role;
  role.name = role.title = rows.Text(spec.name);
  role.includes_first = SizeOf(rows.RoleIncludes);
  role.includes_count = SizeOf(spec.includes);
  role.grants_first = SizeOf(rows.Grants);
  role.grants_count = SizeOf(spec.grants);
  role.restrictions_first = SizeOf(rows.Restrictions);
  for (const uint32_t included : spec.includes) rows.RoleIncludes.push_back({included});
  for (const Held& held : spec.grants) {
    format::GrantRecord grant;
    grant.role = SizeOf(rows.Roles);
    grant.duty = held.duty;
    grant.level = held.level;
    rows.Grants.push_back(grant);
  }
  for (const uint32_t entitlement : spec.entitlements) {
    format::GrantRecord grant;
    grant.role = SizeOf(rows.Roles);
    grant.duty = kNone;
    grant.entitlement = entitlement;
    rows.Grants.push_back(grant);
    ++role.grants_count;
  }
  rows.Roles.push_back(role);
  return SizeOf(rows.Roles) - 1;
}

void PolicyBuilder::RestrictOwnActions(uint32_t role, uint32_t duty) {
  format::RestrictionRecord restriction;
  restriction.role = role;
  restriction.duties_first = SizeOf(rows.RestrictionDuties);
  restriction.duties_count = 1;
  restriction.item = rows.Duties[duty].name;
  restriction.on_own_actions = 1;
  rows.RestrictionDuties.push_back({duty});
  rows.Restrictions.push_back(restriction);
  ++rows.Roles[role].restrictions_count;
}

uint32_t PolicyBuilder::System(std::string_view name) {
  format::SystemRecord system;
  system.name = system.title = rows.Text(name);
  rows.Systems.push_back(system);
  return SizeOf(rows.Systems) - 1;
}

uint32_t PolicyBuilder::Person(std::string_view name, std::vector<std::string> accounts) {
  format::ActorRecord actor;
  actor.name = actor.title = rows.Text(name);
  actor.accounts_first = SizeOf(rows.Accounts);
  actor.accounts_count = SizeOf(accounts);
  actor.members_first = SizeOf(rows.TeamMembers);
  for (const std::string& account : accounts) {
    rows.Accounts.push_back(
        {.owner = SizeOf(rows.Actors), .system = 0, .identifier = rows.Text(account)});
  }
  rows.Actors.push_back(actor);
  return SizeOf(rows.Actors) - 1;
}

uint32_t PolicyBuilder::Team(std::string_view name, std::vector<uint32_t> members) {
  const uint32_t team = Person(name);
  rows.Actors[team].kind = format::ActorKind::Team;
  rows.Actors[team].members_count = SizeOf(members);
  for (const uint32_t member : members) rows.TeamMembers.push_back({member});
  return team;
}

uint32_t PolicyBuilder::UnownedAccount(std::string_view identifier) {
  rows.Accounts.push_back({.system = 0, .identifier = rows.Text(identifier)});
  return SizeOf(rows.Accounts) - 1;
}

uint32_t PolicyBuilder::Atom(format::AtomKind kind, uint32_t ref, uint32_t level, uint32_t capacity) {
  for (uint32_t i = 0; i < rows.Atoms.size(); ++i) {
    const format::AtomRecord& atom = rows.Atoms[i];
    if (atom.kind == kind && atom.ref == ref && atom.level == level && atom.capacity == capacity) return i;
  }
  format::AtomRecord atom;
  atom.kind = kind;
  atom.ref = ref;
  atom.level = level;
  atom.capacity = capacity;
  rows.Atoms.push_back(atom);
  return SizeOf(rows.Atoms) - 1;
}

void PolicyBuilder::AddSide(const SideSpec& spec, std::vector<uint32_t>& members) {
  format::SideRecord side;
  side.rule = SizeOf(rows.Rules);
  side.quantifier = spec.quantifier;
  side.elements_first = SizeOf(rows.Elements);
  side.elements_count = SizeOf(spec.elements);
  for (const ElementSpec& item : spec.elements) {
    format::ElementRecord element;
    element.level = item.level;
    element.capacity = item.capacity;
    if (item.is_entitlement) {
      element.kind = format::ElementKind::Entitlement;
      element.entitlement = item.target;
      element.atom = Atom(format::AtomKind::Entitlement, item.target, 0);
    } else {
      element.kind = item.is_role ? format::ElementKind::Role : format::ElementKind::Duty;
      (item.is_role ? element.role : element.duty) = item.target;
      element.atom = Atom(item.is_role ? format::AtomKind::Role : format::AtomKind::Duty, item.target, item.level, item.capacity);
    }
    rows.Elements.push_back(element);
    if (spec.quantifier != format::Quantifier::Any || spec.elements.size() < 2) {
      members.push_back(element.atom);
    }
  }
  if (spec.quantifier == format::Quantifier::Any && spec.elements.size() > 1) {
    side.atom = Atom(format::AtomKind::Side, SizeOf(rows.Sides), 0);
    members.push_back(side.atom);
  }
  rows.Sides.push_back(side);
}

uint32_t PolicyBuilder::Rule(const RuleSpec& spec) {
  format::RuleRecord rule;
  rule.valid_from = spec.valid_from;
  rule.valid_until = spec.valid_until;
  rule.name = rule.title = rows.Text(spec.name);
  rule.kind = spec.kind;
  rule.mode = spec.mode;
  rule.counting = 0b10011;  // active, eligible, emergency
  rule.disabled_until = kBeginningOfTime;
  rule.sides_first = SizeOf(rows.Sides);
  rule.sides_count = SizeOf(spec.sides);
  rule.members_first = SizeOf(rows.RuleMembers);
  rule.places_first = SizeOf(rows.RulePlaces);
  rule.places_count = 1;
  rows.RulePlaces.push_back({});
  std::vector<uint32_t> members;
  for (const SideSpec& side : spec.sides) AddSide(side, members);
  std::ranges::sort(members);
  for (const uint32_t atom : members) rows.RuleMembers.push_back({atom});
  rule.members_count = SizeOf(members);
  rule.at_most =
      spec.at_most < 0 ? rule.members_count - 1 : static_cast<uint32_t>(spec.at_most);
  rows.Rules.push_back(rule);
  return SizeOf(rows.Rules) - 1;
}

uint32_t PolicyBuilder::Pair(std::string_view name, Held a, Held b, format::Mode mode) {
  RuleSpec spec;
  spec.name = name;
  spec.mode = mode;
  spec.sides = {{format::Quantifier::One, {{false, a.duty, a.level}}},
                {format::Quantifier::One, {{false, b.duty, b.level}}}};
  return Rule(spec);
}

format::AssignmentRecord PolicyBuilder::NewAssignment(int64_t from, int64_t until) {
  format::AssignmentRecord assignment;
  assignment.from = from;
  assignment.until = until;
  return assignment;
}

void PolicyBuilder::AssignRole(uint32_t actor, uint32_t role, int64_t from, int64_t until) {
  format::AssignmentRecord assignment = NewAssignment(from, until);
  assignment.actor = actor;
  assignment.role = role;
  rows.Assignments.push_back(assignment);
}

void PolicyBuilder::AssignDuty(uint32_t actor, Held held, int64_t from, int64_t until) {
  format::AssignmentRecord assignment = NewAssignment(from, until);
  assignment.actor = actor;
  assignment.duty = held.duty;
  assignment.level = held.level;
  rows.Assignments.push_back(assignment);
}

void PolicyBuilder::AssignEntitlement(uint32_t actor, uint32_t entitlement) {
  format::AssignmentRecord assignment = NewAssignment(kBeginningOfTime, kEndOfTime);
  assignment.actor = actor;
  assignment.entitlement = entitlement;
  rows.Assignments.push_back(assignment);
}

void PolicyBuilder::AssignRoleToAccount(uint32_t account, uint32_t role) {
  format::AssignmentRecord assignment = NewAssignment(kBeginningOfTime, kEndOfTime);
  assignment.account = account;
  assignment.role = role;
  rows.Assignments.push_back(assignment);
}

void PolicyBuilder::AddDutyAtoms() {
  for (uint32_t duty = 0; duty < rows.Duties.size(); ++duty) {
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> atoms;  // atom and capacity, lowest level that sets it
    for (const format::SideRecord& side : rows.Sides) {
      for (uint32_t i = 0; i < side.elements_count; ++i) {
        const format::ElementRecord& element = rows.Elements[side.elements_first + i];
        if (element.kind != format::ElementKind::Duty || element.duty != duty) continue;
        atoms.try_emplace({element.atom, element.capacity}, element.level);
        if (side.atom == kNone) continue;
        uint32_t& level = atoms.try_emplace({side.atom, element.capacity}, element.level).first->second;
        level = std::min(level, element.level);
      }
    }
    rows.Duties[duty].atoms_first = SizeOf(rows.DutyAtoms);
    rows.Duties[duty].atoms_count = static_cast<uint32_t>(atoms.size());
    for (const auto& [atom, level] : atoms) {
      rows.DutyAtoms.push_back({.atom = atom.first, .level = level, .capacity = atom.second});
    }
  }
}

bool PolicyBuilder::IsConferred(uint32_t capacity) const {
  if (capacity == kNone) return true;
  const auto is_acting = [](const format::ScaleMemberRecord& member) { return member.is_acting != 0; };
  const auto first = std::ranges::find_if(rows.ScaleMembers, is_acting);
  return first != rows.ScaleMembers.end() && first - rows.ScaleMembers.begin() == static_cast<std::ptrdiff_t>(capacity);
}

// What an entitlement sets: itself where a rule or a derivation waits for it, and the atoms of its duties.
void PolicyBuilder::AddEntitlementAtoms() {
  for (uint32_t row = 0; row < rows.Entitlements.size(); ++row) {
    std::vector<uint32_t> atoms;
    for (uint32_t i = 0; i < rows.Atoms.size(); ++i) {
      if (rows.Atoms[i].kind == format::AtomKind::Entitlement && rows.Atoms[i].ref == row) atoms.push_back(i);
    }
    format::EntitlementRecord& entitlement = rows.Entitlements[row];
    entitlement.duties_first = SizeOf(rows.EntitlementDuties);
    entitlement.duties_count = SizeOf(conferred_[row]);
    for (const uint32_t duty : conferred_[row]) {
      rows.EntitlementDuties.push_back({duty});
      const format::DutyRecord& record = rows.Duties[duty];
      for (uint32_t a = record.atoms_first; a < record.atoms_first + record.atoms_count; ++a) {
        if (IsConferred(rows.DutyAtoms[a].capacity)) atoms.push_back(rows.DutyAtoms[a].atom);
      }
    }
    std::ranges::sort(atoms);
    const auto repeated = std::ranges::unique(atoms);
    atoms.erase(repeated.begin(), repeated.end());
    entitlement.atoms_first = SizeOf(rows.EntitlementAtoms);
    entitlement.atoms_count = SizeOf(atoms);
    for (const uint32_t atom : atoms) rows.EntitlementAtoms.push_back({atom});
  }
}

void PolicyBuilder::AddDerivations() {
  const auto add_sources = [&](const Joint& joint, std::vector<format::AtomRefRecord>& section) {
    for (const uint32_t entitlement : joint.entitlements) section.push_back({Atom(format::AtomKind::Entitlement, entitlement, 0)});
  };
  for (const Joint& joint : joints_) {
    const format::DutyRecord duty = rows.Duties[joint.duty];
    for (uint32_t a = duty.atoms_first; a < duty.atoms_first + duty.atoms_count; ++a) {
      if (!IsConferred(rows.DutyAtoms[a].capacity)) continue;
      rows.Derivations.push_back({rows.DutyAtoms[a].atom, SizeOf(rows.DerivationSources), SizeOf(joint.entitlements)});
      add_sources(joint, rows.DerivationSources);
    }
    rows.JointDuties.push_back({joint.duty, SizeOf(rows.JointDutySources), SizeOf(joint.entitlements)});
    add_sources(joint, rows.JointDutySources);
  }
}

// Roles include only roles added before, so their closures are there already. The first
// supplier in declared order wins; chains are as long as they come, which tests may shorten.
void PolicyBuilder::AddRoleClosure(uint32_t row) {
  format::RoleRecord& role = rows.Roles[row];
  std::map<uint32_t, std::pair<uint32_t, uint32_t>> duties;  // duty: level, via
  std::map<uint32_t, uint32_t> atoms;                        // atom: via
  for (const format::SideRecord& side : rows.Sides) {
    for (uint32_t i = 0; i < side.elements_count; ++i) {
      const format::ElementRecord& element = rows.Elements[side.elements_first + i];
      if (element.kind != format::ElementKind::Role || element.role != row) continue;
      atoms.try_emplace(element.atom, kNone);
      if (side.atom != kNone) atoms.try_emplace(side.atom, kNone);
    }
  }
  const auto offer = [&](uint32_t duty, uint32_t level, uint32_t via) {
    const auto [place, is_new] = duties.try_emplace(duty, level, via);
    if (!is_new && place->second.first < level) place->second = {level, via};
  };
  for (uint32_t i = role.grants_first; i < role.grants_first + role.grants_count; ++i) {
    const format::GrantRecord& grant = rows.Grants[i];
    if (grant.duty == kNone) {
      const format::EntitlementRecord& entitlement = rows.Entitlements[grant.entitlement];
      for (uint32_t d = 0; d < entitlement.duties_count; ++d) offer(rows.EntitlementDuties[entitlement.duties_first + d].duty, 0, i);
      for (uint32_t a = 0; a < entitlement.atoms_count; ++a) atoms.try_emplace(rows.EntitlementAtoms[entitlement.atoms_first + a].atom, i);
      continue;
    }
    offer(grant.duty, grant.level, i);
    const format::DutyRecord& duty = rows.Duties[grant.duty];
    for (uint32_t a = duty.atoms_first; a < duty.atoms_first + duty.atoms_count; ++a) {
      if (rows.DutyAtoms[a].level <= grant.level && IsConferred(rows.DutyAtoms[a].capacity)) atoms.try_emplace(rows.DutyAtoms[a].atom, i);
    }
  }
  for (uint32_t i = role.includes_first; i < role.includes_first + role.includes_count; ++i) {
    const uint32_t via = format::kViaRole + rows.RoleIncludes[i].role;
    const format::RoleRecord& included = rows.Roles[rows.RoleIncludes[i].role];
    for (uint32_t d = included.duties_first; d < included.duties_first + included.duties_count; ++d) {
      offer(rows.RoleDuties[d].duty, rows.RoleDuties[d].level, via);
    }
    for (uint32_t a = included.atoms_first; a < included.atoms_first + included.atoms_count; ++a) {
      const uint32_t capacity = rows.Atoms[rows.RoleAtoms[a].atom].capacity;
      const bool is_role = rows.Atoms[rows.RoleAtoms[a].atom].kind == format::AtomKind::Role;
      if (is_role && capacity != kNone && rows.ScaleMembers[capacity].is_acting == 0) continue;  // not passed on
      atoms.try_emplace(rows.RoleAtoms[a].atom, via);
    }
  }
  role.duties_first = SizeOf(rows.RoleDuties);
  role.duties_count = static_cast<uint32_t>(duties.size());
  for (const auto& [duty, supply] : duties) {
    rows.RoleDuties.push_back({duty, supply.first, supply.second});
  }
  role.atoms_first = SizeOf(rows.RoleAtoms);
  role.atoms_count = static_cast<uint32_t>(atoms.size());
  for (const auto& [atom, via] : atoms) rows.RoleAtoms.push_back({.atom = atom, .via = via});
}

void PolicyBuilder::AddAdjacency() {
  for (uint32_t row = 0; row < rows.Atoms.size(); ++row) {
    std::vector<format::AtomPairRecord> pairs;
    format::AtomRecord& atom = rows.Atoms[row];
    atom.limits_first = SizeOf(rows.AtomLimits);
    for (uint32_t rule_row = 0; rule_row < rows.Rules.size(); ++rule_row) {
      const format::RuleRecord& rule = rows.Rules[rule_row];
      const auto* members = rows.RuleMembers.data() + rule.members_first;
      for (uint32_t i = 0; i < rule.members_count; ++i) {
        if (members[i].atom != row) continue;
        if (rule.members_count == 2 && rule.at_most == 1) {
          pairs.push_back({members[1 - i].atom, rule_row});
        } else {
          rows.AtomLimits.push_back({rule_row});
        }
      }
    }
    atom.limits_count = SizeOf(rows.AtomLimits) - atom.limits_first;
    std::ranges::sort(pairs, {}, [](const format::AtomPairRecord& pair) {
      return std::pair(pair.atom, pair.rule);
    });
    atom.pairs_first = SizeOf(rows.AtomPairs);
    atom.pairs_count = SizeOf(pairs);
    rows.AtomPairs.insert(rows.AtomPairs.end(), pairs.begin(), pairs.end());
  }
}

void PolicyBuilder::AddNames() {
  using format::NameKind;
  const auto add = [&](const auto& records, NameKind kind) {
    for (uint32_t i = 0; i < records.size(); ++i) rows.Names.push_back({records[i].name, kind, i});
  };
  add(rows.Scales, NameKind::Scale);
  add(rows.ScaleMembers, NameKind::ScaleMember);
  add(rows.Duties, NameKind::Duty);
  add(rows.Groups, NameKind::Group);
  add(rows.Roles, NameKind::Role);
  add(rows.Entitlements, NameKind::Entitlement);
  add(rows.ScopeDimensions, NameKind::ScopeDimension);
  add(rows.ScopeNodes, NameKind::ScopeNode);
  add(rows.Systems, NameKind::System);
  add(rows.Rules, NameKind::Rule);
  add(rows.Controls, NameKind::Control);
  add(rows.Frameworks, NameKind::Framework);
  add(rows.Documents, NameKind::Document);
  for (uint32_t i = 0; i < rows.Actors.size(); ++i) {
    const bool is_team = rows.Actors[i].kind == format::ActorKind::Team;
    rows.Names.push_back({rows.Actors[i].name, is_team ? NameKind::Team : NameKind::Person, i});
  }
  std::ranges::sort(rows.Names, {}, [&](const format::NameRecord& name) {
    return std::tuple(rows.strings[name.name], name.kind, name.index);
  });
}

Rows PolicyBuilder::Finish() {
  AddDutyAtoms();
  AddEntitlementAtoms();
  AddDerivations();
  for (uint32_t role = 0; role < rows.Roles.size(); ++role) AddRoleClosure(role);
  AddAdjacency();
  AddNames();
  return rows;
}

Table PolicyBuilder::Load() {
  const std::string file = Write(Finish());
  Result<Table> table = Table::Load(std::as_bytes(std::span(file)));
  if (!table) ADD_FAILURE() << table.error().message;
  return table.value();
}

}  // namespace sod::test
