// The fast tier: a bit for each element of each rule about a kind of object.
#include <algorithm>

#include "runtime/histories/conditions.h"

namespace sod {

using core::Image;
using core::Slice;

namespace {

bool IsSet(std::span<const uint64_t> mask, uint32_t bit) { return (mask[bit / 64] >> (bit % 64) & 1) != 0; }
void Set(std::span<uint64_t> mask, uint32_t bit) { mask[bit / 64] |= uint64_t{1} << (bit % 64); }

// What an element stands for, whichever side it is written on.
bool IsSameThing(const format::ElementRecord& a, const format::ElementRecord& b) {
  const bool is_relation = a.kind == format::ElementKind::Relation;
  return a.kind == b.kind && (is_relation || a.duty == b.duty) && a.object == b.object && a.relation == b.relation && a.level == b.level;
}

uint32_t RelationOf(const Image& image, const format::ElementRecord& element) {
  const uint32_t kind = element.object == kNone ? kNone : histories::KindOfProvision(image, element.object);
  if (kind == kNone) return kNone;
  const format::ObjectKindRecord& record = image.ObjectKinds()[kind];
  for (uint32_t row = record.relations_first; row < record.relations_first + record.relations_count; ++row) {
    if (image.ObjectRelations()[row].text == element.relation) return row;
  }
  return kNone;
}

// What is possible by a restriction on own actions: what was done is judged by the restriction itself.
bool IsAboutOwnActions(const Image& image, uint32_t rule) {
  return std::ranges::any_of(image.Restrictions(), [&](const format::RestrictionRecord& row) { return row.on_own_actions != 0 && row.rule == rule; });
}

}  // namespace

ObjectJudge::ObjectJudge(const Table& table) : table_(table) {
  const Image& image = table_.image();
  bits_.resize(image.Rules().size());
  for (uint32_t source = 0; source < image.GuardSources().size(); ++source) attributes_.push_back(histories::AttributeOfSource(image, source));
  std::vector<std::pair<uint32_t, uint32_t>> found;  // kind, rule
  for (uint32_t rule = 0; rule < image.Rules().size(); ++rule) {
    const histories::RuleObject object = histories::ObjectOfRule(image, rule);
    if (object.why != nullptr && !IsAboutOwnActions(image, rule)) not_judged_.push_back({std::string(image.Text(image.Rules()[rule].name)), object.why, {}});
    if (object.kind != kNone && object.why == nullptr) found.emplace_back(object.kind, rule);
  }
  std::ranges::sort(found);
  first_of_kind_.assign(image.ObjectKinds().size() + 1, 0);
  for (const auto& [kind, rule] : found) {
    ++first_of_kind_[kind + 1];
    rules_.push_back(rule);
    AddRule(rule);
  }
  for (size_t kind = 1; kind < first_of_kind_.size(); ++kind) first_of_kind_[kind] += first_of_kind_[kind - 1];
  words_ = static_cast<uint32_t>(elements_.size() / 64 + 1);
}

void ObjectJudge::AddRule(uint32_t row) {
  const Image& image = table_.image();
  const format::RuleRecord& rule = image.Rules()[row];
  bits_[row].first = static_cast<uint32_t>(elements_.size());
  for (const format::SideRecord& side : Slice(image.Sides(), rule.sides_first, rule.sides_count)) {
    for (uint32_t element = side.elements_first; element < side.elements_first + side.elements_count; ++element) {
      const format::ElementRecord& record = image.Elements()[element];
      // A relation has the duty by which it may come about; what came about is told by the relation itself.
      const bool is_relation = record.kind == format::ElementKind::Relation;
      elements_.push_back({element, is_relation ? kNone : record.duty, RelationOf(image, record)});
    }
  }
  bits_[row].end = static_cast<uint32_t>(elements_.size());
}

std::span<const uint32_t> ObjectJudge::RulesOf(uint32_t kind) const {
  return std::span(rules_).subspan(first_of_kind_[kind], first_of_kind_[kind + 1] - first_of_kind_[kind]);
}

std::pair<uint32_t, uint32_t> ObjectJudge::BitsOf(uint32_t rule) const { return {bits_[rule].first, bits_[rule].end}; }

bool ObjectJudge::AddAct(uint32_t kind, uint32_t duty, std::span<uint64_t> mask) const {
  bool is_asked = false;
  for (const uint32_t rule : RulesOf(kind)) {
    for (uint32_t bit = bits_[rule].first; bit < bits_[rule].end; ++bit) {
      if (elements_[bit].duty != duty) continue;
      Set(mask, bit);
      is_asked = true;
    }
  }
  return is_asked;
}

bool ObjectJudge::AddRelation(uint32_t kind, uint32_t relation, std::span<uint64_t> mask) const {
  bool is_asked = false;
  for (const uint32_t rule : RulesOf(kind)) {
    for (uint32_t bit = bits_[rule].first; bit < bits_[rule].end; ++bit) {
      if (elements_[bit].relation != relation) continue;
      Set(mask, bit);
      is_asked = true;
    }
  }
  return is_asked;
}

// Sides of at most k are counted; two sides are met, of `any` by two different things.
bool ObjectJudge::Violates(uint32_t row, std::span<const uint64_t> mask) const {
  const Image& image = table_.image();
  const format::RuleRecord& rule = image.Rules()[row];
  uint32_t bit = bits_[row].first;
  uint32_t met = 0;
  const uint32_t sides = rule.sides_count;
  const format::ElementRecord* single[2] = {};  // the only thing that meets an `any` side, if it is one
  for (uint32_t i = 0; i < sides; ++i) {
    const format::SideRecord& side = image.Sides()[rule.sides_first + i];
    uint32_t held = 0;
    const format::ElementRecord* last = nullptr;
    for (uint32_t element = 0; element < side.elements_count; ++element, ++bit) {
      if (!IsSet(mask, bit)) continue;
      const format::ElementRecord& record = image.Elements()[side.elements_first + element];
      // Once, however many duties may bring it about.
      const bool is_again = last != nullptr && record.kind == format::ElementKind::Relation && side.quantifier != format::Quantifier::All && IsSameThing(*last, record);
      held += is_again ? 0 : 1;
      last = &image.Elements()[side.elements_first + element];
    }
    const bool is_all = side.quantifier == format::Quantifier::All;
    const bool is_met = is_all ? held == side.elements_count : held != 0;
    met += is_met ? 1 : 0;
    if (i < 2 && is_met && !is_all && held == 1) single[i] = last;
  }
  if (rule.kind == format::RuleKind::AtMost) return met > rule.declared_at_most;
  if (met != sides) return false;
  const bool is_same = sides == 2 && single[0] != nullptr && single[1] != nullptr && IsSameThing(*single[0], *single[1]);
  return !is_same;
}

size_t ObjectJudge::Violations(uint32_t kind, std::span<const uint64_t> mask, std::span<const uint64_t> touched, Instant at,
                               std::span<uint32_t> out) const {
  size_t count = 0;
  for (const uint32_t row : RulesOf(kind)) {
    const format::RuleRecord& rule = table_.image().Rules()[row];
    if (at < rule.valid_from || at >= rule.valid_until) continue;
    bool takes_part = touched.empty();
    for (uint32_t bit = bits_[row].first; bit < bits_[row].end && !takes_part; ++bit) takes_part = IsSet(touched, bit);
    if (!takes_part || !Violates(row, mask)) continue;
    if (count < out.size()) out[count] = row;
    ++count;
  }
  return count;
}

}  // namespace sod
