// What changes between two texts, as `diff -u` shows it.
#ifndef SODC_BASE_UNIFIED_DIFF_H_
#define SODC_BASE_UNIFIED_DIFF_H_

#include <string>
#include <string_view>

namespace sodc {

// Headers `--- a/path` and `+++ b/path` (an absolute path is left as it is), then hunks with
// three lines around each change; empty when the texts are equal. `patch -p1` applies it.
std::string UnifiedDiff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace sodc

#endif  // SODC_BASE_UNIFIED_DIFF_H_
