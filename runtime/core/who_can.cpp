// Who could be given something: one judgement a person, no paths.
#include <algorithm>

#include "runtime/core/judge.h"
#include "runtime/core/risk.h"
#include "runtime/core/without_request.h"
#include "runtime/core/subjects.h"
#include "sod/query.h"

namespace sod {

Result<std::vector<Candidate>> WhoCan(const Table& table, Workspace& workspace, Instant as_of,
                                      const Holding& request) {
  const core::Image& image = table.image();
  if (std::optional<Error> error = core::CheckHolding(image, request, "the request")) {
    return std::move(*error);
  }
  const Result<core::Asked> asked = core::ClipRequest({{request}, {}}, as_of);
  if (!asked) return asked.error();

  const std::vector<Instant> rule_changes = core::RuleChanges(image, asked.value());
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
    const std::vector<Instant> instants = core::InstantsOf(image, asked.value(), subject, rule_changes);
    const core::Judgement judgement =
        core::Judge(table, workspace, {subject.holdings, asked->grants, subject.holdings, instants, asked->until, actor});
    const bool is_held = judgement.already_held.front();
    const Verdict best = judgement.is_request_undecided && !is_held ? Verdict::NotEvaluable : Verdict::Clear;
    Candidate candidate = {actor, best, is_held};
    core::Risks risks(image, workspace, subject, asked->grants);
    core::WithoutRequest before(table, workspace, subject, instants, asked->until, {});
    for (const auto& [rule, hit] : judgement.hits) {
      const Verdict worst = hit.introduced ? risks.Of(rule, hit).disposition : before.Compare(rule, hit, risks).worsened_to.value_or(Verdict::Clear);
      candidate.request_verdict = std::min(candidate.request_verdict, worst);
    }
    if (candidate.request_verdict > Verdict::NeedsApproval) candidates.push_back(candidate);
  }
  return candidates;
}

}  // namespace sod
