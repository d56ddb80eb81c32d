// What is said of objects is checked against what the policy declares: a value that is none is an error, an amount in
// another currency is told and not known (second-ring E14).
#include "compiler/driver/history_values.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/base/currency.h"

namespace sodc {
namespace json = llvm::json;

namespace {

// As it is written, without an exponent; empty: doubles do not tell such numbers apart.
std::string NumberText(const json::Value& value) {
  if (const auto integer = value.getAsInteger()) return std::to_string(*integer);
  const double number = value.getAsNumber().value_or(std::numeric_limits<double>::infinity());
  if (!(std::fabs(number) < 1e15)) return "";
  char text[64];
  const auto end = std::to_chars(std::begin(text), std::end(text), number, std::chars_format::fixed);
  return {text, end.ptr};
}

// "an amount in EUR with 2 decimals, or small, medium, large".
std::string Wanted(const sod::AttributeType& type) {
  const std::string words = fmt::format("{}", fmt::join(type.words, ", "));
  if (type.type == "flag") return "yes or no";
  if (type.type == "class") return "one of " + words;
  const std::string decimals = type.decimals == 0 ? "without decimals" : fmt::format("with at most {} decimal{}", type.decimals, type.decimals == 1 ? "" : "s");
  const std::string number = type.type == "amount" ? fmt::format("an amount in {} {}", type.currency, decimals) : "a number " + decimals;
  return words.empty() ? number : fmt::format("{}, or one of {}", number, words);
}

// `1200.50 EUR`: what stands before the currency, and the currency.
std::pair<std::string_view, std::string_view> SplitAmount(std::string_view text) {
  const size_t space = text.rfind(' ');
  if (space == std::string_view::npos) return {text, {}};
  return {text.substr(0, text.find_last_not_of(' ', space) + 1), text.substr(space + 1)};
}

class ValueReader {
 public:
  ValueReader(const sod::Table& table, const sod::AttributeType& type) : table_(table), type_(type) {}

  ReadHistoryValue Read(const json::Value& value) {
    if (value.kind() == json::Value::Null) return {};
    const bool is_number = type_.type == "amount" || type_.type == "number";
    if (const auto flag = value.getAsBoolean(); flag && type_.type == "flag") return ReadText(*flag ? "yes" : "no");
    if (const auto text = value.getAsString()) return is_number ? ReadAmount({text->data(), text->size()}) : ReadText({text->data(), text->size()});
    if (value.kind() != json::Value::Number || !is_number) return Wrong(Shown(value));
    const std::string text = NumberText(value);
    if (text.empty()) return {.error = fmt::format("`{}` is too large to be read exactly; write it as a text", type_.name), .warning = {}, .range = {}};
    return ReadText(text);
  }

 private:
  ReadHistoryValue ReadText(std::string_view text) {
    const auto range = sod::ReadAttribute(table_, type_, text);
    if (!range) return Wrong(text);
    return {.error = {}, .warning = {}, .is_known = true, .range = *range};
  }

  ReadHistoryValue ReadAmount(std::string_view text) {
    const auto [number, currency] = SplitAmount(text);
    if (currency.empty() || type_.type != "amount") return ReadText(text);
    if (!FindCurrency(currency)) return Wrong(text);
    if (currency == type_.currency) return ReadText(number);
    return {.error = {}, .warning = fmt::format("`{}` is an amount in {}, and `{}` in another currency: it is not known", type_.name, type_.currency, text),
            .is_of_other_currency = true, .range = {}};
  }

  ReadHistoryValue Wrong(std::string_view text) {
    return {.error = fmt::format("`{}` is {}, and not `{}`", type_.name, Wanted(type_), text), .warning = {}, .range = {}};
  }

  static std::string Shown(const json::Value& value) {
    if (value.kind() == json::Value::Array) return "[…]";
    if (value.kind() == json::Value::Object) return "{…}";
    if (const auto flag = value.getAsBoolean()) return *flag ? "true" : "false";
    return NumberText(value);
  }

  const sod::Table& table_;
  const sod::AttributeType& type_;
};

}  // namespace

ReadHistoryValue ReadValueOf(const sod::Table& table, const sod::AttributeType& type, const json::Value& value) {
  return ValueReader(table, type).Read(value);
}

sod::Result<uint32_t> FindAttributeNamed(const sod::Table& table, uint32_t kind, std::string_view name) {
  if (const auto attribute = sod::FindAttribute(table, kind, name)) return *attribute;
  std::vector<std::string_view> names;
  const auto [first, end] = sod::AttributesOf(table, kind);
  for (uint32_t row = first; row < end; ++row) names.push_back(sod::TypeOfAttribute(table, row).name);
  return sod::Error{sod::ErrorCode::UnknownName, fmt::format("a {} has no attribute `{}`", sod::ObjectKindName(table, kind).name, name),
                    names.empty() ? "the policy declares none of it" : fmt::format("it has {}", fmt::join(names, ", "))};
}

}  // namespace sodc
