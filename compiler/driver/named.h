// Whom or what a text on the command line or in a file names.
#ifndef SODC_DRIVER_NAMED_H_
#define SODC_DRIVER_NAMED_H_

#include <span>
#include <string_view>

#include "sod/table.h"

namespace sodc {

// The one of these kinds: by declared name, else by exact title, else, written `system:id`, by what that
// system calls it. Errors: UnknownName, and AmbiguousName with the candidates.
sod::Result<sod::Entity> FindNamed(const sod::Table& table, std::string_view text, std::span<const sod::NameKind> kinds);

}  // namespace sodc

#endif  // SODC_DRIVER_NAMED_H_
