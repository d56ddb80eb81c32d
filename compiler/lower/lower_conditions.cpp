// Conditions of rules: what they read, as numbers, and the conditions as trees of tests for intervals of them
// (second-ring section 1; docs/decisions/0076).
#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "compiler/lower/builder.h"
#include "compiler/lower/condition_words.h"
#include "compiler/model/carried.h"

namespace sodc::lower {
namespace {

using model::FindAttribute;
using model::Provision;
using model::ProvisionAttribute;
using model::ProvisionId;
using model::ProvisionValue;
using model::Reference;

constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
constexpr int64_t kMost = std::numeric_limits<int64_t>::max();

struct Numbers {
  int64_t lo = 0, hi = 0;
};

int64_t Clamp(__int128 number) { return number < kLeast ? kLeast : number > kMost ? kMost : static_cast<int64_t>(number); }

// The number at so many decimals; what is too large for the file is the largest number there is.
int64_t Scaled(const ProvisionValue& value, uint32_t decimals) {
  __int128 number = value.number;
  for (uint32_t i = value.decimals; i < decimals; ++i) number = Clamp(number * 10);
  return Clamp(number);
}

struct Source {
  format::GuardSourceRecord record;
  const ProvisionAttribute* criteria_of = nullptr;  // a class of an object
  ProvisionId object;
  std::vector<format::GuardWordRecord> words;
  std::vector<std::string> spelt;
  std::vector<format::GuardSettingRecord> settings;
  std::vector<format::CountedElementRecord> counted;
  std::vector<format::ClassCriterionRecord> criteria;
};

// `from` of a dated value; open without one.
Instant BoundOf(const ProvisionAttribute& stated, std::string_view keyword, Instant open) {
  const ProvisionAttribute* bound = FindAttribute(stated.nested, keyword);
  return bound == nullptr || bound->values.empty() ? open : bound->values.front().number;
}

class Conditions {
 public:
  explicit Conditions(Builder& builder) : builder_(builder), model_(builder.model), carried_(builder.model) {}

  void Run() {
    for (const model::RuleCondition& condition : model_.conditions) AddCondition(condition);
    if (sources_.empty()) return;
    if (builder_.options.with_people) AddPeople();
    Flush();
  }

 private:
  // ---- Rules

  void AddCondition(const model::RuleCondition& condition) {
    format::RuleConditionRecord record;
    record.from = condition.from;
    record.until = condition.until;
    record.rule = Builder::Row(condition.rule);
    record.purpose = static_cast<format::GuardPurpose>(condition.purpose);
    if (condition.guard) record.guard = GuardRow(*condition.guard, model_.conflicts[condition.rule].per);
    if (condition.purpose == model::RuleCondition::Purpose::Mode) {
      record.mode = lower::FileValue(condition.mode);
      record.otherwise = lower::FileValue(condition.otherwise);
    }
    if (condition.required) {
      const auto [name, title] = NameOfReference(model_, *condition.required);
      if (condition.required->kind == Reference::Kind::Control) record.control = builder_.ControlRow(model::ControlId{condition.required->index});
      const bool is_left_out = condition.required->kind == Reference::Kind::Actor && !builder_.HasActor(model::ActorId{condition.required->index});
      record.what = builder_.Text(is_left_out ? "somebody" : name);
      record.title = builder_.Text(is_left_out ? "somebody who is left out" : title);
    }
    builder_.image.RuleConditions.push_back(record);
  }

  uint32_t GuardRow(uint32_t guard, ProvisionId object) {
    const auto found = guard_rows_.find(guard);
    if (found != guard_rows_.end()) return found->second;
    const uint32_t row = AddGuard(model_.guards[guard], object);
    guard_rows_[guard] = row;
    return row;
  }

