// When an answer changes, what of it, and because of what (rulings SEM-20).
#ifndef SOD_CHANGES_H_
#define SOD_CHANGES_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sod/export.h"
#include "sod/query.h"

namespace sod {

// What begins or ends at an instant.
enum class CauseKind : uint8_t {
  Assignment,     // the subject, an account or a team of it, or what it acts as, holds something
  Delegation,     // something is delegated to the subject, or by somebody who matters for a control or a waiver
  Holding,        // something that the caller said is held
  Rule,           // a rule is valid
  DisabledRule,   // a rule is disabled
  AmendedRule,    // a rule is amended
  Control,        // a control is in force
  Evidence,       // a record proves a control
  Immutability,   // a record proves that somebody cannot change a control or a system
  Waiver,         // a waiver holds; it ends with its closing, too
  Exemption,      // an exemption, or what is grandfathered, is reviewed in time
  EmergencyReview, // the use of an emergency is reviewed; it ends when that is overdue
  Condition       // what a condition of the rule reads is another: an attribute of the subject, a switch, a number of people
};
SOD_API std::string_view SpellingOf(CauseKind kind);  // "assignment", …

struct Cause {
  CauseKind kind = CauseKind::Assignment;
  bool begins = false;       // else it ends
  uint32_t row = kNone;      // of Assignments, Delegations, Rules, Controls, Waivers, …; Holding: in Subject::holdings
  Named what;                // what is held, the rule, the control, the waiver, …
  Named who;                 // who holds it, who delegates, the row of a Holding ("people.csv:12"); empty otherwise
  std::string_view file;     // where it is declared, relative to the policy's folder; empty: the caller said it
  uint32_t line = 1;
  uint32_t column = 1;       // bytes, one-based
};

// How one conflict stands on a side of the change.
struct ConflictState {
  Verdict disposition = Verdict::Denied;
  uint32_t residual = kNone;         // row of ScaleMembers; kNone: not rated
  std::vector<Named> counted;        // the controls that count
  std::vector<Named> excused_by;     // the waivers, exemptions and emergencies that are used
};

struct ConflictChange {
  uint32_t rule = kNone;                // row of Rules
  std::optional<ConflictState> before;  // nothing: the conflict appears
  std::optional<ConflictState> after;   // nothing: it vanishes
  std::vector<Cause> because;           // never empty
};

struct AnswerChange {
  Instant at = 0;                          // the first instant at which the answer is the later one
  Verdict before = Verdict::Clear;         // of the whole answer
  Verdict after = Verdict::Clear;
  std::vector<ConflictChange> conflicts;   // by rule; empty only when what is undecided changes the verdict
  std::vector<Cause> because;              // of a change without conflicts
};

// Texts of causes point into the table and, for rows, into `subject`.
// The first `at_most` changes of the answer about the subject in (from, until), in their order: conflicts
// that appear or vanish, and those whose disposition, residual risk, counted controls or used waivers
// change. Without a request: a request is judged over its whole interval by Ask.
// Judges at `from` and wherever an assignment, a delegation or a rule begins or ends until then, and each
// conflict wherever a control, a record, a waiver or an exemption of it does; nothing changes between two such instants, and
// none is left out, so an answer without changes means that there are none. Allocates; reads the table alone.
// O(instants × (holdings + conflicts × (controls + waivers))). Errors as Ask.
SOD_API Result<std::vector<AnswerChange>> ChangesOf(const Table& table, Workspace& workspace, const Subject& subject, Instant from,
                                                    Instant until = kEndOfTime, size_t at_most = SIZE_MAX,
                                                    const AskOptions& options = {});

}  // namespace sod

#endif  // SOD_CHANGES_H_
