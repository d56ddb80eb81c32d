// The uses of emergencies, and what of the emergency each of them does not keep (second-ring E23).
#ifndef SODC_MODEL_ACTIVATIONS_H_
#define SODC_MODEL_ACTIVATIONS_H_

#include <string>
#include <vector>

#include "compiler/model/waivers.h"

namespace sodc::model {

struct Activation {
  ProvisionId provision, emergency;
  ActorId user, reviewer;
  Instant from = kBeginningOfTime;
  Instant until = kEndOfTime;
  Instant review_due = kEndOfTime;     // the end of time: no review is asked for
  Instant reviewed = kEndOfTime;       // by somebody who may; the end of time: by nobody
  bool reviewed_by_user = false;
  std::string reason, ticket, note;
  std::vector<uint32_t> assignments;   // rows of Model::assignments
  struct Barred {
    ConflictId conflict;
    std::string words;                 // a sentence without its end
  };
  std::vector<Barred> barred;          // never waived, or with an element that the emergency never bypasses
  std::vector<std::string> breaches;   // sentences without their ends
};

// Declared order. O(activations × (assignments + conflicts)).
std::vector<Activation> ActivationsOf(const Model& model, const Waivers& people);

}  // namespace sodc::model

#endif  // SODC_MODEL_ACTIVATIONS_H_
