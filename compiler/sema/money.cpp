#include "compiler/sema/money.h"

#include <algorithm>

namespace sodc::sema {
namespace {

std::string DecimalsInWords(int count) {
  if (count == 0) return "no decimals";
  return std::to_string(count) + (count == 1 ? " decimal" : " decimals");
}

}  // namespace

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
