// Reading what provisions carry: the attributes of a statement, units, and conditions on people.
// Three-valued: what nobody said is unknown, neither yes nor no.
#ifndef SODC_MODEL_CARRIED_H_
#define SODC_MODEL_CARRIED_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/calendar.h"
#include "compiler/model/model.h"

namespace sodc::model {

enum class Truth : uint8_t { No, Unknown, Yes };

// The attribute with this keyword, or null; the first of several.
const ProvisionAttribute* FindAttribute(const std::vector<ProvisionAttribute>& attributes, std::string_view keyword);
// Where that attribute stands, or else the name of the declaration.
Span SpanOf(const Provision& provision, std::string_view keyword);
// The end of the day, or month, that a `next` names: the last one on which what is due is in time.
Instant EndOfNext(const Model& model, const ProvisionAttribute& next);
// The row that the attribute's first reference of this kind names.
std::optional<uint32_t> FirstReference(const ProvisionAttribute& attribute, Reference::Kind kind);
// All rows of that kind, author's order.
std::vector<uint32_t> References(const ProvisionAttribute& attribute, Reference::Kind kind);

// Whether anything of this kind is declared: "waiver".
bool HasProvision(const Model& model, std::string_view kind);

// `from` and this long: months by the calendar of the zone, clamped to the end of a shorter month.
// The value is a duration.
Instant After(Instant from, const ProvisionValue& duration, int32_t zone);

// Refers to the model, which must not change. O(provisions) to make.
class Carried {
 public:
  explicit Carried(const Model& model);

  // The attributes with this keyword that are carried of the statement at the span, source order.
  std::vector<const ProvisionAttribute*> Of(Span statement, std::string_view keyword) const;
  // Those of a rule, by whatever statement, its level of enforcement among them.
  std::vector<const ProvisionAttribute*> Of(const Conflict& conflict, std::string_view keyword) const;

  // Whether the actor belongs to the unit or to one within it.
  bool IsInUnit(ActorId actor, ProvisionId unit) const;
  // Everybody who does, declared order.
  std::vector<ActorId> MembersOf(ProvisionId unit) const;

  // Whether a condition about people holds for this one at the time. An attribute that is read of
  // anybody else is unknown.
  Truth HoldsFor(ActorId actor, const ProvisionAttribute& condition, Instant at) const;
  // Whether a condition about a rule does: what it reads besides the risk is unknown.
  Truth HoldsFor(const Conflict& conflict, const ProvisionAttribute& condition) const;

 private:
  struct Asked {
    ActorId actor;
    const Conflict* conflict = nullptr;
    Instant at = 0;
  };
  Truth Holds(const Asked& asked, const ProvisionAttribute& condition) const;
  Truth Test(const Asked& asked, const ProvisionAttribute& test) const;
  std::optional<std::vector<ProvisionValue>> Read(const Asked& asked, const ProvisionAttribute& read) const;
  bool IsTrueOf(const ProvisionValue& held, const ProvisionAttribute& test) const;

  const Model& model_;
  std::unordered_map<uint64_t, std::vector<ProvisionId>> holders_;  // by the place of a statement
};

}  // namespace sodc::model

#endif  // SODC_MODEL_CARRIED_H_
