#include "compiler/lint/wording.h"

#include <algorithm>

#include <fmt/format.h>

namespace sodc::lint {
namespace {

using model::Model;

std::string TitleOf(const Model& model, const model::SideElement& element) {
  if (const auto* duty = std::get_if<model::DutyId>(&element.what)) return model.duties[*duty].common.title;
  if (const auto* role = std::get_if<model::RoleId>(&element.what)) return model.roles[*role].common.title;
  if (const auto* entitlement = std::get_if<model::EntitlementId>(&element.what)) {
    return model.entitlements[*entitlement].common.title;
  }
  const auto& being = std::get<model::Being>(element.what);
  return being.relation() + " of " + model.provisions[being.object].common.title;
}

std::string TitleOf(const Model& model, const model::ConflictSide& side) {
  if (side.group.is_valid()) return model.groups[side.group].common.title;
  std::vector<std::string> titles;
  for (const model::SideElement& element : side.elements) titles.push_back(TitleOf(model, element));
  return ListOf(titles);
}

}  // namespace

std::string Quoted(std::string_view name) { return fmt::format("`{}`", name); }

std::vector<std::string> QuotedAll(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(Quoted(name));
  return quoted;
}

std::string ListOf(const std::vector<std::string>& items, size_t shown) {
  // One more that is named is shorter than "and 1 more".
  const size_t count = items.size() <= shown + 1 ? items.size() : shown;
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    const bool is_last = i + 1 == items.size();
    if (i > 0) text += is_last ? " and " : ", ";
    text += items[i];
  }
  if (items.size() > count) text += fmt::format(" and {} more", items.size() - count);
  return text;
}

std::string Counted(size_t count, std::string_view noun) { return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s"); }

std::string SidesOf(const Model& model, const model::Conflict& conflict) {
  std::vector<std::string> sides;
  for (const model::ConflictSide& side : conflict.sides) sides.push_back(TitleOf(model, side));
  if (sides.size() == 2) return sides[0] + " with " + sides[1];
  return ListOf(sides);
}

bool IsOwnConflict(const model::Conflict& conflict) {
  return conflict.common.is_own && conflict.kind < model::ConflictKind::Restriction;
}

}  // namespace sodc::lint
