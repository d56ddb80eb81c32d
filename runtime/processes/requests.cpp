// What a request does to how few people can do a process (rulings SEM-25).
#include <algorithm>
#include <set>

#include "runtime/processes/outline.h"
#include "runtime/processes/people.h"
#include "sod/processes.h"

namespace sod {
namespace {

// That nobody holds a step any more makes nothing worse: nobody can misuse what nobody can do.
bool IsWorse(const ProcessAnswer& before, const ProcessAnswer& after) {
  const bool has_gap = std::ranges::any_of(after.steps, [](const ProcessStep& step) { return step.holders.empty(); });
  const bool may_be_few = after.possible_size && *after.possible_size < after.needs;
  if (after.verdict == Verdict::NotEvaluable && has_gap && !may_be_few) return false;
  // What could not be judged and is a violation now got worse, however mild the policy lets it be.
  const bool is_violated = after.verdict != Verdict::Clear && after.verdict != Verdict::NotEvaluable;
  if (is_violated && before.verdict == Verdict::NotEvaluable) return true;
  if (after.verdict != before.verdict) return after.verdict < before.verdict;
  return after.verdict < Verdict::Clear && after.verdict != Verdict::NotEvaluable && after.size < before.size;
}

}  // namespace

ProcessChanges ChangesOfProcesses(const Table& table, std::span<const Subject> people, uint32_t person, const Request& request, Instant as_of) {
  const core::Image& image = table.image();
  const std::vector<Subject> after = processes::WithRequest(table, people, person, request);
  const auto [from, until] = processes::TimeOf(request, as_of);
  ProcessChanges changes;
  if (from >= until) return changes;
  const std::set<Instant> instants = processes::InstantsWithin(people, after[person].holdings, from, until);
  const ProcessJudge judge_before(table, people), judge_after(table, after);
  for (const uint32_t process : ProcessesOf(table)) {
    const processes::Outline outline = processes::Read(image, process);
    if (outline.needs < 2) continue;
    if (outline.steps.size() > kMaxProcessSteps) {
      changes.given_up.push_back(process);
      continue;
    }
    std::optional<ProcessChange> worst;
    size_t looked_at = 0;
    for (const Instant at : instants) {
      const bool is_touched = processes::StepsHeld(image, people[person].holdings, outline.steps, at) !=
                              processes::StepsHeld(image, after[person].holdings, outline.steps, at);
      if (!is_touched) continue;
      if (++looked_at > kMaxProcessInstants) {
        changes.given_up.push_back(process);
        break;
      }
      ProcessChange change = {judge_before.Judge(process, at), judge_after.Judge(process, at), at, {}};
      if (!IsWorse(change.before, change.after)) continue;
      if (worst && std::pair(worst->after.verdict, worst->after.size) <= std::pair(change.after.verdict, change.after.size)) continue;
      worst = std::move(change);
    }
    if (!worst) continue;
    if (!worst->after.groups.empty()) {
      for (const uint32_t member : worst->after.groups.front()) worst->group.push_back(judge_after.PersonInWords(worst->after.people[member]));
    }
    changes.worse.push_back(std::move(*worst));
  }
  return changes;
}

void CountProcesses(const Table& table, const ProcessChanges& changes, Answer& answer) {
  for (const ProcessChange& change : changes.worse) {
    answer.request_verdict = std::min(answer.request_verdict.value_or(Verdict::Clear), change.after.verdict);
    answer.verdict = std::min(answer.verdict, change.after.verdict);
  }
  for (const uint32_t process : ProcessesOf(table)) {
    if (!IsOnlyAboutPeople(table, process) || std::ranges::find(changes.given_up, process) != changes.given_up.end()) continue;
    const std::string_view name = NameOfProcess(table, process).name;
    std::erase_if(answer.not_checked, [&](const NotChecked& item) { return item.rule_class == "process" && item.id == name; });
  }
}

}  // namespace sod
