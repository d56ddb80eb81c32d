// The sections of docs/diagnostics.md, which is part of the program.
#ifndef SODC_DRIVER_DIAGNOSTIC_PAGES_H_
#define SODC_DRIVER_DIAGNOSTIC_PAGES_H_

#include <string_view>

#include "compiler/diag/diagnostic.h"

namespace sodc {

// From the heading of the code to the next one; empty when there is none.
std::string_view PageOf(DiagKind kind);

}  // namespace sodc

#endif  // SODC_DRIVER_DIAGNOSTIC_PAGES_H_
