#include "runtime/core/amendments.h"

#include <algorithm>

namespace sod::core {
void Restore(const format::RuleAmendmentRecord& amendment, format::RuleRecord& rule) {
  rule.mode = amendment.mode;
  rule.mode_is_declared = amendment.mode_is_declared;
  rule.mode_is_default = amendment.mode_is_default;
  rule.mode_is_of_level = amendment.mode_is_of_level;
  rule.risk = amendment.risk;
  rule.risk_is_default = amendment.risk_is_default;
  rule.category = amendment.category;
  rule.owner = amendment.owner;
  rule.advice = amendment.advice;
  rule.enforcement = amendment.enforcement;
  rule.enforcement_is_default = amendment.enforcement_is_default;
  rule.controls_count = amendment.controls;
}

format::RuleRecord RuleAt(const Image& image, uint32_t rule, Instant at) {
  format::RuleRecord record = image.Rules()[rule];
  const auto rows = image.RuleAmendments();
  const auto amendment = std::ranges::lower_bound(rows, rule, {}, &format::RuleAmendmentRecord::rule);
  if (amendment != rows.end() && amendment->rule == rule && at >= amendment->until) Restore(*amendment, record);
  return record;
}

}  // namespace sod::core
