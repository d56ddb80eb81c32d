#include "runtime/core/routes.h"

#include <algorithm>

#include "runtime/core/paths.h"

namespace sod::core {
namespace {

// The row of the role for the same atom in the same place, as decided; a condition may differ.
uint32_t RowLike(const Image& image, uint32_t role, uint32_t wanted) {
  const format::RoleAtomRecord& like = image.RoleAtoms()[wanted];
  const format::RoleRecord& record = image.Roles()[role];
  const auto rows = Slice(image.RoleAtoms(), record.atoms_first, record.atoms_count);
  for (const format::RoleAtomRecord& held : std::ranges::equal_range(rows, like.atom, {}, &format::RoleAtomRecord::atom)) {
    if (held.scope == like.scope && held.is_undecided == like.is_undecided) return static_cast<uint32_t>(&held - image.RoleAtoms().data());
  }
  return kNone;
}

// By a grant of the role, or because it is the role asked for.
bool IsOwn(uint32_t via) { return via < format::kViaRole || via == format::kNone; }

struct Open {
  uint32_t role = 0;
  uint32_t next = 0;  // of its inclusions
};

}  // namespace

Routes RoutesOf(const Image& image, uint32_t role, uint32_t row, size_t most) {
  Routes routes;
  Route first = {RolesOnTheWay(image, row), row};
  for (const uint32_t included : first.roles) {
    const uint32_t like = RowLike(image, included, first.row);
    if (like == kNone) break;
    first.row = like;
  }
  const std::vector<uint32_t> shortest = first.roles;
  routes.told.push_back(std::move(first));
  if (image.Roles()[role].includes_count == 0) return routes;
  // Depth first, without recursion: chains may be as long as there are roles. Only roles that set the atom are entered.
  std::vector<Open> open = {{role, 0}};
  std::vector<Route> others;
  for (size_t steps = 0; !open.empty() && steps < kMaxRouteSteps; ++steps) {
    Open& top = open.back();
    const format::RoleRecord& record = image.Roles()[top.role];
    if (top.next == 0) {
      const uint32_t own = RowLike(image, top.role, row);
      if (own != kNone && IsOwn(image.RoleAtoms()[own].via)) {
        Route route;
        for (size_t i = 1; i < open.size(); ++i) route.roles.push_back(open[i].role);
        route.row = own;
        if (route.roles != shortest) others.push_back(std::move(route));
      }
    }
    if (top.next == record.includes_count) {
      open.pop_back();
      continue;
    }
    const uint32_t included = image.RoleIncludes()[record.includes_first + top.next++].role;
    if (RowLike(image, included, row) != kNone) open.push_back({included, 0});
  }
  std::ranges::stable_sort(others, {}, [](const Route& route) { return route.roles.size(); });
  for (Route& other : others) {
    if (routes.told.size() < most) routes.told.push_back(std::move(other));
    else ++routes.more;
  }
  return routes;
}

}  // namespace sod::core
