// What the policy itself plans to do by a day: reviews that come back, and the steps of plans.
#include "compiler/lower/builder.h"
#include "compiler/model/carried.h"

namespace sodc::lower {
namespace {

using model::ProvisionAttribute;

// Those that any of the attributes names; each of them has its own.
std::vector<model::ActorId> PeopleIn(const std::vector<ProvisionAttribute>& attributes, std::string_view keyword) {
  std::vector<model::ActorId> people;
  const ProvisionAttribute* stated = model::FindAttribute(attributes, keyword);
  if (stated == nullptr) return people;
  for (const uint32_t row : model::References(*stated, model::Reference::Kind::Actor)) people.push_back(model::ActorId{row});
  return people;
}

struct Planned {
  format::DeadlineKind kind = format::DeadlineKind::Review;
  Instant at = kEndOfTime;
  std::string_view name, title;
  std::vector<model::ActorId> people;
  Span span;
};

void Add(Builder& builder, const Planned& planned) {
  format::DeadlineRecord record;
  record.at = planned.at;
  record.kind = planned.kind;
  record.name = builder.Text(planned.name);
  record.title = builder.Text(planned.title);
  builder.ActorRange(planned.people, builder.image.DeadlinePeople, record.people_first, record.people_count);
  builder.Place(record, planned.span);
  builder.image.Deadlines.push_back(record);
}

// A review without a next day has nothing that could be late.
void AddReview(Builder& builder, const model::Provision& review) {
  const ProvisionAttribute* next = model::FindAttribute(review.attributes, "next");
  if (next == nullptr || next->values.empty()) return;
  Add(builder, {format::DeadlineKind::Review, model::EndOfNext(builder.model, *next), review.common.name, review.common.title,
                PeopleIn(review.attributes, "reviewer"), review.common.span});
}

// `hire clerk "A second clerk" { … due 2026-09 }`: whoever owns the plan keeps its days.
void AddPlan(Builder& builder, const model::Provision& plan) {
  for (const ProvisionAttribute& step : plan.attributes) {
    const ProvisionAttribute* due = model::FindAttribute(step.nested, "due");
    if (due == nullptr || due->values.empty()) continue;
    std::string_view name, title;
    for (const model::ProvisionValue& value : step.values) {
      if (value.kind == model::ProvisionValue::Kind::Word && name.empty()) name = value.text;
      if (value.kind == model::ProvisionValue::Kind::Text && title.empty()) title = value.text;
    }
    if (name.empty()) name = plan.common.name;
    if (title.empty()) title = name;
    Add(builder, {format::DeadlineKind::PlanStep, model::EndOfNext(builder.model, *due), name, title, PeopleIn(plan.attributes, "owner"), step.span});
  }
}

}  // namespace

void LowerDeadlines(Builder& builder) {
  for (const model::Provision& provision : builder.model.provisions) {
    if (!provision.common.is_own || provision.is_attribute_holder) continue;
    if (provision.kind == "review") AddReview(builder, provision);
    if (provision.kind == "plan") AddPlan(builder, provision);
  }
}

}  // namespace sodc::lower
