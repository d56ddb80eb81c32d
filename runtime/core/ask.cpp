// The whole answer: the judgement of judge.h with levels, paths and verdicts.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "runtime/core/answer_parts.h"
#include "runtime/core/judge.h"
#include "runtime/core/objectives.h"
#include "runtime/core/obligations.h"
#include "runtime/core/paths.h"
#include "runtime/core/risk.h"
#include "runtime/core/without_request.h"
#include "sod/query.h"

namespace sod {

using core::Hit;
using core::HitElement;
using core::Image;
using core::Judgement;
using core::Slice;

namespace {

struct Asking {
  const Table& table;
  const Image& image;
  const Subject& subject;               // with what is taken away gone
  std::span<const Holding> grants;
  const AskOptions& options;

  const Holding& HoldingAt(uint32_t index) const {
    const size_t own = subject.holdings.size();
    return index < own ? subject.holdings[index] : grants[index - own];
  }
};

// The highest level at which the holding gives the duty, in any place.
uint32_t LevelOf(const Image& image, const Holding& holding, uint32_t duty) {
  switch (holding.kind) {
    case HeldKind::Role: return core::LevelInRole(image, holding.target, duty).value_or(image.top_level());
    case HeldKind::Entitlement: return image.top_level();
    case HeldKind::Duty: break;
  }
  return holding.level == kNone ? image.top_level() : holding.level;
}

HeldKind KindOf(format::ElementKind kind) {
  switch (kind) {
    case format::ElementKind::Role: return HeldKind::Role;
    case format::ElementKind::Entitlement: return HeldKind::Entitlement;
    default: return HeldKind::Duty;
  }
}

uint32_t TargetOf(const format::ElementRecord& element) {
  switch (element.kind) {
    case format::ElementKind::Role: return element.role;
    case format::ElementKind::Entitlement: return element.entitlement;
    default: return element.duty;
  }
}

constexpr uint32_t kCountedPaths = 1000;

Witness MakeWitness(const Asking& asking, uint32_t rule, const format::ElementRecord& element,
                    const HitElement& hit) {
  Witness witness;
  witness.kind = KindOf(element.kind);
  witness.target = TargetOf(element);
  witness.is_new = hit.is_new;
  witness.scopes = core::PlacesOf(asking.table, rule, hit.parts);
  uint32_t level = 0;
  for (const core::Supplier& supplier : hit.suppliers) {
    const Holding& holding = asking.HoldingAt(supplier.holding);
    witness.since = std::min(witness.since, holding.from);
    if (witness.kind == HeldKind::Duty) level = std::max(level, LevelOf(asking.image, holding, witness.target));
    const size_t left = asking.options.max_paths - std::min<size_t>(asking.options.max_paths, witness.paths.size());
    // Far beyond what is told, each holding is one way more: chains are counted as long as somebody may read the number.
    if (left == 0 && witness.more_paths >= kCountedPaths) {
      ++witness.more_paths;
      continue;
    }
    const bool is_request = supplier.holding >= asking.subject.holdings.size();
    core::WaysTo ways = core::PathsTo(asking.image, is_request ? nullptr : &asking.subject, holding, supplier, element, left);
    witness.more_paths += ways.more;
    if (left == 0) ++witness.more_paths;
    else std::ranges::move(ways.paths, std::back_inserter(witness.paths));
  }
  if (witness.kind == HeldKind::Duty && asking.image.level_count() != 0) witness.level = level;
  return witness;
}

ConflictSide MakeSide(const Asking& asking, uint32_t rule, uint32_t row, const Hit& hit) {
  const format::SideRecord& record = asking.image.Sides()[row];
  ConflictSide side;
  side.side = row;
  for (uint32_t i = 0; i < record.elements_count; ++i) {
    const auto place = hit.elements.find(record.elements_first + i);
    if (place == hit.elements.end()) continue;
    side.witnesses.push_back(
        MakeWitness(asking, rule, asking.image.Elements()[place->first], place->second));
    side.witnesses.back().element = place->first;
  }
  side.is_new = std::ranges::all_of(side.witnesses, &Witness::is_new);
  return side;
}

Conflict MakeConflict(const Asking& asking, uint32_t row, const Hit& hit, core::Risks& risks) {
  Conflict conflict;
  conflict.rule = row;
  conflict.held = hit.held;
  conflict.introduced = hit.introduced;
  conflict.first = hit.first;
  core::ConflictRisk risk = risks.Of(row, hit);
  conflict.disposition = risk.disposition;
  conflict.mode = SpellingOf(risk.mode);
  conflict.effective_mode = SpellingOf(risk.effective_mode);
  conflict.applies = std::move(risk.applies);
  conflict.mode_when = std::move(risk.mode_when);
  conflict.requirements = std::move(risk.requirements);
  conflict.judged_at = risk.at;
  conflict.is_disabled = risk.at < asking.image.Rules()[row].disabled_until;
  conflict.inherent = risk.inherent;
  conflict.residual = risk.residual;
  conflict.appetite = risk.appetite;
  conflict.controls = std::move(risk.controls);
  conflict.waivers = std::move(risk.waivers);
  const format::RuleRecord& rule = asking.image.Rules()[row];
  for (const auto& ref : Slice(asking.image.RulePermittedWith(), rule.permitted_with_first, rule.permitted_with_count)) {
    conflict.permitted_with.push_back(ref.control);
  }
  core::AddObjectives(asking.image, conflict);
  core::AddObligations(asking.image, asking.subject, conflict);
  std::vector<core::Part> parts;
  for (const auto& [element, held] : hit.elements) parts.insert(parts.end(), held.parts.begin(), held.parts.end());
  conflict.scopes = core::PlacesOf(asking.table, row, parts);
  for (uint32_t i = 0; i < rule.sides_count; ++i) {
    ConflictSide side = MakeSide(asking, row, rule.sides_first + i, hit);
    if (!side.witnesses.empty()) conflict.sides.push_back(std::move(side));
  }
  return conflict;
}

// `may_introduce`: something that is not known could let the request introduce a conflict.
void SetVerdicts(bool may_introduce, bool is_request, Answer& answer) {
  const auto best = [](bool is_known) { return is_known ? Verdict::Clear : Verdict::NotEvaluable; };
  answer.verdict = best(answer.subject.is_complete);
  Verdict introduced = best(!may_introduce);
  for (const Conflict& conflict : answer.conflicts) {
    answer.verdict = std::min(answer.verdict, conflict.disposition);
    if (conflict.introduced) introduced = std::min(introduced, conflict.disposition);
    introduced = std::min(introduced, conflict.worsened_to.value_or(Verdict::Clear));
  }
  if (is_request) answer.request_verdict = introduced;
}

void AddContributions(const Asking& asking, const Judgement& judgement, Answer& answer) {
  std::map<uint32_t, std::set<uint32_t>> rules;  // by the holding
  for (const auto& [rule, hit] : judgement.hits) {
    for (const auto& [element, held] : hit.elements) {
      for (const core::Supplier& supplier : held.suppliers) rules[supplier.holding].insert(rule);
    }
  }
  for (const auto& [holding, of_it] : rules) {
    answer.contributions.push_back({asking.HoldingAt(holding), holding >= asking.subject.holdings.size(), {of_it.begin(), of_it.end()}});
  }
}

// Unrated conflicts come after rated ones of the same verdict.
void Sort(std::vector<Conflict>& conflicts) {
  std::ranges::sort(conflicts, {}, [](const Conflict& conflict) {
    return std::tuple(conflict.disposition, conflict.inherent == kNone, conflict.rule);
  });
}

// "the system gitlab": what is taken as not there, in the answer among what was assumed.
void AddWithout(const Image& image, const AskOptions& options, Subject& subject) {
  for (const uint32_t row : options.without_controls) {
    subject.assumptions.push_back("the control " + std::string(image.Text(image.Controls()[row].name)) + " is not there");
  }
  for (const uint32_t row : options.without_systems) {
    subject.assumptions.push_back("the system " + std::string(image.Text(image.Systems()[row].name)) + " is not there");
  }
}

// A request names no account: a rule per account takes it with each of them.
bool RestsOnAnyAccount(const Image& image, const Asking& asking, uint32_t rule, const Hit& hit) {
  if (!hit.introduced || std::ranges::all_of(asking.grants, [](const Holding& grant) { return grant.account != kNone; })) return false;
  if (image.Rules()[rule].subject != format::RuleSubject::Account || asking.subject.kind == SubjectKind::Account) return false;
  return std::ranges::any_of(hit.elements, [](const auto& element) {
    return std::ranges::any_of(element.second.parts, [](const core::Part& part) { return part.account != core::kOwnAccount; });
  });
}

}  // namespace

namespace {

// The request is judged against what would be without it.
void CompareWithBefore(const Asking& asking, const Judgement& judgement, core::WithoutRequest& before, core::Risks& risks, Answer& answer) {
  for (Conflict& conflict : answer.conflicts) {
    const core::WithoutRequest::Comparison found = before.Compare(conflict.rule, judgement.hits.at(conflict.rule), risks);
    conflict.before = found.before;
    if (!conflict.introduced) conflict.worsened_to = found.worsened_to;
  }
  const Asking then = {asking.table, asking.image, answer.subject, {}, asking.options};
  for (const auto& [rule, hit] : before.judgement().hits) {
    if (judgement.hits.contains(rule)) continue;
    answer.removed.push_back(MakeConflict(then, rule, hit, before.risks()));
    answer.removed.back().before = answer.removed.back().disposition;
  }
  Sort(answer.removed);
}

}  // namespace

Result<Answer> AskAbout(const Table& table, Workspace& workspace, const Subject& subject, Instant as_of, const Request& request, const AskOptions& options) {
  const Image& image = table.image();
  if (std::optional<Error> error = core::CheckQuestion(image, subject, request, options)) return std::move(*error);
  const Result<core::Asked> asked = core::ClipRequest(request, as_of);
  if (!asked) return asked.error();
  const bool is_request = !asked->is_empty();
  Subject kept = subject;
  Revoked revoked = Revoke(table, subject, asked->revocations);
  kept.holdings = std::move(revoked.holdings);
  const std::vector<Instant> instants = is_request ? core::InstantsOf(image, asked.value(), subject, core::RuleChanges(image, asked.value())) : std::vector{as_of};
  const Instant end = is_request ? asked->until : as_of + 1;
  const Judgement judgement = core::Judge(table, workspace, {kept.holdings, asked->grants, subject.holdings, instants, end, subject.actor});
  const Asking asking = {table, image, kept, asked->grants, options};
  const core::Without without = {options.without_controls, options.without_systems};
  core::Risks risks(image, workspace, kept, asked->grants, without, options.facts);

  Answer answer;
  answer.subject = subject;
  AddWithout(image, options, answer.subject);
  answer.as_of = as_of;
  if (!request.grants.empty()) answer.request = request.grants.front();
  for (size_t i = 0; i < request.grants.size(); ++i) answer.grants.push_back({request.grants[i], judgement.already_held[i]});
  for (size_t i = 0; i < request.revocations.size(); ++i) answer.revocations.push_back({request.revocations[i], revoked.counts[i]});
  answer.already_held = !answer.grants.empty() && std::ranges::all_of(answer.grants, &Granted::already_held);
  bool rests_on_any_account = false;
  for (const auto& [rule, hit] : judgement.hits) {
    rests_on_any_account |= RestsOnAnyAccount(image, asking, rule, hit);
    answer.conflicts.push_back(MakeConflict(asking, rule, hit, risks));
  }
  if (rests_on_any_account) {
    answer.subject.assumptions.push_back("what is asked for could come through any account of " + subject.title);
  }
  if (is_request) {
    core::WithoutRequest before(table, workspace, subject, instants, end, without, options.facts);
    CompareWithBefore(asking, judgement, before, risks, answer);
  }
  Sort(answer.conflicts);
  AddContributions(asking, judgement, answer);
  core::AddHeld(image, as_of, options.max_paths, answer);
  core::AddNotChecked(image, answer);
  // Facts that are missing altogether could be anything; an undecided grant is known by what it may give.
  const bool is_new = !answer.grants.empty() && !answer.already_held;
  const bool may_introduce = is_new && (!subject.is_complete || judgement.is_request_undecided);
  core::AddUndecided(image, judgement.undecided, answer);
  core::AddUnknown(image, judgement.unknown, answer);
  core::AddFrameworks(image, answer);
  SetVerdicts(may_introduce, is_request, answer);
  return answer;
}

Result<Answer> Ask(const Table& table, Workspace& workspace, const Subject& subject, Instant as_of, const std::optional<Holding>& request, const AskOptions& options) {
  Request whole;
  if (request) whole.grants.push_back(*request);
  return AskAbout(table, workspace, subject, as_of, whole, options);
}

}  // namespace sod
