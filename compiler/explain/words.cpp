#include "compiler/explain/words.h"

#include <fmt/format.h>

#include "compiler/explain/page.h"

namespace sodc::explain {
namespace {

using model::Model;

constexpr std::string_view kStates[] = {"active", "eligible", "requested", "suspended", "emergency"};

std::string BoxText(const Model& model, const std::vector<model::ScopeNodeId>& box) {
  std::string text;
  for (const model::ScopeNodeId id : box) {
    const model::ScopeNode& node = model.scope_nodes[id];
    text += fmt::format("{}{} {}", text.empty() ? "" : " and ", model.scope_dimensions[node.dimension].common.name, node.common.name);
  }
  return text;
}

}  // namespace

std::string InScope(const Model& model, const model::Scope& scope) {
  std::string text;
  for (const auto& box : scope.boxes) text += (text.empty() ? " in " : ", or ") + BoxText(model, box);
  return text;
}

std::string AsCapacity(const Model& model, model::ScaleMemberId capacity) {
  return capacity.is_valid() ? " as " + model.scale_members[capacity].common.name : "";
}

std::string AtLevel(const Model& model, model::ScaleMemberId level) {
  return level.is_valid() ? " at " + model.scale_members[level].common.name : "";
}

std::string During(const Model& model, Instant from, Instant until) {
  const int32_t zone = model.policy.time_zone_seconds;
  std::string text;
  if (from != kBeginningOfTime) text += " from " + TimeText(from, zone);
  if (until != kEndOfTime) {
    const std::string end = EndText(until, zone);  // the last day, or an instant that is no longer included
    text += (end.find('T') == std::string::npos ? " through " : " until ") + end;
  }
  return text;
}

std::string Conditions(const Model& model, const model::Assignment& assignment) {
  std::string text = AsCapacity(model, assignment.capacity) + InScope(model, assignment.scope);
  if (assignment.state != model::HoldingState::Active) {
    text.append(", ").append(kStates[static_cast<size_t>(assignment.state)]);
  }
  return text + During(model, assignment.from, assignment.until);
}

std::string Conditions(const Model& model, const model::Grant& grant) {
  std::string text = AtLevel(model, grant.level) + AsCapacity(model, grant.capacity) + InScope(model, grant.scope);
  if (!grant.condition.empty()) text += fmt::format(", if \"{}\"", grant.condition);
  if (grant.is_undecided) text += grant.undecided.empty() ? ", undecided" : fmt::format(", undecided \"{}\"", grant.undecided);
  return text;
}

std::string NameOf(const Model& model, const std::variant<model::DutyId, model::RoleId, model::EntitlementId>& what) {
  if (const auto* duty = std::get_if<model::DutyId>(&what)) return model.duties[*duty].common.name;
  if (const auto* role = std::get_if<model::RoleId>(&what)) return "role " + model.roles[*role].common.name;
  return "entitlement " + model.entitlements[std::get<model::EntitlementId>(what)].common.name;
}

std::string Number(const model::ProvisionValue& value) {
  std::string digits = std::to_string(value.number);
  const size_t sign = value.number < 0 ? 1 : 0;
  if (digits.size() - sign <= value.decimals) digits.insert(sign, value.decimals + 1 - (digits.size() - sign), '0');
  if (value.decimals != 0) digits.insert(digits.size() - value.decimals, 1, '.');
  return digits;
}

// INVARIANT: recursion is as deep as brackets nest, which the parser limits.
std::string Expression(const Model& model, const model::HoldingExpression& expression) {
  using Kind = model::HoldingExpression::Kind;
  if (expression.kind == Kind::Entitlement) return model.entitlements[expression.entitlement].common.name;
  const std::string_view word = expression.kind == Kind::And ? " and " : " or ";
  std::string text;
  for (const model::HoldingExpression& operand : expression.operands) {
    const bool needs_brackets = expression.kind == Kind::And && operand.kind == Kind::Or;
    const std::string inner = Expression(model, operand);
    text += fmt::format("{}{}", text.empty() ? "" : word, needs_brackets ? "(" + inner + ")" : inner);
  }
  return text;
}

std::string PlacesOf(const Model& model, const model::Conflict& conflict) {
  std::string text;
  if (conflict.match == model::ScopeMatch::Same) text += ", in the same ";
  if (conflict.match == model::ScopeMatch::Across) text += ", across each ";
  if (conflict.match != model::ScopeMatch::Any) text += model.scope_dimensions[conflict.dimension].common.name;
  if (!conflict.only_in.boxes.empty()) text += ", only" + InScope(model, conflict.only_in);
  if (conflict.moment == model::Moment::Session) text += ", in one session";
  if (conflict.per.is_valid()) text += ", per " + model.provisions[conflict.per].common.name;
  if (conflict.subject == model::RuleSubject::Account) text += ", in one account";
  if (conflict.subject == model::RuleSubject::Unit) text += ", in one unit";
  if (!conflict.counting_is_declared) return text;
  std::vector<std::string> states;
  for (uint32_t state = 0; state < std::size(kStates); ++state) {
    if ((conflict.counting >> state & 1) != 0) states.emplace_back(kStates[state]);
  }
  return text + ", counts " + Join(states);
}

}  // namespace sodc::explain
