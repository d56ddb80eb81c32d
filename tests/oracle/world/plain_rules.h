// The rules of a world in one plain form: every `separated from`, restriction and
// `each of` written out, statements about one pair joined (rulings REF-3, LAN-5).
#ifndef SODC_TESTS_ORACLE_WORLD_PLAIN_RULES_H_
#define SODC_TESTS_ORACLE_WORLD_PLAIN_RULES_H_

#include <optional>
#include <string>
#include <vector>

#include "world.h"

namespace oracle {

struct PlainElement {
  bool is_role = false;
  int index = 0;
  int trigger = 0;           // of a duty: held at this rank or above
  bool is_direct = false;    // of a role: assigned itself
  auto operator<=>(const PlainElement&) const = default;
};
struct PlainSide {
  bool needs_all = false;    // else one element is enough
  std::vector<PlainElement> elements;
};
struct PlainRule {
  std::string id;
  std::vector<PlainSide> sides;
  int at_most = 1;           // violated when more sides than this are held
  bool is_should = false;
  std::optional<Mode> mode;
  Days valid;
};

std::vector<PlainRule> PlainRulesOf(const World& world);

// Ids of what is carried and not judged: `r restricts d on own actions` of these roles.
std::vector<std::string> SelfRulesOf(const World& world, const std::vector<int>& roles);

}  // namespace oracle

#endif  // SODC_TESTS_ORACLE_WORLD_PLAIN_RULES_H_
