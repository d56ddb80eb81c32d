#include "runtime/core/activations.h"

#include <algorithm>

namespace sod::core {
namespace {

using format::ActivationRecord;

auto HoldingsOf(const Image& image, const ActivationRecord& activation) {
  return Slice(image.ActivationHoldings(), activation.holdings_first, activation.holdings_count);
}

// The rows of Assignments by which the conflict is held then.
std::vector<uint32_t> AssignmentsOf(const Hit& hit, const std::function<const Holding&(uint32_t)>& holding, Instant at) {
  std::vector<uint32_t> rows;
  for (const auto& [element, held] : hit.elements) {
    for (const Supplier& supplier : held.suppliers) {
      const Holding& one = holding(supplier.holding);
      if (one.assignment != kNone && IsHeldAt(one, at)) rows.push_back(one.assignment);
    }
  }
  return rows;
}

JudgedWaiver Judge(const Image& image, uint32_t row, uint32_t rule, Instant at) {
  const ActivationRecord& activation = image.Activations()[row];
  const format::ActorRecord& user = image.Actors()[activation.user];
  JudgedWaiver judged;
  judged.kind = ExcuseKind::Emergency;
  judged.waiver = row;
  judged.name = {image.Text(activation.name), image.Text(activation.title)};
  judged.requester = {image.Text(user.name), image.Text(user.title)};
  judged.from = activation.from;
  judged.until = activation.until;
  judged.reason = image.Text(activation.reason);
  judged.ticket = image.Text(activation.ticket);
  if (activation.breaks != 0) judged.because.push_back({WaiverRejection::BreaksRule, image.Text(activation.breaks)});
  for (const format::WaiverRuleRecord& barred : Slice(image.ActivationBarred(), activation.barred_first, activation.barred_count)) {
    if (barred.rule == rule) judged.because.push_back({WaiverRejection::BreaksRule, image.Text(barred.breaks)});
  }
  const bool is_overdue = at >= activation.review_due && at < activation.reviewed;
  if (is_overdue) judged.because.push_back({WaiverRejection::ReviewOverdue, {}});
  return judged;
}

}  // namespace

std::vector<uint32_t> ActivationsFor(const Image& image, const Subject& subject) {
  std::vector<uint32_t> rows;
  for (uint32_t row = 0; row < image.Activations().size(); ++row) {
    const bool gives = std::ranges::any_of(HoldingsOf(image, image.Activations()[row]), [&](const format::AssignmentRefRecord& ref) {
      return std::ranges::find(subject.holdings, ref.assignment, &Holding::assignment) != subject.holdings.end();
    });
    if (gives) rows.push_back(row);
  }
  return rows;
}

std::vector<JudgedWaiver> JudgeActivations(const Image& image, uint32_t rule, const Hit& hit,
                                           const std::function<const Holding&(uint32_t)>& holding, Instant at,
                                           const std::function<bool(const std::vector<uint32_t>&)>& is_violated_without) {
  std::vector<JudgedWaiver> found;
  if (image.Activations().empty()) return found;
  const std::vector<uint32_t> assignments = AssignmentsOf(hit, holding, at);
  std::vector<uint32_t> excused, unexcused;
  std::string_view failed;
  for (uint32_t row = 0; row < image.Activations().size(); ++row) {
    const auto holdings = HoldingsOf(image, image.Activations()[row]);
    const bool takes_part = std::ranges::any_of(holdings, [&](const format::AssignmentRefRecord& ref) {
      return std::ranges::find(assignments, ref.assignment) != assignments.end();
    });
    if (!takes_part) continue;
    found.push_back(Judge(image, row, rule, at));
    const bool excuses = found.back().excuses();
    if (!excuses) failed = found.back().name.title;
    for (const format::AssignmentRefRecord& ref : holdings) (excuses ? excused : unexcused).push_back(ref.assignment);
  }
  if (excused.empty()) return found;
  // What is there without them, they do not excuse; nor what another use causes that excuses nothing.
  const bool is_there_anyway = is_violated_without(excused);
  const bool is_caused_by_failed = !is_there_anyway && !unexcused.empty() && !is_violated_without(unexcused);
  if (!is_there_anyway && !is_caused_by_failed) return found;
  for (JudgedWaiver& judged : found) {
    if (judged.excuses()) judged.because.push_back({WaiverRejection::NotTheCause, is_caused_by_failed ? failed : std::string_view()});
  }
  return found;
}

}  // namespace sod::core
