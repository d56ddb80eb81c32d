// The single findings, each a function over the model. Private to compiler/lint.
#ifndef SODC_LINT_FINDINGS_H_
#define SODC_LINT_FINDINGS_H_

#include "compiler/lint/lint.h"

namespace sodc::lint {

void FindRolesInConflict(const model::Model& model, Sink& sink);
void FindSoftDenials(const model::Model& model, Sink& sink);
void FindDifferentModalities(const model::Model& model, Sink& sink);
void FindMissingOwners(const model::Model& model, const LintOptions& options, Sink& sink);
void FindLookAlikes(const model::Model& model, Sink& sink);
void FindContradictedPairs(const model::Model& model, Sink& sink);
void FindForgottenPairs(const model::Model& model, Sink& sink);
void FindStandInsBesideRules(const model::Model& model, Sink& sink);
void FindHoldersWithoutOwner(const model::Model& model, Sink& sink);
void FindUndecidedGrants(const model::Model& model, Sink& sink);
void FindDelegationsOfNothing(const model::Model& model, Sink& sink);
void FindActivationsThatFail(const model::Model& model, const LintOptions& options, Sink& sink);
void FindExemptionsThatFail(const model::Model& model, const LintOptions& options, Sink& sink);
void FindWaiversThatFail(const model::Model& model, const LintOptions& options, Sink& sink);
void FindDelegationsInCircles(const model::Model& model, Sink& sink);
void FindEndedChanges(const model::Model& model, const LintOptions& options, Sink& sink);
void FindSharedEntries(const model::Model& model, Sink& sink);
void FindIdleControls(const model::Model& model, Sink& sink);
void FindUnusedControls(const model::Model& model, Sink& sink);
void FindUnratedConflicts(const model::Model& model, Sink& sink);
void FindObservedByDefault(const model::Model& model, Sink& sink);
void FindSystemsBehindMost(const model::Model& model, Sink& sink);
void FindDocumentsAtOdds(const model::Model& model, Sink& sink);
void FindClaimsAtOdds(const model::Model& model, Sink& sink);
void FindReviewsWithoutDay(const model::Model& model, const LintOptions& options, Sink& sink);
void FindOwnApproval(const model::Model& model, const LintOptions& options, Sink& sink);
void FindUnfinishedWorksheets(const model::Model& model, Sink& sink);
void FindCovered(const model::Model& model, Sink& sink);
void FindNeverBroken(const model::Model& model, Sink& sink);
// The processes that it tells of.
std::vector<const model::Provision*> FindImpossibleDemands(const model::Model& model, Sink& sink);
void FindPlansThatFail(const model::Model& model, const LintOptions& options, Sink& sink);
// Those that take the judgement of a table (LintOptions::held and processes).
// `told`: processes that nobody could do as they are written, which is told already.
void FindProcessesOfTooFew(const model::Model& model, const std::vector<HeldProcess>& held, const std::vector<const model::Provision*>& told, Sink& sink);
void FindNumbersOfHolders(const model::Model& model, const std::vector<HeldNumber>& numbers, Instant as_of, Sink& sink);
void FindUncontrolled(const model::Model& model, const std::vector<HeldConflict>& held, Sink& sink);
void FindWithoutOutsiders(const model::Model& model, const std::vector<HeldConflict>& held, Sink& sink);

}  // namespace sodc::lint

#endif  // SODC_LINT_FINDINGS_H_
