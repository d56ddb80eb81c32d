#include "runtime/core/guards.h"

#include <algorithm>

namespace sod::core {
namespace {

using format::GuardNodeKind;
using format::GuardReads;
using format::GuardType;

bool ReadsCase(GuardReads reads) { return reads >= GuardReads::Object; }

// The latest of dated rows that has begun, or null.
template <typename Row>
const Row* LatestAt(std::span<const Row> rows, Instant at) {
  const Row* latest = nullptr;
  for (const Row& row : rows) {
    if (row.from <= at) latest = &row;
  }
  return latest;
}

std::span<const format::PersonValueRecord> ValuesOf(const Image& image, uint32_t holder, uint32_t source) {
  const auto of_holder = std::ranges::equal_range(image.PersonValues(), holder, {}, &format::PersonValueRecord::actor);
  const auto found = std::ranges::equal_range(of_holder, source, {}, &format::PersonValueRecord::source);
  return {found.begin(), found.end()};
}

std::span<const FactStep> StepsOf(const FactSteps* facts, uint32_t source) {
  if (facts == nullptr) return {};
  const auto found = std::ranges::equal_range(*facts, source, {}, &FactStep::fact);
  return {found.begin(), found.end()};
}

class Deciding {
 public:
  Deciding(const Image& image, const GuardView& view) : image_(image), view_(view) {}

  // INVARIANT: trees are at most as deep as the verifier lets them be, and classes stand behind what they are made of.
  uint8_t Guard(uint32_t guard) const {
    uint32_t node = image_.Guards()[guard].nodes_first;
    return Node(node);
  }

  // Calls `f` with each value that the source has then, lo and hi, until it returns true. What no act names has none.
  template <typename F>
  bool AnyValue(uint32_t row, F f) const {
    const format::GuardSourceRecord& source = image_.GuardSources()[row];
    const auto exactly = [&](int64_t value) { return f(value, value); };
    switch (source.reads) {
      case GuardReads::Holder:
        return view_.holder != kNone && std::ranges::any_of(ValuesOf(image_, view_.holder, row), [&](const auto& held) {
                 return held.from <= view_.at && view_.at < held.until && exactly(held.value);
               });
      case GuardReads::Risk: return view_.risk != kNone && exactly(image_.ScaleMembers()[view_.risk].rank);
      case GuardReads::Fact:
      case GuardReads::Switch: break;
      case GuardReads::Object:
      case GuardReads::Requester:
      case GuardReads::Approver: return AnyOfCase(row, source, f);
    }
    if (source.is_counted != 0) {
      const FactStep* step = LatestAt(StepsOf(view_.facts, row), view_.at);
      return step != nullptr && exactly(step->value);
    }
    const auto* setting = LatestAt(Slice(image_.GuardSettings(), source.settings_first, source.settings_count), view_.at);
    return setting != nullptr && exactly(setting->value);
  }

 private:
  template <typename F>
  bool AnyOfCase(uint32_t row, const format::GuardSourceRecord& source, F f) const {
    if (view_.values == nullptr) return false;
    const std::span<const KnownValue> known = view_.values->Of(row);
    if (known.empty() && source.criteria_count != 0) return AnyOfClass(source, f);
    return std::ranges::any_of(known, [&](const KnownValue& value) { return f(value.lo, value.hi); });
  }

  // From top to bottom the first whose condition holds; of those that may be it the strictest (E14), or all of them. If
  // none may hold in the end, it may be anything.
  template <typename F>
  bool AnyOfClass(const format::GuardSourceRecord& source, F f) const {
    int64_t lowest = INT64_MAX, highest = -1;
    bool is_certain = false;
    for (const auto& criterion : Slice(image_.ClassCriteria(), source.criteria_first, source.criteria_count)) {
      const uint8_t truth = criterion.guard == kNone ? Outcomes::kYes : Guard(criterion.guard);
      if (truth == Outcomes::kNo) continue;
      lowest = std::min<int64_t>(lowest, criterion.rank);
      highest = std::max<int64_t>(highest, criterion.rank);
      is_certain = truth == Outcomes::kYes;
      if (is_certain) break;
    }
    if (highest < 0) return false;
    if (view_.takes_strictest) return f(highest, highest);
    return is_certain ? f(lowest, highest) : f(INT64_MIN, INT64_MAX);
  }

