// Frameworks with their clauses; controls.
#include "compiler/sema/cadence.h"
#include "compiler/sema/passes.h"
#include "compiler/sema/scales.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;

constexpr Word<model::ClauseAbout> kAbout[] = {{"people", model::ClauseAbout::People},
                                               {"policy", model::ClauseAbout::Policy}};
constexpr Word<model::Compensation> kCompensation[] = {{"accepted", model::Compensation::Accepted},
                                                       {"worksheet", model::Compensation::Worksheet},
                                                       {"not_accepted", model::Compensation::NotAccepted}};
constexpr Word<model::ControlStatus> kStatus[] = {{"implemented", model::ControlStatus::Implemented},
                                                  {"tested", model::ControlStatus::Tested},
                                                  {"planned", model::ControlStatus::Planned},
                                                  {"failed", model::ControlStatus::Failed}};
enum class NatureWord : uint8_t { Preventive, Detective, Corrective, Automated, Manual };
constexpr Word<NatureWord> kNature[] = {{"preventive", NatureWord::Preventive},
                                        {"detective", NatureWord::Detective},
                                        {"corrective", NatureWord::Corrective},
                                        {"automated", NatureWord::Automated},
                                        {"manual", NatureWord::Manual}};

std::string ClauseKey(model::FrameworkId framework, std::string_view id) {
  return std::to_string(framework.index) + '\0' + std::string(id);
}

void AddClause(Context& context, model::FrameworkId framework, const ast::Attribute& attribute) {
  const ast::Text* id = FirstText(attribute);
  if (id == nullptr) return;
  const auto [it, is_new] = context.clauses.try_emplace(ClauseKey(framework, id->value),
                                                        static_cast<uint32_t>(context.model.clauses.size()));
  if (!is_new) {
    Diagnose<DiagKind::NameDeclaredTwice>(id->span, id->value)
        .Label(context.model.clauses[model::ClauseId{it->second}].span, "first declared here")
        .Help("the clauses of a framework have different ids")
        .To(context.sink);
    return;
  }
  model::Clause clause;
  clause.framework = framework;
  clause.id = id->value;
  const ast::Value* last = attribute.values.empty() ? nullptr : &attribute.values.back();
  const auto* label = last ? std::get_if<ast::Text>(last) : nullptr;
  clause.label = label && label != id ? label->value : clause.id;
  clause.description = TextOf(Find(attribute.nested, AttributeKind::Description));
  clause.span = id->span;
  if (const auto path = FirstPath(Find(attribute.nested, AttributeKind::About))) {
    clause.about = WordOf(context, *path, "subject of a clause", kAbout).value_or(clause.about);
  }
  if (const auto path = FirstPath(Find(attribute.nested, AttributeKind::Compensation))) {
    clause.compensation = WordOf(context, *path, "way to treat compensation", kCompensation).value_or(clause.compensation);
  }
  const auto clause_id = context.model.clauses.Add(std::move(clause));
  context.model.frameworks[framework].clauses.push_back(clause_id);
}

void SetNature(Context& context, const Attributes& attributes, model::Control& control) {
  ForEachPath(attributes, AttributeKind::Nature, [&](const NamePath& path) {
    const auto word = WordOf(context, path, "nature of a control", kNature);
    if (!word) return;
    const bool is_automation = *word == NatureWord::Automated || *word == NatureWord::Manual;
    if (is_automation ? control.automation != model::Automation::Unstated : control.nature.has_value()) {
      return ReportListedTwice(context, path);
    }
    switch (*word) {
      case NatureWord::Preventive: control.nature = model::Nature::Preventive; break;
      case NatureWord::Detective: control.nature = model::Nature::Detective; break;
      case NatureWord::Corrective: control.nature = model::Nature::Corrective; break;
      case NatureWord::Automated: control.automation = model::Automation::Automated; break;
      case NatureWord::Manual: control.automation = model::Automation::Manual; break;
    }
  });
}

void SetStatus(Context& context, const Attributes& attributes, model::Control& control) {
  const auto path = FirstPath(Find(attributes, AttributeKind::Status));
  if (!path) return;
  control.status_is_declared = true;
  control.status = WordOf(context, *path, "status of a control", kStatus).value_or(control.status);
}

void SetProperties(Context& context, const Attributes& attributes, model::Control& control) {
  ForEachPath(attributes, AttributeKind::Has, [&](const NamePath& path) {
    const auto member = ResolveMember(context, path, model::ScaleMeasures::ControlProperty);
    if (!member.is_valid()) return;
    for (model::ScaleMemberId other : control.properties) {
      if (other == member) return ReportListedTwice(context, path);
    }
    control.properties.push_back(member);
  });
}

