// What is carried typed and not judged (docs/decisions/0026): attributes in pre-order
// with their depth, values as references, words, texts and numbers.
#include "compiler/lower/builder.h"

namespace sodc::lower {
namespace {

using model::ProvisionValue;
using model::Reference;

format::NameKind KindOf(model::ActorKind kind) {
  switch (kind) {
    case model::ActorKind::Person: return format::NameKind::Person;
    case model::ActorKind::Team: return format::NameKind::Team;
    case model::ActorKind::External: return format::NameKind::External;
    case model::ActorKind::Service: return format::NameKind::Service;
    case model::ActorKind::Tool: return format::NameKind::Tool;
    case model::ActorKind::Agent: return format::NameKind::Agent;
  }
  return format::NameKind::Person;
}

format::NameKind KindOf(const Builder& builder, const Reference& reference) {
  switch (reference.kind) {
    case Reference::Kind::Scale: return format::NameKind::Scale;
    case Reference::Kind::ScaleMember: return format::NameKind::ScaleMember;
    case Reference::Kind::Duty: return format::NameKind::Duty;
    case Reference::Kind::Group: return format::NameKind::Group;
    case Reference::Kind::Role: return format::NameKind::Role;
    case Reference::Kind::Actor: return KindOf(builder.model.actors[model::ActorId{reference.index}].kind);
    case Reference::Kind::System: return format::NameKind::System;
    case Reference::Kind::Conflict: return format::NameKind::Rule;
    case Reference::Kind::Control: return format::NameKind::Control;
    case Reference::Kind::Framework: return format::NameKind::Framework;
    case Reference::Kind::Clause: return format::NameKind::Clause;
    case Reference::Kind::Document: return format::NameKind::Document;
    case Reference::Kind::ScopeDimension: return format::NameKind::ScopeDimension;
    case Reference::Kind::ScopeNode: return format::NameKind::ScopeNode;
    case Reference::Kind::Entitlement: return format::NameKind::Entitlement;
    case Reference::Kind::Provision: return format::NameKind::Provision;
  }
  return format::NameKind::Provision;
}

// The row in the table; kNone for a person who is left out.
uint32_t RowOf(const Builder& builder, const Reference& reference) {
  switch (reference.kind) {
    case Reference::Kind::Actor: return builder.ActorRow(model::ActorId{reference.index});
    case Reference::Kind::Control: return builder.ControlRow(model::ControlId{reference.index});
    default: return reference.index;
  }
}

void AddValue(Builder& builder, const ProvisionValue& value) {
  format::ProvisionValueRecord record;
  switch (value.kind) {
    case ProvisionValue::Kind::Reference:
      record.kind = format::ValueKind::Reference;
      record.referred = KindOf(builder, value.reference);
      record.index = RowOf(builder, value.reference);
      if (record.index == format::kNone) return;
      break;
    case ProvisionValue::Kind::Word: record.kind = format::ValueKind::Word; break;
    case ProvisionValue::Kind::Text: record.kind = format::ValueKind::Text; break;
    case ProvisionValue::Kind::Integer: record.kind = format::ValueKind::Integer; break;
    case ProvisionValue::Kind::Duration: record.kind = format::ValueKind::Duration; break;
    case ProvisionValue::Kind::Time: record.kind = format::ValueKind::Time; break;
  }
  record.text = builder.Text(value.text);
  record.number = value.number;
  record.decimals = value.decimals;
  builder.image.ProvisionValues.push_back(record);
}

// INVARIANT: recursion is as deep as braces and brackets nest, which the parser limits.
void AddAttributes(Builder& builder, const std::vector<model::ProvisionAttribute>& attributes, uint32_t depth) {
  for (const model::ProvisionAttribute& attribute : attributes) {
    format::ProvisionAttributeRecord record;
    record.keyword = builder.Text(attribute.keyword);
    record.depth = depth;
    record.values_first = Begin(builder.image.ProvisionValues);
    for (const ProvisionValue& value : attribute.values) AddValue(builder, value);
    record.values_count = CountSince(builder.image.ProvisionValues, record.values_first);
    builder.image.ProvisionAttributes.push_back(record);
    AddAttributes(builder, attribute.nested, depth + 1);
  }
}

}  // namespace

// References to provisions are by row, so every provision has one, also a test and what is said of a
// person in a table without people: it then has no name and no attributes. A table keeps no tests (rulings TAB-14).
void LowerProvisions(Builder& builder) {
  for (const model::Provision& provision : builder.model.provisions) {
    format::ProvisionRecord record;
    const bool is_of_person = provision.is_attribute_holder && provision.kind == "person";
    const bool is_left_out = provision.kind == "test" || (is_of_person && !builder.options.with_people);
    record.kind = builder.Text(provision.kind);
    record.name = builder.Text(is_left_out ? std::string() : provision.common.name);
    record.title = builder.Text(is_left_out ? std::string() : provision.common.title);
    record.description = builder.Text(is_left_out ? std::string() : provision.common.description);
    record.is_own = provision.common.is_own;
    record.is_attribute_holder = provision.is_attribute_holder;
    record.changes_verdicts = provision.changes_verdicts;
    record.attributes_first = Begin(builder.image.ProvisionAttributes);
    if (!is_left_out) AddAttributes(builder, provision.attributes, 0);
    record.attributes_count = CountSince(builder.image.ProvisionAttributes, record.attributes_first);
    builder.Place(record, provision.common.span);
    builder.image.Provisions.push_back(record);
  }
}

}  // namespace sodc::lower
