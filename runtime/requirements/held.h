// What somebody holds at an instant, as far as it is known. Private to the library.
#ifndef SOD_REQUIREMENTS_HELD_H_
#define SOD_REQUIREMENTS_HELD_H_

#include <set>
#include <span>

#include "runtime/requirements/demands.h"

namespace sod::requirements {

enum class Known : uint8_t { No, Unknown, Yes };

struct Held {
  std::set<uint32_t> duties, roles;
  std::set<uint32_t> undecided;  // duties that a role would give if its grants were decided so
};
Held HeldAt(const Image& image, std::span<const Holding> holdings, Instant at);

// A duty, a role, or something of a group.
Known Holds(const Image& image, const Held& held, format::NameKind kind, uint32_t row);

}  // namespace sod::requirements

#endif  // SOD_REQUIREMENTS_HELD_H_
