// What a table says about a rule, resolved to texts: the part of an answer that does
// not depend on the subject. Texts point into the table and live as long as it does.
#ifndef SOD_DESCRIBE_H_
#define SOD_DESCRIBE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sod/export.h"
#include "sod/table.h"

namespace sod {

struct ClauseDescription {
  Named framework;
  std::string_view id;     // "A.5.3"
  std::string_view label;  // our own words; may be empty
};

enum class SideQuantifier : uint8_t { One, Any, All };

enum class ElementKind : uint8_t { Duty, Role, Entitlement, Relation };

// One element of a side: what it is, and how it must be held to count.
struct ElementDescription {
  ElementKind kind = ElementKind::Duty;
  Named element;           // Relation: its name, and the title of the object
  Named capacity;          // of a duty or a role; empty: any in which something is done
  bool is_direct = false;  // a role that counts only when it is assigned, not by inclusion
  Named creator;           // Relation: the duty that creates such objects and so may bring it about; empty: none is named
};

struct SideDescription {
  SideQuantifier quantifier = SideQuantifier::One;
  Named group;                               // empty when the side was not written as one group
  std::vector<Named> elements;               // of any kind, author's order
  std::vector<ElementDescription> described; // the same ones
};

enum class RuleKind : uint8_t {
  Pair, Set, AtMost, Role, Restriction, Forbidden, Sensitive, Reserved
};

// How a policy changed a rule that it imports (second-ring E44): `amend` or `disable`.
struct RuleChange {
  bool is_disabled = false;            // judged, and observed only; else amended
  Instant until = kEndOfTime;          // from then on the rule is again what it was
  std::string_view because;
  std::vector<Named> approved_by;      // in written order; without people in the table those who are people are left out
  Named risk_before;                   // of an amended rule; empty: it was not rated
  std::string_view mode_before;        // of an amended rule
  std::string_view file;               // where it is stated
  uint32_t line = 1;
  uint32_t column = 1;
};

struct RuleDescription {
  Named rule;                          // the name is the id: `a/b` for an unnamed pair
  bool is_named = false;
  RuleKind kind = RuleKind::Pair;
  std::string_view kind_name;          // pair, set, at_most, role, restriction, forbidden, sensitive, reserved
  std::string_view moment;             // static, session, object
  Named object;                        // the kind of object; empty: the rule is about none
  std::string_view modality;           // must, should
  std::string_view reason;             // of should
  std::string_view mode;               // observe, warn, approve, deny
  std::string_view effective_mode;     // the milder of mode and the policy's ceiling
  // Where it is said: rule, enforcement (its level), policy (`default mode`), modality (deny for must, warn
  // for should), kind (what `sensitive` means). The last three are defaults.
  std::string_view mode_source;
  bool is_mode_default() const { return mode_source != "rule" && mode_source != "enforcement"; }
  std::string_view because;
  std::string_view advice;
  Named risk;                          // empty: not rated
  bool is_risk_default = false;        // by the policy's `default risk`
  Named risk_scale;
  uint32_t at_most = 1;                // more members held than this is a conflict
  uint32_t first_side = 0;             // row of Sides; ConflictSide::side counts from the same zero
  Instant disabled_until = kBeginningOfTime;  // judged, and observed only, until then
  std::optional<RuleChange> change;    // of a rule that was imported and amended or disabled; not after its end
  std::vector<Named> controls;         // listed by the rule, author's order
  std::vector<ClauseDescription> clauses;
  std::string_view file;               // the first place that states it, relative to the policy's folder
  uint32_t line = 1;
  uint32_t column = 1;                 // bytes, one-based
};

// `rule` and `side` are rows of the table. Allocates; not for the hot path.
// A rule that was amended is described as amended, or, given an instant, as it is then.
SOD_API RuleDescription Describe(const Table& table, uint32_t rule);
SOD_API RuleDescription Describe(const Table& table, uint32_t rule, Instant at);
SOD_API SideDescription DescribeSide(const Table& table, uint32_t side);
SOD_API ElementDescription DescribeElement(const Table& table, uint32_t element);
// The policy's appetite for risk; empty when it has no risk scale.
SOD_API Named Appetite(const Table& table);
// Whether the policy declares one; otherwise it is the lowest level.
SOD_API bool IsAppetiteDeclared(const Table& table);
// Whether a role says that it is a position.
SOD_API bool IsPosition(const Table& table, uint32_t role);

}  // namespace sod

#endif  // SOD_DESCRIBE_H_
