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
  lint::FindStandInsBesideRules(model, sink);
  lint::FindHoldersWithoutOwner(model, sink);
  lint::FindUndecidedGrants(model, sink);
  lint::FindDelegationsOfNothing(model, sink);
  lint::FindActivationsThatFail(model, options, sink);
  lint::FindExemptionsThatFail(model, options, sink);
  lint::FindWaiversThatFail(model, options, sink);
  lint::FindDelegationsInCircles(model, sink);
  lint::FindEndedChanges(model, options, sink);
}

}  // namespace sodc
