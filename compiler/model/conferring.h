// What entitlements confer, worked out from the derivations of a model: which duties and
// entitlements somebody has who holds some of them in one place (rulings SEM-1).
#ifndef SODC_MODEL_CONFERRING_H_
#define SODC_MODEL_CONFERRING_H_

#include <cstdint>
#include <vector>

#include "compiler/model/model.h"

namespace sodc::model {

// Nodes are the entitlements, then the duties, each with its row, then one gate for each `and`
// and each `or` inside an `and`. A node is reached when one of its sources is, an `and` when
// all are. Valid while the model is; derivations must be acyclic.
class Conferring {
 public:
  using Node = uint32_t;

  explicit Conferring(const Model& model);

  Node NodeOf(EntitlementId id) const { return id.index; }
  Node NodeOf(DutyId id) const { return entitlements_ + id.index; }
  bool IsEntitlement(Node node) const { return node < entitlements_; }
  DutyId DutyAt(Node node) const { return DutyId{node - entitlements_}; }
  bool IsDuty(Node node) const { return node >= entitlements_ && node < entitlements_ + duties_; }
  bool IsAnd(Node node) const { return needed_[node] > 1; }
  uint32_t size() const { return static_cast<uint32_t>(needed_.size()); }

  // Sources before what they confer.
  const std::vector<Node>& order() const { return order_; }
  // Of an `and`: what it needs, in the order written. Of another gate: what is enough.
  const std::vector<Node>& sources(Node node) const { return sources_[node]; }
  // Whether some `and` needs the node.
  bool IsNeeded(Node node) const { return is_needed_[node]; }

  // Everything reached from holding these together, themselves with it, ascending. With
  // `alone` no `and` is passed: what each of them confers by itself.
  std::vector<Node> Reach(const std::vector<Node>& held, bool alone = false) const;
  // What holding the entitlement stands for and confers.
  std::vector<Node> ReachOf(EntitlementId id) const;
  // The duties among what these entitlements confer together.
  std::vector<DutyId> DutiesOf(const std::vector<EntitlementId>& held) const;

 private:
  Node AddGate(const HoldingExpression& expression);
  void AddSource(Node source, Node target);
  void Sort();

  const Model& model_;
  uint32_t entitlements_ = 0, duties_ = 0;
  std::vector<std::vector<Node>> sources_, targets_;
  std::vector<uint32_t> needed_;  // sources that must be reached
  std::vector<bool> is_needed_;
  std::vector<Node> order_;
};

}  // namespace sodc::model

#endif  // SODC_MODEL_CONFERRING_H_
