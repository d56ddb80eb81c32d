#include "compiler/model/carried.h"

#include <algorithm>

namespace sodc::model {
namespace {

uint64_t KeyOf(Span span) { return (uint64_t{span.file.index} << 32) | span.begin; }

Truth Not(Truth truth) { return static_cast<Truth>(2 - static_cast<int>(truth)); }

bool IsReferenceTo(const ProvisionValue& value, Reference::Kind kind) {
  return value.kind == ProvisionValue::Kind::Reference && value.reference.kind == kind;
}

bool AreEqual(const ProvisionValue& a, const ProvisionValue& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == ProvisionValue::Kind::Reference) return a.reference.kind == b.reference.kind && a.reference.index == b.reference.index;
  return a.number == b.number && a.decimals == b.decimals && a.text == b.text;
}

}  // namespace

const ProvisionAttribute* FindAttribute(const std::vector<ProvisionAttribute>& attributes, std::string_view keyword) {
  const auto found = std::ranges::find(attributes, keyword, &ProvisionAttribute::keyword);
  return found == attributes.end() ? nullptr : &*found;
}

std::vector<uint32_t> References(const ProvisionAttribute& attribute, Reference::Kind kind) {
  std::vector<uint32_t> rows;
  for (const ProvisionValue& value : attribute.values) {
    if (IsReferenceTo(value, kind)) rows.push_back(value.reference.index);
  }
  return rows;
}

Span SpanOf(const Provision& provision, std::string_view keyword) {
  const ProvisionAttribute* found = FindAttribute(provision.attributes, keyword);
  return found == nullptr ? provision.common.span : found->span;
}

Instant EndOfNext(const Model& model, const ProvisionAttribute& next) {
  if (next.values.empty()) return kEndOfTime;
  return ParseEnd(next.values.front().text, model.policy.time_zone_seconds).value_or(next.values.front().number);
}

