// Conditions of rules, three-valued (second-ring section 1; docs/decisions/0076): `applies when`, a mode, a requirement.
// What a test reads is a number: a word or a unit by its row, a member of a scale by its rank, a flag 0 or 1, an amount
// in its least units. Nothing here allocates but what returns a vector or a string.
//
// For whoever judges acts: derive from CaseValues, say what is known of the object and of who asks and approves, and hand it
// over in GuardView::values (docs/decisions/0063). Without values the tests of objects may come out either way.
#ifndef SOD_CORE_GUARDS_H_
#define SOD_CORE_GUARDS_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/core/image.h"
#include "sod/query.h"

namespace sod::core {

// One number of lo..hi: a value that is known exactly has lo = hi, a band is the numbers that it holds.
struct KnownValue {
  int64_t lo = 0, hi = 0;
};

// What is known at an act. Sources are rows of GuardSources with reads Object, Requester or Approver.
class CaseValues {
 public:
  virtual ~CaseValues() = default;
  // The values of the source, any of which a test may be about; empty: not known. A class that is not known is judged by
  // its criteria.
  virtual std::span<const KnownValue> Of(uint32_t source) const = 0;
};

// The row of GuardSources for an attribute of an object kind, both as declared; kNone: no condition reads it.
uint32_t FindObjectSource(const Image& image, std::string_view object, std::string_view attribute);
// A value as a file spells it: `1200.50`, `large`, `severe`, `yes`, a word. Nothing when it is none of the source, or is of
// another currency than the source ("" = the same).
std::optional<KnownValue> ReadValue(const Image& image, uint32_t source, std::string_view text, std::string_view currency = {});
// `1200.50`, `1_200`: scaled to the decimals; nothing when it has more of them or is no number.
std::optional<int64_t> ReadNumber(std::string_view text, uint32_t decimals);

// What a condition may come to: bits.
class Outcomes {
 public:
  static constexpr uint8_t kNo = 1, kUnknown = 2, kYes = 4;
  explicit Outcomes(uint8_t bits) : bits_(bits) {}
  bool MayBe(uint8_t truth) const { return (bits_ & truth) != 0; }
  bool IsOnly(uint8_t truth) const { return bits_ == truth; }
  // For some object for certain; for none, but if what is not known of people were so; never.
  ConditionState state() const {
    if (IsOnly(kYes)) return ConditionState::Yes;
    if (MayBe(kYes)) return ConditionState::Depends;
    return MayBe(kUnknown) ? ConditionState::Unknown : ConditionState::No;
  }

 private:
  uint8_t bits_;
};

struct GuardView {
  Instant at = 0;
  uint32_t holder = kNone;             // row of Actors; kNone: nobody in particular
  uint32_t risk = kNone;               // row of ScaleMembers: that of the rule
  const FactSteps* facts = nullptr;    // null: what is counted is not known
  const CaseValues* values = nullptr;  // null: no act is asked about
  // A class of which it is not known what it is: the highest that it may be (E14); else any that it may be.
  bool takes_strictest = false;
};

// O(nodes × values). Every test of an object is taken by itself.
Outcomes Decide(const Image& image, uint32_t guard, const GuardView& view);

// The conditions of the rule for one purpose, written order; O(log).
std::span<const format::RuleConditionRecord> ConditionsOf(const Image& image, uint32_t rule, format::GuardPurpose purpose);
// Whether the rule applies: Yes without a condition. At an act it applies, too, when it does for the strictest classes, and
// does not when it does for none that they may be.
ConditionState AppliesTo(const Image& image, uint32_t rule, const GuardView& view);
// The condition of the mode that is in force then, or null.
const format::RuleConditionRecord* ModeConditionAt(const Image& image, uint32_t rule, Instant at);

JudgedCondition Judged(const Image& image, uint32_t guard, const GuardView& view);
// What the condition reads of the holder and is not known then: rows of GuardSources.
std::vector<uint32_t> UnknownIn(const Image& image, uint32_t guard, const GuardView& view);

// Calls `add` with each instant at which a value of the holder begins or ends.
template <typename F>
void ForEachHolderChange(const Image& image, uint32_t holder, F add) {
  const auto rows = image.PersonValues();
  const auto first = std::ranges::lower_bound(rows, holder, {}, &format::PersonValueRecord::actor);
  for (auto row = first; row != rows.end() && row->actor == holder; ++row) {
    add(row->from);
    add(row->until);
  }
}
// The instants at which something that the conditions of the rule read begins, ends or becomes another.
void AddConditionChanges(const Image& image, uint32_t rule, uint32_t holder, const FactSteps* facts, std::vector<Instant>& instants);
// Of these, the sources that do at `at`, each once.
std::vector<uint32_t> SourcesChangedAt(const Image& image, uint32_t rule, uint32_t holder, const FactSteps* facts, Instant at);

}  // namespace sod::core

#endif  // SOD_CORE_GUARDS_H_
