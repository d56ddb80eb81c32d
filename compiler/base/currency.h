// Currencies of ISO 4217 and how many decimals their minor units have.
#ifndef SODC_BASE_CURRENCY_H_
#define SODC_BASE_CURRENCY_H_

#include <optional>
#include <string_view>

namespace sodc {

// EUR 2, JPY 0, KWD 3.
struct Currency {
  std::string_view code;
  int decimals = 2;
};

// By its three capital letters; nothing when there is none.
std::optional<Currency> FindCurrency(std::string_view code);

}  // namespace sodc

#endif  // SODC_BASE_CURRENCY_H_
