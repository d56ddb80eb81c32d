#include "ask_judged.h"

#include <algorithm>
#include <span>

#include "../product/compile_world.h"
#include "sod/query.h"

namespace oracle::judged {
namespace {

constexpr sod::Instant kFirstOfMarch = 1'772'323'200;  // 2026-03-01

bool Has(const std::vector<int>& items, int item) { return std::find(items.begin(), items.end(), item) != items.end(); }

// ---- Ways of rejected controls: every step is an edge of the world, and the last one is what the reason speaks of.

class CheckingWay {
 public:
  CheckingWay(const World& world, int control, int actor, int day, const sod::RejectedBecause& because)
      : world_(world), row_(control), watched_(Watched(world, actor, day)), because_(because), at_{false, control} {}

  // What is wrong with it; empty: nothing.
  std::string Run() {
    const std::string reason(SpellingOf(because_.reason));
    if (reason == "not_in_force" || reason == "planned" || reason == "failed" || reason == "no_class" || reason == "no_evidence" ||
        reason == "evidence_stale") {
      return because_.path.empty() ? "" : reason + " has a way";
    }
    if (because_.path.empty()) return reason + " has no way";
    for (size_t i = 0; i + 1 < because_.path.size(); ++i) {
      if (!Walk(because_.path[i])) return reason + ": no such edge as " + Words(because_.path[i]);
    }
    const sod::ControlEdge& last = because_.path.back();
    return IsWhatItSays(reason, last) ? "" : reason + ": ends with " + Words(last);
  }

 private:
  static std::string Words(const sod::ControlEdge& edge) { return std::string(edge.edge) + " " + std::string(edge.id); }
  static int Number(const sod::ControlEdge& edge) { return edge.id.size() < 2 ? kNone : std::stoi(std::string(edge.id.substr(1))); }

  bool Walk(const sod::ControlEdge& edge) {
    const int number = Number(edge);
    const bool is_control = edge.kind == "control";
    const bool is_edge = at_.is_system ? !is_control && edge.edge == "depends on" && Has(SystemAt().depends_on, number)
                         : edge.edge == "system" ? !is_control && Has(ControlAt().systems, number)
                         : edge.edge == "depends on" && Has(is_control ? ControlAt().on_controls : ControlAt().on_systems, number);
    at_ = {!is_control, number};
    return is_edge;
  }

  const System& SystemAt() const { return world_.systems[static_cast<size_t>(at_.row)]; }
  const Control& ControlAt() const { return world_.controls[static_cast<size_t>(at_.row)]; }
  const Keeping& KeepingAt() const { return at_.is_system ? static_cast<const Keeping&>(SystemAt()) : ControlAt(); }

  int ActorOf(const sod::ControlEdge& edge) const {
    for (size_t i = 0; i < world_.actors.size(); ++i) {
      if (NameOf(world_, static_cast<int>(i)) == edge.id) return static_cast<int>(i);
    }
    return kNone;
  }
  bool IsSubject(int actor) const { return actor != kNone && WhoIsBehind(world_, watched_, actor).has_watched; }
  bool IsNobody(int actor) const {
    if (actor == kNone) return false;
    const Behind behind = WhoIsBehind(world_, watched_, actor);
    return !behind.has_watched && !behind.has_others;
  }

  bool IsTold(int actor) const {
    if (Has(world_.controls[static_cast<size_t>(row_)].notifies, actor)) return true;
    return std::any_of(world_.systems.begin(), world_.systems.end(), [&](const System& system) { return Has(system.notifies, actor); });
  }

