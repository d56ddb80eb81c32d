// What a conflict is about, in words: its sides, its name, and what the request has to do with it.
#ifndef SODC_DRIVER_CONFLICT_WORDS_H_
#define SODC_DRIVER_CONFLICT_WORDS_H_

#include <string>

#include "sod/describe.h"
#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

class ConflictWords {
 public:
  // The table must outlive this.
  explicit ConflictWords(const sod::Table& table) : table_(table) {}

  // "Code Development with Code Review"; with the title of a conflict that has one: "Maker and checker (Enter with Release)".
  std::string NameOf(const sod::Conflict& conflict, const sod::RuleDescription& facts) const;
  // " as Approves"; empty without a capacity.
  static std::string Capacity(const sod::Named& capacity);
  // What the request changes of the conflict: "The request introduces this conflict: one side is new."
  static std::string Newness(const sod::Conflict& conflict);
  // "Only when all of it is done on one Shipment."; empty: whenever it is held.
  static std::string When(const sod::RuleDescription& facts);

 private:
  std::string ElementInWords(const sod::ElementDescription& described) const;
  std::string NameOfSide(const sod::SideDescription& side) const;
  std::string RestrictedThing(const sod::Conflict& conflict) const;
  std::string SidesInWords(const sod::Conflict& conflict, const sod::RuleDescription& facts) const;

  const sod::Table& table_;
};

}  // namespace sodc

#endif  // SODC_DRIVER_CONFLICT_WORDS_H_
