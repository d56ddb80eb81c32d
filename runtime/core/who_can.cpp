// Who could be given something: one judgement a person, no paths.
#include <algorithm>

#include "runtime/core/judge.h"
#include "runtime/core/risk.h"
#include "runtime/core/subjects.h"
#include "sod/query.h"

namespace sod {

Result<std::vector<Candidate>> WhoCan(const Table& table, Workspace& workspace, Instant as_of,
                                      const Holding& request) {
  const core::Image& image = table.image();
  if (std::optional<Error> error = core::CheckHolding(image, request, "the request")) {
    return std::move(*error);
  }
  const Result<Holding> clipped = core::ClipRequest(request, as_of);
  if (!clipped) return clipped.error();

  const std::optional<Holding> asked = clipped.value();
  const std::vector<Instant> rule_changes = core::RuleChanges(image, clipped.value());
  const core::HoldingIndex index(table);
  std::vector<Candidate> candidates;
  for (uint32_t actor = 0; actor < image.Actors().size(); ++actor) {
    const format::ActorRecord& record = image.Actors()[actor];
    if (record.kind != format::ActorKind::Person || record.is_vacant != 0) continue;
    const Subject subject = index.OfActor(actor);
    if (subject.holdings.size() >= kMaxHoldings) {
      return Error{ErrorCode::LimitExceeded, "`" + subject.id + "` holds more than " +
                                                 std::to_string(kMaxHoldings) + " things", ""};
    }
    const core::Judgement judgement =
        core::Judge(table, workspace, {subject.holdings, clipped.value(), as_of, rule_changes});
    const bool is_open = judgement.is_request_undecided && !judgement.already_held;
    const Verdict best = is_open ? Verdict::NotEvaluable : Verdict::Clear;
    Candidate candidate = {actor, best, judgement.already_held};
    core::Risks risks(image, workspace, subject, asked);
    for (const auto& [rule, hit] : judgement.hits) {
      if (!hit.introduced) continue;
      candidate.request_verdict = std::min(candidate.request_verdict, risks.Of(rule, hit).disposition);
    }
    if (candidate.request_verdict > Verdict::NeedsApproval) candidates.push_back(candidate);
  }
  return candidates;
}

}  // namespace sod
