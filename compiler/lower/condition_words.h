// Conditions as a policy writes them, and what they name. Private to compiler/lower.
#ifndef SODC_LOWER_CONDITION_WORDS_H_
#define SODC_LOWER_CONDITION_WORDS_H_

#include <string>
#include <utility>

#include "compiler/model/model.h"

namespace sodc::lower {

// `holder.department is pharmacy and not (value below 10 or value is unknown)`: in the layout of the formatter,
// with the brackets that are needed and no others.
std::string ConditionWords(const model::Model& model, const model::ProvisionAttribute& condition);

// Name and title of what a reference refers to.
std::pair<std::string, std::string> NameOfReference(const model::Model& model, const model::Reference& reference);

// Of `amount` and `number`: the currency, empty for none, and the decimals of its numbers.
std::pair<std::string, uint32_t> NumberTypeOf(const model::ProvisionAttribute& attribute);

}  // namespace sodc::lower

#endif  // SODC_LOWER_CONDITION_WORDS_H_
