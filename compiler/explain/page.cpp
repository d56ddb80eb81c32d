#include "compiler/explain/page.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/explain/words.h"

namespace sodc::explain {
namespace {

using model::Model;

constexpr size_t kMostLines = 60;

void AddDuty(const Model& model, model::DutyId id, Page& page) {
  const model::Duty& duty = model.duties[id];
  if (duty.duty_class.is_valid()) page.Fact("class", model.scale_members[duty.duty_class].common.name);
  page.Fact("tags", Join(duty.tags));
  if (duty.catalogue_entry.is_valid()) page.Fact("stands for", Label(model.duties[duty.catalogue_entry].common));
  std::vector<std::string> groups, stand_ins;
  for (const model::Group& group : model.groups) {
    if (std::find(group.members.begin(), group.members.end(), id) != group.members.end()) groups.push_back(group.common.name);
  }
  for (const model::Duty& other : model.duties) {
    if (other.catalogue_entry == id) stand_ins.push_back(other.common.name);
  }
  page.Fact("in groups", Join(groups));
  page.Fact("stood for by", Join(stand_ins));
  AddConferredBy(model, id, page);
}

void AddRole(const Model& model, model::RoleId id, Page& page) {
  const model::Role& role = model.roles[id];
  page.Fact("tags", Join(role.tags));
  page.Fact("includes", NamesOf(model.roles, role.includes));
  std::vector<std::string> includers, grants, restrictions;
  for (const model::Role& other : model.roles) {
    if (std::find(other.includes.begin(), other.includes.end(), id) != other.includes.end()) includers.push_back(other.common.name);
  }
  page.Fact("included in", Join(includers));
  for (const model::Grant& grant : role.grants) {
    const model::Common& what = grant.duty.is_valid() ? model.duties[grant.duty].common
                                                      : model.entitlements[grant.entitlement].common;
    const std::string_view kind = grant.duty.is_valid() ? "" : "entitlement ";
    grants.push_back(std::string(kind) + Label(what) + Conditions(model, grant) + (grant.note.empty() ? "" : ": " + grant.note));
  }
  for (const model::Restriction& restriction : role.restrictions) {
    restrictions.push_back(restriction.item_name + (restriction.on_own_actions ? " on own actions" : "") +
                           (restriction.modality == model::Modality::Should ? " (should)" : ""));
  }
  page.Section("Grants", grants);
  page.Section("Restricts", restrictions);
}

void AddActor(const Model& model, model::ActorId id, Page& page) {
  const model::Actor& actor = model.actors[id];
  if (actor.is_vacant) page.Line("vacant");
  std::vector<std::string> accounts, teams, users;
  for (const model::Account& account : actor.accounts) {
    accounts.push_back(model.systems[account.system].common.name + ":" + account.identifier);
  }
  for (const model::Actor& other : model.actors) {
    if (std::find(other.members.begin(), other.members.end(), id) != other.members.end()) teams.push_back(other.common.name);
    if (std::find(other.acts_as.begin(), other.acts_as.end(), id) != other.acts_as.end()) users.push_back(other.common.name);
  }
  page.Fact("accounts", Join(accounts));
  page.Fact("members", NamesOf(model.actors, actor.members));
  page.Fact("acts as", NamesOf(model.actors, actor.acts_as));
  page.Fact("controlled by", NamesOf(model.actors, actor.controlled_by));
  if (actor.acts_for_caller) page.Line("acts for its caller");
  page.Fact("in teams", Join(teams));
  page.Fact("acted as by", Join(users));
}

void AddSystem(const Model& model, model::SystemId id, Page& page) {
  const model::System& system = model.systems[id];
  if (system.operated_by.is_valid()) page.Fact("operated by", model.actors[system.operated_by].common.name);
  page.Fact("administered by", NamesOf(model.actors, system.administered_by));
  page.Fact("depends on", NamesOf(model.systems, system.depends_on));
  std::vector<std::string> controls;
  for (const model::Control& control : model.controls) {
    if (std::find(control.systems.begin(), control.systems.end(), id) != control.systems.end()) controls.push_back(control.common.name);
  }
  page.Fact("controls on it", Join(controls));
}

// Alone, not behind other words.
std::string Trimmed(std::string text) { return text.empty() ? text : text.substr(1); }

std::string ClauseName(const Model& model, model::ClauseId id) {
  return model.frameworks[model.clauses[id].framework].common.name + " " + model.clauses[id].id;
}

std::string ClauseNames(const Model& model, const std::vector<model::ClauseId>& ids) {
  std::vector<std::string> names;
  for (const model::ClauseId id : ids) names.push_back(ClauseName(model, id));
  return Join(names);
}

std::string Cadence(const Model& model, const model::Control& control) {
  constexpr std::string_view kUnits[] = {"h", "d", "w", "mo", "y"};
  constexpr std::string_view kEvents[] = {"", "on each", "after each", "when"};
  if (control.cadence.count != 0) return fmt::format("every {}{}", control.cadence.count, kUnits[static_cast<size_t>(control.cadence.unit)]);
  if (control.cadence_event == model::CadenceEvent::None || !control.cadence_of.is_valid()) return {};
  const std::string& of = model.provisions[control.cadence_of].common.name;
  const std::string_view end = control.cadence_event == model::CadenceEvent::WhenChanges ? " changes" : "";
  return fmt::format("{} {}{}", kEvents[static_cast<size_t>(control.cadence_event)], of, end);
}

// Whom and what it is said to watch.
std::vector<std::string> CoveredBy(const Model& model, model::ControlId id) {
  std::vector<std::string> covered;
  const auto lists = [&](const std::vector<model::ControlId>& controls) { return std::ranges::find(controls, id) != controls.end(); };
  if (lists(model.policy.controls)) covered.emplace_back("every conflict of the policy");
  for (const model::Conflict& conflict : model.conflicts) {
    if (lists(conflict.controls)) covered.push_back(RuleLine(model, conflict));
  }
  for (const model::Role& role : model.roles) {
    if (lists(role.controls)) covered.push_back("conflicts that role " + Label(role.common) + " takes part in");
  }
  for (const model::Actor& actor : model.actors) {
    if (lists(actor.controls)) covered.push_back("conflicts of " + Label(actor.common));
  }
  return covered;
}

void AddControl(const Subject& subject, model::ControlId id, Page& page) {
  const Model& model = subject.model;
  const model::Control& control = model.controls[id];
  constexpr std::string_view kNatures[] = {"preventive", "detective", "corrective"};
  constexpr std::string_view kStates[] = {"implemented", "tested", "planned", "failed"};
  constexpr std::string_view kAutomations[] = {"", ", automated", ", manual"};
  if (control.nature) page.Fact("nature", fmt::format("{}{}", kNatures[static_cast<size_t>(*control.nature)], kAutomations[static_cast<size_t>(control.automation)]));
  page.Fact("status", kStates[static_cast<size_t>(control.status)]);
  page.Fact("done", Cadence(model, control));
  page.Fact("in force", Trimmed(During(model, control.valid_from, control.valid_until)));
  const bool is_bounded = control.valid_from != kBeginningOfTime || control.valid_until != kEndOfTime;
  if (subject.as_of && is_bounded) {
    const bool is_in_force = control.valid_from <= *subject.as_of && *subject.as_of < control.valid_until;
    page.Fact("on " + TimeText(*subject.as_of, model.policy.time_zone_seconds), is_in_force ? "in force" : "not in force");
  }
  if (control.owner.is_valid()) page.Fact("owner", Label(model.actors[control.owner].common));
  page.Fact("performed by", NamesOf(model.actors, control.performers));
  page.Fact("reviewed by", NamesOf(model.actors, control.reviewers));
  page.Fact("on", NamesOf(model.systems, control.systems));
  std::vector<std::string> needed;
  for (const auto& one : control.depends_on) {
    const auto* other = std::get_if<model::ControlId>(&one);
    needed.push_back(other != nullptr ? model.controls[*other].common.name : model.systems[std::get<model::SystemId>(one)].common.name);
  }
  page.Fact("depends on", Join(needed));
  page.Fact("administered by", control.administered_by_nobody ? "nobody" : NamesOf(model.actors, control.administered_by));
  page.Fact("notifies", NamesOf(model.actors, control.notifies));
  page.Fact("changes notify", NamesOf(model.actors, control.changes_notify));
  page.Fact("has", NamesOf(model.scale_members, control.properties));
  page.Fact("satisfies", ClauseNames(model, control.clauses));
  page.Fact("references", Join(control.references));
  std::vector<std::string> evidence;
  for (const model::Evidence& row : control.evidence) {
    evidence.push_back(row.kind + " \"" + row.text + '"' + (row.dated ? " dated " + ToString(*row.dated) : ""));
  }
  page.Section("Evidence", evidence);
  page.Section("Covers", CoveredBy(model, id));
  AddNaming(subject, model::Reference::Kind::Control, id.index, page);
}

void AddFramework(const Model& model, model::FrameworkId id, Page& page) {
  const model::Framework& framework = model.frameworks[id];
  page.Fact("edition", framework.edition);
  page.Fact("source", framework.source);
  std::vector<std::string> clauses;
  for (const model::ClauseId clause : framework.clauses) {
    clauses.push_back(fmt::format("{:<10} {}", model.clauses[clause].id, model.clauses[clause].label));
  }
  page.Section("Clauses", clauses);
  page.Section("Satisfied by", SatisfiedBy(model, framework.clauses));
}

std::string_view FirstText(const model::Provision& statement, std::string_view keyword) {
  for (const model::ProvisionAttribute& attribute : statement.attributes) {
    if (attribute.keyword == keyword && !attribute.values.empty()) return attribute.values.front().text;
  }
  return "";
}

// What a policy made of a rule that it imports, and what it was.
void AddChange(const Subject& subject, model::ConflictId id, Page& page) {
  const Model& model = subject.model;
  const model::Conflict& conflict = model.conflicts[id];
  if (!conflict.changed_by.is_valid()) return;
  constexpr std::string_view kModeWords[] = {"observe", "warn", "approve", "deny"};
  const model::Provision& statement = model.provisions[conflict.changed_by];
  const auto add_ended = [&](Instant until) {
    if (!subject.as_of || *subject.as_of < until) return;
    page.Fact("on " + TimeText(*subject.as_of, model.policy.time_zone_seconds), "the change has ended; the rule is again as it was imported");
  };
  if (conflict.disabled_until != kBeginningOfTime) add_ended(conflict.disabled_until);
  for (const model::Amendment& amendment : model.amendments) {
    if (amendment.rule != id) continue;
    page.Fact("amended", Trimmed(During(model, kBeginningOfTime, amendment.until)));
    const model::ScaleMemberId risk = amendment.before.risk;
    if (risk != conflict.risk) page.Fact("risk was", risk.is_valid() ? Label(model.scale_members[risk].common) : "not rated");
    if (amendment.before.mode != conflict.mode) page.Fact("mode was", std::string(kModeWords[static_cast<size_t>(amendment.before.mode)]));
    add_ended(amendment.until);
  }
  page.Fact("changed because", std::string(FirstText(statement, "because")));
}

void AddConflict(const Subject& subject, model::ConflictId id, Page& page) {
  const Model& model = subject.model;
  const model::Conflict& conflict = model.conflicts[id];
  page.Fact("identifier", conflict.identifier);
  page.Fact("kind", conflict.kind_label);
  page.Fact("because", conflict.because);
  page.Fact("advice", conflict.advice);
  if (conflict.category.is_valid()) page.Fact("category", model.scale_members[conflict.category].common.name);
  page.Fact("tags", Join(conflict.tags));
  if (conflict.owner.is_valid()) page.Fact("owner", Label(model.actors[conflict.owner].common));
  if (conflict.reviewed) page.Fact("reviewed", ToString(*conflict.reviewed));
  page.Fact("in force", Trimmed(During(model, conflict.valid_from, conflict.valid_until)));
  if (conflict.disabled_until != kBeginningOfTime) {
    page.Fact("disabled", Trimmed(During(model, kBeginningOfTime, conflict.disabled_until)));
  }
  AddChange(subject, id, page);
  page.Fact("satisfies", ClauseNames(model, conflict.clauses));
}

void AddScale(const Model& model, model::ScaleId id, Page& page) {
  std::vector<std::string> members;
  for (const model::ScaleMemberId member : model.scales[id].members) {
    const model::ScaleMember& row = model.scale_members[member];
    members.push_back(Label(row.common) + (row.definition.empty() ? "" : ": " + row.definition));
  }
  page.Section("Members, lowest first", members);
}

void AddMember(const Model& model, model::ScaleMemberId id, Page& page) {
  const model::ScaleMember& member = model.scale_members[id];
  const model::Scale& scale = model.scales[member.scale];
  page.Fact("of scale", Label(scale.common));
  page.Fact("rank", fmt::format("{} of {}", member.rank, scale.members.empty() ? 0 : scale.members.size() - 1));
  page.Fact("symbol", member.symbol);
  page.Fact("shown as", member.shown);
  page.Fact("definition", member.definition);
}

// One blank for each stretch of white space.
std::string OnOneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_blank) line += c;
    if (is_blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

// What the model has no field for, as it is written: conditions, obligations, prerequisites, numbers of holders.
void AddStated(const Subject& subject, const std::vector<Span>& statements, Page& page) {
  std::vector<std::string> lines;
  for (const model::Provision& provision : subject.model.provisions) {
    const bool is_of_this = provision.is_attribute_holder && std::find(statements.begin(), statements.end(), provision.common.span) != statements.end();
    if (!is_of_this) continue;
    for (const model::ProvisionAttribute& attribute : provision.attributes) {
      if (attribute.span.is_valid()) lines.push_back(OnOneLine(subject.sources.Text(attribute.span)));
    }
  }
  page.Section("Also stated", lines);
}

// By kind; kinds with nothing of their own have their head alone.
struct Facts {
  const Subject& subject;
  const Model& model;
  Page& page;

  void operator()(model::DutyId id) const {
    AddDuty(model, id, page);
    AddStated(subject, {model.duties[id].common.span}, page);
  }
  void operator()(model::RoleId id) const {
    AddRole(model, id, page);
    AddStated(subject, {model.roles[id].common.span}, page);
  }
  void operator()(model::GroupId id) const {
    page.Fact("members", NamesOf(model.duties, model.groups[id].members));
    page.Fact("roles", NamesOf(model.roles, model.groups[id].roles));
  }
  void operator()(model::ActorId id) const {
    AddActor(model, id, page);
    AddStated(subject, {model.actors[id].common.span}, page);
  }
  void operator()(model::SystemId id) const { AddSystem(model, id, page); }
  void operator()(model::ControlId id) const {
    AddControl(subject, id, page);
    AddStated(subject, {model.controls[id].common.span}, page);
  }
  void operator()(model::FrameworkId id) const { AddFramework(model, id, page); }
  void operator()(model::ConflictId id) const {
    AddConflict(subject, id, page);
    AddStated(subject, model.conflicts[id].sources, page);
  }
  void operator()(model::ScaleId id) const { AddScale(model, id, page); }
  void operator()(model::ScaleMemberId id) const { AddMember(model, id, page); }
  void operator()(model::ScopeDimensionId id) const {
    page.Fact("values", NamesOf(model.scope_nodes, model.scope_dimensions[id].nodes));
  }
  void operator()(model::ScopeNodeId id) const {
    const model::ScopeNode& node = model.scope_nodes[id];
    page.Fact("of scope", model.scope_dimensions[node.dimension].common.name);
    if (node.parent.is_valid()) page.Fact("within", model.scope_nodes[node.parent].common.name);
  }
  void operator()(model::EntitlementId id) const { AddEntitlement(model, id, page); }
  void operator()(model::ProvisionId id) const { AddProvision(subject, id, page); }
  void operator()(const model::Document* document) const {
    page.Fact("identifier", document->identifier);
    page.Fact("version", document->version);
    page.Fact("frameworks", NamesOf(model.frameworks, document->frameworks));
  }
  void operator()(const model::Policy* policy) const {
    page.Fact("revision", std::to_string(policy->revision));
    if (policy->owner.is_valid()) page.Fact("owner", Label(model.actors[policy->owner].common));
    page.Fact("rules", std::to_string(model.conflicts.size()));
  }
};

}  // namespace

void Page::Fact(std::string_view word, std::string_view text) {
  if (!text.empty()) Line(fmt::format("{}: {}", word, text));
}

void Page::Section(std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  Line(fmt::format("\n{} ({})", title, lines.size()));
  for (size_t i = 0; i < std::min(lines.size(), kMostLines); ++i) Line("  " + lines[i]);
  if (lines.size() > kMostLines) Line(fmt::format("  and {} more", lines.size() - kMostLines));
}

void AddHead(const Subject& subject, const Entity& entity, Page& page) {
  page.Line(entity.kind + " " + Label(*entity.common));
  if (!entity.common->description.empty()) page.Line(entity.common->description);
  page.Fact("declared in", Place(subject.sources, entity.common->span));
}

void AddFacts(const Subject& subject, const Entity& entity, Page& page) {
  std::visit(Facts{subject, subject.model, page}, entity.id);
}

std::string ClausePage(const Subject& subject, model::ClauseId id) {
  const Model& model = subject.model;
  const model::Clause& clause = model.clauses[id];
  Page page;
  page.Line(fmt::format("clause {} {}", ClauseName(model, id), clause.label.empty() ? "" : '"' + clause.label + '"'));
  if (!clause.description.empty()) page.Line(clause.description);
  page.Fact("declared in", Place(subject.sources, clause.span));
  page.Fact("framework", Label(model.frameworks[clause.framework].common));
  page.Fact("about", clause.about == model::ClauseAbout::People ? "people" : "policy");
  constexpr std::string_view kCompensation[] = {"accepted", "accepted with a worksheet", "not accepted"};
  page.Fact("compensating controls", kCompensation[static_cast<size_t>(clause.compensation)]);
  page.Section("Satisfied by", SatisfiedBy(model, {id}));
  return page.Take();
}

std::vector<std::string> SatisfiedBy(const Model& model, const std::vector<model::ClauseId>& clauses) {
  std::vector<std::string> lines;
  const auto add = [&](std::string_view kind, const model::Common& common, const std::vector<model::ClauseId>& stated) {
    std::vector<std::string> met;
    for (const model::ClauseId id : stated) {
      if (std::find(clauses.begin(), clauses.end(), id) != clauses.end()) met.push_back(model.clauses[id].id);
    }
    if (!met.empty()) lines.push_back(fmt::format("{} {}: {}", kind, Label(common), Join(met)));
  };
  for (const model::Control& control : model.controls) add("control", control.common, control.clauses);
  for (const model::Conflict& conflict : model.conflicts) add("conflict", conflict.common, conflict.clauses);
  return lines;
}

std::string Label(const model::Common& common) {
  return common.title.empty() || common.title == common.name ? common.name : common.name + " \"" + common.title + '"';
}

std::string Place(const SourceManager& sources, Span span) {
  if (!span.is_valid()) return {};
  return fmt::format("{}:{}", sources.file(span.file).path, sources.PositionOf(span).line);
}

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace sodc::explain
