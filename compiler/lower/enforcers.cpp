#include "compiler/lower/enforcers.h"

#include <algorithm>

namespace sodc::lower {

Enforcers EnforcersIn(const model::Model& model, const model::Carried& carried) {
  Enforcers enforcers;
  for (uint32_t row = 0; row < model.controls.size(); ++row) {
    const model::ControlId control{row};
    for (const model::ProvisionAttribute* stated : carried.Of(model.controls[control].common.span, "enforces")) {
      for (const uint32_t rule : model::References(*stated, model::Reference::Kind::Conflict)) {
        if (model.conflicts[model::ConflictId{rule}].moment == model::Moment::Static) continue;
        std::vector<model::ControlId>& all = enforcers[rule];
        if (std::ranges::find(all, control) == all.end()) all.push_back(control);
      }
    }
  }
  return enforcers;
}

// A control of the library that nothing else names is not in the table.
void AddEnforcers(Builder& builder, uint32_t rule, const Enforcers& enforcers) {
  const auto found = enforcers.find(rule);
  if (found == enforcers.end()) return;
  for (const model::ControlId control : found->second) {
    if (builder.ControlRow(control) != format::kNone) builder.image.RuleEnforcers.push_back({rule, builder.ControlRow(control)});
  }
}

}  // namespace sodc::lower
