// Findings about the controls that conflicts list, by what is declared of them alone.
#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"
#include "compiler/model/carried.h"

namespace sodc::lint {
namespace {

using model::Conflict;
using model::Control;
using model::ControlId;
using model::Model;
using model::SystemId;

// Whatever is named to make up for a conflict: by the conflict, a role, an actor or the policy.
std::vector<bool> ListedControls(const Model& model) {
  std::vector<bool> is_listed(model.controls.size());
  const auto mark = [&](const std::vector<ControlId>& controls) {
    for (const ControlId control : controls) is_listed[control.index] = true;
  };
  for (const Conflict& conflict : model.conflicts) mark(conflict.controls);
  for (const model::Role& role : model.roles) mark(role.controls);
  for (const model::Actor& actor : model.actors) mark(actor.controls);
  mark(model.policy.controls);
  return is_listed;
}

// What is not said to run by itself is done by somebody (docs/decisions/0038). What is planned or
// failed, or neither prevents nor finds, does not count whoever does it.
bool NeedsPerformer(const Control& control) {
  const bool has_class = control.nature && *control.nature != model::Nature::Corrective;
  const bool exists = control.status == model::ControlStatus::Implemented || control.status == model::ControlStatus::Tested;
  return control.common.is_own && has_class && exists && control.automation != model::Automation::Automated;
}

void FindNobody(const Model& model, const std::vector<bool>& is_listed, Sink& sink) {
  std::vector<const Control*> idle;
  for (size_t i = 0; i < model.controls.size(); ++i) {
    const Control& control = model.controls[model.controls.IdAt(i)];
    if (is_listed[i] && control.performers.empty() && NeedsPerformer(control)) idle.push_back(&control);
  }
  if (idle.empty()) return;
  std::vector<std::string> names;
  for (const Control* control : idle) names.push_back(Quoted(control->common.name));
  const bool is_one = idle.size() == 1;
  const std::string what = is_one ? names.front() : Counted(idle.size(), "control") + ": " + ListOf(names);
  auto finding = Diagnose<DiagKind::ControlWithoutPerformer>(is_one ? idle[0]->common.span : model.policy.common.span, what);
  for (size_t i = 0; !is_one && i < std::min(idle.size(), kMostPlaces); ++i) {
    finding = std::move(finding).Label(idle[i]->common.span, idle[i]->common.title);
  }
  std::move(finding).Help("name a `performer`, or say `automated` where a machine does it; what nobody does makes up for nothing").To(sink);
}

void FindVacant(const Model& model, Sink& sink) {
  for (const Control& control : model.controls) {
    if (!control.common.is_own) continue;
    for (const model::ActorId performer : control.performers) {
      const model::Actor& actor = model.actors[performer];
      if (!actor.is_vacant) continue;
      Diagnose<DiagKind::VacantActorPerforms>(control.common.span, control.common.name, actor.common.name)
          .Label(actor.common.span, "`" + actor.common.title + "` is vacant")
          .Help("appoint somebody and take `vacant` away, or let another do it; until then it makes up for nothing")
          .To(sink);
    }
  }
}

void FindPlanned(const Model& model, Sink& sink) {
  for (const Conflict& conflict : model.conflicts) {
    std::vector<std::string> names;
    for (const ControlId id : conflict.controls) {
      if (model.controls[id].status == model::ControlStatus::Planned) names.push_back(Quoted(model.controls[id].common.name));
    }
    if (names.empty()) continue;
    auto finding = Diagnose<DiagKind::PlannedControlListed>(conflict.common.span, conflict.common.name, ListOf(names));
    for (const ControlId id : conflict.controls) {
      const Control& control = model.controls[id];
      if (control.status == model::ControlStatus::Planned) finding = std::move(finding).Label(control.common.span, "planned: " + control.common.title);
    }
    std::move(finding).Help("a plan makes up for nothing: list it when it works, or name what watches until then").To(sink);
  }
}

// Whether some conflict has everything on both sides among the steps of the process (as for its controls in semantics.md).
bool HasConflict(const Model& model, const model::Provision& process) {
  std::unordered_set<uint32_t> steps;
  for (const model::ProvisionAttribute& stated : process.attributes) {
    if (stated.keyword != "step") continue;
    if (const auto duty = model::FirstReference(stated, model::Reference::Kind::Duty)) steps.insert(*duty);
  }
  const auto is_step = [&](const model::SideElement& element) {
    const auto* duty = std::get_if<model::DutyId>(&element.what);
    return duty != nullptr && steps.contains(duty->index);
  };
  return std::ranges::any_of(model.conflicts, [&](const Conflict& conflict) {
    return std::ranges::all_of(conflict.sides, [&](const model::ConflictSide& side) { return std::ranges::all_of(side.elements, is_step); });
  });
}

void MarkNamed(const std::vector<model::ProvisionAttribute>& attributes, std::vector<bool>& is_used) {
  for (const model::ProvisionAttribute& stated : attributes) {
    for (const uint32_t control : model::References(stated, model::Reference::Kind::Control)) is_used[control] = true;
    MarkNamed(stated.nested, is_used);
  }
}

// Listed somewhere, or named by a waiver, a permission, a process in which conflicts lie or the like, or what such a
// control depends on. Whoever looks at a control does not use it.
std::vector<bool> UsedControls(const Model& model) {
  std::vector<bool> is_used = ListedControls(model);
  for (const model::Provision& provision : model.provisions) {
    const bool is_about_it = provision.kind == "assessment" || provision.kind == "remediation";
    if (!is_about_it && (provision.kind != "process" || HasConflict(model, provision))) MarkNamed(provision.attributes, is_used);
  }
  std::vector<uint32_t> reached;
  for (uint32_t i = 0; i < is_used.size(); ++i) {
    if (is_used[i]) reached.push_back(i);
  }
  for (size_t i = 0; i < reached.size(); ++i) {
    for (const auto& on : model.controls[ControlId{reached[i]}].depends_on) {
      const auto* control = std::get_if<ControlId>(&on);
      if (control == nullptr || is_used[control->index]) continue;
      is_used[control->index] = true;
      reached.push_back(control->index);
    }
  }
  return is_used;
}

// The systems that a control rests on: its own, those of controls it depends on, and whatever these depend on.
class SystemsBehind {
 public:
  explicit SystemsBehind(const Model& model) : model_(model), of_control_(model.controls.size()), is_done_(model.controls.size()) {}

