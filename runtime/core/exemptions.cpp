#include "runtime/core/exemptions.h"

#include <algorithm>

namespace sod::core {
namespace {

using format::ExemptionRecord;

bool IsGrandfathering(const ExemptionRecord& exemption) { return exemption.before != kBeginningOfTime; }

std::span<const format::WaiverPartyRecord> PartiesOf(const Image& image, const ExemptionRecord& exemption) {
  return Slice(image.ExemptionParties(), exemption.parties_first, exemption.parties_count);
}

bool MayBeFor(const Image& image, const Subject& subject, const ExemptionRecord& exemption) {
  if (IsGrandfathering(exemption)) return subject.actor != kNone;
  return std::ranges::any_of(PartiesOf(image, exemption), [&](const auto& party) {
    if (party.actor != kNone) return subject.actor != kNone && IsNamedBy(image, party.actor, subject.actor);
    return std::ranges::any_of(subject.holdings, [&](const Holding& holding) { return GivesRole(image, holding, party.role); });
  });
}

bool IsForSubject(const Image& image, const Subject& subject, const ExemptionRecord& exemption, Instant at) {
  if (IsGrandfathering(exemption)) return true;
  return std::ranges::any_of(PartiesOf(image, exemption), [&](const auto& party) {
    if (party.actor != kNone) return subject.actor != kNone && IsNamedBy(image, party.actor, subject.actor);
    return HoldsRole(image, subject, party.role, at);
  });
}

std::string_view TitleOf(const Image& image, const Holding& holding) {
  switch (holding.kind) {
    case HeldKind::Duty: return image.Text(image.Duties()[holding.target].title);
    case HeldKind::Role: return image.Text(image.Roles()[holding.target].title);
    case HeldKind::Entitlement: return image.Text(image.Entitlements()[holding.target].title);
  }
  return {};
}

// Somebody must have approved it who is not the one it is for. Who holds a role that approved is
// not known here; whoever holds it alone is not somebody else.
bool IsApprovedByOthers(const Image& image, const Watched& watched, const ExemptionRecord& exemption) {
  const auto approvers = Slice(image.ExemptionApprovers(), exemption.approvers_first, exemption.approvers_count);
  if (approvers.empty()) return true;
  return std::ranges::any_of(approvers, [&](const format::WaiverPartyRecord& approver) {
    return approver.role != kNone || WhoIsBehind(image, watched, approver.actor).has_others;
  });
}

// What takes part in the conflict then and was not assigned before the day; nothing when all was. A
// request, and what has no known beginning, was not.
const Holding* FindLater(const Hit& hit, const std::function<const Holding&(uint32_t)>& holding, Instant before, Instant at) {
  for (const auto& [element, held] : hit.elements) {
    for (const Supplier& supplier : held.suppliers) {
      const Holding& one = holding(supplier.holding);
      const bool is_old = one.from != kBeginningOfTime && one.from < before && !one.always_counts;
      if (IsHeldAt(one, at) && !is_old) return &one;
    }
  }
  return nullptr;
}

}  // namespace

std::vector<WaiverOfRule> ExemptionsFor(const Image& image, const Subject& subject) {
  std::vector<WaiverOfRule> found;
  for (uint32_t row = 0; row < image.Exemptions().size(); ++row) {
    const ExemptionRecord& exemption = image.Exemptions()[row];
    if (!MayBeFor(image, subject, exemption)) continue;
    for (uint32_t named = exemption.rules_first; named < exemption.rules_first + exemption.rules_count; ++named) {
      found.push_back({image.ExemptionRules()[named].rule, row, named});
    }
  }
  std::ranges::stable_sort(found, {}, &WaiverOfRule::rule);
  return found;
}

std::optional<JudgedWaiver> JudgeExemption(const Image& image, const Subject& subject, const WaiverOfRule& named, const Hit& hit,
                                           const std::function<const Holding&(uint32_t)>& holding, const Watched& watched, Instant at) {
  const ExemptionRecord& exemption = image.Exemptions()[named.waiver];
  if (!IsForSubject(image, subject, exemption, at)) return std::nullopt;
  JudgedWaiver judged;
  judged.kind = IsGrandfathering(exemption) ? ExcuseKind::Grandfathering : ExcuseKind::Exemption;
  judged.waiver = named.waiver;
  judged.name = {image.Text(exemption.name), image.Text(exemption.title)};
  judged.until = exemption.until;
  judged.reason = image.Text(exemption.because);
  if (exemption.approvers_count != 0) {
    const format::WaiverPartyRecord& approver = image.ExemptionApprovers()[exemption.approvers_first];
    if (approver.actor != kNone) {
      judged.approver = {image.Text(image.Actors()[approver.actor].name), image.Text(image.Actors()[approver.actor].title)};
    } else {
      judged.approver = {image.Text(image.Roles()[approver.role].name), image.Text(image.Roles()[approver.role].title)};
    }
  }
  if (at >= exemption.until) {
    judged.because.push_back({WaiverRejection::ReviewOverdue, {}});
    return judged;
  }
  const uint32_t breaks = image.ExemptionRules()[named.named].breaks;
  if (breaks != 0) judged.because.push_back({WaiverRejection::BreaksRule, image.Text(breaks)});
  if (!IsApprovedByOthers(image, watched, exemption)) judged.because.push_back({WaiverRejection::ApproverIsBeneficiary, {}});
  if (!IsGrandfathering(exemption)) return judged;
  if (const Holding* later = FindLater(hit, holding, exemption.before, at)) {
    judged.because.push_back({WaiverRejection::HeldSinceLater, TitleOf(image, *later)});
  }
  return judged;
}

}  // namespace sod::core
