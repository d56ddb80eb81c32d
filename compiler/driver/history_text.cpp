// A judged history in sentences.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/condition_words.h"
#include "compiler/driver/control_words.h"
#include "compiler/driver/history_output.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/plural.h"

namespace sodc {

const sod::HistoryEvent& EventOf(const HistoryFrame& frame, uint32_t event) {
  const auto events = frame.file.history().events;
  return event < events.size() ? events[event] : *frame.act;
}

sod::Named WhatOf(const sod::Table& table, const sod::HistoryEvent& event) {
  switch (event.kind) {
    case sod::EventKind::Act: return table.duty(event.row);
    case sod::EventKind::Relation: return {sod::RelationName(table, event.row), sod::RelationName(table, event.row)};
    case sod::EventKind::Approval:
    case sod::EventKind::Withdrawal: return sod::ApprovalName(table, event.row);
  }
  return {};
}

sod::Conflict ConditionsOf(const sod::HistoryFinding& finding) {
  sod::Conflict conflict;
  conflict.applies = finding.applies;
  conflict.mode_when = finding.mode_when;
  conflict.requirements = finding.requirements;
  return conflict;
}

std::string InstantText(Instant at) {
  const Date day = DateOf(at);
  const Instant second = at - StartOf(day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", ToString(day), second / 3600, second / 60 % 60, second % 60);
}

namespace {

class HistoryProse {
 public:
  HistoryProse(const HistoryFrame& frame, const sod::HistoryReport& report)
      : frame_(frame), report_(report), table_(frame.answer.table), history_(frame.file.history()) {}

  std::string Write() {
    if (frame_.act) WriteAct();
    else WriteHistory();
    for (size_t i = 0; i < report_.findings.size(); ++i) WriteFinding(i + 1, report_.findings[i]);
    if (!frame_.act) WriteTraces();
    WriteRest();
    text_ += "\n" + Provenance(frame_.answer);
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  std::string ObjectText(uint32_t object) const {
    const sod::HistoryObject& record = history_.objects[object];
    return fmt::format("{} {}", SafeText(sod::ObjectKindName(table_, record.kind).title), SafeText(record.id));
  }

  std::string Who(const sod::HistoryEvent& event) const {
    const std::string_view unknown = frame_.file.UnknownNameOf(event.line);
    std::string who = unknown.empty() ? "Somebody unknown" : fmt::format("`{}`, whom the policy does not know", SafeText(unknown));
    if (event.actor != sod::kNone) who = SafeText(table_.actor(event.actor).title);
    if (event.account != sod::kNone) who = "The account " + SafeText(sod::AccountName(table_, event.account));
    if (event.is_nobody) who = "Nobody";
    if (event.on_behalf_of != sod::kNone) who += " on behalf of " + SafeText(table_.actor(event.on_behalf_of).title);
    return who;
  }

  std::string EventText(uint32_t number) const {
    const sod::HistoryEvent& event = EventOf(frame_, number);
    const std::string what = SafeText(WhatOf(table_, event).title);
    const std::string on = ObjectText(event.object);
    std::string text;
    switch (event.kind) {
      case sod::EventKind::Act: text = fmt::format("{}: {} on {}", Who(event), what, on); break;
      case sod::EventKind::Relation: text = fmt::format("{}: {} of {}", Who(event), what, on); break;
      case sod::EventKind::Approval: text = fmt::format("{}: approval {} of {}", Who(event), what, on); break;
      case sod::EventKind::Withdrawal: text = fmt::format("{}: withdrew {} of {}", Who(event), what, on); break;
    }
    if (event.at != sod::kBeginningOfTime) text += ", " + InstantText(event.at);
    return text + (number < history_.events.size() ? fmt::format(" ({})", SafeText(frame_.file.PlaceOf(number))) : " (asked about)");
  }

  void WriteAct() {
    const size_t count = report_.findings.size();
    Line("{}, {} on {}, at {}: {}; {}.", Who(*frame_.act), SafeText(WhatOf(table_, *frame_.act).title), ObjectText(frame_.act->object),
         InstantText(frame_.act->at), WordsOf(report_.verdict), count == 0 ? "nothing was found" : Plural(count, "finding"));
  }

  bool IsMissing() const { return std::ranges::any_of(report_.traces, &sod::Trace::is_violated_by_missing); }

  void WriteHistory() {
    const size_t count = report_.findings.size();
    Line("{}{}: {}; {}.", Plural(report_.judged, "event"), frame_.at ? " until " + InstantText(*frame_.at) : "", WordsOf(report_.verdict),
         count == 0 ? (IsMissing() ? "what is missing is a breach" : "nothing was found") : Plural(count, "finding"));
  }

  void WriteFinding(size_t number, const sod::HistoryFinding& finding) {
    const std::string id = finding.says == finding.id ? SafeText(finding.id) : fmt::format("{} ({})", SafeText(finding.says), SafeText(finding.id));
    const std::string who = finding.person == sod::kNone ? "" : ", " + SafeText(table_.actor(finding.person).title);
    Line("\n{}. {}, {}{}: {}.", number, id, ObjectText(finding.object), who, WordsOf(finding.disposition));
    for (const uint32_t event : finding.witnesses) Line("   {}", EventText(event));
    const bool is_assumed = finding.disposition != sod::Verdict::NotEvaluable;
    for (const std::string& unknown : finding.unknown) {
      Line("   Not known: {}{}.", SafeText(unknown), is_assumed ? "; the strictest that it may be is taken" : "");
    }
    const bool is_of_steps = finding.kind == sod::FindingKind::MissingSteps;
    for (const std::string& open : finding.open) Line("   {}: {}.", is_of_steps ? "Missing" : "Open", SafeText(open));
    if (!finding.open.empty() && !is_of_steps) Line("   {}", Eligible(finding.eligible));
    if (finding.due != sod::kEndOfTime) {
      Line("   {} {}.", finding.kind == sod::FindingKind::Apart ? "Not before" : "It was due by", InstantText(finding.due));
    }
    WriteConditions(finding);
    WriteRisk(finding);
  }

  void WriteConditions(const sod::HistoryFinding& finding) {
    const sod::Conflict conditions = ConditionsOf(finding);
    if (finding.applies.state == sod::ConditionState::Unknown) Line("   Only if {}.", SafeText(finding.applies.words));
    else for (const std::string& sentence : ApplicabilityInWords(conditions)) Line("   {}", sentence);
    if (const std::string reason = ModeReasonInWords(conditions); !reason.empty()) Line("   It is {}{}.", WordsOf(finding.disposition), reason);
    for (const std::string& required : RequirementsInWords(conditions)) Line("   {}", required);
  }

  static std::string Eligible(uint32_t people) {
    if (people == 0) return "Nobody can approve.";
    return people == 1 ? "One person can still approve." : fmt::format("{} people can still approve.", people);
  }

  void WriteRisk(const sod::HistoryFinding& finding) {
    if (finding.inherent != sod::kNone) {
      Line("   Risk {}, with the controls that count {}.", SafeText(table_.scale_member(finding.inherent).title), SafeText(table_.scale_member(finding.residual).title));
    }
    for (const sod::JudgedControl& control : finding.controls) {
      if (control.counts()) Line("   {} counts.", SafeText(control.name.title));
      for (const sod::RejectedBecause& because : control.because) Line("   {} does not count: {}.", SafeText(control.name.title), ReasonInWords(because));
    }
    for (const sod::JudgedWaiver& waiver : finding.waivers) {
      Line("   {} {}{}.", SafeText(waiver.name.title), waiver.is_used ? "excuses it" : waiver.excuses() ? "would excuse it" : "does not excuse it: ",
           waiver.excuses() ? std::string_view() : SpellingOf(waiver.because.front().reason));
    }
  }

  void WriteTraces() {
    for (const sod::Trace& trace : report_.traces) {
      Line("\n{} under {}: {}{}, {}.", ObjectText(trace.object), SafeText(sod::ProcessName(table_, trace.process).title), SpellingOf(trace.state),
           trace.rounds == 1 ? "" : fmt::format(", round {}", trace.rounds), trace.breaches == 0 ? "no breach" : Plural(trace.breaches, "breached rule"));
      std::vector<std::string> missing;
      for (const uint32_t step : trace.missing) missing.push_back(SafeText(table_.duty(sod::DutyOfStep(table_, step)).title));
      for (const uint32_t approval : trace.missing_approvals) missing.push_back("approval " + SafeText(sod::ApprovalName(table_, approval).title));
      if (trace.missing_people != 0) missing.push_back(trace.missing_people == 1 ? "1 person more" : fmt::format("{} people more", trace.missing_people));
      if (!missing.empty()) Line("   Missing{}: {}.", trace.is_violated_by_missing ? " for good, which is a breach" : " so far", fmt::join(missing, ", "));
      if (trace.may_miss_people && trace.missing_people == 0) Line("   Whether enough people did it is not known.");
      for (const auto& [approval, due] : trace.due_approvals) {
        Line("   Approval {} is due{}.", SafeText(sod::ApprovalName(table_, approval).title), due == sod::kEndOfTime ? "" : " by " + InstantText(due));
      }
    }
  }

  void WriteRest() {
    if (report_.later != 0) text_ += "\n";
    if (report_.later != 0) Line("Later than that, and not looked at: {}.", Plural(report_.later, "event"));
    if (report_.has_equal_times) Line("\nSome events on one object have the same time: their order in the history decided.");
    for (const std::string& note : report_.notes) Line("\n{}.", SafeText(note));
    if (report_.not_judged.empty()) return;
    Line("\nNot judged:");
    for (const sod::NotChecked& item : report_.not_judged) Line("   {} ({})", SafeText(item.id), item.rule_class);
  }

  const HistoryFrame& frame_;
  const sod::HistoryReport& report_;
  const sod::Table& table_;
  const sod::History history_;
  std::string text_;
};

}  // namespace

std::string HistoryText(const HistoryFrame& frame, const sod::HistoryReport& report) { return HistoryProse(frame, report).Write(); }

}  // namespace sodc
