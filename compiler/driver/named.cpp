#include "compiler/driver/named.h"

#include <optional>

#include <fmt/format.h>

namespace sodc {

namespace {

sod::Error CalledAlike(const sod::Table& table, std::string_view text, sod::Entity duty, sod::Entity role) {
  return {sod::ErrorCode::AmbiguousName, fmt::format("`{}` is the duty `{}` and the role `{}`", text,
                                                     table.duty(duty.index).name, table.role(role.index).name),
          "use the declared name of one of them"};
}

// The text is cut at each colon in turn: names of systems and identifiers may hold one.
sod::Result<sod::Entity> FindForeign(const sod::Table& table, std::string_view text, std::span<const sod::NameKind> kinds,
                                     sod::Error unknown) {
  constexpr sod::NameKind kSystem[] = {sod::NameKind::System};
  for (size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    const std::string_view system = text.substr(0, colon);
    std::optional<sod::Entity> found;
    for (const sod::NameKind kind : kinds) {
      const auto entity = table.FindForeign(system, text.substr(colon + 1), std::span(&kind, 1));
      if (!entity) continue;
      // Of what these kinds name, a duty and a role alone may be called alike.
      if (found) return CalledAlike(table, text, *found, entity.value());
      found = entity.value();
    }
    if (found) return *found;
    if (table.Find(system, kSystem)) unknown = table.FindForeign(system, text.substr(colon + 1), kinds).error();
  }
  return unknown;
}

}  // namespace

sod::Result<sod::Entity> FindNamed(const sod::Table& table, std::string_view text, std::span<const sod::NameKind> kinds) {
  const auto declared = table.Find(text, kinds);
  if (declared || declared.error().code != sod::ErrorCode::UnknownName) return declared;
  return FindForeign(table, text, kinds, declared.error());
}

}  // namespace sodc
