#include "runtime/core/controls.h"

#include <algorithm>
#include <functional>

namespace sod::core {
namespace {

using format::ControlRecord;
using format::SystemRecord;

// A system on which the control rests, and the edges that lead to it.
struct Reached {
  uint32_t system = kNone;
  std::vector<ControlEdge> path;
};

class JudgingControl {
 public:
  JudgingControl(const Image& image, uint32_t row, const Watched& watched, Instant at, const Without& without)
      : image_(image), row_(row), record_(image.Controls()[row]), watched_(watched), at_(at), without_(without) {
    judged_.control = row;
    judged_.name = {image.Text(record_.name), image.Text(record_.title)};
    judged_.control_class = ClassOf(image, row);
    ReachSystems();
    AddDomains();
  }

  JudgedControl Run() {
    if (!IsOutOfTheQuestion()) {
      TestPerformers();
      TestReviewers();
      TestAdministration();
      TestRecipients();
      TestOperators();
      TestEvidence();
      std::ranges::stable_sort(judged_.because, {}, &RejectedBecause::reason);
    }
    return std::move(judged_);
  }

 private:
  void Reject(Rejection reason, std::vector<ControlEdge> path = {}) {
    const bool is_known = std::ranges::any_of(judged_.because, [&](const RejectedBecause& b) { return b.reason == reason; });
    if (!is_known) judged_.because.push_back({reason, std::move(path)});
  }

  ControlEdge ToActor(std::string_view edge, uint32_t actor) const {
    const format::ActorRecord& record = image_.Actors()[actor];
    return {edge, format::SpellingOf(record.kind), image_.Text(record.name), image_.Text(record.title)};
  }
  ControlEdge ToSystem(std::string_view edge, uint32_t system) const {
    const SystemRecord& record = image_.Systems()[system];
    return {edge, "system", image_.Text(record.name), image_.Text(record.title)};
  }
  ControlEdge ToControl(std::string_view edge, uint32_t control) const {
    const ControlRecord& record = image_.Controls()[control];
    return {edge, "control", image_.Text(record.name), image_.Text(record.title)};
  }
  static ControlEdge Undeclared(std::string_view edge) { return {edge, "", "", ""}; }
  static std::vector<ControlEdge> With(std::vector<ControlEdge> path, ControlEdge last) {
    path.push_back(last);
    return path;
  }

  // ---- What it rests on: its systems, those of controls it depends on, and all they depend on.

  void ReachSystems() {
    std::vector<std::pair<uint32_t, std::vector<ControlEdge>>> controls = {{row_, {}}};
    for (size_t i = 0; i < controls.size(); ++i) {
      const ControlRecord& control = image_.Controls()[controls[i].first];
      const std::vector<ControlEdge> path = controls[i].second;
      for (const auto& ref : Slice(image_.ControlSystems(), control.systems_first, control.systems_count)) {
        Reach(ref.system, With(path, ToSystem("system", ref.system)));
      }
      for (const auto& edge : Slice(image_.ControlDependencies(), control.depends_on_first, control.depends_on_count)) {
        if (edge.system != format::kNone) Reach(edge.system, With(path, ToSystem("depends on", edge.system)));
        if (edge.control == format::kNone) continue;
        const bool is_known = std::ranges::any_of(controls, [&](const auto& known) { return known.first == edge.control; });
        if (!is_known) controls.emplace_back(edge.control, With(path, ToControl("depends on", edge.control)));
      }
    }
    for (size_t i = 0; i < reached_.size(); ++i) {
      const SystemRecord& system = image_.Systems()[reached_[i].system];
      for (const auto& ref : Slice(image_.SystemDependencies(), system.depends_on_first, system.depends_on_count)) {
        Reach(ref.system, With(reached_[i].path, ToSystem("depends on", ref.system)));
      }
    }
    for (auto& [control, path] : controls) controls_.push_back({control, std::move(path)});
  }

  void Reach(uint32_t system, std::vector<ControlEdge> path) {
    if (std::ranges::find(reached_, system, &Reached::system) == reached_.end()) reached_.push_back({system, std::move(path)});
  }

  void AddDomains() {
    for (const Reached& reached : reached_) {
      judged_.domains.push_back({"system", image_.Text(image_.Systems()[reached.system].name)});
    }
    for (const auto& [control, path] : controls_) {
      const bool is_itself = control == row_;
      if (is_itself && (!reached_.empty() || controls_.size() > 1)) continue;
      judged_.domains.push_back({"control", image_.Text(image_.Controls()[control].name)});
    }
  }

  // ---- The tests

  void TestPresence() {
    for (const auto& [control, path] : controls_) {
      if (Contains(without_.controls, control)) return Reject(Rejection::TakenAway, path);
    }
    for (const Reached& reached : reached_) {
      if (Contains(without_.systems, reached.system)) return Reject(Rejection::TakenAway, reached.path);
    }
  }
  static bool Contains(std::span<const uint32_t> rows, uint32_t row) { return std::ranges::find(rows, row) != rows.end(); }

