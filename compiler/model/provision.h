// What is carried typed beside the other rows of a model.
#ifndef SODC_MODEL_PROVISION_H_
#define SODC_MODEL_PROVISION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/model/ids.h"
#include "compiler/source/span.h"

namespace sodc::model {

// ---- Provisions: what this version carries typed and does not judge by yet: whole
// declarations (objects, processes, waivers, tests, …), and attributes of declarations
// that are in the model otherwise (kind = theirs, name = theirs). docs/decisions/0026.
struct Reference {
  enum class Kind : uint8_t {
    Scale, ScaleMember, Duty, Group, Role, Actor, System, Conflict, Control, Framework, Clause, Document,
    ScopeDimension, ScopeNode, Entitlement, Provision,
  };
  Kind kind = Kind::Duty;
  uint32_t index = 0;
};
struct ProvisionValue {
  enum class Kind : uint8_t { Reference, Word, Text, Integer, Duration, Time };
  Kind kind = Kind::Word;
  Reference reference;
  std::string text;                    // Word, Text; Duration: unit (h, d, w, mo, y); Time: as written
  int64_t number = 0;                  // Integer (scaled by decimals), Duration: count, Time: seconds UTC
  uint32_t decimals = 0;
};
// Conditions are nested attributes with their operator as keyword (or, not, …), sides and sets with `side`, `any of`, `at`, `as`.
struct ProvisionAttribute {
  std::string keyword;
  std::vector<ProvisionValue> values;
  std::vector<ProvisionAttribute> nested;
  Span span;
};
struct Provision {
  Common common;                       // unnamed ones: a name made of their kind and number
  std::string kind;                    // the declaration word
  bool is_attribute_holder = false;    // attributes of a declaration that is elsewhere in the model
  bool changes_verdicts = false;       // listed in not_checked until it is judged
  std::vector<ProvisionAttribute> attributes;
};

}  // namespace sodc::model

#endif  // SODC_MODEL_PROVISION_H_
