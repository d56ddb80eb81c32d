#include "laws_judged.h"

#include <algorithm>

namespace oracle::judged {
namespace {

using Changed = std::optional<World>;

template <typename T>
T& OneOf(std::vector<T>& items, Dice& dice) {
  return items[static_cast<size_t>(dice.Below(static_cast<int>(items.size())))];
}
template <typename T>
bool Has(const std::vector<T>& items, const T& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

// ---- What may follow

std::string Compare(const Answer& before, const Answer& after, bool may_improve, bool may_worsen) {
  const auto wrong = [&](Verdict was, Verdict is) { return (is > was && !may_improve) || (is < was && !may_worsen); };
  for (const auto& [name, conflict] : before.conflicts) {
    const auto found = after.conflicts.find(name);
    if (found == after.conflicts.end()) return name + " disappeared";
    if (wrong(conflict.disposition, found->second.disposition)) return "the disposition of " + name;
  }
  return wrong(before.verdict, after.verdict) ? "the verdict" : "";
}

std::string NotBetter(const Answer& before, const Answer& after) { return Compare(before, after, false, true); }
std::string NotWorse(const Answer& before, const Answer& after) { return Compare(before, after, true, false); }
std::string Same(const Answer& before, const Answer& after) { return before == after ? "" : "the answer"; }

// The dispositions stay, and what is listed may be more.
std::string SameVerdicts(const Answer& before, const Answer& after) { return Compare(before, after, false, false); }

std::string SameConflicts(const Answer& before, const Answer& after) {
  const auto is_less = [](const auto& one, const auto& other) { return one.first < other.first; };
  const bool has_all = std::includes(after.conflicts.begin(), after.conflicts.end(), before.conflicts.begin(), before.conflicts.end(), is_less);
  const bool has_no_more = std::includes(before.conflicts.begin(), before.conflicts.end(), after.conflicts.begin(), after.conflicts.end(), is_less);
  return has_all && has_no_more ? "" : "the list of conflicts";
}

// ---- Holdings

// Whoever gets a role gets its exceptions, and whoever gets a duty of a group is among those against whom
// something is immutable: the law leaves these out.
bool IsExcepted(const World& world, const Thing& thing) {
  std::vector<int> roles, duties;
  if (!thing.is_role) duties.push_back(thing.row);
  for (int role = thing.is_role ? thing.row : kNone; role != kNone; role = world.roles[static_cast<size_t>(role)].includes) {
    roles.push_back(role);
    const std::vector<int>& grants = world.roles[static_cast<size_t>(role)].grants;
    duties.insert(duties.end(), grants.begin(), grants.end());
  }
  const auto is_for = [&](const Parties& parties) {
    return std::any_of(roles.begin(), roles.end(), [&](int role) { return Has(parties.roles, role); });
  };
  const auto is_against = [&](const Keeping& keeping) {
    return std::any_of(keeping.immutables.begin(), keeping.immutables.end(), [&](const Immutable& immutable) {
      if (immutable.against != Against::Group) return false;
      const std::vector<int>& group = world.groups[static_cast<size_t>(immutable.which)];
      return std::any_of(duties.begin(), duties.end(), [&](int duty) { return Has(group, duty); });
    });
  };
  return std::any_of(world.waivers.begin(), world.waivers.end(), [&](const Waiver& waiver) { return is_for(waiver.parties); }) ||
         std::any_of(world.exemptions.begin(), world.exemptions.end(), [&](const Exemption& exemption) { return is_for(exemption.parties); }) ||
         std::any_of(world.systems.begin(), world.systems.end(), is_against) ||
         std::any_of(world.controls.begin(), world.controls.end(), is_against);
}

// For everybody the same thing more.
Changed AddHolding(World world, Dice& dice) {
  const bool is_role = dice.Percent(70);
  const Thing thing{is_role, dice.Below(is_role ? static_cast<int>(world.roles.size()) : world.duty_count)};
  if (IsExcepted(world, thing)) return std::nullopt;
  Days days;
  if (dice.Percent(50)) days = {dice.Between(1, 10), dice.Between(11, 28)};
  const size_t place = static_cast<size_t>(dice.Below(static_cast<int>(world.assignments.size()) + 1));
  for (size_t actor = 0; actor < world.actors.size(); ++actor) {
    if (world.actors[actor].kind != Kind::Person) continue;
    world.assignments.insert(world.assignments.begin() + static_cast<long>(place), {static_cast<int>(actor), thing, days});
  }
  return world;
}

// Everybody asks for the same.
Changed AddRequest(World world, Dice& dice) {
  const bool is_role = dice.Percent(70);
  const Thing thing{is_role, dice.Below(is_role ? static_cast<int>(world.roles.size()) : world.duty_count)};
  if (world.requested || IsExcepted(world, thing)) return std::nullopt;
  world.requested = thing;
  return world;
}

// A delegation gives to one and takes from nobody; it may make the one a stand-in of the other.
Changed AddDelegation(World world, Dice& dice) {
  const int duty = dice.Below(world.duty_count);
  if (IsExcepted(world, {false, duty})) return std::nullopt;
  world.delegations.push_back({duty, dice.Below(2), dice.Between(2, 5), {dice.Between(1, 10), dice.Between(11, 28)}});
  return world;
}

// ---- Controls and evidence

std::vector<std::vector<int>*> CoveringLists(World& world) {
  std::vector<std::vector<int>*> lists = {&world.controls_of_all};
  for (Rule& rule : world.rules) lists.push_back(&rule.controls);
  for (Process& process : world.processes) lists.push_back(&process.controls);
  for (Role& role : world.roles) lists.push_back(&role.controls);
  for (Actor& actor : world.actors) {
    if (actor.kind == Kind::Person) lists.push_back(&actor.controls);
  }
  return lists;
}

// One more control in some of the places where they are listed.
void List(World& world, Dice& dice, int control) {
  for (std::vector<int>* list : CoveringLists(world)) {
    if (dice.Percent(60) && !Has(*list, control)) list->insert(list->begin() + dice.Below(static_cast<int>(list->size()) + 1), control);
  }
}

Changed ListControl(World world, Dice& dice) {
  List(world, dice, dice.Below(static_cast<int>(world.controls.size())));
  return world;
}

// A new one that does not count.
Changed ListBadControl(World world, Dice& dice) {
  Control control = world.controls[static_cast<size_t>(dice.Below(static_cast<int>(world.controls.size())))];
  if (dice.Percent(50)) {
    control.status = Status::Failed;
  } else {
    control.valid = {1, 2};
  }
  world.controls.push_back(control);
  List(world, dice, static_cast<int>(world.controls.size()) - 1);
  return world;
}

Changed FailControl(World world, Dice& dice) {
  for (Control& control : world.controls) {
    if (dice.Percent(40)) control.status = dice.Percent(50) ? Status::Failed : Status::Planned;
  }
  return world;
}

Changed ExpireControl(World world, Dice& dice) {
  for (Control& control : world.controls) {
    if (!dice.Percent(40)) continue;
    const int day = dice.Between(3, 26);
    if (control.valid.first < day) control.valid.last = std::min(control.valid.last, day);
  }
  return world;
}

Changed AddEvidence(World world, Dice& dice) {
  for (Control& control : world.controls) {
    if (!dice.Percent(60)) continue;
    const Evidence evidence = {dice.Between(1, 26), dice.Percent(50) ? dice.Between(1, 9) : 0};
    control.evidence.insert(control.evidence.begin() + dice.Below(static_cast<int>(control.evidence.size()) + 1), evidence);
  }
  return world;
}

// Nobody says any more who administers it, whom it tells, or who does it by hand.
Changed LeaveEdgesOut(World world, Dice& dice) {
  const auto leave_out = [&](Keeping& keeping) {
    if (dice.Percent(30)) keeping.notifies.clear();
    if (dice.Percent(20)) keeping.changes_notify.clear();
    if (dice.Percent(20)) keeping.immutables.clear();
  };
  for (System& system : world.systems) {
    leave_out(system);
    if (dice.Percent(50)) system.administrators.clear();
    if (system.is_kept_by_nobody && dice.Percent(50)) system.is_kept_by_nobody = false;
  }
  for (Control& control : world.controls) {
    leave_out(control);
    if (control.manner != Manner::Automated && dice.Percent(30)) control.performers.clear();
    if (dice.Percent(20)) control.evidence.clear();
  }
  return world;
}

// ---- Excuses

Changed AddWaiver(World world, Dice& dice) {
  Waiver waiver;
  waiver.parties.actors = {dice.Below(6)};
  if (dice.Percent(30)) waiver.parties.roles = {dice.Below(static_cast<int>(world.roles.size()))};
  waiver.rules = dice.Some(static_cast<int>(world.rules.size()), 5);
  waiver.requester = dice.Below(6);
  waiver.approver = dice.Below(static_cast<int>(world.actors.size()));
  waiver.days = {dice.Between(1, 12), dice.Between(12, 28)};
  if (dice.Percent(30)) waiver.controls = {dice.Below(static_cast<int>(world.controls.size()))};
  world.waivers.insert(world.waivers.begin() + dice.Below(static_cast<int>(world.waivers.size()) + 1), waiver);
  return world;
}

Changed AddExemption(World world, Dice& dice) {
  Exemption exemption;
  exemption.is_grandfathering = dice.Percent(50);
  exemption.before = dice.Between(2, 22);
  exemption.next = dice.Between(5, 28);
  if (!exemption.is_grandfathering) exemption.parties.roles = {dice.Below(static_cast<int>(world.roles.size()))};
  exemption.rules = dice.Some(static_cast<int>(world.rules.size()), 5);
  world.exemptions.insert(world.exemptions.begin() + dice.Below(static_cast<int>(world.exemptions.size()) + 1), exemption);
  return world;
}

// ---- Modes, appetite, risk

Changed MakeStricter(World world, Dice& dice) {
  for (Rule& rule : world.rules) {
    if (dice.Percent(50)) continue;
    if (rule.mode) {
      rule.mode = static_cast<Mode>(std::min(3, static_cast<int>(*rule.mode) + dice.Between(1, 2)));
    } else {
      rule.is_should = false;
    }
  }
  return world;
}

Changed RaiseCeiling(World world, Dice& dice) {
  if (!world.ceiling) return std::nullopt;
  world.ceiling = static_cast<Mode>(dice.Between(static_cast<int>(*world.ceiling), 3));
  return world;
}

// The mirror: what a roll-out lowers is never worse for it.
Changed LowerCeiling(World world, Dice& dice) {
  world.ceiling = static_cast<Mode>(std::min(static_cast<int>(world.ceiling.value_or(Mode::Deny)), dice.Below(4)));
  return world;
}

Changed LowerAppetite(World world, Dice& dice) {
  if (world.appetite != kNone) world.appetite = std::max(0, world.appetite - dice.Below(2));
  for (Process& process : world.processes) {
    if (process.appetite != kNone) process.appetite = std::max(0, process.appetite - dice.Below(2));
  }
  // A process that says what it takes never makes the policy take more.
  Process process;
  for (int duty = 0; duty < world.duty_count; ++duty) process.steps.push_back(duty);
  process.appetite = dice.Below(world.levels);
  world.processes.push_back(process);
  return world;
}

Changed RaiseRisk(World world, Dice& dice) {
  for (Rule& rule : world.rules) {
    if (rule.risk == kNone || dice.Percent(40)) continue;
    rule.risk = std::min(world.levels - 1, rule.risk + dice.Between(1, 2));
  }
  return world;
}

Changed LeaveUnrated(World world, Dice& dice) {
  for (Rule& rule : world.rules) {
    if (dice.Percent(50)) rule.risk = kNone;
  }
  return world;
}

// ---- Order and lists

Changed Shuffle(World world, Dice& dice) {
  world.order = static_cast<uint64_t>(dice.Between(1, 1'000'000));
  for (std::vector<int>* list : CoveringLists(world)) dice.Shuffle(*list);
  for (Rule& rule : world.rules) dice.Shuffle(rule.permitted_with);
  for (Control& control : world.controls) {
    for (std::vector<int>* list : {&control.performers, &control.reviewers, &control.systems, &control.administrators}) dice.Shuffle(*list);
    dice.Shuffle(control.evidence);
  }
  return world;
}

// Nothing that judges is left; what is a conflict stays one.
Changed ForgetJudgement(World world, Dice&) {
  for (std::vector<int>* list : CoveringLists(world)) list->clear();
  for (Rule& rule : world.rules) rule.permitted_with.clear();
  world.waivers.clear();
  world.exemptions.clear();
  return world;
}

}  // namespace

const std::vector<Law>& Laws() {
  static const std::vector<Law> laws = {
      {"one more holding never improves", AddHolding, NotBetter, true, Reading::RoleOnOneWayCovers},
      {"a request never improves", AddRequest, NotBetter, true, Reading::RoleOnOneWayCovers},
      {"one more delegation never improves", AddDelegation, NotBetter, true, Reading::BestOfAll},
      {"one more control never worsens", ListControl, NotWorse, true, Reading::AllControlsMustCount},
      {"a control that does not count changes nothing", ListBadControl, SameVerdicts, false, Reading::ExpiredCounts},
      {"a failed control never improves", FailControl, NotBetter, true, Reading::FailedCounts},
      {"an expired control never improves", ExpireControl, NotBetter, true, Reading::ExpiredCounts},
      {"one more piece of evidence never worsens", AddEvidence, NotWorse, true, Reading::AllEvidenceMustHold},
      {"what is left unsaid never improves", LeaveEdgesOut, NotBetter, true, Reading::UnknownAdministratorPasses},
      {"one more waiver never worsens", AddWaiver, NotWorse, true, Reading::LastWaiverDecides},
      {"one more exemption never worsens", AddExemption, NotWorse, true, Reading::LastWaiverDecides},
      {"a stricter mode never improves", MakeStricter, NotBetter, true, Reading::CeilingMakesObserved},
      {"a higher ceiling never improves", RaiseCeiling, NotBetter, true, Reading::CeilingIsThreshold},
      {"a lower ceiling never worsens", LowerCeiling, NotWorse, true, Reading::CeilingIsThreshold},
      {"a lower appetite never improves", LowerAppetite, NotBetter, true, Reading::ProcessReplacesAppetite},
      {"a higher risk never improves", RaiseRisk, NotBetter, true, Reading::TopIsTheMiddle},
      {"a risk that is not rated never improves", LeaveUnrated, NotBetter, true, Reading::UnratedIsLow},
      {"the order changes nothing", Shuffle, Same, false, Reading::StepsInOrder},
      {"what is waived is listed", ForgetJudgement, SameConflicts, true, Reading::WaivedIsNotListed},
      {"what is mitigated is listed", ForgetJudgement, SameConflicts, true, Reading::MitigatedIsNotListed},
  };
  return laws;
}

}  // namespace oracle::judged
