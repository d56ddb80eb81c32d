#include "compiler/lower/process_coverage.h"

#include <algorithm>

namespace sodc::lower {

using model::Reference;

namespace {

void ForEachReference(const model::ProvisionAttribute& attribute, Reference::Kind kind, auto&& visit) {
  for (const model::ProvisionValue& value : attribute.values) {
    const bool is_wanted = value.kind == model::ProvisionValue::Kind::Reference && value.reference.kind == kind;
    if (is_wanted) visit(value.reference.index);
  }
}

}  // namespace

ProcessCoverage::ProcessCoverage(const model::Model& model) : model_(model) {
  for (const model::Provision& provision : model.provisions) {
    if (provision.kind != "process") continue;
    Process process;
    bool is_conditional = false;
    for (const model::ProvisionAttribute& attribute : provision.attributes) {
      is_conditional |= attribute.keyword == "applies when";
      if (attribute.keyword == "step") {
        ForEachReference(attribute, Reference::Kind::Duty, [&](uint32_t duty) { process.steps.insert(duty); });
      }
      ForEachReference(attribute, Reference::Kind::ScaleMember, [&](uint32_t member) {
        if (attribute.keyword == "appetite") process.appetite = model::ScaleMemberId{member};
      });
      ForEachReference(attribute, Reference::Kind::Control, [&](uint32_t control) {
        process.controls.push_back(model::ControlId{control});
      });
    }
    // Where a process may not apply its controls prove nothing; its appetite stays, to be safe.
    if (is_conditional) process.controls.clear();
    processes_.push_back(std::move(process));
  }
}

bool ProcessCoverage::IsStep(const Process& process, const model::SideElement& element) {
  const auto* duty = std::get_if<model::DutyId>(&element.what);
  return duty != nullptr && process.steps.contains(duty->index);
}

bool ProcessCoverage::Touches(const Process& process, const model::Conflict& conflict) {
  return std::ranges::all_of(conflict.sides, [&](const model::ConflictSide& side) {
    return std::ranges::any_of(side.elements, [&](const auto& element) { return IsStep(process, element); });
  });
}

bool ProcessCoverage::Contains(const Process& process, const model::Conflict& conflict) {
  return std::ranges::all_of(conflict.sides, [&](const model::ConflictSide& side) {
    return std::ranges::all_of(side.elements, [&](const auto& element) { return IsStep(process, element); });
  });
}

model::ScaleMemberId ProcessCoverage::AppetiteOf(const model::Conflict& conflict) const {
  model::ScaleMemberId strictest = model_.policy.appetite;
  for (const Process& process : processes_) {
    if (!process.appetite.is_valid() || !Touches(process, conflict)) continue;
    const bool is_stricter =
        !strictest.is_valid() || model_.scale_members[process.appetite].rank < model_.scale_members[strictest].rank;
    if (is_stricter) strictest = process.appetite;
  }
  return strictest;
}

std::vector<model::ControlId> ProcessCoverage::ControlsOf(const model::Conflict& conflict) const {
  std::vector<model::ControlId> controls;
  for (const Process& process : processes_) {
    if (process.controls.empty() || !Contains(process, conflict)) continue;
    for (const model::ControlId control : process.controls) {
      if (std::ranges::find(controls, control) == controls.end()) controls.push_back(control);
    }
  }
  return controls;
}

}  // namespace sodc::lower
