// The whole answer: the judgement of judge.h with levels, paths and verdicts.
#include <algorithm>
#include <map>
#include <utility>

#include "runtime/core/judge.h"
#include "runtime/core/paths.h"
#include "sod/query.h"

namespace sod {

using core::Hit;
using core::HitElement;
using core::Image;
using core::Judgement;
using core::Slice;

std::string_view SpellingOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::Denied: return "denied";
    case Verdict::NotEvaluable: return "not_evaluable";
    case Verdict::NeedsApproval: return "needs_approval";
    case Verdict::Warned: return "warned";
    case Verdict::Observed: return "observed";
    case Verdict::Waived: return "waived";
    case Verdict::Mitigated: return "mitigated";
    case Verdict::Clear: return "clear";
  }
  return "";
}

namespace {

struct Asking {
  const Image& image;
  const Subject& subject;
  const std::optional<Holding>& request;
  const AskOptions& options;

  const Holding& HoldingAt(uint32_t index) const {
    return index < subject.holdings.size() ? subject.holdings[index] : *request;
  }
};

uint32_t LevelOf(const Image& image, const Holding& holding, uint32_t duty) {
  if (holding.is_role) return core::LevelInRole(image, holding.target, duty).value_or(0);
  return holding.level == kNone ? image.top_level() : holding.level;
}

Witness MakeWitness(const Asking& asking, const format::ElementRecord& element,
                    const HitElement& hit) {
  Witness witness;
  witness.is_role = element.kind == format::ElementKind::Role;
  witness.target = witness.is_role ? element.role : element.duty;
  witness.is_new = hit.is_new;
  uint32_t level = 0;
  for (const uint32_t index : hit.holdings) {
    const Holding& holding = asking.HoldingAt(index);
    if (!witness.is_role) level = std::max(level, LevelOf(asking.image, holding, witness.target));
    if (witness.paths.size() >= asking.options.max_paths) {
      ++witness.more_paths;
      continue;
    }
    const bool is_request = index >= asking.subject.holdings.size();
    witness.paths.push_back(is_request
                                ? core::PathOfRequest(asking.image, holding, element)
                                : core::PathTo(asking.image, asking.subject, holding, element));
  }
  if (!witness.is_role && asking.image.level_count() != 0) witness.level = level;
  return witness;
}

ConflictSide MakeSide(const Asking& asking, uint32_t row, const Hit& hit) {
  const format::SideRecord& record = asking.image.Sides()[row];
  ConflictSide side;
  side.side = row;
  for (uint32_t i = 0; i < record.elements_count; ++i) {
    const auto place = hit.elements.find(record.elements_first + i);
    if (place == hit.elements.end()) continue;
    side.witnesses.push_back(
        MakeWitness(asking, asking.image.Elements()[place->first], place->second));
  }
  side.is_new = std::ranges::all_of(side.witnesses, &Witness::is_new);
  return side;
}

Conflict MakeConflict(const Asking& asking, uint32_t row, const Hit& hit) {
  Conflict conflict;
  conflict.rule = row;
  conflict.held = hit.held;
  conflict.introduced = hit.introduced;
  conflict.first = hit.first;
  conflict.disposition = core::DispositionOf(asking.image, row);
  const format::RuleRecord& rule = asking.image.Rules()[row];
  for (uint32_t i = 0; i < rule.sides_count; ++i) {
    ConflictSide side = MakeSide(asking, rule.sides_first + i, hit);
    if (!side.witnesses.empty()) conflict.sides.push_back(std::move(side));
  }
  return conflict;
}

// ---- What is held at as_of

void RaiseLevel(HeldDuty& held, uint32_t level, bool has_levels) {
  held.level = !has_levels ? kNone : held.level == kNone ? level : std::max(held.level, level);
}

void AddHeld(const Asking& asking, Instant as_of, Answer& answer) {
  std::map<uint32_t, HeldDuty> duties;
  std::map<uint32_t, HeldRole> roles;
  const auto widen = [](auto& held, const Holding& holding) {
    // All contain as_of, so their union has no hole.
    held.from = std::min(held.from, holding.from);
    held.until = std::max(held.until, holding.until);
  };
  const auto add_duty = [&](const Holding& holding, uint32_t duty, uint32_t level) {
    const auto place =
        duties.try_emplace(duty, HeldDuty{duty, kNone, holding.from, holding.until}).first;
    widen(place->second, holding);
    RaiseLevel(place->second, level, asking.image.level_count() != 0);
  };
  for (const Holding& holding : asking.subject.holdings) {
    if (!core::IsHeldAt(holding, as_of)) continue;
    if (!holding.is_role) {
      add_duty(holding, holding.target, LevelOf(asking.image, holding, holding.target));
      continue;
    }
    const format::RoleRecord& role = asking.image.Roles()[holding.target];
    for (const format::RoleDutyRecord& row :
         Slice(asking.image.RoleDuties(), role.duties_first, role.duties_count)) {
      add_duty(holding, row.duty, row.level);
    }
    for (const uint32_t held : core::RoleClosure(asking.image, holding.target)) {
      widen(roles.try_emplace(held, HeldRole{held, holding.from, holding.until}).first->second,
            holding);
    }
  }
  for (const auto& [row, held] : duties) answer.duties.push_back(held);
  for (const auto& [row, held] : roles) answer.roles.push_back(held);
}

// ---- What this version does not judge

void AddSelfRestrictions(const Image& image, uint32_t role, std::vector<NotChecked>& found) {
  const format::RoleRecord& record = image.Roles()[role];
  for (const format::RestrictionRecord& restriction :
       Slice(image.Restrictions(), record.restrictions_first, record.restrictions_count)) {
    if (restriction.on_own_actions == 0) continue;
    found.push_back({std::string(image.Text(record.name)) + " restricts " +
                         std::string(image.Text(restriction.item)) + " on own actions",
                     "self"});
  }
}

void AddNotChecked(const Asking& asking, Answer& answer) {
  std::vector<uint32_t> roles;
  for (const HeldRole& held : answer.roles) roles.push_back(held.role);
  if (asking.request && asking.request->is_role) {
    for (const uint32_t role : core::RoleClosure(asking.image, asking.request->target)) {
      roles.push_back(role);
    }
  }
  std::ranges::sort(roles);
  const auto repeated = std::ranges::unique(roles);
  roles.erase(repeated.begin(), repeated.end());
  for (const uint32_t role : roles) AddSelfRestrictions(asking.image, role, answer.not_checked);
  for (const format::RuleRecord& rule : asking.image.Rules()) {
    if (rule.moment == format::Moment::Static) continue;
    answer.not_checked.push_back(
        {std::string(asking.image.Text(rule.name)), format::SpellingOf(rule.moment)});
  }
}

void SetVerdicts(bool is_complete, bool is_request, Answer& answer) {
  const Verdict best = is_complete ? Verdict::Clear : Verdict::NotEvaluable;
  answer.verdict = best;
  Verdict introduced = best;
  for (const Conflict& conflict : answer.conflicts) {
    answer.verdict = std::min(answer.verdict, conflict.disposition);
    if (conflict.introduced) introduced = std::min(introduced, conflict.disposition);
  }
  if (is_request) answer.request_verdict = introduced;
}

std::optional<Error> CheckQuestion(const Image& image, const Subject& subject,
                                   const std::optional<Holding>& request) {
  if (subject.holdings.size() + (request ? 1 : 0) > kMaxHoldings) {
    return Error{ErrorCode::LimitExceeded,
                 "one subject holds more than " + std::to_string(kMaxHoldings) + " things", ""};
  }
  for (const Holding& holding : subject.holdings) {
    const bool is_named = holding.assignment == kNone || holding.assignment < image.Assignments().size();
    if (!is_named) return Error{ErrorCode::BadArgument, "a holding names an assignment that does not exist", ""};
    if (holding.from >= holding.until) continue;  // never held
    if (std::optional<Error> error = core::CheckHolding(image, holding, "a holding")) return error;
  }
  if (!request) return std::nullopt;
  return core::CheckHolding(image, *request, "the request");
}

}  // namespace

