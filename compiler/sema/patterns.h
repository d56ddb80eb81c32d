// Names of permissions in another system, exact or with wildcards, and whether two sets of
// them have one in common (second-ring E39). Private to compiler/sema.
#ifndef SODC_SEMA_PATTERNS_H_
#define SODC_SEMA_PATTERNS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sodc::sema {

// How a system writes patterns. Without a wildcard it has none; with one, `?` is any one
// character. A wildcard does not reach over the beginning of a separator.
struct PatternWords {
  std::string wildcard = "*";
  std::string separator;
  bool ignores_case = false;  // ASCII
};

// The names that one of `names` matches and none of `excepts`, which are always patterns.
struct NameSet {
  std::vector<std::string> names;
  bool is_pattern = false;
  std::vector<std::string> excepts;
};

enum class Overlap : uint8_t { No, Yes, TooComplex };

bool HasWildcard(const PatternWords& words, std::string_view text);
std::string Folded(const PatternWords& words, std::string_view text);  // as names are compared
bool Matches(const PatternWords& words, std::string_view pattern, std::string_view name);

// Whether a name is in both sets; in the set at all. Exact; gives up beyond a fixed number
// of steps, which only patterns with several exceptions can reach.
Overlap HaveCommonName(const PatternWords& words, const NameSet& a, const NameSet& b);
Overlap HasName(const PatternWords& words, const NameSet& set);

}  // namespace sodc::sema

#endif  // SODC_SEMA_PATTERNS_H_
