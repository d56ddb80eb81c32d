#include "compiler/model/waivers.h"

#include <algorithm>

#include "compiler/base/utf8.h"

namespace sodc::model {
namespace {

std::string_view FirstText(const ProvisionAttribute* attribute) {
  if (attribute == nullptr) return {};
  for (const ProvisionValue& value : attribute->values) {
    if (value.kind == ProvisionValue::Kind::Text) return value.text;
  }
  return {};
}

Instant FirstTime(const ProvisionAttribute* attribute, Instant otherwise) {
  if (attribute == nullptr) return otherwise;
  for (const ProvisionValue& value : attribute->values) {
    if (value.kind == ProvisionValue::Kind::Time) return value.number;
  }
  return otherwise;
}

ActorId FirstActor(const ProvisionAttribute* attribute) {
  const auto row = attribute == nullptr ? std::nullopt : FirstReference(*attribute, Reference::Kind::Actor);
  return row ? ActorId{*row} : ActorId{};
}

int64_t FirstNumber(const ProvisionAttribute& attribute) { return attribute.values.empty() ? 0 : attribute.values.front().number; }

size_t CharactersOf(std::string_view text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++count) i += std::max<uint32_t>(1, DecodeUtf8(text, i).length);
  return count;
}

template <typename T>
bool Share(const std::vector<T>& a, const std::vector<T>& b) {
  return std::ranges::any_of(a, [&](const T& one) { return std::ranges::find(b, one) != b.end(); });
}

}  // namespace

std::vector<WaiverParty> PartiesIn(const Carried& carried, const ProvisionAttribute& stated) {
  std::vector<WaiverParty> parties;
  const auto add = [&](WaiverParty party) {
    if (std::ranges::find(parties, party) == parties.end()) parties.push_back(party);
  };
  for (const ProvisionAttribute& party : stated.nested) {
    if (party.keyword == "when" || party.keyword == "people where") continue;
    for (const uint32_t row : References(party, Reference::Kind::Actor)) add({ActorId{row}, {}});
    for (const uint32_t row : References(party, Reference::Kind::Role)) add({{}, RoleId{row}});
    for (const uint32_t row : References(party, Reference::Kind::Provision)) {
      for (const ActorId member : carried.MembersOf(ProvisionId{row})) add({member, {}});
    }
  }
  return parties;
}

// Every combination of one value a dimension, the last dimension running fastest.
Scope ScopeIn(const ProvisionAttribute& only_in) {
  Scope scope;
  if (!only_in.nested.empty()) scope.boxes.emplace_back();
  for (const ProvisionAttribute& dimension : only_in.nested) {
    std::vector<std::vector<ScopeNodeId>> boxes;
    for (const auto& box : scope.boxes) {
      for (const uint32_t node : References(dimension, Reference::Kind::ScopeNode)) {
        boxes.push_back(box);
        boxes.back().push_back(ScopeNodeId{node});
      }
    }
    scope.boxes = std::move(boxes);
  }
  return scope;
}

std::vector<std::variant<DutyId, RoleId, EntitlementId>> MembersIn(const ProvisionAttribute& only_holding) {
  std::vector<std::variant<DutyId, RoleId, EntitlementId>> members;
  const auto add = [&](std::variant<DutyId, RoleId, EntitlementId> member) {
    if (std::ranges::find(members, member) == members.end()) members.push_back(member);
  };
  for (const ProvisionValue& value : only_holding.values) {
    if (value.kind != ProvisionValue::Kind::Reference) continue;
    if (value.reference.kind == Reference::Kind::Duty) add(DutyId{value.reference.index});
    if (value.reference.kind == Reference::Kind::Role) add(RoleId{value.reference.index});
    if (value.reference.kind == Reference::Kind::Entitlement) add(EntitlementId{value.reference.index});
  }
  return members;
}

bool IsAmong(const SideElement& element, const std::vector<std::variant<DutyId, RoleId, EntitlementId>>& members) {
  return std::visit(
      [&](const auto& what) {
        if constexpr (std::is_same_v<std::decay_t<decltype(what)>, Being>) {
          return false;
        } else {
          return std::ranges::find(members, std::variant<DutyId, RoleId, EntitlementId>(what)) != members.end();
        }
      },
      element.what);
}

