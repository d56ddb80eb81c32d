// What a policy changed about a rule that it imports, in words and in JSON (second-ring E44).
#ifndef SODC_DRIVER_CHANGE_WORDS_H_
#define SODC_DRIVER_CHANGE_WORDS_H_

#include <string>

#include "llvm/Support/JSON.h"
#include "sod/describe.h"

namespace sodc {

// "Amended through 2027-03-31 in port.sod:7:1: the risk was High. The bank confirms each payment. Approved by Ada
// Byron." Empty when the rule stands as it was imported.
std::string ChangeInWords(const sod::Table& table, const sod::RuleDescription& rule);

// The attribute `changed`; nothing when the rule stands as it was imported.
void WriteChange(const sod::Table& table, const sod::RuleDescription& rule, llvm::json::OStream& out);

}  // namespace sodc

#endif  // SODC_DRIVER_CHANGE_WORDS_H_