void ResolveControl(Context& context, const Symbol& symbol) {
  const Attributes& attributes = symbol.declaration->attributes;
  const ModuleIndex module = symbol.module;
  model::Control& control = context.model.controls[model::ControlId{symbol.index}];
  SetNature(context, attributes, control);
  const Cadence cadence = CadenceOf(context, module, Find(attributes, AttributeKind::Cadence));
  control.cadence = cadence.period;
  control.cadence_event = cadence.event;
  control.cadence_of = cadence.of;
  AppendNames(context, module, attributes, AttributeKind::Performer, kActor, control.performers);
  AppendNames(context, module, attributes, AttributeKind::Reviewer, kActor, control.reviewers);
  AppendNames(context, module, attributes, AttributeKind::System, kSystem, control.systems);
  for (const ast::Attribute& attribute : attributes) {
    if (attribute.kind == AttributeKind::Evidence) control.evidence.push_back(EvidenceOf(context, attribute));
  }
  SetProperties(context, attributes, control);
  control.references = TextsOf(attributes, AttributeKind::Reference);
  SetStatus(context, attributes, control);
  control.clauses = ClausesOf(context, module, attributes);
  control.category = ResolveMember(context, FirstPath(Find(attributes, AttributeKind::Category)),
                                   model::ScaleMeasures::Category);
  if (const auto path = FirstPath(Find(attributes, AttributeKind::Owner))) {
    control.owner = ResolveTo<model::Actor>(context, module, *path, kActor);
  }
  if (const ast::Attribute* valid = Find(attributes, AttributeKind::Valid)) {
    const Interval interval = ValidityOf(context, valid->nested);
    control.valid_from = interval.from;
    control.valid_until = interval.until;
  }
}

}  // namespace

namespace {

// "its clauses are …", while they fit into a sentence.
std::string ClauseList(const std::vector<std::string_view>& clauses) {
  if (clauses.empty()) return "it declares no clauses";
  constexpr size_t kShown = 8;
  if (clauses.size() > kShown) return "it has " + std::to_string(clauses.size()) + " clauses; name one of them";
  return "its clauses are " + ListOfChoices(clauses);
}

// Another edition, most often: its number means something else, so none that is near is offered.
const model::Framework* FrameworkWith(const Context& context, std::string_view id) {
  for (const model::Clause& clause : context.model.clauses) {
    if (clause.id == id) return &context.model.frameworks[clause.framework];
  }
  return nullptr;
}

}  // namespace

model::ClauseId FindClause(Context& context, model::FrameworkId framework, const ast::Text& id) {
  const auto found = context.clauses.find(ClauseKey(framework, id.value));
  if (found != context.clauses.end()) return model::ClauseId{found->second};
  if (context.incomplete_frameworks.count(framework.index) != 0) return {};
  const model::Framework& row = context.model.frameworks[framework];
  std::vector<std::string_view> candidates;
  for (model::ClauseId clause : row.clauses) candidates.push_back(context.model.clauses[clause].id);
  const std::string_view nearest = Nearest(id.value, candidates);
  const model::Framework* other = FrameworkWith(context, id.value);
  auto diagnostic = Diagnose<DiagKind::ClauseUnknown>(id.span, row.common.name, id.value);
  if (other == nullptr && !nearest.empty()) diagnostic = std::move(diagnostic).Fix(id.span, '"' + std::string(nearest) + '"');
  context.ReportOnce("clause " + row.common.name + " " + id.value,
                     std::move(diagnostic)
                         .Label(row.common.span, "the framework is declared here")
                         .Help(other ? "`" + other->common.name + "` has a clause of that id; cite it, or the clause of `" +
                                           row.common.name + "` about the same"
                                     : DidYouMean(id.value, candidates, ClauseList(candidates))));
  return {};
}

void ResolveFrameworks(Context& context) {
  ForEachSymbol(context, {EntityKind::Framework}, [&](const Symbol& symbol) {
    const Attributes& attributes = symbol.declaration->attributes;
    const model::FrameworkId id{symbol.index};
    if (context.IsDamaged(*symbol.declaration)) context.incomplete_frameworks.insert(symbol.index);
    context.model.frameworks[id].edition = TextOf(Find(attributes, AttributeKind::Edition));
    context.model.frameworks[id].source = TextOf(Find(attributes, AttributeKind::Source));
    for (const ast::Attribute& attribute : attributes) {
      if (attribute.kind == AttributeKind::Clause) AddClause(context, id, attribute);
    }
  });
}

void ResolveControls(Context& context) {
  ForEachSymbol(context, {EntityKind::Control}, [&](const Symbol& symbol) { ResolveControl(context, symbol); });
}

}  // namespace sodc::sema