  bool IsOutOfTheQuestion() {
    TestPresence();
    if (!judged_.because.empty()) return true;
    if (at_ < record_.valid_from || at_ >= record_.valid_until) {
      Reject(Rejection::NotInForce);
    } else if (record_.status == format::ControlStatus::Planned) {
      Reject(Rejection::Planned);
    } else if (record_.status == format::ControlStatus::Failed) {
      Reject(Rejection::Failed);
    } else if (judged_.control_class == ControlClass::None) {
      Reject(Rejection::NoClass);
    }
    return !judged_.because.empty();
  }

  bool IsAutomated() const { return record_.automation == format::Automation::Automated; }
  bool IsPreventive() const { return record_.nature == format::Nature::Preventive; }

  // Somebody outside must remain among those named; the edges say who is not enough.
  void DemandOthers(std::span<const format::ActorRefRecord> actors, std::string_view edge, Rejection is_subject) {
    bool has_watched = false;
    const format::ActorRefRecord* first_watched = nullptr;
    for (const auto& ref : actors) {
      const Behind behind = WhoIsBehind(image_, watched_, ref.actor);
      if (behind.has_others) return;
      if (behind.has_watched && !has_watched) first_watched = &ref;
      has_watched |= behind.has_watched;
    }
    if (has_watched) return Reject(is_subject, {ToActor(edge, first_watched->actor)});
    Reject(Rejection::Vacant, {ToActor(edge, actors.front().actor)});
  }

  void TestPerformers() {
    if (IsAutomated()) return;
    const auto performers = Slice(image_.ControlPerformers(), record_.performers_first, record_.performers_count);
    if (performers.empty()) return Reject(Rejection::NoPerformer, {Undeclared("performer")});
    DemandOthers(performers, "performer", Rejection::PerformerIsSubject);
  }

  void TestReviewers() {
    const auto reviewers = Slice(image_.ControlReviewers(), record_.reviewers_first, record_.reviewers_count);
    if (!reviewers.empty()) DemandOthers(reviewers, "reviewer", Rejection::ReviewerIsSubject);
  }

  void TestAdministration() {
    const bool has_own = record_.administered_by_count != 0 || record_.administered_by_nobody != 0;
    if (reached_.empty() && !has_own) {
      if (IsAutomated() && !IsLiftedByControl()) Reject(Rejection::AdministratorUnknown, {Undeclared("system")});
      return;
    }
    if (IsLiftedByControl()) return;
    if (has_own && record_.administered_by_nobody == 0) {
      TestAdministrators(Slice(image_.ControlAdministrators(), record_.administered_by_first, record_.administered_by_count), {});
    }
    for (const Reached& reached : reached_) TestSystem(reached);
  }

  void TestSystem(const Reached& reached) {
    const SystemRecord& system = image_.Systems()[reached.system];
    if (IsLifted(Slice(image_.SystemImmutables(), system.immutable_against_first, system.immutable_against_count),
                 Slice(image_.SystemChangesNotify(), system.changes_notify_first, system.changes_notify_count))) {
      return;
    }
    if (system.administered_by_nobody != 0) {
      if (system.operated_by == format::kNone) {
        Reject(Rejection::AdministratorUnknown, With(reached.path, Undeclared("operated by")));
      }
      return;
    }
    TestAdministrators(Slice(image_.SystemAdministrators(), system.administered_by_first, system.administered_by_count), reached.path);
  }

  // Who prevents must not be switched off by the watched person; of what finds, somebody else must keep it too.
  void TestAdministrators(std::span<const format::ActorRefRecord> administrators, const std::vector<ControlEdge>& path) {
    if (administrators.empty()) {
      return Reject(Rejection::AdministratorUnknown, With(path, Undeclared("administered by")));
    }
    bool has_others = false;
    const format::ActorRefRecord* watched = nullptr;
    for (const auto& ref : administrators) {
      const Behind behind = WhoIsBehind(image_, watched_, ref.actor);
      has_others |= behind.has_others;
      if (behind.has_watched && watched == nullptr) watched = &ref;
    }
    if (watched != nullptr && (IsPreventive() || !has_others)) {
      return Reject(Rejection::AdministratorIsSubject, With(path, ToActor("administered by", watched->actor)));
    }
    // Only posts that nobody has: it is not known who keeps it.
    if (!has_others && watched == nullptr) {
      Reject(Rejection::AdministratorUnknown, With(path, ToActor("administered by", administrators.front().actor)));
    }
  }

  bool IsLiftedByControl() const {
    return IsLifted(Slice(image_.ControlImmutables(), record_.immutable_against_first, record_.immutable_against_count),
                    Slice(image_.ControlChangesNotify(), record_.changes_notify_first, record_.changes_notify_count));
  }

  bool IsLifted(std::span<const format::ImmutableAgainstRecord> immutables, std::span<const format::ActorRefRecord> notified) const {
    if (IsImmutable(immutables)) return true;
    return std::ranges::any_of(notified, [&](const auto& ref) { return WhoIsBehind(image_, watched_, ref.actor).has_others; });
  }

