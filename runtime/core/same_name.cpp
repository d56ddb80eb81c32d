#include "runtime/core/same_name.h"

#include <algorithm>
#include <vector>

namespace sod::core {
namespace {

char Folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view WithoutDomain(std::string_view name) {
  if (const size_t slash = name.rfind('\\'); slash != std::string_view::npos) name.remove_prefix(slash + 1);
  if (const size_t at = name.find('@'); at != std::string_view::npos && at != 0) name = name.substr(0, at);
  return name;
}

bool AreEqual(std::string_view a, std::string_view b, bool ignores_case) {
  return std::ranges::equal(a, b, [&](char x, char y) { return x == y || (ignores_case && Folded(x) == Folded(y)); });
}

}  // namespace

bool IsSameName(const format::SystemRecord& system, std::string_view a, std::string_view b) {
  if (system.strips_domain != 0) {
    a = WithoutDomain(a);
    b = WithoutDomain(b);
  }
  return AreEqual(a, b, system.ignores_case != 0);
}

// Reached places of the pattern after each character of the name: never exponential.
bool IsMatch(const PatternWords& words, std::string_view pattern, std::string_view name) {
  std::vector<bool> now(pattern.size() + 1, false);
  const auto is_wildcard = [&](size_t at) {
    return !words.wildcard.empty() && pattern.substr(at, words.wildcard.size()) == words.wildcard;
  };
  const auto skip_wildcards = [&] {
    for (size_t at = 0; at < pattern.size(); ++at) {
      if (now[at] && is_wildcard(at)) now[at + words.wildcard.size()] = true;
    }
  };
  now[0] = true;
  skip_wildcards();
  for (size_t i = 0; i < name.size(); ++i) {
    const bool is_separator = !words.separator.empty() && name.substr(i, words.separator.size()) == words.separator;
    std::vector<bool> next(pattern.size() + 1, false);
    for (size_t at = 0; at < pattern.size(); ++at) {
      if (!now[at]) continue;
      if (is_wildcard(at)) {
        if (!is_separator) next[at] = true;
      } else if ((pattern[at] == '?' && !words.wildcard.empty()) || AreEqual(pattern.substr(at, 1), name.substr(i, 1), words.ignores_case)) {
        next[at + 1] = true;
      }
    }
    now = std::move(next);
    skip_wildcards();
  }
  return now[pattern.size()];
}

PatternWords WordsOf(const Image& image, const format::SystemRecord& system) {
  return {image.Text(system.wildcard), image.Text(system.separator), system.ignores_case != 0};
}

bool HasWildcard(const PatternWords& words, std::string_view text) {
  if (words.wildcard.empty()) return false;
  return text.find(words.wildcard) != std::string_view::npos || text.find('?') != std::string_view::npos;
}

bool IsEntitlementNamed(const Image& image, uint32_t entitlement, std::string_view name) {
  const format::EntitlementRecord& record = image.Entitlements()[entitlement];
  if (record.system == format::kNone) return false;
  const format::SystemRecord& system = image.Systems()[record.system];
  const PatternWords words = WordsOf(image, system);
  const auto is_match = [&](const format::TextRecord& pattern) {
    const std::string_view text = image.Text(pattern.text);
    return record.is_pattern != 0 ? IsMatch(words, text, name) : AreEqual(text, name, words.ignores_case);
  };
  const auto is_except = [&](const format::TextRecord& pattern) {
    return IsMatch(words, image.Text(pattern.text), name);
  };
  return std::ranges::any_of(Slice(image.EntitlementNames(), record.names_first, record.names_count), is_match) &&
         std::ranges::none_of(Slice(image.EntitlementExcepts(), record.excepts_first, record.excepts_count), is_except);
}

}  // namespace sod::core
