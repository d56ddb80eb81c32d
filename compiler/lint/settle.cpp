#include "compiler/lint/settle.h"

#include <algorithm>
#include <iterator>

#include "compiler/diag/sinks.h"

namespace sodc {
namespace {

using model::FindingAllowance;
using model::FindingSetting;
using model::Model;

Severity SeverityOf(model::FindingSeverity severity) {
  switch (severity) {
    case model::FindingSeverity::Note: return Severity::Note;
    case model::FindingSeverity::Warning: return Severity::Warning;
    case model::FindingSeverity::Error: return Severity::Error;
  }
  return Severity::Error;
}

void SetSeverity(const Model& model, Diagnostic& finding) {
  for (const FindingSetting& setting : model.finding_settings) {
    if (setting.code == NumberOf(finding.kind)) finding.severity = SeverityOf(setting.severity);
  }
}

// An allowance is about what is told of its own declaration, and of nothing that only appears
// beside it: who allows a role its conflict does not allow it to roles that include it.
bool Allows(const FindingAllowance& allowance, const Diagnostic& finding) {
  const Span& place = finding.span;
  const Span& declaration = allowance.declaration;
  return allowance.code == NumberOf(finding.kind) && place.is_valid() && place.file == declaration.file &&
         place.begin >= declaration.begin && place.begin < declaration.end;
}

// What was not looked for may be there.
bool IsSought(const LintOptions& options, uint16_t code) {
  constexpr DiagKind kOfHolders[] = {DiagKind::EveryControlRejected, DiagKind::ConflictWithoutControl, DiagKind::TopRiskWithoutOutsider,
                                     DiagKind::RiskWithoutOutsider,  DiagKind::PerformerIsSubject,     DiagKind::PlanLeavesConflicts};
  if (code == NumberOf(DiagKind::PairsNotConsidered) || code == NumberOf(DiagKind::ControlCoversNothing)) return options.completeness;
  const bool is_of_holders = std::any_of(std::begin(kOfHolders), std::end(kOfHolders), [&](DiagKind kind) { return code == NumberOf(kind); });
  if (is_of_holders) return options.held.has_value();
  if (code == NumberOf(DiagKind::ProcessOfTooFew) || code == NumberOf(DiagKind::StepWithoutHolder)) return options.processes.has_value();
  const bool is_of_numbers = code >= NumberOf(DiagKind::HoldersTooFew) && code <= NumberOf(DiagKind::HoldersUnknown);
  if (is_of_numbers) return options.numbers.has_value();
  if (code == NumberOf(DiagKind::AuthorApprovesOwnPolicy)) return options.on_policy.has_value();
  return code != NumberOf(DiagKind::ReviewOverdue) || options.as_of.has_value();
}

}  // namespace

void SettleFindings(const Model& model, const LintOptions& options, std::vector<Diagnostic>& diagnostics) {
  std::vector<bool> is_used(model.finding_allowances.size());
  for (Diagnostic& diagnostic : diagnostics) {
    if (!IsFinding(diagnostic.kind)) continue;
    SetSeverity(model, diagnostic);
    for (size_t i = 0; i < is_used.size(); ++i) {
      const FindingAllowance& allowance = model.finding_allowances[i];
      if (diagnostic.allowance || !Allows(allowance, diagnostic)) continue;
      diagnostic.allowance = Allowance{allowance.span, allowance.because};
      is_used[i] = true;
    }
  }
  CollectingSink unused;
  for (size_t i = 0; i < is_used.size(); ++i) {
    const FindingAllowance& allowance = model.finding_allowances[i];
    if (is_used[i] || !IsSought(options, allowance.code)) continue;
    Diagnose<DiagKind::AllowanceUnused>(allowance.span, fmt::format("SOD{:04}", allowance.code))
        .Help("remove it: it would hide the next such finding before anybody looked at it")
        .To(unused);
  }
  for (Diagnostic diagnostic : unused.diagnostics()) {
    SetSeverity(model, diagnostic);
    diagnostics.push_back(std::move(diagnostic));
  }
}

}  // namespace sodc
