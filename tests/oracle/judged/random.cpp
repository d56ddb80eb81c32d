// Random judged worlds. What is decisive is likely: most controls have all the edges that they need, and the
// people whom they watch are among those named about as often as not.
#include <algorithm>

#include "judged_world.h"

namespace oracle::judged {
namespace {

constexpr int kPeople = 6, kServices = 2, kExternals = 3, kTeams = 3;
constexpr int kDuties = 8, kRoles = 5, kSystems = 5, kControls = 10;

class Making {
 public:
  explicit Making(uint64_t seed) : dice_(seed) {}

  World Run() {
    world_.levels = dice_.Between(3, 5);
    if (dice_.Percent(80)) world_.appetite = dice_.Below(world_.levels - 1);
    if (dice_.Percent(40)) world_.ceiling = static_cast<Mode>(dice_.Between(1, 3));
    world_.duty_count = kDuties;
    for (int i = 0; i < 2; ++i) world_.groups.push_back(dice_.Some(kDuties, 2));
    MakeActors();
    MakeRoles();
    MakeHoldings();
    for (int i = 0; i < kSystems; ++i) world_.systems.push_back(MakeSystem(i));
    for (int i = 0; i < kControls; ++i) world_.controls.push_back(MakeControl(i));
    MakeRules();
    MakeProcesses();
    for (int i = dice_.Below(6); i > 0; --i) world_.waivers.push_back(MakeWaiver());
    for (int i = dice_.Below(3); i > 0; --i) world_.exemptions.push_back(MakeExemption());
    if (dice_.Percent(20)) world_.controls_of_all = dice_.Some(kControls, 1);
    const bool is_role = dice_.Percent(60);
    if (dice_.Percent(30)) world_.requested = Thing{is_role, dice_.Below(is_role ? kRoles : kDuties)};
    return std::move(world_);
  }

 private:
  Days RandomDays(int chance) {
    Days days;
    if (!dice_.Percent(chance)) return days;
    if (dice_.Percent(60)) days.first = dice_.Between(1, 20);
    if (dice_.Percent(60)) days.last = dice_.Between(std::max(days.first, 8), 28);
    return days;
  }

  int Add(Kind kind, int number) {
    Actor actor;
    actor.kind = kind;
    actor.number = number;
    world_.actors.push_back(actor);
    return static_cast<int>(world_.actors.size()) - 1;
  }
  int Person() { return dice_.Below(kPeople); }
  int Service() { return kPeople + dice_.Below(kServices); }
  int External() { return kPeople + kServices + dice_.Below(kExternals); }
  int Team() { return kPeople + kServices + kExternals + dice_.Below(kTeams); }
  int Anybody() {
    const int which = dice_.Below(100);
    return which < 50 ? Person() : which < 60 ? Service() : which < 80 ? External() : Team();
  }
  std::vector<int> SomeOf(int chance_of_two, int (Making::*draw)()) {
    std::vector<int> some = {(this->*draw)()};
    if (dice_.Percent(chance_of_two)) {
      const int other = (this->*draw)();
      if (other != some[0]) some.push_back(other);
    }
    return some;
  }

  void MakeActors() {
    for (int i = 0; i < kPeople; ++i) {
      const int row = Add(Kind::Person, i);
      world_.actors[static_cast<size_t>(row)].is_vacant = dice_.Percent(10);
      if (dice_.Percent(20)) world_.actors[static_cast<size_t>(row)].acts_as = {Service()};
      if (dice_.Percent(10)) world_.actors[static_cast<size_t>(row)].controls = {dice_.Below(kControls)};
    }
    for (int i = 0; i < kServices; ++i) {
      const int row = Add(Kind::Service, i);
      if (dice_.Percent(50)) world_.actors[static_cast<size_t>(row)].controllers = {Person()};
      if (i == 0 && dice_.Percent(30)) world_.actors[static_cast<size_t>(row)].acts_as = {kPeople + 1};
    }
    for (int i = 0; i < kExternals; ++i) {
      const int row = Add(Kind::External, i);
      if (dice_.Percent(40)) world_.actors[static_cast<size_t>(row)].controllers = SomeOf(30, &Making::Person);
    }
    for (int i = 0; i < kTeams; ++i) {
      const int row = Add(Kind::Team, i);
      std::vector<int>& members = world_.actors[static_cast<size_t>(row)].members;
      if (dice_.Percent(90)) members = SomeOf(60, &Making::Person);
      if (i > 0 && dice_.Percent(20)) members.push_back(row - 1);
    }
  }

