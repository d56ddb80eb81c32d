// Findings about uses of emergencies (second-ring E23).
#include <string>

#include <fmt/ranges.h>

#include "compiler/lint/findings.h"
#include "compiler/model/activations.h"

namespace sodc::lint {
namespace {

using model::Activation;
using model::Model;

void FindOf(const Model& model, const LintOptions& options, const Activation& activation, Sink& sink) {
  const std::string& name = model.provisions[activation.provision].common.name;
  if (!activation.breaches.empty()) {
    Diagnose<DiagKind::ActivationBreaksEmergency>(model::SpanOf(model.provisions[activation.provision], "of"), name, fmt::format("{}", fmt::join(activation.breaches, "; ")))
        .Label(model.provisions[activation.emergency].common.span, "the emergency")
        .Help("what it gives counts as any other holding does")
        .To(sink);
  }
  if (activation.reviewed_by_user) {
    Diagnose<DiagKind::ActivationReviewedByUser>(model::SpanOf(model.provisions[activation.provision], "reviewed"), name, model.actors[activation.user].common.name)
        .Help("let somebody else review it; until then it is not reviewed")
        .To(sink);
  }
  const bool is_overdue = options.as_of && activation.review_due <= *options.as_of && *options.as_of < activation.reviewed;
  if (!is_overdue) return;
  Diagnose<DiagKind::ActivationNotReviewed>(model.provisions[activation.provision].common.span, name,
                                            EndText(activation.review_due, model.policy.time_zone_seconds))
      .Help("let somebody who did not use it review it, and write `reviewed … by …`")
      .To(sink);
}

}  // namespace

void FindActivationsThatFail(const Model& model, const LintOptions& options, Sink& sink) {
  if (!model::HasProvision(model, "activation")) return;
  const model::Waivers people(model);
  for (const Activation& activation : model::ActivationsOf(model, people)) {
    if (activation.emergency.is_valid()) FindOf(model, options, activation, sink);
  }
}

}  // namespace sodc::lint