  // A guard that reads a class needs the criteria of that class: guards within guards, so nodes are made aside.
  uint32_t AddGuard(const ProvisionAttribute& condition, ProvisionId object) {
    std::vector<Node> nodes;
    AddNode(condition, object, nodes);
    const std::string words = ConditionWords(model_, condition);
    for (uint32_t row = 0; row < guards_.size(); ++row) {
      if (guards_[row].words == words && guards_[row].object == object.index) return row;
    }
    guards_.push_back({words, object.index, std::move(nodes)});
    return static_cast<uint32_t>(guards_.size() - 1);
  }

  // ---- Trees

  struct Node {
    format::GuardNodeKind kind = format::GuardNodeKind::Is;
    uint32_t operands = 0;
    uint32_t source = format::kNone;
    std::vector<Numbers> values;
  };
  struct Guard {
    std::string words;
    uint32_t object = 0;  // whose attributes bare names mean
    std::vector<Node> nodes;
  };

  // INVARIANT: recursion is as deep as brackets nest, which the parser limits.
  void AddNode(const ProvisionAttribute& condition, ProvisionId object, std::vector<Node>& nodes) {
    using Kind = format::GuardNodeKind;
    const bool is_or = condition.keyword == "or", is_and = condition.keyword == "and";
    if (is_or || is_and || condition.keyword == "not") {
      nodes.push_back({is_or ? Kind::Or : is_and ? Kind::And : Kind::Not, static_cast<uint32_t>(condition.nested.size()), format::kNone, {}});
      for (const ProvisionAttribute& operand : condition.nested) AddNode(operand, object, nodes);
      return;
    }
    const ProvisionAttribute* read = FindAttribute(condition.nested, "read");
    const uint32_t source = SourceOf(read == nullptr ? ProvisionAttribute() : *read, condition.keyword == "within", object);
    if (condition.keyword == "is not") nodes.push_back({Kind::Not, 1, format::kNone, {}});
    const bool asks_whether_known = condition.keyword == "is unknown";
    nodes.push_back({asks_whether_known ? Kind::IsUnknown : Kind::Is, 0, source, {}});
    if (!asks_whether_known) nodes.back().values = ValuesOf(condition, sources_[source]);
  }

  std::vector<Numbers> ValuesOf(const ProvisionAttribute& test, Source& source) {
    std::vector<Numbers> values;
    for (const ProvisionValue& value : test.values) {
      const std::optional<Numbers> number = NumberOf(value, source);
      if (!number) continue;
      if (test.keyword == "at least") values.push_back({number->lo, kMost});
      else if (test.keyword == "at most") values.push_back({kLeast, number->hi});
      else if (test.keyword == "above") { if (number->hi != kMost) values.push_back({number->hi + 1, kMost}); }
      else if (test.keyword == "below") { if (number->lo != kLeast) values.push_back({kLeast, number->lo - 1}); }
      else values.push_back(*number);
    }
    return Joined(std::move(values));
  }

  // Ascending, with a gap between two.
  static std::vector<Numbers> Joined(std::vector<Numbers> values) {
    std::ranges::sort(values, {}, [](const Numbers& one) { return std::pair(one.lo, one.hi); });
    std::vector<Numbers> joined;
    for (const Numbers& one : values) {
      const bool touches = !joined.empty() && (joined.back().hi == kMost || one.lo <= joined.back().hi + 1);
      if (touches) joined.back().hi = std::max(joined.back().hi, one.hi);
      else joined.push_back(one);
    }
    return joined;
  }

