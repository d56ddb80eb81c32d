#include "runtime/core/answer_parts.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "runtime/core/judge.h"
#include "runtime/core/paths.h"
#include "runtime/core/supply.h"

namespace sod::core {
namespace {

// Eligible and emergency holdings can be used at any moment; requested and suspended ones not.
bool IsUsable(const Holding& holding) {
  return holding.state != HoldingState::Requested && holding.state != HoldingState::Suspended;
}

class HeldThings {
 public:
  HeldThings(const Image& image, Answer& answer) : image_(image), dimensions_(image), answer_(answer) {}

  void Add(const Holding& holding) {
    ForEachDuty(image_, holding, [&](const GivenDuty& given) {
      if (CountsInCapacity(image_, given.capacity, kNone)) AddDuty(holding, given.duty, given.level, given.box);
    });
    if (holding.kind != HeldKind::Role) return;
    for (const uint32_t role : RoleClosure(image_, holding.target)) {
      HeldRole& held = roles_.try_emplace(role, HeldRole{role, holding.from, holding.until, {}}).first->second;
      Widen(held, holding, dimensions_.WrittenOut(holding.box));
    }
  }

  void Finish() {
    for (auto& [key, held] : duties_) answer_.duties.push_back(std::move(held));
    for (auto& [row, held] : roles_) answer_.roles.push_back(std::move(held));
    for (HeldDuty& held : answer_.duties) ForgetWhole(held.boxes);
    for (HeldRole& held : answer_.roles) ForgetWhole(held.boxes);
  }

 private:
  // In a policy with scopes a level belongs to its places: one row for each.
  void AddDuty(const Holding& holding, uint32_t duty, uint32_t level, const ScopeBox& box) {
    const bool has_levels = image_.level_count() != 0;
    const uint32_t key = dimensions_.count() == 0 ? 0 : level;
    const auto place =
        duties_.try_emplace(std::pair(duty, key), HeldDuty{duty, kNone, holding.from, holding.until, {}}).first;
    HeldDuty& held = place->second;
    if (has_levels) held.level = held.level == kNone ? level : std::max(held.level, level);
    Widen(held, holding, box);
  }

  // All contain as_of, so the union of their intervals has no hole.
  template <typename Held>
  void Widen(Held& held, const Holding& holding, const ScopeBox& box) {
    held.from = std::min(held.from, holding.from);
    held.until = std::max(held.until, holding.until);
    if (std::ranges::any_of(held.boxes, [&](const ScopeBox& known) { return dimensions_.Contains(known, box); })) {
      return;
    }
    std::erase_if(held.boxes, [&](const ScopeBox& known) { return dimensions_.Contains(box, known); });
    held.boxes.push_back(box);
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
    if (restriction.on_own_actions == 0) continue;
    found.push_back({std::string(image.Text(record.name)) + " restricts " +
                         std::string(image.Text(restriction.item)) + " on own actions",
                     "self"});
  }
}

}  // namespace

void AddHeld(const Image& image, Instant as_of, Answer& answer) {
  HeldThings things(image, answer);
  for (const Holding& holding : answer.subject.holdings) {
    if (IsHeldAt(holding, as_of) && IsUsable(holding) && Confers(image, holding)) things.Add(holding);
  }
  things.Finish();
}

void AddNotChecked(const Image& image, Answer& answer) {
  std::set<uint32_t> roles;
  for (const HeldRole& held : answer.roles) roles.insert(held.role);
  if (answer.request && answer.request->kind == HeldKind::Role) {
    for (const uint32_t role : RoleClosure(image, answer.request->target)) roles.insert(role);
  }
  for (const uint32_t role : roles) AddSelfRestrictions(image, role, answer.not_checked);
  for (const format::RuleRecord& rule : image.Rules()) {
    if (rule.unevaluated != format::Unevaluated::None) {
      answer.not_checked.push_back({std::string(image.Text(rule.name)), format::SpellingOf(rule.unevaluated)});
    } else if (rule.moment != format::Moment::Static) {
      answer.not_checked.push_back({std::string(image.Text(rule.name)), format::SpellingOf(rule.moment)});
    }
  }
  for (const format::ProvisionRecord& provision : image.Provisions()) {
    if (provision.changes_verdicts == 0) continue;
    answer.not_checked.push_back({std::string(image.Text(provision.name)), image.Text(provision.kind)});
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
  if (answer.request) add(*answer.request);
  answer.subject.is_complete = false;
  for (const uint32_t grant : grants) answer.subject.incomplete.push_back({"undecided", WordsFor(image, grant)});
}

}  // namespace sod::core
