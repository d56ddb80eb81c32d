// A conflict that somebody has, as the compiled table judges it (docs/decisions/0046). Findings
// about it are made here; the judgement is made where the table is.
#ifndef SODC_LINT_HELD_H_
#define SODC_LINT_HELD_H_

#include <string>
#include <variant>
#include <vector>

#include "compiler/model/model.h"

namespace sodc {

struct ControlAnswer {
  model::ControlId control;
  bool counts = false;
  bool is_of_outsiders = false;       // somebody outside does it or reviews it; no machine
  bool is_done_by_holder = false;     // rejected since its performers are the holder
  std::string reason;                 // why it does not count: "nobody is named who does it"; empty: it counts
};

struct HeldConflict {
  model::ConflictId conflict;
  std::variant<model::ActorId, model::RoleId> holder;  // a role: whoever holds it and nothing else
  std::vector<ControlAnswer> controls;                 // all that cover the conflict for this holder
  bool is_mitigated = false;
  bool is_waived = false;
  std::vector<uint32_t> sides = {};                    // of the conflict, by position: those of which something is held
};

// Who can do a process by what is declared (docs/decisions/0054).
struct HeldProcess {
  model::ProvisionId process;
  uint32_t needs = 0;                      // `needs at least`; 0: it does not say
  std::vector<std::string> too_few = {};   // the first of the smallest groups that can do all of it, if these are fewer than it needs
  std::vector<model::DutyId> unheld = {};  // steps that nobody is known to hold
  std::vector<std::string> in_the_way = {}; // those who are declared cannot do it at all, because of this
  bool is_as_written = false;               // whoever would be there
};

// How many hold a duty or role that has bounds, by what is declared (docs/decisions/0059).
struct HeldNumber {
  model::ProvisionId provision;             // the duty's or role's
  size_t count = 0;                         // for certain
  bool is_few = false, is_many = false;
  std::vector<std::string> holders = {};    // of so many the names
  std::vector<std::string> stand_ins = {};  // by a delegation alone, beside these
  std::vector<std::string> unknown = {};    // what decides and is not known, in words
};

// A conflict over the policy itself: the holder wrote it, by name or in a team, and does one of these, too
// (docs/decisions/0092).
struct ConflictOnPolicy {
  model::ActorId holder;
  bool approves = false;
  bool reviews = false;
};

}  // namespace sodc

#endif  // SODC_LINT_HELD_H_
