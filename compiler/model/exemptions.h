// The standing exemptions of a policy and what it grandfathers (second-ring E28), for the table.
#ifndef SODC_MODEL_EXEMPTIONS_H_
#define SODC_MODEL_EXEMPTIONS_H_

#include <string>
#include <vector>

#include "compiler/model/waivers.h"

namespace sodc::model {

struct Exemption {
  ProvisionId provision;
  std::vector<WaiverParty> parties;    // none of a grandfathering: it is for everybody
  std::vector<ConflictId> conflicts;   // each rule of an `each of` by itself
  std::string because;
  std::vector<WaiverParty> approvers;  // none: not said
  ActorId owner;
  Instant before = kBeginningOfTime;   // of a grandfathering: assignments that began before
  Instant review_due = kEndOfTime;     // the end of the day of the next review

  bool is_grandfathering() const { return before != kBeginningOfTime; }
};

// Both kinds, declared order. O(provisions).
std::vector<Exemption> ExemptionsOf(const Model& model, const Carried& carried);

// What it breaks where it is used for the conflict, as a sentence without its end; empty: nothing.
std::string BreachOf(const Carried& carried, const Conflict& conflict);

}  // namespace sodc::model

#endif  // SODC_MODEL_EXEMPTIONS_H_