Result<Answer> Ask(const Table& table, Workspace& workspace, const Subject& subject, Instant as_of,
                   const std::optional<Holding>& request, const AskOptions& options) {
  const Image& image = table.image();
  if (std::optional<Error> error = CheckQuestion(image, subject, request)) return std::move(*error);
  core::Question question = {subject.holdings, std::nullopt, as_of, {}};
  std::vector<Instant> rule_changes;
  if (request) {
    Result<Holding> clipped = core::ClipRequest(*request, as_of);
    if (!clipped) return clipped.error();
    question.request = clipped.value();
    rule_changes = core::RuleChanges(image, clipped.value());
    question.rule_changes = rule_changes;
  }
  const Judgement judgement = core::Judge(table, workspace, question);
  const Asking asking = {image, subject, request, options};

  Answer answer;
  answer.subject = subject;
  answer.as_of = as_of;
  answer.request = request;
  answer.already_held = judgement.already_held;
  for (const auto& [rule, hit] : judgement.hits) {
    answer.conflicts.push_back(MakeConflict(asking, rule, hit));
  }
  std::ranges::stable_sort(answer.conflicts, {}, &Conflict::disposition);
  AddHeld(asking, as_of, answer);
  AddNotChecked(asking, answer);
  SetVerdicts(subject.is_complete, request.has_value(), answer);
  return answer;
}

}  // namespace sod
