#include "runtime/documents/text.h"

#include <array>
#include <cstdio>

namespace sod::documents {

namespace {

// Bidirectional controls and invisible joiners that can make a name look like another.
bool IsDeceptive(uint32_t c) {
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0x2028 || c == 0x2029;
}

bool IsControl(uint32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

// Hebrew, Arabic and the other scripts that run from right to left.
bool IsRightToLeft(uint32_t c) {
  return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff) ||
         (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

// Good enough for what needs it: letters of ASCII, and beyond it all that is no punctuation or sign.
bool IsLeftToRightLetter(uint32_t c) {
  if (c < 0x80) return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return c >= 0xc0 && !IsRightToLeft(c) && !(c >= 0x2000 && c <= 0x2bff) && !(c >= 0x3000 && c <= 0x303f) &&
         c < 0x1f000;
}

void AppendEscape(uint32_t c, std::string& out) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "\\u{%04X}", static_cast<unsigned>(c));
  out += buffer;
}

bool IsPlainAscii(std::string_view text) {
  for (unsigned char c : text) {
    if (c < 0x20 || c > 0x7e) return false;
  }
  return true;
}

std::string Show(std::string_view text, bool keep_lines) {
  if (IsPlainAscii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const uint32_t c = NextCodePoint(text, at);
    if (c == '\n' && keep_lines) {
      out += '\n';
    } else if (c == '\n' || c == '\t') {
      out += ' ';
    } else if (c == '\r' && at < text.size() && text[at] == '\n') {
      continue;  // of a line end CR LF
    } else if (IsControl(c) || IsDeceptive(c)) {
      AppendEscape(c, out);
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

struct CivilDate {
  int64_t year;
  unsigned month, day;
};

// Proleptic Gregorian date of a day number since 1970-01-01 (Howard Hinnant's algorithm).
CivilDate CivilFromDays(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const unsigned day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * day_of_year + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {static_cast<int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted + 2) / 5 + 1};
}

bool AreDigits(std::string_view text) {
  for (char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

unsigned TwoDigits(std::string_view text) {
  return static_cast<unsigned>((text[0] - '0') * 10 + (text[1] - '0'));
}

constexpr std::array<const char*, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

}  // namespace

uint32_t NextCodePoint(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at++);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : -1;
  if (more < 0) return 0xfffd;
  uint32_t c = lead & (0x3fu >> more);
  for (int i = 0; i < more; ++i) {
    if (at >= text.size() || (byte(at) & 0xc0) != 0x80) return 0xfffd;
    c = c << 6 | (byte(at++) & 0x3fu);
  }
  return c;
}

std::string Visible(std::string_view text) { return Show(text, /*keep_lines=*/false); }
std::string VisibleLines(std::string_view text) { return Show(text, /*keep_lines=*/true); }

std::vector<DirectionRun> DirectionRuns(std::string_view text) {
  struct Stretch {
    size_t begin, end;
  };
  std::vector<Stretch> found;
  bool has_left_to_right = false;
  bool is_open = false;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    const uint32_t c = NextCodePoint(text, at);
    if (IsRightToLeft(c)) {
      if (!is_open) found.push_back({begin, at});
      found.back().end = at;
      is_open = true;
    } else if (IsLeftToRightLetter(c)) {
      has_left_to_right = true;
      is_open = false;
    }
  }
  if (found.empty()) return {{text, false}};
  if (!has_left_to_right) return {{text, true}};
  std::vector<DirectionRun> out;
  size_t at = 0;
  for (const Stretch& stretch : found) {
    if (at < stretch.begin) out.push_back({text.substr(at, stretch.begin - at), false});
    out.push_back({text.substr(stretch.begin, stretch.end - stretch.begin), true});
    at = stretch.end;
  }
  if (at < text.size()) out.push_back({text.substr(at), false});
  return out;
}

std::string StyledDate(std::string_view iso, format::DateStyle style) {
  const bool is_date = iso.size() == 10 && iso[7] == '-' && AreDigits(iso.substr(8));
  const bool is_month = iso.size() == 7;
  if (style == format::DateStyle::Iso || !(is_date || is_month) || iso[4] != '-' ||
      !AreDigits(iso.substr(0, 4)) || !AreDigits(iso.substr(5, 2))) {
    return std::string(iso);
  }
  const unsigned month = TwoDigits(iso.substr(5));
  if (month < 1 || month > 12) return std::string(iso);
  std::string out = kMonths[month - 1];
  if (is_date) out += ' ' + std::to_string(TwoDigits(iso.substr(8))) + ',';
  return out + ' ' + std::string(iso.substr(0, 4));
}

namespace {

std::string OffsetOf(int32_t zone) {
  if (zone == 0) return "Z";
  const int32_t minutes = (zone < 0 ? -zone : zone) / 60;
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%c%02d:%02d", zone < 0 ? '-' : '+', minutes / 60 % 24, minutes % 60);
  return buffer;
}

std::string IsoDateOf(Instant instant, int32_t zone) {
  if (instant == kBeginningOfTime) return "the beginning";
  if (instant == kEndOfTime) return "further notice";
  const int64_t local = instant + zone;
  int64_t days = local / 86400;
  int64_t seconds = local % 86400;
  if (seconds < 0) {
    seconds += 86400;
    --days;
  }
  const CivilDate date = CivilFromDays(days);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04lld-%02u-%02u", static_cast<long long>(date.year),
                date.month, date.day);
  std::string out = buffer;
  if (seconds == 0) return out;
  std::snprintf(buffer, sizeof buffer, seconds % 60 == 0 ? "T%02d:%02d" : "T%02d:%02d:%02d",
                static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
                static_cast<int>(seconds % 60));
  return out + buffer + OffsetOf(zone);
}

}  // namespace

std::string DateOf(Instant instant, format::DateStyle style, int32_t zone) {
  const std::string iso = IsoDateOf(instant, zone);
  const size_t time = iso.find('T');
  if (style == format::DateStyle::Iso || time == std::string::npos) return StyledDate(iso, style);
  const size_t offset = iso.find_first_of("Z+-", time);
  const std::string zone_words = zone == 0 ? " UTC" : " UTC" + iso.substr(offset);
  return StyledDate(iso.substr(0, time), style) + ", " + iso.substr(time + 1, offset - time - 1) + zone_words;
}

std::string EndInWords(Instant until, format::DateStyle style, int32_t zone) {
  const bool is_day = until != kEndOfTime && until != kBeginningOfTime && (until + zone) % 86400 == 0;
  return is_day ? "through " + DateOf(until - 86400, style, zone) : "until " + DateOf(until, style, zone);
}

std::string Enumerate(const std::vector<std::string>& items) {
  std::string out;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i != 0) out += i + 1 == items.size() ? " and " : ", ";
    out += items[i];
  }
  return out;
}

}  // namespace sod::documents
