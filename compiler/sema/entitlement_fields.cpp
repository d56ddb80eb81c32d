// Conditions on the fields of one grant. One use of a permission has one value in each field;
// a grant allows every combination of the values it gives. So a condition is met iff some
// combination meets it, `not` included: it looks at one grant, not at what else is held.
#include "compiler/sema/carry.h"
#include "compiler/sema/entitlements.h"

#include <algorithm>

namespace sodc::sema {
namespace {

using ast::Condition;
using model::EntitlementField;

constexpr uint64_t kMostCombinations = 100'000;

std::string_view WordOf(Condition::Operator test) {
  switch (test) {
    case Condition::Operator::IsUnknown: return "is unknown";
    case Condition::Operator::AtLeast: return "at least";
    case Condition::Operator::AtMost: return "at most";
    case Condition::Operator::Above: return "above";
    case Condition::Operator::Below: return "below";
    case Condition::Operator::Within: return "within";
    default: return "";
  }
}

template <typename Value>
std::string ValueText(const Value& value) {
  if (const auto* text = std::get_if<ast::Text>(&value)) return text->value;
  if (const auto* ref = std::get_if<ast::Ref>(&value)) return ref->Joined();
  if (const auto* integer = std::get_if<ast::Integer>(&value)) {
    std::string digits = std::to_string(integer->value);
    if (integer->decimals == 0) return digits;
    while (digits.size() <= integer->decimals) digits.insert(0, "0");
    return digits.insert(digits.size() - integer->decimals, ".");
  }
  if (const auto* date = std::get_if<ast::DateLiteral>(&value)) return date->spelling;
  if (const auto* duration = std::get_if<ast::Duration>(&value)) {
    constexpr std::string_view kUnits[] = {"h", "d", "w", "mo", "y"};
    return std::to_string(duration->count) + std::string(kUnits[static_cast<size_t>(duration->unit)]);
  }
  return "";
}

void AddTests(const Condition& condition, std::vector<const Condition*>& tests) {
  if (condition.kind == Condition::Kind::Test) return tests.push_back(&condition);
  for (const Condition& operand : condition.operands) AddTests(operand, tests);
}

// What one field can be: a value that some test names, or none of them.
struct Field {
  std::string name;
  std::vector<std::string> named;       // by tests, each once
  std::vector<std::optional<std::string>> choices;  // nothing: another value
};

class Meeting {
 public:
  Meeting(const PatternWords& words, const std::vector<const Condition*>& conditions,
          const std::vector<EntitlementField>& given)
      : words_(words), conditions_(conditions) {
    std::vector<const Condition*> tests;
    for (const Condition* condition : conditions) AddTests(*condition, tests);
    for (const Condition* test : tests) AddNamed(*test);
    for (Field& field : fields_) Choose(field, given);
  }

  Overlap Run() {
    uint64_t combinations = 1;
    for (const Field& field : fields_) {
      combinations *= field.choices.size();
      if (combinations > kMostCombinations) return Overlap::TooComplex;
    }
    for (uint64_t i = 0; i < combinations; ++i) {
      uint64_t rest = i;
      at_.clear();
      for (const Field& field : fields_) {
        at_.push_back(&field.choices[rest % field.choices.size()]);
        rest /= field.choices.size();
      }
      if (std::all_of(conditions_.begin(), conditions_.end(), [&](const Condition* one) { return IsMet(*one); })) {
        return Overlap::Yes;
      }
    }
    return Overlap::No;
  }

 private:
  void AddNamed(const Condition& test) {
    const std::string name = test.subject.Joined();
    auto place = std::find_if(fields_.begin(), fields_.end(), [&](const Field& field) { return field.name == name; });
    if (place == fields_.end()) place = fields_.insert(fields_.end(), Field{name, {}, {}});
    for (const auto& value : test.values) {
      std::string text = ValueText(value);
      if (std::find(place->named.begin(), place->named.end(), text) == place->named.end()) {
        place->named.push_back(std::move(text));
      }
    }
  }

  void Choose(Field& field, const std::vector<EntitlementField>& given) {
    const auto place =
        std::find_if(given.begin(), given.end(), [&](const EntitlementField& one) { return one.name == field.name; });
    for (const std::string& named : field.named) {
      if (place == given.end() || IsGiven(*place, named)) field.choices.emplace_back(named);
    }
    const bool may_be_another =
        place == given.end() || std::any_of(place->values.begin(), place->values.end(), [&](const std::string& value) {
          return HasWildcard(words_, value) || std::find(field.named.begin(), field.named.end(), value) == field.named.end();
        });
    if (may_be_another) field.choices.emplace_back(std::nullopt);
  }

