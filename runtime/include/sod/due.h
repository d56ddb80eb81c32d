// What a table says of days to come: what ends, what is to be looked at again, and what is overdue.
#ifndef SOD_DUE_H_
#define SOD_DUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sod/table.h"

namespace sod {

enum class DueKind : uint8_t {
  PolicyReview,     // one of the policy's own reviews is to be done
  Evidence,         // the newest record that proves a control stops to prove it
  Control,          // a control stops to be in force
  Waiver,           // a waiver ends
  WaiverReview,     // a waiver is to be looked at again (`next`)
  Exemption,        // the review of a standing exemption or of what is grandfathered
  EmergencyReview,  // the use of an emergency is to be reviewed
  Remediation,      // an accepted deadline
  PlanStep,         // what a plan wants by a day: somebody is hired
  Assignment,       // somebody stops to hold something
  Delegation,
  Rule,             // a rule stops to be valid
  DisabledRule,     // a disabled rule is in force again
  AmendedRule,      // an amended rule is again as it was imported
};
std::string_view SpellingOf(DueKind kind);  // "policy_review", "evidence", …

struct DueItem {
  DueKind kind = DueKind::Assignment;
  Instant at = 0;               // the first instant at which it is over or overdue
  Named what;                   // the control, waiver, rule, …; of an assignment what is held
  std::vector<Named> people;    // who has to do with it: reviewer, performers, owner, holder; declared order
  std::string_view file;        // relative to the policy's folder
  uint32_t line = 1;
  uint32_t column = 1;          // bytes, one-based
  bool is_overdue = false;      // `at` is not after as_of, and nobody has done it
};

// Everything with `at` in (as_of, until], and whatever is overdue at as_of: reviews, records and
// deadlines alone, since what has merely ended waits for nobody. By `at`, then kind, then place in the table.
// Of a table without people: no assignments, waivers, exemptions or emergencies. O(rows).
std::vector<DueItem> WhatIsDue(const Table& table, Instant as_of, Instant until);

}  // namespace sod

#endif  // SOD_DUE_H_
