// Conditions: trees that end, numbers in order, rows that the evaluator may search.
#include <algorithm>
#include <tuple>

#include "runtime/core/verify_meaning.h"

namespace sod::core {

using namespace format;  // NOLINT: every line here names records

namespace {

constexpr uint32_t kMaxDepth = 128;

bool IsTest(const GuardNodeRecord& node) { return node.kind == GuardNodeKind::Is || node.kind == GuardNodeKind::IsUnknown; }

Fault CheckNode(const Image& image, const GuardNodeRecord& node) {
  const uint32_t least = IsTest(node) ? 0 : node.kind == GuardNodeKind::Not ? 1 : 2;
  const bool has_most = node.kind == GuardNodeKind::And || node.kind == GuardNodeKind::Or;
  if (node.operands < least || (!has_most && node.operands != least)) return "a condition has too few operands or too many";
  if (IsTest(node) != (node.source != kNone)) return "a condition tests nothing";
  if (node.kind != GuardNodeKind::Is && node.values_count != 0) return "a condition compares nothing with something";
  const auto values = Slice(image.GuardValues(), node.values_first, node.values_count);
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].lo > values[i].hi) return "a condition compares with no number";
    if (i != 0 && (values[i - 1].hi == INT64_MAX || values[i].lo <= values[i - 1].hi + 1)) return "the numbers of a condition are out of order";
  }
  return nullptr;
}

// Pre-order: each operator takes as many trees as it says, and nothing is left over.
Fault CheckTree(const Image& image, const GuardRecord& guard) {
  uint32_t open[kMaxDepth] = {1};
  uint32_t depth = 0;
  bool is_done = false;
  for (const GuardNodeRecord& node : Slice(image.GuardNodes(), guard.nodes_first, guard.nodes_count)) {
    if (is_done) return "a condition goes on behind its end";
    if (const Fault fault = CheckNode(image, node)) return fault;
    --open[depth];
    if (node.operands != 0) {
      if (depth + 1 == kMaxDepth) return "a condition is too deep";
      open[++depth] = node.operands;
    }
    while (open[depth] == 0 && !is_done) {
      if (depth == 0) is_done = true;
      else --depth;
    }
  }
  return is_done ? nullptr : "a condition ends too early";
}

// Words and ranks that a value of the source may be.
bool IsValue(const Image& image, const GuardSourceRecord& source, int64_t value) {
  switch (source.type) {
    case GuardType::Number: return true;
    case GuardType::Flag: return value == 0 || value == 1;
    case GuardType::Word: return value >= 0 && value < int64_t{source.words_count};
    case GuardType::Member: return value >= 0 && source.scale != kNone && value < int64_t{image.Scales()[source.scale].members_count};
  }
  return false;
}

Fault CheckSource(const Image& image, uint32_t row) {
  const GuardSourceRecord& source = image.GuardSources()[row];
  if ((source.type == GuardType::Member) != (source.scale != kNone)) return "what a condition reads has the scale of something else";
  const bool is_fact = source.reads == GuardReads::Fact || source.reads == GuardReads::Switch;
  if ((!is_fact && source.settings_count != 0) || (source.is_counted != 0 && (source.reads != GuardReads::Fact || source.settings_count != 0))) {
    return "what a condition reads has values that are not its own";
  }
  if (source.is_counted == 0 && source.counted_count != 0) return "what is not counted has elements";
  const auto settings = Slice(image.GuardSettings(), source.settings_first, source.settings_count);
  for (size_t i = 0; i < settings.size(); ++i) {
    if (i != 0 && settings[i - 1].from >= settings[i].from) return "the values of a fact are out of order";
    if (!IsValue(image, source, settings[i].value)) return "a fact has an impossible value";
  }
  for (const CountedElementRecord& element : Slice(image.CountedElements(), source.counted_first, source.counted_count)) {
    if ((element.duty == kNone) == (element.role == kNone)) return "a duty or a role is counted";
  }
  if (source.type == GuardType::Member && source.criteria_count != 0 && source.reads != GuardReads::Object) return "only a class has criteria";
  for (const ClassCriterionRecord& criterion : Slice(image.ClassCriteria(), source.criteria_first, source.criteria_count)) {
    if (!IsValue(image, source, criterion.rank)) return "a class has an impossible value";
    if (criterion.guard == kNone) continue;
    const GuardRecord& guard = image.Guards()[criterion.guard];
    for (const GuardNodeRecord& node : Slice(image.GuardNodes(), guard.nodes_first, guard.nodes_count)) {
      const bool is_ahead = node.source != kNone && node.source >= row && image.GuardSources()[node.source].criteria_count != 0;
      if (is_ahead) return "a class is made of itself";
    }
  }
  return nullptr;
}

// At most one condition by which a rule applies, and one of its mode at a time.
Fault CheckConditions(const Image& image) {
  const auto rows = image.RuleConditions();
  const auto key = [](const RuleConditionRecord& row) { return std::tuple(row.rule, row.purpose, row.from); };
  for (size_t i = 0; i < rows.size(); ++i) {
    const RuleConditionRecord& row = rows[i];
    if (row.from >= row.until) return "a condition ends before it begins";
    if (i != 0 && key(rows[i - 1]) > key(row)) return "the conditions of rules are out of order";
    const bool is_requirement = row.purpose == GuardPurpose::Requires;
    if (is_requirement != (row.what != 0)) return "a rule requires nothing";
    if (!is_requirement && (row.guard == kNone || row.control != kNone)) return "a condition of a rule is none";
    if (row.purpose != GuardPurpose::Mode && (row.mode != Mode{} || row.otherwise != Mode{})) return "a condition has the mode of another";
    const bool is_same = i != 0 && rows[i - 1].rule == row.rule && rows[i - 1].purpose == row.purpose;
    if (is_same && !is_requirement && (row.purpose == GuardPurpose::Applies || rows[i - 1].until > row.from)) return "a rule has two conditions for one thing";
  }
  return nullptr;
}

Fault CheckPersonValues(const Image& image) {
  const auto rows = image.PersonValues();
  const auto key = [](const PersonValueRecord& row) { return std::tuple(row.actor, row.source, row.from, row.value); };
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i != 0 && key(rows[i - 1]) >= key(rows[i])) return "what is said of people is out of order";
    if (rows[i].from >= rows[i].until) return "what is said of a person ends before it begins";
    const GuardSourceRecord& source = image.GuardSources()[rows[i].source];
    if (source.reads != GuardReads::Holder || !IsValue(image, source, rows[i].value)) return "what is said of a person is read by nothing";
  }
  return nullptr;
}

}  // namespace

Fault CheckGuards(const Image& image) {
  for (const GuardRecord& guard : image.Guards()) {
    if (const Fault fault = CheckTree(image, guard)) return fault;
  }
  for (const GuardWordRecord& word : image.GuardWords()) {
    if (word.lo > word.hi) return "a word of a condition is no number";
  }
  for (uint32_t row = 0; row < image.GuardSources().size(); ++row) {
    if (const Fault fault = CheckSource(image, row)) return fault;
  }
  if (const Fault fault = CheckConditions(image)) return fault;
  return CheckPersonValues(image);
}

}  // namespace sod::core
