// Duties, groups, and what was stated about pairs one-sidedly or as compatible.
#include <variant>

#include "compiler/lower/builder.h"

namespace sodc::lower {
namespace {

void AddDuties(Builder& builder) {
  for (const model::Duty& duty : builder.model.duties) {
    format::DutyRecord record;
    record.name = builder.Text(duty.common.name);
    record.title = builder.Text(duty.common.title);
    record.description = builder.Text(duty.common.description);
    record.letter = builder.Text(duty.letter);
    record.duty_class = Builder::Row(duty.duty_class);
    record.catalogue_entry = Builder::Row(duty.catalogue_entry);
    record.is_own = duty.common.is_own;
    builder.TextRange(duty.tags, builder.image.DutyTags, record.tags_first, record.tags_count);
    builder.Place(record, duty.common.span);
    builder.image.Duties.push_back(record);
  }
}

void AddGroups(Builder& builder) {
  for (const model::Group& group : builder.model.groups) {
    format::GroupRecord record;
    record.name = builder.Text(group.common.name);
    record.title = builder.Text(group.common.title);
    record.description = builder.Text(group.common.description);
    record.members_first = Begin(builder.image.GroupMembers);
    for (const model::DutyId duty : group.members) {
      builder.image.GroupMembers.push_back({Builder::Row(duty)});
    }
    record.members_count = CountSince(builder.image.GroupMembers, record.members_first);
    builder.image.Groups.push_back(record);
  }
}

void AddSeparations(Builder& builder) {
  for (const model::Separation& separation : builder.model.separations) {
    format::SeparationRecord record;
    record.duty = Builder::Row(separation.duty);
    if (const auto* duty = std::get_if<model::DutyId>(&separation.target)) {
      record.target_duty = Builder::Row(*duty);
    } else {
      record.target_group = Builder::Row(std::get<model::GroupId>(separation.target));
    }
    record.modality = FileValue(separation.modality);
    record.reason = builder.Text(separation.reason);
    record.shown = builder.Text(separation.shown);
    builder.Place(record, separation.span);
    builder.image.Separations.push_back(record);
  }
}

void AddCompatibles(Builder& builder) {
  TableImage& image = builder.image;
  for (const model::Compatible& compatible : builder.model.compatibles) {
    format::CompatibleRecord record;
    record.left_first = Begin(image.CompatibleLefts);
    for (const model::DutyId duty : compatible.left) {
      image.CompatibleLefts.push_back({Builder::Row(duty)});
    }
    record.left_count = CountSince(image.CompatibleLefts, record.left_first);
    record.right_first = Begin(image.CompatibleRights);
    for (const model::DutyId duty : compatible.right) {
      image.CompatibleRights.push_back({Builder::Row(duty)});
    }
    record.right_count = CountSince(image.CompatibleRights, record.right_first);
    record.is_with_all = compatible.is_with_all;
    record.because = builder.Text(compatible.because);
    builder.Place(record, compatible.span);
    image.Compatibles.push_back(record);
  }
}

}  // namespace

void LowerDuties(Builder& builder) {
  AddDuties(builder);
  AddGroups(builder);
  AddSeparations(builder);
  AddCompatibles(builder);
}

}  // namespace sodc::lower