  const std::vector<uint32_t>& Of(ControlId control) {
    if (!is_done_[control.index]) {
      is_done_[control.index] = true;
      of_control_[control.index] = Reach(control);
    }
    return of_control_[control.index];
  }

 private:
  std::vector<uint32_t> Reach(ControlId first) const {
    std::vector<ControlId> controls = {first};
    std::vector<uint32_t> systems;
    const auto add = [&](SystemId system) {
      if (std::ranges::find(systems, system.index) == systems.end()) systems.push_back(system.index);
    };
    for (size_t i = 0; i < controls.size(); ++i) {
      for (const SystemId system : model_.controls[controls[i]].systems) add(system);
      for (const auto& on : model_.controls[controls[i]].depends_on) {
        if (const auto* system = std::get_if<SystemId>(&on)) add(*system);
        const auto* control = std::get_if<ControlId>(&on);
        if (control != nullptr && std::ranges::find(controls, *control) == controls.end()) controls.push_back(*control);
      }
    }
    for (size_t i = 0; i < systems.size(); ++i) {
      for (const SystemId system : model_.systems[SystemId{systems[i]}].depends_on) add(system);
    }
    return systems;
  }

  const Model& model_;
  std::vector<std::vector<uint32_t>> of_control_;
  std::vector<bool> is_done_;
};

}  // namespace

// A control that answers a clause is there for the clause; one that `enforces` something is there for that.
void FindUnusedControls(const Model& model, Sink& sink) {
  if (model.conflicts.size() == 0) return;
  const std::vector<bool> is_used = UsedControls(model);
  const model::Carried carried(model);
  std::vector<const Control*> unused;
  for (uint32_t i = 0; i < is_used.size(); ++i) {
    const Control& control = model.controls[ControlId{i}];
    if (!is_used[i] && control.common.is_own && control.clauses.empty() && carried.Of(control.common.span, "enforces").empty()) unused.push_back(&control);
  }
  if (unused.empty()) return;
  std::vector<std::string> names;
  for (const Control* control : unused) names.push_back(Quoted(control->common.name));
  const bool is_one = unused.size() == 1;
  const std::string what = is_one ? "control " + names.front() + " covers" : Counted(unused.size(), "control") + " cover";
  auto finding = Diagnose<DiagKind::ControlCoversNothing>(is_one ? unused[0]->common.span : model.policy.common.span, what,
                                                          is_one ? "" : ": " + ListOf(names));
  for (size_t i = 0; !is_one && i < std::min(unused.size(), kMostPlaces); ++i) {
    finding = std::move(finding).Label(unused[i]->common.span, unused[i]->common.title);
  }
  std::move(finding).Help("list it with `mitigated by` where it makes up for something, say which clause it answers, or take it out").To(sink);
}

void FindIdleControls(const Model& model, Sink& sink) {
  FindNobody(model, ListedControls(model), sink);
  FindVacant(model, sink);
  FindPlanned(model, sink);
}

// Asked where risks are spoken of at all: by a level on some conflict, or by controls, which are there to lower one.
void FindUnratedConflicts(const Model& model, Sink& sink) {
  std::vector<const Conflict*> unrated;
  size_t count = 0;
  bool is_asked = false;
  for (const Conflict& conflict : model.conflicts) {
    if (!IsOwnConflict(conflict)) continue;
    ++count;
    is_asked |= conflict.risk.is_valid() || !conflict.controls.empty();
    if (!conflict.risk.is_valid()) unrated.push_back(&conflict);
  }
  if (!is_asked || unrated.empty()) return;
  std::vector<std::string> names;
  for (const Conflict* conflict : unrated) names.push_back(Quoted(conflict->common.name));
  const bool is_one = unrated.size() == 1;
  auto finding = Diagnose<DiagKind::ConflictWithoutRisk>(is_one ? unrated[0]->common.span : model.policy.common.span,
                                                         unrated.size(), count, ListOf(names));
  for (size_t i = 0; !is_one && i < std::min(unrated.size(), kMostPlaces); ++i) {
    finding = std::move(finding).Label(unrated[i]->common.span, SidesOf(model, *unrated[i]));
  }
  std::move(finding).Help("say `risk …` of a scale that measures risk: without a level no control can bring it down to what is accepted").To(sink);
}

// Without an appetite the lowest level is accepted, and a rule of that level stops nobody. Told of rules that state a
// mode: they were meant to.
void FindObservedByDefault(const Model& model, Sink& sink) {
  if (model.policy.appetite_is_declared || !model.policy.appetite.is_valid()) return;
  std::vector<const Conflict*> observed;
  for (const Conflict& conflict : model.conflicts) {
    const bool is_lowest = conflict.risk == model.policy.appetite;
    if (IsOwnConflict(conflict) && is_lowest && conflict.mode_is_declared && conflict.mode != model::Mode::Observe) observed.push_back(&conflict);
  }
  if (observed.empty()) return;
  std::vector<std::string> names;
  for (const Conflict* conflict : observed) names.push_back(Quoted(conflict->common.name));
  const bool is_one = observed.size() == 1;
  auto finding = Diagnose<DiagKind::ObservedByDefault>(observed[0]->common.span, ListOf(names) + (is_one ? " is" : " are"),
                                                       is_one ? "its mode says" : "their modes say");
  for (size_t i = 1; i < std::min(observed.size(), kMostPlaces); ++i) {
    finding = std::move(finding).Label(observed[i]->common.span, SidesOf(model, *observed[i]));
  }
  std::move(finding).Help("say in the policy which level is accepted, `appetite …`, or give what is to be stopped a higher level").To(sink);
}

// One failure, or one administrator, and most of what is meant to make up for conflicts is gone.
void FindSystemsBehindMost(const Model& model, Sink& sink) {
  constexpr size_t kFewest = 4;  // of two conflicts nearly every system is behind most
  SystemsBehind behind(model);
  std::vector<std::vector<const Conflict*>> conflicts(model.systems.size());
  size_t count = 0;
  for (const Conflict& conflict : model.conflicts) {
    if (!IsOwnConflict(conflict) || conflict.controls.empty()) continue;
    ++count;
    for (const ControlId control : conflict.controls) {
      for (const uint32_t system : behind.Of(control)) {
        auto& row = conflicts[system];
        if (row.empty() || row.back() != &conflict) row.push_back(&conflict);
      }
    }
  }
  for (size_t i = 0; count >= kFewest && i < conflicts.size(); ++i) {
    if (conflicts[i].size() * 2 <= count) continue;
    const model::Common& system = model.systems[model.systems.IdAt(i)].common;
    auto finding = Diagnose<DiagKind::SystemBehindMostConflicts>(system.span, system.name, conflicts[i].size(), count);
    for (size_t k = 0; k < std::min(conflicts[i].size(), kMostPlaces); ++k) {
      finding = std::move(finding).Label(conflicts[i][k]->common.span, SidesOf(model, *conflicts[i][k]));
    }
    std::move(finding)
        .Help("controls that rest on `" + system.title + "` fail together: name others that do not, or who besides its administrators watches it")
        .To(sink);
  }
}

}  // namespace sodc::lint
