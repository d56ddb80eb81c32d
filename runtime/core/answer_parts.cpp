#include "runtime/core/answer_parts.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "runtime/core/guards.h"
#include "runtime/core/joint_duties.h"
#include "runtime/core/paths.h"
#include "runtime/core/supply.h"

namespace sod::core {
namespace {

class HeldThings {
 public:
  HeldThings(const Image& image, Answer& answer) : image_(image), dimensions_(image), answer_(answer) {}

  void Add(const Holding& holding) {
    ForEachDuty(image_, holding, [&](const GivenDuty& given) {
      if (CountsInCapacity(image_, given.capacity, kNone)) AddDuty({holding.from, holding.until}, given.duty, given.level, given.box);
    });
    if (holding.kind != HeldKind::Role) return;
    for (const uint32_t role : RoleClosure(image_, holding.target)) {
      HeldRole& held = roles_.try_emplace(role, HeldRole{role, holding.from, holding.until, {}}).first->second;
      Widen(held, {holding.from, holding.until}, dimensions_.WrittenOut(holding.box));
    }
  }

  // What is held together, where it is not held anyway.
  void AddTogether(const JointDuty& joint, const std::vector<Holding>& holdings, uint32_t max_paths) {
    bool adds_something = false;
    for (const ScopeBox& box : joint.boxes) {
      adds_something |= AddDuty({joint.from, joint.until}, joint.duty, image_.top_level(), box);
    }
    if (!adds_something || joint.suppliers.empty()) return;
    HeldDuty& held = duties_.at({joint.duty, KeyOf(image_.top_level())});
    format::ElementRecord element;
    element.kind = format::ElementKind::Duty;
    element.duty = joint.duty;
    for (const Supplier& supplier : joint.suppliers) {
      if (held.together.size() >= max_paths) {
        ++held.more_together;
        continue;
      }
      WaysTo ways = PathsTo(image_, &answer_.subject, holdings[supplier.holding], supplier, element, max_paths - held.together.size());
      std::ranges::move(ways.paths, std::back_inserter(held.together));
      held.more_together += ways.more;
    }
  }

  void Finish() {
    for (auto& [key, held] : duties_) answer_.duties.push_back(std::move(held));
    for (auto& [row, held] : roles_) answer_.roles.push_back(std::move(held));
    for (HeldDuty& held : answer_.duties) ForgetWhole(held.boxes);
    for (HeldRole& held : answer_.roles) ForgetWhole(held.boxes);
  }

 private:
  struct Span {
    Instant from, until;
  };

  // In a policy with scopes a level belongs to its places: one row for each.
  uint32_t KeyOf(uint32_t level) const { return dimensions_.count() == 0 ? 0 : level; }

  // Whether the duty was not held there, then or at that level.
  bool AddDuty(const Span& span, uint32_t duty, uint32_t level, const ScopeBox& box) {
    const bool has_levels = image_.level_count() != 0;
    const auto place =
        duties_.try_emplace(std::pair(duty, KeyOf(level)), HeldDuty{duty, kNone, span.from, span.until, {}, {}, 0}).first;
    HeldDuty& held = place->second;
    bool is_new = span.from < held.from || held.until < span.until;
    is_new |= has_levels && held.level != kNone && held.level < level;
    if (has_levels) held.level = held.level == kNone ? level : std::max(held.level, level);
    is_new |= Widen(held, span, box);
    return is_new;
  }

  // All contain as_of, so the union of their intervals has no hole. Whether the place is new.
  template <typename Held>
  bool Widen(Held& held, const Span& span, const ScopeBox& box) {
    held.from = std::min(held.from, span.from);
    held.until = std::max(held.until, span.until);
    if (std::ranges::any_of(held.boxes, [&](const ScopeBox& known) { return dimensions_.Contains(known, box); })) {
      return false;
    }
    std::erase_if(held.boxes, [&](const ScopeBox& known) { return dimensions_.Contains(box, known); });
    held.boxes.push_back(box);
    return true;
  }

  void ForgetWhole(std::vector<ScopeBox>& boxes) const {
    if (boxes.size() == 1 && boxes[0] == dimensions_.whole()) boxes.clear();
  }