  uint8_t Node(uint32_t& next) const {
    const format::GuardNodeRecord& node = image_.GuardNodes()[next++];
    switch (node.kind) {
      case GuardNodeKind::Not: {
        const uint8_t bits = Node(next);
        return static_cast<uint8_t>((bits & Outcomes::kUnknown) | (bits << 2 & Outcomes::kYes) | bits >> 2);
      }
      case GuardNodeKind::And:
      case GuardNodeKind::Or: return Join(node, next);
      case GuardNodeKind::Is:
      case GuardNodeKind::IsUnknown: break;
    }
    const bool is_free = view_.values == nullptr && ReadsCase(image_.GuardSources()[node.source].reads);
    return is_free ? Outcomes::kNo | Outcomes::kYes : Test(node);
  }

  // Of No, Unknown and Yes the least that is among the operands, or the greatest: for every choice of what they may be.
  uint8_t Join(const format::GuardNodeRecord& node, uint32_t& next) const {
    const bool is_or = node.kind == GuardNodeKind::Or;
    uint8_t joined = is_or ? Outcomes::kNo : Outcomes::kYes;
    for (uint32_t i = 0; i < node.operands; ++i) {
      const uint8_t bits = Node(next);
      uint8_t both = 0;
      for (uint8_t a = Outcomes::kNo; a <= Outcomes::kYes; a = static_cast<uint8_t>(a << 1)) {
        for (uint8_t b = Outcomes::kNo; b <= Outcomes::kYes; b = static_cast<uint8_t>(b << 1)) {
          if ((joined & a) != 0 && (bits & b) != 0) both |= is_or ? std::max(a, b) : std::min(a, b);
        }
      }
      joined = both;
    }
    return joined;
  }

  uint8_t Test(const format::GuardNodeRecord& node) const {
    const auto wanted = Slice(image_.GuardValues(), node.values_first, node.values_count);
    bool is_known = false, may_be = false;
    const bool is_so = AnyValue(node.source, [&](int64_t lo, int64_t hi) {
      is_known = true;
      for (const format::GuardValueRecord& one : wanted) {
        if (one.lo <= lo && hi <= one.hi) return true;
        may_be |= one.lo <= hi && lo <= one.hi;
      }
      return false;
    });
    if (node.kind == GuardNodeKind::IsUnknown) return is_known ? Outcomes::kNo : Outcomes::kYes;
    if (is_so) return Outcomes::kYes;
    return !is_known || may_be ? Outcomes::kUnknown : Outcomes::kNo;
  }

