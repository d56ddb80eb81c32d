#include "compiler/sema/check.h"

#include <utility>

#include "compiler/sema/passes.h"

namespace sodc {

model::Model Check(const Program& program, const SourceManager& sources, const CheckOptions& options, Sink& sink) {
  sema::Context context(program, sources, options, sink);
  sema::CollectNames(context);
  sema::RefuseNotYetChecked(context);
  sema::CheckAttributes(context);
  sema::ResolveTimeZone(context);
  sema::ResolveScales(context);
  sema::ResolveScopes(context);
  sema::ResolvePatternWords(context);
  sema::ResolveEntitlements(context);
  sema::ResolveDuties(context);
  sema::ResolveRoles(context);
  sema::ExpandGroups(context);
  sema::ResolveSystems(context);
  sema::ResolveAccounts(context);
  sema::ResolveActors(context);
  sema::ResolveForeignIds(context);
  sema::ResolveFrameworks(context);
  sema::ResolveControls(context);
  sema::ResolveControlEdges(context);
  sema::ResolvePolicy(context);
  sema::CollectRules(context);
  sema::CollectAssignments(context);
  sema::CollectDelegations(context);
  sema::CollectClaims(context);
  sema::CollectDerivations(context);
  sema::CollectFindingSettings(context);
  sema::CheckCadences(context);
  sema::RefuseImpossible(context);
  sema::CarryProvisions(context);
  sema::CheckWaivers(context);
  sema::CheckReviews(context);
  sema::CheckSessionTests(context);
  sema::CollectActivations(context);
  sema::MatchEntitlements(context);
  sema::CheckDelegations(context);
  sema::CheckSingles(context);
  sema::CopyEnforcement(context);
  sema::RecordAmendments(context);
  sema::CollectConditions(context);
  sema::BuildDocuments(context);
  sema::ReportUnknownNames(context);
  context.causes.Flush(sink);
  return std::move(context.model);
}

}  // namespace sodc
