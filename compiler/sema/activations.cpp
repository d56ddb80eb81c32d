// The use of an emergency is a holding with dates (second-ring E23).
#include "compiler/model/carried.h"
#include "compiler/sema/passes.h"

namespace sodc::sema {
namespace {

using model::FindAttribute;
using model::ProvisionAttribute;
using model::Reference;

std::optional<Instant> BoundOf(const ProvisionAttribute* valid, std::string_view keyword) {
  const ProvisionAttribute* bound = valid == nullptr ? nullptr : FindAttribute(valid->nested, keyword);
  if (bound == nullptr || bound->values.empty()) return std::nullopt;
  return bound->values.front().number;
}

void Assign(Context& context, model::ProvisionId activation, const model::Assignment& common, const ProvisionAttribute& gives) {
  for (const model::ProvisionValue& value : gives.values) {
    if (value.kind != model::ProvisionValue::Kind::Reference) continue;
    model::Assignment assignment = common;
    assignment.activation = activation;
    switch (value.reference.kind) {
      case Reference::Kind::Duty: assignment.target = model::DutyId{value.reference.index}; break;
      case Reference::Kind::Role: assignment.target = model::RoleId{value.reference.index}; break;
      case Reference::Kind::Entitlement: assignment.target = model::EntitlementId{value.reference.index}; break;
      default: continue;
    }
    context.model.assignments.push_back(std::move(assignment));
  }
}

void Collect(Context& context, model::ProvisionId id) {
  const model::Provision& activation = context.model.provisions[id];
  const ProvisionAttribute* of = FindAttribute(activation.attributes, "of");
  const ProvisionAttribute* used_by = FindAttribute(activation.attributes, "used by");
  const ProvisionAttribute* valid = FindAttribute(activation.attributes, "valid");
  const auto emergency = of == nullptr ? std::nullopt : model::FirstReference(*of, Reference::Kind::Provision);
  const auto user = used_by == nullptr ? std::nullopt : model::FirstReference(*used_by, Reference::Kind::Actor);
  const auto from = BoundOf(valid, "from");
  const auto until = BoundOf(valid, "until") ? BoundOf(valid, "until") : BoundOf(valid, "through");
  if (!emergency || !user || !from || !until || *from >= *until) return;  // said already
  model::Assignment common;
  common.actor = model::ActorId{*user};
  common.state = model::HoldingState::Emergency;
  common.from = *from;
  common.until = *until;
  common.span = activation.common.span;
  for (const ProvisionAttribute& attribute : context.model.provisions[model::ProvisionId{*emergency}].attributes) {
    if (attribute.keyword == "gives") Assign(context, id, common, attribute);
  }
}

}  // namespace

void CollectActivations(Context& context) {
  for (size_t i = 0; i < context.model.provisions.size(); ++i) {
    const model::ProvisionId id = context.model.provisions.IdAt(i);
    if (context.model.provisions[id].kind == "activation") Collect(context, id);
  }
}

}  // namespace sodc::sema
