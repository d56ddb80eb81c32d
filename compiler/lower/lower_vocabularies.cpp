// Scales with their members, frameworks with their clauses.
#include "compiler/lower/builder.h"

namespace sodc::lower {
namespace {

format::ScaleMeasures FileValue(model::ScaleMeasures measures) {
  switch (measures) {
    case model::ScaleMeasures::Risk:
      return format::ScaleMeasures::Risk;
    case model::ScaleMeasures::Access:
      return format::ScaleMeasures::Access;
    case model::ScaleMeasures::DutyClass:
      return format::ScaleMeasures::DutyClass;
    case model::ScaleMeasures::ControlProperty:
      return format::ScaleMeasures::ControlProperty;
    case model::ScaleMeasures::Category:
      return format::ScaleMeasures::Category;
    case model::ScaleMeasures::Other:
      return format::ScaleMeasures::Other;
    case model::ScaleMeasures::Capacity:
      return format::ScaleMeasures::Capacity;
    case model::ScaleMeasures::State:
      return format::ScaleMeasures::State;
  }
  return format::ScaleMeasures::Other;
}

format::Compensation FileValue(model::Compensation compensation) {
  switch (compensation) {
    case model::Compensation::Accepted:
      return format::Compensation::Accepted;
    case model::Compensation::Worksheet:
      return format::Compensation::Worksheet;
    case model::Compensation::NotAccepted:
      return format::Compensation::NotAccepted;
  }
  return format::Compensation::Accepted;
}

// INVARIANT: sema adds the members of a scale, and the clauses of a framework,
// together and in order, so their rows are the range that begins at the first.
template <typename Ids>
uint32_t FirstOf(const Ids& ids, uint32_t& next) {
  const uint32_t first = ids.empty() ? next : ids.front().index;
  next = first + static_cast<uint32_t>(ids.size());
  return first;
}

void LowerScales(Builder& builder) {
  uint32_t next = 0;
  for (const model::Scale& scale : builder.model.scales) {
    format::ScaleRecord record;
    record.name = builder.Text(scale.common.name);
    record.title = builder.Text(scale.common.title);
    record.description = builder.Text(scale.common.description);
    record.measures = FileValue(scale.measures);
    record.members_first = FirstOf(scale.members, next);
    record.members_count = static_cast<uint32_t>(scale.members.size());
    builder.image.Scales.push_back(record);
  }
  for (const model::ScaleMember& member : builder.model.scale_members) {
    format::ScaleMemberRecord record;
    record.name = builder.Text(member.common.name);
    record.title = builder.Text(member.common.title);
    record.description = builder.Text(member.common.description);
    record.symbol = builder.Text(member.symbol);
    record.shown = builder.Text(member.shown);
    record.definition = builder.Text(member.definition);
    record.scale = Builder::Row(member.scale);
    record.rank = member.rank;
    record.is_acting = member.is_acting;
    builder.image.ScaleMembers.push_back(record);
  }
}

void LowerFrameworks(Builder& builder) {
  uint32_t next = 0;
  for (const model::Framework& framework : builder.model.frameworks) {
    format::FrameworkRecord record;
    record.name = builder.Text(framework.common.name);
    record.title = builder.Text(framework.common.title);
    record.description = builder.Text(framework.common.description);
    record.edition = builder.Text(framework.edition);
    record.source = builder.Text(framework.source);
    record.clauses_first = FirstOf(framework.clauses, next);
    record.clauses_count = static_cast<uint32_t>(framework.clauses.size());
    builder.image.Frameworks.push_back(record);
  }
  for (const model::Clause& clause : builder.model.clauses) {
    format::ClauseRecord record;
    record.framework = Builder::Row(clause.framework);
    record.id = builder.Text(clause.id);
    record.label = builder.Text(clause.label);
    record.description = builder.Text(clause.description);
    record.about = clause.about == model::ClauseAbout::Policy ? format::ClauseAbout::Policy
                                                              : format::ClauseAbout::People;
    record.compensation = FileValue(clause.compensation);
    builder.image.Clauses.push_back(record);
  }
}

}  // namespace

void LowerVocabularies(Builder& builder) {
  LowerScales(builder);
  LowerFrameworks(builder);
}

}  // namespace sodc::lower
