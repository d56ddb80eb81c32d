// Findings about `amend` and `disable`: the day of the next review has passed.
#include <string>

#include "compiler/base/calendar.h"
#include "compiler/lint/findings.h"

namespace sodc::lint {
namespace {

using model::Model;
using model::ProvisionAttribute;
using model::ProvisionValue;

const ProvisionValue* FirstValue(const model::Provision& provision, std::string_view keyword) {
  for (const ProvisionAttribute& attribute : provision.attributes) {
    if (attribute.keyword == keyword && !attribute.values.empty()) return &attribute.values.front();
  }
  return nullptr;
}

}  // namespace

void FindEndedChanges(const Model& model, const LintOptions& options, Sink& sink) {
  if (!options.as_of) return;
  for (const model::Provision& provision : model.provisions) {
    if (provision.is_attribute_holder || (provision.kind != "amend" && provision.kind != "disable")) continue;
    const ProvisionValue* next = FirstValue(provision, "next");
    const ProvisionValue* rule = FirstValue(provision, "of");
    if (next == nullptr || rule == nullptr || rule->reference.index >= model.conflicts.size()) continue;
    const auto end = ParseEnd(next->text, model.policy.time_zone_seconds);
    if (!end || *options.as_of < *end) continue;
    const std::string& name = model.conflicts[model::ConflictId{rule->reference.index}].common.name;
    Diagnose<DiagKind::ChangeOfRuleEnded>(provision.common.span, next->text, name)
        .Help("decide it anew: state the day of the next review behind `next`, or remove the statement")
        .To(sink);
  }
}

}  // namespace sodc::lint