namespace {

// Two nodes of one dimension have no leaf in common, or there is no such dimension.
bool AreApart(const Model& model, const std::vector<ScopeNodeId>& a, const std::vector<ScopeNodeId>& b) {
  return std::ranges::any_of(a, [&](ScopeNodeId one) {
    return std::ranges::any_of(b, [&](ScopeNodeId other) {
      const ScopeNode &x = model.scope_nodes[one], &y = model.scope_nodes[other];
      return x.dimension == y.dimension && (x.hi <= y.lo || y.hi <= x.lo);
    });
  });
}

}  // namespace

bool DoScopesMeet(const Model& model, const Scope& a, const Scope& b) {
  if (a.boxes.empty() || b.boxes.empty()) return true;
  return std::ranges::any_of(a.boxes, [&](const auto& box) {
    return std::ranges::any_of(b.boxes, [&](const auto& other) { return !AreApart(model, box, other); });
  });
}

Waivers::Waivers(const Model& model) : model_(model), carried_(model), holdings_(model) {
  for (size_t i = 0; i < model.provisions.size(); ++i) {
    const ProvisionId id = model.provisions.IdAt(i);
    if (model.provisions[id].kind == "waiver") all_.push_back(Read(id));
    if (model.provisions[id].kind == "waivers") rules_.push_back(id);
  }
}

Waiver Waivers::Read(ProvisionId id) const {
  const auto& attributes = model_.provisions[id].attributes;
  Waiver waiver;
  waiver.provision = id;
  for (const ProvisionAttribute& attribute : attributes) {
    if (attribute.keyword == "for") waiver.parties = PartiesIn(carried_, attribute);
    if (attribute.keyword == "conflict") {
      for (const uint32_t row : References(attribute, Reference::Kind::Conflict)) waiver.conflicts.push_back(ConflictId{row});
    }
    if (attribute.keyword == "control") {
      for (const uint32_t row : References(attribute, Reference::Kind::Control)) waiver.controls.push_back(ControlId{row});
    }
  }
  if (const ProvisionAttribute* only_in = FindAttribute(attributes, "only in")) waiver.only_in = ScopeIn(*only_in);
  if (const ProvisionAttribute* only_holding = FindAttribute(attributes, "only holding")) waiver.members = MembersIn(*only_holding);
  waiver.reason = FirstText(FindAttribute(attributes, "reason"));
  waiver.ticket = FirstText(FindAttribute(attributes, "ticket"));
  waiver.closed_because = FirstText(FindAttribute(attributes, "closed"));
  waiver.requester = FirstActor(FindAttribute(attributes, "requester"));
  waiver.approver = FirstActor(FindAttribute(attributes, "approver"));
  waiver.owner = FirstActor(FindAttribute(attributes, "owner"));
  if (const ProvisionAttribute* valid = FindAttribute(attributes, "valid")) {
    waiver.from = FirstTime(FindAttribute(valid->nested, "from"), kBeginningOfTime);
    const ProvisionAttribute* until = FindAttribute(valid->nested, "until");
    waiver.until = FirstTime(until != nullptr ? until : FindAttribute(valid->nested, "through"), kEndOfTime);
  }
  waiver.closed = FirstTime(FindAttribute(attributes, "closed"), kEndOfTime);
  if (const ProvisionAttribute* next = FindAttribute(attributes, "next")) waiver.next = EndOfNext(model_, *next);
  const ProvisionAttribute* renews = FindAttribute(attributes, "renews");
  const auto renewed = renews == nullptr ? std::nullopt : FirstReference(*renews, Reference::Kind::Provision);
  if (renewed) waiver.renews = ProvisionId{*renewed};
  return waiver;
}

const Waiver* Waivers::WaiverOf(ProvisionId id) const {
  const auto found = std::ranges::find(all_, id, &Waiver::provision);
  return found == all_.end() ? nullptr : &*found;
}

const ProvisionAttribute* Waivers::Rule(std::string_view keyword) const {
  for (const ProvisionId rules : rules_) {
    if (const ProvisionAttribute* rule = FindAttribute(model_.provisions[rules].attributes, keyword)) return rule;
  }
  return nullptr;
}

// ---- Renewals

// Those that excuse in other places, or other members, excuse nothing alike.
bool Waivers::MayExcuseAlike(const Waiver& a, const Waiver& b) const {
  const auto shared = std::ranges::count_if(a.members, [&](const auto& member) { return std::ranges::find(b.members, member) != b.members.end(); });
  const bool share_members = a.members.empty() || b.members.empty() || shared > 0;
  return share_members && DoScopesMeet(model_, a.only_in, b.only_in);
}

