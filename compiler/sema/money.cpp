#include "compiler/sema/money.h"

#include <algorithm>

namespace sodc::sema {
namespace {

// ISO 4217, active codes of money that is paid with, in order; funds and metals are left out.
constexpr std::string_view kTwoDecimals[] = {
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD",
    "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CNY", "COP", "CRC", "CUP",
    "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP",
    "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES", "KGS", "KHR",
    "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP",
    "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP",
    "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD",
    "TZS", "UAH", "USD", "UYU", "UZS", "VED", "VES", "WST", "XCD", "XCG", "YER", "ZAR", "ZMW", "ZWG",
};
constexpr std::string_view kNoDecimals[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                            "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::string_view kThreeDecimals[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};

std::string DecimalsInWords(int count) {
  if (count == 0) return "no decimals";
  return std::to_string(count) + (count == 1 ? " decimal" : " decimals");
}

}  // namespace

std::optional<Currency> FindCurrency(std::string_view code) {
  if (const auto found = std::ranges::find(kTwoDecimals, code); found != std::end(kTwoDecimals)) return Currency{*found, 2};
  if (const auto found = std::ranges::find(kNoDecimals, code); found != std::end(kNoDecimals)) return Currency{*found, 0};
  if (const auto found = std::ranges::find(kThreeDecimals, code); found != std::end(kThreeDecimals)) return Currency{*found, 3};
  return std::nullopt;
}

std::optional<Currency> CurrencyOf(Context& context, const NamePath& path) {
  const std::string code = path.Joined();
  if (const auto known = FindCurrency(code)) return known;
  std::string capitals = code;
  for (char& c : capitals) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  auto diagnostic = Diagnose<DiagKind::WordUnknown>(path.span, code, "currency");
  const bool is_close = FindCurrency(capitals).has_value();
  if (is_close) diagnostic = std::move(diagnostic).Fix(path.span, capitals);
  std::move(diagnostic)
      .Help(is_close ? "did you mean `" + capitals + "`?" : "write its three capital letters of ISO 4217, such as `EUR`")
      .To(context.sink);
  return std::nullopt;
}

NumberType TypeOfNumber(const ast::Attribute& attribute) {
  if (attribute.kind == ast::AttributeKind::Number) {
    const auto* decimals = attribute.values.size() < 2 ? nullptr : std::get_if<ast::Integer>(&attribute.values[1]);
    return {.decimals = decimals == nullptr ? 0 : static_cast<int>(decimals->value)};
  }
  const auto path = attribute.values.size() < 2 ? std::nullopt : PathOf(attribute.values[1]);
  const auto currency = path ? FindCurrency(path->last()) : std::nullopt;
  return currency ? NumberType{currency->code, currency->decimals} : NumberType{};
}

void CheckDecimals(Context& context, const NumberType& type, std::string_view name, const ast::Integer& number) {
  if (number.decimals <= type.decimals) return;
  const std::string what = type.currency.empty() ? "`" + std::string(name) + "`" : std::string(type.currency);
  Diagnose<DiagKind::TooManyDecimals>(number.span, what, DecimalsInWords(type.decimals) + ", not " + std::to_string(number.decimals))
      .Help("a value that it cannot have is never met")
      .To(context.sink);
}

}  // namespace sodc::sema