  bool IsWhatItSays(const std::string& reason, const sod::ControlEdge& last) const {
    const Control& control = world_.controls[static_cast<size_t>(row_)];
    const int actor = ActorOf(last);
    if (reason == "no_performer") return last.edge == "performer" && last.id.empty() && control.performers.empty();
    if (reason == "performer_is_subject") return last.edge == "performer" && Has(control.performers, actor) && IsSubject(actor);
    if (reason == "reviewer_is_subject") return last.edge == "reviewer" && Has(control.reviewers, actor) && IsSubject(actor);
    if (reason == "vacant") {
      const bool is_named = last.edge == "performer" ? Has(control.performers, actor)
                            : last.edge == "reviewer" ? Has(control.reviewers, actor) : last.edge == "notifies" && IsTold(actor);
      return is_named && IsNobody(actor);
    }
    if (reason == "administrator_is_subject") {
      return last.edge == "administered by" && Has(KeepingAt().administrators, actor) && IsSubject(actor);
    }
    if (reason == "administrator_unknown") return IsUnknownAdministrator(last, actor);
    if (reason == "recipient_unknown") return last.edge == "notifies" && last.id.empty();
    if (reason == "recipient_is_subject") return last.edge == "notifies" && IsTold(actor) && IsSubject(actor);
    if (reason == "operator_is_subject") {
      return last.edge == "operated by" && at_.is_system && SystemAt().operated_by == actor && IsSubject(actor);
    }
    return false;
  }

  bool IsUnknownAdministrator(const sod::ControlEdge& last, int actor) const {
    if (last.edge == "system") return last.id.empty() && because_.path.size() == 1 && ControlAt().systems.empty();
    if (last.edge == "operated by") return last.id.empty() && KeepingAt().is_kept_by_nobody && SystemAt().operated_by == kNone;
    if (last.edge != "administered by") return false;
    return last.id.empty() ? KeepingAt().administrators.empty() : Has(KeepingAt().administrators, actor) && IsNobody(actor);
  }

  struct Place {
    bool is_system;
    int row;
  };
  const World& world_;
  const int row_;
  const std::vector<int> watched_;
  const sod::RejectedBecause& because_;
  Place at_;
};

// ---- Answers

class Asking {
 public:
  Asking(const World& world, bool with_ways) : world_(world), with_ways_(with_ways) {}

  Asked Run(const sod::Table& table) {
    sod::Workspace workspace(table);
    for (size_t actor = 0; actor < world_.actors.size(); ++actor) {
      if (world_.actors[actor].kind != Kind::Person) continue;
      constexpr sod::NameKind kKinds[] = {sod::NameKind::Person};
      const auto subject = sod::SubjectOf(table, table.Find(NameOf(world_, static_cast<int>(actor)), kKinds).value());
      for (const int day : kDaysAsked) {
        const sod::Instant at = kFirstOfMarch + (day - 1) * 86'400L;
        const auto answer = sod::Ask(table, workspace, subject.value(), at, RequestOn(table, at));
        asked_.answers.push_back(Read(table, answer.value()));
        if (with_ways_) CheckWays(table, answer.value(), static_cast<int>(actor), day);
      }
    }
    return std::move(asked_);
  }

 private:
  static int LevelOf(const sod::Table& table, uint32_t level) {
    return level == sod::kNone ? kNone : table.scale_member(level).name[1] - '0';
  }

  // For one day.
  std::optional<sod::Holding> RequestOn(const sod::Table& table, sod::Instant at) const {
    if (!world_.requested) return std::nullopt;
    const bool is_role = world_.requested->is_role;
    const sod::NameKind kinds[] = {is_role ? sod::NameKind::Role : sod::NameKind::Duty};
    sod::Holding request;
    request.kind = is_role ? sod::HeldKind::Role : sod::HeldKind::Duty;
    request.target = table.Find((is_role ? "r" : "d") + std::to_string(world_.requested->row), kinds).value().index;
    request.from = at;
    request.until = at + 86'400;
    return request;
  }

  static Answer Read(const sod::Table& table, const sod::Answer& answer) {
    Answer read;
    read.verdict = static_cast<Verdict>(answer.verdict);
    read.is_complete = answer.subject.is_complete;
    for (const sod::Conflict& conflict : answer.conflicts) {
      ConflictAnswer& one = read.conflicts[std::string(table.rule(conflict.rule).name)];
      one.disposition = static_cast<Verdict>(conflict.disposition);
      one.residual = LevelOf(table, conflict.residual);
      one.appetite = LevelOf(table, conflict.appetite);
      for (const sod::JudgedControl& control : conflict.controls) {
        ControlAnswer& judged = one.controls[std::string(control.name.name)];
        const std::string_view name = SpellingOf(control.control_class);
        judged.control_class = name.empty() ? '-' : name[0];
        for (const sod::RejectedBecause& because : control.because) judged.reasons.emplace_back(SpellingOf(because.reason));
      }
      for (const sod::JudgedWaiver& waiver : conflict.waivers) one.excuses[std::string(waiver.name.name)] = waiver.excuses();
    }
    return read;
  }

