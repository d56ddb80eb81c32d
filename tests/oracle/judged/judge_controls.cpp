#include "judge_controls.h"

#include <algorithm>

namespace oracle::judged {
namespace {

bool Has(const std::vector<int>& items, int item) { return std::find(items.begin(), items.end(), item) != items.end(); }

void AddOnce(std::vector<int>& items, int item) {
  if (!Has(items, item)) items.push_back(item);
}

// Of the tests.
constexpr const char* kOrder[] = {"no_performer", "vacant", "performer_is_subject", "reviewer_is_subject", "administrator_unknown",
                                         "administrator_is_subject", "recipient_unknown", "recipient_is_subject", "operator_is_subject",
                                         "no_evidence", "evidence_stale"};

}  // namespace

bool IsMemberOf(const World& world, int actor, int team) {
  const std::vector<int>& members = world.actors[static_cast<size_t>(team)].members;
  return std::any_of(members.begin(), members.end(), [&](int member) { return member == actor || IsMemberOf(world, actor, member); });
}

char JudgingControls::ClassOf(const Control& control) const {
  if (control.nature == Nature::Corrective) return '-';
  if (control.nature == Nature::Preventive && control.manner == Manner::Automated) return 'P';
  for (const std::vector<int>* actors : {&control.performers, &control.reviewers}) {
    for (const int actor : *actors) {
      const Actor& one = world_.actors[static_cast<size_t>(actor)];
      if (one.kind == Kind::External && one.controllers.empty()) return 'O';
    }
  }
  return control.nature == Nature::Unsaid ? '-' : 'I';
}

JudgingControls::Ground JudgingControls::GroundOf(int row) const {
  Ground ground;
  ground.controls = {row};
  for (size_t i = 0; i < ground.controls.size(); ++i) {
    const Control& control = world_.controls[static_cast<size_t>(ground.controls[i])];
    for (const int system : control.systems) AddOnce(ground.systems, system);
    for (const int system : control.on_systems) AddOnce(ground.systems, system);
    if (Is(Reading::ControlDependenciesIgnored)) continue;
    for (const int other : control.on_controls) AddOnce(ground.controls, other);
  }
  for (size_t i = 0; i < ground.systems.size() && !Is(Reading::DependenciesIgnored); ++i) {
    for (const int system : world_.systems[static_cast<size_t>(ground.systems[i])].depends_on) AddOnce(ground.systems, system);
  }
  return ground;
}

Behind JudgingControls::LookAt(const std::vector<int>& actors) const {
  Behind among;
  for (const int actor : actors) {
    const Behind behind = WhoIsBehind(world_, watched_, actor, reading_);
    among.has_watched = among.has_watched || behind.has_watched;
    among.has_others = among.has_others || behind.has_others;
  }
  return among;
}

bool JudgingControls::Holds(const Evidence& evidence, int cadence) const {
  if (evidence.dated == 0) return !Is(Reading::UndatedIsStale);
  const int rhythm = evidence.every != 0 ? evidence.every : Is(Reading::CadenceIgnored) ? 0 : cadence;
  if (day_ < evidence.dated) return Is(Reading::FutureEvidenceHolds);
  return rhythm == 0 || day_ <= evidence.dated + rhythm;
}
bool JudgingControls::HasProof(const Control& control) const {
  const auto holds = [&](const Evidence& evidence) { return Holds(evidence, control.cadence); };
  if (Is(Reading::AllEvidenceMustHold)) return !control.evidence.empty() && std::all_of(control.evidence.begin(), control.evidence.end(), holds);
  return std::any_of(control.evidence.begin(), control.evidence.end(), holds);
}

bool JudgingControls::Names(const Immutable& immutable, const Control& control, bool is_of_control, int actor) const {
  // The rhythm of a control is no rhythm of the system below it.
  const bool is_proved = immutable.proof ? Holds(*immutable.proof, is_of_control ? control.cadence : 0) : HasProof(control);
  if (!is_proved && !Is(Reading::ImmutableWithoutProof)) return false;
  if (immutable.against == Against::Administrators) return true;
  if (immutable.against == Against::Actor) return immutable.which == actor || IsMemberOf(world_, actor, immutable.which);
  return Is(Reading::ImmutableAgainstGroupForAll) || holds_some_(world_.groups[static_cast<size_t>(immutable.which)]);
}
bool JudgingControls::IsLifted(const Keeping& keeping, const Control& control) const {
  const bool is_of_control = &keeping == static_cast<const Keeping*>(&control);
  const auto is_named = [&](int actor) {
    return std::any_of(keeping.immutables.begin(), keeping.immutables.end(),
                       [&](const Immutable& immutable) { return Names(immutable, control, is_of_control, actor); });
  };
  const bool is_immutable = Is(Reading::ImmutableAgainstOneIsEnough) ? std::any_of(watched_.begin(), watched_.end(), is_named)
                                                                     : std::all_of(watched_.begin(), watched_.end(), is_named);
  if (is_immutable && !Is(Reading::ImmutableIgnored)) return true;
  const Behind told = LookAt(keeping.changes_notify);
  if (Is(Reading::ChangesNotifyIgnored)) return false;
  return told.has_others || (Is(Reading::ChangesNotifySubject) && told.has_watched);
}

void JudgingControls::TestAdministrators(const std::vector<int>& administrators, const Control& control, std::set<std::string>& reasons) const {
  const Behind among = LookAt(administrators);
  if (!among.has_watched && !among.has_others) {
    if (!Is(Reading::UnknownAdministratorPasses)) reasons.insert("administrator_unknown");
    return;
  }
  const bool is_barred_by_one = control.nature == Nature::Preventive ? !Is(Reading::SoleAdministratorOfPreventive)
                                                                     : Is(Reading::AnyAdministratorOfDetective);
  if (among.has_watched && (is_barred_by_one || !among.has_others)) reasons.insert("administrator_is_subject");
}

void JudgingControls::TestKeeping(const Control& control, const Ground& ground, std::set<std::string>& reasons) const {
  if (IsLifted(control, control)) return;
  if (!control.administrators.empty()) TestAdministrators(control.administrators, control, reasons);
  const bool says_itself = !control.administrators.empty() || control.is_kept_by_nobody;
  if (ground.systems.empty() && !says_itself && control.manner == Manner::Automated && !Is(Reading::UnknownAdministratorPasses)) {
    reasons.insert("administrator_unknown");
  }
  for (const int row : ground.systems) {
    const System& system = world_.systems[static_cast<size_t>(row)];
    if (IsLifted(system, control)) continue;
    if (system.is_kept_by_nobody) {
      if (system.operated_by == kNone && !Is(Reading::NobodyNeedsNoOperator)) reasons.insert("administrator_unknown");
    } else {
      TestAdministrators(system.administrators, control, reasons);
    }
  }
}

void JudgingControls::TestPeople(const Control& control, std::set<std::string>& reasons) const {
  if (control.manner != Manner::Automated || Is(Reading::AutomatedNeedsPerformer)) {
    const Behind among = LookAt(control.performers);
    const bool is_enough = among.has_others || (Is(Reading::OnlyPerformerInsideAllowed) && among.has_watched);
    if (control.performers.empty()) {
      if (!Is(Reading::ManualNeedsNoPerformer)) reasons.insert("no_performer");
    } else if (!is_enough) {
      reasons.insert(among.has_watched ? "performer_is_subject" : "vacant");
    }
  }
  if (!control.reviewers.empty() && !Is(Reading::ReviewerIgnored)) {
    const Behind among = LookAt(control.reviewers);
    if (!among.has_others) reasons.insert(among.has_watched ? "reviewer_is_subject" : "vacant");
  }
}

void JudgingControls::TestRecipients(const Control& control, const Ground& ground, std::set<std::string>& reasons) const {
  if (control.nature != Nature::Detective || Is(Reading::RecipientsIgnored)) return;
  if (control.manner != Manner::Automated && !Is(Reading::RecipientsOfManual)) return;
  std::vector<int> told = control.notifies;
  for (const int system : ground.systems) {
    for (const int actor : world_.systems[static_cast<size_t>(system)].notifies) told.push_back(actor);
  }
  const Behind among = LookAt(told);
  if (told.empty()) {
    reasons.insert("recipient_unknown");
  } else if (!among.has_others) {
    reasons.insert(among.has_watched ? "recipient_is_subject" : "vacant");
  }
}

ControlAnswer JudgingControls::Judge(int row) const {
  const Control& control = world_.controls[static_cast<size_t>(row)];
  ControlAnswer answer;
  answer.control_class = ClassOf(control);
  const bool is_in_force = control.valid.Contain(day_) || Is(Reading::ExpiredCounts);
  const bool is_planned = control.status == Status::Planned;
  const bool is_failed = control.status == Status::Failed && !Is(Reading::FailedCounts);
  if (!is_in_force || is_planned || is_failed || answer.control_class == '-') {
    answer.reasons = {!is_in_force ? "not_in_force" : is_planned ? "planned" : is_failed ? "failed" : "no_class"};
    return answer;
  }
  if (Is(Reading::FailedCounts) && control.status == Status::Failed) return answer;
  if (Is(Reading::ExpiredCounts) && !control.valid.Contain(day_)) return answer;
  std::set<std::string> reasons;
  const Ground ground = GroundOf(row);
  TestPeople(control, reasons);
  TestKeeping(control, ground, reasons);
  TestRecipients(control, ground, reasons);
  for (const int system : ground.systems) {
    const int operated_by = world_.systems[static_cast<size_t>(system)].operated_by;
    if (operated_by != kNone && LookAt({operated_by}).has_watched && !Is(Reading::OperatorIgnored)) reasons.insert("operator_is_subject");
  }
  if (!HasProof(control) && !Is(Reading::EvidenceIgnored)) reasons.insert(HasOldProof(control) ? "evidence_stale" : "no_evidence");
  for (const char* const reason : kOrder) {
    if (reasons.count(reason) != 0) answer.reasons.emplace_back(reason);
  }
  return answer;
}
bool JudgingControls::HasOldProof(const Control& control) const {
  return std::any_of(control.evidence.begin(), control.evidence.end(),
                     [&](const Evidence& evidence) { return evidence.dated != 0 && evidence.dated <= day_; });
}

// Names of what stands or falls with it: "s3", "k2".
std::set<std::string> JudgingControls::DomainsOf(int row) const {
  const Ground ground = GroundOf(row);
  std::set<std::string> domains;
  for (const int system : ground.systems) domains.insert("s" + std::to_string(system));
  for (const int control : ground.controls) {
    if (control != row || (ground.systems.empty() && ground.controls.size() == 1)) domains.insert("k" + std::to_string(control));
  }
  return domains;
}
bool JudgingControls::Share(int one, int other) const {
  if (Is(Reading::DomainsIgnored)) return false;
  const std::set<std::string> domains = DomainsOf(other);
  const std::set<std::string> mine = DomainsOf(one);
  return std::any_of(mine.begin(), mine.end(), [&](const std::string& domain) { return domains.count(domain) != 0; });
}
int JudgingControls::Steps(const std::vector<int>& counted) const {
  if (Is(Reading::StepsInOrder)) return StepsInOrder(counted);
  std::vector<int> by_class[3];
  for (const int control : counted) {
    const char name = ClassOf(world_.controls[static_cast<size_t>(control)]);
    by_class[name == 'P' ? 0 : name == 'I' ? 1 : 2].push_back(control);
  }
  for (std::vector<int>& some : by_class) some.push_back(kNone);
  int most = 0;
  for (const int p : by_class[0]) {
    for (const int i : by_class[1]) {
      for (const int o : by_class[2]) {
        const bool clash = (p != kNone && i != kNone && Share(p, i)) || (p != kNone && o != kNone && Share(p, o)) ||
                           (i != kNone && o != kNone && Share(i, o));
        if (!clash) most = std::max(most, (p != kNone) + (i != kNone) + (o != kNone));
      }
    }
  }
  return most;
}
// Each control, in the order given, if its class and its domains are free.
int JudgingControls::StepsInOrder(const std::vector<int>& counted) const {
  std::vector<int> taken;
  for (const int control : counted) {
    const bool is_free = std::none_of(taken.begin(), taken.end(), [&](int other) {
      return ClassOf(world_.controls[static_cast<size_t>(other)]) == ClassOf(world_.controls[static_cast<size_t>(control)]) || Share(control, other);
    });
    if (is_free) taken.push_back(control);
  }
  return static_cast<int>(taken.size());
}
int JudgingControls::Residual(int inherent, const std::vector<int>& counted) const {
  const bool prevents = std::any_of(counted.begin(), counted.end(),
                                    [&](int control) { return ClassOf(world_.controls[static_cast<size_t>(control)]) == 'P'; });
  const int left = std::max(0, inherent - Steps(counted));
  const int middle = world_.levels / 2;  // ⌈(n − 1) / 2⌉
  if (inherent != world_.levels - 1 || prevents || Is(Reading::NoFloor)) return left;
  return Is(Reading::TopIsTheMiddle) ? middle : std::max(left, middle);
}

}  // namespace oracle::judged
