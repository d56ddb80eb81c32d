#include "compiler/lint/lint.h"

#include "compiler/lint/findings.h"

namespace sodc {

void Lint(const model::Model& model, const LintOptions& options, Sink& sink) {
  lint::FindRolesInConflict(model, sink);
  lint::FindSoftDenials(model, sink);
  lint::FindDifferentModalities(model, sink);
  lint::FindMissingOwners(model, options, sink);
  lint::FindLookAlikes(model, sink);
  lint::FindContradictedPairs(model, sink);
  if (options.completeness) lint::FindForgottenPairs(model, sink);
  if (options.completeness) lint::FindUnusedControls(model, sink);
  lint::FindStandInsBesideRules(model, sink);
  lint::FindHoldersWithoutOwner(model, sink);
  lint::FindUndecidedGrants(model, sink);
  lint::FindDelegationsOfNothing(model, sink);
  lint::FindActivationsThatFail(model, options, sink);
  lint::FindExemptionsThatFail(model, options, sink);
  lint::FindWaiversThatFail(model, options, sink);
  lint::FindDelegationsInCircles(model, sink);
  lint::FindEndedChanges(model, options, sink);
  lint::FindSharedEntries(model, sink);
  lint::FindIdleControls(model, sink);
  lint::FindUnratedConflicts(model, sink);
  lint::FindObservedByDefault(model, sink);
  lint::FindSystemsBehindMost(model, sink);
  lint::FindDocumentsAtOdds(model, sink);
  lint::FindClaimsAtOdds(model, sink);
  lint::FindReviewsWithoutDay(model, options, sink);
  lint::FindOwnApproval(model, options, sink);
  lint::FindUnfinishedWorksheets(model, sink);
  lint::FindPlansThatFail(model, options, sink);
  lint::FindCovered(model, sink);
  lint::FindNeverBroken(model, sink);
  const std::vector<const model::Provision*> impossible = lint::FindImpossibleDemands(model, sink);
  if (options.processes) lint::FindProcessesOfTooFew(model, *options.processes, impossible, sink);
  if (options.numbers && options.as_of) lint::FindNumbersOfHolders(model, *options.numbers, *options.as_of, sink);
  if (!options.held) return;
  lint::FindUncontrolled(model, *options.held, sink);
  lint::FindWithoutOutsiders(model, *options.held, sink);
}

}  // namespace sodc