  // Against everybody who is the watched person.
  bool IsImmutable(std::span<const format::ImmutableAgainstRecord> immutables) const {
    const auto names = [&](const format::ImmutableAgainstRecord& against, uint32_t actor) {
      if (!IsProved(against)) return false;
      if (against.actor != format::kNone) return IsOrContains(against.actor, actor);
      if (against.group != format::kNone) return watched_.HoldsSomethingOf(against.group);
      return true;  // administrators
    };
    const auto is_named = [&](uint32_t actor) {
      return std::ranges::any_of(immutables, [&](const auto& against) { return names(against, actor); });
    };
    // Of somebody without edges only what is said of administrators or of a group is known.
    if (watched_.actors().empty()) return is_named(kNone);
    return std::ranges::all_of(watched_.actors(), is_named);
  }

  bool IsProved(const format::ImmutableAgainstRecord& against) const {
    return against.kind == 0 ? HasHoldingEvidence() : against.from <= at_ && at_ < against.until;
  }

  bool IsOrContains(uint32_t named, uint32_t actor) const {
    if (actor == kNone) return false;
    if (named == actor) return true;
    std::vector<uint32_t> reached = {named};
    for (size_t i = 0; i < reached.size(); ++i) {
      const format::ActorRecord& record = image_.Actors()[reached[i]];
      for (const auto& member : Slice(image_.TeamMembers(), record.members_first, record.members_count)) {
        if (member.actor == actor) return true;
        if (std::ranges::find(reached, member.actor) == reached.end()) reached.push_back(member.actor);
      }
    }
    return false;
  }

  // Who does a manual control knows what it finds; an automated one must tell somebody.
  void TestRecipients() {
    if (record_.nature != format::Nature::Detective || !IsAutomated()) return;
    std::vector<format::ActorRefRecord> recipients;
    const auto add = [&](std::span<const format::ActorRefRecord> refs) { recipients.insert(recipients.end(), refs.begin(), refs.end()); };
    add(Slice(image_.ControlNotifies(), record_.notifies_first, record_.notifies_count));
    for (const Reached& reached : reached_) {
      const SystemRecord& system = image_.Systems()[reached.system];
      add(Slice(image_.SystemNotifies(), system.notifies_first, system.notifies_count));
    }
    if (recipients.empty()) return Reject(Rejection::RecipientUnknown, {Undeclared("notifies")});
    DemandOthers(recipients, "notifies", Rejection::RecipientIsSubject);
  }

  void TestOperators() {
    for (const Reached& reached : reached_) {
      const uint32_t operated_by = image_.Systems()[reached.system].operated_by;
      if (operated_by == format::kNone || !WhoIsBehind(image_, watched_, operated_by).has_watched) continue;
      Reject(Rejection::OperatorIsSubject, With(reached.path, ToActor("operated by", operated_by)));
    }
  }

  std::span<const format::EvidenceItemRecord> Evidence() const {
    return Slice(image_.Evidence(), record_.evidence_first, record_.evidence_count);
  }
  bool HasHoldingEvidence() const {
    return std::ranges::any_of(Evidence(), [&](const auto& item) { return item.from <= at_ && at_ < item.until; });
  }

  void TestEvidence() {
    if (HasHoldingEvidence()) return;
    const bool has_old = std::ranges::any_of(Evidence(), [&](const auto& item) { return item.until <= at_; });
    Reject(has_old ? Rejection::EvidenceStale : Rejection::NoEvidence);
  }

  const Image& image_;
  const uint32_t row_;
  const ControlRecord& record_;
  const Watched& watched_;
  const Instant at_;
  const Without& without_;
  std::vector<Reached> reached_;      // nearest first, declared order
  std::vector<std::pair<uint32_t, std::vector<ControlEdge>>> controls_;  // itself first, then those it depends on
  JudgedControl judged_;
};

// An outside party that nobody inside controls.
bool IsOutside(const Image& image, std::span<const format::ActorRefRecord> actors) {
  return std::ranges::any_of(actors, [&](const format::ActorRefRecord& ref) {
    const format::ActorRecord& actor = image.Actors()[ref.actor];
    return actor.kind == format::ActorKind::External && actor.controlled_by_count == 0;
  });
}

}  // namespace

ControlClass ClassOf(const Image& image, uint32_t row) {
  const ControlRecord& control = image.Controls()[row];
  if (control.nature == format::Nature::Corrective) return ControlClass::None;
  const bool is_preventive = control.nature == format::Nature::Preventive;
  if (is_preventive && control.automation == format::Automation::Automated) return ControlClass::Preventive;
  if (IsOutside(image, Slice(image.ControlPerformers(), control.performers_first, control.performers_count)) ||
      IsOutside(image, Slice(image.ControlReviewers(), control.reviewers_first, control.reviewers_count))) {
    return ControlClass::Outside;
  }
  return control.nature == format::Nature::Unstated ? ControlClass::None : ControlClass::Independent;
}

JudgedControl JudgeControl(const Image& image, uint32_t control, const Watched& watched, Instant at, const Without& without) {
  return JudgingControl(image, control, watched, at, without).Run();
}

}  // namespace sod::core
