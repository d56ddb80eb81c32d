// Currencies and amounts of them (second-ring E14). Private to compiler/sema.
#ifndef SODC_SEMA_MONEY_H_
#define SODC_SEMA_MONEY_H_

#include <string_view>

#include "compiler/sema/values.h"

namespace sodc::sema {

// A currency of ISO 4217 and how many decimals its minor unit has: EUR 2, JPY 0, KWD 3.
struct Currency {
  std::string_view code;
  int decimals = 2;
};

std::optional<Currency> FindCurrency(std::string_view code);
// The same, with a report when there is none.
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
