#include "compiler/driver/held_conflicts.h"

#include <algorithm>
#include <span>
#include <string>
#include <unordered_map>

#include "compiler/diag/sinks.h"
#include "compiler/driver/control_words.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/lower.h"
#include "sod/query.h"

namespace sodc {
namespace {

using model::ActorId;
using model::ConflictId;
using model::ControlId;
using model::Model;
using model::RoleId;

constexpr size_t kMostAsked = 1000;

class Asking {
 public:
  Asking(const Model& model, const sod::Table& table, Instant as_of) : model_(model), table_(table), workspace_(table), as_of_(as_of) {
    for (size_t i = 0; i < model.controls.size(); ++i) {
      const model::Control& control = model.controls[model.controls.IdAt(i)];
      if (control.common.is_own || control.is_named) controls_.try_emplace(control.common.name, model.controls.IdAt(i));
      for (const ActorId performer : control.performers) performers_.push_back(performer.index);
    }
    std::ranges::sort(performers_);
    is_of_actor_.resize(model.conflicts.size());
    is_settled_.resize(model.conflicts.size());
    for (const model::Conflict& conflict : model.conflicts) {
      sides_first_.push_back(sides_first_.empty() ? 0 : sides_first_.back() + sides_count_);
      sides_count_ = static_cast<uint32_t>(conflict.sides.size());
    }
  }

  std::vector<HeldConflict> Run() {
    for (const sod::Subject& subject : sod::AllSubjects(table_)) {
      if (subject.actor != sod::kNone) Ask(subject, ActorId{subject.actor});
    }
    for (size_t i = 0; i < is_settled_.size(); ++i) is_settled_[i] = is_settled_[i] || is_of_actor_[i];
    for (uint32_t i = 0; i < model_.roles.size(); ++i) {
      const auto subject = sod::SubjectOf(table_, {sod::NameKind::Role, i});
      if (subject) Ask(subject.value(), RoleId{i});
    }
    return std::move(held_);
  }

 private:
  using Holder = std::variant<ActorId, RoleId>;

  void Ask(const sod::Subject& subject, Holder holder) {
    if (!IsWorthAsking(subject, holder) || ++asked_ > kMostAsked) return;
    const auto answer = sod::Ask(table_, workspace_, subject, as_of_, std::nullopt, {.max_paths = 1});
    if (!answer) return;
    for (const sod::Conflict& conflict : answer.value().conflicts) Add(conflict, holder);
  }

  // Who performs a control may be the one whom it watches.
  bool IsWorthAsking(const sod::Subject& subject, Holder holder) {
    const auto violated = workspace_.Violations(subject.holdings, as_of_, subject.actor);
    const auto* actor = std::get_if<ActorId>(&holder);
    const bool performs = actor != nullptr && std::ranges::binary_search(performers_, actor->index);
    return std::ranges::any_of(violated, [&](uint32_t rule) { return performs || !is_settled_[rule]; });
  }

  // INVARIANT: rows of rules and sides are those of conflicts, of roles and actors likewise; controls that nothing names are left out.
  void Add(const sod::Conflict& conflict, Holder holder) {
    const ConflictId id{conflict.rule};
    if (conflict.is_disabled || model_.conflicts[id].kind >= model::ConflictKind::Restriction) return;
    if (std::holds_alternative<RoleId>(holder) && is_of_actor_[id.index]) return;
    if (std::holds_alternative<ActorId>(holder)) is_of_actor_[id.index] = true;
    HeldConflict held{id, holder, {}, conflict.disposition == sod::Verdict::Mitigated, conflict.disposition == sod::Verdict::Waived};
    for (const sod::JudgedControl& judged : conflict.controls) AddControl(judged, held);
    for (const sod::ConflictSide& side : conflict.sides) held.sides.push_back(side.side - sides_first_[id.index]);
    const bool has_counted = std::ranges::any_of(held.controls, &ControlAnswer::counts);
    // Of more sides than it takes, others may hold other ones.
    const bool takes_all = model_.conflicts[id].sides.size() <= model_.conflicts[id].at_most + 1;
    is_settled_[id.index] = is_settled_[id.index] || (!has_counted && takes_all);
    held_.push_back(std::move(held));
  }

  void AddControl(const sod::JudgedControl& judged, HeldConflict& held) const {
    const auto found = controls_.find(std::string(judged.name.name));
    if (found == controls_.end()) return;
    ControlAnswer answer;
    answer.control = found->second;
    answer.counts = judged.counts();
    const model::Control& control = model_.controls[answer.control];
    bool exists = true;
    for (const sod::RejectedBecause& because : judged.because) {
      answer.is_done_by_holder |= because.reason == sod::Rejection::PerformerIsSubject;
      exists &= because.reason > sod::Rejection::Failed;
    }
    answer.is_of_outsiders = exists && judged.control_class == sod::ControlClass::Outside && control.automation != model::Automation::Automated;
    if (!answer.counts) answer.reason = ReasonInWords(judged.because.front());
    held.controls.push_back(std::move(answer));
  }

  const Model& model_;
  const sod::Table& table_;
  sod::Workspace workspace_;
  const Instant as_of_;
  std::unordered_map<std::string, ControlId> controls_;
  std::vector<uint32_t> performers_;
  std::vector<bool> is_of_actor_, is_settled_;  // by conflict
  std::vector<uint32_t> sides_first_;           // by conflict: its first row of Sides
  uint32_t sides_count_ = 0;                    // of the last one
  size_t asked_ = 0;
  std::vector<HeldConflict> held_;
};

}  // namespace

std::vector<HeldConflict> AskWhoHolds(const Model& model, const SourceManager& sources, Instant as_of) {
  if (model.conflicts.empty()) return {};
  CollectingSink untold;
  const std::string bytes = Emit(Lower(model, sources, LowerOptions{}), untold);
  if (bytes.empty()) return {};
  const auto table = sod::Table::Load(std::as_bytes(std::span(bytes.data(), bytes.size())));
  if (!table) return {};
  return Asking(model, table.value(), as_of).Run();
}

}  // namespace sodc
