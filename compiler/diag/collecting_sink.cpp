// Collecting, ordering and questions about what was collected.
#include <algorithm>
#include <tuple>

#include "compiler/diag/sinks.h"

namespace sodc {
namespace {

bool IsSame(const Diagnostic& a, const Diagnostic& b) {
  return a.kind == b.kind && a.span == b.span && a.message == b.message;
}

}  // namespace

void CollectingSink::Sort() {
  const auto is_before = [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.span, a.kind, a.message) < std::tie(b.span, b.kind, b.message);
  };
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), is_before);
  const auto last = std::unique(diagnostics_.begin(), diagnostics_.end(), IsSame);
  diagnostics_.erase(last, diagnostics_.end());
}

bool CollectingSink::HasLanguageError() const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::Error && !IsFinding(diagnostic.kind);
  });
}

bool CollectingSink::HasFinding(Severity at_least) const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(), [&](const Diagnostic& diagnostic) {
    return IsFinding(diagnostic.kind) && !diagnostic.allowance && diagnostic.severity >= at_least;
  });
}

}  // namespace sodc