std::optional<uint32_t> FirstReference(const ProvisionAttribute& attribute, Reference::Kind kind) {
  const std::vector<uint32_t> rows = References(attribute, kind);
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

bool HasProvision(const Model& model, std::string_view kind) {
  return std::ranges::any_of(model.provisions, [&](const Provision& provision) { return provision.kind == kind; });
}

Instant After(Instant from, const ProvisionValue& duration, int32_t zone) {
  constexpr Instant kDay = 86400;
  // Longer than the calendar is for ever.
  if (duration.number > 1'000'000) return kEndOfTime;
  if (duration.text == "h") return from + duration.number * 3600;
  if (duration.text == "d") return from + duration.number * kDay;
  if (duration.text == "w") return from + duration.number * 7 * kDay;
  const Date day = DayIn(zone, from);
  const Instant clock = from - (StartOf(day) - zone);
  const int64_t months = duration.number * (duration.text == "mo" ? 1 : 12);
  return StartOf(AddMonths(day, months)) - zone + clock;
}

Carried::Carried(const Model& model) : model_(model) {
  for (size_t i = 0; i < model.provisions.size(); ++i) {
    const Provision& provision = model.provisions[model.provisions.IdAt(i)];
    if (provision.is_attribute_holder) holders_[KeyOf(provision.common.span)].push_back(model.provisions.IdAt(i));
  }
}

std::vector<const ProvisionAttribute*> Carried::Of(Span statement, std::string_view keyword) const {
  std::vector<const ProvisionAttribute*> found;
  const auto holders = holders_.find(KeyOf(statement));
  if (holders == holders_.end()) return found;
  for (const ProvisionId holder : holders->second) {
    for (const ProvisionAttribute& attribute : model_.provisions[holder].attributes) {
      if (attribute.keyword == keyword) found.push_back(&attribute);
    }
  }
  return found;
}

std::vector<const ProvisionAttribute*> Carried::Of(const Conflict& conflict, std::string_view keyword) const {
  std::vector<const ProvisionAttribute*> found = Of(conflict.common.span, keyword);
  for (const Span source : conflict.sources) {
    if (KeyOf(source) == KeyOf(conflict.common.span)) continue;
    for (const ProvisionAttribute* attribute : Of(source, keyword)) found.push_back(attribute);
  }
  return found;
}

// INVARIANT: units in a circle are refused (SOD1380); nothing here relies on it, so each is looked at once.
bool Carried::IsInUnit(ActorId actor, ProvisionId unit) const {
  std::vector<uint32_t> reached;
  for (const ProvisionAttribute* stated : Of(model_.actors[actor].common.span, "unit")) {
    for (const uint32_t row : References(*stated, Reference::Kind::Provision)) reached.push_back(row);
  }
  for (size_t i = 0; i < reached.size(); ++i) {
    if (reached[i] == unit.index) return true;
    const ProvisionAttribute* within = FindAttribute(model_.provisions[ProvisionId{reached[i]}].attributes, "within");
    const auto outer = within == nullptr ? std::nullopt : FirstReference(*within, Reference::Kind::Provision);
    if (outer && std::ranges::find(reached, *outer) == reached.end()) reached.push_back(*outer);
  }
  return false;
}

std::vector<ActorId> Carried::MembersOf(ProvisionId unit) const {
  std::vector<ActorId> members;
  for (size_t i = 0; i < model_.actors.size(); ++i) {
    if (IsInUnit(model_.actors.IdAt(i), unit)) members.push_back(model_.actors.IdAt(i));
  }
  return members;
}

Truth Carried::HoldsFor(ActorId actor, const ProvisionAttribute& condition, Instant at) const {
  return Holds({actor, nullptr, at}, condition);
}

Truth Carried::HoldsFor(const Conflict& conflict, const ProvisionAttribute& condition) const {
  return Holds({ActorId{}, &conflict, 0}, condition);
}

// INVARIANT: recursion is as deep as brackets nest, which the parser limits.
Truth Carried::Holds(const Asked& asked, const ProvisionAttribute& condition) const {
  const bool is_or = condition.keyword == "or";
  if (is_or || condition.keyword == "and") {
    Truth truth = is_or ? Truth::No : Truth::Yes;
    for (const ProvisionAttribute& operand : condition.nested) {
      const Truth one = Holds(asked, operand);
      truth = is_or ? std::max(truth, one) : std::min(truth, one);
    }
    return truth;
  }
  if (condition.keyword == "not" && condition.nested.size() == 1) return Not(Holds(asked, condition.nested.front()));
  return Test(asked, condition);
}

Truth Carried::Test(const Asked& asked, const ProvisionAttribute& test) const {
  const ProvisionAttribute* read = FindAttribute(test.nested, "read");
  if (read == nullptr) return Truth::Unknown;
  const bool is_about_actor = !read->values.empty() && read->values.front().text == "approver" && read->values.size() == 1;
  if (test.keyword == "within" && is_about_actor && asked.actor.is_valid()) {
    const auto unit = FirstReference(test, Reference::Kind::Provision);
    return unit && IsInUnit(asked.actor, ProvisionId{*unit}) ? Truth::Yes : Truth::No;
  }
  const auto held = Read(asked, *read);
  if (test.keyword == "is unknown") return !held ? Truth::Unknown : held->empty() ? Truth::Yes : Truth::No;
  if (!held || held->empty()) return Truth::Unknown;
  const bool is_true = std::ranges::any_of(*held, [&](const ProvisionValue& value) { return IsTrueOf(value, test); });
  return is_true == (test.keyword != "is not") ? Truth::Yes : Truth::No;
}

// What the condition reads of the one asked about; nothing when it reads anything else.
std::optional<std::vector<ProvisionValue>> Carried::Read(const Asked& asked, const ProvisionAttribute& read) const {
  std::vector<ProvisionValue> held;
  if (asked.conflict != nullptr) {
    if (read.values.size() != 1 || read.values.front().text != "risk") return std::nullopt;
    if (!asked.conflict->risk.is_valid()) return held;
    held.emplace_back().kind = ProvisionValue::Kind::Reference;
    held.back().reference = {Reference::Kind::ScaleMember, asked.conflict->risk.index};
    return held;
  }
  const bool is_of_another = read.values.size() == 2 && read.values.front().text != "approver";
  const auto own = FirstReference(read, Reference::Kind::Provision);
  if (!own || read.values.size() > 2 || is_of_another) return std::nullopt;
  for (const ProvisionAttribute* stated : Of(model_.actors[asked.actor].common.span, "attribute")) {
    if (FirstReference(*stated, Reference::Kind::Provision) != own) continue;
    const ProvisionAttribute* from = FindAttribute(stated->nested, "from");
    const ProvisionAttribute* until = FindAttribute(stated->nested, "until");
    const bool is_early = from != nullptr && !from->values.empty() && asked.at < from->values.front().number;
    const bool is_late = until != nullptr && !until->values.empty() && asked.at >= until->values.front().number;
    if (is_early || is_late) continue;
    held.insert(held.end(), stated->values.begin() + 1, stated->values.end());
  }
  return held;
}

// Of `is not` whether it is. Members of a scale by rank, numbers by size.
bool Carried::IsTrueOf(const ProvisionValue& held, const ProvisionAttribute& test) const {
  const auto compare = [&](const ProvisionValue& value) -> std::optional<int> {
    int64_t ours = held.number, theirs = value.number;
    const bool are_members = IsReferenceTo(held, Reference::Kind::ScaleMember) && IsReferenceTo(value, Reference::Kind::ScaleMember);
    if (are_members) {
      ours = model_.scale_members[ScaleMemberId{held.reference.index}].rank;
      theirs = model_.scale_members[ScaleMemberId{value.reference.index}].rank;
    } else if (held.kind != ProvisionValue::Kind::Integer || value.kind != held.kind || value.decimals != held.decimals) {
      return std::nullopt;
    }
    return ours < theirs ? -1 : ours > theirs ? 1 : 0;
  };
  return std::ranges::any_of(test.values, [&](const ProvisionValue& value) {
    if (test.keyword == "is" || test.keyword == "is not" || test.keyword == "in") return AreEqual(held, value);
    const std::optional<int> order = compare(value);
    if (test.keyword == "at least") return order && *order >= 0;
    if (test.keyword == "at most") return order && *order <= 0;
    if (test.keyword == "above") return order && *order > 0;
    return test.keyword == "below" && order && *order < 0;
  });
}

}  // namespace sodc::model
