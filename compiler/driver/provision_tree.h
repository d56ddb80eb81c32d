// What is carried and not judged, as JSON that a person can read: attributes nested as
// they were written, references by the names of what they refer to.
#ifndef SODC_DRIVER_PROVISION_TREE_H_
#define SODC_DRIVER_PROVISION_TREE_H_

#include "compiler/driver/record_view.h"
#include "llvm/Support/JSON.h"

namespace sodc {

class ProvisionTree {
 public:
  ProvisionTree(const RecordView& view, llvm::json::OStream& out) : view_(view), out_(out) {}

  // The elements of an array: attributes of one provision, which lie in pre-order.
  void Write(uint32_t first, uint32_t count);

 private:
  uint32_t WriteAttribute(uint32_t index, uint32_t end);
  void WriteValue(uint32_t index);

  const RecordView& view_;
  llvm::json::OStream& out_;
};

}  // namespace sodc

#endif  // SODC_DRIVER_PROVISION_TREE_H_
