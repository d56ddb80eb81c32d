#include "compiler/driver/conflict_words.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/path_words.h"

namespace sodc {

namespace {

bool AreRoles(const sod::SideDescription& side) {
  return std::all_of(side.described.begin(), side.described.end(),
                     [](const sod::ElementDescription& element) { return element.kind == sod::ElementKind::Role; });
}

}  // namespace

std::string ConflictWords::Capacity(const sod::Named& capacity) {
  return capacity.title.empty() ? "" : " as " + SafeText(capacity.title);
}

// "Code Development", "the role Clerk", "being owner of Shipment".
std::string ConflictWords::ElementInWords(const sod::ElementDescription& described) const {
  std::string words = SafeText(described.element.title);
  switch (described.kind) {
    case sod::ElementKind::Duty: break;
    case sod::ElementKind::Role: words = RoleInWords(table_, described.element); break;
    case sod::ElementKind::Entitlement: words = "the entitlement " + words; break;
    case sod::ElementKind::Relation: words = fmt::format("being {} of {}", SafeText(described.element.name), words); break;
  }
  if (described.is_direct) words += " by assignment";
  return words + Capacity(described.capacity);
}

// "Code Development", "any of Audit Duties", "any of the roles Clerk, Auditor".
std::string ConflictWords::NameOfSide(const sod::SideDescription& side) const {
  const std::string_view quantifier = side.quantifier == sod::SideQuantifier::All ? "all" : "any";
  if (!side.group.title.empty()) return fmt::format("{} of {}", quantifier, SafeText(side.group.title));
  if (side.described.size() == 1) return ElementInWords(side.described[0]);
  std::vector<std::string> names;
  const bool are_roles = AreRoles(side);
  for (const sod::ElementDescription& element : side.described) {
    names.push_back(are_roles ? SafeText(element.element.title) : ElementInWords(element));
    // One relation, by several duties that bring it about.
    if (names.size() > 1 && element.kind == sod::ElementKind::Relation && names.back() == names[names.size() - 2]) names.pop_back();
  }
  if (names.size() == 1) return names.front();
  return fmt::format("{} of {}{}", quantifier, are_roles ? "the roles " : "", fmt::join(names, ", "));
}

// The second side of a restriction: the group or duty it names.
std::string ConflictWords::RestrictedThing(const sod::Conflict& conflict) const {
  const sod::SideDescription side = DescribeSide(table_, conflict.sides.back().side);
  return side.group.title.empty() ? NameOfSide(side) : SafeText(side.group.title);
}

// "Any of Front Office with all of Back Office": what is held together.
std::string ConflictWords::SidesInWords(const sod::Conflict& conflict, const sod::RuleDescription& facts) const {
  if (facts.kind == sod::RuleKind::AtMost) {
    const bool are_roles = std::all_of(conflict.sides.begin(), conflict.sides.end(), [&](const sod::ConflictSide& side) {
      return AreRoles(DescribeSide(table_, side.side));
    });
    return fmt::format("at most {} {}may be held together, and {} are held", facts.at_most, are_roles ? "of the roles " : "",
                       conflict.held);
  }
  std::vector<std::string> sides;
  for (const sod::ConflictSide& side : conflict.sides) {
    sides.push_back(NameOfSide(DescribeSide(table_, side.side)));
  }
  if (facts.kind == sod::RuleKind::Restriction) {
    return fmt::format("{} is restricted by {}", RestrictedThing(conflict), sides.front());
  }
  if (facts.kind == sod::RuleKind::Forbidden) return sides.front() + " is forbidden";
  if (facts.kind == sod::RuleKind::Sensitive) return sides.front() + " is sensitive";
  if (facts.kind == sod::RuleKind::Reserved) return sides.front() + " is held outside the role it is reserved to";
  return fmt::format("{}", fmt::join(sides, " with "));
}

std::string ConflictWords::NameOf(const sod::Conflict& conflict, const sod::RuleDescription& facts) const {
  std::string sides = SidesInWords(conflict, facts);
  const bool has_title = facts.is_named && facts.rule.title != facts.rule.name;
  if (has_title) return fmt::format("{} ({})", SafeText(facts.rule.title), sides);
  if (facts.kind == sod::RuleKind::AtMost) return fmt::format("{}: {}", SafeText(facts.rule.name), sides);
  sides[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sides[0])));
  return sides;
}

// Both sides new, one side new, none new are three different answers (E19). A side is new when all
// of it is; what only joins something that was held adds to it.
// When both are held it is possible; it comes true when something is done.
std::string ConflictWords::When(const sod::RuleDescription& facts) {
  if (facts.moment == "session") return "Only when all of it is used in one session.";
  if (facts.moment == "object") return fmt::format("Only when all of it is done on one {}.", SafeText(facts.object.title));
  return {};
}

std::string ConflictWords::Newness(const sod::Conflict& conflict) {
  if (!conflict.introduced) return "The request does not introduce this conflict: no side of it is new.";
  const size_t sides = conflict.sides.size();
  const auto is_new = std::count_if(conflict.sides.begin(), conflict.sides.end(), [](const auto& side) { return side.is_new; });
  std::string what = fmt::format("{} of {} sides are new", is_new, sides);
  if (is_new == 1) what = "one side is new";
  if (static_cast<size_t>(is_new) == sides) what = sides == 2 ? "both sides are new" : sides == 1 ? "it is new" : "every side is new";
  if (is_new == 0) what = "it adds to what was held";
  return fmt::format("The request introduces this conflict: {}.", what);
}

}  // namespace sodc
