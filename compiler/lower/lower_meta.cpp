// The policy's own facts and the sorted index of every declared name.
#include <algorithm>
#include <string_view>
#include <tuple>

#include "compiler/lower/builder.h"
#include "runtime/format/layout.h"

namespace sodc::lower {
namespace {

template <typename Rows>
void AddNames(const Rows& rows, format::NameKind kind, std::vector<format::NameRecord>& names) {
  for (uint32_t i = 0; i < rows.size(); ++i) names.push_back({rows[i].name, kind, i});
}

}  // namespace

format::NameKind NameKindOf(format::ActorKind kind) {
  switch (kind) {
    case format::ActorKind::Person:
      return format::NameKind::Person;
    case format::ActorKind::Team:
      return format::NameKind::Team;
    case format::ActorKind::External:
      return format::NameKind::External;
    case format::ActorKind::Service:
      return format::NameKind::Service;
    case format::ActorKind::Tool:
      return format::NameKind::Tool;
    case format::ActorKind::Agent:
      return format::NameKind::Agent;
  }
  return format::NameKind::Person;
}

namespace {

// The latest end of a next day of the policy's own reviews: one that is in date is enough.
Instant ReviewDue(const model::Model& model) {
  Instant due = kBeginningOfTime;
  for (const model::Provision& review : model.provisions) {
    if (review.kind != "review" || !review.common.is_own) continue;
    for (const model::ProvisionAttribute& attribute : review.attributes) {
      if (attribute.keyword != "next" || attribute.values.empty()) continue;
      const auto end = ParseEnd(attribute.values.front().text, model.policy.time_zone_seconds);
      if (end) due = std::max(due, *end);
    }
  }
  return due;
}

}  // namespace

void LowerMeta(Builder& builder) {
  const model::Policy& policy = builder.model.policy;
  format::MetaRecord record;
  record.name = builder.Text(policy.common.name);
  record.title = builder.Text(policy.common.title);
  record.description = builder.Text(policy.common.description);
  record.language = policy.language;
  record.revision = static_cast<uint32_t>(policy.revision);
  record.author = builder.ActorRow(policy.author);
  record.approver = builder.ActorRow(policy.approver);
  record.owner = builder.ActorRow(policy.owner);
  record.appetite = Builder::Row(policy.appetite);
  record.mode_ceiling = FileValue(policy.mode_ceiling);
  record.risk_scale = Builder::Row(builder.model.risk_scale);
  record.access_scale = Builder::Row(builder.model.access_scale);
  record.organization = builder.Text(policy.organization);
  record.organization_legal = builder.Text(policy.organization_legal);
  record.version = builder.Text(policy.version);
  record.classification = builder.Text(policy.classification);
  builder.TextRange(policy.references, builder.image.MetaReferences, record.references_first,
                    record.references_count);
  builder.ControlRange(policy.controls, builder.image.MetaControls, record.controls_first, record.controls_count);
  record.time_zone = format::TimeZoneField(policy.time_zone_seconds);
  record.appetite_is_declared = policy.appetite_is_declared;
  record.review_due = ReviewDue(builder.model);
  record.without_people = !builder.options.with_people;
  builder.image.Meta.push_back(record);
  for (const model::Module& module : builder.model.modules) {
    builder.image.Modules.push_back({builder.Text(module.name), builder.Text(module.title), builder.Text(module.version),
                                     builder.Text(module.description)});
  }
}

void LowerNames(Builder& builder) {
  TableImage& image = builder.image;
  std::vector<format::NameRecord>& names = image.Names;
  AddNames(image.Scales, format::NameKind::Scale, names);
  AddNames(image.ScaleMembers, format::NameKind::ScaleMember, names);
  AddNames(image.Duties, format::NameKind::Duty, names);
  AddNames(image.Groups, format::NameKind::Group, names);
  AddNames(image.Roles, format::NameKind::Role, names);
  AddNames(image.Systems, format::NameKind::System, names);
  AddNames(image.Rules, format::NameKind::Rule, names);
  AddNames(image.Controls, format::NameKind::Control, names);
  AddNames(image.Frameworks, format::NameKind::Framework, names);
  AddNames(image.Documents, format::NameKind::Document, names);
  AddNames(image.ScopeDimensions, format::NameKind::ScopeDimension, names);
  AddNames(image.ScopeNodes, format::NameKind::ScopeNode, names);
  for (uint32_t i = 0; i < image.Entitlements.size(); ++i) {
    if (image.Entitlements[i].is_declared == 0) continue;
    names.push_back({image.Entitlements[i].name, format::NameKind::Entitlement, i});
  }
  for (uint32_t i = 0; i < image.Actors.size(); ++i) {
    names.push_back({image.Actors[i].name, NameKindOf(image.Actors[i].kind), i});
  }
  std::ranges::sort(names, {}, [&](const format::NameRecord& name) {
    return std::tuple(std::string_view(image.strings[name.name]), name.kind, name.index);
  });
}

}  // namespace sodc::lower
