// What is said of objects, and what conditions of rules make of it at an act (second-ring section 1, E14, E35;
// docs/decisions/0063). Private to the library.
#ifndef SOD_HISTORIES_CONDITIONS_H_
#define SOD_HISTORIES_CONDITIONS_H_

#include <map>
#include <utility>
#include <vector>

#include "runtime/core/guards.h"
#include "runtime/histories/kinds.h"
#include "sod/history.h"

namespace sod::histories {

// The row of ObjectAttributes that the source reads; kNone: it reads something else.
uint32_t AttributeOfSource(const Image& image, uint32_t source);
// The condition and those by which classes in it are chosen: rows of Guards, each once.
std::vector<uint32_t> GuardsIn(const Image& image, uint32_t guard);
// Whether an act names all that the condition of the rule reads: of objects, only those that a rule about this kind is
// about, or that they are part of.
bool IsNamedByActs(const Image& image, uint32_t rule, uint32_t kind);

// Who sees what: an event, at its time.
struct Moment {
  Instant at = 0;
  uint32_t event = 0;
};

class Values {
 public:
  // The history outlives this, and its rows exist.
  Values(const Image& image, const History& history);

  // The latest thing said of what the source reads of the object; null: nothing. O(log values).
  const HistoryValue* Latest(uint32_t object, uint32_t source, const Moment& moment) const;
  // Whether the order of what was recorded at one time, until `at`, decided what an event sees.
  bool HasEqualTimes(Instant at) const;

 private:
  const History& history_;
  std::vector<uint32_t> attributes_;                                             // by source
  std::map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> by_attribute_;  // by object and attribute, in order of time
};

// Of one object and all that it is part of, as one event sees it.
class SeenValues final : public core::CaseValues {
 public:
  SeenValues(const Image& image, const History& history, const Values& values, uint32_t object, const Moment& moment)
      : image_(image), history_(history), values_(values), object_(object), moment_(moment) {}
  std::span<const core::KnownValue> Of(uint32_t source) const override;
  // What was said last, known or not; null: nothing.
  const HistoryValue* Said(uint32_t source) const;
  // Whose value the source reads; kNone: it is not known what the object is part of.
  uint32_t ObjectOf(uint32_t source) const;

 private:
  const Image& image_;
  const History& history_;
  const Values& values_;
  uint32_t object_;
  Moment moment_;
  mutable core::KnownValue one_;
};

}  // namespace sod::histories

#endif  // SOD_HISTORIES_CONDITIONS_H_
