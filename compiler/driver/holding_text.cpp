#include "compiler/driver/holding_text.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/named.h"
#include "compiler/driver/path_words.h"

namespace sodc {

namespace {

using sod::ErrorCode;

constexpr sod::NameKind kHeldKinds[] = {sod::NameKind::Duty, sod::NameKind::Role};
constexpr sod::NameKind kEntitlement[] = {sod::NameKind::Entitlement};

struct Parts {
  std::string_view name, level, capacity, scope, from, until;
};

sod::HeldKind KindOf(sod::NameKind kind) {
  switch (kind) {
    case sod::NameKind::Role: return sod::HeldKind::Role;
    case sod::NameKind::Entitlement: return sod::HeldKind::Entitlement;
    default: return sod::HeldKind::Duty;
  }
}

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
  if (parts.until.empty()) parts.until = CutTail(parts.name, "through");  // means the same
  parts.from = CutTail(parts.name, "from");
  parts.scope = CutTail(parts.name, "in");
  parts.capacity = CutTail(parts.name, "as");
  parts.level = CutTail(parts.name, "at");
  return parts;
}

sod::Result<sod::Holding> MakeHolding(const sod::Table& table, const sod::Entity& entity, const Parts& parts) {
  sod::Holding holding{.kind = KindOf(entity.kind), .target = entity.index};
  if (auto level = LevelFor(table, entity, parts.level)) {
    holding.level = level.value();
  } else {
    return level.error();
  }
  if (!parts.capacity.empty()) {
    const auto capacity = table.FindCapacity(parts.capacity);
    if (!capacity) return capacity.error();
    holding.capacity = capacity.value();
  }
  if (!parts.scope.empty()) {
    const auto box = ParseScope(table, parts.scope);
    if (!box) return box.error();
    holding.box = box.value();
  }
  if (!parts.from.empty()) {
    const auto from = ParseFrom(table, parts.from);
    if (!from) return from.error();
    holding.from = from.value();
  }
  if (!parts.until.empty()) {
    const auto until = ParseUntil(table, parts.until);
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
  return {ErrorCode::BadArgument, fmt::format("`{}` is no day like 2026-03-17 and no instant like 2026-03-17T21:40Z", text), ""};
}

}  // namespace

sod::Result<sod::Instant> ParseFrom(const sod::Table& table, std::string_view text) {
  const std::optional<Instant> instant = ParseBeginning(text, table.time_zone());
  if (!instant) return BadDay(text);
  return *instant;
}

sod::Result<sod::Instant> ParseUntil(const sod::Table& table, std::string_view text) {
  const std::optional<Instant> instant = ParseEnd(text, table.time_zone());
  if (!instant) return BadDay(text);
  return *instant;
}

sod::Result<sod::ScopeBox> ParseScope(const sod::Table& table, std::string_view text) {
  sod::ScopeBox box = {};
  while (!text.empty()) {
    const size_t end = text.find(" and ");
    const std::string_view part = Trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 5);
    const size_t space = part.find(' ');
    if (space == std::string_view::npos) {
      return sod::Error{ErrorCode::BadArgument, fmt::format("`{}` names no value of a scope", part),
                        "write the scope and one of its values, like `company_code 1000`"};
    }
    const auto place = table.FindScope(part.substr(0, space), Trimmed(part.substr(space)));
    if (!place) return place.error();
    sod::ScopeInterval& interval = box[place.value().dimension];
    if (interval != sod::ScopeInterval{}) {
      return sod::Error{ErrorCode::BadArgument, fmt::format("`{}` is named twice", part.substr(0, space)), ""};
    }
    interval = place.value().interval;
  }
  return box;
}

sod::Result<uint32_t> LevelFor(const sod::Table& table, const sod::Entity& held, std::string_view level) {
  if (level.empty()) return sod::kNone;
  if (held.kind != sod::NameKind::Duty) {
    return sod::Error{ErrorCode::BadArgument,
                      fmt::format("{} is held as a whole and takes no level",
                                  held.kind == sod::NameKind::Role ? "a role" : "an entitlement"), ""};
  }
  const auto rank = table.FindLevel(level);
  if (!rank) return rank.error();
  if (rank.value() == 0) {
    return sod::Error{ErrorCode::BadArgument, fmt::format("holding a duty at `{}` is not holding it", level), ""};
  }
  return rank.value();
}