bool Waivers::Continues(const Waiver& waiver, const Waiver& earlier) const {
  if (&waiver == &earlier) return false;
  if (waiver.renews == earlier.provision) return true;
  if (!MayExcuseAlike(waiver, earlier)) return false;
  const bool touches = earlier.from < waiver.from && std::min(earlier.until, earlier.closed) >= waiver.from;
  return touches && Share(waiver.parties, earlier.parties) && Share(waiver.conflicts, earlier.conflicts);
}

// INVARIANT: a circle of `renews` is refused (SOD1384), but not one through a waiver that only touches, so each is added once.
std::vector<const Waiver*> Waivers::RenewedBy(const Waiver& waiver) const {
  std::vector<const Waiver*> chain = {&waiver};
  for (size_t i = 0; i < chain.size(); ++i) {
    for (const Waiver& earlier : all_) {
      const bool is_new = std::ranges::find(chain, &earlier) == chain.end();
      if (is_new && Continues(*chain[i], earlier)) chain.push_back(&earlier);
    }
  }
  chain.erase(chain.begin());
  return chain;
}

// ---- Rules about waivers

bool Waivers::IsTooLong(const Waiver& waiver, const ProvisionAttribute& longest) const {
  if (longest.values.empty()) return false;
  return waiver.until > After(waiver.from, longest.values.front(), model_.policy.time_zone_seconds);
}

bool Waivers::IsOf(ActorId actor, const ProvisionAttribute& party, Instant at) const {
  if (party.keyword == "people where") {
    return !party.nested.empty() && carried_.HoldsFor(actor, party.nested.front(), at) == Truth::Yes;
  }
  for (const uint32_t row : References(party, Reference::Kind::Actor)) {
    if (holdings_.IsPartOf(actor, ActorId{row})) return true;
  }
  for (const uint32_t row : References(party, Reference::Kind::Role)) {
    if (holdings_.HoldsRole(actor, RoleId{row}, at)) return true;
  }
  for (const uint32_t row : References(party, Reference::Kind::Provision)) {
    if (carried_.IsInUnit(actor, ProvisionId{row})) return true;
  }
  return false;
}

bool Waivers::IsAmong(ActorId actor, const ProvisionAttribute& named, Instant at) const {
  return std::ranges::any_of(named.nested, [&](const ProvisionAttribute& party) {
    return party.keyword != "when" && IsOf(actor, party, at);
  });
}

// Whoever approves must be named by every rule about all waivers that applies, and by some of
// those of the conflict. A condition that cannot be decided applies to be safe.
void Waivers::CheckApprover(const Waiver& waiver, const Conflict& conflict, std::vector<Breach>& breaches) const {
  const auto applies = [&](const ProvisionAttribute& rule) {
    const ProvisionAttribute* when = FindAttribute(rule.nested, "when");
    return when == nullptr || when->nested.empty() || carried_.HoldsFor(conflict, when->nested.front()) != Truth::No;
  };
  const std::string words = "`" + model_.actors[waiver.approver].common.name + "` is none of those who may approve it";
  for (const ProvisionId rules : rules_) {
    for (const ProvisionAttribute& rule : model_.provisions[rules].attributes) {
      if (rule.keyword != "approved by" || !applies(rule) || IsAmong(waiver.approver, rule, waiver.from)) continue;
      breaches.push_back({BreachKind::ApproverNotEntitled, words, rule.span});
    }
  }
  std::vector<const ProvisionAttribute*> named = carried_.Of(conflict, "waived by");
  if (conflict.mode == Mode::Approve) {
    for (const ProvisionAttribute* rule : carried_.Of(conflict, "approved by")) {
      if (applies(*rule)) named.push_back(rule);
    }
  }
  const bool is_named = std::ranges::any_of(named, [&](const auto* rule) { return IsAmong(waiver.approver, *rule, waiver.from); });
  if (!named.empty() && !is_named) breaches.push_back({BreachKind::ApproverNotEntitled, words, named.front()->span});
}

// ---- Who approved it

bool Waivers::AreOne(ActorId a, ActorId b) const { return holdings_.IsPartOf(a, b) || holdings_.IsPartOf(b, a); }

