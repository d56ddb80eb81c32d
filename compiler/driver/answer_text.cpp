// The answer in sentences for somebody who has to act on it: who, the verdict, each
// conflict with how each side is held, what was not looked at, and what to do.
#include <algorithm>
#include <cctype>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/diag/sinks.h"
#include "compiler/driver/answer_output.h"
#include "compiler/driver/change_output.h"
#include "compiler/driver/change_words.h"
#include "compiler/driver/condition_words.h"
#include "compiler/driver/conflict_words.h"
#include "compiler/driver/control_words.h"
#include "compiler/driver/holder_output.h"
#include "compiler/driver/holding_text.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/plural.h"
#include "compiler/driver/process_output.h"
#include "compiler/driver/request_words.h"
#include "compiler/driver/requirement_words.h"
#include "compiler/driver/waiver_words.h"
#include "sod/describe.h"

namespace sodc {

namespace {

std::string Safe(std::string_view text) { return SafeText(text); }

std::string ShortNameOf(const sod::Subject& subject) {
  switch (subject.kind) {
    case sod::SubjectKind::Role: return "This person";
    case sod::SubjectKind::Anonymous: return "This person";
    case sod::SubjectKind::Account: return fmt::format("The account {}", Safe(subject.id));
    case sod::SubjectKind::Person:
    case sod::SubjectKind::Team:
    case sod::SubjectKind::External:
    case sod::SubjectKind::Service:
    case sod::SubjectKind::Tool:
    case sod::SubjectKind::Agent: break;
  }
  return Safe(subject.title);
}

class AnswerProse {
 public:
  AnswerProse(const AnswerFrame& frame, const sod::Answer& answer, const Outlook& outlook)
      : table_(frame.table), frame_(frame), answer_(answer), outlook_(outlook), ways_(frame.table, answer), words_(frame.table) {}

