#include "compiler/sema/strictness.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace sodc::sema {
namespace {

using model::ProvisionAttribute;
using model::ProvisionValue;

// Equal attributes have equal keys.
// INVARIANT: recursion is as deep as braces and brackets nest, which the parser limits.
std::string KeyOf(const ProvisionAttribute& attribute) {
  std::string key = attribute.keyword + '(';
  for (const ProvisionValue& value : attribute.values) {
    key += std::to_string(static_cast<int>(value.kind)) + ':' + std::to_string(static_cast<int>(value.reference.kind)) +
           ':' + std::to_string(value.reference.index) + ':' + std::to_string(value.number) + ':' +
           std::to_string(value.decimals) + ':' + std::to_string(value.text.size()) + ':' + value.text + ',';
  }
  for (const ProvisionAttribute& nested : attribute.nested) key += KeyOf(nested);
  return key + ')';
}

const ProvisionAttribute* FindIn(const std::vector<ProvisionAttribute>& attributes, std::string_view keyword) {
  const auto found = std::ranges::find(attributes, keyword, &ProvisionAttribute::keyword);
  return found == attributes.end() ? nullptr : &*found;
}

// A month counts as a twelfth of a year of 365 days and 6 hours.
constexpr int64_t kHoursOfYear = 8766;
std::optional<int64_t> TwelfthsOfHours(int64_t count, std::string_view unit) {
  constexpr int64_t kTwelfth = 12;
  if (count > INT64_MAX / (kTwelfth * kHoursOfYear)) return std::nullopt;
  if (unit == "h") return count * kTwelfth;
  if (unit == "d") return count * 24 * kTwelfth;
  if (unit == "w") return count * 7 * 24 * kTwelfth;
  if (unit == "mo") return count * kHoursOfYear;
  return count * kHoursOfYear * kTwelfth;
}

std::optional<int64_t> LengthOf(const ProvisionAttribute& attribute) {
  if (attribute.values.empty()) return std::nullopt;
  const ProvisionValue& value = attribute.values.front();
  if (value.kind == ProvisionValue::Kind::Duration) return TwelfthsOfHours(value.number, value.text);
  struct Named {
    std::string_view word, unit;
    int64_t count;
  };
  constexpr Named kWords[] = {{"hourly", "h", 1},     {"daily", "d", 1},  {"weekly", "w", 1},  {"monthly", "mo", 1},
                              {"quarterly", "mo", 3}, {"yearly", "y", 1}, {"annually", "y", 1}};
  for (const Named& named : kWords) {
    if (value.text == named.word) return TwelfthsOfHours(named.count, named.unit);
  }
  return std::nullopt;  // an event
}

// Of two periods the longer one is the looser.
bool IsLonger(const ProvisionAttribute& stated, const ProvisionAttribute& of_level) {
  const auto ours = LengthOf(stated);
  const auto theirs = LengthOf(of_level);
  return ours && theirs ? *ours > *theirs : KeyOf(stated) != KeyOf(of_level);
}

// `remediate within 3d escalate to x after 6d`: later, or to somebody else, or to nobody.
bool IsLaterRemedy(const ProvisionAttribute& stated, const ProvisionAttribute& of_level) {
  if (IsLonger(stated, of_level)) return true;
  const ProvisionAttribute* theirs = FindIn(of_level.nested, "escalate");
  if (theirs == nullptr) return false;
  const ProvisionAttribute* ours = FindIn(stated.nested, "escalate");
  if (ours == nullptr || IsLonger(*ours, *theirs)) return true;
  ProvisionAttribute our_party = *ours, their_party = *theirs;
  our_party.values.clear();
  their_party.values.clear();
  return KeyOf(our_party) != KeyOf(their_party);
}

std::string ConditionOf(const ProvisionAttribute& attribute) {
  const ProvisionAttribute* when = FindIn(attribute.nested, "when");
  return when == nullptr ? "" : KeyOf(*when);
}

// Whether the level names this party, too, under the same condition.
bool IsNamed(const std::vector<ProvisionAttribute>& of_level, const ProvisionAttribute& stated,
             const ProvisionAttribute& party) {
  return std::ranges::any_of(of_level, [&](const ProvisionAttribute& other) {
    if (other.keyword != stated.keyword || ConditionOf(other) != ConditionOf(stated)) return false;
    return std::ranges::any_of(other.nested, [&](const ProvisionAttribute& one) { return KeyOf(one) == KeyOf(party); });
  });
}

// Somebody may do it by the rule who may not by the level.
bool IsWider(const std::vector<ProvisionAttribute>& stated, const std::vector<ProvisionAttribute>& of_level,
             std::string_view keyword) {
  for (const ProvisionAttribute& ours : stated) {
    if (ours.keyword != keyword) continue;
    for (const ProvisionAttribute& party : ours.nested) {
      if (party.keyword != "when" && !IsNamed(of_level, ours, party)) return true;
    }
  }
  return false;
}

}  // namespace

bool IsLooser(const std::vector<ProvisionAttribute>& stated, const std::vector<ProvisionAttribute>& of_level,
              std::string_view keyword) {
  if (keyword == "mode") return false;  // compared in the model
  if (keyword == "never waived") return FindIn(stated, "waived by") != nullptr && FindIn(stated, keyword) == nullptr;
  if (keyword == "approved by" || keyword == "waived by") return IsWider(stated, of_level, keyword);
  const ProvisionAttribute* ours = FindIn(stated, keyword);
  const ProvisionAttribute* theirs = FindIn(of_level, keyword);
  if (ours == nullptr || theirs == nullptr) return false;
  if (keyword == "remediate within") return IsLaterRemedy(*ours, *theirs);
  if (keyword == "longest" || keyword == "review" || keyword == "review within") return IsLonger(*ours, *theirs);
  return KeyOf(*ours) != KeyOf(*theirs);
}

}  // namespace sodc::sema
