// Names as another system compares them.
#ifndef SOD_CORE_SAME_NAME_H_
#define SOD_CORE_SAME_NAME_H_

#include <span>
#include <string_view>

#include "runtime/core/image.h"

namespace sod::core {

// Folds ASCII case and drops `DOMAIN\` and `@domain` as the system says.
bool IsSameName(const format::SystemRecord& system, std::string_view a, std::string_view b);

struct PatternWords {
  std::string_view wildcard;   // any text; empty: there is none
  std::string_view separator;  // that a wildcard does not cross; empty: it crosses everything
  bool ignores_case = false;
};
PatternWords WordsOf(const Image& image, const format::SystemRecord& system);
// Whether a concrete name is one that the pattern stands for; `?` is one character.
bool IsMatch(const PatternWords& words, std::string_view pattern, std::string_view name);

// Whether the text stands for more names than one.
bool HasWildcard(const PatternWords& words, std::string_view text);

// "sap:XK01" and the like: whether the entitlement (a row) is the right of this name there.
bool IsEntitlementNamed(const Image& image, uint32_t entitlement, std::string_view name);

}  // namespace sod::core

#endif  // SOD_CORE_SAME_NAME_H_
