// Findings about who looks at the policy itself, and when.
#include <algorithm>
#include <string>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"
#include "compiler/model/actor_holdings.h"
#include "compiler/model/carried.h"

namespace sodc::lint {
namespace {

using model::ActorId;
using model::Model;
using model::Provision;
using model::ProvisionAttribute;

bool IsReview(const Provision& provision) { return provision.kind == "review" && provision.common.is_own && !provision.is_attribute_holder; }

// The end of the day, or of the month where no day is named.
Instant EndOfNext(const model::ProvisionValue& next, int32_t zone) {
  const auto date = ParseDate(next.text);
  return date ? EndOf(*date) - zone : next.number;
}

void LookAtNext(const Provision& review, const ProvisionAttribute& next, const LintOptions& options, int32_t zone, Sink& sink) {
  if (next.values.empty()) return;
  const model::ProvisionValue& value = next.values.front();
  const auto date = ParseDate(value.text);
  if (date && date->is_month()) {
    Diagnose<DiagKind::ReviewDateImprecise>(next.span, review.common.name, value.text)
        .Help("name a day; until then the last day of the month counts")
        .To(sink);
  }
  if (!options.as_of || *options.as_of < EndOfNext(value, zone)) return;
  Diagnose<DiagKind::ReviewOverdue>(next.span, review.common.name, value.text)
      .Help("hold it, and write down `last` and `next`")
      .To(sink);
}

// By the calendar: after what happens nobody knows the next day.
const ProvisionAttribute* RhythmOf(const Provision& review) {
  const ProvisionAttribute* cadence = model::FindAttribute(review.attributes, "cadence");
  const bool is_of_calendar = cadence != nullptr && (!cadence->values.empty() || model::FindAttribute(cadence->nested, "every") != nullptr);
  return is_of_calendar ? cadence : model::FindAttribute(review.attributes, "months");
}

const model::Common& CommonOf(const Model& model, ActorId actor) { return model.actors[actor].common; }

}  // namespace

void FindReviewsWithoutDay(const Model& model, const LintOptions& options, Sink& sink) {
  for (const Provision& review : model.provisions) {
    if (!IsReview(review)) continue;
    if (const ProvisionAttribute* next = model::FindAttribute(review.attributes, "next")) {
      LookAtNext(review, *next, options, model.policy.time_zone_seconds, sink);
      continue;
    }
    const ProvisionAttribute* rhythm = RhythmOf(review);
    if (rhythm == nullptr) continue;
    Diagnose<DiagKind::ReviewWithoutNextDate>(review.common.span, review.common.name)
        .Label(rhythm->span, "it comes back")
        .Help("write `next …`: without a day nobody can be late")
        .To(sink);
  }
}

// Author, approver and reviewer of a policy are three looks at it. Who of them is the same person, by the rules of
// std.this_policy, has been asked.
void FindOwnApproval(const Model& model, const LintOptions& options, Sink& sink) {
  if (!options.on_policy) return;
  const model::Policy& policy = model.policy;
  const auto has = [&](bool ConflictOnPolicy::*part) {
    return std::ranges::any_of(*options.on_policy, [&](const ConflictOnPolicy& one) { return one.*part; });
  };
  if (!has(&ConflictOnPolicy::approves)) return;
  const model::ActorHoldings holdings(model);
  const auto are_one = [&](ActorId a, ActorId b) { return holdings.IsPartOf(a, b) || holdings.IsPartOf(b, a); };
  std::string who = Quoted(CommonOf(model, policy.approver).name);
  if (policy.author != policy.approver) who += ", who is one with " + Quoted(CommonOf(model, policy.author).name);
  if (!are_one(policy.author, policy.approver)) {  // two teams that share somebody
    const auto both = std::ranges::find_if(*options.on_policy, &ConflictOnPolicy::approves);
    who = Quoted(CommonOf(model, both->holder).name) + ", who is in " + Quoted(CommonOf(model, policy.author).name) + " and in " +
          Quoted(CommonOf(model, policy.approver).name);
  }
  auto finding = Diagnose<DiagKind::AuthorApprovesOwnPolicy>(policy.approver_span, who).Label(policy.author_span, "the author");
  for (const Provision& review : model.provisions) {
    const ProvisionAttribute* reviewer = IsReview(review) ? model::FindAttribute(review.attributes, "reviewer") : nullptr;
    if (reviewer == nullptr || !has(&ConflictOnPolicy::reviews)) continue;
    for (const uint32_t actor : model::References(*reviewer, model::Reference::Kind::Actor)) {
      if (are_one(ActorId{actor}, policy.author)) finding = std::move(finding).Label(reviewer->span, "and the reviewer");
    }
  }
  size_t held = 0;
  if (options.held) {
    held = static_cast<size_t>(std::ranges::count_if(*options.held, [&](const HeldConflict& one) {
      const auto* actor = std::get_if<ActorId>(&one.holder);
      return actor != nullptr && are_one(*actor, policy.approver);
    }));
  }
  if (held > 0) finding = std::move(finding).Label(CommonOf(model, policy.approver).span, "and holds both sides of " + Counted(held, "conflict") + " of it");
  std::move(finding).Help("let somebody else approve it: rules of one's own making are not checked by signing them").To(sink);
}

}  // namespace sodc::lint
