// What one session comes to: as text for people and as JSON (schema sod.session/1).
#ifndef SODC_DRIVER_SESSION_OUTPUT_H_
#define SODC_DRIVER_SESSION_OUTPUT_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/answer_output.h"
#include "sod/query.h"

namespace sodc {

// All that the person holds of one duty, role or entitlement and could activate: it is activated as one.
struct SessionThing {
  sod::HeldKind kind = sod::HeldKind::Duty;
  uint32_t target = sod::kNone;
  std::vector<sod::Holding> holdings = {};
};

struct SessionAnswer {
  std::vector<SessionThing> things = {};           // whatever could be activated, in the order it is held in
  std::vector<uint32_t> active = {};               // of things, in the order of the question
  std::optional<uint32_t> added = {};              // what is to be activated, too
  sod::Answer answer = {};                         // of what is active with what is added; its conflicts are those of sessions,
                                                   // `introduced` by what is added
  sod::Verdict verdict = sod::Verdict::Clear;      // of that session
  std::optional<sod::Verdict> added_verdict = {};  // of what the addition introduces or makes worse
  std::vector<std::string> unknown = {};           // why it cannot be judged
  std::vector<std::vector<uint32_t>> safe_sets = {};
  size_t safe_set_count = 0;                       // told or not
  bool is_count_cut_off = false;                   // there may be more than that

  sod::Verdict decisive() const { return added_verdict.value_or(verdict); }
};

std::string SessionText(const AnswerFrame& frame, const SessionAnswer& answer);
std::string SessionJson(const AnswerFrame& frame, const SessionAnswer& answer);

}  // namespace sodc

#endif  // SODC_DRIVER_SESSION_OUTPUT_H_