  // What a value is as a number of the source; nothing for a currency that is said again.
  std::optional<Numbers> NumberOf(const ProvisionValue& value, Source& source) {
    const auto exactly = [](int64_t number) { return Numbers{number, number}; };
    switch (source.record.type) {
      case format::GuardType::Number:
        if (value.kind == ProvisionValue::Kind::Integer) return exactly(Scaled(value, source.record.decimals));
        for (size_t i = 0; i < source.spelt.size(); ++i) {
          if (source.spelt[i] == value.text) return Numbers{source.words[i].lo, source.words[i].hi};
        }
        return std::nullopt;
      case format::GuardType::Member:
        if (value.kind != ProvisionValue::Kind::Reference) return std::nullopt;
        return exactly(model_.scale_members[model::ScaleMemberId{value.reference.index}].rank);
      case format::GuardType::Flag: return exactly(value.text == "yes" ? 1 : 0);
      case format::GuardType::Word: break;
    }
    if (value.kind != ProvisionValue::Kind::Reference) return exactly(WordOf(source, value.text));
    return exactly(WordOf(source, model_.provisions[ProvisionId{value.reference.index}].common.name));
  }

  int64_t WordOf(Source& source, const std::string& word) {
    const auto found = std::ranges::find(source.spelt, word);
    const auto row = static_cast<int64_t>(found - source.spelt.begin());
    if (found == source.spelt.end()) AddWord(source, word, {row, row});
    return row;
  }
  void AddWord(Source& source, const std::string& word, Numbers numbers) {
    source.spelt.push_back(word);
    source.words.push_back({numbers.lo, numbers.hi, builder_.Text(word), 0});
  }

  // ---- What is read

  uint32_t SourceOf(const ProvisionAttribute& read, bool is_unit, ProvisionId object) {
    using Reads = format::GuardReads;
    std::string owner, attribute;
    ProvisionId declared;
    for (const ProvisionValue& value : read.values) {
      if (value.kind == ProvisionValue::Kind::Reference) declared = ProvisionId{value.reference.index};
      else (owner.empty() && !declared.is_valid() && read.values.size() > 1 ? owner : attribute) = value.text;
    }
    const std::string kind = declared.is_valid() ? model_.provisions[declared].kind : "";
    if (kind == "fact") return Get({Reads::Fact, declared.index, ""}, is_unit);
    if (kind == "switch") return Get({Reads::Switch, declared.index, ""}, is_unit);
    if (kind == "object") return Get({Reads::Object, declared.index, attribute}, is_unit);
    const std::string& person = kind == "attribute" ? owner : attribute;
    const Reads of_person = person == "requester" ? Reads::Requester : person == "approver" ? Reads::Approver : Reads::Holder;
    if (kind == "attribute") return Get({of_person, declared.index, ""}, is_unit);
    if (person == "holder" || person == "requester" || person == "approver") return Get({of_person, format::kNone, "unit"}, true);
    const bool is_of_object = object.is_valid() && FindObjectAttribute(object, attribute) != nullptr;
    if (attribute == "risk" && !is_of_object) return Get({Reads::Risk, format::kNone, attribute}, is_unit);
    return Get({Reads::Object, object.index, attribute}, is_unit);
  }

  using Key = std::tuple<format::GuardReads, uint32_t, std::string>;

  uint32_t Get(const Key& key, bool is_unit) {
    const auto found = source_rows_.find(key);
    if (found != source_rows_.end()) return found->second;
    Source source = Make(key, is_unit);
    // What a class is made of stands before it.
    if (source.criteria_of != nullptr) AddCriteria(source);
    const auto row = static_cast<uint32_t>(sources_.size());
    source_rows_[key] = row;
    sources_.push_back(std::move(source));
    return row;
  }

