#include "compiler/model/conferring.h"

#include <algorithm>

namespace sodc::model {

Conferring::Conferring(const Model& model)
    : model_(model),
      entitlements_(static_cast<uint32_t>(model.entitlements.size())),
      duties_(static_cast<uint32_t>(model.duties.size())) {
  const size_t count = size_t{entitlements_} + duties_;
  sources_.resize(count);
  targets_.resize(count);
  needed_.assign(count, 1);
  is_needed_.assign(count, false);
  for (const Derivation& derivation : model.derivations) {
    const Node target = std::visit([&](auto id) { return NodeOf(id); }, derivation.target);
    if (derivation.sources.kind != HoldingExpression::Kind::Or) {
      AddSource(AddGate(derivation.sources), target);
      continue;
    }
    // Any of them is enough by itself.
    for (const HoldingExpression& operand : derivation.sources.operands) AddSource(AddGate(operand), target);
  }
  Sort();
}

// INVARIANT: recursion is as deep as brackets nest, which the parser limits.
Conferring::Node Conferring::AddGate(const HoldingExpression& expression) {
  if (expression.kind == HoldingExpression::Kind::Entitlement) return NodeOf(expression.entitlement);
  std::vector<Node> operands;
  for (const HoldingExpression& operand : expression.operands) operands.push_back(AddGate(operand));
  const Node gate = size();
  sources_.emplace_back();
  targets_.emplace_back();
  needed_.push_back(1);
  is_needed_.push_back(false);
  for (const Node operand : operands) AddSource(operand, gate);
  if (expression.kind == HoldingExpression::Kind::And) {
    needed_[gate] = static_cast<uint32_t>(operands.size());
    for (const Node operand : operands) is_needed_[operand] = true;
  }
  return gate;
}

void Conferring::AddSource(Node source, Node target) {
  sources_[target].push_back(source);
  targets_[source].push_back(target);
}

void Conferring::Sort() {
  std::vector<size_t> left(size());
  for (Node node = 0; node < size(); ++node) left[node] = sources_[node].size();
  for (Node node = 0; node < size(); ++node) {
    if (left[node] == 0) order_.push_back(node);
  }
  for (size_t i = 0; i < order_.size(); ++i) {
    for (const Node target : targets_[order_[i]]) {
      if (--left[target] == 0) order_.push_back(target);
    }
  }
}

std::vector<Conferring::Node> Conferring::Reach(const std::vector<Node>& held, bool alone) const {
  std::vector<Node> reached;
  std::vector<bool> is_reached(size(), false);
  std::vector<uint32_t> met(size(), 0);
  const auto reach = [&](Node node) {
    if (is_reached[node]) return;
    is_reached[node] = true;
    reached.push_back(node);
  };
  for (const Node node : held) reach(node);
  for (size_t i = 0; i < reached.size(); ++i) {
    for (const Node target : targets_[reached[i]]) {
      if (alone && IsAnd(target)) continue;
      if (++met[target] >= needed_[target]) reach(target);
    }
  }
  std::sort(reached.begin(), reached.end());
  return reached;
}

std::vector<Conferring::Node> Conferring::ReachOf(EntitlementId id) const {
  std::vector<Node> held;
  for (const EntitlementId conferred : model_.entitlements[id].confers) held.push_back(NodeOf(conferred));
  return Reach(held);
}

std::vector<DutyId> Conferring::DutiesOf(const std::vector<EntitlementId>& held) const {
  std::vector<Node> nodes;
  for (const EntitlementId id : held) {
    for (const EntitlementId conferred : model_.entitlements[id].confers) nodes.push_back(NodeOf(conferred));
  }
  std::vector<DutyId> duties;
  for (const Node node : Reach(nodes)) {
    if (IsDuty(node)) duties.push_back(DutyId{node - entitlements_});
  }
  return duties;
}

}  // namespace sodc::model
