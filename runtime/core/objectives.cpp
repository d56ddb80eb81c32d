#include "runtime/core/objectives.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

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

// The form of PCI DSS v4.0.1, appendix C, in its order.
constexpr std::string_view kFields[] = {"constraints", "definition", "objective", "risk", "validation", "maintenance"};

// Whether some statement of the rule fills the field: `worksheet constraints "…"`.
bool IsFilled(const Image& image, std::string_view rule, std::string_view field) {
  for (const format::ProvisionRecord& provision : image.Provisions()) {
    if (image.Text(provision.kind) != "conflict" || image.Text(provision.name) != rule) continue;
    for (const auto& attribute : Slice(image.ProvisionAttributes(), provision.attributes_first, provision.attributes_count)) {
      if (attribute.depth != 0 || attribute.values_count != 2 || image.Text(attribute.keyword) != "worksheet") continue;
      const auto values = Slice(image.ProvisionValues(), attribute.values_first, 2);
      if (image.Text(values[0].text) == field && values[1].text != 0) return true;
    }
  }
  return false;
}

// INVARIANT: without a conflict that is mitigated nobody asks what the worksheet says.
void Compensate(const Image& image, const format::ClauseRecord& clause, uint32_t rule, ObjectiveStatus& objective) {
  if (clause.compensation == format::Compensation::NotAccepted) return;
  if (clause.compensation == format::Compensation::Worksheet) {
    for (const std::string_view field : kFields) {
      if (!IsFilled(image, image.Text(image.Rules()[rule].name), field)) objective.without_fields.push_back(field);
    }
  }
  if (objective.without_fields.empty()) objective.status = FrameworkStatus::MetWithCompensation;
}

std::span<const format::ClauseRefRecord> ClausesOf(const Image& image, uint32_t rule) {
  const format::RuleRecord& record = image.Rules()[rule];
  return Slice(image.RuleClauses(), record.clauses_first, record.clauses_count);
}

bool IsJudged(const format::RuleRecord& rule) {
  return rule.unevaluated == format::Unevaluated::None;
}

void AddLacks(const Image& image, const format::RuleRecord& rule, ObjectiveStatus& objective) {
  if (rule.risk == format::kNone) objective.without_risk.push_back(image.Text(rule.name));
  if (rule.because == 0) objective.without_because.push_back(image.Text(rule.name));
}

// Of several conflicts each field once, in the order of the form.
void AddFields(const ObjectiveStatus& objective, ObjectiveStatus& whole) {
  std::vector<std::string_view> fields;
  for (const std::string_view field : kFields) {
    const auto lacks = [&](const ObjectiveStatus& one) { return std::ranges::find(one.without_fields, field) != one.without_fields.end(); };
    if (lacks(objective) || lacks(whole)) fields.push_back(field);
  }
  whole.without_fields = std::move(fields);
}

}  // namespace

void AddObjectives(const Image& image, Conflict& conflict) {
  for (const format::ClauseRefRecord& ref : ClausesOf(image, conflict.rule)) {
    const format::ClauseRecord& clause = image.Clauses()[ref.clause];
    if (clause.about != format::ClauseAbout::People) continue;
    ObjectiveStatus objective = ObjectiveOf(image, ref.clause);
    objective.status = FrameworkStatus::NotMet;
    if (conflict.disposition == Verdict::Mitigated) Compensate(image, clause, conflict.rule, objective);
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
      AddFields(objective, whole);
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
