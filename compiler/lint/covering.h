// Rules as limits: of these members nobody may hold more than so many (rulings appendix C). And which rule is violated
// wherever another one is (rulings SEM-24). Private to compiler/lint.
#ifndef SODC_LINT_COVERING_H_
#define SODC_LINT_COVERING_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "compiler/model/model.h"

namespace sodc::lint {

// What an element is about, whatever its level and capacity.
using Thing = std::pair<size_t, uint32_t>;
Thing ThingOf(const model::SideElement& element);
Thing ThingOf(model::DutyId duty);
Thing ThingOf(model::RoleId role);

// Held as soon as one of these is.
struct LimitMember {
  std::vector<const model::SideElement*> options;
};
struct Limit {
  std::vector<LimitMember> members;
  size_t most = 0;  // members that one may hold
};

// The roles that come with a role, itself among them. O(roles + inclusions), once for each role asked about.
class RoleClosures {
 public:
  explicit RoleClosures(const model::Model& model) : model_(model) {}
  const std::set<uint32_t>& Of(model::RoleId role);

 private:
  const model::Model& model_;
  std::map<uint32_t, std::set<uint32_t>> closures_;
};

// Nothing for a rule that no single limit says: one that is not judged, that is about two places, or on two sides of
// which one thing stands.
std::optional<Limit> LimitOf(const model::Conflict& conflict);
// The same as if it were judged.
std::optional<Limit> LimitAsWritten(const model::Conflict& conflict);

// Whether whoever holds the one holds the other.
bool Implies(const model::Model& model, RoleClosures& closures, const model::SideElement& one, const model::SideElement& other);

struct CoveredRule {
  model::ConflictId rule;
  model::ConflictId by;  // the first that covers it
};

// Rules of which another one is violated wherever they are, and is at least as strict in mode, validity, places and
// whose holdings count; of two that say the same, the later one. Single rules alone are compared: what several cover
// together is not looked for (SEM-24). Declared order. O(for each rule, the rules that share a member with it), with
// an upper bound behind which rules are not compared any more.
std::vector<CoveredRule> FindCoveredRules(const model::Model& model);

}  // namespace sodc::lint

#endif  // SODC_LINT_COVERING_H_