  const Image& image_;
  const GuardView& view_;
};

std::string InWords(const Image& image, const format::GuardSourceRecord& source, int64_t value) {
  const auto row = static_cast<uint32_t>(value);
  switch (source.type) {
    case GuardType::Flag: return value != 0 ? "yes" : "no";
    case GuardType::Member: return std::string(image.Text(image.ScaleMembers()[image.Scales()[source.scale].members_first + row].name));
    case GuardType::Word: return std::string(image.Text(image.GuardWords()[source.words_first + row].word));
    case GuardType::Number: break;
  }
  std::string digits = std::to_string(value);
  const size_t sign = value < 0 ? 1 : 0;
  if (source.decimals != 0) {
    if (digits.size() <= sign + source.decimals) digits.insert(sign, sign + source.decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - source.decimals, ".");
  }
  return digits;
}

// The word for exactly these numbers, such as that of a band.
std::string WordOf(const Image& image, const format::GuardSourceRecord& source, int64_t lo, int64_t hi) {
  if (lo == hi) return InWords(image, source, lo);
  for (const format::GuardWordRecord& word : Slice(image.GuardWords(), source.words_first, source.words_count)) {
    if (word.lo == lo && word.hi == hi) return std::string(image.Text(word.word));
  }
  return "";
}

// The sources that the condition reads, each once.
void AddSources(const Image& image, uint32_t guard, std::vector<uint32_t>& sources) {
  const format::GuardRecord& record = image.Guards()[guard];
  for (const format::GuardNodeRecord& node : Slice(image.GuardNodes(), record.nodes_first, record.nodes_count)) {
    if (node.source == kNone || std::ranges::find(sources, node.source) != sources.end()) continue;
    sources.push_back(node.source);
  }
}

std::vector<uint32_t> SourcesOf(const Image& image, uint32_t guard) {
  std::vector<uint32_t> sources;
  AddSources(image, guard, sources);
  return sources;
}

std::vector<uint32_t> SourcesOfRule(const Image& image, uint32_t rule) {
  std::vector<uint32_t> sources;
  for (const auto& condition : std::ranges::equal_range(image.RuleConditions(), rule, {}, &format::RuleConditionRecord::rule)) {
    if (condition.guard != kNone) AddSources(image, condition.guard, sources);
  }
  return sources;
}

}  // namespace

Outcomes Decide(const Image& image, uint32_t guard, const GuardView& view) { return Outcomes(Deciding(image, view).Guard(guard)); }

std::span<const format::RuleConditionRecord> ConditionsOf(const Image& image, uint32_t rule, format::GuardPurpose purpose) {
  const auto of_rule = std::ranges::equal_range(image.RuleConditions(), rule, {}, &format::RuleConditionRecord::rule);
  const auto found = std::ranges::equal_range(of_rule, purpose, {}, &format::RuleConditionRecord::purpose);
  return {found.begin(), found.end()};
}

ConditionState AppliesTo(const Image& image, uint32_t rule, const GuardView& view) {
  if (image.RuleConditions().empty()) return ConditionState::Yes;
  const auto conditions = ConditionsOf(image, rule, format::GuardPurpose::Applies);
  if (conditions.empty()) return ConditionState::Yes;
  const ConditionState state = Decide(image, conditions.front().guard, view).state();
  if (view.values == nullptr || state != ConditionState::Unknown) return state;
  GuardView strictest = view;
  strictest.takes_strictest = true;
  const bool applies = Decide(image, conditions.front().guard, strictest).state() == ConditionState::Yes;
  return applies ? ConditionState::Yes : state;
}

const format::RuleConditionRecord* ModeConditionAt(const Image& image, uint32_t rule, Instant at) {
  for (const auto& condition : ConditionsOf(image, rule, format::GuardPurpose::Mode)) {
    if (condition.from <= at && at < condition.until) return &condition;
  }
  return nullptr;
}

JudgedCondition Judged(const Image& image, uint32_t guard, const GuardView& view) {
  JudgedCondition judged;
  judged.words = image.Text(image.Guards()[guard].words);
  judged.state = Decide(image, guard, view).state();
  const Deciding deciding(image, view);
  for (const uint32_t row : SourcesOf(image, guard)) {
    const format::GuardSourceRecord& source = image.GuardSources()[row];
    if (view.values == nullptr && ReadsCase(source.reads)) continue;
    ConditionReading& reading = judged.readings.emplace_back();
    reading.name = image.Text(source.name);
    deciding.AnyValue(row, [&](int64_t lo, int64_t hi) {
      const std::string word = WordOf(image, source, lo, hi);
      reading.value += (reading.value.empty() || word.empty() ? "" : ", ") + word;
      return false;
    });
  }
  return judged;
}

std::vector<uint32_t> UnknownIn(const Image& image, uint32_t guard, const GuardView& view) {
  std::vector<uint32_t> unknown = SourcesOf(image, guard);
  const Deciding deciding(image, view);
  std::erase_if(unknown, [&](uint32_t row) {
    return image.GuardSources()[row].reads != GuardReads::Holder || deciding.AnyValue(row, [](int64_t, int64_t) { return true; });
  });
  return unknown;
}

void AddConditionChanges(const Image& image, uint32_t rule, uint32_t holder, const FactSteps* facts, std::vector<Instant>& instants) {
  for (const uint32_t row : SourcesOfRule(image, rule)) {
    const format::GuardSourceRecord& source = image.GuardSources()[row];
    for (const auto& setting : Slice(image.GuardSettings(), source.settings_first, source.settings_count)) instants.push_back(setting.from);
    for (const FactStep& step : StepsOf(facts, row)) instants.push_back(step.from);
    if (source.reads != GuardReads::Holder || holder == kNone) continue;
    for (const auto& value : ValuesOf(image, holder, row)) {
      instants.push_back(value.from);
      instants.push_back(value.until);
    }
  }
}

std::vector<uint32_t> SourcesChangedAt(const Image& image, uint32_t rule, uint32_t holder, const FactSteps* facts, Instant at) {
  std::vector<uint32_t> changed = SourcesOfRule(image, rule);
  std::erase_if(changed, [&](uint32_t row) {
    const format::GuardSourceRecord& source = image.GuardSources()[row];
    const auto begins = [&](const auto& one) { return one.from == at; };
    if (std::ranges::any_of(Slice(image.GuardSettings(), source.settings_first, source.settings_count), begins)) return false;
    if (std::ranges::any_of(StepsOf(facts, row), begins)) return false;
    if (source.reads != GuardReads::Holder || holder == kNone) return true;
    return std::ranges::none_of(ValuesOf(image, holder, row), [&](const auto& value) { return value.from == at || value.until == at; });
  });
  return changed;
}

}  // namespace sod::core
