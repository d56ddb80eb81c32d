#include "compiler/lower/condition_words.h"

#include "compiler/base/currency.h"
#include "compiler/model/carried.h"

namespace sodc::lower {
namespace {

using model::ProvisionAttribute;
using model::ProvisionValue;
using model::Reference;

std::string NumberWords(const ProvisionValue& value) {
  const auto bits = static_cast<uint64_t>(value.number);
  std::string digits = std::to_string(value.number < 0 ? 0 - bits : bits);
  if (value.decimals != 0) {
    if (digits.size() <= value.decimals) digits.insert(0, value.decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - value.decimals, ".");
  }
  return (value.number < 0 ? "-" : "") + digits;
}

std::string ValueWords(const model::Model& model, const ProvisionValue& value) {
  switch (value.kind) {
    case ProvisionValue::Kind::Reference: return NameOfReference(model, value.reference).first;
    case ProvisionValue::Kind::Text: return '"' + value.text + '"';
    case ProvisionValue::Kind::Integer: return NumberWords(value);
    case ProvisionValue::Kind::Duration: return std::to_string(value.number) + value.text;
    case ProvisionValue::Kind::Word:
    case ProvisionValue::Kind::Time: break;
  }
  return value.text;
}

// A currency that is said again belongs to the number before it.
std::string ValuesWords(const model::Model& model, const ProvisionAttribute& test) {
  std::string words;
  bool is_behind_number = false;
  for (const ProvisionValue& value : test.values) {
    const bool is_currency = is_behind_number && value.kind == ProvisionValue::Kind::Word;
    words += (words.empty() ? "" : is_currency ? " " : ", ") + ValueWords(model, value);
    is_behind_number = value.kind == ProvisionValue::Kind::Integer;
  }
  return test.keyword == "in" ? "{ " + words + " }" : words;
}

std::string TestWords(const model::Model& model, const ProvisionAttribute& test) {
  std::string words;
  if (const ProvisionAttribute* read = model::FindAttribute(test.nested, "read")) {
    for (const ProvisionValue& value : read->values) words += (words.empty() ? "" : ".") + ValueWords(model, value);
  }
  words += ' ' + test.keyword;
  return test.keyword == "is unknown" ? words : words + ' ' + ValuesWords(model, test);
}

enum class Binds : uint8_t { Or, And, Not };

// INVARIANT: recursion is as deep as brackets nest, which the parser limits.
std::string Words(const model::Model& model, const ProvisionAttribute& condition, Binds within) {
  if (condition.keyword == "not" && condition.nested.size() == 1) return "not " + Words(model, condition.nested.front(), Binds::Not);
  const bool is_or = condition.keyword == "or";
  if (!is_or && condition.keyword != "and") return TestWords(model, condition);
  std::string words;
  for (const ProvisionAttribute& operand : condition.nested) {
    words += (words.empty() ? "" : ' ' + condition.keyword + ' ') + Words(model, operand, is_or ? Binds::Or : Binds::And);
  }
  const bool needs_brackets = within == Binds::Not || (within == Binds::And && is_or);
  return needs_brackets ? '(' + words + ')' : words;
}

template <typename Rows, typename Id>
std::pair<std::string, std::string> NamesAt(const Rows& rows, Id id) {
  return {rows[id].common.name, rows[id].common.title};
}

}  // namespace

std::string ConditionWords(const model::Model& model, const ProvisionAttribute& condition) {
  return Words(model, condition, Binds::Or);
}

std::pair<std::string, std::string> NameOfReference(const model::Model& model, const Reference& reference) {
  switch (reference.kind) {
    case Reference::Kind::Scale: return NamesAt(model.scales, model::ScaleId{reference.index});
    case Reference::Kind::ScaleMember: return NamesAt(model.scale_members, model::ScaleMemberId{reference.index});
    case Reference::Kind::Duty: return NamesAt(model.duties, model::DutyId{reference.index});
    case Reference::Kind::Group: return NamesAt(model.groups, model::GroupId{reference.index});
    case Reference::Kind::Role: return NamesAt(model.roles, model::RoleId{reference.index});
    case Reference::Kind::Actor: return NamesAt(model.actors, model::ActorId{reference.index});
    case Reference::Kind::System: return NamesAt(model.systems, model::SystemId{reference.index});
    case Reference::Kind::Conflict: return NamesAt(model.conflicts, model::ConflictId{reference.index});
    case Reference::Kind::Control: return NamesAt(model.controls, model::ControlId{reference.index});
    case Reference::Kind::Framework: return NamesAt(model.frameworks, model::FrameworkId{reference.index});
    case Reference::Kind::ScopeDimension: return NamesAt(model.scope_dimensions, model::ScopeDimensionId{reference.index});
    case Reference::Kind::ScopeNode: return NamesAt(model.scope_nodes, model::ScopeNodeId{reference.index});
    case Reference::Kind::Entitlement: return NamesAt(model.entitlements, model::EntitlementId{reference.index});
    case Reference::Kind::Provision: return NamesAt(model.provisions, model::ProvisionId{reference.index});
    case Reference::Kind::Document: return {model.documents[reference.index].common.name, model.documents[reference.index].common.title};
    case Reference::Kind::Clause: break;
  }
  const model::Clause& clause = model.clauses[model::ClauseId{reference.index}];
  return {clause.id, clause.label};
}

std::pair<std::string, uint32_t> NumberTypeOf(const ProvisionAttribute& attribute) {
  if (attribute.keyword == "amount") {
    const std::string currency = attribute.values.size() > 1 ? attribute.values[1].text : "";
    const std::optional<Currency> known = FindCurrency(currency);
    return {currency, known ? static_cast<uint32_t>(known->decimals) : 2};
  }
  for (const ProvisionValue& value : attribute.values) {
    if (value.kind == ProvisionValue::Kind::Integer) return {"", static_cast<uint32_t>(value.number)};
  }
  return {"", 0};
}

}  // namespace sodc::lower