  const Image& image_;
  const Dimensions dimensions_;
  Answer& answer_;
  std::map<std::pair<uint32_t, uint32_t>, HeldDuty> duties_;
  std::map<uint32_t, HeldRole> roles_;
};

void AddSelfRestrictions(const Image& image, uint32_t role, std::vector<NotChecked>& found) {
  const format::RoleRecord& record = image.Roles()[role];
  for (const format::RestrictionRecord& restriction :
       Slice(image.Restrictions(), record.restrictions_first, record.restrictions_count)) {
    if (restriction.on_own_actions == 0 || restriction.rule != format::kNone) continue;
    found.push_back({std::string(image.Text(record.name)) + " restricts " +
                         std::string(image.Text(restriction.item)) + " on own actions",
                     "self"});
  }
}

// Its attributes, each once, of a thing that has a record of its own; nothing of a whole declaration.
std::vector<std::string_view> AttributesOf(const Image& image, const format::ProvisionRecord& provision) {
  std::vector<std::string_view> keywords;
  if (provision.is_attribute_holder == 0) return keywords;
  for (const format::ProvisionAttributeRecord& attribute :
       Slice(image.ProvisionAttributes(), provision.attributes_first, provision.attributes_count)) {
    const std::string_view keyword = image.Text(attribute.keyword);
    if (attribute.depth == 0 && std::find(keywords.begin(), keywords.end(), keyword) == keywords.end()) keywords.push_back(keyword);
  }
  return keywords;
}

}  // namespace

void AddHeld(const Image& image, Instant as_of, uint32_t max_paths, Answer& answer) {
  HeldThings things(image, answer);
  const std::vector<Holding>& holdings = answer.subject.holdings;
  for (const Holding& holding : holdings) {
    if (IsUsableAt(image, holding, as_of)) things.Add(holding);
  }
  for (const JointDuty& joint : JointDutiesOf(image, holdings, as_of)) things.AddTogether(joint, holdings, max_paths);
  things.Finish();
}

void AddNotChecked(const Image& image, Answer& answer) {
  std::set<uint32_t> roles;
  for (const HeldRole& held : answer.roles) roles.insert(held.role);
  for (const Granted& grant : answer.grants) {
    if (grant.holding.kind != HeldKind::Role) continue;
    for (const uint32_t role : RoleClosure(image, grant.holding.target)) roles.insert(role);
  }
  for (const uint32_t role : roles) AddSelfRestrictions(image, role, answer.not_checked);
  for (const format::RuleRecord& rule : image.Rules()) {
    if (rule.unevaluated != format::Unevaluated::None) {
      answer.not_checked.push_back({std::string(image.Text(rule.name)), format::SpellingOf(rule.unevaluated)});
    }
  }
  for (const format::ProvisionRecord& provision : image.Provisions()) {
    if (provision.changes_verdicts == 0) continue;
    answer.not_checked.push_back(
        {std::string(image.Text(provision.name)), image.Text(provision.kind), AttributesOf(image, provision)});
  }
}

namespace {

// The undecided grants of the role on which a rule may rest.
void AddUndecidedGrants(const Image& image, uint32_t role, const std::set<uint32_t>& atoms,
                        std::set<uint32_t>& grants) {
  const format::RoleRecord& record = image.Roles()[role];
  for (uint32_t i = 0; i < record.atoms_count; ++i) {
    const uint32_t row = record.atoms_first + i;
    const format::RoleAtomRecord& held = image.RoleAtoms()[row];
    if (held.is_undecided == 0 || !atoms.contains(held.atom)) continue;
    const uint32_t grant = GrantBehind(image, row);
    if (grant != kNone) grants.insert(grant);
  }
}

std::string WordsFor(const Image& image, uint32_t grant) {
  const format::GrantRecord& record = image.Grants()[grant];
  const uint32_t name =
      record.duty != format::kNone ? image.Duties()[record.duty].name : image.Entitlements()[record.entitlement].name;
  std::string words(image.Text(image.Roles()[record.role].name));
  words += " grants ";
  words += image.Text(name);
  if (record.undecided != 0) words += ": " + std::string(image.Text(record.undecided));
  return words;
}

std::set<uint32_t> AtomsOf(const Image& image, const std::set<uint32_t>& rules) {
  std::set<uint32_t> atoms;
  for (const uint32_t row : rules) {
    const format::RuleRecord& rule = image.Rules()[row];
    for (const auto& member : Slice(image.RuleMembers(), rule.members_first, rule.members_count)) {
      for (const uint32_t atom : AtomsBehind(image, member.atom, [](uint32_t) { return true; })) atoms.insert(atom);
    }
  }
  return atoms;
}

}  // namespace

void AddUndecided(const Image& image, const std::set<uint32_t>& rules, Answer& answer) {
  if (rules.empty()) return;
  const std::set<uint32_t> atoms = AtomsOf(image, rules);
  std::set<uint32_t> grants;
  const auto add = [&](const Holding& holding) {
    if (holding.kind == HeldKind::Role) AddUndecidedGrants(image, holding.target, atoms, grants);
  };
  for (const Holding& holding : answer.subject.holdings) add(holding);
  for (const Granted& grant : answer.grants) add(grant.holding);
  answer.subject.is_complete = false;
  for (const uint32_t grant : grants) answer.subject.incomplete.push_back({"undecided", WordsFor(image, grant)});
}

void AddUnknown(const Image& image, const std::map<uint32_t, Instant>& rules, Answer& answer) {
  std::map<uint32_t, std::string> by_source;  // what it decides
  for (const auto& [rule, at] : rules) {
    const uint32_t guard = ConditionsOf(image, rule, format::GuardPurpose::Applies).front().guard;
    for (const uint32_t source : UnknownIn(image, guard, {.at = at, .holder = answer.subject.actor})) {
      std::string& decides = by_source[source];
      decides += (decides.empty() ? "" : ", ") + std::string(image.Text(image.Rules()[rule].name));
    }
  }
  for (const auto& [source, decides] : by_source) {
    const std::string name(image.Text(image.GuardSources()[source].name));
    answer.subject.is_complete = false;
    answer.subject.incomplete.push_back({"unknown_attribute", name + ": decides whether it is a case of " + decides});
    if (answer.subject.actor == kNone) answer.subject.assumptions.push_back("nothing is known of " + name);
  }
}

}  // namespace sod::core