  void MakeRoles() {
    for (int i = 0; i < kRoles; ++i) {
      Role role;
      role.grants = dice_.Some(kDuties, dice_.Between(1, 3));
      if (dice_.Percent(60)) role.controls = dice_.Some(kControls, dice_.Between(1, 2));
      if (i + 1 < kRoles && dice_.Percent(30)) role.includes = dice_.Between(i + 1, kRoles - 1);
      world_.roles.push_back(role);
    }
  }

  void MakeHoldings() {
    for (int i = dice_.Between(12, 24); i > 0; --i) {
      const int which = dice_.Below(100);
      const int actor = which < 80 ? Person() : which < 90 ? Service() : Team();
      const bool is_role = dice_.Percent(60);
      world_.assignments.push_back({actor, {is_role, dice_.Below(is_role ? kRoles : kDuties)}, RandomDays(40)});
    }
    for (int i = dice_.Below(4); i > 0; --i) {  // the first two delegate to the others
      const int to = dice_.Percent(20) ? Team() : dice_.Between(2, kPeople - 1);
      const std::vector<int>& members = world_.actors[static_cast<size_t>(to)].members;
      if (!members.empty() && !IsBelow(to, 2)) continue;
      world_.delegations.push_back({dice_.Below(kDuties), dice_.Below(2), to, RandomDays(70)});
    }
  }
  // Whether all in the team are from this person on.
  bool IsBelow(int team, int from) const {
    const std::vector<int>& members = world_.actors[static_cast<size_t>(team)].members;
    return std::all_of(members.begin(), members.end(), [&](int member) { return member < kPeople ? member >= from : IsBelow(member, from); });
  }

  Evidence MakeEvidence() {
    Evidence evidence;
    if (dice_.Percent(70)) evidence.dated = dice_.Between(1, 24);
    if (dice_.Percent(40)) evidence.every = dice_.Between(2, 12);
    return evidence;
  }

  void MakeKeeping(Keeping& keeping, int chance) {
    if (dice_.Percent(chance)) keeping.administrators = SomeOf(50, &Making::Anybody);
    if (keeping.administrators.empty()) keeping.is_kept_by_nobody = dice_.Percent(40);
    if (dice_.Percent(40)) keeping.notifies = SomeOf(50, &Making::Anybody);
    if (dice_.Percent(15)) keeping.changes_notify = SomeOf(40, &Making::Anybody);
    for (int i = dice_.Percent(30) ? dice_.Between(1, 2) : 0; i > 0; --i) {
      Immutable immutable;
      const int against = dice_.Below(10);
      immutable.against = against < 4 ? Against::Administrators : against < 8 ? Against::Actor : Against::Group;
      if (immutable.against == Against::Actor) immutable.which = dice_.Percent(70) ? Person() : Team();
      if (immutable.against == Against::Group) immutable.which = dice_.Below(2);
      if (dice_.Percent(60)) immutable.proof = Evidence{dice_.Percent(70) ? dice_.Between(1, 24) : 0, 0};
      keeping.immutables.push_back(immutable);
    }
  }

  System MakeSystem(int row) {
    System system;
    MakeKeeping(system, 80);
    if (row + 1 < kSystems && dice_.Percent(30)) system.depends_on = {dice_.Between(row + 1, kSystems - 1)};
    if (dice_.Percent(25)) system.operated_by = Anybody();
    return system;
  }

