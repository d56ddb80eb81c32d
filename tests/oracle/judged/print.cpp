// A judged world as the text of a policy.
#include "judged_world.h"

namespace oracle::judged {
namespace {

std::string Day(int day) { return std::string("2026-03-") + (day < 10 ? "0" : "") + std::to_string(day); }

std::string DaysText(const Days& days) {
  return (days.first == 0 ? "" : " from " + Day(days.first)) + (days.last == kNever ? "" : " until " + Day(days.last));
}

class Printing {
 public:
  explicit Printing(const World& world) : world_(world) {}

  std::string Run() {
    Head();
    for (size_t i = 0; i < world_.actors.size(); ++i) Add(ActorText(static_cast<int>(i)));
    for (size_t i = 0; i < world_.systems.size(); ++i) Add(SystemText(static_cast<int>(i)));
    for (size_t i = 0; i < world_.controls.size(); ++i) Add(ControlText(static_cast<int>(i)));
    for (int duty = 0; duty < world_.duty_count; ++duty) Add("duty d" + std::to_string(duty));
    for (size_t i = 0; i < world_.groups.size(); ++i) Add("group g" + std::to_string(i) + " = {" + List("", world_.groups[i], "d") + " }");
    for (size_t i = 0; i < world_.roles.size(); ++i) Add(RoleText(static_cast<int>(i)));
    for (const Assignment& assignment : world_.assignments) {
      Add("assign " + NameOf(world_, assignment.actor) + " to " + ThingText(assignment.thing) + DaysText(assignment.days));
    }
    for (const Delegation& delegation : world_.delegations) {
      Add("delegate d" + std::to_string(delegation.duty) + " from " + NameOf(world_, delegation.from) + " to " + NameOf(world_, delegation.to) +
          DaysText(delegation.days));
    }
    for (size_t i = 0; i < world_.rules.size(); ++i) Add(RuleText(static_cast<int>(i)));
    for (size_t i = 0; i < world_.processes.size(); ++i) Add(ProcessText(static_cast<int>(i)));
    for (size_t i = 0; i < world_.waivers.size(); ++i) Add(WaiverText(static_cast<int>(i)));
    for (size_t i = 0; i < world_.exemptions.size(); ++i) Add(ExemptionText(static_cast<int>(i)));
    if (world_.order != 0) Dice(world_.order).Shuffle(declarations_);
    std::string text = head_;
    for (const std::string& declaration : declarations_) text += declaration + "\n";
    return text;
  }

 private:
  void Add(std::string text) { declarations_.push_back(std::move(text)); }

  static std::string List(const std::string& word, const std::vector<int>& items, const char* letter) {
    std::string text;
    for (const int item : items) text += (text.empty() ? word + " " : ", ") + letter + std::to_string(item);
    return text.empty() ? "" : (word.empty() ? "" : " ") + text;
  }
  std::string Actors(const std::string& word, const std::vector<int>& actors) const {
    std::string text;
    for (const int actor : actors) text += (text.empty() ? " " + word + " " : ", ") + NameOf(world_, actor);
    return text;
  }
  std::string ThingText(const Thing& thing) const { return (thing.is_role ? "r" : "d") + std::to_string(thing.row); }

  void Head() {
    constexpr const char* kModes[] = {"observe", "warn", "approve", "deny"};
    head_ = "policy world \"World\" { language 1";
    if (world_.appetite != kNone) head_ += "  appetite l" + std::to_string(world_.appetite);
    if (world_.ceiling) head_ += std::string("  mode at most ") + kModes[static_cast<int>(*world_.ceiling)];
    head_ += List(" mitigated by", world_.controls_of_all, "k") + " }\nscale levels \"Levels\" { measures risk";
    for (int level = 0; level < world_.levels; ++level) head_ += "  member l" + std::to_string(level) + " \"L" + std::to_string(level) + "\"";
    head_ += " }\n";
  }

  std::string ActorText(int row) const {
    constexpr const char* kWords[] = {"person ", "team ", "external ", "service "};
    const Actor& actor = world_.actors[static_cast<size_t>(row)];
    return kWords[static_cast<int>(actor.kind)] + NameOf(world_, row) + (actor.is_vacant ? " vacant" : "") + " {" +
           Actors("members", actor.members) + Actors("controlled by", actor.controllers) + Actors("acts as", actor.acts_as) +
           List("mitigated by", actor.controls, "k") + " }";
  }

  static std::string EvidenceText(const Evidence& evidence) {
    return " evidence log \"kept\"" + (evidence.dated == 0 ? "" : " dated " + Day(evidence.dated)) +
           (evidence.every == 0 ? "" : " every " + std::to_string(evidence.every) + "d");
  }

  std::string KeepingText(const Keeping& keeping) const {
    std::string text = Actors("administered by", keeping.administrators);
    if (keeping.is_kept_by_nobody) text += " administered by nobody";
    text += Actors("notifies", keeping.notifies) + Actors("changes notify", keeping.changes_notify);
    for (const Immutable& immutable : keeping.immutables) {
      text += " immutable against ";
      switch (immutable.against) {
        case Against::Administrators: text += "administrators"; break;
        case Against::Actor: text += NameOf(world_, immutable.which); break;
        case Against::Group: text += "g" + std::to_string(immutable.which); break;
      }
      if (immutable.proof) text += " with" + EvidenceText(*immutable.proof);
    }
    return text;
  }

