#include "compiler/driver/diagnostic_pages.h"

#include <algorithm>

#include "compiler/driver/embedded_pages.h"

namespace sodc {

namespace {

size_t HeadingLevel(std::string_view line) {
  const size_t level = std::min(line.find_first_not_of('#'), line.size());
  return level < line.size() && line[level] == ' ' ? level : 0;
}

// From the heading that holds `code` to the next heading of its level or above.
std::string_view SectionAbout(std::string_view page, std::string_view code) {
  size_t begin = std::string_view::npos;
  size_t level = 0;
  for (size_t at = 0; at < page.size();) {
    const size_t end = std::min(page.find('\n', at), page.size());
    const std::string_view line = page.substr(at, end - at);
    const size_t here = HeadingLevel(line);
    if (begin != std::string_view::npos && here > 0 && here <= level) return page.substr(begin, at - begin);
    if (begin == std::string_view::npos && here > 0 && line.find(code) != std::string_view::npos) {
      begin = at;
      level = here;
    }
    at = end + 1;
  }
  return begin == std::string_view::npos ? std::string_view() : page.substr(begin);
}

}  // namespace

std::string_view PageOf(DiagKind kind) {
  const std::string_view section = SectionAbout(kDiagnosticsPage, CodeOf(kind));
  return section.substr(0, section.find_last_not_of('\n') + 1);
}

}  // namespace sodc
