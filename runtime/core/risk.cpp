#include "runtime/core/risk.h"

#include <algorithm>
#include <array>

#include "runtime/core/amendments.h"
#include "runtime/core/controls.h"
#include "runtime/core/enforcers.h"
#include "runtime/core/paths.h"

namespace sod::core {
namespace {

constexpr std::array kClasses = {ControlClass::Preventive, ControlClass::Independent, ControlClass::Outside};

using Taken = std::vector<const JudgedControl*>;

bool SharesADomain(const JudgedControl& a, const JudgedControl& b) {
  return std::ranges::any_of(a.domains, [&](const FailureDomain& domain) {
    return std::ranges::any_of(b.domains, [&](const FailureDomain& other) {
      return domain.kind == other.kind && domain.id == other.id;
    });
  });
}

// The most classes that can be taken from class `next` on, one control each, beside those taken.
// INVARIANT: three classes, so the recursion is three deep.
uint32_t MostClasses(std::span<const JudgedControl> controls, size_t next, Taken& taken) {
  if (next == kClasses.size()) return static_cast<uint32_t>(taken.size());
  uint32_t most = MostClasses(controls, next + 1, taken);
  for (const JudgedControl& control : controls) {
    if (most == taken.size() + kClasses.size() - next) break;  // no more than that
    if (!control.counts() || control.control_class != kClasses[next]) continue;
    if (std::ranges::any_of(taken, [&](const JudgedControl* other) { return SharesADomain(control, *other); })) continue;
    taken.push_back(&control);
    most = std::max(most, MostClasses(controls, next + 1, taken));
    taken.pop_back();
  }
  return most;
}

bool Counts(const JudgedControl& control) { return control.counts(); }

void AddOnce(std::vector<uint32_t>& rows, std::span<const format::ControlRefRecord> more) {
  for (const auto& ref : more) {
    if (std::ranges::find(rows, ref.control) == rows.end()) rows.push_back(ref.control);
  }
}

}  // namespace

uint32_t ResidualRank(uint32_t inherent, uint32_t level_count, std::span<const JudgedControl> controls) {
  Taken taken;
  const uint32_t steps = MostClasses(controls, 0, taken);
  uint32_t residual = steps > inherent ? 0 : inherent - steps;
  const bool prevents = std::ranges::any_of(controls, [](const JudgedControl& control) {
    return control.counts() && control.control_class == ControlClass::Preventive;
  });
  const bool is_top = inherent + 1 == level_count;
  if (is_top && !prevents) residual = std::max(residual, level_count / 2);  // ⌈(n − 1) / 2⌉
  return residual;
}

Risks::Risks(const Image& image, Workspace& workspace, const Subject& subject, std::span<const Holding> grants, const Without& without,
             const FactSteps* facts)
    : image_(image), workspace_(workspace), subject_(subject), grants_(grants.begin(), grants.end()),
      holding_([this](uint32_t index) -> const Holding& {
        const size_t own = subject_.holdings.size();
        return index < own ? subject_.holdings[index] : grants_[index - own];
      }),
      without_(without), facts_(facts != nullptr ? facts : &workspace.facts()), waivers_(WaiversFor(image, subject)) {
  for (Holding& grant : grants_) grant.always_counts = true;
  activations_ = ActivationsFor(image, subject);
  if (image.Exemptions().empty()) return;
  with_request_ = subject;
  with_request_.holdings.insert(with_request_.holdings.end(), grants_.begin(), grants_.end());
  exemptions_ = ExemptionsFor(image, with_request_);
}

bool Risks::IsViolatedWithout(uint32_t rule, Instant at, const std::function<bool(uint32_t)>& is_left_out) {
  std::vector<Holding> rest;
  const auto count = static_cast<uint32_t>(subject_.holdings.size() + grants_.size());
  for (uint32_t index = 0; index < count; ++index) {
    if (!is_left_out(index)) rest.push_back(holding_(index));
  }
  return std::ranges::binary_search(workspace_.Violations(rest, at, subject_.actor), rule);
}

const Watched& Risks::WatchedAt(Instant at) { return watched_.try_emplace(at, image_, subject_, at).first->second; }

// A role covers what would not be there without the holdings that lead through it: otherwise whoever holds
// something by another way, too, would fare better for getting the role (the first law of appendix A).
void Risks::AddControlsOfRoles(uint32_t row, const Hit& hit, std::optional<Instant> at, std::vector<uint32_t>& controls) {
  std::vector<std::pair<uint32_t, uint32_t>> ways;  // a role with controls, and a holding that leads through it
  const auto add = [&](uint32_t role, uint32_t holding) {
    if (image_.Roles()[role].controls_count != 0) ways.emplace_back(role, holding);
  };
  for (const auto& [element, held] : hit.elements) {
    for (const Supplier& supplier : held.suppliers) {
      const Holding& holding = holding_(supplier.holding);
      if (holding.kind != HeldKind::Role) continue;
      add(holding.target, supplier.holding);
      if (supplier.row == kNone) continue;
      for (const uint32_t included : RolesOnTheWay(image_, supplier.row)) add(included, supplier.holding);
    }
  }
  std::vector<uint32_t> seen;
  for (const auto& [role, first] : ways) {
    if (std::ranges::find(seen, role) != seen.end()) continue;
    seen.push_back(role);
    const auto leads_through = [&](uint32_t holding) { return std::ranges::find(ways, std::pair(role, holding)) != ways.end(); };
    if (at && IsViolatedWithout(row, *at, leads_through)) continue;
    const format::RoleRecord& record = image_.Roles()[role];
    AddOnce(controls, Slice(image_.RoleControls(), record.controls_first, record.controls_count));
  }
}

std::vector<uint32_t> Risks::ControlsOf(const format::RuleRecord& rule, uint32_t row, const Hit& hit, std::optional<Instant> at) {
  std::vector<uint32_t> controls;
  AddOnce(controls, Slice(image_.RuleControls(), rule.controls_first, rule.controls_count));
  AddOnce(controls, Slice(image_.RulePermittedWith(), rule.permitted_with_first, rule.permitted_with_count));
  AddOnce(controls, Slice(image_.RuleProcessControls(), rule.process_controls_first, rule.process_controls_count));
  for (const format::RuleEnforcerRecord& enforcer : EnforcersOf(image_, row)) {
    if (!hit.is_done && std::ranges::find(controls, enforcer.control) == controls.end()) controls.push_back(enforcer.control);
  }
  AddControlsOfRoles(row, hit, at, controls);
  if (subject_.actor != kNone) {
    const format::ActorRecord& actor = image_.Actors()[subject_.actor];
    AddOnce(controls, Slice(image_.ActorControls(), actor.controls_first, actor.controls_count));
  }
  AddOnce(controls, image_.MetaControls());
  return controls;
}

// Where the hit begins, and inside it wherever a control, a waiver or a delegation begins or ends.
std::vector<Instant> Risks::InstantsOf(const Hit& hit, const Bearing& bearing) const {
  std::vector<Instant> instants;
  const auto add = [&](Instant at) {
    const bool is_inside =
        std::ranges::any_of(hit.spans, [&](const HitSpan& span) { return span.from < at && at < span.until; });
    if (is_inside) instants.push_back(at);
  };
  const auto add_control = [&](uint32_t row) {
    const format::ControlRecord& control = image_.Controls()[row];
    add(control.valid_from);
    add(control.valid_until);
    for (const auto& item : Slice(image_.Evidence(), control.evidence_first, control.evidence_count)) {
      add(item.from);
      add(item.until);
    }
    for (const auto& item : Slice(image_.ControlImmutables(), control.immutable_against_first, control.immutable_against_count)) {
      add(item.from);
      add(item.until);
    }
  };
  for (const HitSpan& span : hit.spans) instants.push_back(span.from);
  for (const uint32_t row : bearing.controls) add_control(row);
  // Of whatever system: a control may rest on each of them.
  for (const auto& item : image_.SystemImmutables()) {
    add(item.from);
    add(item.until);
  }
  for (const WaiverOfRule& named : bearing.waivers) {
    const format::WaiverRecord& waiver = image_.Waivers()[named.waiver];
    for (const Instant at : {waiver.from, waiver.until, waiver.closed}) add(at);
    const auto conditions = Slice(image_.WaiverControls(), waiver.controls_first, waiver.controls_count);
    for (const auto& ref : conditions) add_control(ref.control);
  }
  std::vector<Instant> changes;
  if (!image_.RuleConditions().empty()) AddConditionChanges(image_, bearing.rule, subject_.actor, facts(), changes);
  for (const Instant at : changes) add(at);
  for (const WaiverOfRule& named : bearing.exemptions) add(image_.Exemptions()[named.waiver].until);
  for (const uint32_t row : activations_) {
    add(image_.Activations()[row].review_due);
    add(image_.Activations()[row].reviewed);
  }
  for (const format::DelegationRecord& delegation : image_.Delegations()) {
    // Whoever asked for a waiver may have somebody who stands in, too.
    if (delegation.delegator != subject_.actor && bearing.waivers.empty()) continue;
    add(delegation.from);
    add(delegation.until);
  }
  std::ranges::sort(instants);
  const auto repeated = std::ranges::unique(instants);
  instants.erase(repeated.begin(), repeated.end());
  return instants;
}

void Risks::JudgeWaivers(uint32_t rule, const Bearing& bearing, const Hit& hit, ConflictRisk& risk) {
  for (const WaiverOfRule& waiver : bearing.waivers) {
    if (auto judged = JudgeWaiver(image_, subject_, waiver, hit, WatchedAt(risk.at), risk.at, without_)) risk.waivers.push_back(std::move(*judged));
  }
  for (const WaiverOfRule& exemption : bearing.exemptions) {
    auto judged = JudgeExemption(image_, with_request_, exemption, hit, holding_, WatchedAt(risk.at), risk.at);
    if (judged) risk.waivers.push_back(std::move(*judged));
  }
  const auto is_violated_without = [&](const std::vector<uint32_t>& assignments) {
    return IsViolatedWithout(rule, risk.at, [&](uint32_t holding) {
      const uint32_t assignment = holding_(holding).assignment;
      return assignment != kNone && std::ranges::find(assignments, assignment) != assignments.end();
    });
  };
  for (JudgedWaiver& judged : JudgeActivations(image_, rule, hit, holding_, risk.at, is_violated_without)) risk.waivers.push_back(std::move(judged));
}

// `permitted with`: every control that it names counts.
bool Risks::IsPermitted(const format::RuleRecord& rule, const ConflictRisk& risk) const {
  const auto named = Slice(image_.RulePermittedWith(), rule.permitted_with_first, rule.permitted_with_count);
  return std::ranges::all_of(named, [&](const format::ControlRefRecord& ref) {
    const auto judged = std::ranges::find(risk.controls, ref.control, &JudgedControl::control);
    return judged != risk.controls.end() && judged->counts();
  });
}

// Something that enforces the rule when something is done counts; of a rule for all times nothing does.
bool Risks::IsGuarded(uint32_t row, const ConflictRisk& risk) const {
  return std::ranges::any_of(EnforcersOf(image_, row), [&](const format::RuleEnforcerRecord& enforcer) {
    const auto judged = std::ranges::find(risk.controls, enforcer.control, &JudgedControl::control);
    return judged != risk.controls.end() && judged->counts();
  });
}

// Of a mode under a condition that is not known, or that depends on an object, the stricter one holds; a requirement
// may then be asked for (docs/decisions/0077).
void Risks::JudgeConditions(uint32_t row, const format::RuleRecord& rule, const Hit& hit, ConflictRisk& risk) {
  risk.mode = rule.mode;
  if (!image_.RuleConditions().empty()) {
    const GuardView view = {risk.at, subject_.actor, rule.risk, facts_, hit.values};
    for (const auto& condition : ConditionsOf(image_, row, format::GuardPurpose::Applies)) {
      risk.applies = Judged(image_, condition.guard, view);
      risk.applies.state = AppliesTo(image_, row, view);
    }
    if (const format::RuleConditionRecord* condition = ModeConditionAt(image_, row, risk.at)) {
      risk.mode_when = Judged(image_, condition->guard, view);
      risk.mode = risk.mode_when.state == ConditionState::Yes  ? condition->mode
                  : risk.mode_when.state == ConditionState::No ? condition->otherwise
                                                               : std::max(condition->mode, condition->otherwise);
    }
    for (const auto& condition : ConditionsOf(image_, row, format::GuardPurpose::Requires)) {
      Requirement& one = risk.requirements.emplace_back();
      one.what = {image_.Text(condition.what), image_.Text(condition.title)};
      if (condition.guard != kNone) one.when = Judged(image_, condition.guard, view);
      if (condition.control == kNone) continue;
      one.control = JudgeControl(image_, condition.control, WatchedAt(risk.at), risk.at, without_);
      one.is_met = one.control->counts();
    }
  }
  risk.effective_mode = std::min(risk.mode, image_.meta().mode_ceiling);
  risk.disposition = risk.at < rule.disabled_until ? Verdict::Observed : DispositionOf(risk.effective_mode);
}

// Appendix A: the first that holds. The mode stands in `risk` already. What is permitted with controls is
// mitigated if all of them count and only then, whatever the appetite (E25); so is what is about one session or one
// object, if something that enforces it counts (SEM-16, SEM-17).
void Risks::SetDisposition(const format::RuleRecord& rule, uint32_t row, const Hit& hit, ConflictRisk& risk) {
  if (risk.at < rule.disabled_until) return;
  const bool has_permission = rule.permitted_with_count != 0;
  const bool is_static = rule.moment == format::Moment::Static || hit.is_done;
  // What the controls leave counts for nothing while something that is required is not kept.
  const bool is_open = std::ranges::any_of(risk.requirements, &Requirement::is_open);
  const uint32_t left = is_open ? risk.inherent : risk.residual;
  const bool is_within = !has_permission && is_static && left != kNone && risk.appetite != kNone &&
                         image_.ScaleMembers()[left].rank <= image_.ScaleMembers()[risk.appetite].rank;
  const bool is_permitted = !is_open && (has_permission ? IsPermitted(rule, risk) : !is_static && IsGuarded(row, risk));
  if (is_permitted || (is_within && !is_open && std::ranges::any_of(risk.controls, Counts))) {
    risk.disposition = Verdict::Mitigated;
    return;
  }
  const auto waiver = std::ranges::find_if(risk.waivers, [](const JudgedWaiver& judged) { return judged.excuses(); });
  if (waiver != risk.waivers.end()) {
    // Several emergencies may cause a conflict together.
    for (JudgedWaiver& other : risk.waivers) {
      other.is_used = &other == &*waiver || (waiver->kind == ExcuseKind::Emergency && other.kind == ExcuseKind::Emergency && other.excuses());
    }
    risk.disposition = Verdict::Waived;
  } else if (is_within) {
    risk.disposition = Verdict::Observed;
  }
}

ConflictRisk Risks::At(uint32_t row, const Bearing& bearing, const Hit& hit, Instant at) {
  const format::RuleRecord rule = RuleAt(image_, row, at);
  ConflictRisk risk;
  risk.at = at;
  risk.inherent = rule.risk;
  for (const uint32_t control : ControlsOf(rule, row, hit, at)) {
    risk.controls.push_back(JudgeControl(image_, control, WatchedAt(at), at, without_));
    JudgedControl& judged = risk.controls.back();
    const bool is_guard = rule.moment == format::Moment::Object && !hit.is_done && judged.counts() &&
                          std::ranges::find(EnforcersOf(image_, row), control, &format::RuleEnforcerRecord::control) != EnforcersOf(image_, row).end();
    if (is_guard) judged.because = WayAround(image_, row, hit, holding_, control, at);
  }
  JudgeWaivers(row, bearing, hit, risk);
  JudgeConditions(row, rule, hit, risk);
  risk.appetite = rule.appetite;
  if (rule.risk != format::kNone) {
    const format::ScaleMemberRecord& inherent = image_.ScaleMembers()[rule.risk];
    const format::ScaleRecord& scale = image_.Scales()[inherent.scale];
    risk.residual = scale.members_first + ResidualRank(inherent.rank, scale.members_count, risk.controls);
  }
  SetDisposition(rule, row, hit, risk);
  return risk;
}

Risks::Bearing Risks::BearingOf(uint32_t rule, const Hit& hit) {
  const auto waivers = std::ranges::equal_range(waivers_, rule, {}, &WaiverOfRule::rule);
  const auto exemptions = std::ranges::equal_range(exemptions_, rule, {}, &WaiverOfRule::rule);
  std::vector<uint32_t> controls = ControlsOf(image_.Rules()[rule], rule, hit, std::nullopt);
  for (const auto& condition : ConditionsOf(image_, rule, format::GuardPurpose::Requires)) {
    if (condition.control != kNone && std::ranges::find(controls, condition.control) == controls.end()) controls.push_back(condition.control);
  }
  return {rule, std::move(controls), {waivers.begin(), waivers.end()}, {exemptions.begin(), exemptions.end()}};
}

ConflictRisk Risks::Of(uint32_t rule, const Hit& hit) {
  const Bearing bearing = BearingOf(rule, hit);
  ConflictRisk worst;
  bool is_first = true;
  for (const Instant at : InstantsOf(hit, bearing)) {
    ConflictRisk risk = At(rule, bearing, hit, at);
    if (!is_first && risk.disposition >= worst.disposition) continue;
    worst = std::move(risk);
    is_first = false;
  }
  return worst;
}

}  // namespace sod::core
