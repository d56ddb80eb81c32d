#include "compiler/driver/holding_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace sodc {

namespace {

using sod::ErrorCode;

constexpr sod::NameKind kHeldKinds[] = {sod::NameKind::Duty, sod::NameKind::Role};

struct Parts {
  std::string_view name, level, from, until;
};

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Cuts `… word VALUE` off the end of `text`; the value is empty when there is none.
std::string_view CutTail(std::string_view& text, std::string_view word) {
  const std::string marker = fmt::format(" {} ", word);
  const size_t at = text.rfind(marker);
  if (at == std::string_view::npos) return {};
  const std::string_view value = Trimmed(text.substr(at + marker.size()));
  text = Trimmed(text.substr(0, at));
  return value;
}

Parts Split(std::string_view text) {
  Parts parts;
  parts.name = Trimmed(text);
  parts.until = CutTail(parts.name, "until");
  parts.from = CutTail(parts.name, "from");
  parts.level = CutTail(parts.name, "at");
  return parts;
}

sod::Result<sod::Holding> MakeHolding(const sod::Table& table, const sod::Entity& entity, const Parts& parts) {
  sod::Holding holding{.kind = entity.kind == sod::NameKind::Role ? sod::HeldKind::Role : sod::HeldKind::Duty,
                       .target = entity.index};
  if (auto level = LevelFor(table, entity, parts.level)) {
    holding.level = level.value();
  } else {
    return level.error();
  }
  if (!parts.from.empty()) {
    const auto from = ParseFrom(parts.from);
    if (!from) return from.error();
    holding.from = from.value();
  }
  if (!parts.until.empty()) {
    const auto until = ParseUntil(parts.until);
    if (!until) return until.error();
    holding.until = until.value();
  }
  if (holding.from >= holding.until) {
    return sod::Error{ErrorCode::BadArgument, fmt::format("`until {}` lies before `from {}`", parts.until, parts.from), ""};
  }
  return holding;
}

// A group is known, and yet nobody can hold it.
sod::Error NotHeld(const sod::Table& table, std::string_view name, const sod::Error& unknown) {
  constexpr sod::NameKind kGroup[] = {sod::NameKind::Group};
  if (unknown.code != ErrorCode::UnknownName || !table.Find(name, kGroup)) return unknown;
  return {ErrorCode::UnknownName, fmt::format("`{}` is a group, and a group is not held", name),
          "name one of its duties"};
}

sod::Error BadDay(std::string_view text) {
  return {ErrorCode::BadArgument, fmt::format("`{}` is no day like 2026-03-17", text), ""};
}

}  // namespace

sod::Result<sod::Instant> ParseFrom(std::string_view text) {
  const std::optional<Date> date = ParseDate(text);
  if (!date) return BadDay(text);
  return StartOf(*date);
}

sod::Result<sod::Instant> ParseUntil(std::string_view text) {
  const std::optional<Date> date = ParseDate(text);
  if (!date) return BadDay(text);
  return EndOf(*date);
}

sod::Result<uint32_t> LevelFor(const sod::Table& table, const sod::Entity& held, std::string_view level) {
  if (level.empty()) return sod::kNone;
  if (held.kind == sod::NameKind::Role) {
    return sod::Error{ErrorCode::BadArgument, "a role is held as a whole and takes no level", ""};
  }
  const auto rank = table.FindLevel(level);
  if (!rank) return rank.error();
  if (rank.value() == 0) {
    return sod::Error{ErrorCode::BadArgument, fmt::format("holding a duty at `{}` is not holding it", level), ""};
  }
  return rank.value();
}

sod::Result<sod::Holding> ParseHolding(const sod::Table& table, std::string_view text) {
  const std::string_view whole = Trimmed(text);
  if (const auto entity = table.Find(whole, kHeldKinds)) {
    return MakeHolding(table, entity.value(), {.name = whole, .level = {}, .from = {}, .until = {}});
  }
  const Parts parts = Split(text);
  const auto entity = table.Find(parts.name, kHeldKinds);
  if (!entity) return NotHeld(table, parts.name, entity.error());
  return MakeHolding(table, entity.value(), parts);
}

}  // namespace sodc
