// Values of objects by time, and what of a condition is not known at an act.
#include "runtime/histories/conditions.h"

#include <algorithm>
#include <tuple>

#include "runtime/histories/engine.h"

namespace sod::histories {

namespace {

uint32_t KindOfSource(const Image& image, uint32_t source) {
  const format::GuardSourceRecord& record = image.GuardSources()[source];
  const bool is_of_object = record.reads == format::GuardReads::Object && record.declaration != kNone;
  return is_of_object ? KindOfProvision(image, record.declaration) : kNone;
}

void AddOnce(std::vector<std::string>& words, std::string more) {
  if (std::ranges::find(words, more) == words.end()) words.push_back(std::move(more));
}

}  // namespace

uint32_t AttributeOfSource(const Image& image, uint32_t source) {
  const uint32_t kind = KindOfSource(image, source);
  if (kind == kNone) return kNone;
  const format::ObjectKindRecord& record = image.ObjectKinds()[kind];
  const std::string_view name = image.Text(image.GuardSources()[source].attribute);
  for (uint32_t row = record.attributes_first; row < record.attributes_first + record.attributes_count; ++row) {
    if (image.Text(image.ObjectAttributes()[row].name) == name) return row;
  }
  return kNone;
}

std::vector<uint32_t> GuardsIn(const Image& image, uint32_t guard) {
  std::vector<uint32_t> guards = {guard};
  for (size_t i = 0; i < guards.size(); ++i) {
    const format::GuardRecord& record = image.Guards()[guards[i]];
    for (const format::GuardNodeRecord& node : Slice(image.GuardNodes(), record.nodes_first, record.nodes_count)) {
      if (node.source == kNone) continue;
      const format::GuardSourceRecord& source = image.GuardSources()[node.source];
      for (const format::ClassCriterionRecord& one : Slice(image.ClassCriteria(), source.criteria_first, source.criteria_count)) {
        if (one.guard != kNone && std::ranges::find(guards, one.guard) == guards.end()) guards.push_back(one.guard);
      }
    }
  }
  return guards;
}

bool IsNamedByActs(const Image& image, uint32_t rule, uint32_t kind) {
  for (const auto& condition : core::ConditionsOf(image, rule, format::GuardPurpose::Applies)) {
    for (const uint32_t guard : GuardsIn(image, condition.guard)) {
      const format::GuardRecord& record = image.Guards()[guard];
      for (const format::GuardNodeRecord& node : Slice(image.GuardNodes(), record.nodes_first, record.nodes_count)) {
        if (node.source == kNone) continue;
        const format::GuardReads reads = image.GuardSources()[node.source].reads;
        if (reads == format::GuardReads::Requester || reads == format::GuardReads::Approver) return false;
        if (reads != format::GuardReads::Object) continue;
        const uint32_t whose = KindOfSource(image, node.source);
        if (whose == kNone || !IsOrIsPartOf(image, kind, whose)) return false;
      }
    }
  }
  return true;
}

// ---- Values

Values::Values(const Image& image, const History& history) : history_(history) {
  for (uint32_t source = 0; source < image.GuardSources().size(); ++source) attributes_.push_back(AttributeOfSource(image, source));
  for (uint32_t row = 0; row < history.values.size(); ++row) {
    by_attribute_[{history.values[row].object, history.values[row].attribute}].push_back(row);
  }
  for (auto& [key, rows] : by_attribute_) {
    std::ranges::stable_sort(rows, {}, [&](uint32_t row) { return std::pair(history_.values[row].at, history_.values[row].before); });
  }
}

const HistoryValue* Values::Latest(uint32_t object, uint32_t source, const Moment& moment) const {
  const auto found = by_attribute_.find({object, attributes_[source]});
  if (attributes_[source] == kNone || found == by_attribute_.end()) return nullptr;
  const auto behind = std::ranges::upper_bound(found->second, std::pair(moment.at, moment.event), {}, [&](uint32_t row) {
    return std::pair(history_.values[row].at, history_.values[row].before);
  });
  return behind == found->second.begin() ? nullptr : &history_.values[*std::prev(behind)];
}

// Something else of the same thing, or an event on the object or a part of it, at the same time.
bool Values::HasEqualTimes(Instant at) const {
  for (const auto& [key, rows] : by_attribute_) {
    for (size_t i = 1; i < rows.size(); ++i) {
      const HistoryValue &one = history_.values[rows[i - 1]], &next = history_.values[rows[i]];
      const bool is_other = one.is_known != next.is_known || one.value.lo != next.value.lo || one.value.hi != next.value.hi;
      if (one.at == next.at && one.at <= at && is_other) return true;
    }
  }
  // By object and time of a value: the first event and the last one.
  std::map<std::pair<uint32_t, Instant>, std::pair<uint32_t, uint32_t>> events;
  for (const HistoryValue& value : history_.values) {
    if (value.at != kBeginningOfTime && value.at <= at) events.try_emplace({value.object, value.at}, kNone, kNone);
  }
  for (uint32_t event = 0; event < history_.events.size() && !events.empty(); ++event) {
    for (uint32_t object = history_.events[event].object; object != kNone; object = history_.objects[object].part_of) {
      const auto found = events.find({object, history_.events[event].at});
      if (found == events.end()) continue;
      if (found->second.first == kNone) found->second.first = event;
      found->second.second = event;
    }
  }
  return std::ranges::any_of(history_.values, [&](const HistoryValue& value) {
    const auto found = events.find({value.object, value.at});
    if (found == events.end() || found->second.first == kNone) return false;
    return !value.is_with || found->second != std::pair(value.before, value.before);
  });
}

uint32_t SeenValues::ObjectOf(uint32_t source) const {
  const uint32_t kind = KindOfSource(image_, source);
  uint32_t object = kind == kNone ? kNone : object_;
  while (object != kNone && history_.objects[object].kind != kind) object = history_.objects[object].part_of;
  return object;
}

const HistoryValue* SeenValues::Said(uint32_t source) const {
  const uint32_t object = ObjectOf(source);
  return object == kNone ? nullptr : values_.Latest(object, source, moment_);
}

std::span<const core::KnownValue> SeenValues::Of(uint32_t source) const {
  const HistoryValue* said = Said(source);
  if (said == nullptr || !said->is_known) return {};
  one_ = {said->value.lo, said->value.hi};
  return {&one_, 1};
}

// ---- Rules at an act

SeenValues Engine::ValuesOn(uint32_t object, const Happened& happened) const {
  return {image_, history_, *values_, object, {happened.at, happened.event}};
}

ConditionState Engine::AppliesAt(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule) const {
  const SeenValues values = ValuesOn(object, happened);
  return core::AppliesTo(image_, rule, {.at = happened.at, .holder = person, .risk = image_.Rules()[rule].risk, .values = &values});
}

// Whether the condition is undecided, though the strictest classes make the rule apply.
bool Engine::IsAssumed(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule) const {
  const SeenValues values = ValuesOn(object, happened);
  const core::GuardView view = {.at = happened.at, .holder = person, .risk = image_.Rules()[rule].risk, .values = &values};
  const auto conditions = core::ConditionsOf(image_, rule, format::GuardPurpose::Applies);
  return !conditions.empty() && core::Decide(image_, conditions.front().guard, view).state() == ConditionState::Unknown;
}

// Of a breach that is none if the unknown is not so: what the condition reads, and what of it nobody said.
void Engine::AddConditionInDoubt(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule, HistoryFinding& finding) const {
  const SeenValues values = ValuesOn(object, happened);
  const core::GuardView view = {.at = happened.at, .holder = person, .risk = image_.Rules()[rule].risk, .values = &values};
  for (const auto& condition : core::ConditionsOf(image_, rule, format::GuardPurpose::Applies)) {
    finding.applies = core::Judged(image_, condition.guard, view);
    finding.applies.state = core::AppliesTo(image_, rule, view);
  }
  if (finding.applies.state == ConditionState::Unknown) AddUnknownValues(happened, object, person, rule, finding.unknown);
}

std::string Engine::UnknownOfObject(const SeenValues& values, uint32_t source) const {
  const format::GuardSourceRecord& record = image_.GuardSources()[source];
  const HistoryValue* said = values.Said(source);
  const uint32_t object = values.ObjectOf(source);
  const std::string name(image_.Text(record.attribute));
  if (object == kNone) return name + " of the " + std::string(image_.Text(record.title)) + " that it is part of";
  const std::string of = name + " of " + ObjectInWords(object);
  const bool is_known = said != nullptr && said->is_known;
  if (!is_known && record.criteria_count != 0) return "";  // a class: what it is made of
  if (said == nullptr) return of;
  if (said->is_of_other_currency) return of + " in " + std::string(image_.Text(record.currency)) + ": it is stated in another currency";
  if (!is_known) return of;
  return said->value.lo == said->value.hi ? "" : of + " exactly";
}

// What the condition of the rule reads and nobody said.
void Engine::AddUnknownValues(const Happened& happened, uint32_t object, uint32_t person, uint32_t rule, std::vector<std::string>& words) const {
  const SeenValues values = ValuesOn(object, happened);
  const core::GuardView view = {.at = happened.at, .holder = person, .risk = image_.Rules()[rule].risk, .values = &values};
  const auto conditions = core::ConditionsOf(image_, rule, format::GuardPurpose::Applies);
  if (conditions.empty()) return;
  const size_t before = words.size();
  std::string is_class;
  for (const uint32_t guard : GuardsIn(image_, conditions.front().guard)) {
    const format::GuardRecord& record = image_.Guards()[guard];
    for (const format::GuardNodeRecord& node : Slice(image_.GuardNodes(), record.nodes_first, record.nodes_count)) {
      if (node.source == kNone || image_.GuardSources()[node.source].reads != format::GuardReads::Object) continue;
      if (std::string unknown = UnknownOfObject(values, node.source); !unknown.empty()) AddOnce(words, std::move(unknown));
      if (is_class.empty() && image_.GuardSources()[node.source].criteria_count != 0) is_class = image_.Text(image_.GuardSources()[node.source].attribute);
    }
    for (const uint32_t source : core::UnknownIn(image_, guard, view)) {
      const std::string of = person == kNone ? "whoever did it" : std::string(table_.actor(person).title);
      AddOnce(words, std::string(image_.Text(image_.GuardSources()[source].attribute)) + " of " + of);
    }
  }
  // All that it is made of is known, and it is none of its values.
  if (words.size() == before && !is_class.empty()) AddOnce(words, is_class + " of " + ObjectInWords(object));
}

}  // namespace sod::histories
