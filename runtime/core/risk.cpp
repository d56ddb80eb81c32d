#include "runtime/core/risk.h"

#include <algorithm>
#include <array>

#include "runtime/core/controls.h"

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

const Watched& Risks::WatchedAt(Instant at) { return watched_.try_emplace(at, image_, subject_, at).first->second; }

std::vector<uint32_t> Risks::ControlsOf(uint32_t row, const Hit& hit) const {
  const format::RuleRecord& rule = image_.Rules()[row];
  std::vector<uint32_t> controls;
  AddOnce(controls, Slice(image_.RuleControls(), rule.controls_first, rule.controls_count));
  AddOnce(controls, Slice(image_.RuleProcessControls(), rule.process_controls_first, rule.process_controls_count));
  const auto add_role = [&](uint32_t role) {
    const format::RoleRecord& record = image_.Roles()[role];
    AddOnce(controls, Slice(image_.RoleControls(), record.controls_first, record.controls_count));
  };
  for (const auto& [element, held] : hit.elements) {
    const uint32_t role = image_.Elements()[element].role;
    if (role != format::kNone) add_role(role);
    for (const Supplier& supplier : held.suppliers) {
      const Holding& holding = holding_(supplier.holding);
      if (holding.kind == HeldKind::Role) add_role(holding.target);
    }
  }
  if (subject_.actor != kNone) {
    const format::ActorRecord& actor = image_.Actors()[subject_.actor];
    AddOnce(controls, Slice(image_.ActorControls(), actor.controls_first, actor.controls_count));
  }
  AddOnce(controls, image_.MetaControls());
  return controls;
}

// Where the hit begins, and inside it wherever a control or a delegation begins or ends.
std::vector<Instant> Risks::InstantsOf(const Hit& hit, const std::vector<uint32_t>& controls) const {
  std::vector<Instant> instants;
  const auto add = [&](Instant at) {
    const bool is_inside =
        std::ranges::any_of(hit.spans, [&](const HitSpan& span) { return span.from < at && at < span.until; });
    if (is_inside) instants.push_back(at);
  };
  for (const HitSpan& span : hit.spans) instants.push_back(span.from);
  for (const uint32_t row : controls) {
    const format::ControlRecord& control = image_.Controls()[row];
    add(control.valid_from);
    add(control.valid_until);
    for (const auto& item : Slice(image_.Evidence(), control.evidence_first, control.evidence_count)) {
      add(item.from);
      add(item.until);
    }
  }
  for (const format::DelegationRecord& delegation : image_.Delegations()) {
    if (delegation.delegator != subject_.actor) continue;
    add(delegation.from);
    add(delegation.until);
  }
  std::ranges::sort(instants);
  const auto repeated = std::ranges::unique(instants);
  instants.erase(repeated.begin(), repeated.end());
  return instants;
}

ConflictRisk Risks::At(uint32_t row, const std::vector<uint32_t>& controls, Instant at) {
  const format::RuleRecord& rule = image_.Rules()[row];
  ConflictRisk risk;
  risk.at = at;
  risk.inherent = rule.risk;
  for (const uint32_t control : controls) risk.controls.push_back(JudgeControl(image_, control, WatchedAt(at), at));
  risk.disposition = DispositionOf(image_, row, at);
  risk.appetite = rule.appetite;
  if (rule.risk == format::kNone) return risk;
  const format::ScaleMemberRecord& inherent = image_.ScaleMembers()[rule.risk];
  const format::ScaleRecord& scale = image_.Scales()[inherent.scale];
  const uint32_t residual = ResidualRank(inherent.rank, scale.members_count, risk.controls);
  risk.residual = scale.members_first + residual;
  if (at < rule.disabled_until || rule.appetite == format::kNone) return risk;
  if (residual > image_.ScaleMembers()[rule.appetite].rank) return risk;
  risk.disposition = std::ranges::any_of(risk.controls, Counts) ? Verdict::Mitigated : Verdict::Observed;
  return risk;
}

ConflictRisk Risks::Of(uint32_t rule, const Hit& hit) {
  const std::vector<uint32_t> controls = ControlsOf(rule, hit);
  ConflictRisk worst;
  bool is_first = true;
  for (const Instant at : InstantsOf(hit, controls)) {
    ConflictRisk risk = At(rule, controls, at);
    if (!is_first && risk.disposition >= worst.disposition) continue;
    worst = std::move(risk);
    is_first = false;
  }
  return worst;
}

}  // namespace sod::core