  void CheckWays(const sod::Table& table, const sod::Answer& answer, int actor, int day) {
    for (const sod::Conflict& conflict : answer.conflicts) {
      for (const sod::JudgedControl& control : conflict.controls) {
        const std::string name(control.name.name);
        for (const sod::RejectedBecause& because : control.because) {
          ++asked_.ways;
          const std::string bad = CheckingWay(world_, std::stoi(name.substr(1)), actor, day, because).Run();
          if (bad.empty()) continue;
          asked_.bad_ways.push_back(NameOf(world_, actor) + " on day " + std::to_string(day) + ", " +
                                    std::string(table.rule(conflict.rule).name) + ", " + name + ": " + bad);
        }
      }
    }
  }

  const World& world_;
  const bool with_ways_;
  Asked asked_;
};

std::string Words(const std::map<std::string, ControlAnswer>& controls) {
  std::string text;
  for (const auto& [name, control] : controls) {
    text += " " + name + "=" + control.control_class;
    for (const std::string& reason : control.reasons) text += "," + reason;
  }
  return text;
}

std::string Words(const ConflictAnswer& conflict) {
  constexpr const char* kVerdicts[] = {"denied", "not_evaluable", "needs_approval", "warned", "observed", "waived", "mitigated", "clear"};
  std::string text = std::string(kVerdicts[static_cast<int>(conflict.disposition)]) + " residual " + std::to_string(conflict.residual) +
                     " appetite " + std::to_string(conflict.appetite) + Words(conflict.controls);
  for (const auto& [name, excuses] : conflict.excuses) text += " " + name + (excuses ? "+" : "-");
  return text;
}

}  // namespace

Asked AskProduct(const World& world, const std::string& folder, bool with_ways) {
  const Compiled compiled = CompileText(Print(world), folder);
  if (compiled.bytes.empty()) return {"refused:\n" + compiled.problem.substr(0, 3000), {}, {}, 0};
  const auto table = sod::Table::Load(std::as_bytes(std::span(compiled.bytes)));
  if (!table) return {table.error().message, {}, {}, 0};
  return Asking(world, with_ways).Run(table.value());
}

std::vector<Answer> AskJudge(const World& world, Reading reading) {
  std::vector<Answer> answers;
  for (size_t actor = 0; actor < world.actors.size(); ++actor) {
    if (world.actors[actor].kind != Kind::Person) continue;
    for (const int day : kDaysAsked) answers.push_back(Judge(world, static_cast<int>(actor), day, reading));
  }
  return answers;
}

std::string Difference(const World& world, const std::vector<Answer>& expected, const std::vector<Answer>& got) {
  constexpr size_t kDays = std::size(kDaysAsked);
  for (size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == got[i]) continue;
    std::string text = "a" + std::to_string(world.actors[i / kDays].number) + " on day " + std::to_string(kDaysAsked[i % kDays]) + ":";
    for (const auto& [name, conflict] : expected[i].conflicts) {
      const auto other = got[i].conflicts.find(name);
      if (other == got[i].conflicts.end()) {
        text += "\n  " + name + " is not answered";
      } else if (!(other->second == conflict)) {
        text += "\n  " + name + " expected " + Words(conflict) + "\n  " + name + " answered " + Words(other->second);
      }
    }
    for (const auto& [name, conflict] : got[i].conflicts) {
      if (expected[i].conflicts.count(name) == 0) text += "\n  " + name + " is answered and not expected";
    }
    return text + "\n  verdict " + std::to_string(static_cast<int>(expected[i].verdict)) + " and " + std::to_string(static_cast<int>(got[i].verdict));
  }
  return "";
}

}  // namespace oracle::judged
