// Processes over acts: order, who does what, time apart, closing and rework.
#include "runtime/histories/processes.h"

#include <algorithm>
#include <set>

#include "runtime/core/provisions.h"
#include "runtime/histories/doers.h"

namespace sod::histories {
namespace {

// Whether one person did both: for certain, perhaps, or not.
enum class Same : uint8_t { No, Perhaps, Yes };

Same IsSame(const Party& a, const Party& b) {
  if (a.is_certain() && b.is_certain()) return a.people == b.people ? Same::Yes : Same::No;
  if (a.is_anyone || b.is_anyone) return Same::Perhaps;
  const bool meets = std::ranges::any_of(a.people, [&](uint32_t person) { return b.Includes(person); });
  return meets ? Same::Perhaps : Same::No;
}

NotChecked NotJudged(std::string id, std::string_view why) { return {std::move(id), why, {}}; }

// Who did it, where delegate and delegator are one person: on whose behalf it was.
const Party& Whose(const std::vector<Party>& parties) { return parties.back(); }

}  // namespace

Instant LaterBy(Instant at, uint32_t count, format::DurationUnit unit) {
  constexpr Instant kHour = 3600, kDay = 24 * kHour;
  switch (unit) {
    case format::DurationUnit::Hour: return at + count * kHour;
    case format::DurationUnit::Day: return at + count * kDay;
    case format::DurationUnit::Week: return at + count * 7 * kDay;
    default: break;
  }
  // Civil days, after Howard Hinnant's public domain algorithms.
  Instant days = at / kDay - (at % kDay < 0 ? 1 : 0);
  const Instant second = at - days * kDay;
  days += 719468;
  const Instant era = (days >= 0 ? days : days - 146096) / 146097;
  const Instant doe = days - era * 146097;
  const Instant yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const Instant doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const Instant mp = (5 * doy + 2) / 153;
  Instant day = doy - (153 * mp + 2) / 5 + 1;
  const Instant month = mp < 10 ? mp + 3 : mp - 9;
  const Instant months = (yoe + era * 400 + (month <= 2 ? 1 : 0)) * 12 + month - 1 + Instant{count} * (unit == format::DurationUnit::Year ? 12 : 1);
  const Instant year = months / 12, to = months % 12 + 1;
  constexpr Instant kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  day = std::min(day, kDays[to - 1] + (to == 2 && is_leap ? 1 : 0));
  const Instant y = year - (to <= 2 ? 1 : 0);
  const Instant e = (y >= 0 ? y : y - 399) / 400;
  const Instant yy = y - e * 400;
  const Instant dd = (153 * (to + (to > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return (e * 146097 + yy * 365 + yy / 4 - yy / 100 + dd - 719468) * kDay + second;
}

Processes::Processes(Engine& engine, const Table& table) : engine_(engine), table_(table), image_(table.image()) {
  for (uint32_t row = 0; row < image_.ActProcesses().size(); ++row) {
    const format::ActProcessRecord& process = image_.ActProcesses()[row];
    const std::string name(ProcessName(table_, row).name);
    needs_.push_back(core::NumberSaid(image_, process.provision, "needs at least"));
    if (process.condition != kNone) {
      engine_.report_.not_judged.push_back(NotJudged(name, "guard"));
      continue;
    }
    for (uint32_t object = 0; object < engine_.history_.objects.size(); ++object) {
      if (engine_.history_.objects[object].kind == process.kind) courses_.try_emplace({row, object});
    }
    for (const format::ActApprovalRecord& approval : Slice(image_.ActApprovals(), process.approvals_first, process.approvals_count)) {
      if (!IsJudged(approval)) engine_.report_.not_judged.push_back(NotJudged(name + "." + std::string(image_.Text(approval.name)), approval.condition != kNone ? "guard" : "approval"));
    }
    const auto statements = Slice(image_.ActConstraints(), process.constraints_first, process.constraints_count);
    if (std::ranges::any_of(statements, [](const auto& one) { return one.kind == format::ActConstraintKind::OneUnit; })) {
      engine_.report_.not_judged.push_back(NotJudged(name, "unit"));
    }
  }
}

bool Processes::Concerns(const format::ActProcessRecord& process, uint32_t duty) const {
  const auto steps = Slice(image_.ActSteps(), process.steps_first, process.steps_count);
  if (std::ranges::find(steps, duty, &format::ActStepRecord::duty) != steps.end() || process.closed_by == duty) return true;
  const auto rows = Slice(image_.ActConstraints(), process.constraints_first, process.constraints_count);
  const bool is_said = std::ranges::any_of(rows, [&](const auto& row) { return row.first == duty || row.second == duty; });
  const auto approvals = Slice(image_.ActApprovals(), process.approvals_first, process.approvals_count);
  return is_said || std::ranges::any_of(approvals, [&](const format::ActApprovalRecord& approval) {
    const auto barred = Slice(image_.ActExclusions(), approval.exclusions_first, approval.exclusions_count);
    return approval.duty == duty || std::ranges::find(barred, duty, &format::ActExclusionRecord::duty) != barred.end();
  });
}

void Processes::Judge(const Happened& happened) {
  const HistoryEvent& event = *happened.what;
  if (event.kind == EventKind::Relation) return;
  for (uint32_t row = 0; row < image_.ActProcesses().size(); ++row) {
    const format::ActProcessRecord& process = image_.ActProcesses()[row];
    const uint32_t object = engine_.AncestorOf(event.object, process.kind);
    if (process.condition != kNone) continue;
    if (object == kNone) {
      NoteUnsaidWhole(row, happened);
      continue;
    }
    if (event.kind == EventKind::Act) {
      if (!Concerns(process, event.row)) continue;
      engine_.NoteLook(happened.event);
      JudgeStep(row, object, happened);
      continue;
    }
    if (event.row < process.approvals_first || event.row - process.approvals_first >= process.approvals_count) continue;
    Course& course = courses_[{row, object}];
    if (event.kind == EventKind::Approval) {
      course.given.push_back({event.row, happened.event, course.round, happened.at, kEndOfTime, Whose(happened.parties)});
      continue;
    }
    for (Given& given : course.given) {
      const bool is_theirs = given.approval == event.row && given.withdrawn == kEndOfTime && IsSame(given.party, Whose(happened.parties)) == Same::Yes;
      if (is_theirs) given.withdrawn = happened.at;
    }
  }
}

void Processes::NoteUnsaidWhole(uint32_t row, const Happened& happened) {
  const HistoryEvent& event = *happened.what;
  const format::ActProcessRecord& process = image_.ActProcesses()[row];
  uint32_t top = event.object;
  while (engine_.history_.objects[top].part_of != kNone) top = engine_.history_.objects[top].part_of;
  const bool may_be_part = IsOrIsPartOf(image_, engine_.history_.objects[top].kind, process.kind);
  if (!may_be_part || event.kind != EventKind::Act || !Concerns(process, event.row)) return;
  engine_.NoteLook(happened.event);
  if (unsaid_wholes_.insert(row).second) engine_.report_.not_judged.push_back(NotJudged(std::string(ProcessName(table_, row).name), "part_of"));
}

void Processes::JudgeStep(uint32_t row, uint32_t object, const Happened& happened) {
  const format::ActProcessRecord& process = image_.ActProcesses()[row];
  Course& course = courses_[{row, object}];
  Restart(process, course, happened.what->row, happened.at);
  JudgeOrder(row, object, happened, course);
  JudgeApart(row, object, happened, course);
  course.done.push_back({happened.what->row, happened.event, course.round, happened.at, true, happened.parties});
  for (uint32_t i = process.constraints_first; i < process.constraints_first + process.constraints_count; ++i) {
    if (!IsFirstOfStatement(process, i)) continue;
    const std::vector<uint32_t> duties = DutiesOf(i);
    if (std::ranges::find(duties, happened.what->row) == duties.end()) continue;
    if (image_.ActConstraints()[i].kind == format::ActConstraintKind::SamePerson) JudgeSamePerson(row, object, happened, course, i);
    if (image_.ActConstraints()[i].kind == format::ActConstraintKind::AtMostPeople) JudgeAtMost(row, object, happened, course, i);
  }
  JudgeApprovals(row, object, happened, course);
  if (process.closed_by != happened.what->row) return;
  course.is_closed = true;
  JudgeNeeds(row, object, course, happened.event);
  if (engine_.asked_ != nullptr) JudgeMissing(row, object, course, happened.event);
}

bool Processes::IsFirstOfStatement(const format::ActProcessRecord& process, uint32_t row) const {
  const format::ActConstraintRecord& one = image_.ActConstraints()[row];
  return row == process.constraints_first || image_.ActConstraints()[row - 1].statement != one.statement || image_.ActConstraints()[row - 1].kind != one.kind;
}

std::vector<uint32_t> Processes::DutiesOf(uint32_t row) const {
  std::vector<uint32_t> duties;
  const format::ActConstraintRecord& first = image_.ActConstraints()[row];
  for (; row < image_.ActConstraints().size(); ++row) {
    const format::ActConstraintRecord& one = image_.ActConstraints()[row];
    if (one.statement != first.statement || one.kind != first.kind) break;
    duties.push_back(one.first);
  }
  return duties;
}

// Every step declared from the one that is named on has to be done again; what was said of who did it stays said.
void Processes::Restart(const format::ActProcessRecord& process, Course& course, uint32_t duty, Instant at) {
  const auto steps = Slice(image_.ActSteps(), process.steps_first, process.steps_count);
  for (const format::ActConstraintRecord& one : Slice(image_.ActConstraints(), process.constraints_first, process.constraints_count)) {
    if (one.kind != format::ActConstraintKind::Restart || one.first != duty) continue;
    ++course.round;
    course.is_closed = false;
    bool is_behind = false;
    std::set<uint32_t> again = {one.second};
    for (const format::ActStepRecord& step : steps) {
      is_behind |= step.duty == one.second;
      if (is_behind) again.insert(step.duty);
    }
    for (StepDone& done : course.done) done.counts &= !again.contains(done.duty);
    if (one.number != 0) continue;  // approvals kept
    for (Given& given : course.given) given.withdrawn = std::min(given.withdrawn, at);
  }
}

void Processes::Report(uint32_t process, uint32_t object, HistoryFinding finding) {
  finding.process = process;
  finding.id = ProcessName(table_, process).name;
  finding.object = object;
  const uint32_t what = finding.kind == FindingKind::NeedsPeople || finding.kind == FindingKind::MissingSteps ? process : finding.approval != kNone ? finding.approval : finding.constraint;
  // Each act out of order is a breach of its own; of the rest, one for whom it concerns.
  const bool is_by_event = finding.kind == FindingKind::Order || finding.kind == FindingKind::Approval || finding.kind == FindingKind::Apart;
  const uint32_t whose = is_by_event ? finding.event : finding.person;
  finding.is_first = engine_.reported_.emplace(static_cast<uint8_t>(finding.kind), what, object, whose).second;
  if (finding.is_first && finding.disposition == Verdict::Denied) ++courses_[{process, object}].breaches;
  // `mode at most` of the policy binds processes, too.
  if (finding.disposition != Verdict::NotEvaluable) finding.disposition = std::max(finding.disposition, engine_.MostVerdict());
  engine_.Add(std::move(finding));
}

void Processes::JudgeOrder(uint32_t row, uint32_t object, const Happened& happened, const Course& course) {
  const format::ActProcessRecord& process = image_.ActProcesses()[row];
  for (uint32_t i = process.constraints_first; i < process.constraints_first + process.constraints_count; ++i) {
    const format::ActConstraintRecord& one = image_.ActConstraints()[i];
    if (one.kind != format::ActConstraintKind::Order || one.second != happened.what->row) continue;
    const bool is_done = std::ranges::any_of(course.done, [&](const StepDone& done) { return done.duty == one.first && done.counts; });
    if (is_done) continue;
    HistoryFinding finding;
    finding.kind = FindingKind::Order;
    finding.constraint = i;
    finding.event = happened.event;
    if (Whose(happened.parties).is_certain()) finding.person = Whose(happened.parties).people[0];
    finding.says = std::string(table_.duty(one.first).title) + " comes before " + std::string(table_.duty(one.second).title);
    finding.witnesses = {happened.event};
    Report(row, object, std::move(finding));
  }
}

// Where a pause depends on what the object is, and that is not judged: below the shortest it is a breach, from the longest on
// it is none, and between them nobody knows.
void Processes::JudgeApart(uint32_t row, uint32_t object, const Happened& happened, const Course& course) {
  const format::ActProcessRecord& process = image_.ActProcesses()[row];
  for (uint32_t i = process.constraints_first; i < process.constraints_first + process.constraints_count; ++i) {
    const format::ActConstraintRecord& one = image_.ActConstraints()[i];
    if (one.kind != format::ActConstraintKind::Apart || one.second != happened.what->row || !IsFirstOfStatement(process, i)) continue;
    for (const StepDone& done : course.done) {
      if (done.duty != one.first) continue;
      Same same = Same::No;
      for (const Party& a : done.parties) {
        for (const Party& b : happened.parties) same = std::max(same, IsSame(a, b));
      }
      Instant longest = done.at, shortest = kEndOfTime;
      for (uint32_t item = i; item < process.constraints_first + process.constraints_count && image_.ActConstraints()[item].statement == one.statement; ++item) {
        const Instant end = LaterBy(done.at, image_.ActConstraints()[item].number, image_.ActConstraints()[item].unit);
        longest = std::max(longest, end);
        shortest = std::min(shortest, end);
      }
      if (same == Same::No || happened.at >= longest) continue;
      HistoryFinding finding;
      finding.kind = FindingKind::Apart;
      finding.constraint = i;
      finding.event = happened.event;
      finding.says = std::string(table_.duty(one.first).title) + " and " + std::string(table_.duty(one.second).title) + " by one person are apart";
      finding.witnesses = {done.event, happened.event};
      finding.due = longest;
      if (Whose(happened.parties).is_certain()) finding.person = Whose(happened.parties).people[0];
      if (same == Same::Perhaps || happened.at >= shortest) {
        finding.disposition = Verdict::NotEvaluable;
        if (same == Same::Perhaps) finding.unknown.push_back("whether one person did both");
        if (happened.at >= shortest) finding.unknown.push_back("which of the pauses is meant for " + engine_.ObjectInWords(object));
      }
      Report(row, object, std::move(finding));
    }
  }
}

void Processes::JudgeSamePerson(uint32_t row, uint32_t object, const Happened& happened, const Course& course, uint32_t statement) {
  const std::vector<uint32_t> duties = DutiesOf(statement);
  const bool is_per_round = image_.ActProcesses()[row].is_per_round != 0;
  for (const StepDone& done : course.done) {
    const bool is_meant = std::ranges::find(duties, done.duty) != duties.end() && (!is_per_round || done.round == course.round);
    const Same same = is_meant ? IsSame(Whose(done.parties), Whose(happened.parties)) : Same::Yes;
    if (same == Same::Yes || done.event == happened.event) continue;
    HistoryFinding finding;
    finding.kind = FindingKind::SamePerson;
    finding.constraint = statement;
    finding.event = happened.event;
    if (Whose(happened.parties).is_certain()) finding.person = Whose(happened.parties).people[0];
    finding.says = "one person does";
    for (size_t i = 0; i < duties.size(); ++i) finding.says += (i == 0 ? " " : ", ") + std::string(table_.duty(duties[i]).title);
    finding.witnesses = {done.event, happened.event};
    if (same == Same::Perhaps) {
      finding.disposition = Verdict::NotEvaluable;
      finding.unknown.push_back("whether it was the same person");
    }
    Report(row, object, std::move(finding));
    return;
  }
}

void Processes::JudgeAtMost(uint32_t row, uint32_t object, const Happened& happened, const Course& course, uint32_t statement) {
  const std::vector<uint32_t> duties = DutiesOf(statement);
  const bool is_per_round = image_.ActProcesses()[row].is_per_round != 0;
  const uint32_t most = image_.ActConstraints()[statement].number;
  std::set<uint32_t> people;
  uint32_t unknown = 0;
  HistoryFinding finding;
  for (const StepDone& done : course.done) {
    const bool is_meant = std::ranges::find(duties, done.duty) != duties.end() && (!is_per_round || done.round == course.round);
    if (!is_meant) continue;
    const Party& whose = Whose(done.parties);
    if (whose.is_certain()) people.insert(whose.people[0]);
    else ++unknown;
    finding.witnesses.push_back(done.event);
  }
  if (people.size() + unknown <= most) return;
  finding.kind = FindingKind::AtMostPeople;
  finding.constraint = statement;
  finding.event = happened.event;
  finding.says = "at most " + std::to_string(most) + (most == 1 ? " person does" : " people do");
  for (size_t i = 0; i < duties.size(); ++i) finding.says += (i == 0 ? " " : ", ") + std::string(table_.duty(duties[i]).title);
  if (people.size() <= most) {
    finding.disposition = Verdict::NotEvaluable;
    finding.unknown.push_back("whether somebody who is not known is one of them");
  }
  Report(row, object, std::move(finding));
}

// Rounds apart: what was sent back is not of this round; what did not have to be done again is.
std::vector<const StepDone*> Processes::Counted(const format::ActProcessRecord& process, const Course& course) const {
  const auto steps = Slice(image_.ActSteps(), process.steps_first, process.steps_count);
  std::vector<const StepDone*> counted;
  for (const StepDone& done : course.done) {
    if (process.is_per_round != 0 && !done.counts) continue;
    if (std::ranges::find(steps, done.duty, &format::ActStepRecord::duty) != steps.end()) counted.push_back(&done);
  }
  return counted;
}

void Processes::JudgeNeeds(uint32_t row, uint32_t object, const Course& course, uint32_t event) {
  const format::ActProcessRecord& process = image_.ActProcesses()[row];
  if (needs_[row] == 0 || process.steps_count == 0) return;
  Doers doers(engine_.parties_);
  HistoryFinding finding;
  std::set<uint32_t> unknown;
  for (const StepDone* done : Counted(process, course)) {
    if (!doers.Add(done->parties)) unknown.insert(done->duty);
    finding.witnesses.push_back(done->event);
  }
  if (doers.AreAtLeast(needs_[row])) return;
  finding.kind = FindingKind::NeedsPeople;
  finding.event = event;
  finding.says = "at least " + std::to_string(needs_[row]) + (needs_[row] == 1 ? " person does" : " people do");
  for (uint32_t i = 0; i < process.steps_count; ++i) {
    finding.says += (i == 0 ? " " : ", ") + std::string(table_.duty(image_.ActSteps()[process.steps_first + i].duty).title);
  }
  if (doers.Most() >= needs_[row]) {
    finding.disposition = Verdict::NotEvaluable;
    for (const uint32_t duty : unknown) finding.unknown.push_back("who did " + std::string(table_.duty(duty).title));
  }
  Report(row, object, std::move(finding));
}

void Processes::FinishNeeds(uint32_t row, uint32_t object, const Course& course, Trace& trace, bool is_final) {
  const format::ActProcessRecord& process = image_.ActProcesses()[row];
  if (needs_[row] == 0 || process.steps_count == 0) return;
  Doers doers(engine_.parties_);
  for (const StepDone* done : Counted(process, course)) doers.Add(done->parties);
  trace.may_miss_people = !doers.AreAtLeast(needs_[row]);
  if (!trace.may_miss_people) return;
  trace.missing_people = needs_[row] - std::min(needs_[row], doers.Most());
  if (is_final && !course.is_closed && !course.done.empty()) JudgeNeeds(row, object, course, course.done.back().event);
}

// Rows of ActSteps not done, or not by enough people.
std::vector<uint32_t> Processes::StepsMissing(const format::ActProcessRecord& process, const Course& course) const {
  std::vector<uint32_t> missing;
  for (uint32_t step = process.steps_first; step < process.steps_first + process.steps_count; ++step) {
    const format::ActStepRecord& wanted = image_.ActSteps()[step];
    std::set<uint32_t> people;
    uint32_t times = 0;
    for (const StepDone& done : course.done) {
      if (done.duty != wanted.duty || !done.counts) continue;
      ++times;
      if (Whose(done.parties).is_certain()) people.insert(Whose(done.parties).people[0]);
    }
    if (times == 0 || (wanted.people > 1 && people.size() < wanted.people)) missing.push_back(step);
  }
  return missing;
}

// Of the act asked about, which closes the object; of a whole history the trace says it.
void Processes::JudgeMissing(uint32_t row, uint32_t object, const Course& course, uint32_t event) {
  const std::vector<uint32_t> missing = StepsMissing(image_.ActProcesses()[row], course);
  if (missing.empty()) return;
  HistoryFinding finding;
  finding.kind = FindingKind::MissingSteps;
  finding.event = event;
  finding.says = "all steps are done when it is closed";
  for (const uint32_t step : missing) finding.open.push_back(std::string(table_.duty(image_.ActSteps()[step].duty).title));
  finding.witnesses = {event};
  Report(row, object, std::move(finding));
}

void Processes::Finish(bool is_final) {
  for (auto& [key, course] : courses_) {
    const auto [row, object] = key;
    const format::ActProcessRecord& process = image_.ActProcesses()[row];
    Trace trace;
    trace.object = object;
    trace.process = row;
    trace.rounds = course.round;
    trace.missing = StepsMissing(process, course);
    FinishApprovals(row, object, course, trace);
    FinishNeeds(row, object, course, trace, is_final);
    const bool is_missing = !trace.missing.empty() || !trace.missing_approvals.empty() || trace.missing_people != 0;
    trace.is_violated_by_missing = is_missing && (course.is_closed || is_final);
    trace.state = course.is_closed ? TraceState::Closed : is_missing || trace.may_miss_people || !trace.due_approvals.empty() ? TraceState::Open : TraceState::Complete;
    trace.breaches = course.breaches;
    engine_.report_.traces.push_back(std::move(trace));
  }
  std::ranges::stable_sort(engine_.report_.traces, {}, [](const Trace& trace) { return std::pair(trace.object, trace.process); });
  std::ranges::stable_sort(engine_.report_.findings, {}, &HistoryFinding::event);
}

}  // namespace sod::histories