  Source Make(const Key& key, bool is_unit) {
    const auto& [reads, declared, attribute] = key;
    Source source;
    source.record.reads = reads;
    source.record.type = format::GuardType::Word;
    source.record.attribute = builder_.Text(attribute);
    std::string name = attribute;
    if (declared != format::kNone) {
      const Provision& provision = model_.provisions[ProvisionId{declared}];
      source.record.declaration = declared;
      name = provision.common.name;
      source.record.title = builder_.Text(provision.common.title);
      if (reads == format::GuardReads::Object) SetObject(provision, ProvisionId{declared}, attribute, source);
      else if (reads == format::GuardReads::Fact || reads == format::GuardReads::Switch) SetFact(provision, source);
      else SetOwn(provision, source);
      if (reads == format::GuardReads::Object) name += "." + attribute;
    }
    if (reads == format::GuardReads::Risk) SetScale(model_.risk_scale, source);
    const std::string_view person = reads == format::GuardReads::Holder      ? "holder."
                                    : reads == format::GuardReads::Requester ? "requester."
                                    : reads == format::GuardReads::Approver  ? "approver."
                                                                             : "";
    source.record.name = builder_.Text(std::string(person) + name);
    if (declared == format::kNone) source.record.title = builder_.Text(is_unit ? "Unit" : "Risk");
    if (reads != format::GuardReads::Object && !person.empty()) source.record.attribute = builder_.Text(name);
    return source;
  }

  void SetScale(model::ScaleId scale, Source& source) {
    source.record.type = format::GuardType::Member;
    source.record.scale = Builder::Row(scale);
  }

  // `attribute grade of person in grades`.
  void SetOwn(const Provision& provision, Source& source) {
    const auto& attributes = provision.attributes;
    if (const ProvisionAttribute* words = FindAttribute(attributes, "in {…}")) {
      for (const ProvisionValue& word : words->values) WordOf(source, word.text);
    } else if (const ProvisionAttribute* scale = FindAttribute(attributes, "in")) {
      SetScale(model::ScaleId{model::FirstReference(*scale, Reference::Kind::Scale).value_or(format::kNone)}, source);
    } else if (const ProvisionAttribute* type = FindAttribute(attributes, "type"); type != nullptr && !type->values.empty()) {
      if (type->values.front().text == "number") {
        source.record.type = format::GuardType::Number;
        source.record.decimals = kOwnDecimals;
      } else if (type->values.front().text == "flag") {
        source.record.type = format::GuardType::Flag;
      }
    }
  }

  void SetFact(const Provision& provision, Source& source) {
    if (provision.kind == "switch") {
      std::map<Instant, int64_t> values;
      for (const ProvisionAttribute& setting : provision.attributes) {
        if (setting.keyword != "setting" || setting.values.empty()) continue;
        values[BoundOf(setting, "from", kBeginningOfTime)] = WordOf(source, setting.values.front().text);
      }
      for (const auto& [from, value] : values) source.settings.push_back({from, value});
      return;
    }
    source.record.type = format::GuardType::Number;
    if (const ProvisionAttribute* value = FindAttribute(provision.attributes, "value"); value != nullptr && !value->values.empty()) {
      source.settings.push_back({kBeginningOfTime, Scaled(value->values.front(), 0)});
    }
    if (const ProvisionAttribute* count = FindAttribute(provision.attributes, "count people")) SetCounted(*count, source);
  }

  // Of duties and roles, of which any is enough; what else may be asked for has no number (docs/decisions/0076).
  void SetCounted(const ProvisionAttribute& count, Source& source) {
    source.record.is_counted = 1;
    for (const ProvisionAttribute& side : count.nested) {
      const ProvisionAttribute* level = FindAttribute(side.nested, "at");
      const ProvisionAttribute* capacity = FindAttribute(side.nested, "as");
      for (const ProvisionValue& value : side.values) {
        format::CountedElementRecord element;
        const bool is_duty = value.kind == ProvisionValue::Kind::Reference && value.reference.kind == Reference::Kind::Duty;
        const bool is_role = value.kind == ProvisionValue::Kind::Reference && value.reference.kind == Reference::Kind::Role;
        if ((!is_duty && !is_role) || side.keyword == "all of") source.record.is_counted = 0;
        (is_role ? element.role : element.duty) = value.reference.index;
        if (is_duty && model_.access_scale.is_valid()) element.level = 1;
        if (level != nullptr) element.level = model_.scale_members[model::ScaleMemberId{model::FirstReference(*level, Reference::Kind::ScaleMember).value_or(0)}].rank;
        if (capacity != nullptr) element.capacity = model::FirstReference(*capacity, Reference::Kind::ScaleMember).value_or(format::kNone);
        element.is_direct = FindAttribute(side.nested, "directly") != nullptr;
        source.counted.push_back(element);
      }
    }
    if (source.record.is_counted == 0) source.counted.clear();
  }

