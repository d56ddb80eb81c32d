// The sections of scopes, entitlements, delegations, capacities, waivers and provisions for FullRows:
// added to closed rows, in which nothing refers to them yet.
#include <algorithm>
#include <tuple>
#include <utility>

#include "tests/support/test_table.h"

namespace sod::test {
namespace {

template <typename T>
uint32_t SizeOf(const std::vector<T>& rows) {
  return static_cast<uint32_t>(rows.size());
}

void AddNode(Rows& rows, const char* name, uint32_t parent, uint32_t lo, uint32_t hi) {
  format::ScopeNodeRecord node;
  node.name = node.title = rows.Text(name);
  node.parent = parent;
  node.lo = lo;
  node.hi = hi;
  rows.Names.push_back({node.name, format::NameKind::ScopeNode, SizeOf(rows.ScopeNodes)});
  rows.ScopeNodes.push_back(node);
}

void AddScopes(Rows& rows) {
  format::ScopeDimensionRecord dimension;
  dimension.name = dimension.title = rows.Text("company");
  dimension.leaf_count = 3;
  dimension.nodes_count = 4;
  rows.ScopeDimensions.push_back(dimension);
  rows.Names.push_back({dimension.name, format::NameKind::ScopeDimension, 0});
  AddNode(rows, "emea", kNone, 0, 2);
  AddNode(rows, "c1000", 0, 0, 1);
  AddNode(rows, "c2000", 0, 1, 2);
  AddNode(rows, "us", kNone, 2, 3);
  rows.ScopeBoxNodes = {{1}, {2}, {3}};
  rows.ScopeBoxes = {{0, 1}, {1, 1}, {2, 1}};
  rows.Scopes = {{0, 1}, {1, 2}};
  rows.Assignments.back().scope = 0;
  rows.Rules[0].match = format::ScopeMatch::Same;
  rows.Rules[0].dimension = 0;
  rows.Rules[2].only_in = 1;
}

void AddCapacities(Rows& rows) {
  format::ScaleRecord scale;
  scale.name = scale.title = rows.Text("capacity");
  scale.measures = format::ScaleMeasures::Capacity;
  scale.members_first = SizeOf(rows.ScaleMembers);
  scale.members_count = 2;
  for (const bool is_acting : {true, false}) {
    format::ScaleMemberRecord member;
    member.name = member.title = rows.Text(is_acting ? "performs" : "consulted");
    member.scale = SizeOf(rows.Scales);
    member.rank = is_acting ? 0 : 1;
    member.is_acting = is_acting;
    rows.ScaleMembers.push_back(member);
  }
  rows.Grants[0].capacity = scale.members_first;
  rows.Scales.push_back(scale);
}

// Holding `release` confers the duty audit alone, and with itself alone the duty build.
void AddEntitlements(Rows& rows) {
  const uint32_t audit = 2, build = 3;
  format::EntitlementRecord entitlement;
  entitlement.name = entitlement.title = rows.Text("release");
  entitlement.is_declared = entitlement.is_pattern = 1;
  entitlement.system = 0;
  rows.Systems[0].wildcard = rows.Text("*");
  entitlement.names_count = entitlement.excepts_count = entitlement.fields_count = 1;
  entitlement.confers_count = entitlement.duties_count = 1;
  rows.EntitlementNames = {{rows.Text("XK0*")}};
  rows.EntitlementExcepts = {{rows.Text("XK09")}};
  rows.EntitlementFields = {{rows.Text("activity"), rows.Text("01")}};
  rows.EntitlementConfers = {{0}};
  rows.EntitlementDuties = {{audit}};
  const format::DutyRecord& duty = rows.Duties[audit];
  for (uint32_t i = 0; i < duty.atoms_count; ++i) {
    rows.EntitlementAtoms.push_back({rows.DutyAtoms[duty.atoms_first + i].atom});
  }
  format::AtomRecord atom;
  atom.kind = format::AtomKind::Entitlement;
  atom.pairs_first = SizeOf(rows.AtomPairs);
  atom.limits_first = SizeOf(rows.AtomLimits);
  const uint32_t row = SizeOf(rows.Atoms);
  rows.EntitlementAtoms.push_back({row});
  entitlement.atoms_count = SizeOf(rows.EntitlementAtoms);
  rows.Atoms.push_back(atom);
  rows.Entitlements.push_back(entitlement);
  rows.Names.push_back({entitlement.name, format::NameKind::Entitlement, 0});
  rows.DerivationSources = {{row}};
  rows.Derivations.push_back({rows.DutyAtoms[rows.Duties[build].atoms_first].atom, 0, 1});
  rows.JointDutySources = {{row}, {row}};
  rows.JointDuties = {{build, 0, 2}};
}

void AddActors(Rows& rows) {
  format::ActorRecord bot;
  bot.name = bot.title = rows.Text("bot");
  bot.kind = format::ActorKind::Service;
  bot.accounts_first = 2;
  bot.members_first = SizeOf(rows.TeamMembers);
  bot.acts_as_first = 1;
  bot.controlled_by_count = 1;
  const uint32_t row = SizeOf(rows.Actors);
  rows.Actors.back().acts_as_count = 1;
  rows.ActorActsAs = {{row}};
  rows.ActorControllers = {{0}};
  rows.Actors.push_back(bot);
  rows.Names.push_back({bot.name, format::NameKind::Service, row});
  rows.Accounts.push_back({.system = 0, .identifier = rows.Text("root"), .users_first = 0, .users_count = 1});
  rows.AccountUsers = {{1}};
  format::DelegationRecord delegation;
  delegation.from = 0;
  delegation.until = 100 * 86400;
  delegation.delegate = 1;
  delegation.duty = 2;
  delegation.level = 2;
  rows.Delegations.push_back(delegation);
  rows.ForeignIds.push_back({0, rows.Text("E-1"), format::NameKind::Person, 0});
}

// What controls rest on, and whom they cover. Ranges stand at the last row of each, so that those
// before it may begin at 0.
void AddControlEdges(Rows& rows) {
  format::ControlRecord& control = rows.Controls.back();
  control.notifies_count = control.changes_notify_count = control.immutable_against_count = 1;
  control.administered_by_count = control.depends_on_count = 1;
  rows.ControlNotifies = rows.ControlChangesNotify = rows.ControlAdministrators = {{0}};
  rows.ControlImmutables.emplace_back();
  format::ControlDependencyRecord dependency;
  dependency.system = 0;
  rows.ControlDependencies.push_back(dependency);
  format::SystemRecord& system = rows.Systems.back();
  system.notifies_count = system.changes_notify_count = system.immutable_against_count = 1;
  rows.SystemNotifies = rows.SystemChangesNotify = {{0}};
  rows.SystemImmutables.emplace_back();
  rows.Meta.back().controls_count = rows.Roles.back().controls_count = rows.Actors.back().controls_count = 1;
  rows.Rules.back().process_controls_count = 1;
  rows.MetaControls = rows.RoleControls = rows.ActorControls = rows.RuleProcessControls = {{0}};
}

void AddWaiver(Rows& rows) {
  format::WaiverRecord waiver;
  waiver.from = 0;
  waiver.until = 100 * 86400;
  waiver.closed = 90 * 86400;
  waiver.next = 50 * 86400;
  waiver.name = waiver.title = rows.Text("leave");
  waiver.reason = rows.Text("One of two is on leave.");
  waiver.approver = 1;
  waiver.parties_count = 2;
  waiver.rules_count = waiver.controls_count = waiver.members_count = 1;
  waiver.only_in = 0;
  rows.Waivers.push_back(waiver);
  rows.WaiverParties = {{0, kNone}, {kNone, 0}};
  rows.WaiverRules = {{0, rows.Text("it is longer than 45d")}};
  rows.WaiverControls = {{0}};
  rows.WaiverMembers = {{0, kNone, kNone}};
}

void AddExemptions(Rows& rows) {
  format::ExemptionRecord exemption;
  exemption.until = 100 * 86400;
  exemption.before = kBeginningOfTime;
  exemption.name = exemption.title = rows.Text("harbour");
  exemption.because = rows.Text("There is one only.");
  exemption.parties_count = exemption.rules_count = exemption.approvers_count = 1;
  rows.Exemptions.push_back(exemption);
  exemption.name = exemption.title = rows.Text("merger");
  exemption.before = 10 * 86400;
  exemption.parties_first = exemption.rules_first = exemption.approvers_first = 1;
  exemption.parties_count = exemption.approvers_count = 0;
  rows.Exemptions.push_back(exemption);
  rows.ExemptionParties = {{kNone, 0}};
  rows.ExemptionRules = {{0, 0}, {0, 0}};
  rows.ExemptionApprovers = {{1, kNone}};
  rows.Rules.back().permitted_with_count = 1;
  rows.RulePermittedWith = {{0}};
}

// The second person uses an emergency, which gives a duty for a day.
void AddActivation(Rows& rows) {
  format::AssignmentRecord assignment;
  assignment.from = 20 * 86400;
  assignment.until = 21 * 86400;
  assignment.actor = 1;
  assignment.duty = 2;
  assignment.level = 2;
  assignment.state = format::HoldingState::Emergency;
  format::ActivationRecord activation;
  activation.from = assignment.from;
  activation.until = assignment.until;
  activation.review_due = 24 * 86400;
  activation.reviewed = 22 * 86400;
  activation.name = activation.title = rows.Text("november");
  activation.reason = rows.Text("storm");
  activation.user = 1;
  activation.reviewer = 0;
  activation.holdings_count = activation.barred_count = 1;
  rows.Activations.push_back(activation);
  rows.ActivationHoldings = {{SizeOf(rows.Assignments)}};
  rows.ActivationBarred = {{1, rows.Text("it never bypasses this conflict")}};
  rows.Assignments.push_back(assignment);
}

void AddProvision(Rows& rows) {
  format::ProvisionRecord provision;
  provision.kind = rows.Text("process");
  provision.name = provision.title = rows.Text("p1");
  provision.changes_verdicts = 1;
  provision.attributes_count = 1;
  rows.Provisions.push_back(provision);
  rows.ProvisionAttributes.push_back({rows.Text("for"), 0, 0, 1});
  format::ProvisionValueRecord value;
  value.referred = format::NameKind::Rule;
  rows.ProvisionValues.push_back(value);
}

// A kind of object that is part of another, and a process with one of each that is said of acts.
void AddObjects(Rows& rows) {
  const uint32_t process = SizeOf(rows.Provisions) - 1;
  for (const char* name : {"contract", "shipment"}) {
    format::ProvisionRecord provision;
    provision.kind = rows.Text("object");
    provision.name = provision.title = rows.Text(name);
    provision.attributes_first = SizeOf(rows.ProvisionAttributes);
    rows.Provisions.push_back(provision);
    rows.ObjectKinds.push_back({SizeOf(rows.Provisions) - 1, kNone, 0, 0, 0, 0});
  }
  rows.ObjectKinds[1].part_of = 0;
  rows.ObjectKinds[1].relations_count = rows.ObjectKinds[1].attributes_count = 1;
  rows.ObjectRelations = {{rows.Text("owner")}};
  rows.ObjectAttributes = {{rows.Text("value"), rows.Text("amount"), rows.Text("EUR"), 0, kNone}};
  rows.DutyObjects = {{0, 0, 1}, {0, 1, 0}};
  for (uint32_t row = 0; row < rows.Restrictions.size(); ++row) {
    if (rows.Restrictions[row].on_own_actions != 0) rows.OwnActionRules.push_back({row, format::Mode::Warn});
  }
  format::ActProcessRecord acts;
  acts.provision = process;
  acts.kind = 1;
  acts.closed_by = 1;
  acts.steps_count = 2;
  acts.constraints_count = acts.approvals_count = 1;
  rows.ActProcesses = {acts};
  rows.ActSteps = {{0, 1}, {1, 2}};
  rows.ActConstraints = {{format::ActConstraintKind::Apart, 3, 0, 1, 36, format::DurationUnit::Hour, kNone}};
  format::ActApprovalRecord approval;
  approval.name = approval.title = rows.Text("cargo_ok");
  approval.duty = 1;
  approval.within = 5;
  approval.within_unit = format::DurationUnit::Day;
  approval.slots_count = 1;
  approval.exclusions_count = 2;
  rows.ActApprovals = {approval};
  rows.ActSlots = {{1, 1, 0, 2}};
  rows.ActQualifiers = {{0, kNone, kNone, kNone, 1}, {kNone, 0, kNone, kNone, 0}};
  rows.ActExclusions = {{0, kNone}, {kNone, 0}};
}

// The first rule was milder and had no control of its own.
void AddAmendment(Rows& rows) {
  format::RuleAmendmentRecord amendment;
  amendment.until = 200 * 86400;
  amendment.rule = 0;
  amendment.mode = format::Mode::Warn;
  amendment.risk = amendment.category = amendment.owner = amendment.enforcement = kNone;
  rows.RuleAmendments.push_back(amendment);
  format::RuleChangeRecord change;
  change.until = amendment.until;
  rows.RuleChanges.push_back(change);
}

void AddDeadline(Rows& rows) {
  format::DeadlineRecord deadline;
  deadline.at = 150 * 86400;
  deadline.name = deadline.title = rows.Text("yearly");
  deadline.people_count = 1;
  rows.Deadlines.push_back(deadline);
  rows.DeadlinePeople = {{0}};
  rows.RuleApprovers = {{0, kNone, 0, 0}};
  rows.RuleLosses = {{0, format::RuleLoss::SuspendSide, 0}};
  rows.Rules.back().moment = format::Moment::Session;
  rows.RuleEnforcers = {{SizeOf(rows.Rules) - 1, 0}};
}

void AddCondition(Rows& rows, uint32_t rule, format::GuardPurpose purpose, uint32_t guard) {
  format::RuleConditionRecord condition;
  condition.from = kBeginningOfTime;
  condition.until = kEndOfTime;
  condition.rule = rule;
  condition.purpose = purpose;
  condition.guard = guard;
  if (purpose == format::GuardPurpose::Mode) condition.mode = format::Mode::Deny;
  if (purpose == format::GuardPurpose::Requires) {
    condition.control = 0;
    condition.what = condition.title = rows.Text("trail");
  }
  rows.RuleConditions.push_back(condition);
}

// The first rule applies where the department is the first, or the object is of the top class; its mode is
// another one with two who hold a duty; it requires a control.
void AddConditions(Rows& rows) {
  format::GuardSourceRecord department;
  department.name = department.title = rows.Text("holder.department");
  department.attribute = rows.Text("department");
  department.reads = format::GuardReads::Holder;
  department.type = format::GuardType::Word;
  department.words_count = 2;
  format::GuardSourceRecord value;
  value.name = rows.Text("shipment.value");
  value.object = rows.Text("shipment");
  value.attribute = rows.Text("value");
  value.reads = format::GuardReads::Object;
  value.currency = rows.Text("EUR");
  value.decimals = 2;
  value.words_first = 2;
  value.words_count = 1;
  format::GuardSourceRecord hazard = value;
  hazard.name = rows.Text("shipment.hazard");
  hazard.attribute = rows.Text("hazard");
  hazard.currency = hazard.decimals = 0;
  hazard.type = format::GuardType::Member;
  hazard.scale = 0;
  hazard.words_first = 3;
  hazard.words_count = 0;
  hazard.criteria_count = 2;
  format::GuardSourceRecord clerks;
  clerks.name = rows.Text("clerks");
  clerks.words_first = 3;
  clerks.is_counted = clerks.counted_count = 1;
  clerks.criteria_first = 2;
  format::GuardSourceRecord second;
  second.name = rows.Text("second");
  second.reads = format::GuardReads::Switch;
  second.type = format::GuardType::Flag;
  second.words_first = 3;
  second.settings_count = 2;
  second.counted_first = 1;
  second.criteria_first = 2;
  rows.GuardSources = {department, value, hazard, clerks, second};
  rows.GuardWords = {{0, 0, rows.Text("pharmacy"), 0}, {1, 1, rows.Text("radiology"), 0}, {0, 99, rows.Text("small"), 0}};
  rows.GuardSettings = {{kBeginningOfTime, 0}, {100 * 86400, 1}};
  format::CountedElementRecord counted;
  counted.duty = 2;
  rows.CountedElements = {counted};
  rows.ClassCriteria = {{1, 0}, {0, kNone}};
  using Kind = format::GuardNodeKind;
  rows.GuardNodes = {{Kind::Is, 0, 1, 0, 1},    {Kind::Or, 2, kNone, 1, 0}, {Kind::Is, 0, 0, 1, 1},        {Kind::Is, 0, 2, 2, 1},
                     {Kind::And, 2, kNone, 3, 0}, {Kind::Is, 0, 3, 3, 2},     {Kind::Not, 1, kNone, 5, 0}, {Kind::IsUnknown, 0, 4, 5, 0}};
  rows.GuardValues = {{100, INT64_MAX}, {0, 0}, {1, 1}, {INT64_MIN, 0}, {2, INT64_MAX}};
  rows.Guards = {{rows.Text("value above 1"), 0, 1}, {rows.Text("holder.department is pharmacy or hazard is high"), 1, 3},
                 {rows.Text("clerks at least 2 and not second is unknown"), 4, 4}};
  AddCondition(rows, 0, format::GuardPurpose::Applies, 1);
  AddCondition(rows, 0, format::GuardPurpose::Mode, 2);
  AddCondition(rows, 0, format::GuardPurpose::Requires, kNone);
  rows.PersonValues = {{kBeginningOfTime, 50 * 86400, 0, 0, 0}, {50 * 86400, kEndOfTime, 1, 0, 0}};
}

void AddRest(Rows& rows) {
  AddAmendment(rows);
  AddDeadline(rows);
  rows.Groups[0].roles_count = 1;
  rows.GroupRoles = {{0}};
  rows.Roles.back().tags_count = 1;
  rows.RoleTags = {{rows.Text("desk")}};
  rows.Rules.back().unevaluated = format::Unevaluated::Guard;
  rows.Rules.back().guards_count = 1;
  rows.RuleGuards = {{0}};
  rows.Modules.push_back({rows.Text("std.it"), 0, 0, 0});
}

}  // namespace

void AddWideSections(Rows& rows) {
  AddScopes(rows);
  AddCapacities(rows);
  AddEntitlements(rows);
  AddActors(rows);
  AddControlEdges(rows);
  AddWaiver(rows);
  AddExemptions(rows);
  AddActivation(rows);
  AddProvision(rows);
  AddObjects(rows);
  AddRest(rows);
  AddConditions(rows);
  std::ranges::sort(rows.Names, {}, [&](const format::NameRecord& name) {
    return std::tuple(rows.strings[name.name], name.kind, name.index);
  });
}

}  // namespace sod::test
