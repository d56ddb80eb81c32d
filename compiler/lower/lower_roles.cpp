// Roles as declared: includes, grants and restrictions in author's order.
#include "compiler/lower/builder.h"

namespace sodc::lower {
namespace {

void AddGrants(Builder& builder, uint32_t role_row, const model::Role& role,
               format::RoleRecord& record) {
  record.grants_first = Begin(builder.image.Grants);
  for (const model::Grant& grant : role.grants) {
    format::GrantRecord row;
    row.role = role_row;
    row.duty = Builder::Row(grant.duty);
    row.entitlement = Builder::Row(grant.entitlement);
    row.level = builder.Rank(grant.level);
    row.scope = builder.ScopeRow(grant.scope);
    row.capacity = Builder::Row(grant.capacity);
    row.condition = builder.Text(grant.condition);
    row.is_undecided = grant.is_undecided;
    row.undecided = builder.Text(grant.undecided);
    row.note = builder.Text(grant.note);
    row.shown = builder.Text(grant.shown);
    builder.Place(row, grant.span);
    builder.image.Grants.push_back(row);
  }
  record.grants_count = CountSince(builder.image.Grants, record.grants_first);
}

void AddRestrictions(Builder& builder, uint32_t role_row, const model::Role& role,
                     format::RoleRecord& record) {
  TableImage& image = builder.image;
  record.restrictions_first = Begin(image.Restrictions);
  for (const model::Restriction& restriction : role.restrictions) {
    format::RestrictionRecord row;
    row.role = role_row;
    row.duties_first = Begin(image.RestrictionDuties);
    for (const model::DutyId duty : restriction.duties) {
      image.RestrictionDuties.push_back({Builder::Row(duty)});
    }
    row.duties_count = CountSince(image.RestrictionDuties, row.duties_first);
    row.item = builder.Text(restriction.item_name);
    row.on_own_actions = restriction.on_own_actions;
    row.modality = FileValue(restriction.modality);
    row.reason = builder.Text(restriction.reason);
    row.shown = builder.Text(restriction.shown);
    row.rule = Builder::Row(restriction.conflict);
    builder.Place(row, restriction.span);
    image.Restrictions.push_back(row);
  }
  record.restrictions_count = CountSince(image.Restrictions, record.restrictions_first);
}

}  // namespace

void LowerRoles(Builder& builder) {
  TableImage& image = builder.image;
  for (const model::Role& role : builder.model.roles) {
    const uint32_t role_row = Begin(image.Roles);
    format::RoleRecord record;
    record.name = builder.Text(role.common.name);
    record.title = builder.Text(role.common.title);
    record.description = builder.Text(role.common.description);
    builder.TextRange(role.tags, image.RoleTags, record.tags_first, record.tags_count);
    record.is_position = role.is_position;
    record.is_own = role.common.is_own;
    record.includes_first = Begin(image.RoleIncludes);
    for (const model::RoleId included : role.includes) {
      image.RoleIncludes.push_back({Builder::Row(included)});
    }
    record.includes_count = CountSince(image.RoleIncludes, record.includes_first);
    AddGrants(builder, role_row, role, record);
    AddRestrictions(builder, role_row, role, record);
    builder.ControlRange(role.controls, image.RoleControls, record.controls_first, record.controls_count);
    builder.Place(record, role.common.span);
    image.Roles.push_back(record);
  }
}

}  // namespace sodc::lower