  std::string SystemText(int row) const {
    const System& system = world_.systems[static_cast<size_t>(row)];
    return "system s" + std::to_string(row) + " {" + KeepingText(system) + List("depends on", system.depends_on, "s") +
           (system.operated_by == kNone ? "" : " operated by " + NameOf(world_, system.operated_by)) + " }";
  }

  std::string ControlText(int row) const {
    constexpr const char* kNatures[] = {"", "preventive", "detective", "corrective"};
    constexpr const char* kManners[] = {"", "automated", "manual"};
    constexpr const char* kStatuses[] = {"", " status tested", " status planned", " status failed"};
    const Control& control = world_.controls[static_cast<size_t>(row)];
    std::string nature = kNatures[static_cast<int>(control.nature)];
    const std::string manner = kManners[static_cast<int>(control.manner)];
    nature += (nature.empty() || manner.empty() ? "" : ", ") + manner;
    std::string text = "control k" + std::to_string(row) + " \"K" + std::to_string(row) + "\" {" + (nature.empty() ? "" : " nature " + nature);
    text += kStatuses[static_cast<int>(control.status)];
    if (control.cadence != 0) text += " cadence every " + std::to_string(control.cadence) + "d";
    if (control.valid.first != 0 || control.valid.last != kNever) text += " valid" + DaysText(control.valid);
    text += Actors("performer", control.performers) + Actors("reviewer", control.reviewers) + List("system", control.systems, "s");
    text += List("depends on", control.on_systems, "s") + List("depends on", control.on_controls, "k") + KeepingText(control);
    for (const Evidence& evidence : control.evidence) text += EvidenceText(evidence);
    return text + " }";
  }

  std::string RoleText(int row) const {
    const Role& role = world_.roles[static_cast<size_t>(row)];
    return "role r" + std::to_string(row) + " {" + (role.includes == kNone ? "" : " includes r" + std::to_string(role.includes)) +
           List("grants", role.grants, "d") + List("mitigated by", role.controls, "k") + " }";
  }

  // Elements of one side are of one kind.
  std::string SideText(const std::vector<Thing>& side) const {
    std::string text = side[0].is_role ? "any of roles {" : "any of {";
    for (size_t i = 0; i < side.size(); ++i) text += (i == 0 ? " " : ", ") + ThingText(side[i]);
    return text + " }";
  }

  std::string RuleText(int row) const {
    constexpr const char* kModes[] = {"observe", "warn", "approve", "deny"};
    const Rule& rule = world_.rules[static_cast<size_t>(row)];
    std::string text = "conflict c" + std::to_string(row) + " between " + SideText(rule.a) + " and " + SideText(rule.b) + " {";
    if (rule.is_should) text += " should \"where possible\"";
    if (rule.mode) text += std::string(" mode ") + kModes[static_cast<int>(*rule.mode)];
    if (rule.risk != kNone) text += " risk l" + std::to_string(rule.risk);
    if (rule.is_never_waived) text += " never waived";
    return text + List("mitigated by", rule.controls, "k") + List("permitted with", rule.permitted_with, "k") + " }";
  }

  std::string ProcessText(int row) const {
    const Process& process = world_.processes[static_cast<size_t>(row)];
    std::string text = "process p" + std::to_string(row) + " {";
    for (const int step : process.steps) text += " step d" + std::to_string(step);
    if (process.appetite != kNone) text += " appetite l" + std::to_string(process.appetite);
    return text + List("control", process.controls, "k") + " }";
  }

  std::string PartiesText(const std::string& word, const Parties& parties) const {
    std::string text = Actors(word, parties.actors);
    for (const int role : parties.roles) text += (text.empty() ? " " + word + " role r" : ", role r") + std::to_string(role);
    return text;
  }

  std::string WaiverText(int row) const {
    const Waiver& waiver = world_.waivers[static_cast<size_t>(row)];
    return "waiver w" + std::to_string(row) + " {" + PartiesText("for", waiver.parties) + List("conflict", waiver.rules, "c") +
           " reason \"for the test\" requester " + NameOf(world_, waiver.requester) + " approver " + NameOf(world_, waiver.approver) + " valid" +
           DaysText(waiver.days) + (waiver.closed == 0 ? "" : " closed " + Day(waiver.closed)) + List("control", waiver.controls, "k") + " }";
  }

  std::string ExemptionText(int row) const {
    const Exemption& exemption = world_.exemptions[static_cast<size_t>(row)];
    const std::string rest = List("conflict", exemption.rules, "c") + " review monthly next " + Day(exemption.next) + " }";
    if (exemption.is_grandfathering) return "grandfather x" + std::to_string(row) + " { assignments before " + Day(exemption.before) + rest;
    return "exemption x" + std::to_string(row) + " {" + PartiesText("for", exemption.parties) + " because \"for the test\"" +
           PartiesText("approved by", exemption.approvers) + rest;
  }

  const World& world_;
  std::string head_;
  std::vector<std::string> declarations_;
};

}  // namespace

std::string NameOf(const World& world, int actor) {
  constexpr const char* kLetters[] = {"a", "t", "e", "m"};  // a person, a team, an external party, a machine
  const Actor& one = world.actors[static_cast<size_t>(actor)];
  return kLetters[static_cast<int>(one.kind)] + std::to_string(one.number);
}

std::string Print(const World& world) { return Printing(world).Run(); }

}  // namespace oracle::judged
