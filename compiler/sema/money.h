// Currencies and amounts of them (second-ring E14). Private to compiler/sema.
#ifndef SODC_SEMA_MONEY_H_
#define SODC_SEMA_MONEY_H_

#include <string_view>

#include "compiler/base/currency.h"
#include "compiler/sema/values.h"

namespace sodc::sema {

// The currency of that name, with a report when there is none.
std::optional<Currency> CurrencyOf(Context& context, const NamePath& path);

// What an `amount` or `number` of an object can be; a currency that is none has been reported.
struct NumberType {
  std::string_view currency{};  // empty: no money
  int decimals = 255;           // at most
};
NumberType TypeOfNumber(const ast::Attribute& attribute);

// Reports a number with more decimals than what it is compared with, called `name`, can have.
void CheckDecimals(Context& context, const NumberType& type, std::string_view name, const ast::Integer& number);

}  // namespace sodc::sema

#endif  // SODC_SEMA_MONEY_H_