bool Waivers::StandsInFor(const Waiver& waiver, ActorId somebody, std::optional<Instant> day) const {
  return std::ranges::any_of(model_.delegations, [&](const Delegation& delegation) {
    const auto runs_at = [&](Instant at) { return delegation.valid_from <= at && at < delegation.valid_until; };
    const bool overlaps = delegation.valid_from < waiver.until && waiver.from < delegation.valid_until;
    return (day ? runs_at(*day) || runs_at(waiver.from) : overlaps) && delegation.from == somebody && AreOne(delegation.to, waiver.approver);
  });
}

std::string Waivers::OwnInterest(const Waiver& waiver, std::optional<Instant> day) const {
  const auto name = [&](ActorId actor) { return "`" + model_.actors[actor].common.name + "`"; };
  const std::string approver = name(waiver.approver);
  if (AreOne(waiver.approver, waiver.requester)) return approver + ", who asked for it";
  for (const WaiverParty& party : waiver.parties) {
    const bool is_own = party.actor.is_valid() ? AreOne(waiver.approver, party.actor) : holdings_.HoldsRole(waiver.approver, party.role, waiver.from);
    if (is_own) return approver + ", for whom it is";
    if (party.actor.is_valid() && StandsInFor(waiver, party.actor, day)) return approver + ", who stands in for " + name(party.actor);
  }
  return StandsInFor(waiver, waiver.requester, day) ? approver + ", who stands in for " + name(waiver.requester) : "";
}

std::string_view Waivers::WhyNobody(const Waiver& waiver) const {
  const Actor& approver = model_.actors[waiver.approver];
  if (approver.kind == ActorKind::Service || approver.kind == ActorKind::Tool || approver.kind == ActorKind::Agent) return "which is no person";
  if (approver.kind == ActorKind::Team && approver.members.empty()) return "a team without members";
  return approver.is_vacant ? "a post that nobody has" : "";
}

// What it must say, whatever it is for.
void Waivers::CheckForm(const Waiver& waiver, std::vector<Breach>& breaches) const {
  if (const ProvisionAttribute* shortest = Rule("reason at least")) {
    const int64_t wanted = FirstNumber(*shortest);
    if (static_cast<int64_t>(CharactersOf(waiver.reason)) < wanted) {
      breaches.push_back({BreachKind::ReasonTooShort, "its reason is shorter than " + std::to_string(wanted) + " characters", shortest->span});
    }
  }
  if (const ProvisionAttribute* needs = Rule("needs")) {
    for (const ProvisionValue& need : needs->values) {
      if (need.text == "control" && waiver.controls.empty()) {
        breaches.push_back({BreachKind::ControlMissing, "it names no control", needs->span});
      }
      if (need.text == "ticket" && waiver.ticket.empty()) breaches.push_back({BreachKind::TicketMissing, "it names no ticket", needs->span});
    }
  }
  if (const ProvisionAttribute* cap = Rule("at most … renewals")) {
    const size_t count = RenewedBy(waiver).size();
    const int64_t allowed = FirstNumber(*cap);
    if (static_cast<int64_t>(count) > allowed) {
      const std::string words = "it is renewal number " + std::to_string(count) + ", and " + std::to_string(allowed) +
                                (allowed == 1 ? " is allowed" : " are allowed");
      breaches.push_back({BreachKind::RenewedTooOften, words, cap->span});
    }
  }
}

std::vector<Breach> Waivers::BreachesOf(const Waiver& waiver, ConflictId id) const {
  const Conflict& conflict = model_.conflicts[id];
  std::vector<Breach> breaches;
  const auto never = carried_.Of(conflict, "never waived");
  if (!never.empty()) {
    breaches.push_back({BreachKind::NeverWaived, "`" + conflict.common.name + "` is never waived", never.front()->span});
  }
  std::vector<const ProvisionAttribute*> lengths = carried_.Of(conflict, "longest");
  if (const ProvisionAttribute* of_all = Rule("longest")) lengths.push_back(of_all);
  for (const ProvisionAttribute* longest : lengths) {
    if (!IsTooLong(waiver, *longest)) continue;
    const ProvisionValue& length = longest->values.front();
    breaches.push_back({BreachKind::TooLong, "it is longer than " + std::to_string(length.number) + length.text, longest->span});
  }
  CheckApprover(waiver, conflict, breaches);
  CheckForm(waiver, breaches);
  return breaches;
}

}  // namespace sodc::model