  Control MakeControl(int row) {
    Control control;
    MakeKeeping(control, 15);
    if (!control.administrators.empty() || dice_.Percent(90)) control.is_kept_by_nobody = false;
    const int nature = dice_.Below(100);
    control.nature = nature < 8 ? Nature::Unsaid : nature < 50 ? Nature::Preventive : nature < 94 ? Nature::Detective : Nature::Corrective;
    const int manner = dice_.Below(100);
    control.manner = manner < 10 ? Manner::Unsaid : manner < 60 ? Manner::Automated : Manner::Manual;
    const int status = dice_.Below(100);
    control.status = status < 80 ? Status::Implemented : status < 90 ? Status::Tested : status < 95 ? Status::Planned : Status::Failed;
    if (dice_.Percent(40)) control.cadence = dice_.Between(2, 12);
    control.valid = RandomDays(15);
    if (dice_.Percent(control.manner == Manner::Automated ? 20 : 85)) control.performers = SomeOf(40, &Making::Anybody);
    if (dice_.Percent(25)) control.reviewers = SomeOf(40, &Making::Anybody);
    if (dice_.Percent(60)) control.systems = dice_.Some(kSystems, dice_.Between(1, 2));
    if (dice_.Percent(10)) control.on_systems = dice_.Some(kSystems, 1);
    if (row + 1 < kControls && dice_.Percent(15)) control.on_controls = {dice_.Between(row + 1, kControls - 1)};
    for (int i = dice_.Percent(85) ? dice_.Between(1, 2) : 0; i > 0; --i) control.evidence.push_back(MakeEvidence());
    return control;
  }

  std::vector<Thing> MakeSide(const std::vector<int>& items, int first, int count, bool is_role) {
    std::vector<Thing> side;
    for (int i = first; i < first + count; ++i) side.push_back({is_role, items[static_cast<size_t>(i)]});
    return side;
  }

  void MakeRules() {
    for (int i = 0; i < 10; ++i) {
      Rule rule;
      const bool is_role = dice_.Percent(20);
      std::vector<int> items = dice_.Some(is_role ? kRoles : kDuties, 4);
      const int first = dice_.Between(1, 2);
      rule.a = MakeSide(items, 0, first, is_role);
      rule.b = MakeSide(items, first, dice_.Between(1, 2), is_role);
      if (!is_role && dice_.Percent(10)) rule.b = MakeSide(dice_.Some(kRoles, 1), 0, 1, true);
      rule.is_should = dice_.Percent(20);
      if (dice_.Percent(50)) rule.mode = static_cast<Mode>(dice_.Below(4));
      if (dice_.Percent(85)) rule.risk = dice_.Below(world_.levels);
      if (dice_.Percent(70)) rule.controls = dice_.Some(kControls, dice_.Between(1, 4));
      if (dice_.Percent(12)) rule.permitted_with = dice_.Some(kControls, dice_.Between(1, 2));
      rule.is_never_waived = dice_.Percent(10);
      world_.rules.push_back(rule);
    }
  }

  void MakeProcesses() {
    for (int i = dice_.Below(3); i > 0; --i) {
      Process process;
      process.steps = dice_.Some(kDuties, dice_.Between(3, 6));
      if (dice_.Percent(60)) process.appetite = dice_.Below(world_.levels);
      if (dice_.Percent(50)) process.controls = dice_.Some(kControls, dice_.Between(1, 2));
      world_.processes.push_back(process);
    }
  }

  Parties MakeParties(int chance_of_role) {
    Parties parties;
    if (dice_.Percent(chance_of_role)) {
      parties.roles = {dice_.Below(kRoles)};
    } else {
      parties.actors = {dice_.Percent(75) ? Person() : Team()};
    }
    return parties;
  }

  Waiver MakeWaiver() {
    Waiver waiver;
    waiver.parties = MakeParties(25);
    waiver.rules = dice_.Some(static_cast<int>(world_.rules.size()), dice_.Between(1, 3));
    waiver.requester = dice_.Percent(80) ? Person() : Anybody();
    waiver.approver = dice_.Percent(80) ? Person() : Anybody();
    waiver.days = {dice_.Between(1, 18), dice_.Between(18, 28)};
    if (dice_.Percent(20)) waiver.closed = dice_.Between(waiver.days.first, waiver.days.last);
    if (dice_.Percent(20)) waiver.controls = dice_.Some(kControls, 1);
    return waiver;
  }

  Exemption MakeExemption() {
    Exemption exemption;
    exemption.is_grandfathering = dice_.Percent(40);
    exemption.rules = dice_.Some(static_cast<int>(world_.rules.size()), dice_.Between(1, 3));
    exemption.next = dice_.Between(8, 28);
    exemption.before = dice_.Between(2, 22);
    if (exemption.is_grandfathering) return exemption;
    exemption.parties = MakeParties(40);
    if (dice_.Percent(70)) exemption.approvers = MakeParties(20);
    return exemption;
  }

  Dice dice_;
  World world_;
};

}  // namespace

World RandomWorld(uint64_t seed) { return Making(seed).Run(); }

}  // namespace oracle::judged
