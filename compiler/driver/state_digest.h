// A digest of the state that an answer judged, so that an approval can be refused when the state has
// changed since (second-ring E41). docs/query-json.md says what goes into it.
#ifndef SODC_DRIVER_STATE_DIGEST_H_
#define SODC_DRIVER_STATE_DIGEST_H_

#include <string>
#include <vector>

#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

struct StateAsked {
  const std::vector<sod::Holding>& holdings;  // what is to be granted, then what is to be taken away; as written
  size_t grants = 0;                          // how many of them are to be granted
  const std::vector<std::string>& without;
};

// SHA-256 in hex over the table, the subject with everything it holds, and what is asked. The day is no part of it.
std::string StateDigest(const sod::Table& table, const sod::Subject& subject, const StateAsked& asked);

}  // namespace sodc

#endif  // SODC_DRIVER_STATE_DIGEST_H_
