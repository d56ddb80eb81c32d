// Characters and dates: what hostile text looks like when it is printed.
#ifndef SOD_DOCUMENTS_TEXT_H_
#define SOD_DOCUMENTS_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/format/enums.h"
#include "sod/table.h"

namespace sod::documents {

// `text` as it may be shown: line breaks and tabs become spaces, other control characters and the
// characters that reorder text (U+202E …) are written out as \u{202E}.
std::string Visible(std::string_view text);
// The same, but line feeds stay.
std::string VisibleLines(std::string_view text);

// A stretch of `text` that reads in one direction.
struct DirectionRun {
  std::string_view text;
  bool is_right_to_left = false;
};
// Stretches from the first to the last right-to-left character with no letter of the other
// direction between; text without left-to-right letters is one stretch. Joined, they are `text`.
std::vector<DirectionRun> DirectionRuns(std::string_view text);

// Code point at `at`, which is moved behind it. Malformed bytes give U+FFFD.
uint32_t NextCodePoint(std::string_view text, size_t& at);

// "2026-03-17" and "2026-06" in the style of a document; other text as it is.
std::string StyledDate(std::string_view iso, format::DateStyle style);
// "2026-03-17" where a day begins `zone` seconds east of UTC, else "2026-03-17T21:40Z" or
// "2026-03-17T22:40+01:00"; "March 17, 2026, 21:40 UTC" in the long style.
std::string DateOf(Instant instant, format::DateStyle style = format::DateStyle::Iso, int32_t zone = 0);
// "through 2026-03-31" for an exclusive end with the last day, "until 2026-03-31T21:40Z" within a day.
std::string EndInWords(Instant until, format::DateStyle style = format::DateStyle::Iso, int32_t zone = 0);

// "a", "a and b", "a, b and c".
std::string Enumerate(const std::vector<std::string>& items);

}  // namespace sod::documents

#endif  // SOD_DOCUMENTS_TEXT_H_
