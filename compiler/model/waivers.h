// The waivers of a policy, and which of the policy's rules about waivers each of them breaks for
// which conflict (second-ring E11, E12; rulings SEM-19). For the table and for findings.
#ifndef SODC_MODEL_WAIVERS_H_
#define SODC_MODEL_WAIVERS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/model/actor_holdings.h"
#include "compiler/model/carried.h"
#include "compiler/model/model.h"

namespace sodc::model {

// One of the two. A unit is everybody in it.
struct WaiverParty {
  ActorId actor;
  RoleId role;
  bool operator==(const WaiverParty&) const = default;
};

// Those that an attribute names, each once, author's order; people by a condition are left out.
std::vector<WaiverParty> PartiesIn(const Carried& carried, const ProvisionAttribute& stated);

struct Waiver {
  ProvisionId provision;
  std::vector<WaiverParty> parties;    // author's order
  std::vector<ConflictId> conflicts;   // each rule of an `each of` by itself
  Scope only_in;                       // where it excuses; no box: everywhere
  std::vector<std::variant<DutyId, RoleId, EntitlementId>> members;  // what it excuses alone; none: all of the conflicts
  std::string reason, ticket, closed_because;
  ActorId requester, approver, owner;
  Instant from = kBeginningOfTime;
  Instant until = kEndOfTime;
  Instant closed = kEndOfTime;         // the start of that day; the end of time: it is open
  Instant next = kBeginningOfTime;     // the end of that day; the beginning of time: not stated
  std::vector<ControlId> controls;
  ProvisionId renews;
};

enum class BreachKind : uint8_t { NeverWaived, TooLong, ApproverNotEntitled, ReasonTooShort, ControlMissing, TicketMissing, RenewedTooOften };
struct Breach {
  BreachKind kind = BreachKind::TooLong;
  std::string words;                   // "it is longer than 45d": a sentence without its end
  Span span;                           // the rule about waivers that is broken
};

// `only in …` and `only holding …` of a waiver, as the model carries them.
Scope ScopeIn(const ProvisionAttribute& only_in);
std::vector<std::variant<DutyId, RoleId, EntitlementId>> MembersIn(const ProvisionAttribute& only_holding);
// Whether the element is one of the members, at whatever level and in whatever capacity.
bool IsAmong(const SideElement& element, const std::vector<std::variant<DutyId, RoleId, EntitlementId>>& members);
// Whether something may lie in both; the whole is in every scope.
bool DoScopesMeet(const Model& model, const Scope& a, const Scope& b);

// Refers to the model, which must not change.
class Waivers {
 public:
  explicit Waivers(const Model& model);

  const std::vector<Waiver>& all() const { return all_; }  // declared order
  // Every rule about waivers that it breaks where it is used for the conflict.
  std::vector<Breach> BreachesOf(const Waiver& waiver, ConflictId conflict) const;
  // The waivers that this one continues, the nearest first: named by `renews`, or of the same
  // party and conflict and touching. Each once.
  std::vector<const Waiver*> RenewedBy(const Waiver& waiver) const;
  // Whether the policy says how often a waiver may be renewed.
  bool HasCapOfRenewals() const { return Rule("at most … renewals") != nullptr; }
  // The rule about all waivers with this keyword, or null.
  const ProvisionAttribute* Rule(std::string_view keyword) const;
  // Who approved it and has a part in it, as far as the policy says: "`tom`, for whom it is"; empty: nobody.
  // With a day: who stands in then or when the waiver begins, as a query asks; else on any day of it.
  std::string OwnInterest(const Waiver& waiver, std::optional<Instant> day = std::nullopt) const;
  // Why whoever approved it is nobody: "which is no person"; empty: somebody.
  std::string_view WhyNobody(const Waiver& waiver) const;
  // Whether `approved by …`, `for …` names the actor at the time.
  bool IsAmong(ActorId actor, const ProvisionAttribute& named, Instant at) const;

 private:
  Waiver Read(ProvisionId id) const;
  const Waiver* WaiverOf(ProvisionId id) const;
  bool MayExcuseAlike(const Waiver& a, const Waiver& b) const;
  bool Continues(const Waiver& waiver, const Waiver& earlier) const;
  bool IsTooLong(const Waiver& waiver, const ProvisionAttribute& longest) const;
  void CheckApprover(const Waiver& waiver, const Conflict& conflict, std::vector<Breach>& breaches) const;
  bool IsOf(ActorId actor, const ProvisionAttribute& party, Instant at) const;
  bool AreOne(ActorId a, ActorId b) const;
  bool StandsInFor(const Waiver& waiver, ActorId somebody, std::optional<Instant> day) const;
  void CheckForm(const Waiver& waiver, std::vector<Breach>& breaches) const;

  const Model& model_;
  const Carried carried_;
  const ActorHoldings holdings_;
  std::vector<Waiver> all_;
  std::vector<ProvisionId> rules_;     // `waivers { … }`
};

}  // namespace sodc::model

#endif  // SODC_MODEL_WAIVERS_H_