  bool IsGiven(const EntitlementField& given, const std::string& wanted) const {
    return std::any_of(given.values.begin(), given.values.end(), [&](const std::string& value) {
      return value == wanted || (HasWildcard(words_, value) && Matches(words_, value, wanted));
    });
  }

  // INVARIANT: recursion is as deep as brackets nest, which the parser limits.
  bool IsMet(const Condition& condition) const {
    const auto is_met = [&](const Condition& operand) { return IsMet(operand); };
    switch (condition.kind) {
      case Condition::Kind::Or: return std::any_of(condition.operands.begin(), condition.operands.end(), is_met);
      case Condition::Kind::And: return std::all_of(condition.operands.begin(), condition.operands.end(), is_met);
      case Condition::Kind::Not: return !IsMet(condition.operands.front());
      case Condition::Kind::Test: break;
    }
    const std::string name = condition.subject.Joined();
    const auto place = std::find_if(fields_.begin(), fields_.end(), [&](const Field& field) { return field.name == name; });
    const std::optional<std::string>& value = *at_[static_cast<size_t>(place - fields_.begin())];
    const bool is_one = value && std::any_of(condition.values.begin(), condition.values.end(),
                                             [&](const auto& wanted) { return ValueText(wanted) == *value; });
    return is_one != (condition.test == Condition::Operator::IsNot);
  }

  const PatternWords& words_;
  const std::vector<const Condition*>& conditions_;
  std::vector<Field> fields_;
  std::vector<const std::optional<std::string>*> at_;  // of each field, in this combination
};

}  // namespace

void CheckFieldTests(Context& context, const Condition& condition) {
  std::vector<const Condition*> tests;
  AddTests(condition, tests);
  for (const Condition* test : tests) {
    const bool is_possible = test->test == Condition::Operator::Is || test->test == Condition::Operator::IsNot ||
                             test->test == Condition::Operator::In;
    if (is_possible) continue;
    Diagnose<DiagKind::FieldTestImpossible>(test->span, test->subject.Joined(), WordOf(test->test))
        .Help("a field is a text of the other system: test it with `is`, `is not` or `in { … }`")
        .To(context.sink);
  }
}

Overlap CanMeet(const PatternWords& words, const std::vector<const Condition*>& conditions,
                const std::vector<EntitlementField>& given) {
  if (conditions.empty()) return Overlap::Yes;
  return Meeting(words, conditions, given).Run();
}

void AddTestedFields(const Condition& condition, std::vector<const ast::Ref*>& fields) {
  std::vector<const Condition*> tests;
  AddTests(condition, tests);
  for (const Condition* test : tests) fields.push_back(&test->subject);
}

std::vector<EntitlementField> GivenFields(const Attributes& clauses) {
  std::vector<EntitlementField> fields;
  for (const ast::Attribute& clause : clauses) {
    if (clause.kind != ast::AttributeKind::With) continue;
    const auto path = FirstPath(&clause);
    if (!path) continue;
    const std::string name = path->Joined();
    auto place = std::find_if(fields.begin(), fields.end(), [&](const EntitlementField& one) { return one.name == name; });
    if (place == fields.end()) place = fields.insert(fields.end(), EntitlementField{name, {}});
    for (const ast::Value& value : clause.values) {
      const auto* text = std::get_if<ast::Text>(&value);
      if (text != nullptr) place->values.push_back(text->value);
    }
  }
  return fields;
}

model::ProvisionAttribute CarryFieldCondition(const Condition& condition) {
  model::ProvisionAttribute made;
  made.span = condition.span;
  switch (condition.kind) {
    case Condition::Kind::Or: made.keyword = "or"; break;
    case Condition::Kind::And: made.keyword = "and"; break;
    case Condition::Kind::Not: made.keyword = "not"; break;
    case Condition::Kind::Test: {
      const bool is_in = condition.test == Condition::Operator::In;
      made.keyword = is_in ? "in" : condition.test == Condition::Operator::IsNot ? "is not" : "is";
      made.nested.push_back({.keyword = "read",
                             .values = {WordValue(condition.subject.Joined())},
                             .nested = {},
                             .span = condition.subject.span});
      for (const auto& value : condition.values) {
        model::ProvisionValue text = WordValue(ValueText(value));
        text.kind = model::ProvisionValue::Kind::Text;
        made.values.push_back(std::move(text));
      }
      break;
    }
  }
  for (const Condition& operand : condition.operands) made.nested.push_back(CarryFieldCondition(operand));
  return made;
}

}  // namespace sodc::sema
