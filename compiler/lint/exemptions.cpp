// Findings about standing exemptions and what is grandfathered (second-ring E28).
#include <string>

#include "compiler/lint/findings.h"
#include "compiler/model/exemptions.h"

namespace sodc::lint {
namespace {

using model::Exemption;
using model::Model;

}  // namespace

void FindExemptionsThatFail(const Model& model, const LintOptions& options, Sink& sink) {
  const model::Carried carried(model);
  for (const Exemption& exemption : model::ExemptionsOf(model, carried)) {
    const std::string& name = model.provisions[exemption.provision].common.name;
    const std::string_view noun = exemption.is_grandfathering() ? "grandfathering" : "exemption";
    for (const model::ConflictId conflict : exemption.conflicts) {
      if (model::BreachOf(carried, model.conflicts[conflict]).empty()) continue;
      Diagnose<DiagKind::ExemptionOfNeverWaived>(model::SpanOf(model.provisions[exemption.provision], "conflict"), noun, name, model.conflicts[conflict].common.name)
          .Help("take the conflict out of it, or let somebody decide that it may be waived")
          .To(sink);
    }
    if (!options.as_of || *options.as_of < exemption.review_due) continue;
    Diagnose<DiagKind::ExemptionOverdue>(model::SpanOf(model.provisions[exemption.provision], "next"), noun, name, EndText(exemption.review_due, model.policy.time_zone_seconds))
        .Help("review it, and write the day of the next review")
        .To(sink);
  }
}

}  // namespace sodc::lint
