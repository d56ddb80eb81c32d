// By which delegations something was passed on before it was delegated last.
#ifndef SOD_CORE_DELEGATION_CHAIN_H_
#define SOD_CORE_DELEGATION_CHAIN_H_

#include <cstdint>
#include <vector>

#include "runtime/core/image.h"

namespace sod::core {

// The delegation, then the one by which its delegator has what it gives, and so on: until somebody
// holds it by an assignment, or nothing in the table gives it. Rows of Delegations, each once; of several
// the first. O(assignments) for each step behind which there is another delegation.
std::vector<uint32_t> DelegationChain(const Image& image, uint32_t delegation);

}  // namespace sod::core

#endif  // SOD_CORE_DELEGATION_CHAIN_H_