  const ProvisionAttribute* FindObjectAttribute(ProvisionId object, const std::string& name) const {
    for (const ProvisionAttribute& attribute : model_.provisions[object].attributes) {
      const bool is_value = attribute.keyword == "amount" || attribute.keyword == "number" || attribute.keyword == "flag" || attribute.keyword == "class";
      if (is_value && !attribute.values.empty() && attribute.values.front().text == name) return &attribute;
    }
    return nullptr;
  }

  void SetObject(const Provision& object, ProvisionId id, const std::string& name, Source& source) {
    source.record.object = builder_.Text(object.common.name);
    const ProvisionAttribute* attribute = FindObjectAttribute(id, name);
    if (attribute == nullptr) return;
    if (attribute->keyword == "flag") {
      source.record.type = format::GuardType::Flag;
    } else if (attribute->keyword == "class") {
      const ProvisionAttribute* scale = FindAttribute(attribute->nested, "in");
      SetScale(model::ScaleId{scale == nullptr ? format::kNone : model::FirstReference(*scale, Reference::Kind::Scale).value_or(format::kNone)}, source);
      source.criteria_of = attribute;
      source.object = id;
    } else {
      SetNumber(*attribute, source);
    }
  }

  // `amount value in EUR`, `number weight decimals 2`: what bands a number has.
  void SetNumber(const ProvisionAttribute& attribute, Source& source) {
    source.record.type = format::GuardType::Number;
    const auto [currency, decimals] = NumberTypeOf(attribute);
    source.record.currency = builder_.Text(currency);
    source.record.decimals = decimals;
    __int128 next = kLeast;
    for (const ProvisionAttribute& band : attribute.nested) {
      if (band.keyword != "band" || band.values.empty()) continue;
      __int128 last = kMost;
      if (!band.nested.empty() && !band.nested.front().values.empty()) {
        last = __int128{Scaled(band.nested.front().values.front(), decimals)} - (band.nested.front().keyword == "below" ? 1 : 0);
      }
      AddWord(source, band.values.front().text, {Clamp(next), Clamp(last)});
      next = last + 1;
    }
  }

  // A class that is made of itself, through others, too, is not known within its own criteria.
  void AddCriteria(Source& source) {
    const auto place = std::pair(source.object.index, source.criteria_of);
    if (std::ranges::find(making_, place) != making_.end()) return;
    making_.push_back(place);
    for (const ProvisionAttribute& value : source.criteria_of->nested) {
      if (value.keyword != "value") continue;
      format::ClassCriterionRecord criterion;
      const auto member = model::FirstReference(value, Reference::Kind::ScaleMember);
      if (!member) continue;
      criterion.rank = model_.scale_members[model::ScaleMemberId{*member}].rank;
      const ProvisionAttribute* when = FindAttribute(value.nested, "when");
      if (when != nullptr && !when->nested.empty()) criterion.guard = AddGuard(when->nested.front(), source.object);
      source.criteria.push_back(criterion);
      if (when == nullptr) break;
    }
    making_.pop_back();
  }

  // ---- People

