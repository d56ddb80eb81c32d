// model → policy findings (SOD2xxx): what compiles and is yet unlikely to be
// meant, or is meant and must be known. Needs a model without language errors.
#ifndef SODC_LINT_LINT_H_
#define SODC_LINT_LINT_H_

#include <optional>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/lint/held.h"
#include "compiler/model/model.h"

namespace sodc {

struct LintOptions {
  // Few conflicts are known to everybody; of many somebody must keep track (rulings LAN-13).
  uint32_t conflicts_without_owners = 10;
  // The moment at which what is dated is looked at; without one nothing is expired.
  std::optional<Instant> as_of = {};
  // Ask for every pair of own duties whether it is a conflict or compatible, and for every own control what it covers.
  bool completeness = false;
  // What the table of this model answers about its conflicts; without it nobody was asked, and
  // what takes an answer is not looked for.
  std::optional<std::vector<HeldConflict>> held = {};
  // What the same table answers about its processes; likewise.
  std::optional<std::vector<HeldProcess>> processes = {};
  // What the same table answers about numbers of holders; likewise.
  std::optional<std::vector<HeldNumber>> numbers = {};
  // What the rules of std.this_policy answer about the policy itself; without it nobody asked.
  std::optional<std::vector<ConflictOnPolicy>> on_policy = {};
};

// Each finding once, at the narrowest place: a role that breaks a conflict only
// because it includes another that does is not named again.
void Lint(const model::Model& model, const LintOptions& options, Sink& sink);

}  // namespace sodc

#endif  // SODC_LINT_LINT_H_
