#include "compiler/model/dump.h"

#include "compiler/model/dumper.h"

namespace sodc::model {

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string_view WordOf(Modality modality) { return modality == Modality::Must ? "must" : "should"; }

std::string_view WordOf(Mode mode) {
  switch (mode) {
    case Mode::Observe: return "observe";
    case Mode::Warn: return "warn";
    case Mode::Approve: return "approve";
    case Mode::Deny: return "deny";
  }
  return "";
}

std::string TextOf(Duration duration) {
  constexpr std::string_view kUnits[] = {"h", "d", "w", "mo", "y"};
  return std::to_string(duration.count) + std::string(kUnits[static_cast<size_t>(duration.unit)]);
}

std::string Dumper::NameOf(ClauseId id) const {
  if (!id.is_valid()) return "?";
  const Clause& clause = model.clauses[id];
  return NameOf(clause.framework) + ' ' + Quoted(clause.id);
}

void Dumper::TextLine(std::string_view word, const std::string& text) const {
  if (!text.empty()) out << "  " << word << ' ' << Quoted(text) << '\n';
}

std::string Dumper::Interval(Instant from, Instant until) const {
  std::string text;
  if (from != kBeginningOfTime) text += " from " + TimeText(from, model.policy.time_zone_seconds);
  if (until != kEndOfTime) text += " before " + TimeText(until, model.policy.time_zone_seconds);
  return text;
}

void Dumper::Modules() const {
  for (const Module& module : model.modules) {
    out << "module " << module.name << ' ' << Quoted(module.title);
    if (!module.version.empty()) out << " version " << Quoted(module.version);
    out << '\n';
    TextLine("description", module.description);
  }
}

// One box after the other: ` in company_code 1000 and environment test; company_code 2000`.
std::string Dumper::Where(const Scope& scope) const {
  std::string text;
  for (const auto& box : scope.boxes) {
    text += text.empty() ? " in " : "; ";
    const char* separator = "";
    for (const ScopeNodeId node : box) {
      text += separator + NameOf(model.scope_nodes[node].dimension) + ' ' + NameOf(node);
      separator = " and ";
    }
  }
  return text;
}

void Dumper::Scopes() const {
  for (const ScopeDimension& dimension : model.scope_dimensions) {
    Head("scope", dimension.common);
    out << " of " << dimension.leaf_count << '\n';
    TextLine("description", dimension.common.description);
    for (const ScopeNodeId id : dimension.nodes) {
      const ScopeNode& node = model.scope_nodes[id];
      out << "  value " << node.common.name << ' ' << Quoted(node.common.title) << ' ' << node.lo << ".." << node.hi;
      if (node.parent.is_valid()) out << " in " << NameOf(node.parent);
      if (!node.common.description.empty()) out << ' ' << Quoted(node.common.description);
      out << '\n';
    }
  }
}

void Dumper::Head(std::string_view word, const Common& common) const {
  out << word << ' ' << common.name;
  if (common.title != common.name) out << ' ' << Quoted(common.title);
  if (!common.is_own) out << " (library)";
}

void Dumper::Policy() const {
  const model::Policy& policy = model.policy;
  Head("policy", policy.common);
  out << " language " << policy.language << " revision " << policy.revision << '\n';
  TextLine("description", policy.common.description);
  NameLine("author", policy.author);
  NameLine("approver", policy.approver);
  NameLine("owner", policy.owner);
  NameLine(policy.appetite_is_declared ? "appetite" : "appetite by default", policy.appetite);
  if (policy.mode_ceiling != Mode::Deny) out << "  mode at most " << WordOf(policy.mode_ceiling) << '\n';
  NameLine("default risk", policy.default_risk);
  TextLine("organization", policy.organization);
  TextLine("legal", policy.organization_legal);
  for (const std::string& reference : policy.references) TextLine("reference", reference);
  TextLine("version", policy.version);
  TextLine("classification", policy.classification);
}

void Dumper::Scales() const {
  constexpr std::string_view kMeasures[] = {"risk", "access", "duty_class", "control_property", "category", "other", "capacity",
                                             "state"};
  for (const Scale& scale : model.scales) {
    Head("scale", scale.common);
    out << " measures " << kMeasures[static_cast<size_t>(scale.measures)] << '\n';
    for (ScaleMemberId id : scale.members) {
      const ScaleMember& member = model.scale_members[id];
      out << "  " << member.rank << ' ' << member.common.name << ' ' << Quoted(member.common.title);
      if (!member.symbol.empty()) out << " symbol " << Quoted(member.symbol);
      if (!member.shown.empty()) out << " shown " << Quoted(member.shown);
      if (!member.definition.empty()) out << " definition " << Quoted(member.definition);
      if (member.is_acting) out << " acting";
      out << '\n';
    }
  }
}

void Dumper::Duties() const {
  for (const Duty& duty : model.duties) {
    Head("duty", duty.common);
    out << '\n';
    TextLine("description", duty.common.description);
    NameLine("class", duty.duty_class);
    for (const std::string& tag : duty.tags) out << "  tag " << tag << '\n';
    NameLine("is", duty.catalogue_entry);
    TextLine("letter", duty.letter);
  }
  for (const Group& group : model.groups) {
    Head("group", group.common);
    out << " = { " << Join(group.members) << " }\n";
  }
  for (const Separation& separation : model.separations) {
    out << "separation " << NameOf(separation.duty) << " from "
        << std::visit([&](auto id) { return NameOf(id); }, separation.target) << ' ' << WordOf(separation.modality);
    if (!separation.reason.empty()) out << ' ' << Quoted(separation.reason);
    if (!separation.shown.empty()) out << " shown " << Quoted(separation.shown);
    out << '\n';
  }
  for (const Compatible& compatible : model.compatibles) {
    out << "compatible { " << Join(compatible.left) << " } with "
        << (compatible.is_with_all ? "all " : "") << "{ " << Join(compatible.right) << " }\n";
    TextLine("because", compatible.because);
  }
}

void Dumper::Roles() const {
  for (const Role& role : model.roles) {
    Head(role.is_position ? "position" : "role", role.common);
    out << '\n';
    TextLine("description", role.common.description);
    for (const std::string& tag : role.tags) out << "  tag " << tag << '\n';
    ListLine("includes", role.includes);
    for (const Grant& grant : role.grants) {
      out << "  grants " << (grant.entitlement.is_valid() ? "entitlement " + NameOf(grant.entitlement) : NameOf(grant.duty));
      if (grant.level.is_valid()) out << " at " << NameOf(grant.level);
      out << Where(grant.scope);
      if (!grant.note.empty()) out << " note " << Quoted(grant.note);
      if (!grant.shown.empty()) out << " shown " << Quoted(grant.shown);
      out << '\n';
    }
    for (const Restriction& restriction : role.restrictions) {
      out << "  restricts " << restriction.item_name << " { " << Join(restriction.duties) << " } "
          << WordOf(restriction.modality);
      if (!restriction.reason.empty()) out << ' ' << Quoted(restriction.reason);
      if (restriction.on_own_actions) out << " on own actions";
      if (restriction.conflict.is_valid()) out << " by " << NameOf(restriction.conflict);
      if (!restriction.shown.empty()) out << " shown " << Quoted(restriction.shown);
      out << '\n';
    }
  }
}

void Dumper::Actors() const {
  for (const System& system : model.systems) {
    Head("system", system.common);
    out << '\n';
    NameLine("operated by", system.operated_by);
    ListLine("administered by", system.administered_by);
    if (system.administered_by_nobody) out << "  administered by nobody\n";
    ListLine("depends on", system.depends_on);
    if (system.ignores_case) out << "  names ignore case\n";
    if (system.strips_domain) out << "  names strip domain\n";
  }
  constexpr std::string_view kKinds[] = {"person", "team", "external", "service", "tool", "agent"};
  for (const Actor& actor : model.actors) {
    Head(kKinds[static_cast<size_t>(actor.kind)], actor.common);
    out << (actor.is_vacant ? " vacant\n" : "\n");
    for (const Account& account : actor.accounts) {
      out << "  account " << NameOf(account.system) << ' ' << Quoted(account.identifier) << (account.is_shared ? " shared\n" : "\n");
    }
    ListLine("members", actor.members);
    ListLine("acts as", actor.acts_as);
    ListLine("controlled by", actor.controlled_by);
    if (actor.acts_for_caller) out << "  acts for caller\n";
  }
  for (const Assignment& assignment : model.assignments) {
    out << "assign ";
    if (assignment.actor.is_valid()) {
      out << NameOf(assignment.actor);
    } else {
      out << "account " << NameOf(assignment.account_system) << ' ' << Quoted(assignment.account_identifier);
    }
    const bool is_role = std::holds_alternative<RoleId>(assignment.target);
    const bool is_entitlement = std::holds_alternative<EntitlementId>(assignment.target);
    out << " to " << (is_role ? "role " : is_entitlement ? "entitlement " : "") << std::visit([&](auto id) { return NameOf(id); }, assignment.target);
    if (assignment.level.is_valid()) out << " at " << NameOf(assignment.level);
    out << Where(assignment.scope);
    out << Interval(assignment.from, assignment.until) << '\n';
    TextLine("source", assignment.source);
  }
}

void Dumper::ForeignIds() const {
  for (const ForeignId& id : model.foreign_ids) {
    out << "known " << std::visit([&](auto named) { return NameOf(named); }, id.of) << " in " << NameOf(id.system) << " as "
        << Quoted(id.id) << '\n';
  }
}

void Dumper::Findings() const {
  constexpr std::string_view kSeverities[] = {"note", "warning", "error"};
  for (const FindingSetting& setting : model.finding_settings) {
    out << "finding SOD" << setting.code << ' ' << kSeverities[static_cast<size_t>(setting.severity)] << '\n';
    TextLine("because", setting.because);
  }
  for (const FindingAllowance& allowance : model.finding_allowances) {
    out << "allow SOD" << allowance.code << '\n';
    TextLine("because", allowance.because);
  }
}

void Dump(const Model& model, std::ostream& out) {
  const Dumper dumper{model, out};
  dumper.Policy();
  dumper.Modules();
  dumper.Scales();
  dumper.Scopes();
  dumper.Duties();
  dumper.Entitlements();
  dumper.Roles();
  dumper.Actors();
  dumper.ForeignIds();
  dumper.Frameworks();
  dumper.Controls();
  dumper.Conflicts();
  dumper.Provisions();
  dumper.Documents();
  dumper.Claims();
  dumper.Findings();
}

}  // namespace sodc::model