  void AddPeople() {
    for (size_t i = 0; i < model_.actors.size(); ++i) {
      const model::ActorId actor = model_.actors.IdAt(i);
      for (const auto& [key, row] : source_rows_) {
        const auto& [reads, declared, attribute] = key;
        if (reads != format::GuardReads::Holder) continue;
        declared == format::kNone ? AddUnits(actor, row) : AddValues(actor, ProvisionId{declared}, row);
      }
    }
    std::ranges::sort(builder_.image.PersonValues, {}, [](const format::PersonValueRecord& one) {
      return std::tuple(one.actor, one.source, one.from, one.value, one.until);
    });
    const auto repeated = std::ranges::unique(builder_.image.PersonValues, [](const auto& a, const auto& b) {
      return a.actor == b.actor && a.source == b.source && a.from == b.from && a.value == b.value;
    });
    builder_.image.PersonValues.erase(repeated.begin(), repeated.end());
  }

  void AddValues(model::ActorId actor, ProvisionId declared, uint32_t row) {
    for (const ProvisionAttribute* stated : carried_.Of(model_.actors[actor].common.span, "attribute")) {
      if (model::FirstReference(*stated, Reference::Kind::Provision) != declared.index) continue;
      const Instant from = BoundOf(*stated, "from", kBeginningOfTime);
      const Instant until = std::min(BoundOf(*stated, "until", kEndOfTime), BoundOf(*stated, "through", kEndOfTime));
      for (size_t i = 1; i < stated->values.size() && from < until; ++i) {
        const auto number = NumberOf(stated->values[i], sources_[row]);
        if (number) builder_.image.PersonValues.push_back({from, until, number->lo, builder_.ActorRow(actor), row});
      }
    }
  }

  // The unit and all around it.
  void AddUnits(model::ActorId actor, uint32_t row) {
    for (size_t i = 0; i < model_.provisions.size(); ++i) {
      const ProvisionId unit = model_.provisions.IdAt(i);
      if (model_.provisions[unit].kind != "unit" || !carried_.IsInUnit(actor, unit)) continue;
      const int64_t word = WordOf(sources_[row], model_.provisions[unit].common.name);
      builder_.image.PersonValues.push_back({kBeginningOfTime, kEndOfTime, word, builder_.ActorRow(actor), row});
    }
  }

  // ---- Ranges, in the order of the rows

  void Flush() {
    TableImage& image = builder_.image;
    const auto append = [](const auto& rows, auto& section, uint32_t& first, uint32_t& count) {
      first = Begin(section);
      section.insert(section.end(), rows.begin(), rows.end());
      count = CountSince(section, first);
    };
    for (Source& source : sources_) {
      format::GuardSourceRecord& record = source.record;
      append(source.words, image.GuardWords, record.words_first, record.words_count);
      append(source.settings, image.GuardSettings, record.settings_first, record.settings_count);
      append(source.counted, image.CountedElements, record.counted_first, record.counted_count);
      append(source.criteria, image.ClassCriteria, record.criteria_first, record.criteria_count);
      image.GuardSources.push_back(record);
    }
    for (const Guard& guard : guards_) {
      format::GuardRecord record;
      record.words = builder_.Text(guard.words);
      record.nodes_first = Begin(image.GuardNodes);
      for (const Node& node : guard.nodes) {
        format::GuardNodeRecord made{node.kind, node.operands, node.source, Begin(image.GuardValues), static_cast<uint32_t>(node.values.size())};
        for (const Numbers& numbers : node.values) image.GuardValues.push_back({numbers.lo, numbers.hi});
        image.GuardNodes.push_back(made);
      }
      record.nodes_count = CountSince(image.GuardNodes, record.nodes_first);
      image.Guards.push_back(record);
    }
  }

  static constexpr uint32_t kOwnDecimals = 6;

  Builder& builder_;
  const model::Model& model_;
  const model::Carried carried_;
  std::vector<Source> sources_;
  std::map<Key, uint32_t> source_rows_;
  std::vector<Guard> guards_;
  std::map<uint32_t, uint32_t> guard_rows_;  // of model.guards
  std::vector<std::pair<uint32_t, const ProvisionAttribute*>> making_;
};

}  // namespace

void LowerConditions(Builder& builder) { Conditions(builder).Run(); }

}  // namespace sodc::lower
