#include "runtime/core/routes.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "runtime/core/paths.h"
#include "runtime/core/supply.h"

namespace sod::core {
namespace {

// Whether something of the role or of what it includes sets the atom, decided.
bool LeadsOn(const Image& image, uint32_t role, uint32_t atom) {
  const format::RoleRecord& record = image.Roles()[role];
  const auto rows = Slice(image.RoleAtoms(), record.atoms_first, record.atoms_count);
  return std::ranges::any_of(std::ranges::equal_range(rows, atom, {}, &format::RoleAtomRecord::atom),
                             [](const format::RoleAtomRecord& held) { return held.is_undecided == 0; });
}

// The grant by which the role itself sets the atom in that place, rather one without a condition; kNone: because it is the
// role asked for. A grant may do so that the rows of RoleAtoms do not name, where an included role gives as much.
std::optional<uint32_t> OwnGrant(const Image& image, uint32_t role, const format::RoleAtomRecord& wanted) {
  const format::RoleRecord& record = image.Roles()[role];
  const auto rows = Slice(image.RoleAtoms(), record.atoms_first, record.atoms_count);
  for (const format::RoleAtomRecord& held : std::ranges::equal_range(rows, wanted.atom, {}, &format::RoleAtomRecord::atom)) {
    if (held.via == format::kNone) return format::kNone;
  }
  std::optional<uint32_t> found;
  for (uint32_t row = record.grants_first; row < record.grants_first + record.grants_count; ++row) {
    const format::GrantRecord& grant = image.Grants()[row];
    if (grant.scope != wanted.scope || grant.is_undecided != 0 || !GrantSets(image, grant, wanted.atom)) continue;
    if (image.Text(grant.condition).empty()) return row;
    if (!found) found = row;
  }
  return found;
}

struct Open {
  uint32_t role = 0;
  uint32_t next = 0;  // of its inclusions
};

// As many as may be told, shorter ones first, and how many others there were.
class ShortestRoutes {
 public:
  explicit ShortestRoutes(size_t most) : most_(most) {}

  void Add(Route route) {
    routes_.push_back(std::move(route));
    if (routes_.size() > 2 * most_ + 64) Shorten();
  }
  void MoveInto(Routes& routes) {
    Shorten();
    std::ranges::move(routes_, std::back_inserter(routes.told));
    routes.more = more_;
  }

 private:
  void Shorten() {
    std::ranges::stable_sort(routes_, {}, [](const Route& route) { return route.roles.size(); });
    if (routes_.size() <= most_) return;
    more_ += routes_.size() - most_;
    routes_.resize(most_);
  }

  const size_t most_;
  size_t more_ = 0;
  std::vector<Route> routes_;
};

}  // namespace

Routes RoutesOf(const Image& image, uint32_t role, uint32_t row, size_t most) {
  Routes routes;
  most = std::max<size_t>(most, 1);
  const format::RoleAtomRecord& wanted = image.RoleAtoms()[row];
  Route first = {RolesOnTheWay(image, row), GrantBehind(image, row)};
  const std::vector<uint32_t> shortest = first.roles;
  routes.told.push_back(std::move(first));
  if (image.Roles()[role].includes_count == 0) return routes;
  // Depth first, without recursion: chains may be as long as there are roles. Only roles that set the atom are entered.
  std::vector<Open> open = {{role, 0}};
  ShortestRoutes others(most - 1);
  for (size_t steps = 0; !open.empty() && steps < kMaxRouteSteps; ++steps) {
    Open& top = open.back();
    const format::RoleRecord& record = image.Roles()[top.role];
    if (top.next == 0) {
      steps += record.grants_count / 16;
      if (const std::optional<uint32_t> grant = OwnGrant(image, top.role, wanted)) {
        Route route;
        for (size_t i = 1; i < open.size(); ++i) route.roles.push_back(open[i].role);
        route.grant = *grant;
        if (route.roles != shortest) others.Add(std::move(route));
      }
    }
    if (top.next == record.includes_count) {
      open.pop_back();
      continue;
    }
    const uint32_t included = image.RoleIncludes()[record.includes_first + top.next++].role;
    if (LeadsOn(image, included, wanted.atom)) open.push_back({included, 0});
  }
  others.MoveInto(routes);
  return routes;
}

}  // namespace sod::core
