// The atoms of one role with where and how it comes by them. Private to compiler/lower.
#ifndef SODC_LOWER_ATOM_SUPPLIES_H_
#define SODC_LOWER_ATOM_SUPPLIES_H_

#include <vector>

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/SmallVector.h>

#include "compiler/lower/image.h"

namespace sodc::lower {

struct AtomSupply {
  uint32_t scope = sod::format::kNone;
  uint32_t via = sod::format::kNone;
  uint32_t chain = 0;  // roles and grants between, 0 = the role itself
  bool is_conditional = false;
  bool is_undecided = false;
};

// Whether what is held in `held` sets an atom of `wanted`: none is any acting capacity on
// an atom, and the first acting one on a holding.
bool SetsInCapacity(const TableImage& image, uint32_t wanted, uint32_t held);

class AtomSupplies {
 public:
  using Rows = llvm::DenseMap<uint32_t, llvm::SmallVector<AtomSupply, 1>>;

  // Adds the supply unless another of the atom says as much for a wider scope, and drops
  // those of which it is true then. Of equal ones the shorter chain stays, then the first.
  void Offer(const TableImage& image, uint32_t atom, AtomSupply supply);
  // Sorted by (atom, scope, is_undecided).
  void AppendTo(std::vector<sod::format::RoleAtomRecord>& rows) const;
  const Rows& rows() const { return rows_; }

  template <typename Predicate>
  void Drop(Predicate is_dropped) {
    llvm::SmallVector<uint32_t, 4> atoms;
    for (const auto& [atom, supplies] : rows_) {
      if (is_dropped(atom)) atoms.push_back(atom);
    }
    for (const uint32_t atom : atoms) rows_.erase(atom);
  }

 private:
  Rows rows_;
};

}  // namespace sodc::lower

#endif  // SODC_LOWER_ATOM_SUPPLIES_H_
