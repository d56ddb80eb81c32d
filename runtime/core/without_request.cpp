#include "runtime/core/without_request.h"

#include <algorithm>

namespace sod::core {
namespace {

bool IsThere(const Hit& hit, Instant at) {
  return std::ranges::any_of(hit.spans, [&](const HitSpan& span) { return span.Contains(at); });
}

}  // namespace

WithoutRequest::WithoutRequest(const Table& table, Workspace& workspace, const Subject& subject, std::span<const Instant> instants, Instant end, const Without& without,
                               const FactSteps* facts)
    : risks_(table.image(), workspace, subject, {}, without, facts),
      judgement_(Judge(table, workspace, {subject.holdings, {}, {}, instants, end, subject.actor})) {}

WithoutRequest::Comparison WithoutRequest::Compare(uint32_t rule, const Hit& hit, Risks& risks) {
  Comparison found;
  const auto place = judgement_.hits.find(rule);
  if (place == judgement_.hits.end()) return found;
  found.before = risks_.Of(rule, place->second).disposition;
  const Risks::Bearing bearing = risks.BearingOf(rule, hit);
  const Risks::Bearing bearing_before = risks_.BearingOf(rule, place->second);
  std::vector<Instant> instants = risks.InstantsOf(hit, bearing);
  for (const Instant at : risks_.InstantsOf(place->second, bearing_before)) instants.push_back(at);
  for (const Instant at : instants) {
    if (!IsThere(hit, at) || !IsThere(place->second, at)) continue;
    const Verdict now = risks.At(rule, bearing, hit, at).disposition;
    if (now >= found.worsened_to.value_or(Verdict::Clear)) continue;
    if (now < risks_.At(rule, bearing_before, place->second, at).disposition) found.worsened_to = now;
  }
  return found;
}

}  // namespace sod::core