  std::string Write() {
    WriteVerdict();
    WriteIncomplete();
    for (size_t i = 0; i < answer_.conflicts.size(); ++i) WriteConflict(i + 1, answer_.conflicts[i]);
    text_ += AfterLine(RemovedInWords(table_, answer_)) + AfterLine(LossesInWords(table_, answer_)) + AfterLine(AssignmentsInWords(table_, answer_));
    text_ += ProcessChangesInWords(table_, answer_.as_of, outlook_.processes) + HolderChangesInWords(table_, answer_.as_of, outlook_.holders);
    WriteHeldTogether();
    text_ += RequirementsInWords(table_, answer_.as_of, outlook_.requirements, answer_.request_verdict.has_value());
    WriteFrameworks();
    WriteNotChecked();
    WriteOutlook();
    WriteNextStep();
    text_ += "\n" + Provenance(frame_);
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  static std::string AfterLine(std::string text) { return text.empty() ? text : text + "\n"; }

  void WriteVerdict() {
    if (answer_.request_verdict) Line("{}", RequestVerdictInWords(table_, answer_, Beside()));
    const std::string conflicts = answer_.conflicts.empty() ? "no conflict was found" : Plural(answer_.conflicts.size(), "conflict");
    if (answer_.request_verdict) {
      Line("{}, with the request: {}; {}.", NameOf(answer_.subject), WordsOf(answer_.verdict), conflicts);
    } else {
      Line("{}: {} on {}; {}.", NameOf(answer_.subject), WordsOf(answer_.verdict), frame_.as_of, conflicts);
    }
    for (const std::string& assumption : answer_.subject.assumptions) Line("Assumed: {}.", Safe(assumption));
  }

  void WriteIncomplete() {
    for (const sod::Incompleteness& gap : answer_.subject.incomplete) {
      if (gap.reason == "account_without_owner") {
        Line("Incomplete: nobody is declared to own the account {}, so what its owner holds elsewhere is not counted.",
             Safe(gap.what));
      } else if (gap.reason == "shared_account") {
        Line("Incomplete: several people use the account {}; what each of them holds is in their own answers.", Safe(gap.what));
      } else if (gap.reason == "vacant") {
        Line("Incomplete: nobody has this post yet, so there is no holder to judge; what its holder will hold elsewhere is not counted.");
      } else {
        Line("Incomplete: {}.", Safe(gap.what));
      }
    }
  }

  void WriteConflict(size_t number, const sod::Conflict& conflict) {
    const sod::RuleDescription facts = Describe(table_, conflict.rule, conflict.judged_at);
    Line("\n{}. {}: {}.", number, words_.NameOf(conflict, facts), WordsOf(conflict.disposition));
    if (conflict.is_disabled) {
      Line("   The rule is disabled until {}: it is judged, and observed only.", LastDay(table_, facts.disabled_until));
    }
    if (const std::string when = ConflictWords::When(facts); !when.empty()) Line("   {}", when);
    if (const std::string done = WhatTheRequestDoes(answer_, conflict); !done.empty()) Line("   {}", done);
    if (conflict.first > answer_.as_of) Line("   It begins on {}.", FirstDay(table_, conflict.first));
    for (const sod::ConflictSide& side : conflict.sides) {
      for (const sod::Witness& witness : side.witnesses) WriteWitness(witness);
    }
    if (!conflict.scopes.empty()) Line("   They conflict{}.", PlacesInWords(conflict.scopes));
    for (const std::string& line : ApplicabilityInWords(conflict)) Line("   {}", line);
    WriteRisk(conflict, facts);
    WriteMode(conflict, facts);
    if (!facts.because.empty()) Line("   Because: {}", AsSentence(facts.because));
    WriteControls(conflict);
    WritePermission(conflict);
    for (const std::string& line : RequirementsInWords(conflict)) Line("   {}", line);
    WriteWaivers(conflict);
    WriteObligations(conflict);
    WriteClauses(facts);
    if (facts.modality == "should") {
      Line("   The policy says should, not must{}{}.", facts.reason.empty() ? "" : ": ", Safe(facts.reason));
    }
    if (!facts.advice.empty()) Line("   Advice: {}", AsSentence(facts.advice));
    if (const std::string change = ChangeInWords(table_, facts); !change.empty()) Line("   {}", change);
    if (!facts.file.empty()) Line("   Stated in {}:{}:{} as {}.", Safe(facts.file), facts.line, facts.column, Safe(facts.rule.name));
  }

  void WriteWitness(const sod::Witness& witness) {
    constexpr size_t kShownPaths = 3;
    const sod::Named held = NameOfHeld(table_, {.kind = witness.kind, .target = witness.target});
    std::string what = Safe(held.title);
    if (witness.kind == sod::HeldKind::Role) what = RoleInWords(table_, held);
    if (witness.kind == sod::HeldKind::Entitlement) what = fmt::format("the entitlement {}", what);
    const sod::ElementDescription element = DescribeElement(table_, witness.element);
    what += ConflictWords::Capacity(element.capacity);
    const std::string being =
        element.kind == sod::ElementKind::Relation ? fmt::format(", and so may be {} of one {}", Safe(element.element.name), Safe(element.element.title)) : "";
    if (AreSeveralPermissions(witness)) return WritePermissions(witness, what);
    // Ways that read alike differ in their places only, and those stand together behind each.
    std::vector<std::string> lines;
    for (size_t i = 0; i < witness.paths.size(); ++i) {
      const sod::Path& path = witness.paths[i];
      std::string line = fmt::format("{}{}{}{}", what, LevelInWords(path), ways_.Clause(witness, path) + PlacesInWords(witness.scopes) + PathWords::Condition(path) + being,
                                     witness.is_new && IsByRequest(path) ? "; this side is new" : "");
      if (std::ranges::find(lines, line) != lines.end()) continue;
      if (lines.size() < kShownPaths) Line("   {} {} {}.", ShortNameOf(answer_.subject), Verb(witness, i), line);
      lines.push_back(std::move(line));
    }
    WriteRest(lines.size() - std::min(lines.size(), kShownPaths) + witness.more_paths);
  }

  bool AreSeveralPermissions(const sod::Witness& witness) const {
    const std::string first = witness.paths.empty() ? "" : ways_.Item(witness, witness.paths.front());
    return std::ranges::any_of(witness.paths, HasEntitlement) &&
           std::ranges::any_of(witness.paths, [&](const sod::Path& path) { return ways_.Item(witness, path) != first; });
  }

  void WriteRest(size_t more) {
    if (more > 0) Line("   There {} {} to it.", more == 1 ? "is" : "are", Plural(more, "more way"));
  }

  // What permissions confer, alone or together: one list of all that take part.
  void WritePermissions(const sod::Witness& witness, const std::string& what) {
    constexpr size_t kShownItems = 6;
    const bool is_asked_for = std::ranges::all_of(witness.paths, IsByRequest);
    Line("   {} {} {}{}{}, by these permissions:", ShortNameOf(answer_.subject), is_asked_for ? "would hold" : "holds", what,
         LevelInWords(witness.paths.front()), PlacesInWords(witness.scopes));
    std::vector<std::string> items;
    for (const sod::Path& path : witness.paths) {
      std::string item = ways_.Item(witness, path);
      if (std::ranges::find(items, item) != items.end()) continue;
      if (items.size() < kShownItems) {
        Line("     - {}{}", item, witness.is_new && IsByRequest(path) ? "; this side is new" : "");
      }
      items.push_back(std::move(item));
    }
    WriteRest(items.size() - std::min(items.size(), kShownItems) + witness.more_paths);
  }

  // " in Company code Berlin and Company code Paris": where a rule asks for the place; else nothing.
  std::string PlacesInWords(const std::vector<sod::ScopePlace>& places) const {
    std::string words;
    for (const sod::ScopePlace& place : places) {
      const std::string dimension = Safe(table_.dimension(place.dimension).title);
      words += words.empty() ? " in " : " and ";
      words += place.node == sod::kNone ? "every " + dimension
                                        : dimension + " " + Safe(table_.scope_node(place.node).title);
    }
    return words;
  }

  // " at level Limited": what this way gives, which may be less than another one.
  std::string LevelInWords(const sod::Path& path) const {
    if (path.empty() || path.back().level == sod::kNone) return "";
    return " at level " + Safe(table_.level(path.back().level).title);
  }

  std::string_view Verb(const sod::Witness& witness, size_t path) const {
    if (IsByRequest(witness.paths[path])) return path == 0 ? "would hold" : "would also hold";
    return path == 0 ? "holds" : "also holds";
  }

  // "Risk: High; what the controls leave is Medium, within the appetite Medium."
  void WriteRisk(const sod::Conflict& conflict, const sod::RuleDescription& facts) {
    if (conflict.inherent == sod::kNone) return Line("   Risk: not rated.");
    const auto title = [&](uint32_t member) { return Safe(table_.scale_member(member).title); };
    std::string words = title(conflict.inherent);
    if (facts.is_risk_default) words += " (default)";
    const bool is_lowered = conflict.residual != conflict.inherent;
    if (is_lowered) words += "; what the controls leave is " + title(conflict.residual);
    if (conflict.appetite != sod::kNone) {
      const bool is_within = conflict.residual <= conflict.appetite;
      words += fmt::format(", {} the appetite {}", is_within ? "within" : "above", title(conflict.appetite));
      if (!IsAppetiteDeclared(table_)) words += " (default)";
    }
    Line("   Risk: {}.", words);
  }

  // Said where the rule does not say it itself, or where the policy makes it milder.
  void WriteMode(const sod::Conflict& conflict, const sod::RuleDescription& facts) {
    std::string words;
    if (facts.is_mode_default()) words = " (default)";
    words += ModeReasonInWords(conflict);
    if (conflict.mode != conflict.effective_mode) words += fmt::format(", by the policy at most {}", conflict.effective_mode);
    if (!words.empty()) Line("   Mode: {}{}.", conflict.mode, words);
  }

  // Duties that no permission gives by itself; those of a conflict are told there.
  void WriteHeldTogether() {
    bool is_first = true;
    for (const sod::HeldDuty& held : answer_.duties) {
      if (held.together.empty() || IsWitness(held.duty)) continue;
      if (is_first) Line("\nHeld by several permissions together, in no conflict:");
      is_first = false;
      sod::Witness witness;
      witness.target = held.duty;
      witness.paths = held.together;
      witness.more_paths = held.more_together;
      WritePermissions(witness, Safe(table_.duty(held.duty).title));
    }
  }

  bool IsWitness(uint32_t duty) const {
    return std::ranges::any_of(answer_.conflicts, [&](const sod::Conflict& conflict) {
      return std::ranges::any_of(conflict.sides, [&](const sod::ConflictSide& side) {
        return std::ranges::any_of(side.witnesses, [&](const sod::Witness& witness) {
          return witness.kind == sod::HeldKind::Duty && witness.target == duty;
        });
      });
    });
  }

  void WriteControls(const sod::Conflict& conflict) {
    const auto& controls = conflict.controls;
    if (controls.empty()) return Line("   Controls: none is listed.");
    const auto counted = std::count_if(controls.begin(), controls.end(), [](const auto& control) { return control.counts(); });
    Line("   Controls: {} of {} {} as declared.", counted, controls.size(), counted == 1 ? "counts" : "count");
    for (const sod::JudgedControl& control : controls) {
      if (control.counts()) Line("     + {} Counts: {}.", AsSentence(control.name.title), ClassInWords(control.control_class));
    }
    for (const sod::JudgedControl& control : controls) {
      if (control.counts()) continue;
      std::vector<std::string> reasons;
      for (const sod::RejectedBecause& because : control.because) reasons.push_back(Safe(ReasonInWords(because)));
      Line("     - {} Does not count: {}.", AsSentence(control.name.title), fmt::join(reasons, "; "));
    }
  }

  // "Permitted only with A, B: not all of them count."
  void WritePermission(const sod::Conflict& conflict) {
    std::vector<std::string> titles;
    bool do_all_count = true;
    for (const sod::JudgedControl& control : conflict.controls) {
      if (std::ranges::find(conflict.permitted_with, control.control) == conflict.permitted_with.end()) continue;
      titles.push_back(Safe(control.name.title));
      do_all_count = do_all_count && control.counts();
    }
    if (titles.empty()) return;
    const std::string_view all = titles.size() == 1 ? "it counts" : "all of them count";
    const std::string_view not_all = titles.size() == 1 ? "it does not count" : "not all of them count";
    Line("   Permitted only with {}: {}.", fmt::join(titles, "; "), do_all_count ? all : not_all);
  }

  void WriteWaivers(const sod::Conflict& conflict) {
    if (!conflict.waivers.empty()) Line("   Waivers:");
    for (const std::string& waiver : WaiversInWords(table_, conflict)) Line("     {}", AsSentence(waiver));
  }

  void WriteObligations(const sod::Conflict& conflict) {
    if (!conflict.obligations.empty()) Line("   To do:");
    for (const sod::Obligation& one : conflict.obligations) Line("     {}", AsSentence(ObligationInWords(table_, one)));
  }

  void WriteClauses(const sod::RuleDescription& facts) {
    if (facts.clauses.empty()) return;
    std::vector<std::string> clauses;
    for (const sod::ClauseDescription& clause : facts.clauses) {
      clauses.push_back(fmt::format("{} {}", Safe(clause.framework.title), Safe(clause.id)));
    }
    Line("   Clauses: {}.", fmt::join(clauses, ", "));
  }

  static std::string_view WordsOfStatus(sod::FrameworkStatus status) {
    switch (status) {
      case sod::FrameworkStatus::NotMet: return "not met";
      case sod::FrameworkStatus::NotAssessed: return "not assessed";
      case sod::FrameworkStatus::MetWithCompensation: return "met with compensation";
      case sod::FrameworkStatus::Met: return "met";
    }
    return "";
  }

  // ": by 4 conflicts", "; 2 conflicts have no risk; no review is in date".
  std::string ReasonsOf(const sod::ObjectiveStatus& objective) const {
    std::string words;
    if (objective.status == sod::FrameworkStatus::Met) return words;
    if (!objective.conflicts.empty()) words += fmt::format("; {}", Plural(objective.conflicts.size(), "conflict"));
    if (!objective.without_risk.empty()) words += fmt::format("; without a risk: {}", Plural(objective.without_risk.size(), "rule"));
    if (!objective.without_because.empty()) {
      words += fmt::format("; without a reason: {}", Plural(objective.without_because.size(), "rule"));
    }
    if (objective.lacks_review) words += "; no review of the policy is in date";
    if (!objective.without_fields.empty()) words += fmt::format("; the worksheet lacks {}", fmt::join(objective.without_fields, ", "));
    return words;
  }

  void WriteFrameworks() {
    if (!answer_.frameworks.empty()) Line("\nFrameworks:");
    for (const sod::ObjectiveStatus& objective : answer_.frameworks) {
      Line("  - {} {}: {}{}", Safe(objective.framework.title), Safe(objective.id), WordsOfStatus(objective.status), ReasonsOf(objective));
    }
  }

  void WriteNotChecked() {
    if (!answer_.not_checked.empty()) Line("\nNot checked by this answer:");
    for (const sod::NotChecked& item : answer_.not_checked) {
      const std::string what = item.what.empty() ? WordsOfClass(item.rule_class)
                                                 : fmt::format("`{}` of this {}", fmt::join(item.what, "`, `"), item.rule_class);
      Line("  - {} ({})", Safe(item.id), what);
    }
  }

  // "Changes next on 2026-07-01: waived until then, denied from then on."
  void WriteOutlook() {
    if (!outlook_.is_known) return;
    if (!outlook_.next) return Line("\nChanges next: {}.", outlook_.has_requirements ? "no conflict does; what is required is not looked ahead at" : "never, as the policy stands");
    const sod::AnswerChange& change = *outlook_.next;
    const bool is_other = change.before != change.after;
    Line("\nChanges next on {}{}.", FirstDay(table_, change.at),
         is_other ? fmt::format(": {} until then, {} from then on", WordsOf(change.before), WordsOf(change.after))
                  : fmt::format("; still {}", WordsOf(change.after)));
    for (const std::string& line : ChangeInWords(table_, change)) Line("  - {}", AsSentence(line));
  }

  static std::string WordsOfClass(std::string_view rule_class) {
    if (rule_class == "self") return "needs to know who did what";
    if (rule_class == "session") return "is judged when a session activates it";
    if (rule_class == "object") return "is judged for each object";
    if (rule_class == "unit") return "is judged for each unit";
    return std::string(rule_class);
  }

  // Whether the rule is about one duty, so that no other side can be taken away.
  bool IsAboutOneDuty(const sod::Conflict& conflict) const {
    const sod::RuleKind kind = Describe(table_, conflict.rule).kind;
    return kind == sod::RuleKind::Forbidden || kind == sod::RuleKind::Sensitive || kind == sod::RuleKind::Reserved;
  }

  // Of the denied conflicts that count for the answer: how many are about one duty, and how many are not.
  std::pair<size_t, size_t> DeniedOfOneDuty() const {
    std::pair<size_t, size_t> counts;
    for (const sod::Conflict& conflict : answer_.conflicts) {
      if (conflict.disposition != sod::Verdict::Denied || (answer_.request_verdict && !conflict.introduced && !conflict.worsened_to)) continue;
      ++(IsAboutOneDuty(conflict) ? counts.first : counts.second);
    }
    return counts;
  }

  WorseBeside Beside() const { return {outlook_.processes.size(), CountIntroduced(outlook_.requirements), outlook_.holders.size()}; }

  // The request makes processes or numbers of holders worse, and no conflict.
  bool IsBesideAlone() const {
    const bool is_beside = !outlook_.processes.empty() || !outlook_.holders.empty();
    return is_beside && std::ranges::none_of(answer_.conflicts, [](const sod::Conflict& conflict) { return conflict.introduced || conflict.worsened_to; });
  }

  std::string AdviceForRequest() const {
    const auto [of_one, of_two] = DeniedOfOneDuty();
    if (const WorseBeside beside = Beside(); beside.holders != 0) {
      if (of_one + of_two + beside.processes + beside.requirements == 0) return std::string(AdviceOnHolders(outlook_.holders));
      return "refuse the request: among other things, too few or too many people would hold something.";
    }
    if (!outlook_.processes.empty() && CountIntroduced(outlook_.requirements) != 0) return "refuse the request: what it needs is missing, and too few people could do a process.";
    if (of_one + of_two == 0 && !outlook_.processes.empty()) return "refuse the request, or let somebody have it who holds no other step.";
    if (of_one == 0) return "refuse the request, or first take away the other side of each conflict it introduces.";
    if (of_two == 0) return "refuse the request: it would give what must not be held in this way, whatever else is taken away.";
    return "refuse the request: part of what it would give must not be held in this way, whatever else is taken away.";
  }

  std::string AdviceForHolder() const {
    const auto [of_one, of_two] = DeniedOfOneDuty();
    if (of_one == 0) return "take one side of each denied conflict away, or split the role that gives both.";
    if (of_two == 0) return "take away what must not be held in this way.";
    return "take away what must not be held in this way, and one side of each other denied conflict.";
  }

  void WriteNextStep() {
    const sod::Verdict verdict = answer_.request_verdict.value_or(answer_.verdict);
    if (answer_.request_verdict && verdict == sod::Verdict::Clear) {
      return Line("\nNext: {}", HasPeopleBehind(answer_.subject.kind) ? "ask the same about each person who would have it through this one, before it is granted."
                                                                     : "the request may be granted.");
    }
    const std::string_view advice = AdviceOnRequirements(outlook_.requirements, answer_);
    if (!advice.empty() && outlook_.processes.empty() && outlook_.holders.empty()) return Line("\nNext: {}", advice);
    switch (verdict) {
      case sod::Verdict::Denied:
        Line("\nNext: {}", answer_.request_verdict ? AdviceForRequest() : AdviceForHolder());
        return;
      case sod::Verdict::NotEvaluable: Line("\nNext: complete the facts named above, then ask again."); return;
      case sod::Verdict::NeedsApproval:
        if (IsBesideAlone()) return Line("\nNext: have it approved or refused, with the reason; no control and no waiver changes it.");
        Line("\nNext: have it approved or refused by whom each conflict names, and record what is approved as a waiver.");
        return;
      case sod::Verdict::Warned:
        if (IsBesideAlone()) return Line("\nNext: nothing is blocked; review what the request makes worse, and record why it is accepted.");
        Line("\nNext: nothing is blocked; review the conflicts and record why they are accepted.");
        return;
      case sod::Verdict::Waived:
        Line("\nNext: nothing is blocked until {}; end the conflict by then, or have the exception approved again.", FirstEndOfUsed(table_, answer_));
        return;
      case sod::Verdict::Observed:
      case sod::Verdict::Mitigated:
      case sod::Verdict::Clear: return;
    }
  }

  const sod::Table& table_;
  const AnswerFrame& frame_;
  const sod::Answer& answer_;
  const Outlook& outlook_;
  const PathWords ways_;
  const ConflictWords words_;
  std::string text_;
};

std::string CountsOf(const sod::Answer& answer) {
  if (answer.conflicts.empty()) return answer.subject.is_complete ? "no conflict" : "no conflict found, facts are missing";
  std::map<sod::Verdict, size_t> counts;
  for (const sod::Conflict& conflict : answer.conflicts) ++counts[conflict.disposition];
  std::vector<std::string> parts;
  for (const auto& [verdict, count] : counts) parts.push_back(fmt::format("{} {}", count, WordsOf(verdict)));
  return fmt::format("{}: {}{}", Plural(answer.conflicts.size(), "conflict"), fmt::join(parts, ", "),
                     answer.subject.is_complete ? "" : "; facts missing");
}

}  // namespace

std::string AnswerText(const AnswerFrame& frame, const sod::Answer& answer, const Outlook& outlook) {
  return AnswerProse(frame, answer, outlook).Write();
}

std::string AnswerLine(const AnswerFrame& frame, const sod::Answer& answer, const Outlook& outlook) {
  const sod::Verdict verdict = answer.request_verdict.value_or(answer.verdict);
  std::string change;
  if (outlook.next) {
    const bool is_other = outlook.next->before != outlook.next->after;
    const std::string day = FirstDay(frame.table, outlook.next->at);
    change = is_other ? fmt::format("; {} from {} on", WordsOf(outlook.next->after), day) : fmt::format("; conflicts change on {}", day);
  }
  std::string request = answer.already_held ? "held already; " : "";
  if (answer.request_verdict && !answer.already_held) {
    const auto introduced = static_cast<size_t>(std::ranges::count_if(answer.conflicts, &sod::Conflict::introduced));
    const std::string ends = answer.removed.empty() ? "" : fmt::format(", ends {}", Plural(answer.removed.size(), "conflict"));
    request = fmt::format("introduces {}{}; in all ", introduced == 0 ? "no conflict" : Plural(introduced, "conflict"), ends);
  }
  return fmt::format("{:<16}  {}; {}{}{}\n", WordsOf(verdict), NameOf(answer.subject), request, CountsOf(answer) + RequirementsInShort(outlook.requirements), change);
}

}  // namespace sodc
