// The dump of rules, controls, frameworks, documents and claims.
#include "compiler/model/dumper.h"

namespace sodc::model {
namespace {

void DumpSide(const Dumper& dumper, const ConflictSide& side) {
  constexpr std::string_view kQuantifiers[] = {"one", "any", "all"};
  dumper.out << "  side " << kQuantifiers[static_cast<size_t>(side.quantifier)];
  if (side.group.is_valid()) dumper.out << " of " << dumper.NameOf(side.group);
  dumper.out << ':';
  const char* separator = " ";
  for (const SideElement& element : side.elements) {
    const bool is_role = std::holds_alternative<RoleId>(element.what);
    const bool is_entitlement = std::holds_alternative<EntitlementId>(element.what);
    dumper.out << separator << (element.is_direct ? "directly " : "")
               << (is_role ? "role " : is_entitlement ? "entitlement " : "")
               << std::visit([&](const auto& id) { return dumper.NameOf(id); }, element.what);
    if (element.trigger.is_valid()) dumper.out << " at " << dumper.NameOf(element.trigger);
    if (element.capacity.is_valid()) dumper.out << " as " << dumper.NameOf(element.capacity);
    if (element.avoids.is_valid()) dumper.out << " not by role " << dumper.NameOf(element.avoids);
    separator = ", ";
  }
  dumper.out << '\n';
}

void DumpConflictHead(const Dumper& dumper, const Conflict& conflict) {
  constexpr std::string_view kKinds[] = {"pair",        "set",       "at_most",   "role",
                                         "restriction", "forbidden", "sensitive", "reserved"};
  dumper.Head("conflict", conflict.common);
  dumper.out << ' ' << kKinds[static_cast<size_t>(conflict.kind)];
  if (conflict.kind == ConflictKind::AtMost) dumper.out << ' ' << conflict.at_most;
  dumper.out << ' ' << WordOf(conflict.modality);
  if (!conflict.reason.empty()) dumper.out << ' ' << Quoted(conflict.reason);
  dumper.out << " mode " << WordOf(conflict.mode) << (conflict.mode_is_declared ? "" : " by default");
  if (conflict.risk.is_valid()) {
    dumper.out << " risk " << dumper.NameOf(conflict.risk) << (conflict.risk_is_default ? " by default" : "");
  }
  constexpr std::string_view kMatches[] = {"", " same ", " across "};
  if (conflict.match != ScopeMatch::Any) {
    dumper.out << kMatches[static_cast<size_t>(conflict.match)] << dumper.NameOf(conflict.dimension);
  }
  if (!conflict.only_in.boxes.empty()) dumper.out << " only" << dumper.Where(conflict.only_in);
  if (conflict.moment == Moment::Session) dumper.out << " per session";
  if (conflict.per.is_valid()) dumper.out << " per " << dumper.NameOf(conflict.per);
  constexpr std::string_view kSubjects[] = {"", " per account", " per unit"};
  dumper.out << kSubjects[static_cast<size_t>(conflict.subject)];
  constexpr std::string_view kUnevaluated[] = {"", " session", " object", " guard", " unit", " self"};
  if (conflict.unevaluated != Unevaluated::None) {
    dumper.out << " unevaluated" << kUnevaluated[static_cast<size_t>(conflict.unevaluated)];
  }
  if (!conflict.is_named) dumper.out << " unnamed";
  if (conflict.sources.size() > 1) dumper.out << " stated " << conflict.sources.size() << " times";
  dumper.out << dumper.Interval(conflict.valid_from, conflict.valid_until) << '\n';
}

void DumpDates(const Dumper& dumper, std::string_view word, const std::optional<Date>& date) {
  if (date) dumper.out << "  " << word << ' ' << ToString(*date) << '\n';
}

void DumpEvidence(const Dumper& dumper, const Evidence& evidence) {
  dumper.out << "  evidence " << evidence.kind << ' ' << Quoted(evidence.text);
  if (evidence.dated) dumper.out << " dated " << ToString(*evidence.dated);
  if (evidence.every.count > 0) dumper.out << " every " << TextOf(evidence.every);
  dumper.out << '\n';
}

void DumpTable(const Dumper& dumper, const DocumentNode& node, const std::string& indent) {
  constexpr std::string_view kSources[] = {"conflicts", "roles", "people", "controls", "rows", "role_conflicts", "role_list"};
  dumper.out << indent << "table " << kSources[static_cast<size_t>(node.table)];
  if (!node.label.empty()) dumper.out << ' ' << Quoted(node.label);
  if (node.has_selection) {
    dumper.out << " of { " << dumper.Join(node.selected_duties) << dumper.Join(node.selected_conflicts) << " }";
  }
  if (node.default_level.is_valid()) dumper.out << " default at " << dumper.NameOf(node.default_level);
  dumper.out << '\n';
  for (const DocumentColumn& column : node.columns) {
    dumper.out << indent << "  column " << column.key << ' ' << Quoted(column.title)
               << (column.role.is_valid()        ? " of role\n"
                   : column.attribute.is_valid() ? " of attribute\n"
                                                 : "\n");
  }
  for (const auto& row : node.rows) {
    dumper.out << indent << "  row";
    for (const std::string& cell : row) dumper.out << ' ' << Quoted(cell);
    dumper.out << '\n';
  }
}

// INVARIANT: sections nest a few levels deep; sema refuses more.
void DumpNode(const Dumper& dumper, const DocumentNode& node, const std::string& indent) {
  switch (node.kind) {
    case DocumentNodeKind::Section:
      dumper.out << indent << "section " << Quoted(node.label) << '\n';
      for (const DocumentNode& child : node.children) DumpNode(dumper, child, indent + "  ");
      return;
    case DocumentNodeKind::Text: dumper.out << indent << "text " << Quoted(node.text) << '\n'; return;
    case DocumentNodeKind::Bullets:
      for (const std::string& item : node.items) dumper.out << indent << "- " << Quoted(item) << '\n';
      return;
    case DocumentNodeKind::Field:
      dumper.out << indent << "field " << Quoted(node.label) << ' ' << Quoted(node.text) << '\n';
      return;
    case DocumentNodeKind::Blank: dumper.out << indent << "blank " << Quoted(node.label) << '\n'; return;
    case DocumentNodeKind::Legend: dumper.out << indent << "legend " << dumper.NameOf(node.scale) << '\n'; return;
    case DocumentNodeKind::Table: DumpTable(dumper, node, indent); return;
  }
}

}  // namespace

void Dumper::Frameworks() const {
  constexpr std::string_view kAbout[] = {"people", "policy"};
  constexpr std::string_view kCompensation[] = {"accepted", "worksheet", "not_accepted"};
  for (const Framework& framework : model.frameworks) {
    Head("framework", framework.common);
    out << '\n';
    TextLine("edition", framework.edition);
    TextLine("source", framework.source);
    for (ClauseId id : framework.clauses) {
      const Clause& clause = model.clauses[id];
      out << "  clause " << Quoted(clause.id) << ' ' << Quoted(clause.label) << " about "
          << kAbout[static_cast<size_t>(clause.about)] << " compensation "
          << kCompensation[static_cast<size_t>(clause.compensation)] << '\n';
    }
  }
}

void Dumper::Controls() const {
  constexpr std::string_view kNatures[] = {"preventive", "detective", "corrective"};
  constexpr std::string_view kAutomation[] = {"", " automated", " manual"};
  constexpr std::string_view kStatus[] = {"implemented", "tested", "planned", "failed"};
  constexpr std::string_view kEvents[] = {"", " on each ", " after each ", " when changes "};
  for (const Control& control : model.controls) {
    Head("control", control.common);
    if (control.nature) out << ' ' << kNatures[static_cast<size_t>(*control.nature)];
    out << kAutomation[static_cast<size_t>(control.automation)];
    if (control.cadence.count > 0) out << " every " << TextOf(control.cadence);
    if (control.cadence_event != CadenceEvent::None) {
      out << kEvents[static_cast<size_t>(control.cadence_event)] << NameOf(control.cadence_of);
    }
    if (control.status_is_declared) out << " status " << kStatus[static_cast<size_t>(control.status)];
    out << Interval(control.valid_from, control.valid_until) << '\n';
    TextLine("description", control.common.description);
    ListLine("performer", control.performers);
    ListLine("reviewer", control.reviewers);
    ListLine("system", control.systems);
    for (const Evidence& evidence : control.evidence) DumpEvidence(*this, evidence);
    ListLine("has", control.properties);
    for (const std::string& reference : control.references) TextLine("reference", reference);
    ListLine("satisfies", control.clauses);
    NameLine("category", control.category);
    NameLine("owner", control.owner);
  }
}

void Dumper::Conflicts() const {
  for (const Conflict& conflict : model.conflicts) {
    DumpConflictHead(*this, conflict);
    for (const ConflictSide& side : conflict.sides) DumpSide(*this, side);
    TextLine("description", conflict.common.description);
    TextLine("because", conflict.because);
    TextLine("advice", conflict.advice);
    TextLine("identifier", conflict.identifier);
    TextLine("kind", conflict.kind_label);
    NameLine("category", conflict.category);
    for (const std::string& tag : conflict.tags) out << "  tag " << tag << '\n';
    NameLine("owner", conflict.owner);
    DumpDates(*this, "reviewed", conflict.reviewed);
    ListLine("mitigated by", conflict.controls);
    ListLine("satisfies", conflict.clauses);
  }
}

void Dumper::Documents() const {
  for (const Document& document : model.documents) {
    Head("document", document.common);
    out << '\n';
    TextLine("identifier", document.identifier);
    TextLine("version", document.version);
    DumpDates(*this, "effective", document.effective);
    TextLine("classification", document.classification);
    for (const std::string& reference : document.references) TextLine("reference", reference);
    if (document.date_style == DateStyle::LongUs) out << "  dates long_us\n";
    ListLine("frameworks", document.frameworks);
    for (const DocumentNode& node : document.nodes) DumpNode(*this, node, "  ");
  }
}

void Dumper::Claims() const {
  for (const model::Claims& claims : model.claims) {
    out << "claims " << Quoted(claims.place) << '\n';
    for (const Disclosure& disclosure : claims.disclosures) {
      out << "  discloses " << NameOf(disclosure.first) << " with " << NameOf(disclosure.second);
      if (disclosure.role.is_valid()) out << " in " << NameOf(disclosure.role);
      if (!disclosure.because.empty()) out << " because " << Quoted(disclosure.because);
      out << '\n';
    }
    for (const ClaimedList& list : claims.lists) {
      out << "  role " << NameOf(list.role) << " lists " << Join(list.duties) << '\n';
    }
  }
}

}  // namespace sodc::model
