#include "runtime/core/objectives.h"

#include <algorithm>
#include <map>

#include "runtime/core/amendments.h"

namespace sod::core {
namespace {

ObjectiveStatus ObjectiveOf(const Image& image, uint32_t row) {
  const format::ClauseRecord& clause = image.Clauses()[row];
  const format::FrameworkRecord& framework = image.Frameworks()[clause.framework];
  ObjectiveStatus objective;
  objective.clause = row;
  objective.framework = {image.Text(framework.name), image.Text(framework.title)};
  objective.id = image.Text(clause.id);
  return objective;
}

// A worksheet has fields that the language does not have yet, so none is filled.
FrameworkStatus StatusOf(format::Compensation compensation, Verdict disposition) {
  const bool is_met = compensation == format::Compensation::Accepted && disposition == Verdict::Mitigated;
  return is_met ? FrameworkStatus::MetWithCompensation : FrameworkStatus::NotMet;
}

std::span<const format::ClauseRefRecord> ClausesOf(const Image& image, uint32_t rule) {
  const format::RuleRecord& record = image.Rules()[rule];
  return Slice(image.RuleClauses(), record.clauses_first, record.clauses_count);
}

bool IsJudged(const format::RuleRecord& rule) {
  return rule.unevaluated == format::Unevaluated::None && rule.moment == format::Moment::Static;
}

void AddLacks(const Image& image, const format::RuleRecord& rule, ObjectiveStatus& objective) {
  if (rule.risk == format::kNone) objective.without_risk.push_back(image.Text(rule.name));
  if (rule.because == 0) objective.without_because.push_back(image.Text(rule.name));
}

}  // namespace

void AddObjectives(const Image& image, Conflict& conflict) {
  for (const format::ClauseRefRecord& ref : ClausesOf(image, conflict.rule)) {
    const format::ClauseRecord& clause = image.Clauses()[ref.clause];
    if (clause.about != format::ClauseAbout::People) continue;
    ObjectiveStatus objective = ObjectiveOf(image, ref.clause);
    objective.status = StatusOf(clause.compensation, conflict.disposition);
    conflict.objectives.push_back(std::move(objective));
  }
}

void AddFrameworks(const Image& image, Answer& answer) {
  std::map<uint32_t, ObjectiveStatus> objectives;
  const auto at = [&](uint32_t clause) -> ObjectiveStatus& {
    return objectives.try_emplace(clause, ObjectiveOf(image, clause)).first->second;
  };
  const Instant due = image.meta().review_due;
  for (uint32_t row = 0; row < image.Rules().size(); ++row) {
    const format::RuleRecord& rule = image.Rules()[row];
    for (const format::ClauseRefRecord& ref : ClausesOf(image, row)) {
      ObjectiveStatus& objective = at(ref.clause);
      if (image.Clauses()[ref.clause].about == format::ClauseAbout::Policy) {
        AddLacks(image, RuleAt(image, row, answer.as_of), objective);
        objective.lacks_review = answer.as_of >= due;
      } else if (!IsJudged(rule) || !answer.subject.is_complete) {
        objective.status = std::min(objective.status, FrameworkStatus::NotAssessed);
      }
    }
  }
  for (const Conflict& conflict : answer.conflicts) {
    for (const ObjectiveStatus& objective : conflict.objectives) {
      ObjectiveStatus& whole = at(objective.clause);
      if (objective.status < whole.status) whole.conflicts.clear();
      whole.status = std::min(whole.status, objective.status);
      if (objective.status == whole.status) whole.conflicts.push_back(image.Text(image.Rules()[conflict.rule].name));
    }
  }
  for (auto& [clause, objective] : objectives) {
    const bool lacks = !objective.without_risk.empty() || !objective.without_because.empty() || objective.lacks_review;
    if (lacks) objective.status = FrameworkStatus::NotMet;
    answer.frameworks.push_back(std::move(objective));
  }
}

}  // namespace sod::core