sod::Result<std::vector<uint32_t>> FindEntitlements(const sod::Table& table, std::string_view text) {
  const auto declared = table.Find(text, kEntitlement);
  if (declared) return std::vector<uint32_t>{declared.value().index};
  const size_t end = text.find_first_of(" :");
  if (end == std::string_view::npos) return declared.error();
  std::string_view name = Trimmed(text.substr(end + 1));
  if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  return table.FindEntitlements(text.substr(0, end), name);
}

sod::Result<std::vector<sod::Holding>> ParseHoldings(const sod::Table& table, std::string_view text) {
  const std::string_view whole = Trimmed(text);
  const auto one = [](sod::Result<sod::Holding> holding) -> sod::Result<std::vector<sod::Holding>> {
    if (!holding) return holding.error();
    return std::vector<sod::Holding>{holding.value()};
  };
  if (const auto entity = FindNamed(table, whole, kHeldKinds)) {
    return one(MakeHolding(table, entity.value(), {.name = whole, .level = {}, .capacity = {}, .scope = {}, .from = {}, .until = {}}));
  }
  Parts parts = Split(text);
  constexpr std::string_view kWord = "entitlement ";
  if (!parts.name.starts_with(kWord)) {
    const auto entity = FindNamed(table, parts.name, kHeldKinds);
    if (!entity) return NotHeld(table, parts.name, entity.error());
    return one(MakeHolding(table, entity.value(), parts));
  }
  parts.name = Trimmed(parts.name.substr(kWord.size()));
  const auto rows = FindEntitlements(table, parts.name);
  if (!rows) return rows.error();
  if (rows.value().empty()) {
    return sod::Error{ErrorCode::UnknownName, fmt::format("nothing in the policy waits for the permission {}", parts.name), ""};
  }
  std::vector<sod::Holding> holdings;
  for (const uint32_t row : rows.value()) {
    const auto holding = MakeHolding(table, {sod::NameKind::Entitlement, row}, parts);
    if (!holding) return holding.error();
    holdings.push_back(holding.value());
  }
  return holdings;
}

sod::Result<sod::Holding> ParseHolding(const sod::Table& table, std::string_view text) {
  const auto holdings = ParseHoldings(table, text);
  if (!holdings) return holdings.error();
  if (holdings.value().size() == 1) return holdings.value().front();
  std::string names;
  for (const sod::Holding& holding : holdings.value()) {
    if (!names.empty()) names += ", ";
    names += table.entitlement(holding.target).name;
  }
  return sod::Error{ErrorCode::AmbiguousName,
                    fmt::format("{} is what several entitlements wait for, and none of them stands for the others: {}", Trimmed(text), names),
                    "a request is for one thing: ask for each of them by itself"};
}

std::string HoldingInWords(const sod::Table& table, const sod::Holding& holding) {
  std::string words = SafeText(NameOfHeld(table, holding).title);
  if (holding.level != sod::kNone && table.level_count() > 0) words += " at level " + SafeText(table.level(holding.level).title);
  if (holding.capacity != sod::kNone) words += " as " + SafeText(table.capacity(holding.capacity).title);
  if (const std::string place = table.ScopeInWords(holding.box); !place.empty()) words += " in " + SafeText(place);
  return words;
}

std::string RequestInWords(const sod::Table& table, const sod::Request& request) {
  const auto list = [&](const std::vector<sod::Holding>& holdings) {
    std::vector<std::string> words;
    for (const sod::Holding& holding : holdings) words.push_back(HoldingInWords(table, holding));
    return fmt::format("{}", fmt::join(words, " and "));
  };
  if (request.grants.empty()) return "Request to take away " + list(request.revocations);
  std::string words = "Request for " + list(request.grants);
  if (!request.revocations.empty()) words += ", taking away " + list(request.revocations);
  return words;
}

}  // namespace sodc
