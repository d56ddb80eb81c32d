// Entitlements in the table: their rows, the atoms they set, what several confer together,
// and the duties that roles hold by that. Private to compiler/lower.
#ifndef SODC_LOWER_ENTITLEMENTS_H_
#define SODC_LOWER_ENTITLEMENTS_H_

#include <utility>
#include <vector>

#include "compiler/lower/builder.h"
#include "compiler/model/conferring.h"

namespace sodc::lower {

// An entitlement held somewhere: its row, the row of the scope.
using HeldEntitlement = std::pair<uint32_t, uint32_t>;

class Entitlements {
 public:
  // `setters[e]`: the atoms of rules that wait for entitlement e. Fills Entitlements with its
  // lists and Derivations; needs DutyAtoms.
  Entitlements(Builder& builder, const std::vector<std::vector<uint32_t>>& setters);

  // The duties that several of these confer together in some place, ascending; those that one
  // confers alone among them.
  std::vector<uint32_t> DutiesOf(const std::vector<HeldEntitlement>& held) const;

 private:
  using Node = model::Conferring::Node;

  void AddNeededAtoms(const std::vector<std::vector<uint32_t>>& setters);
  void AddRows();
  void AddRow(const model::Entitlement& entitlement, const std::vector<model::EntitlementId>& confers);
  void AddDerivations();
  void AddJointDuties();
  std::vector<uint32_t> AtomsOf(const std::vector<Node>& nodes) const;
  void AddConferred(const std::vector<Node>& reached, format::EntitlementRecord& record);

  Builder& builder_;
  const model::Conferring conferring_;
  std::vector<std::vector<uint32_t>> atoms_;  // by node; a needed node's own one first
  std::vector<Node> gates_;                   // with a row of their own, in order of rows
  bool has_and_ = false;  // something is conferred by several together, whether a rule asks for it or not
};

}  // namespace sodc::lower

#endif  // SODC_LOWER_ENTITLEMENTS_H_
