// Findings about conflicts that somebody has and nothing makes up for, as the table judges them.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"

namespace sodc::lint {
namespace {

using model::ActorId;
using model::Model;
using model::RoleId;

const model::Common& HolderOf(const Model& model, const HeldConflict& held) {
  if (const auto* actor = std::get_if<ActorId>(&held.holder)) return model.actors[*actor].common;
  return model.roles[std::get<RoleId>(held.holder)].common;
}

std::string_view NounOf(const Model& model, const HeldConflict& held) {
  const auto* actor = std::get_if<ActorId>(&held.holder);
  if (actor == nullptr) return "role";
  switch (model.actors[*actor].kind) {
    case model::ActorKind::Person: return "person";
    case model::ActorKind::Team: return "team";
    case model::ActorKind::External: return "external";
    case model::ActorKind::Service: return "service";
    case model::ActorKind::Tool: return "tool";
    case model::ActorKind::Agent: return "agent";
  }
  return "person";
}

const model::Conflict& ConflictOf(const Model& model, const HeldConflict& held) { return model.conflicts[held.conflict]; }

bool IsRejected(const HeldConflict& held) {
  return !held.is_waived && !held.controls.empty() && std::ranges::none_of(held.controls, &ControlAnswer::counts);
}

// Each conflict once, whoever has it.
std::vector<const HeldConflict*> Once(const std::vector<HeldConflict>& held, auto is_meant) {
  std::vector<const HeldConflict*> once;
  std::vector<uint32_t> seen;
  for (const HeldConflict& one : held) {
    if (is_meant(one)) once.push_back(&one);
  }
  std::ranges::stable_sort(once, {}, [](const HeldConflict* one) { return one->conflict.index; });
  const auto rest = std::ranges::unique(once, {}, [](const HeldConflict* one) { return one->conflict.index; });
  once.erase(rest.begin(), rest.end());
  return once;
}

std::vector<std::string> NamesOf(const Model& model, const std::vector<const HeldConflict*>& held) {
  std::vector<std::string> names;
  for (const HeldConflict* one : held) names.push_back(Quoted(ConflictOf(model, *one).common.name));
  return names;
}

// "Security Monitoring with System Administration: `log_monitoring`: nobody is named whom it tells; …"
std::string WhyNone(const Model& model, const HeldConflict& held) {
  constexpr size_t kShown = 3;
  std::string text = SidesOf(model, ConflictOf(model, held)) + ": ";
  const size_t shown = std::min(held.controls.size(), kShown);
  for (size_t i = 0; i < shown; ++i) {
    if (i > 0) text += "; ";
    text += Quoted(model.controls[held.controls[i].control].common.name) + ", " + held.controls[i].reason;
  }
  if (held.controls.size() > shown) text += "; and " + std::to_string(held.controls.size() - shown) + " more";
  return text;
}

void ReportRejected(const Model& model, const std::vector<const HeldConflict*>& rejected, Sink& sink) {
  const HeldConflict& first = *rejected.front();
  const model::Common& holder = HolderOf(model, first);
  auto finding = Diagnose<DiagKind::EveryControlRejected>(holder.span, NounOf(model, first), holder.name,
                                                          Counted(rejected.size(), "conflict"), ListOf(NamesOf(model, rejected)));
  for (size_t i = 0; i < std::min(rejected.size(), kMostPlaces); ++i) {
    finding = std::move(finding).Label(ConflictOf(model, *rejected[i]).common.span, WhyNone(model, *rejected[i]));
  }
  const bool is_role = std::holds_alternative<RoleId>(first.holder);
  std::move(finding)
      .Help("name who does a control, whom it tells, who else keeps its system and what proves it; every reason: `sodc query … --" +
            std::string(is_role ? "role " : "person ") + holder.name + "`")
      .To(sink);
}

// Grouped by holder, in the order in which they were found.
void FindRejected(const Model& model, const std::vector<HeldConflict>& held, Sink& sink) {
  std::vector<std::vector<const HeldConflict*>> groups;
  for (const HeldConflict& one : held) {
    if (!IsRejected(one)) continue;
    if (groups.empty() || groups.back().front()->holder != one.holder) groups.emplace_back();
    groups.back().push_back(&one);
  }
  for (auto& group : groups) {
    std::ranges::stable_sort(group, {}, [](const HeldConflict* one) { return one->conflict.index; });
    ReportRejected(model, group, sink);
  }
}

// Where a policy names controls at all; in one without them the separation itself is the control.
void FindNone(const Model& model, const std::vector<HeldConflict>& held, Sink& sink) {
  if (std::ranges::all_of(model.conflicts, [](const model::Conflict& conflict) { return conflict.controls.empty(); })) return;
  const auto bare = Once(held, [](const HeldConflict& one) { return one.controls.empty() && !one.is_waived; });
  if (bare.empty()) return;
  const bool is_one = bare.size() == 1;
  const Span place = is_one ? ConflictOf(model, *bare[0]).common.span : model.policy.common.span;
  auto finding = Diagnose<DiagKind::ConflictWithoutControl>(
      place, (is_one ? "conflict " : Counted(bare.size(), "conflict") + ", ") + ListOf(NamesOf(model, bare)));
  for (size_t i = 0; i < std::min(bare.size(), kMostPlaces); ++i) {
    const model::Common& holder = HolderOf(model, *bare[i]);
    const std::string words = SidesOf(model, ConflictOf(model, *bare[i])) + ": `" + holder.title + "` has both";
    finding = std::move(finding).Label(is_one ? holder.span : ConflictOf(model, *bare[i]).common.span, words);
  }
  std::move(finding).Help("give the two to different holders, or say what makes up for it: `mitigated by …`").To(sink);
}

struct OwnControl {
  const HeldConflict* first = nullptr;
  std::vector<const HeldConflict*> conflicts;
};

void FindOwn(const Model& model, const std::vector<HeldConflict>& held, Sink& sink) {
  std::map<uint32_t, OwnControl> own;  // by control
  for (const HeldConflict& one : held) {
    for (const ControlAnswer& control : one.controls) {
      if (!control.is_done_by_holder) continue;
      OwnControl& found = own[control.control.index];
      if (found.first == nullptr) found.first = &one;
      if (found.first->holder == one.holder) found.conflicts.push_back(&one);
    }
  }
  for (const auto& [index, found] : own) {
    const model::Common& control = model.controls[model::ControlId{index}].common;
    const model::Common& holder = HolderOf(model, *found.first);
    const std::string where = found.conflicts.size() == 1 ? "conflict " + NamesOf(model, found.conflicts).front()
                                                          : Counted(found.conflicts.size(), "conflict") + ": " + ListOf(NamesOf(model, found.conflicts));
    auto finding = Diagnose<DiagKind::PerformerIsSubject>(control.span, control.name, holder.name, where).Label(holder.span, "holds what the control watches");
    for (size_t i = 0; i < std::min(found.conflicts.size(), kMostPlaces); ++i) {
      const model::Conflict& conflict = ConflictOf(model, *found.conflicts[i]);
      finding = std::move(finding).Label(conflict.common.span, SidesOf(model, conflict));
    }
    std::move(finding).Help("let somebody else do it: nobody makes up for a conflict of one's own").To(sink);
  }
}

// ---- Nobody from outside

// Somebody outside, whether it counts or not, or a second person whose control counts.
bool HasSomebody(const Model& model, const HeldConflict& held) {
  return std::ranges::any_of(held.controls, [&](const ControlAnswer& control) {
    const bool is_by_machine = model.controls[control.control].automation == model::Automation::Automated;
    return control.is_of_outsiders || (control.counts && !is_by_machine);
  });
}

// What is waived, within reach of its controls, or bare of any is told elsewhere or needs no more.
bool IsWithoutOutsider(const Model& model, const HeldConflict& held) {
  return !held.is_waived && !held.is_mitigated && !held.controls.empty() && !HasSomebody(model, held);
}

template <DiagKind kKind>
void ReportWithoutOutsiders(const Model& model, const std::vector<const HeldConflict*>& conflicts, std::string_view help, Sink& sink) {
  if (conflicts.empty()) return;
  const bool is_one = conflicts.size() == 1;
  const Span place = is_one ? ConflictOf(model, *conflicts[0]).common.span : model.policy.common.span;
  auto finding = Diagnose<kKind>(place, (is_one ? "conflict " : Counted(conflicts.size(), "conflict") + ", ") + ListOf(NamesOf(model, conflicts)));
  for (size_t i = 0; i < std::min(conflicts.size(), kMostPlaces); ++i) {
    const model::Common& holder = HolderOf(model, *conflicts[i]);
    const std::string words = SidesOf(model, ConflictOf(model, *conflicts[i])) + ": `" + holder.title + "` has both";
    finding = std::move(finding).Label(is_one ? holder.span : ConflictOf(model, *conflicts[i]).common.span, words);
  }
  std::move(finding).Help(std::string(help)).To(sink);
}

}  // namespace

void FindUncontrolled(const Model& model, const std::vector<HeldConflict>& held, Sink& sink) {
  FindRejected(model, held, sink);
  FindNone(model, held, sink);
  FindOwn(model, held, sink);
}

// What is not rated is told by SOD2039 and counts as the highest (rulings REF-6).
void FindWithoutOutsiders(const Model& model, const std::vector<HeldConflict>& held, Sink& sink) {
  if (!model.risk_scale.is_valid() || model.scales[model.risk_scale].members.empty()) return;
  const model::ScaleMemberId top = model.scales[model.risk_scale].members.back();
  const auto is_top = [&](const HeldConflict& one) {
    const model::ScaleMemberId risk = ConflictOf(model, one).risk;
    return !risk.is_valid() || risk == top;
  };
  ReportWithoutOutsiders<DiagKind::TopRiskWithoutOutsider>(
      model, Once(held, [&](const HeldConflict& one) { return is_top(one) && IsWithoutOutsider(model, one); }),
      "let a person outside the company look at it, an auditor for one: tools that the holder keeps are no second person", sink);
  ReportWithoutOutsiders<DiagKind::RiskWithoutOutsider>(
      model, Once(held, [&](const HeldConflict& one) { return !is_top(one) && IsWithoutOutsider(model, one); }),
      "nothing that must change; an auditor may ask who else than the holder looks at it", sink);
}

}  // namespace sodc::lint
