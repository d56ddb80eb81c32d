// Controls with everything they assert.
#include "compiler/lower/evidence.h"

namespace sodc::lower {
namespace {

format::Nature FileValue(const std::optional<model::Nature>& nature) {
  if (!nature) return format::Nature::Unstated;
  switch (*nature) {
    case model::Nature::Preventive:
      return format::Nature::Preventive;
    case model::Nature::Detective:
      return format::Nature::Detective;
    case model::Nature::Corrective:
      return format::Nature::Corrective;
  }
  return format::Nature::Unstated;
}

format::Automation FileValue(model::Automation automation) {
  switch (automation) {
    case model::Automation::Unstated:
      return format::Automation::Unstated;
    case model::Automation::Automated:
      return format::Automation::Automated;
    case model::Automation::Manual:
      return format::Automation::Manual;
  }
  return format::Automation::Unstated;
}

format::ControlStatus FileValue(model::ControlStatus status) {
  switch (status) {
    case model::ControlStatus::Implemented:
      return format::ControlStatus::Implemented;
    case model::ControlStatus::Tested:
      return format::ControlStatus::Tested;
    case model::ControlStatus::Planned:
      return format::ControlStatus::Planned;
    case model::ControlStatus::Failed:
      return format::ControlStatus::Failed;
  }
  return format::ControlStatus::Implemented;
}

void AddEvidence(Builder& builder, const model::Control& control, format::ControlRecord& record) {
  record.evidence_first = Begin(builder.image.Evidence);
  for (const model::Evidence& evidence : control.evidence) {
    format::EvidenceItemRecord item;
    SetEvidence(builder, evidence, control.cadence, item);
    builder.image.Evidence.push_back(item);
  }
  record.evidence_count = CountSince(builder.image.Evidence, record.evidence_first);
}

void AddLists(Builder& builder, const model::Control& control, format::ControlRecord& record) {
  TableImage& image = builder.image;
  builder.ActorRange(control.performers, image.ControlPerformers, record.performers_first, record.performers_count);
  builder.ActorRange(control.reviewers, image.ControlReviewers, record.reviewers_first, record.reviewers_count);
  record.systems_first = Begin(image.ControlSystems);
  for (const model::SystemId system : control.systems) {
    image.ControlSystems.push_back({Builder::Row(system)});
  }
  record.systems_count = CountSince(image.ControlSystems, record.systems_first);
  AddEvidence(builder, control, record);
  record.properties_first = Begin(image.ControlProperties);
  for (const model::ScaleMemberId property : control.properties) {
    image.ControlProperties.push_back({Builder::Row(property)});
  }
  record.properties_count = CountSince(image.ControlProperties, record.properties_first);
  builder.TextRange(control.references, image.ControlReferences, record.references_first,
                    record.references_count);
  record.clauses_first = Begin(image.ControlClauses);
  for (const model::ClauseId clause : control.clauses) {
    image.ControlClauses.push_back({Builder::Row(clause)});
  }
  record.clauses_count = CountSince(image.ControlClauses, record.clauses_first);
}

void AddEdges(Builder& builder, const model::Control& control, format::ControlRecord& record) {
  TableImage& image = builder.image;
  builder.ActorRange(control.notifies, image.ControlNotifies, record.notifies_first, record.notifies_count);
  builder.ActorRange(control.changes_notify, image.ControlChangesNotify, record.changes_notify_first,
                     record.changes_notify_count);
  builder.ImmutableRange(control.immutable_against, control.cadence, image.ControlImmutables,
                         record.immutable_against_first, record.immutable_against_count);
  record.administered_by_nobody = control.administered_by_nobody;
  builder.ActorRange(control.administered_by, image.ControlAdministrators, record.administered_by_first,
                     record.administered_by_count);
  record.depends_on_first = Begin(image.ControlDependencies);
  for (const auto& dependency : control.depends_on) {
    format::ControlDependencyRecord row;
    if (const auto* other = std::get_if<model::ControlId>(&dependency)) {
      row.control = builder.ControlRow(*other);
    } else {
      row.system = Builder::Row(std::get<model::SystemId>(dependency));
    }
    image.ControlDependencies.push_back(row);
  }
  record.depends_on_count = CountSince(image.ControlDependencies, record.depends_on_first);
}

}  // namespace

void LowerControls(Builder& builder) {
  for (uint32_t i = 0; i < builder.model.controls.size(); ++i) {
    const model::ControlId id{i};
    if (builder.ControlRow(id) == format::kNone) continue;
    const model::Control& control = builder.model.controls[id];
    format::ControlRecord record;
    record.valid_from = control.valid_from;
    record.valid_until = control.valid_until;
    record.name = builder.Text(control.common.name);
    record.title = builder.Text(control.common.title);
    record.description = builder.Text(control.common.description);
    record.nature = FileValue(control.nature);
    record.automation = FileValue(control.automation);
    record.cadence_count = static_cast<uint32_t>(control.cadence.count);
    record.cadence_unit = FileValue(control.cadence.unit);
    record.cadence_event = static_cast<format::CadenceEvent>(control.cadence_event);  // the file's enumerators
    record.cadence_of = Builder::Row(control.cadence_of);
    record.status = FileValue(control.status);
    record.status_is_declared = control.status_is_declared;
    record.category = Builder::Row(control.category);
    record.owner = builder.ActorRow(control.owner);
    AddLists(builder, control, record);
    AddEdges(builder, control, record);
    builder.Place(record, control.common.span);
    builder.image.Controls.push_back(record);
  }
}

}  // namespace sodc::lower
