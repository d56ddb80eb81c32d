// The sources of the standard library inside the program.
#ifndef SODC_STDLIB_EMBEDDED_MODULES_H_
#define SODC_STDLIB_EMBEDDED_MODULES_H_

#include <span>
#include <string_view>

namespace sodc {

struct EmbeddedModule {
  std::string_view path;  // `std/risk.sod`
  std::string_view text;
};

// Sorted by path.
std::span<const EmbeddedModule> EmbeddedModules();

}  // namespace sodc

#endif  // SODC_STDLIB_EMBEDDED_MODULES_H_
